"""Gold questions and a Target in, a row for each out: asked, timed, recorded, and resumed where a run was cut off."""

import time
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial

from eval.deadline import Aside
from eval.errors import TooManyErrors
from eval.questions import GoldQuestion
from eval.replies import Payload, parse_reply
from eval.results import CitationCheck, QuestionFailure, QuestionResult, RankedHit, ResultLog
from eval.targets import Asked, Target
from service.domain import AskedAnswerer


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """How questions are asked.

    `given`: only the question's own articles may answer, and nothing is ranked. `answers`: ask for answers, not only
    for a ranking. `aside`: the target works in this process, in a thread that is left alone after `timeout` seconds;
    others must keep to it themselves. `max_errors` is a share of all questions.
    """

    as_of: date
    given: bool = False
    answers: bool = True
    timeout: float = 60.0
    aside: bool = True
    workers: int = 1
    max_errors: float = 0.05
    opened_ms: float = 0.0
    answerer: AskedAnswerer = "extractive"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunProgress:
    """How far a run is."""

    done: int
    total: int
    errors: int


Observer = Callable[[RunProgress], None]
Make = Callable[[int, GoldQuestion], Callable[[], QuestionResult]]
Fail = Callable[[GoldQuestion, Exception], QuestionFailure]


def run_questions(
    questions: Sequence[GoldQuestion], target: Target, *, log: ResultLog, options: RunOptions, observe: Observer
) -> None:
    """Ask every question that the log has no result of, and log each as soon as it is answered.

    TooManyErrors where more questions failed than allowed; the run can be continued then.
    """
    pending = [one for one in questions if not isinstance(log.rows.get(one.id), QuestionResult)]
    done, errors = len(questions) - len(pending), 0
    observe(RunProgress(done=done, total=len(questions), errors=errors))
    with closing(_ask_all(pending, target, log=log, options=options)) as rows:
        for row in rows:
            log.append(row)
            done, errors = done + 1, errors + isinstance(row, QuestionFailure)
            observe(RunProgress(done=done, total=len(questions), errors=errors))
            if errors > options.max_errors * len(questions) and isinstance(row, QuestionFailure):
                raise TooManyErrors(
                    f"{errors} of {len(questions)} questions failed, the last one ({row.id}) with: {row.message}; "
                    "mend that and continue with --resume, or allow more with --max-errors."
                )


def _ask_all(
    questions: Sequence[GoldQuestion], target: Target, *, log: ResultLog, options: RunOptions
) -> Generator[QuestionResult | QuestionFailure]:
    def make(number: int, question: GoldQuestion) -> Callable[[], QuestionResult]:
        attempts = _count_attempts(question, log)
        return partial(_ask, question, target, options=options, attempts=attempts, cold=number == 0)

    def fail(question: GoldQuestion, error: Exception) -> QuestionFailure:
        return _fail(question, error, options=options, attempts=_count_attempts(question, log))

    if options.workers == 1:
        yield from _ask_in_turn(questions, make, fail=fail, options=options)
    else:
        yield from _ask_at_once(questions, make, fail=fail, options=options)


def _ask_in_turn(
    questions: Sequence[GoldQuestion], make: Make, *, fail: Fail, options: RunOptions
) -> Generator[QuestionResult | QuestionFailure]:
    with Aside() as aside:
        for number, question in enumerate(questions):
            ask = make(number, question)
            if options.aside:
                ask = partial(aside.call, ask, seconds=options.timeout)
            yield _try(question, ask, fail=fail)


def _ask_at_once(
    questions: Sequence[GoldQuestion], make: Make, *, fail: Fail, options: RunOptions
) -> Generator[QuestionResult | QuestionFailure]:
    with ThreadPoolExecutor(options.workers) as pool:
        futures = [pool.submit(_try, one, make(number, one), fail=fail) for number, one in enumerate(questions)]
        try:
            yield from (future.result() for future in as_completed(futures))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _try(question: GoldQuestion, ask: Callable[[], QuestionResult], *, fail: Fail) -> QuestionResult | QuestionFailure:
    try:
        return ask()
    except Exception as error:  # noqa: BLE001  whatever goes wrong with a question is counted, and the run goes on
        return fail(question, error)


def _fail(question: GoldQuestion, error: Exception, *, options: RunOptions, attempts: int) -> QuestionFailure:
    late = isinstance(error, TimeoutError)
    return QuestionFailure(
        id=question.id, status="timeout" if late else "error", as_of=question.date or options.as_of, gold=question,
        attempts=attempts, message=str(error) if late else f"{type(error).__name__}: {error}",
    )


def _count_attempts(question: GoldQuestion, log: ResultLog) -> int:
    former = log.rows.get(question.id)
    return former.attempts + 1 if former else 1


def _ask(
    question: GoldQuestion, target: Target, *, options: RunOptions, attempts: int, cold: bool
) -> QuestionResult:
    as_of = question.date or options.as_of
    asked = Asked(
        text=question.question, as_of=as_of, history=question.history, filters=question.filters,
        articles=question.doc_ids if options.given else (), answerer=options.answerer,
    )
    timing = {"open": round(options.opened_ms, 3)} if cold else {}
    started = time.perf_counter()
    answer = target.ask(asked) if options.answers else None
    asked_at = time.perf_counter()
    ranked: tuple[RankedHit, ...] | None = None if options.given else target.search(asked)
    searched_at = time.perf_counter()
    if answer is not None:
        timing["ask"] = round((asked_at - started) * 1000, 3)
    if ranked is not None:
        timing["search"] = round((searched_at - asked_at) * 1000, 3)
    return QuestionResult(
        id=question.id, as_of=as_of, attempts=attempts, cold=cold, timing_ms=timing, answer=answer, ranked=ranked,
        checks=() if answer is None else _check(answer, target), gold=question,
    )


def _check(payload: Payload, target: Target) -> tuple[CitationCheck, ...]:
    """Look up what each cited span really holds, so that the results can be scored without the articles."""
    reply = parse_reply(payload)
    checks = []
    for citation in reply.citations:
        source, span = reply.source(citation), citation.source_span
        article = target.read(source.article_id, source.version) if source else None
        inside = article is not None and 0 <= span.start < span.end <= len(article.text)
        checks.append(
            CitationCheck(
                citation_id=citation.id, text=article.text[span.start : span.end] if article and inside else None,
                text_sha256=article.sha256 if article else None,
            )
        )
    return tuple(checks)
