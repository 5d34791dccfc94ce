"""A text and an answer in, whether the text holds the answer as words out."""

import re


def holds(text: str, answer: str) -> bool:
    """Whether the answer's words stand in the text, case and punctuation aside; never for an answer without words."""
    words = _plain(answer)
    return bool(words) and f" {words} " in f" {_plain(text)} "


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()
