"""The paraphrases and falsehoods that were written by hand in, pairs of a span and a sentence about it out."""

from pathlib import Path

FOLDER = Path(__file__).parent / "paraphrases"


def read_paraphrases(name: str) -> list[tuple[str, str]]:
    """Each paraphrase with its span, in order."""
    return _read(name, "- ")


def read_falsehoods(name: str) -> list[tuple[str, str]]:
    """Each sentence that looks like a paraphrase, and is none, with its span, in order."""
    return _read(name, "! ")


def _read(name: str, mark: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    span = ""
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            span = line[2:]
        elif line.startswith(mark):
            pairs.append((span, line[2:]))
    return pairs
