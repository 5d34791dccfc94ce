"""A question in, what to look up for it out: "canola" for "what is the latest on canola?" and "canola news".

What such a question says beside its topic stands in no report, so the topic alone is looked up.
"""

import re

MOST_TOPIC_WORDS = 8  # a longer one asks for more than the news of a topic
MOST_QUERY_WORDS = 3  # of a query that is a topic and nothing else

_IS = r"(?:['’]?s| is| are| was| has been)"
_ABOUT = r"(?:on|about|regarding|concerning|with|of|from|in)"
_ASKING = "|".join((
    rf"(?:(?:what{_IS}|give me|show me|tell me|(?:is|are) there) )?(?:(?:any|some|the|all) )*"
    rf"(?:(?:latest|newest|recent|new|breaking) )*(?:news|updates?|headlines|developments) {_ABOUT}",
    rf"(?:what{_IS} )?(?:the )?latest {_ABOUT}",
    rf"what{_IS} (?:new|happening|going on) (?:about|in|on|with)",
    r"(?:tell me(?: more| all)?|more|(?:is there )?anything(?: new)?|what (?:do you|should i) know) (?:about|on)",
    rf"(?:what{_IS} |give me )?(?:(?:an?|the|more|all) )*(?:details|information|overview|situation|status|summary)"
    rf" {_ABOUT}",
    r"explain|summari[sz]e|describe",
    rf"what(?:{_IS} (?:known|reported|said|written)| do (?:the |your )?(?:articles|news|papers) say) (?:about|on)",
))
_OPENS_QUESTION = (
    r"(?:wh\w+|how|are|can|could|did|do|does|had|has|have|is|may|might|must|shall|should|was|were|will|would)\b"
)
_BEFORE = re.compile(rf"(?:{_ASKING}) (?P<topic>(?!{_OPENS_QUESTION}).+)", re.IGNORECASE)
_BEHIND = re.compile(  # but not the name of "Fox News"
    r"(?:(?:give|show|tell) me |(?:is|are) there )?(?:(?:any|the|all|latest|recent|new|breaking) )*"
    rf"(?P<topic>(?!{_OPENS_QUESTION}).+) (?-i:latest|news|updates?)",
    re.IGNORECASE,
)
_OF_NOTHING = re.compile(
    r"(?:(?:can|could|would) you )?(?:tell me more|go on|more|anything (?:else|new)"
    rf"|what else(?: is known| do (?:we|you) know)?|what{_IS} (?:new|happening|going on)|(?:what{_IS} )?(?:the )?latest"
    rf"|(?:what{_IS} |give me |show me )?(?:(?:any|some|more|further|the|latest|new|other) )*"
    r"(?:news|updates?|developments|details|info|information))",
    re.IGNORECASE,
)
_ANYTHING = re.compile(r"^\W*(?:was|were|is|has|have) (?:any|some)thing (?:been )?((?!happened)\w+ed)\b", re.IGNORECASE)
_ELSE = re.compile(
    r"\b(who|whom|whose|what|where|when|how|why|(?:any|every|no|some)(?:body|one|thing|where)) else\b", re.IGNORECASE
)
_ENDS = {(end,) for end in ("please", "lately", "recently", "now", "today")} | {("right", "now"), ("this", "week")}
_NAMES_NOTHING = {
    "all", "any", "breaking", "further", "her", "him", "it", "latest", "more", "new", "other", "recent", "some", "that",
    "the", "them", "these", "this", "those",
}
_ASKS = re.compile(rf"\?|^\W*{_OPENS_QUESTION}|\d", re.IGNORECASE)


def look_up(question: str) -> str:
    """The topic whose news is asked for; "what was agreed …?" for "was anything agreed …?"; else the question.

    Without "else": what was told before stands in the articles as it did.
    """
    return find_topic(question) or _ANYTHING.sub(r"what was \1", without_else(question))


def find_topic(question: str) -> str | None:
    """The topic of which a question asks the news; None where it asks for something else, or names none."""
    topic = _find_words(question)
    return topic if topic and not _names_nothing(topic) else None


def asks_for_more(question: str) -> bool:
    """Whether the news is asked for of what was spoken of: "any updates?", "what's new with her?"."""
    topic = _find_words(question)
    return _names_nothing(topic) if topic else bool(_OF_NOTHING.fullmatch(_bare(question)))


def asks_for_others(question: str) -> bool:
    """Whether more is asked for than was told: "tell me more", "who else?"."""
    return asks_for_more(question) or without_else(question) != question


def without_else(question: str) -> str:
    """The same question, not only for others: "who opposes it?" for "who else opposes it?"."""
    return _ELSE.sub(r"\1", question)


def _find_words(question: str) -> str | None:
    """What a question asks the news of, be it "her"."""
    if len(question.split()) > 2 * MOST_TOPIC_WORDS:
        return None
    text = _bare(question)
    found = _BEFORE.fullmatch(text) or _BEHIND.fullmatch(text)
    topic = found["topic"].split() if found else []
    return " ".join(topic) if len(topic) <= MOST_TOPIC_WORDS and any(map(str.isalpha, "".join(topic))) else None


def _names_nothing(topic: str) -> bool:
    return _NAMES_NOTHING.issuperset(topic.lower().split())


def _bare(question: str) -> str:
    """A question without "please" or "now" at its end."""
    words = question.split()
    return " ".join(words[: len(words) - _count_end(words)]).strip(" ?!.,…")


def _count_end(words: list[str]) -> int:
    """How many of the last words say "now" or "please" and nothing else."""
    plain = [word.strip(",.?!…").lower() for word in words[-2:]]
    return max((len(end) for end in _ENDS if tuple(plain[-len(end) :]) == end), default=0)


def is_topic(query: str) -> bool:
    """Whether a query is nothing but a topic: a few words without a figure that ask for nothing."""
    return len(query.split()) <= MOST_QUERY_WORDS and not _ASKS.search(query)
