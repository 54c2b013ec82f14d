"""The XML of a sheet, its texts in their cells instead of a table that other sheets share: what can be put in anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import StringIO

from xltool.surfaces.xlsx_writer.styles import Sheet

_SHARED = re.compile(r't="s"><v>(\d+)</v></c>')


def alone(sheet: Sheet) -> None:
    """Gives the sheet a table of texts of its own, empty."""
    sheet.str_table = type(sheet.str_table)()


def whole(sheet: Sheet) -> str:
    """All of the sheet."""
    return _with_texts(sheet, lambda: sheet._assemble_xml_file())


def rows(sheet: Sheet) -> str:
    """The rows of the sheet that hold something."""
    return _with_texts(sheet, lambda: sheet._write_rows())


def _with_texts(sheet: Sheet, assemble: Callable[[], None]) -> str:
    """What is assembled of a sheet."""
    out = StringIO()
    sheet.str_table._sort_string_data()
    texts = [f't="inlineStr"><is>{_inside(sheet, text)}</is></c>' for text in sheet.str_table.string_array]
    sheet._set_xml_writer(out)
    assemble()
    parts = _SHARED.split(out.getvalue())
    parts[1::2] = [texts[int(number)] for number in parts[1::2]]
    return "".join(parts)


def _inside(sheet: Sheet, text: str) -> str:
    """A text of the sheet's table as it stands in a cell; one with markup of its own as it is."""
    if _stands_as_it_is(text):
        return f"<t>{text}</t>"
    said: str = sheet._escape_control_characters(text)
    if said.startswith("<r>") and said.endswith("</r>"):
        return said
    kept = ' xml:space="preserve"' if said[:1].isspace() or said[-1:].isspace() else ""
    return f"<t{kept}>{sheet._escape_data(said)}</t>"


def _stands_as_it_is(text: str) -> bool:
    """True for a text, as nearly all are, that holds nothing to escape, no blank at its ends, no markup."""
    return text.isprintable() and not ("<" in text or "&" in text or ">" in text or "_x" in text or text[:1] == " " or text[-1:] == " ")
