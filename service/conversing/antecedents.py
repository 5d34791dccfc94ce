"""What was said before in, what a pronoun stands for out: the most recent thing that it can mean."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from service import english
from service.conversing.exchange import Exchange
from service.conversing.mentions import Mention, find_mentions
from service.conversing.persons import bare_name, find_asked_alike, is_said, put_in_full, put_together, put_with_others
from service.conversing.pronouns import Gap, Pronoun
from service.conversing.telling import (
    HAPPENED,
    WHO_DID,
    did_itself,
    find_answers,
    find_people,
    find_told,
    is_indefinite,
    is_of_people,
    read_verb,
)

LOOKED_BACK = 3  # exchanges
_ACTS = re.compile(r"\b(?:do|does|did|will|would|can|could|have|has|had) $", re.IGNORECASE)
_SUFFERS = re.compile(r" (?:\w+ly )?(?:be|been|get)\b")
_WHO_IS = re.compile(r"(?i:who (?:is|was)) (?:the )?[A-Z]")  # "Ngozi Adler", not "the mayor"
_WHAT_IS = re.compile(r"what (?:is|was) (?P<what>.+?)[?!. ]*", re.IGNORECASE)
_OWNERS = re.compile(r"(?:the )?\w+s(?=[’'] \w)", re.IGNORECASE)  # "the nurses' strike"
_BEARING = ("matter", "problem", "trouble")
_WHERE = ("in", "at", "near", "outside")


def is_actor(gap: Gap, question: str) -> bool:
    """Whether a pronoun does what the question is about: "what does it want?", not "will it be sold?"."""
    return bool(_ACTS.search(question[: gap.start])) and not _SUFFERS.match(question[gap.end :])


def find_antecedent(
    gap: Gap, exchanges: Sequence[Exchange], *, beside: str, taken: Sequence[str] = ()
) -> Mention | None:
    """What a gap stands for, the latest exchange first; None where nothing can be told.

    `beside` is the question with the gap, which names none of it; `taken` is what its other gaps stand for.
    """
    acts, others = is_actor(gap, beside), taken if gap.pronoun == "there" else ()
    if gap.pronoun == "they" and gap.noun is None and (both := find_asked_alike(exchanges)):
        return both
    mentions = (one for exchange in exchanges for one in (*exchange.asked, *exchange.told))
    people = {one.last: one.gender for one in mentions if one.kind == "person" and one.named}
    wrong = {"he": "f", "she": "m"}.get(gap.pronoun)
    for exchange in list(reversed(exchanges))[:LOOKED_BACK]:
        fitting = [
            one for one in (
                *find_told(exchange, gap, beside), *find_people(exchange, gap, beside),
                *_in_order(exchange, gap, beside, acts=acts),
            )
            if (_can_mean(gap, one) or _acts_as_country(one, exchange, gap, beside))
            and not (gap.pronoun == "it" and _is_where(one))
            and not (gap.pronoun in ("it", "that") and one.kind == "name" and one.last in people)
            and not (wrong and people.get(one.last) == wrong)
            and not any(is_said(one, said) for said in (beside, *others))
            and not did_itself(one, gap, exchange, beside)
        ]
        if fitting:
            chosen = put_in_full(_of_known_gender(fitting, gap, exchange, beside), exchanges)
            return put_with_others(chosen, exchange) if gap.pronoun == "they" else chosen
    return None


def _acts_as_country(mention: Mention, exchange: Exchange, gap: Gap, question: str) -> bool:
    """Whether it is a country that does something, where a question goes on with what "it" or "they" do.

    It is the country that did what was asked before, or the one that answers who did.
    """
    if mention.text.lower() not in english.PLACES or not is_actor(gap, question):
        return False
    if gap.pronoun == "they":
        return bool(WHO_DID.match(exchange.question)) and mention in exchange.found[:1]
    deals = gap.pronoun == "it" and read_verb(gap, question) in english.DEALING
    return deals and mention.after in english.INVERTING and mention in exchange.asked[:1]


def _of_known_gender(fitting: Sequence[Mention], gap: Gap, exchange: Exchange, question: str) -> Mention:
    """The first that can be meant; of persons, the first whose name says that it is a man or a woman.

    Who did or suffered in the answer what is asked goes first, and so does the one person whom the question named.
    """
    wanted = {"he": "m", "she": "f"}.get(gap.pronoun)
    if fitting[0] in find_told(exchange, gap, question):
        return fitting[0]
    asked = list(dict.fromkeys(one for one in fitting if one in exchange.asked))
    alone = bool(wanted) and asked == fitting[:1] and asked[0].named and not asked[0].is_definite
    if alone and (len(bare_name(asked[0])) > 1 or asked[0].after in english.INVERTING):
        return asked[0]
    return next((one for one in fitting if wanted and one.gender == wanted), fitting[0])


def _in_order(exchange: Exchange, gap: Gap, beside: str, *, acts: bool) -> Iterator[Mention]:
    """What an exchange mentions: what was asked for and found, what the question is about, the rest of the answer.

    `acts`: the pronoun does what the question is about, so that it hardly means what was counted.
    """
    if gap.pronoun in ("he", "she") and _WHO_IS.match(exchange.question):
        yield from exchange.asked[:1]
    if gap.pronoun == "it" and (what := _WHAT_IS.fullmatch(exchange.question)):
        yield from (one for one in exchange.asked if one.text == what["what"])
    countries = (*exchange.asked[:1], *exchange.found[:1])
    yield from (one for one in countries if _acts_as_country(one, exchange, gap, beside))
    yield from find_answers(exchange, gap, acts=acts)
    if gap.pronoun == "that" and not gap.noun:
        yield from _whole(exchange)
        return  # of all that was said, "that" is no single thing
    asked = [one for one in exchange.asked if not _is_counted(one)]
    if gap.pronoun in ("he", "she"):
        within = {word for one in asked if one.kind == "thing" and one.named for word in one.text.split()}
        meant = [one for one in exchange.told if one.last in within]  # "the Trump case"
        people = [one for one in (*asked, *exchange.context, *meant, *exchange.found) if one.named]
        yield from sorted(people, key=lambda one: one.kind != "person" and one.after in ("between", "and", "in", "at"))
    else:
        yield from _things(exchange, asked, gap, beside, acts=acts)
        topics = [one for one in exchange.context if one.named or one.is_definite or one.after in english.ABOUT]
        yield from _by_fitness(topics, gap.pronoun)
    if gap.pronoun in ("it", "that"):
        yield from (one for one in asked if is_indefinite(one) or one.last.lower() in english.THINGS)
        yield from _whole(exchange)
        yield from (one for one in exchange.answering if one in exchange.found and is_indefinite(one))
    thing = gap.pronoun in ("it", "that") and gap.noun is None
    told = exchange.answering if thing else exchange.told
    told = _by_fitness(told, gap.pronoun) if thing and not acts else told
    dealing = gap.pronoun == "they" and acts and read_verb(gap, beside) in english.DEALING | english.TELLING
    told = [one for one in told if one.kind != "plural" or is_of_people(one)] if dealing else told
    yield from (one for one in told if one.named or one.is_definite or gap.noun)
    yield from asked


def _things(
    exchange: Exchange, asked: Sequence[Mention], gap: Gap, beside: str, *, acts: bool
) -> Iterator[Mention]:
    """What a question is about, the likeliest first: what is named or known, and for "they" what is several."""
    if gap.pronoun == "there":
        places = (*asked, *exchange.context, *exchange.found)
        yield from (one for one in places if one.kind in ("place", "group") and one.named)
    strong = [one for one in asked if one.named or one.is_definite]
    if gap.pronoun in ("it", "that"):
        strong = join_mentions(strong, exchange.question)
    ordered = _by_fitness(strong, gap.pronoun)
    if gap.pronoun != "they":
        yield from sorted(ordered, key=lambda one: one.start) if acts else ordered
        return
    many = [one for one in exchange.asked if one.kind == "plural" and one not in strong]
    many += [one for text in _OWNERS.findall(exchange.question) for one in find_mentions(text) if one.kind == "plural"]
    doers = [one for one in exchange.asked[:1] if _is_counted(one) and _does(one, exchange.question)]
    people = [one for one in ordered if one.kind not in ("person", "place", "name")] if many else ordered
    yield from (*doers, *people, *many) if acts else many
    yield from (one for one in ordered if one.kind != "name")
    yield from put_together([one for one in exchange.found if not is_said(one, beside)])
    yield from ordered


def join_mentions(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """ "The inquiry" and "the fire" as "the inquiry into the fire", where that is what stands there."""
    joined = list[Mention]()
    for one in mentions:
        last = joined[-1] if joined else None
        between = text[last.end : one.start].lower().split() if last else []
        if last and last.last.lower() in _BEARING and between == ["with"]:
            joined[-1] = one  # "what is the problem with the dam?"
        elif last and last.is_definite and len(between) == 1 and between[0] in english.PREPOSITIONS - {"from", "than"}:
            whole = text[last.start : one.end]
            joined[-1] = replace(last, text=whole, end=one.end, named=last.named or one.named)
        else:
            joined.append(one)
    return joined


def _does(mention: Mention, question: str) -> bool:
    """Whether what is counted does something: "how many dealers want …", not "how many boats has …"."""
    following = question[mention.end :].split()
    return bool(following) and following[0].lower() not in english.INVERTING


def _whole(exchange: Exchange) -> list[Mention]:
    """ "What was agreed on canola?" as something that may be spoken of."""
    question = exchange.question.rstrip("?!. ")
    if not HAPPENED.match(question):
        return []
    text = question[:1].lower() + question[1:]
    return [Mention(text=text, kind="thing", gender="", named=True, start=0, end=len(text), after="")]


def _by_fitness(mentions: Sequence[Mention], pronoun: Pronoun) -> list[Mention]:
    """The nearest in kind first; of one kind, the last that was said."""
    order = _NEAREST[pronoun]
    rank = {kind: place for place, kind in enumerate(order)}
    return sorted(mentions, key=lambda one: (rank.get(one.kind, len(order)), -one.start))


_NEAREST: dict[Pronoun, tuple[str, ...]] = {
    "they": ("plural", "group", "thing", "person", "name", "place"),
    "it": ("thing", "group", "name", "place"),
    "that": ("thing", "name", "group", "place"),
    "there": ("place", "group", "thing"),
    "he": ("person", "name"),
    "she": ("person", "name"),
}


def _is_counted(mention: Mention) -> bool:
    return mention.after in ("many", "much")


def _can_mean(gap: Gap, mention: Mention) -> bool:
    if gap.noun is not None:
        return mention.text.lower().split()[-1].rstrip("s") == gap.noun.rstrip("s")
    if gap.pronoun in ("he", "she"):
        other = "f" if gap.pronoun == "he" else "m"
        common = mention.kind == "person" or (mention.kind == "name" and mention.text.lower() not in english.PLACES)
        return common and mention.gender != other
    if gap.pronoun == "they" and _is_where(mention):
        return False
    if gap.pronoun == "they" and mention.kind == "thing":
        return mention.is_definite and english.is_plural(mention.last.lower())
    if gap.pronoun == "they" and mention.kind == "person":
        return not mention.named
    if gap.pronoun in ("it", "that", "they") and mention.text.lower().removeprefix("the ") in english.PLACES:
        return False  # a country is called by its name
    price = mention.after[-1:].isdigit() and mention.text[:2] == "a "  # "$7.40 a bushel"
    if price or (mention.last.lower() in english.PARTS and not mention.named):
        return False
    return mention.kind in _NEAREST[gap.pronoun]


def _is_where(mention: Mention) -> bool:
    """Whether it is only said where something was: "near Sandwick" does nothing."""
    return mention.kind == "place" and mention.after in _WHERE
