"""The events of a streamed answer in, their part of the OpenAPI document out: each event's name and its data."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from service.api.problems import Problem
from service.event_payload import CitationEventPayload, DeltaPayload, SourcesPayload, StartPayload
from service.payload import AnswerPayload

Document = dict[str, Any]

EVENTS: Mapping[str, type[BaseModel]] = {
    "start": StartPayload, "sources": SourcesPayload, "delta": DeltaPayload, "citation": CitationEventPayload,
    "done": AnswerPayload, "error": Problem,
}
REFERENCE = "#/components/schemas/{model}"
DESCRIPTION = """The answer. With `"stream": true`, as server-sent events, each with JSON as its `data`: `start`,
`sources`, then `delta` for each piece of the answer and, behind it, `citation` for each citation that rests on it; at
last either `done`, with the whole answer as it would have come without streaming, or `error`, with a problem. All
deltas together are `answer.text`. Nothing that was sent is taken back. What goes wrong before `start` is an ordinary
response. A comment comes every 15 seconds where there is nothing else; unknown events should be skipped."""
EXAMPLE = """event: start
data: {"id":"ans_0b2f…","created_at":"2026-01-20T09:30:15.250Z","question":"and on lobsters?",\
"rewritten_question":"what was agreed on lobsters?","as_of":"2026-01-20"}
id: 0

event: sources
data: {"sources":[{"id":"s1","number":1,"article_id":"harbour-wire/2026/01/16", …}]}
id: 1

event: delta
data: {"text":"The same relief, for the same months, covers Canadian peas, lobsters and other seafood."}
id: 2

event: citation
data: {"citation":{"id":"c1","number":1,"answer_span":{"start":0,"end":87},"source_id":"s1", …}}
id: 3

event: done
data: {"id":"ans_0b2f…","object":"answer","status":"answered", …}
id: 4

"""
STREAMED: Document = {
    "description": " ".join(DESCRIPTION.split()),
    "content": {
        "text/event-stream": {"itemSchema": {"$ref": REFERENCE.format(model="AnswerEvent")}, "example": EXAMPLE}
    },
}


def event_schemas() -> Document:
    """The schemas of the events' data by name, and `AnswerEvent`: any event, as it is sent."""
    _, document = models_json_schema([(model, "serialization") for model in EVENTS.values()], ref_template=REFERENCE)
    schemas: Document = document["$defs"]
    return {**schemas, "AnswerEvent": {"oneOf": [_event(name, model) for name, model in EVENTS.items()]}}


def _event(name: str, model: type[BaseModel]) -> Document:
    data = {"$ref": REFERENCE.format(model=model.__name__)}
    return {
        "type": "object", "required": ["event", "data", "id"],
        "properties": {
            "event": {"const": name},
            "data": {"type": "string", "contentMediaType": "application/json", "contentSchema": data},
            "id": {"type": "string", "description": "Its place among the events, from 0."},
        },
    }
