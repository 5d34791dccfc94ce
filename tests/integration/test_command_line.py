"""The commands as people type them: what they print, where, and with which exit code."""

import json
import re
from pathlib import Path

import pytest

from ingest.exporting import model_folder
from tests.command import Command, Done

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
LEAD = "The Marlow Creek footbridge opened on Tuesday after 14 months of work."
COST = "It cost the town $4.2 million, said the engineer, Ilse Brandvold."


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "footbridge.txt"
    path.write_text(f"{LEAD} {COST}\n", encoding="utf-8")
    return path


def _expect_refusal(done: Done, *words: str) -> None:
    """Exit code 2 and one line on stderr that names the remedy; nothing on stdout, no traceback."""
    assert (done.code, done.out) == (2, "")
    assert "Traceback" not in done.err
    assert done.err.count("\n") == 1
    assert done.err.startswith("footnote: ")
    for word in words:
        assert word in done.err


def test_demo_answers_with_footnotes_that_are_the_article_s_own_words(footnote: Command) -> None:
    done = footnote("demo")
    assert done.code == 0
    answer = next(line for line in done.out.splitlines() if line.startswith("China agreed to lower its tariffs on"))
    quote, mark, _ = answer.partition(" [1]")
    assert quote.endswith("announced in Beijing on Friday.")
    assert mark
    assert f"“{quote}”" in done.out
    shown = footnote("articles", "show", "hw-20260116-beijing-deal", "--data", "footnote-demo", "--json")
    assert quote in shown.json["text"]
    assert not CONTROLS.search(done.out + done.err)
    again = footnote("demo")
    assert (again.code, again.err) == (0, "")
    assert answer in again.out


def test_ingest_says_what_went_in_and_what_did_not(footnote: Command, story: Path) -> None:
    (story.parent / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    done = footnote("ingest", story.name, "missing.txt", "photo.jpg")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0] == "1 added, 0 changed, 0 unchanged, 2 failed"
    assert "failed: missing.txt: no such file or folder" in done.out
    assert "failed: photo.jpg: " in done.out
    assert not CONTROLS.search(done.out)
    again = footnote("ingest", story.name)
    assert again.out.splitlines()[0] == "0 added, 0 changed, 1 unchanged, 0 failed"
    story.write_text(f"{LEAD} {COST} It will be lit from March.\n", encoding="utf-8")
    assert footnote("ingest", story.name).out.splitlines()[0] == "0 added, 1 changed, 0 unchanged, 0 failed"


def test_ingest_as_json_counts_everything(footnote: Command, story: Path) -> None:
    done = footnote("ingest", story.name, "missing.txt", "--json")
    assert (done.code, done.err) == (0, "")
    report = done.json
    assert report.pop("seconds") > 0
    assert report == {
        "added": 1, "changed": 0, "unchanged": 0, "went_in": 1, "passages": 1, "embedded": 1, "generation": 1,
        "failed": [{"location": "missing.txt", "reason": "no such file or folder"}], "warnings": [], "cut": {},
    }


def test_ingest_that_takes_nothing_in_ends_with_1(footnote: Command) -> None:
    done = footnote("ingest", "missing.txt")
    assert done.code == 1
    assert done.out.splitlines()[0] == "0 added, 0 changed, 0 unchanged, 1 failed"


def test_ingest_puts_what_it_is_told_before_what_the_article_says(footnote: Command, story: Path) -> None:
    given = ("--publisher", "Marlow Record", "--date", "2026-02-10", "--url", "https://marlow.example/footbridge")
    assert footnote("ingest", story.name, *given).code == 0
    (listed,) = footnote("articles", "list", "--json").json
    assert (listed["publisher"], listed["published_at"]) == ("Marlow Record", "2026-02-10")
    assert listed["article_id"] == listed["url"] == "https://marlow.example/footbridge"


@pytest.mark.parametrize("command", ["ask what?", "articles list", "articles delete a", "doctor", "reindex"])
def test_folder_without_articles_is_an_error_that_says_how_to_ingest(footnote: Command, command: str) -> None:
    _expect_refusal(footnote(*command.split(), "--data", "empty"), "no articles in empty", "footnote ingest PATH")
    assert not (footnote.folder / "empty").exists()


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (["ask", ""], "ask something"),
        (["ask", " \n "], "ask something"),
        (["ask", "why " * 501], "shorten it to 2,000"),
        (["ask", "why?", "--after", "last week"], "--after 'last week' is not a day; write it as 2026-01-20"),
        (["ask", "why?", "--before", "2026-02-30"], "write it as 2026-01-20"),
        (["ask", "why?", "--as-of", "20/01/2026"], "write it as 2026-01-20"),
        (["ask", "why?", "--after", "2026-01-20", "--before", "2026-01-10"], "later than --before 2026-01-10; swap"),
        (["ask", "why?", "--data", "footbridge.txt"], "footbridge.txt is a file; name a folder with --data"),
        (["ingest", "a.txt", "--data", "footbridge.txt"], "footbridge.txt is a file; name a folder with --data"),
        (["ingest", "a.txt", "--date", "soon"], "write it as 2026-01-20"),
        (["ingest", "https://paper.example/story"], "save the page and ingest the file with --url"),
        (["ingest", "a.txt", "b.txt", "--url", "https://paper.example/story"], "give one file"),
    ],
)
@pytest.mark.usefixtures("story")
def test_what_cannot_be_done_is_refused_in_one_sentence(
    footnote: Command, arguments: list[str], remedy: str
) -> None:
    _expect_refusal(footnote(*arguments), remedy)


@pytest.mark.parametrize("arguments", [["ask", "why?", "--loud"], ["ask"], ["ingest"], ["frobnicate"]])
def test_wrong_usage_points_to_the_help(footnote: Command, arguments: list[str]) -> None:
    done = footnote(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "--help' for help" in done.err
    assert "Traceback" not in done.err


def test_help_lists_the_commands(footnote: Command) -> None:
    done = footnote("--help")
    assert done.code == 0
    for command in ("demo", "ingest", "ask", "articles", "doctor", "reindex"):
        assert re.search(rf"\b{command} ", done.out)


def test_articles_are_listed_one_a_line_for_other_programs(footnote: Command, sample: Path) -> None:
    done = footnote("articles", "list", "--data", sample)
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert len(rows) == len(footnote("articles", "list", "--data", sample, "--json").json)
    assert all(len(row) == 4 for row in rows)
    lobster = next(row for row in rows if row[3].endswith("/tern-harbour-lobster-co-op"))
    assert lobster[1:3] == ["Atlantic Tide", "Tern Harbour lobster co-op reopens its China tanks"]


def test_article_is_shown_with_what_it_says_about_itself(footnote: Command, sample: Path) -> None:
    done = footnote("articles", "show", "dockside-digest-carney-lands.txt", "--data", sample)
    assert done.code == 0
    assert "publisher  Capital Observer" in done.out
    assert "author  Miriam Castellane" in done.out
    assert "He sees President Xi Jinping on Friday." in done.out
    assert "left out  " in done.out


def test_unknown_article_is_refused_by_name(footnote: Command, sample: Path) -> None:
    _expect_refusal(footnote("articles", "show", "no-such", "--data", sample), "'no-such'", "footnote articles list")
    shown = footnote("articles", "show", "hw-20260113-carney-departs", "--version", "7", "--data", sample)
    _expect_refusal(shown, "version 7")


def test_deleting_is_all_or_nothing(footnote: Command, own_sample: Path) -> None:
    wire = "hw-20260113-carney-departs"
    _expect_refusal(footnote("articles", "delete", wire, "no-such", "--data", own_sample), "'no-such'")
    assert footnote("articles", "show", wire, "--data", own_sample).code == 0
    done = footnote("articles", "delete", wire, "--data", own_sample)
    assert done.code == 0
    assert done.out == f"1 article deleted; to remove every trace, run: footnote reindex --data {own_sample}\n"
    _expect_refusal(footnote("articles", "show", wire, "--data", own_sample), wire)


def test_doctor_finds_a_sound_folder_sound(footnote: Command, sample: Path) -> None:
    done = footnote("doctor", "--data", sample)
    assert (done.code, done.err) == (0, "")
    assert [line.split()[:2] for line in done.out.splitlines()] == [
        ["ok", "catalog"], ["ok", "articles"], ["ok", "vectors"], ["ok", "bm25"], ["ok", "chroma"],
    ]
    findings = footnote("doctor", "--data", sample, "--json").json
    assert {finding["check"]: finding["remedy"] for finding in findings} == dict.fromkeys(
        ("catalog", "articles", "vectors", "bm25", "chroma")
    )


def test_reindex_says_what_it_built(footnote: Command, story: Path) -> None:
    footnote("ingest", story.name)
    done = footnote("reindex")
    assert (done.code, done.err) == (0, "")
    assert done.out == "1 passages indexed; generation 2 is in use.\n"
    assert COST in footnote("ask", "How much did the footbridge cost?").out


def test_data_folder_comes_from_the_environment_and_the_option_goes_before_it(footnote: Command, story: Path) -> None:
    assert footnote("ingest", story.name, FOOTNOTE_DATA="news").code == 0
    assert (footnote.folder / "news" / "catalog.sqlite3").is_file()
    assert not (footnote.folder / "footnote-data").exists()
    assert footnote("ask", "How much did the footbridge cost?", FOOTNOTE_DATA="news").code == 0
    _expect_refusal(footnote("ask", "what?", "--data", "other", FOOTNOTE_DATA="news"), "no articles in other")


def test_another_embedding_model_is_refused_until_the_folder_is_reindexed(footnote: Command, story: Path) -> None:
    footnote("ingest", story.name)
    other = {"FOOTNOTE_EMBEDDING_MODEL": str(model_folder())}
    question = ("ask", "How much did the footbridge cost?")
    refused = footnote(*question, **other)
    assert refused.code == 2
    assert "FOOTNOTE_EMBEDDING_MODEL" in refused.err
    assert "footnote reindex --data footnote-data" in refused.err
    assert "Traceback" not in refused.err
    assert footnote("reindex", **other).code == 0
    answer = footnote(*question, "--json", **other).json
    assert answer["answer"]["text"].startswith(COST)
    assert answer["model"]["embedder"].endswith("/fp32")
    _expect_refusal(footnote(*question), "/fp32", "/int8", "footnote reindex --data footnote-data")


def test_names_from_files_cannot_command_the_terminal(footnote: Command, story: Path) -> None:
    story.rename(story.with_name("foot\x1b[31mbridge.txt"))
    done = footnote("ingest", ".", "gone\x1b[2J.txt", "--publisher", "Marlow\x9b31m Record")
    shown = footnote("articles", "list").out + footnote("ask", "How much did the footbridge cost?").out
    assert COST in shown
    assert not CONTROLS.search(done.out + done.err + shown)
    (article,) = json.loads(footnote("articles", "list", "--json").out)
    assert article["article_id"] == "foot\x1b[31mbridge.txt"


def test_setting_that_cannot_be_used_is_named(footnote: Command) -> None:
    _expect_refusal(footnote("ask", "what?", FOOTNOTE_THREADS="many"), "FOOTNOTE_THREADS is 'many'")
