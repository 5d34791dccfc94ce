"""A data folder that a service owns in, a client of that service out: what commands beside it ask it to do."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

from ingest.locking import Owner, read_owner
from service.check_payload import CheckPayload
from service.domain import Question
from service.errors import ServiceRefused, ServiceUnreachable
from service.payload import AnswerPayload

if TYPE_CHECKING:
    import httpx

    from ingest.doctor import Finding

SECONDS = 120.0  # for one answer of the service
LOOK_SECONDS = 2.0  # to find out whether it is there
TRIES = 30  # where the service has too much to do, after the seconds that it names
BUSY = (429, 503)


@contextmanager
def find_service(folder: Path) -> "Iterator[RunningService | None]":
    """The service that owns the folder and answers now; None where none does, and this process may try itself."""
    owner = read_owner(folder)
    if owner is None or owner.url is None or owner.token is None:
        yield None
        return
    with RunningService(owner) as service:
        yield service if service.is_there() else None


class RunningService:
    """A service on this machine, used with the token that it announced in its data folder.

    ServiceUnreachable where it does not answer, ServiceRefused with its own words where it will not.
    """

    def __init__(self, owner: Owner) -> None:
        import httpx

        self._http = httpx.Client(
            base_url=owner.url or "", headers={"Authorization": f"Bearer {owner.token}"}, timeout=SECONDS,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def is_there(self) -> bool:
        """Whether it answers, and knows its token: the folder may have been left by a service that was killed."""
        import httpx

        try:
            return self._http.get("/v1/config", timeout=LOOK_SECONDS).is_success
        except httpx.HTTPError:
            return False

    def ask(self, question: Question) -> AnswerPayload:
        """Its answer to a question."""
        said = [{"role": turn.role, "content": turn.content} for turn in question.conversation]
        body = {
            "question": question.text, "max_sentences": question.max_sentences, "conversation": said,
            **_narrow(question),
        }
        return AnswerPayload.model_validate_json(self.call("POST", "/v1/ask", json=body).content)

    def check(self, draft: Question) -> CheckPayload:
        """Its verdict on each sentence of a text."""
        body = {"text": draft.text, **_narrow(draft)}
        return CheckPayload.model_validate_json(self.call("POST", "/v1/check", json=body).content)

    def delete(self, article_ids: Sequence[str]) -> None:
        """Have articles deleted, all or none."""
        addresses = [f"/v1/articles/{quote(article_id, safe='')}" for article_id in article_ids]
        for method in ("GET", "DELETE"):
            for address in addresses:
                self.call(method, address)

    def examine(self) -> "Iterator[Finding]":
        """What it finds when it checks the data folder."""
        from ingest.doctor import Finding
        from service.api.schemas import Findings

        found = Findings.model_validate_json(self.call("GET", "/v1/doctor").content)
        for one in found.findings:
            yield Finding(check=one.check, detail=one.detail, remedy=one.remedy)

    def call(self, method: str, address: str, **request: Any) -> "httpx.Response":  # noqa: ANN401  httpx's own options
        """The service's response; where it has too much to do, it is asked again after the seconds it names."""
        import httpx

        for _ in range(TRIES):
            try:
                response = self._http.request(method, address, **request)
            except httpx.HTTPError as error:
                raise ServiceUnreachable(
                    f"The service at {self._http.base_url} does not answer ({error}); look at its log."
                ) from error
            if response.status_code not in BUSY or "Retry-After" not in response.headers:
                break
            time.sleep(float(response.headers["Retry-After"]))
        if response.is_error:
            raise ServiceRefused(f"The service at {self._http.base_url} says: {_detail(response)}")
        return response


def _narrow(question: Question) -> dict[str, object]:
    """The day and the filters of a question, as the API takes them."""
    filters = question.filters
    return {
        "as_of": question.as_of.isoformat(),
        "filters": {
            "published_after": filters.after.isoformat() if filters.after else None,
            "published_before": filters.before.isoformat() if filters.before else None,
            "publishers": filters.publishers,
        },
    }


def _detail(response: "httpx.Response") -> str:
    try:
        problem = response.json()
        return f"{problem['title']}. {problem['detail']}"
    except (ValueError, KeyError, TypeError):
        return f"status {response.status_code}"
