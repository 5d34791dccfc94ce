"""Passages: whole sentences that the encoder reads in full, cut so that an edit stays local."""

from itertools import pairwise
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.article import Sentence
from ingest.chunking import TITLE_TOKENS, Chunk, chunk
from ingest.sentences import split_sentences
from tests.fakes import WordEncoder

SMALL = WordEncoder(max_tokens=40)
LONG = " ".join(["abcd"] * 30)

words = st.text(alphabet="abcdefghij", min_size=1, max_size=60)
sentences = st.lists(words, min_size=1, max_size=12).map(lambda some: " ".join(some).capitalize() + ".")
headings = st.lists(words, min_size=1, max_size=4).map(" ".join)
blocks = st.tuples(st.booleans(), st.lists(sentences, min_size=1, max_size=5), headings)


def _lay_out(parts: list[tuple[bool, list[str], str]]) -> tuple[str, tuple[Sentence, ...]]:
    """Paragraphs and headings, one a line, with their spans."""
    text, spans = "", []
    for is_heading, some, heading in parts:
        for index, one in enumerate([heading] if is_heading else some):
            text += ("\n" if index == 0 else " ") if text else ""
            spans.append(Sentence(start=len(text), end=len(text) + len(one), heading=is_heading))
            text += one
    return text, tuple(spans)


def _chunk(text: str, spans: tuple[Sentence, ...] | None = None, title: str | None = None) -> list[Chunk]:
    return chunk(text, split_sentences(text) if spans is None else spans, title=title, encoder=SMALL)


def _texts(text: str) -> list[str]:
    return [text[one.start : one.end] for one in _chunk(text)]


@settings(max_examples=100, deadline=None)
@given(parts=st.lists(blocks, max_size=12), title=st.none() | headings)
@example(parts=[(False, ["Short."], ""), (True, [], LONG), (False, [LONG], "")], title=None)
def test_passages_cover_every_sentence_in_order_and_fit_into_the_encoder(
    parts: list[tuple[bool, list[str], str]], title: str | None
) -> None:
    text, spans = _lay_out(parts)
    chunks, position = _chunk(text, spans, title), 0
    for one in chunks:
        assert one.start < one.end
        assert not text[position : one.start].strip()
        position = one.end
        assert SMALL.count_tokens([one.encoded])[0] <= SMALL.max_tokens
        assert one.encoded.endswith(text[one.start : one.end])
    assert not text[position:].strip()


@settings(max_examples=100, deadline=None)
@given(parts=st.lists(blocks, max_size=12))
def test_only_a_sentence_that_alone_does_not_fit_is_divided(parts: list[tuple[bool, list[str], str]]) -> None:
    text, spans = _lay_out(parts)
    chunks = _chunk(text, spans)
    for left, right in pairwise(chunks):
        for cut in [span for span in spans if span.start < right.start < span.end]:
            assert left.end > cut.start
            assert SMALL.count_tokens([text[cut.start : cut.end]])[0] > SMALL.max_tokens


@settings(max_examples=100, deadline=None)
@given(parts=st.lists(blocks, max_size=12))
def test_heading_stands_with_what_follows_where_both_fit(parts: list[tuple[bool, list[str], str]]) -> None:
    text, spans = _lay_out(parts)
    ends = {one.end for one in _chunk(text, spans)}
    for heading, following in pairwise(spans):
        fits = SMALL.count_tokens([text[heading.start : following.end]])[0] <= SMALL.max_tokens
        if heading.heading and not following.heading and heading.end in ends:
            assert not fits


def test_article_that_fits_is_one_passage_encoded_with_its_title() -> None:
    (one,) = _chunk("The mill shut. Nobody was hurt.", title="Mill to close")
    assert (one.start, one.end) == (0, 31)
    assert one.encoded == "Mill to close\nThe mill shut. Nobody was hurt."


def test_article_without_sentences_has_no_passages() -> None:
    assert _chunk("") == []


def test_long_title_leaves_room_for_the_text() -> None:
    large, small = WordEncoder(max_tokens=254), WordEncoder(max_tokens=16)
    for encoder, most in ((large, TITLE_TOKENS), (small, 8)):
        text = "The mill shut."
        (one,) = chunk(text, split_sentences(text), title="word " * 300, encoder=encoder)
        heading, _, rest = one.encoded.partition("\n")
        assert rest == text
        assert 1 <= encoder.count_tokens([heading])[0] <= most


def test_word_longer_than_the_encoder_reads_is_divided() -> None:
    text = "x" * 1_000  # 250 word pieces
    chunks = _chunk(text)
    assert "".join(text[one.start : one.end] for one in chunks) == text
    assert all(SMALL.count_tokens([one.encoded])[0] <= 40 for one in chunks)


def test_passage_ends_with_its_paragraph_once_it_is_full_enough() -> None:
    # A paragraph has 16 word pieces and two 32, within 40; with a third sentence one has 24, which is 0.6 of them.
    paragraph = "Aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj kkkk lll. Mmmm nnnn oooo pppp."
    assert _texts(f"{paragraph}\n{paragraph}") == [f"{paragraph}\n{paragraph}"]
    double = f"{paragraph} Aaaa bbbb cccc dddd eeee ffff gggg hhhh."
    assert _texts(f"{double}\n{paragraph}") == [double, paragraph]


def _make_paragraphs(random: Random, count: int) -> list[str]:
    """Paragraphs of one to three sentences of 8 to 27 words, as in the news."""
    return [
        " ".join(
            " ".join(f"word{random.randrange(1_000)}" for _ in range(random.randrange(8, 28))).capitalize() + "."
            for _ in range(random.randrange(1, 4))
        )
        for _ in range(count)
    ]


def test_most_edits_in_a_paragraph_change_at_most_two_passages() -> None:
    changed, encoder = [], WordEncoder(max_tokens=254)
    for seed in range(30):
        random = Random(seed)
        paragraphs = _make_paragraphs(random, 30)
        (new,) = _make_paragraphs(random, 1)
        place = random.randrange(30)
        before, after = "\n".join(paragraphs), "\n".join([*paragraphs[:place], new, *paragraphs[place + 1 :]])
        old, now = (
            {one.encoded for one in chunk(text, split_sentences(text), title=None, encoder=encoder)}
            for text in (before, after)
        )
        assert len(now) > 6
        changed.append(len(now - old))
    assert sorted(changed)[len(changed) // 2] <= 2
