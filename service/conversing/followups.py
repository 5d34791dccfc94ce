"""A question in, what it leaves out beside its pronouns that only an earlier one can say: a frame, or everything."""

import re

from service import english
from service.conversing.mentions import TIME, find_mentions
from service.conversing.pronouns import find_gaps
from service.conversing.words import is_finite, split_words

MOST_WORDS = 8  # of a question without a verb that takes up the one before
MOST_NAMELESS = 5  # of one that names nothing
MOST_VAGUE = 6  # of one that asks about "the judges"

_CONTRACTED = re.compile(r"\b(what|who|where|when|how|why|that|there|it|he|she)[’']s (?!\w+ed\b)", re.IGNORECASE)
_POLITE = re.compile(
    r"^(?:(?:ok|okay|thanks|thank you|great|i see|right|good|fine|hm+|sorry|interesting|yes|no)[,.!]+ +)+",
    re.IGNORECASE,
)
_OPENING = re.compile(r"^(?:and|but|so|or|then|also|now)\b,? +", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:what|how) about +|^(?:the )?same (?:question )?(?:for|with|on|about) +", re.IGNORECASE)
_SAME = re.compile(  # "how much was it the year before?" asks the last question of that year
    r"(?:how (?:much|many|high|big|large)|what) (?:is|was|were|are) (?:it|that|they) "
    r"(?P<when>(?P<before>(?:in )?the (?:year before|previous year|year after|next year|following year))|[\w ]+)",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"(?:,? (?:then|too|as well|instead|also))+$", re.IGNORECASE)
_BARE = re.compile(
    r"(?:since|until|till|by|from|for|to|with|at|on|in|under|over|against) (?:what|which|whose) \w+"
    r"|(?:(?:since|until|till|by|from|for|to|with|at|on|in) )?"
    r"(?:why|when|where|who|whom|how|how (?:much|many|long|often|far|so|come)|what for|which|which ones?|what"
    r"|who (?:did|does|do|is|was|were|has|will|would))(?: not| else| exactly| tho| though| then)?",
    re.IGNORECASE,
)
_LEANING = re.compile(
    r"(?:\bthere (?:been |be )?(?:one|any|some|more|others?)(?: (?:before|yet|(?:last|next|this) \w+))?[?!. ]*$"
    r"|\b(?:in exchange|in return|instead|afterwards|after that|next|then|otherwise|as well|too|either)[?!. ]*$"
    r"|\b(?:the|a|another|which) (?:\w+ )?ones?\b(?! (?:that|who|which|in|of|at|to|from|with))"
    r"|\bthe \w+ (?:themselves|himself|herself|itself)\b"
    r"|^(?:is|are|was|were|has|have|did|does|will|can) (?:any|some|no)(?:one|body)(?: \w+){1,2}[?!. ]*$"
    r"|\b(?:is|are|was|were) there[?!. ]*$"
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
_CLOSED = (
    english.ASKING, english.INVERTING, english.PREPOSITIONS, english.JOINING, english.DETERMINERS, english.PRONOUNS,
    english.TOO,
)


def open_question(question: str) -> str:
    """A question without polite words, and without the "and" that ties it to what was said."""
    return _OPENING.sub("", _POLITE.sub("", spell_out(question)), count=1)


def is_tied(question: str) -> bool:
    """Whether an "and" ties a question to what was said."""
    return bool(_OPENING.match(_POLITE.sub("", spell_out(question))))


def spell_out(question: str) -> str:
    """A question with single spaces, and with "what is" for "what's"."""
    return _CONTRACTED.sub(r"\1 is ", " ".join(question.split()))


def is_bare(question: str) -> bool:
    """Whether nothing is asked but "why?" or "since when?"."""
    return bool(_BARE.fullmatch(question.rstrip("?!. ")))


def find_ellipsis(question: str, *, tied: bool) -> str | None:
    """What a question without a verb puts in place of something in the one before; None where it has one.

    `tied`: it began with "and" or the like.
    """
    if (same := _SAME.fullmatch(question.rstrip("?!. "))) and (TIME.fullmatch(same["when"]) or same["before"]):
        return same["when"]
    about = _ABOUT.match(question)
    rest = _TRAILING.sub("", _ABOUT.sub("", question).rstrip("?!. "))
    words = split_words(rest)
    if not words or len(words) > MOST_WORDS or any(mark in rest for mark in ".?!;"):
        return None
    if not about and (any(is_finite(words, index) for index in range(len(words))) or words[0].lower in english.ASKING):
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
