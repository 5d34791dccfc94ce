"""Evidence in, an answer in the articles' own words out: one to three whole sentences, each with its citations."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.lexical import content_terms
from service.composing import Printed, compose
from service.domain import Citation, Evidence, Span, Support
from service.listing import find_list

MORE = 0.8  # of the best probability: what a further sentence must reach
SAME = 0.5  # of the shorter sentence's content terms: from here on two sentences say the same
CONTEXT = 120  # characters on either side of a quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """An answer's text and the evidence for each of its sentences, in order."""

    text: str
    short: str | None
    citations: tuple[Citation, ...]
    articles: tuple[str, ...]


def extract(
    evidence: Sequence[Evidence], *, threshold: float, max_sentences: int, wants_list: bool = False
) -> Extract | None:
    """Answer with the best sentences, most probable first; None where none reaches the threshold.

    A sentence that repeats one before it is left out. One that stands word for word in several articles is cited from
    each, the earliest first. What a sentence announces comes with it; where the question `wants_list`, so do the other
    items of a list.
    """
    supported = [one for one in evidence if one.probability >= threshold]
    chosen = _choose(supported, max_sentences, wants_list=wants_list)
    if not chosen:
        return None
    page = _Page()
    for one in chosen:
        page.add(compose(one, before=page.text), copies=_copies(one, supported))
    return Extract(
        text=page.text, short=chosen[0].short_text, citations=tuple(page.citations), articles=tuple(page.articles)
    )


@dataclass(slots=True)
class _Page:
    """An answer while it is written."""

    text: str = ""
    citations: list[Citation] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)

    def add(self, printed: Printed, *, copies: Sequence[Evidence]) -> None:
        """Add a sentence, with a citation for each article that carries it and for the name that was added to it."""
        start = len(self.text) + bool(self.text)
        self.text = f"{self.text} {printed.text}" if self.text else printed.text
        support: Support = "composed" if printed.added else "verbatim"
        for same in copies:
            self._cite(same, answer=Span(start=start, end=len(self.text)), support=support)
        if printed.added and printed.named:
            answer = Span(start=start + printed.added.start, end=start + printed.added.end)
            naming = replace(
                printed.evidence, start=printed.named.start, end=printed.named.end, short=None
            )
            self._cite(naming, answer=answer, support="composed")

    def _cite(self, one: Evidence, *, answer: Span, support: Support) -> None:
        if one.article.id not in self.articles:
            self.articles.append(one.article.id)
        before, after = _surroundings(one)
        self.citations.append(
            Citation(
                number=len(self.citations) + 1, answer=answer, source_number=self.articles.index(one.article.id) + 1,
                quote=one.quote, before=before, after=after, source=Span(start=one.start, end=one.end),
                short=one.short, support=support,
            )
        )


def _choose(evidence: Sequence[Evidence], most: int, *, wants_list: bool) -> list[Evidence]:
    chosen: list[Evidence] = []
    for one in evidence:
        if len(chosen) == most or one.probability < evidence[0].probability * MORE:
            break
        if _is_new(one, chosen):
            group = _with_list(one, most, wants_list=wants_list)
            chosen += [other for other in group if _is_new(other, chosen)][: most - len(chosen)]
    return chosen


def _is_new(one: Evidence, chosen: Sequence[Evidence]) -> bool:
    own = set(content_terms(one.quote))
    return all(_overlap(own, set(content_terms(other.quote))) < SAME for other in chosen)


def _with_list(one: Evidence, most: int, *, wants_list: bool) -> list[Evidence]:
    """The sentence with those that it announces, or with its fellows of a list; without the former if room is short."""
    items = [
        replace(one, start=item.start, end=item.end, short=one.short if item.start == one.start else None)
        for item in find_list(one.article, one.start, wanted=wants_list)
    ]
    if any(item.start == one.start for item in items) or len(items) == most:
        return items
    return [one, *items]


def _copies(one: Evidence, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with the same words, once for each article, the earliest article first."""
    found = {other.article.id: other for other in reversed(evidence) if other.quote == one.quote}
    return sorted(found.values(), key=lambda other: (other.article.day, other.rank))


def _surroundings(one: Evidence) -> tuple[str, str]:
    """What stands before and after a quote in its article, cut between words."""
    text = one.article.text
    before, after = text[max(one.start - CONTEXT, 0) : one.start], text[one.end : one.end + CONTEXT]
    if one.start > CONTEXT and " " in before:
        before = before[before.index(" ") + 1 :]
    if one.end + CONTEXT < len(text) and " " in after:
        after = after[: after.rindex(" ")]
    return before, after


def _overlap(left: set[str], right: set[str]) -> float:
    return len(left & right) / (min(len(left), len(right)) or 1)
