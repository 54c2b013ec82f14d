"""The tables of a document while its XML is read: rows and cells as their elements begin and end."""

from __future__ import annotations

from collections.abc import Callable

from xltool import budgets
from xltool.surfaces.docx.attributes import Attributes, on, span, twips, val, whole
from xltool.surfaces.docx.blocks import Block, Cell, Row, Table


class Tables:
    """The open tables, the innermost last. What is read joins the last of ``containers``; ``name`` stands in problems.

    Handlers are by the name of their element; each raises IndexError where its part of a table stands outside one.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.body: list[Block] = []
        self.containers: list[list[Block]] = [self.body]
        self.tables: list[Table] = []
        self.in_row_properties = False
        self.parts = 0
        self.most = budgets.limit("document_parts")

    def table_starts(self) -> dict[str, Callable[[Attributes], None]]:
        """What is done where an element of a table begins."""
        return {
            "tbl": self._table, "gridCol": self._column, "tr": self._row, "trPr": self._row_properties, "gridBefore": self._before,
            "wBefore": self._before_width, "gridAfter": self._after, "hidden": self._hidden_row, "tc": self.cell, "tcW": self._width,
            "gridSpan": self._span, "vMerge": self._merge, "hMerge": self._across, "cellDel": self._cell_gone,
        }  # fmt: skip

    def table_ends(self) -> dict[str, Callable[[], None]]:
        """What is done where it ends."""
        return {"tbl": self._end_table, "tr": self._end_row, "trPr": self._end_row_properties, "tc": self.end_cell}

    def count(self) -> None:
        """A paragraph, row, column or cell more.

        Raises:
            ProblemError: document-parts.
        """
        self.parts += 1
        if self.parts > self.most:
            raise budgets.over("document-parts", self.name, "document_parts")

    def _table(self, _: Attributes) -> None:
        if len(self.tables) >= budgets.limit("nested_tables"):
            raise budgets.over("document-depth", self.name, "nested_tables")
        self.tables.append(Table())

    def _end_table(self) -> None:
        self.containers[-1].append(self.tables.pop())

    def _column(self, attributes: Attributes) -> None:
        self.count()
        self.tables[-1].widths.append(whole(val(attributes, "w")))

    def _row(self, _: Attributes) -> None:
        self.count()
        self.tables[-1].rows.append(Row())

    def _end_row(self) -> None:
        if self.tables[-1].rows[-1].deleted:
            self.tables[-1].rows.pop()

    def _row_properties(self, _: Attributes) -> None:
        self.in_row_properties = True

    def _end_row_properties(self) -> None:
        self.in_row_properties = False

    def _before(self, attributes: Attributes) -> None:
        self.tables[-1].rows[-1].before = span(attributes)

    def _before_width(self, attributes: Attributes) -> None:
        self.tables[-1].rows[-1].before_width = twips(attributes)

    def _after(self, attributes: Attributes) -> None:
        self.tables[-1].rows[-1].after = span(attributes)

    def _hidden_row(self, attributes: Attributes) -> None:
        if self.in_row_properties:
            self.tables[-1].rows[-1].hidden = on(attributes)

    def cell(self, _: Attributes) -> None:
        """A cell begins."""
        self.count()
        cell = Cell()
        self.tables[-1].rows[-1].cells.append(cell)
        self.containers.append(cell.blocks)

    def end_cell(self) -> None:
        """Closes a cell; the old way of merging cells in a row makes it a part of the one before."""
        self.containers.pop()
        row = self.tables[-1].rows[-1]
        cell = row.cells[-1]
        if cell.deleted:
            cell.blocks.clear()
        if cell.across and len(row.cells) > 1:
            row.cells.pop()
            row.cells[-1].span += cell.span
            row.cells[-1].width += cell.width
            row.cells[-1].blocks.extend(cell.blocks)

    @property
    def _last(self) -> Cell:
        return self.tables[-1].rows[-1].cells[-1]

    def _width(self, attributes: Attributes) -> None:
        self._last.width = twips(attributes)

    def _span(self, attributes: Attributes) -> None:
        self._last.span = max(span(attributes), 1)

    def _merge(self, attributes: Attributes) -> None:
        self._last.merge = "restart" if val(attributes) == "restart" else "continue"

    def _across(self, attributes: Attributes) -> None:
        self._last.across = val(attributes) != "restart"

    def _cell_gone(self, _: Attributes) -> None:
        self._last.deleted = True
