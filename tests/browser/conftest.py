"""What tests in a browser share: one Chromium a module, a stage and pages a test, and a service with the sample."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

import ingest
from ingest.embedding import OnnxEncoder
from tests.browser.answers import ARTICLES
from tests.browser.meeting import Meeting, Meets, Place
from tests.browser.stage import Stage, open_stage
from tests.builders import run_ingest
from tests.command import Command
from tests.serving import Served, serve

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or a skip that says how to install it.

    One for each module: while Playwright is open its event loop runs in this thread, where other tests need none.
    """
    if CHROMIUM is None:
        pytest.skip("there is no chromium; install it: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A service that plays what the test tells it to, with the articles that its answers cite."""
    with open_stage() as stage:
        stage.texts.update({article.id: article.text for article in ARTICLES})
        yield stage


@pytest.fixture
def meet(browser: Browser, stage: Stage) -> Iterator[Meets]:
    """Opens a page with the widget on it; afterwards nothing may have gone wrong in it unseen."""
    meetings = list[Meeting]()

    def meet(attributes: str = "", **fields: object) -> Meeting:
        meeting = Meeting.begin(browser, stage, replace(Place(attributes=attributes), **fields))  # type: ignore[arg-type]  # of Place
        meetings.append(meeting)
        return meeting

    yield meet
    for meeting in meetings:
        meeting.page.context.close()
        assert meeting.errors == []


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, encoder: OnnxEncoder, cache: Path) -> Iterator[Served]:
    """`footnote serve` over the sample articles, with all that is real."""
    folder = tmp_path_factory.mktemp("served")
    run_ingest(folder / "data", encoder, Path(ingest.__path__[0]) / "sample")
    with serve(Command(folder=folder, cache=cache), folder / "data") as served:
        yield served
