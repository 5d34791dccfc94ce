"""What tests share: the real encoder, loaded once a process and exported once a machine."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from ingest.embedding import OnnxEncoder
from ingest.exporting import MAX_TOKENS, encoder_id, ensure_export
from ingest.settings import Settings
from tests.builders import LARGE, SMALL, make_data


@pytest.fixture(scope="session")
def cache() -> Path:
    """The model cache that FOOTNOTE_CACHE names, else the user's: an export takes some 20 s."""
    return Settings().cache


@pytest.fixture(scope="session")
def encoder(cache: Path) -> OnnxEncoder:
    """The default encoder: all-MiniLM-L6-v2 in int8."""
    return OnnxEncoder(ensure_export(cache), encoder_id=encoder_id("int8"), max_tokens=MAX_TOKENS, threads=1)


@pytest.fixture(scope="session")
def small_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with SMALL articles and their generation, which no test changes."""
    return make_data(tmp_path_factory.mktemp("small") / "data", SMALL)


@pytest.fixture(scope="session")
def large_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with LARGE articles and their generation, which no test changes."""
    return make_data(tmp_path_factory.mktemp("large") / "data", LARGE)


@pytest.fixture
def own_small(small_data: Path, tmp_path: Path) -> Path:
    """A data folder with SMALL articles and their generation, for this test alone."""
    return Path(shutil.copytree(small_data, tmp_path / "data"))


@pytest.fixture
def own_large(large_data: Path, tmp_path: Path) -> Path:
    """A data folder with LARGE articles and their generation, for this test alone."""
    return Path(shutil.copytree(large_data, tmp_path / "data"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have measured of the widget: its sizes, and what axe found in it."""
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    called = [report for report in reports if getattr(report, "when", "") == "call"]
    told = [one for report in called for one in report.user_properties]
    for size in sorted({str(value) for name, value in told if name == "widget"}):
        terminalreporter.write_line(f"widget with {size}")
    for (engine, violations), pages in sorted(Counter(value for name, value in told if name == "axe").items()):
        terminalreporter.write_line(f"axe {engine}: {violations} violations on each of {pages} pages")
