"""Two readings of a table's text: form by form the one with less against it; level names in another column are doubted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from xltool import canonical
from xltool.filing import Doubt, Entry, Filing, Scalar, Section
from xltool.grid import Book, grid_of
from xltool.jobs.reading import read_bytes
from xltool.library import forms
from xltool.recovery.sound_reading import with_foreign, with_sounder
from xltool.recovery.table_text import read_text

SAMPLES = Path(__file__).parents[2] / "samples"
TABLE = (SAMPLES / "target-declaration/filing.tsv").read_text("utf-8")
BOOK = Book((grid_of("", ()),))


def alone(entries: Iterable[Entry]) -> Filing:
    return Filing((Section(None, tuple(entries)),))


def read(text: str) -> Filing:
    return alone(read_text(text, forms(), "x.txt").filing.entries)


def changed(filing: Filing, at: int, **values: Scalar) -> Filing:
    """The filing with another name of its form ``at``, and a doubt on it."""
    doubt = Doubt("project.name", "", "?")
    made = (replace(one, values={**one.values, **values}, source=replace(one.source, doubts=(doubt,))) for one in filing.entries)
    return alone(other if number == at else one for number, (one, other) in enumerate(zip(filing.entries, made, strict=True)))


def names(filing: Filing) -> list[object]:
    return [entry.values["project.name"] for entry in filing.entries]


def test_each_form_is_the_reading_with_fewer_faults() -> None:
    plain = read(TABLE)
    one, other = changed(plain, 0, **{"project.name": "甲"}), changed(plain, 1, **{"project.name": "乙"})
    assert ["甲", "乙"] == [names(one)[0], names(other)[1]]
    assert names(plain) == names(with_sounder(one, other, BOOK, forms()))
    assert [] == [doubt for entry in with_sounder(one, other, BOOK, forms()).entries for doubt in entry.source.doubts]


def test_of_two_readings_with_faults_the_better_is_doubted_where_they_differ() -> None:
    plain = read(TABLE)
    worse = changed(plain, 0, **{"project.name": "甲", "project.unit": "丙"})
    entry = next(worse.entries)
    more = replace(entry, source=replace(entry.source, doubts=(*entry.source.doubts, Doubt("project.unit", "", "?"))))
    worse = alone([more, *list(worse.entries)[1:]])
    better = changed(plain, 0, **{"project.name": "乙"})
    found = next(with_sounder(worse, better, BOOK, forms()).entries)
    assert "乙" == found.values["project.name"]
    assert {"project.name", "project.unit"} <= {one.path for one in found.source.doubts}


def test_readings_of_other_forms_are_not_mixed() -> None:
    plain = read(TABLE)
    fewer = alone(list(plain.entries)[1:])
    assert with_sounder(changed(plain, 0), fewer, BOOK, forms()) == changed(plain, 0)


@pytest.mark.parametrize(("path", "text"), [("name", "数量指标"), ("level2", "产出指标"), ("level1", "数量指标")])
def test_level_name_where_another_belongs_doubts_its_row(path: str, text: str) -> None:
    plain = read(TABLE)
    entry = next(plain.entries)
    items = entry.lists["indicators"]
    moved = replace(entry, lists={"indicators": (items[0], {**items[1], path: text}, *items[2:])})
    found = next(with_foreign(alone([moved]), forms()).entries)
    assert ["indicators[1]"] == [one.path for one in found.source.doubts]


def test_names_like_a_level_but_longer_are_names() -> None:
    plain = read(TABLE)
    assert with_foreign(plain, forms()) == plain
    assert [one.source for one in with_foreign(plain, forms()).entries] == [one.source for one in plain.entries]


def test_captions_with_their_values_behind_a_colon_in_one_cell_are_read() -> None:
    text = re.sub(r"(?<![^\t\n])(项目名称|项目性质|项目类别|主管部门|实施单位|计划开始日期|计划完成日期)\t(?=[^\t\n])", r"\1：", TABLE)
    assert 7 <= text.count("：") - TABLE.count("：")
    filing = read(text)
    assert [] == canonical.differences(read(TABLE), filing)
    assert [] == [one.path for entry in filing.entries for one in entry.source.doubts if one.path.startswith("project.")]


PAGE = (SAMPLES / "target-declaration/filing.html").read_text("utf-8")


def hidden(changes: tuple[tuple[str, str], ...]) -> Filing:
    """The page with its first form once more, changed, where nobody sees it."""
    at = PAGE.index("186,400.00")
    first, last = PAGE.rindex("<table", 0, at), PAGE.index("</table>", at) + len("</table>")
    copy = PAGE[first:last]
    for old, new in changes:
        copy = copy.replace(old, new)
    return read_bytes(f"{PAGE[:last]}<div style='display:none'>{copy}</div>{PAGE[last:]}".encode(), "x.html", forms()).filing


@pytest.mark.parametrize("changes", [(), (("186,400.00", "999,999.00"),), (("<td", "<td colspan=1"), ("合计", "小计"), ("项目性质", "性质"))], ids=["the same", "other amounts", "damaged"])
def test_form_that_nobody_sees_is_doubted_however_it_is_read(changes: tuple[tuple[str, str], ...]) -> None:
    entries = list(hidden(changes).entries)
    assert 4 == len(entries)
    assert [False, True, False, False] == ["form" in [doubt.path for doubt in entry.source.doubts] for entry in entries]


def test_table_that_nobody_sees_is_no_damage() -> None:
    assert [] == [one.code for one in hidden((('sdval="186400"', 'sdval="999999"'), ("186,400.00", "999,999.00"))).source.repairs]


def test_words_of_a_form_that_nobody_sees_are_left_over() -> None:
    at = PAGE.index(">", PAGE.index("<body")) + 1
    found = read_bytes(f"{PAGE[:at]}<div style='display:none'><p>项目名称 旧名称</p></div>{PAGE[at:]}".encode(), "x.html", forms()).filing
    assert "项目名称 旧名称" in [one.text for one in found.source.leftover]
    assert [] == canonical.differences(read_bytes(PAGE.encode(), "x.html", forms()).filing, found)
