"""Printed pages as grids: the tables that a form ran over as one, what pages only repeat set apart.

Tables of one width and compatible columns that follow each other are one grid, with the lines between
them as rows of their own; where forms begin and end in it is told by their captions, as on a sheet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from xltool.grid import Book, Grid, Rectangle, Spot
from xltool.printed import Box, Printed, PrintedCell, PrintedLine, PrintedPage, PrintedTable
from xltool.recovery.atoms import page_number
from xltool.recovery.page_chains import Chain, fits, parts_of, shares, spot, within
from xltool.recovery.page_cuts import BEGINS, NEAR, Part, Telling, Turn, close_over, repeated_heads
from xltool.recovery.page_halves import Places, placed, unfolded
from xltool.values import join_wrapped

PAGES = 3
"""Pages on which a line stands in the same place when it is a running head."""
REPEAT, ASIDE = "page-repeat", "page-aside"
"""The repairs of what pages only repeat, and of what is stamped on them, printed across them or not seen."""
LINE = 24.0
"""Points that a page keeps free for another line, with what a cell keeps free around it."""


@dataclass(frozen=True, slots=True)
class Noise:
    """What a page prints besides its forms: where, the text, what it is, and the code of the repair that names it."""

    spot: Spot
    text: str
    why: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """The grids of a printed document, what its pages only repeat, and in how many places rules were missing."""

    book: Book
    noise: tuple[Noise, ...]
    damaged: int


class Joiner:
    """Takes the pages of a document one after the other."""

    def __init__(self, caption: Telling) -> None:
        self.caption = caption
        self.chains: list[Chain] = []
        self.noise: list[Noise] = []
        self.waiting: list[tuple[int, PrintedLine]] = []
        self.damaged = 0
        self.heads: dict[tuple[str, int], bool] = {}
        self.ends: dict[int, float] = {}
        self.coming: list[PrintedTable] = []

    def page(self, page: PrintedPage) -> None:
        """Takes a page in, from the top."""
        self.noise.extend(Noise(spot(page.number, one), one.text, why, ASIDE) for one, why in page.aside)
        spoken = any(_speaks(table) for table in page.tables)
        for one in page.without([*self._numbers(page), *self._running(page)]):
            if isinstance(one, PrintedLine):
                self.waiting.append((page.number, one))
            elif _speaks(one) or not spoken:
                # Empty cells beside a table are what is left of cells that another program pushed out of it.
                self.coming = [other for other in page.tables if other.box.top >= one.box.top and other is not one and _speaks(other)]
                self._table(page, self._unnumbered(page, one))

    def _numbers(self, page: PrintedPage) -> list[PrintedLine]:
        """The lines that are the number of the page: first or last, and beyond its tables."""
        found = []
        tops = [table.box.top for table in page.tables]
        ends = [table.box.bottom for table in page.tables]
        for one in dict.fromkeys((*page.lines[-1:], *page.lines[:1])):
            if not tops or one.box.top > max(ends) or one.box.bottom < min(tops):
                text = one.text.strip()
                if page_number(text) or text.strip("-—– ") == str(page.number):
                    self.noise.append(Noise(spot(page.number, one), text, "页码"))
                    found.append(one)
        return found

    def _unnumbered(self, page: PrintedPage, table: PrintedTable) -> PrintedTable:
        """The table without a first or last row that holds the number of the page and nothing else."""
        ends = [[cell for cell in table.cells if cell.box.top == table.box.top], [cell for cell in table.cells if cell.box.bottom == table.box.bottom]]
        for cell in (row[0] for row in ends if len(row) == 1 < len(table.cells) and page_number(row[0].text.strip())):
            self.noise.append(Noise(spot(page.number, cell), cell.text, "页码"))
            rest = tuple(one for one in table.cells if one is not cell)
            box = table.box._replace(top=min(one.box.top for one in rest), bottom=max(one.box.bottom for one in rest))
            return replace(table, cells=rest, box=box)
        return table

    def running(self, pages: Sequence[PrintedPage]) -> None:
        """Learns which lines stand in the same place on page after page, and how far down tables go."""
        lowest: dict[tuple[float, float], float] = {}
        for page in pages:
            size = page.width, page.height
            lowest[size] = max([lowest.get(size, 0.0), *(table.box.bottom for table in page.tables)])
        self.ends = {page.number: lowest[page.width, page.height] for page in pages}
        counts = Counter(_place(line) for page in pages for line in page.lines)
        self.heads = {place: False for place, count in counts.items() if count >= PAGES}

    def _spare(self, chain: Chain) -> bool:
        """True where the last page of a chain ends so far above the lowest table that another line had room there."""
        ends = [part.spot.bottom for part in chain.parts if part.spot.page == chain.page]
        return self.ends.get(chain.page, 0.0) - max(ends, default=0.0) > LINE

    def _parts(self, number: int, table: PrintedTable, row: int) -> list[Part]:
        """The cells of a table; those of several lines that end where no page has more of a table are low."""
        parts = parts_of(number, table, row)
        for cell, part in zip(table.cells, parts, strict=True):
            part.low = cell.brimful and cell.lines > 1 and self.ends.get(number, 0.0) - cell.box.bottom <= LINE and not self.caption(cell.text)
        return parts

    def _running(self, page: PrintedPage) -> list[PrintedLine]:
        """The lines that pages before had in the same place; captions are never among them."""
        found = []
        for one in page.lines:
            if (place := _place(one)) in self.heads and not self.caption(one.text):
                if self.heads[place]:
                    self.noise.append(Noise(spot(page.number, one), one.text, "每页重复的页眉页脚"))
                    found.append(one)
                self.heads[place] = True
        return found

    def _above(self, page: PrintedPage, table: PrintedTable) -> Chain | None:
        """The last tables of this page or the one before that are as wide as a table; else the last tables."""
        near = [one for one in self.chains if one.page in (page.number, page.number - 1)]
        wide = (one for one in reversed(near) if abs(one.left - table.box.left) <= NEAR and abs(one.right - table.box.right) <= NEAR)
        return next(wide, self.chains[-1] if self.chains else None)

    def _table(self, page: PrintedPage, table: PrintedTable) -> None:
        self.damaged += table.damaged
        chain = self._above(page, table)
        next_page = chain is not None and page.number == chain.page + 1
        if chain is not None and next_page and not self.waiting and not self._goes_with(chain, table) and self._goes_with(chain.tail, table):
            chain = chain.split()
            self.chains.append(chain)
        if chain is None or not (self._goes_with(chain, table) if next_page else fits(chain, table)):
            chain = Chain(table.box.left, table.box.right, page.number)
            self.chains.append(chain)
            self._rows_of_lines(chain)
            chain.append(self._parts(page.number, table, chain.row))
            return
        heads = repeated_heads(table, chain.parts, self.caption) if next_page else 0
        cut = next_page and (heads > 0 or _open(chain, table) or not _first(table).text)
        if cut:
            chain.after.extend(self.waiting)
            self.waiting.clear()
        else:
            # Two tables on a page have an empty row between them.
            chain.row += not next_page
            chain.last = len(chain.parts), chain.row
            self._rows_of_lines(chain)
        parts = self._parts(page.number, table, chain.row)
        if next_page:
            parts, dropped = close_over(chain.parts, parts, Turn(chain.row, heads, cut, self._spare(chain)), self.caption)
            self.noise.extend(Noise(one.spot, one.text, "翻页后重复的表头", REPEAT) for one in dropped if one.text)
        chain.page = page.number
        chain.append(parts)

    def _goes_with(self, chain: Chain, table: PrintedTable) -> bool:
        """True where a page's first table may go on with the last of the page before."""
        return fits(chain, table) or within(chain, table) or (shares(chain, table) and not self._begins(table))

    def _begins(self, table: PrintedTable) -> bool:
        """True where a form begins: with a title above its table, or with its first caption."""
        texts = [one.text for _, one in self.waiting] + [cell.text for cell in table.cells if cell.box.top == table.box.top]
        return any(self.caption(text) == BEGINS for text in texts)

    def _rows_of_lines(self, chain: Chain) -> None:
        """The lines before a table as rows of its grid; those beside it, as of a second column of text, before those above it."""
        own = [one for one in self.waiting if _over(one[1], chain)]
        later = [one for one in self.waiting if one not in own and any(_over(one[1], table.box) for table in self.coming)]
        others = [one for one in self.waiting if one not in own and one not in later]
        for texts in (*_by_height(others), *_by_height(_unwrapped(own, chain.right - chain.left))):
            chain.row += 1
            if len(texts) == 1:
                number, one = texts[0]
                chain.parts.append(Part(chain.left, chain.right, chain.row, chain.row, one.text, spot(number, one)))
                continue
            for at, (number, one) in enumerate(texts):
                end = texts[at + 1][1].box.left if at + 1 < len(texts) else chain.right
                chain.parts.append(Part(one.box.left, end, chain.row, chain.row, one.text, spot(number, one), loose=True))
        self.waiting = later

    def joined(self, title: str, places: Places) -> Joined:
        """The grids of all pages that were taken in; ``places`` are those of halves of sheets."""
        last = self.chains[-1] if self.chains else None
        for chain in self.chains:
            rest = [*chain.after, *(self.waiting if chain is last else ())]
            if rest:
                chain.row += 1
                self.waiting = rest
                self._rows_of_lines(chain)
        for part in (part for chain in self.chains if places for part in chain.parts):
            part.spot = placed(part.spot, places)
        noise = tuple(replace(one, spot=placed(one.spot, places)) for one in self.noise)
        grids = tuple(_grid(chain) for chain in self.chains)
        properties = {"title": title} if title else {}
        return Joined(Book(grids, properties), noise, self.damaged)


def joined(printed: Printed, caption: Telling) -> Joined:
    """The grids of a printed document; ``caption`` tells what a text is to the known forms."""
    joiner = Joiner(caption)
    pages, places = unfolded(printed.pages)
    joiner.running(pages)
    for page in pages:
        joiner.page(page)
    return joiner.joined(printed.title, places)


def _over(line: PrintedLine, table: Chain | Box) -> bool:
    """True for a line that stands above or below a table, not beside it."""
    return line.box.left < table.right - NEAR and line.box.right > table.left + NEAR


def _speaks(table: PrintedTable) -> bool:
    """True for a table in which a text stands."""
    return any(cell.text for cell in table.cells)


def _open(chain: Chain, table: PrintedTable) -> bool:
    """True where a cell at the end of the page, or at the top of the next, has no rule there."""
    return any(part.open_bottom and part.last_row == chain.row for part in chain.parts) or any(cell.open_top for cell in table.cells)


def _first(table: PrintedTable) -> PrintedCell:
    return min(table.cells, key=lambda cell: (cell.box.top, cell.box.left))


def _place(line: PrintedLine) -> tuple[str, int]:
    return line.text, round(line.box.top / NEAR)


def _unwrapped(lines: Sequence[tuple[int, PrintedLine]], width: float) -> list[tuple[int, PrintedLine]]:
    """The lines, one that filled the width of its table joined with the one directly below that it goes on in."""
    found: list[tuple[int, PrintedLine]] = []
    for number, one in lines:
        above = found[-1][1] if found and found[-1][0] == number else None
        if above and 0 <= one.box.top - above.box.bottom < one.box.height and abs(above.box.height - one.box.height) < 1 and above.box.width + one.box.height > width:
            found[-1] = number, PrintedLine(above.box._replace(bottom=one.box.bottom), join_wrapped(above.text, one.text))
        else:
            found.append((number, one))
    return found


def _by_height(lines: Sequence[tuple[int, PrintedLine]]) -> Iterator[list[tuple[int, PrintedLine]]]:
    """The lines of each height of each page."""
    row: list[tuple[int, PrintedLine]] = []
    for number, one in lines:
        if row and (row[0][0] != number or one.box.top > (row[0][1].box.top + row[0][1].box.bottom) / 2):
            yield sorted(row, key=lambda item: item[1].box.left)
            row = []
        row.append((number, one))
    if row:
        yield sorted(row, key=lambda item: item[1].box.left)


def _grid(chain: Chain) -> Grid:
    sides = sorted(chain.sides)
    columns = {at: _column(sides, at) for at in {side for part in chain.parts for side in (part.left, part.right)}}
    places: list[tuple[Rectangle, Part]] = []
    for part in chain.parts:
        if part.text:
            column = columns[part.left]
            last = max(column, columns[part.right] - 1)
            places.append(((part.row, column, part.last_row, last), part))
    places.sort(key=lambda item: item[0])
    apart = [one for at, one in enumerate(places) if not at or one[0][:2] != places[at - 1][0][:2]]
    lost = {id(part): part for place, part in places} if len(apart) < len(places) else {}
    if lost:
        apart = _side_by_side(places)
    return Grid(
        f"第{apart[0][1].spot.page}页" if apart else "",
        tuple(place for place, _ in apart),
        tuple(part.text for _, part in apart),
        spots=tuple(part.spot for _, part in apart),
        mended={number: part.mended for number, (_, part) in enumerate(apart) if part.mended},
        unsure={number: part.doubt for number, (_, part) in enumerate(apart) if part.doubt},
    )


def _column(sides: Sequence[float], at: float) -> int:
    """The column from 1 whose left side lies nearest to a place."""
    return min(range(len(sides)), key=lambda number: abs(sides[number] - at)) + 1


def _side_by_side(places: Sequence[tuple[Rectangle, Part]]) -> list[tuple[Rectangle, Part]]:
    """The places with texts that would stand on the same square moved to the next."""
    found: list[tuple[Rectangle, Part]] = []
    for (row, column, last_row, last), part in places:
        if found and found[-1][0][0] == row and found[-1][0][1] >= column:
            column = found[-1][0][1] + 1
        found.append(((row, column, last_row, max(column, last)), part))
    return found
