"""A data folder in, the work of one command done there: by this process, or by the service that owns the folder."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

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
from service.answering import Answerer
from service.beside import RunningService, find_service
from service.check_payload import CheckPayload, check_payload
from service.checking import check_text
from service.domain import Question
from service.errors import ServiceUnreachable
from service.payload import AnswerPayload, answer_payload
from service.wiring import is_prepared, open_answerer, open_encoder

if TYPE_CHECKING:
    from ingest.doctor import Finding
    from ingest.pipeline import IngestReport, Observer

Result = TypeVar("Result")

FELT_LAG = 2_000  # passages missing from the index on disk from which an answer would be felt to wait


def take_in(
    settings: Settings, folder: Path, paths: Sequence[Path], *, given: Metadata, quiet: bool
) -> "IngestReport":
    """Ingest paths into a folder, with progress on stderr unless `quiet`."""
    from service.progress import show_progress

    console = terminal.make_console(stderr=True)
    with find_service(folder) as service:
        if service is not None:
            from service.transfer import Transfer

            with show_progress(console, quiet=quiet) as observe:
                return Transfer(service, given=given, observe=observe).run(paths)
    with writing(folder), Recorder(folder) as recorder:
        prepare(settings, quiet=quiet)
        with show_progress(console, quiet=quiet) as observe:
            return _take_in(settings, recorder, paths, given=given, observe=observe)


def _take_in(
    settings: Settings, recorder: Recorder, paths: Sequence[Path], *, given: Metadata, observe: "Observer"
) -> "IngestReport":
    from ingest.pipeline import Ingest

    run = Ingest(recorder, open_encoder(settings), today=date.today(), observe=observe)
    return run.run(paths, given=given, max_article_bytes=settings.max_article_bytes)


def prepare(settings: Settings, *, quiet: bool) -> None:
    """Say that the model must be exported first, where that is so."""
    if not quiet and not is_prepared(settings):
        line = "Preparing the embedding model, once (about 20 seconds) …"
        terminal.say(terminal.make_console(stderr=True), line)


def ask(settings: Settings, folder: Path, question: Question) -> AnswerPayload:
    """Answer one question; what a killed ingest left unfinished is finished first where it would be felt."""
    return _answer(
        settings, folder, there=lambda service: service.ask(question),
        here=lambda answerer: answer_payload(answerer.ask(question)),
    )


def check(settings: Settings, folder: Path, draft: Question) -> CheckPayload:
    """A verdict on each sentence of a text."""
    return _answer(
        settings, folder, there=lambda service: service.check(draft),
        here=lambda answerer: check_payload(check_text(answerer, draft)),
    )


def _answer(
    settings: Settings, folder: Path, *, there: Callable[[RunningService], Result], here: Callable[[Answerer], Result]
) -> Result:
    """Have it done by the service that owns the folder, else do it here."""
    with find_service(folder) as service:
        if service is not None:
            try:
                return there(service)
            except ServiceUnreachable:
                pass  # it is stopping: the folder can be read without it
    mend(folder, felt=FELT_LAG)
    with open_answerer(settings, folder, warm=False) as answerer:
        return here(answerer)


def delete(folder: Path, article_ids: Sequence[str]) -> None:
    """Remove articles, all or none; UnknownArticle names the one that is not there."""
    require_catalog(folder)
    with find_service(folder) as service:
        if service is not None:
            service.delete(article_ids)
            return
    with writing(folder), Recorder(folder) as recorder:
        with recorder.transaction():
            for article_id in article_ids:
                recorder.delete(article_id)
        catch_up(recorder)


def examine(folder: Path) -> Iterator["Finding"]:
    """Finish what a killed process left unfinished, then check everything."""
    from ingest import doctor

    require_catalog(folder)
    with find_service(folder) as service:
        if service is not None:
            yield from service.examine()
            return
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
