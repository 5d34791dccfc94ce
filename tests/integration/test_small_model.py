"""A small real language model writes, and says what it likes: nothing unproved gets into an answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.embedding import OnnxEncoder
from ingest.settings import Settings
from service.answering import Answerer
from service.domain import Question
from service.verifying.judge import Judge
from service.verifying.verification import verify
from service.wiring import make_judge, make_writer
from tests.asking import open_answerer
from tests.builders import SEEN
from tests.sample_questions import ANSWERED
from tests.small_model import serve_small_model

ASKED = 3


@pytest.fixture(scope="module")
def answerer(sample: Path, encoder: OnnxEncoder) -> Iterator[Answerer]:
    with serve_small_model() as url:
        settings = Settings(
            llm_base_url=url, llm_model="smollm2", llm_timeout=120, llm_evidence_characters=1_500, llm_output_tokens=80
        )
        writer = make_writer(settings, judge=make_judge(settings, written=True))
        with open_answerer(sample, encoder, writer=writer) as answerer:
            yield answerer


@pytest.fixture(scope="module")
def judge() -> Judge | None:
    return make_judge(Settings(), written=True)


def test_whatever_it_says_every_sentence_is_proved_or_the_articles_own(answerer: Answerer, judge: Judge | None) -> None:
    for asked, _ in ANSWERED[:ASKED]:
        answer = answerer.ask(Question(text=asked, as_of=SEEN, answerer="generative"))
        spans = sorted({(one.answer.start, one.answer.end) for one in answer.citations})
        assert " ".join(answer.text[start:end] for start, end in spans) == answer.text or answer.status == "no_answer"
        for start, end in spans:
            cited = [one.quote for one in answer.citations if (one.answer.start, one.answer.end) == (start, end)]
            assert verify(answer.text[start:end], cited=cited, judge=judge).supported
        assert answer.models.answerer in ("extractive", "generative:smollm2")
