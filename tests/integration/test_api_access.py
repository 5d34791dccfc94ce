"""Who may do what: a refusal is a problem of the registry, comes before any work, and leaves no trace of a question."""

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest
from fastapi.routing import APIRoute

from ingest.embedding import Matrix
from service.answering import Answerer
from service.api.access import GuardedRoute
from service.api.app import ROUTERS
from service.api.problems import KINDS
from service.keys import KEYS
from tests.fakes import FailingEncoder, WordEncoder
from tests.serving import JSON, MACHINE, NDJSON, SECONDS, Api, copy, open_api, wait_for

CANARY = "zanzibarcanary"  # asked in every request of this file, and logged by none
SITE = "https://news.example"
BODY_BYTES = 4_000
QUESTION = json.dumps({"question": f"Where is {CANARY}?"}).encode()
Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """A service whose keys these are, by scope."""

    api: Api
    secrets: Mapping[str, str]
    ids: Mapping[str, str]

    def headers(self, scope: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secrets[scope]}"}


@pytest.fixture(scope="module")
def keyed(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keys]:
    """A service with a key for each scope, and a page that may ask."""
    folder = copy(archive, tmp_path_factory.mktemp("access"))
    with open_api(folder, cors_origins=SITE, max_body_bytes=BODY_BYTES, max_upload_bytes=9_000) as api:
        made = {scope: api.service.keys.create(f"for {scope}", [scope]) for scope in ("ask", "ingest", "admin")}
        yield Keys(
            api=api, secrets={scope: one.secret for scope, one in made.items()},
            ids={scope: one.key.id for scope, one in made.items()},
        )


@pytest.fixture
def api(archive: Path, tmp_path: Path) -> Iterator[Api]:
    """A service without keys on a loopback address, for this test alone."""
    with open_api(copy(archive, tmp_path)) as api:
        yield api


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A request and the problem it must get. `key` is the scope of the key that it is sent with."""

    problem: str
    method: str = "POST"
    path: str = "/v1/ask"
    key: str | None = "ask"
    headers: Headers = field(default_factory=lambda: dict(JSON))
    content: bytes = QUESTION
    chunked: bool = False


def _with(**headers: str) -> Headers:
    return {**JSON, **{name.replace("_", "-"): value for name, value in headers.items()}}


REFUSED = {
    "no key": Refused(problem="key-required", key=None),
    "wrong key": Refused(problem="key-required", key=None, headers=_with(Authorization=f"Bearer fn_{CANARY}")),
    "empty key": Refused(problem="key-required", key=None, headers=_with(Authorization="Bearer ")),
    "another scheme": Refused(problem="key-required", key=None, headers=_with(Authorization="Basic Zm9vOmJhcg==")),
    "key without a scheme": Refused(problem="key-required", key=None, headers=_with(Authorization="fn_key")),
    "no key for an article": Refused(problem="key-required", key=None, path="/v1/articles"),
    "no key for an upload": Refused(problem="key-required", key=None, path="/v1/ingestions", headers=NDJSON),
    "no key to delete": Refused(problem="key-required", key=None, method="DELETE", path=f"/v1/articles/{CANARY}"),
    "no key for metrics": Refused(problem="key-required", key=None, method="GET", path="/metrics"),
    "ask may not post": Refused(problem="scope-missing", path="/v1/articles"),
    "ask may not upload": Refused(problem="scope-missing", path="/v1/ingestions", headers=NDJSON),
    "ask may not delete": Refused(problem="scope-missing", method="DELETE", path="/v1/articles/n1"),
    "ask may not see metrics": Refused(problem="scope-missing", method="GET", path="/metrics"),
    "ask may not examine": Refused(problem="scope-missing", method="GET", path="/v1/doctor"),
    "ingest may not ask": Refused(problem="scope-missing", key="ingest"),
    "ingest may not list": Refused(problem="scope-missing", key="ingest", method="GET", path="/v1/articles"),
    "ingest may not examine": Refused(problem="scope-missing", key="ingest", method="GET", path="/v1/doctor"),
    "foreign host": Refused(problem="foreign-host", headers=_with(Host="evil.example")),
    "foreign host with a port": Refused(problem="foreign-host", headers=_with(Host="evil.example:8000")),
    "foreign origin": Refused(problem="foreign-origin", headers=_with(Origin="https://evil.example")),
    "no origin": Refused(problem="foreign-origin", headers=_with(Origin="null")),
    "too large": Refused(problem="too-large", content=QUESTION + b" " * BODY_BYTES),
    "too large without saying so": Refused(problem="too-large", content=QUESTION + b" " * BODY_BYTES, chunked=True),
    "too large an upload": Refused(
        problem="too-large", key="ingest", path="/v1/ingestions", headers=NDJSON, content=QUESTION * 300, chunked=True
    ),
    "no type": Refused(problem="unsupported-media-type", headers={}),
    "a form": Refused(
        problem="unsupported-media-type", headers={"Content-Type": "application/x-www-form-urlencoded"}
    ),
    "plain text": Refused(problem="unsupported-media-type", headers={"Content-Type": "text/plain"}),
    "JSON where lines belong": Refused(
        problem="unsupported-media-type", key="ingest", path="/v1/ingestions", headers=JSON
    ),
    "malformed": Refused(problem="malformed-json", content=QUESTION[:-1]),
    "not UTF-8": Refused(problem="malformed-json", content=f'{{"question": "{CANARY} \xe9"}}'.encode("latin-1")),
    "nested too deeply": Refused(problem="malformed-json", content=b"[" * 3_000),
    "a list": Refused(problem="invalid-request", content=json.dumps([CANARY]).encode()),
    "a string": Refused(problem="invalid-request", content=json.dumps(CANARY).encode()),
    "nothing": Refused(problem="invalid-request", content=b""),
    "a misspelt field": Refused(problem="invalid-request", content=json.dumps({CANARY: CANARY}).encode()),
    "half of a surrogate pair": Refused(
        problem="invalid-request", content=b'{"question": "' + CANARY.encode() + rb' \ud800"}'
    ),
    "nowhere": Refused(problem="not-found", path=f"/v1/{CANARY}"),
    "another method": Refused(problem="method-not-allowed", method="PUT"),
    "unknown article": Refused(problem="unknown-article", method="GET", path=f"/v1/articles/{CANARY}"),
    "unknown ingestion": Refused(
        problem="unknown-ingestion", key="ingest", method="GET", path=f"/v1/ingestions/{CANARY}"
    ),
    "unreadable article": Refused(
        problem="unreadable-article", key="ingest", path="/v1/articles", content=b'{"text": " ", "id": "blank"}'
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_request_gets_its_problem_and_leaves_no_trace_of_the_question(keyed: Keys, name: str) -> None:
    refused, kind = REFUSED[name], KINDS[REFUSED[name].problem]
    headers = {**refused.headers, **(keyed.headers(refused.key) if refused.key else {})}
    content = iter([refused.content[:100], refused.content[100:]]) if refused.chunked else refused.content
    response = keyed.api.client.request(refused.method, refused.path, headers=headers, content=content)
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert (response.status_code, problem["status"]) == (kind.status, kind.status)
    assert (problem["type"], problem["title"]) == (f"/problems#{kind.name}", kind.title)
    assert problem["detail"]
    assert problem["instance"] == refused.path
    assert problem["request_id"] == response.headers["X-Request-Id"]
    assert CANARY not in keyed.api.logged.getvalue()
    last = keyed.api.events[-1]
    assert (last["event"], last["status"], last["request_id"]) == ("request", kind.status, problem["request_id"])


def test_answered_question_leaves_no_trace_of_its_words(keyed: Keys) -> None:
    turns = [{"role": "user", "content": CANARY}]
    body = {"question": f"{CANARY}?", "conversation": turns, "filters": {"publishers": [CANARY]}}
    response = keyed.api.client.post("/v1/ask", json=body, headers=keyed.headers("ask"))
    assert response.status_code == 200
    response = keyed.api.client.post("/v1/search", json={"query": CANARY}, headers=keyed.headers("ask"))
    assert response.status_code == 200
    assert CANARY not in keyed.api.logged.getvalue()
    assert CANARY not in keyed.api.client.get("/metrics", headers=keyed.headers("admin")).text
    last = [event for event in keyed.api.events if event.get("answered")][-1]
    assert (last["answered"], last["question_characters"]) == ("no_answer", len(CANARY) + 1)
    assert last["client"] == keyed.ids["ask"]


def test_questions_are_logged_where_that_was_asked_for(archive: Path, tmp_path: Path) -> None:
    with open_api(copy(archive, tmp_path), log_questions=True) as api:
        api.ask(f"Where is {CANARY}?")
        assert api.events[-1]["question"] == f"Where is {CANARY}?"


def test_refusal_of_a_key_says_how_to_get_one(keyed: Keys) -> None:
    missing = keyed.api.client.post("/v1/ask", content=QUESTION, headers=JSON)
    assert missing.headers["WWW-Authenticate"] == 'Bearer realm="footnote"'
    assert "footnote keys create" in missing.json()["detail"]
    wrong = keyed.api.client.post("/v1/ask", content=QUESTION, headers=_with(Authorization="Bearer fn_wrong"))
    assert wrong.headers["WWW-Authenticate"] == 'Bearer realm="footnote", error="invalid_token"'
    scope = keyed.api.client.post("/v1/articles", content=QUESTION, headers={**JSON, **keyed.headers("ask")})
    assert "'ingest'" in scope.json()["detail"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/ask", {"POST"}), ("GET", "/v1/search", {"POST"}), ("PUT", "/v1/articles", {"GET", "POST"}),
        ("POST", "/v1/articles/n1", {"GET", "DELETE"}), ("POST", "/healthz", {"GET"}), ("POST", "/docs", {"GET"}),
        ("DELETE", "/v1/ingestions", {"POST"}), ("POST", "/openapi.json", {"GET"}),
    ],
)
def test_refused_method_names_every_one_that_is_allowed(
    keyed: Keys, method: str, path: str, allowed: set[str]
) -> None:
    response = keyed.api.client.request(method, path, headers=keyed.headers("admin"))
    assert response.status_code == 405
    assert {one.strip() for one in response.headers["Allow"].split(",")} - {"HEAD"} == allowed


@pytest.mark.parametrize("scope", ["ask", "admin"])
def test_key_that_allows_it_is_let_in(keyed: Keys, scope: str) -> None:
    response = keyed.api.client.post("/v1/ask", content=QUESTION, headers={**JSON, **keyed.headers(scope)})
    assert response.status_code == 200


@pytest.mark.parametrize("scope", ["ingest", "admin"])
def test_key_that_allows_it_may_write(keyed: Keys, scope: str) -> None:
    headers = keyed.headers(scope)
    posted = keyed.api.client.post("/v1/articles", json={"id": scope, "text": "A dog barked."}, headers=headers)
    assert posted.status_code == 201
    assert keyed.api.client.delete(f"/v1/articles/{scope}", headers=headers).status_code == 204
    line = b'{"id": "line", "text": "A dog barked."}\n'
    uploaded = keyed.api.client.post("/v1/ingestions", content=line, headers={**NDJSON, **headers})
    assert uploaded.status_code == 202
    assert keyed.api.client.get(uploaded.headers["Location"], headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/metrics", "/v1/config", "/v1/articles"])
def test_administrator_may_do_everything(keyed: Keys, path: str) -> None:
    assert keyed.api.client.get(path, headers=keyed.headers("admin")).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/docs", "/problems", "/openapi.json"])
def test_what_says_nothing_of_the_articles_needs_no_key(keyed: Keys, path: str) -> None:
    assert keyed.api.client.get(path).status_code == 200


def test_commands_of_this_machine_may_do_everything(keyed: Keys) -> None:
    assert keyed.api.client.get("/metrics", headers=MACHINE).status_code == 200
    wrong = {"Authorization": MACHINE["Authorization"][:-1]}
    assert keyed.api.client.get("/metrics", headers=wrong).status_code == 401


def test_revoked_key_is_refused_at_once(api: Api) -> None:
    api.service.keys.create("stays", ["admin"])
    made = api.service.keys.create("goes", ["ask"])
    headers = {**JSON, "Authorization": f"Bearer {made.secret}"}
    assert api.client.post("/v1/ask", content=QUESTION, headers=headers).status_code == 200
    api.service.keys.revoke(made.key.id)
    assert api.client.post("/v1/ask", content=QUESTION, headers=headers).status_code == 401


def test_without_keys_whoever_is_on_this_machine_may_ask_and_nobody_may_write(api: Api) -> None:
    assert api.client.post("/v1/ask", content=QUESTION, headers=JSON).status_code == 200
    assert api.client.get("/v1/articles").status_code == 200
    assert api.client.get("/metrics").status_code == 200
    for response in (
        api.client.post("/v1/articles", json={"text": "A dog barked."}),
        api.client.post("/v1/ingestions", content=b'{"text": "A dog."}\n', headers=NDJSON),
        api.client.delete("/v1/articles/n1"),
        api.client.get("/v1/doctor"),
    ):
        assert (response.status_code, response.json()["type"]) == (401, "/problems#key-required")


def test_first_key_closes_the_service_to_those_without(api: Api) -> None:
    assert api.client.post("/v1/ask", content=QUESTION, headers=JSON).status_code == 200
    api.service.keys.create("first", ["ask"])
    assert api.client.post("/v1/ask", content=QUESTION, headers=JSON).status_code == 401


def test_where_strangers_may_come_nobody_asks_without_a_key(archive: Path, tmp_path: Path) -> None:
    with open_api(copy(archive, tmp_path), trusting=False) as api:
        assert api.client.post("/v1/ask", content=QUESTION, headers=JSON).status_code == 401


def test_key_file_that_cannot_be_read_lets_nobody_in_and_names_no_path(api: Api) -> None:
    (api.service.folder / KEYS).write_text("[{]", encoding="utf-8")
    response = api.client.post("/v1/ask", content=QUESTION, headers=JSON)
    assert response.status_code == 503
    assert response.json()["type"] == "/problems#storage-failed"
    assert str(api.service.folder) not in response.text
    assert str(api.service.folder) in api.events[-2]["reason"]


def _guarded() -> list[APIRoute]:
    return [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]


def test_every_route_of_the_api_is_guarded() -> None:
    routes = [route for route in _guarded() if route.path.startswith("/v1")]
    assert len(routes) >= 11
    assert [route.path for route in routes if not isinstance(route, GuardedRoute)] == []


def test_every_route_that_writes_needs_a_key_with_a_scope_to_write() -> None:
    writing = [
        route for route in _guarded()
        if isinstance(route, GuardedRoute) and (route.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}
    ]
    open_ones = {route.path for route in writing if route.guard.open}
    assert open_ones == {"/v1/ask", "/v1/check", "/v1/search", "/v1/answers/{answer_id}/feedback"}
    assert {route.guard.scope for route in writing if not route.guard.open} == {"ingest"}


def test_page_of_a_listed_origin_may_ask(keyed: Keys) -> None:
    preflight = keyed.api.client.options(
        "/v1/ask",
        headers={
            "Origin": SITE, "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type",
        },
    )
    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Origin"] == SITE
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "access-control-allow-credentials" not in preflight.headers
    asked = keyed.api.client.post(
        "/v1/ask", content=QUESTION, headers={**_with(Origin=SITE), **keyed.headers("ask")}
    )
    assert asked.status_code == 200
    assert asked.headers["Access-Control-Allow-Origin"] == SITE
    assert "Origin" in asked.headers["Vary"]
    exposed = asked.headers["Access-Control-Expose-Headers"]
    assert all(name in exposed for name in ("X-Request-Id", "Retry-After", "ETag"))


def test_page_of_a_listed_origin_can_read_why_it_was_refused(keyed: Keys) -> None:
    refused = keyed.api.client.post("/v1/ask", content=QUESTION, headers=_with(Origin=SITE))
    assert refused.status_code == 401
    assert refused.headers["Access-Control-Allow-Origin"] == SITE


def test_preflight_of_a_foreign_origin_is_refused(keyed: Keys) -> None:
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    response = keyed.api.client.options("/v1/ask", headers=headers)
    assert response.status_code == 403
    assert "access-control-allow-origin" not in response.headers


def test_page_of_the_service_itself_may_ask(keyed: Keys) -> None:
    headers = {**_with(Origin="http://127.0.0.1:8000"), **keyed.headers("ask")}
    response = keyed.api.client.post("/v1/ask", content=QUESTION, headers=headers)
    assert response.status_code == 200
    assert "access-control-allow-origin" not in response.headers


def test_client_that_asks_too_often_is_told_when_to_come_back(archive: Path, tmp_path: Path) -> None:
    with open_api(copy(archive, tmp_path), rate="3/hour") as api:
        one, other = (api.service.keys.create(name, ["ask"]).secret for name in ("one", "other"))

        def ask(secret: str) -> int:
            headers = {**JSON, "Authorization": f"Bearer {secret}"}
            return api.client.post("/v1/ask", content=QUESTION, headers=headers).status_code

        assert [ask(one) for _ in range(4)] == [200, 200, 200, 429]
        assert ask(other) == 200
        refused = api.client.get("/v1/config", headers={"Authorization": f"Bearer {one}"})
        assert refused.json()["type"] == "/problems#rate-limited"
        assert 0 < int(refused.headers["Retry-After"]) <= 3_600
        assert CANARY not in api.logged.getvalue()


class _SlowEncoder(WordEncoder):
    """Waits with every question until it may go on."""

    def __init__(self) -> None:
        super().__init__(dimension=512)
        self.free = Event()
        self.questions = 0

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Matrix:
        if query:
            self.questions += 1
            assert self.free.wait(SECONDS)
        return super().encode(texts, query=query)


def test_full_queue_refuses_before_any_work_and_says_when_to_come_back(archive: Path, tmp_path: Path) -> None:
    encoder = _SlowEncoder()
    with open_api(copy(archive, tmp_path), encoder, answer_threads=1, waiting=2) as api, ThreadPoolExecutor() as pool:

        def ask() -> int:
            return api.client.post("/v1/ask", content=QUESTION, headers=JSON).status_code

        accepted = [pool.submit(ask) for _ in range(3)]
        desk = api.app.state.parts.asking
        wait_for(lambda: (desk.working, desk.waiting) == (1, 2))
        response = api.client.post("/v1/ask", content=QUESTION, headers=JSON)
        assert (response.status_code, response.json()["type"]) == (503, "/problems#overloaded")
        assert int(response.headers["Retry-After"]) >= 1
        assert encoder.questions == 1
        assert api.client.get("/healthz").status_code == 200
        assert api.client.get("/v1/articles").status_code == 200
        assert "footnote_questions_waiting 2.0" in api.client.get("/metrics").text
        encoder.free.set()
        assert [one.result(SECONDS) for one in accepted] == [200, 200, 200]
        assert ask() == 200
        assert CANARY not in api.logged.getvalue()


def test_error_that_nobody_foresaw_is_a_problem_without_its_words(archive: Path, tmp_path: Path) -> None:
    with open_api(copy(archive, tmp_path), FailingEncoder(dimension=512)) as api:
        response = api.client.post("/v1/ask", json={"question": f"{FailingEncoder.word} {CANARY}?"})
        assert (response.status_code, response.json()["type"]) == (500, "/problems#internal-error")
        assert CANARY not in response.text
        assert CANARY not in api.logged.getvalue()
        failed = next(event for event in api.events if event["event"] == "failed")
        assert failed["request_id"] == response.json()["request_id"]
        assert failed["trace"][0] == "RuntimeError"
        assert api.client.post("/v1/ask", content=QUESTION, headers=JSON).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/healthz", {}), ("GET", "/docs", {}), ("GET", "/docs/assets/docs.js", {}), ("GET", "/problems", {}),
        ("GET", "/openapi.json", {}), ("GET", "/nowhere", {}), ("POST", "/v1/ask", {}), ("PUT", "/v1/ask", {}),
        ("GET", "/v1/config", {"Host": "evil.example"}), ("GET", "/v1/articles/n1/text", MACHINE),
        ("GET", "/metrics", MACHINE), ("DELETE", "/v1/articles/nowhere", MACHINE),
        ("OPTIONS", "/v1/ask", {"Origin": SITE, "Access-Control-Request-Method": "POST"}),
    ],
)
def test_every_response_has_the_headers_that_keep_browsers_safe(
    keyed: Keys, method: str, path: str, headers: Headers
) -> None:
    response = keyed.api.client.request(method, path, headers=headers)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Request-Id"]
    assert "server" not in response.headers


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/config", "/metrics", "/readyz"])
def test_what_changes_is_kept_by_no_cache(keyed: Keys, path: str) -> None:
    assert keyed.api.client.get(path, headers=MACHINE).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("given", ["abcd1234", "A-b_c-1234", "x" * 64])
def test_well_formed_request_id_is_kept(keyed: Keys, given: str) -> None:
    assert keyed.api.client.get("/healthz", headers={"X-Request-Id": given}).headers["X-Request-Id"] == given
    assert keyed.api.events[-1]["request_id"] == given


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 65, "abcd 1234", "abcd1234\n", "abcd1234;x=1", "ábcd1234", "<abcd1234>"]
)
def test_other_request_id_is_replaced(keyed: Keys, given: str) -> None:
    response = keyed.api.client.get("/healthz", headers=[(b"x-request-id", given.encode())])
    assert len(response.headers["X-Request-Id"]) == 32
    assert response.headers["X-Request-Id"] != given


@pytest.mark.parametrize("path", ["/v1/%0d%0aInjected:%20yes", f"/v1/articles/%0a{{%22event%22:%22{CANARY}%22}}"])
def test_line_breaks_in_a_path_make_no_lines_in_the_log(keyed: Keys, path: str) -> None:
    lines = len(keyed.api.events)
    response = keyed.api.client.get(path, headers=keyed.headers("ask"))
    assert response.status_code == 404
    assert "injected" not in response.headers
    assert len(keyed.api.events) == lines + 1
    assert CANARY not in keyed.api.logged.getvalue()


def test_metrics_name_series_routes_and_statuses_and_no_more(api: Api) -> None:
    api.ask("Where did the ferry of Dunmere flood?")
    api.client.get(f"/v1/articles/{CANARY}")
    api.client.get(f"/{CANARY}?q={CANARY}")
    api.client.request(CANARY.upper(), "/v1/ask")
    api.post(id="posted", text="The dog of Amity barked.")
    api.client.delete("/v1/articles/posted", headers=MACHINE)
    text = api.client.get("/metrics").text
    lines = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    names = {line.partition("{")[0] for line in lines if line.startswith("footnote_")}
    assert names == {
        "footnote_requests_total", "footnote_requests_created", "footnote_request_seconds_bucket",
        "footnote_request_seconds_count", "footnote_request_seconds_sum", "footnote_request_seconds_created",
        "footnote_stage_seconds_bucket", "footnote_stage_seconds_count", "footnote_stage_seconds_sum",
        "footnote_stage_seconds_created", "footnote_answers_total", "footnote_answers_created",
        "footnote_citations_total", "footnote_citations_created", "footnote_articles", "footnote_passages",
        "footnote_index_generation", "footnote_index_delta_passages", "footnote_degraded",
        "footnote_questions_working", "footnote_questions_waiting", "footnote_uploads_waiting",
        "footnote_ingested_articles_total",
    }
    assert CANARY not in text.lower()
    assert lines['footnote_requests_total{method="POST",route="/v1/ask",status="200"}'] == "1.0"
    unknown = 'footnote_requests_total{method="GET",route="/v1/articles/{article_id:path}",status="404"}'
    assert lines[unknown] == "1.0"
    assert lines['footnote_requests_total{method="GET",route="none",status="404"}'] == "1.0"
    assert lines['footnote_requests_total{method="other",route="/v1/ask",status="405"}'] == "1.0"
    assert lines["footnote_articles"] == "20.0"
    assert lines["footnote_index_generation"] == "1.0"
    assert lines["footnote_degraded"] == "0.0"
    assert lines['footnote_ingested_articles_total{result="added"}'] == "1.0"
    assert lines['footnote_ingested_articles_total{result="deleted"}'] == "1.0"
    assert lines['footnote_stage_seconds_count{stage="total"}'] == "1.0"


def test_what_is_not_yet_indexed_is_no_fault_to_the_doctor(api: Api) -> None:
    api.post(id="new", text="The dog of Amity barked.")
    api.client.delete("/v1/articles/n3", headers=MACHINE)
    findings = api.client.get("/v1/doctor", headers=MACHINE).json()["findings"]
    assert len(findings) == 5
    assert [finding["remedy"] for finding in findings] == [None] * 5


def test_questions_are_not_lent_an_answerer_that_is_gone(api: Api) -> None:
    """Every Answerer comes back, whatever became of the question."""
    for _ in range(5):
        api.client.post("/v1/ask", json={"question": "x", "as_of": "2026-99-99"})
        api.ask("Where did the ferry flood?")
    idle: list[Answerer] = []
    with api.service.pool.lend() as one, api.service.pool.lend() as two:
        idle += [one, two]
    assert set(idle) == set(api.service.pool.answerers)
