"""The bytes of a file → its text, or a clear refusal: no guess that could turn words into others."""

import codecs
import re
import unicodedata

from ingest.errors import UnreadableArticle

# Longer marks first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARATION = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""")
_DECLARED_WITHIN = 4_096
SAMPLE_CHARACTERS = 20_000
SMALLEST_SHARE_OF_LETTERS = 0.6


def decode_text(content: bytes) -> str:
    """UTF-8, UTF-16 or UTF-32 with its mark, else Windows-1252 that reads as text; raises UnreadableArticle."""
    text = _decode_unicode(content)
    return _decode_windows(content) if text is None else text


def decode_html(content: bytes) -> str:
    """As `decode_text`, but a page that is not UTF-8 may declare its encoding."""
    text = _decode_unicode(content)
    if text is not None:
        return text
    declaration = _DECLARATION.search(content[:_DECLARED_WITHIN])
    if declaration is not None:
        name = declaration[1].decode("ascii")
        try:
            # Browsers read these two labels as windows-1252: https://encoding.spec.whatwg.org/#names-and-labels
            return content.decode("windows-1252" if name.lower() in ("iso-8859-1", "us-ascii") else name)
        except (LookupError, ValueError):
            pass
    return _decode_windows(content)


def _decode_unicode(content: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableArticle(f"it begins as {encoding} but byte {error.start} breaks it") from error
    if b"\0" in content:
        raise UnreadableArticle("it is not a text file (it holds zero bytes)")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _decode_windows(content: bytes) -> str:
    try:
        text = content.decode("windows-1252")
    except UnicodeDecodeError:
        text = ""
    if not _looks_like_text(text):
        raise UnreadableArticle("its encoding is not known; save it as UTF-8")
    return text


def _looks_like_text(text: str) -> bool:
    """No control characters, mostly letters and spaces, and no run of accented letters, as other encodings leave."""
    sample = text[:SAMPLE_CHARACTERS]
    if not sample or any(unicodedata.category(character) == "Cc" and character not in "\t\n\r\f" for character in text):
        return False
    plain = sum(character.isascii() and (character.isalnum() or character.isspace()) for character in sample)
    accented = re.search(r"[^\x00-\x7f]{4}", sample)
    return plain / len(sample) >= SMALLEST_SHARE_OF_LETTERS and accented is None
