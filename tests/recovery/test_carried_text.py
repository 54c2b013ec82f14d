"""Text as people and programs carry it: typed into a message, read off a picture, with every page's head among its rows."""

from decimal import Decimal

import pytest

from xltool.filing import Entry, Filing
from xltool.library import forms
from xltool.recovery.text_reading import read_text
from xltool.values import Value

FORM = """\
财政项目支出绩效目标申报表
（2024年度）
项目名称 河道保洁 项目性质 其他经常性项目 项目类别 特定目标类
主管部门 临江市水务局 实施单位 临江市河道管理所
计划开始日期 2024-01-01 计划完成日期 2024-12-31
项目资金（元） 项目资金总额 100.00 年度资金申请总额 100.00
其中：财政资金 100.00 其中：当年财政拨款 100.00
上年结转资金 0.00
其他资金 0.00 其他资金 0.00
项目绩效目标 项目总目标 年度总体目标
完成全年各项任务。
绩效指标 一级指标 二级指标 三级指标 年度(/项目)指标值
成本指标 经济成本指标 每次成本 ≤900(元/次)
产出指标 数量指标 检查次数 ≥12(次)
检查人数 ≥30(人)
质量指标 合格率 ≥95(%)
效益指标 社会效益指标 知晓率 提高
满意度指标 服务对象满意度指标 居民满意度 ≥90%
"""


def read(text: str) -> Filing:
    return read_text(text, forms()).filing


def entries(text: str) -> list[Entry]:
    return list(read(text).entries)


def data(entry: Entry) -> tuple[object, object]:
    return entry.values, entry.lists


def doubted(entry: Entry) -> set[str]:
    return {doubt.path for doubt in entry.source.doubts}


PLAIN = entries(FORM)[0]


def rows(entry: Entry) -> list[tuple[object, ...]]:
    return [(item["level1"], item["level2"], item["name"]) for item in entry.lists["indicators"]]


def with_breaks(*breaks: str) -> str:
    """The form with lines put before its rows, one after another."""
    lines = FORM.splitlines()
    for at, one in zip((14, 16), breaks, strict=False):
        lines[at] = f"{one}\n{lines[at]}"
    return "\n".join(lines)


def spaced(text: str) -> str:
    """The text as a program that reads pictures leaves it: a blank behind every Chinese character."""
    made = ""
    for at, letter in enumerate(text):
        then = text[at + 1 : at + 2]
        made += letter + (" " if letter > "\u3000" and then > "\u3000" else "")
    return made


def test_lines_that_every_page_prints_again_are_set_aside_and_named():
    head = "临江市水务局2024年部门预算公开"
    found = read(f"{head}\n" + with_breaks(f"- 1 -\n{head}", f"- 2 -\n{head}"))
    entry = next(iter(found.entries))
    assert data(PLAIN) == data(entry)
    assert ["page-repeat"] * 3 == [repair.code for repair in found.source.repairs]
    assert () == entry.source.leftover


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("年度总体目标", id="a caption that the page's end draws again"),
        pytest.param("社会效益指标", id="a level name"),
        pytest.param("及时足额，按季完成任务", id="words of a sentence"),
        pytest.param("合格率", id="too short"),
    ],
)
def test_words_of_the_form_are_no_head_of_a_page(line):
    found = read(with_breaks(f"- 1 -\n{line}", f"- 2 -\n{line}"))
    assert () == found.source.repairs


def test_a_line_that_few_pages_begin_with_is_no_head():
    breaks = [f"- {at} -\n{line}" for at, line in enumerate(("巡查河道总里程", "巡查河道总里程"), 1)]
    text = with_breaks(*breaks) + "\n" + "\n".join(f"- {at} -\n说明第{at}点" for at in range(3, 8))
    assert () == read(text).source.repairs


def test_captions_with_their_values_behind_a_colon_are_captions():
    typed = FORM.replace("项目名称 ", "项目名称：").replace("主管部门 ", "主管部门：").replace("实施单位 ", "实施单位：").replace("其中：财政资金 ", "其中：财政资金：")
    assert data(PLAIN) == data(entries(typed)[0])


def test_a_single_colon_behind_a_caption_is_a_part_of_the_words():
    name = "实施单位：甲乙联合巡河"
    assert name == entries(FORM.replace("河道保洁", name))[0].values["project.name"]


def test_a_goal_that_speaks_of_captions_brings_no_doubts():
    goal = "完成全年各项任务，其中项目总目标按期完成。\n项目总目标：河道整洁。"
    assert not doubted(entries(FORM.replace("完成全年各项任务。", goal))[0]) - {"goals.project", "goals.annual"}


def test_blanks_behind_every_character_mean_nothing():
    found = entries(spaced(FORM))[0]
    assert data(PLAIN) == data(found)
    assert "indicators" in doubted(found)  # where 知晓率 ends and 提高 begins no blank tells


def test_a_title_spelled_with_blanks_is_no_shorter_title():
    title, rest = FORM.split("\n", 1)
    assert ["target-declaration"] == [entry.form for entry in entries(" ".join(title) + "\n" + rest)]


def test_captions_in_traditional_characters_are_captions():
    written = FORM.translate(str.maketrans("财项绩标报类称质计划开实单资总额财当结转产质满务检测", "財項績標報類稱質計劃開實單資總額財當結轉產質滿務檢測"))
    found = entries(written)[0]
    assert [row[:2] for row in rows(PLAIN)] == [row[:2] for row in rows(found)]
    assert "臨江市水務局".replace("臨", "临") == found.values["project.department"]
    assert PLAIN.values["funding.annual.total"] == found.values["funding.annual.total"]


@pytest.mark.parametrize("line", ["附件2", "附件1-2：", "附：", "表3", "公开12表", "单位：元", "（单位：万元）"[1:-1], "填报单位：临江市水务局", "附件2\n填报单位（盖章）：临江市水务局"])
def test_what_stands_above_a_title_is_no_part_of_the_form_before(line):
    first, second = entries(f"{FORM}{line}\n{FORM}")
    assert [item["name"] for item in PLAIN.lists["indicators"]] == [item["name"] for item in first.lists["indicators"]]
    assert rows(PLAIN) == rows(second)


def test_a_last_score_stays_where_another_form_follows():
    lines = FORM.splitlines()
    lines[-1] = "满意度指标 服务对象满意度指标 居民满意度\n87"
    assert Value("87", value=Decimal(87)) == entries("\n".join(lines) + "\n" + FORM)[0].lists["indicators"][-1]["target"]


LABELS_BEHIND = """\
每次成本 ≤900(元/次)
经济成本指标
成本指标
检查次数 ≥12(次)
检查人数 ≥30(人)
数量指标
合格率 ≥95(%)
质量指标
产出指标
知晓率 提高
社会效益指标
效益指标
居民满意度 ≥90%
服务对象满意度指标
满意度指标
"""
LABELS_AMID = """\
成本指标 经济成本指标 每次成本 ≤900(元/次)
检查次数 ≥12(次)
数量指标
产出指标
检查人数 ≥30(人)
质量指标 合格率 ≥95(%)
效益指标 社会效益指标 知晓率 提高
满意度指标 服务对象满意度指标 居民满意度 ≥90%
"""
LABELS_ABOVE_THE_MIDDLE = """\
成本指标 经济成本指标 每次成本 ≤900(元/次)
检查次数 ≥12(次)
数量指标
产出指标
检查人数 ≥30(人)
检查里程 ≥90(公里)
质量指标 合格率 ≥95(%)
效益指标 社会效益指标 知晓率 提高
满意度指标 服务对象满意度指标 居民满意度 ≥90%
"""


@pytest.mark.parametrize(
    ("listed", "more"),
    [
        pytest.param(LABELS_BEHIND, 0, id="behind the rows"),
        pytest.param(LABELS_AMID, 0, id="between the two rows in the middle"),
        pytest.param(LABELS_ABOVE_THE_MIDDLE, 1, id="on a line of its own above the middle row of three"),
    ],
)
def test_labels_stand_at_the_same_part_of_all_their_groups(listed, more):
    head = FORM.split("成本指标", 1)[0]
    found = entries(head + listed)[0]
    assert rows(PLAIN) == [row for row in rows(found) if row[2] != "检查里程"]
    assert [("产出指标", "数量指标", "检查里程")] * more == [row for row in rows(found) if row[2] == "检查里程"]
    assert not any("level" in path for path in doubted(found))


VALUES_FIRST = {
    "each on its own line": "河道保洁\n项目名称\n其他经常性项目\n项目性质\n特定目标类\n项目类别\n临江市水务局\n主管部门\n临江市河道管理所\n实施单位\n2024-01-01\n计划开始日期\n2024-12-31\n计划完成日期\n",
    "a value in two lines": "河道\n保洁\n项目名称\n其他经常性项目\n项目性质\n特定目标类\n项目类别\n临江市水务局\n主管部门\n临江市河道\n管理所\n实施单位\n2024-01-01\n计划开始日期\n2024-12-31\n计划完成日期\n",
}


@pytest.mark.parametrize("head", VALUES_FIRST.values(), ids=VALUES_FIRST)
def test_values_on_lines_before_their_captions_are_read_with_a_doubt(head):
    title, rest = FORM.split("项目名称", 1)
    found = entries(f"{title}{head}项目资金{rest.split('项目资金', 1)[1]}")[0]
    assert data(PLAIN) == data(found)
    assert {"project.name", "project.nature", "project.category", "project.department", "project.unit", "project.start_date", "project.end_date"} <= doubted(found)


def test_a_caption_behind_which_nothing_stands_turns_no_values_round_unnamed():
    title, rest = FORM.split("项目名称", 1)
    lines = "请审核\n项目名称\n河道保洁\n主管部门\n临江市水务局\n实施单位\n"
    found = entries(f"{title}{lines}项目资金{rest.split('项目资金', 1)[1]}")[0]
    assert {"project.name", "project.department", "project.unit"} <= doubted(found)


GOALS = ("三年内整治河道68条，解决2.4万人用水。", "年内整治河道22条。")


def test_two_goals_of_a_line_each_part_where_the_line_ends():
    found = entries(FORM.replace("完成全年各项任务。", "\n".join(GOALS)).replace("68条，解决", "68条， 解决"))[0]
    assert GOALS == (found.values["goals.project"], found.values["goals.annual"])


def test_a_goal_of_two_lines_is_no_two_goals_where_its_sentence_goes_on():
    found = entries(FORM.replace("100.00 年度资金申请总额", "年度资金申请总额").replace("财政资金 100.00", "财政资金").replace("0.00 其他资金 0.00", "其他资金 0.00").replace("完成全年各项任务。", "完成全年各项任务。整治河道\n22条。"))[0]
    assert (None, "完成全年各项任务。整治河道22条。") == (found.values.get("goals.project"), found.values["goals.annual"])


def test_words_of_a_seal_below_an_amount_leave_it_where_it_is():
    sealed = FORM.replace("其他资金 0.00 其他资金 0.00\n", "其他资金 其他资金 0.00\n临江市水务局\n预算专用章\n")
    found = entries(sealed)[0]
    assert (None, Decimal(0)) == (found.values.get("funding.project.other"), found.values["funding.annual.other"])
    assert ["临江市水务局", "预算专用章"] == [left.text for left in found.source.leftover]


CUT_TABLE = """\
财政项目支出绩效目标申报表

（2024年度）

| 项目名称 | 河道保洁 | | 项目性质 | 经常性项目 | 项目类别 | 特定目标类 |
|---|---|---|---|---|---|---|
| 主管部门 | 水务局 | | 实施单位 | 河道所 | | |
| 计划开始日期 | 2024-01-01 | | 计划完成日期 | 2024-12-31 | | |
| 项目资金（元） | 项目资金总额 | {left} | 年度资金申请总额 | | 100.00 | |
| | 其中：财政资金 | {left} | 其中：当年财政拨款 | | 100.00 | |
| | | | 上年结转资金 | | 0.00 | |
| | 其他资金 | | 其他资金 | | 0.00 | |
| 项目绩效目标 | 项目总目标 | | | 年度总体目标 | | |
| | {project} | | | {annual} | | |

| | | | |
|---|---|---|---|
| | {rest} | | |
| 一级指标 | 二级指标 | 三级指标 | 年度(/项目)指标值 |
| 产出指标 | 数量指标 | 检查次数 | ≥12(次) |
"""


@pytest.mark.parametrize(
    ("project", "annual", "rest", "left", "expected"),
    [
        pytest.param("", "巡查全部河道，保持", "河道整洁。", "", (None, "巡查全部河道，保持河道整洁。"), id="the only goal goes on"),
        pytest.param("", "巡查全部河道。", "保持整洁。", "", ("保持整洁。", "巡查全部河道。"), id="a goal that has ended does not"),
        pytest.param("", "巡查全部河道", "保持整洁。", "100.00", ("保持整洁。", "巡查全部河道"), id="nor one beside which another has its money"),
        pytest.param("巡查河道，", "保持整洁，", "三年有效。", "100.00", ("巡查河道，三年有效。", "保持整洁，"), id="of two goals the one above"),
    ],
)
def test_a_sentence_goes_on_in_the_next_pages_table_whatever_its_columns(project, annual, rest, left, expected):
    text = CUT_TABLE.format(project=project, annual=annual, rest=rest, left=left)
    found = entries(text)[0]
    assert expected == (found.values.get("goals.project"), found.values["goals.annual"])
    assert doubted(found) >= ({"goals.project", "goals.annual"} if project else set())



def targets(entry: Entry) -> list[tuple[object, str | None]]:
    return [(item["name"], value.text if isinstance(value := item["target"], Value) else None) for item in entry.lists["indicators"]]


@pytest.mark.parametrize(
    "blank",
    [
        pytest.param("质量指标 合格率\n", id="a level name and a name on the next line"),
        pytest.param("质量指标\n合格率\n", id="each on its own line"),
    ],
)
def test_a_name_without_a_value_takes_none_of_the_next_group(blank):
    found = entries(FORM.replace("质量指标 合格率 ≥95(%)\n", blank))[0]
    assert [(name, None if name == "合格率" else text) for name, text in targets(PLAIN)] == targets(found)
    assert {"indicators[3].target"} == {path for path in doubted(found) if "target" in path}


def test_a_wide_name_without_a_value_is_a_name_where_no_name_is_wrapped():
    lines = FORM.replace("知晓率 提高", "知晓率\n提高").replace("合格率 ≥95(%)", "河道水质考核断面达标率").splitlines()
    split = [one for line in lines for one in ([line] if lines.index(line) < 12 else line.split(" "))]
    assert ("河道水质考核断面达标率", None) in targets(entries("\n".join(split))[0])


@pytest.mark.parametrize("line", ["麻烦您看看行不行", "以上数据已核对", "附表另送"])
def test_a_line_behind_the_last_row_is_left_over(line):
    found = entries(f"{FORM}{line}\n")[0]
    assert targets(PLAIN) == targets(found)
    assert [line] == [left.text for left in found.source.leftover]


EVALUATION = """\
财政项目支出绩效自评表
（2023年度）
项目名称 校舍维修
主管部门 临江市教育局 实施单位 临江市基建中心
项目资金（元）
年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 100.00 100.00 95.00 10 95.00% 9.5
其中：当年财政拨款 100.00 100.00 95.00 —
上年结转资金 0.00 0.00 0.00 —
其他资金 0.00 0.00 0.00 —
年度总体目标
预算目标 实际完成情况
维修校舍24栋。 维修校舍22栋。
绩效指标
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施
产出指标 数量指标
维修改造
校舍栋数
24栋 22栋 20 18 两栋需要
审批
维修改造
面积
{target}
{actual}
20 18 两栋需要
审批
质量指标 工程验收
合格率
100% 100% 10 10
效益指标 社会效益指标 受益学生
人数
≥900人 950人 30 30
满意度指标 服务对象满意度指标 师生满意
度
≥90% 95% 10 10
总分 100 95.5
"""


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        pytest.param("≥4.6万平\n方米", "4.3万平\n方米", id="inside 平方米"),
        pytest.param("≥46000平\n方米", "43000平\n方米", id="without 万"),
        pytest.param("≥4.6万\n平方米", "4.3万\n平方米", id="behind 万"),
    ],
)
def test_a_unit_that_a_line_cuts_is_whole(target, actual):
    found = entries(EVALUATION.format(target=target, actual=actual))[0]
    row = found.lists["indicators"][1]
    assert ("维修改造面积", target.replace("\n", ""), actual.replace("\n", "")) == (row["name"], *(value.text if isinstance(value := row[path], Value) else "" for path in ("target", "actual")))


def test_a_sign_and_a_number_are_no_part_of_a_name_unnamed():
    found = entries(EVALUATION.format(target="≥4.6万坪\n左右", actual="4.3万坪\n左右"))[0]
    assert found.lists["indicators"][1]["name"] == "维修改造面积" or any(path.startswith("indicators[1]") or path == "indicators" for path in doubted(found))


@pytest.mark.parametrize(
    "below",
    [
        pytest.param(["填表人：孙宁 联系电话：0571-88886666 填报日期：2025年11月3日"], id="a line of signatures"),
        pytest.param(["单位负责人（签字）：赵立 财务负责人：钱文", "2025年11月3日"], id="signatures and the day"),
        pytest.param(["填报单位：临江市水务局", "（盖章）"], id="the place of a seal"),
        pytest.param(["填表说明：得分不能超过该指标分值上限。"], id="a remark"),
    ],
)
def test_lines_of_signatures_below_the_list_are_left_over(below):
    found = read(FORM + "\n".join(below) + "\n")
    assert (targets(PLAIN), ["\n".join(below)]) == (targets(next(iter(found.entries))), [left.text for left in found.source.leftover])


def test_a_day_above_the_signatures_is_a_value():
    found = entries(FORM.replace("居民满意度 ≥90%", "办结日期\n2024年12月31日") + "填表人：孙宁\n2025年1月3日\n")[0]
    assert ("办结日期", "2024年12月31日") == targets(found)[-1]


def test_a_last_name_with_a_colon_is_no_signature():
    found = entries(FORM.replace(" 居民满意度 ≥90%", "\n负责人：满意度 ≥90%"))[0]
    assert ("负责人：满意度", "≥90%") == targets(found)[-1]


COLUMNS = """\
                    财政项目支出绩效目标申报表
                         （2024年度）
项目名称        防汛物资储备        项目性质  经常性项目      项目类别  特定目标类
主管部门        南浦区水务局        实施单位  南浦区物资仓库
计划开始日期    2024-01-01          计划完成日期    2024-12-31
项目资金（元）  项目资金总额                    年度资金申请总额    315,000.00
                其中：财政资金                  其中：当年财政拨款  315,000.00
                                                上年结转资金        0.00
                其他资金                        其他资金            0.00
项目绩效目标    项目总目标                      年度总体目标
                                                按标准储备防汛物资。
                一级指标    二级指标        三级指标            年度(/项目)指标值
绩效指标        成本指标    经济成本指标    仓储成本            ≤60000.00(元)
                产出指标    数量指标        储备编织袋          ≥50000.00(条)
                            质量指标        物资完好率          ≥98.00(%)
                满意度指标  服务对象满意度  用汛单位满意度      ≥90.00(%)
                            指标
"""


@pytest.mark.parametrize("line", ["填表人：孙宁    联系电话：88886666    填报日期：2025年1月3日", "单位负责人：赵立                财务负责人：钱文"])
def test_signatures_below_columns_stand_in_none_of_them(line):
    found = read(f"{COLUMNS}{line}\n")
    assert data(entries(COLUMNS)[0]) == data(next(iter(found.entries)))
    assert [line.split()] == [left.text.split() for left in found.source.leftover]
