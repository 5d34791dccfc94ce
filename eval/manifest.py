"""What a run was made with in, `manifest.json` out and back; two manifests in, what differs out."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.errors import BrokenRun, RunMismatch

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What decides the measures. Two runs can be compared where questions and articles are the same."""

    questions: int
    questions_sha256: str
    selection: Mapping[str, str]
    target: str
    given: bool
    corpus_sha256: str | None
    articles: int
    articles_sha256: str
    passages: int | None
    passages_sha256: str | None
    parts: Mapping[str, str]
    code_sha256: str
    versions: Mapping[str, str]
    support: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a run was made with. `as_of` is the day of the questions that name none: the day on which the run began."""

    format: int
    created_at: datetime
    as_of: date
    name: str
    commit: str | None
    fingerprint: Fingerprint


_MANIFESTS = TypeAdapter(Manifest)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write it whole or not at all, whatever ends this process."""
    new = folder / f"{MANIFEST}.new"
    new.write_bytes(_MANIFESTS.dump_json(manifest, indent=2) + b"\n")
    new.replace(folder / MANIFEST)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a run folder; BrokenRun where there is none."""
    path = folder / MANIFEST
    try:
        return _MANIFESTS.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise BrokenRun(f"{path} is not a run's manifest; give a folder that `footnote eval run` wrote.") from error


def require_same(recorded: Fingerprint, now: Fingerprint) -> None:
    """RunMismatch names everything that changed since a run began, so that it cannot be continued."""
    changed = find_changes(recorded, now)
    if changed:
        raise RunMismatch(
            f"The run cannot be continued, for this changed since it began: {', '.join(changed)}; start another run."
        )


def find_changes(before: Fingerprint, after: Fingerprint) -> list[str]:
    """The names of the fields that differ, of `parts`, `selection` and `versions` those of their entries."""
    changed: list[str] = []
    old, new = asdict(before), asdict(after)
    for name, value in old.items():
        if isinstance(value, dict):
            keys = sorted(value.keys() | new[name].keys())
            changed += [f"{name}.{key}" for key in keys if value.get(key) != new[name].get(key)]
        elif value != new[name]:
            changed.append(name)
    return changed


def require_comparable(before: Fingerprint, after: Fingerprint) -> None:
    """RunMismatch where two runs asked other questions or searched other articles."""
    if before.questions_sha256 != after.questions_sha256:
        raise RunMismatch("The runs asked other questions; run both over the same file and selection.")
    same_file = before.corpus_sha256 is not None and before.corpus_sha256 == after.corpus_sha256
    if before.articles_sha256 != after.articles_sha256 and not same_file:
        raise RunMismatch("The runs searched other articles; run both over the same corpus.")
    if before.given != after.given:
        raise RunMismatch("One of the runs was given the articles and the other had to find them; compare like runs.")


def dump(value: object) -> str:
    """JSON as all our files have it."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
