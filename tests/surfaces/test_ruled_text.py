"""Tables of plain text between lines of dashes."""

import pytest

from xltool.surfaces import html, markdown, ruled_text

TABLE = """
  -------- ---------- ------
  一级指标  三级指标  指标值
  产出指标   次数      ≥5次
             人数     ≥20人
  -------- ---------- ------
""".strip("\n").splitlines()

WRAPPED = """
  -------- ---------- ------
  一级指标  三级指标  指标值

  产出指标  检查完成   ≥5次
             次数

             人数     ≥20人
  -------- ---------- ------
""".strip("\n").splitlines()

HEADED = """
  --------------------------
  一级指标  三级指标  指标值
  -------- ---------- ------
  产出指标   次数      ≥5次

             人数     ≥20人
  --------------------------
""".strip("\n").splitlines()

HEAD = [["一级指标"], ["三级指标"], ["指标值"]]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        pytest.param(TABLE, [HEAD, [["产出指标"], ["次数"], ["≥5次"]], [[""], ["人数"], ["≥20人"]]], id="a row a line"),
        pytest.param(WRAPPED, [HEAD, [["产出指标", ""], ["检查完成", "次数"], ["≥5次", ""]], [[""], ["人数"], ["≥20人"]]], id="rows parted by blank lines"),
        pytest.param(HEADED, [HEAD, [["产出指标"], ["次数"], ["≥5次"]], [[""], ["人数"], ["≥20人"]]], id="a head above dashes of its own"),
    ],
)
def test_cells_stand_below_the_dashes_of_their_column(lines, rows):
    assert (len(lines), rows) == (ruled_text.length(lines, 0), [*ruled_text.rows(lines)])


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["-" * 30, "产出指标", "-" * 30], id="lines across the page"),
        pytest.param(TABLE[:-1], id="no line below"),
        pytest.param([TABLE[0], TABLE[-1]], id="nothing between"),
        pytest.param([TABLE[0], *["完成检查工作完成检查工作"] * 3, TABLE[0]], id="text over the columns"),
        pytest.param(["产出指标", *TABLE], id="another line"),
    ],
)
def test_other_lines_of_dashes_are_no_table(lines):
    assert 0 == ruled_text.length(lines, 0)


def test_table_between_dashes_is_one_in_other_text():
    text = "\n".join(["说明", "", *WRAPPED, "", "附注"])
    assert markdown.has_tables(text)
    grid = html.read(markdown.as_page(text).encode(), "x").grids[0]
    assert ["说明", "一级指标", "三级指标", "指标值", "产出指标", "检查完成次数", "≥5次", "人数", "≥20人", "附注"] == list(grid.texts)


def test_text_without_such_a_table_has_none():
    assert not markdown.has_tables("产出指标 -- -- 说明\n" + "-" * 20)
