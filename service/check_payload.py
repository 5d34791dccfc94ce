"""A Check in, its JSON out: the contract that `footnote check --json`, `POST /v1/check` and their clients share."""

from typing import Literal

from pydantic import Field

from service.checking import Check, CheckedSentence, Judged, Quote
from service.payload import Payload, Published, SpanPayload
from service.verifying.reasons import Kind


class QuotePayload(Payload):
    """A sentence of an article version: the article's text at `source_span` is `quote`, for ever."""

    article_id: str
    version: int = Field(ge=1)
    text_sha256: str
    title: str | None
    label: str = Field(description="The title, or the first words of the text where there is none.")
    url: str | None
    publisher: str | None
    published_at: Published
    story_id: str
    quote: str
    source_span: SpanPayload


class ReasonPayload(Payload):
    """What keeps a sentence from being supported: `text` is not found, `found` is what stands in its place, if any."""

    kind: Kind
    text: str
    found: str | None


class CheckedPayload(Payload):
    """A sentence of the text, at `span`, and its verdict; `unchecked` where it asks or holds no word.

    `citations` support it; where it is not supported, `nearest` is the sentence of the articles that comes closest.
    """

    number: int = Field(ge=1)
    span: SpanPayload
    text: str
    verdict: Judged
    reasons: tuple[ReasonPayload, ...]
    citations: tuple[QuotePayload, ...]
    nearest: QuotePayload | None


class CheckPayload(Payload):
    """A verdict for each sentence of a text, by rules about words; what the articles say, never what is true."""

    object: Literal["check"] = "check"
    as_of: str = Field(description="The day the text was checked for: nothing newer was used.")
    sentences: tuple[CheckedPayload, ...]
    supported: int = Field(ge=0)
    unsupported: int = Field(ge=0)
    unchecked: int = Field(ge=0)


def check_payload(check: Check) -> CheckPayload:
    """The whole check. Offsets are half-open and in Unicode code points."""
    return CheckPayload(
        as_of=check.as_of.isoformat(), supported=check.supported, unsupported=check.unsupported,
        unchecked=check.unchecked,
        sentences=tuple(_checked(one, number) for number, one in enumerate(check.sentences, start=1)),
    )


def _checked(one: CheckedSentence, number: int) -> CheckedPayload:
    return CheckedPayload(
        number=number, span=SpanPayload(start=one.span.start, end=one.span.end), text=one.text, verdict=one.verdict,
        reasons=tuple(ReasonPayload(kind=why.kind, text=why.text, found=why.rival) for why in one.reasons),
        citations=tuple(_quote(quote) for quote in one.quotes), nearest=_quote(one.nearest) if one.nearest else None,
    )


def _quote(quote: Quote) -> QuotePayload:
    article, about = quote.article, quote.article.metadata
    return QuotePayload(
        article_id=article.id, version=article.version, text_sha256=article.sha256, title=about.title,
        label=article.label, url=about.url, publisher=about.publisher,
        published_at=about.published_at.iso if about.published_at else None, story_id=article.story_id,
        quote=quote.text, source_span=SpanPayload(start=quote.start, end=quote.end),
    )
