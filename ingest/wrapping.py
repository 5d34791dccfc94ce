"""Lines as a typewriter or a wire broke them → lines that are whole paragraphs; other lines stay as they are.

A wrapping program breaks a line where the next word would not have fitted. Poems, lists, headings and articles with one
paragraph a line do not break there, which is how they are told apart.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.lines import ends_sentence, is_list_item

NARROWEST, WIDEST = 40, 100
NARROWEST_IN_PARTS = 55  # verses are shorter
SLACK = 3
FEWEST_BREAKS = 2
SMALLEST_SHARE_INSIDE = 0.2
SMALLEST_SHARE_FULL = 0.6
_BREAK_HYPHEN = re.compile(r"\w-$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wrapping:
    """The width that lines were broken to; `throughout` is False where tables or lists stand between them."""

    width: int
    throughout: bool


def unwrap(lines: Sequence[str]) -> list[str]:
    """Join the lines that were broken to fit a width; blank lines stay."""
    wrapping = _find_wrapping(lines)
    if wrapping is None:
        return list(lines)
    joined: list[str] = []
    previous = ""  # the line above as it was broken, for its length
    parts: list[str] = []
    for line in lines:
        if not parts or _continues(previous, line, wrapping):
            parts.append(line)
        else:
            joined.append(_join(parts))
            parts = [line]
        previous = line
    return [*joined, _join(parts)]


def _find_wrapping(lines: Sequence[str]) -> _Wrapping | None:
    """What the breaks inside sentences tell; None where the lines were not broken to a width."""
    width = max(map(len, lines), default=0)
    if not NARROWEST <= width <= WIDEST:
        return None
    breaks = [(left, right) for left, right in pairwise(lines) if left and right]
    open_breaks = [(left, right) for left, right in breaks if not ends_sentence(left) and not is_list_item(right)]
    inside = sum(_goes_on(right) and _is_full(left, right, width) for left, right in open_breaks)
    full = sum(_is_full(left, right, width) for left, right in open_breaks)
    if inside < FEWEST_BREAKS:
        return None
    throughout = inside >= SMALLEST_SHARE_INSIDE * len(breaks) and full >= SMALLEST_SHARE_FULL * len(open_breaks)
    return _Wrapping(width=width, throughout=throughout) if throughout or width >= NARROWEST_IN_PARTS else None


def _continues(left: str, right: str, wrapping: _Wrapping) -> bool:
    if not left or not right or is_list_item(right):
        return False
    if wrapping.throughout and not ends_sentence(left) and right[0].islower():
        return True
    return _is_full(left, right, wrapping.width) and (wrapping.throughout or not ends_sentence(left))


def _goes_on(line: str) -> bool:
    """Does the line begin as the middle of a sentence may?"""
    return line[0].islower() or line[0].isdigit()


def _is_full(left: str, right: str, width: int) -> bool:
    """Would the first word of the next line have been too much?"""
    return len(left) + 1 + len(right.split(maxsplit=1)[0]) > width - SLACK


def _join(parts: Sequence[str]) -> str:
    pieces = [parts[0]]
    for part in parts[1:]:
        pieces.append(part if _BREAK_HYPHEN.search(pieces[-1]) else " " + part)
    return "".join(pieces)
