"""Scripted language models behind the service: good ones, obedient ones, and what they are asked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from service.events import Cancelled
from service.writing.language_model import Prompt
from service.writing.prompts import NOTHING
from tests.fake_llm import find_evidence

Script = Callable[[dict[str, str], str], str]


@dataclass(kw_only=True)
class ScriptedModel:
    """A LanguageModel that says what a script makes of the evidence and the prompt; `prompts` keeps each prompt."""

    script: Script
    id: str = "scripted"
    size: int = 5
    prompts: list[Prompt] = field(default_factory=list)

    def stream(self, prompt: Prompt, *, cancelled: Cancelled) -> Iterator[str]:
        self.prompts.append(prompt)
        text = self.script(find_evidence(prompt.material), prompt.material)
        for start in range(0, len(text), self.size):
            if cancelled():
                return
            yield text[start : start + self.size]


def copy_first(evidence: dict[str, str], material: str) -> str:
    """The first sentence of the evidence, word for word."""
    del material
    return next((f"{text} ⟦{name}⟧\n" for name, text in evidence.items()), NOTHING)
