"""Texts as programs read them off pictures: letters like others, letters for digits, specks, a watermark, blanks everywhere."""

import pytest

from tests.recovery.test_carried_text import FORM, PLAIN, data, doubted, entries, read
from xltool.recovery.atoms import split
from xltool.recovery.look_alikes import _slips
from xltool.recovery.specks import without_specks

EVALUATION = """\
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
保洁河道12条。 已保洁12条。
绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施
产出指标 数量指标 保洁河道 ≥12条 12条 50 50
效益指标 社会效益指标 水质 ≥90% 92% 30 30
满意度指标 服务对象满意度指标 满意度 ≥90% 95% 10 10
总分 100 100
"""


def repairs(text: str) -> list[str]:
    return [repair.code for repair in entries(text)[0].source.repairs]


@pytest.mark.parametrize(
    ("word", "slip"),
    [
        pytest.param("计划完成日期", "计划完成曰期", id="a caption"),
        pytest.param("实施单位", "实施单仕", id="a caption of four letters"),
        pytest.param("数量指标", "数里指标", id="a level two"),
        pytest.param("产出指标", "产出指际", id="a level one"),
        pytest.param("绩效指标 一级指标", "绩效指标 级指标", id="a stroke that is lost"),
    ],
)
def test_captions_and_levels_with_one_letter_like_theirs_are_meant(word, slip):
    text = FORM.replace(word, slip)
    assert data(PLAIN) == data(entries(text)[0])
    assert "letter-misread" in repairs(text)
    assert doubted(PLAIN) == doubted(entries(text)[0])


@pytest.mark.parametrize("other", ["数额指标", "质数指标", "规模指标"])
def test_levels_that_only_resemble_others_stay_what_they_are(other):
    assert "letter-misread" not in repairs(FORM.replace("数量指标", other))


def test_points_with_letters_for_digits_are_numbers_with_a_doubt():
    entry = entries(EVALUATION.replace("1000.00 10 100.00%", "1000.00 1O 100.00%").replace("92% 30 30", "92% 3O 3O").replace("95% 10 10", "95% l0 l0"))[0]
    assert data(entries(EVALUATION)[0]) == data(entry)
    slips = {"funding.total.weight", *(f"indicators[{at}].{path}" for at in (1, 2) for path in ("weight", "score"))}
    assert slips == doubted(entry) & slips


def test_letters_in_a_name_stay_letters():
    assert "O3浓度" in [item["name"] for item in entries(EVALUATION.replace("水质", "O3 浓度"))[0].lists["indicators"]]


def specked(form: str, every: int) -> str:
    return "\n".join(f"{'|' if at % every == 3 else ''}{line}{' ·' if at % every == 5 else ''}" for at, line in enumerate(form.splitlines()))


def test_specks_at_the_ends_of_lines_are_no_text_and_are_told():
    found = read(specked(FORM, 6))
    assert data(PLAIN) == data(next(iter(found.entries)))
    assert ["specks"] == [repair.code for repair in found.source.repairs]


def test_a_few_such_marks_are_meant():
    assert "specks" not in [repair.code for repair in read(specked(FORM, 20)).source.repairs]


def test_bars_of_rows_that_were_broken_are_no_text():
    # | 项目名称 | 河道保洁 | 项目性质 | 经常性 |   with the ends of lines behind the captions of a table
    found = without_specks(split("| 项目名称\n| 河道保洁 | 项目性质 | 经常性 |\n| 主管部门\n| 水务局 | | 实施单位\n甲|乙 项目"))
    assert ["项目名称", "河道保洁", "项目性质", "经常性", "主管部门", "水务局", "实施单位", "甲|乙", "项目"] == [atom.text for atom in found.atoms]
    assert [1, 3, 4, 4, 4] == [number for number, _ in found.specks]


def test_bars_where_no_row_is_between_bars_may_be_meant():
    assert "|" in [atom.text for atom in without_specks(split("| 项目名称\n河道保洁 项目")).atoms]


def marked(*lines: int) -> str:
    """The form with the letters of a watermark on lines of their own, before these lines."""
    made = FORM.splitlines()
    for at, letter in sorted(zip(lines, "内部文件", strict=False), reverse=True):
        made.insert(at, letter)
    return "\n".join(made)


def test_a_letter_of_a_watermark_that_a_value_took_is_doubted():
    entry = entries(marked(3, 6, 9))[0]
    assert ["部", "文"] == [one.text for one in entry.source.leftover]
    assert "特定目标类内" == entry.values["project.category"]
    assert "project.category" in doubted(entry)


def test_a_letter_alone_is_the_end_of_a_word():
    entry = entries(FORM.replace("特定目标类", "特定目标\n类"))[0]
    assert data(PLAIN) == data(entry)
    assert "project.category" not in doubted(entry)


def letters_apart(form: str) -> str:
    """The form as a viewer copies it: one blank behind every letter, two behind a cell."""
    return "\n".join("  ".join(" ".join(cell) for cell in line.split(" ")) for line in form.splitlines())


def test_where_digits_stand_apart_too_wider_gaps_part_the_cells():
    assert data(PLAIN) == data(entries(letters_apart(FORM))[0])
    assert not doubted(entries(letters_apart(FORM))[0]) - doubted(PLAIN)


def stamped(*senders: str) -> str:
    """The form as a chat shows it, with a line that says who sent the next ones before every fifth."""
    lines = FORM.splitlines()
    for number, sender in sorted(enumerate(senders), reverse=True):
        lines.insert(5 * number, f"{sender} 2025/3/2 15:0{number}")
    return "\n".join(lines)


def test_who_sent_a_message_when_is_no_text_of_the_form_and_is_told():
    found = read(stamped("小赵", "小赵", "小赵", "小赵"))
    assert data(PLAIN) == data(next(iter(found.entries)))
    assert ["stamps"] == [repair.code for repair in found.source.repairs]


def test_rows_with_a_day_and_a_time_are_rows():
    text = FORM.replace("检查次数 ≥12(次)", "开工时间 2024-03-01 09:00").replace("检查人数 ≥30(人)", "完工时间 2024-11-30 18:00")
    assert "stamps" not in [repair.code for repair in read(text).source.repairs]


def test_dots_that_stand_alone_at_the_ends_of_lines_are_specks():
    text = "\n".join(f"{line}{' .' if at % 4 == 1 else ''}" for at, line in enumerate(FORM.splitlines()))
    assert data(PLAIN) == data(entries(text)[0])


def test_a_misreading_that_two_words_share_is_of_neither():
    assert {} == {slip: word for slip, word in _slips(frozenset({"日级指标", "目级指标"})).items() if slip == "曰级指标"}
    assert "日级指标" == _slips(frozenset({"日级指标"}))["曰级指标"]
