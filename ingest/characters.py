"""Text as it was found → text with one form for each character: NFC, `\\n` line ends, single spaces, all visible."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls
    "\xad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\uffa0\u3164"
    "\ufe00-\ufe0d\ufdd0-\ufdef\ufff9-\ufffc\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
# Marks that are kept in some places only: joiners and the two choices between text and emoji style.
_MARKS = re.compile("[\u200c\u200d\ufe0e\ufe0f]+")
_SPACE_RUN = re.compile("  +")
_SPACE_AT_LINE_EDGE = re.compile("^ +| +$", re.MULTILINE)
_BLANK_LINES = re.compile("\n{3,}")
# Arabic and its neighbours, the Indic scripts to Sinhala, Tibetan, Myanmar, Khmer and Mongolian.
_JOINING_SCRIPTS = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ua840-\ua8ff\ufb50-\ufdcf\ufe70-\ufefc]"
)
_KEYCAP = "\u20e3"
_LONGEST_SETTLING = 10


def canonicalise(text: str) -> str:
    """The form that offsets count in: no space at line edges, no two blank lines; doing it again changes nothing."""
    return _BLANK_LINES.sub("\n\n", canonicalise_lines(text)).strip()


def canonicalise_lines(text: str) -> str:
    """As `canonicalise`, but with every blank line kept: their number still tells where a page's parts end."""
    text = _LINE_ENDS.sub("\n", text)
    for _ in range(_LONGEST_SETTLING):
        settled = _canonicalise_once(text)
        if settled == text:
            break
        text = settled
    return text


def _canonicalise_once(text: str) -> str:
    """One round; what one removal brings together may compose or lose its mark in the next."""
    text = _SURROGATES.sub("\ufffd", text)
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = _MARKS.sub(_keep_needed_marks, text)
    text = _SPACE_RUN.sub(" ", _SPACES.sub(" ", text))
    return unicodedata.normalize("NFC", _SPACE_AT_LINE_EDGE.sub("", text))


def _keep_needed_marks(match: re.Match[str]) -> str:
    before = match.string[match.start() - 1] if match.start() else ""
    after = match.string[match.end()] if match.end() < len(match.string) else ""
    marks = match[0]
    if _is_pictograph(before):
        style = marks[0] if marks[0] in "\ufe0e\ufe0f" else ""
        return style + ("\u200d" if "\u200d" in marks and _is_pictograph(after) else "")
    if after == _KEYCAP and marks[-1] == "\ufe0f":
        return "\ufe0f"
    if _JOINING_SCRIPTS.match(before) and _JOINING_SCRIPTS.match(after):
        return next((mark for mark in marks if mark in "\u200c\u200d"), "")
    return ""


def _is_pictograph(character: str) -> bool:
    return bool(character) and unicodedata.category(character) in ("So", "Sk", "Sm") and character > "\xa0"
