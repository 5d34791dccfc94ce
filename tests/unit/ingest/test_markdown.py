"""Markdown: front matter becomes metadata, mark-up becomes plain text."""

import pytest

from ingest.errors import UnreadableArticle
from ingest.markdown import parse_markdown

FRONT_MATTER = """---
title: Lowmere to close its mill | Herald
subtitle: Council votes
source: The Lowmere Herald
authors: [Dana Field, Kim Low]
date: 2026-03-03
canonical: https://herald.example/mill#top
lang: en-CA
id: mill-7
---
"""


def body_of(text: str) -> str:
    return parse_markdown(text.encode()).body.strip()


def test_front_matter_is_metadata() -> None:
    source = parse_markdown((FRONT_MATTER + "The mill shut.").encode())
    metadata = source.metadata
    assert (metadata.title, metadata.subtitle) == ("Lowmere to close its mill", "Council votes")
    assert (metadata.publisher, metadata.author) == ("The Lowmere Herald", "Dana Field, Kim Low")
    assert (metadata.published_at and metadata.published_at.iso) == "2026-03-03"
    assert (metadata.url, metadata.language, source.id) == ("https://herald.example/mill", "en", "mill-7")
    assert source.body.strip() == "The mill shut."


@pytest.mark.parametrize(
    "front", ["---\ntitle: [broken\n---\nText.", "---\n- a\n- b\n---\nText.", "---\na: b: c\n---\nText."]
)
def test_front_matter_that_is_no_yaml_is_unreadable(front: str) -> None:
    with pytest.raises(UnreadableArticle, match="front matter"):
        parse_markdown(front.encode())


def test_empty_front_matter_and_rules_are_no_metadata() -> None:
    assert body_of("---\n---\nThe mill shut.") == "The mill shut."
    assert body_of("The mill shut.\n\n---\n\nIt was sold.") == "The mill shut.\n\nIt was sold."


def test_the_first_top_heading_is_the_title_and_not_the_text() -> None:
    source = parse_markdown(b"# Mill to *close*\n\nThe mill shut.\n\n## A long decline\n\nSales fell.")
    assert source.metadata.title == "Mill to close"
    assert source.body.strip() == "The mill shut.\n\nA long decline\n\nSales fell."


def test_a_heading_stays_where_the_front_matter_has_the_title() -> None:
    assert parse_markdown(b"---\ntitle: Mill\n---\n# Part one\n\nIt shut.").body.strip() == "Part one\n\nIt shut."


def test_no_mark_up_is_left() -> None:
    text = "**Bold**, *slanted* and `code`; a [link](https://herald.example) &amp; ~~gone~~ ![picture](a.png)."
    assert body_of(text) == "Bold, slanted and code; a link & gone ."


def test_lists_quotes_code_and_tables_are_plain_lines() -> None:
    lists = "> The mill shut.\n\n- pear\n- fig\n  - small fig\n\n1. one\n\n"
    blocks = "```\nx = 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    lines = [line for line in body_of(lists + blocks).split("\n") if line]
    assert lines == ["The mill shut.", "- pear", "- fig", "- small fig", "- one", "x = 1", "a | b", "1 | 2"]


def test_raw_html_leaves_only_its_words() -> None:
    assert (
        body_of("The <b>mill</b> shut.\n\n<div>It was <i>sold</i>.</div>\n<!-- hidden -->")
        == "The mill shut.\n\nIt was sold."
    )


def test_a_wrapped_paragraph_is_one_line_and_a_verse_is_not() -> None:
    assert body_of("The mill\nshut in June.") == "The mill shut in June."
    assert body_of("The river is low  \nand the mill is cold") == "The river is low\nand the mill is cold"


def test_bylines_keep_their_lines() -> None:
    first = "A ferry ran aground.\nMarch 3, 2026 | Sam Reed | The Courier"
    text = f"{first}\nParks need benches.\nMarch 3, 2026 | Kim Low | Sun"
    assert body_of(text) == text
