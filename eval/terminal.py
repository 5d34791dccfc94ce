"""Reports, comparisons and faults in, text on a terminal out."""

import sys
from collections.abc import Sequence
from dataclasses import asdict

from pydantic import JsonValue
from rich.console import Console
from rich.table import Table
from rich.text import Text

from eval.comparison import ChangedQuestion, Comparison, MeasureDelta
from eval.gate import GateResult, Verdict
from eval.manifest import dump
from eval.matrix import TABLE, VariantRun, shown_measures
from eval.outputs import gold_text, got_text
from eval.report import RunReport, Summary
from eval.statistics import expect_detectable
from eval.support_pairs import KINDS, SupportAccuracy
from eval.validation import Fault
from eval.verifier import VerifierAccuracy
from eval.wording import LADDER
from service.terminal import make_console, say

FEW = 10
WIDE = 120
STYLES = {Verdict.PASS: "bold green", Verdict.FAIL: "bold red", Verdict.INCONCLUSIVE: "bold yellow"}

SHOWN = (
    "hit@1", "hit@5", "hit@10", "rr@10", "ndcg@10", "evidence_recall@5", "answer_in_context@5", "contains",
    "contains_first", "exact_match", "token_f1", "answer_recall", "choice_accuracy", "nugget_recall", "quote_exact",
    "citation_precision", "citation_recall", "gold_citation_precision", "gold_citation_recall",
    "invalid_citation_rate", "uncited_sentence_rate", "rejection_rate", "false_refusal_rate", "answerability_auroc",
    "aurc", "nauc", "risk@80",
)


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


def show_faults(count: int, faults: Sequence[Fault], *, checked_texts: bool, as_json: bool) -> None:
    """Every fault with its line, or that there is none."""
    if as_json:
        print_json({"questions": count, "faults": [asdict(fault) for fault in faults]})
        return
    console = make_console()
    for fault in faults:
        named = f" ({fault.question_id})" if fault.question_id else ""
        console.print(Text(f"line {fault.line}{named}: {fault.kind}: {fault.detail}"), soft_wrap=True)
    held = "held against their articles" if checked_texts else "not held against articles: give --corpus or --data"
    say(console, f"{count:,} questions, {len(faults):,} faults; {held}")


def show_comparison(found: Comparison, *, as_json: bool) -> None:
    """Deltas with intervals, and the questions that were fixed and broken."""
    if as_json:
        print_json(comparison_payload(found))
        return
    console = make_console()
    if not console.is_terminal:
        console.width = WIDE
    if found.settings:
        say(console, f"Differs: {', '.join(found.settings)}")
    table = Table(box=None, pad_edge=False)
    table.add_column("measure")
    for heading in ("A", "B", "delta", "95 % interval", "p", "p (Holm)", "won/lost", "detectable", "n"):
        table.add_column(heading, justify="right")
    for one in found.measures:
        if one.name in SHOWN:
            table.add_row(*_delta_row(one))
    console.print(table)
    for name, pairs in (("fixed", found.fixed), ("broken", found.broken)):
        _list_changed(console, name, pairs)
    say(console, f"{len(found.changed):,} answered otherwise, neither better nor worse")


def _list_changed(console: Console, name: str, pairs: Sequence[ChangedQuestion]) -> None:
    say(console, f"{len(pairs):,} {name}")
    for pair in pairs[:FEW]:
        say(console, f"  {pair.after.row.id}: {pair.after.gold.question}")
        say(console, f"    gold: {gold_text(pair.after)}")
        say(console, f"    A ({LADDER[pair.before.rung]}): {got_text(pair.before)}")
        say(console, f"    B ({LADDER[pair.after.rung]}): {got_text(pair.after)}")
    if len(pairs) > FEW:
        say(console, f"  … and {len(pairs) - FEW:,} more; --json lists all")


def comparison_payload(found: Comparison) -> dict[str, JsonValue]:
    """A comparison as JSON: measures, slices, and the ids of the questions that changed."""
    return {
        "differs": list(found.settings),
        "measures": {one.name: _delta_payload(one) for one in found.measures},
        "slices": {name: {one.name: _delta_payload(one) for one in part} for name, part in found.slices.items()},
        "fixed": [pair.after.row.id for pair in found.fixed],
        "broken": [pair.after.row.id for pair in found.broken],
        "changed": [pair.after.row.id for pair in found.changed],
    }


def show_gate(result: GateResult, *, note: str | None) -> None:
    """Each check, then the verdict."""
    console = make_console()
    for check in result.checks:
        line = Text.assemble((f"{check.verdict.name:<13}", STYLES[check.verdict]), f"{check.key}: {check.reason}")
        console.print(line, soft_wrap=True)
    if note:
        say(console, note)
    console.print(Text(result.verdict.name, style=STYLES[result.verdict]))


def show_matrix(runs: Sequence[VariantRun], *, folder: str) -> None:
    """A column for each variant."""
    console = make_console()
    table = Table(box=None, pad_edge=False)
    table.add_column("measure")
    for run in runs:
        table.add_column(run.name, justify="right")
    for name in shown_measures(runs):
        cells = (run.report.measures.get(name) for run in runs)
        table.add_row(name, *("–" if one is None else f"{format_value(one.value)}" for one in cells))
    console.print(table)
    say(console, f"{runs[0].report.n:,} questions; the runs and {TABLE}, with intervals, are in {folder}")


def show_support(found: Sequence[SupportAccuracy]) -> None:
    """A row for each kind of pairs."""
    console = make_console()
    table = Table(box=None, pad_edge=False)
    table.add_column("pairs")
    for heading in ("judged rightly", "95 % interval", "n"):
        table.add_column(heading, justify="right")
    for one in found:
        low, high = format_value(one.interval.low), format_value(one.interval.high)
        table.add_row(one.kind, format_value(one.value), f"{low} … {high}", f"{one.n:,}")
    console.print(table)
    for one in found:
        say(console, f"{one.kind}: {KINDS[one.kind]}")


def show_verifier(found: Sequence[VerifierAccuracy]) -> None:
    """A row for each kind of sentences."""
    table = Table(box=None, pad_edge=False)
    table.add_column("sentences")
    for heading in ("rejected", "rightly called", "ms each", "n"):
        table.add_column(heading, justify="right")
    for one in found:
        table.add_row(
            one.kind, format_value(one.rejected), format_value(one.right), f"{one.milliseconds:.1f}", f"{one.n:,}"
        )
    make_console().print(table)


class Keyboard:
    """Asks on the terminal."""

    def ask(self, what: str) -> str:
        """One line; the end of the input is an empty one."""
        try:
            return input(f"{what}: ").strip()
        except EOFError:
            return ""

    def tell(self, line: str) -> None:
        say(make_console(), line)


def print_json(value: JsonValue) -> None:
    """Indented, on stdout."""
    sys.stdout.write(dump(value))


def _delta_row(one: MeasureDelta) -> tuple[str, ...]:
    found = one.difference
    first = (one.name, format_value(one.before), format_value(one.after), f"{one.after - one.before:+.3f}")
    if found is None or one.p_holm is None:
        return (*first, "–", "–", "–", "–", "–", f"{one.n:,}")
    low, high = found.interval.low, found.interval.high
    interval = "–" if low is None or high is None else f"{low:+.3f} … {high:+.3f}"
    counts = (f"{found.wins}/{found.losses}", f"{found.detectable:.3f}", f"{one.n:,}")
    return (*first, interval, f"{found.p:.4f}", f"{one.p_holm:.4f}", *counts)


def _delta_payload(one: MeasureDelta) -> dict[str, JsonValue]:
    return {
        "before": one.before, "after": one.after, "delta": one.after - one.before, "n": one.n, "p_holm": one.p_holm,
        "difference": None if one.difference is None else asdict(one.difference),
    }
