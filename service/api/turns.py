"""A conversation as JSON in, the domain's turns out, within the limits of what a client may send."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from service import limits
from service.domain import Role, Turn


class TurnBody(BaseModel):
    """Something that was said before the question."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Role
    content: str = Field(max_length=limits.CONVERSATION_CHARACTERS)


def _check_length(turns: tuple[TurnBody, ...]) -> tuple[TurnBody, ...]:
    if sum(len(turn.content) for turn in turns) > limits.CONVERSATION_CHARACTERS:
        raise ValueError(f"it has more than {limits.CONVERSATION_CHARACTERS:,} characters; leave out the oldest turns")
    return turns


Conversation = Annotated[
    tuple[TurnBody, ...],
    Field(
        max_length=limits.CONVERSATION_TURNS,
        description="What was said before, oldest first, by which a follow-up is understood; the service keeps none.",
    ),
    AfterValidator(_check_length),
]


def read_turns(turns: Conversation) -> tuple[Turn, ...]:
    """The turns, oldest first."""
    return tuple(Turn(role=turn.role, content=turn.content) for turn in turns)
