"""The last question and another question word in, the whole new question out: what stays is the frame of the last."""

import re

from service import english
from service.conversing.antecedents import join_mentions
from service.conversing.exchange import Exchange, tie
from service.conversing.mentions import TIME, find_mentions
from service.conversing.tying import IDENTITY, add_exchange, as_clause, starts_with_article
from service.conversing.words import Word, split_words

_HOW = 2  # words
_STATES = re.compile(r"(?P<what>[A-Z][^.,;:]*?) (?:is|are|was|were) ")
_STRAY = re.compile(r" (?:tho|though|then)$", re.IGNORECASE)
_DENIES = re.compile(r"no[,.;!](?! \d)", re.IGNORECASE)  # an answer to "did it …?"
_DENIED = re.compile(r"n't\b|\b(?:not|never|no|nobody|none)\b", re.IGNORECASE)
_ENTITIES = ("who", "whom", "what", "which", "which one", "which ones")
_DOING = re.compile(r"what (?:do|does|did|has|have|will|can|should) [^?]*?\b(?:do|done)\b", re.IGNORECASE)


def ask_again(bare: str, last: Exchange) -> str:
    """The last question with another question word: "why?" behind "Did it close?" asks why it closed."""
    return tie(_ask_again(bare, last), last.about)


def _ask_again(bare: str, last: Exchange) -> str:
    word = _STRAY.sub("", bare.rstrip("?!. "))
    word = word[:1].upper() + word[1:]
    frame = last.question.rstrip("?!. ")
    words = split_words(frame)
    inverted = next((index for index, one in enumerate(words) if one.lower in english.INVERTING), None)
    if inverted is None:
        return add_exchange(word, last)
    aux, asked = words[inverted], frame[: words[inverted].start].strip()
    rest = frame[aux.end :].strip()
    if _asks_why_not(word, last, asked=asked):
        return tie("Why not", as_clause(frame))
    entity = word.lower().startswith("who ") or word.lower().endswith(_ENTITIES)
    if entity or _has_no_clause(words[0], aux, asked, rest, last.answer):
        return add_exchange(word, last)
    if not asked:
        return f"{word} {aux.text.lower()} {rest}?"
    stated = _STATES.match(last.answer)
    if stated and words[0].lower == "which" and aux.lower in english.BEING:
        return f"{word} {aux.text} {stated['what'].replace('The ', 'the ', 1)} {rest}?"
    noun = _answered(asked, last)
    if noun and inverted > 1 and split_words(rest)[:1] and english.is_verb(split_words(rest)[0].lower):
        return f"{word} {aux.text.lower()} {noun} {rest}?"  # "which schools will close?"
    if inverted == 1 and IDENTITY.fullmatch(frame):
        asking = words[0].lower == "what" and any(one.lower.endswith("ing") for one in split_words(rest))
        subject = asking or starts_with_article(rest)
        return f"{word} {aux.text} {rest}?" if subject else f"{word} {aux.text} {noun} {rest}?"
    return f"{word} {aux.text} {_insert(noun, rest)}?" if noun else f"{word} {aux.text} {rest}?"


def _has_no_clause(first: Word, aux: Word, asked: str, rest: str, answer: str) -> bool:
    """Whether nothing is done of which to ask why: "what is changing?", "which is disputed?", "who is Ada Nagy?"."""
    if first.lower == "which":
        return aux.lower in english.BEING and not _STATES.match(answer)
    if first.lower == "who":
        return aux.lower in english.BEING and any(one.named and not one.start for one in find_mentions(rest))
    return asked.lower() == "what" and any(word.lower.endswith("ing") for word in split_words(rest)[:1])


def _asks_why_not(word: str, last: Exchange, *, asked: str) -> bool:
    """Whether it is asked why something is not so: in these words, or with "why?" behind a plain no."""
    if word.lower() == "why not":
        return True
    denied = not asked and bool(_DENIES.match(last.answer)) and not _DENIED.search(last.question)
    return denied and word.lower() in ("why", "how come")


def _answered(asked: str, last: Exchange) -> str:
    """What the question asked for, by its noun, by its answer, or as "that"."""
    words = split_words(asked)
    if words and words[0].lower in ("when", "where", "why", "how") and len(words) == 1:
        return ""
    if len(words) == _HOW and words[0].lower == "how" and not find_mentions(asked):
        return ""  # "how long", "how big"
    if words and words[0].lower in ("who", "whom"):
        return next((one.text for one in last.found if one.named and one.kind not in ("time", "place")), "that")
    found = find_mentions(asked)
    if found or not words or words[0].lower != "what":
        return found[-1].text if found else "that"
    if _DOING.match(last.question):
        return "that"
    told = join_mentions([one for one in last.found if one.kind != "time"], last.answer)[:1]
    return next((one.text for one in told if one.is_definite and one.kind in ("thing", "plural")), "that")


def _insert(noun: str, rest: str) -> str:
    """The object behind the verb, where none is: before the first preposition that follows subject and verb."""
    if noun == "that" and " that " in f" {rest} ":
        return rest
    if _is_stranded(rest):
        return f"{rest} {noun}"
    words = split_words(rest)
    for index, word in enumerate(words):
        governs = words[index + 1 :] and words[index + 1].lower in english.PREPOSITIONS  # "agree to on cars"
        if index > 1 and not governs and (word.lower in english.PREPOSITIONS or TIME.match(rest, word.start)):
            return f"{rest[: word.start]}{noun} {rest[word.start :]}"
    return f"{rest} {noun}"


def _is_stranded(rest: str) -> bool:
    """Whether a preposition stands at the end, without what it governs: "object to"."""
    words = split_words(rest)
    return bool(words) and words[-1].lower in english.PREPOSITIONS
