"""Mentions and exchanges in, persons out: by their whole names, or two of them together."""

import re
from collections.abc import Sequence
from dataclasses import replace

from service import english
from service.conversing.exchange import Exchange
from service.conversing.mentions import Mention

_OFFICE = re.compile(r"^(?!the )(?:[a-z][\w-]* )+(?=[A-Z])")
_TWO = 2
_MOST_TOGETHER = 3  # persons
_LONGEST_NAME = 5  # words


def is_said(mention: Mention, text: str) -> bool:
    """Whether a text names it, a person by the last name only."""
    person = mention.named and mention.kind in ("person", "name")
    return mention.text.lower() in text.lower() or (person and mention.last in text.replace("?", "").split())


def find_asked_alike(exchanges: Sequence[Exchange]) -> Mention | None:
    """Both of whom the last two questions asked the same, "what does Ford say?" and "and Nagy?"; None otherwise."""
    asked = [
        (one.question, [name for name in one.asked if name.named and name.kind in ("person", "name")])
        for one in exchanges[-2:]
    ]
    if len(asked) != _TWO or any(len(names) != 1 for _, names in asked):
        return None
    frames = {question[: name.start] + question[name.end :] for question, (name,) in asked}
    return next(iter(put_together([name for _, (name,) in asked])), None) if len(frames) == 1 else None


def put_together(mentions: Sequence[Mention]) -> list[Mention]:
    """Two persons or more as one; nothing where there is one or none."""
    named = (one for one in mentions if one.last[0].isupper() and one.kind in ("person", "name"))
    people = {one.text: one for one in {one.last: one for one in named}.values()}
    if not 1 < len(people) <= _MOST_TOGETHER:
        return []
    return [replace(next(iter(people.values())), text=" and ".join(people), kind="plural")]


def put_with_others(mention: Mention, exchange: Exchange) -> Mention:
    """ "They" behind "Did Carney meet Xi?" are both."""
    if mention.kind not in ("person", "name"):
        return mention
    return next(iter(put_together(exchange.asked)), mention)


def put_in_full(mention: Mention, exchanges: Sequence[Exchange]) -> Mention:
    """A surname or a title with the whole name that was said somewhere, the latest first."""
    if mention.kind not in ("person", "name") or not mention.named:
        return mention
    if len(bare_name(mention)) > 1:
        return replace(mention, text=_without_office(mention.text))
    for exchange in reversed(exchanges):
        for one in (*exchange.asked, *exchange.context, *exchange.told):
            longer = 1 < len(bare_name(one)) <= _LONGEST_NAME and not one.is_definite
            if one.named and one.last == mention.last and longer and one.kind in ("person", "name"):
                return replace(one, text=" ".join(bare_name(one)))
    return mention


def _without_office(text: str) -> str:
    """A name without "former prime minister" in front of it."""
    return _OFFICE.sub("", text)


def bare_name(mention: Mention) -> list[str]:
    """The words of a name without a title."""
    words = _without_office(mention.text).split()
    return words[1:] if words[0].lower() in english.TITLES and len(words) > 1 else words
