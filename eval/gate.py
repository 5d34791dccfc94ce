"""A run, rules and a baseline in, one verdict out, from which the printed word and the exit code both come."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass as parsed

from eval.baseline import Baseline, make_baseline
from eval.errors import BadGate
from eval.manifest import require_comparable
from eval.report import ORDER, SET_MEASURES, RunReport, Summary
from eval.rules import read_rules
from eval.scoring import LOWER_IS_BETTER
from eval.statistics import Difference, compare_paired, correct_holm

ALPHA = 0.05
ERRORS = "errors"
ROUNDING = 1e-9
_KEY = re.compile(r"(?P<measure>[^\[\]]+?)\s*(?:\[(?P<slice>[^\]]+)\])?")


class Verdict(Enum):
    """What a gate says; the value is the exit code."""

    PASS = 0
    FAIL = 1
    INCONCLUSIVE = 2


@parsed(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Rule:
    """What a measure must keep to. `max_drop` is how much worse than the baseline it may get, higher or lower."""

    min: float | None = None
    max: float | None = None
    max_drop: Annotated[float, Field(ge=0)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRule:
    """A rule and what it is about: a measure over all questions, or over a slice (`contains[temporal]`)."""

    key: str
    measure: str
    slice: str | None
    rule: Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One rule as it was judged, and why in words."""

    key: str
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GateResult:
    """All checks; the verdict of the gate is the worst that any rule has, where FAIL is worse than INCONCLUSIVE."""

    checks: tuple[Check, ...]

    @property
    def verdict(self) -> Verdict:
        verdicts = {check.verdict for check in self.checks}
        return next((one for one in (Verdict.FAIL, Verdict.INCONCLUSIVE) if one in verdicts), Verdict.PASS)


_RULES = TypeAdapter(dict[str, Rule])


def read_gate(path: Path) -> tuple[GateRule, ...]:
    """The rules of a YAML file; BadGate names what cannot be a rule."""
    rules = read_rules(path, _RULES, what="rule", example="recall@10: {min: 0.8}")
    return tuple(_make_rule(path, key, rule) for key, rule in rules.items())


def judge(report: RunReport, rules: Sequence[GateRule], baseline: Baseline | None) -> GateResult:
    """Judge a run; RunMismatch where the baseline is of other questions or articles.

    Without a baseline, how much was lost is not judged: the caller says whether that may be.
    """
    differences = {} if baseline is None else _find_differences(report, rules, baseline)
    adjusted = correct_holm({key: found.p for key, found in differences.items() if found is not None})
    checks = [_judge_errors(report, rules)]
    for one in rules:
        if one.measure == ERRORS:
            continue
        checks.append(_judge_level(one, _summary(report, one)))
        if one.rule.max_drop is not None and one.key in differences:
            checks.append(_judge_drop(one, differences[one.key], p=adjusted.get(one.key, 1.0)))
    return GateResult(checks=tuple(checks))


def is_improvement(report: RunReport, rules: Sequence[GateRule], baseline: Baseline) -> bool:
    """Whether no gated measure is worse than in the baseline and at least one is better."""
    now = make_baseline(report, gated_measures(rules)).scores
    gains = []
    for name, scores in baseline.scores.items():
        if name in now and scores and now[name]:
            gain = _mean(now[name]) - _mean(scores)
            gains.append(-gain if name in LOWER_IS_BETTER else gain)
    return all(gain >= -ROUNDING for gain in gains) and any(gain > ROUNDING for gain in gains)


def gated_measures(rules: Sequence[GateRule]) -> list[str]:
    """The measures that need a baseline."""
    return [one.measure for one in rules if one.rule.max_drop is not None]


def _make_rule(path: Path, key: str, rule: Rule) -> GateRule:
    found = _KEY.fullmatch(key.strip())
    measure = found["measure"] if found else key
    if found is None or measure not in (*ORDER, ERRORS):
        raise BadGate(f"{path}: there is no measure {measure!r}; metrics.json lists those that there are.")
    if rule.min is None and rule.max is None and rule.max_drop is None:
        raise BadGate(f"{path}: {key} asks for nothing; give it min, max or max_drop.")
    if rule.max_drop is not None and measure in (*SET_MEASURES, ERRORS):
        raise BadGate(f"{path}: {key} has no value for one question, so it takes min and max but no max_drop.")
    return GateRule(key=key, measure=measure, slice=found["slice"], rule=rule)


def _summary(report: RunReport, one: GateRule) -> Summary | None:
    if one.slice is None:
        return report.measures.get(one.measure)
    part = report.slices.get(one.slice)
    return part.measures.get(one.measure) if part else None


def _judge_errors(report: RunReport, rules: Sequence[GateRule]) -> Check:
    """More errors than allowed, by default any, leave everything else open."""
    allowed = next((one.rule.max or 0.0 for one in rules if one.measure == ERRORS), 0.0)
    well = report.n_error <= allowed * report.n
    reason = f"{report.n_error} of {report.n} questions got no reply"
    return Check(key=ERRORS, verdict=Verdict.PASS if well else Verdict.INCONCLUSIVE, reason=reason)


def _judge_level(one: GateRule, summary: Summary | None) -> Check:
    if summary is None or summary.value is None:
        return Check(key=one.key, verdict=Verdict.FAIL, reason="it applies to no question")
    value, low, high = summary.value, one.rule.min, one.rule.max
    if low is not None and value < low - ROUNDING:
        return Check(key=one.key, verdict=Verdict.FAIL, reason=f"{value:.4f} is below {low:g} (n = {summary.n})")
    if high is not None and value > high + ROUNDING:
        return Check(key=one.key, verdict=Verdict.FAIL, reason=f"{value:.4f} is above {high:g} (n = {summary.n})")
    return Check(key=one.key, verdict=Verdict.PASS, reason=f"{value:.4f} (n = {summary.n})")


def _judge_drop(one: GateRule, difference: Difference | None, *, p: float) -> Check:
    """Fails where the loss is certain and larger than allowed; passes where a larger one is ruled out."""
    if difference is None:
        return Check(key=one.key, verdict=Verdict.FAIL, reason="it applies to no question of the baseline")
    allowed = one.rule.max_drop or 0.0
    delta, low, high = _orient(one.measure, difference)
    interval = "unknown" if low is None or high is None else f"{low:+.4f} … {high:+.4f}"
    reason = f"{delta:+.4f} against the baseline ({interval}, p = {p:.4f} after Holm), {allowed:g} may be lost"
    if low is not None and low >= -allowed - ROUNDING:
        verdict = Verdict.PASS
    elif high is not None and high < 0 and -delta > allowed and p <= ALPHA:
        verdict = Verdict.FAIL
    else:
        verdict = Verdict.INCONCLUSIVE
    return Check(key=one.key, verdict=verdict, reason=reason)


def _orient(measure: str, difference: Difference) -> tuple[float, float | None, float | None]:
    """The difference and its interval so that more is better."""
    low, high = difference.interval.low, difference.interval.high
    if measure not in LOWER_IS_BETTER:
        return difference.delta, low, high
    return -difference.delta, None if high is None else -high, None if low is None else -low


def _find_differences(
    report: RunReport, rules: Sequence[GateRule], baseline: Baseline
) -> dict[str, Difference | None]:
    """For each rule with a largest drop, the run against the baseline; None where they share no question."""
    require_comparable(baseline.fingerprint, report.manifest.fingerprint)
    found: dict[str, Difference | None] = {}
    for one in rules:
        if one.rule.max_drop is None:
            continue
        former = baseline.scores.get(one.measure, {})
        both = [
            scored
            for scored in report.questions
            if scored.row.id in former and one.measure in scored.scores
            and (one.slice is None or one.slice in scored.slices)
        ]
        old, new = [former[each.row.id] for each in both], [each.scores[one.measure] for each in both]
        found[one.key] = compare_paired(old, new, [each.cluster for each in both]) if both else None
    return found


def _mean(scores: Mapping[str, float]) -> float:
    return sum(scores.values()) / len(scores)
