"""Tables of several pages as one grid. A table is drawn as rows of cells 100 points wide; ^ goes on from above."""

from dataclasses import replace

import pytest

from xltool.printed import Box, Printed, PrintedCell, PrintedLine, PrintedPage, PrintedTable
from xltool.recovery.page_cuts import BEGINS, CAPTION, OTHER
from xltool.recovery.page_grids import joined

CAPTIONS = {"项目名称": BEGINS, "绩效指标": CAPTION, "一级指标": CAPTION, "三级指标": CAPTION, "指标值": CAPTION, "年度目标": CAPTION}


def caption(text: str) -> int:
    return CAPTIONS.get(text.replace("\n", ""), OTHER)


def table(picture: str, top: float = 60) -> PrintedTable:
    """The table of a picture. A cell that ends in … has a full last line; ~ at its end or beginning is an open side."""
    rows = [line.strip().strip("|").split("|") for line in picture.strip().splitlines()]
    cells = []
    for row, texts in enumerate(rows):
        for column, drawn in enumerate(texts):
            text = drawn.strip()
            if text == "^":
                continue
            end = row + 1
            while end < len(rows) and rows[end][column].strip() == "^":
                end += 1
            box = Box(40 + 100 * column, top + 20 * row, 140 + 100 * column, top + 20 * end)
            said = text.strip("~").rstrip("…")
            cells.append(PrintedCell(box, said, text.startswith("~"), text.endswith("~"), 0 if text.rstrip("~").endswith("…") else 50, 10))
    width = len(rows[0])
    return PrintedTable(Box(40, top, 40 + 100 * width, top + 20 * len(rows)), tuple(cells))


def page(number: int, *tables: PrintedTable, lines: tuple[tuple[float, str], ...] = ()) -> PrintedPage:
    return PrintedPage(number, 595, 842, tables, tuple(PrintedLine(Box(60, top, 60 + 9 * len(text), top + 9), text) for top, text in lines))


def drawn(*pages: PrintedPage) -> list[list[tuple[int, int, int, int, str]]]:
    """The cells of each grid: place and text."""
    book = joined(Printed(pages), caption).book
    return [[(*place, text) for place, text in zip(grid.places, grid.texts, strict=True)] for grid in book.grids]


def test_cell_without_rule_at_the_end_of_a_page_goes_on():
    first = table("| 产出指标~ | 甲 |")
    then = table("| | 乙 |\n| ^ | 丙 |\n| 效益指标 | 丁 |")
    assert [[(1, 1, 3, 1, "产出指标"), (1, 2, 1, 2, "甲"), (2, 2, 2, 2, "乙"), (3, 2, 3, 2, "丙"), (4, 1, 4, 1, "效益指标"), (4, 2, 4, 2, "丁")]] == drawn(
        page(1, first), page(2, then)
    )


def test_text_of_a_cut_cell_is_joined_and_said_so():
    grid = joined(Printed((page(1, table("| 目标 | 完成检查…~ |")), page(2, table("| 目标二 | ~五次 |")))), caption).book.grids[0]
    assert "完成检查五次" in grid.texts
    assert [grid.texts[number] for number in grid.mended] == ["完成检查五次"]


def test_row_whose_rule_at_the_top_of_a_page_is_not_drawn_all_along_is_a_row():
    """Word leaves out the rule above some cells of the row; below the row before it was drawn."""
    first, then = table("| 产出指标 | 合格率 | 95%以上… |"), table("| ~ | 满意率 | ~90%以上 |\n| 效益指标 | 知晓率 | 提高 |")
    [cells] = drawn(page(1, first), page(2, then))
    assert [(1, "合格率"), (1, "95%以上"), (2, "满意率"), (2, "90%以上")] == [(row, text) for row, column, _, _, text in cells if column > 1 and row < 3]


def cut(first: str, then: str) -> tuple[str, list[str]]:
    """The text of a cell that a page cuts in two, and what is not sure of it."""
    grid = joined(Printed((page(1, table(f"| 目标 | {first}~ |")), page(2, table(f"| 目标二 | ~{then} |")))), caption).book.grids[0]
    return grid.texts[1], [one.why for one in grid.unsure.values()]


def test_rest_of_a_text_that_breaks_off_goes_on_in_words_that_stood_before():
    assert ("窗口服务管理标准化；推进窗口服务管理标准化", []) == cut("窗口服务管理标准化；推进…", "窗口服务管理标准化")


@pytest.mark.parametrize("first", ["窗口服务管理标准化；推进改革。…", "窗口服务管理标准化；推进改革"], ids=["a sentence ends", "room for more"])
def test_words_of_a_text_that_ended_are_printed_again_and_doubted(first):
    assert (first.rstrip("…"), ["翻页后又印出前面已有的文字，作重复略去，也可能是下文"]) == cut(first, "窗口服务管理标准化")


def test_few_words_that_stood_before_are_no_print_again():
    assert ("管理标准化，推进改革。\n管理标准化", []) == cut("管理标准化，推进改革。", "管理标准化")


def test_label_printed_again_is_one_label():
    cells = drawn(page(1, table("| 产出指标 | 甲 |\n| ^ | 乙 |")), page(2, table("| 产出指标 | 丙 |")))
    assert (1, 1, 3, 1, "产出指标") in cells[0]


def test_heads_printed_again_are_no_rows():
    first = table("| 项目名称 | 修桥 | |\n| 一级指标 | 三级指标 | 指标值 |\n| 产出~ | 甲 | 1 |")
    then = table("| 一级指标 | 三级指标 | 指标值 |\n| | 乙 | 2 |")
    found = joined(Printed((page(1, first), page(2, then))), caption)
    assert [(1, 1, "项目名称"), (1, 2, "修桥"), (2, 1, "一级指标"), (2, 2, "三级指标"), (2, 3, "指标值"), (3, 1, "产出"), (3, 2, "甲"), (3, 3, "1"), (4, 2, "乙"), (4, 3, "2")] == [
        (row, column, text) for (row, column, *_), text in zip(found.book.grids[0].places, found.book.grids[0].texts, strict=True)
    ]
    assert ["一级指标", "三级指标", "指标值"] == [one.text for one in found.noise]


def test_heads_of_the_next_form_are_rows():
    first = table("| 一级指标 | 三级指标 | 指标值 |\n| 产出 | 甲 | 1 |\n| 项目名称 | 修路 | |")
    then = table("| 一级指标 | 三级指标 | 指标值 |\n| 产出 | 乙 | 2 |")
    assert 2 == [text for *_, text in drawn(page(1, first), page(2, then))[0]].count("一级指标")


def test_equal_rows_of_data_are_all_kept():
    row = "| 产出 | 甲 | 1 |"
    assert 3 == [text for *_, text in drawn(page(1, table(f"{row}\n{row}")), page(2, table(row)))[0]].count("甲")


def test_row_cut_in_two_is_one_row():
    """The name's last line was full, its target is done: what stands alone on the next page is the rest of the name."""
    cells = drawn(page(1, table("| 产出 | 检查完成… | ≥5次 |")), page(2, table("| | 及时率 | |\n| 效益 | 乙 | 2 |")))
    assert (1, 2, 2, 2, "检查完成及时率") in cells[0]


def test_row_after_a_line_that_was_not_full_is_a_row_of_its_own():
    cells = drawn(page(1, table("| 产出 | 检查完成 | ≥5次 |")), page(2, table("| | 及时率 | |\n| 效益 | 乙 | 2 |")))
    assert {"检查完成", "及时率"} <= {text for *_, text in cells[0]}


def test_field_below_its_caption_is_not_part_of_it():
    cells = drawn(page(1, table("| 年度目标 | 指标值 |")), page(2, table("| | 完成 |")))
    assert (1, 1, 1, 1, "年度目标") in cells[0]


def test_caption_at_the_top_of_a_page_is_not_part_of_the_cell_above():
    cells = drawn(page(1, table("| 项目目标~ | 甲 |")), page(2, table("| 绩效指标 | 一级指标 |")))
    assert [(1, 1, 1, 1, "项目目标"), (2, 1, 2, 1, "绩效指标")] == [cell for cell in cells[0] if cell[1] == 1]


def test_tables_on_one_page_have_an_empty_row_between_them():
    assert [[(1, 1, 1, 1, "甲"), (1, 2, 1, 2, "乙"), (3, 1, 3, 1, "丙"), (3, 2, 3, 2, "丁")]] == drawn(page(1, table("| 甲 | 乙 |"), table("| 丙 | 丁 |", 200)))


def test_tables_of_other_columns_are_grids_of_their_own():
    other = table("| 丙 | 丁 | 戊 | 己 |")
    assert 2 == len(drawn(page(1, table("| 甲 | 乙 |"), other)))


def test_outer_column_without_rules_on_a_page_is_still_there():
    """A cell that goes on over a whole page may leave no line at all there."""
    whole, part = table("| 甲 | 乙 | 丙 |"), table("| 甲 | 丁 | 戊 |")
    part = PrintedTable(Box(140, 60, 340, 80), part.cells[1:])
    assert 1 == len(drawn(page(1, whole), page(2, part)))


@pytest.mark.parametrize("number", ["2", "- 2 -", "第 2 页 共 7 页"])
def test_number_of_a_page_is_noise(number):
    found = joined(Printed((page(1, table("| 甲 | 乙 |")), page(2, table("| 丙 | 丁 |"), lines=((800, number),)))), caption)
    assert [(number, "页码")] == [(one.text, one.why) for one in found.noise]


@pytest.mark.parametrize("top", [True, False], ids=["first", "last"])
def test_row_that_holds_the_number_of_its_page_is_noise(top):
    first = table("| 产出~ | 甲 |")
    box = Box(40, 40, 240, 60) if top else Box(40, 80, 240, 100)
    numbered = replace(first, cells=(*first.cells, PrintedCell(box, "第1页")), box=Box(40, 40 if top else 60, 240, 80 if top else 100))
    found = joined(Printed((page(1, numbered), page(2, table("| | 乙 |\n| 效益 | 丙 |")))), caption)
    assert ([["产出", "甲", "乙", "效益", "丙"]], ["第1页"]) == ([list(grid.texts) for grid in found.book.grids], [one.text for one in found.noise])


def test_number_beside_another_text_is_of_its_row():
    assert () == joined(Printed((page(1, table("| 产出 | 甲 |\n| 第1页 | 乙 |")),)), caption).noise


def test_last_row_of_another_text_is_a_row():
    first = table("| 产出 | 甲 |")
    noted = replace(first, cells=(*first.cells, PrintedCell(Box(40, 80, 240, 100), "合计100")), box=Box(40, 60, 240, 100))
    assert () == joined(Printed((page(1, noted),)), caption).noise


def test_line_in_the_same_place_on_three_pages_is_kept_once():
    pages = [page(number, table("| 甲 | 乙 |"), lines=((20, "公开材料"),)) for number in (1, 2, 3)]
    assert 1 == sum(text == "公开材料" for grid in drawn(*pages) for *_, text in grid)


def test_title_of_a_form_on_every_page_is_kept():
    pages = [page(number, table("| 甲 | 乙 |"), lines=((20, "项目名称"),)) for number in (1, 2, 3)]
    assert 3 == sum(text == "项目名称" for grid in drawn(*pages) for *_, text in grid)


def test_form_goes_on_under_other_columns_than_the_one_before_it():
    """Word gives each table columns of its own: the second table's first row stands on the page of the first."""
    above, start = table("| 甲 | 乙 | 丙 |"), table("| 丁 | 戊 |", 200)
    start = PrintedTable(Box(40, 200, 340, 220), tuple(cell if cell.box.left == 40 else replace(cell, box=cell.box._replace(right=340)) for cell in start.cells))
    rest = [Box(40, 60, 140, 80), Box(140, 60, 180, 80), Box(180, 60, 340, 80)]
    then = PrintedTable(Box(40, 60, 340, 80), tuple(PrintedCell(box, text) for box, text in zip(rest, "己庚辛", strict=True)))
    found = drawn(page(1, above, start), page(2, then))
    assert [["甲", "乙", "丙"], ["丁", "戊", "己", "庚", "辛"]] == [[text for *_, text in cells] for cells in found]


def sided(*rows: tuple[str, str]) -> PrintedTable:
    """A table whose rows have sides of their own: 9 places ten points apart, | where a side stands, with the texts."""
    cells = []
    for at, (sides, texts) in enumerate(rows):
        places = [40 + 10 * place for place, mark in enumerate(sides) if mark == "|"]
        for left, right, text in zip(places[:-1], places[1:], texts.split(), strict=True):
            cells.append(PrintedCell(Box(left, 60 + 20 * at, right, 80 + 20 * at), text, room=50, first=10))
    return PrintedTable(Box(40, 60, 120, 60 + 20 * len(rows)), tuple(cells))


FIRST = sided(("||  |   |", "项目名称 修桥 局"), ("|   | | |", "甲 乙 丙"))
MOST = sided(("|   | | |", "甲 乙 丙"), ("| | | | |", "甲 乙 丙 丁"))


def test_form_goes_on_where_most_columns_go_on():
    assert 1 == len(drawn(page(1, FIRST), page(2, MOST)))


@pytest.mark.parametrize(
    "then",
    [
        pytest.param(page(2, sided(("|  |  | |", "甲 乙 丙"))), id="most columns are others"),
        pytest.param(page(2, sided(("|   | | |", "项目名称 乙 丙"), ("| | | | |", "甲 乙 丙 丁"))), id="a form begins"),
        pytest.param(page(2, MOST, lines=((40, "项目名称"),)), id="a form begins above"),
    ],
)
def test_table_of_other_columns_is_a_grid_of_its_own(then):
    assert 2 == len(drawn(page(1, FIRST), then))


def test_form_does_not_go_on_beyond_a_page_without_it():
    assert 2 == len(drawn(page(1, FIRST), page(2), page(3, MOST)))


def test_caption_that_a_page_cuts_is_one():
    cells = drawn(page(1, table("| 某 | 乙 |\n| 年度 | 甲 |")), page(2, table("| 目标 | 丙 |\n| ^ | 丁 |")))[0]
    assert [(2, 1, 4, 1, "年度\n目标")] == [cell for cell in cells if cell[1] == 1 and cell[0] > 1]


def moved(one: PrintedTable, right: float) -> PrintedTable:
    def box(own: Box) -> Box:
        return own._replace(left=own.left + right, right=own.right + right)

    return replace(one, box=box(one.box), cells=tuple(replace(cell, box=box(cell.box)) for cell in one.cells))


def test_table_beside_a_form_does_not_part_it():
    first, then = table("| 产出 | 甲~ |"), table("| 效益 | ~乙 |")
    aside = moved(table("| 其他 |", 50), 300)
    assert [["其他", "其他"], ["产出", "甲\n乙", "效益"]] == [[text for *_, text in grid] for grid in drawn(page(1, aside, first), page(2, aside, then))]


def test_lines_beside_a_table_are_rows_of_their_own():
    beside = PrintedLine(Box(400, 40, 440, 49), "说明")
    one = page(1, table("| 产出 | 甲 |"), lines=((40, "自评表"),))
    assert [(1, 1, 1, 2, "说明"), (2, 1, 2, 2, "自评表")] == drawn(replace(one, lines=(*one.lines, beside)))[0][:2]


def test_line_above_another_table_of_the_page_is_kept_for_it():
    one = page(1, moved(table("| 其他 |", 50), 300), table("| 产出 | 甲 |"), lines=((40, "自评表"),))
    assert [["其他"], ["自评表", "产出", "甲"]] == [[text for *_, text in grid] for grid in drawn(one)]


def test_group_that_goes_on_in_the_middle_of_a_row_covers_it():
    """Two lists side by side: the level of the second is printed on the page before, its column has merged cells."""
    first = table("| 一级指标 | 三级指标 | 指标值 |\n| 产出 | 甲 | 数量 |")
    then = table("| ^ | 乙 | |\n| 效益 | 丙 | 质量 |\n| ^ | 丁 | ^ |".replace("| ^ | 乙", "| | 乙"))
    assert (2, 3, 3, 3, "数量") in drawn(page(1, first), page(2, then))[0]


def test_blank_cell_in_a_column_without_merged_cells_stays_blank():
    first = table("| 一级指标 | 三级指标 | 指标值 |\n| 产出 | 甲 | 数量 |")
    then = table("| 产出 | 乙 | |\n| 效益 | 丙 | 质量 |")
    assert (2, 3, 2, 3, "数量") in drawn(page(1, first), page(2, then))[0]


def test_field_that_ends_a_page_with_a_sentence_goes_on_beside_its_empty_caption():
    first = table(f"| 年度目标 | {'一、完成检查。' * 10} |")
    then = table("| | 二、完成整改。 |\n| 指标值 | 甲 |")
    assert (1, 2, 2, 2, f"{'一、完成检查。' * 10}\n二、完成整改。") in drawn(page(1, first), page(2, then))[0]


def test_title_of_two_lines_is_one_title():
    line = "云台县城市管理行政执法局综合服务中心二〇二四年度项目绩效"
    title = PrintedLine(Box(40, 20, 340, 34), line), PrintedLine(Box(150, 36, 230, 50), "自评汇总表")
    found = joined(Printed((PrintedPage(1, 595, 842, (table("| 甲 | 乙 | 丙 |"),), title),)), caption).book.grids[0]
    assert f"{line}自评汇总表" == found.texts[0]


def test_empty_table_beside_a_table_is_none():
    """What is left of a cell that was pushed out of the table: a strip of rules with nothing in it."""
    strip = PrintedTable(Box(400, 60, 430, 80), (PrintedCell(Box(400, 60, 430, 80), ""),))
    assert 1 == len(drawn(page(1, table("| 甲 | 乙 |")), page(2, strip, table("| 丙 | 丁 |"))))


@pytest.mark.parametrize(
    ("text", "spilled", "brimful", "doubted"),
    [("检查", True, False, True), ("检查", False, True, False), ("完成检查" * 20, False, True, True), ("完成检查" * 20, False, False, False)],
    ids=["over a rule", "a short text", "a long text to the brim", "a long text"],
)
def test_text_that_may_be_cut_off_is_not_sure(text, spilled, brimful, doubted):
    cell = PrintedCell(Box(40, 60, 140, 80), text, spilled=spilled, brimful=brimful)
    book = joined(Printed((page(1, PrintedTable(cell.box, (cell,))),)), caption).book
    assert doubted == bool(book.grids[0].unsure)


def at_the_end(text: str = "完成检查的次数", lines: int = 2, brimful: bool = True, then: float = 80) -> list[str]:
    """What is not sure of a cell that is the last of its page; ``then`` is where the table of another page ends."""
    cell = PrintedCell(Box(40, 60, 140, 80), text, brimful=brimful, lines=lines)
    other = PrintedCell(Box(40, then - 20, 300, then), "丙。")
    book = joined(Printed((page(1, PrintedTable(cell.box, (cell,))), page(2, PrintedTable(other.box, (other,))))), caption).book
    return [one.why for one in book.grids[0].unsure.values()]


def test_text_that_breaks_off_at_the_end_of_a_page_is_doubted():
    assert ["文字到页末没有结束，下一页也没有接着，可能不全"] == at_the_end()


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"lines": 1}, id="one line"),
        pytest.param({"brimful": False}, id="room for more"),
        pytest.param({"text": "绩效指标"}, id="a caption"),
        pytest.param({"then": 400}, id="room on the page"),
    ],
)
def test_text_that_nothing_cuts_off_is_sure(more):
    assert [] == at_the_end(**more)


def test_text_that_breaks_off_and_goes_on_is_sure():
    first, then = table("| 目标 | 完成检查的…~ |"), table("| 目标二 | ~次数 |")
    first = replace(first, cells=tuple(replace(cell, brimful=True, lines=2) for cell in first.cells))
    grid = joined(Printed((page(1, first), page(2, then))), caption).book.grids[0]
    assert grid.texts.index("完成检查的次数") not in grid.unsure


@pytest.mark.parametrize(
    ("flaw", "why"),
    [
        ("stretched", "框线没有画全，单元格按延伸到下面的空行读"),
        ("overprinted", "两段文字印在了一处，可能混在一起"),
        ("struck", "文字上画了删除线"),
        ("cut", "文字伸出了表格、页面或裁剪框，可能不全"),
        ("unread", "字体没有说明其中的字是什么字，可能读错"),
        ("typed", "文字是后来作为批注写在页面上的，可能不是表上的"),
    ],
)
def test_cell_with_a_flaw_is_not_sure(flaw, why):
    cell = PrintedCell(Box(40, 60, 140, 80), "产出指标")
    cell = PrintedCell(*(flaw == name or getattr(cell, name) for name in PrintedCell.__dataclass_fields__))
    book = joined(Printed((page(1, PrintedTable(cell.box, (cell,))),)), caption).book
    assert [why] == [doubt.why for doubt in book.grids[0].unsure.values()]


def test_row_cut_in_two_makes_no_column_of_merged_cells():
    """The blank reason of a new row is none, although a row torn on the page before now reaches over two rows."""
    heads = "| 一级指标 | 三级指标 | 指标值 |"
    pages = [f"{heads}\n| 产出 | 检查完成… | 及时 |", "| | 次数 | |\n| 产出 | 乙 | 提高 |", "| 产出 | 丙 | |"]
    cells = drawn(*(page(number, table(picture)) for number, picture in enumerate(pages, 1)))[0]
    assert [(2, 3, 3, 3, "及时"), (4, 3, 4, 3, "提高")] == [cell for cell in cells if cell[4] in ("及时", "提高")]
