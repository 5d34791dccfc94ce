"""What was said before in, an exchange of it out: a question that stands alone, what ties it to others, its answer."""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from ingest.sentences import split_sentences
from service.conversing.mentions import Mention, find_mentions

READ = 600  # characters of an answer
_TIE = ", with regard to "
_DATELINE = re.compile(  # "REGINA, Sask. — ", "Madrid (CNN) "
    r"(?:^|(?<=[.!?”] ))(?:[A-ZÀ-Þ][A-ZÀ-Þ’'. -]{2,40}(?:, [A-Z][\w.]{1,12})? [—–-]+ "
    r"|(?:[A-Z]\w+,? ){0,3}\((?:CNN|AP|AFP|Reuters)\) (?:[—–-] )?)"
)


@dataclass(frozen=True, kw_only=True)  # without slots: what is named is found once
class Exchange:
    """A question that stands alone, and what was answered; empty where that says nothing.

    `about` is what the question is tied to, where it does not name that itself.
    """

    question: str
    answer: str
    about: str = ""

    @cached_property
    def asked(self) -> list[Mention]:
        return find_mentions(self.question)

    @cached_property
    def context(self) -> list[Mention]:
        """What the question is tied to, but for what an answer named beside."""
        return find_mentions(self.about.partition(" (")[0])

    @cached_property
    def told(self) -> list[Mention]:
        return find_mentions(self.answer)

    @cached_property
    def found(self) -> list[Mention]:
        """What the answer adds to what the question names."""
        known = f"{self.question} {self.about}".lower()
        return [one for one in self.told if one.last.lower() not in known]

    @cached_property
    def answering(self) -> list[Mention]:
        """What the sentence names that answers: the first, to which others only add."""
        end = next((sentence.end for sentence in split_sentences(self.answer)), 0)
        return find_mentions(self.answer[:end])

    @property
    def said(self) -> str:
        return f"{self.question} {self.about} {self.answer}"


def open_exchange(question: str) -> Exchange:
    """The exchange that a question begins which stands alone."""
    head, _, about = question.partition(_TIE)
    return Exchange(question=head, about=about.rstrip("?!. "), answer="")


def answer_exchange(asked: Exchange, answer: str) -> Exchange:
    """The exchange with its answer, as far as it is read, without datelines."""
    return replace(asked, answer=_DATELINE.sub("", answer[:READ]))


def tie(question: str, about: str) -> str:
    """A question with what it is about behind it; as it is where that is empty, or it is tied already."""
    return f"{question.rstrip('?!. ')}{_TIE}{about}?" if about and _TIE not in question else question
