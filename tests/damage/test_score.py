"""Facts about the score of a reading."""

import copy
from decimal import Decimal
from typing import Any

import pytest

from tests.damage.forms import FORMS, random_filing
from tests.damage.report import main
from tests.damage.score import score


@pytest.fixture
def truth() -> dict[str, Any]:
    return random_filing(1, "target-declaration", 2)


@pytest.fixture
def reading(truth):
    return copy.deepcopy(truth)


def first(filing: dict[str, Any]) -> dict[str, Any]:
    form: dict[str, Any] = filing["sections"][0]["forms"][0]
    return form


def doubt(form: dict[str, Any], *paths: str) -> None:
    form["source"] = {"doubts": [{"path": path, "place": "", "why": ""} for path in paths]}


@pytest.mark.parametrize("form", FORMS)
def test_truth_agrees_with_itself(form):
    filing = random_filing(5, form, 4)
    found = score(filing, copy.deepcopy(filing))
    assert (4, 4, ()) == (found.forms, found.exact, found.wrong)
    assert found.right == found.fields > 100


def test_wrong_field_without_doubt_is_silent(truth, reading):
    first(reading)["indicators"][2]["level2"] = "质量指标"
    found = score(truth, reading)
    assert ["sections[0].forms[0].indicators[2].level2"] == [one.path for one in found.silent]
    assert (2, 1, found.fields - 1) == (found.forms, found.exact, found.right)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("indicators[2].level2", id="on the field"),
        pytest.param("indicators[2]", id="on the row"),
        pytest.param("indicators", id="on the list"),
    ],
)
def test_doubt_covers_what_is_below_it(truth, reading, path):
    first(reading)["indicators"][2]["level2"] = "质量指标"
    doubt(first(reading), path)
    found = score(truth, reading)
    assert (1, ()) == (len(found.wrong), found.silent)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("indicators[3].level2", id="another row"),
        pytest.param("indicators[2].level1", id="another field"),
        pytest.param("indicators[2].level", id="the beginning of a name"),
    ],
)
def test_doubt_elsewhere_covers_nothing(truth, reading, path):
    first(reading)["indicators"][2]["level2"] = "质量指标"
    doubt(first(reading), path)
    assert 1 == len(score(truth, reading).silent)


def test_doubt_on_a_right_field_is_counted(truth, reading):
    doubt(first(reading), "project")
    assert 7 == score(truth, reading).doubted_right


def test_lost_row_is_wrong_at_the_list(truth, reading):
    lost = first(reading)["indicators"].pop(3)
    found = score(truth, reading)
    assert {"sections[0].forms[0].indicators"} == {one.path for one in found.silent}
    assert 3 + len(lost["target"]) == len(found.silent)
    doubt(first(reading), "indicators")
    assert () == score(truth, reading).silent


def test_row_too_many_is_wrong_at_its_place(truth, reading):
    extra = {"level1": "产出指标", "level2": "数量指标", "name": "没有的指标", "target": {"text": "及时"}}
    first(reading)["indicators"].insert(1, extra)
    assert ["sections[0].forms[0].indicators[1]"] == [one.path for one in score(truth, reading).silent]


def test_lost_form_is_under_the_doubt_of_its_section(truth, reading):
    reading["sections"][0]["forms"].pop(0)
    assert {"sections[0].forms"} == {one.path for one in score(truth, reading).silent}
    whole = score(truth, truth)
    assert whole.fields == score(truth, reading).fields
    reading["source"] = {"doubts": [{"path": "sections[0].forms", "place": "", "why": ""}]}
    found = score(truth, reading)
    assert (2, 1, ()) == (found.forms, found.exact, found.silent)


def test_value_where_the_truth_has_none_is_wrong(truth, reading):
    first(truth)["funding"]["annual"]["other"] = None
    first(reading)["funding"]["annual"]["other"] = 0
    assert ["sections[0].forms[0].funding.annual.other"] == [one.path for one in score(truth, reading).silent]


def test_wrong_title_of_a_section_is_a_wrong_field(truth, reading):
    reading["sections"][0]["title"] = "别的汇总表"
    assert ["sections[0].title"] == [one.path for one in score(truth, reading).wrong]


def test_widths_and_white_space_are_no_difference(truth, reading):
    first(truth)["goals"]["annual"] = "1、完成（一期）；\n2、完成 DIP 改造。"
    first(reading)["goals"]["annual"] = "1、完成(一期);2、完成DIP改造。"
    first(truth)["funding"]["annual"]["total"] = 92764.0
    first(reading)["funding"]["annual"]["total"] = Decimal("92764.00")
    assert () == score(truth, reading).wrong


def test_number_is_no_text(truth, reading):
    first(truth)["year"], first(reading)["year"] = 2024, "2024"
    assert 1 == len(score(truth, reading).wrong)


def test_report_prints_a_line_for_each_kind_and_counts_a_reader_that_breaks(capsys):
    def breaks(text: str) -> dict[str, Any]:
        raise ValueError("no form")

    assert 0 == main(["--seeds", "2", "--kind", "tsv", "--kind", "stream", "--form", "self-evaluation"], breaks)
    lines = capsys.readouterr().out.splitlines()
    assert [["stream", "2"], ["tsv", "2"]] == [[line.split()[0], line.split()[-1]] for line in lines[1:]]


def test_report_shows_silent_fields_with_their_seed(capsys):
    def loses(text: str) -> dict[str, Any]:
        return {"schema": "xltool/1", "sections": []}

    main(["--seed", "4", "--kind", "tsv", "--form", "target-declaration", "--show", "1"], loses)
    assert "seed 4 SILENT sections[0]" in capsys.readouterr().out


def test_dump_writes_text_and_truth(tmp_path):
    main(["--seed", "4", "--kind", "markdown", "--form", "target-declaration", "--dump", str(tmp_path)])
    assert ["markdown-target-declaration-4.json", "markdown-target-declaration-4.txt"] == sorted(
        path.name for path in tmp_path.iterdir()
    )
