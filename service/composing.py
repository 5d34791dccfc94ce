"""What was found for a question in, its answer sentence by sentence out: written by a model, or extracted.

A written answer falls back to the extracted one where the model cannot be used, or nothing that it wrote was proved and
gives the answer that was found: true sentences beside the point are no answer. What was said once is never taken back.
"""

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from ingest.errors import UsageError
from ingest.lexical import analyze, content_terms
from service.domain import AskedAnswerer, Citation, DroppedClaim, Evidence, Span
from service.errors import WriterUnavailable
from service.events import Cancelled, SentenceReady, check_wanted, cut
from service.extracting.extractive import Extract, cite
from service.verifying.lexicon import says
from service.verifying.verification import gives
from service.writing.generative import Writer, WrittenSentence

NO_ANSWER = "The articles do not say."
NOTHING_PROVED = "Nothing that the language model wrote was proved; the answer is in the articles' own words."
BESIDE_POINT = "What the language model wrote leaves out what was found; the answer is in the articles' own words."


@dataclass(slots=True, kw_only=True)
class Composed:
    """An answer as far as it was said. `answerer` names who said it."""

    text: str = ""
    short: str | None = None
    citations: tuple[Citation, ...] = ()
    answerer: str = "extractive"
    dropped: tuple[DroppedClaim, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What an answer is made of: evidence, best first, the extracted answer, if any, and the sources' numbers by id."""

    evidence: Sequence[Evidence]
    extract: Extract | None
    numbers: Mapping[str, int] = field(default_factory=dict)


def choose_writer(asked: AskedAnswerer, writer: Writer | None) -> Writer | None:
    """Who is to write, None where the answer is to be extracted; UsageError where nobody can write it."""
    if asked == "generative" and writer is None:
        raise UsageError(
            "No language model is configured, so nothing can be written: set FOOTNOTE_LLM_BASE_URL and "
            "FOOTNOTE_LLM_MODEL, or ask for an extractive answer."
        )
    return None if asked == "extractive" else writer


def compose(
    question: str, material: Material, *, writer: Writer | None, limit: int, cancelled: Cancelled
) -> Generator[SentenceReady, None, Composed]:
    """Say the answer; what it came to is returned. Abandoned where nobody waits any more."""
    if material.extract is None or writer is None:
        return (yield from _extract(material.extract, Composed(), cancelled=cancelled))
    composed, waiting = Composed(), list[WrittenSentence]()
    try:
        with closing(_generate(writer, question, material, limit=limit, cancelled=cancelled)) as writing:
            for written in writing:
                if not written.kept:
                    composed.dropped = (*composed.dropped, _drop(written))
                    continue
                waiting.append(written)
                if composed.text or _gives_answer(written, material.extract, material.numbers, question=question):
                    for one in waiting:
                        yield _add(composed, one, material)
                    waiting.clear()
        check_wanted(cancelled)
    except WriterUnavailable as error:
        composed.warnings = (f"{error} {_rest(composed)}",)
    if composed.text:
        composed.answerer = f"generative:{writer.id}"
        short = material.extract.short
        composed.short = short if short and short in composed.text else None
        return composed
    composed.dropped = (*composed.dropped, *map(_drop, waiting))
    composed.warnings = composed.warnings or (BESIDE_POINT if waiting else NOTHING_PROVED,)
    return (yield from _extract(material.extract, composed, cancelled=cancelled))


def _generate(
    writer: Writer, question: str, material: Material, *, limit: int, cancelled: Cancelled
) -> Generator[WrittenSentence, None, None]:
    yield from writer.write(question, evidence=material.evidence, limit=limit, cancelled=cancelled)


def _drop(written: WrittenSentence) -> DroppedClaim:
    reason = written.reason or "it is proved, but leaves out the answer that was found"
    return DroppedClaim(text=written.text, verdict=written.verdict, reason=reason)


def _gives_answer(
    written: WrittenSentence, extract: Extract, numbers: Mapping[str, int], *, question: str
) -> bool:
    """Whether a sentence rests on what was extracted, and gives the short answer that was found.

    Where none could be told, it has at least the words of the question that the extracted answer has.
    """
    rests = any(
        numbers[one.article.id] == cited.source_number
        and one.start < cited.source.end and cited.source.start < one.end
        for one in written.evidence for cited in extract.citations
    )
    if not rests:
        return False
    if extract.short is not None:
        return gives(extract.short, written.text)
    answered, said = (frozenset(analyze(text)) for text in (extract.text, written.text))
    return all(term in said or says(term, said) for term in content_terms(question) if term in answered)


def _rest(composed: Composed) -> str:
    return "The answer ends there." if composed.text else "The answer is in the articles' own words."


def _extract(
    extract: Extract | None, composed: Composed, *, cancelled: Cancelled
) -> Generator[SentenceReady, None, Composed]:
    composed.text = extract.text if extract else NO_ANSWER
    composed.citations = extract.citations if extract else ()
    composed.short = extract.short if extract else None
    for sentence in cut(composed.text, composed.citations):
        check_wanted(cancelled)
        yield sentence
    return composed


def _add(composed: Composed, written: WrittenSentence, material: Material) -> SentenceReady:
    """Put a proved sentence behind what was said before."""
    said = f" {written.text}" if composed.text else written.text
    composed.text += said
    span = Span(start=len(composed.text) - len(written.text), end=len(composed.text))
    first = len(composed.citations) + 1
    citations = tuple(
        replace(
            cite(one, span, number=number, source_number=material.numbers[one.article.id]),
            support="verbatim" if one.quote == written.text else "entailed",
        )
        for number, one in enumerate(written.evidence, start=first)
    )
    composed.citations = (*composed.citations, *citations)
    return SentenceReady(text=said, citations=citations)
