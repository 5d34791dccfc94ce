"""The rows of a run in, the measures of each question out; a measure that does not apply to a question is absent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from eval.measures import abstention, answers, citations, evidence, retrieval
from eval.measures.citations import Cited, Statement
from eval.measures.support import Support, make_lexical
from eval.questions import GoldQuestion
from eval.replies import Reply
from eval.results import QuestionFailure, QuestionResult
from ingest.sentences import split_sentences

Rung = Literal[
    "right", "error", "not_retrieved", "not_read", "wrong_answer", "bad_citation", "wrong_refusal",
    "answered_unanswerable", "unjudged",
]
RUNGS: tuple[Rung, ...] = (
    "right", "error", "not_retrieved", "not_read", "wrong_answer", "bad_citation", "wrong_refusal",
    "answered_unanswerable", "unjudged",
)
LOWER_IS_BETTER = frozenset(
    {"false_refusal_rate", "invalid_citation_rate", "uncited_sentence_rate", "aurc", "risk@80", "answer_words"}
)
RETRIEVED = "hit@10"

Scores = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredQuestion:
    """A row with its measures; `right` is None where nobody knows, `rung` how far down the failure ladder it fell."""

    row: QuestionResult | QuestionFailure
    scores: Scores
    right: bool | None
    confidence: float | None
    rung: Rung

    @property
    def gold(self) -> GoldQuestion:
        return self.row.gold

    @property
    def cluster(self) -> str:
        """The article that the question is about, which other questions may share; itself where there is none."""
        return min(self.gold.doc_ids, default=f"question {self.row.id}")

    @property
    def slices(self) -> tuple[str, ...]:
        """The slices that it names, its type, and whether it can be answered."""
        kind = (f"type:{self.gold.type}",) if self.gold.type else ()
        answerable = {True: ("answerable",), False: ("unanswerable",), None: ()}[self.gold.answerable]
        return tuple(dict.fromkeys((*self.gold.slices, *kind, *answerable)))


def score_rows(rows: Iterable[QuestionResult | QuestionFailure]) -> tuple[ScoredQuestion, ...]:
    """Every row scored, in order of the ids, so that nothing depends on the order in which answers came."""
    ordered = sorted(rows, key=lambda row: row.id)
    results = [row for row in ordered if isinstance(row, QuestionResult)]
    ranked_at_all = not results or any(row.ranked is not None for row in results)
    answered_at_all = not results or any(row.answer is not None for row in results)
    rankings = _score_rankings(ordered) if ranked_at_all else {}
    scored = []
    for row in ordered:
        if isinstance(row, QuestionFailure):
            scores = _score_failure(row.gold, ranked=ranked_at_all, answered=answered_at_all)
        else:
            scores = _score_result(row)
        scored.append(_judge(row, {**rankings.get(row.id, {}), **_present(scores)}))
    return tuple(scored)


def _score_rankings(rows: Sequence[QuestionResult | QuestionFailure]) -> dict[str, dict[str, float]]:
    relevant = {row.id: row.gold.relevant for row in rows}
    ranked = {
        row.id: [hit.article_id for hit in row.ranked or ()] for row in rows if isinstance(row, QuestionResult)
    }
    return retrieval.score_rankings(relevant, ranked)


def _score_result(row: QuestionResult) -> dict[str, float | None]:
    reply = row.reply
    scores: dict[str, float | None] = {} if row.ranked is None else _score_contexts(row.gold, row)
    if reply is not None:
        scores |= _score_answer(row.gold, reply) | _score_citations(row, reply)
        scores["rejection_rate"] = abstention.rejection_rate(reply.refused, row.gold.answerable)
        scores["false_refusal_rate"] = abstention.false_refusal_rate(reply.refused, row.gold.answerable)
    return scores


def _score_contexts(gold: GoldQuestion, row: QuestionResult) -> dict[str, float | None]:
    ranked = row.ranked or ()
    return {
        **{f"evidence_recall@{k}": evidence.evidence_recall(k, ranked, gold.evidence) for k in retrieval.CUTOFFS},
        **{f"answer_in_context@{k}": evidence.answer_in_context(k, ranked, gold.forms) for k in retrieval.CUTOFFS},
    }


def _score_answer(gold: GoldQuestion, reply: Reply) -> dict[str, float | None]:
    text = "" if reply.refused else reply.answer.text
    short = "" if reply.refused else reply.answer.short or reply.answer.text
    vital = [nugget for nugget in gold.nuggets if nugget.vital]
    return {
        "contains": answers.contains(text, gold.forms),
        "contains_first": answers.contains_first(text, gold.forms),
        "exact_match": answers.exact_match(short, gold.forms),
        "token_f1": answers.token_f1(short, gold.forms),
        "answer_recall": answers.answer_recall(text, gold.answers),
        "choice_accuracy": answers.choice_accuracy(text, gold.choices, gold.forms),
        "nugget_recall": answers.nugget_recall(text, gold.nuggets),
        "vital_nugget_recall": answers.nugget_recall(text, vital),
        "answer_words": None if reply.refused else answers.count_words(text),
    }


def _score_citations(row: QuestionResult, reply: Reply) -> dict[str, float | None]:
    """Of an answer that says nothing where the articles do say, precision and recall are 0."""
    gold = row.gold
    if reply.refused:
        nothing = _nothing_cited(gold)
        return nothing if gold.answerable else {}
    cited = check_citations(row, reply)
    statements = find_statements(reply)
    supports = make_support(row)
    documents = {one.article_id for one in cited if one.article_id is not None and one.valid}
    return {
        "quote_exact": citations.quote_exact(cited),
        "citation_precision": citations.citation_precision(statements, cited, supports=supports),
        "citation_recall": citations.citation_recall(statements, cited, supports=supports),
        "gold_citation_precision": citations.gold_citation_precision(documents, gold.relevant),
        "gold_citation_recall": citations.gold_citation_recall(documents, gold.relevant),
        "invalid_citation_rate": citations.invalid_citation_rate(cited),
        "uncited_sentence_rate": citations.uncited_sentence_rate(statements, cited),
    }


def _nothing_cited(gold: GoldQuestion) -> dict[str, float | None]:
    by_article = 0.0 if gold.relevant else None
    return {
        "citation_precision": 0.0, "citation_recall": 0.0, "gold_citation_precision": by_article,
        "gold_citation_recall": by_article,
    }


def check_citations(row: QuestionResult, reply: Reply) -> list[Cited]:
    """The citations of a reply beside what the articles really hold."""
    held = {check.citation_id: check for check in row.checks}
    cited = []
    for one in reply.citations:
        source, check = reply.source(one), held.get(one.id)
        cited.append(
            Cited(
                article_id=source.article_id if source else None, quote=one.quote,
                held=check.text if check else None,
                intact=bool(source and check and check.text_sha256 == source.text_sha256),
            )
        )
    return cited


def make_support(row: QuestionResult) -> Support:
    """What decides whether cited texts support a statement of this question's answer."""
    return make_lexical([hit.text for hit in row.ranked or () if hit.text])


def find_statements(reply: Reply) -> list[Statement]:
    """The sentences of a reply, each with the citations whose span of the answer touches it."""
    text = reply.answer.text
    return [
        Statement(
            text=text[sentence.start : sentence.end],
            cited=tuple(
                number
                for number, one in enumerate(reply.citations)
                if one.answer_span.start < sentence.end and sentence.start < one.answer_span.end
            ),
        )
        for sentence in split_sentences(text)
    ]


def _score_failure(gold: GoldQuestion, *, ranked: bool, answered: bool) -> dict[str, float | None]:
    """The worst of every measure that the question's gold makes apply: 0, or 1 where lower is better."""
    scores: dict[str, float | None] = {}
    if ranked:
        for k in retrieval.CUTOFFS:
            scores[f"evidence_recall@{k}"] = evidence.evidence_recall(k, (), gold.evidence)
            scores[f"answer_in_context@{k}"] = evidence.answer_in_context(k, (), gold.forms)
    if answered:
        nothing = {name: answers.contains("", gold.forms) for name in ("contains", "contains_first")}
        scores |= nothing | {
            "exact_match": 0.0 if gold.forms else None, "token_f1": 0.0 if gold.forms else None,
            "answer_recall": answers.answer_recall("", gold.answers),
            "choice_accuracy": answers.choice_accuracy("", gold.choices, gold.forms),
            "nugget_recall": answers.nugget_recall("", gold.nuggets),
            "vital_nugget_recall": answers.nugget_recall("", [one for one in gold.nuggets if one.vital]),
            "rejection_rate": abstention.rejection_rate(False, gold.answerable),
            "false_refusal_rate": abstention.false_refusal_rate(True, gold.answerable),
        }
        if gold.answerable:
            scores |= _nothing_cited(gold)
            scores |= {"quote_exact": 0.0, "invalid_citation_rate": 1.0, "uncited_sentence_rate": 1.0}
    return scores


def _judge(row: QuestionResult | QuestionFailure, scores: Scores) -> ScoredQuestion:
    right = _is_right(row, scores)
    return ScoredQuestion(
        row=row, scores=scores, right=right, confidence=_confidence(row), rung=_find_rung(row, scores, right)
    )


def _is_right(row: QuestionResult | QuestionFailure, scores: Scores) -> bool | None:
    """Whether answering was right: never where the question is unanswerable; None where the gold does not tell."""
    if row.gold.answerable is False:
        return False
    for measure in ("choice_accuracy", "answer_recall", "contains", "nugget_recall"):
        if measure in scores:
            return scores[measure] == 1.0
    return None


def _confidence(row: QuestionResult | QuestionFailure) -> float | None:
    """The probability that the reply states; of a failure the one that is furthest from the truth."""
    if isinstance(row, QuestionFailure):
        return 1.0 if row.gold.answerable is False else 0.0
    reply = row.reply
    return None if reply is None else reply.confidence.probability


def _find_rung(row: QuestionResult | QuestionFailure, scores: Scores, right: bool | None) -> Rung:
    if isinstance(row, QuestionFailure):
        return "error"
    reply = row.reply
    retrieved = scores.get(RETRIEVED, 1.0) > 0
    if reply is None:
        return "unjudged" if RETRIEVED not in scores else "right" if retrieved else "not_retrieved"
    if row.gold.answerable is False:
        return "right" if reply.refused else "answered_unanswerable"
    if not reply.refused and right:
        well = all(scores.get(name, 1.0) == 1.0 for name in ("quote_exact", "citation_precision", "citation_recall"))
        return "right" if well else "bad_citation"
    return _find_failure(scores, refused=reply.refused, judged=right is not None, retrieved=retrieved)


def _find_failure(scores: Scores, *, refused: bool, judged: bool, retrieved: bool) -> Rung:
    """Why an answerable question was not answered rightly: the first step that failed."""
    if not retrieved:
        return "not_retrieved"
    if refused:
        return "wrong_refusal"
    if not judged:
        return "unjudged"
    return "wrong_answer" if scores.get("gold_citation_recall", 1.0) > 0 else "not_read"


def _present(scores: Mapping[str, float | None]) -> dict[str, float]:
    return {name: value for name, value in scores.items() if value is not None}
