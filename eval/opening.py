"""What a command line names (a corpus, a data folder or a URL) in, what opens the Target for it out."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rich.console import Console

from eval.corpora import prepare_corpus
from eval.evaluating import OpenTarget, Plan, evaluate
from eval.in_process import Ranking, open_in_process
from eval.matrix import TABLE, Variant, VariantRun, folder_name, make_table
from eval.mistyping import Mistyping
from eval.outputs import replace_file
from eval.progress import show_run
from eval.runner import RunOptions
from eval.targets import Target
from ingest.errors import UsageError
from ingest.schema import require_catalog
from ingest.settings import Settings
from service.progress import show_progress
from service.terminal import say
from service.wiring import is_prepared, open_encoder

TIMEOUT = 60.0  # seconds for each question


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the answers come from: exactly one of the first three; what ranks passages there; typos in a question."""

    corpus: Path | None = None
    data: Path | None = None
    url: str | None = None
    ranking: Ranking = "fused"
    typos: int = 0

    def check(self) -> None:
        """UsageError where none or several are given."""
        given = [name for name in ("corpus", "data", "url") if getattr(self, name) is not None]
        if len(given) != 1:
            raise UsageError("Give exactly one of --corpus CORPUS, --data DIR and --url URL.")


def make_opener(
    place: Place, settings: Settings, *, console: Console, timeout: float, workers: int
) -> OpenTarget:
    """What opens the place; a corpus that was never taken in is ingested then, with progress on the console."""
    place.check()
    if place.url is not None:
        url = place.url

        def open_url() -> AbstractContextManager[Target]:
            from eval.http_target import open_over_http

            key = settings.api_key.get_secret_value() if settings.api_key else None
            return open_over_http(url, timeout=timeout, api_key=key, workers=workers)

        return open_url

    @contextmanager
    def open_here() -> Iterator[Target]:
        folder = place.data or _take_in(place, settings, console)
        require_catalog(folder)
        with open_in_process(settings, folder, ranking=place.ranking) as target:
            yield Mistyping(target, typos=place.typos) if place.typos else target

    return open_here


def _take_in(place: Place, settings: Settings, console: Console) -> Path:
    assert place.corpus is not None
    if not is_prepared(settings):
        say(console, "Preparing the embedding model, once (about 20 seconds) …")
    with show_progress(console) as observe:
        return prepare_corpus(settings, place.corpus, open_encoder=lambda: open_encoder(settings), observe=observe)


def run_matrix(
    plan: Plan, place: Place, variants: Mapping[str, Variant], *, settings: Settings, console: Console
) -> list[VariantRun]:
    """A run of each variant in a folder of its own, and the table of them all."""
    runs = []
    for name, variant in variants.items():
        say(console, f"{name} …")
        chosen = {"embedding_model": variant.embedding_model, "reader": variant.reader}
        changed = {name: value for name, value in chosen.items() if value is not None}
        own = replace(plan, out=plan.out / folder_name(name))
        opener = make_opener(
            replace(place, ranking=variant.ranking, typos=variant.typos), settings.model_copy(update=changed),
            console=console, timeout=TIMEOUT, workers=1,
        )
        options = RunOptions(as_of=date.today(), given=variant.given, answers=variant.ranking == "fused")
        with show_run(console) as observe:
            report = evaluate(own, opener, options=options, observe=observe)
        runs.append(VariantRun(name=name, report=report))
    replace_file(plan.out / TABLE, make_table(runs))
    return runs
