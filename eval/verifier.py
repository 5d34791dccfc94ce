"""Articles in, how often the verifier is right out: on their sentences as they are, and on changed ones."""

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.errors import BadQuestions
from eval.mutations import RIGHT, Changed, ChangeKind, Source, change, find_names
from ingest.sentences import split_sentences
from service.verifying.judge import Judge
from service.verifying.verification import Finding, verify

FEWEST_WORDS, MOST_WORDS = 8, 45
OTHERS = 8  # sentences of other articles from which a change may take a name or a half
SUPPORTED: frozenset[ChangeKind] = frozenset({"unchanged", "re-cited"})


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifierAccuracy:
    """Of `n` sentences of a kind the shares that were rejected and that were called by the right verdict.

    `milliseconds` is the time for one, at the median.
    """

    kind: ChangeKind
    n: int
    rejected: float
    right: float
    milliseconds: float
    misjudged: tuple[tuple[Changed, Finding], ...]


def make_changes(texts: Mapping[str, str], *, limit: int, seed: int) -> list[Changed]:
    """Every change of up to `limit` sentences of the texts, by article id; BadQuestions without enough."""
    chance = random.Random(seed)
    sources = [source for name, text in texts.items() for source in _read_sources(name, text)]
    if len({source.article for source in sources}) < 2:
        raise BadQuestions("Changing sentences takes two articles with whole sentences at least; give a larger corpus.")
    chosen = chance.sample(sources, min(limit, len(sources)))
    changes: list[Changed] = []
    for source in chosen:
        strangers: list[Source] = []
        while len(strangers) < OTHERS:
            other = chance.choice(sources)
            if other.article != source.article:
                strangers.append(other)
        changes += change(source, strangers, chance)
    return changes


def _read_sources(name: str, text: str) -> list[Source]:
    spans = (one for one in split_sentences(text) if not one.heading)
    texts = (text[one.start : one.end] for one in spans)
    return [
        Source(text=one, article=name, names=find_names(one)) for one in texts
        if FEWEST_WORDS <= len(one.split()) <= MOST_WORDS and one[0].isupper() and one[-1] in ".”\""
    ]


def measure_verifier(changes: Sequence[Changed], *, judge: Judge | None = None) -> list[VerifierAccuracy]:
    """The verdicts on every kind of change that there is."""
    kinds = [kind for kind in RIGHT if _holds(changes, kind)]
    return [_measure(kind, [one for one in changes if one.kind == kind], judge=judge) for kind in kinds]


def _holds(changes: Sequence[Changed], kind: ChangeKind) -> bool:
    return any(one.kind == kind for one in changes)


def _measure(kind: ChangeKind, changes: Sequence[Changed], *, judge: Judge | None) -> VerifierAccuracy:
    findings: list[Finding] = []
    times: list[float] = []
    for one in changes:
        started = time.perf_counter()
        findings.append(verify(one.text, cited=one.cited, others=one.others, judge=judge))
        times.append((time.perf_counter() - started) * 1000)
    wrong = tuple(
        (one, finding) for one, finding in zip(changes, findings, strict=True) if finding.verdict not in RIGHT[kind]
    )
    return VerifierAccuracy(
        kind=kind, n=len(changes), rejected=sum(not one.supported for one in findings) / len(changes),
        right=1 - len(wrong) / len(changes), milliseconds=sorted(times)[len(times) // 2], misjudged=wrong,
    )
