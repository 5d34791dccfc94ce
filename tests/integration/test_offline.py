"""Ingesting and asking need no network, and asking loads no heavy library."""

import json
from pathlib import Path

import pytest

from tests.command import Command

REFUSED = 97
QUESTION = ("ask", "How long is the Marlow Creek footbridge?")

# Python imports `sitecustomize` in every process, the children of a command included.
WITHOUT_NETWORK = f"""
import os, socket, sys

def refuse(*arguments, **options):
    sys.stderr.write(f"the network was tried: {{arguments}}\\n")
    sys.stderr.flush()
    os._exit({REFUSED})

def only_local(original):
    def connect(self, *arguments):
        return original(self, *arguments) if self.family == socket.AF_UNIX else refuse(*arguments)
    return connect

for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, only_local(getattr(socket.socket, name)))
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refuse
"""
LISTING_MODULES = """
import atexit, json, os, sys
atexit.register(lambda: open(os.environ["MODULES"], "w").write(json.dumps(sorted(sys.modules))))
"""


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "footbridge.txt"
    path.write_text("The Marlow Creek footbridge is 84 metres long, and it opened on Tuesday.\n", encoding="utf-8")
    return path


def _customise(tmp_path: Path, cache: Path, code: str) -> Command:
    first = tmp_path / "first"
    first.mkdir()
    (first / "sitecustomize.py").write_text(code, encoding="utf-8")
    return Command(folder=tmp_path, cache=cache, first=first, environment={"MODULES": str(tmp_path / "modules.json")})


def test_ingest_and_ask_never_try_the_network(tmp_path: Path, cache: Path, story: Path) -> None:
    footnote = _customise(tmp_path, cache, WITHOUT_NETWORK)
    for attempt in (
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.socket().connect_ex(('127.0.0.1', 9))",
        "import urllib.request; urllib.request.urlopen('http://localhost:9/')",
    ):
        assert footnote.python(attempt).code == REFUSED
    done = footnote("ingest", story.name)
    assert (done.code, done.err) == (0, "")
    done = footnote(*QUESTION, "--json")
    assert (done.code, done.err) == (0, "")
    assert done.json["answer"]["short"] == "84 metres"
    done = footnote("doctor")
    assert (done.code, done.err) == (0, "")


def test_nothing_is_noted_for_reports_to_others(footnote: Command, story: Path) -> None:
    assert footnote("ingest", story.name).code == 0
    assert footnote(*QUESTION).code == 0
    # onnxruntime's reports travel by its own sockets, which Python cannot watch; it notes them under HOME first.
    assert {path.name for path in footnote.folder.iterdir()} == {story.name, "footnote-data"}


def test_answer_is_found_without_importing_a_heavy_library(tmp_path: Path, cache: Path, story: Path) -> None:
    footnote = _customise(tmp_path, cache, LISTING_MODULES)
    assert footnote("ingest", story.name).code == 0
    assert footnote(*QUESTION).code == 0
    loaded = {name.split(".")[0] for name in json.loads((tmp_path / "modules.json").read_text(encoding="utf-8"))}
    assert {"onnxruntime", "tantivy", "service"} <= loaded
    heavy = {
        "torch", "sentence_transformers", "transformers", "llama_index", "chromadb", "trafilatura", "dateparser",
        "py3langid", "onnxscript", "scipy", "sklearn", "pandas", "httpx", "requests", "ir_measures", "jinja2",
        "spellchecker",
    }
    assert loaded & heavy == set()


def test_help_is_printed_without_loading_a_model_library(tmp_path: Path, cache: Path) -> None:
    footnote = _customise(tmp_path, cache, LISTING_MODULES)
    assert footnote("--help").code == 0
    loaded = {name.split(".")[0] for name in json.loads((tmp_path / "modules.json").read_text(encoding="utf-8"))}
    assert loaded & {"onnxruntime", "torch", "chromadb", "sentence_transformers", "llama_index", "scipy"} == set()
    assert loaded & {"ir_measures", "httpx", "jinja2"} == set()


def test_evaluation_never_tries_the_network(tmp_path: Path, cache: Path, story: Path) -> None:
    footnote = _customise(tmp_path, cache, WITHOUT_NETWORK)
    assert footnote("ingest", story.name).code == 0
    question = {"id": "q1", "question": QUESTION[1], "answers": ["84"], "doc_ids": [story.name], "answerable": True}
    (tmp_path / "questions.jsonl").write_text(json.dumps(question) + "\n", encoding="utf-8")
    done = footnote("eval", "run", "questions.jsonl", "--data", "footnote-data", "--out", "run")
    assert (done.code, done.err) == (0, "")
    assert "1 questions: 1 right" in done.out
