"""What people write for the pages that may ask in, origins as browsers send them out."""

import re

from ingest.errors import UsageError

_ORIGIN = re.compile(r"(https?)://([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?/?")
_USUAL_PORTS = {"http": "80", "https": "443"}


def read_origin(text: str) -> str:
    """The origin, as the header `Origin` names it; UsageError where it is none, or has a path."""
    found = _ORIGIN.fullmatch(text.strip().lower())
    if found is None:
        raise UsageError(
            f"{text!r} is no origin; write it as https://news.example, without a path, and other letters than English "
            "ones as the browser's address bar gives them when copied (xn--…)."
        )
    scheme, host, port = found.groups()
    return f"{scheme}://{host}" if port in (None, _USUAL_PORTS[scheme]) else f"{scheme}://{host}:{port}"


def site_of(origin: str) -> str:
    """The host and port of an origin, as a Host header gives them."""
    return origin.lower().partition("://")[2]
