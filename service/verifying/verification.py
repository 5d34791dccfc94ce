"""A sentence and the spans that are to support it in, a verdict with its reasons out: rules first, then a model.

A sentence is supported by one sentence of a span that holds every quotation word for word, every number, unit, date and
name in the same form, the same negations and hedges, and its other words but one in four, none of them exchanged for
another. Nearness locates the sentence to compare with; it never accepts.

Rules about words know no meaning: who did what to whom, a plan from its deed, a synonym that no table has. Where there
is a judge, it reads what the rules do not find certain, rejects what they let pass and accepts what only is worded
otherwise, or drawn from two sentences that follow each other; a quotation, figure, date or name that is not there it
cannot excuse. Only English is read: another language is supported where it is repeated word for word. A verdict says
what the spans say, never what is true.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from ingest.sentences import split_sentences
from service.verifying.clauses import split_clauses
from service.verifying.faults import find_faults, find_unsaid, holds_quote, repeats
from service.verifying.idioms import tops_all, turns_most
from service.verifying.judge import Judge
from service.verifying.marking import NEGATION, TOO
from service.verifying.meaning import find_missing, follows, is_said
from service.verifying.reasons import Kind, Reason
from service.verifying.statements import Statement, read_statement
from service.verifying.tokens import stem
from service.verifying.wording import DENYING_PREFIXES

Verdict = Literal[
    "verified", "re-cited", "misattributed", "stitched", "fabricated", "unsupported", "contradicted"
]

SUPPORTED: tuple[Verdict, ...] = ("verified", "re-cited")
NEAR = 0.5  # of a sentence's terms: from here on another sentence is about the same thing
TOUCHED = 0.4  # of them: what a sentence that a language model wrote must share with its sources
COPIED = 0.75  # of them: from here on it is worded like the other
REPEATED = 0.85  # of them: from here on what it denies is what the other says
_HALF = 2  # words from another span that make a sentence a stitched one
_TURNING: tuple[Kind, ...] = ("negation", "hedge", "opposite", "order")
_FOUND: tuple[Kind, ...] = ("number", "date", "name")
# What rules about words find for certain; in all else a sentence may only be worded otherwise.
_CERTAIN: frozenset[Kind] = frozenset({"quote", "number", "date", "name", "language"})
_JUDGED = 2  # sentences, the nearest ones, that a model reads
_GAP = 2  # characters between two sentences of a text: a third one takes more


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The verdict on a sentence. `places` are the spans that support it, else the nearest; empty where none is near.

    Spans are numbered as they were given, the cited ones first. `joined`: they support it together, and none alone.
    """

    verdict: Verdict
    places: tuple[int, ...]
    reasons: tuple[Reason, ...] = ()
    joined: bool = False

    @property
    def supported(self) -> bool:
        return self.verdict in SUPPORTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """One sentence of a span. `where`: the text that it is from, and between which characters it stands there.

    `outlet` are the terms of the name of whoever published it.
    """

    place: int
    said: Statement
    where: tuple[str, int, int]
    outlet: frozenset[str] = frozenset()


def verify(
    sentence: str, *, cited: Sequence[str], others: Sequence[str] = (), judge: Judge | None = None
) -> Finding:
    """Hold a sentence against the spans that it cites, then against other spans that were retrieved with them."""
    claim = read_statement(sentence)
    witnesses: list[Witness] = []
    for place, text in enumerate([*cited, *others]):
        whole = Witness(place=place, said=read_statement(text), where=(str(place), 0, len(text)))
        spans = () if repeats(claim, whole.said) else split_sentences(text)
        parts = [
            Witness(
                place=place, said=read_statement(text[span.start : span.end]), where=(str(place), span.start, span.end)
            )
            for span in spans
        ]
        witnesses.extend(parts or [whole])
    return verify_statement(claim, witnesses, cited=len(cited), judge=judge)


def verify_statement(
    claim: Statement, witnesses: Sequence[Witness], *, cited: int, judge: Judge | None = None
) -> Finding:
    """The same, of sentences that were read before; the first `cited` places are cited."""
    faults = [(one, tuple(find_faults(claim, _as_told(claim, one)))) for one in witnesses]
    if judge:
        faults = list(_judge(claim, faults, judge))
    supporting = dict.fromkeys(
        sorted(one.place for one, found in faults if not found and not _is_filled(claim, one, witnesses, cited=cited))
    )
    if supporting:
        places = tuple(supporting)
        return Finding(verdict="verified" if places[0] < cited else "re-cited", places=places)
    if not faults:
        return Finding(verdict="unsupported", places=())
    if joined := _join(claim, witnesses) or (_join_neighbours(claim, witnesses, judge) if judge else ()):
        return Finding(verdict="verified" if max(joined) < cited else "re-cited", places=joined, joined=True)
    nearest, reasons = min(faults, key=lambda pair: (-_nearness(claim, pair[0].said), len(pair[1]), pair[0].place))
    near = _nearness(claim, nearest.said) >= NEAR
    verdict = _name_fault(claim, reasons, [one.said for one in witnesses], near=near)
    return Finding(verdict=verdict, places=(nearest.place,) if near else (), reasons=reasons)


def is_near(claim: Statement, said: Iterable[Statement]) -> bool:
    """Whether sentences together have two in five of a claim's terms: without any, "he said:", it is near nothing."""
    terms, told = frozenset(claim.sequence), frozenset[str]().union(*(one.terms for one in said))
    return bool(terms) and len(terms & told) >= TOUCHED * len(terms)


def gives(answer: str, sentence: str) -> bool:
    """Whether a sentence gives an answer of a few words: its figures, dates and names, and half of its words."""
    short, said = read_statement(answer), read_statement(sentence)
    words = [term for term in short.sequence if len(term) > 1]  # not the "C" of "C$4"
    told = sum(is_said(term, said, forms=short.forms) for term in words)
    return told * 2 >= len(words) and not any(True for _ in find_unsaid(short, said))


def _judge(
    claim: Statement, faults: Sequence[tuple[Witness, tuple[Reason, ...]]], judge: Judge
) -> Iterator[tuple[Witness, tuple[Reason, ...]]]:
    """The faults, after a model has read the nearest witnesses that the rules are not certain of."""
    open_ones = [one for one, found in faults if _is_open(claim, one.said, found)]
    read = sorted(open_ones, key=lambda one: -_nearness(claim, one.said))[:_JUDGED]
    for one, found in faults:
        judgement = judge.judge(one.said.folded, claim.folded) if any(one is other for other in read) else "open"
        if judgement == "said":
            yield one, ()
        else:
            yield one, found or ((Reason(kind="meaning", text=claim.folded),) if judgement == "not said" else ())


def _is_open(claim: Statement, said: Statement, found: Sequence[Reason]) -> bool:
    """Whether a model is to read two sentences: near each other, neither a copy nor wrong for certain."""
    if _nearness(claim, said) < NEAR:
        return False
    return not any(_is_certain(one, claim, said, found) for one in found) if found else not follows(claim, said)


def _is_certain(fault: Reason, claim: Statement, said: Statement, found: Sequence[Reason]) -> bool:
    """Whether a fault stands whatever a model says.

    That of a speaker may fall where the source names the speaker. An opposite, and what is denied once more or once
    less, are certain in what is a copy but for them; elsewhere "only after" may be "not until", and what does not close
    stays open. Both together may say the same: "not convinced", "unconvinced".
    """
    if fault.kind == "speaker":
        return bool(claim.quotes) or not said.terms.issuperset(fault.text.split())
    if fault.kind not in ("negation", "opposite"):
        return fault.kind in _CERTAIN
    if fault.kind == "opposite":
        as_often = count_denials(claim, verbs=False) == count_denials(said, verbs=False)
        return as_often and _nearness(claim, said) >= COPIED
    if any(turns_most(*pair) for pair in ((claim, said), (said, claim))):
        return True  # "no boat is as slow as" the fastest
    if fault.rival == TOO:
        return True  # "he went on", who was too ill to go on
    turned = any(one.kind == "opposite" for one in found)
    otherwise = any(_denies_by_prefix(*pair) or tops_all(*pair) for pair in ((claim, said), (said, claim)))
    as_often = count_denials(claim) == count_denials(said)
    return not (as_often or turned or otherwise) and _nearness(claim, said) >= REPEATED


def count_denials(statement: Statement, *, verbs: bool = True) -> int:
    """How often a sentence denies, but for what is too much; `verbs`: "refused", "ended" too."""
    denials = (one for one in statement.markers if one.kind == NEGATION and one.shown != TOO)
    return sum(verbs or not one.verb for one in denials)


def _denies_by_prefix(one: Statement, other: Statement) -> bool:
    """Whether a word denies with its prefix one that the other has: "unconvinced", "impractical"."""
    words = (word for word in one.raw - other.raw if word.startswith(DENYING_PREFIXES))
    return any(stem(word.removeprefix(prefix)) in other.raw for word in words for prefix in DENYING_PREFIXES)


def _join(claim: Statement, witnesses: Sequence[Witness]) -> tuple[int, ...]:
    """The spans that support a sentence clause by clause, where each clause says something of its own; else none."""
    clauses = [read_statement(one) for one in split_clauses(claim)]
    places: list[int] = []
    for clause in clauses:
        place = next((one.place for one in witnesses if _says_all(clause, one)), None)
        if place is None:
            return ()
        places.append(place)
    return tuple(dict.fromkeys(places)) if len(set(places)) > 1 else ()


def _join_neighbours(claim: Statement, witnesses: Sequence[Witness], judge: Judge) -> tuple[int, ...]:
    """The spans of two sentences, one behind the other in a text, that a model finds the claim in together; else none.

    Of all such pairs the nearest is read. Each has words of the claim that the other lacks.
    """
    terms = frozenset(claim.sequence)
    pairs = [
        (one, after) for one, after in pairwise(sorted(witnesses, key=lambda one: one.where))
        if _follows_in_text(one, after) and terms & one.said.terms - after.said.terms
        and terms & after.said.terms - one.said.terms
    ]
    if not pairs:
        return ()
    one, after = max(pairs, key=lambda pair: len(terms & (pair[0].said.terms | pair[1].said.terms)))
    both = read_statement(f"{one.said.folded} {after.said.folded}")
    told = _as_told(claim, replace(one, said=both))
    faults = tuple(find_faults(claim, told))
    certain = any(_is_certain(fault, claim, told, faults) for fault in faults)
    if certain or _nearness(claim, both) < NEAR or judge.judge(both.folded, claim.folded) != "said":
        return ()
    return tuple(dict.fromkeys((one.place, after.place)))


def _follows_in_text(one: Witness, after: Witness) -> bool:
    (text, _, end), (other, start, _) = one.where, after.where
    return text == other and 0 <= start - end <= _GAP


def _says_all(clause: Statement, witness: Witness) -> bool:
    """Whether a witness supports a clause, and in nothing but its own words."""
    said = _as_told(clause, witness)
    return not any(True for _ in find_faults(clause, said)) and not find_missing(clause, said)


def _is_filled(claim: Statement, witness: Witness, witnesses: Sequence[Witness], *, cited: int) -> bool:
    """Whether what the witness does not say comes from another span that is cited: halves of two, stitched together."""
    missing = find_missing(claim, witness.said)
    return len(missing) >= _HALF and any(
        one.said.terms.issuperset(missing) for one in witnesses if one.place < cited and one.place != witness.place
    )


def _as_told(claim: Statement, witness: Witness) -> Statement:
    """What a witness says; where the claim names the outlet as the one who says it, with the outlet as a speaker."""
    said = witness.said
    if not any(speaker <= witness.outlet for speaker in claim.speakers):
        return said
    return replace(said, voices=said.voices | witness.outlet, terms=said.terms | witness.outlet)


def _nearness(claim: Statement, said: Statement) -> float:
    """Which part of the claim's terms the sentence has: what locates it, and accepts nothing."""
    terms = set(claim.sequence)
    return len(terms & said.terms) / len(terms) if terms else 0.0


def _missing(claim: Statement, said: Sequence[Statement]) -> Iterator[Reason]:
    """Numbers, dates and names of the claim that none of the sentences has."""
    per_sentence = [{(one.kind, one.text) for one in find_faults(claim, each) if one.kind in _FOUND} for each in said]
    for kind, text in sorted(set.intersection(*per_sentence)) if per_sentence else ():
        yield Reason(kind=kind, text=text)


def _name_fault(claim: Statement, reasons: Sequence[Reason], said: Sequence[Statement], *, near: bool) -> Verdict:
    quotes = [one.text for one in reasons if one.kind == "quote"]
    if quotes:
        return _name_quote(quotes, said)
    if not near or any(one.kind == "language" for one in reasons):
        return "unsupported"
    kinds = {one.kind for one in reasons}
    if "speaker" in kinds:
        return "misattributed"
    if kinds.intersection(_TURNING) or any(one.rival and one.kind in _FOUND for one in reasons):
        return "contradicted"
    if any(True for _ in _missing(claim, said)):
        return "fabricated"
    return "stitched" if _is_stitched(claim, said) else "unsupported"


def _name_quote(quotes: Sequence[str], said: Sequence[Statement]) -> Verdict:
    if all(any(holds_quote(one, quote) for one in said) for quote in quotes):
        return "misattributed"
    return "stitched" if all(any(_halves(quote, said)) for quote in quotes) else "fabricated"


def _halves(quote: str, said: Sequence[Statement]) -> Iterator[bool]:
    """Whether each way to cut the quotation leaves two parts, of two words at least, that both were said."""
    words = quote.split()
    for cut in range(2, len(words) - 1):
        left, right = " ".join(words[:cut]), " ".join(words[cut:])
        yield any(holds_quote(one, left) for one in said) and any(holds_quote(one, right) for one in said)


def _is_stitched(claim: Statement, said: Sequence[Statement]) -> bool:
    """Whether everything in it was said, but by no sentence alone."""
    return all(any(is_said(term, one, forms=claim.forms) for one in said) for term in claim.sequence)

