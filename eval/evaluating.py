"""A plan in, a finished run folder and its RunReport out: the whole path of `footnote eval run` in one screen."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from eval.errors import BrokenRun, MissingArticles
from eval.fingerprint import hash_code, hash_files, read_commit, read_versions
from eval.manifest import MANIFEST, Fingerprint, Manifest, read_manifest, require_same, write_manifest
from eval.measures import support
from eval.outputs import write_outputs
from eval.questions import GoldQuestion, load_questions
from eval.report import RunReport, build_report
from eval.results import RESULTS, ResultLog, read_rows
from eval.runner import Observer, RunOptions, run_questions
from eval.selection import EVERYTHING, Selection, hash_questions, select
from eval.targets import Target

FORMAT = 1
ANSWERING_CODE = ("ingest", "service")

OpenTarget = Callable[[], AbstractContextManager[Target]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to run. `corpus` is the file or folder that the target was built from, where that is known."""

    questions: Path
    out: Path
    corpus: Path | None = None
    selection: Selection = EVERYTHING
    resume: bool = False
    allow_missing: bool = False


def evaluate(plan: Plan, open_target: OpenTarget, *, options: RunOptions, observe: Observer) -> RunReport:
    """Ask all questions of the plan that were not asked yet, score them, and write the run folder."""
    questions = select(load_questions(plan.questions), plan.selection, given=options.given)
    _check_folder(plan)
    started = time.perf_counter()
    with open_target() as target:
        manifest = _begin(plan, target, questions=questions, options=options)
        opened = (time.perf_counter() - started) * 1000
        run_questions(
            questions, target, log=ResultLog.open(plan.out), observe=observe,
            options=replace(options, as_of=manifest.as_of, opened_ms=opened),
        )
    return rescore(plan.out)


def rescore(folder: Path) -> RunReport:
    """Measure a run anew from its results alone, and write its files; BrokenRun where questions are missing."""
    report = read_run(folder)
    write_outputs(folder, report)
    return report


def read_run(folder: Path) -> RunReport:
    """The report of a complete run, from its results alone; BrokenRun where questions are missing."""
    manifest = read_manifest(folder)
    rows = read_rows(folder / RESULTS)
    if len(rows) != manifest.fingerprint.questions:
        raise BrokenRun(
            f"{folder} holds {len(rows)} of {manifest.fingerprint.questions} questions; finish the run with --resume."
        )
    return build_report(rows.values(), manifest)


def _check_folder(plan: Plan) -> None:
    if (plan.out / MANIFEST).exists() and not plan.resume:
        raise BrokenRun(f"{plan.out} holds a run already; continue it with --resume, or give another --out.")
    if plan.resume and not (plan.out / MANIFEST).exists() and (plan.out / RESULTS).exists():
        raise BrokenRun(f"{plan.out} holds results without a manifest, so they cannot be continued; start another run.")


def _begin(plan: Plan, target: Target, *, questions: Sequence[GoldQuestion], options: RunOptions) -> Manifest:
    """Write the manifest of a new run, or hold the recorded one against what is there now."""
    fingerprint = _take_fingerprint(plan, target, questions=questions, options=options)
    _check_labels(plan, target, questions)
    if (plan.out / MANIFEST).exists():
        manifest = read_manifest(plan.out)
        require_same(manifest.fingerprint, fingerprint)
        return manifest
    manifest = Manifest(
        format=FORMAT, created_at=datetime.now(UTC), as_of=options.as_of, name=plan.questions.stem.split(".")[0],
        commit=read_commit(), fingerprint=fingerprint,
    )
    plan.out.mkdir(parents=True, exist_ok=True)
    write_manifest(plan.out, manifest)
    return manifest


def _take_fingerprint(
    plan: Plan, target: Target, *, questions: Sequence[GoldQuestion], options: RunOptions
) -> Fingerprint:
    facts = target.describe()
    return Fingerprint(
        questions=len(questions), questions_sha256=hash_questions(questions), selection=plan.selection.named,
        target=facts.kind, given=options.given, corpus_sha256=hash_files(plan.corpus) if plan.corpus else None,
        articles=facts.articles, articles_sha256=facts.articles_sha256, passages=facts.passages,
        passages_sha256=facts.passages_sha256, code_sha256=hash_code(ANSWERING_CODE),
        parts={**facts.parts, **_tell_answerer(options)},
        versions=read_versions(), support=support.NAME,
    )


def _tell_answerer(options: RunOptions) -> Mapping[str, str]:
    return {} if options.answerer == "extractive" else {"answerer": options.answerer}


def _check_labels(plan: Plan, target: Target, questions: Sequence[GoldQuestion]) -> None:
    missing = target.missing({article for one in questions for article in one.doc_ids})
    if missing and not plan.allow_missing:
        shown = ", ".join(repr(one) for one in missing[:3])
        raise MissingArticles(
            f"{len(missing)} gold articles are not in the index ({shown}{', …' if len(missing) > 3 else ''}), so that "
            "questions about them would count as misses; ingest them, or allow it with --allow-missing."
        )
