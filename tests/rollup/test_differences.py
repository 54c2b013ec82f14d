"""Where two forms that are nearly the same differ: field, row, and both texts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.check.made import EVALUATION, filing
from tests.rollup.drawn import signatures
from xltool.library import forms
from xltool.rollup import signature
from xltool.rollup.differences import differences, spot
from xltool.rollup.model import Where

HEAD = "| 项目 | 金额 | 拨款 | 目标 | 指标 | 单位 |"


def told(first: str, second: str) -> list[tuple]:
    counted, other = signatures(f"{HEAD}\n{first}\n{second}")
    return [(one.field, one.item, one.counted, one.other) for one in differences(counted, other, 7)]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("| 检查 | 300 | | 甲 | a=1次 | |", "| 检 查 | 300.00 | | 甲 | a=1次 | |", []),
        ("| 检查 | 300 | | 甲 | a=1次 | |", "| 审计 | 350.5 | 20 | 乙 | a=1次 | 乙站 |", [("project", 0, "检查", "审计"), ("unit", 0, "甲中心", "乙站"), ("amount", 0, "300", "350.5"), ("fiscal", 0, None, "20"), ("goal", 0, "甲", "乙")]),
        ("| 检查 | | 20 | 甲 | a=1次 | |", "| 检查 | 300 | | 甲 | a=1次 | |", [("amount", 0, None, "300"), ("fiscal", 0, "20", None)]),
        ("| 检查 | 300 | | 甲 | a=1次 b=2次 c=3次 | |", "| 检查 | 300 | | 甲 | a=1次 b=5次 c=3次 | |", [("target", 2, "2次", "5次")]),
        ("| 检查 | 300 | | 甲 | a=1次 c=3次 | |", "| 检查 | 300 | | 甲 | a=1次 b=2次 c=3次 | |", [("indicator", 2, None, "b")]),
        ("| 检查 | 300 | | 甲 | a=1次 b=2次 c=3次 | |", "| 检查 | 300 | | 甲 | a=1次 c=3次 | |", [("indicator", 2, "b", None)]),
        ("| 检查 | 300 | | 甲 | a=1次 | |", "| 检查 | 300 | | 甲 | b=2次 c=3次 | |", [("indicator", 1, "a", "b"), ("target", 1, "1次", "2次"), ("indicator", 2, None, "c")]),
    ],
    ids=["blanks and trailing noughts", "texts, amounts and the goal", "an amount that one leaves empty", "a target", "a row more", "a row less", "another row and one more"],
)  # fmt: skip
def test_forms_differ_in(first, second, expected):
    assert expected == told(first, second)


def test_difference_names_the_row_that_does_not_count():
    counted, other = signatures(f"{HEAD}\n| 检查 | 1 | | 甲 | a=1次 | |\n| 审计 | 2 | | 乙 | b=2次 | |")
    assert {7} == {one.row for one in differences(counted, other, 7)}


@pytest.mark.parametrize(("second", "content"), [("| 检查 | 1 | | 甲 | a=1次 | |", False), ("| 检查 | 1 | | 乙 | a=1次 | |", True), ("| 检查 | 1 | | 甲 | a=2次 | |", True)])
def test_of_texts_too_long_to_keep_it_is_only_told_that_they_differ(second, content):
    one, other = signatures(f"{HEAD}\n| 检查 | 1 | | 甲 | a=1次 | |\n{second}")
    for first, then in ((replace(one, content=b""), other), (one, replace(other, content=b"")), (replace(one, content=b""), replace(other, content=b""))):
        assert ([("content", None, None)] if content else []) == [(each.field, each.counted, each.other) for each in differences(first, then, 7)]


@pytest.mark.parametrize(("first", "second", "expected"), [("94.84", "95.00", [("94.84", "95")]), ("94.84", None, [("94.84", None)]), (None, "94.84", [(None, "94.84")]), ("94.84", "94.840", []), (None, None, [])])
def test_total_scores_differ(first, second, expected):
    one, other = (signature(next(filing(EVALUATION, {"total.score": score}).entries), forms()[EVALUATION], Where("a.xlsx", 1)) for score in (first, second))
    assert expected == [(each.counted, each.other) for each in differences(one, other, 7) if each.field == "total_score"]


LONG = "".join(chr(0x4E00 + number) for number in range(60))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (LONG, LONG[:59] + "啊", (LONG, LONG[:59] + "啊")),
        (LONG + "甲", LONG + "乙", (f"…{LONG[48:]}甲", f"…{LONG[48:]}乙")),
        ("甲" + LONG, "乙" + LONG, (f"甲{LONG[:12]}…", f"乙{LONG[:12]}…")),
        (LONG[:30] + "甲" + LONG[30:], LONG[:30] + "乙" + LONG[30:], (f"…{LONG[18:30]}甲{LONG[30:42]}…", f"…{LONG[18:30]}乙{LONG[30:42]}…")),
        (LONG[:30] + "甲" + LONG[30:40] + "丙" + LONG[40:], LONG[:30] + "乙" + LONG[30:40] + "丁" + LONG[40:], (f"…{LONG[18:30]}甲{LONG[30:40]}丙{LONG[40:52]}…", f"…{LONG[18:30]}乙{LONG[30:40]}丁{LONG[40:52]}…")),
        (LONG[:12] + "甲" + LONG[12:], LONG, (f"{LONG[:12]}甲{LONG[12:24]}…", f"{LONG[:24]}…")),
        (LONG + "啊", LONG + "啊", (LONG + "啊", LONG + "啊")),
    ],
    ids=["60 characters are shown whole", "at the end", "at the beginning", "in the middle", "from the first difference to the last", "what one has more", "no difference"],
)  # fmt: skip
def test_of_long_texts_the_spot_is_shown_where_they_differ(first, second, expected):
    assert expected == spot(first, second)
