"""Any text in, a verdict on each of its sentences out, with the exact words of the articles that support it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ingest.article import Article, Sentence
from ingest.errors import UsageError
from ingest.sentences import split_sentences
from service.answering import Answerer
from service.domain import Question, RankedPassage, Span
from service.limits import CHECK_SENTENCES
from service.reading.features import find_sentences
from service.verifying.judge import Judge
from service.verifying.reasons import Reason
from service.verifying.statements import Statement, read_statement
from service.verifying.verification import Verdict, Witness, verify_statement

PASSAGES = 12  # that a sentence is held against
MOST_CITED = 3  # stories that are cited for one sentence

Judged = Verdict | Literal["unchecked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence of an article version: `article.text[start:end]`."""

    article: Article
    start: int
    end: int

    @property
    def key(self) -> tuple[str, int, int]:
        """What tells it from every other."""
        return self.article.id, self.start, self.end

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedSentence:
    """A sentence of the text, `text[span]`, and its verdict; `unchecked` where it asks or holds no word.

    `quotes` support it, one from each story, of the earliest article that carries it; where it is not
    supported, there is the `nearest` sentence, if any is
    near, and the reasons say what is missing in that.
    """

    text: str
    span: Span
    verdict: Judged
    reasons: tuple[Reason, ...] = ()
    quotes: tuple[Quote, ...] = ()
    nearest: Quote | None = None

    @property
    def supported(self) -> bool:
        return bool(self.quotes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A text's sentences in order, held against the articles as of a day."""

    as_of: date
    sentences: tuple[CheckedSentence, ...]

    @property
    def supported(self) -> int:
        return sum(one.supported for one in self.sentences)

    @property
    def unchecked(self) -> int:
        return sum(one.verdict == "unchecked" for one in self.sentences)

    @property
    def unsupported(self) -> int:
        return len(self.sentences) - self.supported - self.unchecked


def check_text(answerer: Answerer, draft: Question) -> Check:
    """Check each sentence of the draft's text against the articles that pass its filters, as of its day.

    UsageError where it has too many sentences; EmptyCatalog where there are no articles.
    """
    sentences = split_sentences(draft.text)
    if len(sentences) > CHECK_SENTENCES:
        raise UsageError(f"The text has {len(sentences):,} sentences; check at most {CHECK_SENTENCES} at a time.")
    stating = [one for one in sentences if _states(draft.text[one.start : one.end])]
    found, articles = answerer.find_each([draft.text[one.start : one.end] for one in stating], draft, limit=PASSAGES)
    passages = dict(zip(stating, found, strict=True))
    read: dict[tuple[str, int, int], Statement] = {}
    return Check(
        as_of=draft.as_of,
        sentences=tuple(
            _check(draft.text, one, _quotes(passages[one], articles), read=read, judge=answerer.judge)
            if one in passages else _leave(draft.text, one)
            for one in sentences
        ),
    )


def _states(sentence: str) -> bool:
    return not sentence.rstrip("\"'”’)]").endswith("?") and any(map(str.isalnum, sentence))


def _leave(text: str, sentence: Sentence) -> CheckedSentence:
    span = Span(start=sentence.start, end=sentence.end)
    return CheckedSentence(text=text[span.start : span.end], span=span, verdict="unchecked")


def _quotes(passages: Sequence[RankedPassage], articles: Mapping[str, Article]) -> list[Quote]:
    """The sentences of the passages that state something, each once, those of the best passage first."""
    quotes = (
        Quote(article=one.article, start=one.sentence.start, end=one.sentence.end)
        for passage in passages
        for one in find_sentences(passage, articles[passage.stored.passage.article_id])
    )
    return list({quote.key: quote for quote in quotes}.values())


def _check(
    text: str, sentence: Sentence, quotes: Sequence[Quote], *, read: dict[tuple[str, int, int], Statement],
    judge: Judge | None,
) -> CheckedSentence:
    for quote in quotes:
        if quote.key not in read:
            read[quote.key] = read_statement(quote.text)
    span = Span(start=sentence.start, end=sentence.end)
    witnesses = [
        Witness(place=place, said=read[quote.key], where=quote.key, outlet=_outlet(quote.article))
        for place, quote in enumerate(quotes)
    ]
    claim = read_statement(text[span.start : span.end])
    finding = verify_statement(claim, witnesses, cited=len(witnesses), judge=judge)
    chosen = [quotes[place] for place in finding.places]
    return CheckedSentence(
        text=text[span.start : span.end], span=span, verdict=finding.verdict, reasons=finding.reasons,
        quotes=_one_a_story(chosen) if finding.supported else (),
        nearest=chosen[0] if chosen and not finding.supported else None,
    )


def _outlet(article: Article) -> frozenset[str]:
    return frozenset(read_statement(article.metadata.publisher or "").sequence)


def _one_a_story(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The first of each story, of the earliest article that has it; the earliest story first."""
    first: dict[str, Quote] = {}
    for quote in sorted(quotes, key=lambda quote: quote.article.day):
        first.setdefault(quote.article.story_id, quote)
    return tuple(first.values())[:MOST_CITED]
