"""The Examples of a source in, the stream of Examples that one pass of training sees out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

from service.reading.features import names_of
from service.reading.training.examples import Example, Part
from service.reading.training.news import Block, vary
from service.reading.training.wording import misname, retype

# How often an example of each part is drawn in a pass. QAMR asks about single words of a sentence, by the dozen.
DRAWN: Mapping[Part, float] = {
    "squad": 1.2, "adversarial": 2.5, "contrast": 1.2, "claim": 0.7, "sentence": 0.6, "qamr": 0.2, "news": 3.0
}
MINED = 0.45  # how often an answered question is asked, once more, of what retrieval found beside its context
MISNAMED = 0.06  # how often it is asked, once more, about somebody whom its context does not name
WIDENED = 0.35  # how often what retrieval found is put before or behind a short context
NARROW = 450  # characters: a context that may be widened
POOL = 4_000  # examples whose names may take another's place
OTHERS = 40  # of these names are tried
STITCHED = 0.12  # how often a true claim is made, once more, with the end of another
STRANGE = 0.08  # how often it is made of a sentence about something else
BESIDE = 600  # characters of what retrieval found that are taken: longer ones only cost time


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Everything that examples are drawn from; `mined` are contexts beside the point, by question."""

    examples: tuple[Example, ...]
    blocks: tuple[Block, ...]
    mined: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Some names and claims of other examples, to take the place of an example's own."""

    names: tuple[str, ...]
    claims: tuple[Example, ...]


def draw(sources: Sources, random: Random) -> list[Example]:
    """One pass, shuffled."""
    few = random.sample(sources.examples, min(POOL, len(sources.examples)))
    pool = Pool(
        names=tuple(name for one in few for name in names_of(one.context)),
        claims=tuple(one for one in few if one.part == "claim"),
    )
    drawn = [
        other
        for example in _repeat(sources, random)
        for other in (_widen(example, sources.mined, random), *_foil(example, sources.mined, pool=pool, random=random))
    ]
    drawn = [one if one.part == "claim" else replace(one, question=retype(one.question, random)) for one in drawn]
    random.shuffle(drawn)
    return drawn


def _repeat(sources: Sources, random: Random) -> Iterator[Example]:
    for example in sources.examples:
        for _ in range(_times(DRAWN[example.part], random)):
            yield example
    for block in sources.blocks:
        for question in block.questions:
            for _ in range(_times(DRAWN["news"], random)):
                yield vary(block, question, random)


def _times(rate: float, random: Random) -> int:
    """A whole number that is `rate` on average."""
    return int(rate) + (random.random() < rate % 1)


def _widen(example: Example, mined: Mapping[str, tuple[str, ...]], random: Random) -> Example:
    """The example in a longer context, now and then."""
    beside = mined.get(example.question)
    if not beside or len(example.context) > NARROW or random.random() > WIDENED:
        return example
    other = _part(random.choice(beside), random)
    if random.random() < 0.5:
        return replace(example, context=f"{example.context} {other}")
    shift = len(other) + 1
    spans = tuple((start + shift, end + shift) for start, end in example.spans)
    return replace(example, context=f"{other} {example.context}", spans=spans)


def _part(text: str, random: Random) -> str:
    """A stretch of the text, between words."""
    start = random.randrange(max(len(text) - BESIDE, 0) + 1)
    start = text.find(" ", start - 1) + 1 if start else 0
    return text[start : start + BESIDE].rsplit(" ", 1)[0] if len(text) - start > BESIDE else text[start:]


def _foil(
    example: Example, mined: Mapping[str, tuple[str, ...]], *, pool: Pool, random: Random
) -> Iterator[Example]:
    """Questions like the example's that what they are asked of does not answer."""
    if not example.spans or example.part == "qamr":
        return
    if example.part == "claim" and pool.claims:
        yield from _foil_claim(example, random.choice(pool.claims), random)
    beside = mined.get(example.question)
    if beside and random.random() < MINED:
        yield replace(example, context=_part(random.choice(beside), random), spans=(), exact=True, title="")
    if random.random() < MISNAMED:
        others = random.sample(pool.names, min(OTHERS, len(pool.names)))
        question = misname(example.question, example.context, others=others, random=random)
        if question:
            yield replace(example, question=question, spans=(), exact=True)


def _foil_claim(example: Example, other: Example, random: Random) -> Iterator[Example]:
    """The claim with the end of another one, and the claim of another one's sentence, now and then."""
    if other.context == example.context:
        return
    if random.random() < STITCHED:
        mine, theirs = example.question.split(), other.question.split()
        stitched = " ".join([*mine[: len(mine) // 2], *theirs[len(theirs) // 2 :]])
        yield replace(example, question=stitched, spans=(), exact=True)
    if random.random() < STRANGE:
        yield replace(example, context=other.context, spans=(), exact=True)
