"""The answer's contract, field by field (design, section 6): what `ask --json` prints must be this and nothing else."""

from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Offset = Annotated[int, Field(ge=0)]
Number = Annotated[int, Field(ge=1)]
Milliseconds = Annotated[float, Field(ge=0)]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
Published = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?:[+-]\d\d:\d\d)?)?$")]
Band = Literal["high", "medium", "low"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class SpanPart(_Part):
    start: Offset
    end: Offset


class TextPart(_Part):
    text: str
    format: Literal["text"]
    short: str | None


class ConfidencePart(_Part):
    probability: Annotated[float, Field(ge=0, le=1)]
    band: Band


class ContextPart(_Part):
    before: str
    after: str


class CitationPart(_Part):
    id: Annotated[str, Field(pattern=r"^c\d+$")]
    number: Number
    answer_span: SpanPart
    source_id: Annotated[str, Field(pattern=r"^s\d+$")]
    quote: Annotated[str, Field(min_length=1)]
    source_span: SpanPart
    context: ContextPart
    short_span: SpanPart | None
    support: Literal["verbatim", "composed", "entailed"]


class CarrierPart(_Part):
    article_id: str
    publisher: str | None
    title: str | None


class PassagePart(_Part):
    start: Offset
    end: Offset
    text: str


class SourcePart(_Part):
    id: Annotated[str, Field(pattern=r"^s\d+$")]
    number: Number
    article_id: str
    version: Number
    text_sha256: Sha256
    text_length: Number
    title: str | None
    url: str | None
    publisher: str | None
    author: str | None
    published_at: Published | None
    story_id: str
    also_carried_by: list[CarrierPart]
    retrieved_rank: Number
    relevance: Band
    cited: bool
    # Beyond the contract's example: a name where there is no title, and the nearest passage that `no_answer` promises.
    label: str
    passage: PassagePart


class RefusalPart(_Part):
    reason: Literal["insufficient_evidence"]


class ModelPart(_Part):
    answerer: str
    embedder: str
    reader: str
    index_generation: int | None


class TimingPart(_Part):
    embed: Milliseconds
    retrieve: Milliseconds
    read: Milliseconds
    total: Milliseconds


class DroppedPart(_Part):
    """A sentence that was left out."""

    text: str
    verdict: str
    reason: str | None


class AnswerPart(_Part):
    """The whole payload."""

    id: Annotated[str, Field(pattern="^ans_[0-9a-f]{32}$")]
    object: Literal["answer"]
    created_at: AwareDatetime
    status: Literal["answered", "partial", "no_answer"]
    question: str
    rewritten_question: str | None  # beyond the contract's example: what was looked up instead
    as_of: Day
    answer: TextPart
    confidence: ConfidencePart
    citations: list[CitationPart]
    sources: list[SourcePart]
    independent_sources: Offset
    conflicts: list[str]
    dropped_claims: list[DroppedPart]
    refusal: RefusalPart | None
    model: ModelPart
    timing_ms: TimingPart
    warnings: list[str]


def check_answer(printed: str, text_of: Callable[[str, int], str]) -> AnswerPart:
    """Parse what was printed, and hold every offset against the texts of the article versions that it names."""
    answer = AnswerPart.model_validate_json(printed)
    sources = {source.id: source for source in answer.sources}
    assert [source.number for source in answer.sources] == list(range(1, len(sources) + 1))
    assert [source.id for source in answer.sources] == [f"s{source.number}" for source in answer.sources]
    for source in answer.sources:
        passage = source.passage
        assert text_of(source.article_id, source.version)[passage.start : passage.end] == passage.text
    assert [one.number for one in answer.citations] == list(range(1, len(answer.citations) + 1))
    for citation in answer.citations:
        source = sources[citation.source_id]
        _check_citation(citation, answer.answer.text, text_of(source.article_id, source.version))
    cited = {citation.source_id for citation in answer.citations}
    assert {source.id for source in answer.sources if source.cited} == cited
    return answer


def _check_citation(citation: CitationPart, answer: str, text: str) -> None:
    span, shown, context = citation.source_span, citation.answer_span, citation.context
    assert text[span.start : span.end] == citation.quote
    assert citation.id == f"c{citation.number}"
    assert citation.support != "verbatim" or answer[shown.start : shown.end] == citation.quote
    assert text[: span.start].endswith(context.before)
    assert text[span.end :].startswith(context.after)
    if citation.short_span:
        assert span.start <= citation.short_span.start < citation.short_span.end <= span.end
