"""Evidence in, its sentence as an answer prints it out: with the name that its pronoun or bare quotation leaves out."""

from dataclasses import dataclass

from service.domain import Evidence, Span
from service.extracting.speakers import Named, find_person, find_speaker, is_bare_quotation, opens_with_pronoun


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A sentence of an answer. Words of ours stand in square brackets at `added`; `named` tells where they are from."""

    evidence: Evidence
    text: str
    added: Span | None = None
    named: Span | None = None


def print_sentence(one: Evidence, *, before: str) -> Printed:
    """Print a sentence behind `before`, the answer so far, which may have named the person already."""
    quote = one.quote
    if opens_with_pronoun(quote):
        return _insert(one, find_person(one.article, one.start), before=before, at=len(quote.split(maxsplit=1)[0]))
    if is_bare_quotation(quote):
        return _insert(one, find_speaker(one.article, one.start), before=before, at=0)
    return Printed(evidence=one, text=quote)


def _insert(one: Evidence, named: Named | None, *, before: str, at: int) -> Printed:
    if named is None or named.name.split()[-1] in before:
        return Printed(evidence=one, text=one.quote)
    added = f" [{named.name}]" if at else f"[{named.name}:] "
    return Printed(
        evidence=one, text=one.quote[:at] + added + one.quote[at:],
        added=Span(start=at + added.index("["), end=at + added.index("]") + 1),
        named=Span(start=named.sentence.start, end=named.sentence.end),
    )
