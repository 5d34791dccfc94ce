"""A text and its words in, the runs of words out that may name something."""

import re
from collections.abc import Iterator, Sequence

from service import english
from service.conversing.words import Word

_HARD = re.compile(r"[^\s]")  # between two words: anything but space ends a phrase
_POSSESSIVE_GAP = re.compile(r"^[’'](?:s\b)?")
_PARTICIPLE = re.compile(r"[aeiouy]\w*ing$")  # no king
_CONTRACTED = re.compile(r"(?:i|you|he|she|it|we|they|that|there|what|who|let)'(?:m|re|ve|ll|d|s)")
_ARTICLES = ("the", "a", "an")
_PLAIN = 2  # words of an article and a noun
_CLAUSE = 12  # words to look back for an auxiliary
_CLOSED = (
    english.ASKING | english.INVERTING | english.BEING | (english.PREPOSITIONS - {"of"}) | english.JOINING
    | english.PRONOUNS | english.TOO
    | {"of", "many", "much", "more", "most", "fewer", "less", "other", "else", "not", "please", "say"}
) - english.DETERMINERS


def find_phrases(text: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    """The runs of words that may name something, in order, as half-open ranges of `words`."""
    spans = _without_verb(words, list(_find_runs(text, words)))
    return [_without_quality(words, span) for span in spans if not _is_quality(words, span)]


def _find_runs(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
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


def _is_quality(words: Sequence[Word], span: tuple[int, int]) -> bool:
    """Whether it is an adjective alone: "how big is it?", "a historic one"."""
    start, end = span
    if end < len(words) and words[end].lower in ("one", "ones"):
        return True
    return end - start == 1 and not words[start].is_capital and english.is_adjective(words[start].lower)


def _ends(text: str, words: Sequence[Word], start: int, index: int) -> bool:
    """Whether the phrase that began at `start` ends before this word."""
    word, first = words[index], index == start
    if not first:
        before = words[index - 1]
        if before.possessive and before.is_capital and not word.is_capital:
            return True
        if word.lower in english.DETERMINERS or _are_parted(text[before.end : word.start], before, word):
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


def _are_parted(gap: str, before: Word, word: Word) -> bool:
    """Whether what stands between two words ends a phrase: anything but space, and an "&" between names."""
    if gap == " & ":
        return not (before.is_capital and word.is_capital)
    return bool(_HARD.search(_POSSESSIVE_GAP.sub("", gap)))


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
    before = words[max(index - _CLAUSE, 0) : index]
    return not any(word.lower in english.INVERTING - english.BEING for word in before)


def _goes_on(before: Word, word: Word) -> bool:
    """Whether a word says what goes on: "is the mayor resigning", not "is the building"."""
    if word.is_capital or before.lower == "of" or before.lower in english.DETERMINERS:
        return False
    return bool(_PARTICIPLE.search(word.lower))


def _takes_of(words: Sequence[Word], start: int, index: int) -> bool:
    """Whether "of" goes on with a phrase: behind a noun, and within a name of what is of somewhere."""
    last = words[index - 1]
    belongs = english.GROUPS | english.SITES | english.THINGS | english.PERSONS | english.TITLES.keys()
    bare = words[start].lower not in _ARTICLES and last.is_capital and last.lower not in belongs
    return not bare and _may_be_named(words, index + 1, start=False)


def _may_be_named(words: Sequence[Word], index: int, *, start: bool) -> bool:
    """Whether a word can be part of a phrase; a verb only where it opens one, behind an article."""
    word = words[index]
    closed = word.lower in _CLOSED and (word.opens or word.lower in english.ASKING)
    if _CONTRACTED.fullmatch(word.lower):
        return False
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


def _trim(words: Sequence[Word], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Without determiners that point elsewhere; nothing where only determiners are left."""
    while start < end and words[start].lower in english.DETERMINERS and words[start].lower not in _ARTICLES:
        start += 1
    if any(word.lower not in english.DETERMINERS for word in words[start:end]):
        yield start, end
