"""Gold questions and a data folder in, hit@k of each search alone and of both, and the latency of answers, out.

Run as `python -m eval.retrieval QUESTIONS.jsonl DATA`. Articles are ranked by their best passage, equal ones in the
order in which they went in. A question counts where its `doc_ids` name at least one article of the folder.
"""

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from rich.table import Table

from ingest.catalog import Catalog
from ingest.filters import Filters
from ingest.lexical import content_terms
from ingest.settings import load_settings
from service.answering import Answerer
from service.domain import Question
from service.retrieval import CANDIDATES
from service.terminal import make_console, say
from service.wiring import open_answerer

DEPTHS = (1, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalQuestion:
    """A question and the ids of the articles that answer it, at least one."""

    text: str
    relevant: frozenset[str]


def hit_at(k: int, ranked: Sequence[str], relevant: Set[str]) -> float:
    """1 where any relevant article is among the first k, else 0."""
    return float(not relevant.isdisjoint(ranked[:k]))


def load_questions(path: Path, known: Set[str]) -> Iterator[RetrievalQuestion]:
    """The questions of a JSONL file that an article of the folder answers."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            relevant = known & set(row["doc_ids"])
            if relevant:
                yield RetrievalQuestion(text=row["question"], relevant=frozenset(relevant))


def rank_articles(catalog: Catalog, keys: Iterable[int]) -> list[str]:
    """The articles of ranked passages, each once, in order of their best."""
    keys = list(keys)
    stored = catalog.passages_of(keys)
    return list(dict.fromkeys(stored[key].passage.article_id for key in keys))


def rank_by_each(answerer: Answerer, text: str) -> dict[str, list[str]]:
    """The articles that each search finds for a question, best first."""
    indexes, every = answerer.indexes, Filters()
    vector = answerer.encoder.encode([text], query=True)[0]
    found = answerer.search(Question(text=text, as_of=date.today()), limit=CANDIDATES)
    lexical = indexes.lexical.search(content_terms(text), limit=CANDIDATES, filters=every)
    dense = indexes.vectors.search(vector, limit=CANDIDATES, filters=every)
    return {
        "BM25 alone": rank_articles(indexes.catalog, (key for key, _ in lexical)),
        "dense alone": rank_articles(indexes.catalog, (key for key, _ in dense)),
        "fused": rank_articles(indexes.catalog, (one.stored.key for one in found.passages)),
    }


def measure(questions: Path, folder: Path) -> None:
    """Print the table and the latencies of one data folder."""
    console = make_console()
    with open_answerer(load_settings(), folder, warm=True) as answerer:
        known = {article.id for article in answerer.indexes.catalog.every_article()}
        asked = list(load_questions(questions, known))
        hits: dict[str, list[list[float]]] = {}
        times = []
        for one in asked:
            for name, ranked in rank_by_each(answerer, one.text).items():
                hits.setdefault(name, []).append([hit_at(k, ranked, one.relevant) for k in DEPTHS])
            started = time.perf_counter()
            answerer.ask(Question(text=one.text, as_of=date.today()))
            times.append((time.perf_counter() - started) * 1000)
    table = Table("", *(f"hit@{k}" for k in DEPTHS), box=None)
    for name, rows in hits.items():
        table.add_row(name, *(f"{value:.3f}" for value in np.mean(rows, axis=0)))
    console.print(table)
    p50, p95 = np.percentile(times, [50, 95]) if times else (0.0, 0.0)
    say(console, f"{len(asked):,} questions; an answer in {p50:.0f} ms (p50), {p95:.0f} ms (p95)")


if __name__ == "__main__":
    measure(Path(sys.argv[1]), Path(sys.argv[2]))
