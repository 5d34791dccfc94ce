"""FOOTNOTE_READER names a reader: the built-in one, another that was trained, or a CrossEncoder; or is refused."""

import hashlib
import re
import shutil
from functools import partial
from pathlib import Path

import pytest

from ingest.catalog import Catalog
from ingest.embedding import OnnxEncoder
from ingest.errors import ModelError
from ingest.exporting import MODEL, model_folder
from ingest.lexical import LexicalIndex
from ingest.projections import lexical_folder
from service.reading.reader_card import CARD, read_card
from service.reading.readers import MODEL_FOLDER, choose_reader
from service.reading.span_model import SpanModel
from tests.answers import make_article, rank_passage

BRIDGE = make_article(
    "The footbridge at Dunmere opened on Tuesday. It cost the town $4.2 million.", title="A new bridge"
)
MOST_BYTES = 25_000_000
OPEN_MODEL = partial(SpanModel, threads=1)


def test_shipped_model_is_the_one_that_its_card_describes() -> None:
    model = (MODEL_FOLDER / MODEL).read_bytes()
    digest = hashlib.sha256(model).hexdigest()
    card = (MODEL_FOLDER / "README.md").read_text(encoding="utf-8")
    assert len(model) <= MOST_BYTES
    assert digest in card
    assert read_card(MODEL_FOLDER).id == f"footnote-reader-1@{digest[:8]}"


def test_card_names_the_data_that_is_beside_the_training_program() -> None:
    card = (MODEL_FOLDER / "README.md").read_text(encoding="utf-8")
    data = Path(__file__).parents[2] / "service" / "reading" / "training" / "data"
    files = [path for path in data.iterdir() if path.name != "README.md"]
    assert len(files) == 5
    for path in files:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert re.search(rf"`{re.escape(path.name)}`.*`{digest}`", card)


def test_folder_of_a_trained_reader_is_read_from(
    tmp_path: Path, sample: Path, encoder: OnnxEncoder
) -> None:
    folder = shutil.copytree(MODEL_FOLDER, tmp_path / "mine")
    with Catalog(sample) as catalog:
        lexical = LexicalIndex(lexical_folder(sample), catalog)
        reader = choose_reader(str(folder), open_model=OPEN_MODEL)(encoder, lexical)
        question = "How much did the bridge cost?"
        best, *_ = reader.read(
            question, encoder.encode([question])[0], passages=[rank_passage(BRIDGE)], articles={"bridge": BRIDGE}
        )
    assert best.quote == "It cost the town $4.2 million."
    assert best.short_text is not None
    assert "$4.2 million" in best.short_text


def test_cross_encoder_of_a_folder_scores_sentences(tmp_path: Path, sample: Path, encoder: OnnxEncoder) -> None:
    folder = _make_cross_encoder(tmp_path / "cross", labels=1)
    with Catalog(sample) as catalog:
        lexical = LexicalIndex(lexical_folder(sample), catalog)
        reader = choose_reader(str(folder), open_model=OPEN_MODEL)(encoder, lexical)
        question = "How much did the bridge cost?"
        found = reader.read(
            question, encoder.encode([question])[0], passages=[rank_passage(BRIDGE)], articles={"bridge": BRIDGE}
        )
        assert reader.read(question, encoder.encode([question])[0], passages=[], articles={}) == []
    assert {one.quote for one in found} == {BRIDGE.text[one.start : one.end] for one in BRIDGE.sentences}
    assert all(0 < one.probability < 1 for one in found)


def test_cross_encoder_with_several_scores_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="gives 3 scores for a pair; one is needed"):
        choose_reader(str(_make_cross_encoder(tmp_path / "cross", labels=3)), open_model=OPEN_MODEL)


def test_name_of_nothing_is_refused_with_what_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match="FOOTNOTE_READER takes built-in, untrained"):
        choose_reader(str(tmp_path / "nothing"), open_model=OPEN_MODEL)


def test_reader_without_its_calibration_is_refused(tmp_path: Path, sample: Path, encoder: OnnxEncoder) -> None:
    folder = shutil.copytree(MODEL_FOLDER, tmp_path / "mine")
    (folder / CARD).write_text("{}", encoding="utf-8")
    with Catalog(sample) as catalog:
        lexical = LexicalIndex(lexical_folder(sample), catalog)
        open_reader = choose_reader(str(folder), open_model=OPEN_MODEL)
        with pytest.raises(ModelError, match="train the reader again"):
            open_reader(encoder, lexical)


def _make_cross_encoder(folder: Path, *, labels: int) -> Path:
    """A tiny one, untrained."""
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    config = BertConfig(hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
    config.num_labels = labels
    BertForSequenceClassification(config).save_pretrained(folder)
    AutoTokenizer.from_pretrained(model_folder()).save_pretrained(folder)
    return folder
