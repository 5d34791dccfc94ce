"""How the service itself is: health, readiness, limits, metrics, and the checks of the data folder."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request, Response

from ingest import doctor
from ingest.catalog import Catalog
from service.api.access import Guard, guarded
from service.api.metrics import CONTENT_TYPE
from service.api.parts import Parts, PartsOf
from service.api.schemas import ConfigPayload, FindingPayload, Findings, Health, Readiness, WidgetPayload
from service.api.scripts import LAUNCHER, PREFIX, Widget
from service.version import VERSION

NO_ARTICLES = "There are no articles yet; POST some to /v1/articles, or run: footnote ingest PATH"
METRICS: dict[int | str, dict[str, Any]] = {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}

probes = APIRouter(tags=["operation"])
telling = APIRouter(
    tags=["operation"], route_class=guarded(Guard(scope="ask", open=True, keyless=True, widget=True))
)
watching = APIRouter(tags=["operation"], route_class=guarded(Guard(scope="admin", open=True)))
managing = APIRouter(tags=["operation"], route_class=guarded(Guard(scope="admin")))


@probes.get("/healthz", operation_id="getHealth", summary="Is the process alive?")
async def get_health() -> Health:
    """Yes, whatever the state of the data folder."""
    return Health()


@probes.get("/readyz", operation_id="getReadiness", summary="Are questions answered?")
async def get_readiness(parts: PartsOf) -> Readiness:
    """200 while they are, be it from memory while an index is mended (`degraded`); 503 where the catalog is broken."""
    return await parts.read(lambda catalog: _look(parts, catalog))


@telling.get("/v1/config", operation_id="getConfig", summary="What a client must know")
async def get_config(parts: PartsOf, request: Request) -> ConfigPayload:
    """Limits, units and what answers; nothing of the articles, so it needs no key."""
    answerer = parts.service.pool.answerers[0]
    return ConfigPayload(
        version=VERSION, answerers=("extractive",), embedder=answerer.encoder.id, limits=parts.limits,
        suggested_questions=parts.service.settings.suggested_questions,
        languages=(answerer.encoder.language,) if answerer.encoder.language else (), streaming=True,
        feedback=parts.service.settings.feedback_days > 0, widget=_tell_widget(request.app.state.widget),
    )


@watching.get("/metrics", operation_id="getMetrics", summary="Metrics for Prometheus", responses=METRICS)
async def get_metrics(parts: PartsOf) -> Response:
    """Requests, stages, queues and the state of the index; nothing of who asked, or what."""
    return Response(await parts.reading.run(parts.metrics.write), media_type=CONTENT_TYPE)


@managing.get("/v1/doctor", operation_id="examine", summary="Check the data folder")
async def examine(parts: PartsOf) -> Findings:
    """Read everything and compare it with the catalog: seconds for thousands of articles."""
    found = await parts.examine(lambda catalog: _examine(parts, catalog))
    return Findings(findings=tuple(FindingPayload(**asdict(finding)) for finding in found))


def _tell_widget(widget: Widget) -> WidgetPayload:
    launcher = widget.scripts[LAUNCHER]
    return WidgetPayload(
        release=widget.release, script=f"{PREFIX}/{LAUNCHER}", pinned=widget.pinned, integrity=launcher.integrity
    )


def _examine(parts: Parts, catalog: Catalog) -> tuple[doctor.Finding, ...]:
    """What is written and not yet indexed is no fault."""
    parts.service.keeper.try_to_tend()
    return tuple(doctor.examine(catalog))


def _look(parts: Parts, catalog: Catalog) -> Readiness:
    manifest = parts.service.pool.answerers[0].indexes.vectors.manifest
    articles = catalog.counts().articles
    reasons = parts.service.keeper.reasons if articles else (NO_ARTICLES,)
    return Readiness(
        status="degraded" if reasons else "ready", reasons=reasons, articles=articles,
        index_generation=manifest.number if manifest else None,
    )
