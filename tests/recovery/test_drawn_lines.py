"""Lines drawn between forms: ***, =====, -----. They say nothing, and part."""

import pytest

from xltool.recovery.atoms import split


@pytest.mark.parametrize("line", ["***", "=====", "____", "-----", "————————", "  ~~~~  ", "──────"])
def test_line_that_is_drawn_is_no_text(line):
    text = split(f"满意度 ≥90%\n{line}\n项目名称\n")
    assert ["满意度", "≥90%", "项目名称"] == [atom.text for atom in text.atoms]
    assert split("满意度 ≥90%\n\n项目名称\n").lines[1].gap == text.lines[1].gap


@pytest.mark.parametrize("line", ["—", "---", "*", "**", "0", "-- 1", "=100%"])
def test_marks_of_empty_cells_and_values_are_text(line):
    assert ["满意度", *line.split(), "项目名称"] == [atom.text for atom in split(f"满意度\n{line}\n项目名称\n").atoms]
