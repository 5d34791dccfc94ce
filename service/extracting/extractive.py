"""Evidence in, an answer in the articles' own words out: one to three whole sentences, each with its citations."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.lexical import content_terms
from ingest.sentences import split_sentences
from service.domain import Citation, Evidence, Span, Support
from service.extracting.correcting import put_right
from service.extracting.disagreement import find_rivals, tell
from service.extracting.listing import find_list
from service.extracting.naming import Printed, print_sentence
from service.extracting.pointing import find_pointed_to
from service.verifying.verification import verify
from service.writing.instructions import commands_machine

MORE = 0.6  # of the best probability: what a further sentence must reach
FILLING = 0.5  # of it: what one must reach that has a word of the question which none before it has
SAME = 0.5  # of the shorter sentence's content terms: from here on two sentences say the same
ALIKE = 0.6  # of the terms of two sentences: from here on they may be one statement in two wordings
CONTEXT = 120  # characters on either side of a quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """An answer's text and the evidence for each of its sentences, in order; `conflicts` as in an Answer."""

    text: str
    short: str | None
    citations: tuple[Citation, ...]
    articles: tuple[str, ...]
    conflicts: tuple[str, ...] = ()


def extract(
    evidence: Sequence[Evidence], *, threshold: float, max_sentences: int, question: str = "",
    wants_list: bool = False,
) -> Extract | None:
    """Answer with the best sentences, most probable first; None where none reaches the threshold.

    Further ones reach it too, but for those that have a word of the question which is still missing. A sentence that
    repeats one before it is left out. One that several articles have, word for word or nearly so, is cited from each,
    the earliest first. What a sentence announces comes with it, and where the question `wants_list`, the other items
    of its list. Behind the best one stands what it points to with "it" or "this", and before that what gives another
    value.
    """
    supported = [one for one in evidence if one.probability >= threshold]
    if not supported:
        return None
    right = put_right(evidence, question)
    evidence = right.evidence
    supported = [one for one in evidence if one.probability >= threshold]
    asked = frozenset(content_terms(question))
    chosen = _choose(evidence, max_sentences, threshold=threshold, asked=asked, wants_list=wants_list)
    chosen = right.tell(_with_what_it_points_to(chosen, wants_list=wants_list))[:max_sentences]
    rivals = [] if wants_list else find_rivals(question, supported)
    if rivals:
        told = [supported[0], *rivals]
        chosen = [*told, *(one for one in chosen if _is_new(one, told))][:max_sentences]
    page = _Page()
    for one in chosen:
        page.add(print_sentence(one, before=page.text), copies=_copies(one, supported))
    return Extract(
        text=page.text, short=chosen[0].short_text, citations=tuple(page.citations), articles=tuple(page.articles),
        conflicts=tuple(tell(supported[0], rival) for rival in rivals),
    )


@dataclass(slots=True)
class _Page:
    """An answer while it is written."""

    text: str = ""
    citations: list[Citation] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)

    def add(self, printed: Printed, *, copies: Sequence[Evidence]) -> None:
        """Add a sentence, with a citation for the name that was added to it and for each article that carries it."""
        start = len(self.text) + bool(self.text)
        self.text = f"{self.text} {printed.text}" if self.text else printed.text
        if printed.added and printed.named:
            answer = Span(start=start + printed.added.start, end=start + printed.added.end)
            naming = replace(
                printed.evidence, start=printed.named.start, end=printed.named.end, short=None
            )
            self._cite(naming, answer=answer, support="composed")
        support: Support = "composed" if printed.added else "verbatim"
        for same in copies:
            own = support if same.quote == printed.evidence.quote else "entailed"
            self._cite(same, answer=Span(start=start, end=len(self.text)), support=own)

    def _cite(self, one: Evidence, *, answer: Span, support: Support) -> None:
        if one.article.id not in self.articles:
            self.articles.append(one.article.id)
        number, source = len(self.citations) + 1, self.articles.index(one.article.id) + 1
        self.citations.append(replace(cite(one, answer, number=number, source_number=source), support=support))


def _choose(
    evidence: Sequence[Evidence], most: int, *, threshold: float, asked: frozenset[str], wants_list: bool
) -> list[Evidence]:
    chosen: list[Evidence] = []
    best = evidence[0].probability
    for one in evidence:
        if len(chosen) == most or one.probability < best * FILLING:
            break
        enough = one.probability >= max(best * MORE, threshold) or _fills(one, chosen, asked)
        if enough and _is_new(one, chosen):
            group = _with_list(one, most, wants_list=wants_list)
            chosen += [other for other in group if _is_new(other, chosen)][: most - len(chosen)]
    return chosen


def _fills(one: Evidence, chosen: Sequence[Evidence], asked: frozenset[str]) -> bool:
    """Whether a sentence has a word of the question that none of the others has."""
    said = set[str]().union(*(content_terms(other.quote) for other in chosen))
    return not asked.isdisjoint(set(content_terms(one.quote)) - said)


def leave_out_told(evidence: Sequence[Evidence], told: Sequence[str]) -> list[Evidence]:
    """The evidence that says something else than what was told before; all of it where nothing was."""
    said = [set(content_terms(text[one.start : one.end])) for text in told for one in split_sentences(text)]
    return [
        one for one in evidence
        if all(_overlap(set(content_terms(one.quote)), other) < SAME for other in said)
    ]


def _is_new(one: Evidence, chosen: Sequence[Evidence]) -> bool:
    own = set(content_terms(one.quote))
    return all(_overlap(own, set(content_terms(other.quote))) < SAME for other in chosen)


def _with_list(one: Evidence, most: int, *, wants_list: bool) -> list[Evidence]:
    """The sentence with those that it announces, or with its fellows of a list; without the former if room is short.

    It stands alone where one of them gives orders to a machine.
    """
    items = [
        replace(one, start=item.start, end=item.end, short=one.short if item.start == one.start else None)
        for item in find_list(one.article, one.start, wanted=wants_list)
    ]
    if any(commands_machine(item.quote) for item in items):
        return [one]
    if any(item.start == one.start for item in items) or len(items) == most:
        return items
    return [one, *items]


def _with_what_it_points_to(chosen: Sequence[Evidence], *, wants_list: bool) -> list[Evidence]:
    """The sentences, and behind the first, which answers, the one that tells what its "it" or "this" is.

    A list is not parted for that, and no order to a machine is told.
    """
    first = chosen[0]
    found = find_pointed_to(first.article, first.start)
    if found is None or find_list(first.article, first.start, wanted=wants_list):
        return list(chosen)
    told = replace(first, start=found.start, end=found.end, short=None)
    known = any(one.quote == told.quote for one in chosen)
    return list(chosen) if known or commands_machine(told.quote) else [first, told, *chosen[1:]]


def _copies(one: Evidence, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence that says the same, once for each article: in the same words first, then the earliest first."""
    same = {other.article.id: other for other in (*reversed(evidence), one) if other.quote == one.quote}
    for other in evidence:
        if other.article.id not in same and _says_the_same(one, other):
            same[other.article.id] = other
    return sorted(same.values(), key=lambda other: (other.quote != one.quote, other.article.day, other.rank))


def _says_the_same(one: Evidence, other: Evidence) -> bool:
    """Whether each of two sentences in nearly the same words is proved by the other."""
    left, right = set(content_terms(one.quote)), set(content_terms(other.quote))
    if len(left & right) < ALIKE * len(left | right):
        return False
    return all(verify(a.quote, cited=(b.quote,)).supported for a, b in ((one, other), (other, one)))


def cite(one: Evidence, answer: Span, *, number: int, source_number: int) -> Citation:
    """The citation of one piece of evidence, word for word, by a span of an answer."""
    text = one.article.text
    before, after = text[max(one.start - CONTEXT, 0) : one.start], text[one.end : one.end + CONTEXT]
    if one.start > CONTEXT and " " in before:
        before = before[before.index(" ") + 1 :]
    if one.end + CONTEXT < len(text) and " " in after:
        after = after[: after.rindex(" ")]
    return Citation(
        number=number, answer=answer, source_number=source_number, quote=one.quote, before=before, after=after,
        source=Span(start=one.start, end=one.end), short=one.short, support="verbatim",
    )


def _overlap(left: set[str], right: set[str]) -> float:
    return len(left & right) / (min(len(left), len(right)) or 1)
