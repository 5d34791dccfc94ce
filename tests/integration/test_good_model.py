"""A language model that copies its evidence faithfully and paraphrases it: nearly all that it writes is kept."""

import random

from ingest.sentences import split_sentences
from ingest.settings import Settings
from service.domain import Evidence
from service.events import never
from service.verifying.judge import Judge
from service.wiring import make_judge
from service.writing.generative import ProvingWriter, WrittenSentence
from tests.builders import make_article
from tests.read_paraphrases import read_paraphrases
from tests.writing import ScriptedModel

SURVIVING = 0.95
PAIRS = [pair for name in ("sample", "second", "third") for pair in read_paraphrases(name)]
BESIDE = 3  # sentences of other articles among the evidence


def write(span: str, sentence: str, others: list[str], judge: Judge | None) -> list[WrittenSentence]:
    """What is kept of a model that copies the span and says it once more in its own words."""

    def script(evidence: dict[str, str], material: str) -> str:
        del material
        name = next(name for name, text in evidence.items() if text == span)
        return f"{span} ⟦{name}⟧\n{sentence} ⟦{name}⟧\n"

    texts = [span, *others]
    articles = [make_article(f"a{number}", text) for number, text in enumerate(texts)]
    evidence = [
        Evidence(article=one, rank=number, start=0, end=len(one.text), probability=0.9, short=None)
        for number, one in enumerate(articles, start=1)
    ]
    writer = ProvingWriter(ScriptedModel(script=script), judge=judge, chance=random.Random(1))
    return list(writer.write("What is new?", evidence=evidence, limit=len(texts), cancelled=never))


def test_ninety_five_in_a_hundred_sentences_of_a_good_model_are_kept() -> None:
    spans = list(dict.fromkeys(span for span, _ in PAIRS if len(split_sentences(span)) == 1))
    written, judge = list[WrittenSentence](), make_judge(Settings(), written=True)
    for span, sentence in PAIRS:
        if span in spans:
            place = spans.index(span)
            written += write(span, sentence, [spans[place - back] for back in range(1, BESIDE + 1)], judge)
    kept = [one for one in written if one.kept]
    assert len(written) > 300
    assert len(kept) >= SURVIVING * len(written), [one.text for one in written if not one.kept]
    assert all(one.evidence for one in kept)
