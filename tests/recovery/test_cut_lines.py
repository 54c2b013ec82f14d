"""Lines that were all cut at one width, wherever that falls."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.recovery.test_carried_text import FORM, data
from xltool.filing import Filing
from xltool.heights import length
from xltool.library import forms
from xltool.lines import NO_CELLS
from xltool.recovery.cut_lines import joined
from xltool.recovery.table_text import read_text

AMOUNTS = FORM.replace("项目资金总额 100.00 年度资金申请总额 100.00", "项目资金总额 12,000,000.00 年度资金申请总额 12,000,000.00").replace("财政资金 100.00 其中：当年财政拨款 100.00", "财政资金 12,000,000.00 其中：当年财政拨款 12,000,000.00")
LONG = AMOUNTS.replace("完成全年各项任务。", "完成全年各项任务，保洁河道12条，巡查4次。" * 4)


def cut(text: str, width: int, measure=len) -> str:
    """The text as a mail has it that ends each line behind so many letters."""
    made = []
    for line in text.splitlines():
        while measure(line) > width:
            at = max(at for at in range(1, len(line)) if measure(line[:at]) <= width)
            made.append(line[:at])
            line = line[at:]
        made.append(line)
    return "\n".join(made)


def read(text: str) -> Filing:
    return read_text(text, forms(), "form.txt").filing


@pytest.mark.parametrize("measure", [len, length])
@pytest.mark.parametrize("width", range(12, 28))
def test_form_whose_lines_were_cut_in_amounts_is_the_same_form(width, measure):
    text = cut(LONG, width, measure)
    (found,) = read(text).entries
    assert text != LONG
    assert data(next(iter(read(LONG).entries))) == data(found)


def test_what_was_joined_is_told_with_its_place():
    repairs = [repair for repair in read(cut(LONG, 14)).source.repairs if repair.code == "lines-cut"]
    # 主管部门 临江市水务局 实施 | 单位 is the first line that ends inside a word.
    assert ["第6行"] == [repair.place for repair in repairs]


def test_place_of_what_was_joined_is_that_of_its_first_line():
    whole = joined(cut(LONG, 14).splitlines())
    assert whole is not None
    assert len(cut(LONG, 14).splitlines()) == len(whole)
    assert LONG.splitlines() == [line for line in whole if line != NO_CELLS]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(LONG.splitlines(), id="lines of their own lengths"),
        pytest.param(["绩效指标 12,000,", "000.00"] * 20 + ["甲" * 40], id="lines shorter than another"),
        pytest.param(["保洁河道十二条巡查"] * 20, id="lines of one width that cut no number"),
        pytest.param(["保洁河道十二条巡查", "甲 12,000,", "000.00", "乙 12,000,", "000.00"], id="few lines of the greatest width"),
        pytest.param(["项目 1,000.00 10", "2,000.00 巡查 20"] * 10, id="a number behind another"),
        pytest.param([""], id="nothing"),
    ],
)
def test_other_lines_stay_what_they_are(lines):
    assert joined(lines) is None


@given(st.integers(12, 40))
def test_lines_are_joined_as_they_were_or_not_at_all(width):
    whole = joined(cut(LONG, width).splitlines())
    assert whole is None or "".join(LONG.split("\n")) == "".join(line for line in whole if line != NO_CELLS)


@pytest.mark.parametrize("then", ["项目名称 河道保洁", "产出指标 数量指标", "（2024年度）"], ids=["a caption", "a level", "a year"])
def test_line_with_a_begin_of_its_own_stays_one(then):
    before = "甲乙丙丁戊己庚辛壬癸子丑寅卯"
    lines = ["甲乙丙丁戊己 12,000,", "000.00"] * 8 + [before, then]
    whole = joined(lines, forms().values())
    assert whole is not None
    assert [before, then] == whole[-2:]


def test_plain_form_has_no_cut_lines():
    assert "lines-cut" not in [repair.code for repair in read(FORM).source.repairs]
