"""Evidence in, an answer in the articles' own words out: one to three whole sentences, each with its citations."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lexical import content_terms
from service.domain import Citation, Evidence, Span

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


def extract(evidence: Sequence[Evidence], *, threshold: float, max_sentences: int) -> Extract | None:
    """Answer with the best sentences, most probable first; None where none reaches the threshold.

    A sentence that repeats one before it is left out. One that stands word for word in several articles is cited from
    each, the earliest first.
    """
    supported = [one for one in evidence if one.probability >= threshold]
    chosen = _choose(supported, max_sentences)
    if not chosen:
        return None
    citations: list[Citation] = []
    articles: list[str] = []
    text = ""
    for one in chosen:
        text = f"{text} {one.quote}" if text else one.quote
        span = Span(start=len(text) - len(one.quote), end=len(text))
        for same in _copies(one, supported):
            if same.article.id not in articles:
                articles.append(same.article.id)
            citations.append(
                cite(same, span, number=len(citations) + 1, source_number=articles.index(same.article.id) + 1)
            )
    return Extract(text=text, short=chosen[0].short_text, citations=tuple(citations), articles=tuple(articles))


def _choose(evidence: Sequence[Evidence], most: int) -> list[Evidence]:
    chosen: list[Evidence] = []
    terms: list[set[str]] = []
    for one in evidence:
        if len(chosen) == most or one.probability < evidence[0].probability * MORE:
            break
        own = set(content_terms(one.quote))
        if all(_overlap(own, other) < SAME for other in terms):
            chosen.append(one)
            terms.append(own)
    return chosen


def _copies(one: Evidence, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with the same words, once for each article, the earliest article first."""
    found = {other.article.id: other for other in reversed(evidence) if other.quote == one.quote}
    return sorted(found.values(), key=lambda other: (other.article.day, other.rank))


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
