"""Text in, the tokens that measures compare out: as the SQuAD 2.0 script has them, and as prose is searched."""

import re
import string
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

REMEMBERED = 5_000  # texts: passages come again from question to question
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "‛": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_PUNCTUATION = str.maketrans("", "", string.punctuation)
_DASHES = str.maketrans(dict.fromkeys("–—−―…", " "))
_WORD = re.compile(r"\d+(?:\.\d+)+|[^\W_]+")
_SQUEEZED = re.compile(r"\d+(?:\.\d+)+|[^\W_]+(?:[-'.&/][^\W_]+)*")
_INSIDE = re.compile(r"[-'&/]|(?<!\d)\.|\.(?!\d)")

_LISTED = (
    "about after also am and any are as at be because been before being between both but by can could did do does "
    "doing during each few for from further had has have having he her here hers him his how i if in into is it its "
    "itself just may me might more most must my no nor not of off on once only or other our out over own per s same "
    "shall she should so some such t than that their them then there these they this those through to too under until "
    "up upon very was we were what when where which while who whom whose why will with within without would you your "
    "said says"
)
_FUNCTION_WORDS = frozenset(_LISTED.split())


def squad_tokens(text: str) -> list[str]:
    """Lower case, without punctuation, articles and spaces, as the SQuAD 2.0 script; also without curly quotes."""
    plain = unify(text).translate(_DASHES).translate(_PUNCTUATION)
    return _ARTICLES.sub(" ", plain).split()


def contains_tokens(text: str, part: str) -> bool:
    """Whether `part` stands in `text` on token boundaries: "5" is not in "1950", nor "3.5" in "35".

    Hyphens and apostrophes may or may not part tokens: "Obama" is in "Obama’s", "US" is in "U.S.", and "canola seed" is
    in "canola-seed".
    """
    return any(_find(split(text), split(part)) for split in (split_tokens, joined_tokens))


@lru_cache(maxsize=REMEMBERED)
def split_tokens(text: str) -> tuple[str, ...]:
    """Lower-case words and numbers, parted at all punctuation but a decimal point, without articles."""
    return tuple(word for word in _WORD.findall(unify(text)) if not _ARTICLES.fullmatch(word))


@lru_cache(maxsize=REMEMBERED)
def joined_tokens(text: str) -> tuple[str, ...]:
    """Lower-case words and numbers, joined over hyphens, apostrophes and the points of initials, without articles."""
    words = (_INSIDE.sub("", word) for word in _SQUEEZED.findall(unify(text)))
    return tuple(word for word in words if not _ARTICLES.fullmatch(word))


def unify(text: str) -> str:
    """NFKC, lower case, straight quotes, numbers without thousands commas."""
    folded = unicodedata.normalize("NFKC", text.translate(_QUOTES)).translate(_QUOTES).lower()
    return _THOUSANDS.sub("", folded)


def content_words(text: str) -> list[str]:
    """The tokens that carry meaning, in order."""
    return [word for word in split_tokens(text) if word not in _FUNCTION_WORDS]


def _find(tokens: Sequence[str], part: Sequence[str]) -> bool:
    if not part or part[0] not in tokens:
        return False
    size = len(part)
    return any(tokens[start : start + size] == part for start in range(len(tokens) - size + 1))
