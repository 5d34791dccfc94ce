"""Examples in, contexts that our own retrieval finds for their questions and that do not answer them out."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from ingest.article import Metadata
from ingest.settings import Settings, load_settings
from service.commands import take_in
from service.domain import Question
from service.reading.training.examples import Example
from service.reading.training.matching import holds
from service.wiring import open_answerer

KEPT = 4  # contexts a question
SEARCHED = 10
SHORTEST = 250  # characters of a context that is worth searching


def mine(examples: Sequence[Example], haystack: Iterable[str], *, folder: Path) -> dict[str, tuple[str, ...]]:
    """For each question, the best passages of the haystack that hold neither its answer nor its sentence.

    The haystack is ingested into `folder`, a data folder of its own. Questions without an answer are passed over.
    """
    settings = load_settings()
    _ingest([one for one in dict.fromkeys(haystack) if len(one) >= SHORTEST], settings, folder)
    mined: dict[str, tuple[str, ...]] = {}
    with open_answerer(settings, folder, warm=True) as answerer:
        for example in examples:
            if example.spans and example.question not in mined:
                found = answerer.search(Question(text=example.question, as_of=date.max), limit=SEARCHED)
                texts = [
                    found.articles[one.stored.passage.article_id].text[
                        one.stored.passage.start : one.stored.passage.end
                    ]
                    for one in found.passages
                ]
                mined[example.question] = tuple(text for text in texts if not _answers(example, text))[:KEPT]
    return mined


def _ingest(texts: Sequence[str], settings: Settings, folder: Path) -> None:
    corpus = folder / "haystack.jsonl"
    folder.mkdir(parents=True, exist_ok=True)
    with corpus.open("w", encoding="utf-8") as file:
        for number, text in enumerate(texts):
            file.write(json.dumps({"id": f"context-{number}", "title": None, "text": text}) + "\n")
    take_in(settings, folder, [corpus], given=Metadata(), quiet=True)


def _answers(example: Example, text: str) -> bool:
    return holds(text, example.answer) or holds(example.context, text)
