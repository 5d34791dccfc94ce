"""Sentences and articles in, answers of the contract out: what the stage plays to the widget."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from service.payload import (
    AnswerPayload,
    CarrierPayload,
    CitationPayload,
    ConfidencePayload,
    ContextPayload,
    ModelPayload,
    PassagePayload,
    RefusalPayload,
    SourcePayload,
    SpanPayload,
    TextPayload,
    TimingPayload,
)

CONTEXT = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """An article that answers rest on."""

    id: str
    title: str
    text: str
    publisher: str | None = "Marlow Record"
    url: str | None = "https://marlow.example/2026/02/footbridge"
    published_at: str | None = "2026-02-10T09:20-05:00"
    author: str | None = "Ilse Aubin"
    also: tuple[str, ...] = ()


BRIDGE = Printed(
    id="marlow/record-17", title="The footbridge over Marlow Creek opens, eight months late",
    also=("Lakeshore Courier", "Atlantic Tide"),
    text=(
        "The Marlow Creek footbridge opened on Tuesday, eight months after it was promised.\n\n"
        "Some forty people crossed it in the first hour, most of them on their way to school. “It does not wobble,” "
        "said Noor Halvorsen, who is nine.\n\n"
        "The bridge cost $4.2 million, which is $600,000 more than the town had set aside. The engineer, Zoë "
        "Brandvold, said that the footings had to be sunk twice because of the spring flood 🙂.\n\n"
        "The old ford stays closed to cars. A second bridge, at the mill, was struck from the budget in January.\n\n"
        + "Swallows nest under the eastern span, and the painters will wait for them. " * 12
    ),
)
FERRY = Printed(
    id="wire-3", title="Dunmere ferry to stop on 1 March, operator says", publisher="Harbour Wire",
    url="https://harbourwire.example/ferry#top", published_at="2026-02-12", author=None,
    text=(
        "DUNMERE — The Dunmere ferry will stop on 1 March, its operator said on Thursday, because the footbridge at "
        "Marlow Creek has taken most of its passengers.\n\nThe boat carried 61 people a day in January, down from 340 "
        "a year ago. Its crew of three will be offered work on the harbour launch."
    ),
)
ARABIC = Printed(
    id="ar-1", title="افتتاح جسر المشاة فوق خور مارلو", publisher="بريد البحيرة", url="https://bareed.example/jisr",
    published_at="2026-02-11", author="سلمى حدّاد",
    text="👩🏽‍🚀 افتُتِح جسرُ المشاة فوق خور مارلو يوم الثلاثاء بعد تأخُّرٍ دام ثمانية أشهر. بلغت كلفته 4.2 مليون دولار.",
)
ARTICLES = (BRIDGE, FERRY, ARABIC)


def answer_of(
    question: str, cited: Sequence[tuple[str, Printed]], *, found: Sequence[Printed] = (), short: str | None = None,
    status: Literal["answered", "partial", "no_answer"] = "answered",
) -> AnswerPayload:
    """An answer of quotes, in order, each from its article; `found` are articles that it does not cite."""
    articles = list(dict.fromkeys([*(article for _, article in cited), *found]))
    text, citations = "", list[CitationPayload]()
    for quote, article in cited:
        start = len(text) + bool(text)
        text = f"{text} {quote}".strip()
        citations.append(_citation(len(citations) + 1, quote, article, at=start, source=articles.index(article) + 1))
    return AnswerPayload(
        id=f"ans_{abs(hash(question)):032x}"[:36], created_at=datetime(2026, 3, 1, 9, 30, tzinfo=UTC), status=status,
        question=question, rewritten_question=None, as_of="2026-03-01",
        answer=TextPayload(text=text or "The articles do not say.", short=short),
        confidence=ConfidencePayload(probability=0.9, band="high"), citations=tuple(citations),
        sources=tuple(
            source_of(article, number, cited=number <= len({article.id for _, article in cited}))
            for number, article in enumerate(articles, 1)
        ),
        independent_sources=len({article.id for _, article in cited}),
        refusal=RefusalPayload(reason="insufficient_evidence") if status == "no_answer" else None,
        model=ModelPayload(answerer="extractive", embedder="words", reader="by-hand", index_generation=1),
        timing_ms=TimingPayload(embed=1, retrieve=1, read=1, total=3), warnings=(),
    )


def source_of(article: Printed, number: int, *, cited: bool) -> SourcePayload:
    """An article as a source, with its first paragraph as its passage."""
    end = article.text.find("\n") if "\n" in article.text else len(article.text)
    return SourcePayload(
        id=f"s{number}", number=number, article_id=article.id, version=1, text_sha256="0" * 64,
        text_length=len(article.text), title=article.title, label=article.title, url=article.url,
        publisher=article.publisher, author=article.author, published_at=article.published_at, story_id=article.id,
        also_carried_by=tuple(
            CarrierPayload(article_id=name, publisher=name, title=None) for name in article.also
        ),
        passage=PassagePayload(start=0, end=end, text=article.text[:end]), retrieved_rank=number, relevance="high",
        cited=cited,
    )


def _citation(number: int, quote: str, article: Printed, *, at: int, source: int) -> CitationPayload:
    start = article.text.index(quote)
    end = start + len(quote)
    return CitationPayload(
        id=f"c{number}", number=number, answer_span=SpanPayload(start=at, end=at + len(quote)), source_id=f"s{source}",
        quote=quote, source_span=SpanPayload(start=start, end=end), short_span=None, support="verbatim",
        context=ContextPayload(
            before=article.text[max(start - CONTEXT, 0) : start], after=article.text[end : end + CONTEXT]
        ),
    )


COST = "The bridge cost $4.2 million, which is $600,000 more than the town had set aside."
FLOOD = (
    "The engineer, Zoë Brandvold, said that the footings had to be sunk twice because of the spring flood 🙂."
)
STOPS = (
    "The Dunmere ferry will stop on 1 March, its operator said on Thursday, because the footbridge at Marlow Creek has "
    "taken most of its passengers."
)
BRIDGE_COST = answer_of(
    "What did the footbridge cost?", [(COST, BRIDGE), (FLOOD, BRIDGE), (STOPS, FERRY)], found=(ARABIC,),
    short="$4.2 million",
)
FERRY_STOPS = answer_of("When will the ferry stop?", [(STOPS, FERRY)], found=(BRIDGE,), short="1 March")
PARTLY = answer_of("What did it cost, and who paid?", [(COST, BRIDGE)], found=(FERRY,), status="partial")
NOTHING = answer_of("How tall is the mayor?", [], found=(BRIDGE, FERRY, ARABIC), status="no_answer")
IN_ARABIC = answer_of(
    "كم بلغت كلفة الجسر؟",
    [("👩🏽‍🚀 افتُتِح جسرُ المشاة فوق خور مارلو يوم الثلاثاء بعد تأخُّرٍ دام ثمانية أشهر.", ARABIC),
     ("بلغت كلفته 4.2 مليون دولار.", ARABIC)],
    found=(BRIDGE,), short="4.2 مليون دولار",
)
CREW = "Its crew of three will be offered work on the harbour launch."


def _with_a_name() -> AnswerPayload:
    """A sentence that two articles word differently, and one with a name of ours in it, which has its own citation."""
    whole = answer_of(
        "What did it cost, and what of the crew?",
        [(COST, BRIDGE), ("بلغت كلفته 4.2 مليون دولار.", ARABIC), (CREW, FERRY), (STOPS, FERRY)], short="$4.2 million",
    )
    crew = CREW.replace("Its", "Its [Dunmere ferry]")
    text, at = f"{COST} {crew}", len(COST) + 1
    spans = ((0, len(COST)), (0, len(COST)), (at, len(text)), (at + 4, at + 19))
    ways: tuple[Literal["verbatim", "entailed", "composed"], ...] = ("verbatim", "entailed", "composed", "composed")
    citations = tuple(
        one.model_copy(update={"answer_span": SpanPayload(start=start, end=end), "support": support})
        for one, (start, end), support in zip(whole.citations, spans, ways, strict=True)
    )
    return whole.model_copy(update={"answer": TextPayload(text=text, short="$4.2 million"), "citations": citations})


NAMED = _with_a_name()
