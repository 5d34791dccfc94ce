"""The OpenAPI document: committed, stable, complete, and true of every response that generated requests get."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode, SerializationContext
from schemathesis.checks import negative_data_rejection, positive_data_acceptance

import service.api
from service.api.access import GuardedRoute
from service.api.app import ROUTERS
from service.api.problems import KINDS, MEDIA_TYPE
from tests.golden_files import check_file
from tests.serving import MACHINE, Api, copy, open_api

DOCUMENT = Path(service.api.__path__[0]) / "openapi.json"
OPERATIONS = {
    "ask": "POST /v1/ask", "search": "POST /v1/search", "check": "POST /v1/check",
    "rateAnswer": "POST /v1/answers/{answer_id}/feedback",
    "listArticles": "GET /v1/articles",
    "postArticles": "POST /v1/articles", "getArticleText": "GET /v1/articles/{article_id}/text",
    "getArticle": "GET /v1/articles/{article_id}", "deleteArticle": "DELETE /v1/articles/{article_id}",
    "createIngestion": "POST /v1/ingestions", "getIngestion": "GET /v1/ingestions/{ingestion_id}",
    "getHealth": "GET /healthz", "getReadiness": "GET /readyz", "getConfig": "GET /v1/config",
    "getMetrics": "GET /metrics", "examine": "GET /v1/doctor",
}
EXAMPLES = 15  # requests of each kind for each operation
DEAR = ("GET /v1/doctor",)  # reads every file, and asks the index in a process of its own
# What no schema says: which cursors were given, what is readable as an article, and that lines are no JSON.
BEYOND = {
    "GET /v1/articles": (positive_data_acceptance,),
    "POST /v1/articles": (positive_data_acceptance,),
    "POST /v1/ingestions": (negative_data_rejection,),
}


@schemathesis.serializer("application/x-ndjson")
def write_lines(context: SerializationContext, value: object) -> bytes:
    """Lines are text to the document."""
    del context
    return str(value).encode("utf-8", errors="replace")


@pytest.fixture(scope="module")
def api(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    folder = copy(archive, tmp_path_factory.mktemp("description"))
    with open_api(folder, allowed_hosts="testserver", rate="1000000/second") as api:
        yield api


@pytest.fixture(scope="module")
def document(api: Api) -> Any:  # noqa: ANN401  any JSON
    return api.client.get("/openapi.json").json()


def _operations(document: Any) -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401  any JSON
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def test_document_is_the_one_that_is_committed(document: object) -> None:
    check_file(DOCUMENT, json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def test_operations_keep_their_names(document: object) -> None:
    assert {operation["operationId"]: place for place, operation in _operations(document)} == OPERATIONS


def test_every_operation_declares_its_problems_and_says_what_it_does(document: object) -> None:
    for place, operation in _operations(document):
        assert operation["summary"], place
        assert operation["description"], place
        assert len(operation["tags"]) == 1
        declared = {int(status) for status in operation["responses"]}
        assert {400, 403, 405, 500, 503} <= declared, place
        assert "requestBody" not in operation or {413, 415, 422} <= declared, place
        for status in declared - {200, 201, 202, 204, 304}:
            content = operation["responses"][str(status)]["content"]
            assert list(content) == [MEDIA_TYPE], (place, status)
            assert content[MEDIA_TYPE]["schema"] == {"$ref": "#/components/schemas/Problem"}
            assert KINDS[content[MEDIA_TYPE]["example"]["type"].partition("#")[2]].status == status


def test_every_guarded_operation_says_which_key_it_needs(document: object) -> None:
    guards = {
        route.operation_id: route.guard
        for router in ROUTERS for route in router.routes if isinstance(route, GuardedRoute)
    }
    for place, operation in _operations(document):
        guard = guards.get(operation["operationId"])
        keys: list[dict[str, list[str]]] = [{"key": []}]
        if guard is None:
            assert "security" not in operation, place
        else:
            assert operation["security"] == ([{}, *keys] if guard.open else keys), place
        assert guard is None or {401, 429} <= {int(status) for status in operation["responses"]}, place


def test_every_body_has_an_example(document: Any) -> None:  # noqa: ANN401  any JSON
    for place, operation in _operations(document):
        for content in operation.get("requestBody", {}).get("content", {}).values():
            assert "example" in json.dumps(_resolve(content, document)), place


def test_nothing_is_referred_to_that_is_not_there_nor_there_for_nothing(document: Any) -> None:  # noqa: ANN401  JSON
    text = json.dumps(document)
    for name in document["components"]["schemas"]:
        assert f'"#/components/schemas/{name}"' in text, name
    assert "HTTPValidationError" not in text


def _resolve(value: Any, document: Any) -> Any:  # noqa: ANN401  any JSON
    """The value with every reference followed."""
    if isinstance(value, dict):
        if "$ref" in value:
            return _resolve(document["components"]["schemas"][value["$ref"].rpartition("/")[2]], document)
        return {name: _resolve(one, document) for name, one in value.items()}
    return [_resolve(one, document) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["valid", "invalid"])
@pytest.mark.parametrize("place", OPERATIONS.values())
def test_generated_requests_get_what_the_document_says(api: Api, place: str, mode: GenerationMode) -> None:
    """No undocumented status, no response against its schema, no invalid request accepted, no error of ours."""
    method, path = place.split(" ")
    operation = schemathesis.openapi.from_asgi("/openapi.json", api.app)[path][method]
    if mode is GenerationMode.NEGATIVE and not list(operation.iter_parameters()) and not operation.body:
        pytest.skip("nothing of it can be invalid")

    @settings(
        max_examples=2 if place in DEAR else EXAMPLES, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Case[Any]) -> None:
        case.call_and_validate(headers=MACHINE, excluded_checks=list(BEYOND.get(place, ())))

    check()
