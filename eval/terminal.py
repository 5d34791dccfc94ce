"""Reports, comparisons and faults in, text on a terminal out."""

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from eval.report import RunReport, Summary
from eval.statistics import expect_detectable
from service.terminal import say

SHOWN = (
    "hit@1", "hit@5", "hit@10", "rr@10", "ndcg@10", "evidence_recall@5", "answer_in_context@5", "contains",
    "contains_first", "exact_match", "token_f1", "answer_recall", "choice_accuracy", "nugget_recall", "quote_exact",
    "citation_precision", "citation_recall", "gold_citation_precision", "gold_citation_recall",
    "invalid_citation_rate", "uncited_sentence_rate", "rejection_rate", "false_refusal_rate", "answerability_auroc",
    "aurc", "risk@80",
)
LADDER: Mapping[str, str] = {
    "right": "right", "error": "no reply", "not_retrieved": "not retrieved", "not_read": "retrieved but not read",
    "wrong_answer": "wrong answer", "bad_citation": "bad citation", "wrong_refusal": "wrong refusal",
    "answered_unanswerable": "answered the unanswerable", "unjudged": "not judged",
}


def show_run(console: Console, report: RunReport, *, folder: str) -> None:
    """The summary of a run: measures with intervals, the failure ladder, latency."""
    table = Table(box=None, pad_edge=False)
    table.add_column("measure")
    for heading in ("value", "95 % interval", "n"):
        table.add_column(heading, justify="right")
    for name in SHOWN:
        if name in report.measures:
            one = report.measures[name]
            table.add_row(name, format_value(one.value), format_interval(one), f"{one.n:,}")
    console.print(table)
    rungs = [f"{count:,} {LADDER[rung]}" for rung, count in report.ladder.items() if count]
    say(console, f"{report.n:,} questions: {', '.join(rungs)}")
    latency = report.latency.answer
    if latency["p50"] is not None:
        times = ", ".join(f"{latency[name]:.0f} ms ({name})" for name in latency)
        say(console, f"An answer in {times}")
    detectable = expect_detectable(report.n)
    say(console, f"With {report.n:,} questions, differences under {100 * detectable:.1f} points are noise.")
    if report.n_error:
        console.print(Text(f"{report.n_error:,} questions got no reply and score as the worst.", style="bold red"))
    say(console, f"The run is in {folder}")


def format_value(value: float | None) -> str:
    """Three decimals."""
    return "–" if value is None else f"{value:.3f}"


def format_interval(one: Summary) -> str:
    """Both ends, marked where the interval is not BCa's."""
    if one.low is None or one.high is None:
        return "–"
    mark = "" if one.method == "bca" else f" ({one.method})"
    return f"{one.low:.3f} … {one.high:.3f}{mark}"
