"""POST /v1/ask, /v1/search and /v1/check: questions and texts in, cited answers, passages and verdicts out."""

from fastapi import APIRouter, Request, Response

from service.api.access import Guard, guarded
from service.api.parts import PartsOf, note
from service.api.schemas import AskBody, CheckBody, SearchBody
from service.check_payload import CheckPayload, check_payload
from service.checking import check_text
from service.payload import AnswerPayload, SearchPayload, answer_payload, search_payload

UNUSED_CONVERSATION = "The conversation was not used: a follow-up is answered as if it stood alone."

router = APIRouter(prefix="/v1", tags=["asking"], route_class=guarded(Guard(scope="ask", open=True, widget=True)))
checking = APIRouter(prefix="/v1", tags=["asking"], route_class=guarded(Guard(scope="ask", open=True)))


@router.post("/ask", operation_id="ask", summary="Answer a question, every sentence with its exact source")
async def ask(body: AskBody, request: Request, response: Response, parts: PartsOf) -> AnswerPayload:
    """Answer in the articles' own words, or say that they do not say: `no_answer`, with the nearest passages."""
    question = body.read()
    answer = await parts.answer(lambda answerer: answerer.ask(question))
    parts.metrics.count_answer(answer)
    parts.issued.add(answer.id)
    note(request, answer=answer.id, answered=answer.status, question_characters=len(question.text))
    if parts.service.settings.log_questions:
        note(request, question=question.text)
    timing = answer.timing
    response.headers["Server-Timing"] = (
        f"embed;dur={timing.embed:.1f}, retrieve;dur={timing.retrieve:.1f}, read;dur={timing.read:.1f}"
    )
    payload = answer_payload(answer)
    if body.conversation:
        return payload.model_copy(update={"warnings": (*payload.warnings, UNUSED_CONVERSATION)})
    return payload


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
