"""What tests of answers are made of: articles, passages, evidence and answers, without a catalog."""

from datetime import UTC, date, datetime

from ingest.article import Article, Metadata, Passage, PublishedAt, hash_text
from ingest.catalog import StoredPassage
from ingest.sentences import split_sentences
from service.domain import Answer, Evidence, Models, Question, RankedPassage, Source, Span, Timing
from service.extracting.extractive import extract

THRESHOLD = 0.5


def make_article(  # noqa: PLR0913  one parameter a field
    text: str, article_id: str = "bridge", *, title: str | None = None, publisher: str | None = None,
    author: str | None = None, published: str | None = None, url: str | None = None, story_id: str | None = None,
) -> Article:
    """One version of an article; `text` must be canonical."""
    metadata = Metadata(
        title=title, publisher=publisher, author=author, url=url,
        published_at=PublishedAt(iso=published) if published else None,
    )
    return Article(
        id=article_id, version=1, source="feed", metadata=metadata, text=text, sha256=hash_text(text),
        sentences=split_sentences(text), cuts=(), first_seen=date(2026, 3, 1), story_id=story_id or f"st_{article_id}",
    )


def rank_passage(
    article: Article, *, rank: int = 1, start: int = 0, end: int | None = None, score: float = 1.0
) -> RankedPassage:
    """A passage of an article, by default all of it, as retrieval returns it."""
    end = len(article.text) if end is None else end
    passage = Passage(article_id=article.id, version=1, start=start, end=end, text=article.text[start:end])
    stored = StoredPassage(
        key=rank, passage=passage, title=article.metadata.title, publisher=article.metadata.publisher,
        day=article.day, dated=article.metadata.published_at is not None, story_id=article.story_id,
    )
    return RankedPassage(rank=rank, stored=stored, score=score, similarity=0.6)


def find_evidence(
    article: Article, quote: str, probability: float = 0.9, *, short: str | None = None, rank: int = 1
) -> Evidence:
    """The evidence whose quote this is; `short` is the answer in it."""
    start = article.text.index(quote)
    span = None
    if short is not None:
        first = article.text.index(short, start)
        span = Span(start=first, end=first + len(short))
    return Evidence(
        article=article, rank=rank, start=start, end=start + len(quote), probability=probability, short=span
    )


def make_answer(question: str, *evidence: Evidence, sources: tuple[Source, ...], band_of: float = 0.9) -> Answer:
    """The extractive answer that the evidence makes, with everything that changes from run to run fixed."""
    result = extract(evidence, threshold=THRESHOLD, max_sentences=3)
    return Answer(
        id="ans_0123456789abcdef0123456789abcdef", created_at=datetime(2026, 3, 1, 9, 30, 15, 250_000, tzinfo=UTC),
        question=Question(text=question, as_of=date(2026, 3, 1)), status="answered" if result else "no_answer",
        text=result.text if result else "The articles do not say.", short=result.short if result else None,
        probability=band_of, band="high" if band_of >= 0.75 else "low", citations=result.citations if result else (),
        sources=sources, timing=Timing(embed=1.234, retrieve=2.345, read=3.456, total=7.039), warnings=(),
        models=Models(answerer="extractive", embedder="words/64", reader="by-hand", index_generation=3),
    )


def make_source(
    article: Article, number: int, *, cited: bool, also_carried_by: tuple[Article, ...] = ()
) -> Source:
    """An article as a source, with all of it as its passage."""
    return Source(
        number=number, article=article, passage=rank_passage(article).stored.passage, also_carried_by=also_carried_by,
        retrieved_rank=number, relevance="high", cited=cited,
    )
