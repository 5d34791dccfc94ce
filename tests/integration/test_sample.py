"""The sample articles that come with Footnote: what goes in, what is left out, and what they answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.catalog import Catalog
from ingest.embedding import OnnxEncoder
from ingest.pipeline import IngestReport
from service.answering import Answerer
from service.domain import Answer, Question
from tests.asking import open_answerer
from tests.builders import SEEN

WIRE = "hw-20260116-beijing-deal"
COPIES = ("lakeshore-20260116-tariff-break", "atlantictide-20260117-wire")
OTHERS_OF_AGGREGATOR = ("Ellis Forge arena", "roof trusses", "The first ferry from", "fines for late books")


@pytest.fixture(scope="module")
def answerer(sample: Path, encoder: OnnxEncoder) -> Iterator[Answerer]:
    with open_answerer(sample, encoder) as answerer:
        yield answerer


@pytest.fixture
def catalog(sample: Path) -> Iterator[Catalog]:
    with Catalog(sample) as catalog:
        yield catalog


def _ask(answerer: Answerer, question: str) -> Answer:
    return answerer.ask(Question(text=question, as_of=SEEN))


def test_every_sample_article_goes_in(sample_report: tuple[Path, IngestReport]) -> None:
    report = sample_report[1]
    assert report.added >= 16
    assert (report.changed, report.unchanged, report.failed) == (0, 0, ())
    assert report.cut["other stories"] == 1


def test_article_without_a_title_is_named_by_its_first_words(catalog: Catalog) -> None:
    untitled = [article for article in catalog.every_article() if article.metadata.title is None]
    assert [article.label for article in untitled] == ["When the motorcade had gone and the flags along…"]
    assert untitled[0].text.startswith("When the motorcade had gone and the flags along the avenue")


def test_dates_and_publishers_are_unknown_where_the_article_does_not_say(catalog: Catalog) -> None:
    articles = list(catalog.every_article())
    undated = {article.id for article in articles if article.metadata.published_at is None}
    assert undated == {
        "after-the-summit.txt", "provisional-means-provisional.txt",
        "https://capitalobserver.example/explained/five-pillars",
    }
    assert all(article.metadata.publisher for article in articles if article.metadata.published_at)


def test_page_of_an_aggregator_keeps_its_own_story_only(catalog: Catalog) -> None:
    page = catalog.article("dockside-digest-carney-lands.txt")
    assert page.metadata.publisher == "Capital Observer"
    assert page.text.startswith("OTTAWA — Prime Minister Mark Carney landed in Beijing on Wednesday")
    assert page.text.endswith("counts it as progress that the two governments are speaking at all.")
    assert any(cut.reason == "other stories" for cut in page.cuts)
    for article in catalog.every_article():
        assert not any(words in article.text for words in OTHERS_OF_AGGREGATOR)


def test_navigation_and_newsletters_of_pages_are_not_text(catalog: Catalog) -> None:
    texts = "\n".join(article.text for article in catalog.every_article())
    for words in ("Subscribe", "Morning Furrow", "Low Water", "All rights reserved", "You may also", "Odile Marchetti"):
        assert words not in texts


def test_copies_of_the_wire_report_are_one_story(catalog: Catalog) -> None:
    story = catalog.article(WIRE).story_id
    assert {article.id for article in catalog.carriers(story)} == {WIRE, *COPIES}
    stories = {article.story_id for article in catalog.every_article()}
    assert len(stories) == catalog.counts().articles - len(COPIES)


def test_what_was_agreed_on_canola_is_answered_by_the_wire(answerer: Answerer) -> None:
    answer = _ask(answerer, "what was agreed on canola?")
    assert answer.text.startswith("China agreed to lower its tariffs on Canadian canola from March until the end of")
    first = answer.sources[0]
    assert (first.article.id, first.cited) == (WIRE, True)
    assert {copy.id for copy in first.also_carried_by} == set(COPIES)


@pytest.mark.parametrize(
    ("question", "words", "article_id"),
    [
        ("What was signed in Beijing on energy?", "a memorandum of understanding on energy", "energy-memorandum"),
        ("When was Meng Wanzhou arrested?", "in December 2018", "seven-cold-years"),
        ("What percentage of Canada's exports go to the U.S.?", "About 70 per cent", WIRE),
        ("How many farms did the growers count in Kestrel Plains?", "289 farms", "kestrel-plains-289-farms"),
        ("How many farms did the council count in Kestrel Plains?", "412 farms", "kestrel-plains-412-farms"),
        ("How many tonnes of canola does the Wexcombe terminal hold?", "16,000 tonnes", "correction-wexcombe-terminal"),
        ("How many acres of peas did Yvonne Starchuk grow?", "1,150 acres", "nobody-mentions-the-peas"),
        ("What price was Ms. Starchuk offered for her peas?", "$7.40 a bushel", "nobody-mentions-the-peas"),
        ("How much lobster did the co-operative sell to China in 2024?", "480 tonnes", "tern-harbour-lobster-co-op"),
        ("When will the packers return to work?", "on March 2", "tern-harbour-lobster-co-op"),
        ("How many people work at the stamping plant?", "about 340 people", "electric-dealers-49000"),
        ("When was the last visit of a Canadian prime minister to China?", "went in 2017", "carney-departs"),
        ("When do the tariff reductions end?", "at the end of 2026", "what-happens-in-march"),
        ("Combien de pêcheurs regroupe la coopérative ?", "27 pêcheurs", "homard-anse-aux-cormorans"),
        ("Did Canada abolish its tariffs?", "Neither country is abolishing its tariffs", WIRE),
        ("Why did China put duties on canola?", "taxed Chinese electric cars at 100 per cent", WIRE),
    ],
)
def test_sample_articles_answer(answerer: Answerer, question: str, words: str, article_id: str) -> None:
    answer = _ask(answerer, question)
    assert words in answer.text
    cited = [citation for citation in answer.citations if words in citation.quote]
    sources = {answer.sources[citation.source_number - 1].article.id for citation in cited}
    assert any(source.endswith(article_id) for source in sources)


@pytest.mark.parametrize(
    "question",
    [
        "How tall is Mount Everest?", "What is the capital of Peru?", "Who directed the film Casablanca?",
        "How many medals did Norway win at the Olympics?", "What did the Bank of Canada decide on interest rates?",
        "What is the population of Saskatoon?", "How do I bake sourdough bread?",
        "Which team won the World Cup in 1998?", "Why was the Ellis Forge arena rink closed?",
    ],
)
def test_what_the_sample_articles_do_not_say_is_not_answered(answerer: Answerer, question: str) -> None:
    answer = _ask(answerer, question)
    assert (answer.status, answer.citations) == ("no_answer", ())


def test_search_returns_copies_too(answerer: Answerer) -> None:
    question = Question(text="lower tariffs on Canadian canola from March", as_of=SEEN)
    found = answerer.search(question, limit=10).passages
    assert {WIRE, *COPIES} <= {one.stored.passage.article_id for one in found}
    assert [one.rank for one in found] == list(range(1, len(found) + 1))
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_search_that_collapses_stories_returns_the_earliest_of_each(answerer: Answerer) -> None:
    question = Question(text="lower tariffs on Canadian canola from March", as_of=SEEN)
    found = answerer.search(question, limit=5, collapse_stories=True).passages
    names = {one.stored.passage.article_id for one in found}
    assert WIRE in names
    assert names.isdisjoint(COPIES)
    assert [one.rank for one in found] == list(range(1, len(found) + 1))
