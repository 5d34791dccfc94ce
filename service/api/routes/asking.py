"""POST /v1/ask, /v1/search and /v1/check: questions and texts in, cited answers, passages and verdicts out."""

from collections.abc import Iterator

from fastapi import APIRouter, Request, Response

from service.api.access import Guard, guarded
from service.api.events import STREAMED
from service.api.parts import Parts, PartsOf, note
from service.api.paths import restore_slashes
from service.api.problems import problem_json, report
from service.api.schemas import AskBody, CheckBody, SearchBody
from service.api.streaming import EventStream, Named
from service.api.work import Patience
from service.check_payload import CheckPayload, check_payload
from service.checking import check_text
from service.domain import Answer, Question
from service.event_payload import event_payloads
from service.events import Cancelled, Finished
from service.payload import AnswerPayload, SearchPayload, answer_payload, search_payload

router = APIRouter(prefix="/v1", tags=["asking"], route_class=guarded(Guard(scope="ask", open=True, widget=True)))
checking = APIRouter(prefix="/v1", tags=["asking"], route_class=guarded(Guard(scope="ask", open=True)))


@router.post(
    "/ask", operation_id="ask", summary="Answer a question, every sentence with its exact source",
    response_model=AnswerPayload, responses={200: STREAMED},
)
async def ask(body: AskBody, request: Request, response: Response, parts: PartsOf) -> AnswerPayload | Response:
    """Answer in the articles' own words, or say that they do not say: `no_answer`, with the nearest passages.

    A question may leave out what the conversation before it says: `rewritten_question` is what was looked up then.
    With `"stream": true`, the same comes as server-sent events, sentence by sentence.
    """
    question = body.read()
    note(request, question_characters=len(question.text))
    if parts.service.settings.log_questions:
        note(request, question=question.text)
    if body.stream:
        return _stream(question, request, parts)
    patience = Patience()
    answer = await parts.answer(lambda answerer: answerer.ask(question, cancelled=patience))
    _count(answer, request, parts)
    timing = answer.timing
    response.headers["Server-Timing"] = (
        f"embed;dur={timing.embed:.1f}, retrieve;dur={timing.retrieve:.1f}, read;dur={timing.read:.1f}"
    )
    return answer_payload(answer)


@router.post("/search", operation_id="search", summary="Find passages, without answering")
async def search(body: SearchBody, request: Request, parts: PartsOf) -> SearchPayload:
    """The passages that best match, best first."""
    question = body.read()
    found = await parts.answer(
        lambda answerer: answerer.search(question, limit=body.limit, collapse_stories=body.collapse_stories)
    )
    note(request, results=len(found.passages), question_characters=len(question.text))
    return search_payload(found)


@checking.post("/check", operation_id="check", summary="Check a text: a verdict for every sentence, with its source")
async def check(body: CheckBody, request: Request, parts: PartsOf) -> CheckPayload:
    """Hold each sentence against the articles: what supports it, or what is not found. Questions are left unchecked."""
    draft = body.read()
    checked = await parts.answer(lambda answerer: check_text(answerer, draft))
    note(request, sentences=len(checked.sentences), unsupported=checked.unsupported)
    return check_payload(checked)


def _stream(question: Question, request: Request, parts: Parts) -> Response:
    request_id = request.scope["state"]["request_id"]

    def answer(cancelled: Cancelled) -> Iterator[Named]:
        with parts.service.pool.lend() as answerer:
            for event in answerer.stream(question, cancelled=cancelled):
                if isinstance(event, Finished):
                    _count(event.answer, request, parts)
                for name, payload in event_payloads(event):
                    yield name, payload.model_dump_json()

    def explain(error: Exception) -> Named:
        refusal = report(error, log=parts.log, request_id=request_id)
        note(request, problem=refusal.kind.name)
        return "error", problem_json(refusal, path=restore_slashes(request.url.path), request_id=request_id)

    return EventStream(answer, desk=parts.asking, explain=explain)


def _count(answer: Answer, request: Request, parts: Parts) -> None:
    parts.metrics.count_answer(answer)
    parts.issued.add(answer.id)
    note(request, answer=answer.id, answered=answer.status)
