"""A question about "the second one", or about "Nagy, what does he think", in; the same about what that is out."""

import re
from collections.abc import Sequence

from service import english
from service.conversing.exchange import Exchange
from service.conversing.mentions import TIME, Mention

_PLACES = {"first": 0, "former": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "latter": -1, "last": -1}
_CHOICE = re.compile(
    r"\bthe (?:(?P<which>first|second|third|fourth|fifth|last)"
    r" (?:one|of (?:them|these|those|the (?:two|three|four|five)))"
    r"|(?P<pair>former|latter)(?=[?!. ]*$))",
    re.IGNORECASE,
)
_OPENS = rf"(?:{'|'.join(sorted(english.ASKING | english.INVERTING))})\b"
_TOPIC = re.compile(
    rf"(?:(?:what|how) about |and )?(?P<topic>(?!{_OPENS})\w+(?: \w+)?),"
    rf" (?P<before>{_OPENS}[^,]*?\b)(?:he|she|they|it)\b",
    re.IGNORECASE,
)
_RANKED = re.compile(rf"\b(?:{'|'.join(_PLACES)})\b", re.IGNORECASE)
_COUNTED_OFF = re.compile(r"\bthe (?:first|second) (?:is|was)\b", re.IGNORECASE)
_AND = re.compile(r",? and |, ")
_LEADING = re.compile(r"^.*?\b(?:are|were|include|includes|included) ")
_OPENING = re.compile(r"^(?:and|or) ")
_SENTENCE = re.compile(r"(?<=[.?!”]) ")
_PAIR = 2


def choose(question: str, exchanges: Sequence[Exchange]) -> str | None:
    """The question with what it counts off named; None where it counts nothing, or the last answer lists nothing."""
    found = _CHOICE.search(question)
    if found is None or not exchanges or _RANKED.search(exchanges[-1].question):
        return None
    listed = next((known for one in reversed(exchanges) if len(known := _list(one)) >= _PAIR), [])
    place = _PLACES[(found["which"] or found["pair"]).lower()]
    if len(listed) < _PAIR or place >= len(listed) or (found["pair"] and len(listed) != _PAIR):
        return None
    return f"{question[: found.start()]}{listed[place]}{question[found.end() :]}"


def name_topic(question: str) -> str | None:
    """The question with the pronoun that stands for what it names first: "and Nagy, what does he think?"."""
    found = _TOPIC.match(question)
    if found is None or TIME.fullmatch(found["topic"]):
        return None
    return f"{found['before']}{found['topic']}{question[found.end() :]}"


def _list(exchange: Exchange) -> list[str]:
    """What an answer lists, in order: behind a colon, between semicolons, else the names of one kind."""
    before, colon, behind = exchange.answer.partition(": ")
    told = behind if colon else before
    parts = told.split(";")
    if len(parts) >= _PAIR:
        parts[0] = parts[0] if colon else _LEADING.sub("", parts[0])
    elif colon:
        parts = _AND.split(_SENTENCE.split(told)[0])
    else:
        if _COUNTED_OFF.search(exchange.answer):
            return []  # "The first is that …"
        known = f"{exchange.question} {exchange.about}".lower()
        parts = [one.text for one in _names(exchange.told) if one.text.lower() not in known]
    return [_OPENING.sub("", part.strip(" .")) for part in parts]


def _names(mentions: Sequence[Mention]) -> list[Mention]:
    """The names of the kind that is named first, each once."""
    named = [one for one in mentions if one.named and one.kind != "time"]
    alike = [one for one in named if "name" in (one.kind, named[0].kind) or one.kind == named[0].kind]
    return list({one.text: one for one in alike}.values())
