"""Tab-separated and Markdown text of every form: a sound table is read by its columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from xltool.arrange import place, text_of
from xltool.canonical import differences
from xltool.filing import Entry, Filing
from xltool.form import Form
from xltool.library import forms
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
        if cell.field and cell.field.type == "percent" and cell.value is not None:
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


def test_a_shifted_table_is_read_by_the_grammar(samples: Path) -> None:
    text = (samples / "target-declaration" / "shifted.tsv").read_text("utf-8")
    found = read_text(text, forms(), "x").filing
    truth = json_file.read((samples / "target-declaration" / "filing.json").read_bytes(), forms(), "x")
    assert [] == differences(truth, found)
    assert any(repair.code == "level-from-taxonomy" for entry in found.entries for repair in entry.source.repairs)
