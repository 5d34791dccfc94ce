"""Every error becomes a problem of the registry, and says no more than a client may know."""

import json
import sqlite3

import pytest

from ingest import errors as ingest_errors
from ingest.errors import (
    BrokenCatalog,
    BrokenIndex,
    DuplicateArticle,
    EmptyCatalog,
    FootnoteError,
    IndexMismatch,
    ModelError,
    UnknownArticle,
    UnreadableArticle,
    UsageError,
)
from service.api.problems import KINDS, MEDIA_TYPE, InvalidField, Refusal, of_status, problem_response, refuse
from service.errors import BrokenKeys, Overloaded, UnknownIngestion

SECRET = "/srv/news/catalog.sqlite3"


def test_registry_names_each_type_once_with_a_status_that_is_an_error() -> None:
    assert list(KINDS) == [kind.name for kind in KINDS.values()]
    statuses = {kind.status for kind in KINDS.values()}
    assert statuses == {400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503}
    assert len({kind.title for kind in KINDS.values()}) == len(KINDS)


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (UnknownArticle(SECRET), "unknown-article"),
        (UnknownIngestion(SECRET), "unknown-ingestion"),
        (EmptyCatalog(SECRET), "no-articles"),
        (DuplicateArticle("the id belongs to feed"), "article-id-taken"),
        (UnreadableArticle("the text is empty"), "unreadable-article"),
        (UsageError("--limit 0"), "invalid-request"),
        (Overloaded("64 wait"), "overloaded"),
        (BrokenIndex(SECRET), "index-broken"),
        (IndexMismatch(SECRET), "index-broken"),
        (ModelError(SECRET), "index-broken"),
        (BrokenCatalog(SECRET), "storage-failed"),
        (BrokenKeys(SECRET), "storage-failed"),
        (sqlite3.OperationalError(SECRET), "storage-failed"),
        (OSError(28, "No space left on device", SECRET), "storage-failed"),
        (FootnoteError(SECRET), "internal-error"),
    ],
)
def test_error_becomes_its_problem_and_names_no_path(error: FootnoteError | OSError, name: str) -> None:
    refusal = refuse(error)
    assert (refusal.kind.name, refusal.status_code) == (name, KINDS[name].status)
    assert SECRET not in refusal.detail


@pytest.mark.parametrize("error", [DuplicateArticle("feed has it"), UnreadableArticle("no text"), Overloaded("wait")])
def test_client_is_told_what_it_can_mend(error: FootnoteError) -> None:
    assert refuse(error).detail == str(error)


def test_overload_says_when_to_come_back() -> None:
    headers = refuse(Overloaded("wait")).headers
    assert headers is not None
    assert headers["Retry-After"] == "1"


def test_every_error_of_an_article_or_an_index_has_a_problem_of_its_own() -> None:
    """Except Locked, which a service that owns its folder does not meet."""
    families = [
        family for family in vars(ingest_errors).values()
        if isinstance(family, type) and issubclass(family, FootnoteError) and family is not FootnoteError
    ]
    without = {family.__name__ for family in families if refuse(family("x")).kind.name == "internal-error"}
    assert without == {"Locked"}


def test_response_is_a_problem_as_rfc_9457_has_it() -> None:
    field = InvalidField(pointer="/question", detail="Field required")
    response = problem_response(Refusal("invalid-request", errors=[field]), path="/v1/ask", request_id="r" * 8)
    assert (response.status_code, response.media_type) == (422, MEDIA_TYPE)
    assert json.loads(bytes(response.body)) == {
        "type": "/problems#invalid-request", "title": "The request is not valid", "status": 422,
        "detail": "`errors` names each field and what is wrong with it.", "instance": "/v1/ask",
        "request_id": "rrrrrrrr", "errors": [{"pointer": "/question", "detail": "Field required"}],
    }


def test_problem_without_fields_has_no_errors() -> None:
    response = problem_response(Refusal("not-found"), path="/nowhere", request_id="r" * 8)
    assert "errors" not in json.loads(bytes(response.body))


@pytest.mark.parametrize(
    ("status", "name"),
    [(400, "malformed-json"), (404, "not-found"), (405, "method-not-allowed"), (500, "internal-error"),
     (418, "internal-error")],
)
def test_status_of_the_framework_becomes_a_problem(status: int, name: str) -> None:
    refusal = of_status(status, {"Allow": "GET"})
    assert refusal.kind.name == name
    assert refusal.headers == {"Allow": "GET"}
