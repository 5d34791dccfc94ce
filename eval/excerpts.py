"""A text and spans of it in, pieces to print out: what is quoted is marked, and stands within its context."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from eval.questions import GoldEvidence
from eval.results import RankedHit

AROUND = 160  # characters of context on each side
_WORD_END = re.compile(r"\s+\S*$")
_WORD_START = re.compile(r"^\S*\s+")

_PAUSES = (",", ";", ":", "-", "–", "—")

Kind = Literal["plain", "quote", "answer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a text: `quote` is the words that are cited, `answer` the short answer, `notes` what follows it."""

    text: str
    kind: Kind = "plain"
    notes: tuple[int, ...] = ()


def quote_in_context(
    before: str, quote: str, after: str, *, answer: tuple[int, int] | None = None
) -> tuple[Piece, ...]:
    """The quote, marked, between the nearest of its context; `answer` is a span of the quote."""
    start, end = answer or (0, 0)
    if not 0 <= start < end <= len(quote):
        start = end = 0
    return _drop_empty((
        Piece(text=_open_start(cut_start(before))), Piece(text=quote[:start], kind="quote"),
        Piece(text=quote[start:end], kind="answer"), Piece(text=quote[end:], kind="quote"),
        Piece(text=_open_end(cut_end(after))),
    ))


def annotate(text: str, *, short: str | None, notes: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """An answer with its short form marked, and each (end, number) of `notes` behind the words that it ends."""
    ends = [(min(max(end, 0), len(text)), number) for end, number in notes]
    at = text.find(short) if short and short != text else -1
    inside = (at, at + len(short)) if short and at >= 0 else (0, 0)
    edges = sorted({0, len(text), *inside, *(end for end, _ in ends)})
    pieces = []
    for start, end in pairwise(edges):
        marked = inside[0] <= start and end <= inside[1]
        numbers = tuple(number for place, number in ends if place == end)
        pieces.append(Piece(text=text[start:end], kind="answer" if marked else "plain", notes=numbers))
    return tuple(pieces)


def find_evidence(hits: Sequence[RankedHit], evidence: GoldEvidence, *, forms: Sequence[str]) -> tuple[Piece, ...]:
    """The evidence within the best passage that holds it, with a form of the answer marked in it.

    Nothing where no passage whose text was kept holds it.
    """
    for hit in hits:
        if hit.text is None or hit.article_id != evidence.doc_id:
            continue
        first, last = max(evidence.start - hit.start, 0), evidence.end - hit.start
        if hit.text[first:last] == evidence.quote:
            return quote_in_context(
                hit.text[:first], evidence.quote, hit.text[last:], answer=find_answer(evidence.quote, forms)
            )
    return ()


def find_answer(text: str, forms: Sequence[str]) -> tuple[int, int] | None:
    """Where the first of the forms stands in a text that it has, between words and in any case."""
    for form in forms:
        found = re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE) if form.strip() else None
        if found:
            return found.span()
    return None


def find_form(
    hits: Sequence[RankedHit], *, articles: Iterable[str], forms: Sequence[str]
) -> tuple[int, tuple[Piece, ...]]:
    """The rank and the text of the best passage of the articles that holds a form; 0 and nothing where none does."""
    wanted = frozenset(articles)
    for hit in hits:
        if hit.text is None or hit.article_id not in wanted:
            continue
        if span := find_answer(hit.text, forms):
            start, end = span
            answer = (0, end - start)
            return hit.rank, quote_in_context(hit.text[:start], hit.text[start:end], hit.text[end:], answer=answer)
    return 0, ()


def cut_start(text: str, *, limit: int = AROUND) -> str:
    """The end of a text, from a word on, with an ellipsis where anything is left out."""
    return text if len(text) <= limit else "… " + _WORD_START.sub("", text[-limit:])


def cut_end(text: str, *, limit: int = AROUND) -> str:
    """The start of a text, up to the end of a word, with an ellipsis where anything is left out."""
    return text if len(text) <= limit else _WORD_END.sub("", text[:limit]) + " …"


def _open_start(text: str) -> str:
    """With an ellipsis where the text begins within a sentence."""
    return f"… {text}" if text[:1].islower() else text


def _open_end(text: str) -> str:
    """With an ellipsis where the text ends within a sentence."""
    return f"{text.rstrip()} …" if text.rstrip()[-1:].isalnum() or text.rstrip()[-1:] in _PAUSES else text


def _drop_empty(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.text)
