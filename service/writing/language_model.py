"""Messages in, the words of a language model out as they arrive: the LanguageModel seam."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from service.events import Cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What a model is told: `rules` are ours, `material` holds what articles and readers wrote."""

    rules: str
    material: str


class LanguageModel(Protocol):
    """Writes text. `id` names the model, as answers show it."""

    @property
    def id(self) -> str: ...

    def stream(self, prompt: Prompt, *, cancelled: Cancelled) -> Iterator[str]:
        """The text in pieces, until it ends or `cancelled` says so; closing the iterator ends the call.

        WriterUnavailable where the model cannot be reached, is too slow, says too much or nothing that can be read.
        """
        ...
