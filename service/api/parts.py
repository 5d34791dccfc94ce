"""What routes are given to work with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Request

from ingest.catalog import Catalog
from service.answering import Answerer
from service.api.logs import Log
from service.api.metrics import Metrics
from service.api.work import Desk
from service.feedback import IssuedAnswers
from service.limits import Limits
from service.running import Service

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The service behind the API, and the desks where its blocking work is done."""

    service: Service
    limits: Limits
    metrics: Metrics
    issued: IssuedAnswers
    log: Log
    asking: Desk
    reading: Desk
    writing: Desk
    examining: Desk

    async def answer(self, work: Callable[[Answerer], Result]) -> Result:
        """Do something with an Answerer; Overloaded where too many questions wait."""

        def lend_and_work() -> Result:
            with self.service.pool.lend() as answerer:
                return work(answerer)

        return await self.asking.run(lend_and_work)

    async def read(self, work: Callable[[Catalog], Result]) -> Result:
        """Do something with a connection to the catalog."""
        return await self.reading.run(lambda: self._open_and(work))

    async def examine(self, work: Callable[[Catalog], Result]) -> Result:
        """Do something that takes long with a connection to the catalog, one after the other."""
        return await self.examining.run(lambda: self._open_and(work))

    def _open_and(self, work: Callable[[Catalog], Result]) -> Result:
        with Catalog(self.service.folder) as catalog:
            return work(catalog)


def _get_parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


PartsOf = Annotated[Parts, Depends(_get_parts)]


def note(request: Request, **noted: object) -> None:
    """Add to the log line of a request: never what was asked or answered."""
    request.scope["state"].setdefault("noted", {}).update(noted)
