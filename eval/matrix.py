"""Variants of the settings in, one run of each over the same questions and a table of them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass as parsed

from eval.report import RunReport, Summary
from eval.rules import read_rules

TABLE = "matrix.md"
SHOWN = (
    "hit@1", "hit@5", "hit@10", "rr@10", "ndcg@10", "answer_in_context@5", "contains", "contains_first", "token_f1",
    "choice_accuracy", "gold_citation_precision", "rejection_rate", "false_refusal_rate", "aurc",
)


@parsed(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Variant:
    """What differs from the settings as they are. One search alone (`bm25`, `dense`) is ranked and gives no answers.

    A `reader` is what FOOTNOTE_READER takes, or `sentence-bm25`, `sentence-dense` or `sentence-fused`. `typos` is how
    many each question is asked with.
    """

    ranking: Literal["fused", "bm25", "dense"] = "fused"
    given: bool = False
    embedding_model: str | None = None
    reader: str | None = None
    typos: int = Field(default=0, ge=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantRun:
    """A variant and what came of it."""

    name: str
    report: RunReport


PLAIN: dict[str, Variant] = {
    "as used": Variant(), "plain BM25": Variant(ranking="bm25"), "plain dense": Variant(ranking="dense")
}
_VARIANTS = TypeAdapter(dict[str, Variant])


def read_variants(path: Path) -> dict[str, Variant]:
    """The variants of a YAML file by name; BadGate names what cannot be one."""
    return read_rules(path, _VARIANTS, what="variant", example="dense: {ranking: dense}")


def folder_name(name: str) -> str:
    """A variant's folder: its name in letters, digits and hyphens."""
    return "-".join("".join(one if one.isalnum() else " " for one in name.lower()).split()) or "variant"


def shown_measures(runs: Sequence[VariantRun]) -> list[str]:
    """Those of SHOWN that any run has."""
    return [name for name in SHOWN if any(name in run.report.measures for run in runs)]


def make_table(runs: Sequence[VariantRun]) -> str:
    """Markdown: a row for each variant, values with their intervals."""
    measures = shown_measures(runs)
    lines = [f"| | n | {' | '.join(measures)} |", "|---" * (len(measures) + 2) + "|"]
    for run in runs:
        cells = [_cell(run.report.measures.get(name)) for name in measures]
        lines.append(f"| {run.name} | {run.report.n:,} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _cell(one: Summary | None) -> str:
    if one is None or one.value is None:
        return "–"
    if one.low is None or one.high is None:
        return f"{one.value:.3f}"
    return f"{one.value:.3f} ({one.low:.3f}–{one.high:.3f})"
