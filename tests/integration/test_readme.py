"""The README says what happens: its commands are run, and its names are those of the program."""

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.pipeline import IngestReport
from ingest.settings import Settings
from tests.command import ROOT, Command
from tests.integration.conftest import SAMPLE
from tests.sample_questions import make_rows, write_questions
from tests.serving import serve
from tests.streams import parse

SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANSWER = re.compile(r"^(.+?) \[1\]")
QUOTE = re.compile(r"“[^”]*(?:“[^”]*”[^”]*)*”")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A command as the README shows it, and the lines that it shows as its output."""

    arguments: tuple[str, ...]
    output: tuple[str, ...]


@pytest.fixture(scope="module")
def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def _read_examples(readme: str) -> list[list[Example]]:
    """The examples of each console block that runs `footnote`."""
    blocks = []
    for block in BLOCK.findall(readme):
        examples: list[Example] = []
        for shown in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, *output = shown.splitlines()
            commands = [part.strip() for part in line.split("&&") if part.strip().startswith("footnote ")]
            for command in commands:
                words = tuple(double or word for double, word in re.findall(r'"([^"]*)"|(\S+)', command))
                examples.append(Example(arguments=words[1:], output=tuple(output)))
        if examples:
            blocks.append(examples)
    return blocks


def _shown_words(output: tuple[str, ...]) -> set[str]:
    """The sentences before a first footnote, the quotes in the footnotes, and the addresses."""
    answers = {match[1] for line in output if (match := ANSWER.match(line))}
    quotes = {quote for line in output for quote in QUOTE.findall(line)}
    return answers | quotes | {line.strip() for line in output if "://" in line}


def test_first_block_shows_the_demo_and_its_cited_answer(readme: str) -> None:
    demo = _read_examples(readme)[0][0]
    assert demo.arguments == ("demo",)
    words = _shown_words(demo.output)
    answer = next(word for word in words if word.startswith("China agreed to lower its tariffs on Canadian canola"))
    assert f"“{answer}”" in words


def test_commands_do_what_the_readme_shows(readme: str, footnote: Command) -> None:
    shutil.copytree(SAMPLE, footnote.folder / "articles")
    write_questions(footnote.folder / "questions.jsonl", make_rows())
    (footnote.folder / "gate.yaml").write_text("contains: {min: 0.9, max_drop: 0.02}\n", encoding="utf-8")
    for example in (example for block in _read_examples(readme) for example in block):
        done = footnote(*example.arguments)
        assert (example.arguments, done.code) == (example.arguments, 0)
        for words in _shown_words(example.output):
            assert words in done.out
        if example.output == ("PASS",):
            assert done.out.splitlines()[-1] == "PASS"


def test_requests_get_what_the_readme_promises(readme: str, footnote: Command) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed; run: apt-get install curl")
    lines = [line for block in SHELL.findall(readme) for line in block.replace("\\\n", "").splitlines()]
    requests = [line for line in lines if line.startswith("curl")]
    assert [line.partition(" ")[0] for line in lines if line not in requests] == ["footnote", "KEY=$(footnote"]
    data = footnote.folder / "news"
    assert footnote("ingest", SAMPLE, "--data", data).code == 0
    printed = []
    with serve(footnote, data) as service:
        address, key = service.url.removeprefix("http://"), ""
        for request in requests:
            if "$KEY" in request and not key:
                key = footnote("keys", "create", "feed", "--scope", "ask", "--scope", "ingest", "--data", data).out
            command = request.replace("127.0.0.1:8000", address).replace("curl -s", "curl -sS --fail-with-body")
            done = footnote.run(["bash", "-c", command], {"KEY": key.strip()})
            assert done.code == 0, (command, done.out, done.err)
            printed.append(done.out)
    answer, streamed, posted, second, text, deleted = printed
    events = parse([streamed.encode()])
    assert [events[0].name, events[-1].name] == ["start", "done"]
    assert f'"{events[0].data["rewritten_question"]}"' in readme
    assert "lobster" in events[-1].data["answer"]["text"]
    assert json.loads(answer)["answer"]["text"].startswith("China agreed to lower its tariffs on Canadian canola")
    assert json.loads(posted)["results"][0]["change"] == "added"
    assert json.loads(second)["citations"][0]["quote"] == text == "The Dunmere ferry will stop on 1 March."
    assert deleted == ""


def test_number_of_sample_articles_is_right(readme: str, sample_report: tuple[Path, IngestReport]) -> None:
    assert re.findall(r"(\d+) sample articles", readme) == [str(sample_report[1].added)]


def test_settings_are_those_that_the_readme_lists(readme: str) -> None:
    assert set(re.findall(r"^\| `(FOOTNOTE_\w+)`", readme, flags=re.MULTILINE)) == {
        f"FOOTNOTE_{name.upper()}" for name in Settings.model_fields
    }


def test_options_and_commands_that_the_readme_names_exist(readme: str, footnote: Command) -> None:
    helped = (["ask"], ["serve"], ["keys", "create"], ["feedback", "purge"], ["eval", "run"], ["eval", "verifier"])
    shown = "".join(footnote(*command, "--help").out for command in helped)
    options = set(re.findall(r"`(--[a-z-]+)(?: [A-Z]+)?`", readme))
    assert {"--as-of", "--insecure", "--resume", "--given"} <= options
    assert {option for option in options if option not in shown} == set()
    commands = set(re.findall(r"`footnote (\w+)", readme))
    assert {"doctor", "reindex", "keys"} <= commands
    listed = footnote("--help").out
    assert {command for command in commands if not re.search(rf"\b{command} ", listed)} == set()
