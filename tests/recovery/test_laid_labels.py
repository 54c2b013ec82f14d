"""Labels that columns wrap, words that go where their rows cost less, and what is doubted beside them; text in columns."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from tests.recovery.test_laid_doubts import doubted, word
from tests.recovery.test_laid_text import DECLARATION, one, rows
from xltool.library import forms
from xltool.recovery.laid_bands import _height, own_cells
from xltool.recovery.laid_captions import Seen
from xltool.recovery.laid_columns import Ruler, borders, cost_of
from xltool.recovery.laid_doubts import going_on, over_pages, parted
from xltool.recovery.laid_groups import labels
from xltool.recovery.laid_labels import wrapped_labels
from xltool.recovery.laid_list import (
    DIGITS,
    GROUP,
    NAME,
    NUMBER,
    TARGET,
    Measure,
    columns_of,
    strange,
)
from xltool.recovery.laid_near import by_column
from xltool.recovery.laid_row_costs import _is_double
from xltool.recovery.laid_rows import Cut
from xltool.recovery.laid_trials import settled
from xltool.recovery.laid_words import Row
from xltool.recovery.text_reading import read_text
from xltool.recovery.vocabulary import vocabulary
from xltool.values import Value

ROOT = Path(__file__).resolve().parents[2]
FORM = forms()["target-declaration"]
LEVELS = vocabulary(FORM).levels
COLUMNS = columns_of(FORM, FORM.blocks[0])


def lines(*own: tuple[tuple[str, int], ...], pages: int = 99) -> list[Row]:
    """Lines of words at their places; those from number ``pages`` on stand on the second page."""
    return [Row(line, 1 + (line >= pages), tuple(word(text, x, line, page=1 + (line >= pages)) for text, x in words)) for line, words in enumerate(own, 1)]


def found(rows: list[Row]) -> list[tuple[str, list[int]]]:
    return sorted((key, [one.number for one in words]) for key, words in wrapped_labels(rows, LEVELS))


def test_parts_of_labels_go_to_those_that_they_stand_below():
    own = lines((("成本", 7), ("单价", 30)), (("经济成本", 12),), (("指标", 7),), (("指标", 13),))
    assert [("成本指标", [107, 307]), ("经济成本指标", [212, 413])] == found(own)


def test_label_goes_on_behind_a_page_and_not_far_below_on_one():
    parts = ((("服务对象满意", 10),), (("合格率", 30),), (("合格率", 30),), (("合格率", 30),), (("度指标", 13),))
    assert [("服务对象满意度指标", [110, 513])] == found(lines(*parts, pages=5))
    assert [] == found(lines(*parts))


def test_of_two_labels_cut_by_a_page_each_goes_on_with_what_stands_below_it():
    parts = ((("效益指", 3), ("经济效益指", 10)), (("标", 7), ("标", 14)))
    assert [("效益指标", [103, 207]), ("经济效益指标", [110, 214])] == found(lines(*parts, pages=2))


def test_words_far_aside_are_no_part_of_a_label():
    assert [] == found(lines((("质量", 7),), (("指标", 20),)))


def test_part_of_a_label_costs_nothing_in_its_own_column_alone():
    measure = Measure(FORM, COLUMNS, FORM.words)
    own = lines((("生态环境成", 12),), (("本指标", 14),))
    measure.learn(own)
    costs = [measure.cost(own[1].words[0], at, False) for at in range(len(COLUMNS))]
    groups = [at for at, one in enumerate(COLUMNS) if one.kind == GROUP]
    assert 0.0 == costs[groups[1]] < costs[groups[0]] < min(cost for at, cost in enumerate(costs) if at not in groups)
    assert DIGITS == measure.cost(word("4", 12, 9), groups[1], False)


def test_letters_of_a_label_behind_a_page_are_its_own():
    told = labels([word("可持续影响指", 10, 1), word("标", 12, 2, page=2)], LEVELS, 2)
    assert [("可持续影响指标", True, 2)] == [(one.name, one.known, len(one.words)) for one in told]


SICHUAN = forms()["self-evaluation-sichuan"]


def test_label_stands_in_the_column_in_which_it_does_not_stand_beside_another():
    """成本 | 指标 as far right as the labels of level two elsewhere on the page, and 经济成本 | 指标 right of them."""
    columns = columns_of(SICHUAN, SICHUAN.blocks[0])
    measure = Measure(SICHUAN, columns, SICHUAN.words)
    own = lines((("成本", 7), ("单价", 18)), (("≤", 41), ("10", 54)), (("指标", 7),), (("经济成本", 12), ("单价", 18)), (("指标", 13),))
    measure.learn(own)
    at = Ruler((5, 5, 7, 16, 38, 52, 60, 69, 76, 79, 86), (None,) * 11)
    parts = by_column(measure, {1: at}, own)
    assert [[1], [1], [2], [2]] == [[number for number, words in enumerate(parts.cells[line]) if any(one.text == text for one in words)] for line, text in ((0, "成本"), (2, "指标"), (3, "经济成本"), (4, "指标"))]
    assert {2} == {parts.wavering.get(one.number) for one in (own[0].words[0], own[2].words[0])} or not parts.wavering


def test_name_among_values_goes_to_its_own_column_where_its_row_lacks_one():
    measure = Measure(FORM, COLUMNS, FORM.words)
    own = lines((("检查次数", 35), ("≥1(个)", 50)), (), (("河道保洁", 35), ("≥7(次)", 50)), (), (("合格率", 35), ("≥90(%)", 50)))
    own = [row for row in own if row.words]
    ruler = Ruler((8, 9, 20, 30, 45), (None,) * 5)
    parts = by_column(measure, {1: ruler}, own)
    name, target = (next(at for at, column in enumerate(COLUMNS) if column.kind == kind) for kind in (NAME, TARGET))
    parts.cells[1][target] = [*parts.cells[1][name], *parts.cells[1][target]]
    parts.near.column[parts.cells[1][name].pop().number] = target
    told, made, _ = settled(parts, own, FORM, COLUMNS, FORM.words)
    assert ["检查次数", "河道保洁", "合格率"] == [cut.cells[name][0].text for cut in made.cuts]
    assert ["河道保洁"] == [one.text for one in told.cells[1][name]]


HUNAN = """\
                              项目支出绩效目标申报表
                                     （2024年度）
 项目支出名称        农村公路安防工程补助                  预算部门                         沅溪县交通运输局

年度本级预算金额                320.50万元     该项目支出上级资金                                          180.00万元

  实施期                                     2024年1月—2024年12月

实施期绩效目标    改造危险路段，降低农村公路事故。

本年度绩效目标    完成安防工程46公里。
             一级指标      二级指标                三级指标              指标值及单位              绩效标准
                       数量指标        新增警示标牌                     ≥120块      按完成比例计分
             产出指标      质量指标        工程验收合格率                    =100%      有1处不合格扣2分
本年度绩效指标                时效指标        完工时间                      12月底前       每推迟1个月扣1分
             效益指标     社会效益指标       事故发生率                       下降        未下降不得分
"""


def test_rows_whose_values_are_words_below_each_other_are_two():
    known = forms((str(ROOT / "samples" / "mappings"),))
    entry = next(read_text(HUNAN, known).filing.entries)
    assert [("完工时间", "12月底前"), ("事故发生率", "下降")] == [own[2:] for own in rows(entry)][-2:]


ASTRAY = """\
         产出指标        数量指标      检查次数                    ≥1(个)
                                   河道保洁服务        ≥7(次)
                     质量指标      合格率                     ≥90(%)
                                   达标率                     ≥95(%)
"""


def test_value_that_is_drawn_to_the_left_is_no_part_of_the_name():
    entry = one(DECLARATION + ASTRAY)
    assert [("检查次数", "≥1(个)"), ("河道保洁服务", "≥7(次)"), ("合格率", "≥90(%)"), ("达标率", "≥95(%)")] == [own[2:] for own in rows(entry)]


TWO_LISTS = """\
                      项目支出绩效目标申报表
                              （2024 年度）
  项目名称                            网络安全等级保护测评
主管部门及代码            水务局                  实施单位    信息中心
  项目属性               经常性项目                    项目期              1年
           中期资金总额            19,600,017.40 年度资金总额                   850,000.00
项目资金（元）其中：财政拨款              17.40    其中：财政拨款                     0.00
            其他资金             19,600,000.00    其他资金                  850,000.00
           中期目标（2025 年—2027 年）                          年度目标
总体目标    提高居民对相关政策的知晓率。                       加强监督，按季公开。
绩效指 一级指标    二级指标     三级指标         指标值         二级指标     三级指标          指标值
 标  产出指标    数量指标   信息公开次数          ≥77(次)      数量指标     单位数量           ≧9.95(件)
            质量指标   合格率             ＞95(％)      质量指标     活动准确率           >28 个
      效益指标    社会效益指标 采集处理         同比有所提升   社会效益指标  巡查工作水质达
                                                                标率（含新增）           ＞48(人)
"""


def test_two_lists_beside_each_other_have_their_own_names_and_values():
    entry = one(TWO_LISTS)
    assert ("效益指标", "社会效益指标", "采集处理", "同比有所提升") == rows(entry, "indicators_project")[-1]
    assert ("效益指标", "社会效益指标", "巡查工作水质达标率（含新增）", "＞48(人)") == rows(entry, "indicators_annual")[-1]


def test_line_of_words_costs_what_its_columns_and_the_gaps_between_them_do():
    at, words = Ruler((0, 20), (None, None)), [word("检查", 2, 1), word("≥1(个)", 22, 1)]
    assert 0.0 == cost_of(at, words, [0, 1], lambda word, column: 0.0)
    assert cost_of(at, words, [0, 0], lambda word, column: 0.0) > 5.0
    assert cost_of(at, words, [1, 1], lambda word, column: 0.0) > cost_of(at, words, [0, 0], lambda word, column: 0.0)


def test_ticks_that_do_not_stand_below_each_other_are_of_two_columns():
    ticks = [word("√", x, line) for line, x in enumerate((10, 20, 10, 20))]
    assert 20 == borders(ticks, 2, lambda word, column: 0.0)[1]


def cut(*cells: list, unsure: bool = False, changed: frozenset[int] = frozenset()) -> Cut:
    own = [one for cell in cells for one in cell]
    return Cut(tuple(map(tuple, cells)), min(one.line for one in own), max(one.line for one in own), unsure, changed)


OWN = [column for column in COLUMNS if column.kind in (NAME, TARGET)]


def test_words_behind_a_page_that_stand_alone_there_are_a_doubt_on_the_cells_that_end_before_it():
    name, reason = [word("采集处理", 10, 1), word("使用者", 10, 2)], [word("部分工作", 40, 2), word("年实施", 12, 3, page=2)]
    columns = [next(column for column in COLUMNS if column.kind == NAME)] * 2
    assert [0, 1] == [number for _, number, _ in over_pages(columns, [cut(name, reason)])]
    assert [1] == [number for _, number, _ in over_pages(columns, [cut(name[:1], [*reason[:1], word("到次", 40, 5), *reason[1:]])])]
    both = [*name, word("满意度", 8, 3, page=2)]
    assert [] == list(over_pages(columns, [cut(both, reason)]))


def test_row_that_may_part_elsewhere_is_doubted_but_for_its_numbers():
    at = [number for number, column in enumerate(COLUMNS) if column.kind in (NAME, TARGET)]
    cells = [[] for _ in COLUMNS]
    cells[at[0]], cells[at[1]] = [word("检查次数", 30, 1)], [word("≥1(个)", 50, 1)]
    spec = FORM.lists["indicators"]

    def fields(unsure: bool, changed: frozenset[int]) -> set[str]:
        return set(parted(FORM, spec, COLUMNS, cut(*cells, unsure=unsure, changed=changed), ()))

    value = {COLUMNS[at[1]].field}
    words = [*cells[: at[1]], [word("有所提升", 50, 1)], *cells[at[1] + 1 :]]
    assert value <= set(parted(FORM, spec, COLUMNS, cut(*words, unsure=True, changed=frozenset({at[0]})), ()))
    assert set() == fields(False, frozenset())
    assert value == fields(True, frozenset()) - fields(True, frozenset({at[0]}))
    assert value <= fields(True, frozenset({at[1]}))
    assert set(spec.groups) <= set(parted(FORM, spec, COLUMNS, cut(*cells, unsure=True), spec.groups))


def test_full_line_is_its_row_s_own_where_the_row_is_centred_with_it_alone():
    def found(middle: int) -> list[int]:
        upper = cut([word("适龄儿童接种疫苗率", 10, 1), word("儿童健康规范管理一", 10, 3)], [word("5", 50, middle)])
        lower = cut([word("老年人健康管理合格", 10, 4), word("率", 10, 6)], [word("6", 50, 5)])
        columns = [OWN[0], next(column for column in columns_of(forms()["self-evaluation"], forms()["self-evaluation"].blocks[0]) if column.kind == NUMBER)]
        return [row for row, _, _ in going_on(columns, [upper, lower])]

    assert [] == found(2)
    assert [0, 1] == found(1)


def test_cells_that_all_stand_on_the_same_lines_are_two_rows():
    two = [[word(text, x, line) for line in (1, 2)] for text, x in (("完工", 10), ("下降", 30), ("扣分", 50))]
    assert _is_double(two)
    assert not _is_double(two[:2]) and not _is_double([*two[:2], two[2][:1]])


def test_name_with_a_bracket_that_it_does_not_close_is_strange():
    whole = [word("基站工作成本（结算金额", 10, 1), word("1", 22, 1, wide=False), word("亿元以下）", 10, 2)]
    assert strange(NAME, whole[:2], FORM) is not None and strange(NAME, whole[2:], FORM) is not None
    assert strange(NAME, whole, FORM) is None


def test_value_with_words_behind_it_is_strange_and_one_whose_last_decimal_is_wrapped_is_not():
    assert strange(TARGET, [word("≤3546.64(万元)1", 40, 1)], FORM) is not None
    assert strange(TARGET, [word("8636.0", 40, 1), word("0", 44, 2)], FORM) is None
    assert strange(TARGET, [word("8636.00", 40, 1), word("0", 44, 2)], FORM) is not None


WEIGHTED = """\
                              财政项目支出绩效自评表
                                  （2021年度）
项目名称                             河道保洁
主管部门    子局                        实施单位                     丑所
                    年初预算数     全年预算数     全年执行数     分值    执行率     得分
     年度资金总额             10.00      10.00       5.00    10    50.00%   5
  其中：当年财政拨款          10.00      10.00       5.00    —
     上年结转资金              0.00       0.00       0.00    —
     其他资金                 0.00       0.00       0.00    —
                   预算目标                               实际完成情况
年度总体目标 保洁。                                    已保洁。
      一级指标   二级指标      三级指标       年度指标值     实际完成值   分值    得分   偏差原因分析及改进措施
绩效指标 产出指标(50分) 数量指标   检查次数       ≥1(个)      1       50    50
      效益指标   社会效益指标   公众知晓        ≥1(个)      1       40    40
                    总分                                   100   95
"""


def test_weight_that_one_label_lacks_and_another_has_is_doubted():
    evaluation = forms()["self-evaluation"]
    paths = [one.path for one in evaluation.fields.values() if one.path == "level1_weight"]
    entry = one(WEIGHTED)
    assert [Decimal(50), None] == [item.get(path) for item in entry.lists["indicators"] for path in paths]
    assert "indicators[1].level1_weight" in doubted(entry) and "indicators[0].level1_weight" not in doubted(entry)


TOWNS = """\
                                项目支出绩效目标表（分乡镇）
                                           （2024年度）
 项目名称                                           高标准农田管护
 主管部门                东湾县农业农村局                          实施单位            东湾县农田建设站

项目资金（元）                                                                            963,000.00

 年度目标     对三个乡镇的高标准农田开展管护。
                                                                       各乡镇目标值
            一级指标     二级指标           三级指标               指标解释
                                                              白沙镇        上杭乡       龙门镇

            成本指标    经济成本指标   亩均管护成本             全年支出除以管护面积    ≤30元       ≤31元      ≤32元

                     数量指标    管护面积               纳入管护的面积       ≥1.2万亩    ≥0.8万亩    ≥1.21万亩
 绩效指标
            产出指标
                     质量指标    设施完好率              抽查完好的设施占比     ≥95%       ≥94%      ≥90%
"""


def test_head_of_two_rows_above_a_list_has_its_fields_in_the_lower():
    known = forms((str(ROOT / "samples" / "mappings"),))
    entry = next(read_text(TOWNS, known).filing.entries)
    assert ["白沙镇", "上杭乡", "龙门镇"] == [entry.values[f"towns.{name}"] for name in ("first", "second", "third")]
    targets = [item["target.second"] for item in entry.lists["indicators"]]
    assert ["≤31元", "≥0.8万亩", "≥94%"] == [target.text for target in targets if isinstance(target, Value)]
    assert "对三个乡镇的高标准农田开展管护。" == entry.values["goals.annual"]


def test_captions_that_begin_in_the_row_above_a_list_tell_where_it_is():
    form = forms((str(ROOT / "samples" / "mappings"),))["monitoring"]
    row = form.blocks[0].row - 1
    own = next(cell for cell in own_cells(form, row) if cell.row == row)
    higher = next(cell for cell in own_cells(form, row) if cell.row < row)
    told = {row: (Seen(higher, (word("全年", 10, 3),), {}), Seen(own, (word("经费", 20, 6),), {}))}
    assert 6.0 == _height(told, row)


def test_captions_of_two_rows_above_a_list_stand_at_the_middle_of_both():
    form = forms((str(ROOT / "samples" / "mappings"),))["declaration-fujian"]
    above = form.blocks[0].row - 1
    upper, lower = own_cells(form, above - 1), own_cells(form, above)
    assert ["各乡镇目标值"] == [cell.caption for cell in upper] and all(cell.row == above - 1 for cell in lower)
    told = {above - 1: (Seen(upper[0], (word("各乡镇目标值", 70, 1),), {}),), above: tuple(Seen(cell, (word(cell.caption, 10, 2),), {}) for cell in lower)}
    assert 2.5 == _height(told, above)
    assert 1.0 == _height(told, above - 1)


def test_word_whose_row_would_be_much_worse_is_not_doubted():
    measure = Measure(FORM, COLUMNS, FORM.words)
    own = lines((("检查次数", 35), ("≥1(个)", 50)), (("河道保洁", 35), ("≥7(次)", 50)), (("合格率", 35), ("≥90(%)", 50)))
    parts = by_column(measure, {1: Ruler((8, 9, 20, 30, 45), (None,) * 5)}, own)
    target = next(at for at, column in enumerate(COLUMNS) if column.kind == TARGET)
    told, _, _ = settled(replace(parts, wavering={own[1].words[0].number: target}), own, FORM, COLUMNS, FORM.words)
    assert {} == dict(told.wavering)


def test_text_alone_in_its_row_stands_below_its_own_head():
    text = TWO_LISTS.replace("总体目标    提高居民对相关政策的知晓率。                       加强监督，按季公开。\n", "      形成可复制、可推广的经验。持续改善周边环境，提高居\n总体目标\n      民对相关政策的知晓率。\n")
    values = one(text).values
    assert ("形成可复制、可推广的经验。持续改善周边环境，提高居民对相关政策的知晓率。", None) == (values["goals.project"], values["goals.annual"])
