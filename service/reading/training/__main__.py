"""Train the built-in reader again: `python -m service.reading.training OUT`.

Mines hard negatives, trains, exports and calibrates; what a step left in OUT is used again when it is run once more.
"""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ingest.article import Metadata
from ingest.exporting import MODEL, model_folder
from ingest.settings import Settings, load_settings
from service.commands import take_in
from service.reading.reader_card import CARD, write_card
from service.reading.readers import UNTRAINED
from service.reading.span_model import SpanModel
from service.reading.training.calibrating import Trial, Weighed, fit, read_trials, weigh
from service.reading.training.claims import bound_claims
from service.reading.training.drawing import Sources
from service.reading.training.examples import read_examples
from service.reading.training.exporting import export_reader
from service.reading.training.mining import mine
from service.reading.training.news import Block, NewsQuestion, read_blocks, whole
from service.reading.training.training import Plan, train
from service.wiring import open_answerer

DATA = Path(__file__).with_name("data")
EXAMPLES = ("examples.jsonl.gz", "contrast.jsonl.gz", "claims.jsonl.gz")
CLAIMS_APART = "claims-apart.jsonl.gz"  # what the bounds of claims are set on
APART = 10  # every tenth block of news is kept apart from training, to calibrate on
MINED_SENTENCES = 3  # negatives are mined for every third question of that part: it is long, and its questions alike

console = Console(stderr=True)


def main(  # noqa: PLR0913  one parameter an option
    out: Annotated[Path, typer.Argument(help="A folder for what is made; `OUT/reader` is the reader.")],
    steps: Annotated[int, typer.Option(help="Batches to learn from.")] = 3_000,
    minutes: Annotated[float, typer.Option(help="Stop after so long, where the machine is slow.")] = 120.0,
    rate: Annotated[float, typer.Option(help="The learning rate at its highest.")] = 1.4e-4,
    seed: int = 0,
    start: Annotated[Path | None, typer.Option(help="Weights to go on from.")] = None,
    calibrate_on: Annotated[
        list[str] | None, typer.Option(help="TRIALS.jsonl=DATA_FOLDER, instead of the news kept apart.")
    ] = None,
) -> None:
    """Train a reader, and print what to set FOOTNOTE_READER to."""
    settings = load_settings()
    blocks = list(read_blocks((DATA / "news.txt").read_text(encoding="utf-8")))
    learned = tuple(block for place, block in enumerate(blocks) if place % APART != APART - 1)
    apart = [block for place, block in enumerate(blocks) if place % APART == APART - 1]
    weights, reader = out / "weights.pt", out / "reader"
    if not weights.is_file():
        sources = _gather(learned, out)
        plan = Plan(steps=steps, minutes=minutes, rate=rate, seed=seed, start=start)
        train(sources, model=model_folder(), out=weights, plan=plan, report=console.print)
    export_reader(weights, reader, model=model_folder())
    calibrate(reader, _trials(calibrate_on or [], apart, settings, out), settings=settings)
    console.print(f"Done: FOOTNOTE_READER={reader}")


def _gather(blocks: tuple[Block, ...], out: Path) -> Sources:
    examples = tuple(one for name in EXAMPLES for one in read_examples(DATA / name))
    kept = out / "mined.json"
    if not kept.is_file():
        news = [whole(block, question) for block in blocks for question in block.questions]
        sentences = [one for one in examples if one.part == "sentence"][::MINED_SENTENCES]
        asked = [*(one for one in examples if one.part in ("squad", "adversarial", "contrast")), *sentences, *news]
        haystack = [one.context for one in (*examples, *news) if one.part not in ("sentence", "claim")]
        console.print(f"Searching for what does not answer {len(asked):,} questions …")
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(mine(asked, haystack, folder=out / "haystack")), encoding="utf-8")
    mined = {question: tuple(texts) for question, texts in json.loads(kept.read_text(encoding="utf-8")).items()}
    return Sources(examples=examples, blocks=blocks, mined=mined)


def _trials(
    given: list[str], apart: list[Block], settings: Settings, out: Path
) -> list[tuple[list[Trial], Path]]:
    """Trials with the data folder that each is asked of."""
    if given:
        pairs = [one.rpartition("=") for one in given]
        return [(read_trials(Path(trials)), Path(folder)) for trials, _, folder in pairs]
    corpus, folder = out / "news.jsonl", out / "news"
    articles = ({"id": f"news-{place}", "title": one.title, "text": one.text} for place, one in enumerate(apart))
    corpus.write_text("\n".join(json.dumps(one) for one in articles), encoding="utf-8")
    take_in(settings, folder, [corpus], given=Metadata(), quiet=True)
    trials = [
        Trial(question=question.text, answers=_answers(block, question))
        for block in apart
        for question in block.questions
    ]
    return [(trials, folder)]


def _answers(block: Block, question: NewsQuestion) -> tuple[str, ...]:
    return (question.short,) if question.short else tuple(block.sentences[one] for one in question.sentences)


def calibrate(reader: Path, trials: list[tuple[list[Trial], Path]], *, settings: Settings) -> None:
    """Fit the calibration of the model in a folder, and write it beside the model."""
    model = SpanModel(reader, threads=settings.encoder_threads)
    weighed: list[Weighed] = []
    for some, folder in trials:
        with open_answerer(settings.model_copy(update={"reader": UNTRAINED}), folder, warm=True) as answerer:
            weighed += weigh(some, model, answerer)
    digest = hashlib.sha256((reader / MODEL).read_bytes()).hexdigest()
    made = fit(weighed, reader_id=f"footnote-reader-1@{digest[:8]}")
    bounds = bound_claims(tuple(read_examples(DATA / CLAIMS_APART)), model.weigh_claim)
    write_card(replace(made.card, claims=bounds), reader / CARD)
    console.print(
        f"Calibrated on {made.questions:,} questions: at the threshold {made.card.threshold}, "
        f"{made.falsely_refused:.1%} of the answerable are refused, and {made.rejected:.1%} of the others."
    )


if __name__ == "__main__":
    typer.run(main)
