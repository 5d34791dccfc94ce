"""Command lines of `footnote feedback` in: what readers thought of answers, shown, exported and deleted."""

from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from ingest.errors import UsageError
from ingest.settings import load_settings
from service import terminal
from service.feedback import FeedbackStore, Vote
from service.options import DataOption, JsonOption, choose_folder, print_json, print_line, read_day, safe_json

feedback_app = typer.Typer(no_args_is_help=True, help="What readers thought of answers.")


@feedback_app.command("list")
def list_feedback(
    limit: Annotated[int, typer.Option(help="So many, the latest first.", min=1)] = 20,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """The latest votes, with their reasons."""
    votes = _open(data).votes()
    if as_json:
        print_json([_plain(vote) for vote in votes[:limit]])
        return
    console = terminal.make_console()
    up = sum(vote.rating == "up" for vote in votes)
    terminal.say(console, f"{up:,} up, {len(votes) - up:,} down")
    for vote in votes[:limit]:
        terminal.say(console, f"\n{vote.rating:<4}  {vote.voted_at:%Y-%m-%d %H:%M} UTC  {vote.answer_id}")
        for name, text in (("asked", vote.question), ("said", vote.reason)):
            if text:
                terminal.say(console, f"      {name}: {' '.join(text.split())}")


@feedback_app.command("export")
def export_feedback(data: DataOption = None) -> None:
    """Print every vote as a line of JSON, the latest first; for a file: footnote feedback export > votes.jsonl."""
    for vote in _open(data).votes():
        print_line(safe_json(_plain(vote)))


@feedback_app.command("purge")
def purge_feedback(
    before: Annotated[str | None, typer.Option(metavar="DAY", help="Those from before this day (UTC).")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Delete votes, so that nothing is left of them; a running service goes on."""
    if everything == (before is not None):
        raise UsageError("Say which votes to delete: --before DAY, or --all.")
    gone = _open(data).purge(before=_midnight(read_day("--before", before)) if before else None)
    if as_json:
        print_json({"deleted": gone})
    else:
        terminal.say(terminal.make_console(), f"{gone:,} vote{'s' * (gone != 1)} deleted.")


def _open(data: Path | None) -> FeedbackStore:
    return FeedbackStore(choose_folder(data), days=load_settings().feedback_days)


def _plain(vote: Vote) -> dict[str, object]:
    return {**asdict(vote), "voted_at": vote.voted_at.isoformat(timespec="milliseconds")}


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
