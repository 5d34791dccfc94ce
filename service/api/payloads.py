"""What only the HTTP API sends: the shapes of its responses, beside the answers that the command line prints too."""

from typing import Literal

from pydantic import AwareDatetime, Field

from service.feedback import Rating
from service.limits import Limits
from service.payload import ArticlePayload, Moment, Payload


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
