"""A Question in, an Answer out: the whole path in one screen."""

import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import pairwise

from ingest.article import Article
from ingest.catalog import StoredPassage
from ingest.embedding import Encoder
from ingest.filters import Filters
from service.composing import Composed, Material, choose_writer, compose
from service.conversing.conversation import Rewriter
from service.dates import asks_since
from service.domain import Answer, Evidence, Models, Question, RankedPassage, SearchResult, Source, Timing, band_of
from service.events import AnswerEvent, Cancelled, Finished, SourcesFound, Started, check_wanted, never
from service.extracting.extractive import FILLING, Extract, extract, leave_out_told
from service.extracting.listing import asks_for_list
from service.reading.reader import Reader
from service.retrieval import Indexes, retrieve
from service.spelling import Speller
from service.topics import asks_for_others, look_up
from service.verifying.judge import Judge
from service.writing.generative import Writer
from service.writing.instructions import commands_machine

READ_PASSAGES = 8
COPIES = 2  # passages fetched for each one wanted, where copies of a story are left out
HIGH, MEDIUM = 0.6, 0.4  # probabilities; a calibrated reader is seldom surer than .7


@dataclass(frozen=True, slots=True, kw_only=True)
class _Findings:
    """What was found for a question and read; `carriers` are the articles of each story, by its id."""

    passages: Sequence[RankedPassage]
    articles: Mapping[str, Article]
    carriers: Mapping[str, Sequence[Article]]
    evidence: Sequence[Evidence]
    warnings: tuple[str, ...]


class Answerer:
    """Answers questions over one data folder. Each answer sees one state of the catalog."""

    def __init__(  # noqa: PLR0913  # the parts of an answer, each a seam of its own
        self, *, encoder: Encoder, indexes: Indexes, reader: Reader, rewriter: Rewriter, writer: Writer | None = None,
        model_rewriter: Rewriter | None = None, judge: Judge | None = None,
    ) -> None:
        """`model_rewriter` words follow-ups where the writer writes; all others are left to the `rewriter`.

        The `judge` is for who checks a text against the articles.
        """
        self.encoder = encoder
        self.indexes = indexes
        self.writer = writer
        self.reader = reader
        self.judge = judge
        self._rewriter = rewriter
        self._speller = Speller(indexes, encoder)
        self._model_rewriter = model_rewriter or rewriter

    def refresh(self) -> None:
        """Take up what was indexed since the indexes were opened."""
        self.indexes.vectors.refresh()
        self.indexes.lexical.refresh()

    def rewrite(self, question: Question, *, by_model: bool = False, cancelled: Cancelled = never) -> str | None:
        """What to look up: a follow-up made to stand alone, and words spelt as the articles spell them.

        None where that is the question itself.
        """
        rewriter = self._model_rewriter if by_model else self._rewriter
        self.indexes.lexical.refresh()
        spelt = self._speller.correct(question.text)
        standalone = rewriter.rewrite(spelt, conversation=question.conversation, cancelled=cancelled)
        asked = self._speller.correct(standalone) if standalone else spelt  # words of the conversation are in it now
        return asked if asked != question.text else None

    def ask(self, question: Question, *, cancelled: Cancelled = never) -> Answer:
        """Answer from the articles, or say that they do not say; EmptyCatalog where there are none."""
        return next(event.answer for event in self.stream(question, cancelled=cancelled) if isinstance(event, Finished))

    def stream(self, question: Question, *, cancelled: Cancelled = never) -> Iterator[AnswerEvent]:
        """The same, as it comes into being: Started, SourcesFound, a SentenceReady for each sentence, Finished.

        EmptyCatalog before the first event where there are no articles, UsageError where nobody can write it; Abandoned
        as soon as `cancelled` is noticed.
        """
        clock = [time.perf_counter()]
        self.indexes.catalog.require_articles()
        writer = choose_writer(question.answerer, self.writer)
        rewritten = self.rewrite(question, by_model=writer is not None, cancelled=cancelled)
        asked = replace(question, text=rewritten or question.text)
        started = Started(
            id=f"ans_{uuid.uuid4().hex}", created_at=datetime.now(UTC), question=question, rewritten=rewritten
        )
        yield started
        findings = _leave_out_told(self._find(asked, clock=clock, cancelled=cancelled), question)
        result = extract(
            findings.evidence, threshold=self.reader.threshold, max_sentences=question.max_sentences,
            question=asked.text, wants_list=asks_for_list(asked.text),
        )
        clock.append(time.perf_counter())
        sources = _sources(result, findings)
        yield SourcesFound(sources=sources)
        material = Material(
            evidence=findings.evidence, extract=result, numbers={one.article.id: one.number for one in sources}
        )
        composed = yield from compose(
            asked.text, material, writer=writer, limit=question.max_sentences, cancelled=cancelled
        )
        probability = max((one.probability for one in findings.evidence), default=0.0)
        yield Finished(
            answer=Answer(
                id=started.id, created_at=started.created_at, question=question, rewritten=rewritten,
                status="answered" if result else "no_answer", text=composed.text, short=composed.short,
                probability=probability, band=band_of(probability, HIGH, MEDIUM), citations=composed.citations,
                sources=_mark_cited(sources, composed), models=self._models(composed.answerer), timing=_timing(clock),
                warnings=(*findings.warnings, *composed.warnings), dropped_claims=composed.dropped,
                conflicts=result.conflicts if result else (),
            )
        )

    def _find(self, question: Question, *, clock: list[float], cancelled: Cancelled) -> _Findings:
        """What the articles hold for a question that stands alone, as of one moment of the catalog."""
        catalog = self.indexes.catalog
        self.indexes.lexical.refresh()
        with catalog.snapshot():
            catalog.require_articles()
            check_wanted(cancelled)
            text = look_up(question.text)
            vector = self.encoder.encode([text], query=True)[0]
            clock.append(time.perf_counter())
            found = retrieve(
                text, vector, indexes=self.indexes, filters=self._filters(question),
                limit=READ_PASSAGES * COPIES, since=self._since(question.text, question.as_of),
            )
            passages = _one_article_a_story(found)[:READ_PASSAGES]
            clock.append(time.perf_counter())
            check_wanted(cancelled)
            articles = {name: catalog.article(name) for name in {one.stored.passage.article_id for one in passages}}
            return _Findings(
                passages=passages, articles=articles,
                carriers={one.story_id: catalog.carriers(one.story_id) for one in articles.values()},
                evidence=[  # what is less probable is not shown, and the writer looks at it for itself
                    one for one in self.reader.read(text, vector, passages=passages, articles=articles)
                    if one.probability < self.reader.threshold * FILLING or not commands_machine(one.quote)
                ],
                warnings=self._warnings(question, found=bool(passages)),
            )

    def search(self, question: Question, *, limit: int, collapse_stories: bool = False) -> SearchResult:
        """The passages that best match, best first; of several articles with one report all, or the earliest found.

        EmptyCatalog where there are no articles.
        """
        catalog = self.indexes.catalog
        clock = [time.perf_counter()]
        asked = self.rewrite(question) or question.text
        text = look_up(asked)
        self.indexes.lexical.refresh()
        with catalog.snapshot():
            catalog.require_articles()
            vector = self.encoder.encode([text], query=True)[0]
            clock.append(time.perf_counter())
            fetched = limit * COPIES if collapse_stories else limit
            found = retrieve(
                text, vector, indexes=self.indexes, filters=self._filters(question), limit=fetched,
                since=self._since(asked, question.as_of),
            )
            kept = _one_article_a_story(found)[:limit] if collapse_stories else found
            articles = {name: catalog.article(name) for name in {one.stored.passage.article_id for one in kept}}
            clock.append(time.perf_counter())
        return SearchResult(
            passages=tuple(replace(one, rank=rank) for rank, one in enumerate(kept, start=1)), articles=articles,
            timing=_timing([*clock, clock[-1]]),
        )

    def find_each(
        self, texts: Sequence[str], question: Question, *, limit: int
    ) -> tuple[list[list[RankedPassage]], Mapping[str, Article]]:
        """For each text the passages that match it best, best first, and their articles by id, as of one moment.

        The question gives the filters and the day. EmptyCatalog where there are no articles.
        """
        catalog = self.indexes.catalog
        with catalog.snapshot():
            catalog.require_articles()
            filters = self._filters(question)
            vectors = self.encoder.encode(texts, query=True) if texts else ()
            found = [
                retrieve(text, vector, indexes=self.indexes, filters=filters, limit=limit)
                for text, vector in zip(texts, vectors, strict=True)
            ]
            names = {one.stored.passage.article_id for passages in found for one in passages}
            return found, {name: catalog.article(name) for name in names}

    def _since(self, text: str, as_of: date) -> date | None:
        return asks_since(text, as_of, newest=self.indexes.catalog.newest_dated_day())

    def _filters(self, question: Question) -> Filters:
        """The question's filters; `as_of` only where something is newer, since filtering costs."""
        newest = self.indexes.catalog.newest_day()
        as_of = question.as_of if newest and newest > question.as_of else None
        return replace(question.filters, as_of=as_of)

    def _warnings(self, question: Question, *, found: bool) -> tuple[str, ...]:
        warnings = [] if found else ["No article passes the filters; `footnote articles list` shows what there is."]
        catalog, vectors = self.indexes.catalog, self.indexes.vectors
        if question.filters.dated_only:
            if undated := catalog.count_undated():
                warnings.append(f"{_count(undated)} left out for having no date.")
        elif unseen := catalog.count_undated(seen_after=question.as_of):
            warnings.append(f"{_count(unseen)} left out: without a date, and first seen after {question.as_of}.")
        if vectors.fault:
            warnings.append(f"Degraded: {vectors.fault}")
        return tuple(warnings)

    def _models(self, answerer: str) -> Models:
        manifest = self.indexes.vectors.manifest
        return Models(
            answerer=answerer, embedder=self.encoder.id, reader=self.reader.id,
            index_generation=manifest.number if manifest else None,
        )


def _leave_out_told(findings: _Findings, question: Question) -> _Findings:
    """What was found, but what the conversation has told, where more than that is asked for."""
    if not asks_for_others(question.text):
        return findings
    told = [turn.content for turn in question.conversation if turn.role == "assistant"]
    return replace(findings, evidence=leave_out_told(findings.evidence, told))


def _sources(result: Extract | None, findings: _Findings) -> tuple[Source, ...]:
    """What was found, with its numbers: the articles that are cited, in order, then the others, the nearest first."""
    best: dict[str, RankedPassage] = {}
    for one in findings.passages:
        best.setdefault(one.stored.passage.article_id, one)
    cited = result.articles if result else ()
    order = [*cited, *(name for name in best if name not in cited)]
    return tuple(
        Source(
            number=number, article=article, passage=best[article.id].stored.passage, cited=article.id in cited,
            also_carried_by=tuple(other for other in findings.carriers[article.story_id] if other.id != article.id),
            retrieved_rank=best[article.id].rank, relevance=best[article.id].relevance,
        )
        for number, article in enumerate((findings.articles[name] for name in order), start=1)
    )


def _mark_cited(sources: Sequence[Source], composed: Composed) -> tuple[Source, ...]:
    cited = {one.source_number for one in composed.citations}
    return tuple(replace(one, cited=one.number in cited) for one in sources)


def _one_article_a_story(passages: Sequence[RankedPassage]) -> list[RankedPassage]:
    """Of several articles that carry a story, keep the passages of the earliest that was found."""
    first: dict[str, StoredPassage] = {}
    for one in passages:
        known = first.setdefault(one.stored.story_id, one.stored)
        if (one.stored.day, one.stored.key) < (known.day, known.key):
            first[one.stored.story_id] = one.stored
    return [one for one in passages if first[one.stored.story_id].passage.article_id == one.stored.passage.article_id]


def _count(articles: int) -> str:
    return "1 article was" if articles == 1 else f"{articles:,} articles were"


def _timing(clock: Sequence[float]) -> Timing:
    embed, retrieve_, read = ((after - before) * 1000 for before, after in pairwise(clock))
    return Timing(embed=embed, retrieve=retrieve_, read=read, total=(time.perf_counter() - clock[0]) * 1000)
