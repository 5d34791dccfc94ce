"""A line of a page → what it looks like: prose, a heading, a list item, the same words as another line."""

import re
import unicodedata

MOST_HEADING_WORDS = 14
MOST_HEADLINE_WORDS = 28
LONGEST_HEADLINE = 220
FEWEST_PROSE_WORDS = 8
FEWEST_LONG_WORDS = 25

_SENTENCE_END = re.compile(r"""[.!?…。！？][^\w\s]*$""")
_ABBREVIATION_END = re.compile(r"\b(?:[A-Z]\.){2,}$")
_OPEN_END = re.compile(r"[,;:—–-]$")
_LIST_ITEM = re.compile(r"^(?:[-*+•‣–—·▪◦●■►]|\(?\d{1,3}[.)]|\(?[A-Za-z]\))\s+\S")
_LETTER = re.compile(r"[^\W\d_]")


def ends_sentence(line: str) -> bool:
    """Does the line end in a full stop, question or exclamation mark, whatever quotes and brackets follow it?"""
    return _SENTENCE_END.search(line) is not None


def is_list_item(line: str) -> bool:
    """Does the line begin with a bullet, or with a number or letter as lists have them?"""
    return _LIST_ITEM.match(line) is not None


def is_prose(line: str) -> bool:
    """A line that tells something: a sentence of eight words, or anything of twenty-five."""
    words = count_words(line)
    return words >= FEWEST_LONG_WORDS or (words >= FEWEST_PROSE_WORDS and ends_sentence(line))


def is_headline(line: str) -> bool:
    """At least three words, without the full stop of a sentence (a question may be a headline)."""
    if not 3 <= count_words(line) <= MOST_HEADLINE_WORDS or len(line) > LONGEST_HEADLINE or is_list_item(line):
        return False
    stops = line.endswith((".", ".”", '."', "…")) and not _ABBREVIATION_END.search(line)
    return not stops and not _OPEN_END.search(line) and _starts_like_a_heading(line)


def is_heading(line: str) -> bool:
    """A short line that ends no sentence; whether it heads anything depends on what follows."""
    return (
        bool(line)
        and count_words(line) <= MOST_HEADING_WORDS
        and not ends_sentence(line)
        and not _OPEN_END.search(line)
        and not is_list_item(line)
        and _starts_like_a_heading(line)
    )


def count_words(line: str) -> int:
    """The parts between spaces."""
    return len(line.split())


def has_letters(line: str) -> bool:
    """Is there a letter of any script?"""
    return _LETTER.search(line) is not None


def is_decoration(line: str) -> bool:
    """Rules and bullets without a word: `___`, `* * *`, `♦`; not a question mark or an emoji, which say something."""
    return bool(line) and all(character in "_*-–—=~•·.♦#+|◆■▪ " for character in line)


def comparable(line: str) -> str:
    """Letters and digits only, so that two settings of the same words are equal."""
    folded = unicodedata.normalize("NFKD", line).casefold()
    return "".join(character for character in folded if character.isalnum())


def _starts_like_a_heading(line: str) -> bool:
    first = next((character for character in line if character.isalnum()), "")
    return bool(first) and not first.islower() and has_letters(line)
