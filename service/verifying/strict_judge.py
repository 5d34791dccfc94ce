"""A judge in, the same for what a language model wrote out: another denial, or another doer, is never excused."""

from service.verifying.judge import Judge, Judgement
from service.verifying.ordering import find_other_doer
from service.verifying.statements import read_statement
from service.verifying.verification import count_denials


class StrictJudge:
    """Leaves open what the judge would accept although the sentence denies more or less, or has another do it."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    def judge(self, text: str, sentence: str) -> Judgement:
        judgement = self._judge.judge(text, sentence)
        said, claim = read_statement(text), read_statement(sentence)
        alike = count_denials(said) == count_denials(claim) and find_other_doer(claim, said) is None
        return judgement if alike or judgement != "said" else "open"
