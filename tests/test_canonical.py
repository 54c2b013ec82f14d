"""Canonical JSON from and to a filing: presence, order, types, marks; parts that contradict their text."""

import copy
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given

from tests.filings import filings
from xltool.canonical import differences, from_json, to_json
from xltool.filing import Doubt, Filing, Leftover, Repair, Section, Source
from xltool.library import forms
from xltool.problems import ProblemError


@pytest.fixture
def document(samples) -> dict:
    return json.loads((samples / "self-evaluation" / "filing.json").read_text("utf-8"), parse_float=Decimal)


def first(document: dict) -> dict:
    return document["sections"][0]["forms"][0]


def codes(document: dict) -> list[str]:
    with pytest.raises(ProblemError) as caught:
        from_json(document, forms())
    return [f"{one.code} {dict(one.words)['path']}" for one in caught.value.problems]


@given(filings)
def test_a_filing_comes_back_from_json(filing):
    assert filing == from_json(to_json(filing, forms()), forms())


@given(filings)
def test_a_filing_does_not_differ_from_itself(filing):
    assert [] == differences(filing, filing)


@pytest.mark.parametrize("name", ["target-declaration/filing.json", "target-declaration/cut.json", "self-evaluation/filing.json"])
def test_samples_come_back_as_they_are(samples, name):
    written = json.loads((samples / name).read_text("utf-8"), parse_float=Decimal)
    assert written == to_json(from_json(written, forms()), forms())


@pytest.mark.parametrize("form_id", sorted(forms()))
def test_every_key_is_there_in_the_order_of_the_form(form_id):
    from xltool.arrange import blank

    form = forms()[form_id]
    entry = to_json(Filing((Section(None, (blank(form),)),)), forms())["sections"][0]["forms"][0]
    assert ["form", "title", "year"] == list(entry)[:3]
    # Left out where they have no value: a key in […], and the unit that is meant where none is said.
    sometimes = {one.path.split(".")[0] for one in form.scalars if one.optional or one.absent}
    wanted = {one.path.split(".")[0] for one in form.scalars} | set(form.lists)
    assert wanted - sometimes <= set(entry)
    assert {"marks", "source"}.isdisjoint(entry)


@pytest.mark.parametrize(
    ("part", "given_part"),
    [("value", Decimal(7)), ("operator", "≤"), ("unit", "头")],
)
def test_a_part_that_contradicts_its_text_is_named(document, part, given_part):
    first(document)["indicators"][0]["target"] = {"text": "=12次", "operator": "=", "value": 12, "unit": "次"} | {part: given_part}
    assert ["json-value sections[0].forms[0].indicators[0].target"] == codes(document)


def test_parts_may_be_left_out_and_are_found_again(document):
    first(document)["indicators"][0]["target"] = {"text": "=12次"}
    target = first(to_json(from_json(document, forms()), forms()))["indicators"][0]["target"]
    assert {"text": "=12次", "operator": "=", "value": 12, "unit": "次"} == target


def test_the_number_of_a_target_in_parts_is_that_of_its_text():
    """Sichuan prints sign, number and unit in cells of their own."""
    path = Path(__file__).parent / "mappings" / "self-evaluation-sichuan.json"
    document = json.loads(path.read_text("utf-8"), parse_float=Decimal)
    target = first(document)["indicators"][0]["target"]
    stated = target.pop("value")
    assert stated == first(to_json(from_json(document, forms()), forms()))["indicators"][0]["target"]["value"]
    target["value"] = stated + 1
    assert ["json-value sections[0].forms[0].indicators[0].target"] == codes(document)


@pytest.mark.parametrize(
    "path",
    [pytest.param("project.name", id="a field that has a value"), pytest.param("funding.nothing", id="no field"), pytest.param("indicators[99].score", id="a row that is not there")],
)
def test_a_mark_stands_only_on_an_empty_field(document, path):
    first(document)["marks"] = {path: "—"}
    assert ["json-mark sections[0].forms[0].marks"] == codes(document)


def test_a_unit_of_yuan_is_left_out_and_another_is_said(document):
    assert "money_unit" not in first(to_json(from_json(document, forms()), forms()))
    first(document)["money_unit"] = "万元"
    assert "万元" == first(to_json(from_json(document, forms()), forms()))["money_unit"]


def test_source_comes_back_and_makes_no_difference(document):
    said = Source("a.txt", ("line", 12), (Repair("wrap", "12", "joined"),), (Doubt("goals", "13", "unsure"),), (Leftover("14", "页脚"),))
    bare = from_json(document, forms())
    told = Filing(bare.sections, said)
    again = from_json(to_json(told, forms()), forms())
    assert (said, bare, []) == (again.source, again, differences(bare, told))


@pytest.mark.parametrize(
    ("change", "path"),
    [
        pytest.param(lambda one: one["project"].update(name="别的"), "project.name", id="a text"),
        pytest.param(lambda one: one["funding"]["total"].update(executed=Decimal("0.01")), "funding.total.executed", id="a number"),
        pytest.param(lambda one: one["indicators"].pop(), "indicators", id="a row less"),
        pytest.param(lambda one: one["indicators"][1].update(target={"text": "别的"}), "indicators[1].target", id="a target"),
        pytest.param(lambda one: one.update(year=1999), "year", id="the year"),
    ],
)
def test_what_differs_is_named_by_its_path(document, change, path):
    changed = copy.deepcopy(document)
    change(first(changed))
    assert [f"sections[0].forms[0].{path}"] == differences(from_json(document, forms()), from_json(changed, forms()))


def test_blanks_and_line_breaks_make_no_difference(document):
    changed = copy.deepcopy(document)
    goals = first(changed)["goals"]
    goals["expected"] = " \n".join(goals["expected"])
    assert [] == differences(from_json(document, forms()), from_json(changed, forms()))


@pytest.mark.parametrize(
    ("change", "path"),
    [
        pytest.param(lambda d: d["sections"].append({"title": None, "forms": []}), "sections", id="a section more"),
        pytest.param(lambda d: d["sections"][0].update(title="别的"), "sections[0].title", id="a title"),
        pytest.param(lambda d: d["sections"][0]["forms"].pop(), "sections[0].forms", id="a form less"),
        pytest.param(lambda d: first(d).update(marks={}), "sections[0].forms[0].marks", id="no marks"),
    ],
)
def test_sections_forms_and_marks_count(document, change, path):
    changed = copy.deepcopy(document)
    change(changed)
    assert path in differences(from_json(document, forms()), from_json(changed, forms()))
