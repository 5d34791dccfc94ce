"""What several commands are given in, checked values out, and how they print what programs read."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ingest.errors import UsageError
from ingest.settings import load_settings
from service.limits import CHECK_CHARACTERS
from service.terminal import UNPRINTABLE

DataOption = Annotated[Path | None, typer.Option("--data", help="The data folder [FOOTNOTE_DATA, ./footnote-data].")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
LONGEST_BYTES = 4 * CHECK_CHARACTERS  # of UTF-8


def choose_folder(data: Path | None) -> Path:
    """The data folder that was named, here or in the settings."""
    folder = data or load_settings().data
    if folder.is_file():
        raise UsageError(f"{folder} is a file; name a folder with --data or FOOTNOTE_DATA.")
    return folder


def read_day(option: str, value: str) -> date:
    """The day that an option names."""
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(f"{option} {value!r} is not a day; write it as 2026-01-20.") from error


def print_json(value: object) -> None:
    """Print a value as JSON."""
    print_line(safe_json(value, indent=2))


def safe_json(value: object, *, indent: int | None = None) -> str:
    """A value as JSON, in which what a terminal would obey instead of showing is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return text.translate({sign: f"\\u{sign:04x}" for sign in UNPRINTABLE if sign != ord("\n")})


def print_line(line: str) -> None:
    """Print a line as it is."""
    sys.stdout.write(line + "\n")


def read_text(name: str) -> str:
    """The text of a file, or of stdin where the name is "-"; never more than may be checked."""
    if name == "-":
        content = sys.stdin.buffer.read(LONGEST_BYTES + 1)
    else:
        with Path(name).open("rb") as file:
            content = file.read(LONGEST_BYTES + 1)
    try:
        text = content.decode("utf-8-sig") if len(content) <= LONGEST_BYTES else None
    except UnicodeDecodeError as error:
        raise UsageError(f"{name} is not text in UTF-8 (byte {error.start:,}); convert it first.") from error
    if text is None or len(text) > CHECK_CHARACTERS:
        raise UsageError(f"{name} has more than {CHECK_CHARACTERS:,} characters; check it in parts.")
    if not text.strip():
        raise UsageError(f"{name} is empty; there is nothing to check.")
    return text
