"""A question and the last exchange in, the question with what it is about behind it out."""

import re

from service import english
from service.conversing.exchange import Exchange, tie
from service.conversing.followups import is_phrase
from service.conversing.mentions import Mention, find_mentions
from service.conversing.words import split_words

LONGEST_TOPIC = 200  # characters
_ADDED = 3  # things that an answer named
_VAGUE = 2  # words of a thing without a name that says next to nothing: "a base"
_COUNTING = re.compile(r"how (?:many|much) \w+", re.IGNORECASE)
_COUNTED = re.compile(r"(?:how (?:many|much)|which) ", re.IGNORECASE)
IDENTITY = re.compile(r"(?:what|who|which) (?:is|are|was|were) (?P<what>.+)", re.IGNORECASE)


def add_topic(question: str, last: Exchange) -> str:
    """A question with what the last one was about behind it, as far as it does not name it itself."""
    said = question.lower()
    named = [one for one in (*last.asked, *last.context) if one.named and one.kind != "time"]
    names = [one.text for one in named if not all(name.lower() in said for name in _names(one))]
    if named and not names:
        return question
    topic = " and ".join(dict.fromkeys(names)) if names else _topic(last, said)
    known = [one for one in last.asked if one.text.lower() in said and len(one.text.split()) > _VAGUE]
    if topic.lower() in said or (known and not names):
        return question
    return tie(question, topic)


def add_exchange(question: str, last: Exchange) -> str:
    """A question with the last one behind it, and with what its answer adds: for one that says little itself."""
    frame = last.question.rstrip("?!. ")
    if not frame or len(frame) > LONGEST_TOPIC:
        return add_topic(question, last)
    if is_phrase(frame) and frame.lower() in question.lower():
        return question
    counted, other = _COUNTING.match(frame), _COUNTING.fullmatch(question.rstrip("?!. "))
    if counted and other:
        return f"{other.group()}{frame[counted.end() :]}?"
    return tie(question, last.about or as_clause(frame) + _added(question, last))


def _added(question: str, last: Exchange) -> str:
    """What the answer names beside the question, in brackets; nothing where a follow-up goes on to somebody else.

    Nothing either behind a mere topic, of which an answer tells this and that.
    """
    if is_phrase(last.question):
        return ""
    known = last.said.lower()
    if any(name.lower() not in known for one in find_mentions(question) for name in _names(one)):
        return ""
    answering = [one for one in last.found if one in last.answering] or last.found
    telling = (one.text for one in answering if one.kind != "time" and (one.named or len(one.text.split()) > _VAGUE))
    texts = dict.fromkeys(text[:1].lower() + text[1:] if text[:2] in ("A ", "An") else text for text in telling)
    added = [text for text in texts if text.lower() not in question.lower()][:_ADDED]
    return f" ({', '.join(added)})" if added else ""


def _names(mention: Mention) -> list[str]:
    """The words of a mention that are names."""
    words = split_words(mention.text)
    return [word.text for word in words if word.is_capital and word.lower not in english.DETERMINERS]


def as_clause(question: str) -> str:
    """A whole question as a phrase: what it asks for, where its words allow that, else in quotation marks."""
    frame = question.rstrip("?!. ")
    return _as_phrase(frame) or f"“{frame}”"


def _topic(last: Exchange, said: str) -> str:
    """What a question is about, as a phrase, but for what is said already; empty where that is all."""
    if last.about:
        return last.about.partition(" (")[0]
    frame = last.question.rstrip("?!. ")
    if phrase := _as_phrase(frame):
        return phrase
    counted = _COUNTED.match(frame)
    if counted and last.asked and last.asked[0].start == counted.end():
        noun, rest = last.asked[0].text, frame[last.asked[0].end :].strip()
        first = rest.partition(" ")[0].lower()
        if first not in english.INVERTING - english.BEING:
            return f"the {noun} that {rest}"[:LONGEST_TOPIC]
    asked = dict.fromkeys(one.text for one in last.asked if one.kind != "time")
    texts = [text for text in asked if text.lower() not in said]
    return " and ".join(texts)[:LONGEST_TOPIC] if asked else (last.answer.rstrip(".") or frame)[:LONGEST_TOPIC]


def _as_phrase(frame: str) -> str:
    """A topic, or what a question asks for in its own words: "what was agreed on canola"; empty where it is turned."""
    if is_phrase(frame):
        return frame[:LONGEST_TOPIC]
    words = split_words(frame)
    identity = IDENTITY.fullmatch(frame)
    if identity and starts_with_article(identity["what"]):
        return identity["what"][:LONGEST_TOPIC]
    if len(words) > 1 and words[0].lower in ("what", "who") and words[1].lower not in english.INVERTING - english.BEING:
        return frame[:1].lower() + frame[1:LONGEST_TOPIC]
    return ""


def starts_with_article(rest: str) -> bool:
    """Whether words begin with "the"."""
    return rest[:4].lower() == "the "
