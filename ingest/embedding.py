"""Texts in, unit vectors out: the Encoder seam, and the default encoder on onnxruntime."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]
Matrix = npt.NDArray[np.float32]

BATCH = 16


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

    Texts of similar length are encoded together, since a batch costs as much as its longest text.
    """

    language = "en"
    dimension = 384

    def __init__(self, folder: Path, *, encoder_id: str, max_tokens: int, threads: int) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_tokens + 2)
        self._counter = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._counter.no_padding()
        self._counter.no_truncation()
        self.id = encoder_id
        self.max_tokens = max_tokens

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Matrix:
        del query  # this model reads questions and passages alike
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        by_length = sorted(range(len(tokens)), key=lambda index: len(tokens[index]))
        for first in range(0, len(by_length), BATCH):
            rows = by_length[first : first + BATCH]
            vectors[rows] = self._run([tokens[row] for row in rows])
        return vectors

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(encoding.ids) for encoding in self._counter.encode_batch(list(texts), add_special_tokens=False)]

    def _run(self, batch: list[list[int]]) -> Matrix:
        ids = np.zeros((len(batch), max(map(len, batch))), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (vectors,) = self._session.run(["sentence_embedding"], inputs)
        return np.asarray(vectors, dtype=np.float32)
