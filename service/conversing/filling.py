"""A question with pronouns in, the question with what they stand for in their places out."""

import re
from collections.abc import Sequence

from service import english
from service.conversing.exchange import Exchange
from service.conversing.followups import is_closed, is_unfinished, says_little
from service.conversing.mentions import Mention, find_mentions
from service.conversing.pronouns import Gap
from service.conversing.subjects import find_matter, find_meant, is_about_thing
from service.conversing.tying import add_exchange, add_topic
from service.conversing.words import split_words

_OF_PERSONS = ("born", "come", "live", "study", "work", "worked", "worried")  # what is asked of anybody
_MISSING_NOUN = re.compile(rf"^(how (?:many|much)) (?=(?:{'|'.join(sorted(english.INVERTING))})\b)", re.IGNORECASE)
_HAPPENS = re.compile(r" (?:ever )?(?:come about|happen|take[?!. ]*$)", re.IGNORECASE)
_CAME_OF = re.compile(r"what (?:came|became|comes) (?:out )?of $", re.IGNORECASE)
_COUNTED = re.compile(r"^how (?:many|much) ", re.IGNORECASE)


def fill(question: str, gaps: Sequence[Gap], exchanges: Sequence[Exchange]) -> str | None:
    """A question with every pronoun replaced; what cannot be told is named behind it."""
    if not gaps:
        return None
    last = exchanges[-1]
    things = any(gap.pronoun in ("it", "that") for gap in gaps)
    matter = find_matter(last) or any(is_about_thing(gap, last) for gap in gaps)
    little = says_little(question) and not (things and matter)
    meant = _resolve(gaps, exchanges, little=little)
    unknown = [gap for gap, found in meant.items() if found is None]
    names = {found.text: (gap, found) for gap, found in reversed(meant.items()) if found}  # each at its first place
    filled = question
    for gap, found in sorted(names.values(), key=lambda pair: -pair[0].start):
        filled = filled[: gap.start] + _fit(found, gap) + filled[gap.end :]
    filled = _count_again(filled, last.question)
    thin = things and len(unknown) == 1 and len(_own_words(question)) <= 1  # "what explains it?"
    if little or thin or any(gap.pronoun == "that" for gap in unknown) or _lacks_object(question):
        return add_exchange(filled, last)
    if unknown or not any(found.named for _, found in names.values()):
        speaking = (one for one in reversed(exchanges) if any(text.lower() in one.said.lower() for text in names))
        return add_topic(filled, next(speaking, last))
    return add_topic(filled, last) if _goes_on(question, last, list(names)) else filled


def _resolve(gaps: Sequence[Gap], exchanges: Sequence[Exchange], *, little: bool) -> dict[Gap, Mention | None]:
    """What each pronoun stands for, in order; None where it cannot be told, nothing for one that means an event."""
    meant = dict[Gap, Mention | None]()
    for gap in gaps:
        if _means_event(gap, little=little):
            continue
        taken = [found.text for found in meant.values() if found]
        again = next((one for one in meant if gap.possessive and one.pronoun == gap.pronoun == "they"), None)
        meant[gap] = meant[again] if again else find_meant(gap, exchanges, taken=taken)
    return meant


def _lacks_object(question: str) -> bool:
    """Whether a question that asks yes or no leaves out what only the last one says: "does she agree?"."""
    return is_unfinished(question) and split_words(question)[0].lower not in english.ASKING


def _own_words(question: str) -> list[str]:
    """The words in lower case that say something themselves."""
    words = (word.lower for word in split_words(question))
    return [word for word in words if not is_closed(word) and word not in ("many", "much")]


def _goes_on(question: str, last: Exchange, names: Sequence[str]) -> bool:
    """Whether a question says little more than what else somebody did who answers "who bought Twitter?"."""
    topics = [one for one in last.asked if one.named and one.kind != "time"]
    told = last.question[:4].lower() == "who " and all(name not in last.question for name in names)
    own = _own_words(question)
    return told and bool(topics) and len(own) == 1 and english.is_verb(own[0]) and own[0] not in _OF_PERSONS


def _means_event(gap: Gap, *, little: bool) -> bool:
    """Whether a pronoun means what happened rather than a thing or somebody."""
    thing, question = gap.pronoun in ("it", "that"), gap.question
    if thing and (_HAPPENS.match(question, gap.end) or question[:6].lower() == "whose "):
        return True  # "whose barge was it?"
    if thing and gap.noun is None and _CAME_OF.fullmatch(question[: gap.start]):
        return True
    closes = gap.pronoun not in ("he", "she") and gap.end >= len(question.rstrip("?!. "))
    return little and not gap.acts and (thing or closes)


def _fit(found: Mention, gap: Gap) -> str:
    """The words for a gap: possessive, or with the preposition of a place, where it needs that."""
    text = found.text
    if not (found.named or found.is_definite):
        bare = _without_article(text)
        text = f"the {bare[:1].lower()}{bare[1:]}"
    if found.named and not found.is_definite and found.text.split()[0].lower() == "a":
        text = _without_article(found.text)
    if text[:4] == "The " and gap.start:
        text = "the " + text[4:]
    if gap.possessive:
        return text + ("’" if text.endswith("s") and found.kind == "plural" else "’s")
    if gap.before == "of" and found.kind == "plural" and text[:4] != "the ":
        return f"the {text}"
    if gap.pronoun == "there" and gap.before not in english.PREPOSITIONS - english.PARTICLES - {"like"}:
        return f"{_preposition(found)} {text}"
    return text


def _preposition(place: Mention) -> str:
    if place.after in ("in", "at", "on", "near", "outside"):
        return place.after
    return "at" if place.is_definite or place.kind == "group" else "in"


def _without_article(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first.lower() in ("a", "an", "the") and rest else text


def _count_again(question: str, frame: str) -> str:
    """ "How many will she seed?" behind "How many acres of peas did she grow?" asks for acres of peas."""
    counted = _COUNTED.match(frame)
    noun = next((one for one in find_mentions(frame) if counted and one.start == counted.end()), None)
    if noun is None:
        return question
    return _MISSING_NOUN.sub(lambda found: f"{found.group(1)} {noun.text} ", question)
