"""What is printed: golden where it is piped, within the width on a terminal, and never interpreted."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from rich.console import Console

from service import terminal
from service.domain import Answer
from service.payload import answer_payload
from tests.answers import find_evidence, make_answer, make_article, make_source
from tests.golden_files import check_golden

COST = "Work cost $4.2 million, said the engineer, Zoë Brandvold."
RECORD = make_article(
    f"The Marlow Creek footbridge opened on Tuesday after 14 months of work.\n\n{COST}\n\nSwallows nest below.",
    "record-17", title="Footbridge opens", publisher="Marlow Record", author="Ilse Aubin", published="2026-02-10",
    url="https://marlow.example/17",
)
COPY = make_article(RECORD.text, "copy-3", publisher="Harbour Wire")
# Canonical text holds no control characters; ids, titles and publishers that are given may.
HOSTILE = make_article(
    "The [bold]bridge[/bold] of :smile: cost [link=https://evil.example]$4[/link] and [/] is \\[open].",
    "id\x1b]0;owned\x07", title="Title [red]with[/red] \x1b[31mcolours\x9b0m", publisher="Pub\r\nlisher\u202e",
)
ANSI = re.compile(r"\x1b\[[\d;]*m")


@contextmanager
def _printing(monkeypatch: pytest.MonkeyPatch, width: int | None) -> Iterator[tuple[Console, io.StringIO]]:
    """A console that prints for a pipe, or for a colour terminal of this width, and what it printed."""
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    if width:
        for name, value in (("COLUMNS", str(width)), ("FORCE_COLOR", "1"), ("TERM", "xterm-256color")):
            monkeypatch.setenv(name, value)
    console = terminal.make_console()
    console.file = printed = io.StringIO()
    yield console, printed


def _print(answer: Answer, monkeypatch: pytest.MonkeyPatch, *, width: int | None = None) -> str:
    with _printing(monkeypatch, width) as (console, printed):
        terminal.show_answer(console, answer_payload(answer))
    return printed.getvalue()


def _answer() -> Answer:
    return make_answer(
        "How much did the footbridge cost?", find_evidence(RECORD, COST, short="$4.2 million"),
        sources=(make_source(RECORD, 1, cited=True, also_carried_by=(COPY,)),),
    )


def _hostile() -> Answer:
    return make_answer(
        "What is open?", find_evidence(HOSTILE, HOSTILE.text), sources=(make_source(HOSTILE, 1, cited=True),)
    )


def test_piped_answer_is_plain_text_with_unbroken_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    check_golden("terminal_answer.txt", _print(_answer(), monkeypatch))


def test_piped_no_answer_shows_the_nearest_passage(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = make_answer("How tall is it?", sources=(make_source(RECORD, 1, cited=False),), band_of=0.03)
    check_golden("terminal_no_answer.txt", _print(answer, monkeypatch))


def test_text_of_articles_is_printed_and_never_interpreted(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = _print(_hostile(), monkeypatch)
    assert f"“{HOSTILE.text}”" in printed
    assert "Title [red]with[/red] \ufffd[31mcolours\ufffd0m" in printed
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", printed)


@pytest.mark.parametrize("width", [20, 40, 80, 100])
def test_terminal_lines_keep_within_the_width(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    for answer in (_answer(), _hostile()):
        lines = ANSI.sub("", _print(answer, monkeypatch, width=width)).splitlines()
        assert max(len(line) for line in lines) <= width


def test_terminal_shows_the_short_answer_in_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = _print(_answer(), monkeypatch, width=100)
    assert ANSI.search(printed)
    assert COST in ANSI.sub("", printed)
    assert re.search(r"\x1b\[[\d;]*4[\d;]*m\$4\.2 million\x1b", printed)


def test_terminal_gets_only_the_colours_that_we_choose(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = ANSI.sub("", _print(_hostile(), monkeypatch, width=100))
    assert "\x1b" not in plain
    assert "\x07" not in plain
    assert "[bold]bridge[/bold]" in plain


@pytest.mark.parametrize("width", [40, 80, 120])
def test_terminal_lists_each_article_with_its_whole_id(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    address = "https://marlow.example/2026/02/10/" + "a-very-long-address-of-a-footbridge-" * 3
    with _printing(monkeypatch, width) as (console, printed):
        terminal.show_articles(console, [RECORD, make_article("Rain fell.", address)])
    assert ANSI.sub("", printed.getvalue()).split("\n")[:4] == [
        "Footbridge opens".ljust(min(width, 100)), "  10 February 2026, Marlow Record, record-17",
        "Rain fell.".ljust(min(width, 100)), f"  no date, no publisher, {address}",
    ]


def test_piped_list_has_one_line_an_article_and_tabs_between_its_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    with _printing(monkeypatch, None) as (console, printed):
        terminal.show_articles(console, [RECORD, HOSTILE])
    assert printed.getvalue() == (
        "10 February 2026\tMarlow Record\tFootbridge opens\trecord-17\n"
        "no date\tPub lisher\ufffd\tTitle [red]with[/red] \ufffd[31mcolours\ufffd0m\tid\ufffd]0;owned\ufffd\n"
    )
