"""An Answer in, the JSON payload of the contract out: what `ask --json` prints and the HTTP API returns."""

from ingest.article import Article
from service.domain import Answer, Citation, Source, Span

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def answer_payload(answer: Answer) -> dict[str, Json]:
    """The whole answer. Offsets are half-open and in Unicode code points."""
    timing, models = answer.timing, answer.models
    return {
        "id": answer.id,
        "object": "answer",
        "created_at": answer.created_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "status": answer.status,
        "question": answer.question.text,
        "as_of": answer.question.as_of.isoformat(),
        "answer": {"text": answer.text, "format": "text", "short": answer.short},
        "confidence": {"probability": round(answer.probability, 4), "band": answer.band},
        "citations": [_citation(citation) for citation in answer.citations],
        "sources": [_source(source) for source in answer.sources],
        "independent_sources": answer.independent_sources,
        "conflicts": [],
        "dropped_claims": [],
        "refusal": {"reason": "insufficient_evidence"} if answer.status == "no_answer" else None,
        "model": {
            "answerer": models.answerer, "embedder": models.embedder, "reader": models.reader,
            "index_generation": models.index_generation,
        },
        "timing_ms": {
            "embed": round(timing.embed, 2), "retrieve": round(timing.retrieve, 2), "read": round(timing.read, 2),
            "total": round(timing.total, 2),
        },
        "warnings": list(answer.warnings),
    }


def article_payload(article: Article) -> dict[str, Json]:
    """What an article says about itself, without its text."""
    about = article.metadata
    return {
        "article_id": article.id, "version": article.version, "text_sha256": article.sha256, "title": about.title,
        "label": article.label, "subtitle": about.subtitle, "url": about.url, "publisher": about.publisher,
        "author": about.author, "published_at": about.published_at.iso if about.published_at else None,
        "language": about.language, "first_seen": article.first_seen.isoformat(), "story_id": article.story_id,
    }


def _citation(citation: Citation) -> dict[str, Json]:
    return {
        "id": f"c{citation.number}", "number": citation.number, "answer_span": _span(citation.answer),
        "source_id": f"s{citation.source_number}", "quote": citation.quote, "source_span": _span(citation.source),
        "context": {"before": citation.before, "after": citation.after},
        "short_span": _span(citation.short) if citation.short else None, "support": citation.support,
    }


def _source(source: Source) -> dict[str, Json]:
    article = source.article
    about = article.metadata
    return {
        "id": f"s{source.number}", "number": source.number, "article_id": article.id, "version": article.version,
        "text_sha256": article.sha256, "title": about.title, "label": article.label, "url": about.url,
        "publisher": about.publisher, "author": about.author,
        "published_at": about.published_at.iso if about.published_at else None, "story_id": article.story_id,
        "also_carried_by": [
            {"article_id": other.id, "publisher": other.metadata.publisher, "title": other.metadata.title}
            for other in source.also_carried_by
        ],
        "passage": {"start": source.passage.start, "end": source.passage.end, "text": source.passage.text},
        "retrieved_rank": source.retrieved_rank, "relevance": source.relevance, "cited": source.cited,
    }


def _span(span: Span) -> dict[str, Json]:
    return {"start": span.start, "end": span.end}
