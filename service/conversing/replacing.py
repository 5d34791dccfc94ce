"""The last question and a piece of a new one in, the last one with that piece in place of what is like it out."""

import re
from collections.abc import Sequence

from service import english
from service.conversing.exchange import Exchange, tie
from service.conversing.followups import is_phrase
from service.conversing.mentions import TIME, Mention, find_mentions
from service.conversing.subjects import ask_for_news
from service.conversing.tying import as_clause
from service.conversing.words import split_words

_WHAT_ABOUT = "What about "
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_RELATIVE = re.compile(
    r"(?:in )?the (?:(?P<next>year after(?: that)?|following year|next year)"
    r"|year before(?: that)?|previous year)|(?P<later>a year later)|a year earlier",
    re.IGNORECASE,
)
_CHOSEN = re.compile(rf"(?:which|what) (?!(?:{'|'.join(sorted(english.INVERTING))})\b)\w+ ", re.IGNORECASE)
_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)\b", re.IGNORECASE)
_RANKED = re.compile(rf"(?:(?:in|for|of|at) )?the (?P<which>{_ORDINAL.pattern})(?: one)?", re.IGNORECASE)
_SUPERLATIVE = re.compile(r"the (?:(?:most|least) \w+|\w+est\b)", re.IGNORECASE)
_ADJECTIVE = re.compile(r"[A-Z]\w+(?:an|ese|ish|ch|i) (?=[a-z])")
_OWNED = re.compile(r"(?:[’']s|s[’']) $")
_DEPENDING = ("any", "her", "his", "its", "their")
_OTHERS = ("other", "others", "rest", "remainder", "two", "three", "latter", "former")


def put_in(piece: str, last: Exchange) -> str:
    """The last question with a piece in place of what is like it: "and on lobsters?", "and the union?".

    Behind a mere topic, the news of another is asked for.
    """
    whole = last.question.rstrip("?!. ")
    made = _put_in(piece, whole)
    if made.startswith(_WHAT_ABOUT):
        about = _put_in(piece, last.about)
        return tie(made, last.about) if about.startswith(_WHAT_ABOUT) else tie(whole, about.rstrip("?"))
    return tie(ask_for_news(made) if is_phrase(whole) else made, last.about)


def _put_in(piece: str, whole: str) -> str:
    relative = _RELATIVE.fullmatch(piece)
    if relative and (year := _YEAR.search(whole)):
        after = relative["next"] or relative["later"]
        return f"{whole[: year.start()]}{int(year.group()) + (1 if after else -1)}{whole[year.end() :]}?"
    if relative or TIME.fullmatch(piece):
        return _put_time(piece, whole)
    ordinal, ranked = _RANKED.fullmatch(piece), _ORDINAL.search(whole)
    if ordinal and ranked:
        return f"{whole[: ranked.start()]}{ordinal['which']}{whole[ranked.end() :]}?"
    if _SUPERLATIVE.fullmatch(piece) and (most := _SUPERLATIVE.search(whole)):
        return f"{whole[: most.start()]}{piece}{whole[most.end() :]}?"
    words = split_words(piece)
    mentions = [one for one in find_mentions(whole) if one.kind != "time"]
    if words[0].lower in english.PREPOSITIONS and len(words) > 1:
        return _put_phrase(piece, words[0].lower, whole, mentions)
    return _put_noun(piece, whole, mentions) or f"{_WHAT_ABOUT}{piece} with regard to {as_clause(whole)}?"


def _put_noun(piece: str, whole: str, mentions: Sequence[Mention]) -> str:
    """The question with a noun in the place of one like it; empty where none is, or where it would be one of those."""
    words = split_words(piece)
    if words[0].lower in _DEPENDING or words[-1].lower in _OTHERS or _CHOSEN.match(whole):
        return ""
    noun = next((one for one in mentions if one.is_definite), None)
    if noun and words[-1].lower in ("one", "ones"):
        return _replace(whole, noun, f"{piece[: words[-1].start]}{noun.text.split(' of ')[0].split()[-1]}")
    new = next(iter(find_mentions(f"is {piece}")), None)
    own = [one for one in mentions if not _OWNED.search(whole[: one.start])]
    known = [one for one in own if not (new and new.is_definite and one.after in ("many", "much"))]
    target = _most_like(new, known) if new else None
    if new and target and is_phrase(whole) and not _is_another(new, target):
        return ""  # "schools" behind "the budget"
    if target is None:
        return ""
    kind = _ADJECTIVE.match(target.text)  # "oil" behind "Canadian natural gas" is Canadian too
    return _replace(whole, target, f"{kind.group()}{piece}" if kind and piece.islower() and " " not in piece else piece)


def _is_another(new: Mention, topic: Mention) -> bool:
    """Whether a noun is a topic like the last rather than a part of it."""
    known, other = (one.named or one.is_definite for one in (topic, new))
    alike = new.kind == topic.kind or "name" in (new.kind, topic.kind)
    return known == other and (alike or not known)


def _put_time(piece: str, whole: str) -> str:
    found = TIME.search(whole)
    if found is None:
        return f"{whole} {'in ' if _YEAR.fullmatch(piece) else ''}{piece}?"
    return f"{whole[: found.start()]}{piece}{whole[found.end() :]}?"


def _put_phrase(piece: str, preposition: str, whole: str, mentions: Sequence[Mention]) -> str:
    rest = piece.partition(" ")[2]
    new = next(iter(find_mentions(f"{preposition} {rest}")), None)
    for one in reversed(mentions):
        same = one.after == preposition or (one.after in english.ABOUT and preposition in english.ABOUT)
        if same and (new is None or "name" in (one.kind, new.kind) or (one.kind == "place") == (new.kind == "place")):
            return _replace(whole, one, rest)
    of = next((one for one in reversed(mentions) if preposition == "of" and " of " in one.text), None)
    if of is not None:
        return f"{whole[: of.start]}{of.text[: of.text.index(' of ')]} {piece}{whole[of.end :]}?"
    bare = [one for one in mentions if not (one.named or one.is_definite)]
    if preposition in ("for", "with", "about") and new is not None and (target := _most_like(new, bare)):
        return _replace(whole, target, rest)
    places = [one for one in mentions if one.kind == "place" and one.after in ("in", "at", "near")]
    if new is not None and new.kind == "place" and places:
        start = whole.rindex(places[-1].after, 0, places[-1].start)
        return f"{whole[:start]}{piece}{whole[places[-1].end :]}?"
    return f"{whole} {piece}?"


def _replace(whole: str, target: Mention, piece: str) -> str:
    text = target.text
    if " of " in text and not piece.lower().startswith("the ") and target.kind in ("plural", "thing"):
        return f"{whole[: target.start]}{text[: text.index(' of ')]} of {piece}{whole[target.end :]}?"
    return f"{whole[: target.start]}{piece}{whole[target.end :]}?"


def _most_like(new: Mention, mentions: Sequence[Mention]) -> Mention | None:
    """The mention that is most of the new one's kind; None where none is."""
    scored = [(_likeness(new, one), _rank(one), one) for one in mentions]
    score, _, best = max(scored, default=(0, 0, None), key=lambda one: one[:2])
    return best if score > 0 else None


def _rank(mention: Mention) -> int:
    """Of several, who does it comes first, what it is done to last."""
    return -mention.start if mention.kind in ("person", "name") else mention.start


def _likeness(new: Mention, old: Mention) -> int:
    alike = new.kind == old.kind or any({new.kind, old.kind} <= kinds for kinds in _ALIKE)
    if not alike or (new.is_definite and not new.named and new.kind in ("thing", "place") and not old.is_definite):
        return 0
    if new.kind == "plural" and old.kind == "thing" and old.is_definite and not new.is_definite:
        return 0  # "adults" behind "the vaccine"
    if new.kind == old.kind == "thing" and old.is_definite and not (old.named or new.named or new.is_definite):
        return 1  # "oil" behind "the memorandum"
    country = (new.text.lower() in english.PLACES) == (old.text.lower() in english.PLACES)
    definite = new.is_definite == old.is_definite
    people = {new.kind, old.kind} == {"person", "name"}
    return 8 * (new.kind == old.kind) + 4 * country + 2 * (new.named == old.named) + 2 * people + definite + 1


_ALIKE = (
    {"person", "name"}, {"place", "name"}, {"group", "name"}, {"thing", "name"}, {"thing", "plural"},
    {"group", "plural"},
)
