"""Text whose blanks look like columns and are none: tabs that a program turned into blanks, one for each, so that a row of
empty cells begins elsewhere each time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xltool import canonical
from xltool.filing import Filing
from xltool.library import forms
from xltool.recovery.atoms import split
from xltool.recovery.laid_out import is_laid_out
from xltool.recovery.text_reading import read_text

SAMPLES = Path(__file__).parents[2] / "samples"


def read(text: str) -> Filing:
    return read_text(text, forms(), "x.txt").filing


@pytest.mark.parametrize("blanks", [1, 2, 3])
def test_rows_whose_tabs_became_blanks_are_read_in_their_order(blanks: int) -> None:
    text = (SAMPLES / "target-declaration/filing.tsv").read_text("utf-8")
    filing = read(text.replace("\t", " " * blanks))
    assert [] == canonical.differences(read(text), filing)


def test_text_that_was_read_against_its_blanks_says_so() -> None:
    text = (SAMPLES / "target-declaration/filing.tsv").read_text("utf-8")
    assert ["columns-untrue"] == [one.code for one in read(text.replace("\t", " " * 2)).source.repairs if one.code == "columns-untrue"]
    plain = (SAMPLES / "target-declaration/filing.txt").read_text("utf-8")
    assert "columns-untrue" not in [one.code for one in read(plain).source.repairs]


@pytest.mark.parametrize("name", ["target-declaration/filing.tsv", "self-evaluation/filing.tsv"])
def test_signatures_with_gaps_below_tables_do_not_make_columns_of_them(name: str) -> None:
    text = (SAMPLES / name).read_text("utf-8")
    signed = "填表人：张三   联系电话：021-12345678   填报日期：2024-01-15"
    forms_of = re.split(r"(?m)^(?=财政项目支出绩效)", text)
    filing = read(f"{signed}\n".join(forms_of[:1] + [part.rstrip() + "\n" for part in forms_of[1:]]) + signed)
    assert [] == canonical.differences(read(text), filing)
    assert [] == [one for entry in filing.entries for one in entry.source.doubts]


def test_few_lines_with_gaps_among_rows_of_cells_lay_no_text_out() -> None:
    cells = "".join(f"数量指标\t供水量{at}\t≥{at}(吨)\n" for at in range(20))
    gaps = "填表人：张三   联系电话：021   日期：2024\n  审核：李四\n" * 6
    assert not is_laid_out(split(cells + gaps))
    assert is_laid_out(split(gaps + gaps))
