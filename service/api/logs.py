"""Events in, one JSON line each on stderr out (text on a terminal): what happened, and nothing of what was asked."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

from ingest.children import ROOT

Log = structlog.stdlib.BoundLogger
Event = MutableMapping[str, Any]

OURS = tuple(str(ROOT / package) for package in ("ingest", "service", "eval"))

_CONTROLS = {number: f"\\x{number:02x}" for number in (*range(32), *range(127, 160), 0x2028, 0x2029)}


def configure_logs() -> Log:
    """Send what this process logs, uvicorn's lines included, to stderr, and return the log of the service."""
    structlog.configure(
        processors=[*_PROCESSORS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(), wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer = _render_for_people if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            foreign_pre_chain=_PROCESSORS,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in ("chromadb", "httpx", "uvicorn"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return structlog.stdlib.get_logger("footnote")


def trace(error: BaseException) -> list[str]:
    """Where an error came from: kinds and frames, without values and without words, which may quote a question.

    Of the frames, those in code of ours and the last.
    """
    lines: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        frames = traceback.extract_tb(cause.__traceback__)
        shown = [frame for frame in frames if frame.filename.startswith(OURS) or frame is frames[-1]]
        lines += [type(cause).__qualname__, *(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in shown)]
        cause = cause.__cause__
    return lines


def _flatten(_log: object, _method: str, event: Event) -> Event:
    """Make what others wrote safe to print: no line breaks, no control characters."""
    return {name: value.translate(_CONTROLS) if isinstance(value, str) else value for name, value in event.items()}


def _render_for_people(_log: object, _method: str, event: Event) -> str:
    """One short line: a request by its outcome, anything else with all it says."""
    at, what = str(event.pop("at"))[11:19], event.pop("event")
    if what == "request":
        outcome, took = event.get("answered") or event.get("problem") or "", f"{event['milliseconds']:,.0f} ms"
        return f"{at}  {event['status']}  {took:>9}  {event['method']} {event['route']}  {outcome}"
    level = event.pop("level")
    said = "  ".join(f"{name}={value}" for name, value in event.items())
    return f"{at}  {level}: {what}  {said}"


_PROCESSORS: list[structlog.typing.Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    _flatten,
]
