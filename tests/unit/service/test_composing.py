"""A written answer gives what was found, or the answer is in the articles' own words; nothing is taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.composing import BESIDE_POINT, NOTHING_PROVED, Composed, Material, compose
from service.domain import Evidence
from service.events import Cancelled, SentenceReady, never
from service.extracting.extractive import extract
from service.writing.generative import WrittenSentence
from tests.answers import find_evidence, make_article

BRIDGE = make_article("The footbridge opened on Tuesday. Work cost $4.2 million. Swallows nest below it.", "bridge")
OPENED, COST, SWALLOWS = (BRIDGE.text[one.start : one.end] for one in BRIDGE.sentences)
FOUND = (
    find_evidence(BRIDGE, COST, 0.9, short="$4.2 million"), find_evidence(BRIDGE, OPENED, 0.3),
    find_evidence(BRIDGE, SWALLOWS, 0.2),
)
PAID = "The footbridge cost 4.2 million dollars."


@dataclass(frozen=True)
class Written:
    """A Writer of sentences that are all proved by one piece of the evidence, but for those that begin with X."""

    sentences: Sequence[str]
    proof: int
    id: str = "scripted"

    def write(
        self, question: str, *, evidence: Sequence[Evidence], limit: int, cancelled: Cancelled
    ) -> Iterator[WrittenSentence]:
        del question, limit, cancelled
        for text in self.sentences:
            kept = not text.startswith("X")
            proof = (evidence[self.proof],) if kept else ()
            yield WrittenSentence(
                text=text, verdict="verified" if kept else "fabricated", evidence=proof, kept=kept,
                reason=None if kept else "no source says it",
            )


def say(*sentences: str, proof: int = 0, found: Sequence[Evidence] = FOUND) -> tuple[list[str], Composed]:
    """What was said, piece by piece, and what the answer came to."""
    material = Material(evidence=found, extract=extract(found, threshold=0.5, max_sentences=3), numbers={"bridge": 1})
    saying = compose("What did it cost?", material, writer=Written(sentences, proof), limit=3, cancelled=never)
    said = list[SentenceReady]()
    while True:
        try:
            said.append(next(saying))
        except StopIteration as end:
            return [one.text for one in said], end.value


def test_sentences_before_the_one_that_gives_the_answer_wait_for_it() -> None:
    said, composed = say(OPENED, PAID, SWALLOWS)
    assert said == [OPENED, f" {PAID}", f" {SWALLOWS}"]
    assert (composed.text, composed.answerer, composed.dropped) == ("".join(said), "generative:scripted", ())
    assert [one.quote for one in composed.citations] == [COST] * 3


def test_true_sentences_beside_the_point_are_no_answer() -> None:
    said, composed = say(OPENED, "X", SWALLOWS)
    assert said == [COST]
    assert (composed.text, composed.answerer, composed.warnings) == (COST, "extractive", (BESIDE_POINT,))
    assert [(one.text, one.verdict) for one in composed.dropped] == [
        ("X", "fabricated"), (OPENED, "verified"), (SWALLOWS, "verified"),
    ]
    assert all(one.reason for one in composed.dropped)


def test_another_figure_is_not_the_answer() -> None:
    assert say("The footbridge cost 4.3 million dollars.")[1].text == COST


def test_what_rests_on_other_sentences_than_the_answer_is_no_answer() -> None:
    assert say(PAID, proof=1)[1].warnings == (BESIDE_POINT,)


def test_where_no_short_answer_was_found_the_words_of_the_question_are_asked_for() -> None:
    found = [find_evidence(BRIDGE, COST, 0.9)]
    assert say("The footbridge is dear.", found=found)[1].text == COST
    for text in ("The cost was in millions.", "The price was in millions."):
        assert say(text, found=found)[1].text == text


def test_nothing_proved_is_told_apart() -> None:
    assert say("X")[1].warnings == (NOTHING_PROVED,)
