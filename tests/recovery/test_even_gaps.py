"""Plain text whose cells are parted by the same few blanks everywhere: read cell by cell in its order, as no layout."""

import pytest

from tests.recovery.test_laid_text import DECLARATION, one, rows
from xltool.recovery.atoms import split
from xltool.recovery.laid_out import is_laid_out

TYPED = """\
财政项目支出绩效目标申报表
（2025年度）
项目名称|公园绿化管护|项目性质|经常性项目|项目类别|其他一次性项目
主管部门|子局|实施单位|丑公园管理所
计划开始日期|2025-01-01|计划完成日期|2025-12-31
项目资金（元）|项目资金总额|年度资金申请总额|480000
其中：财政资金|其中：当年财政拨款|450000
上年结转资金|20000
其他资金|其他资金|10000
项目绩效目标|项目总目标|年度总体目标
完成12座公园的日常管护，保持整洁安全。
绩效指标|一级指标|二级指标|三级指标|年度(/项目)指标值
成本指标|经济成本指标|管护养护成本|≤120000元
产出指标|数量指标|公园管护面积|≥35万平方米
苗木补植数量|=1200(株)
质量指标|苗木成活率|≥95%
时效指标|养护任务完成及时性|及时
效益指标|社会效益指标|公园安全事故发生数|=0次
满意度指标|服务对象满意度指标|市民满意度|≥90%
"""
"""The cells of each row that hold something, one beside the other; the goal of the project is empty."""
LISTED = [
    ("成本指标", "经济成本指标", "管护养护成本", "≤120000元"),
    ("产出指标", "数量指标", "公园管护面积", "≥35万平方米"),
    ("产出指标", "数量指标", "苗木补植数量", "=1200(株)"),
    ("产出指标", "质量指标", "苗木成活率", "≥95%"),
    ("产出指标", "时效指标", "养护任务完成及时性", "及时"),
    ("效益指标", "社会效益指标", "公园安全事故发生数", "=0次"),
    ("满意度指标", "服务对象满意度指标", "市民满意度", "≥90%"),
]


def laid_out(text: str) -> bool:
    return is_laid_out(split(text))


@pytest.mark.parametrize("blanks", ["  ", "   ", "\u3000\u3000", "        "])
def test_cells_parted_by_the_same_blanks_everywhere_are_read_in_their_order(blanks: str):
    entry = one(TYPED.replace("|", blanks))
    assert LISTED == rows(entry)
    assert (None, "完成12座公园的日常管护，保持整洁安全。") == (entry.values.get("goals.project"), entry.values["goals.annual"])
    assert ("丑公园管理所", 480000, 20000) == tuple(entry.values[path] for path in ("project.unit", "funding.annual.total", "funding.annual.carried_over"))
    assert ((), ()) == (entry.source.doubts, entry.source.leftover)


def test_title_in_the_middle_and_one_gap_more_or_less_are_no_columns():
    text = TYPED.replace("|", "  ").replace("财政项目", "            财政项目", 1).replace("主管部门  子局", "主管部门    子局")
    assert not laid_out(text)
    assert LISTED == rows(one(text))


def test_gaps_that_fill_up_columns_are_a_layout():
    lines = ["".join(cell.ljust(14) for cell in line.split("|")).rstrip() for line in TYPED.splitlines()]
    assert laid_out("\n".join(lines))
    assert laid_out(DECLARATION)


def test_lines_that_begin_further_right_are_a_layout_though_gaps_are_alike():
    lines = [line if line.startswith(("项目", "绩效")) else " " * 14 + line for line in TYPED.replace("|", "  ").splitlines()]
    assert laid_out("\n".join(lines))


def test_cells_at_the_same_places_line_by_line_are_a_layout_though_gaps_are_alike():
    assert laid_out("产出指标  数量指标  检查次数  ≥1(个)\n" * 9)
    assert not laid_out("".join(f"产出指标  数量指标  检查{'次' * more}数  ≥1(个)\n" for more in range(9)))


def test_blanks_as_they_were_typed_are_no_layout():
    rows = [f"{'指标' * (at % 3 + 1)}{' ' * (2 + at * at % 5)}检查{at}次{' ' * (2 + at * 3 % 4)}≥{at}(次)" for at in range(12)]
    assert not laid_out("\n".join(rows))
    assert laid_out("\n".join([*rows, " " * 20 + "合格率"]))
