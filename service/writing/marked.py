"""A model's text in pieces in, its sentences with the ids that stand behind them out, as soon as each is complete.

The time is linear in the text: what has been looked at is not looked at again, and what grows too long is let go.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.sentences import split_sentences

LONGEST = 1_500  # characters of a line, or of what stands before a mark; more is no sentence of an answer
_IDS = r"[a-z]\d[a-z](?:[\s,;]{1,3}[a-z]\d[a-z]){0,9}"
_MARK = re.compile(  # also what only looks like one: ⟦zzz⟧, [1]
    rf"\s{{0,3}}(?:[⟦\[【〔(]\s{{0,3}}{_IDS}\s{{0,3}}[⟧\]】〕)]|⟦[^⟦⟧\n]{{0,20}}⟧|[\[【]\d{{1,3}}[\]】])"
)
_CLOSING = r"[.!?…\"'”’)]{1,4}"
_NEXT = re.compile(
    rf"(?:{_CLOSING}(?:{_MARK.pattern})+|{_MARK.pattern}{_CLOSING})\s{{1,3}}(?=[^\s⟦\[【〔(.!?…])"
)
_ENDS = re.compile(rf"{_CLOSING}(?=\s|$)")
_ENDED = re.compile(rf"{_CLOSING}\s*$")
_BULLET = re.compile(r"\s*(?:[-*•·–]|\d{1,2}[.)])\s+|\s*(?:Answer|A)\s*:\s*", re.IGNORECASE)
_LOOK_BACK = 200  # characters in which marks and the start of the next sentence may be parted by pieces
_THOUGHT, _THOUGHT_ENDS = "<think>", "</think>"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSentence:
    """A sentence and the ids behind it, none where it has none. Of what was too long, the first characters."""

    text: str
    ids: tuple[str, ...]


class SentenceReader:
    """Cuts a text into marked sentences while it arrives."""

    def __init__(self) -> None:
        self._text = ""
        self._seen = 0
        self._skipping = False  # the rest of a line that was too long
        self._thinking: bool | None = None  # None until enough has arrived to tell

    def feed(self, piece: str) -> Iterator[MarkedSentence]:
        """The sentences that are complete now."""
        for start in range(0, len(piece), LONGEST):
            self._text += piece[start : start + LONGEST]
            yield from self._take()

    def finish(self) -> Iterator[MarkedSentence]:
        """What was left at the end."""
        rest, self._text = self._text, ""
        if not self._skipping and not self._thinking:
            yield from _split(rest)

    def _take(self) -> Iterator[MarkedSentence]:
        if self._is_thinking():
            return
        while (end := self._find_end()) is not None:
            done, self._text, self._seen = self._text[:end], self._text[end:], 0
            if not self._skipping:
                yield from _split(done)
            self._skipping = False
        if len(self._text) > LONGEST:
            if not self._skipping:
                yield MarkedSentence(text=self._text[:LONGEST], ids=())
            self._text, self._skipping = "", True
        self._seen = max(len(self._text) - _LOOK_BACK, 0)

    def _find_end(self) -> int | None:
        line = self._text.find("\n", self._seen)
        mark = None if self._skipping else _NEXT.search(self._text, self._seen)
        ends = [place for place in (line + 1, mark.end() if mark else 0) if place]
        return min(ends, default=None)

    def _is_thinking(self) -> bool:
        """Whether a model still thinks aloud, which is not part of its answer."""
        if self._thinking is None:
            start = self._text.lstrip()
            if len(start) < len(_THOUGHT) and _THOUGHT.startswith(start):
                return True
            self._thinking = start.startswith(_THOUGHT)
        if self._thinking:
            end = self._text.find(_THOUGHT_ENDS)
            if end < 0:
                self._text = self._text[-len(_THOUGHT_ENDS) :]
                return True
            self._thinking, self._text = False, self._text[end + len(_THOUGHT_ENDS) :]
        return False


def read_marked(pieces: Iterable[str]) -> Iterator[MarkedSentence]:
    """Every sentence of a text that comes in pieces."""
    reader = SentenceReader()
    for piece in pieces:
        yield from reader.feed(piece)
    yield from reader.finish()


def _split(text: str) -> Iterator[MarkedSentence]:
    """The sentences of a line; the marks behind several of them are those of each."""
    bullet = _BULLET.match(text)
    place = bullet.end() if bullet else 0
    written, ids = "", list[str]()
    for mark in _MARK.finditer(text, place):
        before = text[place : mark.start()]
        if before.strip() and ids and _ENDED.search(written[-8:]):
            yield from _sentences(written, ids)
            written, ids = "", []
        written += before
        ids += re.findall(r"\b[a-z]\d[a-z]\b", mark.group())
        ending = _ENDS.match(text, mark.end())
        place = ending.end() if ending else mark.end()
        written += ending.group() if ending else ""
    rest = text[place:]
    if ids and not _ENDED.search(written[-8:]):
        written, rest = written + rest, ""
    if ids:
        yield from _sentences(written, ids)
    yield from _sentences(rest if ids else written + rest, [])


def _sentences(text: str, ids: list[str]) -> Iterator[MarkedSentence]:
    for span in split_sentences(text):
        sentence = text[span.start : span.end].strip().strip("*_`").strip()
        if any(map(str.isalnum, sentence)):
            yield MarkedSentence(text=sentence, ids=tuple(dict.fromkeys(ids)))
