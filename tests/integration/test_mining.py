"""Hard negatives of training: what our own retrieval finds for a question and what does not answer it."""

from pathlib import Path

import pytest

from service.reading.training.examples import Example
from service.reading.training.mining import mine

ANSWERING = (
    "The footbridge at Dunmere opened on Tuesday, eight months late. It cost the town $4.2 million, which is $600,000 "
    "more than the council had set aside. Mayor Ada Quill cut the ribbon. The engineer said that the footings had to "
    "be sunk twice because of the flood in the spring of last year."
)
BESIDE = (
    "The ferry at Dunmere stops on 1 March. Its operator told the town on Thursday that fuel had become too dear and "
    "that the new footbridge takes its passengers. The council has not said what becomes of the landing. Residents of "
    "the far bank want a bus, and the mayor has asked the province to pay for one."
)



def test_negatives_are_found_beside_the_point_and_never_answer(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_CACHE", str(cache))
    start = ANSWERING.index("$4.2 million")
    asked = Example(
        question="What did the footbridge at Dunmere cost?", context=ANSWERING, exact=True, part="squad",
        spans=((start, start + len("$4.2 million")),),
    )
    unanswered = Example(question="Who sank the ferry?", context=BESIDE, spans=(), exact=True, part="squad")
    mined = mine([asked, unanswered], [ANSWERING, BESIDE, BESIDE, "Too short."], folder=tmp_path)
    assert mined == {asked.question: (BESIDE,)}
