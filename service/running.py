"""A data folder in, a running Service out: the parts that live as long as the process, started and stopped together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.embedding import Encoder
from ingest.locking import writing
from ingest.projections import catch_up_words
from ingest.recording import Recorder
from ingest.settings import Settings
from service.feedback import FeedbackStore
from service.ingestions import Ingestions
from service.intake import Intake
from service.keeper import Keeper
from service.keys import KeyRing
from service.pool import AnswererPool
from service.retention import forgetting
from service.wiring import open_pool, open_readers, share_encoder

STOP_SECONDS = 3.0  # that a thread has to finish what it is doing


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What routes work with: it owns the data folder while it runs."""

    folder: Path
    settings: Settings
    pool: AnswererPool
    keeper: Keeper
    intake: Intake
    ingestions: Ingestions
    keys: KeyRing
    feedback: FeedbackStore


@contextmanager
def open_service(
    settings: Settings, folder: Path, encoder: Encoder, *, warn: Callable[[str], None]
) -> Iterator[Service]:
    """Own the folder, which may be new, and bring its words up to date; the vectors follow in the background.

    Locked where another process writes to it, IndexMismatch where its vectors are another model's.
    """
    with writing(folder):
        with Recorder(folder) as recorder:
            recorder.check_encoder(encoder.id)
            catch_up_words(recorder, verify=True)
        with open_pool(folder, encoder, open_reader=open_readers(settings), size=settings.answerers) as pool:
            keeper = Keeper(folder, pool, warn=warn)
            background, most = share_encoder(encoder, settings), settings.max_article_bytes
            ingestions = Ingestions(folder, background, keeper, max_article_bytes=most, warn=warn)
            feedback = FeedbackStore(folder, days=settings.feedback_days)
            keeper.start()
            ingestions.start()
            try:
                with forgetting(feedback, warn=warn):
                    yield Service(
                        folder=folder, settings=settings, pool=pool, keeper=keeper, ingestions=ingestions,
                        intake=Intake(folder, background, keeper, max_article_bytes=most), keys=KeyRing(folder),
                        feedback=feedback,
                    )
            finally:
                _stop(ingestions, keeper, warn=warn)


def _stop(ingestions: Ingestions, keeper: Keeper, *, warn: Callable[[str], None]) -> None:
    for part in (ingestions, keeper):
        if not part.stop(seconds=STOP_SECONDS):
            warn("Stopped in the middle of a build; it is done again at the next start.")
