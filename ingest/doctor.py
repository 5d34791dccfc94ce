"""A data folder in, findings out: whether the catalog is sound and its projections say the same."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ingest.article import Article, hash_text
from ingest.catalog import Catalog
from ingest.errors import BrokenCatalog, BrokenIndex
from ingest.generations import Generations
from ingest.lexical import LexicalIndex
from ingest.projections import index_folder, lexical_folder

UNIT = 1e-3  # how far a vector's length may be from 1
REINDEX = "run: footnote reindex"
RESTORE = "restore the data folder from a backup, or ingest the articles again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found; `remedy` is None where all is well."""

    check: str
    detail: str
    remedy: str | None = None


def examine(catalog: Catalog) -> Iterator[Finding]:
    """Check everything, the truth first; each check is independent of the others."""
    for name, check in _CHECKS.items():
        try:
            yield check(catalog)
        except (sqlite3.DatabaseError, BrokenCatalog) as error:
            yield Finding(check=name, detail=f"the catalog cannot be read ({error})", remedy=RESTORE)


def _examine_file(catalog: Catalog) -> Finding:
    faults = catalog.faults()
    if faults:
        return Finding(check="catalog", detail="; ".join(faults[:3]), remedy=RESTORE)
    counts = catalog.counts()
    detail = f"sound: {counts.articles:,} articles, {counts.passages:,} passages, {counts.vectors:,} vectors"
    return Finding(check="catalog", detail=detail)


def _examine_articles(catalog: Catalog) -> Finding:
    wrong: list[str] = []
    count = 0
    for article in catalog.every_article():
        count += 1
        if not _is_exact(article, catalog.spans_of(article.id)):
            wrong.append(article.id)
    if wrong:
        names = ", ".join(repr(name) for name in wrong[:3])
        detail = f"{len(wrong):,} of {count:,} do not match their sha256 or their spans ({names})"
        return Finding(check="articles", detail=detail, remedy=RESTORE)
    return Finding(check="articles", detail=f"{count:,} texts match their sha256, and every span lies within its text")


def _is_exact(article: Article, passages: list[tuple[int, int]]) -> bool:
    """Whether the text is the hashed one, sentences are ordered spans of it, and passages cover every sentence."""
    if hash_text(article.text) != article.sha256:
        return False
    ends = [0, *(sentence.end for sentence in article.sentences)]
    ordered = all(
        before <= sentence.start < sentence.end <= len(article.text)
        for before, sentence in zip(ends, article.sentences, strict=False)
    )
    inside = all(0 <= start < end <= len(article.text) for start, end in passages)
    covered = sum(len("".join(article.text[start:end].split())) for start, end in passages)
    return ordered and inside and covered == len("".join(article.text.split()))


def _examine_vectors(catalog: Catalog) -> Finding:
    after, count, wrong = 0, 0, 0
    while True:
        keys, vectors = catalog.vectors_after(after, until=catalog.sequence, limit=5_000)
        if not keys:
            break
        after, count = keys[-1], count + len(keys)
        wrong += int(np.sum(~(np.abs(np.linalg.norm(vectors, axis=1) - 1) < UNIT)))
    missing = catalog.counts().passages - count
    if wrong or missing:
        return Finding(
            check="vectors", detail=f"{wrong:,} are not of length 1 and {missing:,} passages have none", remedy=RESTORE
        )
    return Finding(check="vectors", detail=f"{count:,} passages have a vector of {catalog.encoder_id}")


def _examine_lexical(catalog: Catalog) -> Finding:
    lexical = LexicalIndex(lexical_folder(catalog.folder), catalog, verify=True)
    passages, held, lag = catalog.counts().passages, lexical.count(), lexical.lag
    if lag:
        return Finding(
            check="bm25", detail=f"{lag:,} of {passages:,} passages are not on disk yet and are searched from memory",
            remedy=REINDEX,
        )
    if held != passages:
        return Finding(check="bm25", detail=f"holds {held:,} passages, the catalog {passages:,}", remedy=REINDEX)
    return Finding(check="bm25", detail=f"holds all {held:,} passages")


def _examine_generation(catalog: Catalog) -> Finding:
    generations = Generations(index_folder(catalog.folder))
    try:
        manifest = generations.current()
        if manifest is None:
            empty = not catalog.counts().passages
            return Finding(check="chroma", detail="no generation", remedy=None if empty else REINDEX)
        generations.check(manifest, catalog, hashes=True)
        generations.probe(manifest, catalog)
    except BrokenIndex as error:
        return Finding(check="chroma", detail=str(error).partition("; run:")[0], remedy=REINDEX)
    live = catalog.count_since(0, until=manifest.sequence)
    delta = catalog.count_since(manifest.sequence)
    detail = f"generation {manifest.number} holds {manifest.count:,} vectors ({live:,} live), which find themselves"
    return Finding(check="chroma", detail=detail + (f"; {delta:,} newer ones are searched exactly" if delta else ""))


_CHECKS = {
    "catalog": _examine_file, "articles": _examine_articles, "vectors": _examine_vectors, "bm25": _examine_lexical,
    "chroma": _examine_generation,
}
