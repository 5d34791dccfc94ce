"""The events of an answer as JSON: the `data` of each server-sent event, next to its name."""

from pydantic import Field

from service.domain import Citation
from service.events import AnswerEvent, Finished, SentenceReady, SourcesFound, Started
from service.payload import (
    AnswerPayload,
    CitationPayload,
    Moment,
    Payload,
    SourcePayload,
    answer_payload,
    citation_payload,
    source_payload,
)


class StartPayload(Payload):
    """`start`: the question was taken up; the answer will have this id."""

    id: str
    created_at: Moment
    question: str
    rewritten_question: str | None = Field(description="What is looked up instead of the question; null: the question.")
    as_of: str


class SourcesPayload(Payload):
    """`sources`: what was found. Ids, numbers and order are final; `done` says which of them the answer cites."""

    sources: tuple[SourcePayload, ...]


class DeltaPayload(Payload):
    """`delta`: the next piece of the answer. All of them together are `answer.text` of `done`."""

    text: str


class CitationEventPayload(Payload):
    """`citation`: one whose words were sent before it. It is final, offsets included."""

    citation: CitationPayload


EventPayload = StartPayload | SourcesPayload | DeltaPayload | CitationEventPayload | AnswerPayload


def event_payloads(event: AnswerEvent) -> list[tuple[str, EventPayload]]:
    """The events to send for one of ours, in order, each by its name."""
    match event:
        case Started():
            return [("start", _start(event))]
        case SourcesFound():
            return [("sources", SourcesPayload(sources=tuple(source_payload(one) for one in event.sources)))]
        case SentenceReady():
            return [("delta", DeltaPayload(text=event.text)), *map(_citation, event.citations)]
        case Finished():
            return [("done", answer_payload(event.answer))]


def _start(event: Started) -> StartPayload:
    return StartPayload(
        id=event.id, created_at=event.created_at, question=event.question.text, rewritten_question=event.rewritten,
        as_of=event.question.as_of.isoformat(),
    )


def _citation(citation: Citation) -> tuple[str, EventPayload]:
    return "citation", CitationEventPayload(citation=citation_payload(citation))
