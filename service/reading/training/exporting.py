"""Trained weights in, the reader's folder out: an int8 ONNX file and the tokenizer."""

import shutil
import tempfile
from pathlib import Path

import torch

from ingest.exporting import MODEL, TOKENIZER, quantize, write_onnx
from service.reading.training.network import SpanReader

OUTPUT = "logits"


def export_reader(weights: Path, folder: Path, *, model: Path) -> None:
    """Write the reader of these weights, fine-tuned from `model`, to a folder."""
    network = SpanReader(model)
    network.load_state_dict(torch.load(weights, weights_only=True))
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        full = Path(temporary) / "full.onnx"
        write_onnx(network.eval(), full, output=OUTPUT)
        quantize(full, folder / MODEL)
    shutil.copyfile(model / TOKENIZER, folder / TOKENIZER)
