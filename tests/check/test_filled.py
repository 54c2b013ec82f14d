"""An entry as rules see it: what is blank, what is doubted and why, what a row is called."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.check.made import EVALUATION, SICHUAN, filing, findings
from xltool.check.filled import Filled, Spot
from xltool.filing import Doubt, Source
from xltool.form import Place
from xltool.library import forms
from xltool.values import Value


def filled(changes=None, *doubts: tuple[str, str], form: str = EVALUATION) -> Filled:
    """A right entry, changed; of each doubt the path and the reason."""
    (entry,) = filing(form, changes).entries
    return Filled(replace(entry, source=Source(doubts=tuple(Doubt(path, "", why) for path, why in doubts))), forms()[form])


@pytest.mark.parametrize(
    ("name", "value", "text", "blank"),
    [
        pytest.param("年度指标值", None, "", True, id="nothing"),
        pytest.param("年度指标值", Value(" \n"), "", True, id="a target of blanks"),
        pytest.param("年度指标值", Value(" 及时 "), "及时", False, id="a target between blanks"),
        pytest.param("年度指标值", Value(None, "≥", None, "人"), "", True, id="a sign and a unit without a target"),
        pytest.param("年度指标值", Value("—"), "—", True, id="a target that is a mark"),
        pytest.param("项目名称", "无", "无", True, id="a text that is a mark"),
        pytest.param("项目名称", " 甲 ", "甲", False, id="a text between blanks"),
        pytest.param("总分·得分", Decimal(0), "0", False, id="zero"),
    ],
)
def test_a_field_is_blank_where_nothing_is_filled_in(name, value, text, blank):
    field = forms()[EVALUATION].fields[name]
    assert (text, blank) == ((spot := Spot(field.path, field, "", value)).text, spot.blank)


def test_a_target_of_blanks_is_missing():
    assert ("indicator-missing", "indicators[1].target") in [(one.rule, one.path) for one in findings(SICHUAN, {"indicators[1].target": " "})]


@pytest.mark.parametrize(
    ("doubt", "doubted"),
    [
        pytest.param("indicators[1]", {"indicators[1].target", "indicators[1].name"}, id="a row"),
        pytest.param("indicators[1].target", {"indicators[1].target"}, id="a field"),
        pytest.param("indicators", {f"indicators[{row}].{field}" for row in range(12) for field in ("target", "name")}, id="a list"),
        pytest.param("indicators[1].tar", set(), id="a path that begins alike"),
        pytest.param("total", {"total.score"}, id="a group"),
    ],
)
def test_a_doubt_is_one_on_everything_under_it_and_says_its_reason(doubt, doubted):
    found = filled({"indicators[11].name": "末项"}, (doubt, "列错位"))
    spots = [*(spot for row in found.rows for role, spot in row.spots.items() if role in ("indicator", "target")), *found.all("total_score")]
    assert 2 * 12 + 1 == len(spots)
    assert doubted == {spot.path for spot in spots if spot.doubted}
    assert {"列错位"} >= {spot.doubt for spot in spots if spot.doubted}


def test_a_doubt_without_a_reason_is_a_doubt():
    assert ["?"] == [spot.doubt for spot in filled(None, ("total.score", "")).all("total_score")]


def test_of_several_doubts_on_a_field_the_first_gives_the_reason():
    assert ["甲"] == [spot.doubt for spot in filled(None, ("year", "子"), ("total.score", "甲"), ("total", "乙")).all("total_score")]


def test_a_row_without_a_name_is_called_by_its_number():
    rows = filled({"indicators[2].name": None, "indicators[3].name": "  "}).rows
    assert ["图书上架率", "#3", "#4"] == [row.name for row in rows[1:4]]


def test_a_field_of_a_row_is_that_rows_the_first_ones_too():
    found = filled()
    place = forms()[EVALUATION].fields["三级指标"]
    assert ["开放书屋数量", "图书上架率"] == [found.at(Place(place, row)).text for row in (0, 1)]
    assert "indicators[0].name" == found.at(Place(place, 0)).path
    assert "社区书屋开放" == found.at(Place(forms()[EVALUATION].fields["项目名称"])).text
