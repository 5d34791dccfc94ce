"""What ingestion makes: an Article with exact sentence spans, and the Passages of it that are searched."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Self

LABEL_WORDS = 9

DatePrecision = Literal["day", "minute", "instant"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedAt:
    """When an article was published, no more precisely than its source says.

    `iso` is `2026-01-15` (a day), `2026-01-15T04:00` (a local time whose zone is unknown) or
    `2026-01-15T04:00-05:00` (an instant).
    """

    iso: str

    @classmethod
    def of_day(cls, day: date) -> Self:
        return cls(iso=day.isoformat())

    @classmethod
    def of_moment(cls, moment: datetime) -> Self:
        """Keep minutes and, where the moment has one, its zone."""
        return cls(iso=moment.isoformat(timespec="minutes"))

    @property
    def day(self) -> date:
        """The calendar day as the source wrote it, which is what filters compare."""
        return date.fromisoformat(self.iso[:10])

    @property
    def precision(self) -> DatePrecision:
        if len(self.iso) == len("2026-01-15"):
            return "day"
        return "minute" if len(self.iso) == len("2026-01-15T04:00") else "instant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a source says about an article; None where it says nothing. Nothing here is guessed from prose."""

    title: str | None = None
    subtitle: str | None = None
    publisher: str | None = None
    author: str | None = None
    published_at: PublishedAt | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence, or a heading, without the space around it: `article.text[start:end]`.

    The sentences of an article are in order, do not overlap, and cover every character that is not white space.
    """

    start: int
    end: int
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Text that was printed with a story without being part of it; it is reported and never searched."""

    reason: str
    characters: int
    excerpt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article that was read and cleaned and is not in the catalog yet."""

    id: str
    source: str
    name: str
    location: str
    fingerprint: bytes
    metadata: Metadata
    text: str
    sentences: tuple[Sentence, ...]
    cuts: tuple[Cut, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        return hash_text(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One version of one story by one publisher.

    `text` is canonical: NFC, `\\n` newlines, nothing invisible, no boilerplate. Offsets are Unicode code points into it
    and hold for ever: a changed text is a new version.
    """

    id: str
    version: int
    source: str
    metadata: Metadata
    text: str
    sha256: str
    sentences: tuple[Sentence, ...]
    cuts: tuple[Cut, ...]
    first_seen: date
    story_id: str

    @property
    def day(self) -> date:
        """When it was published, or first seen where it does not say."""
        return self.metadata.published_at.day if self.metadata.published_at else self.first_seen

    @property
    def label(self) -> str:
        """The title, or the first words of the text where there is none."""
        return self.metadata.title or derive_label(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A run of whole sentences of one article that is embedded and searched: `article.text[start:end] == text`."""

    article_id: str
    version: int
    start: int
    end: int
    text: str

    @property
    def id(self) -> str:
        return f"{self.article_id}:{self.version}:{self.start}-{self.end}"


def hash_text(text: str) -> str:
    """SHA-256 of the UTF-8 bytes, in hexadecimal: what citations name and clients can check."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def derive_label(text: str) -> str:
    """A name for an article without a title, made of its first words."""
    words = text.split(maxsplit=LABEL_WORDS)
    return " ".join(words[:LABEL_WORDS]) + ("…" if len(words) > LABEL_WORDS else "")
