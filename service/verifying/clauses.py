"""A sentence in, its clauses out, where each of them could stand alone: a subject of its own before its verb."""

import re

from service.verifying.statements import Statement
from service.verifying.wording import PRONOUNS

FEWEST = 3  # words that carry meaning, in a clause that says something of its own
_JOINTS = re.compile(r"(?:,|;)? (?:and|but|while|whereas)(?=,? )|;(?= )", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:the|a|an|its|their|his|her|this|that|these|those|no|some|most|many|[A-Z“\"\d])")


def split_clauses(claim: Statement) -> list[str]:
    """The two clauses of a sentence, cut where both have a subject that is no pronoun; empty where there is no cut."""
    if claim.quotes:
        return []
    for joint in _JOINTS.finditer(claim.folded):
        left, right = claim.folded[: joint.start()], claim.folded[joint.end() :].strip(" ,")
        words = right.split()
        own = bool(words) and _SUBJECT.match(right) is not None and words[0].lower() not in PRONOUNS
        if own and min(len(left.split()), len(words)) > FEWEST:
            return [f"{left}.", right[:1].upper() + right[1:]]
    return []
