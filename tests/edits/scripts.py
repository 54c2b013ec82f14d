"""Random edit scripts: what a person does in a spreadsheet program, step by step, and which differences that makes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from openpyxl.styles import Font, PatternFill

from tests.edits import excel
from xltool.filing import Entry, Item
from xltool.values import Value

Edit = tuple[str, ...]
"""A difference: (kind, name of the row or empty, path, new text)."""


@dataclass(frozen=True)
class Sheet:
    """Where a form's cells stand: the first row of its list, the columns of its levels and of its rows' own cells, a few of its fields."""

    first: int
    levels: tuple[int, ...]
    own: dict[str, int]
    merges: tuple[tuple[int, int], ...]
    money: tuple[int, int, str]
    text: tuple[int, int, str]

    @property
    def name(self) -> int:
        return self.own["name"]

    @property
    def target(self) -> int:
        return self.own["target"]

    def row(self, item: Item) -> dict:
        """What a person sees of a row."""
        contents = {path: item[path] for path in ("level1", "level2", *self.own)}
        return {path: found.text if isinstance(found, Value) else float(found) if isinstance(found, Decimal) else found for path, found in contents.items()}

    def leveled(self, row: dict) -> list[list]:
        """The levels of a row by their columns, for where no merge covers it."""
        return [[column, row[level]] for column, level in zip(self.levels, ("level1", "level2"), strict=True)]

    def written(self, at: int, row: dict) -> list[list]:
        """The steps that write the cells of a row's own."""
        return [["set", self.first + at, column, "" if row.get(path) is None else row[path]] for path, column in self.own.items()]


DECLARATION = Sheet(13, (2, 3), {"name": 4, "target": 6}, ((4, 5), (6, 7)), (6, 6, "funding.annual.total"), (4, 2, "project.department"))
"""       B        C         D:E       F:G
    13  level1 | level2 | name    | target  …
"""
EVALUATION = Sheet(13, (2, 3), {"name": 4, "target": 5, "actual": 6, "weight": 7, "score": 8, "reason": 9}, (), (6, 4, "funding.total.initial_budget"), (4, 3, "project.department"))


@dataclass
class Script:
    """The steps on a sheet, and the edits that they are."""

    steps: list[list] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    rows: list[dict] = field(default_factory=list)
    used: set[str] = field(default_factory=set)


def script(entry: Entry, sheet: Sheet, random: Random) -> Script:
    """One to four edits of different rows and fields of an entry."""
    made = Script(rows=[sheet.row(item) for item in entry.lists["indicators"]])
    kinds = random.sample(["target", "rename", "insert", "delete", "move", "money", "text", "look", "sort"], random.randint(1, 4))
    if "sort" in kinds:
        # A sorted list has moved rows; a row that is moved beside could be told in more than one way.
        kinds = [kind for kind in kinds if kind not in ("move", "insert", "delete")]
    for kind in kinds:
        STEPS[kind](made, sheet, random)
    return made


def _free(made: Script, random: Random, fits=lambda at: True) -> int | None:
    """The number of a row that no edit has touched; its name stands once."""
    names = [row["name"] for row in made.rows]
    free = [at for at, row in enumerate(made.rows) if row["name"] not in made.used and names.count(row["name"]) == 1 and fits(at)]
    if not free:
        return None
    at = random.choice(free)
    made.used.add(made.rows[at]["name"])
    return at


def _target(made: Script, sheet: Sheet, random: Random) -> None:
    at = _free(made, random)
    if at is not None:
        new = f"≥{random.randint(1000, 9999)}{random.choice(['份', '%', '（次）'])}"
        made.steps.append(["set", sheet.first + at, sheet.target, new])
        made.edits.append(("changed", made.rows[at]["name"], "target", new))
        made.rows[at]["target"] = new


def _rename(made: Script, sheet: Sheet, random: Random) -> None:
    at = _free(made, random)
    if at is not None:
        old = made.rows[at]["name"]
        new = random.choice([f"{old}（调整后）", old[:-1] + "情况", f"重新核定的{old}"])
        made.steps.append(["set", sheet.first + at, sheet.name, new])
        made.edits.append(("changed", old, "name", new))
        made.rows[at]["name"] = new
        made.used.add(new)


def _insert(made: Script, sheet: Sheet, random: Random) -> None:
    """A row below another, in its group."""
    at = random.randrange(len(made.rows))
    above = made.rows[at]
    row = {"level1": above["level1"], "level2": above["level2"], "name": random.choice(["夜间值守覆盖面", "材料归档齐全", "投诉办结时长"]), "target": f"≤{random.randint(11, 99)}（天）"}
    made.steps.append(["insert", sheet.first + at + 1, sheet.merges, sheet.leveled(row)])
    made.steps += [["set", sheet.first + at + 1, sheet.name, row["name"]], ["set", sheet.first + at + 1, sheet.target, row["target"]]]
    made.edits.append(("added", row["name"], "", row["target"]))
    made.rows.insert(at + 1, row)
    made.used.add(row["name"])


def _group(made: Script, at: int) -> range:
    """The rows around one that have its levels."""
    def same(other):
        return (made.rows[other]["level1"], made.rows[other]["level2"]) == (made.rows[at]["level1"], made.rows[at]["level2"])

    first, last = at, at
    while first and same(first - 1):
        first -= 1
    while last + 1 < len(made.rows) and same(last + 1):
        last += 1
    return range(first, last + 1)


def _delete(made: Script, sheet: Sheet, random: Random) -> None:
    """A row that is not the first of its group: with it the group's name would go."""
    at = _free(made, random, lambda at: at != _group(made, at)[0])
    if at is not None:
        made.steps.append(["delete", sheet.first + at])
        made.edits.append(("removed", made.rows[at]["name"], "", ""))
        del made.rows[at]


def _move(made: Script, sheet: Sheet, random: Random) -> None:
    """A row inside its group, over at least two others: inserted there, filled in, deleted here."""
    at = _free(made, random, lambda at: len(_group(made, at)) > 3 and at != _group(made, at)[0])
    if at is None:
        return
    group = _group(made, at)
    places = [place for place in group if place != group[0] and abs(place - at) >= 2]
    if not places:
        return
    to, row = random.choice(places), made.rows[at]
    new, old = (to + 1, at) if to > at else (to, at + 1)
    made.steps.append(["insert", sheet.first + new, sheet.merges, sheet.leveled(row)])
    made.steps += sheet.written(new, row)
    made.steps.append(["delete", sheet.first + old])
    made.edits.append(("moved", row["name"], "", ""))
    made.rows.insert(to, made.rows.pop(at))


def _sort(made: Script, sheet: Sheet, random: Random) -> None:
    """The rows of the longest group by their names."""
    group = max((_group(made, at) for at in range(len(made.rows))), key=len)
    ordered = sorted((made.rows[at] for at in group), key=lambda row: row["name"])
    made.edits.append(("sorted", str(group[0]), str(group[-1]), ""))
    for at, row in zip(group, ordered, strict=True):
        made.steps += sheet.written(at, row)
        made.rows[at] = row


def _money(made: Script, sheet: Sheet, random: Random) -> None:
    row, column, path = sheet.money
    new = random.randint(10_000, 9_999_999)
    made.steps.append(["set", row, column, new])
    made.edits.append(("changed", "", path, str(new)))


def _text(made: Script, sheet: Sheet, random: Random) -> None:
    row, column, path = sheet.text
    new = random.choice(["青棠市财政局", "青棠市水务局（新址）", "青棠市农业农村局"])
    made.steps.append(["set", row, column, new])
    made.edits.append(("changed", "", path, new))


def _look(made: Script, sheet: Sheet, random: Random) -> None:
    made.steps.append(["look", sheet.first + random.randrange(len(made.rows)), random.choice([sheet.name, sheet.target])])


STEPS = {"target": _target, "rename": _rename, "insert": _insert, "delete": _delete, "move": _move, "money": _money, "text": _text, "look": _look, "sort": _sort}


def by_openpyxl(data: bytes, name: str, steps: list[list]) -> bytes:
    """The workbook after the steps, done as Excel does them."""
    book = excel.opened(data)
    sheet = book[name]
    for kind, *words in steps:
        if kind == "set":
            row, column, content = words
            sheet.cell(row, column).value = None if content == "" else content
        elif kind == "insert":
            row, merges, levels = words
            excel.insert_rows(sheet, row)
            for first, last in merges:
                sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
            inside = {(one.min_col, at) for one in sheet.merged_cells.ranges for at in range(one.min_row, one.max_row + 1) if one.max_row > one.min_row}
            for column, text in levels:
                if (column, row) not in inside:
                    sheet.cell(row, column).value = text
        elif kind == "delete":
            excel.delete_rows(sheet, words[0])
        else:
            cell = sheet.cell(*words)
            cell.fill, cell.font = PatternFill("solid", "FFEEAA"), Font(bold=True, size=14)
            sheet.column_dimensions[cell.column_letter].width = 40
            sheet.row_dimensions[cell.row].height = 60
    return excel.saved(book)


def moved_at_least(before: list[str], after: list[str]) -> int:
    """The fewest rows that must be moved to make one order the other."""
    places = [before.index(name) for name in after if name in before]
    best: list[int] = []
    for at, place in enumerate(places):
        best.append(1 + max((best[other] for other in range(at) if places[other] < place), default=0))
    return len(places) - max(best, default=0)


def plain(edits: list[Edit]) -> Iterator[Edit]:
    """The edits without that of sorting, which is told as moves."""
    yield from (one for one in edits if one[0] != "sorted")
