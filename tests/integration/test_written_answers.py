"""Answers that a language model writes, from the endpoint to the payload: proved, or in the articles' own words."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.catalog import Catalog
from ingest.embedding import OnnxEncoder
from tests.command import Command
from tests.contract import check_answer
from tests.fake_llm import Exchange, FakeEndpoint, Script, open_endpoint
from tests.serving import MACHINE, Api, copy, open_api

QUESTION = "what was agreed on canola?"
PROVED = "China agreed to reduce its tariffs on Canadian canola from March until the end of 2026."
FALSE = "China agreed to scrap its tariffs on Canadian canola from May until the end of 2027."


@pytest.fixture(scope="module")
def folder(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy(sample, tmp_path_factory.mktemp("written"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A service with a language model behind it."""

    api: Api
    endpoint: FakeEndpoint


SCRIPTS: dict[str, Script] = {}


@pytest.fixture(scope="module")
def written(folder: Path, encoder: OnnxEncoder) -> Iterator[Written]:
    """A service whose model does what the script `now` says."""
    with (
        open_endpoint(lambda exchange: SCRIPTS["now"](exchange)) as endpoint,
        open_api(
            folder, encoder, llm_base_url=endpoint.url, llm_model="m-1", llm_api_key="sk-secret", llm_timeout=15.0
        ) as api,
    ):
        yield Written(api=api, endpoint=endpoint)


def _cite(exchange: Exchange, *sentences: str) -> None:
    name = next(name for name, text in exchange.evidence.items() if "canola" in text)
    exchange.say("\n".join(f"{text} ⟦{name}⟧" for text in sentences))


def test_proved_sentence_is_the_answer_and_a_false_one_is_listed(written: Written, folder: Path) -> None:
    SCRIPTS["now"] = lambda exchange: _cite(exchange, FALSE, PROVED)
    answer = written.api.ask(QUESTION, answerer="generative", as_of="2026-03-01")
    assert answer["answer"]["text"] == PROVED, (answer["warnings"], answer["dropped_claims"])
    assert answer["model"]["answerer"] == "generative:m-1"
    assert {one["support"] for one in answer["citations"]} == {"entailed"}
    (dropped,) = answer["dropped_claims"]
    assert (dropped["text"], dropped["verdict"]) == (FALSE, "contradicted")
    with Catalog(folder) as catalog:
        check_answer(json.dumps(answer), lambda name, version: catalog.article(name, version=version).text)


def test_auto_writes_and_extractive_does_not(written: Written) -> None:
    SCRIPTS["now"] = lambda exchange: _cite(exchange, PROVED)
    assert written.api.ask(QUESTION)["answer"]["text"] == PROVED
    before = len(written.endpoint.exchanges)
    assert written.api.ask(QUESTION, answerer="extractive")["model"]["answerer"] == "extractive"
    assert len(written.endpoint.exchanges) == before


def test_model_is_not_called_where_the_articles_do_not_say(written: Written) -> None:
    SCRIPTS["now"] = lambda exchange: exchange.say(PROVED)
    before = len(written.endpoint.exchanges)
    answer = written.api.ask("Who won the chess championship in Reykjavik in 1972?")
    assert (answer["status"], len(written.endpoint.exchanges)) == ("no_answer", before)


def _hang(exchange: Exchange) -> None:
    exchange.wait_for_hangup()


def _fail(exchange: Exchange) -> None:
    exchange.start("500 Internal Server Error", "application/json")


def _garble(exchange: Exchange) -> None:
    exchange.start()
    exchange.send(b"data: {{{\n\n\xff\xfe")


def _invent(exchange: Exchange) -> None:
    exchange.say(f"{FALSE} ⟦zzz⟧\nThe moon is made of canola. [1]")


FAULTS = {"hang": _hang, "fail": _fail, "garble": _garble, "invent": _invent}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_ends_in_the_articles_own_words_with_a_warning(written: Written, fault: str) -> None:
    SCRIPTS["now"] = FAULTS[fault]
    answer = written.api.ask(QUESTION, answerer="generative")
    assert (answer["status"], answer["model"]["answerer"]) == ("answered", "extractive")
    assert {one["support"] for one in answer["citations"]} == {"verbatim"}
    assert any("language model" in one for one in answer["warnings"])
    assert not re.search(r"127\.0\.0\.1|sk-secret", json.dumps(answer["warnings"]) + written.api.logged.getvalue())


def test_what_was_proved_before_the_endpoint_breaks_off_stays(written: Written) -> None:
    def script(exchange: Exchange) -> None:
        name = next(name for name, text in exchange.evidence.items() if "canola" in text)
        exchange.start()
        exchange.piece(f"{PROVED} ⟦{name}⟧\nAnd th")

    SCRIPTS["now"] = script
    answer = written.api.ask(QUESTION, answerer="generative")
    assert answer["answer"]["text"] == PROVED
    assert any("ends there" in one for one in answer["warnings"])


def test_sentences_are_streamed_as_they_are_proved(written: Written) -> None:
    SCRIPTS["now"] = lambda exchange: _cite(exchange, FALSE, PROVED)
    body = {"question": QUESTION, "stream": True}
    with written.api.client.stream("POST", "/v1/ask", json=body, headers=MACHINE) as response:
        text = response.read().decode()
    deltas = re.findall(r"event: delta\ndata: (.*)\n", text)
    assert "".join(json.loads(one)["text"] for one in deltas) == PROVED
    assert FALSE not in text[: text.index("event: done")]


def test_service_says_who_answers(written: Written, sample: Path, encoder: OnnxEncoder, tmp_path: Path) -> None:
    assert written.api.client.get("/v1/config", headers=MACHINE).json()["answerers"] == ["extractive", "generative"]
    with open_api(copy(sample, tmp_path), encoder) as api:
        refused = api.client.post(
            "/v1/ask", json={"question": QUESTION, "answerer": "generative"}, headers=MACHINE
        )
    assert refused.status_code == 422
    assert "FOOTNOTE_LLM_BASE_URL" in refused.json()["detail"]


def test_command_writes_with_the_configured_model(footnote: Command, sample: Path) -> None:
    with open_endpoint(lambda exchange: _cite(exchange, PROVED)) as endpoint:
        model = {"FOOTNOTE_LLM_BASE_URL": endpoint.url, "FOOTNOTE_LLM_MODEL": "m-1"}
        done = footnote("ask", QUESTION, "--data", sample, "--json", **model)
        assert (done.code, done.json["answer"]["text"]) == (0, PROVED)
        done = footnote("ask", QUESTION, "--data", sample, "--json", "--answerer", "extractive", **model)
        assert done.json["model"]["answerer"] == "extractive"


@pytest.mark.parametrize(
    ("environment", "options", "said"),
    [
        ({}, ("--answerer", "generative"), "FOOTNOTE_LLM_BASE_URL and FOOTNOTE_LLM_MODEL"),
        ({"FOOTNOTE_LLM_MODEL": "m"}, (), "FOOTNOTE_LLM_BASE_URL is not"),
        ({"FOOTNOTE_LLM_BASE_URL": "ftp://x"}, (), "FOOTNOTE_LLM_BASE_URL is 'ftp://x'"),
    ],
)
def test_command_says_what_is_missing(
    footnote: Command, sample: Path, environment: dict[str, str], options: tuple[str, ...], said: str
) -> None:
    done = footnote("ask", QUESTION, "--data", sample, *options, **environment)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
