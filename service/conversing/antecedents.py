"""What was said before in, what a pronoun stands for out: the most recent thing that it can mean."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from service import english
from service.conversing.exchange import Exchange
from service.conversing.followups import is_closed
from service.conversing.mentions import Mention, find_mentions, split_words
from service.conversing.pronouns import Gap, Pronoun

LOOKED_BACK = 3  # exchanges

# What was found, made or bought is what is spoken of next; what was said is not.
_FOUND = re.compile(
    rf"what (?:did|has|have|had|does|do|will) (?!.*\b(?:{'|'.join(sorted(english.TELLING))}|do|happen)\b)", re.IGNORECASE
)
_ACTS = re.compile(r"\b(?:do|does|did|will|would|can|could|have|has|had) $", re.IGNORECASE)
_SUFFERS = re.compile(r" (?:\w+ly )?(?:be|been|get)\b")
_HAPPENED = re.compile(
    r"(?i:what (?:was|is|were|has been)) (?!the\b|an?\b)[a-z]\w*(?:ed|en|ne|ut|t|own)\b|(?i:what happened\b)"
)
_WHO_IS = re.compile(r"(?i:who (?:is|was)) (?:the )?[A-Z]")  # "Ngozi Adler", not "the mayor"
_WHO_DID = re.compile(rf"who (?!(?:{'|'.join(sorted(english.INVERTING))})\b)", re.IGNORECASE)
_ACTIVE, _PASSIVE = "(?:(?:has|have|had|will) )?", "(?:(?:has|have|had|will) )?(?:is|are|was|were|been|be) "
_EITHER = f"(?:{_PASSIVE}|{_ACTIVE})"
_ENDING = re.compile(r"(?:ed|e|s)$")
_WHAT_IS = re.compile(r"what (?:is|was) (?P<what>.+?)[?!. ]*", re.IGNORECASE)
_OWNERS = re.compile(r"(?:the )?\w+s(?=[’'] \w)", re.IGNORECASE)  # "the nurses' strike"
_ARE = re.compile(r"(?:what|which) (?:are|were) ", re.IGNORECASE)  # "what are the risks?": of those one speaks on
_WHERE = ("in", "at", "near", "outside")
_TWO = 2
_MOST_TOGETHER = 3  # persons
_LONGEST_NAME = 5  # words
_PEOPLE = ("children", "men", "people", "police", "staff", "women")


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
    if gap.pronoun == "they" and gap.noun is None and (both := _asked_alike(exchanges)):
        return both
    mentions = (one for exchange in exchanges for one in (*exchange.asked, *exchange.told))
    people = {one.last: one.gender for one in mentions if one.kind == "person" and one.named}
    wrong = {"he": "f", "she": "m"}.get(gap.pronoun)
    for exchange in list(reversed(exchanges))[:LOOKED_BACK]:
        fitting = [
            one for one in (
                *find_told(exchange, gap, beside), *_people(exchange, gap, beside),
                *_in_order(exchange, gap, beside, acts=acts),
            )
            if (_can_mean(gap, one) or _acts_as_country(one, exchange, gap, beside))
            and not (gap.pronoun == "it" and _is_where(one))
            and not (gap.pronoun in ("it", "that") and one.kind == "name" and one.last in people)
            and not (wrong and people.get(one.last) == wrong)
            and not any(_is_said(one, said) for said in (beside, *others))
            and not _does_so(one, gap, exchange, beside)
        ]
        if fitting:
            return _with_others(_in_full(_of_known_gender(fitting, gap, exchange, beside), exchanges), gap, exchange)
    return None


def _is_said(mention: Mention, text: str) -> bool:
    """Whether a text names it, a person by the last name only."""
    person = mention.named and mention.kind in ("person", "name")
    return mention.text.lower() in text.lower() or (person and mention.last in text.replace("?", "").split())


def _does_so(mention: Mention, gap: Gap, exchange: Exchange, question: str) -> bool:
    """Whether the answer says that it did what is asked of a pronoun to whom it was done: "when was it announced?"."""
    before = question[: gap.start].rstrip().rpartition(" ")[2].lower()
    verb = _verb(gap, question) if before in english.BEING else before
    return english.is_verb(verb) and verb not in english.INVERTING and mention in _doers(exchange, verb, forms=_ACTIVE)


def _asked_alike(exchanges: Sequence[Exchange]) -> Mention | None:
    """Both of whom the last two questions asked the same: "what does Ford say?", "and Nagy?"; None where they do not."""
    asked = [
        (one.question, [name for name in one.asked if name.named and name.kind in ("person", "name")])
        for one in exchanges[-2:]
    ]
    if len(asked) != _TWO or any(len(names) != 1 for _, names in asked):
        return None
    frames = {question[: name.start] + question[name.end :] for question, (name,) in asked}
    return next(iter(_together([name for _, (name,) in asked])), None) if len(frames) == 1 else None


def _acts_as_country(mention: Mention, exchange: Exchange, gap: Gap, question: str) -> bool:
    """Whether it is a country that does something, where a question goes on with what "it" or "they" do.

    It is the country that did what was asked before, or the one that answers who did.
    """
    if mention.text.lower() not in english.PLACES or not is_actor(gap, question):
        return False
    if gap.pronoun == "they":
        return bool(_WHO_DID.match(exchange.question)) and mention in exchange.found[:1]
    deals = gap.pronoun == "it" and _verb(gap, question) in english.DEALING
    return deals and mention.after in english.INVERTING and mention in exchange.asked[:1]


def _verb(gap: Gap, question: str) -> str:
    """The word behind a gap, in lower case."""
    return next((word.lower for word in split_words(question[gap.end :])), "")


def _with_others(mention: Mention, gap: Gap, exchange: Exchange) -> Mention:
    """ "They" behind "Did Carney meet Xi?" are both."""
    if gap.pronoun != "they" or mention.kind not in ("person", "name"):
        return mention
    return next(iter(_together(exchange.asked)), mention)


def _together(mentions: Sequence[Mention]) -> list[Mention]:
    """Two persons or more as one; nothing where there is one or none."""
    named = (one for one in mentions if one.last[0].isupper() and one.kind in ("person", "name"))
    people = {one.text: one for one in {one.last: one for one in named}.values()}
    if not 1 < len(people) <= _MOST_TOGETHER:
        return []
    return [replace(next(iter(people.values())), text=" and ".join(people), kind="plural")]


def find_told(exchange: Exchange, gap: Gap, question: str) -> list[Mention]:
    """What an answer tells the same of as a question asks of a pronoun.

    A crack, to "who found it?", where engineers found one, or to "when was it found?"; the fish, to "why did they
    escape?", where fish escaped.
    """
    before = question[: gap.start].rstrip().rpartition(" ")[2].lower()
    behind = _verb(gap, question)
    done = {verb for verb in (before, behind) if english.is_verb(verb)}
    objects = [one for one in exchange.found if one.after in done]
    return objects or _doers(exchange, behind, forms=_PASSIVE if before in english.BEING else _EITHER)


def _people(exchange: Exchange, gap: Gap, question: str) -> list[Mention]:
    """The workers of whom an answer tells, to "will they be paid?": to "what did they say?" it may be who told."""
    before, after = split_words(question[: gap.start])[-1:], split_words(question[gap.end :])[:1]
    if gap.pronoun != "they" or not before:
        return []
    verb = before[0].lower
    helped = question[gap.start : gap.end].lower() == "them" and english.is_verb(verb) and verb not in english.TELLING
    if (helped and _ARE.match(exchange.question)) or (not helped and verb not in english.INVERTING):
        return []
    subject = next(iter(exchange.asked), None)
    chosen = subject is not None and subject.kind == "plural" and subject.after in ("which", "what")
    if verb in ("do", "does", "did") and (chosen or not after or after[0].lower in english.TELLING):
        return []
    many = (one for one in reversed(exchange.found) if one.kind == "plural")
    return [one for one in many if one.last.lower() in _PEOPLE or one.last.lower().removesuffix("s") in english.PERSONS]


def _doers(exchange: Exchange, verb: str, *, forms: str) -> list[Mention]:
    """Of whom or what an answer tells what a verb says; `forms`: what may stand before the verb."""
    if not verb or is_closed(verb):
        return []
    stem = re.escape(_ENDING.sub("", verb))
    does = re.compile(rf" (?:who )?{forms}{stem}(?:e?[sd]|ed|ing|e)?\b", re.IGNORECASE)
    when = [one.start for one in exchange.told if one.kind == "time"]  # "the farms last year"
    return [one for one in exchange.found if one.end + 1 not in when and does.match(exchange.answer, one.end)]


def _of_known_gender(fitting: Sequence[Mention], gap: Gap, exchange: Exchange, question: str) -> Mention:
    """The first that can be meant; of persons, the first whose name says that it is a man or a woman.

    Who did or suffered in the answer what is asked, and the one person whose whole name the question had goes before all of whom the answer tells.
    """
    wanted = {"he": "m", "she": "f"}.get(gap.pronoun)
    if fitting[0] in find_told(exchange, gap, question):
        return fitting[0]
    asked = list(dict.fromkeys(one for one in fitting if one in exchange.asked))
    alone = bool(wanted) and asked == fitting[:1] and asked[0].named and not asked[0].is_definite
    if alone and (len(_bare(asked[0])) > 1 or asked[0].after in english.INVERTING):
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
    yield from _answers(exchange, gap, acts=acts)
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
        yield from (one for one in asked if _is_indefinite(one) or one.last.lower() in english.THINGS)
        yield from _whole(exchange)
        yield from (one for one in exchange.answering if one in exchange.found and _is_indefinite(one))
    thing = gap.pronoun in ("it", "that") and gap.noun is None
    told = exchange.answering if thing else exchange.told
    told = _by_fitness(told, gap.pronoun) if thing and not acts else told
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
    yield from _together([one for one in exchange.found if not _is_said(one, beside)])
    yield from ordered


def _is_indefinite(mention: Mention) -> bool:
    return mention.text.lower().startswith(("a ", "an "))


def join_mentions(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """ "The inquiry" and "the fire" as "the inquiry into the fire", where that is what stands there."""
    joined = list[Mention]()
    for one in mentions:
        last = joined[-1] if joined else None
        between = text[last.end : one.start].split() if last else []
        if last and last.is_definite and len(between) == 1 and between[0].lower() in english.PREPOSITIONS:
            whole = text[last.start : one.end]
            joined[-1] = replace(last, text=whole, end=one.end, named=last.named or one.named)
        else:
            joined.append(one)
    return joined


def _answers(exchange: Exchange, gap: Gap, *, acts: bool) -> list[Mention]:
    """Whom or which the answer names where that was asked."""
    words = [word.lower for word in split_words(exchange.question)[:2]]
    named = [one for one in exchange.found if one.named and one.kind != "time"]
    if "who" in words or "whom" in words:
        kinds = ["plural", "group"] if gap.pronoun == "they" else ["group"]
        if gap.pronoun in ("he", "she") and any(_is_doer(one) for one in exchange.asked):
            return []  # "whom did Musk fire?"
        if gap.pronoun in ("he", "she"):
            kinds += ["person", "name"]
        elif gap.pronoun == "it" and acts and not _names_actor(exchange):
            kinds += ["name"]
        told = [one for one in named if one.kind in kinds][:2]
        many = gap.pronoun == "they" and _WHO_DID.match(exchange.question)
        return told or [one for one in _doers(exchange, words[1], forms=_ACTIVE) if many and one.kind == "plural"]
    if "where" in words and gap.pronoun == "there":
        return [one for one in exchange.found if one.named and one.after in ("in", "at", "near", "on")][:1]
    if "which" in words and named and (exchange.told[0] == named[0] or _is_called(exchange, named[0])):
        return named[:1]
    if gap.pronoun == "it" and (done := _HAPPENED.match(exchange.question)):
        verb = split_words(done.group())[-1].lower  # "a memorandum", where it was asked what was signed
        return sorted((one for one in exchange.found if one.after == verb), key=lambda one: -len(one.text))[:1]
    if gap.pronoun == "it" and _FOUND.match(exchange.question):
        return list(filter(_is_indefinite, exchange.found))[:1]
    if "which" in words and exchange.asked:
        noun = exchange.asked[0].last.lower()
        return [one for one in named if one.last.lower() == noun][:1]
    return []


def _is_doer(mention: Mention) -> bool:
    """Whether it is a person who does what is asked: "whom did Musk fire?"."""
    return mention.named and mention.kind in ("person", "name") and mention.after in english.INVERTING - english.BEING


def _names_actor(exchange: Exchange) -> bool:
    """Whether a question names a group that may act: not one that only says where, "on Mill Lane"."""
    return any(one.kind == "group" and one.after not in english.PREPOSITIONS for one in exchange.asked)


def _does(mention: Mention, question: str) -> bool:
    """Whether what is counted does something: "how many dealers want …", not "how many boats has …"."""
    following = question[mention.end :].split()
    return bool(following) and following[0].lower() not in english.INVERTING


def _is_called(exchange: Exchange, name: Mention) -> bool:
    """Whether a name stands right behind what was asked for: "The film The Salt Road", of which film."""
    told, asked = exchange.told, exchange.asked
    return bool(asked) and told[0].last.lower() == asked[0].last.lower() and name.start == told[0].end + 1


def _whole(exchange: Exchange) -> list[Mention]:
    """ "What was agreed on canola?" as something that may be spoken of."""
    question = exchange.question.rstrip("?!. ")
    if not _HAPPENED.match(question):
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
    if (mention.last.lower() in english.PARTS and not mention.named) or (mention.after[-1:].isdigit() and mention.text[:2] == "a "):
        return False  # "a day before", "$7.40 a bushel"
    return mention.kind in _NEAREST[gap.pronoun]


def _is_where(mention: Mention) -> bool:
    """Whether it is only said where something was: "near Sandwick" does nothing."""
    return mention.kind == "place" and mention.after in _WHERE


def _in_full(mention: Mention, exchanges: Sequence[Exchange]) -> Mention:
    """A surname or a title with the whole name that was said somewhere, the latest first."""
    if mention.kind not in ("person", "name") or not mention.named:
        return mention
    if len(_bare(mention)) > 1:
        return replace(mention, text=_without_office(mention.text))
    for exchange in reversed(exchanges):
        for one in (*exchange.asked, *exchange.context, *exchange.told):
            longer = 1 < len(_bare(one)) <= _LONGEST_NAME and not one.is_definite
            if one.named and one.last == mention.last and longer and one.kind in ("person", "name"):
                return replace(one, text=" ".join(_bare(one)))
    return mention


def _without_office(text: str) -> str:
    """A name without "former prime minister" in front of it."""
    return re.sub(r"^(?!the )(?:[a-z][\w-]* )+(?=[A-Z])", "", text)


def _bare(mention: Mention) -> list[str]:
    """The words of a name without a title."""
    words = _without_office(mention.text).split()
    return words[1:] if words[0].lower() in english.TITLES and len(words) > 1 else words
