"""What tests of the evaluation are made of: gold questions, replies, rows and manifests, without a service."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from eval.manifest import Fingerprint, Manifest
from eval.questions import GoldAnswer, GoldEvidence, GoldQuestion
from eval.replies import Payload
from eval.report import RunReport, build_report
from eval.results import CitationCheck, QuestionFailure, QuestionResult, RankedHit
from ingest.article import hash_text

DAY = date(2026, 3, 1)


def make_gold(  # noqa: PLR0913  one parameter a field
    name: str = "q1", question: str = "How long is the bridge?", *, answers: Sequence[str] = ("84 metres",),
    articles: Sequence[str] = ("bridge",), answerable: bool | None = True, evidence: Sequence[GoldEvidence] = (),
    slices: Sequence[str] = (),
) -> GoldQuestion:
    """A question with an answer for each of `answers`; without any where it is not answerable."""
    return GoldQuestion(
        id=name, question=question, answerable=answerable, doc_ids=tuple(articles), evidence=tuple(evidence),
        answers=() if answerable is False else tuple(GoldAnswer(text=one) for one in answers), slices=tuple(slices),
    )


def make_payload(
    text: str = "The bridge is 84 metres long.", *, article: str = "bridge", probability: float = 0.9,
    short: str | None = "84 metres", quote: str | None = None,
) -> Payload:
    """An answer of one sentence, cited from the start of an article; `quote` where it is not the whole sentence."""
    quote = text if quote is None else quote
    return {
        "id": "ans_1", "status": "answered", "answer": {"text": text, "format": "text", "short": short},
        "confidence": {"probability": probability, "band": "high"},
        "citations": [
            {
                "id": "c1", "number": 1, "answer_span": {"start": 0, "end": len(text)}, "source_id": "s1",
                "quote": quote, "source_span": {"start": 0, "end": len(quote)},
            }
        ],
        "sources": [
            {"id": "s1", "article_id": article, "version": 1, "text_sha256": hash_text(quote), "cited": True}
        ],
        "timing_ms": {"embed": 1.0, "total": 5.0},
    }


def make_refusal(*, probability: float = 0.1) -> Payload:
    """The statement that the articles do not say."""
    return {
        "id": "ans_2", "status": "no_answer", "answer": {"text": "The articles do not say.", "short": None},
        "confidence": {"probability": probability, "band": "low"}, "citations": [], "sources": [],
        "timing_ms": {"embed": 1.0, "total": 3.0},
    }


def make_result(
    gold: GoldQuestion, payload: Payload | None, *, ranked: Sequence[str] | None = ("bridge",), held: str | None = None
) -> QuestionResult:
    """A row. The ranked articles are passages of 100 characters; `held` is what the citation's article really holds."""
    quote = "The bridge is 84 metres long." if held is None else held
    check = CitationCheck(citation_id="c1", text=quote, text_sha256=hash_text(quote))
    hits = None if ranked is None else tuple(make_hit(rank, one) for rank, one in enumerate(ranked, start=1))
    cited = payload is not None and payload["status"] == "answered"
    return QuestionResult(
        id=gold.id, as_of=DAY, attempts=1, cold=False, timing_ms={"ask": 6.0}, answer=payload,
        checks=(check,) if cited else (), ranked=hits, gold=gold,
    )


def make_hit(rank: int, article: str, *, start: int = 0, end: int = 100, text: str = "Nothing of note.") -> RankedHit:
    return RankedHit(rank=rank, article_id=article, version=1, start=start, end=end, text=text)


def make_failure(gold: GoldQuestion) -> QuestionFailure:
    return QuestionFailure(id=gold.id, status="error", as_of=DAY, attempts=1, message="it broke", gold=gold)


def make_manifest(questions: int = 1, *, asked: str = "q", articles: str = "a") -> Manifest:
    fingerprint = Fingerprint(
        questions=questions, questions_sha256=asked, selection={}, target="in process", given=False,
        corpus_sha256=None, articles=1, articles_sha256=articles, passages=1, passages_sha256="p", parts={},
        code_sha256="c", versions={}, support="lexical",
    )
    return Manifest(
        format=1, created_at=datetime(2026, 3, 1, tzinfo=UTC), as_of=DAY, name="sample", commit=None,
        fingerprint=fingerprint,
    )


def make_report(rows: Sequence[QuestionResult | QuestionFailure], *, asked: str = "q") -> RunReport:
    return build_report(rows, make_manifest(len(rows), asked=asked))
