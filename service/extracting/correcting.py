"""Evidence in, the sentences out with which a later report of the same publisher puts its figures right.

A newspaper that has printed a wrong number says so two days later, in an article of its own; both are in the
collection, and the first, which tells more about everything else, is found first.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.lexical import content_terms
from service.domain import Evidence
from service.verifying.faults import agree
from service.verifying.figures import Day, Quantity
from service.verifying.statements import read_statement
from service.writing.instructions import commands_machine

SHARED = 2  # content words that a sentence and the report that corrects it have in common, beside the figure

_STATED = r"(?:put|stated|said|reported|listed|quoted|printed|published|calculated|estimated|cited|wrote)"
_WRONGLY = r"(?:wrongly|incorrectly|mistakenly|erroneously|inaccurately)"
_WRONG = re.compile(
    rf"\b(?:{_WRONGLY} (?:\w+ )?{_STATED}|{_STATED} (?:\w+ )?(?:{_WRONGLY}|in error)|misstated|misreported"
    r"|(?:earlier|previous|original|first) versions? of (?:this|the|our|an?) (?:\w+ )?"
    r"(?:article|story|report|headline|post|column|caption|chart|item))\b"
    r"(?! (?:\w+ )?(?:when|where|what|how|which|why|who|the (?:number|name|date|year|location)) )",
    re.IGNORECASE,
)
_CORRECTION = re.compile(r"\bcorrect(?:ions?|s|ed|ing)\b|\bclarifications?\b", re.IGNORECASE)
_INSTEAD = re.compile(r"(?:,| and) not |\b(?:instead of|rather than) ", re.IGNORECASE)
_ORDER = re.compile(r"[a-z]+|(?:1[89]|20)\d\d")  # "first", a year: said of too much
NEAR = 6  # words from what says that it is wrong to the figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A sentence that puts a figure right, as evidence, and the figure of which it says that it is wrong."""

    told: Evidence
    wrong: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class PutRight:
    """Evidence in a new order, and by the place where a piece of it stands what is to be told behind that."""

    evidence: list[Evidence]
    notes: Mapping[tuple[str, int], Evidence]

    def tell(self, chosen: Sequence[Evidence]) -> list[Evidence]:
        """The chosen evidence, each piece with its note behind it."""
        told = [other for one in chosen for other in (one, self.notes.get(_place(one))) if other]
        return list({_place(one): one for one in told}.values())


def put_right(evidence: Sequence[Evidence], question: str) -> PutRight:
    """The evidence without the figures that a later report calls wrong, where that report gives better ones.

    The better one stands in the place of the wrong one, with the sentence behind it that says what was wrong; where
    there is none, that sentence stands behind the wrong one. A report is left whose day the question names.
    """
    corrections, notes = list(_find_corrections(evidence)), dict[tuple[str, int], Evidence]()
    asked = read_statement(question).figures.days
    ordered = dict[tuple[str, int], Evidence]()
    for one in evidence:
        found = next((each for each in corrections if _puts_right(each, one)), None)
        if found is None or any(_is_day_of(one, day) for day in asked):
            ordered.setdefault(_place(one), one)
            continue
        better = next((other for other in (found.told, *evidence) if _replaces(other, one, found)), one)
        ordered.setdefault(_place(better), replace(better, probability=one.probability))
        if better is not found.told:
            notes[_place(better)] = replace(found.told, probability=one.probability)
    return PutRight(evidence=list(ordered.values()), notes=notes)


def _is_day_of(one: Evidence, day: Day) -> bool:
    """Whether its article is of a day that is named by month and day."""
    return (day.month, day.day) == (one.article.day.month, str(one.article.day.day))


def _place(one: Evidence) -> tuple[str, int]:
    return one.article.id, one.start


def _find_corrections(evidence: Sequence[Evidence]) -> Iterator[Correction]:
    """What the articles of the evidence call wrong, each article and figure once."""
    articles = {one.article.id: one for one in reversed(evidence)}
    for one in articles.values():
        about = bool(_CORRECTION.search(one.article.metadata.title or ""))
        if not (about or _WRONG.search(one.article.text) or _CORRECTION.search(one.article.text)):
            continue
        for sentence in one.article.sentences:
            text = one.article.text[sentence.start : sentence.end]
            wrong = [] if sentence.heading else _find_wrong(text, about=about)
            if wrong and not commands_machine(text):
                told = replace(one, start=sentence.start, end=sentence.end, short=None)
                yield from (Correction(told=told, wrong=figure) for figure in wrong)


def _find_wrong(text: str, *, about: bool) -> list[Quantity]:
    """The figure that a sentence calls wrong; `about`: its article is a correction."""
    marked = _WRONG.search(text)
    instead = _INSTEAD.search(text) if marked or about or _CORRECTION.search(text) else None
    if instead and (figures := _figures(" ".join(text[instead.end() :].split()[:NEAR]))):
        return figures[:1]
    if marked is None:
        return []
    behind = _figures(" ".join(text[marked.end() :].split()[:NEAR]))
    return behind[:1] or _figures(" ".join(text[: marked.start()].split()[-NEAR:]))[-1:]


def _figures(text: str) -> list[Quantity]:
    return [one for one in read_statement(text).figures.quantities if not _ORDER.fullmatch(one.shown)]


def _puts_right(correction: Correction, one: Evidence) -> bool:
    """Whether evidence of another article of the publisher, no later, gives the figure that is called wrong."""
    report, publishers = correction.told.article, {one.article.metadata.publisher}
    if report.id == one.article.id or one.article.day > report.day or not _gives(one.quote, correction.wrong):
        return False
    publishers.add(report.metadata.publisher)
    if len(publishers - {None}) > 1:
        return False  # who calls another's figure wrong disagrees
    said = set(content_terms(f"{report.metadata.title or ''} {correction.told.quote} {report.text[:400]}"))
    own = set(content_terms(one.quote)) - set(content_terms(correction.wrong.shown))
    return len(said & own) >= SHARED


def _gives(text: str, figure: Quantity) -> bool:
    return any(agree(one, figure) and one.unit == figure.unit for one in read_statement(text).figures.quantities)


def _replaces(other: Evidence, wrong: Evidence, correction: Correction) -> bool:
    """Whether evidence of the report that corrects gives another figure of the same kind, and answers half as well."""
    told = other is correction.told
    if other.article.id != correction.told.article.id or (not told and other.probability < wrong.probability / 2):
        return False
    figures = read_statement(other.quote).figures.quantities
    return any(one.unit == correction.wrong.unit and not agree(one, correction.wrong) for one in figures)

