"""The layout: rectangles on a grid. Coordinates are 1-based, row before column, both ends included.

One law: a grid address anywhere inside a cell answers that cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Caption:
    """Printed text."""

    text: str


@dataclass(frozen=True, slots=True)
class Hole:
    """A field's place in a cell."""

    field: str


@dataclass(frozen=True, slots=True)
class Optional:
    """Parts that are printed only when their fields have values."""

    parts: tuple[Caption | Hole, ...]


@dataclass(frozen=True, slots=True)
class Constant:
    """A mark that the form itself prints (the — of a money table): never an anchor, never a value."""

    text: str


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit that the form prints behind the number in its cell: 320.5万元, 10分. No caption, and not the value's."""

    text: str


Part = Caption | Hole | Optional | Constant | Unit


@dataclass(frozen=True, slots=True)
class Cell:
    """One rectangle; ``row`` and ``column`` are its origin.

    ``caption`` is the printed text of the cell, holes and optional parts left out; ``holes`` are the
    names of its fields in reading order, ``only_hole`` the field that fills the whole cell, if one does;
    ``unit`` is what is printed behind its number.
    """

    row: int
    column: int
    last_row: int
    last_column: int
    parts: tuple[Part, ...] = ()
    caption: str = field(init=False, compare=False, repr=False)
    holes: tuple[str, ...] = field(init=False, compare=False, repr=False)
    only_hole: str | None = field(init=False, compare=False, repr=False)
    unit: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        parts = self.parts
        # Asked for with every row of a list, so found once.
        object.__setattr__(self, "caption", "".join(part.text for part in parts if isinstance(part, Caption)))
        object.__setattr__(self, "holes", tuple(hole.field for hole in iterate_holes(parts)))
        unit = parts[1].text if len(parts) == 2 and isinstance(parts[1], Unit) else ""
        alone = parts[0].field if len(parts) == 1 + bool(unit) and isinstance(parts[0], Hole) else None
        object.__setattr__(self, "only_hole", alone)
        object.__setattr__(self, "unit", unit)


def iterate_holes(parts: tuple[Part, ...]) -> Iterator[Hole]:
    """Every hole of the parts, those of optional parts included."""
    for part in parts:
        if isinstance(part, Hole):
            yield part
        elif isinstance(part, Optional):
            yield from (inner for inner in part.parts if isinstance(inner, Hole))


@dataclass(frozen=True, slots=True)
class Layout:
    """Cells that cover a grid of ``rows`` × ``columns`` without gap or overlap, in reading order."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    _squares: dict[tuple[int, int], Cell] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        for cell in self.cells:
            for row in range(cell.row, cell.last_row + 1):
                for column in range(cell.column, cell.last_column + 1):
                    self._squares[row, column] = cell

    def at(self, row: int, column: int) -> Cell:
        """The cell that a grid address lies in."""
        return self._squares[row, column]

    def in_row(self, row: int) -> tuple[Cell, ...]:
        """The cells that touch a row, from the left."""
        seen: list[Cell] = []
        for column in range(1, self.columns + 1):
            cell = self._squares[row, column]
            if not seen or seen[-1] is not cell:
                seen.append(cell)
        return tuple(seen)

    def cell_of(self, name: str) -> Cell:
        """The cell that holds a field."""
        for cell in self.cells:
            if name in cell.holes:
                return cell
        raise KeyError(name)
