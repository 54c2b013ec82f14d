"""Pages as grids: spans, tables inside tables, the text around them, encodings, and what is refused."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltool.budgets import limit
from xltool.grid import Grid
from xltool.problems import ProblemError
from xltool.surfaces import html


def grids(markup: str) -> list[Grid]:
    return list(html.read(markup.encode(), "a.html").grids)


def drawn(grid: Grid) -> list[str]:
    """The squares of a grid, a line a row; «"» where a cell from the left or from above goes on."""
    bottom, right = max(place[2] for place in grid.places), max(place[3] for place in grid.places)
    return [" | ".join(_square(grid, row, column) for column in range(1, right + 1)) for row in range(1, bottom + 1)]


def _texts(grid: Grid) -> list:
    return list(zip(grid.places, grid.texts, strict=True))


def _square(grid: Grid, row: int, column: int) -> str:
    cell = grid.at(row, column)
    return "" if cell is None else cell.text if (cell.row, cell.column) == (row, column) else '"'


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param("<tr><td>a<td colspan=2>b<tr><td>c<td>d<td>e", ['a | b | "', "c | d | e"], id="across, without end tags"),
        pytest.param("<tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr>", ["a | b", '" | c'], id="down"),
        pytest.param('<tr><td rowspan="2" colspan="2">a</td><td>b</td></tr><tr><td>c</td></tr>', ['a | " | b', '" | " | c'], id="both"),
        pytest.param("<tr><td rowspan=0>a</td><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td></tr>", ["a | b", '" | c', '" | d'], id="0 is to the end"),
        pytest.param("<tr><td rowspan=9>a</td><td>b</td></tr><tr><td>c</td></tr>", ["a | b", '" | c'], id="more rows than there are"),
        pytest.param("<tr><td>a</td><td rowspan=2>b</td></tr><tr><td colspan=2>c</td></tr>", ["a | b", 'c | "'], id="a span that runs into another"),
        pytest.param("<thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody><tfoot><tr><td>c</td></tr></tfoot>", ["a", "b", "c"], id="parts of a table"),
        pytest.param("<tr><td>a</td><td></td><td>c</td></tr>", ["a |  | c"], id="an empty cell keeps its place"),
        pytest.param("<tr><td>a&amp;b &lt;关于&gt;&#8805;</td></tr>", ["a&b <关于>≥"], id="entities"),
        pytest.param("<tr><td>长\n   名  称</td></tr>", ["长 名 称"], id="blanks of the source are one"),
        pytest.param("<tr><td><p>一</p><p>二</p>三<br>四</td></tr>", ["一\n二\n三\n四"], id="paragraphs and breaks are lines"),
        pytest.param("<tr><td>a<script>x</script><style>y</style><span style='display: none'>z</span></td></tr>", ["a"], id="what nobody sees"),
        pytest.param("<tr><td>a<table><tr><td>x</td><td>y</td></tr></table></td><td>b</td><td>c</td></tr>", ["a\nx y | b | c"], id="a small table in a cell is its text"),
    ],
)
def test_a_table_is_laid_out_as_a_browser_shows_it(rows, expected):
    assert [expected] == [drawn(one) for one in grids(f"<table>{rows}</table>")]


def test_the_text_above_a_table_is_rows_of_its_grid_and_that_below_the_last_too():
    found = grids("<h1>汇总表</h1><div>单位：元</div><table><tr><td>a<td>b</table>之间<table><tr><td>c</table><p>注</p>")
    assert [['汇总表 | "', '单位：元 | "', "a | b"], ["之间", "c", "注"]] == [drawn(one) for one in found]


def test_a_table_that_arranges_others_is_opened():
    found = grids("<table><tr><td>菜单</td><td><p>标题</p><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table></td></tr><tr><td>页脚</td></tr></table>")
    assert [['菜单 | "', '标题 | "', "a | b", "c | d", "页脚 | "]] == [drawn(one) for one in found]


def test_a_page_without_a_table_is_a_row_a_paragraph():
    assert [["项目名称", "供水"]] == [drawn(one) for one in grids("<p>项目名称</p><p>供水</p>")]


def test_rows_copied_out_of_their_table_are_a_table():
    assert ["说明 | \"", "a | b", 'c | "'] == drawn(grids("<p>说明</p><tr><td>a</td><td>b</td></tr>\n<tr><td colspan=2>c</td></tr>")[0])


@pytest.mark.parametrize("said", ["style='display:none'", "hidden", "class='plain no'"])
def test_hidden_rows_are_known(said):
    assert [2] == list(grids(f"<style>.no {{color:red; display: none}}</style><table><tr><td>a<tr {said}><td>b</table>")[0].hidden_rows)


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        pytest.param("<input type=text value='12,000.00'>元", "12,000.00元", id="a text"),
        pytest.param("<input value=甲>", "甲", id="no type"),
        pytest.param("<input type=hidden value=x><input type=submit value=保存>甲", "甲", id="what is no field that shows"),
        pytest.param("<input value=x style='display:none'>甲", "甲", id="one that is not displayed"),
        pytest.param("<textarea>目标</textarea>", "目标", id="a long text"),
        pytest.param("<select><option>甲<option selected>乙<option>丙</select>", "乙", id="a word of a list"),
        pytest.param("<select><option>甲<option>乙</select>", "甲", id="a list's first word"),
        pytest.param("<select></select>甲", "甲", id="a list without words"),
        pytest.param("<input type=checkbox checked>是<input type=checkbox>否", "☑是□否", id="boxes"),
        pytest.param("<input type=radio>是<input type=radio checked>否", "□是☑否", id="buttons"),
        pytest.param("<ruby>项目<rp>(</rp><rt>xiangmu</rt><rp>)</rp></ruby>", "项目", id="how a word is spoken"),
    ],
)
def test_fields_of_a_page_show_what_is_filled_in(field, shown):
    assert (shown,) == grids(f"<table><tr><td>{field}</table>")[0].texts


def test_the_head_of_a_table_stands_first_and_its_foot_last():
    assert ("头", "中", "尾") == grids("<table><tfoot><tr><td>尾</tfoot><tbody><tr><td>中</tbody><thead><tr><td>头</thead></table>")[0].texts


def test_a_table_that_is_not_displayed_is_hidden():
    assert [True, False] == [one.hidden for one in grids("<table style='display:none'><tr><td>a</table><table><tr><td>b</table>")]


def test_columns_that_excel_hides_in_a_page_are_known():
    columns = "<col width=72><col width=0 span=2 style='display:none;mso-width-source:userset'><colgroup><col><col style='display:none'></colgroup>"
    assert [2, 3, 5] == sorted(grids(f"<table>{columns}<tr><td>a<td>b<td>c<td>d<td>e</table>")[0].hidden_columns)


def test_a_cell_that_is_not_displayed_takes_no_place_in_its_row():
    assert ["1,1 a", "1,2 c"] == [f"{row},{column} {text}" for (row, column, *_), text in _texts(grids("<table><tr><td>a<td style='display:none'>b<td>c</table>")[0])]


@pytest.mark.parametrize(
    ("markup", "doubted"),
    [
        pytest.param("<td>新<s>旧</s>", True, id="s"),
        pytest.param("<td>新<del>旧</del>", True, id="del"),
        pytest.param("<td><strike></strike>新", False, id="nothing in it"),
        pytest.param("<td><span style='color:red;text-decoration:line-through'>旧</span>", True, id="a style"),
        pytest.param("<td style='text-decoration: underline line-through'>旧", True, id="the cell's style"),
        pytest.param("<td class=xl66>旧", True, id="the cell's class"),
        pytest.param("<td class=xl65>新", False, id="another class"),
        pytest.param("<td style='text-decoration:underline'>新", False, id="underlined"),
    ],
)
def test_text_that_is_struck_through_is_doubted(markup, doubted):
    sheet = "<style>.xl65 {text-decoration:none} .xl66\n\t{color:red;\n\ttext-decoration:line-through;}</style>"
    assert doubted == bool(grids(f"{sheet}<table><tr>{markup}</table>")[0].unsure)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        pytest.param('<td sdval="0.909">90.90%</td>', Decimal("0.909"), id="as LibreOffice writes it"),
        pytest.param('<td x:num="1234.567">1,234.57</td>', Decimal("1234.567"), id="as Excel writes it"),
        pytest.param('<td sdval="45292">2024/1/1</td>', None, id="a date is no number"),
        pytest.param('<td x:num>12</td>', None, id="nothing but the text"),
    ],
)
def test_a_number_that_a_workbook_left_in_its_page_is_known(cell, value):
    assert value == grids(f"<table><tr>{cell}</table>")[0].cells[0].value


def test_sheets_have_the_names_that_the_workbook_gave_them():
    excel = "<xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet><x:Name>目标表</x:Name></x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook></xml>"
    assert ["目标表"] == [one.name for one in grids(f"<html><head><!--[if gte mso 9]>{excel}<![endif]--></head><table><tr><td>a</table>")]
    office = '<a href="#table0">目录</a><br><a href="#table1">项目</a><a name="table0"><h1>Sheet 1: 目录</h1></a><table><tr><td>a</table><a name="table1"><h1>Sheet 2: 项目</h1></a><table><tr><td>b</table>'
    assert [("目录", ["a"]), ("项目", ["b"])] == [(one.name, list(one.texts)) for one in grids(office)]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        pytest.param("", "utf-8", id="UTF-8, nothing declared"),
        pytest.param("", "gb18030", id="GB18030, nothing declared"),
        pytest.param("gb2312", "gb18030", id="declared"),
        pytest.param("utf-8", "gb18030", id="declared wrongly"),
        pytest.param("gb2312", "utf-8", id="UTF-8 that is declared as GB2312"),
        pytest.param("", "utf-16", id="UTF-16 with its mark"),
        pytest.param("", "utf-16-le", id="UTF-16 without"),
        pytest.param("big5", "big5", id="Big5, declared"),
    ],
)
def test_the_encoding_is_told_by_the_bytes_before_the_declaration(charset, encoding):
    markup = f"<html><meta http-equiv=Content-Type content='text/html; charset={charset}'><table><tr><td>主管部門</table>"
    assert ["主管部門"] == [text for grid in html.read(markup.encode(encoding), "a.html").grids for text in grid.texts]


def mht(*parts: str, kind: str = "related") -> bytes:
    pieces = "".join(f"--x\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{part}\r\n" for part in parts)
    return f"MIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary=x\r\n\r\n{pieces}--x--\r\n".encode("gb18030")


def test_a_web_archive_is_its_pages():
    names = "".join(f"<x:ExcelWorksheet><x:Name>{name}</x:Name></x:ExcelWorksheet>" for name in ("甲", "乙"))
    book = html.read_mht(mht(f"<html><xml>{names}</xml><frameset></frameset></html>", "<table><tr><td>一</table>", "<table><tr><td>二</table>"), "a.mht")
    assert [("甲", ("一",)), ("乙", ("二",))] == [(one.name, one.texts) for one in book.grids]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: image/png\r\n\r\n--x--", id="no page in it"),
        pytest.param(b"MIME-Version: 1.0\r\n" + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000)), id="parts in parts"),
    ],
)
def test_a_web_archive_that_is_refused(data):
    with pytest.raises(ProblemError) as raised:
        html.read_mht(data, "a.mht")
    assert ["workbook-broken"] == [one.code for one in raised.value.problems]


@pytest.mark.parametrize(
    ("markup", "code", "place"),
    [
        pytest.param("\n" + "<div>" * 300_000, "html-depth", "a.html:2", id="elements in elements without end"),
        pytest.param("<table><tr><td>" * 300, "html-depth", "a.html:1", id="tables in tables"),
        pytest.param("<table>" + "<tr><td>a" * (limit("html_cells") + 1), "workbook-squares", "a.html", id="more cells than a thousand forms have"),
        pytest.param("<table>" + "<tr>" + "<td colspan=1000>a" * 20, "workbook-columns", "a.html: 表1", id="spans beyond any sheet"),
        pytest.param("<table>" + "<tr><td colspan=1000>a" * 600, "workbook-squares", "a.html: 表1", id="spans by the thousand"),
    ],
)
def test_a_page_that_is_refused(markup, code, place):
    began = time.process_time()
    with pytest.raises(ProblemError) as raised:
        html.read(markup.encode(), "a.html")
    assert [(code, place)] == [(one.code, one.place) for one in raised.value.problems]
    assert time.process_time() - began < 5


def test_cells_that_open_marks_without_closing_them_are_not_deep():
    markup = "<table>" + "<tr><td><font><b>a</td>" * (limit("depth") + 100) + "</table>"
    assert limit("depth") + 100 == len(grids(markup)[0].texts)


def test_without_the_extra_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "selectolax.lexbor", None)
    with pytest.raises(ProblemError) as raised:
        grids("<table><tr><td>a</table>")
    assert ["html-missing"] == [one.code for one in raised.value.problems]
    assert "xltool[html]" in str(raised.value)


pieces = st.sampled_from(["<table>", "</table>", "<tr>", "<td>", "<td rowspan=3>", "<td colspan=2>", "</td>", "<p>", "<br>", "<div>", "甲", "乙 ", "&lt;", "<!--", "-->", "<a name=x>", "</a>", "<x", "'"])


@given(st.lists(pieces, max_size=40).map("".join))
def test_any_markup_gives_cells_none_over_another(markup):
    for grid in grids(markup or " "):
        squares = [(row, column) for a, b, c, d in grid.places for row in range(a, c + 1) for column in range(b, d + 1)]
        assert len(set(squares)) == len(squares)


@pytest.mark.parametrize(
    ("markup", "doubted"),
    [("10<sup>2</sup>", True), ("10<sub>2</sub>次", True), ("100m<sup>2</sup>", False), ("10<sup>注</sup>", False), ("<p>10</p><p><sup>2</sup></p>", False)],
)
def test_digits_raised_or_lowered_behind_a_number_are_doubted(markup, doubted):
    assert doubted == bool(grids(f"<table><tr><td>{markup}</table>")[0].unsure)


@pytest.mark.parametrize("said", ["style='display:none'", "hidden", "class=no"])
def test_text_that_nobody_sees_stands_in_a_hidden_row(said):
    sheet = "<style>.no {display:none}</style>"
    found = grids(f"{sheet}<p>甲</p><div {said}><p>项目名称 供水</p>×</div><p>乙</p><table><tr><td>a</table><div {said}>100元</div><p>丙")[0]
    assert ("甲", "项目名称 供水", "乙", "a", "100元", "丙") == found.texts
    assert [2, 5] == sorted(found.hidden_rows)


def test_words_that_nobody_sees_part_no_sentence():
    found = grids("<p>甲<span style='display:none'>旧</span>乙</p>")[0]
    assert ("旧", "甲乙") == found.texts
    assert [1] == list(found.hidden_rows)


def test_cell_that_hides_a_part_of_its_text_is_doubted():
    found = grids("<table><tr><td>100<span style='display:none'>200</span><td>3<i hidden>x</i></table>")[0]
    assert (("100", "3"), {0: "这一格里另有看不见的文字"}) == (found.texts, {number: one.why for number, one in found.unsure.items()})


def test_tables_inside_what_nobody_sees_are_hidden():
    table = "<table><tr><td>a<td>b<tr><td>c<td>d</table>"
    assert [True, False] == [one.hidden for one in grids(f"<div style='display:none'>{table}</div>{table}")]
    assert [True, False] == [one.hidden for one in grids(f"<table><tr><td><div hidden>{table}</div>{table}</table>")]


@pytest.mark.parametrize(
    ("markup", "doubted"),
    [
        pytest.param("<td style='color:#fff'>旧", True, id="the cell's style"),
        pytest.param("<td><span style='font-size:9pt; COLOR: rgb(255, 255, 255)'>旧</span>", True, id="a style in it"),
        pytest.param("<td class=w>旧", True, id="a class"),
        pytest.param("<td style='color:white;background: #FFFFFF'>旧", True, id="on white"),
        pytest.param("<td style='color:white;background:#369'>头", False, id="on a colour"),
        pytest.param("<td bgcolor=navy><font style='color:white'>头</font>", False, id="on a cell's colour"),
        pytest.param("<td class='w g'>头", False, id="on a class's colour"),
        pytest.param("<td style='color:#fff8dc'>新", False, id="another colour"),
        pytest.param("<td style='border-color:white'>新", False, id="a white border"),
    ],
)
def test_white_letters_on_white_are_doubted(markup, doubted):
    assert doubted == bool(grids(f"<style>.w {{font:x;color:#FFFFFF}} .g {{background-color:navy}}</style><table><tr>{markup}</table>")[0].unsure)
