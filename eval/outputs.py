"""A RunReport in, the files of a run folder out: metrics.json, per_question.csv, junit.xml, report.html."""

import csv
import io
import xml.etree.ElementTree as ElementTree
from dataclasses import asdict
from pathlib import Path

from pydantic import JsonValue

from eval.comparison import Comparison
from eval.html_comparison import render_comparison
from eval.html_report import REPORT, render_report
from eval.manifest import dump
from eval.report import RunReport, SliceReport, Summary
from eval.results import QuestionFailure
from eval.scoring import ScoredQuestion
from ingest.errors import UsageError

METRICS, PER_QUESTION, JUNIT = "metrics.json", "per_question.csv", "junit.xml"
_FIRST = ("id", "status", "rung", "right", "confidence", "question", "gold", "answer")


def write_outputs(folder: Path, report: RunReport) -> None:
    """Write every file that is made of the results, each whole or not at all."""
    replace_file(folder / METRICS, dump(metrics_payload(report)))
    replace_file(folder / PER_QUESTION, _make_csv(report))
    replace_file(folder / JUNIT, _make_junit(report))
    replace_file(folder / REPORT, render_report(report))


def write_comparison(path: Path, found: Comparison) -> None:
    """Write a comparison's page; UsageError where it cannot be written."""
    try:
        replace_file(path, render_comparison(found))
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}); give another file with --html.") from error


def metrics_payload(report: RunReport) -> dict[str, JsonValue]:
    """The content of metrics.json; the same for the same answers, but for what was timed."""
    latency = report.latency
    return {
        "n": report.n,
        "n_error": report.n_error,
        "measures": {name: _summary(one) for name, one in report.measures.items()},
        "slices": {name: _slice(one) for name, one in report.slices.items()},
        "ladder": {rung: count for rung, count in report.ladder.items() if count},
        "latency_ms": {
            **latency.answer, "stages": {name: dict(one) for name, one in latency.stages.items()},
            "cold": [dict(one) for one in latency.cold],
        },
        "fingerprint": asdict(report.manifest.fingerprint),
    }


def gold_text(question: ScoredQuestion) -> str:
    """What should have been said, in one line."""
    gold = question.gold
    if gold.answerable is False:
        return "(not answerable)"
    return "; ".join(answer.text for answer in gold.answers) or "; ".join(one.text for one in gold.nuggets)


def got_text(question: ScoredQuestion) -> str:
    """What was said, or why nothing was."""
    if isinstance(question.row, QuestionFailure):
        return f"({question.row.status}: {question.row.message})"
    reply = question.row.reply
    return "" if reply is None else reply.answer.text


def _summary(one: Summary) -> dict[str, JsonValue]:
    return {"value": one.value, "n": one.n, "low": one.low, "high": one.high, "interval": one.method}


def _slice(one: SliceReport) -> dict[str, JsonValue]:
    return {
        "n": one.n, "n_error": one.n_error, "measures": {name: _summary(each) for name, each in one.measures.items()}
    }


def _make_csv(report: RunReport) -> str:
    measures = [name for name in report.measures if any(name in one.scores for one in report.questions)]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*_FIRST, *measures])
    for one in report.questions:
        right = "" if one.right is None else int(one.right)
        confidence = "" if one.confidence is None else one.confidence
        first = (one.row.id, one.row.status, one.rung, right, confidence, one.gold.question, gold_text(one))
        cells = [_plain(str(cell)) for cell in (*first, got_text(one))]
        writer.writerow([*cells, *(one.scores.get(name, "") for name in measures)])
    return stream.getvalue()


def _plain(cell: str) -> str:
    """Text that a spreadsheet would take for a formula is marked as text."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _make_junit(report: RunReport) -> str:
    """A test case for each question: what was not right fails with its rung, what got no answer is an error."""
    failed = [one for one in report.questions if one.rung not in ("right", "unjudged", "error")]
    suite = ElementTree.Element(
        "testsuite", name=f"footnote eval {report.manifest.name}", tests=str(report.n), failures=str(len(failed)),
        errors=str(report.n_error),
    )
    for one in report.questions:
        case = ElementTree.SubElement(suite, "testcase", classname=report.manifest.name, name=_xml(one.row.id))
        if one.rung == "error":
            ElementTree.SubElement(case, "error", message=_xml(got_text(one)), type=one.row.status)
        elif one.rung not in ("right", "unjudged"):
            message = f"{one.gold.question} | gold: {gold_text(one)} | got: {got_text(one)}"
            ElementTree.SubElement(case, "failure", message=_xml(message), type=one.rung)
    ElementTree.indent(suite)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suite, encoding="unicode") + "\n"


def _xml(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(one if one >= " " or one in "\t\n\r" else "\ufffd" for one in text)


def replace_file(path: Path, content: str) -> None:
    """Write a file whole or not at all."""
    new = path.with_name(f"{path.name}.new")
    new.write_text(content, encoding="utf-8")
    new.replace(path)


