"""A form in a text laid out in columns, read cell by cell: what stands where is the evidence, for any mapping.

The captions tell the rows of the form, the borders between the words tell the columns, the middles of cells tell
the rows of a list and the groups they stand in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xltool.form import Field, Form, ListBlock
from xltool.layout import Cell
from xltool.recovery import grid_values, laid_aside, laid_doubts, laid_list, sums
from xltool.recovery.atoms import Atom
from xltool.recovery.claims import Account
from xltool.recovery.laid_bands import Band, bands, captioned, own_cells
from xltool.recovery.laid_captions import Seen, captions_in, spellings_of
from xltool.recovery.laid_effort import LINES, PLACES, WORDS
from xltool.recovery.laid_fields import MONEY, cells_of
from xltool.recovery.laid_items import BESIDE, CUT_OFF, LACKS, PARTED, Items, Laid
from xltool.recovery.laid_list import GROUP, NAME, SPAN, TEXT, Column, Measure, columns_of, is_head
from xltool.recovery.laid_near import by_column
from xltool.recovery.laid_trials import settled
from xltool.recovery.laid_words import (
    Row,
    Word,
    alone,
    beside,
    long_text_of,
    rows_of,
    text_of,
    without,
)
from xltool.values import is_mark, parse_number, parse_target

MARKS = "marks"
"""Where the marks stand that were printed for «nothing», by their fields' paths."""
TIRED = "可能的读法太多，没有全部试过"
"""Why a list is doubted of which not all readings were weighed that its words allow."""
ENOUGH = 0.6
"""The share of the form's captions that must be found where they belong."""


def read(form: Form, atoms: Sequence[Atom], paged: bool, account: Account) -> Laid | None:
    """The form that these atoms are; None where too little of it stands where it should. Claims what it reads."""
    rows = rows_of(atoms, paged)
    if too_much(rows):
        return None
    seen = captions_in(form, rows)
    if len(seen) > LINES:
        return None
    told: Mapping[int, tuple[Seen, ...]] = captioned(form, seen)
    wanted = sum(len(own_cells(form, row)) for row in range(1, form.layout.rows + 1))
    if sum(map(len, told.values())) < ENOUGH * wanted or any(block.row - 1 not in told for block in form.blocks):
        return None
    own = {word.number for seen_in in told.values() for one in seen_in for word in one.words}
    floats = list(_floats(seen, own))
    taken = own | {word.number for one in floats for word in one.words}
    other = [row for row in rows if own.isdisjoint(word.number for word in row.words)]
    again = {row.line: row for block in form.blocks for row in laid_list.heads_again(form, block, other)}
    kept = [row for row in without(rows, {word.number for one in floats for word in one.words}) if row.line not in again]
    kept, told, aside = laid_aside.below(form, kept, told)
    found = bands(form, kept, told)
    if not found:
        return None
    result = Laid()
    reader = _Reader(form, account, result)
    reader.heads(list(again.values()))
    reader.captions([*(one for own in told.values() for one in own), *floats])
    reader.scalars(kept, found, taken)
    for block in form.blocks:
        band = next((one for one in found if one.row == block.row), None)
        head = told.get(block.row - 1, ()) if block.row - 1 not in aside else ()
        listed = kept[band.first : band.last] if band else []
        reader.block(block, listed, head, [row for row in kept if any(word in one.words for one in head for word in row.words)], list(again.values()))
    reader.cut_off(aside)
    reader.missing(told, kept[found[-1].last - 1].words[-1].number)
    return result


def too_much(rows: Sequence[Row]) -> bool:
    """True for a text with more lines, words of a line or places where words begin than are weighed."""
    return len(rows) > LINES or any(len(row.words) > WORDS for row in rows) or len({word.x for row in rows for word in row.words}) > PLACES


def _floats(seen: Sequence[Seen], taken: set[int]) -> Iterator[Seen]:
    """The captions of cells that go on over several rows, as often as they are printed."""
    used = set(taken)
    for one in sorted(seen, key=lambda one: -len(one.words)):
        numbers = {word.number for word in one.words}
        if one.cell.last_row > one.cell.row and used.isdisjoint(numbers):
            used |= numbers
            yield one


@dataclass(slots=True)
class _Reader:
    """One form on its way: puts what stands in cells where its fields belong, and accounts for it."""

    form: Form
    account: Account
    result: Laid

    def captions(self, seen: Sequence[Seen]) -> None:
        """Claims captions; takes the fields that stand in them."""
        for one in seen:
            self.account.claim((word.number for word in one.words), f"栏目 {one.cell.caption}", "与表式的栏目一致")
            for name, text in one.holes.items():
                if text and self.form.fields[name].path not in self.result.values:
                    self._take(self.form.fields[name], grid_values.of_text(grid_values.tidy(text), self.form.fields[name]), one.words)

    def heads(self, rows: Sequence[Row]) -> None:
        """Claims the lines that print the head of a list again."""
        for row in rows:
            self.account.claim((word.number for word in row.words), "重复 表头", "跨页重印的表头")
            self.account.repair("repeat-dropped", row.words[0].number, "跨页重印的表头不计")

    def scalars(self, rows: Sequence[Row], found: Sequence[Band], taken: set[int]) -> None:
        """The fields outside the lists."""
        cells = cells_of(self.form, rows, found, taken)
        self.account.claim((word.number for word in cells.constants), "印就的标记", "表式本身印有的 —")
        for (row, column), words in cells.words.items():
            name = self.form.layout.at(row, column).only_hole
            if name:
                self._put(self.form.fields[name], words)
                cell = self.form.layout.at(row, column)
                if strange := self._strange(cell, words):
                    self._row(cells.row_of[strange.number], strange, BESIDE)
        for word, cell in cells.wavering:
            for path in (self.form.fields[name].path for name in cell.holes):
                for each in (path, f"{MARKS}.{path}") if is_mark(word.text) else (path,):
                    self.account.doubt(each, word.number, f"“{word.text}”{BESIDE}")
        for (row, column), word in (one for told in (laid_doubts.run_on, laid_doubts.sole_text, laid_doubts.uncaptioned) for one in told(self.form, cells.words, found)):
            self.account.doubt(self.form.fields[self.form.layout.at(row, column).holes[0]].path, word.number, f"“{word.text}”{BESIDE}")
        for (row, column), word in laid_doubts.cut_off(self.form, cells.words):
            self.account.doubt(self.form.fields[self.form.layout.at(row, column).holes[0]].path, word.number, CUT_OFF)
        for row, _, word in self._unprinted(cells.lost):
            self._row(row, word, "没有归入，这一行未必完整")
            if not any(cell.holes for cell in self.form.layout.in_row(row)) and row > 1:
                for name in (name for cell in self.form.layout.in_row(row - 1) for name in cell.holes if self.form.fields[name].type == "paragraphs"):
                    self.account.doubt(self.form.fields[name].path, word.number, f"“{word.text}”没有归入，上面的文字未必完整")

    def _unprinted(self, lost: Sequence[tuple[int, Cell, Word]]) -> Iterator[tuple[int, Cell, Word]]:
        """Those of the lost words that are not the caption of their cell, printed on lines between those of the cells beside."""
        by_cell: dict[tuple[int, int], list[tuple[int, Cell, Word]]] = {}
        for one in lost:
            by_cell.setdefault((one[1].row, one[1].column), []).append(one)
        for own in by_cell.values():
            seen = [one for one in spellings_of(self.form).of([word for _, _, word in own]) if one.cell is own[0][1]]
            if seen:
                self.captions(seen[:1])
            else:
                yield from own

    def _strange(self, cell: Cell, words: Sequence[Word]) -> Word | None:
        """A word of a cell that may belong to the cell beside; none where all is well."""
        one = self.form.fields[cell.holes[0]]
        if one.type in MONEY:
            read = grid_values.read(text_of(words), None, "", one, self.form)
            return beside(words) or (words[0] if read.doubt else None)
        beside_it = [name for near in self.form.layout.in_row(cell.row) if near is not cell for name in near.holes]
        if any(self.form.fields[name].type == "paragraphs" for name in beside_it) and (found := beside(words)):
            return found
        numbers = any(self.form.fields[name].type in MONEY for name in beside_it)
        return next((word for word in alone(words) if numbers and (is_mark(word.text) or parse_number(word.text) is not None or word.text in ("%", "％"))), None)

    def _row(self, row: int, word: Word, why: str) -> None:
        """Doubts the fields of a row of the form, the lists below a head."""
        paths = [self.form.fields[name].path for cell in self.form.layout.in_row(row) for name in cell.holes]
        below = [name for block in self.form.blocks if block.row - 1 == row and not self._in_head(block, word) for name in block.lists]
        for path in (*paths, *below):
            self.account.doubt(path, word.number, f"“{word.text}”{why}")

    def _in_head(self, block: ListBlock, word: Word) -> bool:
        """True for a word of the captions above a list."""
        return any(word.key in key for column in columns_of(self.form, block) for key in column.heads)

    def _put(self, one: Field, words: Sequence[Word]) -> None:
        if one.type == "paragraphs":
            reading = grid_values.read(long_text_of(words), None, "", one, self.form)
        else:
            reading = grid_values.read(text_of(words), None, "", one, self.form)
        self._take(one, reading, words)
        lines = len({word.line for word in words})
        if lines > 1 and one.type != "paragraphs":
            self.account.repair("wrap-joined", words[0].number, f"“{text_of(words)}”由{lines}行接成")

    def _take(self, one: Field, reading: grid_values.Reading, words: Sequence[Word]) -> None:
        self.account.claim((word.number for word in words), one.path, "按文字所在的行列")
        self.result.values[one.path] = reading.value
        if reading.mark:
            self.result.marks[one.path] = reading.mark
        if reading.doubt:
            self.account.doubt(one.path, words[0].number, reading.doubt)

    def cut_off(self, heads: Collection[int]) -> None:
        """Doubts the texts that these heads of lists are printed beside."""
        for head in heads:
            for name in (name for cell in self.form.layout.in_row(head - 1) for name in cell.holes):
                self.account.doubt(self.form.fields[name].path, 0, "这一格比一页还高，放不下的文字可能被截去")

    def missing(self, told: Mapping[int, Sequence[Seen]], last: int) -> None:
        """``last`` is the form's last word. Doubts the fields beside captions that were not found, the empty required ones, and lists without rows."""
        for row in range(1, self.form.layout.rows + 1):
            here = {one.cell.column for one in told.get(row, ())}
            lost = [cell for cell in own_cells(self.form, row) if cell.column not in here]
            for name in (name for cell in lost for near in self.form.layout.cells if near.row <= row <= near.last_row or near.row == row + 1 for name in near.holes if cell):
                if not self.form.fields[name].list and (self.form.fields[name].path in self.result.values or not self.form.fields[name].optional):
                    self.account.doubt(self.form.fields[name].path, 0, f"没有找到栏目“{lost[0].caption}”")
        for one in self.form.scalars:
            if one.required and self.result.values.get(one.path) is None and one.path not in self.result.marks:
                self.account.doubt(one.path, 0, f"“{one.name}”必填而未读到")
        for name, why in laid_doubts.too_small(self.form, self.result.values, self.result.lists):
            self.account.doubt(self.form.fields[name].path, 0, why)
        for name in self.form.lists:
            if not self.result.lists.get(name):
                self.account.doubt(name, 0, "没有读到明细行")
        if self.account.doubts or None in self.account.claims[: last + 1]:
            unsure = {doubt.path for doubt in self.account.doubts if not doubt.path.endswith("]") or not doubt.why.endswith(BESIDE)}
            broken = list(sums.broken(self.form, self.result.values, self.result.lists))
            wavering = {why for path, why in broken if self._wavers(path, unsure)}
            for path, why in broken:
                if why in wavering:
                    self.account.doubt(path, 0, why)

    def _wavers(self, name: str, unsure: set[str]) -> bool:
        """True where a field or a list is doubted, or where the rows of a list part: certain numbers that do not add up
        are the filing's own, those of a list beside a doubtful total say nothing of it, and a row that is doubted by
        itself tells what they lack."""
        if name not in self.form.lists:
            return name in unsure
        totals = [one for role in ("total_weight", "total_score", "execution_weight", "execution_score") for one in self.form.roles.get(role, ())]
        if any(self.form.fields[one].path in unsure for one in totals):
            return False
        rows = [doubt.why for doubt in self.account.doubts if doubt.path.startswith(f"{name}[")]
        return name in unsure or (PARTED in rows and not any(why.startswith(LACKS) for why in rows))

    def block(self, block: ListBlock, rows: Sequence[Row], head: Sequence[Seen], head_rows: Sequence[Row], printed: Sequence[Row]) -> None:
        """The lists of a block; its head is ``printed`` again on these lines."""
        columns = columns_of(self.form, block)
        measure = Measure(self.form, columns, self.form.words)
        measure.learn(rows)
        at = laid_list.rulers(measure, [*head_rows, *rows], head, printed)
        again = [row for row in rows if is_head(columns, row)]
        self.heads(again)
        own = [row for row in rows if row not in again]
        parts, parted, tired = settled(by_column(measure, at, own), own, self.form, columns, self.form.words)
        lined = list(zip(own, parts.cells, strict=True))
        aside = [[word for _, cells in lined for word in cells[number]] for number in range(len(columns))]
        for name in block.lists:
            if tired:
                self.account.doubt(name, head_rows[0].words[0].number if head_rows else 0, TIRED)
            Items(self.form, self.account, self.result, name, columns, aside, parts.wavering).read(parted)
        self._spans(columns, aside)
        lost = [word for word in parted.loose if self.account.claims[word.number] is None]
        for word, path in laid_doubts.beside_lost(self.form, block, columns, parted.cuts, [(word, parts.near.column[word.number]) for word in lost]):
            self.account.doubt(path, word.number, f"“{word.text}”没有归入，这一行未必完整")
        for word in (word for word in lost if _is_value(word.text, self.form)):
            one = columns[parts.near.column[word.number]]
            for name in (name for name in block.lists if one.kind not in (NAME, TEXT) and (one.field in self.form.lists[name].own or one.kind in (GROUP, SPAN))):
                self.account.doubt(name, word.number, f"“{word.text}”未能归入任何一行")

    def _spans(self, columns: Sequence[Column], aside: Sequence[Sequence[Word]]) -> None:
        for column, words in zip(columns, aside, strict=True):
            if column.kind == SPAN:
                self.account.claim((word.number for word in words if any(word.key in own for own in column.heads)), f"栏目 {column.cell.caption}", "跨行合并的栏目")


def _is_value(text: str, form: Form) -> bool:
    """True for a number, or a value with sign or unit."""
    return parse_target(text, form.units).value is not None


