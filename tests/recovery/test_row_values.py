"""The values of a row whose sign, number and unit have cells of their own, drawn as they come in stream order.

Below each word stands its cell: 性 sign, 值 target, 位 unit, 完 actual, 权 weight, 分 score; ` .` parts words of one line.
"""

from dataclasses import replace

import pytest

from xltool.library import forms
from xltool.recovery.atoms import split
from xltool.recovery.row_pieces import names
from xltool.recovery.row_values import single, values
from xltool.recovery.shapes import shapes_of
from xltool.recovery.stretch import Columns, Evidence, Stretch
from xltool.recovery.thin_blanks import thin
from xltool.recovery.torn_rows import NAME, row_places, torn_rows

FORM = forms()["self-evaluation-sichuan"]
CELLS = "性值位完权分"
COLUMNS = Columns("name", (("sign", "operator"), ("target", "target"), ("unit", "unit"), ("actual", "target"), ("weight", "number"), ("score", "number")), "reason", 4, 5)
SPACED = "项目 5 个 5G 基站 3 个 12 家\n"
"""Words that show the habit of a typesetter's blanks."""


def stretch_of(text, words=(), width=14):
    habit = len(split(SPACED).atoms)
    every = split(SPACED + text).atoms
    blanks = {at - habit: cost for at, cost in thin(every, FORM).items() if at > habit}
    atoms = every[habit:]
    shapes = shapes_of(atoms, FORM, frozenset(words))
    return Stretch(atoms, shapes, [atom.gap for atom in atoms], [False] * len(atoms), COLUMNS, Evidence(level=True, name_width=width, words=frozenset(words)), blanks)


def cells(text, words=()):
    """The cell of each word in the cheapest filling that takes them all."""
    stretch = stretch_of(text, words)
    whole = [(cost, columns) for _, last, cost, _, columns in values(stretch, 0) if last == len(stretch.atoms)]
    return "".join(CELLS[column] for column in min(whole)[1])


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("定性 及时完成 及时完成 3 3", "性值完权分"),
        ("定性\n每季度\n1 次\n每季度 1\n次\n3 3", "性值值值完完完权分"),
        ("定性 80%-90%\n80%-\n90%\n17 17", "性值完完权分"),
        ("定性\n12 月中\n旬前完\n成\n12 月中\n旬前完成\n1 0", "性值值值值完完完权分"),
        ("3725.00 次每周 2198 7 4.5", "值位完权分"),
        ("= 4 万 4 万 1 1", "值位完完权分"),
        ("≥ 8211 万\n9853.2\n万\n2 2", "值位完完权分"),
        ("= 8385 元 10062 11 11", "值位完权分"),
    ],
    ids=["a word of its kind", "wrapped at two widths", "wrapped once", "wrapped twice and thrice", "a unit that nobody knows", "a unit behind what was done", "the unit on the next line", "a number beside"],
)  # fmt: skip
def test_each_word_stands_in_its_cell(text, drawn):
    assert drawn == cells(text, ("及时",))


def test_unit_of_a_value_is_no_other_word():
    """Only the unit of the cell before goes on on the next line; 本 is the rest of another cell."""
    stretch = stretch_of("= 7 元 4085\n本")
    assert all(last != 5 for _, last, cost, _, columns in values(stretch, 0) if columns[-2:] == (3, 3) and cost < 6)


@pytest.mark.parametrize(
    ("text", "kind", "column", "words", "dear"),
    [
        ("定性 及时", "target", 1, (), True),
        ("及时完成 3", "target", 1, (), True),
        ("及时完成 3", "target", 1, ("及时",), False),
        ("7 次每周 7", "target", 1, (), True),
        ("7 次每周 7", "target", 3, (), False),
    ],
    ids=["the word for a kind", "a word that joins", "a known word", "a unit that has its own cell", "a unit that has none"],
)
def test_what_no_cell_of_a_column_would_hold_is_dear(text, kind, column, words, dear):
    stretch = stretch_of(text, words)
    whole = next(cost for last, cost in single(stretch, 0, kind, 0, column) if last == len(stretch.atoms) - 1)
    assert dear == (whole > 1)


def test_unit_behind_no_number_is_dear():
    assert [True, False] == [next(single(stretch_of(text), 0, "unit", 1))[1] > 3 for text in ("有序 家", "7 家")]


def test_unit_behind_no_number_is_dear_where_a_page_cuts_its_row():
    """巡查次数 is the name; 家 stands in the unit's cell."""
    dear = [min((row.cost for row in torn_rows(one, row_places(one)) if row.columns[:3] == (NAME, 1, 2)), default=99) for one in map(stretch_of, ("巡查次数 有序 家 1 3 3", "巡查次数 7 家 1 3 3"))]
    assert [True, False] == [cost > 5 for cost in dear]


def test_name_begins_with_no_sign():
    """The reason before it was full: 两次抽检 / =100%合格的 / 批次数 is one name, cut nowhere."""
    stretch = stretch_of("两次抽检\n=100%合格的\n批次数", width=13)
    dear = min(cost for kind, last, cost, _, _ in names(stretch, 1) if kind == "name" and last == 3)
    whole = min(cost for kind, last, cost, _, _ in names(stretch, 0) if kind == "name" and last == 3)
    assert dear > 5 > 2 > whole


WORDS = Columns("name", (("why", "text"), ("target", "target"), ("tick", "choice")), choices=frozenset("√"))


def drawn(text):
    """The cell of each word of a row with words that say more of it: 因 words, 值 target, 勾 tick."""
    stretch = replace(stretch_of(text), columns=WORDS)
    whole = [(cost, columns) for _, last, cost, _, columns in values(stretch, 0) if last == len(stretch.atoms)]
    return "".join("因值勾"[column] for column in min(whole)[1])


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("抽查完好的设\n施占比\n≥95%", "因因值"),
        ("每少 1 个扣\n0.5 分\n≥95%", "因因因因因值"),
        ("≥95%\n√", "值勾"),
        ("按季度抽查 ≥95% √", "因值勾"),
        ("按季度抽查\n有所提升\n√", "因值勾"),
    ],
    ids=["wrapped words", "numbers among words", "a value is no words", "one line", "a tick is no value"],
)
def test_words_that_say_more_of_a_row_wrap_and_are_no_value(text, cells):
    assert cells == drawn(text)


BELOW = Columns("name", (("target", "target"), ("actual", "target"), ("weight", "number")))


@pytest.mark.parametrize(
    ("text", "cells"),
    [("≥600\n个\n255 10", "值值完权"), ("600\n个\n255\n个\n10", "值值完完权"), ("=100\n%\n100\n%\n10", "值值完完权"), ("≥600个\n255\n个 10", "")],
    ids=["behind a sign and a number", "behind numbers", "rates", "not alone on its line"],
)
def test_unit_alone_on_the_next_line_is_that_of_the_number_above(text, cells):
    stretch = replace(stretch_of(text), columns=BELOW, units=frozenset({"个"}), evidence=Evidence())
    whole = [(cost, columns) for _, last, cost, _, columns in values(stretch, 0) if last == len(stretch.atoms) and cost < 4]
    assert cells == ("".join("值完权"[column] for column in min(whole)[1]) if whole else "")
