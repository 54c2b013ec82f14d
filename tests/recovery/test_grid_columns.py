"""A column read at once says what each of its cells says by itself; what was read before changes nothing."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.edits.made import DECLARATIONS, EVALUATIONS, written
from xltool.grid import Book, Grid, GridCell
from xltool.library import forms
from xltool.problems import ProblemError
from xltool.recovery import grid_reading
from xltool.recovery.grid_captions import Match
from xltool.recovery.grid_columns import FieldReader
from xltool.recovery.grid_placement import place
from xltool.recovery.grid_places import Area
from xltool.recovery.grid_regions import Hit, Region
from xltool.recovery.grid_stencil import Spot, Stencil
from xltool.recovery.grid_values import ODD, Reading, read
from xltool.surfaces import xlsx_reader

FORMS = forms()
FIELDS = {one.type: (one, form) for form in FORMS.values() for one in form.fields.values() if not one.choices}
texts = st.text("0123.,%％≥=<万元(（人）)—-无 \n\u3000是否及ABx⼀", max_size=8)
stored = st.none() | st.decimals(-1000, 1000, places=2).map(Decimal)


@pytest.mark.parametrize("kind", sorted(FIELDS))
@given(cells=st.lists(st.tuples(texts, stored, st.sampled_from(["", "", "", "100%", "A1"])), min_size=1, max_size=6))
def test_a_column_says_what_its_cells_say(kind, cells):
    one, form = FIELDS[kind]
    values = {number: value for number, (_, value, _) in enumerate(cells) if value is not None}
    formulas = {number: formula for number, (*_, formula) in enumerate(cells) if formula}
    grid = Grid("表", tuple((row, 1, row, 1) for row in range(1, len(cells) + 1)), tuple(text for text, *_ in cells), values, formulas)
    numbers = [*range(len(cells)), -1]
    reader = FieldReader(one, form)
    for _ in range(2):
        *found, nothing = reader.column(numbers, grid)
        assert nothing is None
        for number, ((text, value, formula), said) in enumerate(zip(cells, found, strict=True)):
            by_itself = read(text, value, formula, one, form)
            assert said is ODD or Reading(said) == by_itself
            assert reader.one(number, grid) in (said, by_itself.value, ODD)


BOOK = xlsx_reader.read(written(DECLARATIONS, True), "book.xlsx").grids + xlsx_reader.read(written(EVALUATIONS, False), "book.xlsx").grids


def edited(grid: Grid, seed: int) -> Grid:
    """The grid with a few cells gone, emptied, swapped or reaching further."""
    rng = random.Random(seed)
    kept = [number for number in range(len(grid.places)) if rng.random() < 0.99]
    places, texts = [grid.places[number] for number in kept], [grid.texts[number] for number in kept]
    for _ in range(rng.randrange(3)):
        one, other = rng.randrange(len(kept)), rng.randrange(len(kept))
        texts[one], texts[other] = texts[other], texts[one]
    for _ in range(rng.randrange(3)):
        at = rng.randrange(len(kept))
        row, column, last_row, last_column = places[at]
        places[at] = row, column, last_row + rng.randrange(2), last_column + rng.randrange(3)
    notes = {}
    if rng.random() < 0.3:
        at = rng.randrange(len(kept))
        texts[at], notes = "", {at: "批注"}
    values = {at: grid.values[number] for at, number in enumerate(kept) if number in grid.values and texts[at] == grid.texts[number]}
    return replace(grid, places=tuple(places), texts=tuple(texts), values=values, notes=notes, _cells=[], _squares={})


def said(grid: Grid) -> str:
    """Everything that is read of a grid: where its cells went, and its filing."""
    book = Book((grid,))
    try:
        return repr((list(grid_reading.shapes_of(book, FORMS)), grid_reading.read_book(book, FORMS, "book.xlsx")))
    except ProblemError as error:
        return repr(error.problems)


def afresh(grid: Grid) -> str:
    grid_reading._ready.clear()
    return said(grid)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(BOOK) - 1), st.integers(0, 10**6)), min_size=2, max_size=6))
def test_what_was_read_before_changes_nothing(drawn):
    grids = [grid if seed % 5 == 0 else edited(grid, seed) for grid, seed in ((BOOK[at], seed) for at, seed in drawn)]
    alone = [afresh(grid) for grid in grids]
    grid_reading._ready.clear()
    assert alone == [said(grid) for grid in grids]


SHEET = min(BOOK[1:], key=lambda grid: len(grid.places) if any("项目名称" in text for text in grid.texts) else 9_999)


def with_cell(grid: Grid, number: int, text: str, note: str = "") -> Grid:
    texts = [*grid.texts[:number], text, *grid.texts[number + 1 :]]
    values = {at: value for at, value in grid.values.items() if at != number}
    return replace(grid, texts=tuple(texts), values=values, notes={number: note} if note else {}, _cells=[], _squares={})


def halved(grid: Grid, number: int) -> Grid:
    """The grid with a cell of several columns as two of the same text."""
    row, column, last_row, last_column = grid.places[number]
    places = [*grid.places[:number], (row, column, last_row, column), (row, column + 1, last_row, last_column), *grid.places[number + 1 :]]
    texts = [*grid.texts[: number + 1], *grid.texts[number:]]
    return replace(grid, places=tuple(places), texts=tuple(texts), values={}, _cells=[], _squares={})


def test_a_cell_of_which_only_a_comment_is_left_is_none_after_a_filled_one():
    for number in [number for number, (row, *_) in enumerate(SHEET.places) if row < 10]:
        other = with_cell(SHEET, number, "", "批注")
        alone = afresh(other)
        afresh(SHEET)
        assert alone == said(other)


def test_two_values_on_one_spot_are_doubted_after_one_value_that_stood_there_twice():
    for number, (_, column, _, last_column) in enumerate(SHEET.places):
        if last_column > column:
            twice = halved(SHEET, number)
            other = with_cell(twice, number + 1, "另一个值")
            alone = afresh(other)
            afresh(twice)
            assert alone == said(other)


def test_a_cell_from_the_left_lies_on_a_spot_where_the_sheet_goes_on_to_it():
    form = FORMS["target-declaration"]
    cell = next(cell for cell in form.layout.cells if cell.only_hole)
    stencil = Stencil(form, (0,), (), (), (Spot(cell, Area(1, 3, 1, 3), ("x",), False, ""),), frozenset({1}), ((1, 1),), ())
    region = Region(form.id, [Hit(GridCell(1, 1, 1, 1, "题", 0), Match(form.id, (0,), True, {}))])
    short = Grid("表", ((1, 1, 1, 1), (1, 2, 1, 4)), ("题", "值"))
    long = Grid("表", (*short.places, (9, 3, 9, 3)), (*short.texts, "右"))
    for grid, expected in ((short, ()), (long, ((1, cell),)), (short, ())):
        assert expected == place(stencil, region, [0], grid, 0, len(grid.places)).scalars


@pytest.mark.parametrize(("begins", "ends", "lies"), [(2, 3, False), (3, 4, True), (4, 4, True), (4, 5, True), (5, 6, False)])
def test_a_cell_that_begins_between_the_rows_of_two_spots_lies_on_the_second_if_it_reaches_it(begins, ends, lies):
    form = FORMS["target-declaration"]
    cell = next(cell for cell in form.layout.cells if cell.only_hole)
    spots = tuple(Spot(cell, Area(row, 3, row, 3), ("x",), False, "") for row in (1, 4))
    stencil = Stencil(form, (0,), (), (), spots, frozenset({1, 4}), ((1, 1), (4, 4)), ())
    region = Region(form.id, [Hit(GridCell(1, 1, 1, 1, "题", 0), Match(form.id, (0,), True, {}))])
    grid = Grid("表", ((1, 1, 1, 1), (1, 3, 1, 3), (begins, 3, ends, 3)), ("题", "一", "二"))
    assert place(stencil, region, [0], grid, 0, 3).scalars == ((1, cell), (2, cell))[: 1 + lies]
