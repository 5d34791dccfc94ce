"""Nothing in, onnxruntime out, made to keep to itself: as published, it reports its use to its makers.

https://github.com/microsoft/onnxruntime/blob/main/docs/Privacy.md
"""

import importlib
import os
from types import ModuleType


def load_onnxruntime() -> ModuleType:
    """Import onnxruntime such that it makes no device id, keeps no events and sends none."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # heeded if it is the first import of onnxruntime in this process
    onnxruntime = importlib.import_module("onnxruntime")
    onnxruntime.disable_telemetry_events()  # the same for what is left, if it is not
    return onnxruntime
