"""Follow-ups from a file, and whether they are rewritten rightly."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from service.conversing.conversation import Rewriter
from service.domain import Turn

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What was said, the question first; what is asked then, and what the question that stands alone must name."""

    said: Sequence[str]
    ask: str
    needs: Sequence[str]
    finds: str = ""
    lacks: Sequence[str] = ()

    @property
    def conversation(self) -> tuple[Turn, ...]:
        return tuple(
            Turn(role="assistant" if number % 2 else "user", content=text) for number, text in enumerate(self.said)
        )

    def rewrite(self, rewriter: Rewriter) -> str:
        return rewriter.rewrite(self.ask, conversation=self.conversation) or self.ask

    def is_named_by(self, question: str) -> bool:
        """Whether a question names all that it must, and nothing that it must not."""
        said = question.lower().replace("’", "'")
        return all(_plain(one) in said for one in self.needs) and not any(_plain(one) in said for one in self.lacks)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """What is asked in a conversation, and answered; what it must name and must not to stand alone."""

    ask: str
    answer: str
    needs: Sequence[str] = ()
    lacks: Sequence[str] = ()


def read_follow_ups(name: str) -> list[FollowUp]:
    """The follow-ups of a file in `tests/data`."""
    return TypeAdapter(list[FollowUp]).validate_python(yaml.safe_load((DATA / name).read_text(encoding="utf-8")))


def read_chats() -> list[FollowUp]:
    """The follow-ups of whole conversations, each behind all that was said before it."""
    text = (DATA / "chats.yaml").read_text(encoding="utf-8")
    chats = TypeAdapter(list[list[_Turn]]).validate_python(yaml.safe_load(text))
    return [
        FollowUp(
            said=[part for turn in chat[:number] for part in (turn.ask, turn.answer)], ask=chat[number].ask,
            needs=chat[number].needs, lacks=chat[number].lacks,
        )
        for chat in chats for number in range(1, len(chat))
    ]


def read_standalone() -> list[str]:
    """Questions that stand alone."""
    text = (DATA / "standalone.yaml").read_text(encoding="utf-8")
    return TypeAdapter(list[str]).validate_python(yaml.safe_load(text))


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")
