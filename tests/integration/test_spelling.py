"""A misspelt question is looked up in the spelling of the sample articles, and says so."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.embedding import OnnxEncoder
from ingest.lexical import LexicalIndex
from ingest.projections import index_folder, lexical_folder
from ingest.recording import Recorder
from ingest.settings import Settings
from ingest.vectors import VectorIndex
from service.answering import Answerer
from service.domain import Question, Turn
from service.retrieval import Indexes
from service.spelling import Speller
from service.wiring import open_answerer
from tests.builders import SEEN, make_draft, record, remove


@pytest.fixture(scope="module")
def answerer(sample: Path) -> Iterator[Answerer]:
    with open_answerer(Settings(), sample, warm=True) as answerer:
        yield answerer


@pytest.fixture(scope="module")
def speller(answerer: Answerer) -> Speller:
    return Speller(answerer.indexes, answerer.encoder)


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("what was agreed on cannola?", "what was agreed on canola?"),
        ("waht was agred on canloa?", "what was agreed on canola?"),
        ("who is teh mayor of Halifax?", "who is the mayor of Halifax?"),
        ("What did Kovrigg say about human rights?", "What did Kovrig say about human rights?"),
        ("what did carney's goverment sya?", "what did carney's government say?"),
        ("how many eletric vehicals does the deal allow?", "how many electric vehicles does the deal allow?"),
        ("Whaat was agreed?", "What was agreed?"),
        ("eneryg memorandum Beijinng", "energy memorandum Beijing"),
    ],
)
def test_word_that_nobody_writes_is_put_right(speller: Speller, misspelt: str, meant: str) -> None:
    assert speller.correct(misspelt) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Which farmer worries because his loan has to be repaid before March?",  # "repair" is near, in the articles
        "What is the qualitative difference?",
        "What is the latest on potash?",
        "What did Ardal Quistgaard say?",
        "what did knaew say?",  # "knew" is too short to be surely meant
        "What did Kovrag say?",  # another letter is another name
        "Who leads Cannola Holdings?",  # "canola" is no name
        "What does NATOO say about CUSMMA?",
        "Was wurde über Raps und Hummer vereinbart, und wer verhandelte?",
        "cannola lobsers tarifs goverment eletric vehicals",  # so many are no slips
        "¿",
        "",
    ],
)
def test_other_questions_are_left_as_they_are(speller: Speller, question: str) -> None:
    assert speller.correct(question) == question


@given(text=st.text(st.characters(categories=["L", "M", "P", "Zs"]), max_size=40))
@example("ſ" * 2_000)
@example("ǆǆǆ ﬃﬃﬃ ßßß İİİ")
def test_no_text_breaks_it(speller: Speller, text: str) -> None:
    kept = speller.correct(text)
    assert len(kept.split()) == len(text.split())


def test_misspelt_question_is_answered_as_the_one_that_was_meant(answerer: Answerer) -> None:
    meant = Question(text="What was agreed on lobsters?", as_of=SEEN.replace(year=2027))
    answer = answerer.ask(replace(meant, text="What was agred on lobsers?"))
    assert answer.question.text == "What was agred on lobsers?"
    assert answer.rewritten == meant.text
    assert answer.status == "answered"
    assert answer.text == answerer.ask(meant).text
    assert answerer.ask(meant).rewritten is None


def test_misspelt_follow_up_and_conversation_are_put_right(answerer: Answerer) -> None:
    said = (Turn(role="user", content="what was agreed on cannola?"),)
    question = Question(text="and on lobsers?", as_of=SEEN, conversation=said)
    assert answerer.rewrite(question) == "what was agreed on lobsters?"
    assert "on canola" in str(answerer.rewrite(replace(question, text="since when?")))


def test_search_finds_what_was_meant(answerer: Answerer) -> None:
    asked = [Question(text=text, as_of=SEEN.replace(year=2027)) for text in ("lobsers", "lobsters")]
    found = [[one.stored.key for one in answerer.search(one, limit=5).passages] for one in asked]
    assert found[0] == found[1]


def test_word_of_deleted_articles_is_not_brought_back(tmp_path: Path, encoder: OnnxEncoder) -> None:
    with Recorder(tmp_path / "data") as recorder:
        record(recorder, encoder, make_draft("kept", "The ferry stops."), make_draft("gone", "A zwieback was baked."))
        lexical = LexicalIndex(lexical_folder(recorder.folder), recorder)
        lexical.catch_up()
        vectors = VectorIndex(index_folder(recorder.folder), recorder, warm=False)
        speller = Speller(Indexes(catalog=recorder, vectors=vectors, lexical=lexical), encoder)
        assert speller.correct("who baked the zwiebackk?") == "who baked the zwieback?"
        remove(recorder, "gone")
        assert speller.correct("who baked the zwiebackk?") == "who baked the zwiebackk?"
