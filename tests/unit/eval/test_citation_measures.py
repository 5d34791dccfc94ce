"""Ten answers with their citations, scored by hand; an invented citation costs precision."""

from dataclasses import dataclass

import pytest

from eval.measures import citations
from eval.measures.citations import Cited, Statement
from eval.measures.support import make_lexical

BRIDGE = "The Marlow Creek bridge is 84 metres long and cost $3.5 million."
FERRY = "The ferry to Dunmere carries 40 cars and sails at noon."
MAYOR = "Mayor Edith Larch opened the bridge in Wexcombe on Monday."


def _cite(held: str | None, *, article: str | None = "bridge", quote: str | None = None, intact: bool = True) -> Cited:
    return Cited(article_id=article, quote=held or "" if quote is None else quote, held=held, intact=intact)


@dataclass(frozen=True, kw_only=True)
class Case:
    """Statements with the numbers of their citations, and what the measures must be."""

    statements: tuple[Statement, ...]
    citations: tuple[Cited, ...]
    precision: float | None
    recall: float | None
    exact: float | None
    invalid: float | None
    uncited: float | None


def _say(text: str, *cited: int) -> Statement:
    return Statement(text=text, cited=cited)


CASES = {
    "verbatim": Case(
        statements=(_say(BRIDGE, 0),), citations=(_cite(BRIDGE),),
        precision=1, recall=1, exact=1, invalid=0, uncited=0,
    ),
    "number that is not there": Case(
        statements=(_say("The Marlow Creek bridge is 48 metres long.", 0),), citations=(_cite(BRIDGE),),
        precision=0, recall=0, exact=1, invalid=0, uncited=0,
    ),
    "name that is not there": Case(
        statements=(_say("The bridge of Lowmere is 84 metres long.", 0),), citations=(_cite(BRIDGE),),
        precision=0, recall=0, exact=1, invalid=0, uncited=0,
    ),
    "invented source beside a good one": Case(
        statements=(_say(BRIDGE, 0, 1),), citations=(_cite(BRIDGE), _cite(None, article=None, quote=BRIDGE)),
        precision=1 / 2, recall=1, exact=1 / 2, invalid=1 / 2, uncited=0,
    ),
    "nothing but an invented source": Case(
        statements=(_say(BRIDGE, 0),), citations=(_cite(None, article=None, quote=BRIDGE),),
        precision=0, recall=0, exact=0, invalid=1, uncited=1,
    ),
    "irrelevant citation beside a good one": Case(
        statements=(_say(BRIDGE, 0, 1),), citations=(_cite(BRIDGE), _cite(FERRY)),
        precision=1 / 2, recall=1, exact=1, invalid=0, uncited=0,
    ),
    "two that support only together": Case(
        statements=(_say("Mayor Edith Larch opened the bridge, which is 84 metres long.", 0, 1),),
        citations=(_cite(MAYOR), _cite(BRIDGE)),
        precision=1, recall=1, exact=1, invalid=0, uncited=0,
    ),
    "one of two sentences uncited": Case(
        statements=(_say(BRIDGE, 0), _say(FERRY)), citations=(_cite(BRIDGE),),
        precision=1, recall=1 / 2, exact=1, invalid=0, uncited=1 / 2,
    ),
    "span off by one": Case(
        statements=(_say(BRIDGE, 0),), citations=(_cite(BRIDGE[1:], quote=BRIDGE),),
        precision=1, recall=1, exact=0, invalid=0, uncited=0,
    ),
    "no citation at all": Case(
        statements=(_say(BRIDGE),), citations=(), precision=0, recall=0, exact=None, invalid=None, uncited=1,
    ),
    "nothing said": Case(
        statements=(), citations=(), precision=None, recall=None, exact=None, invalid=None, uncited=None,
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_answer_is_scored_as_by_hand(case: Case) -> None:
    supports = make_lexical([BRIDGE, FERRY, MAYOR])
    assert citations.citation_precision(case.statements, case.citations, supports=supports) == case.precision
    assert citations.citation_recall(case.statements, case.citations, supports=supports) == case.recall
    assert citations.quote_exact(case.citations) == case.exact
    assert citations.invalid_citation_rate(case.citations) == case.invalid
    assert citations.uncited_sentence_rate(case.statements, case.citations) == case.uncited


def test_quote_of_an_article_that_has_changed_is_not_exact() -> None:
    assert citations.quote_exact([_cite(BRIDGE, intact=False), _cite(BRIDGE)]) == 1 / 2


def test_cited_articles_are_held_against_gold_ones() -> None:
    assert citations.gold_citation_precision({"a", "b"}, {"a", "c"}) == 1 / 2
    assert citations.gold_citation_recall({"a"}, {"a", "b", "c"}) == 1 / 3
    assert citations.gold_citation_precision(set(), {"a"}) == citations.gold_citation_recall(set(), {"a"}) == 0
    assert citations.gold_citation_precision({"a"}, set()) is citations.gold_citation_recall({"a"}, set()) is None


@pytest.mark.parametrize(
    ("statement", "supported"),
    [
        ("The bridge cost $3.5 million.", True), ("The bridge cost $35 million.", False),
        ("The bridge cost 3.5 million.", True), ("It opened in the 1980s.", False),
        ("Marlow Creek has a bridge.", True), ("The harbour tunnel was closed for repairs.", False), ("", False),
    ],
)
def test_lexical_support_wants_every_number_and_name_and_most_words(statement: str, supported: bool) -> None:
    assert make_lexical([BRIDGE, FERRY, MAYOR])([BRIDGE], statement) is supported


def test_title_before_a_name_is_no_name() -> None:
    supports = make_lexical([])
    assert supports(["Premier Doug Ford spoke in Tarn."], "In Tarn Mr. Doug Ford spoke.")
    assert not supports(["Premier Doug Ford spoke in Tarn."], "In Tarn Mr. Carl Ford spoke.")


def test_lexical_support_cannot_see_who_did_what() -> None:
    """What its docstring warns of, and every report repeats."""
    assert make_lexical([])(["Canada taxed cars from China."], "China taxed cars from Canada.")
