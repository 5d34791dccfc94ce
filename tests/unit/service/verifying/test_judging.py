"""A scripted judge beside the rules: it decides what words leave open, and nothing that is certain."""

from dataclasses import dataclass, field

import pytest

from service.verifying.judge import Judgement
from service.verifying.strict_judge import StrictJudge
from service.verifying.verification import verify

STRIKE = "Nurses at St. Brannoch plan to strike in May unless 40 colleagues are hired, Ada Quill said."


@dataclass
class ScriptedJudge:
    """Always of one opinion; `asked` are the pairs that it was shown."""

    opinion: Judgement
    asked: list[tuple[str, str]] = field(default_factory=list)

    def judge(self, text: str, sentence: str) -> Judgement:
        self.asked.append((text, sentence))
        return self.opinion


FREE = "Nurses at St. Brannoch will walk out in May unless 40 colleagues are hired, Ada Quill said."
NEAR = "Ada Quill said nurses at St. Brannoch plan to strike in May."


@pytest.mark.parametrize(
    ("sentence", "opinion", "supported"),
    [
        (FREE, "said", True), (FREE, "open", False), (FREE, "not said", False),
        (NEAR, "said", True), (NEAR, "open", True), (NEAR, "not said", False),
    ],
)
def test_judge_decides_what_the_rules_leave_open(sentence: str, opinion: Judgement, supported: bool) -> None:
    finding = verify(sentence, cited=[STRIKE], judge=ScriptedJudge(opinion))
    assert finding.supported is supported
    assert bool(finding.reasons) is not supported


def test_sentence_that_only_the_judge_rejects_says_so() -> None:
    (reason,) = verify(NEAR, cited=[STRIKE], judge=ScriptedJudge("not said")).reasons
    assert (reason.kind, reason.text) == ("meaning", NEAR)


@pytest.mark.parametrize(
    "sentence",
    [
        "Nurses at St. Brannoch plan to strike in June.",
        "Nurses at St. Brannoch plan to strike unless 50 colleagues are hired.",
        "Nurses at St. Tarn plan to strike in May.",
        "Nurses at St. Brannoch do not plan to strike in May.",
        "“We will strike in May,” nurses at St. Brannoch said.",
    ],
)
def test_judge_is_not_asked_about_figures_names_denials_and_quotations(sentence: str) -> None:
    judge = ScriptedJudge("said")
    assert not verify(sentence, cited=[STRIKE], judge=judge).supported
    assert judge.asked == []


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        ("Tarn’s union said it was not convinced by the offer.", "Tarn’s union was unconvinced by the offer."),
        ("The bridge was barred to trucks after a crash.", "No trucks cross the bridge now, in the wake of a crash."),
    ],
)
def test_denial_in_other_words_is_left_to_the_judge(span: str, sentence: str) -> None:
    assert verify(sentence, cited=[span], judge=ScriptedJudge("said")).supported


def test_sentence_that_is_repeated_word_for_word_needs_no_judge() -> None:
    judge = ScriptedJudge("not said")
    assert verify(STRIKE, cited=[STRIKE], judge=judge).verdict == "verified"
    assert judge.asked == []


def test_copy_with_gaps_and_synonyms_needs_no_judge() -> None:
    judge = ScriptedJudge("not said")
    assert verify("Nurses plan to strike in May, Ada Quill said.", cited=[STRIKE], judge=judge).verdict == "verified"
    assert judge.asked == []


def test_judge_reads_the_two_nearest_sentences_only() -> None:
    judge = ScriptedJudge("not said")
    others = ["The mill opens.", *(f"{STRIKE[:-1]} {again}." for again in ("again", "twice", "today")), "It rained."]
    verify(NEAR, cited=others, judge=judge)
    assert len(judge.asked) == 2
    assert {text[:6] for text, _ in judge.asked} == {"Nurses"}


VISIT = "Mayor Ilse Brandt opened the Rusk lock on Monday. It had been shut since a flood in 2019."
BOTH = "The Rusk lock, shut since a flood in 2019, was opened by Mayor Ilse Brandt on Monday."
DETAILS = "A barge hit the gate. Nobody was hurt. The Rusk lock stayed shut."


def test_two_sentences_of_a_span_are_read_together() -> None:
    judge = ScriptedJudge("said")
    assert verify(BOTH, cited=[VISIT], judge=judge).verdict == "verified"
    assert judge.asked[-1] == (VISIT, BOTH)


@pytest.mark.parametrize("opinion", ["open", "not said"])
def test_two_sentences_together_prove_only_what_the_judge_finds_in_them(opinion: Judgement) -> None:
    assert not verify(BOTH, cited=[VISIT], judge=ScriptedJudge(opinion)).supported


def test_two_sentences_together_prove_nothing_without_a_judge() -> None:
    assert not verify(BOTH, cited=[VISIT]).supported


@pytest.mark.parametrize(
    "sentence",
    [
        BOTH.replace("2019", "2017"), BOTH.replace("Ilse Brandt", "Ilse Rusk"), BOTH.replace("Monday", "Tuesday"),
        BOTH.replace("a flood", "“a great flood”"),
    ],
)
def test_figures_names_and_quotations_are_held_against_two_sentences_too(sentence: str) -> None:
    assert not verify(sentence, cited=[VISIT], judge=ScriptedJudge("said")).supported


def test_sentences_of_two_spans_are_not_read_together() -> None:
    opened, shut = VISIT.split(". ")
    finding = verify(BOTH, cited=[f"{opened}.", shut], judge=ScriptedJudge("said"))
    assert not finding.supported


def test_sentences_that_others_stand_between_are_not_read_together() -> None:
    sentence = "A barge hit the gate and the Rusk lock stayed shut."
    judge = ScriptedJudge("open")
    verify(sentence, cited=[DETAILS], judge=judge)
    assert judge.asked
    assert all("Nobody" in text or text.count(".") == 1 for text, _ in judge.asked)


def test_strict_judge_excuses_no_denial_that_the_text_lacks() -> None:
    text, denied = "Mr. Ford said that the deal gives Tarn a base.", "Mr. Ford said that the deal gives Tarn no base."
    strict = StrictJudge(ScriptedJudge("said"))
    assert (strict.judge(text, text), strict.judge(text, denied)) == ("said", "open")
    assert StrictJudge(ScriptedJudge("not said")).judge(text, denied) == "not said"
