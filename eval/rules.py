"""A YAML file of named rules in, the rules out, parsed: what a gate and a matrix are written in."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from eval.errors import BadGate

Rule = TypeVar("Rule")


def read_rules(path: Path, kind: TypeAdapter[dict[str, Rule]], *, what: str, example: str) -> dict[str, Rule]:
    """The rules by name, in their order, at least one; BadGate names what cannot be one, and shows the `example`."""
    try:
        rules = kind.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise BadGate(f"{path} cannot be read ({error.strerror}); give a YAML file of {what}s.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadGate(f"{path} is not YAML: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise BadGate(f"{path}: {place}: {first['msg']}; write {what}s as `{example}`.") from error
    if not rules:
        raise BadGate(f"{path} holds no {what}, so nothing would be asked of a run; write one.")
    return rules
