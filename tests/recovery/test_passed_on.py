"""Texts that people pass on by mail and messages: lines cut at a width, rows typed with a colon, words counted and set off."""

import pytest

from tests.recovery.test_carried_text import FORM, PLAIN, data, doubted, entries, read
from xltool.filing import Entry
from xltool.library import forms
from xltool.recovery.atoms import split
from xltool.recovery.claims import Account
from xltool.recovery.copied_rows import doubt as doubt_copies
from xltool.recovery.table_text import read_text
from xltool.recovery.torn_values import whole

SICHUAN = """\
报表编号：510000_0013zp
部门预算项目支出绩效自评表（2023年度）
项目名称 河道保洁
主管部门 水务局 实施单位（盖章） 河道所
项目基本情况 1.项目年度目标完成情况 项目年度目标 年度目标完成情况
保洁河道12条。 已保洁12条。
2.项目实施内容及过程概述 按季保洁。
预算执行情况（10分） 年度预算数（万元） 年初预算 调整后预算数 预算执行数 预算执行率 权重 得分 原因
总额 10.00 10.00 10.00 100.00% 10 10
其中：财政资金 10.00 10.00 10.00 100.00% / /
财政专户管理资金 0 0 0 0.00% / /
单位资金 0 0 0 0.00% / /
其他资金 0 0 0 0.00% / /
绩效指标（90分） 一级指标 二级指标 三级指标 指标性质 指标值 度量单位 完成值 权重 得分 未完成原因分析
产出指标 数量指标 保洁河道 ≥ 12 条 12条 50 50
效益指标 社会效益指标 水质 ≥ 90 % 92% 40 40
合计 100 100
评价结论 达到目标。
存在问题 无。
改进措施 继续保洁。
项目负责人：周 明 财务负责人：吴 敏
"""


def words(text: str) -> list[str]:
    return [atom.text for atom in whole(split(text), frozenset({"次", "辆", "元", "人"})).atoms]


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        pytest.param("358", ",000.00", id="an amount before its thousands"),
        pytest.param("20", "24-12-31", id="a date inside its year"),
        pytest.param("2024-12-", "31", id="a date before its day"),
        pytest.param("≤6800元", "/个", id="a unit before its stroke"),
        pytest.param("≥3.5", "次/辆", id="a number before what it counts"),
        pytest.param("≤30", "(元/人)", id="a number before what it counts, in brackets"),
        pytest.param("≤8.", "00(元)", id="a number behind its point"),
        pytest.param("长2.", "4公里", id="a number in a sentence"),
    ],
)
def test_words_that_a_line_cuts_are_one(head, tail):
    assert ["合计", head + tail, "其余"] == words(f"合计 {head}\n{tail} 其余\n")


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        pytest.param("12", "2024-12-31", id="a number above a whole date"),
        pytest.param("1000", ",", id="a comma alone"),
        pytest.param("≥5次", "/", id="a stroke that is a mark"),
        pytest.param("供水", "/排水", id="words"),
        pytest.param("100", "供水/排水", id="a number without a sign"),
        pytest.param("≥5", "供水/排水", id="a name with a stroke"),
        pytest.param("≥ 5", "次/辆", id="sign, number and unit in cells of their own"),
        pytest.param("12", "24", id="two numbers"),
        pytest.param("2022年12月", "15", id="a month above points"),
    ],
)
def test_words_of_two_lines_stay_two(head, tail):
    assert ["合计", head, tail] == words(f"合计 {head}\n{tail}\n")


def test_words_over_a_blank_line_stay_two():
    assert ["358", ",000.00"] == words("358\n\n,000.00\n")


def test_names_with_a_blank_behind_a_signatures_caption_are_whole():
    entry = entries(SICHUAN)[0]
    assert ("周明", "吴敏", ()) == (entry.values["signatures.project"], entry.values["signatures.finance"], entry.source.leftover)


def test_a_signature_ends_at_the_next_caption_though_the_form_has_it_not():
    entry = entries(SICHUAN.replace("吴 敏", "吴 敏 填报日期： 单位领导签字："))[0]
    assert ("周明", "吴敏", ["填报日期： 单位领导签字："]) == (entry.values["signatures.project"], entry.values["signatures.finance"], [one.text for one in entry.source.leftover])


def counted(form: str) -> str:
    """The form with each level on a line of its own, counted."""
    for number, name in enumerate(("成本指标", "产出指标", "效益指标", "满意度指标")):
        form = form.replace(f"\n{name} ", f"\n{'一二三四'[number]}、{name}\n", 1)
    for mark, name in (("（一）", "经济成本指标"), ("1.", "数量指标"), ("◆", "质量指标"), ("①", "社会效益指标"), ("【", "服务对象满意度指标")):
        form = form.replace(f"\n{name} ", f"\n{mark}{name}{'】' if mark == '【' else ''}\n", 1)
    return form


def test_levels_that_are_counted_or_set_off_are_levels():
    assert data(PLAIN) == data(entries(counted(FORM))[0])


def test_a_single_level_with_a_number_is_no_habit():
    text = FORM.replace("检查人数 ≥30(人)", "1.数量指标 ≥30(人)")
    assert "1.数量指标" in [item["name"] for item in entries(text)[0].lists["indicators"]]


def typed() -> str:
    """The form as it is typed into a message: nothing that is empty, no head of the list."""
    head = ["财政项目支出绩效目标申报表", "（2024年度）", "项目名称：河道保洁", "项目性质：其他经常性项目", "项目类别：特定目标类", "主管部门：临江市水务局", "实施单位：临江市河道管理所"]
    head += ["计划开始日期：2024-01-01", "计划完成日期：2024-12-31", "年度资金申请总额：100.00", "其中：当年财政拨款：100.00", "上年结转资金：0.00"]
    rows = ["成本指标", "经济成本指标", "每次成本：≤900(元/次)", "产出指标", "数量指标", "检查次数：≥12(次)", "检查人数：≥30(人)", "质量指标", "合格率：≥95(%)"]
    rows += ["效益指标", "社会效益指标", "知晓率：提高", "满意度指标", "服务对象满意度指标", "居民满意度：≥90%"]
    return "\n".join([*head, "年度总体目标：", "完成全年各项任务。", "绩效指标：", *rows])


def test_rows_typed_with_a_colon_are_rows_and_the_colon_is_none_of_a_name():
    assert PLAIN.lists == entries(typed())[0].lists


def test_the_text_above_a_list_without_a_head_stays_the_captions():
    assert "完成全年各项任务。" == entries(typed())[0].values["goals.annual"]


def test_what_is_not_typed_into_a_message_does_not_doubt_the_rest():
    paths = doubted(entries(typed())[0])
    assert not paths & {"project.name", "indicators", "form", "project.department"}
    assert "indicators" in doubted(entries(typed().replace("：", " "))[0])


def test_a_mails_signature_is_no_row():
    found = read(FORM + "--\n李工\n水务科 0571-88996655\n")
    assert data(PLAIN) == data(next(iter(found.entries)))
    assert ["--", "李工", "水务科 0571-88996655"] == found.source.leftover[0].text.split("\n")


def tabbed(form: str) -> Entry:
    return next(iter(read_text(form, forms(), "x").filing.entries))


def test_a_caption_and_its_value_on_lines_of_their_own_among_lines_of_tabs_are_read():
    lines = SICHUAN.replace("一级指标 ", "一级指标\t").splitlines()
    text = "\n".join("\n".join(line.split(" ", 1)) if line.startswith(("项目名称", "评价结论", "存在问题")) else line.replace(" ", "\t") for line in lines)
    entry = tabbed(text)
    values = {path: entry.values[path] for path in ("project.name", "conclusion", "problems")}
    assert {"project.name": "河道保洁", "conclusion": "达到目标。", "problems": "无。"} == values


def test_a_form_without_its_title_has_the_year_above_it():
    first, second = entries(FORM + FORM.partition("\n")[2].replace("2024年度", "2023年度"))
    assert (2024, 2023) == (first.values["year"], second.values["year"])
    assert not first.source.leftover


def test_a_year_beside_an_untitled_forms_first_caption_is_not_taken():
    text = FORM.partition("\n")[2].replace("（2024年度）\n", "2024年度 ")
    assert entries(text)[0].values["year"] is None


TWO_GOALS = """\
财政项目支出绩效自评表
（2023年度）
项目名称 河道保洁
主管部门 水务局 实施单位 河道所
项目资金（元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 1000.00 1000.00 1000.00 10 100.00% 10
其中：当年财政拨款 1000.00 1000.00 1000.00 —
上年结转资金 0 0 0 —
其他资金 0 0 0 —
年度总体目标 预算目标 实际完成情况
{goals}
绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施
产出指标 数量指标 保洁河道 ≥12条 12条 50 50
效益指标 社会效益指标 水质 ≥90% 92% 30 30
满意度指标 服务对象满意度指标 满意度 ≥90% 95% 10 10
总分 100 100
"""


def test_a_left_text_of_two_paragraphs_ends_before_the_blank_in_the_second():
    """The cells of a row stand on one line; the left one holds the end of a line itself."""
    entry = entries(TWO_GOALS.format(goals="完成保洁河道12条，巡查1500次；\n水质达标率95%。 已保洁河道12条，巡查1612次；水质达标率96%。"))[0]
    assert ("完成保洁河道12条，巡查1500次；水质达标率95%。", "已保洁河道12条，巡查1612次；水质达标率96%。") == tuple(str(entry.values[path]).replace("\n", "") for path in ("goals.expected", "goals.actual"))


def test_a_goal_of_one_line_with_blanks_in_it_stays_on_the_side_that_is_filled():
    goal = "在4个社区布设Wi-Fi 6 AP 56个、步道2.4公里，日均用户1500人。"
    text = FORM.replace("项目资金总额 100.00 ", "项目资金总额 ").replace("其中：财政资金 100.00 ", "其中：财政资金 ").replace("其他资金 0.00 其他资金", "其他资金 其他资金")
    entry = entries(text.replace("完成全年各项任务。", goal))[0]
    assert (None, "".join(goal.split())) == (entry.values["goals.project"], "".join(str(entry.values["goals.annual"]).split()))


@pytest.mark.parametrize("word", ["转发", "编辑", "提取文字"])
def test_buttons_of_a_phone_below_a_form_are_no_row(word):
    assert data(PLAIN) == data(entries(f"{FORM}{word}\n返回\n")[0])


def cells(form: str) -> str:
    return form.replace(" ", "\n")


@pytest.mark.parametrize("below", ["临江市水务局\n2024年3月2日\n", "临江市水务局 2024-03-02\n", "临江市河道管理所\n二〇二四年三月\n", "陈晓 0571-88996655\n", "陈晓\n13800001111\n2024年3月2日\n"])
@pytest.mark.parametrize("drawn", [FORM, cells(FORM)], ids=["rows", "a cell a line"])
def test_who_signs_below_a_form_is_no_row(drawn, below):
    found = read(drawn + below)
    assert data(PLAIN) == data(next(iter(found.entries)))


@pytest.mark.parametrize("row", ["新建泵站\n2024年12月31日\n", "完工时间\n2024年12月31日\n", "巡查次数\n12345678\n"])
def test_a_last_row_that_is_a_day_or_a_number_is_a_row(row):
    names = [item["name"] for item in entries(cells(FORM) + row)[0].lists["indicators"]]
    assert row.partition("\n")[0] == names[-1]


def stuck(form: str, *names: str) -> str:
    for name in names:
        form = form.replace(f"{name} ", name)
    return form


def test_values_with_a_sign_that_stick_to_their_names_are_values():
    entry = entries(stuck(FORM, "每次成本", "检查人数", "合格率", "居民满意度"))[0]
    assert data(PLAIN) == data(entry)
    assert doubted(PLAIN) == doubted(entry)


def test_known_words_that_stick_to_names_are_values_with_a_doubt_where_others_do():
    entry = entries(stuck(FORM, "检查人数", "合格率", "知晓率"))[0]
    assert data(PLAIN) == data(entry)
    assert doubted(PLAIN) | {"indicators[4]"} == doubted(entry)


def test_a_single_value_that_sticks_to_its_name_is_doubted():
    entry = entries(stuck(FORM, "检查人数"))[0]
    assert data(PLAIN) == data(entry)
    assert "indicators[2]" in doubted(entry)


def test_names_that_end_a_line_with_a_value_are_whole_where_values_stand_apart():
    """两次抽检=100% / 合格的批次数: a printed list with many values, of which hardly one sticks to a name."""
    rows = "".join(f"检查人数{at} ≥8(人)\n" for at in "甲乙丙丁戊己庚辛")
    entry = entries(FORM.replace("合格率 ≥95(%)\n", f"{rows}两次抽检=100%\n合格的批次数 ≥95(%)\n"))[0]
    assert "两次抽检=100%合格的批次数" in [item["name"] for item in entry.lists["indicators"]]


def test_number_in_a_name_before_its_unit_ends_no_name():
    entry = entries(FORM.replace("检查人数", "评分≥90 分的项目数量"))[0]
    assert "评分≥90分的项目数量" in [str(item["name"]).replace(" ", "") for item in entry.lists["indicators"]]


def test_known_words_end_names_where_more_values_stand_apart():
    entry = entries(stuck(FORM, "检查人数", "知晓率").replace("合格率 ≥95(%)\n", "合格率≥95(%)\n" + "".join(f"巡查次数{at} ≥8(次)\n" for at in "甲乙丙")))[0]
    assert not any(item["name"] == "知晓率" for item in entry.lists["indicators"])


def test_a_name_that_ends_with_a_value_before_its_own_is_whole():
    entry = entries(FORM.replace("合格率 ≥95(%)", "水质优于≥90% ≥95(%)").replace("检查人数", "满员率≥80%"))[0]
    assert ["满员率≥80%", "水质优于≥90%"] == [item["name"] for item in entry.lists["indicators"][2:4]]


@pytest.mark.parametrize(
    ("head", "tail"),
    [("2024年2月2", "8日前"), ("2024年12月", "底前"), ("2024年1", "2月底前完成"), ("2024年", "6月30日前"), ("20", "24年6月30日前"), ("完成于2024年7月1", "2日"), ("1,902,3", "00.50"), ("1,902,", "300.50")],
)
def test_days_and_amounts_cut_inside_a_number_are_one(head, tail):
    assert ["合计", head + tail, "其余"] == words(f"合计 {head}\n{tail} 其余\n")


@pytest.mark.parametrize(("head", "tail"), [("2024年6月", "30日内办结率"), ("20", "24年度结转项目"), ("10", "2月底前"), ("2024年6月", "底数清查")])
def test_names_that_begin_like_the_rest_of_a_day_stay_names(head, tail):
    assert ["合计", head, tail] == words(f"合计 {head}\n{tail}\n")


def test_a_reports_number_that_a_line_cuts_is_whole_with_a_doubt():
    entry = entries(SICHUAN.replace("510000_0013zp", "5100\n00_0013zp"))[0]
    assert "510000_0013zp" == entry.values["report_number"]
    assert "report_number" in doubted(entry)


def pasted_twice(form: str, first: int) -> str:
    """The form with its last rows once more, below the head of the list."""
    lines = form.splitlines()
    return "\n".join([*lines, lines[11], *lines[first:]])


def test_rows_pasted_twice_are_doubted_the_later_time():
    entry = entries(pasted_twice(FORM, 13))[0]
    assert 11 == len(entry.lists["indicators"])
    assert {f"indicators[{at}]" for at in range(6, 11)} <= doubted(entry)
    assert not doubted(entry) & {f"indicators[{at}]" for at in range(6)}


def test_a_few_rows_that_come_again_are_rows():
    assert not {path for path in doubted(entries(pasted_twice(FORM, 16))[0]) if path.startswith("indicators")}


def test_rows_that_are_all_the_same_are_doubted_behind_the_first():
    account = Account(())
    doubt_copies("indicators", [PLAIN.lists["indicators"][0]] * 9, account)
    assert [f"indicators[{at}]" for at in range(4, 8)] == [one.path for one in account.doubts]


@pytest.mark.parametrize("line", ["Page 2 of 5", "page 3/9"])
def test_pages_counted_in_english_are_no_text(line):
    lines = FORM.splitlines()
    found = read("\n".join([*lines[:15], line, *lines[15:]]))
    assert data(PLAIN) == data(next(iter(found.entries)))


def test_a_blank_behind_the_only_full_stop_inside_a_line_parts_two_goals_of_many_lines():
    goals = "完成保洁河道12条，巡查1500次；\n水质达标率95%。 已保洁河道12条，巡查1612次；\n水质达标率96%。"
    entry = entries(TWO_GOALS.format(goals=goals))[0]
    assert "完成保洁河道12条，巡查1500次；水质达标率95%。" == str(entry.values["goals.expected"]).replace("\n", "")


def test_a_counted_level_among_other_counted_words_is_no_habit():
    text = FORM.replace("检查人数 ≥30(人)", "1.数量指标 ≥30(人)\n2.供水量 ≥5(次)\n3.排水量 ≥6(次)")
    assert "1.数量指标" in [item["name"] for item in entries(text)[0].lists["indicators"]]


def test_a_value_in_a_word_where_many_stand_apart_doubts_its_row():
    """It may be a name's own (两次抽检=100%的批次数), or the blank before it is lost and two rows run together."""
    more = "".join(f"{road}路里程 ≥{at}(公里)\n" for at, road in enumerate("甲乙丙丁戊己", 3))
    entry = entries(stuck(FORM.replace("质量指标 合格率", f"{more}质量指标 合格率"), "检查人数"))[0]
    row = next(at for at, item in enumerate(entry.lists["indicators"]) if str(item["name"]).startswith("检查人数"))
    assert f"indicators[{row}]" in doubted(entry)


def test_the_year_of_a_form_whose_head_is_lost_is_doubted():
    entry = entries(FORM.partition("项目名称")[1] + FORM.partition("项目名称")[2])[0]
    assert entry.values["year"] is None
    assert "year" in doubted(entry)
