"""A tiny installed CrossEncoder behind the Entailment seam: it may only reject what the rules have accepted."""

import random
from pathlib import Path

import pytest

from ingest.errors import ModelError
from service.domain import Evidence
from service.events import never
from service.verifying.cross_encoder import CrossEncoderEntailment
from service.writing.generative import ProvingWriter, WrittenSentence
from tests.builders import make_article
from tests.cross_encoder import make_cross_encoder
from tests.writing import ScriptedModel, copy_first

MILL = "The Dunmere mill will reopen on 4 May 2026."
NAMES = ("contradiction", "entailment", "neutral")


def write(folder: Path) -> list[WrittenSentence]:
    """What a model that copies its evidence writes, judged by the CrossEncoder too."""
    writer = ProvingWriter(
        ScriptedModel(script=copy_first), entailment=lambda: CrossEncoderEntailment(str(folder)),
        chance=random.Random(1),
    )
    article = make_article("a", MILL)
    evidence = Evidence(article=article, rank=1, start=0, end=len(MILL), probability=0.9, short=None)
    return list(writer.write("When will the mill reopen?", evidence=[evidence], limit=1, cancelled=never))


@pytest.mark.parametrize(("favoured", "kept"), [("entailment", True), ("neutral", False), ("contradiction", False)])
def test_only_what_the_model_labels_as_entailed_is_kept(tmp_path: Path, favoured: str, kept: bool) -> None:
    folder = make_cross_encoder(tmp_path / "cross", labels=NAMES, favoured=NAMES.index(favoured))
    (written,) = write(folder)
    assert (written.kept, bool(written.evidence)) == (kept, kept)
    assert kept or written.reason == "the entailment model does not find it in its sources"


@pytest.mark.parametrize(("score", "kept"), [(9.0, True), (-9.0, False)])
def test_single_score_of_a_half_is_enough(tmp_path: Path, score: float, kept: bool) -> None:
    folder = make_cross_encoder(tmp_path / "cross", labels=("score",), favoured=0, bias=score)
    (written,) = write(folder)
    assert written.kept is kept


def test_model_without_a_label_for_entailment_is_refused_with_its_labels(tmp_path: Path) -> None:
    folder = make_cross_encoder(tmp_path / "cross", labels=("bad", "good"), favoured=1)
    with pytest.raises(ModelError, match="labels bad, good; none of them is entailment"):
        CrossEncoderEntailment(str(folder))


def test_name_of_nothing_is_refused_with_the_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match="name its folder, or unset it"):
        CrossEncoderEntailment(str(tmp_path / "nothing"))
