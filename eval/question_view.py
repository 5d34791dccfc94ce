"""A scored question in, what a report shows of it out: gold and got, citations and sources, and why it failed."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from eval.citation_view import CitationView, name_source, view_citations
from eval.excerpts import Piece, annotate, cut_end, find_answer, find_evidence, find_form, quote_in_context
from eval.pages import find_link
from eval.questions import GoldQuestion
from eval.replies import Reply
from eval.results import QuestionFailure, RankedHit
from eval.scoring import ScoredQuestion
from eval.wording import LADDER, RUNG_MEANINGS, Outcome, find_outcome

LISTED = 5  # articles that are shown from the top of a ranking; gold and cited ones are shown wherever they stand
SNIPPET = 90
_SCORES = (
    "hit@1", "hit@5", "rr@10", "evidence_recall@5", "answer_in_context@5", "contains", "contains_first", "exact_match",
    "token_f1", "answer_recall", "choice_accuracy", "nugget_recall", "quote_exact", "citation_precision",
    "citation_recall", "gold_citation_precision", "gold_citation_recall",
)
_PLAIN_ID = re.compile(r"[\w.:@~+=-]+", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """Words that answer, and the articles that hold them."""

    articles: tuple[str, ...]
    pieces: tuple[Piece, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """An article that was found; `rank` is None where it was not."""

    rank: int | None
    article_id: str
    title: str
    link: str | None
    gold: bool
    cited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GotView:
    """What came back. `pieces` are its text; `failure` is why there is none."""

    outcome: Outcome
    label: str
    why: str
    failure: str | None
    rewritten: str | None
    refused: bool
    pieces: tuple[Piece, ...]
    confidence: float | None
    citations: tuple[CitationView, ...]
    sources: tuple[SourceView, ...]
    scores: tuple[tuple[str, float], ...]
    timing: Mapping[str, float]
    total_ms: float | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """A question, what should have been said and what was."""

    anchor: str
    gold: GoldQuestion
    as_of: str
    filters: tuple[str, ...]
    slices: tuple[str, ...]
    evidence: tuple[EvidenceView, ...]
    got: GotView


def view_question(question: ScoredQuestion) -> QuestionView:
    """Everything that the page shows of a question."""
    gold = question.gold
    return QuestionView(
        anchor=make_anchor(gold.id), gold=gold, as_of=question.row.as_of.isoformat(), filters=_name_filters(gold),
        slices=tuple(one for one in question.slices if not one.startswith("type:")),
        evidence=_view_evidence(question), got=view_got(question),
    )


def view_got(question: ScoredQuestion) -> GotView:
    """What came back for a question, in one of its runs."""
    row, outcome = question.row, find_outcome(question)
    failure = f"{row.status}: {row.message}" if isinstance(row, QuestionFailure) else None
    reply = None if isinstance(row, QuestionFailure) else row.reply
    citations = view_citations(question, reply) if reply else ()
    timing = {} if isinstance(row, QuestionFailure) else _read_times(row.timing_ms, reply)
    return GotView(
        outcome=outcome, label=LADDER[outcome], why=_explain(question, outcome), failure=failure,
        rewritten=reply.rewritten_question if reply else None,
        refused=bool(reply and reply.refused), pieces=_annotate(reply) if reply else (),
        confidence=reply.confidence.probability if reply else None, citations=citations,
        sources=_view_sources(question, reply),
        scores=tuple((name, question.scores[name]) for name in _SCORES if name in question.scores),
        timing=timing, total_ms=timing.get("total", timing.get("ask", timing.get("search"))),
        warnings=reply.warnings if reply else (),
    )


def make_anchor(question_id: str) -> str:
    """`q-ID`; of an id that cannot stand in an address as it is, what can and a hash of all of it."""
    if _PLAIN_ID.fullmatch(question_id):
        return f"q-{question_id}"
    plain = "-".join(_PLAIN_ID.findall(question_id))[:40]
    return f"q-{plain}-{hashlib.sha256(question_id.encode('utf-8', errors='replace')).hexdigest()[:8]}"


def _view_evidence(question: ScoredQuestion) -> tuple[EvidenceView, ...]:
    """The evidence, each quote once; where the gold has none, where the answer stands in what was found."""
    gold, hits = question.gold, _hits(question)
    if not gold.evidence:
        rank, pieces = find_form(hits, articles=gold.relevant, forms=gold.forms)
        hit = next((one for one in hits if one.rank == rank), None)
        if hit is None:
            return ()
        return (EvidenceView(articles=(hit.article_id,), pieces=pieces, note=f"passage {rank} of those found"),)
    quotes: dict[str, list[str]] = {}
    for one in gold.evidence:
        quotes.setdefault(one.quote, []).append(one.doc_id)
    found = {
        one.quote: pieces for one in reversed(gold.evidence)
        if (pieces := find_evidence(hits, one, forms=gold.forms))
    }
    return tuple(
        EvidenceView(
            articles=tuple(articles),
            pieces=found.get(quote) or quote_in_context("", quote, "", answer=find_answer(quote, gold.forms)),
            note="" if quote in found or not hits else "not in the first 20 passages",
        )
        for quote, articles in quotes.items()
    )


def _annotate(reply: Reply) -> tuple[Piece, ...]:
    notes = [(one.answer_span.end, number) for number, one in enumerate(reply.citations, start=1)]
    return annotate(reply.answer.text, short=None if reply.refused else reply.answer.short, notes=notes)


def _view_sources(question: ScoredQuestion, reply: Reply | None) -> tuple[SourceView, ...]:
    """The best articles of the search, then gold, cited and read ones further down, then gold that was not found."""
    ranks = _rank_articles(question)
    sources = {one.article_id: one for one in reversed(reply.sources)} if reply else {}
    cited = {one.article_id for one in (reply.sources if reply else ()) if one.cited}
    gold = question.gold.relevant
    if not ranks:
        ranks = {name: one.retrieved_rank for name, one in sources.items() if one.retrieved_rank is not None}
    shown = {name for name, rank in ranks.items() if rank <= LISTED} | gold | cited
    starts = {hit.article_id: cut_end(hit.text, limit=SNIPPET) for hit in reversed(_hits(question)) if hit.text}
    return tuple(
        SourceView(
            rank=ranks.get(name), article_id=name, gold=name in gold, cited=name in cited,
            title=name_source(sources[name]) if name in sources else starts.get(name, ""),
            link=find_link(sources[name].url) if name in sources else None,
        )
        for name in sorted(shown, key=lambda one: (ranks.get(one, len(ranks) + 1), one))
    )


def _rank_articles(question: ScoredQuestion) -> dict[str, int]:
    """The rank of each article that the search found, by its best passage."""
    names = dict.fromkeys(hit.article_id for hit in _hits(question))
    return {name: rank for rank, name in enumerate(names, start=1)}


def _hits(question: ScoredQuestion) -> tuple[RankedHit, ...]:
    return () if isinstance(question.row, QuestionFailure) else question.row.ranked or ()


def _explain(question: ScoredQuestion, outcome: Outcome) -> str:
    """The meaning of the rung, with what is known of this question."""
    ranks, gold = _rank_articles(question), question.gold.relevant
    best = min((ranks[name] for name in gold if name in ranks), default=None)
    known = ""
    if outcome in ("not_retrieved", "not_read", "wrong_refusal") and ranks and gold:
        known = f" The best gold article has rank {best}." if best else f" None is among the {len(ranks)} found."
    if outcome == "bad_citation":
        names = ("quote_exact", "citation_precision", "citation_recall")
        below = [f"{one} {question.scores[one]:.2f}" for one in names if question.scores.get(one, 1.0) < 1]
        known = f" Here: {', '.join(below)}."
    return RUNG_MEANINGS[outcome] + known


def _read_times(own: Mapping[str, float], reply: Reply | None) -> Mapping[str, float]:
    return {**(reply.timing_ms if reply else {}), **{name: value for name, value in own.items() if name != "open"}}


def _name_filters(gold: GoldQuestion) -> tuple[str, ...]:
    chosen = gold.filters
    days = (("published after", chosen.published_after), ("published before", chosen.published_before))
    return (
        *(f"{name} {day.isoformat()}" for name, day in days if day),
        *((f"published by {', '.join(chosen.publishers)}",) if chosen.publishers else ()),
    )
