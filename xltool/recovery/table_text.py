"""Tab-separated and Markdown text: read by the grammar, or as the grid that it is where that says more.

In text the levels come from the taxonomy, whatever column they stand in.

The grammar reads what was damaged. A sound table of a form that the grammar has no plain-text reading
for (two lists side by side) is read as a grid; so is one of which the grammar leaves doubts, or whose
empty cells only the columns tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter

from xltool.canonical import differences
from xltool.filing import Doubt, Entry, Filing, Repair, Scalar
from xltool.form import Form
from xltool.grid import Book, Grid, grid_of
from xltool.lines import NO_CELLS
from xltool.problems import ProblemError
from xltool.recovery import cut_lines, grid_reading, run_together, text_reading
from xltool.recovery.atoms import LINES, cells_of, split, unmarked
from xltool.recovery.claims import Trace, place
from xltool.recovery.keyed_rows import in_rows
from xltool.recovery.packed_rows import doubted, is_packed
from xltool.recovery.running_lines import Running, running, said, without
from xltool.recovery.sound_reading import faults, left_over, with_foreign, with_sounder
from xltool.recovery.table_merged import under_heads
from xltool.recovery.table_widths import in_columns
from xltool.recovery.text_reading import Reading, trouble
from xltool.recovery.turned_lists import upright
from xltool.recovery.vocabulary import Levels, vocabulary
from xltool.values import Value, normal, parse_money

SHARE = 0.5
EMPTY = "这一栏没有读到内容，而文件里有一段未归入的文字像是它的"
LONGEST_UNIT = 10
"""No unit has so many letters."""
LEVEL_ONE, LEVEL_TWO = "level1", "level2"


def read_text(text: str, forms: Mapping[str, Form], name: str) -> Reading:
    """The reading of a text, its lines joined where all were cut at one width, and without the lines that its pages print again
    and again where that reads with no more trouble.

    Raises:
        ProblemError: no-form where no known form stands in it; file-empty where it has no text.
    """
    text, turned = upright(in_rows(text, forms.values()), forms.values())
    if turned:
        reading = read_text(text, forms, name)
        return replace(reading, filing=reading.filing.repaired(Repair("list-turned", place(number), "横放的明细已竖放读入") for number in turned))
    lines = LINES.split(text)
    whole = cut_lines.joined(lines, forms.values())
    return _uncut(lines, whole, text, forms, name) if whole else _without_running(lines, text, forms, name)


def _uncut(cut: list[str], whole: list[str], text: str, forms: Mapping[str, Form], name: str) -> Reading:
    """The reading of lines as they were before they were cut, unless they hold more forms as they stand."""
    try:
        joined = _without_running(whole, "\n".join(whole), forms, name)
    except ProblemError:
        return _without_running(cut, text, forms, name)
    with suppress(ProblemError):
        reading = _without_running(cut, text, forms, name)
        if sum(1 for _ in reading.filing.entries) > sum(1 for _ in joined.filing.entries):
            return reading
    said = cut_lines.SAID.format(whole.count(NO_CELLS) - cut.count(NO_CELLS))
    return replace(joined, filing=joined.filing.repaired([Repair(cut_lines.CODE, place(whole.index(NO_CELLS)), said)]))


def _without_running(lines: list[str], text: str, forms: Mapping[str, Form], name: str) -> Reading:
    """The reading of a text without the lines that its pages print again and again."""
    reading = _with_rows_joined(_read(text, forms, name), lines)
    found = running(lines, forms.values()) if "\x0c" not in text else []
    if not found:
        return reading
    feed = "" if _is_table(text) else "\x0c"
    kept: list[Running] = []
    against = trouble(reading.filing)
    # Lines of one head relieve little without each other.
    for some in (found, *([one] for one in found if len(found) > 1)):
        if kept == found:
            break
        fewer = without(lines, some, feed)
        again = _read("\n".join(fewer), forms, name)
        if trouble(again.filing) < against + all(one.sure for one in some):
            reading, against, lines = _with_rows_joined(again, fewer), trouble(again.filing), fewer
            kept.extend(some)
    return _with_running(reading, said(LINES.split(text), kept)) if kept else reading


def _with_rows_joined(reading: Reading, lines: Sequence[str]) -> Reading:
    """The reading, with the rows between bars named that stood on several lines: the others are left without cells."""
    broken = [number for number, (line, then) in enumerate(zip(lines, lines[1:], strict=False), 1) if then == NO_CELLS and line.startswith("|") and line != NO_CELLS]
    return replace(reading, filing=reading.filing.repaired(Repair("wrap-joined", place(number), "表格的这一行断成几行，已接成一行") for number in broken)) if broken else reading


def _with_running(reading: Reading, found: Mapping[int, tuple[str, bool]]) -> Reading:
    """The reading, with the lines named that it was read without."""
    repairs = (Repair("page-repeat", place(number), f"各页重印的“{text}”不计") for number, (text, _) in found.items())
    more = [Trace(number, text, "页码" if counts else "页眉", "每页重印的一行") for number, (text, counts) in found.items()]
    trace = sorted([*reading.trace, *more], key=attrgetter("line"))
    return replace(reading, filing=reading.filing.repaired(repairs), trace=trace)


def _read(text: str, forms: Mapping[str, Form], name: str) -> Reading:
    """The reading of a text; of a table the sounder one."""
    if not _is_table(text):
        return _plain(text, forms, name)
    grid, moved = _grid(text.splitlines(), forms)
    book = Book((grid,))
    try:
        reading = text_reading.read_text(text, forms, name)
    except ProblemError:
        return _as_grid(book, grid_reading.read_book(book, forms, name), text, forms, moved)
    try:
        other = grid_reading.read_book(book, forms, name)
    except ProblemError:
        return reading
    found, kept = (sum(1 for _ in filing.entries) for filing in (other, reading.filing))
    packed = is_packed(text.splitlines())
    if packed and found <= kept and left_over(other, book) > left_over(reading.filing, book):
        return reading
    own, rest = (faults(filing, book, forms) for filing in (reading.filing, other))
    other, dropped = _dropped(other, reading.filing)
    rest += dropped
    if found < kept or rest > own or (rest == own and (rest or not differences(reading.filing, other))):
        made = reading.filing if packed else with_sounder(reading.filing, _levelled(other, forms, iter(enumerate(text.splitlines(), 1))), book, forms)
        return replace(reading, filing=made)
    return _as_grid(book, doubted(other, forms) if packed else with_sounder(other, reading.filing, book, forms), text, forms, moved)


def _dropped(found: Filing, other: Filing) -> tuple[Filing, int]:
    """The grid's filing with a doubt for each field outside lists that it left empty and over while the text's reading
    has it, as where a caption and its value stand on lines of their own; and how many these are."""
    if [entry.form for entry in found.entries] != [entry.form for entry in other.entries]:
        return found, 0
    dropped = [_left_empty(entry, then) for entry, then in zip(found.entries, other.entries, strict=True)]
    made = found.with_entries(entry.doubted(Doubt(path, where, EMPTY) for path, where in paths) for entry, paths in zip(found.entries, dropped, strict=True))
    return made, sum(map(len, dropped))


def _left_empty(entry: Entry, other: Entry) -> list[tuple[str, str]]:
    """The fields of an entry that are empty while a text that it left over is the other's value of them, each with its place."""
    places = {found: one.place for one in entry.source.leftover for found in (normal(one.text), parse_money(one.text)) if found is not None}
    empty = ((path, value) for path, value in other.values.items() if value is not None and entry.values.get(path) is None)
    texts = ((path, normal(value) if isinstance(value, str) else value) for path, value in empty)
    return [(path, places[found]) for path, found in texts if isinstance(found, str | Decimal) and found in places]


def _plain(text: str, forms: Mapping[str, Form], name: str) -> Reading:
    """The reading of a text without cells; where words of its cells run together, of that with its cells parted."""
    try:
        return text_reading.read_text(text, forms, name)
    except ProblemError as error:
        apart = run_together.parted(text, forms)
        if run_together.CODE not in (one.code for one in error.problems) or not apart.lines:
            raise
        try:
            reading = text_reading.read_text(apart.text, forms, name)
        except ProblemError:
            raise error from None
    return replace(reading, filing=run_together.doubted(reading.filing, apart))


def _is_table(text: str) -> bool:
    """True where most lines that hold text are lines of cells."""
    if "\t" not in text and "|" not in text:
        return False
    lines = split(text).lines
    return sum(line.grid for line in lines) > SHARE * len(lines)


def _grid(lines: Sequence[str], forms: Mapping[str, Form]) -> tuple[Grid, dict[int, int]]:
    """The grid of lines of cells, whose rows are called by their lines, and by how many cells lines were moved."""
    columns = in_columns([[unmarked(cell, "\n").strip() for cell in cells_of(line)] for line in lines], forms.values())
    rows = list(under_heads(columns, forms.values()))
    grid = grid_of("", (row for row, _ in rows))
    moved = {number: by for number, (_, by) in enumerate(rows, 1) if by}
    return replace(grid, row_names=tuple(f"第{number}行" for number in range(1, len(lines) + 1))), moved


def _levelled(filing: Filing, forms: Mapping[str, Form], lines: Iterator[tuple[int, str]]) -> Filing:
    """The filing with its level ones as the taxonomy has them."""
    return filing.with_entries(_entry_levelled(entry, forms[entry.form], lines) for entry in filing.entries)


def _entry_levelled(entry: Entry, form: Form, lines: Iterator[tuple[int, str]]) -> Entry:
    """The entry with the level one of each item that its level two belongs to, a repair where another was printed;
    names that the taxonomy does not know stay, with a doubt."""
    if not form.taxonomy.children:
        return entry
    levels = vocabulary(form).levels
    repairs, doubts, lists = list(entry.source.repairs), list(entry.source.doubts), {}
    for name, items in entry.lists.items():
        made = []
        for at, item in enumerate(items):
            place = _line(lines, item.get("name"))
            one, two = (_level(levels, number, item.get(path)) for number, path in ((1, LEVEL_ONE), (2, LEVEL_TWO)))
            above = levels.parent.get(two) if two else None
            if one is None and _level(levels, 2, item.get(LEVEL_ONE)):
                doubts.append(Doubt(f"{name}[{at}]", place, f"“{item[LEVEL_ONE]}”是二级指标，这一行的各格可能都错了位"))
            if above and LEVEL_ONE in item and above != one:
                repairs.append(Repair("level-from-taxonomy", place, f"“{two}”按分类表归入“{above}”，不从印出的“{item[LEVEL_ONE] or ''}”"))
            for path, known in ((LEVEL_ONE, above or one), (LEVEL_TWO, two)):
                if item.get(path) is not None and known is None:
                    doubts.append(Doubt(f"{name}[{at}].{path}", place, f"分类表中没有“{item[path]}”"))
            doubts.extend(Doubt(f"{name}[{at}]", place, f"“{value.unit}”不像单位，这一行的各格可能都错了位") for value in item.values() if isinstance(value, Value) and len(value.unit or "") > LONGEST_UNIT)
            found = {LEVEL_ONE: above or one, LEVEL_TWO: two}
            made.append({path: found.get(path) or value for path, value in item.items()})
        lists[name] = tuple(made)
    return replace(entry, lists=lists, source=replace(entry.source, repairs=tuple(repairs), doubts=tuple(doubts)))


def _line(lines: Iterator[tuple[int, str]], text: Scalar) -> str:
    """What the next line that holds a text is called; empty where none does."""
    sought = normal(text) if isinstance(text, str) else ""
    return next((f"第{number}行" for number, line in lines if sought in normal(line)), "") if sought else ""


def _level(levels: Levels, number: int, text: Scalar) -> str | None:
    """The name of a level by any of its spellings; None where the taxonomy does not know it on that level."""
    level, name = levels.keys.get(normal(text), (0, "")) if isinstance(text, str) else (0, "")
    return name if level == number else None


def _as_grid(book: Book, read: Filing, text: str, forms: Mapping[str, Form], moved: Mapping[int, int]) -> Reading:
    """The reading as a grid; its trace names the lines and what the grid left over. ``moved``: by how many cells each line was."""
    filing = with_foreign(_levelled(read, forms, iter(enumerate(text.splitlines(), 1))), forms)
    if moved:
        repairs = (Repair("column-shifted", f"第{number}行", f"这一行的各格{'左' if by < 0 else '右'}移{abs(by)}格，与上面各列对齐") for number, by in moved.items())
        filing = filing.repaired(repairs)
    left = {one.text for entry in filing.entries for one in entry.source.leftover} | {one.text for one in filing.source.leftover}
    trace = [Trace(number, line.strip(), "剩余" if line.strip() in left else "表格", "按行列读出") for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    return Reading(filing, tuple(trace), book)
