"""The name of a measure or of a rung in, what readers of a report are told about it out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from eval.scoring import LOWER_IS_BETTER, RUNGS, Rung, ScoredQuestion

Group = Literal["Retrieval", "Reading", "Citations", "Abstention"]
Outcome = Rung | Literal["rightly_refused"]

GROUPS: tuple[Group, ...] = ("Retrieval", "Reading", "Citations", "Abstention")
OUTCOMES: tuple[Outcome, ...] = (
    *(rung for rung in RUNGS if rung not in ("right", "unjudged")), "unjudged", "right", "rightly_refused"
)
LADDER: Mapping[str, str] = {
    "right": "right", "error": "no reply", "not_retrieved": "not retrieved", "not_read": "retrieved but not read",
    "wrong_answer": "wrong answer", "bad_citation": "bad citation", "wrong_refusal": "wrong refusal",
    "answered_unanswerable": "answered the unanswerable", "unjudged": "not judged",
    "rightly_refused": "rightly refused",
}
RUNG_MEANINGS: Mapping[Outcome, str] = {
    "error": "The question failed or ran out of time; it scores as the worst.",
    "not_retrieved": "No gold article is among the first 10 found.",
    "not_read": "A gold article was found, but the answer rests on others and is wrong.",
    "wrong_answer": "A gold article is cited, but the answer does not hold the gold answer.",
    "bad_citation": "The answer is right, but a citation is not exact or does not support it.",
    "wrong_refusal": "A gold article was found, but the service said that the articles do not say.",
    "answered_unanswerable": "The articles do not say, but an answer was given.",
    "unjudged": "The gold does not tell whether the answer is right.",
    "right": "The gold answer was given, and every citation holds.",
    "rightly_refused": "The articles do not say, and the service said so.",
}
UNSCALED = frozenset({"answer_words"})  # no share: has no place on a line from 0 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureText:
    """What a measure is. `headline`: shown at once, and not only with all the cut-offs."""

    name: str
    group: Group
    meaning: str
    headline: bool

    @property
    def lower_is_better(self) -> bool:
        return self.name in LOWER_IS_BETTER


@dataclass(frozen=True, slots=True, kw_only=True)
class RungRow:
    """How many questions came out in one way."""

    outcome: Outcome
    label: str
    meaning: str
    count: int


_FAMILIES: Mapping[str, tuple[Group, str]] = {
    "hit": ("Retrieval", "Questions with any gold article among the first {k} articles."),
    "recall": ("Retrieval", "Share of the gold articles that are among the first {k}."),
    "rr": ("Retrieval", "One over the rank of the first gold article, 0 beyond {k}."),
    "ndcg": ("Retrieval", "Gold articles in the first {k}, discounted by rank; 1 is the best order there could be."),
    "ap": ("Retrieval", "Precision at each gold article of the first {k}, averaged over all gold articles."),
    "evidence_recall": ("Retrieval", "Share of the gold evidence that the first {k} passages overlap."),
    "answer_in_context": ("Retrieval", "Questions whose answer occurs in the first {k} passages."),
    "contains": ("Reading", "Answers that hold a gold answer, on word boundaries."),
    "contains_first": ("Reading", "Answers whose first sentence holds a gold answer."),
    "exact_match": ("Reading", "Short answers that are a gold answer, normalised as SQuAD does."),
    "token_f1": ("Reading", "Overlap of words between the short answer and the nearest gold answer."),
    "answer_recall": ("Reading", "Share of the things to be said that the answer says."),
    "choice_accuracy": ("Reading", "Questions whose right choice is the one nearest to the answer."),
    "nugget_recall": ("Reading", "Share of the facts of a good answer that stand in one of its sentences."),
    "vital_nugget_recall": ("Reading", "The same over the vital facts only."),
    "answer_words": ("Reading", "Words in an answer, on average; padding shows here."),
    "quote_exact": ("Citations", "Quotes that are, character by character, what the article holds there."),
    "citation_precision": ("Citations", "Citations that support their sentence or are needed for it."),
    "citation_recall": ("Citations", "Sentences that their citations together support."),
    "gold_citation_precision": ("Citations", "Share of the cited articles that are gold."),
    "gold_citation_recall": ("Citations", "Share of the gold articles that are cited."),
    "invalid_citation_rate": ("Citations", "Citations of a source that was not found or of a span that is not there."),
    "uncited_sentence_rate": ("Citations", "Sentences without any valid citation."),
    "rejection_rate": ("Abstention", "Unanswerable questions that were refused."),
    "false_refusal_rate": ("Abstention", "Answerable questions that were refused."),
    "answerability_auroc": ("Abstention", "How often an answerable question gets more confidence than another."),
    "aurc": ("Abstention", "Mean risk over all coverages: how wrong, were it to answer the surest share only."),
    "nauc": ("Abstention", "How far the confidence orders right before wrong: 0 is chance, 1 as well as can be."),
    "risk": ("Abstention", "Share of wrong answers among the surest {k} % of the questions."),
}
_SHOWN_CUTOFFS = frozenset({"hit@1", "hit@5", "hit@10", "evidence_recall@5", "answer_in_context@5"})
_CUT = ("hit", "recall", "evidence_recall", "answer_in_context")


def describe_measure(name: str) -> MeasureText:
    """The wording of any measure of a report's ORDER."""
    family, _, cutoff = name.partition("@")
    group, meaning = _FAMILIES[family]
    headline = (family not in _CUT or name in _SHOWN_CUTOFFS) and name not in ("ap@10", "vital_nugget_recall")
    return MeasureText(name=name, group=group, meaning=meaning.format(k=cutoff), headline=headline)


def find_outcome(question: ScoredQuestion) -> Outcome:
    """The rung, where a right refusal is told from a right answer."""
    refused = question.rung == "right" and question.gold.answerable is False
    return "rightly_refused" if refused else question.rung


def list_rungs(counts: Mapping[Outcome, int]) -> list[RungRow]:
    """Every rung, those without a question too, but for the two that are no step of the ladder."""
    optional = ("error", "unjudged")
    return [
        RungRow(outcome=one, label=LADDER[one], meaning=RUNG_MEANINGS[one], count=counts.get(one, 0))
        for one in OUTCOMES if counts.get(one) or one not in optional
    ]
