"""JSON bodies in, Questions out; and what only the HTTP API sends: the shapes of its requests and responses."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
)

from ingest.filters import Filters
from service import limits
from service.api.turns import Conversation, read_turns
from service.domain import Question
from service.feedback import Rating, Vote
from service.intake import NewArticle
from service.limits import Limits
from service.payload import ArticlePayload, Moment, Payload

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _read_day(value: object) -> object:
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    raise ValueError("write the day as 2026-01-20")


Day = Annotated[
    date, BeforeValidator(_read_day), WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-01-20"]})
]


def _read_whole(value: object) -> object:
    """JSON has one kind of number: 3.0 is 3."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Whole = Annotated[int, BeforeValidator(_read_whole)]
Text = Annotated[str, Field(pattern=r"[^\s\x00-\x1f\x7f-\xa0]", max_length=limits.QUESTION_CHARACTERS)]


class _Body(BaseModel):
    """A misspelt field is refused: ignored, it would be a filter that does not filter."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FiltersBody(_Body):
    """Which articles may answer; both days are included, and no publishers means all."""

    published_after: Day | None = None
    published_before: Day | None = None
    publishers: tuple[Annotated[str, Field(max_length=500)], ...] = Field(default=(), max_length=limits.PUBLISHERS)

    def read(self) -> Filters:
        return Filters(after=self.published_after, before=self.published_before, publishers=self.publishers)


class AskBody(_Body):
    """A question. `as_of` is the day the answer is for, today where it is null: nothing newer is used."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"question": "what was agreed on canola?"},
                {
                    "question": "What did Ottawa announce?", "as_of": "2026-01-20", "max_sentences": 1,
                    "filters": {"published_after": "2026-01-01", "publishers": ["Harbour Wire"]},
                },
                {
                    "question": "and on lobsters?", "stream": True,
                    "conversation": [{"role": "user", "content": "what was agreed on canola?"}],
                },
            ]
        }
    )

    question: Text = Field(examples=["what was agreed on canola?"])
    as_of: Day | None = None
    filters: FiltersBody = FiltersBody()
    conversation: Conversation = ()
    answerer: Literal["extractive", "auto"] = "auto"
    max_sentences: Whole = Field(default=3, ge=1, le=limits.SENTENCES, strict=True)
    stream: bool = Field(default=False, strict=True)

    def read(self) -> Question:
        return Question(
            text=self.question, as_of=self.as_of or date.today(), filters=self.filters.read(),
            max_sentences=self.max_sentences,
            conversation=read_turns(self.conversation),
        )


class SearchBody(_Body):
    """A search for passages; without `collapse_stories` every copy of a report is listed."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"query": "canola tariffs", "limit": 5, "collapse_stories": True}]}
    )

    query: Text = Field(examples=["canola tariffs"])
    filters: FiltersBody = FiltersBody()
    as_of: Day | None = None
    conversation: Conversation = ()
    limit: Whole = Field(default=10, ge=1, le=limits.SEARCH_RESULTS, strict=True)
    collapse_stories: bool = Field(default=False, strict=True)

    def read(self) -> Question:
        return Question(
            text=self.query, as_of=self.as_of or date.today(), filters=self.filters.read(),
            conversation=read_turns(self.conversation),
        )


class CheckBody(_Body):
    """A text to check. `as_of` is the day it is checked for, today where it is null: nothing newer is used."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": "China agreed to lower its tariffs on canola. Canada left the G7."}]}
    )

    text: Annotated[str, Field(pattern=r"[^\s\x00-\x1f\x7f-\xa0]", max_length=limits.CHECK_CHARACTERS)]
    as_of: Day | None = None
    filters: FiltersBody = FiltersBody()

    def read(self) -> Question:
        return Question(text=self.text, as_of=self.as_of or date.today(), filters=self.filters.read())


class FeedbackBody(_Body):
    """What a reader thinks of an answer; the question is kept only where whoever runs the service wants it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"rating": "up"}, {"rating": "down", "reason": "The date is wrong."}]}
    )

    rating: Rating
    reason: str | None = Field(default=None, max_length=limits.REASON_CHARACTERS)
    question: str | None = Field(default=None, max_length=limits.QUESTION_CHARACTERS)

    def read(self, answer_id: str, *, keep_question: bool) -> Vote:
        return Vote(
            answer_id=answer_id, rating=self.rating, reason=_stripped(self.reason), voted_at=datetime.now(UTC),
            question=_stripped(self.question) if keep_question else None,
        )


def _stripped(text: str | None) -> str | None:
    """None where nothing is said."""
    return (text or "").strip() or None


class NewArticles(_Body):
    """Several articles, each taken in by itself."""

    articles: tuple[NewArticle, ...] = Field(min_length=1, max_length=limits.POSTED_ARTICLES)


ONE, SEVERAL = "<one>", "<several>"  # no field has such a name: they are left out of pointers


def _tell(body: object) -> str:
    return SEVERAL if isinstance(body, dict) and "articles" in body else ONE


ArticleOrArticles = Annotated[
    Annotated[NewArticle, Tag(ONE)] | Annotated[NewArticles, Tag(SEVERAL)], Discriminator(_tell)
]


class PostedArticle(Payload):
    """What became of a posted article: `reason` where it failed."""

    article_id: str | None
    version: int | None
    change: Literal["added", "changed", "unchanged", "failed"]
    reason: str | None
    warnings: tuple[str, ...]


class PostedArticles(Payload):
    """One result for each posted article, in order; those that went in are found from now on."""

    object: Literal["posted"] = "posted"
    results: tuple[PostedArticle, ...]


class ArticleList(Payload):
    """Articles in order of their ids. With `next_cursor` the list goes on; null is its end."""

    object: Literal["list"] = "list"
    data: tuple[ArticlePayload, ...]
    next_cursor: str | None


class CutPayload(Payload):
    """What was printed with the story without being part of it."""

    reason: str
    characters: int
    excerpt: str


class ArticleText(ArticlePayload):
    """The text of one version, in which offsets count, and what it is of."""

    object: Literal["article_text"] = "article_text"
    text: str


class ArticleDetail(ArticlePayload):
    """What an article says about itself and what was cut from it; its text has an address of its own."""

    text_length: int
    cuts: tuple[CutPayload, ...]


class ProgressPayload(Payload):
    """How far an ingestion is; `articles` are those that are durable."""

    step: str
    bytes_read: int
    bytes_total: int
    articles: int
    passages: int


class FailedArticle(Payload):
    """Something in an upload that did not go in."""

    location: str
    reason: str


class ReportPayload(Payload):
    """What an ingestion did."""

    added: int
    changed: int
    unchanged: int
    failed: tuple[FailedArticle, ...]
    warnings: tuple[FailedArticle, ...]
    cut: dict[str, int]
    passages: int
    embedded: int
    generation: int | None
    seconds: float


class IngestionPayload(Payload):
    """An upload: ask again until its `status` is done (then there is a report) or failed (then there is a reason)."""

    object: Literal["ingestion"] = "ingestion"
    id: str
    status: Literal["queued", "running", "done", "failed"]
    created_at: AwareDatetime
    progress: ProgressPayload | None
    report: ReportPayload | None
    reason: str | None


class FindingPayload(Payload):
    """What one check of the data folder found; `remedy` is null where all is well."""

    check: str
    detail: str
    remedy: str | None


class Findings(Payload):
    """Every check, the catalog first."""

    object: Literal["findings"] = "findings"
    findings: tuple[FindingPayload, ...]


class WidgetPayload(Payload):
    """Where the widget is: `script` is always the newest, `pinned` never changes and has this `integrity`."""

    release: str
    script: str
    pinned: str
    integrity: str


class FeedbackPayload(Payload):
    """What is kept of a vote, in place of an earlier one on the same answer."""

    object: Literal["feedback"] = "feedback"
    answer_id: str
    rating: Rating
    reason: str | None
    question: str | None
    voted_at: Moment


class ConfigPayload(Payload):
    """What a client must know: limits, the unit of every offset, and what it may offer to whoever asks."""

    object: Literal["config"] = "config"
    version: str
    offset_unit: Literal["codepoint"] = "codepoint"
    answerers: tuple[str, ...]
    embedder: str
    limits: Limits
    suggested_questions: tuple[str, ...] = Field(description="Empty where whoever runs the service names none.")
    languages: tuple[str, ...] = Field(description="In which questions are understood; empty where that is not known.")
    streaming: bool = Field(description="Whether POST /v1/ask may stream.")
    feedback: bool = Field(description="Whether answers may be rated.")
    widget: WidgetPayload


class Health(Payload):
    """The process is alive."""

    status: Literal["ok"] = "ok"


class Readiness(Payload):
    """Whether questions are answered. `degraded`: they are, more slowly or from nothing; `reasons` say why."""

    status: Literal["ready", "degraded"]
    reasons: tuple[str, ...]
    articles: int
    index_generation: int | None
