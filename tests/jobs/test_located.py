"""Every value has its place: the cell, the line, the page or the path where a person finds it."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from xltool.jobs import convert, kinds, located
from xltool.jobs.located import Located
from xltool.library import forms
from xltool.places import LINE
from xltool.values import Value, normal

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
FORMS = sorted(text.parent.name for text in SAMPLES.glob("*/filing.txt"))


def read(form: str, name: str) -> Located:
    return located.read((SAMPLES / form / name).read_bytes(), name, forms())


def workbook(form: str, stacked: bool) -> tuple[Located, bytes]:
    data = convert.render(read(form, "filing.json").read.filing, forms(), kinds.XLSX, stacked)
    return located.read(data, "filing.xlsx", forms()), data


def words(found: Located) -> list[tuple[int, str, str]]:
    """(entry, path, text) of every text and target of a filing."""
    said = []
    for at, entry in enumerate(found.read.filing.entries):
        rows = [(path, value) for path, value in entry.values.items()]
        rows += [(f"{name}[{number}].{path}", value) for name, items in entry.lists.items() for number, item in enumerate(items) for path, value in item.items()]
        said += [(at, path, value.text if isinstance(value, Value) else value) for path, value in rows if isinstance(value, str | Value)]
    return [(at, path, text) for at, path, text in said if text and not path.endswith(("date", "year"))]


@pytest.mark.parametrize("stacked", [False, True], ids=["a sheet a form", "stacked"])
@pytest.mark.parametrize("form", FORMS)
def test_the_cell_at_the_place_of_a_text_holds_it(form, stacked):
    found, data = workbook(form, stacked)
    book = load_workbook(BytesIO(data))
    held = words(found)
    assert len(held) > 30
    for at, path, text in held:
        place = found.places[at][path]
        assert normal(text) in normal(str(book[str(place.where)][place.address].value)), (path, place)


def test_an_empty_field_has_the_place_of_the_cell_that_waits_for_it():
    found, data = workbook("target-declaration", False)
    book = load_workbook(BytesIO(data))
    empty = [(at, path) for at, entry in enumerate(found.read.filing.entries) for path, value in entry.values.items() if value is None and path.startswith(("funding", "goals"))]
    assert empty
    for at, path in empty:
        place = found.places[at][path]
        sheet = book[str(place.where)]
        assert sheet[place.address].value is None
        merged = [one for one in sheet.merged_cells.ranges if place.address in one]
        assert all((one.min_row, one.min_col) == (place.row, place.column) for one in merged), (path, place)


def test_a_group_has_one_cell_for_all_its_rows():
    found, _ = workbook("target-declaration", False)
    items = next(found.read.filing.entries).lists["indicators"]
    same = [at for at in range(1, len(items)) if items[at]["level1"] == items[at - 1]["level1"]]
    assert same
    for at in same:
        assert found.places[0][f"indicators[{at}].level1"] == found.places[0][f"indicators[{at - 1}].level1"]
        assert found.places[0][f"indicators[{at}].name"].row == found.places[0][f"indicators[{at - 1}].name"].row + 1


@pytest.mark.parametrize("form", FORMS)
def test_a_value_of_a_text_stands_in_the_line_that_is_named(form):
    found = read(form, "filing.txt")
    lines = (SAMPLES / form / "filing.txt").read_text("utf-8").splitlines()
    for at, path, text in words(found):
        place = found.places[at][path]
        if path.rpartition(".")[2] in ("name", "department", "target"):
            assert normal(lines[int(place.where) - 1])[:4] and normal(text)[:2] in normal(lines[int(place.where) - 1]), (path, place)


@pytest.mark.parametrize(
    ("caption", "value", "path"),
    [("项目名称", "公共文化场馆免费开放", "project.name"), ("年度资金总额", "436,320.50", "funding.total.executed")],
    ids=["a field of its own", "a column of a table"],
)
def test_an_empty_field_of_a_text_stands_at_its_caption(caption, value, path):
    text = (SAMPLES / "self-evaluation" / "filing.txt").read_text("utf-8")
    assert value in text
    found = located.read(text.replace(value, "", 1).encode("utf-8"), "filing.txt", forms())
    assert next(found.read.filing.entries).values[path] is None
    line = next(at for at, line in enumerate(text.splitlines(), 1) if normal(line).startswith(caption))
    assert (LINE, line) == (found.places[0][path].kind, found.places[0][path].where)


@pytest.mark.parametrize("name", ["filing.pdf", "filing.docx", "filing.html", "filing.md", "cut.md", "shifted.tsv", "filing.json", "filing.xls", "filing.ods"])
def test_every_path_of_an_entry_has_a_place(name):
    found = read("target-declaration", name)
    assert len(found.places) == 3
    for at, path, _ in words(found):
        assert found.places[at][path].shown, path
        assert found.places[at][""].shown


def test_places_of_two_forms_of_a_pdf_stand_on_their_pages():
    found = read("target-declaration", "filing.pdf")
    pages = [int(places["project.name"].where) for places in found.places]
    assert sorted(set(pages)) == pages


def test_a_value_of_json_has_its_path():
    found = read("target-declaration", "filing.json")
    assert "sections[0].forms[0].funding.annual.total" == found.places[0]["funding.annual.total"].shown


@pytest.mark.parametrize("name", ["filing.xlsx", "filing.txt", "filing.json"])
def test_places_of_some_paths_are_theirs_among_the_places_of_all(name):
    data = workbook("self-evaluation", False)[1] if name == "filing.xlsx" else (SAMPLES / "self-evaluation" / name).read_bytes()
    every = located.read(data, name, forms())
    without = located.read(data, name, forms(), lists=False)
    asked = {"indicators[1].score", "indicators[2]"}
    for all_places, places in zip(every.places, located.places(without, forms(), name, asked), strict=True):
        assert places == {path: place for path, place in all_places.items() if path in places}
        assert {path for path in all_places if "[" not in path} | asked | {"indicators[1]"} <= places.keys()
        if name == "filing.xlsx":
            assert {path for path in places if "[" in path} == asked | {"indicators[1]"}
