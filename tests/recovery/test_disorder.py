"""Text out of its order: nothing that the order told is certain; level names and titles that stand where none should."""

import pytest

from tests.damage.forms import random_filing
from tests.damage.printing import print_filing
from xltool.filing import Entry, Filing
from xltool.library import forms
from xltool.recovery.sums import broken
from xltool.recovery.text_reading import read_text

HEAD = """\
财政项目支出绩效目标申报表
（2024年度）
项目名称 河道保洁 项目性质 其他经常性项目 项目类别 特定目标类
主管部门 子局 实施单位 丑所
计划开始日期 2024-01-01 计划完成日期 2024-12-31
项目资金（元） 项目资金总额 100.00 年度资金申请总额 100.00
其中：财政资金 100.00 其中：当年财政拨款 100.00
上年结转资金 0.00
其他资金 0.00 其他资金 0.00
项目绩效目标 项目总目标 年度总体目标
完成全年各项任务。
绩效指标 一级指标 二级指标 三级指标 年度(/项目)指标值
"""
BODY = """\
产出指标 数量指标 检查次数 ≥1(个)
产出指标 质量指标 合格率 ≥95(%)
效益指标 社会效益指标 知晓率 提高
"""


def read(text: str) -> Filing:
    return read_text(text, forms()).filing


def one(text: str) -> Entry:
    return next(iter(read(text).entries))


def rows(entry: Entry) -> list[tuple[object, ...]]:
    return [(item["level1"], item["level2"], item["name"]) for item in entry.lists["indicators"]]


def paths(entry: Entry) -> set[str]:
    return {doubt.path for doubt in entry.source.doubts}


def test_text_in_its_order_shows_no_sign():
    assert {"goals.project", "goals.annual"} >= paths(one(HEAD + BODY))


@pytest.mark.parametrize(
    "text",
    [
        (HEAD + BODY).replace("主管部门 子局 实施单位 丑所\n", "").replace("上年结转资金 0.00\n", "上年结转资金 0.00\n主管部门 子局 实施单位 丑所\n"),
        (HEAD + BODY).replace("项目性质", "").replace("项目类别", "").replace("主管部门", ""),
        (HEAD + BODY).replace("上年结转资金 0.00\n", "上年结转资金 0.00 3.00 4.00 5.00\n"),
    ],
    ids=["captions out of order", "captions lost", "values left over"],
)
def test_sign_of_disorder_doubts_fields_lists_marks_and_title(text):
    filing = read(text)
    entry = next(iter(filing.entries))
    assert {"project.name", "funding.annual.total", "indicators", "marks"} <= paths(entry)
    assert {"sections[0].title", "sections"} <= {doubt.path for doubt in filing.source.doubts}


def test_torn_form_doubts_the_number_of_forms():
    torn = "财政项目支出绩效目标申报表\n（2024年度）\n项目名称 河道保洁\n主管部门 子局\n实施单位 丑所\n一级指标 二级指标 三级指标\n"
    assert "sections[0].forms" in {doubt.path for doubt in read(torn + HEAD + BODY).source.doubts}


def test_level_name_that_the_taxonomy_lacks_is_no_part_of_a_name():
    entry = one(HEAD + BODY.replace("质量指标 合格率", "新型指标 合格率"))
    assert ("产出指标", "新型指标", "合格率") == rows(entry)[1]
    assert {"indicators[1].level1", "indicators[1].level2"} <= paths(entry)


def test_name_that_ends_as_level_names_do_is_a_name_before_its_value():
    assert ("产出指标", "质量指标", "合格指标") == rows(one(HEAD + BODY.replace("合格率", "合格指标")))[1]


def test_level_two_again_behind_another_level_one_is_no_repeat_of_a_page():
    entry = one(HEAD + BODY.replace("社会效益指标 知晓率", "数量指标 受益人数"))
    assert ("产出指标", "数量指标", "受益人数") == rows(entry)[2]
    assert "indicators[2].level2" in paths(entry)


def test_title_run_together_with_the_value_before_it_begins_a_form():
    filing = read(HEAD + BODY.rstrip("\n") + HEAD + BODY)
    assert [2024, 2024] == [entry.values["year"] for entry in filing.entries]
    assert [3, 3] == [len(entry.lists["indicators"]) for entry in filing.entries]


def test_title_of_a_form_that_ends_as_another_form_is_called_stays_whole():
    text = (HEAD + BODY).replace("财政项目支出绩效目标申报表\n（2024年度）", "财政项目支出绩效目标申报表（2024年度）")
    assert ["target-declaration"] == [entry.form for entry in read(text).entries]
    assert 2024 == one(text).values["year"]


def test_weights_and_scores_of_a_list_make_their_totals():
    entry = one(print_filing(random_filing(1, "self-evaluation"), "stream", 1))
    form = forms()["self-evaluation"]
    assert [] == [path for path, _ in broken(form, entry.values, entry.lists) if path == "indicators"]
    short = {"indicators": entry.lists["indicators"][1:]}
    assert "indicators" in {path for path, _ in broken(form, entry.values, short)}


def test_reading_costs_in_proportion_to_the_forms(monkeypatch):
    calls = []
    import xltool.recovery.text_reading as reading

    def counted(text: object) -> bool:
        calls.append(1)
        return False

    monkeypatch.setattr(reading, "is_laid_out", counted)
    read((HEAD + BODY) * 6)
    assert [1] == calls


def test_digits_that_stand_apart_inside_a_bracket_are_no_value():
    entry = one(HEAD + "产出指标\n数量指标\n检查次数（结算金额\n1 亿元以下）\n≥1(个)\n质量指标\n合格率 ≥95(%)\n")
    assert ["检查次数（结算金额1亿元以下）", "合格率"] == [item["name"] for item in entry.lists["indicators"]]


TYPED = """\
财政项目支出绩效目标申报表
（2025年度）
项目名称：河道保洁
主管部门：子局
实施单位：丑所
计划开始日期：2025-01-01
计划完成日期：2025-12-31
年度资金申请总额：960000.00
当年财政拨款：900000.00
上年结转资金：60000.00
年度总体目标：完成全年任务。
绩效指标
产出指标
数量指标：
检查次数：≥12次
质量指标：
合格率：≥90%
"""


def test_captions_that_a_person_left_out_tear_no_form():
    assert [] == [one for one in read(TYPED).source.doubts if one.path.endswith(".forms")]
    assert [one for one in read(TYPED.replace("：", " ")).source.doubts if one.path.endswith(".forms")]
