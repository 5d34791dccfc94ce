"""The widget as browsers load it: within its size, whole, and in one piece."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import service
from service.api.bundle import bundle

MODULES = {
    file.name: file.read_text(encoding="utf-8") for file in (Path(service.__path__[0]) / "widget").glob("*.js")
}
LAUNCHER, PANEL = "footnote.js", "panel.js"
LANGUAGES = ("texts.en.js", "texts.fr.js", "texts.ar.js")
MOST_OF_LAUNCHER, MOST_OF_ALL = 3_000, 20_000  # bytes, as they are sent: gzip -9
DECLARED = re.compile(r"^(?:export )?(?:async )?(?:const|let|class|function\*?) (\w+)", re.MULTILINE)
QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"')
PATTERN = re.compile(r"(?<=[(=,?:!&|])\s?(/(?![/*])(?:\\.|\[(?:\\.|[^\]\n])*\]|[^/\\\n])+/)[a-z]*(?=[.,;) ])")


def sizes() -> dict[str, int]:
    """How many bytes each script is, compressed as the service does it."""
    return {name: len(gzip.compress(text.encode(), compresslevel=9)) for name, text in bundle(MODULES).items()}


def test_browsers_load_a_launcher_a_panel_and_a_language() -> None:
    assert sorted(bundle(MODULES)) == sorted([LAUNCHER, PANEL, *LANGUAGES])


@pytest.mark.parametrize("language", LANGUAGES)
def test_widget_is_small(language: str, record_property: Callable[[str, object], None]) -> None:
    size = sizes()
    whole = size[LAUNCHER] + size[PANEL] + size[language]
    record_property("widget", f"{language}: launcher {size[LAUNCHER]} B, in all {whole} B gzipped")
    assert size[LAUNCHER] <= MOST_OF_LAUNCHER
    assert whole <= MOST_OF_ALL


def test_no_two_modules_declare_the_same_name() -> None:
    names = [one for name, text in MODULES.items() if name != LAUNCHER for one in DECLARED.findall(text)]
    assert sorted(names) == sorted(set(names))


def test_panel_holds_every_module_once_and_no_comment() -> None:
    panel = bundle(MODULES)[PANEL]
    for name, text in MODULES.items():
        if name not in (LAUNCHER, *LANGUAGES):
            assert [one for one in DECLARED.findall(text) if DECLARED.findall(panel).count(one) != 1] == []
    assert "/*" not in panel
    assert "// " not in panel
    assert re.findall(r"^(?:import|export) .*", panel, re.MULTILINE) == [
        "export async function mount(host,root){const service=new Service(host);"
    ]


def test_bundle_joins_what_is_imported_in_its_order() -> None:
    modules = {
        "panel.js": (
            '// @ts-check\n/** The panel. */\n\nimport { b } from "./b.js";\n\n'
            "export function mount() {\n  return b; // so\n}\n"
        ),
        "b.js": 'import {\n  a,\n} from "./a.js";\n\n/** Two\n * lines. */\nexport const b = a + 1;\n',
        "a.js": "export const a = 1;\n", "footnote.js": 'const load = () => import("./panel.js");\n',
    }
    assert bundle(modules) == {
        "footnote.js": 'const load=()=>import("./panel.js");\n',
        "panel.js": "const a=1;\nconst b=a + 1;\nexport function mount(){return b;}\n",
    }


def test_modules_without_a_panel_keep_what_they_import() -> None:
    assert bundle({"a.js": 'import { b } from "./b.js";\n'}) == {"a.js": 'import{b}from "./b.js";\n'}


def test_what_is_quoted_keeps_its_spaces() -> None:
    quoted = 'say("a ( b, \\" = c ) ", `d ? ${ e } : f\n  , g`);\n'
    assert bundle({"a.js": quoted}) == {"a.js": 'say("a ( b, \\" = c ) ",`d ? ${ e } : f\n, g`);\n'}


def test_no_regular_expression_holds_what_is_left_out_of_scripts() -> None:
    found = [one for text in MODULES.values() for one in PATTERN.findall(QUOTED.sub('""', text))]
    assert len(found) > 10
    assert [one for one in found if set(one) & {" ", '"', "`"}] == []
