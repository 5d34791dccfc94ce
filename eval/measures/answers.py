"""Gold answers and what was answered in, how right it is out."""

from collections import Counter
from collections.abc import Sequence

from eval.measures.words import contains_tokens, content_words, squad_tokens
from eval.questions import GoldAnswer, Nugget
from ingest.sentences import split_sentences


def exact_match(short: str, forms: Sequence[str]) -> float | None:
    """1 where the short answer is one of the forms, as the SQuAD 2.0 script compares; None where no form is known."""
    if not forms:
        return None
    return float(any(squad_tokens(short) == squad_tokens(form) for form in forms))


def token_f1(short: str, forms: Sequence[str]) -> float | None:
    """The best F1 of shared tokens over the forms, as the SQuAD 2.0 script; None where no form is known."""
    return max((overlap_f1(short, form) for form in forms), default=None)


def overlap_f1(left: str, right: str) -> float:
    """F1 of the tokens that two texts share; two empty texts are the same."""
    mine, theirs = squad_tokens(left), squad_tokens(right)
    if not mine or not theirs:
        return float(mine == theirs)
    shared = sum((Counter(mine) & Counter(theirs)).values())
    if not shared:
        return 0.0
    precision, recall = shared / len(mine), shared / len(theirs)
    return 2 * precision * recall / (precision + recall)


def contains(text: str, forms: Sequence[str]) -> float | None:
    """1 where any form stands in the answer, on token boundaries; None where no form is known."""
    if not forms:
        return None
    return float(any(contains_tokens(text, form) for form in forms))


def contains_first(text: str, forms: Sequence[str]) -> float | None:
    """1 where any form stands in the first sentence of the answer; None where no form is known."""
    return contains(first_sentence(text), forms)


def answer_recall(text: str, answers: Sequence[GoldAnswer]) -> float | None:
    """Share of several answers that the answer states; None where there are not several."""
    if len(answers) < 2:
        return None
    return sum(contains(text, answer.forms) or 0.0 for answer in answers) / len(answers)


def choice_accuracy(text: str, choices: Sequence[str], forms: Sequence[str]) -> float | None:
    """1 where the choice with the highest token F1 to the answer is right; a tie is wrong. None without choices."""
    right = [any(squad_tokens(choice) == squad_tokens(form) for form in forms) for choice in choices]
    if not any(right):
        return None
    scores = [overlap_f1(text, choice) for choice in choices]
    best = max(scores)
    return float(scores.count(best) == 1 and right[scores.index(best)])


def nugget_recall(text: str, nuggets: Sequence[Nugget]) -> float | None:
    """Share of nuggets all of whose content words and numbers stand within one sentence; None without nuggets."""
    if not nuggets:
        return None
    sentences = [set(content_words(sentence)) for sentence in sentences_of(text)]
    found = [any(set(content_words(nugget.text)) <= sentence for sentence in sentences) for nugget in nuggets]
    return sum(found) / len(found)


def count_words(text: str) -> float:
    """How long an answer is, so that padding shows."""
    return float(len(text.split()))


def sentences_of(text: str) -> list[str]:
    """The sentences of an answer."""
    return [text[one.start : one.end] for one in split_sentences(text)]


def first_sentence(text: str) -> str:
    """The first sentence of an answer; empty where the answer is."""
    return next(iter(sentences_of(text)), "")
