"""`footnote eval …` in, exit codes out: 0 done or passed, 1 a clear no, 2 usage or could not be judged.

Each command imports what it uses, so that `footnote ask` and `footnote --help` load none of it.
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.errors import UsageError
from ingest.settings import load_settings

if TYPE_CHECKING:
    from eval.opening import Place
    from eval.runner import RunOptions

eval_app = typer.Typer(no_args_is_help=True, help="How good are the answers? Batches of gold questions, measured.")

QuestionsArgument = Annotated[Path, typer.Argument(metavar="QUESTIONS", help="JSONL, .gz or a BEIR folder.")]
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
MissingOption = Annotated[bool, typer.Option("--allow-missing", help="Go on where gold articles are not there.")]


@eval_app.command()
def run(  # noqa: PLR0913  one parameter an option
    questions: QuestionsArgument,
    out: Annotated[Path, typer.Option(metavar="RUN", help="The run's folder.")],
    corpus: CorpusOption = None,
    data: DataOption = None,
    url: UrlOption = None,
    given: Annotated[bool, typer.Option("--given", help="Answer from the question's own gold articles only.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Continue a run that was cut off.")] = False,
    limit: LimitOption = None,
    sample: SampleOption = None,
    seed: SeedOption = 0,
    part: SliceOption = None,
    max_errors: ErrorsOption = "5%",
    workers: WorkersOption = 1,
    timeout: TimeoutOption = 60.0,
    allow_missing: MissingOption = False,
) -> None:
    """Ask every question, measure the answers, and write RUN: results.jsonl, metrics.json, per_question.csv, …"""
    from eval import terminal
    from eval.evaluating import Plan, evaluate
    from eval.opening import Place, make_opener
    from eval.progress import show_run
    from eval.selection import Selection
    from service.terminal import make_console

    settings, stderr = load_settings(), make_console(stderr=True)
    place = Place(corpus=corpus, data=data, url=url)
    plan = Plan(
        questions=questions, out=out, corpus=corpus, resume=resume, allow_missing=allow_missing,
        selection=Selection(slice=part, sample=sample, seed=seed, limit=limit),
    )
    options = _make_options(place, given=given, timeout=timeout, workers=workers, max_errors=max_errors)
    opener = make_opener(place, settings, console=stderr, timeout=timeout, workers=workers)
    with show_run(stderr) as observe:
        report = evaluate(plan, opener, options=options, observe=observe)
    terminal.show_run(make_console(), report, folder=str(out))


def _make_options(place: "Place", *, given: bool, timeout: float, workers: int, max_errors: str) -> "RunOptions":
    from eval.runner import RunOptions

    if place.url is None and workers > 1:
        raise UsageError("--workers asks a running service at once; give it with --url.")
    if place.url is not None and given:
        raise UsageError("--given answers inside this process; give --corpus or --data instead of --url.")
    return RunOptions(
        as_of=date.today(), given=given, timeout=timeout, interrupt=place.url is None, workers=workers,
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
