"""An answer's citations in, what is shown of each out: whether it holds, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.excerpts import Piece, quote_in_context
from eval.measures.citations import Cited, find_precise
from eval.pages import find_link
from eval.replies import Reply, ReplyCitation, ReplySource
from eval.results import QuestionResult
from eval.scoring import ScoredQuestion, check_citations, find_statements, make_support


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was checked of a citation."""

    good: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationView:
    """A citation: `good` where every finding is. `held` is what the article has there, where that is something else."""

    number: int
    good: bool
    findings: tuple[Finding, ...]
    pieces: tuple[Piece, ...]
    held: str | None
    title: str
    byline: str
    link: str | None
    place: str
    gold: bool


def view_citations(question: ScoredQuestion, reply: Reply) -> tuple[CitationView, ...]:
    """The citations in the order of the reply, numbered from 1."""
    if not isinstance(question.row, QuestionResult):
        return ()
    cited = check_citations(question.row, reply)
    precise = _find_precise(question, question.row, reply=reply, cited=cited)
    return tuple(
        _view(number, citation, reply=reply, findings=_judge(cited[number], reply.source(citation), number in precise),
              cited=cited[number], gold=cited[number].article_id in question.gold.relevant)
        for number, citation in enumerate(reply.citations)
    )


def name_source(source: ReplySource) -> str:
    """Its title, or the label that stands for one, or the article's id."""
    return source.title or source.label or source.article_id


def _find_precise(
    question: ScoredQuestion, row: QuestionResult, *, reply: Reply, cited: Sequence[Cited]
) -> frozenset[int]:
    """The measure says it of most answers; the support function is only asked where it does not."""
    if question.scores.get("citation_precision") == 1.0:
        return frozenset(range(len(cited)))
    return find_precise(find_statements(reply), cited, supports=make_support(row))


def _judge(cited: Cited, source: ReplySource | None, precise: bool) -> tuple[Finding, ...]:
    if source is None:
        return (Finding(good=False, text="It names a source that was not found."),)
    if cited.held is None:
        return (Finding(good=False, text="The article holds nothing at this span."),)
    same = cited.held == cited.quote
    exact = "The article holds exactly these words." if same else "The article holds other words at this span."
    supports = (
        "They support the sentence." if precise
        else "They do not support the sentence, or others support it without them."
    )
    other = Finding(good=False, text="The article's text is not the one that the source names (SHA-256).")
    return (Finding(good=same, text=exact), *(() if cited.intact else (other,)), Finding(good=precise, text=supports))


def _view(  # noqa: PLR0913  one parameter a part of what is shown
    number: int, citation: ReplyCitation, *, reply: Reply, findings: tuple[Finding, ...], cited: Cited, gold: bool
) -> CitationView:
    source, span = reply.source(citation), citation.source_span
    short = citation.short_span
    answer = (short.start - span.start, short.end - span.start) if short else None
    return CitationView(
        number=number + 1, good=all(one.good for one in findings), findings=findings,
        pieces=quote_in_context(citation.context.before, citation.quote, citation.context.after, answer=answer),
        held=cited.held if cited.held != citation.quote else None,
        title=name_source(source) if source else citation.source_id,
        byline=" · ".join(one for one in (source.publisher, source.published_at) if one) if source else "",
        link=find_link(source.url) if source else None,
        place=f"{source.article_id}, version {source.version}, {span.start}–{span.end}" if source else "", gold=gold,
    )
