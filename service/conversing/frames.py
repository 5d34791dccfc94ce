"""The last question and a piece of a new one in, the whole new question out: what stays is the frame of the last."""

import re
from collections.abc import Sequence

from service import english
from service.conversing.antecedents import join_mentions
from service.conversing.exchange import Exchange, tie
from service.conversing.followups import is_phrase
from service.conversing.mentions import TIME, Mention, Word, find_mentions, split_words
from service.conversing.subjects import ask_for_news

LONGEST_TOPIC = 200  # characters
_WHAT_ABOUT = "What about "
_ADDED = 3  # things that an answer named
_HOW = 2  # words
_VAGUE = 2  # words of a thing without a name that says next to nothing: "a base"
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_RELATIVE = re.compile(
    r"(?:in )?the (?:(?P<next>year after(?: that)?|following year|next year)"
    r"|year before(?: that)?|previous year)|(?P<later>a year later)|a year earlier",
    re.IGNORECASE,
)
_CHOSEN = re.compile(rf"(?:which|what) (?!(?:{'|'.join(sorted(english.INVERTING))})\b)\w+ ", re.IGNORECASE)
_COUNTING = re.compile(r"how (?:many|much) \w+", re.IGNORECASE)
_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)\b", re.IGNORECASE)
_RANKED = re.compile(rf"(?:(?:in|for|of|at) )?the (?P<which>{_ORDINAL.pattern})(?: one)?", re.IGNORECASE)
_SUPERLATIVE = re.compile(r"the (?:(?:most|least) \w+|\w+est\b)", re.IGNORECASE)
_ADJECTIVE = re.compile(r"[A-Z]\w+(?:an|ese|ish|ch|i) (?=[a-z])")
_OWNED = re.compile(r"(?:[’']s|s[’']) $")
_STATES = re.compile(r"(?P<what>[A-Z][^.,;:]*?) (?:is|are|was|were) ")
_DEPENDING = ("any", "her", "his", "its", "their")
_OTHERS = ("other", "others", "rest", "remainder", "two", "three", "latter", "former")
_STRAY = re.compile(r" (?:tho|though|then)$", re.IGNORECASE)
_DENIES = re.compile(r"no[,.;!](?! \d)", re.IGNORECASE)  # an answer to "did it …?"
_DENIED = re.compile(r"n't\b|\b(?:not|never|no|nobody|none)\b", re.IGNORECASE)
_ENTITIES = ("who", "whom", "what", "which", "which one", "which ones")
_COUNTED = re.compile(r"(?:how (?:many|much)|which) ", re.IGNORECASE)
_DOING = re.compile(r"what (?:do|does|did|has|have|will|can|should) [^?]*?\b(?:do|done)\b", re.IGNORECASE)
_IDENTITY = re.compile(r"(?:what|who|which) (?:is|are|was|were) (?P<what>.+)", re.IGNORECASE)


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
        return tie("Why not", _clause(frame))
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
    if inverted == 1 and _IDENTITY.fullmatch(frame):
        asking = words[0].lower == "what" and any(one.lower.endswith("ing") for one in split_words(rest))
        subject = asking or _starts_with_phrase(rest)
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


def _starts_with_phrase(rest: str) -> bool:
    return rest[:4].lower() == "the "


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
    return _put_noun(piece, whole, mentions) or f"{_WHAT_ABOUT}{piece} with regard to {_clause(whole)}?"


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
    return tie(question, last.about or _clause(frame) + _added(question, last))


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
    known = dict.fromkeys(text[:1].lower() + text[1:] if text[:2] in ("A ", "An") else text for text in telling)
    added = [text for text in known if text.lower() not in question.lower()][:_ADDED]
    return f" ({', '.join(added)})" if added else ""


def _names(mention: Mention) -> list[str]:
    """The words of a mention that are names."""
    words = split_words(mention.text)
    return [word.text for word in words if word.is_capital and word.lower not in english.DETERMINERS]


def _clause(question: str) -> str:
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
    identity = _IDENTITY.fullmatch(frame)
    if identity and _starts_with_phrase(identity["what"]):
        return identity["what"][:LONGEST_TOPIC]
    if len(words) > 1 and words[0].lower in ("what", "who") and words[1].lower not in english.INVERTING - english.BEING:
        return frame[:1].lower() + frame[1:LONGEST_TOPIC]
    return ""
