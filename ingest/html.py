"""A web page → Source: what its own metadata says (JSON-LD, Open Graph, meta) and its main text. Nothing is fetched."""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape

from lxml import etree, html

from ingest.encoding import decode_html
from ingest.errors import UnreadableArticle
from ingest.metadata import Fields, Source, cut_site_name, read_metadata, read_text, read_url

MOST_NESTED = 20
LONGEST_JSON = 2_000_000
SMALLEST_SHARE = 2 / 3
_ARTICLE_TYPES = re.compile(r"(?:Article|Report|NewsItem|BlogPosting|LiveBlogPosting|Review)$")
_UNSEEN = ("script", "style", "noscript", "template", "nav", "footer", "aside", "form", "svg", "button")

_TABLE_RULES = re.compile(r"^\|(?:\s*:?-+:?\s*\|)+\s*\n?", re.MULTILINE)
_TABLE_EDGES = re.compile(r"^\| | \|\s*$", re.MULTILINE)

_META = {
    "title": ("og:title", "twitter:title"),
    "publisher": ("og:site_name", "application-name"),
    "author": ("article:author", "author", "byl", "parsely-author", "dc.creator"),
    "date": ("article:published_time", "og:article:published_time", "datepublished", "date", "parsely-pub-date",
             "dc.date", "dc.date.issued", "pubdate", "publish-date"),
    "url": ("og:url",),
}  # fmt: skip


def parse_html(content: bytes) -> Source:
    """Read one page; raises UnreadableArticle where it cannot be parsed or has no text."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode_html(content))
    try:
        tree = html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableArticle("it is an empty page or not HTML") from error
    shared, shown = _read_meta(tree), _read_page(tree)
    addresses: Fields = {"url": read_url(shown.get("url")) or read_url(shared.get("url"))}
    fields = _first_of(addresses, _read_json_ld(tree), shared, shown)
    metadata, warnings = read_metadata(fields)
    body = _extract_text(text) or _collect_paragraphs(tree)
    if not body.strip():
        raise UnreadableArticle("it is a page without article text")
    return Source(metadata=metadata, body=body, warnings=warnings)


def _extract_text(text: str) -> str:
    """The main text: without captions, shares and advertisements where leaving them out loses no more than a third."""
    import trafilatura  # costs 0.2 s, which other formats do not pay

    try:
        precise = trafilatura.extract(text, include_comments=False, favor_precision=True) or ""
        balanced = trafilatura.extract(text, include_comments=False) or ""
    except (RecursionError, ValueError):  # a page nested too deeply for its walk
        return ""
    chosen = precise if len(precise) >= SMALLEST_SHARE * len(balanced) else balanced
    return _TABLE_EDGES.sub("", _TABLE_RULES.sub("", chosen))


def _collect_paragraphs(tree: html.HtmlElement) -> str:
    """What a page too short for the extractor says: the blocks of its article, main or body."""
    root = next(iter(tree.xpath("//article | //main")), tree)
    blocks = []
    for element in root.iter("h1", "h2", "h3", "p", "li", "blockquote", "td"):
        if not any(ancestor.tag in _UNSEEN for ancestor in element.iterancestors()):
            blocks.append(" ".join("".join(element.itertext()).split()))
    return "\n\n".join(filter(None, blocks))


def _first_of(*sources: Fields) -> Fields:
    """Each field from the first source that gives a readable one."""
    merged: Fields = {}
    for source in sources:
        for name, value in source.items():
            if name not in merged and _is_useful(name, value):
                merged[name] = value  # type: ignore[literal-required]  # the names come from Fields
    return merged


def _is_useful(name: str, value: object) -> bool:
    """An address must be of the web, and an author must not be one (sites put their profile pages there)."""
    if name == "url":
        return read_url(value) is not None
    return value not in (None, "") and not (name == "author" and read_url(value))


def _read_json_ld(tree: html.HtmlElement) -> Fields:
    for script in tree.xpath('//script[contains(@type, "ld+json")]'):
        for node in _walk_json(_load_json(script.text or "")):
            kinds = node.get("@type")
            named = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and _ARTICLE_TYPES.search(kind) for kind in named):
                return _fields_of(node)
    return {}


def _load_json(text: str) -> object:
    cleaned = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*$", "", text[:LONGEST_JSON])
    try:
        loaded: object = json.loads(cleaned, strict=False)
    except (ValueError, RecursionError):
        return None
    return loaded


def _walk_json(value: object, depth: int = 0) -> Iterator[Mapping[str, object]]:
    """Every object, outer before inner, in lists, in `@graph` and as the main entity of a page."""
    if depth > MOST_NESTED:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk_json(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity"):
            yield from _walk_json(value.get(name), depth + 1)


def _fields_of(node: Mapping[str, object]) -> Fields:
    return {
        "title": _plain(node.get("headline") or node.get("name")),
        "subtitle": _plain(node.get("alternativeHeadline")),
        "publisher": _plain(node.get("publisher")),
        "author": _plain(node.get("author")),
        "date": node.get("datePublished"),
        "url": read_url(node.get("url")) or read_url(node.get("mainEntityOfPage")),
        "language": node.get("inLanguage"),
    }


def _plain(value: object) -> str | None:
    """Text in which some sites leave the entities of HTML."""
    text = read_text(value)
    return unescape(text) if text else None


def _read_meta(tree: html.HtmlElement) -> Fields:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        found.setdefault(name, (element.get("content") or "").strip())
    fields: Fields = {}
    for field, names in _META.items():
        fields[field] = next((found[name] for name in names if found.get(name)), None)  # type: ignore[literal-required]  # keys of Fields
    return fields


def _read_page(tree: html.HtmlElement) -> Fields:
    """What the page shows or links: its first heading, its title without the site's name, its canonical address."""
    headings = [read_text("".join(element.itertext())) for element in tree.iter("h1")]
    heading = headings[0] if len(headings) == 1 else None  # several: one of them may be the site's name
    title = read_text(tree.findtext(".//title"))
    links = tree.xpath('//link[contains(concat(" ", translate(@rel, "CANOIL", "canoil"), " "), " canonical ")]/@href')
    return {
        "title": heading or (cut_site_name(title) if title else None),
        "url": next(iter(links), None),
        "language": tree.get("lang"),
    }
