"""Long texts that people write on in the rows below, and names in a cell of their own behind their caption's colon.

    10  年度总体目标 | 预算目标 (B:E)       | 实际完成情况 (F:I)
    11               | 保障文化馆、…        | 文化馆、…
    12  绩效指标     | …
"""

import pytest

from tests.edits import excel
from tests.edits.made import (
    EVALUATION,
    FORMS,
    doubted,
    entry_of,
    filing_of,
    left,
    read,
    repairs,
    written,
)
from xltool.filing import Entry

GOALS = 11


def goals_in_two_rows(label: str | None = None):
    """The evaluation with both goals in two rows, in whose second ``label`` stands before them."""
    book = excel.opened(written(EVALUATION))
    sheet = book.worksheets[-1]
    excel.unmerge(sheet, f"A{GOALS - 1}:I{GOALS}")
    excel.insert_rows(sheet, GOALS + 1)
    for column, texts in ((2, ("1.办展览。", "2.办演出。")), (6, ("1.办了展览。", "2.办了演出。"))):
        for row, text in enumerate(texts, GOALS):
            sheet.cell(row, column).value = text
    sheet.cell(GOALS + 1, 1).value = label
    return read(excel.saved(book))


def test_a_goal_in_several_rows_is_one_text_of_several_lines():
    found = goals_in_two_rows()
    values = entry_of(found).values
    assert ("1.办展览。\n2.办演出。", "1.办了展览。\n2.办了演出。") == (values["goals.expected"], values["goals.actual"])
    assert ({"lines-split"}, set(), []) == (set(repairs(found)) - {"merge-broken"}, doubted(found), left(found))


def test_a_row_below_a_goal_under_a_caption_that_nobody_knows_is_no_part_of_it():
    found = goals_in_two_rows("资金用途")
    assert "1.办展览。" == entry_of(found).values["goals.expected"]
    assert {"goals.expected", "goals.actual"} == doubted(found)
    assert ["资金用途", "2.办演出。", "2.办了演出。"] == [one.text for one in left(found)]


def signed(name: str | None) -> Entry:
    form = FORMS["self-evaluation-sichuan"]
    values = {one.path: None for one in form.scalars} | {"project.name": "甲", "signatures.project": name, "signatures.finance": "乙"}
    item = {one.path: None for one in form.fields.values() if one.list} | {"level1": "产出指标", "level2": "数量指标", "name": "丙"}
    return Entry(form.id, form.title, values, {"indicators": (item,)}, {})


@pytest.mark.parametrize("colon", ["：", ":", "： "])
def test_a_name_in_a_cell_behind_its_caption_is_the_name(colon):
    """
    项目负责人：某人                | 财务负责人：乙
    项目负责人：  |     | 某人      | 财务负责人：乙
    """
    book = excel.opened(written(filing_of(signed(None))))
    sheet = book.worksheets[-1]
    cell = excel.find(sheet, "项目负责人：")
    excel.unmerge(sheet, f"A{cell.row}:E{cell.row}")
    cell.value = f"项目负责人{colon}"
    sheet.cell(cell.row, 3).value = "某人"
    found = read(excel.saved(book))
    assert ("某人", "乙") == (entry_of(found).values["signatures.project"], entry_of(found).values["signatures.finance"])
    assert (["caption-split"], []) == ([code for code in repairs(found) if code != "merge-broken"], left(found))


def test_two_cells_behind_a_caption_are_left_over():
    book = excel.opened(written(filing_of(signed(None))))
    sheet = book.worksheets[-1]
    cell = excel.find(sheet, "项目负责人：")
    excel.unmerge(sheet, f"A{cell.row}:E{cell.row}")
    sheet.cell(cell.row, 3).value, sheet.cell(cell.row, 4).value = "某人", "2月3日"
    found = read(excel.saved(book))
    assert None is entry_of(found).values["signatures.project"]
    assert ["某人", "2月3日"] == [one.text for one in left(found)]
