"""Where a value stands in the file that it was read from: a cell of a sheet, a box on a page, a line, a JSON path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xltool.grid import Rectangle, address

SHEET, PAGE, TABLE, LINE, PATH = "sheet", "page", "table", "line", "path"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place. ``where`` is the sheet's name, the page's or line's number, the table row's name, or a JSON path.

    ``row`` to ``last_column`` are the cell's rectangle on a sheet or in a table, 0 elsewhere; ``spot`` is what
    people call a box on a page.
    """

    kind: str
    where: str | int
    row: int = 0
    column: int = 0
    last_row: int = 0
    last_column: int = 0
    spot: str = ""

    @property
    def address(self) -> str:
        """The cell's first square as Excel shows it (C5); empty where it is no cell of a sheet."""
        return address(self.row, self.column) if self.kind == SHEET else ""

    @property
    def area(self) -> str:
        """The whole cell as Excel shows it (C5:D6); empty where it is no cell of a sheet."""
        last = address(self.last_row, self.last_column) if self.kind == SHEET else ""
        return self.address if last == self.address else f"{self.address}:{last}"

    @property
    def shown(self) -> str:
        """The place as people find it: 表1!C5, 第3页(…), 第12行, 表2第3行, a JSON path."""
        match self.kind:
            case "sheet":
                return f"{self.where}!{self.address}"
            case "page":
                return self.spot or f"第{self.where}页"
            case "line":
                return f"第{self.where}行"
        return str(self.where)


Places = Mapping[str, Place]
"""The places of one form by JSON path inside it, as doubts name it; ``""`` is that of the form as a whole."""


def on_sheet(name: str, rectangle: Rectangle) -> Place:
    """The place of a cell of a sheet."""
    return Place(SHEET, name, *rectangle)


def place_of(path: str, places: Places) -> Place | None:
    """The place of a path: its own, else that of the nearest thing around it, else that of the form."""
    while path:
        if path in places:
            return places[path]
        path = _outside(path)
    return places.get("")


def is_inside(path: str, outer: str) -> bool:
    """True for a path that is another, or stands in it."""
    return path == outer or path.startswith((f"{outer}.", f"{outer}["))


def around(paths: Iterable[str]) -> frozenset[str]:
    """Some paths with everything around them: ``indicators[3].target`` with ``indicators[3]`` and ``indicators``."""
    found: set[str] = set()
    for path in paths:
        while path and path not in found:
            found.add(path)
            path = _outside(path)
    return frozenset(found)


def _outside(path: str) -> str:
    """What a path stands in; nothing for what stands in the form itself."""
    cut = max(path.rfind("."), path.rfind("["))
    return path[:cut] if cut > 0 else ""
