"""Small stand-ins for what is dear: they keep to the same Protocols as the real parts."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from ingest.embedding import Matrix

PIECE = 4  # letters in a word piece
_WORD = re.compile(r"\w+")


class WordEncoder:
    """Hashed bags of words as vectors: texts that share words are alike, and a text is most like itself.

    A word of n letters counts as n / 4 word pieces, rounded up. `encoded` keeps the texts of every call.
    """

    def __init__(
        self, name: str = "words", *, dimension: int = 64, max_tokens: int = 254, language: str | None = "en"
    ) -> None:
        self.id = f"{name}/{dimension}"
        self.max_tokens = max_tokens
        self.language = language
        self.dimension = dimension
        self.encoded: list[list[str]] = []

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Matrix:
        del query
        self.encoded.append(list(texts))
        vectors = np.full((len(texts), self.dimension), 1e-3, dtype=np.float32)  # no text has the length 0
        for row, text in enumerate(texts):
            for word in _WORD.findall(text.lower()):
                digest = hashlib.sha256(f"{self.id} {word}".encode()).digest()
                vectors[row, int.from_bytes(digest[:4]) % self.dimension] += 1 if digest[4] % 2 else -1
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [sum(-(-len(word) // PIECE) for word in text.split()) for text in texts]


class FailingEncoder(WordEncoder):
    """Fails on one word, with an error that is nobody's and that quotes what it was given."""

    word = "abracadabra"

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Matrix:
        for text in texts:
            if self.word in text:
                raise RuntimeError(f"cannot encode: {text}")
        return super().encode(texts, query=query)
