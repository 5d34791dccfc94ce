"""Posted articles in, searchable ones out; deleted ones gone: what a service writes, a few articles at a time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

from pydantic import BaseModel, ConfigDict, Field

from ingest.article import Metadata
from ingest.embedding import Encoder
from ingest.items import Failure, Item
from ingest.pipeline import Ingest, Taken
from ingest.recording import Recorder
from ingest.records import LONGEST_ID
from service.keeper import Keeper
from service.uploads import POSTED, name_text


class NewArticle(BaseModel):
    """An article to be taken in, as a line of a corpus holds it. Its id is `id`, else `url`, else made of its text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str | None = Field(default=None, min_length=1, max_length=LONGEST_ID, examples=["harbour-2026-01-16-canola"])
    text: str = Field(min_length=1, examples=["China agreed to lower its tariffs on Canadian canola from March."])
    title: str | None = Field(default=None, examples=["Canada and China strike a deal"])
    subtitle: str | None = None
    date: str | None = Field(default=None, description="When it was published.", examples=["2026-01-16"])
    publisher: str | None = None
    source: str | None = Field(default=None, description="Another name of `publisher`.", examples=["Harbour Wire"])
    url: str | None = Field(default=None, examples=["https://harbourwire.example/2026/01/16/canola"])
    author: str | None = None
    language: str | None = Field(default=None, examples=["en"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What became of a posted article: `taken` with its version, or why it `failed`."""

    taken: Taken | None
    version: int | None
    failed: Failure | None
    warnings: tuple[str, ...]


class Intake:
    """Writes to the catalog of a service; the next question finds what it has written. `results` counts articles."""

    def __init__(self, folder: Path, encoder: Encoder, keeper: Keeper) -> None:
        self._folder = folder
        self._encoder = encoder
        self._keeper = keeper
        self._posting = Lock()
        self.results: Counter[str] = Counter()

    def post(self, articles: Sequence[NewArticle]) -> list[Posted]:
        """Take in articles and say what became of each, in order; one that cannot be read harms no other."""
        with self._posting, Recorder(self._folder) as recorder:
            posted = [self._post(recorder, article, number) for number, article in enumerate(articles, start=1)]
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
        content = article.model_dump_json(exclude_none=True).encode()
        item = Item(
            source=POSTED, name=article.id or name_text(article.text.encode()), location=f"article {number}",
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
