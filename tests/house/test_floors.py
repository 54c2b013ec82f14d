"""The arrows between the modules of xltool, read from their imports.

    5  cli · web · xltool itself                translate, call one function, print
    4  jobs/
    3  surfaces/ · recovery/ · check · rollup · diff · merge
    2  picture · yamlfile · mapping · library   the declaration
       arrange · canonical · schema             a filing on its form's grid, as JSON
    1  layout · values · form · filing          the centre
    0  problems · messages

The checks are functions from sources to faults, so that each is also shown a small house
with the fault in it.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "xltool"

FLOORS: dict[str, int] = {
    "problems": 0,
    "messages": 0,
    "terms": 0,
    "collector": 0,
    "version": 0,
    "budgets": 1,
    "layout": 1,
    "values": 1,
    "figures": 1,
    "form": 1,
    "filing": 1,
    "grid": 1,
    "printed": 1,
    "places": 1,
    "lines": 1,
    "worded": 1,
    "picture": 2,
    "letter_widths": 1,
    "unit_cells": 2,
    "yamlfile": 2,
    "yaml_reader": 2,
    "text_file": 2,
    "mapping": 2,
    "caption_rule": 2,
    "field_captions": 2,
    "library": 2,
    "arrange": 2,
    "canonical": 2,
    "columns": 2,
    "schema": 2,
    "safe_names": 2,
    "unfilled": 2,
    "archive": 2,
    "pages": 2,
    "heights": 2,
    "surfaces": 3,
    "recovery": 3,
    "check": 3,
    "rollup": 3,
    "diff": 3,
    "merge": 3,
    "prefill": 3,
    "draft": 3,
    "upload": 3,
    "jobs": 4,
    "cli": 5,
    "web": 5,
    "__main__": 5,
    "": 5,  # xltool/__init__.py: the library's front, which nothing below may import
}

# Modules of a floor that its neighbours may share, by module: what for. They count as lying
# just below their floor: they import nothing of it, other than one another.
HELPERS: dict[str, str] = {
    "surfaces.shown": "a number under its number format: workbooks of every kind have them",
    "surfaces.number_format": "the language of number formats: numbers and moments are shown under them",
    "surfaces.digits": "the digits of a number among the tokens of its format: what shows numbers stands on it",
    "surfaces.stamped": "a date or time under its number format: workbooks of every kind have them",
    "surfaces.merged": "squares and the merges over them as cells: workbooks of every kind have them",
    "surfaces.barred_rows": "rows between bars made whole: Markdown is read through it, and text that has them is",
    "surfaces.drawn_text": "tables drawn with rules: plain text is read with them as Markdown is",
    "surfaces.ruled_text": "tables between lines of dashes: plain text is read with them as Markdown is",
    "surfaces.xml_stream": "XML in pieces, document types refused: .ods and SpreadsheetML are read through it",
    "surfaces.xlsx_writer.book": "the one edge to XlsxWriter: the official workbook and that of a rollup are opened by it",
    "surfaces.xlsx_writer.styles": "the look of a form's cells, the same on the sheets of a rollup",
    "surfaces.xlsx_writer.grid": "a form drawn on a sheet, and texts that are never taken for formulas",
    "surfaces.xlsx_writer.rows": "rows as finished text, those of forms and of a rollup's own sheets",
    "surfaces.xlsx_writer.paper": "page set-up: every sheet that xltool writes prints alike",
    "surfaces.xlsx_writer.form_sheet": "a form on a sheet of its own, the same in a rollup",
    "surfaces.xlsx_writer.stacked": "all forms on one sheet: of one filing, and of a rollup's thousands",
    "surfaces.xlsx_writer.own_texts": "sheets with their texts inside them, which a rollup puts in anywhere",
    "rollup.model": "what a rollup is, as data: its workbook is written from it",
    "surfaces.calamine": "the one edge to calamine: .xlsx, .xls and .xlsb are read through it",
}

# Arrows along a floor, from part to part, that are meant: why.
ALONG: dict[tuple[str, str], str] = {
    ("__main__", "cli"): "python -m xltool",
    ("cli", ""): "the command line translates for the library's front",
    ("web", ""): "so does the web page",
    ("merge", "diff"): "a merge is two diffs of one base: it matches and compares as they do, and its choices are changes",
}

# Third-party libraries that more than one module imports: why.
EDGES: dict[str, str] = {}

# Own modules imported inside a function, as (module, imported): why. A circle is no reason.
INSIDE: dict[tuple[str, str], str] = {}

# Floors whose parts are one thing in several files: arrows within them are free of circles only.
ONE_THING = frozenset({0, 1, 2})


@dataclass(frozen=True, slots=True)
class Import:
    """One import: who imports whom (dotted, full names), in which line, inside a function or not."""

    importer: str
    imported: str
    line: int
    inside: bool

    def __str__(self) -> str:
        return f"{self.importer}, line {self.line}: imports {self.imported}"


# ---------------------------------------------------------------- the house as it is


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    found = {_dotted(path): path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
    assert found, "xltool has no modules"
    return found


def test_every_module_has_a_floor(sources):
    assert [] == [name for name in sources if _part(name) not in FLOORS]


def test_imports_go_to_a_lower_floor(sources):
    assert [] == arrows_up(sources)


def test_parts_of_a_floor_do_not_import_each_other(sources):
    assert [] == arrows_along(sources)


def test_no_modules_import_each_other_in_a_circle(sources):
    assert [] == circles(sources)


def test_own_modules_are_imported_at_the_top_of_a_file(sources):
    assert [] == own_imports_inside(sources)


def test_each_third_party_library_has_one_edge(sources):
    assert [] == libraries_without_one_edge(sources)


def test_the_centre_imports_the_standard_library_only(sources):
    assert [] == third_party_in_the_centre(sources)


# ---------------------------------------------------------------- the checks see what they are for


def test_an_arrow_up_is_seen():
    house = {"xltool.layout": "from xltool.mapping import Mapping", "xltool.mapping": ""}
    assert ["xltool.layout, line 1: imports xltool.mapping"] == arrows_up(house)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("from xltool.surfaces import text", id="from the package"),
        pytest.param("from xltool.surfaces.text import read", id="from the module"),
        pytest.param("import xltool.surfaces.text", id="by its full name"),
        pytest.param("from . import text", id="relative"),
        pytest.param("from .text import read", id="relative, from the module"),
    ],
)
def test_a_surface_that_imports_another_is_seen(line):
    house = {
        "xltool.surfaces": "",
        "xltool.surfaces.text": "",
        "xltool.surfaces.xlsx": line,
    }
    assert ["xltool.surfaces.xlsx, line 1: imports xltool.surfaces.text"] == arrows_along(house)


def test_a_surface_in_several_files_may_import_its_own():
    house = {
        "xltool.surfaces.xlsx": "from xltool.surfaces.xlsx import rows",
        "xltool.surfaces.xlsx.rows": "",
    }
    assert [] == arrows_along(house)


def test_a_declared_helper_is_shared_by_surfaces(monkeypatch):
    house = {"xltool.surfaces.text": "from . import pieces", "xltool.surfaces.pieces": ""}
    assert len(arrows_along(house)) == 1
    monkeypatch.setitem(HELPERS, "surfaces.pieces", "bits of text with their places")
    assert [] == arrows_along(house)


def test_recovery_and_surfaces_stand_apart():
    house = {"xltool.recovery.read": "import xltool.surfaces.text", "xltool.surfaces.text": ""}
    assert len(arrows_along(house)) == 1


def test_an_arrow_hidden_in_a_string_is_seen():
    house = {"xltool.form": "import_module('xltool.mapping')", "xltool.mapping": ""}
    assert ["xltool.form, line 1: imports xltool.mapping"] == arrows_up(house)


def test_a_circle_is_seen():
    house = {
        "xltool.form": "from xltool.layout import Cell",
        "xltool.layout": "from xltool import values",
        "xltool.values": "from xltool import form",
    }
    assert ["xltool.form → xltool.layout → xltool.values → xltool.form"] == circles(house)


def test_an_own_import_inside_a_function_is_seen():
    house = {"xltool.form": "def f():\n    from xltool.layout import Cell", "xltool.layout": ""}
    assert ["xltool.form, line 2: imports xltool.layout"] == own_imports_inside(house)


def test_a_library_with_two_edges_is_seen_and_a_lazy_one_counts():
    house = {
        "xltool.surfaces.xlsx": "import openpyxl",
        "xltool.yamlfile": "def f():\n    from openpyxl.utils import cell",
        "xltool.cli": "import click",
        "xltool.cli.convert": "import click",
    }
    assert [
        "openpyxl is imported by xltool.surfaces.xlsx, xltool.yamlfile"
    ] == libraries_without_one_edge(house)


def test_a_library_in_the_centre_is_seen():
    house = {"xltool.values": "import decimal\nimport simplejson"}
    assert ["xltool.values, line 2: imports simplejson"] == third_party_in_the_centre(house)


# ---------------------------------------------------------------- the checks


def arrows_up(sources: dict[str, str]) -> list[str]:
    """Imports of a module on a higher floor."""
    return [
        str(found)
        for found in _own_imports(sources)
        if _floor(found.imported) > _floor(found.importer)
    ]


def arrows_along(sources: dict[str, str]) -> list[str]:
    """Imports on one floor from one of its parts to another."""
    return [str(found) for found in _own_imports(sources) if _goes_along(found)]


def _goes_along(found: Import) -> bool:
    floor = _floor(found.importer)
    if floor != _floor(found.imported) or floor in ONE_THING:
        return False
    here, there = _neighbour(found.importer), _neighbour(found.imported)
    if _short(found.imported) in HELPERS:
        return False
    return here != there and (here, there) not in ALONG


def circles(sources: dict[str, str]) -> list[str]:
    """Each circle of imports once, from its first module by name."""
    arrows: dict[str, list[str]] = {name: [] for name in sources}
    for found in _own_imports(sources):
        if found.imported != found.importer and not _is_own_package(found):
            arrows[found.importer].append(found.imported)
    seen: set[str] = set()
    shown: list[str] = []
    for start in sorted(arrows):
        way = _way_back(start, arrows, seen)
        if way:
            shown.append(" → ".join(way))
            seen.update(way)
    return shown


def _way_back(start: str, arrows: dict[str, list[str]], seen: set[str]) -> list[str]:
    """The shortest way from a module back to itself; empty without one."""
    ways = [[start]]
    visited = set(seen)
    while ways:
        way = ways.pop(0)
        for following in arrows[way[-1]]:
            if following == start:
                return [*way, start]
            if following not in visited:
                visited.add(following)
                ways.append([*way, following])
    return []


def own_imports_inside(sources: dict[str, str]) -> list[str]:
    return [
        str(found)
        for found in _own_imports(sources)
        if found.inside and (found.importer, found.imported) not in INSIDE
    ]


def libraries_without_one_edge(sources: dict[str, str]) -> list[str]:
    """Third-party libraries that several modules import; the cli package counts as one."""
    edges: dict[str, set[str]] = {}
    for found in _third_party_imports(sources):
        edge = "xltool.cli" if _part(found.importer) == "cli" else found.importer
        edges.setdefault(found.imported.partition(".")[0], set()).add(edge)
    return [
        f"{library} is imported by {', '.join(sorted(users))}"
        for library, users in sorted(edges.items())
        if len(users) > 1 and library not in EDGES
    ]


def third_party_in_the_centre(sources: dict[str, str]) -> list[str]:
    return [str(found) for found in _third_party_imports(sources) if _floor(found.importer) <= 1]


# ---------------------------------------------------------------- reading imports


def _own_imports(sources: dict[str, str]) -> list[Import]:
    """Imports of xltool's own modules, each the name of a module in `sources`."""
    found = []
    for importer, source in sources.items():
        for one in [*_imports(importer, source), *_named_in_text(importer, source, sources)]:
            target = _module_of(one.imported, sources)
            if target is not None and target != importer:
                found.append(Import(importer, target, one.line, one.inside))
    return found


def _named_in_text(importer: str, source: str, sources: dict[str, str]) -> list[Import]:
    """Modules named by a string, as lazy loading does: an arrow like another, wherever it stands."""
    return [
        Import(importer, node.value, node.lineno, inside=False)
        for node in ast.walk(ast.parse(source, importer))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if "." in node.value and node.value in sources
    ]


def _third_party_imports(sources: dict[str, str]) -> list[Import]:
    known = sys.stdlib_module_names | {"xltool", "__future__"}
    return [
        one
        for importer, source in sources.items()
        for one in _imports(importer, source)
        if one.imported.partition(".")[0] not in known
    ]


def _imports(importer: str, source: str) -> Iterator[Import]:
    tree = ast.parse(source, importer)
    inner = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        for name in _names(node, importer):
            yield Import(importer, name, node.lineno, id(node) in inner)  # type: ignore[attr-defined]


def _names(node: ast.AST, importer: str) -> list[str]:
    """The dotted names that an import statement asks for; none for another node."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            base = _relative(importer, node.level, base)
        return [f"{base}.{alias.name}" for alias in node.names]
    return []


def _relative(importer: str, level: int, base: str) -> str:
    """`from ..x import y` as a full name; a package stands for its own folder."""
    folders = importer.split(".")
    if not (PACKAGE.parent.joinpath(*folders) / "__init__.py").exists():
        folders = folders[:-1]
    folders = folders[: len(folders) - (level - 1)]
    return ".".join([*folders, base]) if base else ".".join(folders)


def _module_of(name: str, sources: dict[str, str]) -> str | None:
    """The module that an imported name leads to: itself, or where it is defined."""
    while name:
        if name in sources:
            return name
        if name.partition(".")[0] != "xltool":
            return None
        name = name.rpartition(".")[0]
    return None


def _dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _short(module: str) -> str:
    return module.removeprefix("xltool").removeprefix(".")


def _part(module: str) -> str:
    """The first word below xltool: a module or a folder; empty for xltool itself."""
    return _short(module).partition(".")[0]


def _neighbour(module: str) -> str:
    """What may import freely within itself: a part of the house, or one surface."""
    words = _short(module).split(".")
    return ".".join(words[:2] if words[0] == "surfaces" else words[:1])


def _floor(module: str) -> int:
    return FLOORS.get(_part(module), max(FLOORS.values()))


def _is_own_package(found: Import) -> bool:
    """A package that gathers its modules, or a module that names its package's folder."""
    return found.importer.startswith(f"{found.imported}.")
