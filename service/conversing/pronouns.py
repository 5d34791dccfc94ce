"""A question in, the pronouns out whose meaning only what was said before can tell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from service import english
from service.conversing.mentions import Mention, find_mentions
from service.conversing.words import Word, is_finite, split_words

Pronoun = Literal["he", "she", "they", "it", "that", "there"]

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
_THIS_TIME = (
    "week", "month", "year", "spring", "summer", "autumn", "fall", "winter", "season", "morning", "time", "century",
)
_OF_THOSE = ("who", "whom", "whose", "with", "in", "of", "at", "from", "that", "which", "under", "over", "affected")
_SOMEBODY = ("who", "which", "anyone", "anybody", "someone", "somebody", "everyone", "everybody", "nobody")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_EXISTING = (
    "is", "are", "was", "were", "be", "been", "will", "would", "has", "have", "had", "isn't", "aren't", "can", "may",
)
_NOUN_AND_THERE = 3  # words: "what is there?" asks of a place
_ACTING = ("do", "does", "did", "will", "would", "can", "could", "have", "has", "had")
_SUFFERS = re.compile(r" (?:\w+ly )?(?:be|been|get)\b")
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

    question: str
    pronoun: Pronoun
    start: int
    end: int
    possessive: bool
    noun: str | None = None

    @property
    def before(self) -> str:
        """The word before it, in lower case; empty where it opens the question."""
        return next((word.lower for word in reversed(split_words(self.question[: self.start]))), "")

    @property
    def behind(self) -> str:
        """The word behind it, in lower case; empty where it ends the question."""
        return next((word.lower for word in split_words(self.question[self.end :])), "")

    @property
    def acts(self) -> bool:
        """Whether it does what the question is about: "what does it want?", not "will it be sold?"."""
        return self.before in _ACTING and not _SUFFERS.match(self.question[self.end :])


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


def _written(question: str, word: Word) -> str:
    return question[word.start : word.end].lower()


def _gap(question: str, words: Sequence[Word], index: int, *, pronoun: Pronoun) -> Gap | None:
    """The gap that a pronoun is, if it is one: "that" and "there" often are none."""
    word, lower = words[index], words[index].lower
    following = words[index + 1] if index + 1 < len(words) else None
    before = words[index - 1].lower if index else ""
    possessive = lower in POSSESSIVE or (lower == "her" and following is not None and _is_noun(following))
    gap = Gap(question=question, pronoun=pronoun, start=word.start, end=word.end, possessive=possessive)
    if lower in ("this", "that", "these", "those"):
        return _demonstrative(question, words, index, gap=gap)
    if lower == "there":
        existing = before in _EXISTING or (following is not None and following.lower in _EXISTING)
        return None if existing and (index + 1 != len(words) or _asks_what_exists(words)) else gap
    return gap


def _asks_what_exists(words: Sequence[Word]) -> bool:
    """Whether it is asked what or how many there are, not what is there: "what tests are there?"."""
    return words[0].lower in ("what", "which", "how") and len(words) > _NOUN_AND_THERE


def _demonstrative(question: str, words: Sequence[Word], index: int, *, gap: Gap) -> Gap | None:
    lower, before = words[index].lower, words[index - 1].lower if index else ""
    following = words[index + 1] if index + 1 < len(words) else None
    leads = before in english.INVERTING or before in english.PREPOSITIONS
    if before in english.SAYING and following and following.lower in english.PREPOSITIONS:  # "say that before the vote"
        leads = leads or not any(is_finite(words, later) for later in range(index + 2, len(words)))
    if following is None or re.search(r"[,;?!]", question[words[index].end : following.start]):
        return gap
    if following.lower in _OF_THOSE or (following.lower in _THIS_TIME and lower == "this"):
        return None
    if not _is_noun(following) or (before in english.BEING and _is_predicate(words, index + 1)):
        return gap if leads or not index else None
    finite = any(is_finite(words, later) for later in range(index + 2, len(words)))
    if lower == "that" and ((not leads and finite) or following.is_capital or english.is_plural(following.lower)):
        return None
    if following.lower in ("days", "rest") or (lower == "that" and not leads and not english.is_verb(before)):
        return None
    last = index + 1
    while last + 1 < len(words) and _is_noun(words[last + 1]) and not words[last].possessive:
        last += 1
    noun = words[last]
    return Gap(
        question=question, pronoun="they" if english.is_plural(noun.lower) else "that", start=gap.start, end=noun.end,
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
