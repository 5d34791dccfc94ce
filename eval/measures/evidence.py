"""Gold spans, gold answers and ranked passages in, whether what answers was retrieved out; survives re-chunking."""

from collections.abc import Sequence

from eval.measures.words import contains_tokens
from eval.questions import GoldEvidence
from eval.results import RankedHit


def evidence_recall(k: int, ranked: Sequence[RankedHit], evidence: Sequence[GoldEvidence]) -> float | None:
    """Share of the gold spans that overlap one of the first k passages, by offsets in the article; None without any."""
    if not evidence:
        return None
    return sum(any(_overlap(hit, span) for hit in ranked[:k]) for span in evidence) / len(evidence)


def answer_in_context(k: int, ranked: Sequence[RankedHit], forms: Sequence[str]) -> float | None:
    """1 where any form of an answer stands in the first k passages; None where no form is known."""
    if not forms:
        return None
    return float(any(contains_tokens(hit.text or "", form) for hit in ranked[:k] for form in forms))


def _overlap(hit: RankedHit, span: GoldEvidence) -> bool:
    return hit.article_id == span.doc_id and hit.start < span.end and span.start < hit.end
