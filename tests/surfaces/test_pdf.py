"""The steps from marks to cells, and what is refused. A file is made by the test that needs it."""

import sys
import time
import zlib

import pytest

from tests.pdf.paper import Leaf, assembled, pdf, say
from xltool.budgets import limit
from xltool.problems import ProblemError
from xltool.surfaces.pdf import read
from xltool.surfaces.pdf.cells import cells
from xltool.surfaces.pdf.marks import Character, Stroke
from xltool.surfaces.pdf.rules import ruled
from xltool.surfaces.pdf.words import cell_text, lines

PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
TOP = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>"]


def box(*sides: tuple[bool, float, float, float]) -> list[Stroke]:
    return [Stroke(*side) for side in sides]


FRAME = box((True, 0, 0, 100), (True, 40, 0, 100), (False, 0, 0, 40), (False, 100, 0, 40))


def found(strokes: list[Stroke]) -> list[tuple[int, ...]]:
    """The rectangles of the one table that strokes make."""
    (table,) = ruled(strokes)
    return [tuple(one) for one in cells(table).rectangles]


def test_squares_that_no_rule_parts_are_one_cell():
    inner = box((True, 20, 50, 100), (False, 50, 0, 40))
    assert [(0, 0, 1, 0), (0, 1, 0, 1), (1, 1, 1, 1)] == found(FRAME + inner)


def test_dashes_of_one_line_are_one_rule():
    dashes = [Stroke(False, 50, at, at + 3) for at in range(0, 40, 5)]
    assert [(0, 0, 0, 0), (0, 1, 0, 1)] == found(FRAME + dashes)


def test_double_lines_are_one_rule():
    assert [(0, 0, 0, 0), (0, 1, 0, 1)] == found(FRAME + box((False, 49, 0, 40), (False, 50.5, 0, 40)))


def test_wide_double_lines_are_one_rule():
    assert [(0, 0, 0, 0), (0, 1, 0, 1)] == found(FRAME + box((False, 47.6, 0, 40), (False, 52.4, 0, 40)))


def test_lines_of_different_rows_that_lie_close_are_two_rules():
    """The columns of two blocks of a form, five points apart: each row has its own."""
    inner = box((True, 20, 0, 100), (False, 47.6, 0, 20), (False, 52.4, 20, 40))
    assert [(0, 0, 0, 0), (0, 1, 0, 2), (1, 0, 1, 1), (1, 2, 1, 2)] == found(FRAME + inner)


def test_circle_parts_nothing():
    """A seal: its curves have points beside them that no line leads over."""
    seal = "100 692 m 100 719 78 742 50 742 c 22 742 0 719 0 692 c 0 665 22 642 50 642 c 78 642 100 665 100 692 c S\n"
    frame = "20 600 m 20 780 l S 200 600 m 200 780 l S 20 600 m 200 600 l S 20 780 m 200 780 l S 50 600 m 50 780 l S\n"
    assert [2] == [len(table.cells) for table in read(pdf([Leaf(595, 842, frame + seal + say(80, 100, "正文", 842))]), "x").pages[0].tables]


def test_frame_around_a_table_is_no_table():
    (table,) = ruled(FRAME + box((False, 50, 0, 40)) + box((True, -20, -20, 120), (True, 60, -20, 120), (False, -20, -20, 60), (False, 120, -20, 60)))
    assert (0, 50, 100) == table.xs


def test_underline_that_meets_no_rule_parts_nothing():
    assert [(0, 0, 0, 0)] == found(FRAME + box((True, 20, 30, 60)))


def test_box_to_tick_inside_a_cell_parts_nothing():
    tick = box((True, 10, 20, 28), (True, 18, 20, 28), (False, 20, 10, 18), (False, 28, 10, 18))
    assert [(0, 0, 0, 0)] == found(FRAME + tick)


def test_side_that_is_not_drawn_is_open():
    (table,) = ruled(box((True, 0, 0, 100), (False, 0, 0, 40), (False, 50, 0, 40), (False, 100, 0, 40), (True, 40, 50, 100)))
    made = cells(table)
    assert (frozenset(), frozenset({0})) == (made.open_top, made.open_bottom)


def test_vertical_line_of_a_tables_height_is_its_side():
    assert [(0, 0, 0, 0), (0, 1, 0, 1)] == found(FRAME + box((False, -60, 0, 40)))


def test_missing_rule_is_counted_as_damage():
    (table,) = ruled(FRAME + box((False, 50, 0, 20), (True, 20, 0, 50)))
    assert 1 == cells(table).damaged


def row(text: str, left: float, top: float, size: float = 10) -> list[Character]:
    return [Character(letter, left + at * size, top, left + (at + 1) * size, top + size) for at, letter in enumerate(text)]


@pytest.mark.parametrize(
    ("first", "width", "expected"),
    [pytest.param("完成检查工作", 72, "完成检查工作五次", id="no room for more"), pytest.param("完成检查工作", 150, "完成检查工作\n五次", id="room for more")],
)
def test_line_that_was_full_goes_on(first, width, expected):
    assert expected == cell_text(lines(row(first, 6, 0) + row("五次", 6, 12)), width).text


@pytest.mark.parametrize(
    ("first", "then", "width", "expected"),
    [
        pytest.param("管理办法", "〔二", 62, "管理办法〔二", id="a bracket that opens stays with what follows"),
        pytest.param("科学化水", "平。完", 67, "科学化水平。完", id="a mark that begins no line stays with what stands before"),
        pytest.param("满意度", "≥95%", 67, "满意度≥95%", id="a sign stays with its number"),
        pytest.param("管理办法", "二是", 67, "管理办法\n二是", id="there was room for a character"),
    ],
)
def test_what_no_line_break_parts_needs_room_as_a_whole(first, then, width, expected):
    assert expected == cell_text(lines(row(first, 6, 0) + row(then, 6, 12)), width).text


def ruled_cells(*drawn: str) -> list[tuple[str, bool, bool]]:
    """The text of each cell of two rows of two cells, and whether it spilled or is full to the brim."""
    rules = "".join(f"{x} 642 m {x} 742 l S\n" for x in (50, 150, 250)) + "".join(f"50 {y} m 250 {y} l S\n" for y in (642, 692, 742))
    page = read(pdf([Leaf(595, 842, rules + "".join(drawn))]), "x").pages[0]
    return [(cell.text, cell.spilled, cell.brimful) for cell in page.tables[0].cells]


def test_text_through_a_rule_spills_from_one_cell_into_the_other():
    found = ruled_cells(say(55, 145, "检查", 842), say(155, 110, "五次", 842))
    assert [("检查", True, False), ("", True, False)] == sorted((one for one in found if one[1]), reverse=True)


def test_word_that_runs_on_into_the_next_cell_spills():
    assert [True, True, False, False] == [spilled for _, spilled, _ in ruled_cells(say(114, 110, "完成全部检查", 842))]


def test_text_inside_its_cell_does_not_spill():
    assert not any(spilled for _, spilled, _ in ruled_cells(say(55, 110, "完成检查", 842), say(155, 180, "五次", 842)))


def test_lines_that_run_over_the_rule_go_back_to_their_cell():
    """Five lines in a row that has room for three and a half; what stands below is written after them."""
    lines_drawn = [say(55, 109 + 12 * at, line, 842) for at, line in enumerate(("完成检查工作完成检查", "工作完成检查工作完成", "检查工作完成检查工作", "完成检查工作完成检查", "五次。"))]
    found = ruled_cells(*lines_drawn, say(155, 110, "及时", 842), say(85, 160, "合理", 842))
    assert [("完成检查工作完成检查工作完成检查工作完成检查工作完成检查工作完成检查工作完成检查五次。", True), ("及时", False), ("合理", True), ("", False)] == [one[:2] for one in found]


def test_lines_that_run_over_the_upper_rule_go_back_to_their_cell():
    lines_drawn = [say(55, 133.5 + 12 * at, line, 842) for at, line in enumerate(("完成检查工作完成检查", "工作完成检查工作完成", "检查工作完成检查工作", "五次。"))]
    found = ruled_cells(say(85, 110, "合理", 842), *lines_drawn)
    assert [("合理", True), ("", False), ("完成检查工作完成检查工作完成检查工作完成检查工作完成检查工作五次。", True), ("", False)] == [one[:2] for one in found]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(say(55, 160, "二次", 842), id="farther below than the lines are apart"),
        pytest.param(say(75, 157.5, "二次", 842), id="set elsewhere"),
        pytest.param(say(155, 157.5, "二次", 842), id="in another column"),
    ],
)
def test_line_that_does_not_go_on_from_lines_over_the_rule_stays(second):
    found = ruled_cells(say(55, 121.5, "完成检查", 842), say(55, 133.5, "完成检查", 842), say(55, 145.5, "工作", 842), second)
    assert "二次" in [text for text, *_ in found[2:]]


def test_rows_as_close_as_lines_keep_their_texts_though_a_rule_is_drawn_through_one():
    """A column written from the top, the second of four texts on the rule above it."""
    rules = "".join(f"{x} 692 m {x} 742 l S\n" for x in (50, 150)) + "".join(f"50 {y} m 150 {y} l S\n" for y in (692, 704, 716, 726, 742))
    drawn = [say(55, 101.75 + 12 * at, text, 842) for at, text in enumerate(("一次", "二次", "三次", "四次"))]
    page = read(pdf([Leaf(595, 842, rules + "".join(drawn))]), "x").pages[0]
    assert [("一次", True), ("二次", True), ("三次", False), ("四次", False)] == [(cell.text, cell.spilled) for cell in page.tables[0].cells]


def test_texts_that_no_rule_is_drawn_through_stay_beside_one_that_runs_over():
    found = ruled_cells(say(55, 146, "检查", 842), say(155, 139, "一次", 842), say(155, 151.5, "二次", 842))
    assert ["一次", "二次"] == [found[1][0], found[3][0]]


def test_line_on_the_rule_far_below_a_text_is_not_its_next_line():
    assert ["检查", "", "二次", ""] == [text for text, *_ in ruled_cells(say(55, 110, "检查", 842), say(55, 147, "二次", 842))]


def test_line_on_the_rule_that_stands_alone_belongs_to_the_empty_cell_beyond():
    """The end of a text from the page before, written first, on the rule above a caption that is written later."""
    found = ruled_cells(say(55, 146, "金。", 842), say(155, 170, "得分", 842), say(60, 160, "原因分析", 842))
    assert [("金。", True), ("", False), ("原因分析", True), ("得分", False)] == [one[:2] for one in found]


def test_line_on_the_rule_stays_where_its_text_is_written_with_it():
    found = ruled_cells(say(55, 146, "未完成", 842), say(60, 170, "原因分析", 842), say(155, 170, "得分", 842))
    assert ["", "", "未完成\n原因分析", "得分"] == [text for text, *_ in found]


def test_line_on_the_rule_stays_where_the_cell_beyond_has_a_text():
    found = ruled_cells(say(55, 146, "金。", 842), say(155, 170, "得分", 842), say(60, 160, "原因分析", 842), say(85, 110, "检查", 842))
    assert ["检查", "", "金。\n原因分析", "得分"] == [text for text, *_ in found]


def without_side(*drawn: str) -> list[tuple[str, int, bool]]:
    """Text, height and stretch of the cells of two rows of three, the last two squares of the second open at the left."""
    rules = "".join(f"{x} 692 m {x} 742 l S\n" for x in (50, 100)) + "".join(f"{x} 642 m {x} 742 l S\n" for x in (150, 250))
    rules += "".join(f"50 {y} m 250 {y} l S\n" for y in (642, 692, 742))
    page = read(pdf([Leaf(595, 842, rules + "".join(drawn))]), "x").pages[0]
    return [(cell.text, round(cell.box.height), cell.stretched) for cell in page.tables[0].cells]


def under(left: float, top: float, right: float) -> str:
    return f"{left} {842 - top} m {right} {842 - top} l S\n"


@pytest.mark.parametrize(
    ("line", "struck"),
    [pytest.param(under(55, 120.5, 145), False, id="under"), pytest.param(under(55, 114.5, 145), True, id="through")],
)
def test_line_under_or_through_words_parts_no_cell(line, struck):
    """Words that fill their cell nearly from side to side, with a line as long as they are."""
    rules = "".join(f"{x} 642 m {x} 742 l S\n" for x in (50, 150)) + "".join(f"50 {y} m 150 {y} l S\n" for y in (642, 742))
    page = read(pdf([Leaf(595, 842, rules + say(55, 110, "完成检查工作完成检查", 842) + line)]), "x").pages[0]
    assert [("完成检查工作完成检查", struck)] == [(cell.text, cell.struck) for cell in page.tables[0].cells]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(under(50, 120.5, 150), id="from rule to rule"),
        pytest.param(under(55, 125, 145), id="far below the words"),
        pytest.param(under(52.2, 120.5, 147.8), id="longer than the words"),
    ],
)
def test_other_lines_are_rules(line):
    rules = "".join(f"{x} 642 m {x} 742 l S\n" for x in (50, 150)) + "".join(f"50 {y} m 150 {y} l S\n" for y in (642, 742))
    page = read(pdf([Leaf(595, 842, rules + say(55, 110, "完成检查工作完成检查", 842) + line)]), "x").pages[0]
    assert 2 == len(page.tables[0].cells)


def test_rule_below_words_as_wide_as_their_cell_is_a_rule():
    rules = "".join(f"{x} 642 m {x} 742 l S\n" for x in (50, 150)) + "".join(f"50 {y} m 150 {y} l S\n" for y in (642, 742))
    page = read(pdf([Leaf(595, 842, rules + say(50.5, 110, "完成检查工作完成检查五", 842) + under(50, 120.5, 150))]), "x").pages[0]
    assert 2 == len(page.tables[0].cells)


LEVELS = say(55, 110, "产出", 842), say(105, 110, "数量", 842), say(155, 110, "次数", 842), say(155, 160, "人数", 842)


def test_cells_reach_over_an_empty_row_without_the_tables_side():
    assert [("产出", 100, True), ("数量", 100, True), ("次数", 50, False), ("人数", 50, False)] == without_side(*LEVELS)


def test_row_without_the_tables_side_is_a_row_where_something_stands_in_it():
    assert [("产出", 50, False), ("数量", 50, False), ("次数", 50, False), ("效益", 50, False), ("人数", 50, False)] == without_side(*LEVELS, say(55, 160, "效益", 842))


def test_table_without_its_sides_has_empty_cells_below_others():
    rules = "".join(f"{x} 642 m {x} 742 l S\n" for x in (100, 150)) + "".join(f"50 {y} m 250 {y} l S\n" for y in (642, 692, 742))
    page = read(pdf([Leaf(595, 842, rules + say(55, 110, "产出", 842))]), "x").pages[0]
    assert [False] * 6 == [cell.stretched for cell in page.tables[0].cells]


@pytest.mark.parametrize(
    ("lines_drawn", "brimful"),
    [
        pytest.param(["完成检查工作完成检查", "完成检查工作完成检查"], True, id="no room and no end"),
        pytest.param(["完成检查工作完成检查", "完成检查工作完成检。"], False, id="a sentence ends"),
        pytest.param(["完成检查工作完成检查", "完成检查"], False, id="room for more"),
    ],
)
def test_cell_is_full_to_the_brim(lines_drawn, brimful):
    drawn = [say(54, 128 + 10 * at, line, 842) for at, line in enumerate(lines_drawn)]
    assert brimful == ruled_cells(*drawn)[0][2]


def test_letter_set_twice_for_bold_print_is_one_letter():
    bold = [letter for one in row("表", 0, 0) for letter in (one, one._replace(left=0.4, right=10.4))]
    assert "表" == cell_text(lines(bold), 100).text


def test_raised_letter_stays_on_its_line():
    raised = [*row("面积5m", 0, 5), Character("2", 40, 3, 45, 8)]
    assert "面积5m2" == cell_text(lines(raised), 100).text


def test_clipped_text_is_not_there():
    clipped = "q 40 700 100 100 re W n " + say(50, 400, "看不见", 842) + "Q " + say(50, 60, "看得见", 842)
    assert ["看得见"] == [line.text for line in read(pdf([Leaf(595, 842, clipped)]), "x").pages[0].lines]


@pytest.mark.parametrize("mark", ["）", "，", "（"])
def test_clipped_mark_whose_ink_stands_at_one_side_of_its_place_is_not_there(mark):
    clipped = "q 40 700 100 100 re W n " + say(50, 400, mark, 842, 24) + "Q " + say(50, 60, "看得见", 842)
    assert ["看得见"] == [line.text for line in read(pdf([Leaf(595, 842, clipped)]), "x").pages[0].lines]


def test_text_beyond_the_page_is_not_there():
    assert ["看得见"] == [line.text for line in read(pdf([Leaf(595, 842, say(50, 900, "看不见", 842) + say(50, 60, "看得见", 842))]), "x").pages[0].lines]


def nested(depth: int, times: int) -> bytes:
    """Forms within forms, each drawn so many times by the one around it; the last draws itself no more."""
    bodies = [*TOP, PAGE, "<</Length 5>>stream\n/X Do\nendstream"]
    for level in range(depth):
        drawn = "/X Do " * times if level + 1 < depth else "0 0 m 9 9 l S"
        bodies.append(f"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {6 + level} 0 R>>>>/Length {len(drawn)}>>stream\n{drawn}\nendstream")
    return assembled(bodies)


def drawing(instructions: bytes) -> bytes:
    packed = zlib.compress(instructions).decode("latin-1")
    return assembled([*TOP, PAGE, f"<</Filter/FlateDecode/Length {len(packed)}>>stream\n{packed}\nendstream"])


def pages(count: int) -> bytes:
    kids = " ".join(f"{at} 0 R" for at in range(3, count + 3))
    return assembled([TOP[0], f"<</Type/Pages/Count {count}/Kids[{kids}]>>", *["<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * count])


SELF = assembled([*TOP, PAGE, "<</Length 5>>stream\n/X Do\nendstream", "<</Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 11>>stream\n/X Do /X Do\nendstream"])
WHOLE = pdf([Leaf(595, 842, say(60, 60, "正文", 842))])
LOCKED = "/Encrypt<</Filter/Standard/V 1/R 2/O<" + "11" * 32 + ">/U<" + "22" * 32 + ">/P -4>>/ID[<00><00>]"
PICTURE = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID 0 EI Q\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"%PDF-1.7\n", "pdf-broken", id="head only"),
        pytest.param(WHOLE[: len(WHOLE) // 2], "pdf-broken", id="cut in half"),
        pytest.param(pdf([Leaf(595, 842, PICTURE)]), "pdf-scanned", id="scanned"),
        pytest.param(pdf([Leaf(595, 842, "")]), "pdf-empty", id="empty page"),
        pytest.param(assembled([*TOP, PAGE, "<</Length 0>>stream\n\nendstream"], more=LOCKED), "pdf-encrypted", id="encrypted"),
        pytest.param(pdf([Leaf(99_999_999, 842, "")]), "pdf-size", id="huge page"),
        pytest.param(pages(10_000), "pdf-pages", id="ten thousand pages"),
        pytest.param(nested(9, 10), "pdf-drawing", id="forms drawn a billion times"),
        pytest.param(SELF, "pdf-drawing", id="form that draws itself twice"),
        pytest.param(drawing(b" " * 50_000_000), "pdf-drawing", id="fifty megabytes of blanks"),
        pytest.param(drawing(b"0 0 m 9 9 l S " * 60_000), "pdf-amount", id="sixty thousand lines"),
        pytest.param(drawing(b"0 0 m " + b"9 9 l " * 500_000 + b"S"), "pdf-amount", id="a line of half a million parts"),
    ],
)
def test_hostile_file_is_refused_with_its_reason_at_once(data, code):
    began = time.process_time()
    with pytest.raises(ProblemError) as refused:
        read(data, "x.pdf")
    assert ([code], True) == ([one.code for one in refused.value.problems], time.process_time() - began < 10)


def test_deep_nesting_that_draws_little_is_read():
    with pytest.raises(ProblemError) as refused:
        read(nested(100, 1), "x.pdf")
    assert ["pdf-empty"] == [one.code for one in refused.value.problems]


def test_time_is_limited(monkeypatch):
    monkeypatch.setattr("xltool.surfaces.pdf.budgets.time.monotonic", iter([0.0, *[float(limit("pdf_seconds")) + 1] * 9]).__next__)
    with pytest.raises(ProblemError) as refused:
        read(WHOLE, "x.pdf")
    assert ["pdf-time"] == [one.code for one in refused.value.problems]


def test_characters_of_a_page_are_limited(monkeypatch):
    monkeypatch.setenv("XLTOOL_BUDGETS", "pdf-characters=1")
    with pytest.raises(ProblemError) as refused:
        read(WHOLE, "x.pdf")
    assert ["pdf-amount"] == [one.code for one in refused.value.problems]


def test_missing_library_is_named_with_its_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(ProblemError) as refused:
        read(WHOLE, "x.pdf")
    assert [("pdf-missing", True)] == [(one.code, "xltool[pdf]" in one.text("en") and "xltool[pdf]" in one.text("zh")) for one in refused.value.problems]


def test_page_without_fonts_is_read():
    data = assembled([*TOP, PAGE, "<</Length 39>>stream\nBT /F9 9 Tf 100 100 Td (hello) Tj ET\nendstream"])
    assert ["hello"] == [line.text for line in read(data, "x").pages[0].lines]


EMPTY = assembled(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 0/Kids[]>>"])


@pytest.mark.parametrize("before", [None, b"%PDF-1.7 nothing more", EMPTY], ids=["first", "after a broken one", "after another"])
def test_a_pdf_without_pages_is_told_so(before):
    """pdfium itself repeats what it said of the document before."""
    for data in (before, EMPTY) if before else (EMPTY,):
        with pytest.raises(ProblemError) as raised:
            read(data, "a.pdf")
    assert [("pdf-pageless", "a.pdf")] == [(one.code, one.place) for one in raised.value.problems]


ATTACHED = "<</Type/Filespec/F(a.xlsx)/UF(\376\377\215\104\116\366)/EF<</F 6 0 R>>>>"
"""A file whose name is 资件 in UTF-16."""


@pytest.mark.parametrize(
    ("names", "beside"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("/Names<</EmbeddedFiles<</Names[(a)7 0 R]>>>>", [("附件 资件", "附带的文件没有打开，也没有保留")], id="a file"),
        pytest.param("/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert\\(1\\))>>]>>>>", [("JavaScript", "脚本没有运行，也没有保留")], id="a script"),
    ],
)
def test_files_and_scripts_that_a_pdf_carries_are_named(names, beside):
    data = pdf([Leaf(595, 842, say(100, 100, "正文", 842))])
    end = data.rindex(b"xref\n") if b"xref\n" in data else len(data)
    body = data[:end].replace(b"<</Type/Catalog", b"<</Type/Catalog" + names.encode(), 1)
    extra = b"96 0 obj<</Type/EmbeddedFile/Length 1>>stream\nx\nendstream endobj\n97 0 obj" + ATTACHED.encode("latin-1").replace(b"6 0 R", b"96 0 R") + b"endobj\n"
    whole = body.replace(b"7 0 R]>>", b"97 0 R]>>", 1) + extra + data[end:]
    assert beside == list(read(whole, "a.pdf").beside)
