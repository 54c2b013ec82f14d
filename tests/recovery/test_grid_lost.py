"""Tables in text of which a reading by columns leaves something over: ticks beside rows, rows amid a list, a half on another page."""

import pytest

from tests.recovery.test_carried_text import doubted
from xltool.filing import Entry
from xltool.grid import Book, grid_of
from xltool.jobs.reading import read_bytes
from xltool.library import forms
from xltool.recovery import grid_reading

ROWS = [
    ["财政项目支出绩效目标申报表", "", "", "", "", "", ""],
    ["（2024年度）", "", "", "", "", "", ""],
    ["项目名称", "河道保洁", "", "项目性质", "其他经常性项目", "项目类别", "特定目标类"],
    ["主管部门", "水务局", "", "实施单位", "河道所", "", ""],
    ["计划开始日期", "2024-01-01", "", "计划完成日期", "2024-12-31", "", ""],
    ["项目资金（元）", "项目资金总额", "", "年度资金申请总额", "", "100.00", ""],
    ["", "其中：财政资金", "", "其中：当年财政拨款", "", "100.00", ""],
    ["", "", "", "上年结转资金", "", "0.00", ""],
    ["", "其他资金", "", "其他资金", "", "0.00", ""],
    ["项目绩效目标", "项目总目标", "", "", "年度总体目标", "", ""],
    ["", "", "", "", "完成全年任务。", "", ""],
    ["绩效指标", "一级指标", "二级指标", "三级指标", "", "年度(/项目)指标值", ""],
    ["", "产出指标", "数量指标", "检查次数", "", "≥12(次)", ""],
    ["", "", "", "检查人数", "", "≥30(人)", ""],
    ["", "", "", "巡查\n里程", "", "≥90(公里)", ""],
    ["", "", "质量指标", "合格率", "", "≥95(%)", ""],
    ["", "满意度指标", "服务对象满意度指标", "居民满意度", "", "≥90%", ""],
]


def quoted(cell: str) -> str:
    return f'"{cell}"' if "\n" in cell else cell


def read(rows: list[list[str]]) -> Entry:
    text = "\n".join("\t".join(map(quoted, row)) for row in rows)
    return next(iter(read_bytes(text.encode(), "a.txt", forms()).filing.entries))


PLAIN = read(ROWS)


def ticked(*ticks: int) -> list[list[str]]:
    """The table with a tick at the left of these rows."""
    return [["√" if at in ticks else "", *row] for at, row in enumerate(ROWS)]


def test_rows_that_somebody_ticked_are_rows():
    entry = read(ticked(12, 13, 14, 15, 16))
    assert (PLAIN.values, PLAIN.lists) == (entry.values, entry.lists)
    assert ["√"] * 5 == [one.text for one in entry.source.leftover]
    assert not doubted(entry)


def test_a_row_left_over_amid_a_list_doubts_the_list():
    book = Book((grid_of("", ticked(13)),))
    entry = next(iter(grid_reading.read_book(book, forms(), "a.xlsx").entries))
    assert 4 == len(entry.lists["indicators"])
    assert "indicators" in doubted(entry)


def halves(rows: list[list[str]], at: int) -> list[list[str]]:
    """The table printed on two pages, its right columns on the second."""
    return [row[:at] for row in rows] + [row[at:] for row in rows]


def test_fields_whose_values_stand_on_another_page_are_doubted():
    entry = read(halves(ROWS, 4))
    paths = doubted(entry)
    wrong = {path for path, value in PLAIN.values.items() if value is not None and entry.values.get(path) != value}
    assert wrong <= paths
    assert PLAIN.lists == entry.lists or "indicators" in paths


def test_a_note_at_the_side_doubts_nothing_that_is_filled():
    rows = [[*row, "", "含人工" if at == 12 else ""] for at, row in enumerate(ROWS)]
    entry = read(rows)
    assert (PLAIN.values, PLAIN.lists) == (entry.values, entry.lists)
    assert not doubted(entry)


def test_a_text_behind_the_caption_of_an_empty_field_doubts_it():
    rows = [[*row[:1], "", *row[2:]] + (["", "河道保洁"] if at == 2 else ["", ""]) for at, row in enumerate(ROWS)]
    entry = read(rows)
    assert entry.values["project.name"] == "河道保洁" or "project.name" in doubted(entry)


def as_grid(rows: list[list[str]]) -> Entry:
    return next(iter(grid_reading.read_book(Book((grid_of("", rows),)), forms(), "a.xlsx").entries))


@pytest.mark.parametrize("cell", ["效益指标 社会效益指标 知晓率 提高", "知晓率 ≥90%", "质量指标 / 知晓率 / ≥90%", "长度 | 18公里 | 一段"])
def test_row_that_ran_together_into_a_cell_doubts_the_list(cell: str):
    assert "indicators" in doubted(as_grid([*ROWS[:12], [cell], *ROWS[12:]]))


@pytest.mark.parametrize("cell", ["注：各指标值由区财政局核定", "指标值≥90%", "联系电话 021 12345", "≥90%", "质量指标"])
def test_other_words_in_a_cell_are_no_row(cell: str):
    assert "indicators" not in doubted(as_grid([*ROWS[:12], [cell], *ROWS[12:]]))


def test_long_text_beside_one_whose_caption_is_lost_is_doubted():
    rows = [[cell.replace("项目总目标", "") for cell in row] for row in ROWS]
    assert {"goals.project", "goals.annual"} <= doubted(as_grid([*rows[:12], ["备注一二"], *rows[12:]]))
    assert set() == {"goals.project", "goals.annual"} & doubted(as_grid([*ROWS[:12], ["备注一二"], *ROWS[12:]]))
