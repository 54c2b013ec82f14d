"""Rows, captions and texts that the end of a page cuts, and lists that go on side by side behind it."""

from decimal import Decimal

import pytest

from tests.recovery.test_stream_order import HEAD, KNOWN, LEVEL, SIDE_BY_SIDE, one, words
from xltool.recovery.atoms import PAGE
from xltool.recovery.claims import Account
from xltool.recovery.list_labels import mentions
from xltool.recovery.row_values import single
from xltool.recovery.shapes import shapes_of
from xltool.recovery.stretch import Columns, Evidence, Stretch
from xltool.recovery.text_reading import read_text
from xltool.recovery.torn_rows import NAME, TAIL, row_places, torn_rows
from xltool.recovery.vocabulary import vocabulary

BESIDE = SIDE_BY_SIDE.partition("产出指标")[0] + LEVEL


def stretch_of(text, **evidence):
    """A list of names and values as they are printed in the middle of their cells; names wrap at 14."""
    atoms = words(text)
    gaps = [PAGE if at and atom.page > atoms[at - 1].page else atom.gap for at, atom in enumerate(atoms)]
    shapes = shapes_of(atoms, KNOWN["target-declaration"], frozenset())
    columns = Columns("三级指标", (("年度指标值", "target"),))
    return Stretch(atoms, shapes, gaps, [False] * len(atoms), columns, Evidence(level=True, name_width=14, **evidence))


def cells(stretch):
    """What the cheapest torn row that takes all words has in each of its cells."""
    whole = [row for row in torn_rows(stretch, row_places(stretch)) if (row.first, row.last) == (0, len(stretch.atoms))]
    row = min(whole, key=lambda found: found.cost)
    name = "".join(atom.text for atom, column in zip(stretch.atoms, row.columns, strict=True) if column != 0)
    return [name, "".join(atom.text for atom, column in zip(stretch.atoms, row.columns, strict=True) if column == 0)]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("电梯加装监督检 =4570份\n\x0c查成本控制率", ["电梯加装监督检查成本控制率", "=4570份"]),
        ("电梯加装监督检\n查成本控制率专\n=4570份\n\x0c项", ["电梯加装监督检查成本控制率专项", "=4570份"]),
        ("电梯加装监督检 =4570.00\n\x0c查成本 （份）", ["电梯加装监督检查成本", "=4570.00（份）"]),
    ],
    ids=["a name of one line", "a name of two lines", "a name and its value"],
)
def test_row_that_a_page_cuts_is_whole(text, row):
    assert row == cells(stretch_of(text))


def test_cell_with_fewer_lines_than_another_does_not_go_on():
    """The row was cut below the name's second line: a value of one line was whole before."""
    stretch = stretch_of("电梯加装监督检\n查成本控制率专\n=4570.00\n\x0c（份）")
    assert all(row.columns[-1] != 0 for row in torn_rows(stretch, row_places(stretch)) if row.last == 4)


@pytest.mark.parametrize(
    ("rest", "whole"),
    [("查成本\n工作任\n务", True), ("查成本 工作任\n务", False), ("查成本 工作", True), ("查成本\n工作", False)],
    ids=["one line and two", "two lines beside one", "one line each", "one line each, apart"],
)
def test_rest_of_two_cells_shares_a_line_where_both_have_one(rest, whole):
    """What is left stands in the middle of its cells: 查成本 lies between 工作任 and 务."""
    stretch = stretch_of(f"电梯加装监督检 有序推进本年\n\x0c{rest}")
    columns = (NAME, 0, TAIL, *(0,) * (len(stretch.atoms) - 3))
    assert whole == any(row.columns == columns for row in torn_rows(stretch, row_places(stretch)))


def test_both_lists_go_on_behind_a_page():
    text = BESIDE + "效益指标 社会效益指标 低保对象项目公\n众认可度调查结\n有所提升 社会效益指标 河道保洁服务知\n晓率提升专项行\n≥8家\n\x0c果 动\n"
    read = {name: (items[-1]["name"], items[-1]["target"].text) for name, items in one(text).lists.items()}
    assert {"indicators_project": ("低保对象项目公众认可度调查结果", "有所提升"), "indicators_annual": ("河道保洁服务知晓率提升专项行动", "≥8家")} == read


def test_label_on_the_line_of_a_name_stands_over_one_row():
    """经济效益指标 begins on the line of 增收, so it stands over that row alone; the other, below 提升, stands over two."""
    text = BESIDE + "\x0c效益指标 经济效益指标 增收 提升\n经济效益指标\n服务次数 ≥8家\n巡查人次 ≥9家\n"
    assert ["服务次数", "巡查人次"] == [item["name"] for item in one(text).lists["indicators_annual"]][-2:]


@pytest.mark.parametrize(
    ("text", "joined"),
    [("≥10114.7\n6(件)", True), ("≥10114.76\n6(件)", False), ("≥10114.7 6(件)", False), ("≥10114\n6(件)", False)],
    ids=["a digit is left over", "the number is whole", "beside each other", "no point"],
)
def test_number_that_a_narrow_cell_has_wrapped_is_one_value(text, joined):
    assert joined == any(last == 2 and cost < 1 for last, cost in single(stretch_of(text), 0, "target", 0))


EVALUATION = """项目支出绩效自评表
（2024 年度）
项目名称 测评
主管部门 水务局 实施单位 水务局
项目资
金（万
年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 100.00 100.00 100.00 10 100.00% 10
其中：当年财政拨款 100.00 100.00 100.00 — 100.00% —
上年结转资金 — —
其他资金 — —
年度总体目标 预期目标 实际完成情况
完成。
绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施
产出指标 数量指标 巡查次数 ≥3次 3 90 90
总分 100 100
"""


def test_caption_that_stops_inside_its_brackets_is_no_part_of_the_cell_before():
    entry = one(EVALUATION)
    assert "水务局" == entry.values["project.unit"]
    assert "money_unit" in {doubt.path for doubt in entry.source.doubts}


CONTENTS = "甲局 2024 年度项目绩效目标汇总表\n1 财政项目支出绩效目标申报表 巡查\n乙局 2024 年度项目绩效目标汇总表\n1 财政项目支出绩效目标申报表 清运\n"
ROWS = "产出指标\n数量指标 巡查次数 ≥3次\n"


def test_forms_stand_under_the_title_that_the_list_of_contents_puts_them():
    sections = read_text(CONTENTS + HEAD + ROWS + HEAD + ROWS, KNOWN).filing.sections
    assert [("甲局2024年度项目绩效目标汇总表", 1), ("乙局2024年度项目绩效目标汇总表", 1)] == [(section.title, len(section.entries)) for section in sections]


def test_titles_without_forms_leave_a_doubt():
    """The list of contents names a form that the document does not have: which title has one too few is open."""
    contents = CONTENTS.replace("巡查\n", "巡查\n2 财政项目支出绩效目标申报表 绿化\n")
    filing = read_text(contents + HEAD + ROWS + HEAD + ROWS, KNOWN).filing
    assert {"sections[0].forms", "sections[1].forms"} <= {doubt.path for doubt in filing.source.doubts}


def test_row_without_weight_among_others_is_doubted_with_the_one_behind_it():
    rows = "".join(f"巡查{name}次数 ≥3次 3 10 10\n" for name in "甲乙丙丁") + "清运效果 ≥3次 3\n" + "巡查戊次数 ≥3次 3 10 10\n"
    entry = one(EVALUATION.partition("产出指标")[0] + "产出指标 数量指标\n" + rows + "总分 60 60\n")
    assert [None] == [item["weight"] for item in entry.lists["indicators"] if item["name"] == "清运效果"]
    assert {"indicators[4]", "indicators[5]"} <= {doubt.path for doubt in entry.source.doubts}


def test_text_over_several_rows_goes_on_behind_a_page():
    """四川: the cell 原因 spans five rows; a page's end puts its rest behind the last of them."""
    rows = "总额 100.00 100.00 90.00 90.00% 10 9 部分工作\n推迟到\n其中：财政资金 100.00 100.00 90.00 90.00% / /\n财政专户管理资金 / /\n单位资金 / /\n其他资金 / /\n\x0c次年实施。\n"
    text = "部门预算项目支出绩效自评表（2024 年度）\n项目名称 测评\n主管部门 水务局 实施单位（盖章） 水务局\n项目基本情况 1.项目年度目标完成情况 项目年度目标 年度目标完成情况\n完成。\n2.项目实施内容及过程概述\n完成。\n预算执行情况（10分） 年度预算数（元） 年初预算 调整后预算数 预算执行数 预算执行率 权重 得分 原因\n"
    end = "绩效指标（90分） 一级指标 二级指标 三级指标 指标性质 指标值 度量单位 完成值 权重 得分 未完成原因分析\n产出指标 数量指标 巡查次数 ≥ 3 次 3 90 90\n合计 100 99\n"
    entry = one(text + rows + end)
    assert "部分工作推迟到次年实施。" == entry.values["funding.reason"]
    assert "funding.reason" in {doubt.path for doubt in entry.source.doubts}


def told(text, form):
    """The levels, weights and words of the labels found in the words of a list, and the words that are no label's."""
    account = Account(words(text))
    found = mentions(vocabulary(KNOWN[form]), account.free(0, len(account.atoms)), account)
    labels = {number for label in found for number in label.atoms}
    return [(label.name, label.weight) for label in found], [account.atoms[at].text for at in account.free(0, len(account.atoms)) if at not in labels]


def test_label_and_its_weight_that_a_page_cuts_are_whole():
    """The rest of each label begins the next page, the weight behind its own; the rest of the row follows."""
    labels, rest = told("效益指 经济效益指 专家评审监督 保障 2\n\x0c标（38\n分）\n标 资金效率\n", "self-evaluation-2020")
    assert [("效益指标", Decimal(38)), ("经济效益指标", None)] == labels
    assert ["专家评审监督", "保障", "2", "资金效率"] == rest


@pytest.mark.parametrize("tail", ["标 指标\n性", "标\n指标 性"], ids=["on one line", "on two"])
def test_labels_of_both_levels_that_a_page_cuts_are_whole(tail):
    labels, rest = told(f"效益指 可持续影响 第三方制度健全 =1(条)\n\x0c{tail}\n", "self-evaluation")
    assert ["效益指标", "可持续影响指标"] == [name for name, _ in labels]
    assert ["第三方制度健全", "=1(条)", "性"] == rest


def test_rest_of_a_label_stands_behind_that_of_a_name_on_the_next_page():
    labels, rest = told("增强资金使用安 增强 可持续影响指 电梯加装计划部 ≥7\n\x0c全性 标\n门协作\n", "declaration-2015")
    assert ["可持续影响指标"] == [name for name, _ in labels]
    assert ["增强资金使用安", "增强", "电梯加装计划部", "≥7", "全性", "门协作"] == rest
