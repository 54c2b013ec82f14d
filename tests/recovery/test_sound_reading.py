"""Which of two readings of a table is the sounder: what counts against one, and what is said of the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xltool.filing import Doubt, Entry, Filing, Leftover, Section, Source
from xltool.grid import Book, grid_of
from xltool.library import forms
from xltool.recovery import grid_reading, sound_reading
from xltool.recovery.grid_entry import HIDDEN
from xltool.recovery.sound_reading import (
    GRID_AS_TEXT,
    OTHERWISE,
    doubted,
    faults,
    left_over,
    lines,
    read_book,
)

FORMS = forms()
FORM = "target-declaration"


def entry(*left: str, doubts: tuple[tuple[str, str], ...] = (), project: str = "养护", form: str = FORM, levels: tuple[str, str] = ("产出指标", "数量指标")) -> Entry:
    item = {"level1": levels[0], "level2": levels[1], "name": "株数"}
    source = Source(leftover=tuple(Leftover("第1行", text) for text in left), doubts=tuple(Doubt(path, "", why) for path, why in doubts))
    return Entry(form, "表", {"project.name": project}, {"indicators": (item,)}, source=source)


def filing(*entries: Entry) -> Filing:
    return Filing((Section(None, entries),))


BOOK = Book((replace(grid_of("表1", [["项目名称", "养护"], ["填表说明\n见附件"], ["甲", "乙"]]), notes={0: "批注一\n批注二"}),))


def test_the_rows_of_a_grid_are_lines_and_its_cells_stay_cells():
    grid = grid_of("表1", [["甲\t乙", "丙\n丁"], [], ["", "戊"]])
    assert ["甲 乙\t丙<br>丁", "", "戊"] == list(lines(grid))


@pytest.mark.parametrize(
    ("found", "count"),
    [
        pytest.param(entry(), 0, id="nothing"),
        pytest.param(entry("甲", "乙"), 2, id="two cells of one row"),
        pytest.param(entry("填表说明\n见附件", "见附件"), 0, id="a cell alone in its row, or a line of it"),
        pytest.param(entry("批注一", "批注二\n批注一"), 0, id="a note"),
        pytest.param(entry("批注一\n甲"), 1, id="a note and something else"),
        pytest.param(entry(doubts=(("year", "?"), ("project.unit", HIDDEN))), 1, id="a doubt; that nobody sees the table is none"),
        pytest.param(entry(levels=("数量指标", "产出指标")), 2, id="levels in each other's columns"),
    ],
)
def test_doubts_levels_in_wrong_columns_and_what_is_left_of_rows_count_against_a_reading(found, count):
    assert count == faults(filing(found), BOOK, FORMS)
    assert left_over(filing(found), BOOK) == sum(text in ("甲", "乙", "批注一\n甲") for text in (one.text for one in found.source.leftover))


def test_what_two_readings_have_otherwise_is_doubted_with_the_doubts_of_both():
    one, other = entry(doubts=(("year", "甲"),)), entry(project="绿道", doubts=(("year", "甲"), ("goals.annual", "乙")))
    assert [("year", "甲"), ("goals.annual", "乙"), ("project.name", OTHERWISE)] == [(doubt.path, doubt.why) for doubt in doubted(one, other).source.doubts]
    assert one is doubted(one, entry(form="self-evaluation"))


def sounder(monkeypatch, grid: Filing, text: Filing | None) -> Filing:
    """The sounder of what the grids and the text of the tables give."""
    monkeypatch.setattr(grid_reading, "read_book", lambda *_: grid)
    monkeypatch.setattr(sound_reading, "_as_text", lambda *_: text)
    return read_book(BOOK, FORMS, "a.docx")


@pytest.mark.parametrize(
    ("grid", "text", "projects"),
    [
        pytest.param([entry("甲")], [entry(project="文")], ["文"], id="the text has fewer faults"),
        pytest.param([entry("甲")], [entry("甲", project="文")], ["养护"], id="as many: the grid"),
        pytest.param([entry("甲")], [entry("甲", "乙", project="文")], ["养护"], id="the text has more"),
        pytest.param([entry()], [entry(project="文")], ["养护"], id="the grid has none"),
        pytest.param([entry("甲"), entry(project="二")], [entry(project="文"), entry("乙", project="字")], ["文", "二"], id="entry by entry"),
        pytest.param([entry("甲")], [entry("甲", "乙", project="文"), entry(project="字")], ["文", "字"], id="forms that the grids do not find weigh most"),
        pytest.param([entry("甲"), entry(project="二")], [entry(project="文")], ["养护", "二"], id="forms that the text does not find"),
        pytest.param([entry("甲")], None, ["养护"], id="no text"),
    ],
)
def test_the_reading_with_fewer_faults_holds(monkeypatch, grid, text, projects):
    found = sounder(monkeypatch, filing(*grid), None if text is None else filing(*text))
    assert projects == [one.values["project.name"] for one in found.entries]


def test_that_a_table_was_read_as_text_is_said_where_it_was(monkeypatch):
    told = [[one.code for one in sounder(monkeypatch, filing(entry("甲")), filing(other)).source.repairs] for other in (entry(), entry("甲"))]
    assert [[GRID_AS_TEXT], []] == told
