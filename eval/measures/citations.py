"""An answer's statements with their citations in, how well they are cited out (ALCE's definitions, on our terms).

A statement is a sentence of the answer. A citation is valid where it names a source that was found and the source's
text holds the quote at the span. What an answer cites and does not hold there supports nothing and costs precision.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from eval.measures.support import Support


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A citation as it was checked. `held` is what the named article really holds at the span, None where nothing."""

    article_id: str | None
    quote: str
    held: str | None
    intact: bool  # the article has the SHA-256 that the source states

    @property
    def exact(self) -> bool:
        return self.intact and self.held == self.quote

    @property
    def valid(self) -> bool:
        return self.article_id is not None and bool(self.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence of an answer and the numbers of its citations, counted from 0."""

    text: str
    cited: tuple[int, ...]


def quote_exact(citations: Sequence[Cited]) -> float | None:
    """Share of citations whose quote is, character by character, what the article holds there; None without any."""
    return _share([citation.exact for citation in citations])


def invalid_citation_rate(citations: Sequence[Cited]) -> float | None:
    """Share of citations that name no source that was found, or a span that holds nothing; None without any."""
    return _share([not citation.valid for citation in citations])


def uncited_sentence_rate(statements: Sequence[Statement], citations: Sequence[Cited]) -> float | None:
    """Share of statements without any valid citation; None where nothing was stated."""
    return _share([not any(citations[one].valid for one in statement.cited) for statement in statements])


def citation_recall(
    statements: Sequence[Statement], citations: Sequence[Cited], *, supports: Support
) -> float | None:
    """Share of statements that all their valid citations together support; None where nothing was stated."""
    return _share([_is_recalled(statement, citations, supports) for statement in statements])


def citation_precision(
    statements: Sequence[Statement], citations: Sequence[Cited], *, supports: Support
) -> float | None:
    """Share of citations that a supported statement needs, or that support it by themselves.

    An invalid citation is never precise. An answer without a citation scores 0; None where nothing was stated.
    """
    if not statements:
        return None
    if not citations:
        return 0.0
    return len(find_precise(statements, citations, supports=supports)) / len(citations)


def find_precise(
    statements: Sequence[Statement], citations: Sequence[Cited], *, supports: Support
) -> frozenset[int]:
    """The numbers of the citations that a supported statement needs, or that support it by themselves."""
    return frozenset(
        number
        for statement in statements
        if _is_recalled(statement, citations, supports)
        for number in statement.cited
        if _is_needed(number, statement, citations=citations, supports=supports)
    )


def gold_citation_precision(cited: Set[str], gold: Set[str]) -> float | None:
    """Share of the cited articles that are gold; 0 where none is cited, None where none is gold."""
    if not gold:
        return None
    return len(cited & gold) / len(cited) if cited else 0.0


def gold_citation_recall(cited: Set[str], gold: Set[str]) -> float | None:
    """Share of the gold articles that are cited; None where none is gold."""
    return len(cited & gold) / len(gold) if gold else None


def _is_recalled(statement: Statement, citations: Sequence[Cited], supports: Support) -> bool:
    texts = _texts(statement.cited, citations)
    return bool(texts) and supports(texts, statement.text)


def _is_needed(number: int, statement: Statement, *, citations: Sequence[Cited], supports: Support) -> bool:
    own = _texts([number], citations)
    if not own:
        return False
    others = _texts([one for one in statement.cited if one != number], citations)
    return supports(own, statement.text) or not (others and supports(others, statement.text))


def _texts(numbers: Sequence[int], citations: Sequence[Cited]) -> list[str]:
    return [citations[one].held or "" for one in numbers if citations[one].valid]


def _share(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values) if values else None
