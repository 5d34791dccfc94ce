"""Texts in, their resemblance out: MinHash signatures by which copies of one report are found and counted once.

Broder 1997, "On the resemblance and containment of documents"; the bands are those of Leskovec, Rajaraman and
Ullman, "Mining of Massive Datasets", chapter 3: two texts that share half of their shingles meet in a band with
probability .87, two that share a fifth with .05.
"""

import re

import numpy as np
import numpy.typing as npt

Signature = npt.NDArray[np.uint32]

PERMUTATIONS = 128
ROWS = 4  # of a signature in a band
SHINGLE = 5  # words
SAME_STORY = 0.45  # estimated share of common shingles: a copy that lost a third of its text still has two thirds
SHORTEST = 12  # shingles below which resemblance is chance

_WORD = re.compile(r"\w+")


def sign(text: str) -> Signature | None:
    """The MinHash signature of a text's five-word shingles; None where it is too short to resemble anything."""
    from datasketch import MinHash

    words = _WORD.findall(text.casefold())
    shingles = {" ".join(words[start : start + SHINGLE]).encode() for start in range(len(words) - SHINGLE + 1)}
    if len(shingles) < SHORTEST:
        return None
    minhash = MinHash(num_perm=PERMUTATIONS, seed=1, scheme="affine32")
    minhash.update_batch(sorted(shingles))
    return np.asarray(minhash.hashvalues, dtype=np.uint32)


def bands(signature: Signature) -> list[bytes]:
    """The keys under which a text is found by those that resemble it: any one in common makes two candidates."""
    return [bytes([band]) + row.tobytes() for band, row in enumerate(signature.reshape(-1, ROWS))]


def resemblance(left: Signature, right: Signature) -> float:
    """The estimated Jaccard similarity of two texts' shingles."""
    return float(np.mean(left == right))
