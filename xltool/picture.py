"""The picture: a layout drawn as text, one line a row, and the way back.

``{x}`` is a field, ``<`` the cell to the left goes on, ``^`` the cell above goes on, ``…`` in a row
of its own repeats the row above, ``^…`` repeats and merges while the value stays the same; a lone
``—`` or ``/`` is a constant, ``[…]`` is printed only when its fields have values, ``\\`` escapes any mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from xltool.layout import Caption, Cell, Constant, Hole, Layout, Optional, Part
from xltool.letter_widths import width_of
from xltool.problems import Problem, ProblemError, problem

LEFT, ABOVE, REPEAT, REPEAT_MERGED = "<", "^", "…", "^…"
CONSTANTS = ("—", "/")
_BAR = re.compile(r"(?<!\\)(?:\\\\)*\|")
_OPENED = re.compile(r"\{([^{}\[\]]*[^{}\[\]\s])")
_SPECIAL = re.compile(r"([\\|{}｛｝\[\]])")
_WIDE = re.compile(r"(?<!\\)[｛｝]")


@dataclass(frozen=True, slots=True)
class Repeat:
    """A row of … : ``row`` is the layout row that it repeats, ``marks`` the mark over each of its columns."""

    row: int
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A layout with its repeated rows; the … rows themselves are no rows of the layout."""

    layout: Layout
    repeats: tuple[Repeat, ...] = ()


@dataclass(slots=True)
class _Row:
    number: int
    line: int
    marks: list[str]
    layout_row: int = 0


def parse(text: str, name: str = "", first_line: int = 1) -> Picture:
    """The picture of a text.

    Raises:
        ProblemError: every fault of the text, each placed as ``name:line``.
    """
    faults: list[Problem] = []
    rows = _rows(text, name, first_line, faults)
    if not rows and not faults:
        faults.append(problem("picture-empty", f"{name}:{first_line}"))
    if faults:
        raise ProblemError(faults)
    owners = _owners(rows, name, faults)
    repeats = _repeats(rows, name, faults)
    cells = [] if faults else _cells(rows, owners, name, faults)
    if faults:
        raise ProblemError(faults)
    drawn = sum(row.layout_row > 0 for row in rows)
    return Picture(Layout(drawn, len(rows[0].marks), tuple(cells)), tuple(repeats))


def _rows(text: str, name: str, first_line: int, faults: list[Problem]) -> list[_Row]:
    rows: list[_Row] = []
    layout_row = 0
    for offset, line in enumerate(text.splitlines()):
        if not line.strip():
            continue
        stripped = line.strip()
        place, number = f"{name}:{first_line + offset}", len(rows) + 1
        marks = split_bars(stripped)
        if marks is None:
            faults.append(problem("picture-bars", place, row=number))
            marks = []
        elif rows and rows[0].marks and len(marks) != len(rows[0].marks):
            faults.append(problem("picture-width", place, row=number, found=len(marks), wanted=len(rows[0].marks)))
        repeated = any(mark in (REPEAT, REPEAT_MERGED) for mark in marks)
        layout_row += not repeated
        rows.append(_Row(number, first_line + offset, marks, 0 if repeated else layout_row))
    return rows


def split_bars(line: str) -> list[str] | None:
    """The cells of one line, blanks around them gone, escapes kept; None where the bars at its ends are missing."""
    cuts = [found.end() - 1 for found in _BAR.finditer(line)]
    if len(cuts) < 2 or cuts[0] != 0 or cuts[-1] != len(line) - 1:
        return None
    return [line[a + 1 : b].strip() for a, b in zip(cuts, cuts[1:], strict=False)]


def loose(text: str, more: tuple[str, ...] = ()) -> Picture:
    """What a text with faults draws, each mark a cell of its own: its names and captions hold, its geometry does not.

    ``more`` are fields to draw where the text draws nothing.
    """
    rows = _rows(text, "", 1, []) or [_Row(1, 1, [f"{{{name}}}" for name in more], 1)]
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for row, line in zip(rows, lines, strict=False):
        row.marks = row.marks or [mark.strip() for mark in _BAR.split(line) if mark.strip()]
    columns = max(len(row.marks) for row in rows)
    cells = [
        Cell(row.layout_row, column + 1, row.layout_row, column + 1, _loose_parts(row.marks[column] if column < len(row.marks) else ""))
        for row in rows if row.layout_row
        for column in range(columns)
    ]  # fmt: skip
    return Picture(Layout(sum(row.layout_row > 0 for row in rows), columns, tuple(cells)))


def _loose_parts(mark: str) -> tuple[Part, ...]:
    """The parts of a mark; of one whose braces do not pair the fields that they open."""
    if mark in (LEFT, ABOVE):
        return ()
    parts = parse_parts(mark)
    return tuple(Hole(name.strip()) for name in _OPENED.findall(mark)) if parts is None else parts


def _owners(rows: list[_Row], name: str, faults: list[Problem]) -> list[list[tuple[int, int]]]:
    """For each square the (row index, column index) of the cell it belongs to."""
    owners: list[list[tuple[int, int]]] = []
    for index, row in enumerate(rows):
        line: list[tuple[int, int]] = []
        for column, mark in enumerate(row.marks):
            owner = (index, column)
            if mark == LEFT:
                if column == 0:
                    faults.append(problem("picture-left", f"{name}:{row.line}", row=row.number, column=column + 1))
                else:
                    owner = line[column - 1]
            elif mark == ABOVE:
                above = owners[index - 1][column] if index else None
                if above is None or rows[above[0]].marks[above[1]] in (REPEAT, REPEAT_MERGED):
                    faults.append(problem("picture-above", f"{name}:{row.line}", row=row.number, column=column + 1))
                else:
                    owner = above
            line.append(owner)
        owners.append(line)
    return owners


def _repeats(rows: list[_Row], name: str, faults: list[Problem]) -> list[Repeat]:
    found: list[Repeat] = []
    for index, row in enumerate(rows):
        if row.layout_row:
            continue
        place = f"{name}:{row.line}"
        if index == 0 or not rows[index - 1].layout_row:
            faults.append(problem("picture-repeat", place, row=row.number))
            continue
        for column, mark in enumerate(row.marks):
            if "{" in mark:
                faults.append(problem("picture-sideways", place, row=row.number))
                break
            if mark not in (LEFT, ABOVE, REPEAT, REPEAT_MERGED):
                faults.append(problem("picture-repeat-mark", place, row=row.number, column=column + 1, words=mark))
        marks = list(row.marks)
        for column, mark in enumerate(marks):
            if mark == LEFT and column:
                marks[column] = marks[column - 1]
        found.append(Repeat(rows[index - 1].layout_row, tuple(marks)))
    return found


def _cells(rows: list[_Row], owners: list[list[tuple[int, int]]], name: str, faults: list[Problem]) -> list[Cell]:
    squares: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for index, line in enumerate(owners):
        for column, owner in enumerate(line):
            if rows[owner[0]].layout_row:
                squares.setdefault(owner, []).append((index, column))
    cells = []
    for (index, column), inside in squares.items():
        row, mark = rows[index], rows[index].marks[column]
        last_index, last_column = max(at for at, _ in inside), max(at for _, at in inside)
        if len(inside) != (last_index - index + 1) * (last_column - column + 1) or min(at for _, at in inside) < column:
            faults.append(problem("picture-rectangle", f"{name}:{row.line}", row=row.number, column=column + 1, words=mark))
            continue
        parts = parse_parts(mark)
        if _WIDE.search(mark):
            faults.append(problem("picture-wide", f"{name}:{row.line}", row=row.number, column=column + 1, words=mark))
            continue
        if parts is None:
            faults.append(problem("picture-braces", f"{name}:{row.line}", row=row.number, column=column + 1, words=mark))
            continue
        last_row = next(one.layout_row for one in reversed(rows[: last_index + 1]) if one.layout_row)
        cells.append(Cell(row.layout_row, column + 1, last_row, last_column + 1, parts))
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def parse_parts(mark: str) -> tuple[Part, ...] | None:
    """The parts of one cell's text; None where its braces do not pair. A caption or alias is read by it too."""
    if mark in CONSTANTS:
        return (Constant(mark),)
    outer: list[Part] = []
    inner: list[Caption | Hole] | None = None
    plain = ""
    position = 0
    while position < len(mark):
        character = mark[position]
        position += 1
        if character == "\\" and position < len(mark):
            plain += mark[position]
            position += 1
            continue
        if character not in "{[]}":
            plain += character
            continue
        if plain:
            (outer if inner is None else inner).append(Caption(plain))
            plain = ""
        if character == "{":
            end = mark.find("}", position)
            if end < 0 or not mark[position:end].strip():
                return None
            (outer if inner is None else inner).append(Hole(mark[position:end].strip()))
            position = end + 1
        elif character == "[" and inner is None:
            inner = []
        elif character == "]" and inner is not None:
            outer.append(Optional(tuple(inner)))
            inner = None
        else:
            return None
    if plain:
        outer.append(Caption(plain))
    return None if inner is not None else tuple(outer)


def draw(picture: Picture) -> str:
    """The text of a picture, its columns padded so that bars stand below each other. ``parse(draw(p)) == p``."""
    layout = picture.layout
    repeats = {repeat.row: repeat.marks for repeat in picture.repeats}
    lines: list[list[str]] = []
    for row in range(1, layout.rows + 1):
        lines.append([_mark(layout, row, column) for column in range(1, layout.columns + 1)])
        if row in repeats:
            lines.append(_repeat_line(layout, row, repeats[row]))
    widths = [max(display_width(line[column]) for line in lines) for column in range(layout.columns)]
    return "".join("| " + " | ".join(pad(mark, width) for mark, width in zip(line, widths, strict=True)) + " |\n" for line in lines)


def _mark(layout: Layout, row: int, column: int) -> str:
    cell = layout.at(row, column)
    if cell.row == row:
        return draw_parts(cell.parts) if cell.column == column else LEFT
    return ABOVE if cell.column == column else LEFT


def _repeat_line(layout: Layout, row: int, marks: tuple[str, ...]) -> list[str]:
    line = []
    for column, mark in enumerate(marks, start=1):
        cell = layout.at(row, column)
        line.append(mark if cell.column == column else LEFT)
    return line


def draw_parts(parts: tuple[Part, ...]) -> str:
    """One cell's parts as the picture writes them."""
    if len(parts) == 1 and isinstance(parts[0], Constant):
        return parts[0].text
    text = "".join(_draw_part(part) for part in parts)
    return f"\\{text}" if text in (LEFT, ABOVE, REPEAT, REPEAT_MERGED, *CONSTANTS) else text


def _draw_part(part: Part) -> str:
    match part:
        case Hole(field=name):
            return f"{{{name}}}"
        case Optional(parts=inner):
            return "[" + "".join(_draw_part(one) for one in inner) + "]"
        case _:
            return _SPECIAL.sub(r"\\\1", part.text)


@lru_cache(maxsize=16384)
def display_width(text: str) -> int:
    """Columns that a text takes in a terminal: two for a wide character."""
    return width_of(text)


def pad(text: str, width: int) -> str:
    """The text filled with blanks to a display width."""
    return text + " " * (width - display_width(text))
