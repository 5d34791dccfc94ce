"""A run in, a small file to commit out: the scores of the gated measures by question, and what they are of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.errors import BadGate
from eval.manifest import Fingerprint
from eval.report import RunReport

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The best run so far. `scores` by measure and by question."""

    format: int
    name: str
    commit: str | None
    fingerprint: Fingerprint
    scores: Mapping[str, Mapping[str, float]]


_BASELINES = TypeAdapter(Baseline)


def make_baseline(report: RunReport, measures: Sequence[str]) -> Baseline:
    """What of a run a gate compares with."""
    return Baseline(
        format=FORMAT, name=report.manifest.name, commit=report.manifest.commit,
        fingerprint=report.manifest.fingerprint,
        scores={
            name: {one.row.id: one.scores[name] for one in report.questions if name in one.scores}
            for name in dict.fromkeys(measures)
        },
    )


def read_baseline(path: Path) -> Baseline:
    """BadGate where the file is no baseline."""
    try:
        return _BASELINES.validate_json(path.read_bytes())
    except OSError as error:
        raise BadGate(f"{path} cannot be read ({error.strerror}); make a baseline with --ratchet.") from error
    except ValidationError as error:
        raise BadGate(f"{path} is no baseline ({error.errors()[0]['msg']}); make one anew with --ratchet.") from error


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Write it whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(_BASELINES.dump_json(baseline, indent=1) + b"\n")
    new.replace(path)
