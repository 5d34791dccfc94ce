"""A page in, what a browser would make of it out: elements, sections, and the numbers of its drawings."""

import re
from collections.abc import Iterator

from lxml import html
from lxml.html import HtmlElement

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_COMMAND = re.compile(r"([MLHV])([^MLHV]*)")


def read_page(page: str) -> HtmlElement:
    """The page as it is parsed."""
    return html.document_fromstring(page)


def find_class(page: HtmlElement, name: str) -> list[HtmlElement]:
    """The elements of a class, in order."""
    return [one for one in page.iter() if isinstance(one.tag, str) and name in (one.get("class") or "").split()]


def find_links(page: HtmlElement) -> list[str]:
    return [one.get("href") or "" for one in page.iter("a")]


def find_points(page: HtmlElement) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Every point of every drawing that has a box, with the width and height of the box."""
    for drawing in page.iter("svg"):
        box = drawing.get("viewbox") or drawing.get("viewBox")
        if box is not None:
            width, height = (float(one) for one in box.split()[2:])
            for shape in drawing.iter("path", "circle", "rect", "text"):
                for point in _points(shape):
                    yield point, (width, height)


def _points(shape: HtmlElement) -> Iterator[tuple[float, float]]:
    if shape.tag == "path":
        yield from _path_points(shape.get("d") or "")
        return
    x, y = (float(shape.get(name) or shape.get(f"c{name}") or 0) for name in ("x", "y"))
    yield x, y
    yield x + float(shape.get("width") or 0), y + float(shape.get("height") or 0)


def _path_points(path: str) -> Iterator[tuple[float, float]]:
    x = y = 0.0
    for command, rest in _COMMAND.findall(path):
        numbers = [float(one) for one in _NUMBER.findall(rest)]
        if command == "H":
            x = numbers[0]
        elif command == "V":
            y = numbers[0]
        else:
            x, y = numbers
        yield x, y
