"""The command `footnote` as people run it: arguments in, exit code and output out, in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = Path(sys.executable).with_name("footnote")
SECONDS = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a finished command left: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401  any JSON
        return json.loads(self.out)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`footnote` in one folder, with nothing of our environment but the model cache.

    `first` is a folder of modules that come before all others, such as a `sitecustomize`.
    """

    folder: Path
    cache: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    first: Path | None = None

    def __call__(self, *arguments: str | Path, **environment: str) -> Done:
        """Run it; keywords are further environment variables."""
        return self.run([*self._program(), *map(str, arguments)], environment)

    def start(self, *arguments: str | Path, **environment: str) -> subprocess.Popen[bytes]:
        """Start it and go on; it prints to the files `out` and `err` of the folder, behind what they hold."""
        with (self.folder / "out").open("ab") as out, (self.folder / "err").open("ab") as err:
            return subprocess.Popen(
                [*self._program(), *map(str, arguments)], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=out,
                stderr=err, env={**self._environment(), **self.environment, **environment},
            )

    def python(self, code: str) -> Done:
        """Run Python code in the same surroundings."""
        return self.run([sys.executable, "-c", code], {})

    def run(self, program: list[str], environment: Mapping[str, str]) -> Done:
        done = subprocess.run(
            program, cwd=self.folder, env={**self._environment(), **self.environment, **environment}, timeout=SECONDS,
            capture_output=True, check=False, stdin=subprocess.DEVNULL,
        )
        return Done(code=done.returncode, out=done.stdout.decode("utf-8"), err=done.stderr.decode("utf-8"))

    def _environment(self) -> dict[str, str]:
        path = [str(folder) for folder in (self.first, None if SCRIPT.exists() else ROOT) if folder]
        return {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "FOOTNOTE_CACHE": str(self.cache),
            "PYTHONPATH": os.pathsep.join(path), "PYTHONWARNINGS": "default", "PYTHONDONTWRITEBYTECODE": "1",
            "LC_ALL": "C.UTF-8",
        }

    def _program(self) -> list[str]:
        if SCRIPT.exists():
            return [str(SCRIPT)]
        return [sys.executable, "-c", "from eval.cli import app; app(prog_name='footnote')"]
