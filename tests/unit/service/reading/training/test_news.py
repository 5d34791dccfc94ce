"""Blocks of invented news become questions of the text, of a part of it, or of what does not answer."""

from random import Random

import pytest

from service.reading.training.news import Block, read_blocks, vary, whole

TEXT = """# Harbour board settles with pilots | 2024-03-18
1. The board has settled with its pilots.
2. It will pay them 4 per cent more.
3. The pilots go back to work on Friday.
Q how much more will pilots get => 2 | 4 per cent
Q What happens now? => 2+3
Q Who leads the board? => -
"""


@pytest.fixture(name="block")
def fixture_block() -> Block:
    (block,) = read_blocks(TEXT)
    return block


def test_questions_of_a_block_point_into_its_text(block: Block) -> None:
    more, next_, leader = (whole(block, question) for question in block.questions)
    assert (more.answer, more.exact) == ("4 per cent", True)
    assert [next_.context[start:end] for start, end in next_.spans] == [block.sentences[1], block.sentences[2]]
    assert not next_.exact
    assert leader.spans == ()
    assert leader.title == "Harbour board settles with pilots"


def test_spans_hold_in_every_variation(block: Block) -> None:
    random = Random(0)
    for question in block.questions * 100:
        example = vary(block, question, random)
        for start, end in example.spans:
            expected = question.short or block.sentences[question.sentences[0]]
            assert example.context[start:end] in (expected, *block.sentences)
        whole_answer = all(block.sentences[place] in example.context for place in question.sentences)
        assert bool(example.spans) == (bool(question.sentences) and whole_answer)


def test_line_of_no_known_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="Neither headline, sentence nor question: 'Who\\?'"):
        list(read_blocks("# A headline | 2024-03-18\n1. One.\nWho?\n"))
