"""Lines that a wire wrapped are joined; lines that were meant stay."""

import textwrap

import pytest

from ingest.wrapping import unwrap

PARAGRAPHS = [
    "The town of Lowmere will close its last paper mill in June, the council said on Monday, after nine years of "
    "falling sales and a winter in which two of its three machines stood still.",
    "Mayor Ann Poe called the vote the hardest of her life and promised help for all of the 240 workers, many of whom "
    "have spent their lives there.",
]


@pytest.mark.parametrize("width", [45, 65, 80])
def test_wrapped_paragraphs_become_whole(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    assert unwrap(wrapped.split("\n")) == [PARAGRAPHS[0], "", PARAGRAPHS[1]]


def test_a_short_line_ends_a_paragraph_where_no_blank_line_does() -> None:
    wrapped = "\n".join(textwrap.fill(paragraph, 65) for paragraph in PARAGRAPHS)
    assert unwrap(wrapped.split("\n")) == PARAGRAPHS


def test_a_hyphen_at_the_edge_keeps_its_word_together() -> None:
    paragraph = PARAGRAPHS[0].replace("falling sales", "well-documented losses")
    wrappings = [textwrap.fill(paragraph, width).split("\n") for width in range(45, 90)]
    at_the_edge = [lines for lines in wrappings if any(line.endswith("-") for line in lines)]
    assert at_the_edge
    assert all(unwrap(lines) == [paragraph] for lines in at_the_edge)


@pytest.mark.parametrize(
    "text",
    [
        "The river is low\nand the mill is cold,\nthe clerks have gone\nwith all that they sold;\nno wheel will turn.",
        "Minutes of the meeting\n- the pier, which needs\n- a school roof in need of repair before the winter\n- parks",
        "\n".join(PARAGRAPHS),
        "A long decline\nSales had fallen for nine years.\nWhat comes next\nThe council votes on Monday.",
        "Lowmere to close its last mill\nCouncil votes to shut paper mill\n\n" + PARAGRAPHS[0],
        "",
    ],
)
def test_lines_that_were_meant_stay(text: str) -> None:
    assert unwrap(text.split("\n")) == text.split("\n")


def test_wrapped_lines_below_a_table_are_joined_and_its_rows_stay() -> None:
    rows = ["Net 12 cts vs 9 cts", "Sales 8 mln vs 7 mln", "Year", "Net 40 cts vs 31 cts", "Shares 5 mln vs 4 mln"]
    note = textwrap.fill(f"Note: {PARAGRAPHS[0]}", 62).split("\n")
    assert unwrap(rows + note) == [*rows, f"Note: {PARAGRAPHS[0]}"]
