"""The modules of the widget are typed: TypeScript, strict, finds nothing wrong with their JSDoc."""

import shutil
import subprocess

import pytest

from tests.browser.stage import WIDGET

TSC = shutil.which("tsc")


@pytest.mark.skipif(TSC is None, reason="there is no tsc; install it: npm install --global typescript@7.0.2")
def test_typescript_finds_nothing() -> None:
    done = subprocess.run(
        [str(TSC), "--project", WIDGET, "--pretty", "false"], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stdout == ""
    assert done.returncode == 0
