"""A text in, what it names out: persons, groups, places, things and times, with the words that name them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from service import english
from service.conversing.phrases import find_phrases
from service.conversing.words import Word, split_words

Kind = Literal["person", "name", "group", "place", "plural", "thing", "time"]
Gender = Literal["m", "f", ""]
_MONTH = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december|jan\\.?|feb\\.?|aug\\.?|"
    "sept?\\.?|oct\\.?|nov\\.?|dec\\.?)"
)
TIME = re.compile(
    rf"\b(?:(?:in|on|by|since|during|until|before|after|for|from) )?(?:(?:early|late|mid) )?"
    rf"(?:{_MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?|{_MONTH} \d{{4}}"
    r"|(?:1[5-9]|20)\d\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tomorrow"
    r"|(?:this|last|next) (?:week|month|year|spring|summer|autumn|fall|winter|season|decade|century))\b"
    rf"|\b(?:in|since|by|during|until|till|from|to|through|before|after) {_MONTH}\b"
    r"|\b(?:in|since|by|during|until|till|through|before|after) (?:the )?(?:spring|summer|autumn|winter)\b"
    r"|(?-i:\b(?:January|February|March|April|June|July|August|September|October|November|December)\b)",
    re.IGNORECASE,
)
_WHERE = frozenset(("in", "at", "near", "outside", "across"))
_BRACKETED = re.compile(r"\b(?:(?P<he>He|His)|She|Her) \[$")  # "He [Xi Jinping] said"
_WHO = re.compile(r",? who(?:se)?\b")
_LONGEST_NAME = 4  # words of a person


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that name something: `text[start:end]` of the text they were found in. `named`: by a name of its own."""

    text: str
    kind: Kind
    gender: Gender
    named: bool
    start: int
    end: int
    after: str  # the word before it, in lower case

    @property
    def is_definite(self) -> bool:
        return self.text.lower().startswith("the ")

    @property
    def last(self) -> str:
        return self.text.split()[-1]


def find_mentions(text: str) -> list[Mention]:
    """What a text names, in order; times are among it, and pronouns are not."""
    times = [
        Mention(
            text=found.group(), kind="time", gender="", named=True, start=found.start(), end=found.end(), after=""
        )
        for found in TIME.finditer(text)
    ]
    words = split_words(text)
    found = [
        _mention(text, words, span) for span in find_phrases(text, words)
        if not _is_credit(text, words[span[1] - 1])
        and not any(time.start < words[span[1] - 1].end and words[span[0]].start < time.end for time in times)
    ]
    return sorted([*times, *_share_gender(found)], key=lambda one: one.start)


def _is_credit(text: str, last: Word) -> bool:
    """Whether a name only says whose photo it is: "Ada Nagy/AP"."""
    return text[last.end : last.end + 1] == "/"


def _mention(text: str, words: Sequence[Word], span: tuple[int, int]) -> Mention:
    first, last = span
    inside = words[first:last]
    after = words[first - 1].lower if first else ""
    alone = len(inside) == 1
    named = any(_is_name(word, alone=alone) for word in inside)
    start, end = inside[0].start, inside[-1].end
    kind, gender = _classify(inside, named=named, after="" if inside[-1].possessive else after)
    if kind == "name":
        kind = "person" if _WHO.match(text, end) else "group" if " & " in text[start:end] else kind
    if (told := _BRACKETED.search(text[:start])) and kind == "name":
        kind, gender = "person", "m" if told["he"] else "f"
    if text[max(start - 1, 0) : start] in ("“", '"', "«") and text[end : end + 1] in ("”", '"', "»"):
        kind, gender = "thing", ""  # the title of a work
    return Mention(text=text[start:end], kind=kind, gender=gender, named=named, start=start, end=end, after=after)


def _is_name(word: Word, *, alone: bool) -> bool:
    """Whether a word is a name; the first of a sentence begins with a capital anyhow."""
    if not word.is_capital or word.lower in english.DETERMINERS | english.NUMBERS:
        return False
    return not word.opens or word.lower in english.PLACES or (alone and not english.is_plural(word.lower))


def _classify(words: Sequence[Word], *, named: bool, after: str) -> tuple[Kind, Gender]:
    lower = [word.lower for word in words if word.lower not in english.DETERMINERS]
    head = lower[lower.index("of") - 1] if "of" in lower[1:] else lower[-1]
    capital = next(word.is_capital and (named or not word.opens) for word in words if word.lower == head)
    if lower[0] in english.TITLES and len(lower) > 1 and words[-1].is_capital:
        return "person", _gender(english.TITLES[lower[0]], lower[1])
    if head in english.GROUPS or (named and english.GROUPS.intersection(lower)):
        return "group", ""
    if head in english.PERSONS or (named and english.PERSONS.intersection(lower[:-1])):
        told: Gender = "f" if head.endswith("woman") else "m" if head.endswith("man") else ""
        return "person", told or next((one for word in lower[:-1] if (one := _gender("", word))), "")
    if " ".join(lower) in english.PLACES or lower[-1] in english.PLACES or (named and head in english.SITES):
        return "place", ""
    if english.is_plural(head) and not capital:
        return "plural", ""
    proper = all(word.is_capital for word in words)
    if named and proper and not words[0].text.isupper() and head not in english.THINGS:
        return _name(lower, after)
    return "thing", ""


def _name(lower: Sequence[str], after: str) -> tuple[Kind, Gender]:
    """What a name without an article is the name of."""
    gender = _gender("", lower[0])
    if after in _WHERE:
        return "place", ""
    return ("person" if gender and 1 < len(lower) <= _LONGEST_NAME else "name"), gender


def _gender(title: str, first_name: str) -> Gender:
    first_name = "".join(one for one in unicodedata.normalize("NFD", first_name) if not unicodedata.combining(one))
    if title in ("m", "f"):
        return "m" if title == "m" else "f"
    return "f" if first_name in english.WOMEN else "m" if first_name in english.MEN else ""


def _share_gender(mentions: Sequence[Mention]) -> list[Mention]:
    """A surname that stands behind "Ms." somewhere is a woman's everywhere, and a person's."""
    known = {one.last: one for one in mentions if one.kind == "person" and one.named and one.gender}
    return [
        replace(one, kind="person", gender=known[one.last].gender)
        if one.kind in ("person", "name") and not one.gender and one.last in known else one
        for one in mentions
    ]
