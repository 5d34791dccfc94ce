"""A question and a sentence in its place in, the numbers that tell whether it answers out."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.article import Article, Sentence
from ingest.lexical import analyze, content_terms
from service.domain import RankedPassage, Span
from service.reading.answer_types import AnswerType, answer_type, find_candidates
from service.topics import is_topic
from service.verifying.lexicon import says

_ASKS = re.compile(r"\?[\"'”’)\]]*$")
_HYPOTHETICAL = re.compile(
    r"\b(?:if|would|could|should|might|may|unlikely|whether|rumou?red|hop(?:e|es|ed|ing)|wants?|wanted)\b",
    re.IGNORECASE,
)
_EVENTS = "agreed|announced|approved|changed|concluded|decided|happened|pledged|promised|secured|signed"
_OUTCOMES = "agreement|announcement|deal|decision"
_ASKS_FOR_EVENT = re.compile(
    rf"^\W*(?:what|which)\b.*\b(?:{_EVENTS})\b|\b(?:{_OUTCOMES})s?\W*$", re.IGNORECASE
)
_EVENT_TERMS = frozenset(analyze(f"{_EVENTS} {_OUTCOMES}".replace("|", " ")))
_REPORTS_EVENT = re.compile(
    r"\b(?:agreed|announce[ds]?|approved|concluded|decided|pledged|promised|reached|secured|signed|unveiled)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<!^)\b[A-Z][\w’'-]+(?: (?:of |de |van |von )?[A-Z][\w’'-]+)*|\b\d[\d,.]*\b")
# Porter's stems keep "agree" and "agreement" apart; these endings bring a family of words together.
_ENDINGS = ("ement", "ment", "ation", "ion", "or", "er", "ing", "ive", "anc", "enc")
_SHORTEST_STEM = 4
FEWEST_WORDS = 3


def _family(term: str) -> frozenset[str]:
    """The stems of a term's derivations, and of what it derives from."""
    shorter = (term.removesuffix(ending) for ending in _ENDINGS)
    longer = (term + ending for ending in _ENDINGS) if len(term) >= _SHORTEST_STEM else ()
    return frozenset({term, *(stem for stem in shorter if len(stem) >= _SHORTEST_STEM), *longer})


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTerms:
    """What a question looks for: families of its content terms with their rarity, and what kind of thing answers it."""

    rarity: dict[frozenset[str], float]
    every: frozenset[str]
    kind: AnswerType
    event: bool
    named: tuple[frozenset[str], ...]

    @property
    def total(self) -> float:
        return sum(self.rarity.values()) or 1.0

    def share(self, terms: frozenset[str]) -> float:
        """Which part of the question's rarity the terms cover, 0 to 1."""
        return sum(weight for family, weight in self.rarity.items() if not family.isdisjoint(terms)) / self.total

    def share_topic(self, terms: frozenset[str]) -> float:
        """The same of what an event is about, also said in other words: of "canola" in "what was agreed on canola?".

        1 where nothing but the event is asked for.
        """
        topic = {family: weight for family, weight in self.rarity.items() if family.isdisjoint(_EVENT_TERMS)}
        covered = (
            weight for family, weight in topic.items()
            if not family.isdisjoint(terms) or any(says(term, terms) for term in family)
        )
        return sum(covered) / (sum(topic.values()) or 1.0) if topic else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence that may answer, with what surrounds it."""

    article: Article
    passage: RankedPassage
    sentence: Sentence
    terms: frozenset[str]
    around: frozenset[str]
    passage_terms: frozenset[str]

    @property
    def text(self) -> str:
        return self.article.text[self.sentence.start : self.sentence.end]


def ask_for(question: str, rarity: Callable[[str], float]) -> AskedTerms:
    """Take a question apart. A term weighs by its rarity, with diminishing returns: see `_weigh`."""
    return AskedTerms(
        rarity={_family(term): _weigh(rarity(term)) for term in content_terms(question)},
        every=frozenset(analyze(question)), kind=answer_type(question),
        event=is_topic(question) or bool(_ASKS_FOR_EVENT.search(question)),
        named=tuple(terms for name in names_of(question) if (terms := frozenset(analyze(name)))),
    )


def names_of(text: str) -> list[str]:
    """Capitalised names, and figures, that do not open the text."""
    return [found.group() for found in _NAME.finditer(text)]


def _weigh(rarity: float) -> float:
    """Flatten the inverse document frequency: in a small collection on one subject, its very subject looks common."""
    return rarity / (rarity + 1.0)


def find_sentences(passage: RankedPassage, article: Article) -> list[Candidate]:
    """The sentences of a passage that may answer: no headings, no scraps, nothing that asks."""
    span = passage.stored.passage
    inside = [s for s in article.sentences if s.start < span.end and s.end > span.start]
    terms = [frozenset(analyze(article.text[s.start : s.end])) for s in inside]
    title = frozenset(analyze(article.metadata.title or ""))
    whole = title.union(*terms)
    return [
        Candidate(
            article=article, passage=passage, sentence=sentence, terms=terms[row], passage_terms=whole,
            around=title.union(*terms[max(row - 1, 0) : row + 2]),
        )
        for row, sentence in enumerate(inside)
        if not sentence.heading and _may_answer(article.text[sentence.start : sentence.end])
    ]


def _may_answer(text: str) -> bool:
    return len(text.split()) >= FEWEST_WORDS and not _ASKS.search(text)


def measure(asked: AskedTerms, candidate: Candidate, *, best_score: float, similarity: float) -> tuple[float, ...]:
    """The features of one sentence, in the order of `FEATURES`."""
    text = candidate.text
    words = len(text.split())
    return (
        similarity,
        asked.share(candidate.terms),
        asked.share(candidate.around),
        asked.share(candidate.passage_terms),
        candidate.passage.similarity,
        candidate.passage.score - best_score,
        1.0 / candidate.passage.rank,
        float(asked.kind != "other" and _holds(asked, text)),
        float(asked.kind == "other"),
        min(words, 60) / 60,
        float(asked.event and bool(_REPORTS_EVENT.search(text))),
        float(asked.event and bool(_HYPOTHETICAL.search(text))),
    )


def _holds(asked: AskedTerms, text: str) -> bool:
    """Whether a text holds a thing of the asked kind that the question does not name itself."""
    return next(find_candidates(text, asked.kind, known=asked.every), None) is not None


def weigh_words(asked: AskedTerms, candidate: Candidate) -> dict[str, float]:
    """What the words of a sentence and its passage say beside a model's reading; shares are 0 to 1.

    `unnamed` is the share of the question's names and figures of which the passage and its title lack a word; `typed`
    is 1 where the question asks for a thing of a known kind, `holds_type` where the sentence holds such a thing too.
    Where an event is asked for, `reports_event` is the share of its topic around a sentence that reports one.
    """
    text = candidate.text
    missing = [terms for terms in asked.named if not terms <= candidate.passage_terms]
    typed = asked.kind != "other"
    return {
        "typed": float(typed),
        "holds_type": float(typed and _holds(asked, text)),
        "coverage": asked.share(candidate.terms),
        "coverage_around": asked.share(candidate.around),
        "coverage_passage": asked.share(candidate.passage_terms),
        "unnamed": len(missing) / (len(asked.named) or 1),
        "reports_event": asked.share_topic(candidate.around) if asked.event and _REPORTS_EVENT.search(text) else 0.0,
        "hypothetical": float(asked.event and bool(_HYPOTHETICAL.search(text))),
    }


FEATURES = (
    "similarity", "coverage", "coverage_around", "coverage_passage", "passage_similarity", "behind_best",
    "reciprocal_rank", "holds_type", "no_type", "length", "reports_event", "hypothetical",
)


def find_short(asked: AskedTerms, text: str) -> Span | None:
    """The thing of the asked kind that stands nearest to the question's words in a sentence; None where none does."""
    spans = list(find_candidates(text, asked.kind, known=asked.every))
    if not spans:
        return None
    content = frozenset[str]().union(*asked.rarity)
    anchors = [match.start() for match in re.finditer(r"\w+", text) if content.intersection(analyze(match.group()))]
    return min(spans, key=lambda span: (_distance(span, anchors), span.start))


def _distance(span: Span, anchors: Sequence[int]) -> float:
    return sum(min(abs(anchor - span.start), abs(anchor - span.end)) for anchor in anchors) / max(len(anchors), 1)
