"""A register that reads back otherwise than it was counted is not stored: drawn as the squares that the reading sees."""

from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from openpyxl import Workbook

from xltool.jobs.rollup.proving import prove
from xltool.problems import ProblemError

RIGHT = (
    ("某市项目支出绩效目标汇总表", None, None),
    ("单位：元", "净额", None),
    ("序号", "项目", "净额"),
    (None, "合计", 310.5),
    (1, "检查", 300),
    (2, "审计", 10.5),
    (3, "培训", None),
)
NET = {0: Decimal(300), 1: Decimal("10.5"), 2: None}


def proved(folder: Path, rows=RIGHT, net=NET, whole: bool = True) -> str:
    """The sheet that the proof refuses; empty where it stands."""
    book = Workbook()
    book.worksheets[0].title = "2024 申报"
    for row in rows:
        book.worksheets[0].append(row)
    book.create_sheet("明细")
    book.save(folder / "a.xlsx")
    register = SimpleNamespace(rows=list(net), total=SimpleNamespace(forms=len(net)))
    content = SimpleNamespace(rollup=SimpleNamespace(registers=(register,)), shown=lambda row, role, which: {("amount", "net"): net[row]}[role, which])
    try:
        prove(folder / "a.xlsx", cast(Any, content), whole)
    except ProblemError as error:
        ((one,),) = [error.problems]
        return f"{one.code} {dict(one.words)['what']}"
    return ""


def changed(row: int, column: int, value) -> tuple[tuple[object, ...], ...]:
    """The squares with one of them otherwise; rows and columns from 1."""
    return tuple(tuple(value if (at, over) == (row, column) else held for over, held in enumerate(cells, 1)) for at, cells in enumerate(RIGHT, 1))


def test_a_register_that_says_what_was_counted_stands(tmp_path):
    assert "" == proved(tmp_path)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(changed(5, 3, 300.01), id="a row has more"),
        pytest.param(changed(5, 3, 299.99), id="a row has less"),
        pytest.param(changed(6, 3, None), id="a row has nothing"),
        pytest.param(changed(4, 3, 310.51), id="the total is more"),
        pytest.param(changed(4, 3, 310.49), id="the total is less"),
        pytest.param(changed(4, 3, None), id="no total"),
        pytest.param(RIGHT[:-1], id="a row is missing"),
        pytest.param((*RIGHT, (4, "培训", None)), id="a row too many"),
    ],
)
def test_a_register_that_says_something_else_is_refused_by_its_sheet(tmp_path, rows):
    assert "workbook-verify 2024 申报" == proved(tmp_path, rows)


def test_a_cent_that_excels_fifteen_digits_lose_is_no_difference(tmp_path):
    net: dict[int, Decimal | None] = {0: Decimal("999999999999999.99"), 1: Decimal("-999999999999999.9"), 2: None}
    rows = (*RIGHT[:3], (None, "合计", 0), (1, "甲", 1000000000000000), (2, "乙", -1000000000000000), (3, "丙", None))
    assert "" == proved(tmp_path, rows, net)
    assert "" != proved(tmp_path, (*rows[:3], (None, "合计", 21), *rows[4:]), net)


def test_a_workbook_that_is_not_whole_is_refused_before_it_is_read(tmp_path):
    assert "workbook-verify xl/worksheets" == proved(tmp_path, whole=False)
