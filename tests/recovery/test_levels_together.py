"""Two names of levels in one cell of a printed page, between which no rule was drawn."""

import pytest

from tests.edits.made import FORMS
from xltool.filing import Entry, Filing, Section
from xltool.recovery import levels_together

FORM = "self-evaluation-2020"


def doubts(*level_twos: str | None) -> list[str]:
    items = tuple({"level1": "效益指标", "level2": text, "name": "知晓率"} for text in level_twos)
    filing = Filing((Section(None, (Entry(FORM, FORMS[FORM].title, {}, {"indicators": items}),)),))
    [entry] = levels_together.with_doubts(filing, FORMS).entries
    return [one.path for one in entry.source.doubts]


@pytest.mark.parametrize("printed", ["社会效益指标可持续影响指标", "社会效益指标\n可持续影响\n指标", "经济效益指标社会效益指标生态效益指标"])
def test_each_row_of_a_cell_with_several_levels_is_doubted(printed):
    assert ["indicators[0].level2", "indicators[2].level2"] == doubts(printed, "社会效益指标", printed)


@pytest.mark.parametrize("printed", ["社会效益指标", "绿色发展指标", "社会效益指标和其他", None])
def test_a_level_of_one_name_known_or_not_is_not_doubted(printed):
    assert [] == doubts(printed)
