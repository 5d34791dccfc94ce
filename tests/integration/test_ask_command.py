"""`footnote ask`: the contract of its JSON, exact offsets, filters, and saying that the articles do not say."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.article import hash_text
from ingest.catalog import Catalog
from tests.builders import SEEN
from tests.command import Command
from tests.contract import AnswerPart, check_answer

COUNCIL = "https://prairieledger.example/2026/01/23/kestrel-plains-412-farms"
GROWERS = "https://parklanddispatch.example/farm/kestrel-plains-289-farms"
FARMS = "How many farms were hit by the duties in Kestrel Plains?"
Ask = Callable[..., AnswerPart]


@pytest.fixture
def ask(footnote: Command, sample: Path) -> Ask:
    """Ask as JSON, and check the answer against the contract and against the catalog."""

    def read(article_id: str, version: int) -> str:
        with Catalog(sample) as catalog:
            return catalog.article(article_id, version=version).text

    def run(question: str, *options: str) -> AnswerPart:
        day = () if "--as-of" in options else ("--as-of", SEEN.isoformat())
        done = footnote("ask", question, *options, *day, "--data", sample, "--json")
        assert (done.code, done.err) == (0, "")
        return check_answer(done.out, read)

    return run


def _cited(answer: AnswerPart) -> set[str]:
    return {source.article_id for source in answer.sources if source.cited}


def test_json_is_the_contract_and_its_offsets_are_exact(ask: Ask, footnote: Command, sample: Path) -> None:
    answer = ask("When was Meng Wanzhou arrested?")
    assert answer.status == "answered"
    assert answer.refusal is None
    assert answer.as_of == "2026-03-01"
    assert answer.question == "When was Meng Wanzhou arrested?"
    assert answer.answer.text == (
        "Canada arrested Meng Wanzhou, an executive of the Chinese technology company Huawei, in December 2018."
    )
    assert answer.answer.short == "December 2018"
    assert answer.independent_sources == 1
    (citation,) = answer.citations
    assert (citation.answer_span.start, citation.answer_span.end) == (0, len(answer.answer.text))
    assert citation.short_span is not None
    within = citation.short_span.start - citation.source_span.start
    assert citation.quote[within:].startswith("December 2018")
    source = answer.sources[0]
    options = ("--version", str(source.version), "--data", sample, "--json")
    shown = footnote("articles", "show", source.article_id, *options).json
    assert shown["text"][citation.source_span.start : citation.source_span.end] == citation.quote
    assert hash_text(shown["text"]) == shown["text_sha256"] == source.text_sha256


def test_without_evidence_json_names_the_nearest_passages_and_cites_nothing(ask: Ask) -> None:
    answer = ask("How tall is Mount Everest?")
    assert answer.status == "no_answer"
    assert answer.refusal is not None
    assert (answer.answer.text, answer.answer.short) == ("The articles do not say.", None)
    assert (answer.citations, answer.independent_sources) == ([], 0)
    assert answer.confidence.band == "low"
    assert answer.sources
    assert not _cited(answer)


def test_no_answer_on_the_terminal_shows_the_nearest_passages(footnote: Command, sample: Path) -> None:
    done = footnote("ask", "How tall is Mount Everest?", "--data", sample)
    assert (done.code, done.err) == (0, "")
    assert "The articles do not say." in done.out
    assert "The nearest passages:" in done.out
    assert "[1]" not in done.out


def test_publishers_narrow_what_is_cited(ask: Ask) -> None:
    council, growers = ask(FARMS, "--publisher", "prairie ledger"), ask(FARMS, "--publisher", "Parkland Dispatch")
    assert (council.answer.short, _cited(council)) == ("412", {COUNCIL})
    assert (growers.answer.short, _cited(growers)) == ("289", {GROWERS})
    assert {source.publisher for source in council.sources} == {"Prairie Ledger"}
    both = ask(FARMS, "--publisher", "Prairie Ledger", "--publisher", "Parkland Dispatch")
    assert {source.publisher for source in both.sources} == {"Prairie Ledger", "Parkland Dispatch"}


def test_days_narrow_what_is_cited_and_the_undated_left_out_are_counted(ask: Ask) -> None:
    early, late = ask(FARMS, "--before", "2026-01-26"), ask(FARMS, "--after", "2026-01-27")
    assert (early.answer.short, _cited(early)) == ("412", {COUNCIL})
    assert (late.answer.short, _cited(late)) == ("289", {GROWERS})
    assert early.warnings == late.warnings == ["3 articles were left out for having no date."]
    assert all(source.published_at and source.published_at[:10] <= "2026-01-26" for source in early.sources)
    assert all(source.published_at and source.published_at[:10] >= "2026-01-27" for source in late.sources)


def test_undated_article_answers_until_days_are_asked_for(ask: Ask) -> None:
    question = "Which five pillars does the strategic partnership rest on?"
    pillars = "https://capitalobserver.example/explained/five-pillars"
    assert pillars in {source.article_id for source in ask(question).sources}
    assert pillars not in {source.article_id for source in ask(question, "--after", "2020-01-01").sources}


def test_nothing_newer_than_the_day_of_the_answer_is_used(ask: Ask) -> None:
    answer = ask(FARMS, "--as-of", "2026-01-24")
    assert (answer.answer.short, _cited(answer)) == ("412", {COUNCIL})
    assert all(source.published_at and source.published_at[:10] <= "2026-01-24" for source in answer.sources)
    before = ask(FARMS, "--as-of", "2020-01-01")
    assert (before.status, before.sources) == ("no_answer", [])
    assert before.warnings == [
        "No article passes the filters; `footnote articles list` shows what there is.",
        "3 articles were left out: without a date, and first seen after 2020-01-01.",
    ]


def test_deleted_article_is_never_cited_again(footnote: Command, own_sample: Path) -> None:
    options = ("--data", own_sample, "--json")
    assert footnote("articles", "delete", GROWERS, "--data", own_sample).code == 0
    answer = AnswerPart.model_validate_json(footnote("ask", FARMS, *options).out)
    assert GROWERS not in {source.article_id for source in answer.sources}
    assert footnote("reindex", "--data", own_sample).code == 0
    again = AnswerPart.model_validate_json(footnote("ask", FARMS, *options).out)
    assert GROWERS not in {source.article_id for source in again.sources}
    leftover = [path for path in own_sample.rglob("*") if path.is_file() and b"Pauline Dueck" in path.read_bytes()]
    assert leftover == []
    assert footnote("doctor", "--data", own_sample).code == 0


def test_answer_on_the_terminal_is_the_answer_as_json(footnote: Command, sample: Path) -> None:
    question = ("ask", "How much lobster did the co-operative sell to China in 2024?", "--data", sample)
    answer = AnswerPart.model_validate_json(footnote(*question, "--json").out)
    done = footnote(*question)
    assert (done.code, done.err) == (0, "")
    assert answer.answer.text in re.sub(r" \[\d+\]", "", done.out)
    assert f"“{answer.citations[0].quote}”" in done.out
    assert str(answer.sources[0].url) in done.out
