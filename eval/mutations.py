"""True sentences in, false ones out: each changed in one way that a verifier has to see."""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from service.verifying.statements import read_statement
from service.verifying.units import MONTHS, WEEKDAYS
from service.verifying.verification import Verdict

ChangeKind = Literal[
    "unchanged", "number", "unit", "date", "name", "role swap", "negation", "polarity", "stitched", "wrong source",
    "re-cited", "invention", "false quote", "false speaker",
]
_WRONG: frozenset[Verdict] = frozenset({"contradicted", "fabricated"})
_NOWHERE: frozenset[Verdict] = frozenset({"unsupported", "fabricated", "contradicted", "misattributed"})
# What each kind is rightly called.
RIGHT: Mapping[ChangeKind, frozenset[Verdict]] = {
    "unchanged": frozenset({"verified"}),
    "number": _WRONG,
    "unit": _WRONG,
    "date": _WRONG,
    "name": _WRONG | {"misattributed"},
    "role swap": _WRONG | {"misattributed"},
    "negation": frozenset({"contradicted"}),
    "polarity": frozenset({"contradicted"}),
    "stitched": frozenset({"stitched", "fabricated", "contradicted", "unsupported", "misattributed"}),
    "wrong source": _NOWHERE,
    "re-cited": frozenset({"re-cited"}),
    "invention": frozenset({"unsupported", "fabricated"}),
    "false quote": frozenset({"fabricated", "stitched"}),
    "false speaker": frozenset({"misattributed"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A sentence of an article; `names` are capitalised runs in it, beside its first word."""

    text: str
    article: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A sentence to be verified, the spans that it cites, others that were retrieved, and how it was changed."""

    kind: ChangeKind
    text: str
    cited: tuple[str, ...]
    others: tuple[str, ...] = ()


_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,}){0,2}(?=[ ,.’'])")
_NUMBER = re.compile(r"(?<![\w.,-])\d{1,3}(?:,\d{3})*(?:\.\d+)?(?![\w,-]*\d)(?!\.\d)")
_COUNTED = re.compile(r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)\b")
_MONTH = re.compile(rf"\b({'|'.join(name.capitalize() for name in MONTHS if len(name) > 4)})\b")
_WEEKDAY = re.compile(rf"\b({'|'.join(name.capitalize() for name in sorted(WEEKDAYS))})\b")
_YEAR = re.compile(r"\b(19|20)\d\d\b")
_UNITS = (
    ("million", "billion"), ("billion", "million"), ("thousand", "million"), ("per cent", "percentage points"),
    ("percent", "percentage points"), ("%", " percentage points"), ("kilometres", "miles"), ("km", "miles"),
    ("miles", "kilometres"), ("years", "months"), ("months", "weeks"), ("weeks", "days"), ("days", "hours"),
    ("hours", "minutes"), ("minutes", "hours"), ("tonnes", "kilograms"), ("pounds", "dollars"), ("dollars", "euros"),
    ("metres", "kilometres"), ("feet", "metres"), ("$", "€"), ("£", "$"), ("€", "$"),
)
_AUXILIARY = re.compile(r"\b(is|are|was|were|will|can|could|should|would|has|have|had|may|might)\b(?! not\b)(?!n['’]t)")
_NEGATED = re.compile(r"\b(is|are|was|were|will|could|should|would|has|have|had|did|does|do) not\b|\bnot |\bnever ")
_TURNED = (
    ("rose", "fell"), ("fell", "rose"), ("increased", "decreased"), ("decreased", "increased"), ("won", "lost"),
    ("lost", "won"), ("accepted", "rejected"), ("rejected", "accepted"), ("approved", "rejected"), ("more", "less"),
    ("less", "more"), ("before", "after"), ("after", "before"), ("opened", "closed"), ("closed", "opened"),
    ("began", "ended"), ("ended", "began"), ("higher", "lower"), ("lower", "higher"), ("first", "last"),
    ("last", "first"), ("largest", "smallest"), ("highest", "lowest"), ("supported", "opposed"),
    ("opposed", "supported"),
    ("agreed", "refused"), ("included", "excluded"), ("arrived", "left"), ("bought", "sold"), ("sold", "bought"),
    ("killed", "saved"), ("strong", "weak"), ("success", "failure"), ("best", "worst"), ("north", "south"),
    ("south", "north"), ("east", "west"), ("west", "east"), ("arrested", "released"), ("praised", "condemned"),
    ("gained", "lost"), ("allowed", "banned"), ("banned", "allowed"), ("new", "old"), ("always", "never"),
)
_ADDED = (
    ", after months of secret talks", ", despite fierce protests outside the building",
    ", which critics called reckless",
    " while thousands of residents cheered", ", leaving several neighbours furious", " because of a shortage of fuel",
    ", according to two senior officials who asked not to be named", " and later apologised to the families",
    ", the steepest change in a generation", ", a step that lawyers say breaks the constitution",
)
_QUOTED = re.compile(r"(?:(?<=\s)|^)[“\"]([^“”\"]{15,200})[”\"](?=[\s.,])")
_SPOKE = re.compile(
    r"(?<=[”\"] )(said|says) ([A-Z][a-z]+(?: [A-Z][a-z]+)+)|([A-Z][a-z]+(?: [A-Z][a-z]+)+) (said|says)(?= )"
)


def find_names(text: str) -> tuple[str, ...]:
    """The names in a sentence, without its first word and without days and months."""
    found = (match.group() for match in _NAME.finditer(text))
    return tuple(one for one in found if one.lower() not in WEEKDAYS and one.lower() not in MONTHS)


def change(source: Source, others: Sequence[Source], chance: random.Random) -> Iterator[Changed]:
    """The sentence as it is, and in every way in which it can be changed; `others` are of other articles."""
    yield Changed(kind="unchanged", text=source.text, cited=(source.text,))
    for kind, make in _CHANGES.items():
        text = make(source, others, chance)
        if text is not None and text != source.text:
            yield Changed(kind=kind, text=text, cited=(source.text,))
    other = chance.choice(others)
    yield Changed(kind="wrong source", text=source.text, cited=(other.text,))
    yield Changed(kind="re-cited", text=source.text, cited=(other.text,), others=(source.text,))
    yield Changed(kind="stitched", text=_stitch(source.text, other.text), cited=(source.text, other.text))


_Change = Callable[[Source, Sequence[Source], random.Random], str | None]


def _pick(pattern: re.Pattern[str], text: str, chance: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return chance.choice(found) if found else None


def _put(text: str, found: re.Match[str], new: str, *, group: int = 0) -> str:
    return text[: found.start(group)] + new + text[found.end(group) :]


def _number(source: Source, others: Sequence[Source], chance: random.Random) -> str | None:
    del others
    if counted := _pick(_COUNTED, source.text, chance):
        words = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "eleven", "fifteen", "twenty"]
        return _put(source.text, counted, chance.choice([one for one in words if one != counted.group()]))
    found = _pick(_NUMBER, source.text, chance)
    if found is None:
        return None
    digits = found.group()
    place = chance.choice([place for place, one in enumerate(digits) if one.isdigit()])
    low = "1" if place == 0 else "0"
    new = chance.choice([one for one in "0123456789" if one >= low and one != digits[place]])
    return _put(source.text, found, digits[:place] + new + digits[place + 1 :])


def _find_unit(unit: str, text: str) -> re.Match[str] | None:
    name = re.escape(unit)
    return re.search(rf"(?<=\d ){name}(?!\w)|(?<=\d){name}|{name}(?=\d)", text)


def _unit(source: Source, others: Sequence[Source], chance: random.Random) -> str | None:
    del others
    fitting = [
        (found, new) for old, new in _UNITS
        for found in [_find_unit(old, source.text)] if found
    ]
    if not fitting:
        return None
    found, new = chance.choice(fitting)
    return _put(source.text, found, new)


def _date(source: Source, others: Sequence[Source], chance: random.Random) -> str | None:
    del others
    for pattern, every in ((_MONTH, [one for one in MONTHS if len(one) > 4]), (_WEEKDAY, sorted(WEEKDAYS))):
        if found := _pick(pattern, source.text, chance):
            other = chance.choice([one for one in every if one != found.group().lower()])
            return _put(source.text, found, other.title())
    found = _pick(_YEAR, source.text, chance)
    return _put(source.text, found, str(int(found.group()) + chance.choice((-3, -1, 1, 2)))) if found else None


def _name(source: Source, others: Sequence[Source], chance: random.Random) -> str | None:
    strange = [name for other in others for name in other.names if name.split()[-1] not in source.text]
    strange = [name for name in strange if not any(word in source.text for word in name.split())]
    held = read_statement(source.text).terms
    strange = [name for name in strange if held.isdisjoint(read_statement(f"In {name}").terms - {"in"})]
    if not source.names or not strange:
        return None
    return source.text.replace(chance.choice(source.names), chance.choice(strange))


def _swap(source: Source, others: Sequence[Source], chance: random.Random) -> str | None:
    del others
    names = list(dict.fromkeys(source.names))
    if len(names) < 2:
        return None
    left, right = chance.sample(names, 2)
    if left in right or right in left:
        return None
    return source.text.replace(left, "\0").replace(right, left).replace("\0", right)


def _negate(source: Source, others: Sequence[Source], chance: random.Random) -> str | None:
    del others
    if found := _NEGATED.search(source.text):
        return _put(source.text, found, f"{found.group(1)}" if found.group(1) else "")
    plain = _QUOTED.sub(lambda quoted: "\0" * len(quoted.group()), source.text)
    auxiliary = _pick(_AUXILIARY, plain, chance)
    return _put(source.text, auxiliary, f"{auxiliary.group()} not") if auxiliary else None


def _turn(source: Source, others: Sequence[Source], chance: random.Random) -> str | None:
    del others
    plain = _QUOTED.sub(lambda quoted: "\0" * len(quoted.group()), source.text)
    found = [(match, new) for old, new in _TURNED for match in re.finditer(rf"\b{old}\b", plain)]
    if not found:
        return None
    match, new = chance.choice(found)
    return _put(source.text, match, new)


def _invent(source: Source, others: Sequence[Source], chance: random.Random) -> str | None:
    del others
    return source.text.rstrip(".") + chance.choice(_ADDED) + "." if source.text.endswith(".") else None


def _misquote(source: Source, others: Sequence[Source], chance: random.Random) -> str | None:
    found = _QUOTED.search(source.text)
    if found is None:
        return None
    words = found.group(1).split()
    strange = [word for word in chance.choice(others).text.split() if word.isalpha()]
    strange = [word for word in strange if word.lower() not in found.group(1)]
    if len(words) < 4 or not strange:
        return None
    place = chance.randrange(1, len(words) - 1)
    words[place] = chance.choice(strange)
    return _put(source.text, found, " ".join(words), group=1)


def _misattribute(source: Source, others: Sequence[Source], chance: random.Random) -> str | None:
    found = _SPOKE.search(source.text)
    if found is None or not _QUOTED.search(source.text):
        return None
    names = [name for other in others for name in other.names if " " in name]
    names = [name for name in names if not any(word in source.text for word in name.split())]
    return _put(source.text, found, chance.choice(names), group=2 if found.group(2) else 3) if names else None


def _stitch(first: str, second: str) -> str:
    mine, theirs = first.split(), second.split()
    return " ".join([*mine[: len(mine) // 2], *theirs[len(theirs) // 2 :]])


_CHANGES: Mapping[ChangeKind, _Change] = {
    "number": _number, "unit": _unit, "date": _date, "name": _name, "role swap": _swap, "negation": _negate,
    "polarity": _turn, "invention": _invent, "false quote": _misquote, "false speaker": _misattribute,
}
