"""Web pages: metadata from what they declare, text without what surrounds it."""

import json

import pytest

from ingest.article import Metadata
from ingest.errors import UnreadableArticle
from ingest.html import parse_html
from ingest.metadata import Source

PARAGRAPHS = """<p>The town of Lowmere will close its last paper mill in June, the council said on Monday.</p>
<p>Mayor Ann Poe called the vote “the hardest of my life” and promised help for 240 workers.</p>
<h2>A long decline</h2>
<p>Sales had fallen for nine years, and two of the three machines stood still all winter.</p>
<ul><li>the pier stays open</li><li>the school is sold</li></ul>"""

NAVIGATION = '<nav><a href="/">Home</a><a href="/sport">Sport</a></nav>'
ARTICLE = {
    "@type": ["NewsArticle"],
    "headline": "Lowmere to close its mill | The Herald",
    "datePublished": "2026-03-03T06:15:00-05:00",
    "author": [{"@type": "Person", "name": "Dana Field"}, {"@type": "Person", "name": "Kim Low"}],
    "publisher": {"@type": "Organization", "name": "The Lowmere Herald"},
    "url": "https://herald.example/from-json",
}


def page(head: str = "", body: str = PARAGRAPHS, *, lang: str = "") -> bytes:
    return (
        f"<!doctype html><html{lang}><head><meta charset='utf-8'>{head}</head>"
        f"<body>{NAVIGATION}<article>{body}</article><footer>About the Herald</footer></body></html>"
    ).encode()


def json_ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_the_text_is_the_article_and_nothing_around_it() -> None:
    body = parse_html(page()).body
    assert "close its last paper mill" in body
    assert "A long decline" in body
    assert "the pier stays open" in body
    assert "Home" not in body
    assert "About the Herald" not in body


@pytest.mark.parametrize(
    "value",
    [ARTICLE, [{"@type": "WebSite", "name": "Herald"}, ARTICLE], {"@graph": [{"@type": "Organization"}, ARTICLE]}],
)
def test_json_ld_gives_the_metadata(value: object) -> None:
    metadata = parse_html(page(json_ld(value), lang=' lang="en-CA"')).metadata
    assert metadata.title == "Lowmere to close its mill"
    assert metadata.author == "Dana Field, Kim Low"
    assert metadata.publisher == "The Lowmere Herald"
    assert metadata.published_at is not None
    assert metadata.published_at.iso == "2026-03-03T06:15-05:00"
    assert metadata.url == "https://herald.example/from-json"
    assert metadata.language == "en"


def test_open_graph_serves_where_json_ld_is_broken_or_silent() -> None:
    head = """<script type="application/ld+json">{"@type": "NewsArticle", </script>
    <meta property="og:title" content="Lowmere to close its mill"><meta property="og:site_name" content="The Herald">
    <meta property="article:published_time" content="2026-03-03"><meta name="author" content="Dana Field">
    <meta property="og:url" content="https://herald.example/og">"""
    metadata = parse_html(page(head)).metadata
    assert (metadata.title, metadata.publisher, metadata.author) == (
        "Lowmere to close its mill",
        "The Herald",
        "Dana Field",
    )
    assert (metadata.published_at and metadata.published_at.iso, metadata.url) == (
        "2026-03-03",
        "https://herald.example/og",
    )


def test_the_canonical_link_goes_before_every_other_address() -> None:
    head = '<link rel="canonical" href="https://herald.example/mill?utm_source=feed#top">' + json_ld(ARTICLE)
    assert parse_html(page(head)).metadata.url == "https://herald.example/mill"


def test_an_address_that_is_not_of_the_web_is_passed_over() -> None:
    head = '<link rel="canonical" href="/mill">' + json_ld(ARTICLE)
    assert parse_html(page(head)).metadata.url == "https://herald.example/from-json"


def test_the_title_of_the_page_serves_last_without_the_name_of_the_site() -> None:
    assert (
        parse_html(page("<title>Lowmere to close its mill | Herald</title>")).metadata.title
        == "Lowmere to close its mill"
    )


def test_dates_are_never_guessed_from_the_text() -> None:
    body = PARAGRAPHS + "<p>It was built on 5 May 1921, and the page was printed on 3 March 2026.</p>"
    assert parse_html(page(body=body)).metadata == Metadata()


def test_a_declared_encoding_is_used_where_the_page_is_not_utf_8() -> None:
    text = page().decode().replace("utf-8", "windows-1251").replace("The town of", "Город")
    source = parse_html(text.replace("“", '"').replace("”", '"').encode("windows-1251"))
    assert "Город Lowmere" in source.body


def test_a_short_page_is_read_whole() -> None:
    source = parse_html(b"<html><body><p>The mill shut.</p><script>var x = 1;</script></body></html>")
    assert source.body.strip() == "The mill shut."


@pytest.mark.parametrize(
    "content", [b"", b"   ", b"<html></html>", b"<!-- only a comment -->", b"<script>var x;</script>"]
)
def test_a_page_without_text_is_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadableArticle):
        parse_html(content)


def test_a_page_nested_without_end_is_read_or_refused() -> None:
    content = ("<div>" * 20_000 + "<p>The mill shut.</p>").encode()
    try:
        source = parse_html(content)
    except UnreadableArticle:
        return
    assert isinstance(source, Source)


def test_tables_are_plain_rows() -> None:
    table = "<table><tr><th>Year</th><th>Sales</th></tr><tr><td>2024</td><td>12 million</td></tr></table>"
    lines = parse_html(page(body=PARAGRAPHS + table)).body.split("\n")
    assert lines[-2:] == ["Year | Sales", "2024 | 12 million"]


def test_entities_in_json_ld_are_read_and_profile_pages_are_no_authors() -> None:
    head = json_ld({**ARTICLE, "headline": "Lowmere &amp; Hale lose mills", "author": "https://herald.example/dana"})
    metadata = parse_html(page(head + '<meta name="author" content="Dana Field">')).metadata
    assert (metadata.title, metadata.author) == ("Lowmere & Hale lose mills", "Dana Field")


def test_articles_that_a_page_only_links_to_say_nothing_about_it() -> None:
    others = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": ARTICLE}]}
    assert parse_html(page(json_ld(others))).metadata.title is None
