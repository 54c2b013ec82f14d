"""What guides a person on a sheet of ours: drop-down lists, and columns that nobody needs to see."""

from __future__ import annotations

from collections.abc import Sequence

from xltool.grid import address
from xltool.surfaces.xlsx_edit.markup import escaped, parse, spliced, with_attributes
from xltool.surfaces.xlsx_edit.sheet import Sheet


def drop_down(sheet: Sheet, first: int, last: int, column: int, words: Sequence[str], otherwise: str) -> None:
    """The squares of a column from row ``first`` to ``last`` take one of the words; ``otherwise`` is said to whoever types another."""
    squares = f"{address(first, column)}:{address(last, column)}"
    made = b'<%sdataValidation type="list" allowBlank="1" showErrorMessage="1" error="%s" sqref="%s"><%sformula1>%s</%sformula1></%sdataValidation>' % (
        sheet.prefix, escaped(otherwise), squares.encode(), sheet.prefix, escaped(f'"{",".join(words)}"'), sheet.prefix, sheet.prefix,
    )  # fmt: skip
    sheet.change_list("dataValidations", lambda one: False, [made], counted=True)


def hide_column(sheet: Sheet, column: int) -> None:
    """A column whose width is stated is not shown."""
    found = sheet.segment("cols")
    if found is None:
        return
    for one in parse(found.raw).children:
        if one.get("min") == one.get("max") == str(column):
            found.raw = spliced(found.raw, [(one.start, one.end, with_attributes(found.raw[one.start : one.end], {"hidden": "1"}))])
            return
