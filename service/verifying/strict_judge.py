"""A judge in, the same for what a language model wrote out: what denies once more or once less is never excused."""

from service.verifying.judge import Judge, Judgement
from service.verifying.statements import read_statement
from service.verifying.verification import count_denials


class StrictJudge:
    """Leaves open what the judge would accept although text and sentence do not deny equally often."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    def judge(self, text: str, sentence: str) -> Judgement:
        judgement = self._judge.judge(text, sentence)
        as_often = count_denials(read_statement(text)) == count_denials(read_statement(sentence))
        return "open" if judgement == "said" and not as_often else judgement
