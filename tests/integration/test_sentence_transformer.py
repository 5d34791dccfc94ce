"""Another embedding model, by its folder: an Encoder like the default one, found without a network."""

import socket
from pathlib import Path

import numpy as np
import pytest

from ingest.embedding import Encoder, OnnxEncoder
from ingest.errors import ModelError
from ingest.exporting import model_folder
from ingest.sentence_transformer import SentenceTransformerEncoder
from ingest.settings import Settings
from service.wiring import is_prepared, open_encoder

TEXTS = (
    "China will cut its tariff on Canadian canola seed to 15 per cent by March 1.",
    "Lobster boats left Tern Harbour on Monday.",
    "The duty on canola had stood at 84 per cent since August.",
)


@pytest.fixture(autouse=True)
def _without_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever tries to reach another host fails, as on a machine without a network."""

    def refuse(*_: object) -> None:
        raise OSError("the network is not to be used")

    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="module")
def other() -> SentenceTransformerEncoder:
    """The packaged weights in full precision, as a user would name them."""
    return SentenceTransformerEncoder(str(model_folder()))


def test_folder_of_a_model_is_what_the_setting_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_EMBEDDING_MODEL", str(model_folder()))
    settings = Settings()
    assert is_prepared(settings)
    encoder: Encoder = open_encoder(settings)
    assert isinstance(encoder, SentenceTransformerEncoder)
    assert encoder.encode(TEXTS[:1]).shape == (1, 384)


def test_vectors_have_length_1_in_the_order_of_the_texts(other: SentenceTransformerEncoder) -> None:
    vectors = other.encode(TEXTS)
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[2] > vectors[0] @ vectors[1]
    np.testing.assert_allclose(other.encode(TEXTS[1:2])[0], vectors[1], atol=1e-5)
    assert other.encode([]).shape[0] == 0


def test_vectors_are_those_of_the_default_encoder_but_for_its_precision(
    other: SentenceTransformerEncoder, encoder: OnnxEncoder
) -> None:
    for full, quantised in zip(other.encode(TEXTS), encoder.encode(TEXTS), strict=True):
        assert 0.97 < full @ quantised < 1
    query = other.encode([TEXTS[0]], query=True)
    np.testing.assert_allclose(query, other.encode(TEXTS[:1]), atol=1e-5)


def test_word_pieces_are_counted_without_the_models_marks(
    other: SentenceTransformerEncoder, encoder: OnnxEncoder
) -> None:
    assert other.count_tokens(["canola", *TEXTS]) == encoder.count_tokens(["canola", *TEXTS])
    assert other.count_tokens(["lobster " * 1_000]) == [1_000]  # more than the model reads: counted to the end
    assert other.max_tokens == encoder.max_tokens == 254


def test_identity_names_model_weights_and_precision(other: SentenceTransformerEncoder, encoder: OnnxEncoder) -> None:
    name, _, rest = other.id.partition("@")
    weights, _, precision = rest.partition("/")
    assert (name, len(weights), precision) == ("model", 8, "fp32")
    assert other.id != encoder.id
    assert other.language is None


@pytest.mark.parametrize("name", ["no-such/model", "/no/such/folder"])
def test_model_that_cannot_be_found_is_an_error_with_a_remedy(name: str) -> None:
    with pytest.raises(ModelError, match=rf"{name}.* cannot be loaded .* set FOOTNOTE_EMBEDDING_MODEL to the folder"):
        SentenceTransformerEncoder(name)


def test_folder_without_a_model_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="set FOOTNOTE_EMBEDDING_MODEL"):
        SentenceTransformerEncoder(str(tmp_path))
