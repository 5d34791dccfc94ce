"""What `pip install` puts on a machine: our packages with their data files, and nothing else."""

import json
import os
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest

import ingest

ROOT = Path(__file__).resolve().parents[2]


def _find_installed() -> Distribution | None:
    """The installed distribution; None where there is none or where it only points to a checkout."""
    try:
        found = distribution("footnote-news")
    except PackageNotFoundError:
        return None
    origin = json.loads(found.read_text("direct_url.json") or "{}")
    return None if origin.get("dir_info", {}).get("editable") else found


@pytest.fixture(scope="module")
def installed() -> Distribution:
    found = _find_installed()
    if found is None and not os.environ.get("CI"):
        pytest.skip("footnote-news is not installed here; .ci/run installs it")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def files(installed: Distribution) -> set[str]:
    return {path.as_posix() for path in installed.files or ()}


def test_every_module_and_data_file_of_our_packages_is_installed(files: set[str]) -> None:
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in ("ingest", "service", "eval")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert wanted - files == set()
    assert {f"{package}/py.typed" for package in ("ingest", "service", "eval")} <= files
    assert {Path(name).suffix for name in files if "/sample/" in name} == {".md", ".txt", ".html", ".jsonl"}


def test_nothing_but_our_packages_is_installed(files: set[str]) -> None:
    folders = {Path(name).parts[0] for name in files if not name.startswith("..")}
    assert {folder for folder in folders if not folder.endswith(".dist-info")} == {"ingest", "service", "eval"}


def test_licence_and_notice_are_installed(files: set[str]) -> None:
    assert {"LICENSE", "NOTICE"} <= {Path(name).name for name in files if ".dist-info/licenses/" in name}


def test_command_is_installed(installed: Distribution) -> None:
    assert [(entry.name, entry.value) for entry in installed.entry_points] == [("footnote", "eval.cli:app")]


def test_tests_import_what_is_installed_and_not_the_checkout(installed: Distribution) -> None:
    if not os.environ.get("CI"):
        pytest.skip("outside CI, `python -m pytest` may test the checkout")
    assert Path(str(ingest.__path__[0])) == Path(str(installed.locate_file("ingest")))
