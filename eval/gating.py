"""A run, a rules file and a baseline file in, the verdict out, and the baseline raised where the run is better."""

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

from eval.baseline import make_baseline, read_baseline, write_baseline
from eval.gate import GateResult, Verdict, gated_measures, is_improvement, judge, read_gate
from eval.outputs import replace_file
from eval.report import RunReport
from ingest.errors import UsageError

JUNIT = "gate.junit.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A verdict, and what was done to the baseline in words; None where there was nothing to do."""

    result: GateResult
    note: str | None


def apply_gate(report: RunReport, rules_file: Path, *, baseline: Path | None, ratchet: bool) -> Judged:
    """Judge a run. UsageError where rules need a baseline that is not there.

    With `ratchet`, a run that passes becomes the baseline where it is the first, or where no gated measure is worse
    than before and one is better: so a slow loss adds up until it fails.
    """
    rules = read_gate(rules_file)
    measures = gated_measures(rules)
    if ratchet and baseline is None:
        raise UsageError("--ratchet writes the baseline; name its file with --baseline.")
    if measures and (baseline is None or not (baseline.exists() or ratchet)):
        raise UsageError(
            f"{rules_file} limits how much {measures[0]} may drop; name the --baseline, or make one with --ratchet."
        )
    former = read_baseline(baseline) if baseline is not None and baseline.exists() else None
    result = judge(report, rules, former)
    if not ratchet or baseline is None:
        return Judged(result=result, note=None)
    if result.verdict is not Verdict.PASS:
        return Judged(result=result, note=f"{baseline} is kept: only a run that passes becomes the baseline.")
    if former is not None and not is_improvement(report, rules, former):
        return Judged(result=result, note=f"{baseline} is kept: the run is not better in all that is gated.")
    write_baseline(baseline, make_baseline(report, measures))
    return Judged(result=result, note=f"{baseline} is now this run.")


def write_junit(folder: Path, result: GateResult) -> None:
    """A test case for each check: FAIL is a failure, INCONCLUSIVE an error."""
    count = {verdict: sum(check.verdict is verdict for check in result.checks) for verdict in Verdict}
    suite = ElementTree.Element(
        "testsuite", name="footnote eval gate", tests=str(len(result.checks)), failures=str(count[Verdict.FAIL]),
        errors=str(count[Verdict.INCONCLUSIVE]),
    )
    for check in result.checks:
        case = ElementTree.SubElement(suite, "testcase", classname="gate", name=check.key)
        if check.verdict is not Verdict.PASS:
            kind = "failure" if check.verdict is Verdict.FAIL else "error"
            ElementTree.SubElement(case, kind, message=check.reason, type=check.verdict.name)
    ElementTree.indent(suite)
    content = '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suite, encoding="unicode") + "\n"
    replace_file(folder / JUNIT, content)
