"""The kinds of text that keep cells: tab-separated lines and Markdown tables, clean and with cells in wrong columns."""

import html
import random
from collections.abc import Callable
from typing import Any

from tests.damage import vocabulary as words
from tests.damage.sheet import Label, Look, Sheet, random_look, sheet_of

Grid = list[list[str]]  # rows of cells as text


def look_of(rng: random.Random, form: dict[str, Any]) -> Look:
    """A look without wraps; a self-evaluation prints its money without groups."""
    look = random_look(rng, {})
    plain = form["form"] == words.EVALUATION
    return Look(
        colon=look.colon,
        yuan=look.yuan,
        year=look.year,
        value_caption=look.value_caption,
        grouped=not plain,
        cents=not plain,
    )


def grid_of(sheet: Sheet) -> Grid:
    """The sheet as a rectangle of texts; a merged cell's text stands in its first square."""
    grid = [[""] * sheet.columns for _ in sheet.rows]
    for place, row in enumerate(sheet.rows):
        for cell in row.cells:
            grid[place][cell.column - 1] = cell.text.replace("\n", "") if cell.role == "caption" else cell.text
    for label in sheet.labels:
        grid[label.first][label.column - 1] = label.text
    return grid


def print_tsv(filing: dict[str, Any], rng: random.Random) -> str:
    """Every row a line of cells with tabs between, all cells in their columns."""
    return print_lines(filing, rng, lambda grid, sheet, rng: grid)


def print_shifted(filing: dict[str, Any], rng: random.Random) -> str:
    """Tab-separated lines with level names and values in wrong columns."""
    return print_lines(filing, rng, shifted)


def print_lines(
    filing: dict[str, Any], rng: random.Random, damage: Callable[[Grid, Sheet, random.Random], Grid]
) -> str:
    """The tab-separated text of a filing, each form's grid damaged on its own."""
    parts = []
    spell = rng.choice((str, half_width))
    for section in filing["sections"]:
        if section["title"]:
            parts.append(spell(section["title"]))
        for form in section["forms"]:
            sheet = sheet_of(form, look_of(rng, form))
            grid = damage(grid_of(sheet), sheet, rng)
            parts.append("\n".join("\t".join(spell(cell_text(cell)) for cell in row) for row in grid))
    return "\n\n" + "\n\n".join(parts) + "\n"


def cell_text(text: str) -> str:
    """A text in one line; paragraphs become marked-up ones."""
    if "\n" not in text:
        return text
    return " ".join(f"<p>{html.escape(part, quote=False)}</p>" for part in text.split("\n"))


def half_width(text: str) -> str:
    """A text with half-width commas, brackets and colons, as some converters write them."""
    for wide, narrow in (("，", ", "), ("（", "("), ("）", ")"), ("：", ": "), ("；", "; ")):
        text = text.replace(wide, narrow)
    return text


def shifted(grid: Grid, sheet: Sheet, rng: random.Random) -> Grid:
    """The grid with the list's rows moved: the heading, whole rows, level names in the column to the left, or none."""
    first = next(place for place, row in enumerate(sheet.rows) if row.kind == "header") + 1
    levels = [label for label in sheet.labels if label.role != "block"]
    misplaced(grid, levels, rng)
    wide = sheet.columns == 7 and rng.random() < 0.5
    for place in range(len(grid)):
        if sheet.rows[place].kind != "item":
            continue
        grid[place] = moved(grid[place], sheet.columns, rng, place == first)
    if wide:
        grid = [[*row[:4], *row[5:]] if not row[4] else row for row in grid]
    if rng.random() < 0.3:
        grid[first - 1] = ["", *grid[first - 1]]
    return grid


def misplaced(grid: Grid, levels: list[Label], rng: random.Random) -> None:
    """Level-one names that stand one group too early, as under a wrong parent, or not at all."""
    for label in levels:
        if label.role != "level1" or label.first == min(other.first for other in levels):
            continue
        above = max(
            (other for other in levels if other.role == "level2" and other.first < label.first),
            key=lambda other: other.first,
        )
        roll = rng.random()
        if roll < 0.15 and not grid[above.first][1]:
            grid[above.first][1] = label.text
        if roll < 0.25:
            grid[label.first][1] = ""


def moved(row: list[str], columns: int, rng: random.Random, first: bool) -> list[str]:
    """A row of the list with its cells one column to the left or right."""
    roll = rng.random()
    block, level1, level2, *rest = row
    if roll < 0.2 and not level1 and level2:
        return [block, level2, "", *rest]
    if roll < 0.3 and level1 and not block and not first:
        return [level1, level2, "", *rest]
    if roll < 0.4 and level1 and not row[-1] and not block:
        return ["", "", level1, level2, *rest[:-1]]
    if roll < 0.5 and not level1 and not level2 and not row[-1]:
        return [block, "", "", "", *rest[:-1]]
    return row


def print_markdown(filing: dict[str, Any], rng: random.Random) -> str:
    """Markdown tables, cut where pages end and continued at other widths, some rows moved to the left."""
    parts = []
    for section in filing["sections"]:
        if section["title"]:
            parts.append(section["title"])
        for form in section["forms"]:
            sheet = sheet_of(form, look_of(rng, form))
            parts += [cell for row in sheet.rows[:2] for cell in (row.cells[0].text,)]
            parts += [
                table_text(grid, place == 0 and rng.random() < 0.3) for place, grid in enumerate(cut_tables(sheet, rng))
            ]
    return "\n\n" + "\n\n".join(parts) + "\n"


def cut_tables(sheet: Sheet, rng: random.Random) -> list[Grid]:
    """The grids of a form's pages: the later ones may lack columns, or hold a label's other half."""
    grid = grid_of(sheet)
    items = [place for place, row in enumerate(sheet.rows) if row.kind == "item"]
    cuts = sorted(rng.sample(items[1:], min(len(items) - 1, rng.choice((0, 1, 1, 2)))))
    block = next(label for label in sheet.labels if label.text == "绩效指标")
    if cuts and rng.random() < 0.5:
        grid[block.first][0] = "绩效"
        grid[cuts[0]][0] = "指标"
    elif cuts and rng.random() < 0.5:
        grid[block.first][0], grid[cuts[0]][0] = "", "绩效指标"
    bounds = [2, *cuts, len(grid)]
    tables = [grid[start:stop] for start, stop in zip(bounds, bounds[1:], strict=False)]
    kinds = [[row.kind for row in sheet.rows[start:stop]] for start, stop in zip(bounds, bounds[1:], strict=False)]
    return [
        narrowed([left(row, kind, rng) for row, kind in zip(table, of, strict=True)])
        for table, of in zip(tables, kinds, strict=True)
    ]


def left(row: list[str], kind: str, rng: random.Random) -> list[str]:
    """A row of the list whose cells moved left: by the column of 绩效指标, by a level that is not there, or all the way."""
    roll = rng.random()
    if kind != "item" or row[0] or roll > 0.3:
        return row
    if roll < 0.12 and row[2] and not row[1]:
        return [row[2], "", "", *row[3:]]
    if roll < 0.2 and row[1]:
        return [*row[1:], ""]
    if roll < 0.3 and not row[1] and not row[2]:
        return [*row[3:], "", "", ""]
    return row


def narrowed(table: Grid) -> Grid:
    """A table without the columns that are empty in all its rows."""
    kept = [column for column in range(len(table[0])) if any(row[column] for row in table)]
    return [[row[column] for column in kept] for row in table]


def table_text(table: Grid, headed: bool) -> str:
    """A Markdown table; its first row is the heading, or an empty one stands above it."""
    rule = ["---"] * len(table[0])
    rows = [table[0], rule, *table[1:]] if headed else [[""] * len(table[0]), rule, *table]
    return "\n".join("| " + " | ".join(cell_in_row(cell) for cell in row) + " |" for row in rows)


def cell_in_row(text: str) -> str:
    """A cell's text in one line; a line break becomes a blank, as converters do before a numbered item."""
    return text.replace("\n", " ").replace("|", "\\|")
