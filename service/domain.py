"""What a question is and what an answer is made of: enough, together, to check every sentence without the service."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from ingest.article import Article, Passage
from ingest.catalog import StoredPassage
from ingest.filters import Filters

Status = Literal["answered", "partial", "no_answer"]
Band = Literal["high", "medium", "low"]
Support = Literal["verbatim", "composed", "entailed"]
AskedAnswerer = Literal["extractive", "generative", "auto"]  # auto: a language model writes where one is configured
Role = Literal["user", "assistant"]

NEAR, RELATED = 0.55, 0.35  # similarities of a passage to the question


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Something that was said before the question, by who asks or by the service."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked, and the conversation before it, oldest first.

    `as_of` is the day the answer is for: nothing published later is used.
    """

    text: str
    as_of: date
    filters: Filters = field(default_factory=Filters)
    max_sentences: int = 3
    answerer: AskedAnswerer = "auto"
    conversation: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedPassage:
    """A passage that retrieval returned. Ranks start at 1; `score` is fused and comparable within one question only.

    `days_late` tells by how many days its article is older than the time that the question asks about; one that lacks
    what only older articles name counts as old as they are.
    """

    rank: int
    stored: StoredPassage
    score: float
    similarity: float
    days_late: int = 0

    @property
    def relevance(self) -> Band:
        """How near it is to the question, as people are told it."""
        return band_of(self.similarity, NEAR, RELATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Half-open, in Unicode code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A whole sentence that the reader found: `article.text[start:end]`.

    `probability` is the reader's, that it answers the question; `short` is the answer inside it, None where the reader
    cannot point to one.
    """

    article: Article
    rank: int
    start: int
    end: int
    probability: float
    short: Span | None

    @property
    def quote(self) -> str:
        return self.article.text[self.start : self.end]

    @property
    def short_text(self) -> str | None:
        return self.article.text[self.short.start : self.short.end] if self.short else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A span of the answer tied to a span of one article version: `article.text[source] == quote`, for ever."""

    number: int
    answer: Span
    source_number: int
    quote: str
    source: Span
    before: str
    after: str
    short: Span | None
    support: Support


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article that was found for the question, with its best passage; `also_carried_by`: others with its report."""

    number: int
    article: Article
    passage: Passage
    also_carried_by: tuple[Article, ...]
    retrieved_rank: int
    relevance: Band
    cited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Milliseconds by stage."""

    embed: float
    retrieve: float
    read: float
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """The passages that best match a question, best first, and their articles by id; `read` takes no time."""

    passages: tuple[RankedPassage, ...]
    articles: Mapping[str, Article]
    timing: Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """Which parts made the answer."""

    answerer: str
    embedder: str
    reader: str
    index_generation: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedClaim:
    """A sentence that a language model wrote and that is not in the answer, with the verdict on it and why."""

    text: str
    verdict: str
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer whose every sentence is cited, or the statement that the articles do not say.

    With `no_answer`, `text` says so, there are no citations, and `sources` are the nearest articles. `rewritten` is
    what was looked up where the question was a follow-up or misspelt, None where it was the question itself.
    `conflicts` tell of each report that gives another value for what was asked.
    """

    id: str
    created_at: datetime
    question: Question
    rewritten: str | None = None
    status: Status
    text: str
    short: str | None
    probability: float
    band: Band
    citations: tuple[Citation, ...]
    sources: tuple[Source, ...]
    models: Models
    timing: Timing
    warnings: tuple[str, ...]
    dropped_claims: tuple[DroppedClaim, ...] = ()
    conflicts: tuple[str, ...] = ()

    @property
    def independent_sources(self) -> int:
        """How many stories are cited: copies of one report count once."""
        return len({source.article.story_id for source in self.sources if source.cited})


def band_of(value: float, high: float, medium: float) -> Band:
    """`high` from `high` on, `medium` from `medium` on, else `low`."""
    return "high" if value >= high else "medium" if value >= medium else "low"
