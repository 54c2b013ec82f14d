"""The sounder of two readings of a document's tables: as grids, or where they are damaged as text.

A table that lost columns or whose cells were shifted still holds the form's words in their order. The
grammar of the text recovery reads those, with each cell as an atom; the reading with fewer doubts
holds, and where that is not the grid's the filing says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from xltool.filing import Doubt, Entry, Filing, Repair
from xltool.form import Form
from xltool.grid import Book, Grid
from xltool.problems import ProblemError
from xltool.recovery import grid_reading, text_reading
from xltool.recovery.grid_entry import HIDDEN
from xltool.recovery.otherwise import otherwise
from xltool.values import caption_key

GRID_AS_TEXT = "grid-as-text"
FOREIGN = "“{}”是层级的名称，这一行的各格可能错开了"
OTHERWISE = "按文字读和按表格线读的结果不同"
AS_TEXT = "表格已损坏，按单元格的先后顺序以文本读出"


def read_book(book: Book, forms: Mapping[str, Form], name: str) -> Filing:
    """The filing of a document's tables; ``name`` is the file's, for its source.

    Raises:
        ProblemError: no-form where neither reading finds a form.
    """
    return with_foreign(_sounder(book, forms, name), forms)


def _sounder(book: Book, forms: Mapping[str, Form], name: str) -> Filing:
    try:
        found = grid_reading.read_book(book, forms, name)
    except ProblemError as error:
        other = _as_text(book, forms, name)
        if other is None:
            raise error
        return other
    if not faults(found, book, forms):
        return found
    other = _as_text(book, forms, name)
    if other is None:
        return found
    if [entry.form for entry in found.entries] == [entry.form for entry in other.entries]:
        return _each_sounder(found, other, book, forms)
    return other if _weight(other, book, forms) < _weight(found, book, forms) else found


def with_sounder(filing: Filing, other: Filing, book: Book, forms: Mapping[str, Form]) -> Filing:
    """The filing of a table's text, with those entries of the grid's in place of its own that have fewer faults; what both
    have otherwise is doubted in these unless they have none."""
    if [entry.form for entry in filing.entries] != [entry.form for entry in other.entries]:
        return filing
    return filing.with_entries(_sounder_entries(filing, other, book, forms, lambda faulty: faulty > 0))


def _each_sounder(found: Filing, other: Filing, book: Book, forms: Mapping[str, Form]) -> Filing:
    """The grids' filing with those entries in place of its own that have fewer faults as text."""
    unsure = any(grid.unsure or grid.hidden for grid in book.grids)
    made = found.with_entries(_sounder_entries(found, other, book, forms, lambda _: unsure))
    if all(one is then for one, then in zip(found.entries, made.entries, strict=True)):
        return found
    return made.repaired([Repair(GRID_AS_TEXT, "", AS_TEXT)])


def _sounder_entries(found: Filing, other: Filing, book: Book, forms: Mapping[str, Form], unsure: Callable[[int], bool]) -> Iterator[Entry]:
    """Of each form the entry of a filing, or the other's that has fewer faults; where that, with so many, is ``unsure``, what
    both have otherwise is doubted in it."""
    alone = _alone(book)
    for one, then in zip(found.entries, other.entries, strict=True):
        faulty = _faults(then, forms, alone)
        yield one if faulty >= _faults(one, forms, alone) else doubted(then, one) if unsure(faulty) else then


def doubted(entry: Entry, other: Entry) -> Entry:
    """The entry with a doubt for each field that the other reading has otherwise; of a list whose rows differ, the list."""
    if entry.form != other.form:
        return entry
    place = f"第{entry.source.place[1]}行" if entry.source.place else ""
    doubts = (*entry.source.doubts, *other.source.doubts, *(Doubt(path, place, OTHERWISE) for path in otherwise(entry, other)))
    return replace(entry, source=replace(entry.source, doubts=tuple(dict.fromkeys(doubts))))


def _as_text(book: Book, forms: Mapping[str, Form], name: str) -> Filing | None:
    """The filing that the text of the tables holds; None where it holds none."""
    try:
        found = as_text(book, forms, name).filing
    except ProblemError:
        return None
    return found.repaired([Repair(GRID_AS_TEXT, "", AS_TEXT)])


def as_text(book: Book, forms: Mapping[str, Form], name: str) -> text_reading.Reading:
    """The reading of the tables' text; its lines are the rows of the grids, one after another.

    Raises:
        ProblemError: no-form, file-empty.
    """
    return text_reading.read_text("\n".join(line for grid in book.grids for line in lines(grid)), forms, name)


def lines(grid: Grid) -> Iterator[str]:
    """The rows of a grid as lines, cells parted by tabs, the paragraphs of a cell by <br>; a blank line where a row is empty."""
    rows: dict[int, list[str]] = {}
    for (row, *_), text in zip(grid.places, grid.texts, strict=True):
        if text:
            rows.setdefault(row, []).append(text.replace("\t", " ").replace("\n", "<br>"))
    for row in range(1, grid.last_row + 1):
        yield "\t".join(rows.get(row, ()))


def _weight(filing: Filing, book: Book, forms: Mapping[str, Form]) -> tuple[int, int]:
    """Forms that were not found weigh most, then what is doubted, left over or against the form's own words."""
    return -sum(1 for _ in filing.entries), faults(filing, book, forms)


def faults(filing: Filing, book: Book, forms: Mapping[str, Form]) -> int:
    """Doubts, levels in the wrong column, and what is left of rows that have several cells: other text is no damage."""
    alone = _alone(book)
    return len(filing.source.doubts) + sum(_faults(entry, forms, alone) for entry in filing.entries)


def _faults(entry: Entry, forms: Mapping[str, Form], alone: set[str]) -> int:
    """What is wrong with one entry; ``alone`` are the lines of the cells that stand alone in their rows. That nobody sees the table
    is no damage of it."""
    return sum(doubt.why != HIDDEN for doubt in entry.source.doubts) + _left(entry, alone) + _misplaced(entry, forms[entry.form])


def left_over(filing: Filing, book: Book) -> int:
    """How much is left of rows that have several cells, inside the forms."""
    alone = _alone(book)
    return sum(_left(entry, alone) for entry in filing.entries)


def _left(entry: Entry, alone: set[str]) -> int:
    return sum(1 for one in entry.source.leftover if not alone.issuperset(one.text.split("\n")))


def _alone(book: Book) -> set[str]:
    """The lines of the cells that stand alone in their rows, and of notes, which are no damage of a table."""
    found: set[str] = set()
    for grid in book.grids:
        found.update(line for note in grid.notes.values() for line in note.split("\n"))
        counts = Counter(place[0] for place in grid.places)
        found.update(line for place, text in zip(grid.places, grid.texts, strict=True) if counts[place[0]] == 1 for line in text.split("\n"))
    return found


def _misplaced(entry: Entry, form: Form) -> int:
    """Items whose level names stand in another level's column, as they do in a row that was shifted."""
    return sum(1 for _ in _foreign(entry, form))


def _foreign(entry: Entry, form: Form) -> Iterator[tuple[str, str]]:
    """The items whose level names stand in another level's column, with these: the path of each."""
    first = {caption_key(name) for name in form.taxonomy.children}
    second = {caption_key(name) for names in form.taxonomy.children.values() for name in names}
    foreign = {"level1": second - first, "level2": first - second, "name": first | second}
    for name, items in entry.lists.items():
        for at, item in enumerate(items):
            for path, text in item.items():
                if path in foreign and isinstance(text, str) and caption_key(text) in foreign[path]:
                    yield f"{name}[{at}]", text


def with_foreign(filing: Filing, forms: Mapping[str, Form]) -> Filing:
    """The filing of a grid, with a doubt on each item that has a level's name where another level's, or its own, belongs."""
    return filing.with_entries(_with_foreign(entry, forms[entry.form]) for entry in filing.entries)


def _with_foreign(entry: Entry, form: Form) -> Entry:
    known = {doubt.path for doubt in entry.source.doubts}
    return entry.doubted(Doubt(path, "", FOREIGN.format(text)) for path, text in dict(_foreign(entry, form)).items() if path not in known)
