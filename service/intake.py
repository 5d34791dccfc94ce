"""Posted articles in, searchable ones out; deleted ones gone: what a service writes, a few articles at a time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from ingest.article import Metadata
from ingest.embedding import Encoder
from ingest.items import Failure, Item
from ingest.pipeline import Ingest, Taken
from ingest.projections import catch_up_words
from ingest.recording import Recorder
from ingest.records import LONGEST_ID, read_id
from service.keeper import Keeper
from service.uploads import POSTED, explain_size, name_text


def _check_text(value: str) -> str:
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise ValueError("it has half of a surrogate pair, which is no character")
    return value


Text = Annotated[str, AfterValidator(_check_text)]

PRINTABLE = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"  # and more than spaces


class NewArticle(BaseModel):
    """An article to be taken in, as a line of a corpus holds it. Its id is `id`, else `url`, else made of its text."""

    model_config = ConfigDict(
        frozen=True, extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "id": "ferry-7", "title": "Ferry to stop", "text": "The Dunmere ferry will stop on 1 March.",
                    "date": "2026-02-12", "publisher": "Harbour Wire",
                }
            ]
        },
    )

    id: str | None = Field(default=None, pattern=PRINTABLE, max_length=LONGEST_ID, examples=["harbour-2026-canola"])
    text: str = Field(min_length=1, examples=["China agreed to lower its tariffs on Canadian canola from March."])
    title: Text | None = Field(default=None, examples=["Canada and China strike a deal"])
    subtitle: Text | None = None
    date: Text | None = Field(default=None, description="When it was published.", examples=["2026-01-16"])
    publisher: Text | None = None
    source: Text | None = Field(default=None, description="Another name of `publisher`.", examples=["Harbour Wire"])
    url: Text | None = Field(default=None, examples=["https://harbourwire.example/2026/01/16/canola"])
    author: Text | None = None
    language: Text | None = Field(default=None, examples=["en"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What became of a posted article: `taken` with its version, or why it `failed`."""

    taken: Taken | None
    version: int | None
    failed: Failure | None
    warnings: tuple[str, ...]


class Intake:
    """Writes to the catalog of a service; the next question finds what it has written. `results` counts articles."""

    def __init__(self, folder: Path, encoder: Encoder, keeper: Keeper, *, max_article_bytes: int) -> None:
        self._folder = folder
        self._encoder = encoder
        self._keeper = keeper
        self._max_article_bytes = max_article_bytes
        self._posting = Lock()
        self.results: Counter[str] = Counter()

    def post(self, articles: Sequence[NewArticle]) -> list[Posted]:
        """Take in articles and say what became of each, in order; one that cannot be read harms no other."""
        with self._posting, Recorder(self._folder) as recorder:
            posted = [self._post(recorder, article, number) for number, article in enumerate(articles, start=1)]
            catch_up_words(recorder)  # alone in an index in memory they would rank below what they match as well as
        self.results.update("failed" if one.taken is None else one.taken.change for one in posted)
        self._keeper.notice()
        return posted

    def delete(self, article_id: str) -> None:
        """Remove an article from every answer; UnknownArticle where there is none."""
        with Recorder(self._folder) as recorder, recorder.transaction():
            recorder.delete(article_id)
        self.results["deleted"] += 1
        self._keeper.notice()

    def _post(self, recorder: Recorder, article: NewArticle, number: int) -> Posted:
        content, location = article.model_dump_json(exclude_none=True).encode(), f"article {number}"
        if len(content) > self._max_article_bytes:
            failed = Failure(location=location, reason=explain_size(len(content), self._max_article_bytes))
            return Posted(taken=None, version=None, failed=failed, warnings=())
        item = Item(
            source=POSTED, name=read_id(article.id) or name_text(article.text.encode()), location=location,
            kind="record", content=content, bytes_read=len(content),
        )
        ingest = Ingest(recorder, self._encoder, today=date.today(), observe=lambda progress: None, project=False)
        report = ingest.run_items([item], given=Metadata(), bytes_total=len(content))
        taken = ingest.taken[0] if ingest.taken else None
        return Posted(
            taken=taken, version=recorder.article(taken.article_id).version if taken else None,
            failed=report.failed[0] if report.failed else None,
            warnings=tuple(warned.reason for warned in report.warnings),
        )
