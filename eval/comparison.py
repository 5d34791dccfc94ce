"""Two runs over the same questions in, what differs out: by measure with intervals, by slice, question by question."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.manifest import find_changes, require_comparable
from eval.report import ORDER, SET_MEASURES, RunReport
from eval.scoring import LOWER_IS_BETTER, ScoredQuestion
from eval.statistics import Difference, compare_paired, correct_holm


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureDelta:
    """A measure in both runs, over the `n` questions to which it applies in both; `p_holm` is p among all of them.

    `difference` is None for a measure of the whole set, which has no value for one question.
    """

    name: str
    before: float
    after: float
    n: int
    difference: Difference | None
    p_holm: float | None

    @property
    def better(self) -> bool:
        """Whether the second run has the better value."""
        return self.after < self.before if self.name in LOWER_IS_BETTER else self.after > self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedQuestion:
    """A question that was answered otherwise."""

    before: ScoredQuestion
    after: ScoredQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The second run against the first. `changed`: another answer, neither fixed nor broken by it."""

    before: RunReport
    after: RunReport
    settings: tuple[str, ...]  # what differs in the fingerprints
    measures: tuple[MeasureDelta, ...]
    slices: Mapping[str, tuple[MeasureDelta, ...]]
    fixed: tuple[ChangedQuestion, ...]
    broken: tuple[ChangedQuestion, ...]
    changed: tuple[ChangedQuestion, ...]


def compare(before: RunReport, after: RunReport) -> Comparison:
    """Compare two runs; RunMismatch where they asked other questions or searched other articles."""
    old, new = before.manifest.fingerprint, after.manifest.fingerprint
    require_comparable(old, new)
    pairs = pair_questions(before, after)
    other = [pair for pair in pairs if _differ(pair)]
    names = sorted(before.slices.keys() & after.slices.keys())
    return Comparison(
        before=before, after=after, settings=tuple(find_changes(old, new)), measures=_compare_all(pairs, before, after),
        slices={name: compare_measures([pair for pair in pairs if _is_in(name, pair)], ORDER) for name in names},
        fixed=tuple(pair for pair in other if _turned(pair.before, pair.after)),
        broken=tuple(pair for pair in other if _turned(pair.after, pair.before)),
        changed=tuple(
            pair
            for pair in other
            if not _turned(pair.before, pair.after) and not _turned(pair.after, pair.before)
        ),
    )


def pair_questions(before: RunReport, after: RunReport) -> list[ChangedQuestion]:
    """The questions of both runs, by id."""
    new = {one.row.id: one for one in after.questions}
    return [ChangedQuestion(before=one, after=new[one.row.id]) for one in before.questions]


def compare_measures(pairs: Sequence[ChangedQuestion], names: Iterable[str]) -> tuple[MeasureDelta, ...]:
    """The measures among `names` that both runs have, each over the questions to which it applies in both."""
    found: dict[str, tuple[float, float, Difference, int]] = {}
    for name in names:
        both = [pair for pair in pairs if name in pair.before.scores and name in pair.after.scores]
        if both:
            old = [pair.before.scores[name] for pair in both]
            new = [pair.after.scores[name] for pair in both]
            difference = compare_paired(old, new, [pair.before.cluster for pair in both])
            found[name] = (sum(old) / len(old), sum(new) / len(new), difference, len(both))
    adjusted = correct_holm({name: difference.p for name, (_, _, difference, _) in found.items()})
    return tuple(
        MeasureDelta(name=name, before=old_mean, after=new_mean, n=n, difference=difference, p_holm=adjusted[name])
        for name, (old_mean, new_mean, difference, n) in found.items()
    )


def _compare_all(
    pairs: Sequence[ChangedQuestion], before: RunReport, after: RunReport
) -> tuple[MeasureDelta, ...]:
    means = compare_measures(pairs, [name for name in ORDER if name not in SET_MEASURES])
    whole = []
    for name in SET_MEASURES:
        old, new = before.measures.get(name), after.measures.get(name)
        if old and new and old.value is not None and new.value is not None:
            whole.append(
                MeasureDelta(name=name, before=old.value, after=new.value, n=new.n, difference=None, p_holm=None)
            )
    return (*means, *whole)


def _is_in(name: str, pair: ChangedQuestion) -> bool:
    return name in pair.before.slices


def _differ(pair: ChangedQuestion) -> bool:
    return _said(pair.before) != _said(pair.after) or _well(pair.before) != _well(pair.after)


def _well(question: ScoredQuestion) -> bool:
    return question.rung == "right"


def _turned(worse: ScoredQuestion, better: ScoredQuestion) -> bool:
    return _well(better) and worse.rung not in ("right", "unjudged")


def _said(question: ScoredQuestion) -> str:
    reply = question.row.reply if question.row.status == "ok" else None
    return question.row.status if reply is None else f"{reply.status}: {reply.answer.text}"
