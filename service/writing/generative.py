"""Evidence in, sentences that a language model wrote out, each with its proof: the Writer seam and what fills it.

A model is never believed. What it writes is held against the evidence sentence by sentence, and what the evidence does
not say is marked as dropped, whatever the model cites for it.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from service.domain import Evidence
from service.events import Cancelled
from service.verifying.entailment import Entailment
from service.verifying.judge import Judge
from service.verifying.reasons import Reason
from service.verifying.statements import read_statement
from service.verifying.verification import Finding, Verdict, Witness, is_near, verify_statement
from service.writing.instructions import commands_machine, holds_markup, is_tainted
from service.writing.language_model import LanguageModel
from service.writing.marked import MarkedSentence, read_marked
from service.writing.prompts import NOTHING, write_prompt
from service.writing.tagging import tag

EVIDENCE_CHARACTERS = 4_000
MOST_CHARACTERS = 60_000  # that a model is listened to, whatever it says
MOST_READ = 3  # sentences of a model for each one that is wanted: after that it is not listened to
_OF_ITSELF = re.compile(r"(?:the|my) (?:\w+ )?answer (?:is|was|to)\b", re.IGNORECASE)
_WHOLE = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")  # what a sentence ends with


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSentence:
    """A sentence that a model wrote. `evidence` proves it where it is kept, else it is empty and `reason` says why."""

    text: str
    verdict: Verdict
    evidence: tuple[Evidence, ...]
    kept: bool
    reason: str | None = None


class Writer(Protocol):
    """Answers a question from evidence in sentences of its own. `id` names the language model."""

    @property
    def id(self) -> str: ...

    def write(
        self, question: str, *, evidence: Sequence[Evidence], limit: int, cancelled: Cancelled
    ) -> Iterator[WrittenSentence]:
        """Each sentence as soon as it was judged; at most `limit` are kept, and none where the model has no answer.

        The evidence comes best first. WriterUnavailable, also after some sentences, where the model cannot be used.
        Closing the iterator ends the call to the model.
        """
        ...


class ProvingWriter:
    """Has a language model write, and proves each sentence by rules about words and, where given, by models."""

    def __init__(
        self, model: LanguageModel, *, evidence_characters: int = EVIDENCE_CHARACTERS,
        judge: Judge | None = None, entailment: Callable[[], Entailment] | None = None,
        chance: random.Random | None = None,
    ) -> None:
        self.id = model.id
        self._model = model
        self._characters = evidence_characters
        self._judge = judge
        self._entailment = entailment
        self._chance = chance

    def write(
        self, question: str, *, evidence: Sequence[Evidence], limit: int, cancelled: Cancelled
    ) -> Iterator[WrittenSentence]:
        usable = [one for one in evidence if not is_tainted(one.article.text, one.start, one.end)]
        tagged = tag(usable, characters=self._characters, chance=self._chance)
        if not tagged or limit < 1:
            return
        prompt = write_prompt(question, {name: one.quote for name, one in tagged.items()}, limit=limit)
        proof = _Proof(tagged, judge=self._judge, entailment=self._entailment() if self._entailment else None)
        read, kept, said = 0, 0, set[str]()
        for marked in read_marked(_bound(self._model.stream(prompt, cancelled=cancelled))):
            if marked.text in said or marked.text.strip(" .").upper() == NOTHING:
                continue
            said.add(marked.text)
            written = proof.judge(marked)
            yield written
            read, kept = read + 1, kept + written.kept
            if kept == limit or read == limit * MOST_READ or cancelled():
                return


def _bound(pieces: Iterator[str]) -> Iterator[str]:
    """The pieces, for as long as they are together no longer than an answer may be."""
    left = MOST_CHARACTERS
    for piece in pieces:
        yield piece[:left]
        left -= len(piece)
        if left <= 0:
            return


class _Proof:
    """The evidence of one question, read once, which every written sentence is held against."""

    def __init__(
        self, tagged: Mapping[str, Evidence], *, judge: Judge | None, entailment: Entailment | None
    ) -> None:
        self._tagged = tagged
        self._judge = judge
        self._entailment = entailment
        self._witnesses = {
            name: Witness(
                place=place, said=read_statement(one.quote), where=(one.article.id, one.start, one.end),
                outlet=frozenset(read_statement(one.article.metadata.publisher or "").sequence),
            )
            for place, (name, one) in enumerate(tagged.items())
        }

    def judge(self, marked: MarkedSentence) -> WrittenSentence:
        if commands_machine(marked.text) or holds_markup(marked.text):
            return _drop(marked.text, "unsupported", "it gives orders or holds a link")
        if not _WHOLE.search(marked.text):
            return _drop(marked.text, "unsupported", "it is no whole sentence")
        if _OF_ITSELF.match(marked.text):
            return _drop(marked.text, "unsupported", "it speaks of the answer, which no source does")
        cited = [name for name in marked.ids if name in self._tagged]
        order = [*cited, *(name for name in self._tagged if name not in cited)]
        witnesses = [
            replace(self._witnesses[name], place=place) for place, name in enumerate(order)
        ]
        claim = read_statement(marked.text)
        finding = verify_statement(claim, witnesses, cited=len(cited), judge=self._judge)
        if not finding.supported:
            return _drop(marked.text, finding.verdict, _tell(finding.reasons))
        if not is_near(claim, (witnesses[place].said for place in finding.places)):
            return _drop(marked.text, "unsupported", "it says little that its sources say")
        evidence = self._choose(finding, order, cited)
        if self._entailment and not self._entailment.entails(" ".join(one.quote for one in evidence), marked.text):
            return _drop(marked.text, "unsupported", "the entailment model does not find it in its sources")
        return WrittenSentence(text=marked.text, verdict=finding.verdict, evidence=evidence, kept=True)

    def _choose(self, finding: Finding, order: Sequence[str], cited: Sequence[str]) -> tuple[Evidence, ...]:
        """The evidence that proves a sentence: what the model cited, else the best there is."""
        found = [order[place] for place in finding.places]
        named = [name for name in found if name in cited]
        return tuple(self._tagged[name] for name in (found if finding.joined else named or found[:1]))


def _drop(text: str, verdict: Verdict, reason: str) -> WrittenSentence:
    return WrittenSentence(text=text, verdict=verdict, evidence=(), kept=False, reason=reason)


def _tell(reasons: Sequence[Reason]) -> str:
    """What keeps a sentence from being supported, in a few words."""
    told = [f"{one.kind} “{one.text}”" + (f" (there: “{one.rival}”)" if one.rival else "") for one in reasons[:3]]
    return "not in its sources: " + ", ".join(told) if told else "no source says it"
