"""Nothing in, onnxruntime out, made to keep to itself: as published, it reports its use to its makers.

https://github.com/microsoft/onnxruntime/blob/main/docs/Privacy.md
"""

import importlib
import os
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def load_onnxruntime() -> ModuleType:
    """Import onnxruntime such that it makes no device id, keeps no events and sends none."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # heeded if it is the first import of onnxruntime in this process
    onnxruntime = importlib.import_module("onnxruntime")
    onnxruntime.disable_telemetry_events()  # the same for what is left, if it is not
    return onnxruntime


def open_session(model: Path) -> "InferenceSession":
    """A model that runs on the CPU, one thread a call: callers run several calls at a time."""
    onnxruntime = load_onnxruntime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
