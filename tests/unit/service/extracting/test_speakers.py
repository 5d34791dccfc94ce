"""Whom a pronoun means, and who says a bare quotation: said where the neighbours make it plain, and else not."""

import pytest

from service.extracting.speakers import find_person, find_speaker, is_bare_quotation, opens_with_pronoun
from tests.answers import make_article
from tests.effort import grows_linearly


def _person(text: str, sentence: str) -> tuple[str, str] | None:
    article = make_article(text)
    found = find_person(article, text.index(sentence))
    return (found.name, text[found.sentence.start : found.sentence.end]) if found else None


def _speaker(text: str, sentence: str) -> str | None:
    found = find_speaker(make_article(text), text.index(sentence))
    return found.name if found else None


def test_pronoun_means_the_one_person_of_the_sentence_before() -> None:
    opening = "The ferry will sail again in May, said Maren Holt, the harbour master."
    assert _person(f"{opening} She added that the fare stays.", "She added") == ("Maren Holt", opening)


def test_surname_is_given_in_full_with_the_sentence_that_does() -> None:
    first = "Premier Anton Weiss opened the dam on Monday."
    text = f"{first} It cost $40 million. Weiss said it would last. He praised the crew."
    assert _person(text, "He praised") == ("Anton Weiss", first)


def test_pronoun_means_who_is_called_by_an_office() -> None:
    opening = "Guy Varga liked the plan. Vera Novak, a vice-president of the Reed Fund, was struck by the statement."
    told = opening.partition(". ")[2]
    assert _person(f"{opening} She thinks that it will last.", "She thinks") == ("Vera Novak", told)


@pytest.mark.parametrize(
    "before",
    [
        "Maren Holt met Lena Brandt, said Holt.",
        "Ms. Holt signed the lease.",
        "The council signed the lease.",
        "Maren Holt said it was late. The Ferry Board and Lena Brandt disagreed, Holt said.",
        "Sarah Holt said it was late.",
        "Anton Weiss said it was late. Vera Novak was struck by the plan.",
        "China, said the ministry, is content.",
        "Anton Weiss said it was late, but the mayor disagreed.",
    ],
    ids=[
        "two people", "another gender", "nobody", "a stranger beside", "a woman's first name", "a stranger nearer by",
        "a country", "who is named himself",
    ],
)
def test_nobody_is_named_where_it_is_not_plain(before: str) -> None:
    assert _person(f"{before} He added that Weiss was wrong.", "He added") is None


@pytest.mark.parametrize("unit", ["-", "a-", "a ", "Xu ", "’s "])
def test_time_grows_with_the_text(unit: str) -> None:
    def work(size: int) -> object:
        article = articles[size]
        return find_person(article, article.text.index("She added"))

    articles = {size: make_article(f"Maren Holt, a {unit * size}, said so. She added that.") for size in (2_000, 8_000)}
    assert grows_linearly(work, size=2_000)


def test_person_of_a_paragraph_far_above_is_not_meant() -> None:
    text = "Maren Holt said it was late. Rain fell. Wind rose. Snow came. She added that the fare stays."
    assert _person(text, "She added") is None


def test_bare_quotation_belongs_to_whom_its_paragraph_quotes() -> None:
    text = "“It is four farms in ten,” said Reeve Walter Onyx. “Nobody made it up.”"
    assert _speaker(text, "“Nobody") == "Walter Onyx"
    assert _speaker("“Nobody made it up.” “It is four in ten,” Ann Dahl said.", "“Nobody") == "Ann Dahl"


def test_bare_quotation_of_another_paragraph_has_no_speaker() -> None:
    assert _speaker("“It is four farms in ten,” said Walter Onyx.\n\n“Nobody made it up.”", "“Nobody") is None


def test_what_opens_with_a_pronoun_and_what_is_bare_quotation() -> None:
    assert opens_with_pronoun("His office declined.")
    assert not opens_with_pronoun("Hence the delay.")
    assert is_bare_quotation("“Nobody made it up.”")
    assert not is_bare_quotation("“Nobody made it up,” she said.")
