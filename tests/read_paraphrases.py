"""The paraphrases that were written by hand in, pairs of a span and a paraphrase out."""

from pathlib import Path

FOLDER = Path(__file__).parent / "paraphrases"


def read_paraphrases(name: str) -> list[tuple[str, str]]:
    """Each paraphrase with its span, in order."""
    pairs: list[tuple[str, str]] = []
    span = ""
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            span = line[2:]
        elif line.startswith("- "):
            pairs.append((span, line[2:]))
    return pairs
