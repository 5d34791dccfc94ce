"""`footnote check` and POST /v1/check over the sample articles: what they say is verified, what they do not is not."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.catalog import Catalog
from ingest.embedding import OnnxEncoder
from ingest.errors import UsageError
from service.answering import Answerer
from service.checking import Check, check_text
from service.domain import Question
from service.limits import CHECK_CHARACTERS, CHECK_SENTENCES
from tests.asking import open_answerer
from tests.builders import SEEN
from tests.command import Command
from tests.sample_questions import ANSWERED
from tests.serving import MACHINE, Api, copy, open_api, serve

TRUE = "China agreed to lower its tariffs on Canadian canola from March until the end of 2026."
MENG = "Canada arrested Meng Wanzhou in December 2018."
ALTERED = (
    (TRUE, "2026", "2027"), (TRUE, "March", "May"), (TRUE, "lower", "raise"), (TRUE, "China agreed", "China may agree"),
    (TRUE, "agreed to lower", "lowered"), (TRUE, "China", "India"), (TRUE, "Canadian", "Mexican"),
    (TRUE, "agreed to", "did not agree to"), (TRUE, "agreed to", "refused to"), (TRUE, "canola", "timber"),
    (TRUE, "tariffs on", "exports of"), (TRUE, "until the end of", "before the spring of"),
    (MENG, "2018", "2019"), (MENG, "December", "October"), (MENG, "Canada arrested", "Canada did not arrest"),
    (MENG, "Canada arrested", "Norway arrested"), (MENG, "Meng Wanzhou", "Meng Liwei"), (MENG, "arrested", "released"),
    (MENG, "arrested", "may have arrested"), (MENG, "arrested", "will arrest"), (MENG, "in December", "on 9 December"),
    (MENG, "Meng Wanzhou", "two people"), (MENG, "Canada", "Prime Minister Mark Carney"),
    (MENG, "Canada arrested Meng Wanzhou", "Meng Wanzhou arrested Canada"),
)
PLANTED = (
    "The Wexcombe grain elevator was bought by the moon.", "Ottawa agreed to admit 490,000 Chinese electric cars.",
    "“Canola is finished,” Mark Carney said in Beijing.", "Lobster is exempt from every Chinese tariff for ever.",
    "Peas are not covered by the relief.", "The deal was signed in Paris on 16 January 2026.",
)


@pytest.fixture(scope="module")
def answerer(sample: Path, encoder: OnnxEncoder) -> Iterator[Answerer]:
    with open_answerer(sample, encoder) as answerer:
        yield answerer


@pytest.fixture(scope="module")
def api(sample: Path, encoder: OnnxEncoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with open_api(copy(sample, tmp_path_factory.mktemp("check")), encoder) as api:
        yield api


def _check(answerer: Answerer, text: str, day: date = SEEN) -> Check:
    return check_text(answerer, Question(text=text, as_of=day))


def test_every_extractive_answer_is_verified(answerer: Answerer) -> None:
    answered = 0
    for asked, _ in ANSWERED:
        answer = answerer.ask(Question(text=asked, as_of=SEEN))
        if answer.citations:
            answered += 1
            check = _check(answerer, answer.text)
            assert [one.verdict for one in check.sentences if one.verdict != "verified"] == [], answer.text
    assert answered > len(ANSWERED) / 2


def test_true_sentences_are_verified_with_their_exact_words(answerer: Answerer) -> None:
    check = _check(answerer, f"{TRUE}\n{MENG}")
    assert [one.verdict for one in check.sentences] == ["verified", "verified"]
    for one in check.sentences:
        for quote in one.quotes:
            assert quote.article.text[quote.start : quote.end] == quote.text
    (wire,) = check.sentences[0].quotes  # three newspapers carry it
    assert wire.article.metadata.publisher == "Harbour Wire"


@pytest.mark.parametrize(("sentence", "old", "new"), ALTERED)
def test_altered_sentence_is_not_supported(answerer: Answerer, sentence: str, old: str, new: str) -> None:
    assert old in sentence
    (one,) = _check(answerer, sentence.replace(old, new)).sentences
    assert (one.supported, one.quotes, bool(one.reasons)) == (False, (), True)


@pytest.mark.parametrize("sentence", PLANTED)
def test_planted_sentence_is_not_supported(answerer: Answerer, sentence: str) -> None:
    assert not any(one.supported for one in _check(answerer, sentence).sentences)


def test_spans_are_the_text_and_questions_are_left(answerer: Answerer) -> None:
    text = f"  Was it wise?\n\n{MENG} …"
    check = _check(answerer, text)
    assert all(text[one.span.start : one.span.end] == one.text for one in check.sentences)
    assert (check.sentences[0].verdict, check.supported, check.unsupported) == ("unchecked", 1, 0)


def test_nothing_newer_than_the_day_supports(answerer: Answerer) -> None:
    assert not _check(answerer, TRUE, date(2026, 1, 1)).supported


def test_too_many_sentences_are_refused(answerer: Answerer) -> None:
    with pytest.raises(UsageError, match=r"201 sentences"):
        _check(answerer, "It rained. " * (CHECK_SENTENCES + 1))


def _post(api: Api, text: object, **body: object) -> Any:  # noqa: ANN401  any JSON
    response = api.client.post("/v1/check", json={"text": text, **body}, headers=MACHINE)
    return response.json() if response.is_success else response.status_code


def test_api_gives_a_verdict_a_sentence_and_quotes_that_stand_where_it_says(api: Api) -> None:
    found = _post(api, f"{TRUE} Canada arrested Meng Wanzhou in December 2019. Was it wise?", as_of="2026-03-01")
    assert (found["supported"], found["unsupported"], found["unchecked"]) == (1, 1, 1)
    first, second, third = found["sentences"]
    assert (first["verdict"], second["verdict"], third["verdict"]) == ("verified", "contradicted", "unchecked")
    for quote in (*first["citations"], second["nearest"]):
        text = api.text(quote["article_id"], quote["version"])
        assert text[quote["source_span"]["start"] : quote["source_span"]["end"]] == quote["quote"]
    assert second["reasons"] == [{"kind": "date", "text": "December 2019", "found": "December 2018"}]
    assert (second["citations"], third["nearest"]) == ([], None)


def test_api_refuses_what_is_no_text_or_too_long_and_logs_nothing_of_it(api: Api) -> None:
    assert [_post(api, text) for text in ("", " \n", None, "x" * (CHECK_CHARACTERS + 1))] == [422] * 4
    assert _post(api, "It rained. " * (CHECK_SENTENCES + 1)) == 422
    _post(api, "The xylophone secret is out.")
    assert "xylophone" not in api.logged.getvalue()


def test_api_says_the_limits(api: Api) -> None:
    limits = api.client.get("/v1/config", headers=MACHINE).json()["limits"]
    assert (limits["check_characters"], limits["check_sentences"]) == (CHECK_CHARACTERS, CHECK_SENTENCES)


def test_command_says_verdict_and_source_by_line_and_code(footnote: Command, sample: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(MENG, encoding="utf-8")
    bad.write_text(f"{MENG} It was on 9 December 2019 in Oslo.", encoding="utf-8")
    done = footnote("check", good, "--data", sample)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"verified  {MENG}\n")
    assert "Pacific Gate Review" in done.out
    done = footnote("check", bad, "--data", sample, "--json")
    assert (done.code, done.json["supported"], done.json["unsupported"]) == (1, 1, 1)


@pytest.mark.parametrize(("content", "said"), [(b"", "is empty"), (b"\xff\xfe", "UTF-8"), (b"a" * 300_000, "in parts")])
def test_command_says_what_is_wrong_with_a_file(footnote: Command, tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "text").write_bytes(content)
    done = footnote("check", tmp_path / "text")
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert footnote("check", tmp_path / "none").code == 2


def test_command_works_through_a_running_service(footnote: Command, own_sample: Path, tmp_path: Path) -> None:
    (tmp_path / "text").write_text(MENG, encoding="utf-8")
    with serve(footnote, own_sample) as served:
        done = footnote("check", tmp_path / "text", "--data", own_sample, "--json")
        with served.client() as client:
            counted = client.get("/metrics").text
    assert (done.code, done.json["supported"]) == (0, 1)
    assert re.search(r"^footnote_\w*\{[^}]*check[^}]*\} 1\.0$", counted, re.MULTILINE)


def test_an_article_that_was_deleted_supports_nothing(footnote: Command, own_sample: Path, tmp_path: Path) -> None:
    (tmp_path / "text").write_text(MENG, encoding="utf-8")
    with Catalog(own_sample) as catalog:
        names = [article.id for article in catalog.every_article() if "Meng Wanzhou" in article.text]
    assert footnote("articles", "delete", *names, "--data", own_sample).code == 0
    assert footnote("check", tmp_path / "text", "--data", own_sample).code == 1
