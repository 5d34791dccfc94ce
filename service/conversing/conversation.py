"""A conversation and a follow-up in, the question that stands alone out: by rules, without a model, always the same."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from service import english
from service.conversing.choices import choose, name_topic
from service.conversing.exchange import Exchange, answer_exchange, open_exchange
from service.conversing.filling import fill
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
)
from service.conversing.frames import ask_again
from service.conversing.mentions import TIME, find_mentions
from service.conversing.others import ask_for_others
from service.conversing.pronouns import find_gaps
from service.conversing.replacing import put_in
from service.conversing.subjects import ask_for_more
from service.conversing.tying import add_exchange, add_topic
from service.conversing.words import split_words
from service.domain import Turn
from service.events import Cancelled, never
from service.limits import QUESTION_CHARACTERS
from service.topics import asks_for_more, find_topic

NO_ANSWER = "The articles do not say."
MOST_LEANING = 15  # words of a follow-up; a longer question says what it is about
MOST_SPOKEN = 6  # words of a question whose only noun was said before
_GROUP = 2  # words of one that is not named: "the institute"
LONGEST_FRAME = 400  # characters of a question that another may take up


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
    mentions = reversed((*last.asked, *last.context, *last.told))
    said = {one.last.lower(): one for one in mentions if one.named and one.kind == "group"}
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
        made = ask_again(asked, exchanges[-1]) if frame else None
    elif (rest := find_ellipsis(asked, tied=tied)) is not None:
        adds = not tied and is_plain_noun(asked)
        made = (add_exchange(asked, exchanges[-1]) if adds else put_in(rest, exchanges[-1])) if frame else None
    else:
        made = fill(asked, find_gaps(asked), exchanges) or _tie(asked, exchanges, tied=tied)
    made = made if made and made != asked else chosen
    return made if made and len(made) <= QUESTION_CHARACTERS else None


def _tie(question: str, exchanges: Sequence[Exchange], *, tied: bool) -> str | None:
    """A question without a pronoun that still leans on what was said, tied to that; None for any other."""
    goes_on = _names_nothing_new(question, exchanges)
    unnamed = not any(one.named and one.kind != "time" for one in find_mentions(question))
    if unnamed and (repeated := _repeated(question, exchanges)):
        return add_exchange(question, repeated)
    if is_unfinished(question) or (goes_on and (leans(question) or (unnamed and (tied or is_vague(question))))):
        return add_exchange(question, exchanges[-1])
    return add_topic(question, exchanges[-1]) if goes_on and _speaks_of(question, exchanges[-1]) else None


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
