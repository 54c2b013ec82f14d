"""Cells of a text in columns that read well by themselves and still may be another's; heads beside a text."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.recovery.test_laid_text import DECLARATION, one, rows
from xltool.filing import Entry
from xltool.library import forms
from xltool.recovery.laid_bands import Band
from xltool.recovery.laid_doubts import (
    near_strange,
    run_on,
    too_small,
    uncaptioned,
    without_number,
    without_value,
)
from xltool.recovery.laid_groups import Label
from xltool.recovery.laid_list import columns_of, strange
from xltool.recovery.laid_rows import Cut
from xltool.recovery.laid_words import Word

FORM = forms()["target-declaration"]
KNOWN = forms((str(Path(__file__).parents[2] / "samples" / "mappings"),))
GOALS = next((cell.row, [other.column for other in FORM.layout.in_row(cell.row) if other.holes]) for cell in FORM.layout.cells if cell.holes == ("总目标",))
LEFT, RIGHT = ((GOALS[0], column) for column in GOALS[1])


def word(text: str, x: int, line: int, page: int = 1, wide: bool = True) -> Word:
    return Word(text, text, x, x + len(text), line, page, line * 100 + x, wide)


def doubted(entry: Entry) -> set[str]:
    return {doubt.path for doubt in entry.source.doubts}


ASIDE = """\
项目绩效目          项目总目标               年度总体目标
  标                           2024年度，完成全年的河道保洁
                                                 绩效 一级 二级 三级 年度
                              和走访，提高居民对相关政策的
                                                 指标 指标 指标 指标 (/项
                              知晓率，加强对重点环节的监督，
                                                             目)指
                              持续改善周边环境，完善长效管
                                                             标值
                              理机制，排除安全
\f         产出指标        数量指标      检查次数              ≥1(个)
                        质量指标      合格率               ≥90(%)
"""


def test_head_of_a_list_beside_a_text_that_fills_its_page_is_no_row_and_no_text():
    entry = one(DECLARATION[: DECLARATION.index("               项目总目标")] + ASIDE)
    assert [("产出指标", "数量指标", "检查次数", "≥1(个)"), ("产出指标", "质量指标", "合格率", "≥90(%)")] == rows(entry)
    assert str(entry.values["goals.annual"]).endswith("完善长效管理机制，排除安全")
    assert {"goals.annual", "goals.project"} <= doubted(entry)
    assert "indicators" not in doubted(entry)


def test_caption_whose_lines_stand_between_those_of_its_rows_is_no_lost_word():
    parted = DECLARATION.replace("           项目资金总额 ", " 项目        项目资金总额").replace("项目资金（元）\n", " 资金\n")
    parted = parted.replace("                                      上年结转资金", "（万元                                  上年结转资金").replace("            其他资金 ", "  ）         其他资金 ")
    entry = one(parted + "         产出指标        数量指标      检查次数              ≥1(个)\n")
    assert "万元" == entry.values["money_unit"]
    assert not {path for path in doubted(entry) if path.startswith("funding")}
    assert () == entry.source.leftover


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param([word("完成", 1, 1)], [word("台账", 20, 1)], set(), id="several blanks between the texts"),
        pytest.param([word("设备4", 1, 1)], [word("台", 5, 1, wide=False)], {LEFT, RIGHT}, id="one blank, as inside a text"),
        pytest.param([word("保持在", 1, 1)], [word("90%以上", 5, 1, wide=False)], {LEFT, RIGHT}, id="one blank, before what reads as a value"),
        pytest.param([word("保持在", 1, 1)], [word("1、验收", 5, 1, wide=False)], set(), id="one blank, before an item"),
        pytest.param([word("工作平稳", 20, 1)], [word("有序", 9, 2, page=2)], {LEFT, RIGHT}, id="mid-sentence at a page's end"),
        pytest.param([word("工作平稳。", 20, 1)], [word("有序", 9, 2, page=2)], set(), id="a whole sentence at a page's end"),
    ],
)
def test_texts_that_run_on_are_doubted(left, right, expected):
    found = {place for place, _ in run_on(FORM, {LEFT: left, RIGHT: right}, [Band(GOALS[0], (), 0, 2)])}
    assert expected == found


def cut(*cells: str, line: int = 1) -> Cut:
    return Cut(tuple((word(text, at * 10, line),) if text else () for at, text in enumerate(cells)), line, line, False)


def test_number_that_one_row_lacks_and_all_others_have_is_doubted():
    evaluation = forms()["self-evaluation"]
    columns = [column for column in columns_of(evaluation, evaluation.blocks[0]) if column.kind == "number"][:2]
    full = [cut("5", "5", line=line) for line in range(5)]
    assert [(5, columns[0])] == list(without_number(columns, [*full, cut("", "5", line=5)]))
    assert [] == list(without_number(columns, [cut("", "5"), cut("", "4"), cut("3", "3")]))


def test_rows_beside_a_label_that_the_taxonomy_lacks_are_doubted():
    cuts = [cut("一", line=1), cut("二", line=5), cut("三", line=9)]
    strange, known = (Label(name, None, (word(name, 0, 5),), known) for name, known in (("比", False), ("数量指标", True)))
    assert [(1, strange)] == list(near_strange([strange, known], cuts))


UNIT = """\
         产出指标        数量指标      检查次数              ≥1(个)
                                   河道保洁数据采           ≤4081.00
\f                                   集、分析处理增
                                                        （元/家）
                                   长率（二期）
"""


def test_unit_in_brackets_begins_no_target_of_a_row_of_its_own():
    assert ("河道保洁数据采集、分析处理增长率（二期）", "≤4081.00（元/家）") == rows(one(DECLARATION + UNIT))[1][2:]


def test_rows_of_names_alone_may_be_more_or_fewer_than_they_look():
    columns = [one for one in columns_of(FORM, FORM.blocks[0]) if one.field in FORM.lists["indicators"].own]

    def told(*rows: tuple[int, bool]) -> list[int]:
        cuts = [Cut((tuple(word("检查次数", 0, at * 10 + line) for line in range(lines)), (word("≥1", 40, at * 10),) if value else ()), at * 10, at * 10 + lines - 1, False) for at, (lines, value) in enumerate(rows)]
        return [at for at, _ in without_value(columns, cuts)]

    assert [0, 1] == told((1, False), (1, False))
    assert [1] == told((1, True), (2, False), (1, False))
    assert [] == told((1, True), (2, False), (1, True), (2, True), (1, True))


def test_short_texts_of_several_lines_in_a_row_without_captions_are_doubted():
    form = KNOWN["declaration-fujian"]
    row = next(cell.row for cell in form.layout.cells if cell.holes == ("乡镇·一",))
    first, second, third = (cell.column for cell in form.layout.in_row(row) if cell.row == row)
    band = Band(row, (), 0, 2)
    one_line = {(row, first): [word("东镇", 60, 1)], (row, second): [word("西镇", 70, 1)]}
    assert [] == list(uncaptioned(form, one_line, [band]))
    several = {(row, second): [word("东镇", 60, 1), word("人民政府", 60, 2)]}
    assert [(row, first), (row, second), (row, third)] == [place for place, _ in uncaptioned(form, several, [band])]
    with_caption = next(cell.row for cell in form.layout.cells if cell.holes == ("主管部门",))
    wrapped = {(with_caption, cell.column): [word("东镇", 60, 1), word("人民政府", 60, 2)] for cell in form.layout.in_row(with_caption) if cell.holes}
    assert [] == list(uncaptioned(form, wrapped, [Band(with_caption, (), 0, 2)]))


def test_text_cut_by_a_page_goes_on_in_the_row_below_or_beside_and_not_behind_a_list():
    form = forms()["self-evaluation-sichuan"]
    places = [(cell.row, cell.column) for name in ("项目年度目标", "年度目标完成情况", "评价结论", "存在问题") for cell in [form.layout.cell_of(name)]]
    goal, actual, conclusion, problems = places
    bands = [Band(row, (), at, at + 1) for at, row in enumerate(dict.fromkeys(row for row, _ in places))]

    def told(upper, lower):
        return {place for place, _ in run_on(form, {upper: [word("工作平稳", 20, 1)], lower: [word("有序", 9, 2, page=2)]}, bands)}

    assert {goal, actual} == told(goal, actual)
    assert {conclusion, problems} == told(conclusion, problems)
    assert set() == told(goal, problems)


@pytest.mark.parametrize(
    ("total", "doubted_too"),
    [
        pytest.param(Decimal(100), False, id="as much as the rows or more"),
        pytest.param(Decimal(2), True, id="less than a row: a part of a number of two lines"),
        pytest.param(None, True, id="none, though rows have numbers"),
    ],
)
def test_total_that_its_rows_speak_against_is_doubted(total, doubted_too):
    form = forms()["self-evaluation"]
    rows = {"indicators": ({"weight": Decimal(60)}, {"weight": Decimal(40)})}
    told = [form.fields[name].path for name, _ in too_small(form, {"total.weight": total}, rows)]
    assert ["total.weight"] * doubted_too == told
    assert [] == list(too_small(form, {}, {"indicators": ()}))


def test_value_that_says_the_same_twice_may_be_two():
    assert "成" == getattr(strange("target", [word("12月中旬前完", 0, 1), word("12月中旬前", 0, 2), word("成", 0, 3)], FORM), "text", None)
    assert strange("target", [word("12月中旬前", 0, 1), word("完成", 0, 2)], FORM) is None
