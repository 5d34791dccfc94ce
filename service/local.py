"""A data folder in, the work of one command done there: the process that runs it is the owner while it writes."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.article import Metadata
from ingest.catalog import Catalog
from ingest.errors import Locked
from ingest.lexical import LexicalIndex
from ingest.locking import writing
from ingest.projections import Projected, catch_up, is_unfinished, lexical_folder, rebuild
from ingest.recording import Recorder
from ingest.schema import require_catalog
from ingest.settings import Settings
from service import terminal
from service.domain import Answer, Question
from service.wiring import is_prepared, open_answerer, open_encoder

if TYPE_CHECKING:
    from ingest.doctor import Finding
    from ingest.pipeline import IngestReport

FELT_LAG = 2_000  # passages missing from the index on disk from which an answer would be felt to wait


def take_in(
    settings: Settings, folder: Path, paths: Sequence[Path], *, given: Metadata, quiet: bool
) -> "IngestReport":
    """Ingest paths into a folder, with progress on stderr unless `quiet`."""
    from ingest.pipeline import Ingest
    from service.progress import show_progress

    console = terminal.make_console(stderr=True)
    with writing(folder), Recorder(folder) as recorder:
        if not quiet and not is_prepared(settings):
            terminal.say(console, "Preparing the embedding model, once (about 20 seconds) …")
        encoder = open_encoder(settings)
        with show_progress(console, quiet=quiet) as observe:
            run = Ingest(
                recorder, encoder, today=date.today(), max_article_bytes=settings.max_article_bytes, observe=observe
            )
            return run.run(paths, given=given)


def ask(settings: Settings, folder: Path, question: Question) -> Answer:
    """Answer one question; what a killed ingest left unfinished is finished first where it would be felt."""
    mend(folder, felt=FELT_LAG)
    with open_answerer(settings, folder, warm=False) as answerer:
        return answerer.ask(question)


def delete(folder: Path, article_ids: Sequence[str]) -> None:
    """Remove articles, all or none; UnknownArticle names the one that is not there."""
    require_catalog(folder)
    with writing(folder), Recorder(folder) as recorder:
        with recorder.transaction():
            for article_id in article_ids:
                recorder.delete(article_id)
        catch_up(recorder)


def examine(folder: Path) -> Iterator["Finding"]:
    """Finish what a killed process left unfinished, then check everything."""
    from ingest import doctor

    with Catalog(folder) as catalog:
        unfinished = is_unfinished(catalog)
    if unfinished:
        _finish(folder)
    with Catalog(folder) as catalog:
        yield from doctor.examine(catalog)


def reindex(settings: Settings, folder: Path) -> Projected:
    """Rebuild the projections, embedding again only where the configured model is another one."""
    from ingest.pipeline import embed_again

    require_catalog(folder)
    with writing(folder), Recorder(folder) as recorder:
        encoder = open_encoder(settings)
        if recorder.encoder_id not in (None, encoder.id):
            line = f"Embedding again: {recorder.encoder_id} becomes {encoder.id} …"
            terminal.say(terminal.make_console(stderr=True), line)
            embed_again(recorder, encoder)
        return rebuild(recorder)


def mend(folder: Path, *, felt: int) -> None:
    """Bring the projections up to date where `felt` passages or more are missing and nobody else is writing."""
    with Catalog(folder) as catalog:
        lag = LexicalIndex(lexical_folder(folder), catalog).lag
    if lag >= felt:
        _finish(folder)


def _finish(folder: Path) -> None:
    try:
        with writing(folder), Recorder(folder) as recorder:
            catch_up(recorder)
    except (Locked, OSError):
        return  # the owner does it, or nobody can: until then the lag is searched from memory
