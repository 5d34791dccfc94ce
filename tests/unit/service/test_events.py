"""A text that is ready is cut into pieces that make the whole again, and no citation comes before its words."""

from hypothesis import given
from hypothesis import strategies as st

from service.domain import Citation, Span
from service.events import cut

WORDS = st.text("ab. 🙂é", max_size=40)


def _cite(number: int, start: int, end: int) -> Citation:
    return Citation(
        number=number, answer=Span(start=start, end=end), source_number=1, quote="", source=Span(start=0, end=1),
        before="", after="", short=None, support="verbatim",
    )


def test_each_sentence_comes_with_the_space_before_it_and_its_citations() -> None:
    text = "It opened. It cost $4."
    pieces = list(cut(text, [_cite(1, 0, 10), _cite(2, 0, 10), _cite(3, 11, 22)]))
    assert [piece.text for piece in pieces] == ["It opened.", " It cost $4."]
    assert [[one.number for one in piece.citations] for piece in pieces] == [[1, 2], [3]]


def test_citations_of_overlapping_words_wait_for_all_of_them() -> None:
    pieces = list(cut("abcdef", [_cite(1, 0, 4), _cite(2, 2, 5)]))
    assert [(piece.text, len(piece.citations)) for piece in pieces] == [("abcde", 2), ("f", 0)]


def test_text_without_citations_is_one_piece() -> None:
    (piece,) = cut("The articles do not say.", ())
    assert (piece.text, piece.citations) == ("The articles do not say.", ())


@given(text=WORDS, data=st.data())
def test_pieces_are_the_text_and_every_citation_comes_once_after_its_words(text: str, data: st.DataObject) -> None:
    offsets = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    spans = data.draw(st.lists(offsets, max_size=6))
    citations = [_cite(number, start, end) for number, (start, end) in enumerate(spans, start=1)]
    said, seen = "", list[int]()
    for piece in cut(text, citations):
        said += piece.text
        for one in piece.citations:
            assert one.answer.end <= len(said)
            seen.append(one.number)
    assert said == text
    assert sorted(seen) == list(range(1, len(citations) + 1))
