"""A golden file's name and what came out in, nothing out: they are the same, or the test fails."""

import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "golden"


def check_golden(name: str, actual: str) -> None:
    """Compare with `tests/golden/NAME`; with UPDATE_GOLDEN=1 in the environment, write it instead."""
    check_file(FOLDER / name, actual)


def check_file(path: Path, actual: str) -> None:
    """Compare with a file that is kept elsewhere; with UPDATE_GOLDEN=1 in the environment, write it instead."""
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_text(actual, encoding="utf-8")
    assert actual == path.read_text(encoding="utf-8")
