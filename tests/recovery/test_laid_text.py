"""Text in columns: read cell by cell, for any form; drawn as `pdftotext -layout` leaves it."""

import pytest

from xltool.filing import Entry
from xltool.library import forms
from xltool.recovery.atoms import split
from xltool.recovery.laid_columns import ruler, spread
from xltool.recovery.laid_out import is_laid_out
from xltool.recovery.laid_words import Word
from xltool.recovery.text_reading import read_text
from xltool.values import Value

DECLARATION = """\
                              财政项目支出绩效目标申报表
                                    （2024年度）
 项目名称          河道保洁               项目性质      其他经常性项目    项目类别     特定目标类
 主管部门          子局                  实施单位           丑所综合服务中心（含老年大学分校
                                                              ）
计划开始日期        2024-01-01           计划完成日期                2024-12-31
           项目资金总额          100.00   年度资金申请总额                         100.00
           其中：财政资金         100.00   其中：当年财政拨款                        100.00
项目资金（元）
                                      上年结转资金                             0.00
            其他资金             0.00     其他资金                              0.00
               项目总目标                              年度总体目标
           1、完成保洁，委托第三方机构开展检查         1、全年保洁六次。
项目绩效目标     和评估。                             2、验收合格。
           2、验收合格。
         一级指标        二级指标          三级指标             年度(/项目)指标值
"""


def rows(entry: Entry, name: str = "indicators") -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for item in entry.lists[name]:
        target = item["target"]
        found.append((item["level1"], item["level2"], item["name"], target.text if isinstance(target, Value) else None))
    return found


def one(text: str) -> Entry:
    return next(iter(read_text(text, forms()).filing.entries))


def test_scalars_stand_where_their_cells_are():
    entry = one(DECLARATION + "         产出指标        数量指标      检查次数              ≥1(个)\n")
    assert "丑所综合服务中心（含老年大学分校）" == entry.values["project.unit"]
    assert "2024-12-31" == entry.values["project.end_date"]
    assert 0 == entry.values["funding.annual.carried_over"]
    assert "1、完成保洁，委托第三方机构开展检查和评估。\n2、验收合格。" == entry.values["goals.project"]
    assert "1、全年保洁六次。\n2、验收合格。" == entry.values["goals.annual"]
    assert () == entry.source.leftover


LIST = """\
                                   巡查单价                ≤10(元)
         成本指标       经济成本指标
                                   保洁成本（含新              ≤20(元)
                                   增）

                                   检查次数                ≥1(个)
                        数量指标       走访次数                ≥2(个)
         产出指标                       培训次数                ≥3(个)
                        质量指标       合格率                 及时
"""


def test_label_stands_at_the_middle_of_its_rows_and_wrapped_cells_are_one():
    entry = one(DECLARATION + LIST)
    assert [
        ("成本指标", "经济成本指标", "巡查单价", "≤10(元)"),
        ("成本指标", "经济成本指标", "保洁成本（含新增）", "≤20(元)"),
        ("产出指标", "数量指标", "检查次数", "≥1(个)"),
        ("产出指标", "数量指标", "走访次数", "≥2(个)"),
        ("产出指标", "数量指标", "培训次数", "≥3(个)"),
        ("产出指标", "质量指标", "合格率", "及时"),
    ] == rows(entry)


def test_value_a_single_blank_behind_its_name_is_in_the_column_beside():
    body = """\
         产出指标        数量指标      检查次数                 ≥1(个)
                                   政策宣传、咨询服务成 <7769.00(元/半天)
                                   本（二期）
         效益指标      社会效益指标      知晓率                 提高
"""
    assert ("政策宣传、咨询服务成本（二期）", "<7769.00(元/半天)") == rows(one(DECLARATION + body))[1][2:]


def test_level_name_that_the_taxonomy_lacks_stays_with_a_doubt():
    body = """\
         产出指标        数量指标      检查次数              ≥1(个)

         产出指标        新型指标      走访次数              ≥2(个)
"""
    entry = one(DECLARATION + body)
    assert ("产出指标", "新型指标", "走访次数", "≥2(个)") == rows(entry)[1]
    assert "indicators[1].level2" in {doubt.path for doubt in entry.source.doubts}


def test_value_that_stands_in_no_row_doubts_its_list():
    body = "         产出指标        数量指标      检查次数              ≥1(个)\n\n\n\n\n                                                              ≥95(个)\n"
    entry = one(DECLARATION + body)
    paths = {doubt.path for doubt in entry.source.doubts}
    assert paths & {"indicators", "indicators[1].name", "indicators[1]"}


TWO_LISTS = """\
                                项目支出绩效目标申报表
                                      （2024年度）
   项目名称                                      等级保护测评
  主管部门及代码                子局                         实施单位         丑所
   项目属性                     经常性项目                       项目期                 1年
               中期资金总额                    17.40     年度资金总额                        8.00
 项目资金（元）      其中：财政拨款                   17.40     其中：财政拨款                      0.00
                其他资金                      0.00      其他资金                         8.00
                  中期目标（2025年—2027年）                                      年度目标
 总体目标          测评合格。                                              本年测评合格。
        一级指标    二级指标         三级指标           指标值             二级指标         三级指标            指标值
                 数量指标      测评次数            ≥2(次)           数量指标     漏洞数量         <3(个)
        产出指标
                 质量指标      合格率             ＞95(％)          时效指标     办结时间         及时
绩效指标
                                                               经济效益指标    资金使用效率        98%
        效益指标    社会效益指标     知晓率             提高
                                                               社会效益指标    参与率           77.00%
"""


def test_two_lists_side_by_side_are_read_each_in_its_columns():
    entry = one(TWO_LISTS)
    assert [
        ("产出指标", "数量指标", "测评次数", "≥2(次)"),
        ("产出指标", "质量指标", "合格率", "＞95(％)"),
        ("效益指标", "社会效益指标", "知晓率", "提高"),
    ] == rows(entry, "indicators_project")
    assert ["漏洞数量", "办结时间", "资金使用效率", "参与率"] == [name for _, _, name, _ in rows(entry, "indicators_annual")]
    assert "2025年—2027年" == entry.values["goals.project_period"]
    assert () == entry.source.leftover


def word(text: str, x: int, wide: bool = True) -> Word:
    return Word(text, text, x, x + len(text), 1, 1, x, wide)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([word("甲乙", 0), word("丙丁", 20)], [["甲乙"], ["丙丁"]]),
        ([word("甲乙", 0), word("12", 3, wide=False), word("丙丁", 20)], [["甲乙", "12"], ["丙丁"]]),
        ([word("甲乙", 0), word("丙丁", 3, wide=False)], [["甲乙"], ["丙丁"]]),
        ([word("甲乙", 0), word("≥2(个)", 3, wide=False)], [["甲乙"], ["≥2(个)"]]),
    ],
    ids=["several blanks part", "a blank beside digits does not", "a blank between Chinese characters parts", "a value with its sign stands apart"],
)
def test_words_of_a_line_go_to_columns(words, expected):
    page = [word("一二三四五", 0), word("六七八九十", 20)]
    at = ruler(page, 2, lambda _word, _column: 0.0)
    assert expected == [[one.text for one in own] for own in spread(at, words, lambda _word, _column: 0.0)]


def test_cells_of_a_row_are_centred_on_one_line():
    body = """\
         产出指标        数量指标      检查次数              ≥1(个)
                                   走访次数（含新
                                                        ≥2(个)
                                   增）
         效益指标      社会效益指标      知晓率               提高
"""
    assert [("检查次数", "≥1(个)"), ("走访次数（含新增）", "≥2(个)"), ("知晓率", "提高")] == [row[2:] for row in rows(one(DECLARATION + body))]


def test_a_list_of_wrapped_names_is_laid_out_though_few_lines_hold_two_cells():
    tall = "".join(f"                                   第{row}段河道的保洁设备的采\n                                   购与验收以及运行维护的\n                                   次数（含新增）                 ≥{row}(个)\n                                   的情况以及往年的比较\n                                   和\n" for row in range(1, 25))
    text = DECLARATION + "         产出指标        数量指标\n" + tall
    assert is_laid_out(split(text))
    assert not is_laid_out(split("\n".join(line.strip().replace("  ", " ") for line in text.split("\n"))))
    assert not is_laid_out(split("\n".join(line.lstrip() for line in text.split("\n"))))
