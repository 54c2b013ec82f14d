"""Rows of a table out of a web page whose empty cells are gone: only their order tells which column a cell is of.

    年度资金总额 | 92 | 88 | 88 | 10 | 100% | 10 |
    上年结转资金 | — | — |
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.edits.made import FORMS
from tests.recovery.test_table_merged import MAPPING
from xltool import library
from xltool.filing import Entry, Filing, Leftover, Section, Source
from xltool.jobs.reading import read_bytes
from xltool.recovery import packed_rows
from xltool.values import Value

PAGE = """\
项目支出绩效自评表 | ||||||||||||
(2031年度) | ||||||||||||
项目名称 | 护林经费 | |||||||||||
主管部门 | 临江县林业局 | 实施单位 | 临江县林业站 | |||||||||
项目资金 (万元) | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 | ||||||
年度资金总额 | 92 | 88 | 88 | 10 | 100% | 10 | ||||||
其中:当年财政拨款 | 92 | 88 | 88 | — | 100% | — | ||||||
上年结转资金 | — | — | ||||||||||
其他资金 | — | — | ||||||||||
年度总体目标 | 预期目标 | 实际完成情况 | ||||||||||
巡山50次,严防山林火灾。 | 巡山52次,全年没有火灾。 | |||||||||||
绩 效 指 标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 | ||||
产出指标(50分) | 数量指标 | 安排护林员巡山的次数 | ≥50次 | 52次 | 20 | 20 | ||||||
维修瞭望塔3座 | 3 | 15 | 15 | |||||||||
质量指标 | 火情处置合格率(%) | =100% | 100% | 15 | 15 | |||||||
效益指标(30分) | 社会效益指标 | 周边群众知晓率 | ≥90% | 95% | 30 | 30 | ||||||
满意度指标(10分) | 服务对象满意度指标 | 群众满意度 | ≥90% | 92% | 10 | 10 | ||||||
总分 | 100 | 100 | ||||||||||
"""


@pytest.fixture(scope="module")
def entry() -> Entry:
    [found] = read_bytes(PAGE.encode(), "a.txt", FORMS).filing.entries
    return found


def doubted(entry: Entry, path: str) -> bool:
    """True where a doubt names the field, its row or its list."""
    return any(path == one.path or path.startswith((f"{one.path}.", f"{one.path}[")) for one in entry.source.doubts)


def test_rows_are_read_under_their_levels_in_the_order_of_their_cells(entry):
    rows = [(item["level1"], item["level2"], item["name"], item["score"]) for item in entry.lists["indicators"]]
    assert [
        ("产出指标", "数量指标", "安排护林员巡山的次数", 20),
        ("产出指标", "质量指标", "火情处置合格率(%)", 15),
        ("效益指标", "社会效益指标", "周边群众知晓率", 30),
        ("满意度指标", "服务对象满意度指标", "群众满意度", 10),
    ] == [rows[0], *rows[2:]]
    assert ("巡山50次,严防山林火灾。", "巡山52次,全年没有火灾。") == (entry.values["goals.expected"], entry.values["goals.actual"])
    assert (Decimal("92"), Decimal("88"), Decimal("1"), 100) == tuple(entry.values[path] for path in ("funding.total.initial_budget", "funding.total.executed", "funding.total.execution_rate", "total.score"))


def test_row_that_lost_a_cell_is_doubted(entry):
    assert doubted(entry, "indicators[1].target") and doubted(entry, "indicators[1].actual") and doubted(entry, "indicators[1].weight")


def test_marks_of_a_row_that_lost_its_cells_are_doubted(entry):
    found = [path for path in entry.marks if "carried_over" in path or "other" in path]
    assert found and all(doubted(entry, path) and doubted(entry, f"marks.{path}") for path in found)


@pytest.mark.parametrize(
    ("lines", "packed"),
    [
        pytest.param(["甲\t乙\t丙", "甲\t乙", "甲\t乙\t丙\t丁", "甲\t乙", "甲\t乙"], True, id="rows of many lengths without an empty cell"),
        pytest.param(["甲\t乙\t丙", "甲\t\t乙", "甲\t乙\t丙\t丁", "甲\t乙", "甲\t乙"], False, id="an empty cell"),
        pytest.param(["甲\t乙\t丙", "甲\t乙\t丙", "甲\t乙\t丙", "甲\t乙\t丙", "甲\t乙\t丙"], False, id="one length"),
        pytest.param(["甲\t乙\t丙", "甲\t乙", "甲\t乙\t丙\t丁", "甲"], False, id="a few rows"),
    ],
)
def test_a_table_without_empty_cells_has_lost_them(lines, packed):
    assert packed is packed_rows.is_packed(lines)


WHOLE = """\
2031年度整体绩效目标表 | |||||||
单位名称 | 临江县林业局 | ||||||
年度总体目标 | 管护山林。 | ||||||
一级指标 | 二级指标 | 三级指标 | 指标值类型 | 指标值 | 计量单位 | 指标解释 | 评分标准 |
产出指标 | 数量指标 | 巡山次数 | 定量 | 50 | 次 | 考察巡山安排 | 每少一次扣1分 |
质量指标 | 记录完整率 | 定量 | 95 | % | 考察巡山记录 | 每低1%扣1分 | |
时效指标 | 巡山时间 | 定量 | 按月巡山 | 考察巡山时间 | 酌情扣分 | ||
效益指标 | 经济效益指标 | 酌情扣分 | |||||
社会效益指标 | 群众知晓率 | 定量 | 90 | % | 考察宣传情况 | 酌情扣分 | |
"""


def test_short_rows_of_a_table_are_doubted_where_it_is_read_by_its_columns(tmp_path):
    (tmp_path / "whole.yaml").write_text(MAPPING, "utf-8")
    [found] = read_bytes(WHOLE.encode(), "a.txt", library.forms((str(tmp_path),))).filing.entries
    assert Value("50", None, Decimal(50), "次", "定量") == found.lists["indicators"][0]["target"]
    assert [False, False, True, True, False] == [any(one.path == f"indicators[{at}]" and one.why == packed_rows.WHY for one in found.source.doubts) for at in range(5)]


def test_amounts_of_a_row_that_has_fewer_than_its_columns_are_doubted():
    form = FORMS["self-evaluation-2020"]
    read = Entry(form.id, form.title, {"funding.total.initial_budget": Decimal(92), "funding.other.initial_budget": None}, {}, marks={"funding.other.initial_budget": "—"})
    paths = {path.rpartition(".")[0] for path in packed_rows._short_rows(read, form)}
    assert {"funding.total", "funding.other", "marks.funding.other"} == paths


def test_what_is_empty_where_something_was_left_over_is_doubted():
    form = FORMS["self-evaluation-2020"]
    entry = Entry(form.id, form.title, {"project.name": "护林经费"}, {}, source=Source(leftover=(Leftover("第3行", "临江县林业站"),)))
    [made] = packed_rows.doubted(Filing((Section(None, (entry,)),)), FORMS).entries
    assert {"project.unit", "goals.actual"} <= {one.path for one in made.source.doubts} and not doubted(made, "project.name")
    [made] = packed_rows.doubted(Filing((Section(None, (replace(entry, source=Source()),)),)), FORMS).entries
    assert () == made.source.doubts
