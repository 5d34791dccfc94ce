"""An exchange and a question with a pronoun in, out of whom or what the answer tells what is asked."""

import re
from collections.abc import Sequence

from service import english
from service.conversing.exchange import Exchange
from service.conversing.followups import is_closed
from service.conversing.mentions import Mention
from service.conversing.persons import put_together
from service.conversing.pronouns import Gap
from service.conversing.words import split_words

# What was found, made or bought is what is spoken of next; what was said is not.
_FOUND = re.compile(
    rf"what (?:did|has|have|had|does|do|will) (?!.*\b(?:{'|'.join(sorted(english.TELLING))}|do|happen)\b)",
    re.IGNORECASE,
)
HAPPENED = re.compile(
    r"(?i:what (?:was|is|were|has been)) (?!the\b|an?\b)[a-z]\w*(?:ed|en|ne|ut|t|own)\b|(?i:what happened\b)"
)
WHO_DID = re.compile(rf"who (?!(?:{'|'.join(sorted(english.INVERTING))})\b)", re.IGNORECASE)
_ACTIVE, _PASSIVE = "(?:(?:has|have|had|will) )?", "(?:(?:has|have|had|will) )?(?:is|are|was|were|been|be) "
_EITHER = f"(?:{_PASSIVE}|{_ACTIVE})"
_ENDING = re.compile(r"(?:ed|e|s)$")
_ARE = re.compile(r"(?:what|which) (?:are|were) ", re.IGNORECASE)  # "what are the risks?": of those one speaks on
_PEOPLE = ("children", "men", "people", "police", "staff", "women")


def find_told(exchange: Exchange, gap: Gap) -> list[Mention]:
    """What an answer tells the same of as a question asks of a pronoun.

    A crack, to "who found it?", where engineers found one, or to "when was it found?"; the fish, to "why did they
    escape?", where fish escaped.
    """
    done = {verb for verb in (gap.before, gap.behind) if english.is_verb(verb)}
    objects = [one for one in exchange.found if one.after in done]
    told = objects or _doers(exchange, gap.behind, forms=_PASSIVE if gap.before in english.BEING else _EITHER)
    if gap.pronoun in ("he", "she") and any(one.named and one.kind in ("person", "name") for one in exchange.asked):
        return [one for one in told if one.last[0].isupper()]  # not "a man", who is the one that was asked about
    return told


def find_people(exchange: Exchange, gap: Gap) -> list[Mention]:
    """The workers of whom an answer tells, to "will they be paid?": to "what did they say?" it may be who told."""
    if gap.pronoun != "they":
        return []
    them = gap.question[gap.start : gap.end].lower() == "them"
    helped = them and english.is_verb(gap.before) and gap.before not in english.TELLING
    if (helped and _ARE.match(exchange.question)) or (not helped and gap.before not in english.INVERTING):
        return []
    subject = next(iter(exchange.asked), None)
    chosen = subject is not None and subject.kind == "plural" and subject.after in ("which", "what")
    if gap.before in ("do", "does", "did") and (chosen or not gap.behind or gap.behind in english.TELLING):
        return []
    return [one for one in reversed(exchange.found) if one.kind == "plural" and is_of_people(one)]


def is_of_people(mention: Mention) -> bool:
    """Whether it names people: "the children", "31 dealers"."""
    noun = mention.last.lower()
    return noun in _PEOPLE or noun.removesuffix("s") in english.PERSONS


def _doers(exchange: Exchange, verb: str, *, forms: str) -> list[Mention]:
    """Of whom or what an answer tells what a verb says; `forms`: what may stand before the verb."""
    if not verb or is_closed(verb):
        return []
    stem = re.escape(_ENDING.sub("", verb))
    does = re.compile(rf" (?:who )?{forms}{stem}(?:e?[sd]|ed|ing|e)?\b", re.IGNORECASE)
    when = [one.start for one in exchange.told if one.kind == "time"]  # "the farms last year"
    return [one for one in exchange.found if one.end + 1 not in when and does.match(exchange.answer, one.end)]


def did_itself(mention: Mention, exchange: Exchange, gap: Gap) -> bool:
    """Whether the answer says that it did what is asked of a pronoun to whom it was done: "when was it announced?"."""
    verb = gap.behind if gap.before in english.BEING else gap.before
    return english.is_verb(verb) and verb not in english.INVERTING and mention in _doers(exchange, verb, forms=_ACTIVE)


def find_answers(exchange: Exchange, gap: Gap) -> list[Mention]:
    """Whom or which the answer names where that was asked."""
    words = [word.lower for word in split_words(exchange.question)[:2]]
    named = [one for one in exchange.found if one.named and one.kind != "time"]
    if "who" in words or "whom" in words:
        return _find_who(exchange, named, gap)
    if "where" in words and gap.pronoun == "there":
        return [one for one in exchange.found if one.named and one.after in ("in", "at", "near", "on")][:1]
    if "which" in words and named and (exchange.told[0] == named[0] or _is_called(exchange, named[0])):
        return named[:1]
    if gap.pronoun == "it" and (done := HAPPENED.match(exchange.question)):
        verb = split_words(done.group())[-1].lower  # "a memorandum", where it was asked what was signed
        return sorted((one for one in exchange.found if one.after == verb), key=lambda one: -len(one.text))[:1]
    if gap.pronoun == "it" and _FOUND.match(exchange.question):
        return list(filter(is_indefinite, exchange.found))[:1]
    if "which" in words and exchange.asked:
        noun = exchange.asked[0].last.lower()
        return [one for one in named if one.last.lower() == noun][:1]
    return []


def _find_who(exchange: Exchange, named: Sequence[Mention], gap: Gap) -> list[Mention]:
    """Whom the answer names where it was asked who did something, or to whom it was done."""
    kinds = ["plural", "group"] if gap.pronoun == "they" else ["group"]
    if gap.pronoun in ("he", "she"):
        if any(_is_doer(one) for one in exchange.asked):
            return []  # "whom did Musk fire?"
        kinds += ["person", "name"]
    elif gap.pronoun == "it" and gap.acts and not _names_actor(exchange):
        kinds += ["name"]
    doers = [one for one in exchange.asked if _is_doer(one)]
    others = [one for one in named if one.kind in ("person", "name")]
    if gap.pronoun == "they" and gap.acts and doers and others:
        return put_together([doers[0], others[0]])  # "whom did Carney meet?", "what did they agree?"
    told = [one for one in named if one.kind in kinds][:2]
    if told or gap.pronoun != "they" or not WHO_DID.match(exchange.question):
        return told
    verb = split_words(exchange.question)[1].lower
    return [one for one in _doers(exchange, verb, forms=_ACTIVE) if one.kind == "plural"]


def _is_doer(mention: Mention) -> bool:
    """Whether it is a person who does what is asked: "whom did Musk fire?"."""
    return mention.named and mention.kind in ("person", "name") and mention.after in english.INVERTING - english.BEING


def _names_actor(exchange: Exchange) -> bool:
    """Whether a question names a group that may act: not one that only says where, "on Mill Lane"."""
    return any(one.kind == "group" and one.after not in english.PREPOSITIONS for one in exchange.asked)


def _is_called(exchange: Exchange, name: Mention) -> bool:
    """Whether a name stands right behind what was asked for: "The film The Salt Road", of which film."""
    told, asked = exchange.told, exchange.asked
    return bool(asked) and told[0].last.lower() == asked[0].last.lower() and name.start == told[0].end + 1


def is_indefinite(mention: Mention) -> bool:
    """Whether it begins with "a" or "an"."""
    return mention.text.lower().startswith(("a ", "an "))
