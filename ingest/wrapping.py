"""Lines as a typewriter or a wire broke them → lines that are whole paragraphs; other lines stay as they are.

A wrapping program breaks a line where the next word would not have fitted. Poems, lists, headings and articles with one
paragraph a line do not break there, which is how they are told apart.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.lines import ends_sentence, is_list_item

NARROWEST, WIDEST = 40, 100
SLACK = 3
FEWEST_BREAKS = 2
SMALLEST_SHARE_INSIDE = 0.2
SMALLEST_SHARE_FULL = 0.6
_BREAK_HYPHEN = re.compile(r"\w-$")


def unwrap(lines: Sequence[str]) -> list[str]:
    """Join the lines that were broken to fit a width; blank lines stay."""
    width = _find_width(lines)
    if width is None:
        return list(lines)
    joined: list[str] = []
    previous = ""  # the last line as it was broken, for its length
    parts: list[str] = []
    for line in lines:
        if parts and _continues(previous, line, width):
            parts.append(line)
        else:
            joined.extend(_join(parts))
            parts = [line]
        previous = line
    joined.extend(_join(parts))
    return joined


def _find_width(lines: Sequence[str]) -> int | None:
    """The width that the lines were broken to, or None where they were not."""
    filled = [line for line in lines if line]
    if len(filled) <= FEWEST_BREAKS or max(map(len, filled)) > WIDEST:
        return None
    width = max(map(len, filled))
    if width < NARROWEST:
        return None
    breaks = [(left, right) for left, right in pairwise(lines) if left and right]
    open_breaks = [(left, right) for left, right in breaks if not ends_sentence(left) and not is_list_item(right)]
    inside = sum(right[0].islower() and _is_full(left, right, width) for left, right in open_breaks)
    full = sum(_is_full(left, right, width) for left, right in open_breaks)
    wrapped = (
        inside >= FEWEST_BREAKS
        and inside >= SMALLEST_SHARE_INSIDE * len(breaks)
        and full >= SMALLEST_SHARE_FULL * len(open_breaks)
    )
    return width if wrapped else None


def _continues(left: str, right: str, width: int) -> bool:
    if not left or not right or is_list_item(right):
        return False
    if not ends_sentence(left) and right[0].islower():
        return True
    return _is_full(left, right, width)


def _is_full(left: str, right: str, width: int) -> bool:
    """Would the first word of the next line have been too much?"""
    return len(left) + 1 + len(right.split(maxsplit=1)[0]) > width - SLACK


def _join(parts: Sequence[str]) -> Iterable[str]:
    if not parts:
        return ()
    text = parts[0]
    pieces = [text]
    for part in parts[1:]:
        pieces.append(part if _BREAK_HYPHEN.search(pieces[-1]) else " " + part)
    return ("".join(pieces),)
