"""A Comparison in, one HTML page out: what differs by measure and slice, and the questions side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.charts import Whisker, place_interval
from eval.comparison import ChangedQuestion, Comparison, MeasureDelta
from eval.html_report import list_facts, make_command
from eval.pages import render_page
from eval.question_view import GotView, QuestionView, view_got, view_question
from eval.wording import UNSCALED, MeasureText, describe_measure

ALPHA = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class DeltaRow:
    """A measure in both runs; `verdict` is better, worse, or that it is not shown; nothing where it has no test."""

    text: MeasureText
    delta: MeasureDelta
    change: float
    whisker: Whisker | None
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """A question as the second run answered it, and what the first run said."""

    after: QuestionView
    before: GotView


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Questions that changed in one way."""

    name: str
    meaning: str
    pairs: tuple[PairView, ...]


def render_comparison(found: Comparison) -> str:
    """The page of a comparison; the same for the same runs."""
    before, after = found.before.manifest, found.after.manifest
    return render_page("comparison.html", {
        "found": found, "before": before, "after": after, "measures": _part(_list_deltas(found.measures)),
        "slices": {name: _part(_list_deltas(part))[0] for name, part in found.slices.items()},
        "facts": [
            (name, old, new) for (name, old), (_, new) in zip(list_facts(before), list_facts(after), strict=False)
        ],
        "commands": (make_command(before), make_command(after)),
        "sections": (
            Section(name="Fixed", meaning="Not right in A, right in B.", pairs=_view_pairs(found.fixed)),
            Section(name="Broken", meaning="Right in A, not right in B.", pairs=_view_pairs(found.broken)),
            Section(
                name="Changed", meaning="Answered otherwise, neither better nor worse.",
                pairs=_view_pairs(found.changed),
            ),
        ),
    })


def judge_delta(delta: MeasureDelta) -> str:
    """`better` or `worse` where p, corrected for all the measures, is below 0.05; else `not shown`."""
    if delta.difference is None or delta.p_holm is None:
        return ""
    if delta.before == delta.after:
        return "same" if not delta.difference.wins and not delta.difference.losses else "not shown"
    if delta.p_holm >= ALPHA:
        return "not shown"
    return "better" if delta.better else "worse"


def _list_deltas(deltas: Sequence[MeasureDelta]) -> list[DeltaRow]:
    """Every measure on the same line, with 0 in its middle."""
    reach = max((abs(number) for one in deltas if one.name not in UNSCALED for number in _numbers(one)), default=0.0)
    return [_view_delta(one, reach=reach or 1.0) for one in deltas]


def _part(rows: Sequence[DeltaRow]) -> tuple[list[DeltaRow], list[DeltaRow]]:
    """Those to look at first, and the others."""
    return [row for row in rows if row.text.headline], [row for row in rows if not row.text.headline]


def _view_delta(one: MeasureDelta, *, reach: float) -> DeltaRow:
    change, interval = one.after - one.before, one.difference.interval if one.difference else None
    whisker = None if one.name in UNSCALED else place_interval(
        change, interval.low if interval else None, interval.high if interval else None, bounds=(-reach, reach),
        reference=0.0,
    )
    return DeltaRow(
        text=describe_measure(one.name), delta=one, change=change, whisker=whisker, verdict=judge_delta(one)
    )


def _numbers(one: MeasureDelta) -> list[float]:
    interval = one.difference.interval if one.difference else None
    ends = [interval.low, interval.high] if interval else []
    return [one.after - one.before, *(end for end in ends if end is not None)]


def _view_pairs(pairs: Sequence[ChangedQuestion]) -> tuple[PairView, ...]:
    return tuple(PairView(after=view_question(pair.after), before=view_got(pair.before)) for pair in pairs)
