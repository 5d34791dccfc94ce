"""The training files in, Examples out: a question, a context, and where in it the answer stands.

A claim is a statement in the place of a question: its context answers where it says the same.
"""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

Part = Literal["squad", "adversarial", "contrast", "claim", "sentence", "qamr", "news"]
Bounds = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question of a context. No span: the context does not answer.

    Spans are half-open, in code points of the context. An exact example has one, the answer itself; of an inexact one
    only the sentences that hold the answer are known.
    """

    question: str
    context: str
    spans: tuple[Bounds, ...]
    exact: bool
    part: Part
    title: str = ""

    @property
    def answer(self) -> str:
        """The words of the first span; empty where nothing answers."""
        return self.context[slice(*self.spans[0])] if self.spans else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    part: Part
    question: str
    context: str
    start: int
    end: int
    exact: bool


_LINE = TypeAdapter(_Line)


def read_examples(path: Path) -> Iterator[Example]:
    """The lines of a packed JSONL file, in order; a start of -1 says that the context does not answer."""
    with gzip.open(path, "rb") as file:
        for content in file:
            line = _LINE.validate_json(content)
            yield Example(
                question=line.question, context=line.context, exact=line.exact or line.start < 0, part=line.part,
                spans=((line.start, line.end),) if line.start >= 0 else (),
            )
