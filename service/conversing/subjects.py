"""A conversation in, what it is about out: the topic whose news was asked for, or what the last question names."""

import re
from collections.abc import Sequence
from dataclasses import replace

from service import english
from service.conversing.antecedents import find_antecedent, join_mentions
from service.conversing.exchange import Exchange
from service.conversing.followups import is_phrase
from service.conversing.mentions import Mention
from service.conversing.pronouns import Gap, find_gaps
from service.conversing.telling import find_told

_ALONE = re.compile(r"(?:where|what) (?:is|was) it[?!. ]*", re.IGNORECASE)
MOST_SUBJECTS = 3  # names or things


def ask_for_news(topic: str) -> str:
    """The question for the news of a topic."""
    return f"What is the latest on {topic.rstrip('?!. ')}?"


def ask_for_more(question: str, exchanges: Sequence[Exchange]) -> str | None:
    """The question for the latest on whom or what the conversation is about."""
    gaps = find_gaps(question)
    meant = find_antecedent(gaps[0], exchanges) if gaps else None
    subject = meant.text if meant else _name_subject(exchanges[-1])
    return ask_for_news(subject) if subject else None


def _name_subject(last: Exchange) -> str:
    """Whom or what the last question is about, in at most three names or things; empty where it names none."""
    frame = last.question.rstrip("?!. ")
    if is_phrase(frame):
        return frame
    asked = [one for one in last.asked or last.context if one.kind != "time"]
    known = [one for one in join_mentions(asked, last.question) if one.named or one.is_definite] or asked
    return " and ".join(dict.fromkeys(one.text for one in known[:MOST_SUBJECTS]))


def find_meant(gap: Gap, exchanges: Sequence[Exchange], *, taken: Sequence[str]) -> Mention | None:
    """What a pronoun stands for; behind a mere topic "it" is that."""
    matter = find_matter(exchanges[-1])
    if matter is None or gap.noun or gap.pronoun not in ("it", "that"):
        return find_antecedent(gap, exchanges, taken=taken)
    told = [one for one in find_told(exchanges[-1], gap) if one.kind != "plural"]
    if told:
        return told[0]
    known = matter.is_definite or gap.possessive or gap.before in english.PREPOSITIONS
    return matter if known and gap.pronoun == "it" else None


def find_matter(last: Exchange) -> Mention | None:
    """The topic that the last question is, where it is a thing: canola, the fire in Alta Serra, the merger of two."""
    frame = last.question.rstrip("?!. ")
    topic = next(iter(last.asked), None)
    if topic is None or not is_phrase(frame) or topic.start:
        return None
    if topic.named and not (topic.kind == "thing" and topic.is_definite):
        return None
    if topic.text == frame and not topic.is_definite:
        return replace(topic, named=True)
    if english.is_plural(topic.last.lower()):
        return None
    return replace(topic, text=frame if topic.is_definite else f"the {frame}", named=True)


def is_about_thing(gap: Gap, last: Exchange) -> bool:
    """Whether a question asks "where is it?", or what was said "about it", where the last one names one thing."""
    known = join_mentions([one for one in last.asked if one.kind != "time"], last.question)
    if len(known) != 1 or not (known[0].named or known[0].is_definite):
        return False
    if known[0].kind == "thing" and gap.before in english.PREPOSITIONS:
        return True
    return known[0].kind in ("thing", "group") and bool(_ALONE.fullmatch(gap.question))
