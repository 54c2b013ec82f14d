"""A list of expected units against what came."""

import pytest

from tests.rollup.drawn import rolled, said
from xltool.rollup.model import Expected

GOAL = "聘请专家对定点机构开展现场检查，保障基金安全规范有效使用"
ROWS = "a=1次 b=2次 c=3次 d=4次 e=5次"


def asked(picture: str, *names: str) -> Expected:
    """What a list of these units says of the forms drawn."""
    found = rolled(picture, expected=names).expected
    assert found
    return found


def test_missing_unexpected_and_loosely_matched_units_are_named():
    found = asked(
        """
        | 项目 | 金额 | 单位 |
        | 一 | 1 | 某市教育局（本级） |
        | 二 | 2 | 103-某市 档案馆（盖章） |
        | 三 | 3 | 某市科学馆 |
        """,
        "某市教育局", "某市档案馆", "某市图书馆", "",
    )  # fmt: skip
    assert (("某市图书馆",), ("某市科学馆",), ()) == (found.missing, found.unexpected, found.twice)
    assert (("某市教育局", "某市教育局（本级）"), ("某市档案馆", "103-某市 档案馆（盖章）")) == found.matched
    assert (("某市教育局", "某市教育局（本级）"),) == found.loosely


def test_a_unit_is_known_without_its_code_however_that_is_written():
    found = asked("| 项目 | 金额 | 单位 |\n| 一 | 1 | 某市水务局 |\n| 二 | 2 | 120急救中心 |", "[103001]某市水务局", "120急救中心")
    assert ((), ()) == (found.missing, found.unexpected)
    for code in ("103001 ", "【103001】", "（103001）", "103001-", "103001—"):
        assert ((), ("120急救中心",)) == ((found := asked("| 项目 | 金额 | 单位 |\n| 一 | 1 | 某市水务局 |\n| 二 | 2 | 120急救中心 |", f"{code}某市水务局")).missing, found.unexpected), code


def test_a_name_that_is_short_for_another_is_said_and_not_matched():
    picture = "| 项目 | 金额 | 单位 |\n| 一 | 1 | 某市文旅局 |\n| 二 | 2 | 某市第十一中学 |\n| 三 | 3 | 某市卫生健康委员会（本级） |\n| 四 | 4 | 水务局 |"
    found = asked(picture, "某市文化和旅游局", "某市第一中学", "某市卫健委", "某市水务局（本级）", "某市城管局")
    assert (("某市文化和旅游局", "某市文旅局"), ("某市卫健委", "某市卫生健康委员会（本级）"), ("某市水务局（本级）", "水务局")) == found.perhaps
    assert () == found.matched


@pytest.mark.parametrize(
    ("listed", "came", "short"),
    [
        pytest.param("市第一中学", "某市第一中学", True, id="a numeral that both have"),
        pytest.param("市党员会", "市直党员会", True, id="员会 is no 委员会"),
        pytest.param("党校", "县委党校", False, id="two characters"),
        pytest.param("市第一中学", "市第二第一中学", False, id="a numeral that one has more"),
    ],
)
def test_a_short_name_has_three_characters_and_leaves_out_no_numeral(listed, came, short):
    for one, other in ((listed, came), (came, listed)):
        assert (((one, other),) if short else ()) == asked(f"| 项目 | 金额 | 单位 |\n| 一 | 1 | {other} |", one).perhaps


def test_names_that_may_be_short_for_one_are_said_in_one_order_whatever_order_they_came_in():
    short = ["市健康委", "市卫健委", "市卫康委", "市卫生委", "市生健委", "市生康委"]
    for came in (short, short[::-1]):
        picture = "\n".join(("| 项目 | 金额 | 单位 |", *(f"| {name} | {number} | {name} |" for number, name in enumerate(came, 1))))
        assert tuple(("某市卫生健康委员会", name) for name in sorted(short)) == asked(picture, "某市卫生健康委员会").perhaps


def test_a_unit_that_came_under_its_own_name_is_not_looked_for_under_another():
    """What is on the list word for word is that unit; another that came beside it stays unexpected, and nothing is short for it."""
    found = asked("| 项目 | 金额 | 单位 |\n| 一 | 1 | 某市教育局 |\n| 二 | 2 | 某市教育局（本级） |", "某市教育局")
    assert ((("某市教育局", "某市教育局"),), (), ("某市教育局（本级）",)) == (found.matched, found.loosely, found.unexpected)
    found = asked("| 项目 | 金额 | 单位 |\n| 一 | 1 | 某市文化和旅游局 |\n| 二 | 2 | 某市文旅局 |", "某市文化和旅游局")
    assert ((), ("某市文旅局",)) == (found.perhaps, found.unexpected)


def test_a_bureau_and_its_own_level_on_one_list_are_two():
    found = asked("| 项目 | 金额 | 单位 |\n| 一 | 1 | 某市教育局（本级） |", "某市教育局", "某市教育局（本级）")
    assert (("某市教育局",), ()) == (found.missing, found.loosely)


def test_two_names_that_would_match_one_unit_loosely_match_none():
    found = asked("| 项目 | 金额 | 单位 |\n| 一 | 1 | 某市教育局（本级） |", "某市教育局", "某市教育局（机关）")
    assert (("某市教育局", "某市教育局（机关）"), ("某市教育局（本级）",)) == (found.missing, found.unexpected)


def test_a_unit_whose_project_came_in_two_files_came_twice():
    picture = f"""
        | 项目 | 金额 | 目标 | 指标 | 文件 | 单位 |
        | 检查 | 300 | {GOAL} | {ROWS} | a.xlsx | 甲 |
        | 检查 | {{amount}} | {GOAL} | {ROWS} | {{file}} | 甲 |
        | 检查 | 300 | {GOAL} | {ROWS} | c.xlsx | 乙 |
    """
    for amount, file, twice in (("300", "b.xlsx", ("甲",)), ("350", "b.xlsx", ("甲",)), ("300", "a.xlsx", ())):
        assert twice == asked(picture.format(amount=amount, file=file), "甲", "乙").twice


def test_a_unit_whose_parent_and_sub_projects_came_in_several_files_came_once():
    picture = f"""
        | 项目 | 金额 | 目标 | 指标 | 文件 |
        | 监管 | 500 | 1、{GOAL}；2、开展财务审计，规范资金使用管理 | {ROWS} f=6次 | a.xlsx |
        | 检查 | 300 | {GOAL} | {ROWS} | b.xlsx |
        | 审计 | 200 | 开展财务审计，规范资金使用管理 | f=6次 | c.xlsx |
    """
    assert ["parent certain: 监管 > 检查 + 审计"] == said(rolled(picture))
    assert () == asked(picture, "甲中心").twice
