"""Canonical JSON from and to a filing: presence, order, types, marks; parts that contradict their text."""

import copy
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given

from tests.filings import filings
from xltool.canonical import (
    complete,
    differences,
    entry_differences,
    entry_json,
    from_json,
    to_json,
)
from xltool.filing import Doubt, Filing, Leftover, Repair, Section, Source
from xltool.library import forms
from xltool.problems import ProblemError
from xltool.values import Value


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


@pytest.mark.parametrize("place", [("sheet", "项目1"), ("page", 3), ("line", 12)])
def test_place_of_a_form_comes_back(document, place):
    """What there is nothing of is left out."""
    first(document)["source"] = {"file": "a.xlsx", place[0]: place[1], "doubts": [{"path": "year", "place": "B2", "why": "?"}]}
    [entry] = list(from_json(document, forms()).entries)[:1]
    assert Source("a.xlsx", place, doubts=(Doubt("year", "B2", "?"),)) == entry.source
    assert first(document)["source"] == first(to_json(from_json(document, forms()), forms()))["source"]


def test_unit_of_yuan_that_is_said_is_that_of_a_form_that_says_none(document):
    bare = from_json(document, forms())
    first(document)["money_unit"] = "元"
    assert bare == from_json(document, forms())
    [entry] = list(bare.entries)[:1]
    said = complete(forms()[entry.form], {**entry.values, "money_unit": "元"}, entry.lists)
    assert "money_unit" not in entry_json(said, forms()[entry.form])


def test_mark_may_stand_on_an_empty_field_of_a_row(document):
    first(document)["indicators"][1]["reason"] = None
    first(document)["marks"] = {"indicators[1].reason": "—"}
    assert {"indicators[1].reason": "—"} == next(from_json(document, forms()).entries).marks
    first(document)["indicators"][1]["reason"] = "雨季"
    assert ["json-mark sections[0].forms[0].marks"] == codes(document)


def test_numbers_are_decimal_and_shortest(document):
    first(document)["funding"]["total"].update(initial_budget=92764, annual_budget=Decimal("92764.50"), executed=Decimal("1E+3"))
    values = next(from_json(document, forms()).entries).values
    found = [values[f"funding.total.{name}"] for name in ("initial_budget", "annual_budget", "executed")]
    assert [(Decimal, "92764"), (Decimal, "92764.5"), (Decimal, "1000")] == [(type(one), str(one)) for one in found]


@pytest.mark.parametrize(
    ("target", "operator", "unit"),
    [
        ({"text": "90", "operator": "≥", "unit": "%"}, "≥", "%"),
        ({"text": "≥90%"}, "≥", "%"),
        ({"text": "≥90%", "operator": "≤", "unit": "人"}, "≤", "人"),
        ({"text": "90%", "operator": "≥"}, "≥", "%"),
        ({"text": "≥90", "unit": "%"}, "≥", "%"),
        ({"text": "90"}, None, None),
    ],
)
def test_sign_and_unit_of_a_target_in_parts_are_those_of_their_cells_first(target, operator, unit):
    path = Path(__file__).parent / "mappings" / "self-evaluation-sichuan.json"
    document = json.loads(path.read_text("utf-8"), parse_float=Decimal)
    first(document)["indicators"][0]["target"] = target
    found = next(from_json(document, forms()).entries).lists["indicators"][0]["target"]
    assert Value(target["text"], operator, Decimal(90), unit) == found


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


def test_blanks_in_a_target_make_no_difference_and_its_kind_does():
    def entry(target: Value):
        return complete(forms()["self-evaluation-sichuan"], {}, {"indicators": [{"target": target}]})

    once = entry(Value("改善 情况\n良好", kind="定性"))
    assert [] == entry_differences(once, entry(Value("改善情况良好", kind="定性")))
    assert ["indicators[0].target"] == entry_differences(once, entry(Value("改善情况良好")))
    assert ["indicators[0].target"] == entry_differences(entry(Value(None, "≥")), entry(Value(None, "≤")))
    assert [] == entry_differences(entry(Value(None, "≥")), entry(Value(None, "≥")))


def test_entries_of_two_forms_differ_in_their_form_alone():
    one, other = (complete(forms()[name], {"project.name": name}, {}) for name in ("target-declaration", "self-evaluation"))
    assert ["form"] == entry_differences(one, other)


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
