"""One sentence in, what it states out: words, names, figures, quotations, speakers, negations and hedges."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from service.verifying.figures import Figures
from service.verifying.lexicon import knows
from service.verifying.marking import Marker, find_markers
from service.verifying.quantities import find_figures
from service.verifying.tokens import Token, fold, lower_at, split_tokens
from service.verifying.units import MONTHS, SMALL, TENS, WEEKDAYS
from service.verifying.wording import (
    CAPITALS,
    ENGLISH,
    EXACT,
    FOREIGN,
    FUNCTION,
    HEDGES,
    NAMES_ALIKE,
    NEAR,
    NEGATORS,
    OVER,
    PLACING,
    PRONOUNS,
    SAME,
    SPEECH,
    THOUGHT,
    TITLES,
    UNDER,
)

_EMPTY = FUNCTION | NEGATORS | NEAR | OVER | UNDER
_QUOTED = re.compile(r'"([^"]*)(?:"|$)')
_SPEAKER_REACH, _ASIDE_REACH = 12, 30  # tokens before the verb, and before one that stands behind a comma
_OFFICE = 3  # words of what somebody is, before the name: "county vet"
_LONGEST = 1_000  # tokens of a sentence; a longer one is supported only where it is repeated word for word
_LATIN = "ɏ"  # the last letter of the Latin blocks
_FOREIGN = 4  # one in so many words may have letters that are not
_TOLD = frozenset({"tell", "told", "ask"})
_HEARERS = frozenset({"reporters", "journalists", "the", "a", "an", "his", "her", "their", "our", "my"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a sentence states. `terms`: all its words in one form; `words`: those that are neither names nor figures.

    `names` are runs of capitalised words, `sequence` all but function words in order, `raw` the stems as written, and
    `forms` those of each term.
    """

    folded: str
    tokens: tuple[Token, ...]
    terms: frozenset[str]
    raw: frozenset[str]
    forms: Mapping[str, frozenset[str]]
    words: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    opener: str
    sequence: tuple[str, ...]
    figures: Figures
    codes: frozenset[str]
    weekdays: frozenset[str]
    exact: frozenset[str]
    quotes: tuple[str, ...]
    speakers: tuple[frozenset[str], ...]
    voices: frozenset[str]
    markers: tuple[Marker, ...]
    readable: bool


def read_statement(text: str) -> Statement:
    """Take a sentence apart."""
    folded = fold(text)
    tokens = split_tokens(folded)
    figures = find_figures(tokens)
    terms = [term_of(tokens, place) for place in range(len(tokens))]
    named = [_is_name(tokens, place, figures) for place in range(len(tokens))]
    carries = [_carries(tokens[place], terms[place]) for place in range(len(tokens))]
    speakers = list(_find_speakers(tokens, terms, named))
    first = next((place for place, token in enumerate(tokens) if not token.is_sign), 0)
    opens = bool(tokens) and carries[first] and first not in figures.used and tokens[first].lower not in HEDGES
    return Statement(
        folded=folded, tokens=tokens, terms=frozenset(filter(None, terms)),
        raw=frozenset(token.stem for token in tokens if token.stem), forms=_forms(tokens, terms),
        words=tuple(
            terms[place] for place in range(len(tokens))
            if carries[place] and not named[place] and place not in figures.used and tokens[place].is_word
            and place != first and tokens[place].lower not in HEDGES
        ),
        names=tuple(_runs(tokens, terms, named)),
        opener=terms[first] if opens else "",
        sequence=tuple(term for place, term in enumerate(terms) if carries[place] and place not in figures.used),
        figures=figures,
        codes=frozenset(
            token.lower for place, token in enumerate(tokens) if token.has_digit and place not in figures.used
        ),
        weekdays=frozenset(token.lower for token in tokens if token.lower in WEEKDAYS),
        exact=EXACT & {token.stem for place, token in enumerate(tokens) if place not in figures.used},
        quotes=tuple(found.strip(" ,.") for found in _QUOTED.findall(folded) if found.strip(" ,.")),
        speakers=tuple(names[-1] for names in speakers if names),
        voices=frozenset[str]().union(
            *(name for names in _find_speakers(tokens, terms, named, verbs=THOUGHT) for name in names),
            _find_unnamed(tokens, terms),
        ),
        markers=tuple(find_markers(tokens, terms, figures)), readable=_is_readable(tokens),
    )


def _forms(tokens: Sequence[Token], terms: Sequence[str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for token, term in zip(tokens, terms, strict=True):
        found.setdefault(term, set()).add(token.stem)
    return {term: frozenset(stems) for term, stems in found.items()}


def term_of(tokens: Sequence[Token], place: int) -> str:
    """A word in the one form that its synonyms share; empty for signs and for the first half of a name of two words."""
    token = tokens[place]
    following = tokens[place + 1].text if place + 1 < len(tokens) else ""
    if token.text == "United" and following in ("States", "Kingdom"):
        return ""
    if token.text == "Arabia" and place and tokens[place - 1].text == "Saudi":
        return ""
    if place and tokens[place - 1].text == "United" and token.text in ("States", "Kingdom"):
        return f"={NAMES_ALIKE['us' if token.text == 'States' else 'uk']}n"
    alike = NAMES_ALIKE.get(token.stem) if token.is_capital else None
    if alike is None and token.lower in CAPITALS and not (place and _names_place(tokens[place - 1])):
        alike = CAPITALS[token.lower]
    if alike is not None:
        return f"={alike}n"
    group = SAME.get(token.stem)
    return f"={group}" if group is not None else token.stem


def _names_place(before: Token) -> bool:
    """Whether a capital behind this word is the town, or part of a name, and not its government."""
    return before.lower in PLACING or (before.is_capital and before.lower not in FUNCTION)


def _carries(token: Token, term: str) -> bool:
    """Whether a token says something of its own: not a sign, nor a function word unless it is an acronym."""
    acronym = len(token.text) > 1 and token.text.isupper()
    empty = token.lower in _EMPTY or token.lower.endswith("n't")
    return bool(term) and not token.is_sign and (acronym or not empty)


def _is_name(tokens: Sequence[Token], place: int, figures: Figures) -> bool:
    token = tokens[place]
    if not token.is_capital or token.lower in WEEKDAYS or token.lower in ("i", *MONTHS) or place in figures.used:
        return False
    if not token.opens:
        return token.lower not in FUNCTION or (len(token.text) > 1 and token.text.isupper())
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    return token.lower not in FUNCTION and following is not None and following.is_capital


def _runs(tokens: Sequence[Token], terms: Sequence[str], named: Sequence[bool]) -> Iterator[tuple[str, ...]]:
    """Names: capitalised words one after another; titles and owners are runs of their own: "Norvane's Valk"."""
    run: list[str] = []
    titled = False
    for place, token in enumerate(tokens):
        title = token.lower in TITLES
        if not named[place] or title != titled or (place and tokens[place - 1].owns):
            if run:
                yield tuple(run)
            run, titled = [], title
        if named[place] and terms[place]:
            run.append(terms[place])
    if run:
        yield tuple(run)


def _speaks(tokens: Sequence[Token], place: int, verbs: frozenset[str]) -> bool:
    """Whether a word tells that somebody spoke, be it "to reporters": not "a report", "asked to sell"."""
    token = tokens[place]
    named = token.is_capital and not token.opens
    if token.stem not in verbs or named or token.lower in ("state", "report", "reports", "note", "notes", "claims"):
        return False
    following = tokens[place + 1 : place + 3]
    if not following or following[0].lower != "to":
        return True
    return following[-1].is_capital or following[-1].lower in _HEARERS


def _find_speakers(
    tokens: Sequence[Token], terms: Sequence[str], named: Sequence[bool], *, verbs: frozenset[str] = SPEECH
) -> Iterator[list[frozenset[str]]]:
    """For each word of speech the names that may have spoken, the likeliest last."""
    marks = 0
    for place, token in enumerate(tokens):
        marks += token.text == '"'
        if _speaks(tokens, place, verbs):
            before = _names_before(tokens, terms, named, place, quoted=marks % 2 == 1)
            beside = place > 0 and (named[place - 1] or tokens[place - 1].lower in PRONOUNS)
            behind = place + 1 + (lower_at(tokens, place + 1) == "the")  # "said The Telegraph"
            after = [] if token.stem in _TOLD or beside else _names_from(tokens, terms, named, behind)
            if token.lower.endswith("ing"):
                before = before[::-1]  # the subject's: "the ministry cut Valk's pay, saying"
            yield [*([] if tokens[place - 1].lower in PRONOUNS and place else before), *after]
        elif token.lower == "according" and place + 1 < len(tokens) and tokens[place + 1].lower == "to":
            start = place + 2
            while start < len(tokens) and (tokens[start].lower in FUNCTION or tokens[start].lower in TITLES):
                start += 1
            yield _names_from(tokens, terms, named, start)


def _find_unnamed(tokens: Sequence[Token], terms: Sequence[str]) -> Iterator[str]:
    """Who speaks without a name: "farmers say"."""
    for place in range(1, len(tokens)):
        before = tokens[place - 1]
        if before.is_word and before.lower not in FUNCTION and _speaks(tokens, place, THOUGHT):
            yield terms[place - 1]


def _names_from(
    tokens: Sequence[Token], terms: Sequence[str], named: Sequence[bool], place: int
) -> list[frozenset[str]]:
    run, skipped = set[str](), 0
    while place < len(tokens):
        named_here = named[place] or tokens[place].lower in TITLES or (run and tokens[place].text == "'")
        if not named_here:
            skipped += 1
            if run or skipped > _OFFICE or tokens[place].is_sign or tokens[place].lower in FUNCTION:
                break
        if named[place] and tokens[place].lower not in TITLES and terms[place]:
            run.add(terms[place])
        if run and tokens[place].owns:  # "Norvane's chief engineer Doreen Valk"
            run, skipped = set(), 0
        place += 1
    return [frozenset(run)] if run else []


def _names_before(
    tokens: Sequence[Token], terms: Sequence[str], named: Sequence[bool], place: int, *, quoted: bool
) -> list[frozenset[str]]:
    found: list[frozenset[str]] = []
    run = set[str]()
    aside = place > 0 and tokens[place - 1].text == ","  # "Adeyo, who spent eleven years there, says"
    for back in range(max(place - (_ASIDE_REACH if aside else _SPEAKER_REACH), 0), place):
        token = tokens[back]
        if (named[back] or _may_name(tokens, back, verb=place)) and token.lower not in TITLES and terms[back]:
            run.add(terms[back])
            ended = token.owns
        else:
            ended = True
        if run and ended:
            found.append(frozenset(run))
            run = set()
        if token.text == '"' and not quoted:
            found, run = [], set()
    return [*found, frozenset(run)] if run else found


def _may_name(tokens: Sequence[Token], place: int, *, verb: int) -> bool:
    """Whether the word that opens a sentence may name who speaks: not "Company" of "Company officials said"."""
    token = tokens[place]
    if not token.opens or not token.is_capital or token.lower in (FUNCTION | SMALL.keys() | TENS.keys()):
        return False
    following = tokens[place + 1]
    return place + 1 == verb or following.is_sign or following.lower in FUNCTION or not knows(token.stem)


def _is_readable(tokens: Sequence[Token]) -> bool:
    """Whether it is English, as far as its letters and small words tell, and no longer than a sentence can be."""
    if len(tokens) > _LONGEST:
        return False
    words = [token.lower for token in tokens if token.is_word]
    if sum(any(letter > _LATIN for letter in word) for word in words) * _FOREIGN > len(words):
        return False
    english, foreign = sum(word in ENGLISH for word in words), sum(word in FOREIGN for word in words)
    return foreign <= english and (english > 0 or foreign == 0)


def show(statement: Statement, terms: Sequence[str]) -> str:
    """The words of a sentence that stand for the terms, as it writes them."""
    tokens = statement.tokens
    return " ".join(
        token.text for place, token in enumerate(tokens) if term_of(tokens, place) in terms and not token.is_sign
    )
