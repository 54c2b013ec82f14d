"""Two workbooks compared part by part, and cell by cell as openpyxl reads them."""

import io
import os
import posixpath
import re
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from lxml import etree  # type: ignore[import-untyped]  # it ships no types
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        assert held.testzip() is None
        return {name: held.read(name) for name in held.namelist()}


def changed(before: bytes, after: bytes) -> set[str]:
    """The parts that differ, new ones with a + before them, gone ones with a -."""
    old, new = parts(before), parts(after)
    return {name for name in old if name in new and old[name] != new[name]} | {f"+{name}" for name in new if name not in old} | {f"-{name}" for name in old if name not in new}


def same_elsewhere(before: bytes, after: bytes, sheet: str, block: tuple[int, int], more: int, owned: str, filled: set[str]) -> list[str]:
    """What differs outside the form's own cells: on the sheet with rows added (or, below 0, taken) in the block, and on all others.

    ``owned`` are the columns of the list, ``filled`` the squares of fields outside it, as they lie before.
    """
    old, new = load_workbook(io.BytesIO(before)), load_workbook(io.BytesIO(after))
    top, bottom = block
    columns = {column_index_from_string(one) for one in owned}
    found = []
    for one in old:
        other = new[one.title]
        shift = more if one.title == sheet else 0
        for line in one.iter_rows():
            for cell in line:
                assert cell.row and cell.column
                inside = one.title == sheet and top <= cell.row <= bottom
                if inside and cell.row >= min(bottom, bottom + shift):
                    # The last rows of the list are those that come and go.
                    continue
                row = cell.row + shift if cell.row > bottom else cell.row
                twin = other.cell(row, cell.column)
                rate = cell.coordinate in filled and twin.number_format == "0.00%"
                if cell.has_style and not inside and _look(cell, rate) != _look(twin, rate):
                    found.append(f"look of {one.title}!{cell.coordinate}")
                mine = one.title == sheet and ((inside and cell.column in columns) or cell.coordinate in filled)
                if not mine and cell.value != twin.value and not str(cell.value).startswith("="):
                    found.append(f"{one.title}!{cell.coordinate}: {cell.value!r} → {twin.value!r}")
                if (cell.comment and cell.comment.text) != (twin.comment and twin.comment.text):
                    found.append(f"comment of {one.title}!{cell.coordinate}")
        found += _sheets(one, other, shift, bottom)
    return found


def _look(cell, rate: bool) -> tuple[int, ...]:
    """The numbers of its font, fill, lines…: formats are only ever added behind those that were there. A rate's number format may be new."""
    style = cell._style
    return style.fontId, style.fillId, style.borderId, 0 if rate else style.numFmtId, style.protectionId, style.alignmentId


def _sheets(one, other, shift: int, bottom: int) -> list[str]:
    """What differs of two sheets beside their cells."""
    found = []
    said = {
        "widths": [{key: (held.width, held.hidden) for key, held in sheet.column_dimensions.items()} for sheet in (one, other)],
        "freeze": [sheet.freeze_panes for sheet in (one, other)],
        "page": [(sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.scale, sheet.oddFooter.center.text) for sheet in (one, other)],
        "titles": [sheet.print_title_rows for sheet in (one, other)],
        "protection": [sheet.protection.sheet for sheet in (one, other)],
        "colour": [sheet.sheet_properties.tabColor for sheet in (one, other)],
        "zoom": [sheet.sheet_view.zoomScale for sheet in (one, other)],
        "state": [sheet.sheet_state for sheet in (one, other)],
        "pictures": [sorted((image._data(), image.anchor._from.col, image.anchor._from.row - (shift if at and image.anchor._from.row >= bottom + shift else 0)) for image in sheet._images) for at, sheet in enumerate((one, other))],
        "validations": [sorted(rule.type for rule in sheet.data_validations.dataValidation) for sheet in (one, other)],
        "conditions": [sorted(len(rules) for rules in sheet.conditional_formatting._cf_rules.values()) for sheet in (one, other)],
        "charts": [len(sheet._charts) for sheet in (one, other)],
        "tables": [{name: _down(ref, 0 if at else shift, bottom) for name, ref in sheet.tables.items()} for at, sheet in enumerate((one, other))],
        "merges below": [sorted(_down(str(area), 0 if at else shift, bottom) for area in sheet.merged_cells.ranges if area.min_row > (bottom + shift if at else bottom)) for at, sheet in enumerate((one, other))],
        "area": [_down(sheet.print_area.rpartition("!")[2].replace("$", ""), 0 if at else shift, bottom) for at, sheet in enumerate((one, other)) if sheet.print_area],
        "breaks": [sorted(_row(held.id, 0 if at else shift, bottom) for held in sheet.row_breaks.brk) for at, sheet in enumerate((one, other))],
    }
    for name, pair in said.items():
        if len(pair) == 2 and pair[0] != pair[1]:
            found.append(f"{name} of {one.title}: {pair[0]} → {pair[1]}")
    for row, held in one.row_dimensions.items():
        # Rows of the form grow with their texts; the others keep their heights.
        if row > bottom and held.height != other.row_dimensions[row + shift].height:
            found.append(f"height of {one.title}!{row}")
    return found


def _row(row: int, shift: int, bottom: int) -> int:
    return row + shift if row >= bottom else row


def _down(area: str, shift: int, bottom: int) -> str:
    return re.sub(r"\d+", lambda found: str(_row(int(found[0]), shift, bottom) if int(found[0]) > bottom else int(found[0])), area)


def ill_formed(data: bytes) -> list[str]:
    """The parts that are no XML, or say that they hold more or less than they do."""
    found = []
    for name, part in parts(data).items():
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        root = etree.fromstring(part)
        for one in root.iter(MAIN + "mergeCells", MAIN + "dataValidations", MAIN + "cellXfs", MAIN + "fonts", MAIN + "fills", MAIN + "dxfs", MAIN + "rowBreaks"):
            if one.get("count") not in (None, str(len(one))):
                found.append(f"{name}: {one.tag}")
    return found


def loose_ends(data: bytes) -> list[str]:
    """Relations that lead nowhere, and parts without a type."""
    held = parts(data)
    types = etree.fromstring(held["[Content_Types].xml"])
    suffixes = {one.get("Extension", "").lower() for one in types if one.get("Extension")}
    named = {one.get("PartName", "").lstrip("/") for one in types if one.get("PartName")}
    found = [name for name in held if name.rpartition(".")[2].lower() not in suffixes and name not in named and name != "[Content_Types].xml" and not name.startswith("kso/")]
    found += [name for name in named if name not in held]
    for name, part in held.items():
        if not name.endswith(".rels"):
            continue
        folder = PurePosixPath(name).parent.parent
        for one in etree.fromstring(part):
            target = one.get("Target", "")
            way = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            if one.get("TargetMode") != "External" and way not in held:
                found.append(f"{name} → {target}")
    return found


@pytest.fixture(scope="session")
def schemas() -> dict[str, etree.XMLSchema]:
    """The published schemas (ISO/IEC 29500-4, transitional), by what they describe."""
    folder = os.environ.get("XLTOOL_OOXML")
    if not folder:
        pytest.skip("XLTOOL_OOXML is not set: it names the folder of the published OOXML schemas (sml.xsd …)")
    names = {"sheet": "sml.xsd", "drawing": "dml-spreadsheetDrawing.xsd", "types": "opc-contentTypes.xsd", "relations": "opc-relationships.xsd", "properties": "shared-documentPropertiesCustom.xsd"}
    return {key: etree.XMLSchema(etree.parse(Path(folder) / name)) for key, name in names.items()}


def against(data: bytes, schemas) -> list[str]:
    """Where the parts of a workbook are not as the schemas have it.

    Ignorable extensions are left out, as the standard says, and xml:space, which Excel writes on texts though the schema lacks it.
    """
    found = []
    for name, part in parts(data).items():
        if not name.endswith((".xml", ".rels")):
            continue
        root = etree.fromstring(part)
        kind = _kind(name, root)
        if kind is None:
            continue
        ignored = {root.nsmap[prefix] for prefix in (root.get(f"{{{COMPATIBLE}}}Ignorable") or "").split() if prefix in root.nsmap} | {COMPATIBLE}
        for one in list(root.iter()):
            for key in list(one.attrib):
                if key == SPACE or key[1:].partition("}")[0] in ignored:
                    del one.attrib[key]
        if not schemas[kind].validate(root):
            found += [f"{name}: {error.message}" for error in schemas[kind].error_log][:3]
    return found


def _kind(name: str, root) -> str | None:
    if name == "[Content_Types].xml":
        return "types"
    if name.endswith(".rels"):
        return "relations"
    if name == "docProps/custom.xml":
        return "properties"
    if name.startswith("xl/drawings/"):
        return "drawing"
    return "sheet" if name.startswith("xl/") and root.tag.startswith(MAIN) else None
