"""A text in, what it names out: persons, groups, places, things and times, with the words that name them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from service import english

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
_TOKEN = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|St|Sen|Gov|Rep|Gen|Prof)\.|(?:[A-Z]\.){2,}(?!\w)|\d+-year-old\b|\d+(?:[,.]\d+)*|[^\W_]+(?:[’'.\-&]+[^\W_]+)*"
)
_POSSESSIVE = re.compile(r"[’']s?$")
_WHERE = frozenset(("in", "at", "near", "outside", "across"))
_HARD = re.compile(r"[^\s]")  # between two words: anything but space ends a phrase
_ELIDED = re.compile(r"[a-z]{1,2}[’'][A-ZÀ-Þ]")  # d’Arcy
_PARTICIPLE = re.compile(r"[aeiouy]\w*ing$")  # no king
_BRACKETED = re.compile(r"\b(?:(?P<he>He|His)|She|Her) \[$")  # "He [Xi Jinping] said"
_CONTRACTED = re.compile(r"(?:i|you|he|she|it|we|they|that|there|what|who|let)'(?:m|re|ve|ll|d|s)")
_WHO = re.compile(r",? who(?:se)?\b")
_ARTICLES = ("the", "a", "an")
_LONGEST_NAME = 4  # words of a person
_PLAIN = 2  # words of an article and a noun
_CLAUSE = 12  # words to look back for an auxiliary
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


def split_words(text: str) -> list[Word]:
    """The words of a text, in order."""
    return [_word(found) for found in _TOKEN.finditer(text)]


def is_finite(words: Sequence[Word], index: int) -> bool:
    """Whether a word makes a clause of its question: "did", or a verb in the past that is no noun's."""
    lower = words[index].lower
    articled = index > 0 and words[index - 1].lower in ("the", "a")
    return lower in english.INVERTING or (index > 0 and english.is_past(lower) and not articled)


def find_mentions(text: str) -> list[Mention]:
    """What a text names, in order; times are among it, and pronouns are not."""
    times = [
        Mention(
            text=found.group(), kind="time", gender="", named=True, start=found.start(), end=found.end(), after=""
        )
        for found in TIME.finditer(text)
    ]
    words = split_words(text)
    spans = _without_verb(words, list(_phrases(text, words)))
    found = [
        _mention(text, words, _without_quality(words, span)) for span in spans
        if not _is_quality(words[span[0] : span[1]]) and text[words[span[1] - 1].end :][:1] != "/"  # a photo's credit
        and not any(time.start < words[span[1] - 1].end and words[span[0]].start < time.end for time in times)
    ]
    return sorted([*times, *_share_gender(found)], key=lambda one: one.start)


def _is_quality(words: Sequence[Word]) -> bool:
    """Whether it is an adjective alone: "how big is it?"."""
    return len(words) == 1 and not words[0].is_capital and english.is_adjective(words[0].lower)


def _word(found: re.Match[str]) -> Word:
    text = found.group()
    stem = _POSSESSIVE.sub("", text) if "’" in text or "'" in text else text
    after = found.string[found.end() : found.end() + 2]
    plural = text[-1:] == "s" and after[:1] in ("’", "'") and not after[1:].isalpha()
    start, end = found.start(), found.start() + len(stem)
    before = found.string[max(start - _GAP, 0) : start].rstrip()
    opens = not start or (before.endswith(_OPENERS) and not _ABBREVIATED.search(before))
    return Word(text=stem, start=start, end=end, possessive=stem != text or plural, opens=opens)


def _phrases(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Runs of words that may name something, as half-open ranges."""
    start = 0
    for index in range(len(words) + 1):
        if index < len(words) and not _ends(text, words, start, index):
            continue
        if start < index:
            yield from _trim(words, start, index)
        opens = index < len(words) and _may_be_named(words, index, start=True)
        start = index if opens else index + 1


def _without_verb(words: Sequence[Word], spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without the verb that "did" asks for, where no known one stands there: "did the volcano erupt?"."""
    asked = next((index for index, word in enumerate(words) if word.lower in ("do", "does", "did")), len(words))
    if any(word.lower in english.VERBS or word.lower in ("have", "do") for word in words[asked + 1 :]):
        return list(spans)
    return [part for span in spans for part in (_part(words, span) if span[0] == asked + 1 else [span])]


def _part(words: Sequence[Word], span: tuple[int, int]) -> list[tuple[int, int]]:
    """What stands before and behind a verb: the first plain word behind a name, else the last word."""
    start, end = span
    behind = (at for at in range(start + 1, end) if words[at - 1].is_capital and not words[at].is_capital)
    verb = next(behind, end - 1)
    if words[start].lower in _ARTICLES:
        verb = end - 1  # "did the Chinese balloon fly?"
    if words[verb].is_capital or all(word.lower in english.DETERMINERS for word in words[start:verb]):
        return [span]
    return [(first, last) for first, last in ((start, verb), (verb + 1, end)) if first < last]


def _without_quality(words: Sequence[Word], span: tuple[int, int]) -> tuple[int, int]:
    """Without the adjective at the end that "is" asks for: "is the new vaccine safe?"."""
    start, end = span
    asked = start and words[start - 1].lower in english.BEING and end - start > _PLAIN
    last = words[end - 1]
    return (start, end - 1) if asked and not last.is_capital and english.is_adjective(last.lower) else span


def _ends(text: str, words: Sequence[Word], start: int, index: int) -> bool:
    """Whether the phrase that began at `start` ends before this word."""
    word, first = words[index], index == start
    if not first:
        before = words[index - 1]
        if before.possessive and before.is_capital and not word.is_capital:
            return True
        gap = text[before.end : word.start]
        if gap == " & " and before.is_capital and word.is_capital:
            return False
        if _HARD.search(_POSSESSIVE_GAP.sub("", gap)) or word.lower in english.DETERMINERS:
            return True
    if not first and start and words[start - 1].lower in english.BEING and _goes_on(words[index - 1], word):
        return True
    if word.lower == "of":
        return first or index + 1 == len(words) or not _takes_of(words, start, index)
    if not first and words[start].lower in _ARTICLES and all(one.is_capital for one in words[start + 1 : index]):
        noun = index > start + 1 and word.lower in english.VERBS and _is_followed(words, index)  # "the Harrow fire"
        return not (noun or _may_be_named(words, index, start=index == start + 1))
    alone = all(one.lower in english.DETERMINERS for one in words[start:index])
    if not alone and words[start].lower in _ARTICLES and _is_made(words, index):
        return False
    return not _may_be_named(words, index, start=alone)


def _is_followed(words: Sequence[Word], index: int) -> bool:
    """Whether words follow a word, and a verb among them where one is asked for: "did the Harrow fire spread?"."""
    following = words[index + 1 :]
    if following and following[0].lower in ("to", "that"):
        return False
    asked = any(word.lower in ("do", "does", "did") for word in words[:index])
    return bool(following) and (not asked or any(english.is_verb(word.lower) for word in following))


def _is_made(words: Sequence[Word], index: int) -> bool:
    """Whether a word that may be a verb is none: "a new trade agreement", "the airline strike began"."""
    following = words[index + 1].lower if index + 1 < len(words) else ""
    base = words[index].lower in english.VERBS - english.PAST
    if not base or following in ("than", "that") or english.is_plural(words[index - 1].lower):
        return False
    if english.is_verb(following):
        return True
    return not any(word.lower in english.INVERTING - english.BEING for word in words[max(index - _CLAUSE, 0) : index])


def _goes_on(before: Word, word: Word) -> bool:
    """Whether a word says what goes on: "is the mayor resigning", not "is the building"."""
    return bool(_PARTICIPLE.search(word.lower)) and not word.is_capital and before.lower not in english.DETERMINERS | {"of"}


def _takes_of(words: Sequence[Word], start: int, index: int) -> bool:
    """Whether "of" goes on with a phrase: behind a noun, and within a name of what is of somewhere."""
    last = words[index - 1]
    belongs = english.GROUPS | english.SITES | english.THINGS | english.PERSONS | english.TITLES.keys()
    bare = words[start].lower not in _ARTICLES and last.is_capital and last.lower not in belongs
    return not bare and _may_be_named(words, index + 1, start=False)


_POSSESSIVE_GAP = re.compile(r"^[’'](?:s\b)?")


def _may_be_named(words: Sequence[Word], index: int, *, start: bool) -> bool:
    """Whether a word can be part of a phrase; a verb only where it opens one, behind an article."""
    word = words[index]
    closed = (word.lower in _CLOSED and (word.opens or word.lower in english.ASKING)) or _CONTRACTED.fullmatch(word.lower)
    if word.is_capital and index and (not closed or _is_acronym(word)):
        return True
    does = index and words[index - 1].is_capital and word.lower.endswith("s") and not start
    if does and index + 1 < len(words) and words[index + 1].lower in english.DETERMINERS:
        return False  # "the Prairie Ledger regrets the error"
    adverb = word.lower.endswith("ly") and word.lower not in english.NOUNS_IN_LY
    if word.lower in _CLOSED or adverb or word.text[0].isdigit():
        return False
    if word.lower in english.DETERMINERS:
        return start
    if not english.is_verb(word.lower) and not (start and word.lower.endswith("ing")):
        return True
    if index and words[index - 1].possessive and word.lower in english.VERBS:
        return True  # "the nurses' strike", "Carney's visit"
    before = words[index - 1].lower if index else ""
    several = before in english.PREPOSITIONS and english.is_plural(word.lower)  # "on trains"
    return start and (several or before in english.DETERMINERS or before in ("many", "much", "which", "whose"))


def _is_acronym(word: Word) -> bool:
    """Whether it is WHO or US rather than who or us."""
    return len(word.text) > 1 and word.text.isupper()


_CLOSED = (
    english.ASKING | english.INVERTING | english.BEING | (english.PREPOSITIONS - {"of"}) | english.JOINING
    | english.PRONOUNS | english.TOO | {"of", "many", "much", "more", "most", "fewer", "less", "other", "else", "not", "please", "say"}
) - english.DETERMINERS


def _trim(words: Sequence[Word], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Without determiners that point elsewhere; nothing where only determiners are left."""
    while start < end and words[start].lower in english.DETERMINERS and words[start].lower not in _ARTICLES:
        start += 1
    if any(word.lower not in english.DETERMINERS for word in words[start:end]):
        yield start, end


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
    if gender and 1 < len(lower) <= _LONGEST_NAME:
        return "person", gender
    if after in _WHERE:
        return "place", ""
    return "name", gender


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
