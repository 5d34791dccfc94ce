"""`footnote serve` and the commands beside it, as people run them: addresses, owners, keys, signals, and `kill -9`."""

import json
import os
import signal
import socket
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from ingest.locking import OWNER, read_owner
from service.keys import KEYS
from tests.builders import write_corpus
from tests.command import Command
from tests.serving import SECONDS, Served, end, serve, wait_for

STOP_SECONDS = 10
KESTREL = "The harbour master of Port Kestrel, Ludmila Ashgrove, banned jet skis from the inner basin on Friday."
KESTREL_QUESTION = "Who banned jet skis from the inner basin of Port Kestrel?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def beside(folder: Path, cache: Path) -> Command:
    """The command, run beside the service of this file."""
    return Command(folder=folder, cache=cache)


@pytest.fixture(scope="module")
def data(folder: Path) -> Path:
    """The data folder that the service of this file owns."""
    return folder / "data"


@pytest.fixture(scope="module")
def served(beside: Command, data: Path) -> Iterator[Served]:
    """A service on an empty folder, with two articles ingested beside it."""
    with serve(beside, data) as served:
        corpus = write_corpus(
            beside.folder / "first.jsonl",
            [{"id": "skis", "text": KESTREL}, {"id": "mill", "text": "The mill of Lowmere burned."}],
        )
        done = beside("ingest", corpus, "--data", data, "--json")
        assert (done.code, done.err) == (0, "")
        assert (done.json["added"], done.json["failed"]) == (2, [])
        yield served


def test_empty_folder_is_served_and_how_to_ingest_is_said(served: Served, beside: Command) -> None:
    printed = (beside.folder / "out").read_text(encoding="utf-8")
    assert served.url in printed
    assert "footnote ingest" in printed


def test_what_to_open_and_what_to_paste_is_said(served: Served, beside: Command) -> None:
    printed = (beside.folder / "out").read_text(encoding="utf-8")
    for path in ("/", "/demo", "/docs"):
        assert f" {served.url}{path}\n" in printed
        assert httpx.get(f"{served.url}{path}", trust_env=False).status_code == 200
    tag = f'<script type="module" src="{served.url}/widget/v1/footnote.js"></script>'
    assert tag in printed
    assert "footnote keys create NAME --origin" in printed
    assert httpx.get(f"{served.url}/widget/v1/footnote.js", trust_env=False).status_code == 200


def test_service_listens_on_this_machine_only(served: Served) -> None:
    assert served.url.startswith("http://127.0.0.1:")
    assert httpx.get(f"{served.url}/healthz", trust_env=False).json() == {"status": "ok"}


def test_owner_file_is_for_its_owner_only(served: Served, data: Path) -> None:
    assert stat.S_IMODE((data / OWNER).stat().st_mode) == 0o600
    owner = read_owner(data)
    assert owner is not None
    assert (owner.pid, owner.url) == (served.process.pid, served.url)
    assert len(owner.token or "") >= 40


def test_article_that_was_ingested_beside_the_service_is_answered_from(
    served: Served, beside: Command, data: Path
) -> None:
    printed = beside("ask", KESTREL_QUESTION, "--data", data, "--json")
    assert (printed.code, printed.err) == (0, "")
    assert printed.json["citations"][0]["quote"] == KESTREL
    with served.client() as client:
        asked = client.post("/v1/ask", json={"question": KESTREL_QUESTION}).json()
    assert asked["citations"] == printed.json["citations"]
    assert "Ludmila Ashgrove" in beside("ask", KESTREL_QUESTION, "--data", data).out


def test_files_are_ingested_beside_the_service_with_what_is_said_of_them(
    served: Served, beside: Command, data: Path, folder: Path
) -> None:
    news = folder / "news"
    news.mkdir()
    (news / "quay.txt").write_text("The quay of Amity was closed on Monday.", encoding="utf-8")
    (news / "weir.md").write_text("# Weir\n\nThe weir of Dunmere broke.", encoding="utf-8")
    (news / "empty.txt").write_text("", encoding="utf-8")
    done = beside("ingest", news, "--publisher", "Amity Post", "--date", "2026-02-02", "--data", data, "--json")
    assert done.code == 0, done.err
    assert done.json["added"] == 2
    assert [Path(one["location"]).name for one in done.json["failed"]] == ["empty.txt"]
    with served.client() as client:
        quay = client.get("/v1/articles/quay.txt").json()
    assert (quay["publisher"], quay["published_at"]) == ("Amity Post", "2026-02-02")
    again = beside("ingest", news / "quay.txt", "--data", data, "--publisher", "Amity Post", "--date", "2026-02-02")
    assert again.code == 0, again.err
    assert beside("ingest", folder / "nothing-here.txt", "--data", data).code == 1


def test_article_is_deleted_beside_the_service(served: Served, beside: Command, data: Path) -> None:
    with served.client() as client:
        for article_id in ("gone", "a/b c", "a%2Fb", "https://news.example/x?y=z"):
            client.post("/v1/articles", json={"id": article_id, "text": f"The {article_id} is here."})
            assert client.get("/v1/articles", params={"limit": 200}).text.count(json.dumps(article_id)) == 1
        assert beside("articles", "delete", "gone", "nowhere", "--data", data).code == 2
        assert client.get("/v1/articles/gone").status_code == 200
        done = beside("articles", "delete", "gone", "a/b c", "a%2Fb", "https://news.example/x?y=z", "--data", data)
        assert done.code == 0, done.err
        assert client.get("/v1/articles/gone").status_code == 404
        left = {one["article_id"] for one in client.get("/v1/articles", params={"limit": 200}).json()["data"]}
    assert not left & {"gone", "a/b c", "a%2Fb", "https://news.example/x?y=z"}


def test_doctor_examines_beside_the_service(served: Served, beside: Command, data: Path) -> None:
    done = beside("doctor", "--data", data, "--json")
    assert done.code == 0, done.out + done.err
    assert len(done.json) == 5
    assert all(finding["remedy"] is None for finding in done.json)
    assert served.process.poll() is None


def test_articles_are_listed_beside_the_service(served: Served, beside: Command, data: Path) -> None:
    assert "skis" in beside("articles", "list", "--data", data).out
    assert KESTREL in beside("articles", "show", "skis", "--data", data).out
    assert served.process.poll() is None


@pytest.mark.parametrize("command", ["reindex", "serve"])
def test_what_cannot_be_done_beside_a_service_is_refused_by_its_name(
    served: Served, beside: Command, data: Path, command: str
) -> None:
    options = ("--port", "0") if command == "serve" else ()
    done = beside(command, *options, "--data", data)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("footnote: ")
    assert served.url in done.err
    assert str(served.process.pid) in done.err
    assert "Traceback" not in done.err
    assert httpx.get(f"{served.url}/healthz", trust_env=False).status_code == 200


def test_port_that_is_in_use_is_refused_in_one_sentence(served: Served, beside: Command, folder: Path) -> None:
    port = served.url.rpartition(":")[2]
    done = beside("serve", "--port", port, "--data", folder / "other")
    assert done.code == 2
    assert f"127.0.0.1:{port} cannot be served" in done.err
    assert "--port" in done.err
    assert done.err.count("\n") == 1


def test_log_has_a_json_line_for_each_request_and_not_its_words(served: Served, beside: Command) -> None:
    canary = "quillfeathercanary"
    with served.client() as client:
        client.post("/v1/ask", json={"question": f"{canary}?"})
        client.post("/v1/ask", json={"question": f"{canary}?", canary: canary})
        client.get(f"/v1/articles/%0d%0a{canary}?{canary}={canary}", headers={"X-Request-Id": f"{canary} {canary}"})
        client.post("/v1/ask", content=f"{canary}".encode())
        marked = client.get("/healthz", headers={"X-Request-Id": "the-last-one-here"}).headers["X-Request-Id"]
    log = beside.folder / "err"
    wait_for(lambda: marked in log.read_text(encoding="utf-8"))
    text = log.read_text(encoding="utf-8")
    assert canary not in text
    events = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert {"serving", "request"} <= {event["event"] for event in events}
    last = next(event for event in events if event.get("request_id") == marked)
    assert (last["route"], last["status"], last["level"]) == ("/healthz", 200, "info")
    assert served.token not in text
    unexpected = [line for line in text.splitlines() if not line.startswith("{") and "embedding model" not in line]
    assert unexpected == []


@pytest.mark.parametrize("host", ["0.0.0.0", "news.example"])
def test_address_that_strangers_reach_is_refused_without_keys(footnote: Command, host: str) -> None:
    done = footnote("serve", "--host", host, "--port", "0", "--data", "data")
    assert (done.code, done.out) == (2, "")
    assert host in done.err
    assert "footnote keys create" in done.err
    assert "--insecure" in done.err
    assert done.err.count("\n") == 1
    assert not (footnote.folder / "data" / OWNER).exists()


def test_address_that_strangers_reach_is_served_insecurely_where_that_is_insisted_on(
    footnote: Command, tmp_path: Path
) -> None:
    with serve(footnote, tmp_path / "data", "--host", "0.0.0.0", "--insecure") as served:
        assert served.url.startswith("http://127.0.0.1:")
        assert httpx.get(f"{served.url}/v1/config", trust_env=False).status_code == 200
        writing = httpx.post(f"{served.url}/v1/articles", json={"text": "A dog barked."}, trust_env=False)
        assert writing.status_code == 401


def test_address_that_strangers_reach_is_served_to_those_with_keys(footnote: Command, tmp_path: Path) -> None:
    data = tmp_path / "data"
    made = footnote("keys", "create", "widget", "--data", data)
    assert made.code == 0, made.err
    secret = made.out.strip()
    with serve(footnote, data, "--host", "0.0.0.0") as served:
        address = f"{served.url}/v1/articles"
        assert httpx.get(address, trust_env=False).status_code == 401
        assert httpx.get(address, headers={"Authorization": f"Bearer {secret}"}, trust_env=False).status_code == 200
        (key,) = footnote("keys", "list", "--data", data, "--json").json
        assert footnote("keys", "revoke", key["id"], "--data", data).code == 0
        assert httpx.get(address, headers={"Authorization": f"Bearer {secret}"}, trust_env=False).status_code == 401


@pytest.mark.parametrize("host", ["127.0.0.2", "::1"])
def test_every_address_of_this_machine_is_served_under_its_own_name(
    footnote: Command, tmp_path: Path, host: str
) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.bind((host, 0))
    except OSError:
        pytest.skip(f"this machine has no {host}")
    with serve(footnote, tmp_path / "data", "--host", host) as served:
        assert httpx.get(f"{served.url}/v1/config", trust_env=False).status_code == 200
        named = httpx.get(f"{served.url}/v1/config", headers={"Host": "evil.example"}, trust_env=False)
        assert named.status_code == 400


def test_several_workers_are_refused_with_the_reason(footnote: Command) -> None:
    done = footnote("serve", "--workers", "2", "--data", "data")
    assert done.code == 2
    assert "--workers 2" in done.err
    assert "one process owns a data folder" in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_the_service_cleanly(footnote: Command, tmp_path: Path, number: signal.Signals) -> None:
    data = tmp_path / "data"
    with serve(footnote, data) as served:
        started = time.monotonic()
        served.process.send_signal(number)
        assert served.process.wait(SECONDS) == 0
        assert time.monotonic() - started < STOP_SECONDS
    assert not (data / OWNER).exists()
    assert "Traceback" not in (footnote.folder / "err").read_text(encoding="utf-8")


def test_service_under_load_ends_cleanly_and_answers_what_it_took_on(
    footnote: Command, own_sample: Path
) -> None:
    """Four ask without pause, an upload is worked on, and SIGTERM comes: whatever was answered was answered whole."""
    statuses: list[int] = []
    with serve(footnote, own_sample) as served:

        def ask() -> None:
            with served.client() as client:
                while True:
                    try:
                        response = client.post("/v1/ask", json={"question": "What was agreed on canola?"})
                    except httpx.HTTPError:
                        return
                    response.json()
                    statuses.append(response.status_code)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        lines = "".join(json.dumps({"id": f"u{n}", "text": f"Upload {n} says rain."}) + "\n" for n in range(600))
        with served.client() as client:
            headers = {"Content-Type": "application/x-ndjson"}
            uploaded = client.post("/v1/ingestions", content=lines, headers=headers)
        assert uploaded.status_code == 202
        wait_for(lambda: len(statuses) > 20)
        started = time.monotonic()
        served.process.terminate()
        assert served.process.wait(SECONDS) == 0
        assert time.monotonic() - started < STOP_SECONDS
        for thread in threads:
            thread.join(SECONDS)
            assert not thread.is_alive()
    assert set(statuses) <= {200, 429, 503}
    assert statuses.count(200) > 20
    assert "Traceback" not in (footnote.folder / "err").read_text(encoding="utf-8")


def test_commands_work_after_the_service_was_killed(footnote: Command, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serve(footnote, data) as served:
        with served.client() as client:
            assert client.post("/v1/articles", json={"id": "skis", "text": KESTREL}).status_code == 201
        served.process.kill()
        served.process.wait()
        assert read_owner(data) is not None
        asked = footnote("ask", KESTREL_QUESTION, "--data", data, "--json")
        assert (asked.code, asked.json["citations"][0]["quote"]) == (0, KESTREL)
        more = write_corpus(tmp_path / "more.jsonl", [{"id": "mill", "text": "The mill of Lowmere burned."}])
        done = footnote("ingest", more, "--data", data, "--json")
        assert (done.code, done.json["added"]) == (0, 1)
        assert footnote("doctor", "--data", data).code == 0
    with serve(footnote, data) as served, served.client() as client:
        assert client.get("/readyz").json()["articles"] == 2


def test_service_that_hangs_is_not_taken_for_one_that_is_gone(footnote: Command, tmp_path: Path) -> None:
    """It still holds the lock: an ingest beside it says so instead of writing."""
    data = tmp_path / "data"
    with serve(footnote, data) as served:
        os.kill(served.process.pid, signal.SIGSTOP)
        try:
            corpus = write_corpus(tmp_path / "more.jsonl", [{"id": "mill", "text": "The mill of Lowmere burned."}])
            done = footnote("ingest", corpus, "--data", data)
        finally:
            os.kill(served.process.pid, signal.SIGCONT)
        assert done.code == 2
        assert str(served.process.pid) in done.err
        assert end(served.process) == 0


def test_public_key_is_made_for_pages_and_stands_in_what_is_to_be_pasted(footnote: Command, tmp_path: Path) -> None:
    data = tmp_path / "data"
    made = footnote(
        "keys", "create", "front page", "--origin", "https://News.example/", "--rate", "12/minute", "--data", data
    )
    key = made.out.strip()
    assert (made.code, key.startswith("pk_")) == (0, True)
    assert "for pages of https://news.example" in made.err
    (listed,) = footnote("keys", "list", "--data", data, "--json").json
    assert (listed["public"], listed["origins"], listed["rate"]) == (key, ["https://news.example"], "12/minute")
    plain = footnote("keys", "list", "--data", data).out
    assert f"{key}  on https://news.example, 12/minute a reader" in plain
    with serve(footnote, data):
        assert f'<footnote-ask public-key="{key}"></footnote-ask>' in (tmp_path / "out").read_text(encoding="utf-8")
    for options, reason in (
        (("--origin", "news.example"), "is no origin"), (("--rate", "many"), "is no rate"),
        (("--origin", "https://news.example", "--scope", "admin"), "can only be ask"),
    ):
        refused = footnote("keys", "create", "x", *options, "--data", data)
        assert (refused.code, reason in refused.err, refused.err.count("\n")) == (2, True, 1)


def test_keys_are_made_listed_and_revoked_and_their_secrets_kept_nowhere(footnote: Command, tmp_path: Path) -> None:
    data = tmp_path / "data"
    made = footnote("keys", "create", "the widget", "--data", data)
    admin = footnote("keys", "create", "me", "--scope", "admin", "--scope", "ask", "--data", data)
    assert (made.code, admin.code) == (0, 0)
    secret = made.out.strip()
    assert secret.startswith("fn_")
    assert len(secret) >= 40
    assert secret not in made.err
    assert "not shown again" in made.err
    listed = footnote("keys", "list", "--data", data, "--json").json
    assert [(key["name"], key["scopes"]) for key in listed] == [("the widget", ["ask"]), ("me", ["ask", "admin"])]
    plain = footnote("keys", "list", "--data", data).out
    assert "the widget" in plain
    stored = (data / KEYS).read_text(encoding="utf-8")
    for text in (json.dumps(listed), plain, stored):
        assert secret not in text
        assert secret.removeprefix("fn_") not in text
    assert stat.S_IMODE((data / KEYS).stat().st_mode) == 0o600
    revoked = footnote("keys", "revoke", listed[0]["id"], "--data", data)
    assert revoked.code == 0
    assert [key["name"] for key in footnote("keys", "list", "--data", data, "--json").json] == ["me"]
    assert stat.S_IMODE((data / KEYS).stat().st_mode) == 0o600
    again = footnote("keys", "revoke", listed[0]["id"], "--data", data)
    assert again.code == 2
    assert listed[0]["id"] in again.err
