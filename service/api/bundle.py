"""The modules of the widget in, the few scripts that browsers load out: one for the panel, without what people read."""

import re
from collections.abc import Iterator, Mapping

PANEL = "panel.js"
IMPORT = re.compile(r'^import \{[^}]*\} from "\./([a-z0-9-]+\.js)";\n', re.MULTILINE)
COMMENT = re.compile(r"^[ \t]*(?:/\*\*.*?\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
REMARK = re.compile(r"(?<=[;,{]) // .*$", re.MULTILINE)
CAST = re.compile(r"/\*\* @type [^*]*\*/ ?")
EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)
BLANK = re.compile(r"^[ \t]+|^\n", re.MULTILINE)
QUOTED = re.compile(r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)""", re.DOTALL)
SPACED = re.compile(r" ?(=>|[=!]==|&&|\|\||\?\?=?|<=|>=|[\[\]={}(),;:?<>]) ?")
BROKEN = re.compile(r"(?<=[\[({,])\n|,?\n(?=[\])}])")


def bundle(modules: Mapping[str, str]) -> dict[str, str]:
    """The scripts to serve, by name: `panel.js` holds all that it imports, and no script says anything twice.

    A module is written so that this is enough: its imports, comments and exports begin their lines, statements end with
    a semicolon, no regular expression holds a space or a quotation mark, and no two modules declare the same name.
    """
    order = list(_in_order(modules, PANEL)) if PANEL in modules else []
    scripts = {name: _tighten(text) for name, text in modules.items() if name not in order}
    if order:
        parts = [IMPORT.sub("", modules[name]) for name in order]
        inner = [EXPORT.sub("", part) for part in parts[:-1]]
        scripts[PANEL] = _tighten("".join([*inner, parts[-1]]))
    return dict(sorted(scripts.items()))


def _in_order(modules: Mapping[str, str], name: str) -> Iterator[str]:
    """A module behind all those that it imports, each once."""
    seen = set[str]()

    def visit(one: str) -> Iterator[str]:
        if one in seen:
            return
        seen.add(one)
        for imported in IMPORT.findall(modules[one]):
            yield from visit(imported)
        yield one

    yield from visit(name)


def _tighten(text: str) -> str:
    """The same script without what only its writers read; what is quoted in it stays as it is."""
    for what in (COMMENT, REMARK, CAST, BLANK):
        text = what.sub("", text)
    return "".join(one if number % 2 else _close_up(one) for number, one in enumerate(QUOTED.split(text)))


def _close_up(code: str) -> str:
    return BROKEN.sub("", SPACED.sub(r"\1", code))
