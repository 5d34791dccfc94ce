"""An answer as it comes into being: what `Answerer.stream` yields, in this order, and how a text is cut into it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from ingest.errors import FootnoteError
from service.domain import Answer, Citation, Question, Source

Cancelled = Callable[[], bool]  # asked between stages: whether nobody waits for the answer any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The question was taken up. `rewritten` is what is looked up, as in an Answer."""

    id: str
    created_at: datetime
    question: Question
    rewritten: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesFound:
    """The articles that were found. Their numbers and order are final; which are cited is told at the end."""

    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceReady:
    """The next piece of the answer, never taken back, with the space before it; and the citations that rest on it."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The end, and all of it: `answer.text` is what the sentences say together."""

    answer: Answer


AnswerEvent = Started | SourcesFound | SentenceReady | Finished


class Abandoned(FootnoteError):
    """Nobody waits for the answer any more, or it took too long; what was under way has ended."""


def never() -> bool:
    """For work that nobody cancels."""
    return False


def check_wanted(cancelled: Cancelled) -> None:
    """Raise Abandoned where nobody waits any more."""
    if cancelled():
        raise Abandoned("The answer was abandoned before it was done; ask again.")


def cut(text: str, citations: Sequence[Citation]) -> Iterator[SentenceReady]:
    """A text that is ready, piece by piece; together the pieces are the text, and no citation precedes its words.

    Citations whose spans overlap rest on one piece.
    """
    pending = sorted(citations, key=lambda one: (one.answer.start, one.number))
    start = 0
    while pending:
        resting = [pending.pop(0)]
        end = resting[0].answer.end
        while pending and pending[0].answer.start < end:
            resting.append(pending.pop(0))
            end = max(end, resting[-1].answer.end)
        yield SentenceReady(text=text[start:end], citations=tuple(sorted(resting, key=lambda one: one.number)))
        start = end
    if start < len(text):
        yield SentenceReady(text=text[start:], citations=())
