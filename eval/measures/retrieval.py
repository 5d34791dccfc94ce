"""Gold articles and ranked articles in, the ranking measures of each question out, by trec_eval's definitions."""

from collections.abc import Iterable, Mapping, Sequence, Set

import ir_measures

CUTOFFS = (1, 3, 5, 10, 20)
_MEASURES = {
    **{f"hit@{k}": ir_measures.Success @ k for k in CUTOFFS},
    **{f"recall@{k}": ir_measures.R @ k for k in CUTOFFS},
    "rr@10": ir_measures.RR @ 10,
    "ndcg@10": ir_measures.nDCG @ 10,
    "ap@10": ir_measures.AP @ 10,
}
_NAMES = {measure: name for name, measure in _MEASURES.items()}
NAMES = tuple(_MEASURES)


def score_rankings(
    relevant: Mapping[str, Set[str]], ranked: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, float]]:
    """The measures of each question that has relevant articles; one for which nothing came back scores 0.

    `ranked` holds each question's articles, best first. Scores are minus the rank, so that no tie can reorder them.
    """
    judged = {question: articles for question, articles in relevant.items() if articles}
    qrels = [ir_measures.Qrel(question, one, 1) for question, articles in judged.items() for one in sorted(articles)]
    run = [
        ir_measures.ScoredDoc(question, article, -float(rank))
        for question in judged
        for rank, article in enumerate(collapse(ranked.get(question, ())), start=1)
    ]
    scores = {question: dict.fromkeys(NAMES, 0.0) for question in judged}
    if run:  # of an empty run the library makes nothing
        for found in ir_measures.iter_calc(list(_MEASURES.values()), qrels, run):
            scores[found.query_id][_NAMES[found.measure]] = float(found.value)
    return scores


def collapse(articles: Iterable[str]) -> list[str]:
    """Each article once, at the place of its best passage."""
    return list(dict.fromkeys(articles))
