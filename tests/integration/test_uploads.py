"""The lines of an upload: an item travels byte for byte, and what is broken is reported by its line."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.items import Failure, Item
from service.uploads import POSTED, name_text, read_items, write_line


def _item(content: bytes, kind: str = "text", name: str = "a/b.txt") -> Item:
    return Item(
        source="/srv/news", name=name, location=f"/srv/news/{name}", kind=kind,  # type: ignore[arg-type]  # a str
        content=content, bytes_read=len(content),
    )


def _read(path: Path, *lines: bytes | object, limit: int = 1_000) -> list[Item | Failure]:
    content = b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines)
    path.write_bytes(content)
    return list(read_items(path, max_article_bytes=limit))


@pytest.mark.parametrize("kind", ["text", "markdown", "html", "record"])
def test_item_travels_byte_for_byte(tmp_path: Path, kind: str) -> None:
    item = _item(b"\xff\x00 caf\xe9\r\n\n" + "🙂".encode(), kind, "é/🙂 b")
    (found,) = _read(tmp_path / "upload", write_line(item))
    assert isinstance(found, Item)
    assert (found.source, found.name, found.location, found.kind) == (item.source, item.name, item.location, kind)
    assert found.content == item.content


@settings(max_examples=50, deadline=None)
@given(contents=st.lists(st.binary(max_size=200), max_size=5))
def test_any_bytes_travel(tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    found = _read(path, *(write_line(_item(content)) for content in contents))
    assert [one.content for one in found if isinstance(one, Item)] == contents


def test_record_is_an_item_of_its_own_id_or_of_its_content(tmp_path: Path) -> None:
    named, unnamed = {"id": "a1", "text": "x"}, {"text": "x"}
    one, other = _read(tmp_path / "upload", named, unnamed)
    assert isinstance(one, Item)
    assert isinstance(other, Item)
    assert (one.source, one.name, one.kind, one.location) == (POSTED, "a1", "record", "line 1")
    assert other.name == name_text(json.dumps(unnamed).encode())


@pytest.mark.parametrize(
    ("envelope", "reason"),
    [
        ({"file": None}, "file"), ({"file": "x"}, "file"), ({"file": {}}, "name"),
        ({"file": {"name": "x", "format": "text"}}, "either"),
        ({"file": {"name": "x", "format": "text", "content": "x", "content_base64": "eA=="}}, "either"),
        ({"file": {"name": "x", "format": "text", "content_base64": "e"}}, "base64"),
        ({"file": {"name": "x", "format": "pdf", "content": "x"}}, "format"),
        ({"file": {"name": "", "format": "text", "content": "x"}}, "name"),
        ({"file": {"name": "n" * 501, "format": "text", "content": "x"}}, "name"),
        ({"file": {"name": "x", "format": "text", "content": "x", "mode": 7}}, "mode"),
        ({"file": {"name": "x", "format": "text", "content": "x"}, "id": "a"}, "id"),
        ([], "object"), ("x", "object"), (b"{\n", "JSON"), (b'{"id": "\xff"}\n', "UTF-8"), (b"\xef\xbb\xbf[\n", "JSON"),
    ],
)
def test_broken_line_is_a_failure_with_its_number_and_harms_no_other(
    tmp_path: Path, envelope: object, reason: str
) -> None:
    first, broken, last = _read(tmp_path / "upload", {"text": "x"}, envelope, {"text": "y"})
    assert isinstance(first, Item)
    assert isinstance(last, Item)
    assert isinstance(broken, Failure)
    assert broken.location == "line 2"
    assert reason in broken.reason


def test_article_of_more_bytes_than_the_limit_is_a_failure(tmp_path: Path) -> None:
    lines = (write_line(_item(b"x" * 1_000)), write_line(_item(b"x" * 1_001)), b"x" * 30_000 + b"\n", {"text": "x"})
    good, large, long, last = _read(tmp_path / "upload", *lines)
    assert isinstance(good, Item)
    assert isinstance(large, Failure)
    assert "limit" in large.reason
    assert isinstance(long, Failure)
    assert long.location == "line 3"
    assert isinstance(last, Item)


def test_blank_lines_are_passed_over_and_counted(tmp_path: Path) -> None:
    one, other = _read(tmp_path / "upload", b"\r\n", {"text": "x"}, b"  \n", {"text": "y"})
    assert [one.location, other.location] == ["line 2", "line 4"]
