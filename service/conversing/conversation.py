"""A conversation and a follow-up in, the question that stands alone out: by rules, without a model, always the same."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from service import english
from service.conversing import frames
from service.conversing.antecedents import is_actor
from service.conversing.choices import choose, name_topic
from service.conversing.exchange import Exchange, answer_exchange, open_exchange
from service.conversing.followups import (
    find_ellipsis,
    is_bare,
    is_closed,
    is_plain_noun,
    is_tied,
    is_unfinished,
    is_vague,
    leans,
    open_question,
    says_little,
)
from service.conversing.mentions import TIME, Mention, find_mentions, split_words
from service.conversing.others import ask_for_others
from service.conversing.pronouns import Gap, find_gaps
from service.conversing.subjects import ask_for_more, find_matter, find_meant, is_about_thing
from service.domain import Turn
from service.events import Cancelled, never
from service.limits import QUESTION_CHARACTERS
from service.topics import asks_for_more, find_topic

NO_ANSWER = "The articles do not say."
MOST_LEANING = 15  # words of a follow-up; a longer question says what it is about
MOST_SPOKEN = 6  # words of a question whose only noun was said before
_OF_PERSONS = ("born", "come", "live", "study", "work", "worked", "worried")  # what is asked of anybody
_GROUP = 2  # words of one that is not named: "the institute"
LONGEST_FRAME = 400  # characters of a question that another may take up
_MISSING_NOUN = re.compile(rf"^(how (?:many|much)) (?=(?:{'|'.join(sorted(english.INVERTING))})\b)", re.IGNORECASE)
_HAPPENS = re.compile(r" (?:ever )?(?:come about|happen|take[?!. ]*$)", re.IGNORECASE)
_CAME_OF = re.compile(r"what (?:came|became|comes) (?:out )?of $", re.IGNORECASE)
_COUNTED = re.compile(r"^how (?:many|much) ", re.IGNORECASE)


class Rewriter(Protocol):
    """Makes a question that leans on what was said before stand alone."""

    def rewrite(
        self, question: str, *, conversation: Sequence[Turn], cancelled: Cancelled = never
    ) -> str | None:
        """The question to look up, in the words of the conversation; None where it stands alone as it is.

        Once `cancelled` says so, no model is listened to any more.
        """
        ...


class RuleRewriter:
    """Fills pronouns and frames by what was said last; a question that says everything itself is never changed."""

    def rewrite(
        self, question: str, *, conversation: Sequence[Turn], cancelled: Cancelled = never
    ) -> str | None:
        exchanges = _read(conversation)
        return _rewrite(question, exchanges) if exchanges else None


def _read(conversation: Sequence[Turn]) -> list[Exchange]:
    """The exchanges of a conversation, each question made to stand alone by those before it."""
    exchanges = list[Exchange]()
    for turn in conversation:
        said = " ".join(turn.content.split())
        if turn.role == "user":
            asked = _rewrite(said, exchanges) or open_question(said)
            opened = open_exchange(find_topic(asked) or asked)
            goes_on = bool(exchanges) and is_bare(opened.question)  # "from what?", with regard to the last question
            exchanges.append(replace(exchanges[-1], answer="") if goes_on else opened)
        elif said and said != NO_ANSWER:
            last = exchanges.pop() if exchanges else open_exchange("")
            exchanges.append(answer_exchange(last, said))
    return exchanges


def _rewrite(question: str, exchanges: Sequence[Exchange]) -> str | None:
    """A question that stands alone, of one that does not; None of one that does."""
    made = _connect(question, exchanges)
    return _name_groups(made, exchanges[-1]) if made else None


def _name_groups(question: str, last: Exchange) -> str:
    """The question with "the institute" called by its whole name, where the last exchange says that."""
    said = {one.last.lower(): one for one in reversed((*last.asked, *last.context, *last.told)) if one.named and one.kind == "group"}
    for one in reversed(find_mentions(question)):
        whole = said.get(one.last.lower())
        if whole and one.is_definite and len(one.text.split()) == _GROUP and whole.text not in question:
            question = f"{question[: one.start]}{whole.text}{question[one.end :]}"
    return question


def _connect(question: str, exchanges: Sequence[Exchange]) -> str | None:
    asked = open_question(question)
    frame = exchanges[-1].question if exchanges else ""
    if not exchanges or len(frame) > LONGEST_FRAME or len(asked.split()) > MOST_LEANING:
        return None
    tied = is_tied(question)
    chosen = choose(asked, exchanges) or name_topic(asked)
    asked = chosen or asked
    if asks_for_more(asked):
        made = ask_for_more(asked, exchanges)
    elif others := ask_for_others(asked, exchanges[-1]):
        made = others
    elif is_bare(asked):
        made = frames.ask_again(asked, exchanges[-1]) if frame else None
    elif (rest := find_ellipsis(asked, tied=tied)) is not None:
        adds = not tied and is_plain_noun(asked)
        made = (frames.add_exchange(asked, exchanges[-1]) if adds else frames.put_in(rest, exchanges[-1])) if frame else None
    else:
        made = _fill(asked, find_gaps(asked), exchanges) or _tie(asked, exchanges, tied=tied)
    made = made if made and made != asked else chosen
    return made if made and len(made) <= QUESTION_CHARACTERS else None


def _tie(question: str, exchanges: Sequence[Exchange], *, tied: bool) -> str | None:
    """A question without a pronoun that still leans on what was said, tied to that; None for any other."""
    goes_on = _names_nothing_new(question, exchanges)
    unnamed = not any(one.named and one.kind != "time" for one in find_mentions(question))
    if unnamed and (repeated := _repeated(question, exchanges)):
        return frames.add_exchange(question, repeated)
    if is_unfinished(question) or (goes_on and (leans(question) or (unnamed and (tied or is_vague(question))))):
        return frames.add_exchange(question, exchanges[-1])
    return frames.add_topic(question, exchanges[-1]) if goes_on and _speaks_of(question, exchanges[-1]) else None


def _repeated(question: str, exchanges: Sequence[Exchange]) -> Exchange | None:
    """The last exchange that has all the words of a question that names nothing: "which film won last year?"."""
    own = _words_of(TIME.sub("", question))
    if not own or split_words(question)[0].lower not in english.ASKING:
        return None
    saying = (one for one in reversed(exchanges) if own <= _words_of(one.said))
    last = next(saying, None)
    return last if last and not _words_of(last.question) <= own else None


def _words_of(text: str) -> set[str]:
    """The words that say something, in lower case."""
    return {word.lower for word in split_words(text) if not is_closed(word.lower)}


def _names_nothing_new(question: str, exchanges: Sequence[Exchange]) -> bool:
    said = " ".join(one.said for one in exchanges).lower()
    named = (one for one in find_mentions(question) if one.named and one.kind != "time")
    return all(one.text.lower() in said for one in named)


def _speaks_of(question: str, last: Exchange) -> bool:
    """Whether all that a question names is "the workers", of whom the last exchange spoke."""
    mentions = find_mentions(question)
    if len(split_words(question)) > MOST_SPOKEN or len(mentions) != 1:
        return False
    if mentions[0].named or not mentions[0].is_definite:
        return False
    said = {word.lower for word in split_words(last.said)}
    return mentions[0].last.lower() in said


def _fill(question: str, gaps: Sequence[Gap], exchanges: Sequence[Exchange]) -> str | None:
    """A question with every pronoun replaced; what cannot be told is named behind it."""
    if not gaps:
        return None
    meant = dict[Gap, Mention | None]()
    things = any(gap.pronoun in ("it", "that") for gap in gaps)
    matter = find_matter(exchanges[-1]) or any(is_about_thing(gap, question, exchanges[-1]) for gap in gaps)
    little = says_little(question) and not (things and matter)
    for gap in gaps:
        if _means_event(gap, question, little=little):
            continue
        taken = [found.text for found in meant.values() if found]
        again = next((one for one in meant if gap.possessive and one.pronoun == gap.pronoun == "they"), None)
        meant[gap] = meant[again] if again else find_meant(gap, exchanges, question, taken=taken)
    unknown = [gap for gap, found in meant.items() if found is None]
    little = little or any(gap.pronoun == "that" for gap in unknown)
    names = {found.text: (gap, found) for gap, found in reversed(meant.items()) if found}  # each at its first place
    filled = question
    for gap, found in sorted(names.values(), key=lambda pair: -pair[0].start):
        filled = filled[: gap.start] + _fit(found, gap, question, exchanges) + filled[gap.end :]
    filled = _count_again(filled, exchanges[-1].question)
    own = [word for word in split_words(question) if not is_closed(word.lower)]
    little = little or (things and len(unknown) == 1 and len(own) <= 1)
    if little or (is_unfinished(question) and split_words(question)[0].lower not in english.ASKING):
        return frames.add_exchange(filled, exchanges[-1])
    if unknown or not any(found.named for _, found in names.values()):
        texts = [text.lower() for text in names]
        speaking = (one for one in reversed(exchanges) if any(text in one.said.lower() for text in texts))
        filled = frames.add_topic(filled, next(speaking, exchanges[-1]))
    elif _goes_on(question, exchanges[-1], list(names)):
        filled = frames.add_topic(filled, exchanges[-1])
    return filled


def _goes_on(question: str, last: Exchange, names: Sequence[str]) -> bool:
    """Whether a question says little more than what else somebody did who answers "who bought Twitter?"."""
    topics = [one for one in last.asked if one.named and one.kind != "time"]
    told = last.question[:4].lower() == "who " and all(name not in last.question for name in names)
    own = [word.lower for word in split_words(question) if not is_closed(word.lower)]
    return told and bool(topics) and len(own) == 1 and english.is_verb(own[0]) and own[0] not in _OF_PERSONS


def _means_event(gap: Gap, question: str, *, little: bool) -> bool:
    """Whether a pronoun means what happened rather than a thing or somebody."""
    thing = gap.pronoun in ("it", "that")
    if thing and (_HAPPENS.match(question, gap.end) or question[:6].lower() == "whose "):
        return True  # "whose barge was it?"
    if thing and gap.noun is None and _CAME_OF.fullmatch(question[: gap.start]):
        return True
    closes = gap.pronoun not in ("he", "she") and gap.end >= len(question.rstrip("?!. "))
    return little and not is_actor(gap, question) and (thing or closes)


def _fit(found: Mention, gap: Gap, question: str, exchanges: Sequence[Exchange]) -> str:
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
    before = split_words(question[: gap.start])
    if found.kind == "plural" and not found.is_definite and before and before[-1].lower == "of":
        return f"the {text}".replace("the the ", "the ")
    if gap.pronoun == "there" and not (before and before[-1].lower in english.PREPOSITIONS - english.PARTICLES - {"like"}):
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
