"""Lists whose heads a program pushed out to the right: read by the order of their columns, or doubted."""

import pytest

from tests.edits.made import FORMS, doubted, entry_of, repairs
from xltool.filing import Filing
from xltool.grid import Book, Grid, GridCell, grid_of_cells
from xltool.recovery import grid_reading, page_reading, sound_reading
from xltool.recovery.page_cuts import BEGINS, CAPTION, LEVEL, OTHER
from xltool.values import Value

FORM = """
| 财政项目支出绩效目标申报表 |
| （2024年度） |
| 项目名称 | 河道保洁 | | 项目性质 | 经常性 | 项目类别 | |
| 主管部门 | 水务局 | | 实施单位 | 管护中心 |
| 计划开始日期 | 2024-01-01 | | 计划完成日期 | 2024-12-31 |
| 项目资金（元） | 项目资金总额 | | 年度资金申请总额 | | 1200 |
| | 其中：财政资金 | | 其中：当年财政拨款 | | 1200 |
| | | | 上年结转资金 | | 0 |
| | 其他资金 | | 其他资金 | | 0 |
| 项目绩效目标 | 项目总目标 | | | 年度总体目标 |
| | | | | 保洁全覆盖 |
| | | | | | | | 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度(/项目)指标值 |
"""
ROWS = """
| 产出指标 | 数量指标 | 河道条数 | | =12(条) |
| 产出指标 | 数量指标 | 保洁频次 | | 1次/天 |
| 效益指标 | 社会效益指标 | 知晓率 | | ≥85% |
"""


def grid(*pictures: str, more: tuple[GridCell, ...] = ()) -> Grid:
    lines = [line for picture in pictures for line in picture.strip().splitlines()]
    cells = [
        GridCell(row, column, row, column, text.strip())
        for row, line in enumerate(lines, 1)
        for column, text in enumerate(line.strip().strip("|").split("|"), 1)
    ]
    return grid_of_cells("表", [*cells, *more])


def read(one: Grid) -> Filing:
    return grid_reading.read_book(Book((one,)), FORMS, "")


def test_list_beside_its_heads_is_read_in_their_order():
    found = read(grid(FORM, ROWS))
    assert [("产出指标", "数量指标", "河道条数", "=12(条)"), ("产出指标", "数量指标", "保洁频次", "1次/天"), ("效益指标", "社会效益指标", "知晓率", "≥85%")] == [
        (item["level1"], item["level2"], item["name"], target.text if isinstance(target := item["target"], Value) else None) for item in entry_of(found).lists["indicators"]
    ]
    assert (["heads-moved"], set()) == (repairs(found), doubted(found))


def test_goal_beside_the_heads_of_the_list_is_the_goal():
    assert "保洁全覆盖" == entry_of(read(grid(FORM, ROWS))).values["goals.annual"]


def test_text_that_ran_over_from_another_cell_makes_no_column():
    found = read(grid(FORM, ROWS, more=(GridCell(13, 7, 13, 7, "服务能力"),)))
    assert ["河道条数", "保洁频次", "知晓率"] == [item["name"] for item in entry_of(found).lists["indicators"]]
    assert ["服务能力"] == [one.text for one in entry_of(found).source.leftover]


def test_list_with_other_columns_than_heads_is_doubted():
    found = read(grid(FORM, ROWS.replace(" | | ", " | 备注 | ")))
    assert "indicators" in doubted(found)


@pytest.mark.parametrize(
    ("text", "what"),
    [("项目名称", BEGINS), ("财政项目支出绩效目标申报表", BEGINS), ("三级指标", CAPTION), ("产出指标", LEVEL), ("社会效益指标", LEVEL), ("河道条数", OTHER)],
)
def test_text_is_told_for_what_it_is(text, what):
    assert what == page_reading.telling(grid_reading.captions_of(FORMS))(text)


def test_each_form_is_read_in_the_sounder_way():
    """The second form lost its heads: only its text tells the list; the first is sound as it stands."""
    heads = "| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | | 年度(/项目)指标值 |"
    sound = FORM.replace(FORM.strip().splitlines()[-1], heads) + ROWS.replace("| 产出", "| | 产出").replace("| 效益", "| | 效益")
    lost = sound.replace("河道保洁", "堤防检查").replace(heads, "| 一级指标 | 二级指标 | 三级指标 | | 年度(/项目)指标值 |")
    alone, both = (sound_reading.read_book(Book((grid(*forms),)), FORMS, "") for forms in ((sound,), (sound, lost)))
    assert entry_of(alone).lists == entry_of(both).lists
    assert ["河道保洁", "堤防检查"] == [entry.values["project.name"] for entry in both.entries]
    assert [3, 3] == [len(entry.lists["indicators"]) for entry in both.entries]
    assert ["grid-as-text"] == [one.code for one in both.source.repairs]
