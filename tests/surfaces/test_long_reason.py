"""One long text beside several rows makes them several pages high; what stands in the middle of such a row is not cut by a page's end."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.edits import excel
from tests.edits.made import entry_of, filing_of, load, read, written
from xltool.canonical import differences

SICHUAN = load(Path(__file__).resolve().parents[1] / "mappings" / "self-evaluation-sichuan.json")
SENTENCE = "因上级专项资金下达较晚，且项目实施地点受汛期影响推迟开工，年度预算执行进度低于序时进度；"


def explained(length: int):
    entry = entry_of(SICHUAN)
    return filing_of(replace(entry, values={**entry.values, "funding.reason": (SENTENCE * 40)[:length]}))


@pytest.mark.parametrize("length", [700, 800, 900, 1000, 1100, 1200, 1500])
@pytest.mark.parametrize("stacked", [False, True], ids=["a sheet", "stacked"])
def test_no_page_ends_in_the_middle_of_a_caption_beside_a_long_text(length, stacked):
    filing = explained(length)
    data = written(filing, stacked)
    sheet = excel.opened(data).worksheets[-1]
    ends = {one.id for one in sheet.row_breaks.brk}
    heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
    reached = [sum(heights[:row]) for row in range(sheet.max_row + 1)]
    tall = [one for one in sheet.merged_cells.ranges if one.min_row < one.max_row and sheet.cell(one.min_row, one.min_col).value not in (None, "")]
    money = [one for one in tall if 2 <= one.min_col <= 10]
    assert ends
    assert money
    for one in money:
        middle = (reached[one.min_row - 1] + reached[one.max_row]) / 2
        assert all(abs(reached[end] - middle) > sheet.cell(one.min_row, one.min_col).font.size / 2 for end in ends), one.coord
    assert [] == differences(filing, read(data))
