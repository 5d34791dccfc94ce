"""POST /v1/answers/{id}/feedback: votes in, what is kept of them out."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Path, Request

from service.api.access import Guard, guarded
from service.api.parts import PartsOf, note
from service.api.problems import Refusal
from service.api.schemas import FeedbackBody, FeedbackPayload

AnswerId = Annotated[str, Path(description="The id of an answer.", pattern="^ans_[0-9a-f]{32}$")]

router = APIRouter(
    prefix="/v1/answers", tags=["asking"], route_class=guarded(Guard(scope="ask", open=True, widget=True))
)


@router.post("/{answer_id}/feedback", operation_id="rateAnswer", summary="Say what an answer is worth")
async def rate_answer(answer_id: AnswerId, body: FeedbackBody, request: Request, parts: PartsOf) -> FeedbackPayload:
    """Kept when this returns, in place of an earlier vote on the same answer. An answer is rated by its id alone."""
    settings, store = parts.service.settings, parts.service.feedback
    if not settings.feedback_days:
        raise Refusal("feedback-off")
    if answer_id not in parts.issued and not await parts.reading.run(lambda: store.has(answer_id)):
        raise Refusal("unknown-answer")
    vote = body.read(answer_id, keep_question=settings.feedback_questions)
    await parts.reading.run(lambda: store.record(vote))
    note(request, answer=answer_id, rating=vote.rating)
    return FeedbackPayload(**asdict(vote))
