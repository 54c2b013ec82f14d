"""Tab-separated and Markdown text of every form: a sound table is read by its columns."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from xltool.arrange import place, text_of
from xltool.canonical import differences
from xltool.filing import Entry, Filing
from xltool.form import Form
from xltool.grid import Book, grid_of
from xltool.jobs.reading import read_bytes
from xltool.library import forms
from xltool.recovery import grid_reading, text_reading
from xltool.recovery.atoms import cells_of
from xltool.recovery.table_text import read_text
from xltool.surfaces import json_file
from xltool.values import plain

PAGES = Path(__file__).parent.parent / "mappings"


def drawn(form: Form, entry: Entry, markdown: bool) -> list[str]:
    """The lines of a filled form as a table."""
    placed = place(form, entry)
    squares: dict[tuple[int, int], str] = {}
    for cell in placed:
        text = cell.text or text_of(cell.value)
        if cell.field and cell.field.type == "percent" and isinstance(cell.value, Decimal):
            text = f"{plain(cell.value * 100)}%"
        squares[cell.row, cell.column] = text.replace("\n", "<br>")
    rows = [[squares.get((row, column), "") for column in range(1, form.layout.columns + 1)] for row in range(1, max(cell.last_row for cell in placed) + 1)]
    return [f"| {' | '.join(row)} |" if markdown else "\t".join(row) for row in rows]


def table(filing: Filing, markdown: bool) -> str:
    lines: list[str] = []
    for section in filing.sections:
        lines.extend([section.title, ""] if section.title else [])
        for entry in section.entries:
            lines.extend([*drawn(forms()[entry.form], entry, markdown), ""])
    return "\n".join(lines)


@pytest.mark.parametrize("markdown", [False, True], ids=["tab-separated", "Markdown"])
@pytest.mark.parametrize("page", ["declaration-2015", "self-evaluation-2020", "self-evaluation-sichuan"])
def test_a_sound_table_of_any_form_says_what_went_in(page: str, markdown: bool) -> None:
    filing = json_file.read((PAGES / f"{page}.json").read_bytes(), forms(), page)
    assert [] == differences(filing, read_text(table(filing, markdown), forms(), page).filing)


def test_an_empty_cell_of_a_sound_table_is_told_by_its_column() -> None:
    """A target without its sign's row: 实际完成值 is empty, so the next number is the weight."""
    filing = json_file.read((PAGES / "self-evaluation-2020.json").read_bytes(), forms(), "x")
    empty = [item for entry in filing.entries for item in entry.lists["indicators"] if item["actual"] is None]
    assert empty


EVALUATION = "self-evaluation-2020"


def changed(old: str, new: str) -> Filing:
    """The table of a filing with one word replaced, read again."""
    filing = json_file.read((PAGES / f"{EVALUATION}.json").read_bytes(), forms(), EVALUATION)
    text = table(filing, False)
    assert old in text
    return read_text(text.replace(old, new), forms(), "x").filing


def test_a_level_one_that_the_taxonomy_contradicts_is_replaced_with_a_repair() -> None:
    filing = json_file.read((PAGES / f"{EVALUATION}.json").read_bytes(), forms(), EVALUATION)
    found = changed("效益指标（30分）", "产出指标（30分）")
    assert [] == differences(filing, found)
    repairs = [one for entry in found.entries for one in entry.source.repairs if one.code == "level-from-taxonomy"]
    line = next(number for number, line in enumerate(table(filing, False).splitlines(), 1) if "社会效益指标" in line)
    assert f"第{line}行" in [one.place for one in repairs]


def test_a_level_outside_the_taxonomy_stays_with_a_doubt() -> None:
    found = changed("社会效益指标", "民生效益指标")
    items = [(f"indicators[{at}].level2", item["level2"]) for entry in found.entries for at, item in enumerate(entry.lists["indicators"])]
    strange = {path for path, name in items if name == "民生效益指标"}
    assert strange
    assert strange <= {one.path for entry in found.entries for one in entry.source.doubts}


def test_what_a_table_of_text_leaves_over_is_told_by_its_line() -> None:
    filing = json_file.read((PAGES / "self-evaluation-sichuan.json").read_bytes(), forms(), "x")
    lines = table(filing, False).splitlines()
    lines[-1] += "\t\t\t未列栏目"
    found = read_text("\n".join([*lines, "填表人：李青\t联系电话：000"]), forms(), "x").filing
    sources = [entry.source for entry in found.entries]
    places = [one.place for source in sources for one in source.leftover] + [one.place for source in sources for one in source.doubts]
    places += [one.place for source in sources for one in source.repairs]
    assert places
    assert not [place for place in places if "!" in place]


def test_a_shifted_table_is_read_by_the_grammar(samples: Path) -> None:
    text = (samples / "target-declaration" / "shifted.tsv").read_text("utf-8")
    found = read_text(text, forms(), "x").filing
    truth = json_file.read((samples / "target-declaration" / "filing.json").read_bytes(), forms(), "x")
    assert [] == differences(truth, found)
    assert any(repair.code == "level-from-taxonomy" for entry in found.entries for repair in entry.source.repairs)


@pytest.mark.parametrize(
    ("caption", "unit", "doubted"),
    [("项目资金（单位：万元）", "万元", False), ("项目资金（亿元）", None, True)],
    ids=["a unit behind a colon", "a unit that is none of the choices"],
)
def test_the_grammar_takes_a_unit_only_where_it_is_one_of_the_choices(samples: Path, caption: str, unit: str | None, doubted: bool) -> None:
    filing = json_file.read((samples / "self-evaluation" / "filing.json").read_bytes(), forms(), "x")
    lines = [cell for line in table(filing, False).splitlines() for cell in line.split("\t") if cell]
    found = text_reading.read_text("\n".join(lines).replace("项目资金（元）", caption), forms(), "x").filing
    entry = next(found.entries)
    assert (unit, doubted) == (entry.values["money_unit"], "money_unit" in {one.path for one in entry.source.doubts})


@pytest.mark.parametrize("filled", ["&nbsp;", "<br>", "&nbsp; &nbsp;"])
def test_a_cell_of_marks_alone_is_empty(filled):
    lines = (Path(__file__).parents[2] / "samples/self-evaluation/filing.md").read_text("utf-8").splitlines()
    marked = ["|" + "|".join(cell if cell.strip() else f" {filled} " for cell in line.strip().strip("|").split("|")) + "|" if line.startswith("|") else line for line in lines]
    plainly = read_text("\n".join(lines), forms(), "a.md")
    assert [] == differences(plainly.filing, read_text("\n".join(marked), forms(), "a.md").filing)


def test_row_between_bars_that_stood_on_two_lines_is_named():
    rows = (Path(__file__).parents[2] / "samples/target-declaration/filing.md").read_text("utf-8")
    broken = rows.replace("抽检农村水厂数量", "抽检农村\n水厂数量", 1)
    assert broken != rows
    whole, joined = (read_bytes(text.encode(), "x.md", forms()).filing for text in (rows, broken))
    assert [] == differences(whole, joined)
    number = broken[: broken.index("抽检农村\n")].count("\n") + 1
    assert [("wrap-joined", f"第{number}行")] == [(one.code, one.place) for one in joined.source.repairs]


def test_field_printed_in_a_caption_that_is_lost_is_doubted():
    filing = json_file.read((PAGES / "declaration-2015.json").read_bytes(), forms(), "a.json")
    lines = drawn(forms()["declaration-2015"], next(filing.entries), markdown=False)
    head = next(at for at, line in enumerate(lines) if "中期目标" in line)
    halves = [*([" ".join(line.split())] for line in lines[: head + 1]), *(line.split("\t") for line in lines[head + 1 :])]
    entry = next(grid_reading.read_book(Book((grid_of("", halves),)), forms(), "").entries)
    true = next(filing.entries).values
    lost = {path for path in true if true[path] is not None and entry.values.get(path) != true[path]}
    assert "goals.project_period" in lost
    assert set() == lost - {one.path for one in entry.source.doubts}


def test_last_cell_of_a_row_that_no_bar_ends_is_a_cell():
    assert ["项目名称", "供水", "甲"] == [cell.strip() for cell in cells_of("| 项目名称 | 供水 | 甲")]
    assert ["项目名称", "供水", ""] == [cell.strip() for cell in cells_of("| 项目名称 | 供水 | |")]
