"""Canonical characters: what is kept, what goes, and that doing it twice changes nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.characters import canonicalise, canonicalise_lines


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029", "\v", "\f"])
def test_every_line_end_becomes_a_newline(end: str) -> None:
    assert canonicalise(f"one{end}two") == "one\ntwo"


@pytest.mark.parametrize("space", ["\t", "\u00a0", "\u2003", "\u2009", "\u202f", "\u205f", "\u3000", "   "])
def test_every_space_becomes_one_space(space: str) -> None:
    assert canonicalise(f"12{space}000") == "12 000"


@pytest.mark.parametrize(
    "hidden",
    ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u202e", "\u2066", "\u061c", "\x00", "\x1b", "\ufff9", "\ufffc",
     "\U000e0041", "\U000e0100", "\ufe00", "\ufe0f", "\u200d", "\u200c"],
)  # fmt: skip
def test_invisible_characters_inside_a_word_go(hidden: str) -> None:
    assert canonicalise(f"can{hidden}ola") == "canola"


def test_letters_and_marks_are_composed() -> None:
    assert canonicalise("cafe\u0301") == "caf\u00e9"


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert canonicalise("a\ud800b") == "a\ufffdb"


def test_blank_lines_are_one_at_most_and_edges_are_trimmed() -> None:
    assert canonicalise("\n\n one \n \n\n\n two\n") == "one\n\ntwo"


def test_blank_lines_are_kept_where_they_still_mean_something() -> None:
    assert canonicalise_lines("one \n \u00a0\n\n two") == "one\n\n\ntwo"


def test_joiners_stay_where_scripts_need_them() -> None:
    persian = "می\u200cخواهم"
    hindi = "क्\u200dष"
    assert canonicalise(persian) == persian
    assert canonicalise(hindi) == hindi


def test_emoji_keep_their_style_and_their_joints() -> None:
    assert canonicalise("❤\ufe0f") == "❤\ufe0f"
    assert canonicalise("👩\u200d🔬") == "👩\u200d🔬"
    assert canonicalise("1\ufe0f\u20e3") == "1\ufe0f\u20e3"
    assert canonicalise("❤\ufe0f\ufe0f\ufe0f") == "❤\ufe0f"


ODD = st.sampled_from(
    "a é1\n\r\t\u200b\u200c\u200d\ufe0f\ufe0e\u20e3❤👩🔬\u0301\u0338=≠\u2adc\u00ad\U000e0041يہक\u094d\ud800\u2028 "
)


@given(st.text(ODD | st.characters(), max_size=60))
def test_canonical_text_is_stable_and_composed(raw: str) -> None:
    text = canonicalise(raw)
    assert canonicalise(text) == text
    assert unicodedata.normalize("NFC", text) == text
    assert "  " not in text
    assert "\n\n\n" not in text
