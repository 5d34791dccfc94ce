"""A sentence of an article in, the name of whom its opening pronoun or its bare quotation means out.

Only what its neighbours make plain is said: a single person who is named, as a person, in the nearest sentence before
that names any. Nothing is guessed between two.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.article import Article, Sentence
from service.english import ASKING, GROUPS, JOINING, MEN, PERSONS, PLACES, PREPOSITIONS, SITES, THINGS, TOO, WOMEN

REACH = 3  # sentences back that a pronoun may refer to

_PRONOUN = re.compile(r"(?P<he>He|His)\b|(?P<she>She|Her)\b")
_QUOTED = re.compile(r"^[“\"«][^“”\"«»]+[”\"»]?[.,]?$")

_WORD = r"[^\W\d_a-z][\w’'-]*[^\W_]"
_INITIAL = r"[^\W\d_a-z]\."
_FULL = rf"{_WORD}(?: (?:{_INITIAL} |de |da |van |von |bin |al-)*{_WORD}){{1,3}}"
_TITLE = (
    r"(?:Mr|Mrs|Ms|Mx|Dr|Prof|Sir|Dame|Lord|Lady|Judge|Justice|Premier|President|Chancellor|Senator|Mayor|Reeve|"
    r"(?:Prime |Foreign |Finance |Health |Trade )?Minister|Secretary|Governor|Ambassador|General|Captain|Coach|Chief)"
    r"\.?"
)
_SAY = (
    r"(?:said|says|added|adds|told|tells|argued|argues|warned|warns|wrote|writes|insisted|insists|explained|recalled|"
    r"noted|notes|asked|asks|replied|announced|denied|promised|predicted|conceded|admitted)"
)
_PERSONS = (
    re.compile(rf"\b(?P<title>{_TITLE}) (?P<name>{_WORD}(?: {_WORD}){{0,2}})"),
    re.compile(rf"\b{_SAY} (?P<name>{_FULL}|{_WORD})(?=[,.;]| (?:of|in|on|at|who|as|from)\b|$)"),
    re.compile(rf"(?P<name>{_FULL}|{_WORD})(?:, [^,.;“”\"]{{2,90}},)? (?:also |later |then )?{_SAY}\b"),
    re.compile(rf"(?P<name>{_FULL}), (?:who|whose|\d\d,)"),
    re.compile(rf"(?P<name>{_FULL}), (?:an?|the|then) (?:\w+[ -]){{0,4}}?(?:{'|'.join(sorted(PERSONS))})\b"),
)
_POSSESSIVE = re.compile(r"['’]s\b")
_OPENERS = frozenset(
    [
        "A", "After", "All", "Although", "And", "As", "At", "Before", "But", "By", "For", "From", "He", "Her", "His",
        "If", "In", "It", "Its", "On", "One", "She", "So", "Some", "Still", "That", "The", "Their", "Then", "There",
        "These", "They", "This", "Those", "To", "We", "What", "When", "Where", "While", "Who", "With", "Yesterday",
        "Nobody", "Critics", "Officials", "Ministers", "Police", "Residents", "Monday", "Tuesday", "Wednesday",
        "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "May", "June", "July",
        "August", "September", "October", "November", "December", "Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Oct",
        "Nov", "Dec",
    ]
)
_CLOSED = PREPOSITIONS | JOINING | TOO | ASKING | {"soon"}
_FIRST_NAMES = MEN | WOMEN
_NO_PERSONS = GROUPS | THINGS | SITES | PLACES
_MALE, _FEMALE = frozenset({"Mr", "Sir", "Lord"}), frozenset({"Mrs", "Ms", "Dame", "Lady"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A person's name, and where in the article the sentence stands that names them so."""

    name: str
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    name: str
    title: str

    @property
    def surname(self) -> str:
        return self.name.split()[-1]


def opens_with_pronoun(text: str) -> bool:
    """Whether a sentence opens with "he", "she", "his" or "her"."""
    return bool(_PRONOUN.match(text))


def is_bare_quotation(text: str) -> bool:
    """Whether a sentence is nothing but words in quotation marks."""
    return bool(_QUOTED.match(text))


def find_person(article: Article, start: int) -> Named | None:
    """Whom the pronoun means that opens the sentence at `start`; None where there is none, or it is not plain."""
    place = _place(article.sentences, start)
    found = _PRONOUN.match(article.text, start)
    if place is None or found is None:
        return None
    before, own = article.sentences[:place], article.text[start : article.sentences[place].end]
    known: dict[str, list[_Person]] = {}
    for person in (one for sentence in before for one in _persons(article, sentence)):
        known.setdefault(person.surname, []).append(person)
    for sentence in reversed(before[-REACH:]):
        text = _POSSESSIVE.sub("", article.text[sentence.start : sentence.end])
        surnames = known.keys() & set(re.findall(_WORD, text))
        strangers = [
            name for name in re.findall(_FULL, text)
            if surnames.isdisjoint(name.split()) and name.split()[-1].lower() not in _NO_PERSONS
        ]
        if len(surnames) == 1 and not strangers:
            named = _name_plainly(article, known[surnames.pop()], sentence, male=bool(found["he"]))
            return named if named and named.name.split()[-1] not in own else None  # "He called Weiss a liar"
        if surnames or _tells_of_another(article, text, strangers):
            return None
    return None


def _name_plainly(article: Article, people: Sequence[_Person], sentence: Sentence, *, male: bool) -> Named | None:
    """The person by the whole name; None where it is of the other gender, or may be a paper's: "Politico reported"."""
    named = _named_in_full(article, people[0], sentence)
    titled = any(one.title for one in people)
    if _is_of_another_gender(named, people, male=male):
        return None
    return named if titled or " " in named.name or named.name.lower() in _FIRST_NAMES else None


def _tells_of_another(article: Article, text: str, strangers: Sequence[str]) -> bool:
    """Whether a sentence tells of somebody who is not known: by a whole name, or by one that opens it."""
    if any(text.startswith(name) or name.split()[0].lower() in _FIRST_NAMES for name in strangers):
        return True
    return bool(re.search(rf"[a-z,] {re.escape(text.partition(' ')[0])}\b", article.text))


def _is_of_another_gender(named: Named, people: Sequence[_Person], *, male: bool) -> bool:
    wrong, names = (_FEMALE, WOMEN) if male else (_MALE, MEN)
    return any(one.title in wrong for one in people) or named.name.split()[0].lower() in names


def find_speaker(article: Article, start: int) -> Named | None:
    """Who says the bare quotation at `start`: the one person named beside it in its paragraph; None if not plain."""
    place = _place(article.sentences, start)
    if place is None:
        return None
    own = article.sentences[place]
    before, after = article.sentences[max(place - 1, 0) : place], article.sentences[place + 1 : place + 2]
    for sentence in (*before, *after):
        between = article.text[min(sentence.end, own.end) : max(sentence.start, own.start)]
        text = article.text[sentence.start : sentence.end]
        if "\n" in between or not re.search(rf"[”\"»].*\b{_SAY}\b|\b{_SAY}\b.*[“\"«]", text):
            continue
        people = list(_persons(article, sentence))
        if len({one.surname for one in people}) == 1:
            return _named_in_full(article, people[0], sentence)
    return None


def _place(sentences: Sequence[Sentence], start: int) -> int | None:
    return next((place for place, one in enumerate(sentences) if one.start == start), None)


def _persons(article: Article, sentence: Sentence) -> Iterator[_Person]:
    text = article.text[sentence.start : sentence.end]
    for pattern in _PERSONS:
        for found in pattern.finditer(text):
            words = _untitle(_POSSESSIVE.sub("", found["name"]).split())
            title = found["title"].rstrip(".") if "title" in pattern.groupindex else ""
            if words and (title or words[-1].lower() not in _NO_PERSONS) and (len(words) > 1 or not words[0].isupper()):
                yield _Person(name=" ".join(words), title=title)


def _named_in_full(article: Article, person: _Person, sentence: Sentence) -> Named:
    """The person by the longest name that the article gave so far, with the nearest sentence that does."""
    full = re.compile(rf"(?:{_WORD} (?:{_INITIAL} )?){{1,2}}{re.escape(person.surname)}\b")
    for earlier in reversed([one for one in article.sentences if one.start <= sentence.start]):
        found = full.search(article.text, earlier.start, earlier.end)
        words = _untitle(found.group().split()) if found else []
        if len(words) > 1:
            return Named(name=" ".join(words), sentence=earlier)
    return Named(name=person.name, sentence=sentence)


def _untitle(words: list[str]) -> list[str]:
    """A name without what only opens its sentence, without owners ("Israel's Levi") and titles."""
    titles = [
        place for place, word in enumerate(words)
        if word in _OPENERS or word.lower() in _CLOSED or _POSSESSIVE.search(word) or re.fullmatch(_TITLE, word)
    ]
    return words[titles[-1] + 1 :] if titles else words

