"""What a service does in, Prometheus's text out: the series of `/metrics`, in a registry of the service's own."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, PlatformCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from ingest.catalog import Catalog
from service.api.work import Desk
from service.domain import Answer
from service.running import Service

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
CONTENT_TYPE = CONTENT_TYPE_LATEST


class Metrics:
    """Counts and times; nothing here says who asked, or what."""

    def __init__(self, service: Service, desk: Desk) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        registry.register(_State(service, desk))
        self._requests = Counter(
            "footnote_requests", "Requests by route template.", ("method", "route", "status"), registry=registry
        )
        self._seconds = Histogram(
            "footnote_request_seconds", "From request to response.", ("route",), buckets=SECONDS, registry=registry
        )
        self._stages = Histogram(
            "footnote_stage_seconds", "The stages of an answer.", ("stage",), buckets=SECONDS, registry=registry
        )
        self._answers = Counter(
            "footnote_answers", "Answers; no_answer where the articles do not say.", ("status",), registry=registry
        )
        self._citations = Counter("footnote_citations", "Citations in answers.", registry=registry)

    def count_request(self, method: str, route: str, *, status: int, seconds: float) -> None:
        """One request, under the template of its route, such as `/v1/articles/{article_id}`."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def count_answer(self, answer: Answer) -> None:
        """One answer, its stages and its citations."""
        timing = answer.timing
        stages = {"embed": timing.embed, "retrieve": timing.retrieve, "read": timing.read, "total": timing.total}
        for stage, milliseconds in stages.items():
            self._stages.labels(stage).observe(milliseconds / 1000)
        self._answers.labels(answer.status).inc()
        self._citations.inc(len(answer.citations))

    def write(self) -> bytes:
        """Everything, as of now."""
        return generate_latest(self._registry)


class _State(Collector):
    """What can be looked at whenever it is asked for, and need not be counted along."""

    def __init__(self, service: Service, desk: Desk) -> None:
        self._service = service
        self._desk = desk

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing: the registry would ask for every value just to learn the names."""
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily | CounterMetricFamily]:
        service, desk = self._service, self._desk
        manifest = service.pool.answerers[0].indexes.vectors.manifest
        with Catalog(service.folder) as catalog:
            counts, delta = catalog.counts(), catalog.count_since(manifest.sequence if manifest else 0)
        yield GaugeMetricFamily("footnote_articles", "Articles in the catalog.", counts.articles)
        yield GaugeMetricFamily("footnote_passages", "Passages in the catalog.", counts.passages)
        generation = manifest.number if manifest else 0
        yield GaugeMetricFamily("footnote_index_generation", "What is searched; 0 where there is none.", generation)
        yield GaugeMetricFamily("footnote_index_delta_passages", "Passages that are searched from memory.", delta)
        yield GaugeMetricFamily("footnote_degraded", "1 while an index is mended.", bool(service.keeper.reasons))
        yield GaugeMetricFamily("footnote_questions_working", "Questions that are being answered.", desk.working)
        yield GaugeMetricFamily("footnote_questions_waiting", "Questions that wait for a thread.", desk.waiting)
        waiting = service.ingestions.waiting
        yield GaugeMetricFamily("footnote_uploads_waiting", "Uploads that wait or are worked on.", waiting)
        taken = CounterMetricFamily("footnote_ingested_articles", "What became of articles.", labels=("result",))
        for result in ("added", "changed", "unchanged", "failed", "deleted"):
            taken.add_metric((result,), service.intake.results[result] + service.ingestions.results[result])
        yield taken
