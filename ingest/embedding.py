"""Texts in, unit vectors out: the Encoder seam, and the default encoder on onnxruntime."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ingest.onnx_runtime import open_session

Vector = npt.NDArray[np.float32]
Matrix = npt.NDArray[np.float32]

MARKS = 2  # word pieces that the model puts around a text


class Encoder(Protocol):
    """Turns texts into vectors of length 1 whose dot product is their similarity.

    `id` names model and precision: vectors of two ids are never compared. `max_tokens` is how much of a text the
    encoder reads; callers keep their texts below it. `language` is the only language the model knows, None for many.
    """

    @property
    def id(self) -> str: ...
    @property
    def max_tokens(self) -> int: ...
    @property
    def language(self) -> str | None: ...

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Matrix:
        """One row a text, in order, float32, length 1; `query` for questions, which some models encode differently."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Word pieces of each text, without the model's own marks at both ends."""
        ...


class OnnxEncoder:
    """all-MiniLM-L6-v2, exported once by `ingest.exporting`, without torch.

    Each text is encoded by itself: int8 scales its numbers over the whole input, so in a batch a vector would depend on
    its neighbours (cosine down to .98). One text a thread is also faster here than batches are.
    """

    language = "en"
    dimension = 384

    def __init__(self, folder: Path, *, encoder_id: str, max_tokens: int, threads: int) -> None:
        from tokenizers import Tokenizer

        self._session = open_session(folder / "model.onnx")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="encoder")
        self.id = encoder_id
        self.max_tokens = max_tokens

    def sharing(self, *, threads: int) -> "OnnxEncoder":
        """The same model with threads of its own: what one encodes does not wait for what the other does."""
        twin = copy(self)
        twin._threads = ThreadPoolExecutor(threads, thread_name_prefix="encoder")
        return twin

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Matrix:
        del query  # this model reads questions and passages alike
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        for row, vector in enumerate(self._threads.map(self._encode_one, tokens)):
            vectors[row] = vector
        return vectors

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(encoding.ids) for encoding in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    def _encode_one(self, tokens: Sequence[int]) -> Vector:
        if len(tokens) > self.max_tokens + MARKS:  # only a question can be longer: its end is not read
            tokens = [*tokens[: self.max_tokens + 1], tokens[-1]]
        ids = np.array([tokens], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        (vectors,) = self._session.run(["sentence_embedding"], inputs)
        return np.asarray(vectors[0], dtype=np.float32)
