"""A text in, its words out, with where they stand and how they are written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service import english

_TOKEN = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|St|Sen|Gov|Rep|Gen|Prof)\.|(?:[A-Z]\.){2,}(?!\w)|\d+-year-old\b|\d+(?:[,.]\d+)*|[^\W_]+(?:[’'.\-&]+[^\W_]+)*"
)
_POSSESSIVE = re.compile(r"[’']s?$")
_ELIDED = re.compile(r"[a-z]{1,2}[’'][A-ZÀ-Þ]")  # d’Arcy
_GAP = 8  # characters to look back for the end of a sentence
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Sen|Gov|Rep|Gen|Prof|[A-Z])\.$")
_OPENERS = (".", "?", "!", "”", "“", '"')  # behind these a word begins with a capital anyhow


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word and where it stands, without what makes it possessive; `opens`: it is the first of a sentence."""

    text: str
    start: int
    end: int
    possessive: bool
    opens: bool

    @property
    def lower(self) -> str:
        return self.text.lower().replace("’", "'")

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper() or bool(_ELIDED.match(self.text))


def split_words(text: str) -> list[Word]:
    """The words of a text, in order."""
    return [_word(found) for found in _TOKEN.finditer(text)]


def is_finite(words: Sequence[Word], index: int) -> bool:
    """Whether a word makes a clause of its question: "did", or a verb in the past that is no noun's."""
    lower = words[index].lower
    articled = index > 0 and words[index - 1].lower in ("the", "a")
    return lower in english.INVERTING or (index > 0 and english.is_past(lower) and not articled)


def _word(found: re.Match[str]) -> Word:
    text = found.group()
    stem = _POSSESSIVE.sub("", text) if "’" in text or "'" in text else text
    after = found.string[found.end() : found.end() + 2]
    plural = text[-1:] == "s" and after[:1] in ("’", "'") and not after[1:].isalpha()
    start, end = found.start(), found.start() + len(stem)
    before = found.string[max(start - _GAP, 0) : start].rstrip()
    opens = not start or (before.endswith(_OPENERS) and not _ABBREVIATED.search(before))
    return Word(text=stem, start=start, end=end, possessive=stem != text or plural, opens=opens)
