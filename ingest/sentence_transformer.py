"""Any sentence-transformers model as an Encoder, by its name or its folder; it needs torch and is slower to start."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ingest.embedding import Matrix
from ingest.errors import ModelError

MARKS = 2  # word pieces that models put around a text


class SentenceTransformerEncoder:
    """A model that sentence-transformers loads, in full precision on the CPU.

    Its id names the model and a hash of its weights, so that another model under the same name is noticed.
    """

    language: str | None = None

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ModuleNotFoundError as error:
            raise ModelError(
                f"The embedding model {name!r} needs {error.name}, which is not installed here; "
                "run: pip install 'torch==2.13.0' sentence-transformers"
            ) from error
        try:
            self._model = SentenceTransformer(name, device="cpu")
        except (OSError, ValueError) as error:
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise ModelError(
                f"The embedding model {name!r} cannot be loaded ({reason}); "
                "set FOOTNOTE_EMBEDDING_MODEL to the folder or name of a sentence-transformers model that is reachable."
            ) from error
        self.id = f"{Path(name).name}@{self._hash_weights()}/fp32"
        self.max_tokens = max(int(self._model.max_seq_length or 512) - MARKS, 16)

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Matrix:
        if not texts:
            return np.empty((0, 0), dtype=np.float32)
        encode = self._model.encode_query if query else self._model.encode_document
        vectors = encode(list(texts), normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), -1)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        tokenizer = self._model.tokenizer
        return [len(ids) for ids in tokenizer(list(texts), add_special_tokens=False, truncation=False)["input_ids"]]

    def _hash_weights(self) -> str:
        digest = hashlib.sha256()
        for name, weights in sorted(self._model.state_dict().items()):
            digest.update(name.encode())
            digest.update(weights.detach().float().numpy().tobytes())
        return digest.hexdigest()[:8]
