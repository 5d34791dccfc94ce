"""A RunReport in, `report.html` out: one file to look at, without network and whole without JavaScript."""

import shlex
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from eval.charts import Whisker, place_percentiles, place_summary, plot_risk, plot_times, stack
from eval.manifest import Manifest
from eval.pages import render_page
from eval.question_view import view_question
from eval.report import RunReport, Summary
from eval.scoring import ScoredQuestion
from eval.statistics import expect_detectable
from eval.wording import GROUPS, UNSCALED, Group, MeasureText, Outcome, describe_measure, find_outcome, list_rungs

REPORT = "report.html"
_KEY_MEASURES = ("hit@5", "contains", "choice_accuracy", "citation_precision", "rejection_rate", "false_refusal_rate")
_HASH_SHOWN = 12
_KINDS = ("By whether there is an answer", "By slice", "By type")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """A measure with its value and where that lies between 0 and 1; no `whisker` where it is no share."""

    text: MeasureText
    summary: Summary
    whisker: Whisker | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureGroup:
    """The measures of one step, those to look at first and the others."""

    name: Group
    shown: tuple[MeasureRow, ...]
    others: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceRow:
    """A slice with a cell for each key measure, None where it does not apply."""

    name: str
    label: str
    n: int
    n_error: int
    right: int
    cells: tuple[MeasureRow | None, ...]


def render_report(report: RunReport) -> str:
    """The page of a run; the same for the same results."""
    outcomes = {one.row.id: find_outcome(one) for one in report.questions}
    counts = Counter(outcomes.values())
    latency, rungs = report.latency, list_rungs(counts)
    return render_page("report.html", {
        "report": report, "manifest": report.manifest, "facts": list_facts(report.manifest),
        "command": make_command(report.manifest), "detectable": expect_detectable(report.n),
        "right": counts["right"] + counts["rightly_refused"], "key": _rows(report, _KEY_MEASURES),
        "groups": _group_measures(report), "rungs": rungs,
        "bar": stack({rung.outcome: rung.count for rung in rungs}),
        "slices": _list_slices(report, outcomes),
        "slice_measures": [one.text for one in _rows(report, _KEY_MEASURES)], "slice_names": _name_slices(report),
        "risk": plot_risk(report.risk_coverage, now=_find_operating_point(report)),
        "times": plot_times(latency.answers, latency.answer), "stages": place_percentiles(latency.stages),
        "views": (
            (rung, [view_question(one) for one in report.questions if outcomes[one.row.id] == rung.outcome])
            for rung in rungs
        ),
    })


def make_command(manifest: Manifest) -> str:
    """What to type to ask the same questions again; what a run does not record is left in capitals."""
    fingerprint = manifest.fingerprint
    words = ["footnote", "eval", "run", f"{manifest.name}.jsonl"]
    if fingerprint.target != "in process":
        words += ["--url", "URL"]
    else:
        words += ["--corpus", "CORPUS"] if fingerprint.corpus_sha256 else ["--data", "DIR"]
    words += ["--given"] if fingerprint.given else []
    for name, value in fingerprint.selection.items():
        words += [f"--{name}", value]
    return shlex.join([*words, "--out", "RUN"])


def list_facts(manifest: Manifest) -> tuple[tuple[str, str], ...]:
    """What decides whether two runs can be compared, named, in the order in which it is asked for."""
    one = manifest.fingerprint
    chosen = ", ".join(f"{name} {value}" for name, value in one.selection.items()) or "all of the file"
    passages = "" if one.passages is None else f" in {one.passages:,} passages"
    return (
        ("begun", manifest.created_at.strftime("%Y-%m-%d %H:%M UTC")),
        ("asked as of", f"{manifest.as_of.isoformat()}, where a question names no day"),
        ("commit", _name_commit(manifest.commit)),
        ("questions", f"{one.questions:,} · {chosen} · {one.questions_sha256[:_HASH_SHOWN]}"),
        ("articles", f"{one.articles:,}{passages} · {one.articles_sha256[:_HASH_SHOWN]}"),
        ("index", (one.passages_sha256 or "unknown")[:_HASH_SHOWN]),
        ("asked", f"{one.target}{', given the gold articles' if one.given else ''}"),
        *((name, value) for name, value in one.parts.items()),
        ("support function", one.support),
    )


def _name_commit(commit: str | None) -> str:
    if commit is None:
        return "not a checkout"
    name = commit.removesuffix("-dirty")
    return f"{name[:_HASH_SHOWN]}{' and uncommitted changes' if name != commit else ''}"


def _row(name: str, summary: Summary, *, reference: float | None = None) -> MeasureRow:
    whisker = None if name in UNSCALED else place_summary(summary, reference=reference)
    return MeasureRow(text=describe_measure(name), summary=summary, whisker=whisker)


def _rows(report: RunReport, names: tuple[str, ...]) -> list[MeasureRow]:
    return [_row(name, report.measures[name]) for name in names if name in report.measures]


def _group_measures(report: RunReport) -> list[MeasureGroup]:
    rows = [_row(name, summary) for name, summary in report.measures.items()]
    groups = []
    for group in GROUPS:
        own = [row for row in rows if row.text.group == group]
        if own:
            groups.append(MeasureGroup(
                name=group, shown=tuple(row for row in own if row.text.headline),
                others=tuple(row for row in own if not row.text.headline),
            ))
    return groups


def _list_slices(report: RunReport, outcomes: Mapping[str, Outcome]) -> list[tuple[str, list[SliceRow]]]:
    """The slices by what they divide by."""
    names = [name for name in _KEY_MEASURES if name in report.measures]
    right = Counter(
        name for one in report.questions if outcomes[one.row.id] in ("right", "rightly_refused") for name in one.slices
    )
    rows = [
        SliceRow(
            name=name, label=name.removeprefix("type:"), n=part.n, n_error=part.n_error, right=right[name],
            cells=tuple(
                _row(each, part.measures[each], reference=report.measures[each].value)
                if each in part.measures else None
                for each in names
            ),
        )
        for name, part in report.slices.items()
    ]
    return [(kind, own) for kind in _KINDS if (own := [row for row in rows if _find_kind(row.name) == kind])]


def _find_kind(name: str) -> str:
    if name in ("answerable", "unanswerable"):
        return _KINDS[0]
    return _KINDS[2] if name.startswith("type:") else _KINDS[1]


def _name_slices(report: RunReport) -> tuple[list[str], list[str]]:
    """The slices and the types that questions can be chosen by."""
    types = [name.removeprefix("type:") for name in report.slices if name.startswith("type:")]
    return [name for name in report.slices if not name.startswith("type:")], types


def _find_operating_point(report: RunReport) -> tuple[float, float] | None:
    """The coverage and the risk of the answers that were given; None where none was judged."""
    judged = [one for one in report.questions if one.confidence is not None and one.right is not None]
    given = [one for one in judged if _was_answered(one)]
    if not given:
        return None
    return len(given) / len(judged), sum(one.right is False for one in given) / len(given)


def _was_answered(question: ScoredQuestion) -> bool:
    reply = question.row.reply if question.row.status == "ok" else None
    return reply is not None and not reply.refused
