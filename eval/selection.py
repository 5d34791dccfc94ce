"""All questions of a file in, those that a run asks out: a slice, a seeded sample, the first so many."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from eval.questions import GoldQuestion
from ingest.errors import UsageError

_QUESTIONS = TypeAdapter(tuple[GoldQuestion, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which questions are asked: of a slice (or type), then a random sample, then the first `limit`; None is all."""

    slice: str | None = None
    sample: int | None = None
    seed: int = 0
    limit: int | None = None

    @property
    def named(self) -> dict[str, str]:
        """What was asked for, for the fingerprint."""
        sample = {"sample": str(self.sample), "seed": str(self.seed)} if self.sample is not None else {}
        part = {"slice": self.slice} if self.slice is not None else {}
        return part | sample | ({"limit": str(self.limit)} if self.limit is not None else {})


EVERYTHING = Selection()


def select(questions: Sequence[GoldQuestion], selection: Selection, *, given: bool) -> tuple[GoldQuestion, ...]:
    """The questions that are asked, in the order of the file; UsageError where none is left.

    With `given`, those that name no article cannot be asked and are left out.
    """
    chosen = [one for one in questions if one.doc_ids or not given]
    if selection.slice is not None:
        chosen = [one for one in chosen if selection.slice in (*one.slices, one.type, f"type:{one.type}")]
    if selection.sample is not None and selection.sample < len(chosen):
        picked = set(random.Random(selection.seed).sample(range(len(chosen)), selection.sample))
        chosen = [one for number, one in enumerate(chosen) if number in picked]
    chosen = chosen[: selection.limit]
    if not chosen:
        slices = sorted({name for one in questions for name in (*one.slices, one.type) if name})
        raise UsageError(f"No question is left to ask; the file has the slices: {', '.join(slices) or 'none'}.")
    return tuple(chosen)


def hash_questions(questions: Sequence[GoldQuestion]) -> str:
    """SHA-256 of everything that the questions say, in their order."""
    return hashlib.sha256(_QUESTIONS.dump_json(tuple(questions))).hexdigest()
