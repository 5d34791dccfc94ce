"""Command lines in, exit codes out: 0 done, 1 a clear no, 2 usage or could not be done."""

import os
import signal
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ingest.article import Metadata, PublishedAt
from ingest.catalog import Catalog
from ingest.errors import FootnoteError, UsageError
from ingest.filters import Filters
from ingest.settings import load_settings
from service import commands, terminal
from service.domain import Question
from service.feedback_commands import feedback_app
from service.key_commands import keys_app
from service.keys import KeyRing
from service.limits import QUESTION_CHARACTERS
from service.options import (
    DataOption,
    JsonOption,
    choose_folder,
    print_json,
    print_line,
    read_day,
    read_text,
)
from service.payload import article_payload

DEMO_FOLDER = Path("footnote-demo")
DEMO_QUESTION = "what was agreed on canola?"


class Commands(TyperGroup):
    """Says what went wrong in one sentence on stderr, and never with a traceback."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  typer's own context class is private
        """Run the command; our errors, the system's and SQLite's end it with exit code 2."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise SystemExit(0) from None
        except (FootnoteError, OSError, sqlite3.Error) as error:
            _complain(str(error))
            raise SystemExit(2) from error
        except KeyboardInterrupt:
            _complain("stopped; every article that was acknowledged is kept.")
            raise SystemExit(130) from None


app = typer.Typer(
    cls=Commands, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False,
    help="Answers from your news, where every sentence opens the exact words it rests on.",
)
articles_app = typer.Typer(no_args_is_help=True, help="What is in the collection.")
app.add_typer(articles_app, name="articles")
app.add_typer(keys_app, name="keys")
app.add_typer(feedback_app, name="feedback")


@app.command()
def demo() -> None:
    """Ingest the sample articles into ./footnote-demo, ask one question, and show the answer with its footnotes."""
    settings, console = load_settings(), terminal.make_console()
    with as_file(files("ingest") / "sample") as sample:
        report = commands.take_in(settings, DEMO_FOLDER, [sample], given=Metadata(), quiet=False)
    terminal.say(console, f"{report.went_in} sample articles are in {DEMO_FOLDER}. Asking: {DEMO_QUESTION}")
    answer = commands.ask(settings, DEMO_FOLDER, Question(text=DEMO_QUESTION, as_of=date.today()))
    terminal.show_answer(console, answer)
    terminal.say(console, f'\nAsk your own: footnote ask "…" --data {DEMO_FOLDER}')


@app.command()
def ingest(  # noqa: PLR0913  one parameter an option
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, .jsonl and .jsonl.gz corpora.")],
    data: DataOption = None,
    publisher: Annotated[str | None, typer.Option(help="The publisher of all these articles.")] = None,
    published: Annotated[str | None, typer.Option("--date", help="When they were published, as 2026-01-20.")] = None,
    url: Annotated[str | None, typer.Option(help="Where the one article was published.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Take in articles; those that have not changed cost nothing."""
    settings = load_settings()
    given = Metadata(
        publisher=publisher, url=url,
        published_at=PublishedAt.of_day(read_day("--date", published)) if published else None,
    )
    report = commands.take_in(settings, choose_folder(data), _check_paths(paths, url), given=given, quiet=as_json)
    if as_json:
        print_json({**asdict(report), "went_in": report.went_in})
    else:
        terminal.show_report(terminal.make_console(), report)
    if not report.went_in:
        raise typer.Exit(1)


@app.command()
def ask(  # noqa: PLR0913  one parameter an option
    question: Annotated[str, typer.Argument(help="What you want to know.")],
    data: DataOption = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="Nothing newer is used; today.")] = None,
    after: Annotated[str | None, typer.Option(metavar="DAY", help="Published on this day or later.")] = None,
    before: Annotated[str | None, typer.Option(metavar="DAY", help="Published on this day or earlier.")] = None,
    publisher: Annotated[list[str] | None, typer.Option(help="By this publisher; may be repeated.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Answer from the articles, with a footnote for every sentence."""
    settings = load_settings()
    filters = Filters(
        after=read_day("--after", after) if after else None, before=read_day("--before", before) if before else None,
        publishers=tuple(publisher or ()),
    )
    if filters.after and filters.before and filters.after > filters.before:
        raise UsageError(f"--after {after} is later than --before {before}; swap them.")
    day = read_day("--as-of", as_of) if as_of else date.today()
    asked = Question(text=_check_question(question), as_of=day, filters=filters)
    answer = commands.ask(settings, choose_folder(data), asked)
    if as_json:
        print_line(answer.model_dump_json(indent=2))
    else:
        terminal.show_answer(terminal.make_console(), answer)


@app.command()
def check(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="A text in UTF-8; -: from stdin.")],
    data: DataOption = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="Nothing newer is used; today.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Hold each sentence of a text against the articles; exit code 1 where one is not supported."""
    day = read_day("--as-of", as_of) if as_of else date.today()
    draft = Question(text=read_text(file), as_of=day)
    checked = commands.check(load_settings(), choose_folder(data), draft)
    if as_json:
        print_line(checked.model_dump_json(indent=2))
    else:
        terminal.show_check(terminal.make_console(), checked)
    if checked.unsupported:
        raise typer.Exit(1)


@articles_app.command("list")
def list_articles(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Every article, in order of the ids."""
    with Catalog(choose_folder(data)) as catalog:
        if as_json:
            print_json([article_payload(article).model_dump() for article in catalog.every_article()])
        else:
            terminal.show_articles(terminal.make_console(), catalog.every_article())


@articles_app.command("show")
def show_article(
    article_id: Annotated[str, typer.Argument(metavar="ID")],
    version: Annotated[int | None, typer.Option(help="An earlier version.")] = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """One article as it is cited: metadata, what was left out, text."""
    with Catalog(choose_folder(data)) as catalog:
        article = catalog.article(article_id, version=version)
    if as_json:
        about = article_payload(article).model_dump()
        print_json({**about, "cuts": [asdict(cut) for cut in article.cuts], "text": article.text})
    else:
        terminal.show_article(terminal.make_console(), article)


@articles_app.command("delete")
def delete_articles(article_ids: Annotated[list[str], typer.Argument(metavar="ID…")], data: DataOption = None) -> None:
    """Remove articles from every answer at once; `footnote reindex` then removes them from every file."""
    folder = choose_folder(data)
    commands.delete(folder, article_ids)
    count = f"{len(article_ids):,} article{'s' * (len(article_ids) != 1)} deleted"
    terminal.say(terminal.make_console(), f"{count}; to remove every trace, run: footnote reindex --data {folder}")


@app.command()
def doctor(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Check the catalog and every index made of it, and say what to do; exit code 1 where there is a fault."""
    findings = commands.examine(choose_folder(data))
    if as_json:
        listed = list(findings)
        print_json([asdict(finding) for finding in listed])
        well = all(finding.remedy is None for finding in listed)
    else:
        well = terminal.show_findings(terminal.make_console(), findings)
    if not well:
        raise typer.Exit(1)


@app.command()
def reindex(data: DataOption = None) -> None:
    """Rebuild the indexes from the catalog; embeds again only where FOOTNOTE_EMBEDDING_MODEL has changed."""
    projected = commands.reindex(load_settings(), choose_folder(data))
    number = "no generation" if projected.generation is None else f"generation {projected.generation}"
    terminal.say(terminal.make_console(), f"{projected.indexed:,} passages indexed; {number} is in use.")


@app.command()
def serve(
    data: DataOption = None,
    host: Annotated[str | None, typer.Option(help="The address to listen on [FOOTNOTE_HOST, 127.0.0.1].")] = None,
    port: Annotated[int | None, typer.Option(help="0: any [FOOTNOTE_PORT, 8000].", min=0, max=65_535)] = None,
    insecure: Annotated[bool, typer.Option("--insecure", help="Whoever reaches it may ask, without a key.")] = False,
    workers: Annotated[int, typer.Option(help="1: one process owns the data folder.", min=1)] = 1,
) -> None:
    """Answer over HTTP, and take in articles, until stopped."""
    # Until it serves: the system keeps SIGTERM from process 1 of a container unless that process handles it.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(128 + signal.SIGTERM))
    if workers > 1:
        raise UsageError(
            f"--workers {workers} is not possible: one process owns a data folder, and answers several questions at a "
            "time already (FOOTNOTE_ANSWER_THREADS)."
        )
    from service.api.server import serve as run

    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings, folder = load_settings().model_copy(update=given), choose_folder(data)
    commands.prepare(settings, quiet=False)
    console = terminal.make_console()

    def tell(url: str, articles: int) -> None:
        terminal.show_service(console, url, articles=articles, folder=folder, keys=KeyRing(folder).list())

    run(settings, folder, insecure=insecure, tell=tell)


def _check_question(text: str) -> str:
    if not text.strip():
        raise UsageError("The question is empty; ask something, for example: footnote ask \"what was agreed?\"")
    if len(text) > QUESTION_CHARACTERS:
        raise UsageError(f"The question has {len(text):,} characters; shorten it to {QUESTION_CHARACTERS:,}.")
    return text


def _check_paths(paths: Sequence[str], url: str | None) -> list[Path]:
    for path in paths:
        if path.startswith(("http://", "https://")):
            raise UsageError(f"Fetching {path} is not built yet; save the page and ingest the file with --url.")
    if url and (len(paths) > 1 or Path(paths[0]).is_dir()):
        raise UsageError("--url names one article; give one file with it.")
    return [Path(path) for path in paths]


def _complain(reason: str) -> None:
    terminal.say(terminal.make_console(stderr=True), f"footnote: {reason}")
