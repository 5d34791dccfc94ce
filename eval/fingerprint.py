"""Files and code in, hashes out that are equal as long as nothing changes: what a run records and a resume compares."""

import hashlib
import subprocess
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = (
    "footnote-news", "chromadb", "ir-measures", "numpy", "onnxruntime", "pytrec-eval-terrier", "scipy", "sentencex",
    "tantivy", "tokenizers",
)


def hash_files(path: Path) -> str:
    """SHA-256 over the names and contents of a file or of all files of a folder, but for hidden ones."""
    digest = hashlib.sha256()
    folder = path if path.is_dir() else path.parent
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        name = file.relative_to(folder)
        if file.is_file() and not any(part.startswith(".") for part in name.parts):
            shown = name.as_posix() if path.is_dir() else "".join(path.suffixes)
            digest.update(shown.encode("utf-8", errors="replace") + b"\0")
            with file.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()


def hash_code(packages: Iterable[str]) -> str:
    """SHA-256 over the modules of our packages, as they are on the disk."""
    digest = hashlib.sha256()
    for file in sorted(file for package in packages for file in (ROOT / package).rglob("*.py")):
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def read_versions() -> dict[str, str]:
    """The versions of the packages that decide what comes out."""
    return {name: _version(name) for name in PACKAGES}


def read_commit() -> str | None:
    """The commit of the checkout, marked where files differ from it; None outside a checkout."""
    try:
        done = subprocess.run(
            ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=40"], capture_output=True,
            check=False, timeout=10, text=True,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() or None if done.returncode == 0 else None


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
