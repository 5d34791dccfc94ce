"""What tests share: the real encoder, loaded once a process and exported once a machine."""

from pathlib import Path

import pytest

from ingest.embedding import OnnxEncoder
from ingest.exporting import MAX_TOKENS, encoder_id, ensure_export
from ingest.settings import Settings


@pytest.fixture(scope="session")
def cache() -> Path:
    """The model cache that FOOTNOTE_CACHE names, else the user's: an export takes some 20 s."""
    return Settings().cache


@pytest.fixture(scope="session")
def encoder(cache: Path) -> OnnxEncoder:
    """The default encoder: all-MiniLM-L6-v2 in int8."""
    return OnnxEncoder(ensure_export(cache), encoder_id=encoder_id("int8"), max_tokens=MAX_TOKENS, threads=1)
