"""Examples in, logits and their loss out: all-MiniLM-L6-v2 with a span layer, and the tensors that it reads.

Each word piece has a start and an end logit; those of the first, [CLS], say "not here". An inexact example's loss is
the marginal over all positions inside its sentences (Clark and Gardner 2018, "Simple and Effective Multi-Paragraph
Reading Comprehension", ACL, section 4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import torch
from tokenizers import Encoding, Tokenizer
from torch import nn
from transformers import AutoModel

from service.reading.training.examples import Example

MAX_PIECES = 256
FROZEN = 1  # layers that are left as they are, like the embeddings: training is half as fast again
FORBIDDEN = -1e4  # the logit of positions that are no answer: the question, the title, padding


class SpanReader(nn.Module):
    """(question, context) → a start and an end logit for each word piece."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        # Without dropout: in one pass over the data it costs half of the speed and prevents nothing.
        self.encoder = AutoModel.from_pretrained(
            folder, attn_implementation="eager", hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
        )
        self.span = nn.Linear(self.encoder.config.hidden_size, 2)
        for frozen in (self.encoder.embeddings, *self.encoder.encoder.layer[:FROZEN]):
            frozen.requires_grad_(False)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        return cast(torch.Tensor, self.span(states))


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What the network reads, and where its answers stand: masks of batch × pieces × (start, end)."""

    input_ids: torch.Tensor
    attention_mask: torch.Tensor
    token_type_ids: torch.Tensor
    allowed: torch.Tensor
    gold: torch.Tensor


def open_tokenizer(folder: Path) -> Tokenizer:
    """The model's tokenizer, cutting contexts off at MAX_PIECES."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_PIECES, strategy="only_second")
    tokenizer.enable_padding()
    return tokenizer


def lead(title: str) -> str:
    """What stands before a passage when it is read: its title as a sentence of its own."""
    return f"{title}. " if title else ""


def make_batch(tokenizer: Tokenizer, examples: Sequence[Example]) -> Batch:
    """Examples as tensors; an answer that was cut off with the end of its context counts as "not here"."""
    encodings = tokenizer.encode_batch([(one.question, lead(one.title) + one.context) for one in examples])
    allowed = torch.zeros((len(examples), len(encodings[0].ids)), dtype=torch.bool)
    gold = torch.zeros((*allowed.shape, 2), dtype=torch.bool)
    for row, (example, encoding) in enumerate(zip(examples, encodings, strict=True)):
        _mark(example, encoding, allowed=allowed[row], gold=gold[row])
    return Batch(
        input_ids=torch.tensor([one.ids for one in encodings]),
        attention_mask=torch.tensor([one.attention_mask for one in encodings]),
        token_type_ids=torch.tensor([one.type_ids for one in encodings]), allowed=allowed, gold=gold,
    )


def _mark(example: Example, encoding: Encoding, *, allowed: torch.Tensor, gold: torch.Tensor) -> None:
    offset = len(lead(example.title))
    allowed[0] = True
    inside: list[int] = []
    for place, (part, (start, end)) in enumerate(zip(encoding.sequence_ids, encoding.offsets, strict=True)):
        if part == 1 and start >= offset:
            allowed[place] = True
            if any(first <= start - offset and end - offset <= last for first, last in example.spans):
                inside.append(place)
    if not inside:
        gold[0] = True
    elif example.exact:
        gold[inside[0], 0] = gold[inside[-1], 1] = True
    else:
        gold[inside] = True


def loss_of(logits: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Mean negative log-likelihood of the right starts and ends."""
    logits = logits.masked_fill(~batch.allowed.unsqueeze(-1), FORBIDDEN)
    right = torch.logsumexp(logits.masked_fill(~batch.gold, FORBIDDEN), dim=1)
    return (torch.logsumexp(logits, dim=1) - right).mean()
