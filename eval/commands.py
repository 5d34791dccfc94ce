"""`footnote eval …` in, exit codes out: 0 done or passed, 1 a clear no, 2 usage or could not be judged.

Each command imports what it uses, so that `footnote ask` and `footnote --help` load none of it.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.errors import UsageError
from ingest.settings import load_settings
from service.domain import AskedAnswerer

if TYPE_CHECKING:
    from eval.opening import Place
    from eval.runner import RunOptions

eval_app = typer.Typer(no_args_is_help=True, help="How good are the answers? Batches of gold questions, measured.")

QuestionsArgument = Annotated[
    Path, typer.Argument(metavar="QUESTIONS", help="JSONL, .gz, a BEIR folder, SQuAD's .json or .csv.")
]
CorpusOption = Annotated[Path | None, typer.Option(help="Articles to ingest (once) and ask: JSONL, .gz or a folder.")]
DataOption = Annotated[Path | None, typer.Option(help="A data folder to ask.")]
UrlOption = Annotated[str | None, typer.Option(metavar="URL", help="A running service to ask.")]
LimitOption = Annotated[int | None, typer.Option(min=1, help="Only the first so many questions.")]
SampleOption = Annotated[int | None, typer.Option(min=1, help="Only so many questions, chosen at random.")]
SeedOption = Annotated[int, typer.Option(help="What --sample chooses by.")]
SliceOption = Annotated[str | None, typer.Option("--slice", help="Only questions of this slice or type.")]
ErrorsOption = Annotated[str, typer.Option(metavar="SHARE", help="Stop when more questions fail, as 5% or 0.05.")]
TimeoutOption = Annotated[float, typer.Option(min=0.001, help="Seconds for each question.")]
WorkersOption = Annotated[int, typer.Option(min=1, max=64, help="Questions asked at once; with --url only.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
ResumeOption = Annotated[bool, typer.Option("--resume", help="Continue what was cut off.")]
RunArgument = Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run.")]
MissingOption = Annotated[bool, typer.Option("--allow-missing", help="Go on where gold articles are not there.")]


@eval_app.command()
def run(  # noqa: PLR0913  one parameter an option
    questions: QuestionsArgument,
    out: Annotated[Path, typer.Option(metavar="RUN", help="The run's folder.")],
    corpus: CorpusOption = None,
    data: DataOption = None,
    url: UrlOption = None,
    given: Annotated[bool, typer.Option("--given", help="Answer from the question's own gold articles only.")] = False,
    resume: ResumeOption = False,
    limit: LimitOption = None,
    sample: SampleOption = None,
    seed: SeedOption = 0,
    part: SliceOption = None,
    max_errors: ErrorsOption = "5%",
    workers: WorkersOption = 1,
    timeout: TimeoutOption = 60.0,
    allow_missing: MissingOption = False,
    answerer: Annotated[AskedAnswerer, typer.Option(help="Who answers; generative: a language model.")] = "extractive",
) -> None:
    """Ask every question, measure the answers, and write RUN: results.jsonl, metrics.json, per_question.csv, …"""
    from eval import terminal
    from eval.evaluating import Plan, evaluate
    from eval.opening import Place, make_opener
    from eval.progress import show_run
    from eval.selection import Selection
    from service.terminal import make_console, say

    stderr, place = make_console(stderr=True), Place(corpus=corpus, data=data, url=url)
    plan = Plan(
        questions=questions, out=out, corpus=corpus, resume=resume, allow_missing=allow_missing,
        selection=Selection(slice=part, sample=sample, seed=seed, limit=limit),
    )
    options = _make_options(place, given=given, timeout=timeout, workers=workers, max_errors=max_errors)
    opener = make_opener(place, load_settings(), console=stderr, timeout=timeout, workers=workers)
    try:
        with show_run(stderr) as observe:
            report = evaluate(plan, opener, options=replace(options, answerer=answerer), observe=observe)
    except KeyboardInterrupt:
        say(stderr, f"footnote: stopped; every answer is kept, and --resume continues with the others in {out}.")
        raise typer.Exit(130) from None
    terminal.show_run(make_console(), report, folder=str(out))


@eval_app.command()
def validate(
    questions: QuestionsArgument, corpus: CorpusOption = None, data: DataOption = None, as_json: JsonOption = False
) -> None:
    """Check gold questions by themselves and against their articles; exit code 1 where there is a fault."""
    from eval import terminal, validation
    from eval.articles import read_corpus_texts, read_data_texts

    if corpus is not None and data is not None:
        raise UsageError("Give one of --corpus CORPUS and --data DIR.")
    texts = read_data_texts(data) if data is not None else None
    if corpus is not None:
        texts = read_corpus_texts(corpus, max_article_bytes=load_settings().max_article_bytes)
    count, faults = validation.validate(questions, texts)
    terminal.show_faults(count, faults, checked_texts=texts is not None, as_json=as_json)
    if faults:
        raise typer.Exit(1)


@eval_app.command()
def rescore(folder: RunArgument) -> None:
    """Measure a run anew from its results alone, without asking anything."""
    from eval import evaluating, terminal
    from service.terminal import make_console

    terminal.show_run(make_console(), evaluating.rescore(folder), folder=str(folder))


@eval_app.command()
def compare(
    before: Annotated[Path, typer.Argument(metavar="A", help="A run.")],
    after: Annotated[Path, typer.Argument(metavar="B", help="Another run over the same questions and articles.")],
    as_json: JsonOption = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page with every changed question.")] = None,
) -> None:
    """What B does better and worse than A: by measure with intervals, by slice, question by question."""
    from eval import comparison, terminal
    from eval.evaluating import read_run
    from eval.outputs import write_comparison

    found = comparison.compare(read_run(before), read_run(after))
    if html is not None:
        write_comparison(html, found)
    terminal.show_comparison(found, as_json=as_json)


@eval_app.command()
def gate(
    folder: RunArgument,
    rules: Annotated[Path, typer.Argument(metavar="GATE", help="YAML: recall@10: {min: 0.8, max_drop: 0.02}.")],
    baseline: Annotated[Path | None, typer.Option(help="The best run so far, for max_drop.")] = None,
    ratchet: Annotated[bool, typer.Option("--ratchet", help="Make a better run the new baseline.")] = False,
) -> None:
    """Judge a run by rules: PASS (exit code 0), FAIL (1) or INCONCLUSIVE (2)."""
    from eval import gating, terminal
    from eval.evaluating import read_run

    judged = gating.apply_gate(read_run(folder), rules, baseline=baseline, ratchet=ratchet)
    terminal.show_gate(judged.result, note=judged.note)
    gating.write_junit(folder, judged.result)
    raise typer.Exit(judged.result.verdict.value)


@eval_app.command()
def matrix(  # noqa: PLR0913  one parameter an option
    questions: QuestionsArgument,
    out: Annotated[Path, typer.Option(metavar="DIR", help="A folder with a run for each variant.")],
    variants: Annotated[Path | None, typer.Option(help="YAML, as `dense: {ranking: dense}`.")] = None,
    corpus: CorpusOption = None,
    data: DataOption = None,
    resume: ResumeOption = False,
    limit: LimitOption = None,
    sample: SampleOption = None,
    seed: SeedOption = 0,
    part: SliceOption = None,
    allow_missing: MissingOption = False,
) -> None:
    """Run several settings over one set, and print them side by side; else as used, plain BM25 and plain dense."""
    from eval import terminal
    from eval.evaluating import Plan
    from eval.matrix import PLAIN, read_variants
    from eval.opening import Place, run_matrix
    from eval.selection import Selection
    from service.terminal import make_console

    plan = Plan(
        questions=questions, out=out, corpus=corpus, resume=resume, allow_missing=allow_missing,
        selection=Selection(slice=part, sample=sample, seed=seed, limit=limit),
    )
    chosen = PLAIN if variants is None else read_variants(variants)
    place, stderr = Place(corpus=corpus, data=data), make_console(stderr=True)
    terminal.show_matrix(run_matrix(plan, place, chosen, settings=load_settings(), console=stderr), folder=str(out))


@eval_app.command()
def support(
    questions: QuestionsArgument,
    corpus: Annotated[Path, typer.Option(metavar="CORPUS", help="Their snippets, right and planted, as RAMDocs.")],
) -> None:
    """How often the support function is right, by which citations are judged: on snippets with planted errors."""
    from eval import support_pairs, terminal

    terminal.show_support(support_pairs.measure_support(support_pairs.read_pairs(questions, corpus)))


@eval_app.command()
def verifier(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="Articles: JSONL, .gz or a folder.")],
    sample: Annotated[int, typer.Option(min=1, help="Sentences, chosen at random.")] = 650,
    seed: SeedOption = 0,
    model: Annotated[bool, typer.Option(help="Let the model judge what rules about words leave open.")] = True,
) -> None:
    """How often the verifier is right: on sentences of articles as they are, and changed so that they are false."""
    from eval import terminal
    from eval.articles import read_corpus_texts
    from eval.verifier import make_changes, measure_verifier
    from service.wiring import make_judge

    settings = load_settings()
    texts = read_corpus_texts(corpus, max_article_bytes=settings.max_article_bytes)
    judge = make_judge(settings) if model else None
    terminal.show_verifier(measure_verifier(make_changes(texts, limit=sample, seed=seed), judge=judge))


@eval_app.command()
def draft(
    article_id: Annotated[str, typer.Argument(metavar="ID", help="An article of the data folder.")],
    questions: Annotated[Path, typer.Option(metavar="QUESTIONS.jsonl", help="What to append to.")],
    data: DataOption = None,
    split: Annotated[str, typer.Option(help="The part that the questions belong to.")] = "dev",
    day: Annotated[str | None, typer.Option("--date", metavar="DAY", help="The day that they are asked.")] = None,
) -> None:
    """Write gold questions about an article: it is shown, and the sentences that answer are found."""
    from eval import drafting, terminal
    from ingest.catalog import Catalog
    from service.terminal import make_console
    from service.terminal import show_article as show

    with Catalog(data or load_settings().data) as catalog:
        article = catalog.article(article_id)
    show(make_console(), article)
    drafted = drafting.Drafted(split=split, date=_day(day) if day else None)
    count = drafting.draft_questions(article, questions, prompter=terminal.Keyboard(), drafted=drafted)
    if not count:
        raise typer.Exit(1)


def _make_options(place: "Place", *, given: bool, timeout: float, workers: int, max_errors: str) -> "RunOptions":
    from eval.runner import RunOptions

    if place.url is None and workers > 1:
        raise UsageError("--workers asks a running service at once; give it with --url.")
    if place.url is not None and given:
        raise UsageError("--given answers inside this process; give --corpus or --data instead of --url.")
    return RunOptions(
        as_of=date.today(), given=given, timeout=timeout, aside=place.url is None, workers=workers,
        max_errors=_share(max_errors),
    )


def _share(value: str) -> float:
    try:
        share = float(value.removesuffix("%")) / (100 if value.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise UsageError(f"--max-errors {value!r} is not a share; write it as 5% or 0.05.")
    return share


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(f"--date {value!r} is not a day; write it as 2026-01-20.") from error
