"""An article's sentences in, passages out: spans of whole sentences that the encoder reads in full."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.article import Sentence
from ingest.embedding import Encoder

TITLE_TOKENS = 48
FULL_ENOUGH = 0.6  # of the budget: a passage may end with its paragraph from here on, so that an edit stays local


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """`text[start:end]` of an article, with what is encoded for it: the title and that span."""

    start: int
    end: int
    encoded: str


def chunk(text: str, sentences: Sequence[Sentence], *, title: str | None, encoder: Encoder) -> list[Chunk]:
    """Cut an article into consecutive passages of whole sentences; together they cover every sentence.

    Each fits into the encoder with the title. Only a sentence that alone does not fit is divided, between words.
    """
    heading = _fit_title(title, encoder)
    budget = encoder.max_tokens - (encoder.count_tokens([heading])[0] if heading else 0)
    pieces = _divide(text, sentences, budget=budget, encoder=encoder)
    spans = _pack(text, pieces, budget)
    return [Chunk(start=start, end=end, encoded=f"{heading}\n{text[start:end]}".strip()) for start, end in spans]


def _fit_title(title: str | None, encoder: Encoder) -> str:
    words, most = (title or "").split(), min(TITLE_TOKENS, encoder.max_tokens // 2)
    while words and encoder.count_tokens([" ".join(words)])[0] > most:
        words = words[: len(words) * 3 // 4]
    return " ".join(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    sentence: Sentence
    tokens: int


def _divide(text: str, sentences: Sequence[Sentence], *, budget: int, encoder: Encoder) -> list[_Piece]:
    """Sentences with their lengths; one that is longer than the budget is halved until its parts fit."""
    lengths = encoder.count_tokens([text[s.start : s.end] for s in sentences])
    pieces: list[_Piece] = []
    for sentence, tokens in zip(sentences, lengths, strict=True):
        if tokens <= budget:
            pieces.append(_Piece(sentence=sentence, tokens=tokens))
        else:
            pieces += _divide(text, _halve(text, sentence), budget=budget, encoder=encoder)
    return pieces


def _halve(text: str, sentence: Sentence) -> list[Sentence]:
    middle = (sentence.start + sentence.end) // 2
    space = text.find(" ", middle, sentence.end - 1)
    cut = space if space > 0 else middle
    after = cut + 1 if space > 0 else cut
    return [Sentence(start=sentence.start, end=cut), Sentence(start=after, end=sentence.end)]


def _pack(text: str, pieces: Sequence[_Piece], budget: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    held: list[_Piece] = []
    for piece in pieces:
        while held and sum(p.tokens for p in held) + piece.tokens > budget:
            held = _close(spans, held)
        held.append(piece)
        full = sum(p.tokens for p in held) >= budget * FULL_ENOUGH
        if full and not piece.sentence.heading and text[piece.sentence.end : piece.sentence.end + 1] in ("\n", ""):
            held = _close(spans, held)
    if held:
        spans.append((held[0].sentence.start, held[-1].sentence.end))
    return spans


def _close(spans: list[tuple[int, int]], held: list[_Piece]) -> list[_Piece]:
    """Add the held pieces as one span; headings at their end open the next one instead."""
    keep = len(held)
    while keep > 1 and held[keep - 1].sentence.heading:
        keep -= 1
    spans.append((held[0].sentence.start, held[keep - 1].sentence.end))
    return held[keep:]
