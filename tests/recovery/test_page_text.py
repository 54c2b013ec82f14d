"""Pages as text in columns. A line is drawn with the place where each of its texts begins, in points; letters are ten wide."""

from xltool.picture import display_width
from xltool.printed import Box, Printed, PrintedCell, PrintedLine, PrintedPage, PrintedTable
from xltool.recovery.page_text import page_text


def line(top: float, *texts: tuple[float, str]) -> PrintedLine:
    """A line of texts that stand a little apart."""
    (left, _), (last, text) = texts[0], texts[-1]
    return PrintedLine(Box(left, top, last + 10 * len(text), top + 10), " ".join(text for _, text in texts), texts if len(texts) > 1 else ())


def page(*lines: PrintedLine, tables: tuple[PrintedTable, ...] = ()) -> list[str]:
    return page_text(Printed((PrintedPage(1, 595, 842, tables, lines),))).split("\n")


def column(text: str, part: str) -> int:
    """The column in which a part of a text begins, a Chinese character two wide."""
    return display_width(text[: text.index(part)])


def test_texts_below_each_other_begin_in_one_column():
    first, second = page(line(100, (40, "产出指标"), (86, "数量指标"), (200, "5")), line(112, (86, "质量指标"), (200, "6")))
    assert [column(first, "数量"), column(first, "5")] == [column(second, "质量"), column(second, "6")]


def test_texts_of_a_line_are_parted_by_two_blanks_at_least():
    assert ["产出  数量"] == [text.strip() for text in page(line(100, (40, "产出"), (41, "数量")))]


def test_line_far_below_has_a_blank_line_before_it():
    assert ["甲", "乙", "", "丙"] == [text.strip() for text in page(line(100, (40, "甲")), line(112, (40, "乙")), line(140, (40, "丙")))]


def test_rows_of_a_ruled_table_are_lines_of_cells():
    cells = tuple(PrintedCell(Box(left, 60, left + 100, 80), text) for left, text in ((40, "产出"), (140, "甲\n乙")))
    assert ["产出\t甲<br>乙", "丙"] == [text.strip() for text in page(line(85, (40, "丙")), tables=(PrintedTable(Box(40, 60, 240, 80), cells),))]
