"""A folder in, a tiny CrossEncoder in it out: untrained, and leaning to one label whatever it is asked."""

from collections.abc import Sequence
from pathlib import Path

import torch
from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

from ingest.exporting import model_folder


def make_cross_encoder(folder: Path, *, labels: Sequence[str], favoured: int, bias: float = 9.0) -> Path:
    """Labels under their names; the favoured one gets the bias, and the rest of the score is next to nothing."""
    config = BertConfig(
        hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        id2label=dict(enumerate(labels)), label2id={name: number for number, name in enumerate(labels)},
    )
    model = BertForSequenceClassification(config)
    with torch.no_grad():
        model.classifier.bias[favoured] = bias
    model.save_pretrained(folder)
    AutoTokenizer.from_pretrained(model_folder()).save_pretrained(folder)
    return folder
