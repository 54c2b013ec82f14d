"""Which forms hold the same money: each guard of the search by the smallest forms that show it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.rollup.drawn import net, rolled, said, signatures
from xltool.rollup import Decisions, rollup
from xltool.rollup.model import Difference
from xltool.rollup.relations import relation_key
from xltool.surfaces.rollup_writer import relations as relations_sheet

GOAL = "聘请专家对定点机构开展现场检查，保障基金安全规范有效使用"
OTHER = "委托会计师事务所完成年度专项审计，推动问题整改落实到位"
THIRD = "面向社区居民举办宣传活动并发放手册，提高政策知晓率"


def test_a_parent_is_found_by_sum_indicators_and_numbered_goal():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 |
        | 监管 | 500 | 1、{GOAL}。2、{OTHER}。 | a=1次 b=2次 c=3次 d=4次 e=5次 f=6次 |
        | 审计 | 200 | {OTHER} | d=4次 e=5次 f=6次 |
    """)
    assert ["parent certain: 监管 > 检查 + 审计"] == said(found)
    assert Decimal(500) == net(found)
    (relation,) = found.relations
    assert {"sum-equal", "rows-cover", "goal-numbered", "rows-within", "goal-within"} == {piece.code for piece in relation.evidence}
    assert "金额等于 2 个子项目之和：500.00 = 300.00 + 200.00" == relation.evidence[0].text("zh")
    assert {"amount": Decimal(500)} == dict(relation.eliminated)
    assert ["counted", "eliminated", "counted"] == [row.standing for row in found.rows]
    (tree,) = found.trees
    assert (1, [0, 2]) == (tree.row, [below.row for below in tree.below])


def test_a_sum_alone_is_no_parent():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 |
        | 宣传 | 500 | {THIRD} | g=1次 h=2次 i=3次 |
        | 审计 | 200 | {OTHER} | d=4次 e=5次 f=6次 |
    """)
    assert [] == said(found)
    assert Decimal(1000) == net(found)


def test_indicators_alone_show_a_parent_where_each_sub_project_has_its_own():
    found = rolled("""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 300 | | a=1次 b=2次 c=3次 |
        | 监管 | 500 | | a=1次 b=2次 c=3次 d=4次 e=5次 f=6次 |
        | 审计 | 200 | | d=4次 e=5次 f=6次 |
    """)
    assert ["parent certain: 监管 > 检查 + 审计"] == said(found)


def test_goals_alone_show_a_parent():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 300 | {GOAL} | |
        | 监管 | 500 | {GOAL}；{OTHER} | |
        | 审计 | 200 | {OTHER} | |
    """)
    assert ["parent certain: 监管 > 检查 + 审计"] == said(found)


def test_forms_of_one_template_are_no_parent_and_sub_projects():
    found = rolled("""
        | 项目 | 金额 | 目标 | 指标 |
        | 东街绿化 | 300 | | a=1次 b=2次 c=3次 d=4次 |
        | 西街绿化 | 200 | | a=1次 b=2次 c=3次 d=4次 |
        | 滨河公园 | 500 | | a=1次 b=2次 c=3次 d=4次 e=5次 |
    """)
    assert [] == said(found)


def test_where_several_combinations_make_the_amount_a_parent_is_doubtful():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 一事 | 300 | {GOAL} | a=1次 b=2次 c=3次 |
        | 二事 | 300 | {OTHER} | d=1次 e=2次 f=3次 |
        | 三事 | 200 | {THIRD} | g=1次 h=2次 i=3次 |
        | 总事 | 500 | 1、{GOAL}。2、{OTHER}。3、{THIRD}。 | a=1次 b=2次 c=3次 d=1次 e=2次 f=3次 g=1次 h=2次 i=3次 |
    """)
    assert ["doubtful"] == [one.certainty for one in found.relations]
    assert "sum-several" in {piece.code for piece in found.relations[0].evidence}
    assert Decimal(1300) == net(found)


def test_a_parent_whose_money_does_not_add_up_is_doubtful_and_named():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 |
        | 监管 | 600 | 1、{GOAL}。2、{OTHER}。3、{THIRD}。 | a=1次 b=2次 c=3次 d=4次 e=5次 f=6次 g=7次 |
        | 审计 | 200 | {OTHER} | d=4次 e=5次 f=6次 |
    """)
    assert ["parent doubtful: 监管 > 检查 + 审计"] == said(found)
    assert Decimal(1100) == net(found)
    assert "sum-other" == found.relations[0].evidence[0].code
    assert "子项目合计 500.00 元，上级项目 600.00 元，相差 100.00 元" == found.relations[0].evidence[0].text("zh")
    assert [(found.relations[0].key,)] * 3 == [row.doubts for row in found.rows]


@pytest.mark.parametrize(
    ("first", "second", "gap"),
    [("900", "200", "-500.00"), ("900", "800", "-1,100.00"), ("601", "1", "-2.00")],
    ids=["one above it", "both above it", "one a little above it"],
)
def test_a_parent_whose_sub_projects_grew_above_its_amount_is_doubtful_and_named(first, second, gap):
    picture = f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | {first} | {GOAL} | a=1次 b=2次 c=3次 |
        | 监管 | 600 | 1、{GOAL}。2、{OTHER}。3、{THIRD}。 | a=1次 b=2次 c=3次 d=4次 e=5次 f=6次 g=7次 |
        | 审计 | {second} | {OTHER} | d=4次 e=5次 f=6次 |
    """
    found = rolled(picture)
    assert ["parent doubtful: 监管 > 检查 + 审计"] == said(found)
    assert f"相差 {gap} 元" in found.relations[0].evidence[0].text("zh")
    assert Decimal(600) + Decimal(first) + Decimal(second) == net(found)
    confirmed = rolled(picture, decisions=Decisions({found.relations[0].key: "confirm"}))
    assert Decimal(first) + Decimal(second) == net(confirmed)


def test_a_project_that_says_more_for_less_money_is_changed_and_no_parent():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 900 | {GOAL} | a=1次 b=2次 c=3次 |
        | 检查 | 600 | 1、{GOAL}。2、{OTHER}。 | a=1次 b=2次 c=3次 d=4次 e=5次 f=6次 |
    """)
    assert ["near doubtful: 检查 = 检查"] == said(found)


def test_sub_projects_that_make_the_amount_are_certain_beside_a_larger_form_that_the_parent_contains():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 |
        | 监管 | 500 | 1、{GOAL}。2、{OTHER}。3、{THIRD}。 | a=1次 b=2次 c=3次 d=4次 e=5次 f=6次 g=7次 |
        | 审计 | 200 | {OTHER} | d=4次 e=5次 f=6次 |
        | 宣传 | 900 | {THIRD} | a=1次 b=2次 g=7次 |
    """)
    assert ["parent certain: 监管 > 检查 + 审计"] == said(found)


def test_a_confirmed_parent_keeps_the_money_that_its_sub_projects_do_not_carry():
    picture = f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 |
        | 监管 | 600 | 1、{GOAL}。2、{OTHER}。3、{THIRD}。 | a=1次 b=2次 c=3次 d=4次 e=5次 f=6次 g=7次 |
        | 审计 | 200 | {OTHER} | d=4次 e=5次 f=6次 |
    """
    key = rolled(picture).relations[0].key
    found = rolled(picture, decisions=Decisions({key: "confirm"}))
    assert Decimal(600) == net(found)
    assert ["counted", "partly", "counted"] == [row.standing for row in found.rows]


def test_a_parent_of_a_parent_holds_that_parent_and_not_what_is_below_it():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 |
        | 审计 | 200 | {OTHER} | d=4次 e=5次 f=6次 |
        | 宣传 | 100 | {THIRD} | g=1次 h=2次 i=3次 |
        | 监管 | 500 | 1、{GOAL}。2、{OTHER}。 | a=1次 b=2次 c=3次 d=4次 e=5次 f=6次 |
        | 全局 | 600 | 1、{GOAL}。2、{OTHER}。3、{THIRD}。 | a=1次 b=2次 c=3次 d=4次 e=5次 f=6次 g=1次 h=2次 i=3次 |
    """)
    assert {"parent certain: 监管 > 检查 + 审计", "parent certain: 全局 > 宣传 + 监管"} == set(said(found))
    assert Decimal(600) == net(found)
    (tree,) = found.trees
    assert (4, {2: [], 3: [0, 1]}) == (tree.row, {below.row: [leaf.row for leaf in below.below] for below in tree.below})


def test_sub_projects_of_other_units_are_certain_below_a_parent_of_the_department_alone():
    picture = f"""
        | 项目 | 金额 | 目标 | 指标 | 单位 |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 | 甲中心 |
        | 监管 | 500 | 1、{GOAL}。2、{OTHER}。 | a=1次 b=2次 c=3次 d=4次 e=5次 f=6次 | {{unit}} |
        | 审计 | 200 | {OTHER} | d=4次 e=5次 f=6次 | 乙中心 |
    """
    assert ["parent certain: 监管 > 检查 + 审计"] == said(rolled(picture.format(unit="某局（本级）")))
    assert "units-below" in {piece.code for piece in rolled(picture.format(unit="某局")).relations[0].evidence}
    apart = rolled(picture.format(unit="丙中心"))
    assert ["parent doubtful: 监管 > 检查 + 审计"] == said(apart)
    assert "子项目属于其他单位或其他主管部门：乙中心、甲中心" == apart.relations[0].evidence[-1].text("zh")
    assert (Decimal(1000), ["units-apart"]) == (net(apart), [piece.code for piece in apart.relations[0].evidence if piece.code.startswith("units")])
    assert [] == said(rolled(picture.replace("| 500 |", "| 501 |").format(unit="丙中心")))


def test_a_parent_lists_sub_projects_of_its_own_unit_and_of_another_department():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 | 单位 | 部门 |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 | 甲中心 | 某局 |
        | 监管 | 500 | 1、{GOAL}。2、{OTHER}。 | a=1次 b=2次 c=3次 d=4次 e=5次 f=6次 | 甲中心 | 某局 |
        | 审计 | 200 | {OTHER} | d=4次 e=5次 f=6次 | 乙中心 | 另局 |
    """)
    assert ["parent doubtful: 监管 > 检查 + 审计"] == said(found)
    assert Decimal(1000) == net(found)


def test_goals_and_sum_alone_name_sub_projects_of_other_units():
    picture = f"""
        | 项目 | 金额 | 目标 | 指标 | 单位 |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 | 甲中心 |
        | 审计 | {{amount}} | {OTHER} | d=4次 e=5次 f=6次 | 乙中心 |
        | 监管 | 500 | 1、{GOAL}。2、{OTHER}。 | g=1次 h=2次 | 丙中心 |
    """
    assert ["parent doubtful: 监管 > 检查 + 审计"] == said(rolled(picture.format(amount=200)))
    assert [] == said(rolled(picture.format(amount=500)))


def test_sub_projects_of_other_units_have_money_and_stand_in_the_order_of_the_rows():
    """The form without an amount is listed too, and its nothing would fit every sum."""
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 | 单位 |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 | 甲中心 |
        | 审计 | 200 | {OTHER} | d=4次 e=5次 f=6次 | 乙中心 |
        | 宣传 | | {THIRD} | g=1次 h=2次 i=3次 | 丁中心 |
        | 监管 | 500 | 1、{THIRD}。2、{OTHER}。3、{GOAL}。 | x=1次 y=2次 | 丙中心 |
    """)
    assert ["parent doubtful: 监管 > 检查 + 审计"] == said(found)


def test_of_several_ways_to_make_the_amount_by_other_units_the_first_is_named_and_doubted():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 | 单位 |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 | 甲中心 |
        | 审计 | 200 | {OTHER} | d=4次 e=5次 f=6次 | 乙中心 |
        | 宣传 | 200 | {THIRD} | g=1次 h=2次 i=3次 | 丁中心 |
        | 监管 | 500 | 1、{GOAL}。2、{OTHER}。3、{THIRD}。 | x=1次 y=2次 | 丙中心 |
    """)
    assert ["parent doubtful: 监管 > 检查 + 审计"] == said(found)
    assert "sum-several" in {piece.code for piece in found.relations[0].evidence}


@pytest.mark.parametrize(("units", "parents"), [("甲乙丙丁", ["parent doubtful: 监管 > 检查 + 审计"]), ("甲乙丙丁戊", [])], ids=["four", "five"])
def test_of_a_goal_that_more_than_four_units_share_nobody_can_tell_whose_it_is(units, parents):
    rows = "".join(f"\n        | 检查 | 300 | {GOAL} | {unit}=1次 | {unit}中心 |" for unit in units)
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 | 单位 |{rows}
        | 审计 | 200 | {OTHER} | d=4次 e=5次 f=6次 | 庚中心 |
        | 监管 | 500 | 1、{GOAL}。2、{OTHER}。 | x=1次 y=2次 | 辛中心 |
    """)
    assert parents == [one for one in said(found) if one.startswith("parent")]


def test_a_goal_that_many_units_share_makes_none_of_them_a_sub_project():
    rows = "".join(f"\n        | 检查 | 100 | {GOAL} | a=1次 b=2次 c=3次 | {unit}中心 |" for unit in "甲乙丙丁戊己")
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 | 单位 |{rows}
        | 监管 | 200 | 1、{GOAL}。2、{OTHER}。 | a=1次 b=2次 c=3次 d=4次 | 辛中心 |
    """)
    assert [] == [one for one in said(found) if one.startswith("parent")]


def test_two_parents_that_share_a_sub_project_are_named_with_all_of_theirs():
    picture = f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 |
        | 审计 | 200 | {OTHER} | d=4次 e=5次 f=6次 |
        | 宣传 | 100 | {THIRD} | g=1次 h=2次 i=3次 |
        | 一期 | 500 | 1、{GOAL}。2、{OTHER}。 | a=1次 b=2次 c=3次 d=4次 e=5次 f=6次 |
        | 二期 | 300 | 1、{OTHER}。2、{THIRD}。 | d=4次 e=5次 f=6次 g=1次 h=2次 i=3次 |
    """
    found = rolled(picture)
    assert ["parent certain: 二期 > 审计 + 宣传", "parent doubtful: 一期 > 检查 + 审计"] == sorted(said(found))
    doubtful = next(one for one in found.relations if one.certainty == "doubtful")
    assert ("sum-equal", "shared-below", "“审计”同时也是“二期”的子项目") == (doubtful.evidence[0].code, doubtful.evidence[-1].code, doubtful.evidence[-1].text("zh"))
    assert Decimal(1100) == net(found)
    assert Decimal(600) == net(rolled(picture, decisions=Decisions({doubtful.key: "confirm"})))


def test_the_total_of_a_units_other_forms_is_doubtful():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 301 | {GOAL} | a=1次 |
        | 审计 | 202 | {OTHER} | d=4次 |
        | 宣传 | 103 | {THIRD} | g=4次 |
        | 合计 | 606 | 完成年度各项工作 | x=1次 |
    """)
    assert ["parent doubtful: 合计 > 检查 + 审计 + 宣传"] == said(found)
    assert ["sum-of-all"] == [piece.code for piece in found.relations[0].evidence]
    assert Decimal(1212) == net(found)


ROWS = "a=1次 b=2次 c=3次 d=4次 e=5次"


def test_a_form_twice_counts_once_whatever_file_it_came_in():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 | 文件 |
        | 检查 | 300 | {GOAL} | {ROWS} | a.xlsx |
        | 检查 | 300 | {GOAL} | {ROWS} | b.xlsx |
        | 检查 | 300 | {GOAL} | {ROWS} | b.xlsx |
    """)
    assert ["twice certain: 检查 = 检查 = 检查"] == said(found)
    assert Decimal(300) == net(found)
    assert ["counted", "eliminated", "eliminated"] == [row.standing for row in found.rows]
    assert {"content-same", "files-two"} == {piece.code for piece in found.relations[0].evidence}


def test_of_near_doubles_the_first_by_content_hash_counts_and_the_difference_is_shown():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 d=4次 效能=提升 |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 d=4次 效能=提高 |
    """)
    assert ["near certain: 检查 = 检查"] == said(found)
    (relation,) = found.relations
    assert relation.head == min((0, 1), key=lambda row: found.rows[row].signature.hash)
    (difference,) = relation.differences
    words = ("提升", "提高") if relation.head == 0 else ("提高", "提升")
    assert (relation.members[0], "target", 5, *words) == (difference.row, difference.field, difference.item, difference.counted, difference.other)
    assert {"name-same", "money-same", "rows-alike", "goal-same", "file-one"} == {piece.code for piece in relation.evidence}
    assert Decimal(300) == net(found)


def test_the_same_content_under_another_name_is_one_project():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 外聘法律顾问 | 300 | {GOAL} | {ROWS} |
        | 法律咨询与服务 | 300 | {GOAL} | {ROWS} |
    """)
    assert ["near certain: 外聘法律顾问 = 法律咨询与服务"] == said(found)
    assert {"name-other", "money-same", "rows-same", "goal-same", "file-one"} == {piece.code for piece in found.relations[0].evidence}
    assert {"project"} == {one.field for one in found.relations[0].differences}


def test_a_name_that_holds_the_other_may_come_with_another_word():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 宣传与推广 | 300 | {GOAL} | {ROWS} |
        | 医保宣传与推广 | 300 | {GOAL} | {ROWS.replace("5", "6")} |
    """)
    assert ["near certain: 医保宣传与推广 = 宣传与推广"] == said(found)
    assert "name-within" in {piece.code for piece in found.relations[0].evidence}


@pytest.mark.parametrize(
    ("first", "second"),
    [("道路维修一标段", "道路维修二标段"), ("东校区修缮工程", "西校区修缮工程"), ("泵站改造", "泵站改造（二期）"), ("2023年度补贴", "2024年度补贴")],
    ids=["sections", "places", "a second phase", "years"],
)
def test_lots_of_one_kind_both_count_and_are_named(first, second):
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | {first} | 300 | {GOAL} | {ROWS} |
        | {second} | 300 | {GOAL} | {ROWS} |
    """)
    assert ["doubtful"] == [one.certainty for one in found.relations]
    assert "name-parallel" in {piece.code for piece in found.relations[0].evidence}
    assert Decimal(600) == net(found)


@pytest.mark.parametrize(
    ("first", "second", "goal"),
    [(ROWS, "x=1次 y=2次 z=3次 v=4次 w=5次", GOAL), (ROWS, ROWS, OTHER), ("a=1次 b=2次", "a=1次 b=2次", GOAL)],
    ids=["other indicators", "another goal", "too few indicators"],
)
def test_the_same_money_under_another_name_is_no_double_by_half_of_the_content(first, second, goal):
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 300 | {GOAL} | {first} |
        | 培训 | 300 | {goal} | {second} |
    """)
    assert [] == said(found)


def test_a_goal_that_anybody_could_have_makes_no_double():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 300 | 保障工作正常开展 | {ROWS} |
        | 培训 | 300 | 保障工作正常开展 | {ROWS} |
    """)
    assert [] == said(found)


@pytest.mark.parametrize("column", ["单位", "年度"])
def test_forms_of_other_units_and_years_are_no_doubles(column):
    cells = {"单位": ("甲中心", "乙中心"), "年度": ("2024", "2025")}[column]
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 | {column} |
        | 检查 | 300 | {GOAL} | {ROWS} | {cells[0]} |
        | 检查 | 300 | {GOAL} | {ROWS} | {cells[1]} |
    """)
    assert [] == said(found)


def test_a_project_of_the_department_and_of_its_unit_is_doubtful():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 | 单位 |
        | 检查 | 300 | {GOAL} | {ROWS} | 某局（本级） |
        | 检查 | 300 | {GOAL} | {ROWS} | 甲中心 |
    """)
    assert ["near doubtful: 检查 = 检查"] == said(found)
    assert "unit-other" in {piece.code for piece in found.relations[0].evidence}


def test_the_same_form_without_its_unit_is_doubtful_and_says_that_it_has_none():
    one, other = signatures(f"""
        | 项目 | 金额 | 目标 | 指标 | 单位 |
        | 检查 | 300 | {GOAL} | {ROWS} | 某局（本级） |
        | 检查 | 300 | {GOAL} | {ROWS} | 甲中心 |
    """)
    found = rollup([one, replace(other, unit="", unit_key="")])
    assert ["near doubtful: 检查 = 检查"] == said(found)
    assert {"unit-blank"} == {piece.code for piece in found.relations[0].evidence if piece.code.startswith("unit-")}


def test_one_name_and_amount_with_another_content_is_doubtful():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 设备购置 | 300 | {GOAL} | {ROWS} |
        | 设备购置 | 300 | {OTHER} | x=1次 y=2次 z=3次 |
    """)
    assert ["near doubtful: 设备购置 = 设备购置"] == said(found)
    assert {"rows-alike", "goal-other"} <= {piece.code for piece in found.relations[0].evidence}


def test_one_name_with_other_days_is_doubtful():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 | 开始 |
        | 设备购置 | 300 | {GOAL} | {ROWS} | 2024-01-01 |
        | 设备购置 | 300 | {GOAL} | {ROWS} | 2024-07-01 |
    """)
    assert ["near doubtful: 设备购置 = 设备购置"] == said(found)


@pytest.mark.parametrize(("file", "goal", "expected"), [("b.xlsx", OTHER, 1), ("a.xlsx", GOAL + "等", 1), ("a.xlsx", OTHER, 0)], ids=["another file", "alike", "other work"])
def test_a_project_whose_money_changed_counts_twice_and_is_named(file, goal, expected):
    rows = ROWS if goal != OTHER else "x=1次 y=2次 z=3次"
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 | 文件 |
        | 检查 | 300 | {GOAL} | {ROWS} | a.xlsx |
        | 检查 | 350 | {goal} | {rows} | {file} |
    """)
    assert ["near doubtful: 检查 = 检查"] * expected == said(found)
    assert Decimal(650) == net(found)
    for relation in found.relations:
        assert "money-changed" in {piece.code for piece in relation.evidence}


def test_a_sub_project_of_the_same_name_is_no_changed_double():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 监管 | 300 | {GOAL} | a=1次 b=2次 c=3次 |
        | 监管 | 500 | 1、{GOAL}。2、{OTHER}。 | a=1次 b=2次 c=3次 d=4次 e=5次 f=6次 |
        | 审计 | 200 | {OTHER} | d=4次 e=5次 f=6次 |
    """)
    assert ["parent certain: 监管 > 监管 + 审计"] == said(found)


def test_a_child_counted_twice_is_one_child():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 |
        | 监管 | 500 | 1、{GOAL}。2、{OTHER}。 | a=1次 b=2次 c=3次 d=4次 e=5次 f=6次 |
        | 审计 | 200 | {OTHER} | d=4次 e=5次 f=6次 |
    """)
    assert {"twice certain: 检查 = 检查", "parent certain: 监管 > 检查 + 审计"} == set(said(found))
    assert Decimal(500) == net(found)


def test_empty_forms_are_not_doubles():
    found = rolled("""
        | 项目 | 金额 | 目标 | 指标 |
        | | | | |
        | | | | |
    """)
    assert [] == said(found)


def test_a_parent_keeps_the_part_that_its_sub_projects_leave_empty():
    found = rolled(f"""
        | 项目 | 金额 | 拨款 | 目标 | 指标 |
        | 检查 | 300 | | {GOAL} | a=1次 b=2次 c=3次 |
        | 监管 | 500 | 500 | 1、{GOAL}。2、{OTHER}。 | a=1次 b=2次 c=3次 d=4次 e=5次 f=6次 |
        | 审计 | 200 | | {OTHER} | d=4次 e=5次 f=6次 |
    """)
    total = found.registers[0].total
    assert {"amount": Decimal(500), "fiscal": Decimal(500)} == dict(total.net)
    assert {"amount": Decimal(500), "fiscal": Decimal(0)} == dict(total.eliminated)


def test_a_relations_key_does_not_depend_on_where_its_forms_stand():
    assert relation_key("near", ["b", "a"]) == relation_key("near", ["a", "b"])
    assert relation_key("near", ["a", "b"]) != relation_key("parent", ["b"], "a")


def test_half_of_a_goal_and_the_name_in_the_parents_text_are_evidence():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查工作 | 300 | {GOAL}，另行开展回访 | a=1次 b=2次 c=3次 |
        | 监管 | 500 | 做好检查工作，{GOAL}。{OTHER}。 | a=1次 b=2次 c=3次 d=4次 e=5次 f=6次 |
        | 审计工作 | 200 | {OTHER} | d=4次 e=5次 f=6次 |
    """)
    assert ["parent certain: 监管 > 检查工作 + 审计工作"] == said(found)
    told = [piece.text("zh") for piece in found.relations[0].evidence]
    assert "“检查工作”的绩效目标有 66% 写在上级项目的目标里" in told
    assert "上级项目的文字中提到“检查工作”" in told
    assert {"goal-partly", "name-listed"} <= {piece.code for piece in found.relations[0].evidence}


def test_a_goal_with_another_word_is_alike_and_the_spot_is_shown():
    long = GOAL + "，" + OTHER + "，" + THIRD
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 300 | {long} | {ROWS} |
        | 检查 | 300 | {long.replace("年度", "季度")} | {ROWS} |
    """)
    assert ["near certain: 检查 = 检查"] == said(found)
    assert "goal-alike" in {piece.code for piece in found.relations[0].evidence}
    (difference,) = found.relations[0].differences
    assert {"…用，委托会计师事务所完成年度专项审计，推动问题整改…", "…用，委托会计师事务所完成季度专项审计，推动问题整改…"} == {difference.counted, difference.other}


def test_two_indicators_each_are_too_few_to_be_certain_and_the_relation_is_named_once():
    found = rolled("""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 301 | | a=1次 b=2次 |
        | 审计 | 202 | | c=3次 d=4次 |
        | 宣传 | 103 | | e=5次 f=6次 |
        | 监管 | 606 | | a=1次 b=2次 c=3次 d=4次 e=5次 f=6次 |
    """)
    assert ["parent doubtful: 监管 > 检查 + 审计 + 宣传"] == said(found)
    assert Decimal(1212) == net(found)


def test_an_only_sub_project_is_certain_by_goal_and_indicators_together():
    picture = """
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 300 | {child} | a=1次 b=2次 c=3次 |
        | 监管 | 300 | {parent} | a=1次 b=2次 c=3次 d=4次 e=5次 |
    """
    assert ["parent certain: 监管 > 检查"] == said(rolled(picture.format(child=GOAL, parent=f"{GOAL}，{OTHER}")))
    assert ["parent doubtful: 监管 > 检查"] == said(rolled(picture.format(child="", parent="")))


def test_one_goal_for_all_sub_projects_shows_no_parent_for_certain():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 东片 | 300 | {GOAL} | x=1次 |
        | 西片 | 200 | {GOAL} | y=1次 |
        | 全区 | 500 | {GOAL}，{OTHER} | z=1次 |
    """)
    assert ["parent doubtful: 全区 > 东片 + 西片"] == said(found)


def test_sub_projects_of_other_units_by_indicators_alone_are_doubtful():
    found = rolled("""
        | 项目 | 金额 | 目标 | 指标 | 单位 |
        | 检查 | 300 | | a=1次 b=2次 c=3次 | 甲中心 |
        | 监管 | 500 | | a=1次 b=2次 c=3次 d=4次 e=5次 f=6次 | 某局 |
        | 审计 | 200 | | d=4次 e=5次 f=6次 | 乙中心 |
    """)
    assert ["parent doubtful: 监管 > 检查 + 审计"] == said(found)


def test_one_template_with_an_indicator_more_holds_no_other_form():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 300 | {GOAL} | {ROWS} |
        | 监管 | 900 | {GOAL} | {ROWS} f=6次 |
    """)
    assert [] == said(found)


def test_nothing_is_no_sum():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 0 | {GOAL} | a=1次 b=2次 c=3次 |
        | 监管 | 0 | {GOAL}，{OTHER} | a=1次 b=2次 c=3次 d=4次 e=5次 |
    """)
    assert [] == said(found)


@pytest.mark.parametrize(
    ("name", "rows"), [("检查", ROWS.replace("5", "6")), ("审计", ROWS)], ids=["another word", "another name"]
)
def test_a_unit_and_its_department_share_a_project_only_where_all_is_the_same(name, rows):
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 | 单位 |
        | 检查 | 300 | {GOAL} | {ROWS} | 某局（本级） |
        | {name} | 300 | {GOAL} | {rows} | 甲中心 |
    """)
    assert [] == said(found)


def test_another_name_and_another_word_is_doubtful():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 外聘法律顾问 | 300 | {GOAL} | {ROWS} |
        | 法律咨询与服务 | 300 | {GOAL} | {ROWS.replace("5", "6")} |
    """)
    assert ["near doubtful: 外聘法律顾问 = 法律咨询与服务"] == said(found)


@pytest.mark.parametrize(
    ("goal", "rows", "certainty"),
    [
        (OTHER, ROWS, "doubtful"),
        (GOAL, "x=1次 y=2次 z=3次 v=4次 w=5次", "doubtful"),
        (GOAL.replace("保障基金安全规范有效使用", OTHER[-12:]), "a=1次 b=2次 c=3次 x=1次 y=2次", "doubtful"),
        (GOAL.replace("规范", "合理"), ROWS.replace("5", "6"), "certain"),
    ],
    ids=["another goal", "other indicators", "half of both", "a word of both"],
)
def test_one_name_and_amount_is_certain_where_goal_and_indicators_agree(goal, rows, certainty):
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 300 | {GOAL} | {ROWS} |
        | 检查 | 300 | {goal} | {rows} |
    """)
    assert [f"near {certainty}: 检查 = 检查"] == said(found)


def test_two_forms_are_not_each_the_others_parent():
    """One has an indicator more, the other a longer goal; the officer confirms whatever is proposed."""
    rows = " ".join(f"{name}=1次" for name in "abcdefghij")
    picture = f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 300 | {GOAL} | {rows} k=1次 |
        | 监管 | 300 | {GOAL}，{OTHER}，{THIRD} | {rows} |
    """
    found = rolled(picture)
    found = rolled(picture, decisions=Decisions({one.key: "confirm" for one in found.relations}))
    assert ["parent certain: 监管 > 检查"] == said(found)
    assert Decimal(300) == net(found)


def test_a_ladder_of_parents_ends_in_doubt():
    """Each form holds the one before and an indicator more: nobody has so many levels."""
    rungs = [f"| 事{number:02d} | 300 | {'，'.join(f'完成第{at}类工作任务的全部内容' for at in range(number + 1))} | {' '.join(f'a{at}=1次' for at in range(3 + number))} |" for number in range(60)]
    found = rolled("| 项目 | 金额 | 目标 | 指标 |\n" + "\n".join(rungs))
    deepest = [0] * len(found.rows)
    for one in found.relations:
        if one.kind == "parent" and one.obeyed:
            deepest[one.head] = 1 + max(deepest[row] for row in one.members)
    assert 3 < max(deepest) <= 16
    assert "doubtful" in {one.certainty for one in found.relations}


def test_amounts_that_differ_are_shown_as_people_write_them():
    shown = relations_sheet._said([Difference(1, "amount", 0, "5327000", "5362000.5"), Difference(1, "other", 0, None, "0"), Difference(1, "unit", 0, "甲", "")])
    assert ["5,362,000.5 元 ↔ 5,327,000 元", "0 元 ↔ （没有）", "（空） ↔ “甲”"] == [line.partition("：")[2] for line in shown.split("\n")]


def test_forms_of_one_content_that_are_two_are_two_sub_projects():
    picture = f"""
        | 项目 | 金额 | 目标 | 指标 | 文件 |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 | a.xlsx |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 | b.xlsx |
        | 监管 | 600 | 1、{GOAL}。2、{OTHER}。 | a=1次 b=2次 c=3次 a=1次 b=2次 c=3次 | a.xlsx |
    """
    found = rolled(picture)
    assert (["twice certain: 检查 = 检查"], Decimal(900)) == (said(found), net(found))
    again = rolled(picture, decisions=Decisions({found.relations[0].key: "reject"}))
    assert (["parent doubtful: 监管 > 检查 + 检查", "twice certain: 检查 = 检查"], Decimal(1200)) == (said(again), net(again))


def test_of_two_that_are_doubtfully_one_either_may_be_the_sub_project():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 | 开始 |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 | 2024-01-01 |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 | 2024-02-01 |
        | 监管 | 500 | 1、{GOAL}。2、{OTHER}。 | a=1次 b=2次 c=3次 d=4次 e=5次 f=6次 | |
        | 审计 | 200 | {OTHER} | d=4次 e=5次 f=6次 | |
    """)
    assert (["parent doubtful: 监管 > 检查 + 审计", "near doubtful: 检查 = 检查"], Decimal(1300)) == (said(found), net(found))


def test_relations_stand_in_the_order_of_their_first_rows_and_parents_first():
    found = rolled(f"""
        | 项目 | 金额 | 目标 | 指标 |
        | 审计 | 200 | {OTHER} | d=4次 e=5次 f=6次 |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 |
        | 监管 | 500 | 1、{GOAL}。2、{OTHER}。 | a=1次 b=2次 c=3次 d=4次 e=5次 f=6次 |
        | 宣传 | 70 | {THIRD} | g=4次 h=5次 i=6次 |
        | 宣传 | 70 | {THIRD} | g=4次 h=5次 i=6次 |
        | 检查 | 300 | {GOAL} | a=1次 b=2次 c=3次 |
    """)
    assert [("parent", 2, (0, 1)), ("twice", 1, (5,)), ("twice", 3, (4,))] == [(one.kind, one.head, one.members) for one in found.relations]


@pytest.mark.parametrize(
    ("kind", "hashes", "head", "key"),
    [("near", ["b", "a"], "", "e642b6d4a877"), ("near", ["a", "b"], "", "e642b6d4a877"), ("parent", ["b", "a"], "c", "1dd07cbfe317"), ("twice", ["a"], "", "ef3fc9f2b2f2")],
)
def test_key_of_a_relation_is_that_of_every_decisions_file_there_is(kind, hashes, head, key):
    """BLAKE2b of six bytes over ``near::a,b``, ``parent:c:a,b``, ``twice::a``, by coreutils' b2sum."""
    assert key == relation_key(kind, hashes, head)


@pytest.mark.parametrize(("last", "expected"), [("1000", ["parent doubtful: 总 > 一 + 二 + 三 + 四"]), ("1001", []), ("999", [])])
def test_only_the_exact_sum_of_all_the_others_may_be_their_total(last, expected):
    found = rolled(f"""
        | 项目 | 金额 | 指标 |
        | 一 | 100 | a=1次 |
        | 二 | 200 | b=1次 |
        | 三 | 300 | c=1次 |
        | 四 | 400 | d=1次 |
        | 总 | {last} | e=1次 |
    """)
    assert expected == said(found)
