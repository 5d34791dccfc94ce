"""A corpus in, a data folder of its articles out: built once, kept by fingerprint, finished where it was cut off."""

import hashlib
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

from eval.errors import BadQuestions
from eval.fingerprint import hash_code, hash_files
from ingest.article import Metadata
from ingest.embedding import Encoder
from ingest.locking import writing
from ingest.pipeline import Ingest, Observer
from ingest.recording import Recorder
from ingest.settings import Settings

FOLDER = "evaluation"
DONE = "complete"


def prepare_corpus(
    settings: Settings, corpus: Path, *, open_encoder: Callable[[], Encoder], observe: Observer
) -> Path:
    """Ingest a corpus into a folder of the cache, unless that was done before; BadQuestions where nothing goes in.

    As in the product, an article without a date was first seen on the day it was ingested: it answers no question that
    is asked of an earlier day.
    """
    folder = find_folder(settings, corpus)
    done = folder / DONE
    if not done.exists():
        with writing(folder), Recorder(folder) as recorder:
            run = Ingest(recorder, open_encoder(), today=date.today(), observe=observe)
            report = run.run([corpus], given=Metadata(), max_article_bytes=settings.max_article_bytes)
        if not report.went_in:
            reason = report.failed[0].reason if report.failed else "it is empty"
            raise BadQuestions(f"No article of {corpus} went in: {reason}.")
        done.touch()
    os.utime(done)  # so that what is used least can be told
    return folder


def find_folder(settings: Settings, corpus: Path) -> Path:
    """Where a corpus is kept: another folder for other articles, another model or other code that takes them in."""
    if not corpus.exists():
        raise BadQuestions(f"There is no corpus {corpus}; give a JSONL file or a folder of articles.")
    parts = (
        hash_files(corpus), settings.embedding_model, str(settings.max_article_bytes), hash_code(("ingest",)),
    )
    return settings.cache / FOLDER / hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]
