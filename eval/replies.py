"""An answer's payload in, a typed Reply out: the part of the contract (design, section 6) that is measured or shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import JsonValue, TypeAdapter, ValidationError

from eval.errors import ServiceFailure

Payload = dict[str, JsonValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """Half-open, in Unicode code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyText:
    """What was said; `short` is the answer inside it, where there is one."""

    text: str
    short: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyConfidence:
    """How sure the service is that the articles answer."""

    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyContext:
    """What stands around a quote."""

    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyCitation:
    """A span of the answer and the words of a source that it rests on, as the service states them.

    `short_span` is where the short answer stands in the source, where it does.
    """

    id: str
    answer_span: Extent
    source_id: str
    quote: str
    source_span: Extent
    context: ReplyContext = ReplyContext()
    short_span: Extent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySource:
    """An article version that was found for the question."""

    id: str
    article_id: str
    version: int
    text_sha256: str
    cited: bool
    title: str | None = None
    label: str | None = None
    url: str | None = None
    publisher: str | None = None
    published_at: str | None = None
    retrieved_rank: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer as it came back. With `no_answer` the text says so and nothing is cited."""

    id: str
    status: Literal["answered", "partial", "no_answer"]
    answer: ReplyText
    confidence: ReplyConfidence
    citations: tuple[ReplyCitation, ...]
    sources: tuple[ReplySource, ...]
    timing_ms: Mapping[str, float] = field(default_factory=dict)
    model: Mapping[str, str | int | None] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    rewritten_question: str | None = None

    @property
    def refused(self) -> bool:
        return self.status == "no_answer"

    def source(self, citation: ReplyCitation) -> ReplySource | None:
        """The source that a citation names; None where the answer has no such source."""
        return next((one for one in self.sources if one.id == citation.source_id), None)


_REPLIES = TypeAdapter(Reply)


def parse_reply(payload: Payload) -> Reply:
    """Read a payload; ServiceFailure names the first field that is not as the contract says."""
    try:
        return _REPLIES.validate_python(payload)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ServiceFailure(f"The answer is not as the contract says: {place}: {first['msg']}.") from error
