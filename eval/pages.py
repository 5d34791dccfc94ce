"""A template's name and what it shows in, one HTML page out that loads nothing and runs only the script it carries.

Texts of questions, articles and models are hostile: Jinja escapes all of them, and what would not show, or would turn
the text around it, is printed as its code point. The content security policy admits this style and script alone.
"""

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

TEMPLATES = Path(__file__).resolve().parent / "templates"
_UNSEEN = (
    *range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0xAD, 0x61C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F),
    *range(0x2060, 0x2070), *range(0xD800, 0xE000), 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080),
)
_SHOWN = {point: f"⟦U+{point:04X}⟧" for point in _UNSEEN}


def render_page(template: str, content: Mapping[str, object]) -> str:
    """The page; UndefinedError where a template names what is not in `content`."""
    style, script = _read("page.css"), _read("page.js")
    return _make_environment().get_template(template).render(
        **content, style=Markup(style), script=Markup(script), policy=_make_policy(style, script),
    )


def reveal(text: str) -> str:
    """The text with controls, invisible characters and marks of direction as `⟦U+202E⟧`; tabs and lines stay."""
    return text.translate(_SHOWN)


def find_link(url: str | None) -> str | None:
    """The address where it is one of the web; None for anything else, as `javascript:`."""
    if not url or reveal(url) != url or any(one.isspace() for one in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _make_environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=_finalize,
    )
    environment.filters |= {"count": _count, "percent": _percent, "three": _three, "signed": _signed, "ms": _ms}
    return environment


def _finalize(value: object) -> object:
    return reveal(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _make_policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _read(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8").strip()


def _count(value: int) -> str:
    return f"{value:,}"


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"


def _three(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{value:+.3f}".replace("-", "−")


def _ms(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f} ms" if value >= 10 else f"{value:.1f} ms"
