"""Markdown with drawn tables and tables of HTML: the cells that a person sees."""

import time

import pytest

from xltool.surfaces import html, markdown


def cells(text: str) -> list[str]:
    grid = max(html.read(markdown.as_page(text).encode(), "a.md").grids, key=lambda one: len(one.texts))
    return list(grid.texts)


DRAWN = """\
+:--------:+----------------+
| **       | 临江市云溪区水 |
| 项目名   | 务局信息中心20 |
| 称**     | 24年度         |
+----------+----------------+
| APP      | 一、目标\\      |
| client   | 二、效果       |
+----------+----------------+
"""
TAGGED = '说明\n\n<table>\n<tbody>\n<tr class="odd">\n<td rowspan="2">指标</td>\n<td>≥5</td>\n</tr>\n<tr><td>≥6</td></tr>\n</tbody>\n</table>\n'


def test_cell_of_a_drawn_table_is_its_lines_put_together():
    assert ["项目名称", "临江市云溪区水务局信息中心2024年度", "APP client", "一、目标\n二、效果"] == cells(DRAWN)


def test_table_of_html_keeps_its_merges():
    grid = max(html.read(markdown.as_page(TAGGED).encode(), "a.md").grids, key=lambda one: len(one.texts))
    assert [("指标", 2), ("≥5", 1), ("≥6", 1)] == [(cell.text, cell.last_row - cell.row + 1) for cell in grid.cells if cell.text != "说明"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param(r"\>5", ">5", id="an escaped sign"),
        pytest.param("[年度](#'年度'.A1)", "年度", id="a link"),
        pytest.param(r"**数量**", "数量", id="emphasis"),
        pytest.param("2024年---2026年", "2024年—2026年", id="a dash in shorthand"),
        pytest.param('落实"三项制度"', "落实“三项制度”", id="quotation marks in shorthand"),
        pytest.param(r"\"a\"", '"a"', id="straight quotation marks"),
        pytest.param("<5%与>3%", "<5%与>3%", id="signs that are no tags"),
    ],
)
def test_marks_of_markdown_are_no_text(written, meant):
    width = 30
    assert [meant] == cells(f"+{'-' * width}+\n| {written}\n+{'-' * width}+\n")


def test_dash_as_typed_shows_that_nothing_is_shorthand():
    assert ["—", "2024年---2026年"] == cells(f"+{'-' * 30}+\n| —\n+{'-' * 30}+\n| 2024年---2026年\n+{'-' * 30}+\n")


@pytest.mark.parametrize("text", ["| a | b |\n|---|---|\n| 1 | 2 |\n", "+3+ 与 +4+\n", "正文提到 <table> 一词\n"], ids=["bars alone", "plus signs", "the word of a tag"])
def test_other_text_has_no_such_tables(text):
    assert not markdown.has_tables(text)


def test_rows_of_bars_lose_their_marks_and_keep_their_bars():
    text = "1\\. **说明**\n\n| **指标** | \\<5% |\n|---|---|\n| a \\| b | 一<br>二 |\n"
    assert "1\\. 说明\n\n| 指标 | <5% |\n|---|---|\n| a \\| b | 一<br>二 |\n" == markdown.without_marks(text)


def test_text_without_a_table_keeps_its_marks():
    assert "| **5** |" == markdown.without_marks("| **5** |")


OPEN = "项目名称 |\n临江市供水 |\n|\n|||\n分值 | 10 | | 9 | |||\n指标 | 值\n项目资金\n（万元） |\n| a | b |\n"


def test_cells_with_a_bar_behind_each_are_parted_by_tabs_line_for_line():
    assert ["项目名称", "临江市供水", "||", "||", "分值\t10\t\t9", "指标\t值", "项目资金", "（万元）", "| a | b |"] == markdown.without_marks(OPEN).splitlines()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("指标 | 值\n--- | ---\n数量 | ≥5\n", "指标\t值\n||\n数量\t≥5\n", id="Markdown without bars at its sides"),
        pytest.param("首页 | 政务公开 |\n正文一|二\n", "首页 | 政务公开 |\n正文一|二\n", id="one line that a bar ends is no table"),
        pytest.param("| a | b |\n|---|---|\n| c | d |\n", "| a | b |\n|---|---|\n| c | d |\n", id="bars at both sides"),
    ],
)
def test_bars_that_begin_no_row_part_cells_only_in_tables(text, expected):
    assert expected == markdown.without_marks(text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("## 某局2025年度项目绩效目标汇总表\n", "某局2025年度项目绩效目标汇总表\n", id="a heading"),
        pytest.param("### **财政项目支出绩效目标申报表**\n", "财政项目支出绩效目标申报表\n", id="a heading in bold"),
        pytest.param("# 一\n__（2025年度）__ 和 2 ** 3\n", "一\n（2025年度） 和 2 ** 3\n", id="words in bold, and marks that are none"),
        pytest.param("**无**\n", "**无**\n", id="no Markdown"),
        pytest.param("#1 供水\n", "#1 供水\n", id="a number"),
    ],
)
def test_lines_lose_the_marks_of_headings_and_of_words_in_bold(written, meant):
    assert meant == markdown.without_marks(written)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_that_only_a_bar_ends_are_cells_whatever_ends_their_lines(end):
    lines = ["项目名称 | 步道 |", "主管部门 | 体育局 |", "其他资金 | 0.00 |"]
    assert "".join(f"{name}\t{value}{end}" for name, value in (("项目名称", "步道"), ("主管部门", "体育局"), ("其他资金", "0.00"))) == markdown.without_marks("".join(line + end for line in lines))


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("甲" * 300_000, id="a line without bars"),
        pytest.param("甲" * 150_000 + "|" + "乙" * 150_000, id="a bar in its midst"),
        pytest.param("# a\n" + "__a " * 60_000, id="emphasis that never ends"),
        pytest.param("|---|\n|" + "<!--" * 60_000 + "|", id="comments that never end"),
    ],
)
def test_line_without_end_costs_no_more_than_it_is_long(line):
    began = time.process_time()
    assert line[-9:] == markdown.without_marks(line)[-9:]
    assert time.process_time() - began < 2


ROWS = "| 指标 | 值 |\n|---|---|\n" + "| 供水量 | ≥5 |\n" * 5


def test_row_whose_cell_holds_a_lines_end_is_one_row():
    told = markdown.without_marks(ROWS + "| 居民\n满意\n度 | ≥90% |\n| 水质 | 好 |\n")
    assert "| 居民<br>满意<br>度 | ≥90% |\n||\n||\n| 水质 | 好 |\n" == told[len(ROWS) :]


def test_rows_that_lack_cells_stay_what_they_are():
    assert "居民<br>" not in markdown.without_marks(ROWS + "| 居民 | 甲\n| 满意度 |\n")


def test_rows_in_bold_are_markdowns_without_a_rule_too():
    told = markdown.without_marks("| **指标** | 值 |\n" * 3)
    assert "| 指标 | 值 |\n" * 3 == told
    assert "| **指标** | 值 |\n" * 2 == markdown.without_marks("| **指标** | 值 |\n" * 2)


def test_rows_that_a_bar_ends_and_none_begins_stay_cells_where_others_lack_their_last_bar():
    told = markdown.without_marks("| 甲 | 乙\n" * 5 + "丙 | 丁 |\n" * 3)
    assert "\t甲\t乙\n" * 5 + "丙\t丁\n" * 3 == told


def test_bars_between_cells_alone_part_them():
    rows = "名称 | 供水 | 类别 | 民生\n" * 4
    assert "名称\t供水\t类别\t民生\n" * 4 + "\t其中\t\t5\n" == markdown.without_marks(rows + " | 其中 | | 5\n")
    assert rows[: len(rows) // 2] == markdown.without_marks(rows[: len(rows) // 2])
    assert "供水|排水\n" * 9 == markdown.without_marks("供水|排水\n" * 9)
