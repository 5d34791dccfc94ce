"""Answers, search results and articles as JSON: the contract that `--json`, the HTTP API and its clients share."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer

from ingest.article import Article
from service.domain import Answer, Band, Citation, RankedPassage, SearchResult, Source, Span, Status, Support

Published = Annotated[
    str | None, Field(description="2026-01-15, 2026-01-15T04:00 or 2026-01-15T04:00-05:00: as precise as its source.")
]
Milliseconds = Annotated[float, Field(ge=0)]
Moment = Annotated[
    AwareDatetime,
    PlainSerializer(lambda at: at.isoformat(timespec="milliseconds").replace("+00:00", "Z"), when_used="json"),
]


class Payload(BaseModel):
    """One JSON object of the contract; fields may be added, and none is ever renamed or removed."""

    model_config = ConfigDict(frozen=True)


class SpanPayload(Payload):
    """Half-open, in Unicode code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class PassagePayload(SpanPayload):
    """A run of whole sentences: `text` is the article's text from `start` to `end`."""

    text: str


class TextPayload(Payload):
    """The answer; `short` is the name, number or phrase in it that was asked for, null where none could be told."""

    text: str
    format: Literal["text"] = "text"
    short: str | None


class ConfidencePayload(Payload):
    """How probable it is that the articles answer the question."""

    probability: float = Field(ge=0, le=1)
    band: Band


class ContextPayload(Payload):
    """What stands before and after the quote in the article."""

    before: str
    after: str


class CitationPayload(Payload):
    """A span of the answer tied to a span of an article version: the article's text there is `quote`, for ever."""

    id: str
    number: int = Field(ge=1)
    answer_span: SpanPayload
    source_id: str
    quote: str
    source_span: SpanPayload
    context: ContextPayload
    short_span: SpanPayload | None
    support: Support


class CarrierPayload(Payload):
    """Another article that carries the same report."""

    article_id: str
    publisher: str | None
    title: str | None


class SourcePayload(Payload):
    """An article that was found for the question, with its best passage."""

    id: str
    number: int = Field(ge=1)
    article_id: str
    version: int = Field(ge=1)
    text_sha256: str
    text_length: int = Field(ge=1, description="Code points of the article's text.")
    title: str | None
    label: str = Field(description="The title, or the first words of the text where there is none.")
    url: str | None
    publisher: str | None
    author: str | None
    published_at: Published
    story_id: str
    also_carried_by: tuple[CarrierPayload, ...]
    passage: PassagePayload
    retrieved_rank: int = Field(ge=1)
    relevance: Band
    cited: bool


class RefusalPayload(Payload):
    """Why there is no answer."""

    reason: Literal["insufficient_evidence"]


class ModelPayload(Payload):
    """Which parts made the answer."""

    answerer: str
    embedder: str
    reader: str
    index_generation: int | None


class TimingPayload(Payload):
    """Milliseconds by stage."""

    embed: Milliseconds
    retrieve: Milliseconds
    read: Milliseconds
    total: Milliseconds


class DroppedPayload(Payload):
    """A sentence that a language model wrote and that was left out, since the evidence does not say it."""

    text: str
    verdict: str
    reason: str | None


class AnswerPayload(Payload):
    """An answer whose every sentence is cited, or `no_answer` with the nearest passages as its sources."""

    id: str
    object: Literal["answer"] = "answer"
    created_at: Moment
    status: Status
    question: str
    rewritten_question: str | None = Field(
        description="What was looked up instead of a follow-up, or of a misspelt question; null: the question itself."
    )
    as_of: str = Field(description="The day the answer is for: nothing newer was used.")
    answer: TextPayload
    confidence: ConfidencePayload
    citations: tuple[CitationPayload, ...]
    sources: tuple[SourcePayload, ...]
    independent_sources: int = Field(ge=0, description="Reports that are cited; copies of one count once.")
    conflicts: tuple[str, ...] = Field(
        default=(), description="For each report that gives another value for what was asked: both, by whom and when."
    )
    dropped_claims: tuple[DroppedPayload, ...] = ()
    refusal: RefusalPayload | None
    model: ModelPayload
    timing_ms: TimingPayload
    warnings: tuple[str, ...]


class FoundPayload(Payload):
    """A passage that was found; ranks start at 1."""

    rank: int = Field(ge=1)
    article_id: str
    version: int = Field(ge=1)
    title: str | None
    publisher: str | None
    published_at: Published
    url: str | None
    story_id: str
    passage: PassagePayload
    relevance: Band


class SearchTimingPayload(Payload):
    """Milliseconds by stage."""

    embed: Milliseconds
    retrieve: Milliseconds
    total: Milliseconds


class SearchPayload(Payload):
    """Passages, best first."""

    object: Literal["search"] = "search"
    results: tuple[FoundPayload, ...]
    timing_ms: SearchTimingPayload


class ArticlePayload(Payload):
    """What an article says about itself, without its text."""

    article_id: str
    version: int = Field(ge=1)
    text_sha256: str
    title: str | None
    label: str = Field(description="The title, or the first words of the text where there is none.")
    subtitle: str | None
    url: str | None
    publisher: str | None
    author: str | None
    published_at: Published
    language: str | None
    first_seen: str
    story_id: str


def answer_payload(answer: Answer) -> AnswerPayload:
    """The whole answer. Offsets are half-open and in Unicode code points."""
    timing, models = answer.timing, answer.models
    return AnswerPayload(
        id=answer.id, created_at=answer.created_at, status=answer.status, question=answer.question.text,
        rewritten_question=answer.rewritten, as_of=answer.question.as_of.isoformat(),
        answer=TextPayload(text=answer.text, short=answer.short),
        confidence=ConfidencePayload(probability=round(answer.probability, 4), band=answer.band),
        citations=tuple(citation_payload(citation) for citation in answer.citations),
        sources=tuple(source_payload(source) for source in answer.sources),
        independent_sources=answer.independent_sources, conflicts=answer.conflicts,
        refusal=RefusalPayload(reason="insufficient_evidence") if answer.status == "no_answer" else None,
        model=ModelPayload(
            answerer=models.answerer, embedder=models.embedder, reader=models.reader,
            index_generation=models.index_generation,
        ),
        timing_ms=TimingPayload(
            embed=round(timing.embed, 2), retrieve=round(timing.retrieve, 2), read=round(timing.read, 2),
            total=round(timing.total, 2),
        ),
        warnings=answer.warnings,
        dropped_claims=tuple(
            DroppedPayload(text=one.text, verdict=one.verdict, reason=one.reason) for one in answer.dropped_claims
        ),
    )


def search_payload(result: SearchResult) -> SearchPayload:
    """The whole result. Offsets are half-open and in Unicode code points."""
    timing = result.timing
    return SearchPayload(
        results=tuple(_found(one, result.articles[one.stored.passage.article_id]) for one in result.passages),
        timing_ms=SearchTimingPayload(
            embed=round(timing.embed, 2), retrieve=round(timing.retrieve, 2), total=round(timing.total, 2)
        ),
    )


def article_payload(article: Article) -> ArticlePayload:
    """What an article says about itself, without its text."""
    about = article.metadata
    return ArticlePayload(
        article_id=article.id, version=article.version, text_sha256=article.sha256, title=about.title,
        label=article.label, subtitle=about.subtitle, url=about.url, publisher=about.publisher, author=about.author,
        published_at=about.published_at.iso if about.published_at else None, language=about.language,
        first_seen=article.first_seen.isoformat(), story_id=article.story_id,
    )


def _found(one: RankedPassage, article: Article) -> FoundPayload:
    about, passage = article.metadata, one.stored.passage
    return FoundPayload(
        rank=one.rank, article_id=article.id, version=passage.version, title=about.title, publisher=about.publisher,
        published_at=about.published_at.iso if about.published_at else None, url=about.url,
        story_id=article.story_id, relevance=one.relevance,
        passage=PassagePayload(start=passage.start, end=passage.end, text=passage.text),
    )


def citation_payload(citation: Citation) -> CitationPayload:
    """One citation."""
    return CitationPayload(
        id=f"c{citation.number}", number=citation.number, answer_span=_span(citation.answer),
        source_id=f"s{citation.source_number}", quote=citation.quote, source_span=_span(citation.source),
        context=ContextPayload(before=citation.before, after=citation.after),
        short_span=_span(citation.short) if citation.short else None, support=citation.support,
    )


def source_payload(source: Source) -> SourcePayload:
    """One source."""
    article = source.article
    about = article.metadata
    return SourcePayload(
        id=f"s{source.number}", number=source.number, article_id=article.id, version=article.version,
        text_sha256=article.sha256, text_length=len(article.text), title=about.title, label=article.label,
        url=about.url, publisher=about.publisher, author=about.author,
        published_at=about.published_at.iso if about.published_at else None, story_id=article.story_id,
        also_carried_by=tuple(
            CarrierPayload(article_id=other.id, publisher=other.metadata.publisher, title=other.metadata.title)
            for other in source.also_carried_by
        ),
        passage=PassagePayload(start=source.passage.start, end=source.passage.end, text=source.passage.text),
        retrieved_rank=source.retrieved_rank, relevance=source.relevance, cited=source.cited,
    )


def _span(span: Span) -> SpanPayload:
    return SpanPayload(start=span.start, end=span.end)
