"""Blocks of invented news with questions in, Examples in varying contexts out.

A block is a headline and a date, numbered sentences, and questions that name the sentences that answer them, with the
shortest answer where there is one; `-` where the text does not answer:

    # Harbour board settles with pilots | 2024-03-18
    1. The board has settled with its pilots.
    2. It will pay them 4 per cent more.
    Q how much more will pilots get => 2 | 4 per cent
    Q Who leads the board? => -
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from service.reading.training.examples import Bounds, Example

_HEADLINE = re.compile(r"# (.+) \| \d{4}-\d\d-\d\d")
_SENTENCE = re.compile(r"\d+\. (.+)")
_QUESTION = re.compile(r"Q (.+?) => (-|\d+(?:\+\d+)*)(?: \| (.+))?")

WHOLE, WINDOW = 0.55, 0.85  # how often a question is asked of the text, or else of a part; the rest of the other part
TITLED = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsQuestion:
    """A question of a block; `sentences` are the places, from 0, of those that answer it, none where nothing does."""

    text: str
    sentences: tuple[int, ...]
    short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One invented text with its questions."""

    title: str
    sentences: tuple[str, ...]
    questions: tuple[NewsQuestion, ...]

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


def read_blocks(text: str) -> Iterator[Block]:
    """The blocks of a file's text, in order; ValueError where a line is none of the three kinds."""
    for block in text.strip().split("\n\n"):
        title, sentences, questions = "", [], []
        for line in block.splitlines():
            if found := _HEADLINE.fullmatch(line):
                title = found[1]
            elif found := _SENTENCE.fullmatch(line):
                sentences.append(found[1])
            elif found := _QUESTION.fullmatch(line):
                places = () if found[2] == "-" else tuple(int(number) - 1 for number in found[2].split("+"))
                questions.append(NewsQuestion(text=found[1], sentences=places, short=found[3] or ""))
            else:
                raise ValueError(f"Neither headline, sentence nor question: {line[:80]!r}")
        yield Block(title=title, sentences=tuple(sentences), questions=tuple(questions))


def whole(block: Block, question: NewsQuestion) -> Example:
    """The question asked of the whole text."""
    return _example(block, question, kept=range(len(block.sentences)), titled=True)


def vary(block: Block, question: NewsQuestion, random: Random) -> Example:
    """The question asked of the text, of some of its sentences in a row, or of those that do not answer it."""
    places, titled, draw = range(len(block.sentences)), random.random() < TITLED, random.random()
    if draw < WHOLE:
        return _example(block, question, kept=places, titled=titled)
    wanted = question.sentences or (random.choice(places),)
    if draw < WINDOW or not question.sentences:
        first, last = random.randint(0, min(wanted)), random.randint(max(wanted), len(places) - 1)
        return _example(block, question, kept=places[first : last + 1], titled=titled)
    others = [place for place in places if place not in wanted]
    if question.short and any(question.short in block.sentences[place] for place in others):
        return _example(block, question, kept=places, titled=titled)
    return _example(block, question, kept=others, titled=titled)


def _example(block: Block, question: NewsQuestion, *, kept: Sequence[int], titled: bool) -> Example:
    bounds: dict[int, Bounds] = {}
    context = ""
    for place in kept:
        start = len(context) + bool(context)
        context = f"{context} {block.sentences[place]}" if context else block.sentences[place]
        bounds[place] = (start, len(context))
    spans = tuple(bounds[place] for place in question.sentences) if set(question.sentences) <= bounds.keys() else ()
    if spans and question.short:
        start = context.index(question.short, spans[0][0])
        spans = ((start, start + len(question.short)),)
    return Example(
        question=question.text, context=context, spans=spans, exact=bool(question.short) or not spans,
        part="news", title=block.title if titled else "",
    )
