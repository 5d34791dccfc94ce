"""A question in, what it leaves out that only an earlier one can say: a pronoun's meaning, a frame, or everything."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from service.conversing import english
from service.conversing.mentions import Mention, Word, find_mentions, split_words

Pronoun = Literal["he", "she", "they", "it", "that", "there"]

MOST_WORDS = 8  # of a question without a verb that takes up the one before
MOST_NAMELESS = 5  # of one that names nothing
MOST_VAGUE = 6  # of one that asks about "the judges"

_POLITE = re.compile(
    r"^(?:(?:ok|okay|thanks|thank you|great|i see|right|good|fine|hm+|sorry|interesting|yes|no)[,.!]+ +)+",
    re.IGNORECASE,
)
_OPENING = re.compile(r"^(?:and|but|so|or|then|also|now)\b,? +", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:what|how) about +|^(?:the )?same (?:question )?(?:for|with|on|about) +", re.IGNORECASE)
_TRAILING = re.compile(r"(?:,? (?:then|too|as well|instead|also))+$", re.IGNORECASE)
_BARE = re.compile(
    r"(?:(?:since|until|till|by|from|for|to|with|at|on|in) )?"
    r"(?:why|when|where|who|whom|how|how (?:much|many|long|often|far|so|come)|what for|which|which ones?|what"
    r"|who (?:did|does|do|is|was|were|has|will|would))(?: not| else| exactly| tho| though| then)?",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"(?:\bit (?:is|was|will be|would be|(?:still |really |ever |always )*(?:rain|snow|freez)\w*)\b"
    r"|\b(?:is|was|will|would|can|could|does|did|isn't|wasn't|may|might) it"
    r"(?: (?:be|ever|really|still|now|not|so|too|very))*"
    r" (?:true|possible|likely|unlikely|legal|illegal|safe|necessary|clear|known|said|time|worth|fair|right|wrong|hard|"
    r"easy|difficult|important|common|normal|rain|snow|cold|hot|better|best|matter|take|cost|mean|seem|appear|happen|"
    r"make sense)"
    r" (?:that|to|for|if|whether|when|like|how|why|who|what|\w+ to)\b"
    r"|\b(?:what|how much|how long|how many \w+) (?:is|was|does|did|will|would) it (?:like|take|cost|mean|feel)"
    r"(?: \w+){0,8} (?:to|that|when|if|for)\b)",
    re.IGNORECASE,
)
_LEANING = re.compile(
    r"(?:\bthere (?:been |be )?(?:one|any|some|more|others?)(?: (?:before|yet|(?:last|next|this) \w+))?[?!. ]*$"
    r"|\b(?:in exchange|in return|instead|afterwards|after that|next|then|otherwise|as well|too|either)[?!. ]*$"
    r"|\b(?:the|a|another|which) (?:\w+ )?ones?\b(?! (?:that|who|which|in|of|at|to|from|with))"
    r"|\bthe \w+ (?:themselves|himself|herself|itself)\b"
    r"|^(?:is|are|was|were|has|have|did|does|will|can) (?:any|some|no)(?:one|body)(?: \w+){1,2}[?!. ]*$"
    r"|\belse\b|\bthe (?:two|three) \w+\b|^(?:why|how come) (?:the|such|this|so)\b(?: \w+){1,2}[?!. ]*$"
    r"|\b(?:higher|lower|larger|smaller|bigger|better|worse|cheaper|earlier|later|longer|more|less|fewer)[?!. ]*$"
    r"|^(?:anything|something|any (?:word|news)) (?:about|on) |^any (?:\w+ )?\w+[?!. ]*$)",
    re.IGNORECASE,
)
# "Which ministers?", "did Xi say the same?", and what lacks its object: "what does the mayor think?".
_UNFINISHED = re.compile(
    rf"(?:^(?:which|what|whose|how (?:many|much)) (?!(?:about|{'|'.join(sorted(english.INVERTING))})\b)\w+(?: \w+)?"
    r"|\b(?:think|answer|reply|respond|react|(?:dis)?agree|differ|accept|refuse|decline|against)"
    r"|^what (?:do|does|did|has|have|had) (?:\w+ ){1,3}(?:say|said)|^who \w+(?: (?:first|last|next|second))?"
    r"|^(?:what|which) (?:kind|kinds|sort|type|types) of \w+"
    r"|\bthe (?:same|(?:other|rest|two|three|latter|former)s?)(?: \w+)?"
    r"|^\w+ (?:from|to|by|with|for|of|in|on|at|until|since) (?:where|whom|who|what|when|which))[?!. ]*$",
    re.IGNORECASE,
)
_VAGUE = re.compile(  # "the judges", not "the judges of" which court
    rf"\bthe (?!(?:{'|'.join(sorted(english.NUMBERS))})\b)(?:\w+ )?\w+"
    rf"(?! (?:{'|'.join(sorted(english.PREPOSITIONS | english.JOINING))})\b)",
    re.IGNORECASE,
)
_WHAT_HAPPENED = re.compile(r"\b(?:is|was|were|are) (?:that|this)[?!. ]*$", re.IGNORECASE)
_THIS_TIME = (
    "week", "month", "year", "spring", "summer", "autumn", "fall", "winter", "season", "morning", "time", "century",
)
_OF_THOSE = ("who", "whom", "whose", "with", "in", "of", "at", "from", "that", "which", "under", "over", "affected")
_SOMEBODY = ("who", "which", "anyone", "anybody", "someone", "somebody", "everyone", "everybody", "nobody")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_EXISTING = (
    "is", "are", "was", "were", "be", "been", "will", "would", "has", "have", "had", "isn't", "aren't", "can", "may",
)
_CLOSED = (
    english.ASKING, english.INVERTING, english.PREPOSITIONS, english.JOINING, english.DETERMINERS, english.PRONOUNS,
    english.TOO,
)
_DONE = ("move", "vote", "change", "offer", "claim", "cut")  # verbs that are nouns as often

_FORMS: dict[str, Pronoun] = {
    "he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she", "they": "they", "them": "they",
    "their": "they", "theirs": "they", "these": "they", "those": "they", "it": "it", "its": "it", "this": "that",
    "that": "that", "there": "there",
}
POSSESSIVE = ("his", "its", "their", "hers", "theirs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A pronoun whose meaning the question does not say; `noun` is what it points at, as in "that agreement"."""

    pronoun: Pronoun
    start: int
    end: int
    possessive: bool
    noun: str | None = None


def open_question(question: str) -> str:
    """A question without polite words, and without the "and" that ties it to what was said."""
    return _OPENING.sub("", _POLITE.sub("", " ".join(question.split())), count=1)


def is_bare(question: str) -> bool:
    """Whether nothing is asked but "why?" or "since when?"."""
    return bool(_BARE.fullmatch(question.rstrip("?!. ")))


def find_ellipsis(question: str, *, tied: bool) -> str | None:
    """What a question without a verb puts in place of something in the one before; None where it has one.

    `tied`: it began with "and" or the like.
    """
    about = _ABOUT.match(question)
    rest = _TRAILING.sub("", _ABOUT.sub("", question).rstrip("?!. "))
    words = split_words(rest)
    if not words or len(words) > MOST_WORDS or any(mark in rest for mark in ".?!;"):
        return None
    if not about and (any(_is_finite(words, index) for index in range(len(words))) or words[0].lower in english.ASKING):
        return None
    opens = words[0].lower in english.PREPOSITIONS or words[0].lower in ("the", "a", "an")
    asks = question.rstrip().endswith("?") and len(words) <= MOST_WORDS // 2
    return rest if about or tied or (opens and asks) or (asks and len(words) <= MOST_WORDS // 4) else None


def is_phrase(question: str) -> bool:
    """Whether nothing is asked: "canola", "the nurses' strike"."""
    return find_ellipsis(question, tied=True) is not None


def is_plain_noun(question: str) -> bool:
    """Whether nothing is asked but a noun that is no name: "side effects?"."""
    words, found = split_words(question), find_mentions(f"is {question}")
    plain = len(found) == 1 and not found[0].named and len(split_words(found[0].text)) == len(words)
    return plain and words[0].lower not in english.DETERMINERS


def find_gaps(question: str) -> list[Gap]:
    """The pronouns that nothing in the question itself explains, in order."""
    words, mentions = split_words(question), find_mentions(question)
    closed = [found.span() for pattern in (_EXPLETIVE, _QUOTED) for found in pattern.finditer(question)]
    gaps = list[Gap]()
    for index, word in enumerate(words):
        pronoun = _FORMS.get(_written(question, word))
        if pronoun is None or any(start <= word.start < end for start, end in closed):
            continue
        gap = _gap(question, words, index, pronoun=pronoun)
        if gap is not None and not _is_explained(question, words, index, gap=gap, mentions=mentions):
            gaps.append(gap)
    return gaps


def leans(question: str) -> bool:
    """Whether a question without a gap still needs what was said: "what does Ottawa get in return?"."""
    return bool(_LEANING.search(question))


def is_unfinished(question: str) -> bool:
    """Whether a question lacks what only the last one says, whoever it names: "which ministers?"."""
    return bool(_UNFINISHED.search(question)) or _names_none(question)


def _names_none(question: str) -> bool:
    """Whether a short question tells of nothing certain: "how many were caught?", "which airports are affected?"."""
    words, mentions = split_words(question), [one for one in find_mentions(question) if one.kind != "time"]
    if not 1 < len(words) <= MOST_NAMELESS or find_gaps(question):
        return False
    if any(one.named or one.is_definite or one.after in english.PREPOSITIONS for one in mentions):
        return False
    first, second = words[0].lower, words[1].lower
    several = all(one.kind == "plural" for one in mentions)
    if first in english.INVERTING:
        return second == "there" or (several and bool(mentions))
    if second in ("many", "much"):
        return first == "how"
    defines = first == "what" and second in english.BEING and bool(mentions)  # "what are clades?"
    some = several or all(one.text.lower().startswith(("a ", "an ")) for one in mentions)
    return first in english.ASKING and some and not defines


def is_vague(question: str) -> bool:
    """Whether a short question asks about "the judges" without a word of which: "were the judges unanimous?"."""
    return len(split_words(question)) <= MOST_VAGUE and bool(_VAGUE.search(question))


def is_closed(word: str) -> bool:
    """Whether a word in lower case says nothing of its own: an article, a preposition, an auxiliary."""
    return any(word in closed for closed in _CLOSED)


def says_little(question: str) -> bool:
    """Whether a question says nothing of its own but names: "was she right?", "when did Carney say that?"."""
    words = split_words(question)
    if words[-1:] and words[-1].lower == "do" and words[0].lower == "what":
        return False
    points = any(word.lower in ("that", "this", "so", "it") for word in words)
    return bool(_WHAT_HAPPENED.search(question)) or all(
        word.lower in english.THIN or (points and word.lower in english.SAYING)
        or is_closed(word.lower) or (word.is_capital and word.start > 0)
        for word in words
    )


def _written(question: str, word: Word) -> str:
    return question[word.start : word.end].lower()


def _is_finite(words: Sequence[Word], index: int) -> bool:
    lower = words[index].lower
    articled = index > 0 and words[index - 1].lower in ("the", "a")
    return lower in english.INVERTING or (index > 0 and english.is_past(lower) and not articled)


def _gap(question: str, words: Sequence[Word], index: int, *, pronoun: Pronoun) -> Gap | None:
    """The gap that a pronoun is, if it is one: "that" and "there" often are none."""
    word, lower = words[index], words[index].lower
    following = words[index + 1] if index + 1 < len(words) else None
    before = words[index - 1].lower if index else ""
    possessive = lower in POSSESSIVE or (lower == "her" and following is not None and _is_noun(following))
    gap = Gap(pronoun=pronoun, start=word.start, end=word.end, possessive=possessive)
    if lower in ("this", "that", "these", "those"):
        return _demonstrative(question, words, index, gap=gap)
    if lower == "there":
        existing = before in _EXISTING or (following is not None and following.lower in _EXISTING)
        return None if existing and index + 1 != len(words) else gap
    return gap


def _demonstrative(question: str, words: Sequence[Word], index: int, *, gap: Gap) -> Gap | None:
    lower, before = words[index].lower, words[index - 1].lower if index else ""
    following = words[index + 1] if index + 1 < len(words) else None
    leads = before in english.INVERTING or before in english.PREPOSITIONS
    if before in english.SAYING and following and following.lower in english.PREPOSITIONS:  # "say that before the vote"
        leads = leads or not any(_is_finite(words, later) for later in range(index + 2, len(words)))
    if following is None or re.search(r"[,;?!]", question[words[index].end : following.start]):
        return gap
    if following.lower in _OF_THOSE or (following.lower in _THIS_TIME and lower == "this"):
        return None
    if not _is_noun(following) or (before in english.BEING and _is_predicate(words, index + 1)):
        return gap if leads or not index else None
    finite = any(_is_finite(words, later) for later in range(index + 2, len(words)))
    if lower == "that" and ((not leads and finite) or following.is_capital or english.is_plural(following.lower)):
        return None
    if following.lower in ("days", "rest") or (lower == "that" and not leads and not english.is_verb(before)):
        return None
    last = index + 1
    while last + 1 < len(words) and _is_noun(words[last + 1]) and not words[last].possessive:
        last += 1
    noun = words[last]
    return Gap(
        pronoun="they" if english.is_plural(noun.lower) else "that", start=gap.start, end=noun.end,
        possessive=False, noun=noun.lower,
    )


def _is_predicate(words: Sequence[Word], index: int) -> bool:
    """Whether a word is an adjective before no noun: "is that bad for fish?", not "is that big deal off?"."""
    following = words[index + 1].lower if index + 1 < len(words) else ""
    ends = not following or any(following in closed for closed in (english.PREPOSITIONS, english.TOO, english.JOINING))
    return ends and english.is_adjective(words[index].lower)


def _is_noun(word: Word) -> bool:
    lower = word.lower
    closed = (
        english.PREPOSITIONS, english.INVERTING, english.JOINING, english.TOO, english.DETERMINERS, english.PRONOUNS
    )
    if any(lower in words for words in closed):
        return False
    return not english.is_verb(lower) or lower in english.THINGS or lower in _DONE


def _is_explained(
    question: str, words: Sequence[Word], index: int, *, gap: Gap, mentions: Sequence[Mention]
) -> bool:
    """Whether something in the question itself can be what a pronoun stands for."""
    start = words[index].start
    if gap.noun is not None:
        return gap.noun in question[:start].lower()
    comma = question.find(",", start)
    if comma >= 0 and index <= 3 and any(_fits(one, gap.pronoun) for one in mentions if one.start > comma):
        return True  # "In his speech, what did Carney say?"
    if index and words[index - 1].lower in english.INVERTING and not _boundary(question, words, 0, index):
        return False  # it is the subject: what stands before it is what is asked for
    earlier = [one for one in mentions if one.end <= start and _fits(one, gap.pronoun)]
    if gap.possessive and mentions and _is_doer(words, mentions[0], start):
        return True
    if gap.possessive:
        return any(not _is_asked(one) or _has_verb(words, one.end, start) for one in earlier)
    people = gap.pronoun in ("he", "she", "they") and any(word.lower in _SOMEBODY for word in words[:index])
    return (bool(earlier) or people) and _boundary(question, words, 1, index)


def _is_doer(words: Sequence[Word], asked: Mention, before: int) -> bool:
    """Whether what is asked for does something before a place: "which star announced", not "which film did his son"."""
    if not _is_asked(asked) or asked.end > before:
        return False
    between = [word for word in words if asked.end <= word.start < before]
    does = bool(between) and between[0].lower not in english.INVERTING
    done = len(between) > 1 and between[0].lower in english.INVERTING and _is_verbal(between[1].lower)
    return does or done


def _is_verbal(word: str) -> bool:
    return english.is_past(word) or word in english.BEING or word.endswith("ing")


def _has_verb(words: Sequence[Word], start: int, end: int) -> bool:
    between = [word.lower for word in words if start <= word.start < end]
    return any(english.is_verb(word) or word in english.INVERTING for word in between)


def _boundary(question: str, words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a clause ends or begins between two words: only then may a pronoun mean what is in the same question."""
    between = words[first:last]
    if any(word.lower in english.BOUNDARIES or word.lower == "that" for word in between):
        return True
    says = bool(between) and english.is_verb(between[-1].lower) and last + 1 < len(words)
    if says and words[last + 1].lower in english.INVERTING:
        return True  # "did Ottawa say it would pay"
    return bool(between) and bool(re.search(r"[,;:.?!–—] ", question[between[0].start : words[last].start]))


def _is_asked(mention: Mention) -> bool:
    """Whether it is what the question asks for: how many of it, or which."""
    return mention.after in ("many", "much", "which", "what", "whose")


def _fits(mention: Mention, pronoun: Pronoun) -> bool:
    """Whether a pronoun could mean what is mentioned."""
    match pronoun:
        case "he":
            return mention.kind in ("person", "name") and mention.gender != "f"
        case "she":
            return mention.kind in ("person", "name") and mention.gender != "m"
        case "they":
            return mention.kind in ("plural", "group", "person", "place", "name")
        case "there":
            return mention.kind in ("place", "group") or (mention.named and mention.kind == "thing")
        case "it" | "that":
            return mention.kind in ("thing", "group", "place", "name")
