"""What was said before in, what a pronoun stands for out: the most recent thing that it can mean."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from service import english
from service.conversing.exchange import Exchange
from service.conversing.mentions import Gender, Mention, find_mentions
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
)

LOOKED_BACK = 3  # exchanges
_WHO_IS = re.compile(r"(?i:who (?:is|was)) (?:the )?[A-Z]")  # "Ngozi Adler", not "the mayor"
_WHAT_IS = re.compile(r"what (?:is|was) (?P<what>.+?)[?!. ]*", re.IGNORECASE)
_OWNERS = re.compile(r"(?:the )?\w+s(?=[’'] \w)", re.IGNORECASE)  # "the nurses' strike"
_BEARING = ("matter", "problem", "trouble")
_WHERE = ("in", "at", "near", "outside")


def find_antecedent(gap: Gap, exchanges: Sequence[Exchange], *, taken: Sequence[str] = ()) -> Mention | None:
    """What a gap stands for, the latest exchange first; None where nothing can be told.

    It is nothing that its question names; `taken` is what the other gaps of that stand for.
    """
    if gap.pronoun == "they" and gap.noun is None and (both := find_asked_alike(exchanges)):
        return both
    mentions = (one for exchange in exchanges for one in (*exchange.asked, *exchange.told))
    people = {one.last: one.gender for one in mentions if one.kind == "person" and one.named}
    said = (gap.question, *(taken if gap.pronoun == "there" else ()))
    for exchange in list(reversed(exchanges))[:LOOKED_BACK]:
        offered = (*find_told(exchange, gap), *find_people(exchange, gap), *_in_order(exchange, gap))
        fitting = [
            one for one in offered
            if (_can_mean(gap, one) or _acts_as_country(one, exchange, gap))
            and not _is_somebody_else(one, gap, people)
            and not any(is_said(one, text) for text in said) and not did_itself(one, exchange, gap)
        ]
        if fitting:
            chosen = put_in_full(_of_known_gender(fitting, gap, exchange), exchanges)
            return put_with_others(chosen, exchange) if gap.pronoun == "they" else chosen
    return None


def _is_somebody_else(mention: Mention, gap: Gap, people: Mapping[str, Gender]) -> bool:
    """Whether a name is of a person, where a thing is meant, or of one of the other gender, as was told elsewhere."""
    wrong = {"he": "f", "she": "m"}.get(gap.pronoun)
    if wrong:
        return people.get(mention.last) == wrong
    return gap.pronoun in ("it", "that") and mention.kind == "name" and mention.last in people


def _acts_as_country(mention: Mention, exchange: Exchange, gap: Gap) -> bool:
    """Whether it is a country that does something, where a question goes on with what "it" or "they" do.

    It is the country that did what was asked before, or the one that answers who did.
    """
    if mention.text.lower() not in english.PLACES or not gap.acts:
        return False
    if gap.pronoun == "they":
        return bool(WHO_DID.match(exchange.question)) and mention in exchange.found[:1]
    deals = gap.pronoun == "it" and gap.behind in english.DEALING
    return deals and mention.after in english.INVERTING and mention in exchange.asked[:1]


def _of_known_gender(fitting: Sequence[Mention], gap: Gap, exchange: Exchange) -> Mention:
    """The first that can be meant; of persons, the first whose name says that it is a man or a woman.

    Who did or suffered in the answer what is asked goes first, and so does the one person whom the question named.
    """
    wanted = {"he": "m", "she": "f"}.get(gap.pronoun)
    if fitting[0] in find_told(exchange, gap):
        return fitting[0]
    asked = list(dict.fromkeys(one for one in fitting if one in exchange.asked))
    alone = bool(wanted) and asked == fitting[:1] and asked[0].named and not asked[0].is_definite
    if alone and (len(bare_name(asked[0])) > 1 or asked[0].after in english.INVERTING):
        return asked[0]
    return next((one for one in fitting if wanted and one.gender == wanted), fitting[0])


def _in_order(exchange: Exchange, gap: Gap) -> Iterator[Mention]:
    """What an exchange mentions: what was asked for and found, what the question is about, the rest of the answer."""
    yield from _find_asked_for(exchange, gap)
    if gap.pronoun == "that" and not gap.noun:
        yield from _whole(exchange)
        return  # of all that was said, "that" is no single thing
    if gap.pronoun in ("he", "she"):
        yield from _persons(exchange)
    elif gap.pronoun == "they":
        yield from _several(exchange, gap)
    else:
        yield from _things(exchange, gap)
    yield from (one for one in _rest(exchange, gap) if one.named or one.is_definite or gap.noun)
    yield from _uncounted(exchange)


def _find_asked_for(exchange: Exchange, gap: Gap) -> Iterator[Mention]:
    """Whom or what the question asks to be told of, and who or what the answer names for it."""
    if gap.pronoun in ("he", "she") and _WHO_IS.match(exchange.question):
        yield from exchange.asked[:1]
    if gap.pronoun == "it" and (what := _WHAT_IS.fullmatch(exchange.question)):
        yield from (one for one in exchange.asked if one.text == what["what"])
    countries = (*exchange.asked[:1], *exchange.found[:1])
    yield from (one for one in countries if _acts_as_country(one, exchange, gap))
    yield from find_answers(exchange, gap)


def _persons(exchange: Exchange) -> Iterator[Mention]:
    """Who is named: those of whom the question speaks, and then those of whom the answer tells."""
    asked = _uncounted(exchange)
    within = {word for one in asked if one.kind == "thing" and one.named for word in one.text.split()}
    meant = [one for one in exchange.told if one.last in within]  # "the Trump case"
    people = [one for one in (*asked, *exchange.context, *meant, *exchange.found) if one.named]
    yield from sorted(people, key=lambda one: one.kind != "person" and one.after in ("between", "and", "in", "at"))


def _things(exchange: Exchange, gap: Gap) -> Iterator[Mention]:
    """What a question is about, the likeliest first, what it is tied to, and what the answer has with "a"."""
    asked = _uncounted(exchange)
    if gap.pronoun == "there":
        places = (*asked, *exchange.context, *exchange.found)
        yield from (one for one in places if one.kind in ("place", "group") and one.named)
    strong = [one for one in asked if one.named or one.is_definite]
    if gap.pronoun != "there":
        strong = join_mentions(strong, exchange.question)
    ordered = _by_fitness(strong, gap.pronoun)
    yield from sorted(ordered, key=lambda one: one.start) if gap.acts else ordered
    yield from _topics(exchange, gap)
    if gap.pronoun != "there":
        yield from (one for one in asked if is_indefinite(one) or one.last.lower() in english.THINGS)
        yield from _whole(exchange)
        yield from (one for one in exchange.answering if one in exchange.found and is_indefinite(one))


def _several(exchange: Exchange, gap: Gap) -> Iterator[Mention]:
    """Who or what is several in a question, the likeliest first, or together."""
    strong = [one for one in _uncounted(exchange) if one.named or one.is_definite]
    ordered = _by_fitness(strong, gap.pronoun)
    many = [one for one in exchange.asked if one.kind == "plural" and one not in strong]
    many += [one for text in _OWNERS.findall(exchange.question) for one in find_mentions(text) if one.kind == "plural"]
    doers = [one for one in exchange.asked[:1] if _is_counted(one) and _does(one, exchange.question)]
    people = [one for one in ordered if one.kind not in ("person", "place", "name")] if many else ordered
    yield from (*doers, *people, *many) if gap.acts else many
    yield from (one for one in ordered if one.kind != "name")
    yield from put_together([one for one in exchange.found if not is_said(one, gap.question)])
    yield from ordered
    yield from _topics(exchange, gap)


def _topics(exchange: Exchange, gap: Gap) -> list[Mention]:
    """What a question is tied to, the likeliest first."""
    topics = (one for one in exchange.context if one.named or one.is_definite or one.after in english.ABOUT)
    return _by_fitness(list(topics), gap.pronoun)


def _rest(exchange: Exchange, gap: Gap) -> list[Mention]:
    """What the answer tells: of things that of its first sentence, and of who has dealings no things."""
    if gap.pronoun in ("it", "that") and gap.noun is None:
        return exchange.answering if gap.acts else _by_fitness(exchange.answering, gap.pronoun)
    if gap.pronoun == "they" and gap.acts and gap.behind in english.DEALING | english.TELLING:
        return [one for one in exchange.told if one.kind != "plural" or is_of_people(one)]
    return exchange.told


def _uncounted(exchange: Exchange) -> list[Mention]:
    """What a question mentions, but for what it counts."""
    return [one for one in exchange.asked if not _is_counted(one)]


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
    if gap.pronoun in ("it", "they") and _is_where(mention):
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
