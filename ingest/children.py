"""A module of ours in, its outcome out: work that must not share our process, for its memory or its crashes."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run_module(module: str, arguments: Sequence[str], *, stdin: bytes = b"", seconds: float) -> str | None:
    """Run `module` as a program and return None, or why it failed: its last line, or how it ended."""
    # -P: whatever lies in the current folder under our names is not ours.
    start = f"import runpy, sys; sys.path.insert(0, {str(ROOT)!r}); runpy.run_module({module!r}, run_name='__main__')"
    command = [sys.executable, "-P", "-c", start, *arguments]
    try:
        done = subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=seconds)
    except subprocess.TimeoutExpired:
        return f"it was not done after {seconds:.0f} seconds"
    if done.returncode == 0:
        return None
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines and done.returncode > 0 else f"its process ended with {done.returncode}"
