"""Sources in, the weights of a trained SpanReader out: passes over freshly drawn examples, with averaged weights."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch
from tokenizers import Tokenizer
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from service.reading.training.drawing import Sources, draw
from service.reading.training.examples import Example
from service.reading.training.network import SpanReader, loss_of, make_batch, open_tokenizer

AVERAGED = 0.995  # decay of the weights' running average
SPREAD = 40  # characters by which lengths may differ within a batch, so that batches differ from pass to pass
WARM = 0.05  # of the training: how long the rate rises, before it falls to nothing
REPORTED = 50  # steps
SAVED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train: `steps` of `batch` examples, or as many as fit into `minutes` where the machine is slow.

    `start` are weights to go on from, instead of the encoder's own.
    """

    steps: int
    minutes: float
    batch: int = 24
    rate: float = 1.4e-4
    seed: int = 0
    start: Path | None = None


def train(sources: Sources, *, model: Path, out: Path, plan: Plan, report: Callable[[str], None]) -> None:
    """Fine-tune the model in a folder; its averaged weights are saved to `out` again and again, and at the end."""
    torch.manual_seed(plan.seed)
    tokenizer, network = open_tokenizer(model), SpanReader(model)
    if plan.start:
        network.load_state_dict(torch.load(plan.start, weights_only=True))
    average = get_ema_multi_avg_fn(AVERAGED)  # type: ignore[no-untyped-call]  # torch gives it no types
    averaged = AveragedModel(network, multi_avg_fn=average)
    trained = [one for one in network.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=plan.rate, weight_decay=0.01)
    began, running = time.monotonic(), 0.0
    for step, rows in enumerate(_batches(sources, plan), start=1):
        seconds = time.monotonic() - began
        done = max(step / plan.steps, seconds / (60 * plan.minutes))
        optimizer.param_groups[0]["lr"] = plan.rate * min(1.0, done / WARM) * max(0.0, 1 - done)
        loss = _learn(network, tokenizer, rows, optimizer=optimizer)
        averaged.update_parameters(network)
        running = loss if step == 1 else 0.98 * running + 0.02 * loss
        if step % REPORTED == 0:
            report(f"{step}/{plan.steps}  loss {running:.3f}  {seconds:.0f} s")
        if step % SAVED == 0 or done >= 1:
            torch.save(averaged.module.state_dict(), out)
        if done >= 1:
            return


def _learn(
    network: SpanReader, tokenizer: Tokenizer, rows: Sequence[Example], *, optimizer: torch.optim.Optimizer
) -> float:
    batch = make_batch(tokenizer, rows)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = network(batch.input_ids, batch.attention_mask, batch.token_type_ids)
    loss = loss_of(logits.float(), batch)
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]  # torch gives it no types
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return loss.item()


def _batches(sources: Sources, plan: Plan) -> Iterator[Sequence[Example]]:
    """Batches of examples of like length, pass after pass without end."""
    random = Random(plan.seed)
    while True:
        drawn = sorted(draw(sources, random), key=lambda one: len(one.context) + random.random() * SPREAD)
        batches = [drawn[start : start + plan.batch] for start in range(0, len(drawn), plan.batch)]
        random.shuffle(batches)
        yield from batches
