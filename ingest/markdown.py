"""A Markdown file with optional YAML front matter → Source: its fields, and its text without any mark-up."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.boilerplate import is_byline
from ingest.encoding import decode_text
from ingest.errors import UnreadableArticle
from ingest.headers import is_labelled
from ingest.lines import ends_sentence
from ingest.metadata import Fields, Source, cut_site_name, read_metadata, read_text
from ingest.records import read_id

WIDEST_WRAPPED = 120

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(?P<yaml>.*?)\n?^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_NAMES = {
    "title": ("title",),
    "subtitle": ("subtitle",),
    "publisher": ("publisher", "source"),
    "author": ("author", "authors"),
    "date": ("date", "published_at"),
    "url": ("url", "canonical"),
    "language": ("language", "lang"),
}
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)


def parse_markdown(content: bytes) -> Source:
    """Read one file; without a title in the front matter the first top heading is it, and then no part of the text.

    Raises UnreadableArticle for front matter that is not YAML.
    """
    text = re.sub(r"\r\n?", "\n", decode_text(content))
    match = _FRONT_MATTER.match(text)
    front = _load_front_matter(match["yaml"]) if match else {}
    fields: Fields = {}
    for field, names in _NAMES.items():
        value = next((front[name] for name in names if front.get(name) not in (None, "")), None)
        fields[field] = value  # type: ignore[literal-required]  # the names in _NAMES are keys of Fields
    metadata, warnings = read_metadata(fields)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens: Sequence[Token] = parser.parse(text[match.end() :] if match else text)
    if metadata.title is None:
        title, tokens = _take_title(tokens)
        metadata = replace(metadata, title=title)
    return Source(metadata=metadata, body=render_text(tokens), id=read_id(front.get("id")), warnings=warnings)


def render_text(tokens: Sequence[Token]) -> str:
    """Plain text: blocks with a blank line between them, list items as `- x` lines, table rows as `a | b`."""
    blocks: list[str] = []
    cells: list[str] = []
    item_is_new = False
    before = ""
    for token in tokens:
        if token.type == "list_item_open":
            item_is_new = True
        elif token.type == "tr_close":
            blocks.append(" | ".join(cells) + "\n")
            cells = []
        elif token.type in ("bullet_list_close", "ordered_list_close", "table_close"):
            blocks.append("\n")
        elif token.type == "inline" and before in ("td_open", "th_open"):
            cells.append(_render_inline(token).replace("\n", " "))
        elif token.type in ("inline", "fence", "code_block", "html_block"):
            text = _render_block(token)
            blocks.append(f"- {text}\n" if item_is_new else f"{text}\n\n" if text else "")
            item_is_new = False
        before = token.type
    return "".join(blocks)


def _load_front_matter(text: str) -> Mapping[object, object]:
    try:
        loaded: object = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problem = " ".join(str(getattr(error, "problem", None) or error).split())
        mark = getattr(error, "problem_mark", None)
        place = f" in line {mark.line + 2}" if isinstance(mark, yaml.Mark) else ""
        raise UnreadableArticle(f"its front matter is not valid YAML{place}: {problem[:120]}") from error
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise UnreadableArticle('its front matter is not a list of "name: value" lines')
    return {str(name).lower(): value for name, value in loaded.items()}


def _take_title(tokens: Sequence[Token]) -> tuple[str | None, Sequence[Token]]:
    for number, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            title = read_text(_render_inline(tokens[number + 1]).replace("\n", " "))
            return (cut_site_name(title), [*tokens[:number], *tokens[number + 3 :]]) if title else (None, tokens)
    return None, tokens


def _render_block(token: Token) -> str:
    if token.type == "inline":
        return _join_lines(_render_inline(token))
    if token.type == "html_block":
        return _TAG.sub("", token.content).strip()
    return token.content.rstrip("\n")


def _render_inline(token: Token) -> str:
    parts = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
    return "".join(parts)


def _join_lines(text: str) -> str:
    """A paragraph on one line, unless its lines were meant: bylines, labels, whole paragraphs, open verses."""
    lines = text.split("\n")
    meant = not ends_sentence(lines[-1]) or any(
        len(line) > WIDEST_WRAPPED or is_byline(line) or is_labelled(line) for line in lines
    )
    return text if meant else " ".join(lines)
