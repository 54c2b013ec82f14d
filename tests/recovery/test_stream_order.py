"""Text in stream order: what a typesetter's blanks, narrow cells, page ends and cells side by side do to it."""

from collections import Counter

import pytest

from xltool.library import forms
from xltool.recovery import two_lists
from xltool.recovery.atoms import split
from xltool.recovery.glued import parted
from xltool.recovery.joins import join, slanted
from xltool.recovery.learning import _full_width, is_level, of_its_own
from xltool.recovery.list_labels import Mention
from xltool.recovery.list_reading import _first_mentions
from xltool.recovery.row_signs import Row
from xltool.recovery.shapes import shapes_of
from xltool.recovery.stretch import Columns, Evidence, Stretch
from xltool.recovery.text_reading import read_text
from xltool.recovery.thin_blanks import spaced_out, thin
from xltool.recovery.vocabulary import vocabulary

KNOWN = forms()
HEAD = """财政项目支出绩效目标申报表
（2024 年度）
项目名称 5G 基站 1 期 项目性质 其他 项目类别 特定
主管部门 水务局 实施单位 水务局
计划开始日期 2024-01-01 计划完成日期 2024-12-31
项目资金（元）
项目资金总额 100.00 年度资金申请总额 100.00
其中：财政资金 100.00 其中：当年财政拨款 100.00
上年结转资金
其他资金 其他资金
项目绩效目标 项目总目标 年度总体目标
绩效指标 一级指标 二级指标 三级指标 年度(/项目)指标值
"""
SIDE_BY_SIDE = """项目支出绩效目标申报表
（2024 年度）
项目名称 测评
主管部门及代码 水务局 实施单位 水务局
项目属性 经常 项目期 1 年
项目资金（元）
中期资金总额 1.00 年度资金总额 1.00
其中：财政拨款 1.00 其中：财政拨款 1.00
其他资金 0.00 其他资金 0.00
总体目标
中期目标（2024 年—2026 年） 年度目标
绩效指标
一级指标 二级指标 三级指标 指标值 二级指标 三级指标 指标值
产出指标
数量指标 采购数量 ≥10台 数量指标 巡查人次 ≥20人次
质量指标 验收合格率 ≥95% 质量指标 故障率 ≤5%
时效指标 完成及时率 =100%
"""


def one(text):
    return next(iter(read_text(text, KNOWN).filing.entries))


def words(text):
    return split(text).atoms


@pytest.mark.parametrize(("word", "is_thin"), [("5155.30(人/", False), ("5G(人/", True)], ids=["a number", "letters"])
def test_number_whose_unit_goes_on_begins_a_cell(word, is_thin):
    atoms = words(f"（2024 年度）\n5G 基站 3 期\nDIP 支付 12 家\n信息公 {word}\n天)")
    assert is_thin == (len(atoms) - 2 in thin(atoms, KNOWN["target-declaration"]))


def test_blank_between_chinese_and_latin_is_thin_where_the_text_has_the_habit():
    atoms = words("（2024 年度）\n5G 基站 3 期\nDIP 支付 12 家")
    marks = thin(atoms, KNOWN["target-declaration"])
    assert spaced_out(atoms)
    assert {"年度）", "基站", "支付"} <= {atoms[at].text for at in marks}


@pytest.mark.parametrize("text", ["（2024年度）\n5G 基站 3 期 DIP 支付 12 家", "（2024 年度）\n5G 基站"], ids=["a year without its blank", "too few"])
def test_blank_is_none_of_a_typesetter_without_the_habit(text):
    assert not spaced_out(words(text))


def test_name_goes_on_over_a_thin_blank():
    item = one(HEAD + "产出指标 数量指标 5G 基站 12 个站点数量 ≥8 个\n质量指标 DIP 系统合格率 ≥95%").lists["indicators"][0]
    assert ("5G基站12个站点数量", "≥8个") == (item["name"].replace(" ", ""), item["target"].text.replace(" ", ""))


def test_sign_begins_a_value_behind_a_wrapped_name():
    item = one(HEAD + "产出指标 数量指标\n古树名木数据采集处理数\n量\n≥8 个\n质量指标 DIP 系统合格率\n≥95%").lists["indicators"][0]
    assert "古树名木数据采集处理数量" == item["name"]


def test_cells_run_together_are_parted_and_their_list_doubted():
    form = KNOWN["target-declaration"]
    atoms, lines = parted(vocabulary(form), words("数量指标 采购数 ≤7128（万元）巡查业务培训次数 ≥85%"))
    assert (["≤7128（万元）", "巡查业务培训次数"], {1}) == ([atom.text for atom in atoms[2:4]], set(lines))
    doubts = one(HEAD + "产出指标 数量指标 采购数 ≤7128（万元）巡查业务培训次数 ≥85%").source.doubts
    assert "indicators" in {doubt.path for doubt in doubts}


def test_value_with_a_unit_that_is_long_is_one_word():
    atoms, lines = parted(vocabulary(KNOWN["target-declaration"]), words("单价 =3000.00(元/半天) ≥85%"))
    assert (["单价", "=3000.00(元/半天)", "≥85%"], frozenset()) == ([atom.text for atom in atoms], lines)


def test_known_value_inside_a_name_doubts_the_list():
    read = one(HEAD + "产出指标 数量指标\n采购人员能耗成本（含新 及时\n增）环境污染程度 ≥8 个\n质量指标 合格率 ≥95%")
    assert "indicators" in {doubt.path for doubt in read.source.doubts}


def test_lists_side_by_side_are_read_row_by_row_and_doubted():
    read = one(SIDE_BY_SIDE)
    names = {name: [(item["level2"], item["name"]) for item in items] for name, items in read.lists.items()}
    assert {
        "indicators_project": [("数量指标", "采购数量"), ("质量指标", "验收合格率"), ("时效指标", "完成及时率")],
        "indicators_annual": [("数量指标", "巡查人次"), ("质量指标", "故障率")],
    } == names
    assert {"indicators_project", "indicators_annual", "project.name"} <= {doubt.path for doubt in read.source.doubts}


def cells(labels, beside=(), names=()):
    names = [*names, *[""] * len(labels)]
    return [two_lists.Cell(Row(0, {}, {}), label, at in beside, names[at]) for at, label in enumerate(labels)]


@pytest.mark.parametrize(
    ("labels", "sides"),
    [
        (["数量指标", "数量指标", "质量指标", "质量指标"], [0, 1, 0, 1]),
        (["数量指标", "数量指标", "质量指标"], [0, 1, 0]),
        (["数量指标", "质量指标", "时效指标", "成本指标"], [0, 1, 0, 1]),
        (["质量指标", "数量指标", "质量指标"], [0, 1, 1]),
        (["数量指标", None], [0, 0]),
    ],
    ids=["both", "one goes on alone", "own labels", "none twice", "one list alone"],
)
def test_cells_go_to_and_fro_between_the_lists(labels, sides):
    assert sides == two_lists.parted(cells(labels), "产出指标", vocabulary(KNOWN["declaration-2015"]).levels, {})


@pytest.mark.parametrize(
    ("beside", "sides"),
    [((3,), [0, 1, 0, 1]), ((), [0, 1, 1, 1])],
    ids=["on one line", "nothing tells"],
)
def test_cells_on_one_line_stand_in_one_row(beside, sides):
    labels = ["质量指标", "数量指标", "质量指标", "时效指标"]
    assert sides == two_lists.parted(cells(labels, beside), "产出指标", vocabulary(KNOWN["declaration-2015"]).levels, {})


def test_name_that_ends_as_others_of_a_level_two_stands_under_it():
    known = {"数量指标": {"次数"}, "质量指标": {"合格率"}, "时效指标": {"及时率"}}
    told = cells(["数量指标", "质量指标", "质量指标", "时效指标", None, None], names=["次数", "合格率", "合格率", "及时率", "及时率", "及时率"])
    assert [0, 1, 0, 1, 1, 1] == two_lists.parted(told, "产出指标", vocabulary(KNOWN["declaration-2015"]).levels, known)


LEVEL = """产出指标
数量指标
危房改造信息公
开计划完成率
≥77.00% 数量指标
增长率最快的单
位数量
≥9件
质量指标
网络安全相关课
题研究合格率
>95%
质量指标
古树名木活动准
确率（二期）
>28个
雨污分流计划资
金使用准确率
>=55.00(件次)
巡查工作水质达
标率（含新增）
>=48.00(件次)
时效指标
档案数字化监督
检查时间
符合有关标准
和合同
行政执法工作达
标情况
符合有关标准
和合同
成本指标 专家评审活动成
本控制率
有效控制 政策宣传、咨询
达标情况
客观公正
"""


def test_cells_of_a_printed_table_stand_beside_each_other_where_each_has_one_line():
    """成本指标 专家评审活动成 / 本控制率: a value of one line would stand beside its name, a wrapped name beside nothing."""
    lists = one(SIDE_BY_SIDE.partition("产出指标")[0] + LEVEL).lists
    read = {name: [(item["name"], item["target"].text) for item in items][-2:] for name, items in lists.items()}
    assert {
        "indicators_project": [("档案数字化监督检查时间", "符合有关标准和合同"), ("专家评审活动成本控制率", "有效控制")],
        "indicators_annual": [("行政执法工作达标情况", "符合有关标准和合同"), ("政策宣传、咨询达标情况", "客观公正")],
    } == read


SICHUAN = """部门预算项目支出绩效自评表（2021 年度）
项目名称 老旧小区电梯加装补贴
主管部门 水务局 实施单位（盖章） 水务局
年度预算数（元） 年初预算 调整后预算数 预算执行数 预算执行率 权重 得分 原因
总额 100.00 100.00 100.00 100.00% 10 10
绩效指标（90 分） 一级指标 二级指标 三级指标 指标性质 指标值 度量单位 完成值 权重 得分 未完成原因分析
产出指标
数量指标
垃圾分类服务
能耗成本数量
≥ 25 次 20 10 9.5
内容还需
及时更新
危房改造计划
可及性
定性 有效控制 有效控制 4 4
质量指标
河道保洁活动
响应时间
≤ 82.33 次 82 8 8
时效指标
智慧校园人员
办结时效
≤ 6 次 4 1 0
第三方人
员变动较
大，培训
人数下降
图书流通系统
运维及时性
≤ 3 次 4 12 12
"""


def test_reasons_wrap_at_the_width_that_rows_with_a_sign_in_a_cell_of_its_own_show():
    items = one(SICHUAN).lists["indicators"]
    assert [("智慧校园人员办结时效", "第三方人员变动较大，培训人数下降"), ("图书流通系统运维及时性", None)] == [(item["name"], item["reason"]) for item in items][-2:]


def evidence(width, tight, wraps, level=True):
    return Evidence(name_width=width, wraps=(tight, wraps), level=level)


@pytest.mark.parametrize(
    ("shared", "own", "width"),
    [
        (evidence(18, 9, 13), evidence(12, 4, 4), 12),
        (evidence(18, 13, 13), evidence(12, 4, 4), 18),
        (evidence(18, 9, 13), evidence(12, 3, 4), 18),
        (evidence(18, 13, 13), evidence(12, 7, 7), 12),
        (evidence(16, 30, 31), evidence(14, 17, 18), 14),
        (evidence(16, 30, 31, level=False), evidence(14, 17, 18, level=False), 16),
    ],
    ids=["a mixture, few that agree", "few", "few that do not agree", "enough", "narrower by a letter", "a letter is no other width elsewhere"],
)
def test_list_has_a_width_of_its_own(shared, own, width):
    assert width == of_its_own(shared, own).name_width


@pytest.mark.parametrize(
    ("stands", "beside", "level"),
    [
        ({(True, False): 5, (False, True): 4}, False, True),
        ({(True, False): 4, (False, True): 4}, False, False),
        ({(True, False): 9, (True, True): 1}, False, False),
        ({(True, False): 5, (False, True): 1, (False, False): 1}, False, False),
        ({(True, False): 5, (False, False): 8}, True, True),
    ],
    ids=["wrapped names apart, others beside", "too few", "one behind a wrapped name", "names of one line apart too", "two lists"],
)
def test_list_is_level_where_no_value_stands_behind_a_wrapped_name(stands, beside, level):
    """By (the name is wrapped, its value stands on its last line) the number of such rows."""
    assert level == is_level(Counter(stands), beside)


@pytest.mark.parametrize(
    ("text", "dear"),
    [("数据采集\n单位成本 ≥5元", True), ("采购\n单位成本\n≥5元", False), ("单位成本 ≥5元", False), ("单位成本\n≥5元", True)],
    ids=["behind a wrapped name", "below a wrapped name", "beside a name of one line", "below a name of one line"],
)
def test_cells_of_a_level_list_stand_where_printed_cells_do(text, dear):
    atoms = words(text)
    stretch = Stretch(atoms, [], [atom.gap for atom in atoms], [False] * len(atoms), Columns("", ()), Evidence(level=True))
    assert dear == (slanted(stretch, 0, len(atoms) - 1, len(atoms)) > 1)


def wrapped_before(text, full=18, level=True):
    """What it costs that a name goes on with a text behind a line of 14."""
    atoms = words(f"信息公开减排量\n{text}")
    shapes = shapes_of(atoms, KNOWN["target-declaration"], frozenset())
    stretch = Stretch(atoms, shapes, [atom.gap for atom in atoms], [False] * 2, Columns("", ()), Evidence(level=level))
    return join(stretch, 1, 14, full, 1.0, 1.0)


def test_no_line_ends_with_an_opening_bracket():
    """It goes to the next line with the letter behind it."""
    assert wrapped_before("（结算金额") < wrapped_before("结算金额")


def test_printed_line_with_room_for_a_letter_is_hardly_wrapped():
    assert wrapped_before("结算金额", 15) < wrapped_before("结算金额", 16) < wrapped_before("结算金额", 17)
    assert wrapped_before("结算金额", 15, False) == wrapped_before("结算金额", 16, False)


def test_line_without_cells_is_no_row_of_a_list_in_cells():
    """A heading between two forms: the words of its line are no name and value."""
    rows = HEAD.replace("一级指标 二级指标 三级指标 年度(/项目)指标值", "一级指标\t二级指标\t三级指标\t年度(/项目)指标值")
    rows += "产出指标\t数量指标\t采购数量\t≥8 个\n质量指标\t系统合格率\t≥95%\n满意度指标\t服务对象满意度指标\t居民满意度\t≥90%\n\nSheet 3: *智慧校园 改造*\n"
    read = one(rows)
    assert ["采购数量", "系统合格率", "居民满意度"] == [item["name"] for item in read.lists["indicators"]]
    assert ["Sheet 3: *智慧校园 改造*"] == [left.text for left in read.source.leftover]


@pytest.mark.parametrize(("widths", "full"), [([14] * 8 + [17] * 2, 14), ([17] * 8 + [14] * 2, 17), ([17] * 5 + [14] * 5, 17)], ids=["few misread lines are wider", "few lines are short", "half of them"])
def test_column_is_as_wide_as_most_of_its_wrapped_lines(widths, full):
    assert full == _full_width([[width, 4] for width in widths], False)


BESIDE = """部门预算项目支出绩效自评表（2024 年度）
项目名称 测评
主管部门 水务局 实施单位（盖章） 水务局
年度预算数（元） 年初预算 调整后预算数 预算执行数 预算执行率 权重 得分 原因
总额 200.00 200.00 100.00 50.00% 10 5 项目推迟
部分材料
其中：财政资金 200.00 200.00 100.00 50.00% / /
财政专户管理资金 0.00 0.00 0.00 / /
单位资金 0.00 0.00 0.00 / /
其他资金 0.00 0.00 0.00 / /
{}
绩效指标（90 分） 一级指标 二级指标 三级指标 指标性质 指标值 度量单位 完成值 权重 得分 未完成原因分析
产出指标 数量指标 检查次数 ≥ 5 次 5 90 90
合计 100 95
"""


@pytest.mark.parametrize(("line", "doubted"), [("晚于计划", True), ("", False)], ids=["words below the amounts", "none"])
def test_words_among_amounts_doubt_the_text_beside_them(line, doubted):
    assert doubted == any(doubt.path == "funding.reason" and "没有归入" in doubt.why for doubt in one(BESIDE.format(line)).source.doubts)


@pytest.mark.parametrize(
    ("names", "fresh"),
    [
        ([(1, "成本指标"), (2, "数量指标"), (2, "成本指标")], [0, 1, 2]),
        ([(2, "数量指标"), (2, "成本指标"), (2, "成本指标")], [0, 1]),
        ([(1, "成本指标"), (2, "社会成本指标"), (2, "成本指标")], [0, 1]),
        ([(2, "数量指标"), (2, "质量指标"), (2, "数量指标")], [0, 1]),
    ],
    ids=["under its other parent", "twice", "a page's end draws the level one again", "a name of one level"],
)
def test_name_of_both_levels_stands_for_the_first_time_twice(names, fresh):
    levels = vocabulary(KNOWN["self-evaluation-sichuan"]).levels
    assert set(fresh) == _first_mentions([Mention(level, name, (at,)) for at, (level, name) in enumerate(names)], levels)
