"""The modules that have no screen, by themselves: offsets, addresses and streams."""

import pytest

from tests.browser.meeting import Meeting, Meets

CUT = "(at => v[0].slice(at.start, at.end))(m.unitsOf(v[0], {start: v[1], end: v[2]}))"
TEXTS = ("plain", "e\u0301tude", "🙂 a 👩🏽‍🚀 b", "جسرُ المشاة", "𝒳𝒴𝒵", "")


@pytest.fixture
def meeting(meet: Meets) -> Meeting:
    return meet(body="", script="")


def call(meeting: Meeting, module: str, expression: str, *values: object) -> object:
    """The value of an expression over the exports of a module, as `m`, and some values, as `v`."""
    code = f"async (v) => {{ const m = await import('/modules/{module}.js'); return {expression}; }}"
    found: object = meeting.page.evaluate(code, list(values))
    return found


def test_spans_of_code_points_are_those_of_python(meeting: Meeting) -> None:
    for text in TEXTS:
        for start in range(len(text) + 1):
            for end in range(start, len(text) + 1):
                assert call(meeting, "spans", CUT, text, start, end) == text[start:end]
        assert call(meeting, "spans", "m.unitsOf(v[0], {start: 0, end: v[1]})", text, len(text) + 1) is None
        assert call(meeting, "spans", "m.countPoints(v[0])", text) == len(text)


@pytest.mark.parametrize(
    ("before", "cut", "shown"),
    [
        ("", False, ""),
        ("Whole sentence. ", False, "Whole sentence. "),
        ("half a word first. ", True, "…a word first. "),
        ("the paragraph before\n\nThis one. ", True, "This one. "),
        ("the paragraph before\n\n", True, ""),
        ("one two three four five six ", True, "…four five six "),
    ],
)
def test_context_before_a_quote_begins_with_a_whole_word_of_its_paragraph(
    before: str, cut: bool, shown: str, meeting: Meeting
) -> None:
    assert call(meeting, "spans", "m.endOf(v[0], 20, v[1])", before, cut) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""), (" short", " short"), (" to the end.\n\nNext", " to the end."),
        (" one two three four five", " one two three four…"),
    ],
)
def test_context_after_a_quote_ends_with_a_whole_word_of_its_paragraph(text: str, shown: str, meeting: Meeting) -> None:
    assert call(meeting, "spans", "m.startOf(v[0], 20)", text) == shown


@pytest.mark.parametrize(
    ("quote", "fragment"),
    [
        ("Short, exact - quote", "Short%2C%20exact%20%2D%20quote"),
        (
            "one two three four five six seven eight nine ten eleven",
            "one%20two%20three%20four%20five,seven%20eight%20nine%20ten%20eleven",
        ),
        ("It ends.\n\nIt begins", "It%20ends.%20It%20begins,It%20ends.%20It%20begins"),
    ],
)
def test_address_of_a_quote_has_a_text_fragment(quote: str, fragment: str, meeting: Meeting) -> None:
    address = call(meeting, "links", "m.addressOfQuote(v[0], v[1])", "https://a.example/x", quote)
    assert address == f"https://a.example/x#:~:text={fragment}"
    behind = call(meeting, "links", "m.addressOfQuote(v[0], v[1])", "https://a.example/x#top", quote)
    assert behind == f"https://a.example/x#top:~:text={fragment}"


def test_half_a_character_leaves_the_address_without_a_fragment(meeting: Meeting) -> None:
    assert call(meeting, "links", "m.addressOfQuote('https://a.example/', '\\ud83d')") == "https://a.example/"


def test_stream_without_lines_is_given_up(meeting: Meeting) -> None:
    endless = """(async () => {
      let left = 6;
      const body = new ReadableStream({
        pull(c) { left-- ? c.enqueue(new Uint8Array(1e6).fill(97)) : c.close(); },
      });
      try { for await (const _ of m.readEvents(body)); return "it ended"; } catch (error) { return error.message; }
    })()"""
    assert call(meeting, "stream", endless) == "the stream has no lines"
