"""Every citation is exact, whatever the article is written in, and stays exact when the article changes."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.article import hash_text
from ingest.catalog import Catalog
from ingest.embedding import OnnxEncoder
from ingest.locking import writing
from ingest.pipeline import embed_again
from ingest.projections import catch_up
from ingest.recording import Recorder
from service.answering import Answerer
from service.domain import Answer, Question
from tests.asking import open_answerer
from tests.builders import SEEN, run_ingest, write_corpus
from tests.fakes import WordEncoder

FACT = "The keeper of the Zorvane lighthouse is Ottoline Quibell."
QUESTION = "Who is the keeper of the Zorvane lighthouse?"
HOSTILE = (
    "The caf\u0065\u0301 in \u0130zmir\u00a0sold 1,200\u202fcups 🙂.\r\nThe next day it rained.",
    "وقّع الوزير الاتفاق يوم الثلاثاء. \u202eesrever\u202c and back again.",
    "A family 👨\u200d👩\u200d👧 and a pilot 🧑🏽\u200d✈\ufe0f came\u200b on \ufeffMonday.",
    "A tag\U000e0041\U000e0042\U000e007f hides here, and a so\u00adft hyphen. \x1b[31mRed\x1b[0m is not.",
    "한국 사람이 왔다. 東京で会議が開かれた。 Ǆ ﬁ ½ Å \u1e9b\u0323 \u0344.",
    "Ｆｕｌｌ ｗｉｄｔｈ, Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G͓̳̱O͎̯̫̰, देवनागरी और ক্ষ.",
    "Line\u2028separator\u2029paragraph\x0bvertical\x0cform\x85next.\r\rThe end…",
    "[bold]Not markup[/bold] & <b>not a tag</b> “quoted ‘twice’”.",
)
CHARACTERS = (
    "aZé İıßſ\u0301\u0300\u0323\u00a0\u200b\u200c\u200d\u202e\u2066\ufe0f\ufeff\u00ad"
    "\r\n\t .!?“”👨👩👧🏽🇨🇦\U000e0041ابت한ক্ษ가"
)

hostile_lines = st.one_of(
    st.sampled_from(HOSTILE), st.text(st.sampled_from(CHARACTERS), max_size=60),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)
around = st.lists(hostile_lines, max_size=4).map("\r\n\r\n".join)
gaps = st.sampled_from(["\r\n\r\n", "\n", " "])  # the last puts the fact into a line with whatever else
numbers = itertools.count(1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, encoder: OnnxEncoder) -> Path:
    """A data folder with one article that is about something else."""
    folder = tmp_path_factory.mktemp("citations")
    record = {"id": "ferry", "text": "The ferry to Dunmere was late on Sunday. Forty cars waited on the quay."}
    run_ingest(folder / "data", encoder, write_corpus(folder / "ferry.jsonl", [record]))
    return folder / "data"


@pytest.fixture(scope="module")
def answerer(folder: Path, encoder: OnnxEncoder) -> Iterator[Answerer]:
    with open_answerer(folder, encoder) as answerer:
        yield answerer


def _ask(answerer: Answerer) -> Answer:
    return answerer.ask(Question(text=QUESTION, as_of=SEEN))


def _resolve(catalog: Catalog, answer: Answer) -> None:
    """Hold every citation against the article version that it names, as the catalog has it now."""
    for citation in answer.citations:
        cited = answer.sources[citation.source_number - 1].article
        article = catalog.article(cited.id, version=cited.version)
        span, text = citation.source, article.text
        assert article.sha256 == cited.sha256 == hash_text(text)
        assert text[span.start : span.end] == citation.quote
        assert answer.text[citation.answer.start : citation.answer.end] == citation.quote
        assert text[: span.start].endswith(citation.before)
        assert text[span.end :].startswith(citation.after)
        if citation.short:
            assert span.start <= citation.short.start < citation.short.end <= span.end
    spans = dict.fromkeys((citation.answer.start, citation.answer.end) for citation in answer.citations)
    covered = "".join(answer.text[start:end] for start, end in spans)
    assert answer.status == "no_answer" or "".join(covered.split()) == "".join(answer.text.split())


def _ingest(folder: Path, encoder: OnnxEncoder, name: str, *, title: str, text: str) -> None:
    record = {"id": name, "title": title, "text": text}
    report = run_ingest(folder, encoder, write_corpus(folder.parent / f"{name}.jsonl", [record]))
    assert report.failed == ()


@settings(
    max_examples=20, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(before=around, after=around, title=hostile_lines, edit=hostile_lines, gap=gaps)
def test_citations_are_exact_in_any_script_and_outlive_an_edit(  # noqa: PLR0913  three fixtures and five inputs
    folder: Path, encoder: OnnxEncoder, answerer: Answerer, before: str, after: str, title: str, edit: str, gap: str
) -> None:
    name = f"a{next(numbers)}"
    try:
        _ingest(folder, encoder, name, title=title, text=f"{before}{gap}{FACT}{gap}{after}")
        first = _ask(answerer)
        edited = f"{edit}\n\nIt was painted.{gap}{before}{gap}{FACT}{gap}{after}"
        _ingest(folder, encoder, name, title=title, text=edited)
        second = _ask(answerer)
        with Catalog(folder) as catalog:
            _resolve(catalog, first)
            _resolve(catalog, second)
            assert [_version(first, name), _version(second, name)] == [1, catalog.article(name).version]
        assert gap == " " or (FACT in first.text and FACT in second.text)
    finally:
        with writing(folder), Recorder(folder) as recorder, recorder.transaction():
            recorder.delete(name)
    assert name not in {source.article.id for source in _ask(answerer).sources}


def _version(answer: Answer, article_id: str) -> int:
    return next(source.article.version for source in answer.sources if source.article.id == article_id)


def test_citations_outlive_another_embedding_model(tmp_path: Path, encoder: OnnxEncoder) -> None:
    folder = tmp_path / "data"
    text = "\r\n\r\n".join([*HOSTILE, FACT, *HOSTILE[::-1]])
    records = [{"id": "keeper", "title": HOSTILE[0], "text": text}, {"id": "other", "text": "\n\n".join(HOSTILE)}]
    run_ingest(folder, encoder, write_corpus(tmp_path / "keeper.jsonl", records))
    with open_answerer(folder, encoder) as answerer:
        before = _ask(answerer)
    other = WordEncoder("other", max_tokens=60)
    with writing(folder), Recorder(folder) as recorder:
        spans = recorder.spans_of("keeper")
        embed_again(recorder, other)
        assert len(recorder.spans_of("keeper")) > len(spans)
        catch_up(recorder)
        _resolve(recorder, before)
    with open_answerer(folder, other) as answerer, Catalog(folder) as catalog:
        after = _ask(answerer)
        _resolve(catalog, after)
    assert FACT in before.text
    assert FACT in after.text
