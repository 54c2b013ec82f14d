"""JSON files: the bytes that are written, every fault of what is read by its path, and hostile files."""

import copy
import json
from decimal import Decimal

import pytest
from hypothesis import given

import xltool
from tests.filings import filings
from xltool.library import forms
from xltool.problems import ProblemError
from xltool.surfaces import json_file


@pytest.fixture
def document(samples) -> dict:
    return json.loads((samples / "target-declaration" / "filing.json").read_text("utf-8"))


def first(document: dict) -> dict:
    return document["sections"][0]["forms"][0]


def faults(data: bytes) -> list[str]:
    with pytest.raises(ProblemError) as caught:
        json_file.read(data, forms(), "a.json")
    return [one.text("en").removeprefix("a.json: ") for one in caught.value.problems]


@pytest.mark.parametrize("name", ["target-declaration/filing.json", "target-declaration/cut.json", "self-evaluation/filing.json"])
def test_samples_are_written_as_they_are(samples, name):
    data = (samples / name).read_bytes()
    assert data == json_file.write(json_file.read(data, forms(), name), forms())


@given(filings)
def test_what_is_written_is_read_again(filing):
    assert filing == json_file.read(json_file.write(filing, forms()), forms(), "a.json")


@pytest.mark.parametrize(
    ("number", "written"),
    [("92764.00", "92764"), ("92764.50", "92764.5"), ("1E+3", "1000"), ("0.10000000000000000001", "0.10000000000000000001")],
)
def test_numbers_are_decimals_and_are_written_shortest(document, number, written):
    text = json.dumps(document).replace('"total": 186400', f'"total": {number}', 1)
    filing = json_file.read(text.encode(), forms(), "a.json")
    assert Decimal(number) == next(filing.entries).values["funding.annual.total"]
    assert f'"total": {written},' in json_file.write(filing, forms()).decode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_of_json(samples, encoding):
    text = (samples / "self-evaluation" / "filing.json").read_text("utf-8")
    assert json_file.read(text.encode(encoding), forms(), "a.json") == json_file.read(text.encode(), forms(), "a.json")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(lambda d: first(d)["indicators"][1]["target"].update(value="x"), 'sections[0].forms[0].indicators[1].target.value: must be a number, found "x" [json-needs-number]', id="text for a number, deep inside"),
        pytest.param(lambda d: first(d)["funding"]["annual"].update(total="12"), 'sections[0].forms[0].funding.annual.total: must be a number (null where empty), found "12" [json-wants-number]', id="an amount in quotes"),
        pytest.param(lambda d: first(d)["indicators"][2].update(target=7), "sections[0].forms[0].indicators[2].target: must be an object {…}, found 7 [json-wants-object]", id="a number for a target"),
        pytest.param(lambda d: first(d).update(year=2024.5), "sections[0].forms[0].year: must be a whole number (null where empty), found 2024.5 [json-wants-integer]", id="half a year"),
        pytest.param(lambda d: first(d)["project"].update(name=5), "sections[0].forms[0].project.name: must be text (null where empty), found 5 [json-wants-string]", id="a number for a text"),
        pytest.param(lambda d: first(d).update(indicators={}), "sections[0].forms[0].indicators: must be a list […], found {} [json-wants-array]", id="a table for a list"),
        pytest.param(lambda d: first(d)["project"].update(nmae=1), "sections[0].forms[0].project: unknown key nmae; remove or correct it [json-unknown-key]", id="an unknown key"),
        pytest.param(lambda d: first(d)["project"].pop("name"), "sections[0].forms[0].project: the key name is missing; an empty cell is written null [json-missing-key]", id="a missing key"),
        pytest.param(lambda d: first(d)["indicators"][3]["target"].update(operater="="), "sections[0].forms[0].indicators[3].target: unknown key operater; remove or correct it [json-unknown-key]", id="an unknown part of a target"),
        pytest.param(lambda d: first(d)["indicators"][3]["target"].update(operator="=="), 'sections[0].forms[0].indicators[3].target.operator: must be one of =, ≥, ≤, >, <, found "==" [json-wants-one-of]', id="an unknown operator"),
        pytest.param(lambda d: first(d).update(money_unit="亿元"), 'sections[0].forms[0].money_unit: must be one of 元, 万元, null, found "亿元" [json-wants-one-of]', id="none of the choices"),
        pytest.param(lambda d: first(d)["indicators"][3].update(target={"text": None}), "sections[0].forms[0].indicators[3].target.text: must be text, found null [json-needs-string]", id="null where none may be"),
        pytest.param(lambda d: first(d).update(source={"page": "3"}), 'sections[0].forms[0].source.page: must be a whole number, found "3" [json-needs-integer]', id="a text for a page"),
        pytest.param(lambda d: first(d).update(title="申报表"), 'sections[0].forms[0].title: must be one of 财政项目支出绩效目标申报表, found "申报表" [json-wants-one-of]', id="a title that the form does not print"),
        pytest.param(lambda d: first(d).update(year=[1.5, {"a": 0.25}]), 'sections[0].forms[0].year: must be a whole number (null where empty), found [1.5, {"a": 0.25}] [json-wants-integer]', id="numbers with a point inside what is wrong"),
        pytest.param(lambda d: first(d).update(year="2" * 100), f'sections[0].forms[0].year: must be a whole number (null where empty), found "{"2" * 59}… [json-wants-integer]', id="a long text for a year"),
        pytest.param(lambda d: d.update(schema="xltool/2"), 'schema: must be one of xltool/1, found "xltool/2" [json-wants-one-of]', id="another schema"),
        pytest.param(lambda d: d.pop("sections"), "$: the key sections is missing; an empty cell is written null [json-missing-key]", id="no sections"),
    ],
)  # fmt: skip
def test_a_wrong_key_or_type_is_named_by_its_path(document, change, said):
    change(document)
    assert [said] == faults(json.dumps(document).encode())


def test_a_choice_that_is_left_out_may_be_written_too(document):
    """money_unit 元 is what a form without the key has."""
    plainly = json_file.read(json.dumps(document).encode(), forms(), "a.json")
    first(document)["money_unit"] = "元"
    assert plainly == json_file.read(json.dumps(document).encode(), forms(), "a.json")


def test_a_document_that_a_program_loaded_is_read_as_its_file(samples):
    """``json.load`` gives floats; 1478.26 is that number and no more."""
    data = (samples / "target-declaration" / "filing.json").read_bytes()
    filing = xltool.from_json(json.loads(data), forms())
    assert json_file.read(data, forms(), "a.json") == filing
    assert not [value for entry in filing.entries for value in entry.values.values() if isinstance(value, float)]
    assert filing == xltool.from_json(xltool.to_json(filing, forms()), forms())


@pytest.mark.parametrize(
    ("document", "code"),
    [
        pytest.param({}, "json-missing-key", id="nothing"),
        pytest.param([], "json-wants-object", id="a list"),
        pytest.param({"schema": "xltool/1", "sections": [{"title": "\ud800", "forms": []}]}, "json-character", id="half a character"),
        pytest.param({"schema": "xltool/1", "sections": [{"title": None, "forms": [{"form": float("nan")}]}]}, "json-number", id="no number"),
        pytest.param({"schema": "xltool/1", "sections": [{"title": None, "forms": [{"form": "none"}]}]}, "json-wants-one-of", id="an unknown form"),
    ],
)
def test_a_document_that_is_no_filing_is_refused_by_its_paths(document, code):
    with pytest.raises(ProblemError) as caught:
        xltool.from_json(document, forms())
    assert code in {one.code for one in caught.value.problems}


def test_an_unknown_form_is_answered_with_those_there_are(document):
    first(document)["form"] = "nothing"
    [said] = faults(json.dumps(document).encode())
    assert all(form in said for form in forms())


def test_all_faults_come_at_once(document):
    changed = copy.deepcopy(document)
    first(changed)["year"] = "2024"
    first(changed)["goals"] = []
    first(changed)["indicators"][0]["name"] = 1
    assert 3 == len(faults(json.dumps(changed).encode()))


def test_faults_are_said_in_chinese_too(document):
    first(document)["year"] = "2024"
    with pytest.raises(ProblemError) as caught:
        json_file.read(json.dumps(document).encode(), forms(), "a.json")
    assert 'a.json: sections[0].forms[0].year：应为整数（空则为 null），现为 "2024" [json-wants-integer]' == caught.value.problems[0].text("zh")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"{", ["a.json:1: not valid JSON: Expecting property name enclosed in double quotes [json-syntax]"], id="cut off"),
        pytest.param(b'{\n "a": 1\n "b": 2}', ["a.json:3: not valid JSON: Expecting ',' delimiter [json-syntax]"], id="a comma forgotten"),
        pytest.param(b'{"a": 1, "b": {"c": 1, "c": 2}, "a": 2}', ["the key a stands twice [json-repeated-key]", "the key b.c stands twice [json-repeated-key]"], id="repeated keys"),
        pytest.param(b'{"a": [NaN, -Infinity]}', ["a[0]: NaN is no ordinary number (of at most 30 digits before and behind the point) [json-number]", "a[1]: -Infinity is no ordinary number (of at most 30 digits before and behind the point) [json-number]"], id="NaN and Infinity"),
        pytest.param(b'{"a": 1e999999999}', ["a: 1E+999999999 is no ordinary number (of at most 30 digits before and behind the point) [json-number]"], id="a number that would fill the memory"),
        pytest.param(b'{"a": 1e-999999999}', ["a: 1E-999999999 is no ordinary number (of at most 30 digits before and behind the point) [json-number]"], id="a number with a billion places"),
        pytest.param(b'{"a": ' + b"9" * 5000 + b"}", ["a: " + "9" * 60 + "… is no ordinary number (of at most 30 digits before and behind the point) [json-number]"], id="a number of 5,000 digits"),
        pytest.param(b"[" * 100_000, ["the JSON is nested more than 24 levels deep (--budget json-depth=N raises it) [json-depth]"], id="brackets without end"),
        pytest.param(b'{"a": "\xff\xfe"}', ["the text is in no encoding that is known; save it as UTF-8 [text-encoding]"], id="not UTF-8"),
        pytest.param(b"[]", ["$: must be an object {…}, found [] [json-wants-object]"], id="a list"),
        pytest.param(b'"\\ud800"', ["$: \\ud800 holds half a character [json-character]"], id="half a character"),
    ],
)  # fmt: skip
def test_what_json_itself_forbids(data, said):
    assert said == faults(data)


def test_brackets_in_texts_are_no_depth(document):
    first(document)["project"]["name"] = '"' + "[" * 100 + "\\"
    assert json_file.read(json.dumps(document).encode(), forms(), "a.json")
