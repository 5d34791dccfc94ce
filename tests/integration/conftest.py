"""What tests of the whole share: the command, and the sample articles in a data folder."""

import shutil
from pathlib import Path

import pytest

import ingest
from ingest.embedding import OnnxEncoder
from ingest.pipeline import IngestReport
from tests.builders import run_ingest
from tests.command import Command
from tests.serving import make_archive

SAMPLE = Path(ingest.__path__[0]) / "sample"


@pytest.fixture
def footnote(tmp_path: Path, cache: Path) -> Command:
    """The command `footnote`, run in `tmp_path`."""
    return Command(folder=tmp_path, cache=cache)


@pytest.fixture(scope="session")
def sample_report(tmp_path_factory: pytest.TempPathFactory, encoder: OnnxEncoder) -> tuple[Path, IngestReport]:
    folder = tmp_path_factory.mktemp("sample") / "data"
    return folder, run_ingest(folder, encoder, SAMPLE)


@pytest.fixture(scope="session")
def sample(sample_report: tuple[Path, IngestReport]) -> Path:
    """A data folder with the sample articles, which no test changes."""
    return sample_report[0]


@pytest.fixture
def own_sample(sample: Path, tmp_path: Path) -> Path:
    """A data folder with the sample articles, for this test alone."""
    return Path(shutil.copytree(sample, tmp_path / "own"))


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of twenty articles as `open_api` expects it, which no test changes."""
    return make_archive(tmp_path_factory.mktemp("archive") / "data", 20)
