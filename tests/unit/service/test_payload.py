"""The JSON of an answer, whole, as in the golden files."""

from service.payload import Payload, answer_payload, article_payload
from tests.answers import find_evidence, make_answer, make_article, make_source
from tests.contract import check_answer
from tests.golden_files import check_golden

COST = "Work cost $4.2 million, said the engineer, Zoë Brandvold 🙂."
RECORD = make_article(
    f"The Marlow Creek footbridge opened on Tuesday.\n\n{COST}\n\nSwallows nest below.", "record-17",
    title="Footbridge opens", publisher="Marlow Record", author="Ilse Aubin", published="2026-02-10T09:20-05:00",
    url="https://marlow.example/17", story_id="st_bridge",
)
WIRE = make_article(
    f"DUNMERE — {COST}", "wire.txt", published="2026-02-09", publisher="Harbour Wire", story_id="st_wire"
)
COPY = make_article(RECORD.text, "copy-3", title="A footbridge", story_id="st_bridge")
TEXTS = {article.id: article.text for article in (RECORD, WIRE)}


def _dump(payload: Payload) -> str:
    return payload.model_dump_json(indent=2) + "\n"


def _text_of(article_id: str, version: int) -> str:
    assert version == 1
    return TEXTS[article_id]


def test_answer_is_the_contract() -> None:
    answer = make_answer(
        "How much did the footbridge cost?", find_evidence(RECORD, COST, short="$4.2 million"),
        find_evidence(WIRE, COST, short="$4.2 million", rank=2),
        sources=(make_source(WIRE, 1, cited=True), make_source(RECORD, 2, cited=True, also_carried_by=(COPY,))),
    )
    printed = _dump(answer_payload(answer))
    check_answer(printed, _text_of)
    check_golden("answer.json", printed)


def test_no_answer_is_the_contract() -> None:
    answer = make_answer("How tall is it?", sources=(make_source(RECORD, 1, cited=False),), band_of=0.0312)
    printed = _dump(answer_payload(answer))
    check_answer(printed, _text_of)
    check_golden("no_answer.json", printed)


def test_article_without_metadata_has_a_label_and_no_title() -> None:
    payload = article_payload(make_article("The ferry was late. " * 4))
    assert payload.label == "The ferry was late. The ferry was late. The…"
    assert [getattr(payload, name) for name in ("title", "publisher", "author", "published_at", "url")] == [None] * 5
