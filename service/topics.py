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
    rf"what{_IS} (?:new|happening|going on) (?:about|in|with)",
    r"(?:tell me(?: more| all)?|(?:is there )?anything(?: new)?|what (?:do you|should i) know) (?:about|on)",
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
_ANYTHING = re.compile(r"^\W*(?:was|were|is|has|have) (?:any|some)thing (?:been )?((?!happened)\w+ed)\b", re.IGNORECASE)
_ENDS = {(end,) for end in ("please", "lately", "recently", "now", "today")} | {("right", "now"), ("this", "week")}
_NAMES_NOTHING = {"all", "any", "her", "him", "it", "new", "some", "that", "the", "them", "these", "this", "those"}
_ASKS = re.compile(rf"\?|^\W*{_OPENS_QUESTION}|\d", re.IGNORECASE)


def look_up(question: str) -> str:
    """The topic whose news is asked for; "what was agreed …?" for "was anything agreed …?"; else the question."""
    return find_topic(question) or _ANYTHING.sub(r"what was \1", question)


def find_topic(question: str) -> str | None:
    """The topic of which a question asks the news; None where it asks for something else, or names none."""
    words = question.split()
    words = words[: len(words) - _count_end(words)]
    if len(words) > 2 * MOST_TOPIC_WORDS:
        return None
    text = " ".join(words).strip(" ?!.,…")
    found = _BEFORE.fullmatch(text) or _BEHIND.fullmatch(text)
    topic = found["topic"].split() if found else []
    names = len(topic) <= MOST_TOPIC_WORDS and any(map(str.isalpha, "".join(topic)))
    return " ".join(topic) if names and not _NAMES_NOTHING.issuperset(word.lower() for word in topic) else None


def _count_end(words: list[str]) -> int:
    """How many of the last words say "now" or "please" and nothing else."""
    plain = [word.strip(",.?!…").lower() for word in words[-2:]]
    return max((len(end) for end in _ENDS if tuple(plain[-len(end) :]) == end), default=0)


def is_topic(query: str) -> bool:
    """Whether a query is nothing but a topic: a few words without a figure that ask for nothing."""
    return len(query.split()) <= MOST_QUERY_WORDS and not _ASKS.search(query)
