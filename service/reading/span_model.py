"""A question and a text in, how probable it is of each word piece that the answer starts or ends there out."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.onnx_runtime import open_session
from service.domain import Span

QUESTION_PIECES = 64  # of a longer question only the beginning is read
MAX_PIECES = 400
LONGEST = 30  # word pieces of a short answer

Logits = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the model made of a text: pieces × (start, end) logits, less those of "not here"; `spans` of the pieces."""

    logits: Logits
    spans: tuple[Span, ...]

    @property
    def total(self) -> float:
        """The log of the whole probability mass, on the scale of `score`: "not here" included."""
        return float(np.logaddexp.reduce(np.vstack([self.logits, np.zeros((1, 2), np.float32)]), axis=0).sum())

    def score(self, start: int, end: int) -> float:
        """The log odds, against "not here", that the answer starts and ends in `text[start:end]`."""
        inside = self._inside(start, end)
        if inside is None:
            return float("-inf")
        return float(np.logaddexp.reduce(inside, axis=0).sum())

    def best(self, start: int, end: int) -> tuple[float, Span] | None:
        """The best short answer in `text[start:end]` and its log odds; None where the model did not read so far."""
        inside = self._inside(start, end)
        if inside is None:
            return None
        sums = inside[:, 0][:, None] + inside[:, 1][None, :]
        sums = np.where(np.tri(len(inside), k=-1, dtype=bool), -np.inf, sums)
        sums = np.where(np.tri(len(inside), k=LONGEST, dtype=bool), sums, -np.inf)
        first, last = np.unravel_index(int(sums.argmax()), sums.shape)
        pieces = [span for span in self.spans if span.start >= start and span.end <= end]
        return float(sums[first, last]), Span(start=pieces[first].start, end=pieces[last].end)

    def _inside(self, start: int, end: int) -> Logits | None:
        rows = [row for row, span in enumerate(self.spans) if span.start >= start and span.end <= end]
        return self.logits[rows] if rows else None


class SpanModel:
    """An extractive reader exported by `service.reading.training`, run by onnxruntime, one text a thread.

    Each text is read by itself: int8 scales its numbers over the whole input, so in a batch a reading would depend on
    its neighbours.
    """

    def __init__(self, folder: Path, *, threads: int) -> None:
        from tokenizers import Tokenizer

        self._session = open_session(folder / "model.onnx")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_PIECES, strategy="only_second")
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="reader")

    def read(self, question: str, texts: Sequence[tuple[str, str]]) -> list[Reading]:
        """One Reading for each (title, text), in order, with spans into the text."""
        shown = self._shorten(question)
        return list(self._threads.map(lambda one: self._read_one(shown, *one), texts))

    def weigh_claim(self, claim: str, text: str) -> float:
        """The log odds, against "not here", that the text says what the claim says."""
        (reading,) = self.read(claim, [("", text)])
        return reading.score(0, len(text))

    def _shorten(self, question: str) -> str:
        encoding = self._tokenizer.encode(question, add_special_tokens=False)
        return question if len(encoding.ids) <= QUESTION_PIECES else question[: encoding.offsets[QUESTION_PIECES][0]]

    def _read_one(self, question: str, title: str, text: str) -> Reading:
        before = lead(title)
        encoding = self._tokenizer.encode(question, before + text)
        rows = {
            "input_ids": encoding.ids, "attention_mask": encoding.attention_mask, "token_type_ids": encoding.type_ids,
        }
        inputs = {name: np.array([row], dtype=np.int64) for name, row in rows.items()}
        (found,) = self._session.run(["logits"], inputs)
        logits = np.asarray(found[0], dtype=np.float32)
        kept = [
            place for place, (part, offsets) in enumerate(zip(encoding.sequence_ids, encoding.offsets, strict=True))
            if part == 1 and offsets[0] >= len(before)
        ]
        shift = len(before)
        spans = tuple(
            Span(start=encoding.offsets[place][0] - shift, end=encoding.offsets[place][1] - shift) for place in kept
        )
        return Reading(logits=logits[kept] - logits[0], spans=spans)


def lead(title: str) -> str:
    """What stands before a passage when it is read: its title as a sentence of its own."""
    return f"{title}. " if title else ""
