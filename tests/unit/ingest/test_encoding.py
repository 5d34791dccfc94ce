"""Bytes become text only where their encoding is certain."""

import codecs

import pytest

from ingest.encoding import decode_html, decode_text
from ingest.errors import UnreadableArticle

TEXT = "The café’s owner said it “may” close — in June."


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("windows-1252"),
    ],
)
def test_text_is_decoded(content: bytes) -> None:
    assert decode_text(content) == TEXT


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"The mill\x00shut.",
        bytes(range(128, 256)),
        "Завод закрыли в июне, сообщили в городе.".encode("windows-1251"),
        "工場は六月に閉鎖される。".encode("shift_jis"),
        codecs.BOM_UTF16_LE + b"\x00\xd8\x00",
    ],
)
def test_what_is_no_certain_text_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableArticle):
        decode_text(content)


def test_a_page_may_declare_its_encoding() -> None:
    content = '<meta charset="shift_jis"><p>工場は閉鎖される。</p>'.encode("shift_jis")
    assert "工場" in decode_html(content)


def test_a_declaration_that_is_wrong_is_passed_over() -> None:
    content = f'<meta charset="nonsense"><p>{TEXT}</p>'.encode("windows-1252")
    assert TEXT in decode_html(content)
