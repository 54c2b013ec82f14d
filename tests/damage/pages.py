"""A sheet set on pages: lines in reading order, with the gaps and repeats that a converter leaves."""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tests.damage import wrapping
from tests.damage.sheet import Cell, Label, Sheet


@dataclass(frozen=True, slots=True)
class Style:
    """What one converter does: the gaps between lines, where labels are drawn, what a page break repeats."""

    inner: str = "\n"  # between the lines of a cell
    last: str | None = None  # before the last line of a name, unit or reason
    label_inner: str = "\n\n"  # between the lines of a level's name
    around: str = "\n"  # between a wrapped cell and its neighbour
    group: str = "\n\n"  # after a label over several rows
    row: str = "\n\n"
    goals: str = "\n\n"  # between the two goals
    cell: str = " "
    name_alone: bool = False  # name, values and reason each begin a line
    labels: str = "first"  # first: before the group's first row; middle: where its middle lies
    repeats: bool = False  # merged labels stand again at the end of the text of the next page
    cuts_rows: bool = False  # a page may end inside a row
    wraps: str = "column"  # column, anywhere, none
    lines: int = 48  # of a page


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, the gap after it, the row it belongs to, and whether it ends its cell."""

    text: str
    gap: str
    row: int
    ends: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """A cell about to be set: its lines, and whether it is a label over several rows."""

    role: str
    lines: tuple[str, ...]
    many: bool = False
    first: int = -1
    last: int = -1


Page = tuple[Line, ...]
HEAVY = 9  # lines of a goal after which its cell may reach the next page


def pages_of(sheet: Sheet, style: Style, rng: random.Random, starts: Sequence[int] = ()) -> list[Page]:
    """The pages of a sheet; `starts` are rows that must begin a page and draw the labels of their group there."""
    setter = Setter(sheet, style, rng, frozenset(starts))
    bounds = setter.bounds()
    pages: list[Page] = []
    carry: list[Line] = []
    for start, stop in zip(bounds, bounds[1:], strict=False):
        page = list(carry)
        carry = []
        for row in range(start, stop):
            blocks = setter.blocks(row)
            if style.cuts_rows and row == stop - 1 and stop < len(sheet.rows) and rng.random() < 0.7:
                blocks, carry = setter.cut(blocks, row)
            page += setter.lines(blocks, row)
        page += setter.repeats(start) if style.repeats else []
        pages.append(tuple(page))
    return pages


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets the rows of one sheet in one style."""

    sheet: Sheet
    style: Style
    rng: random.Random
    starts: frozenset[int]

    def bounds(self) -> list[int]:
        """The rows that begin a page, and the end; a heavy goal may push the list to the next page."""
        found, used = [0], 0
        for place, row in enumerate(self.sheet.rows):
            height = max(len(self.wrapped(cell)) for cell in row.cells)
            full = used + height > self.style.lines and row.kind in ("item", "header", "total")
            pushed = row.kind == "header" and used > HEAVY + 12 and self.rng.random() < 0.3
            if (full or pushed or place in self.starts) and place > found[-1]:
                found.append(place)
                used = 0
            used += height
        return [*found, len(self.sheet.rows)]

    def wrapped(self, cell: Cell | Label) -> list[str]:
        """The lines of a cell in its column."""
        if self.style.wraps == "none":
            return [cell.text.replace("\n", "")] if cell.role == "caption" else cell.text.split("\n")
        if self.style.wraps == "anywhere" and not cell.role.startswith("goal"):
            return self.anywhere(cell)
        if cell.role == "goal-left":
            return wrapping.wrap_short(cell.text, cell.room)
        if cell.role == "name":
            return wrapping.wrap_name(cell.text, cell.room)
        if cell.role == "reason" and not cell.text.endswith("。"):
            return wrapping.wrap_short(cell.text, cell.room, kinsoku=False)
        return wrapping.wrap(cell.text, cell.room, kinsoku=cell.role != "reason")

    def anywhere(self, cell: Cell | Label) -> list[str]:
        """The lines of a cell cut at any place; numbers and short words stay whole, captions are cut in some."""
        chance = {
            "name": 0.7,
            "reason": 1.0,
            "project": 0.5,
            "unit": 0.4,
            "department": 0.4,
            "level1": 0.3,
            "level2": 0.4,
            "block": 0.6,
        }
        short = cell.role == "target" and (len(cell.text) < 7 or "(" not in cell.text)
        if cell.role in ("value", "title") or short or self.rng.random() > chance.get(cell.role, 0.15):
            return [cell.text.replace("\n", "")]
        return wrapping.wrap_anywhere(cell.text.replace("\n", ""), self.rng)

    def blocks(self, row: int) -> list[Block]:
        """The cells of a row in reading order, after the labels that are drawn here; empty ones are not there."""
        found = [self.label_block(label, many) for label, many in self.drawn_at(row)]
        cells = sorted((cell for cell in self.sheet.rows[row].cells if cell.text), key=lambda cell: cell.column)
        return found + [Block(cell.role, tuple(self.wrapped(cell))) for cell in cells]

    def label_block(self, label: Label, many: bool) -> Block:
        """A label about to be set."""
        return Block(label.role, tuple(self.wrapped(label)), many, label.first, label.last)

    def drawn_at(self, row: int) -> Iterator[tuple[Label, bool]]:
        """The labels drawn before this row, and whether each stands apart from it."""
        for label in sorted(self.sheet.labels, key=lambda label: (label.column, label.first)):
            many = label.last > label.first
            if self.style.labels == "middle":
                middle = (label.first + label.last) / 2
                if math.ceil(middle) == row:
                    yield label, middle != row
            elif self.first_drawn(label) == row:
                yield label, many

    def first_drawn(self, label: Label) -> int:
        """The row at which a label is drawn: its first, or the forced start of a page that holds most of its rows."""
        inside = [start for start in self.starts if label.first < start <= label.last]
        later = [start for start in inside if label.last - start + 1 > start - label.first]
        return later[0] if later else label.first

    def lines(self, blocks: Sequence[Block], row: int) -> Iterator[Line]:
        """The lines of a row's cells with their gaps."""
        for place, block in enumerate(blocks):
            after = self.gap(block, blocks[place + 1], blocks) if place + 1 < len(blocks) else self.after_row(row)
            yield from self.cell_lines(block, after, row)

    def after_row(self, row: int) -> str:
        """The gap after a row; the two lines of a title stand together where the converter puts cells together."""
        return (
            "\n" if self.sheet.rows[row].kind == "title" and row == 0 and self.style.inner == "\n" else self.style.row
        )

    def cell_lines(self, block: Block, after: str, row: int) -> Iterator[Line]:
        """The lines of one cell."""
        for place, text in enumerate(block.lines):
            ends = place == len(block.lines) - 1
            yield Line(text, after if ends else self.inner(block, place), row, ends)

    def inner(self, block: Block, place: int) -> str:
        """The gap between two lines of a cell."""
        if block.role in ("level1", "level2"):
            return self.style.label_inner
        if (
            self.style.last
            and place == len(block.lines) - 2
            and block.role in ("name", "unit", "reason", "caption", "project")
        ):
            return self.style.last
        return self.style.inner

    def gap(self, block: Block, following: Block, blocks: Sequence[Block]) -> str:
        """The gap between two cells of a row."""
        style = self.style
        wrapped = len(block.lines) > 1 or len(following.lines) > 1
        if block.many and style.cuts_rows and self.rng.random() < 0.2:
            return style.cell if not wrapped and self.rng.random() < 0.25 else style.around
        if block.many:
            together = (block.first, block.last) == (following.first, following.last)
            return (
                (style.around if wrapped and style.inner == "\n" else style.group if wrapped else style.cell)
                if together
                else style.group
            )
        if block.role == "goal-left":
            return style.goals
        if style.name_alone and block.role.startswith("level") and following.role == "name":
            return style.cell if self.rng.random() < 0.15 else "\n"
        if style.name_alone and block.role == "name":
            alone = len(block.lines) > 1 or any(other.role == "level2" and not other.many for other in blocks)
            return style.cell if self.rng.random() < 0.1 and len(block.lines) == 1 else "\n\n" if alone else "\n"
        if style.name_alone and following.role == "reason":
            return style.row
        return style.around if wrapped else style.cell

    def repeats(self, start: int) -> list[Line]:
        """The merged labels that go on over the page break before row `start`, as they stand again on its page."""
        if start == 0:
            return []
        again = [
            label
            for label in sorted(self.sheet.labels, key=lambda label: label.column)
            if label.first < start <= label.last
        ]
        found = list(self.lines([self.label_block(label, True) for label in again], start)) if again else []
        if self.sheet.rows[start].kind == "header" and self.rng.random() < 0.5:
            block = next(label for label in self.sheet.labels if label.text in ("项目绩效目标", "年度总体目标"))
            found = [*self.lines([self.label_block(block, True), *self.blocks(start - 1)], start), *found]
        return found

    def cut(self, blocks: list[Block], row: int) -> tuple[list[Block], list[Line]]:
        """What stays of a row at the foot of its page, and the lines that open the next one."""
        name = next((block for block in blocks if block.role in ("name", "goal-alone")), None)
        if name is None or any(block.role == "reason" for block in blocks):
            return blocks, []
        if len(name.lines) > 1:
            place = self.rng.randint(1, len(name.lines) - 1)
            stays = [replace(block, lines=name.lines[:place]) if block is name else block for block in blocks]
            return stays, list(self.cell_lines(replace(name, lines=name.lines[place:]), self.style.row, row))
        labels = [
            block
            for block in blocks
            if block.role.startswith("level") and len(block.lines) > 1 and self.short_foot(block, row)
        ]
        rest = [replace(block, lines=block.lines[1:]) for block in labels]
        stays = [replace(block, lines=block.lines[:1], many=False) if block in labels else block for block in blocks]
        return stays, self.opening(rest, row)

    def short_foot(self, block: Block, row: int) -> bool:
        """Whether only this row of the label's group stands on the page."""
        return block.first == row

    def opening(self, rest: list[Block], row: int) -> list[Line]:
        """The ends of labels at the head of a page: on the line of the next row where it is one line of a longer group."""
        found: list[Line] = []
        for place, block in enumerate(rest):
            alone = place < len(rest) - 1
            joined = len(rest) == 1 and len(block.lines) == 1 and block.last > row
            found += self.cell_lines(
                block, self.style.around if alone else self.style.cell if joined else self.style.row, row
            )
        return found
