"""What is measured of a sentence: how much of the question it covers, and whether it holds what is asked for."""

import pytest

from ingest.lexical import analyze
from service.domain import Span
from service.reading.features import (
    FEATURES,
    AskedTerms,
    Candidate,
    ask_for,
    find_sentences,
    find_short,
    measure,
    weigh_words,
)
from tests.answers import make_article, rank_passage

TEXT = (
    "The footbridge\n\nWill the Marlow Creek footbridge last? The Marlow Creek footbridge cost $4.2 million. "
    "Nobody knows who will paint it.\n\nThe ferry was late."
)


def _ask(question: str) -> AskedTerms:
    return ask_for(question, lambda term: 1.0)


def _measure(question: str, candidate: Candidate) -> dict[str, float]:
    values = measure(_ask(question), candidate, best_score=1.5, similarity=0.7)
    return dict(zip(FEATURES, values, strict=True))


def _find(text: str, title: str | None = None) -> list[Candidate]:
    article = make_article(text, title=title)
    return find_sentences(rank_passage(article, rank=2), article)


def test_headings_and_questions_are_not_candidates() -> None:
    assert [candidate.text for candidate in _find(TEXT)] == [
        "The Marlow Creek footbridge cost $4.2 million.", "Nobody knows who will paint it.", "The ferry was late.",
    ]


def test_question_in_quotation_marks_is_not_a_candidate() -> None:
    assert _find("“Will it last?” “Will it hold?” (Is it safe?)") == []
    assert [one.text for one in _find("“Will it last?” asked Ms. Dueck.")] == ["“Will it last?” asked Ms. Dueck."]


def test_only_sentences_of_the_passage_are_candidates() -> None:
    article = make_article("One boat sank. Two boats came home. Three boats stayed out.")
    start, end = article.text.index("Two"), article.text.index(" Three")
    found = find_sentences(rank_passage(article, start=start, end=end), article)
    assert [candidate.text for candidate in found] == ["Two boats came home."]


def test_coverage_is_the_share_of_the_question_s_content() -> None:
    asked = _ask("What did the footbridge at Marlow Creek cost?")
    assert asked.share(frozenset(analyze("The footbridge was cheap."))) == 1 / 4
    assert asked.share(frozenset(analyze("The Marlow Creek footbridge cost a lot."))) == 1.0
    assert asked.share(frozenset()) == 0.0


def test_rare_words_weigh_more() -> None:
    asked = ask_for("canola lobster", {"canola": 3.0, "lobster": 1.0}.__getitem__)
    # 3 / (3 + 1) and 1 / (1 + 1)
    assert asked.share(frozenset({"canola"})) == 0.75 / 1.25


def test_derived_words_count_as_the_same() -> None:
    assert _ask("agreement").share(frozenset(analyze("They agreed."))) == 1.0
    assert _ask("Who manages it?").share(frozenset(analyze("the management"))) == 1.0


def test_features_are_those_of_the_sentence_in_its_place() -> None:
    first, second, third = _find(TEXT, title="A footbridge for Marlow")
    measured = _measure("How much did the Marlow Creek footbridge cost?", first)
    assert measured["similarity"] == 0.7
    assert measured["coverage"] == measured["coverage_around"] == measured["coverage_passage"] == 1.0
    assert (measured["holds_type"], measured["no_type"]) == (1.0, 0.0)
    assert measured["passage_similarity"] == 0.6
    assert measured["behind_best"] == 1.0 - 1.5
    assert measured["reciprocal_rank"] == 1 / 2
    assert measured["length"] == 7 / 60
    neighbour = _measure("How much did the Marlow Creek footbridge cost?", second)
    assert (neighbour["coverage"], neighbour["coverage_around"], neighbour["holds_type"]) == (0.0, 1.0, 0.0)
    far = _measure("How much did the Marlow Creek footbridge cost?", third)
    # The title covers "footbridge" and "Marlow", two of four; the passage covers all.
    assert (far["coverage_around"], far["coverage_passage"]) == (2 / 4, 1.0)


def test_reported_event_is_told_from_a_mere_possibility() -> None:
    agreed, might = _find("The towns agreed on a ferry. The towns might build a ferry.")
    asked = "What was agreed on the ferry?"
    assert (_measure(asked, agreed)["reports_event"], _measure(asked, agreed)["hypothetical"]) == (1.0, 0.0)
    assert (_measure(asked, might)["reports_event"], _measure(asked, might)["hypothetical"]) == (0.0, 1.0)
    assert _measure("How big is the ferry?", agreed)["reports_event"] == 0.0


@pytest.mark.parametrize(
    ("question", "reports"),
    [
        ("What was agreed on barley?", 1.0), ("what was agreed on automobiles", 1.0), ("What was agreed?", 1.0),
        ("What was agreed on potash?", 0.0), ("How much barley is there?", 0.0),
    ],
)
def test_report_of_an_event_counts_where_it_is_about_what_was_asked(question: str, reports: float) -> None:
    (agreed,) = _find("Norvia agreed to lower its tariffs on barley and on cars.")
    assert weigh_words(_ask(question), agreed)["reports_event"] == reports


def test_question_without_a_kind_says_so() -> None:
    (candidate,) = _find("The towns agreed on a ferry.")
    measured = _measure("What was agreed?", candidate)
    assert (measured["holds_type"], measured["no_type"]) == (0.0, 1.0)


def test_short_answer_is_the_thing_nearest_to_the_question_s_words() -> None:
    text = "In 2019 the rink closed, and in 2024 the ferry to Dunmere sank."
    found = find_short(_ask("When did the ferry to Dunmere sink?"), text)
    assert found is not None
    assert text[found.start : found.end] == "2024"


def test_short_answer_is_none_where_nothing_of_the_kind_is_there() -> None:
    assert find_short(_ask("When did the ferry sink?"), "The ferry sank.") is None
    assert find_short(_ask("Why did the ferry sink?"), "The ferry sank in 2024.") is None


def test_short_answer_without_the_question_s_words_is_the_first() -> None:
    found = find_short(_ask("When did the ferry sink?"), "In 2019 and 2024 it rained.")
    assert found == Span(start=3, end=7)
