"""The package of a rollup workbook: every part that names the sheets names those of forms too, and names nothing else."""

import re
import zipfile
from html import unescape
from posixpath import normpath

import pytest

from tests.rollup.made import filings
from tests.rollup.test_workbook import folder_of, roll

NAMES = "it's & <so>"


@pytest.fixture(scope="module", params=[True, False], ids=["with forms", "without"])
def parts(request, tmp_path_factory) -> dict[str, str]:
    """The parts of a rollup of a few units, one of whose projects has a name that needs escapes."""
    place = tmp_path_factory.mktemp("package")
    made = filings(seed=3, units=4)
    next(iter(made.files.values()))["sections"][0]["forms"][0]["project"]["name"] = NAMES
    roll(folder_of(made, place / "units"), place / "out.xlsx", forms=request.param)
    with zipfile.ZipFile(place / "out.xlsx") as book:
        assert len(book.namelist()) == len(set(book.namelist()))
        return {name: book.read(name).decode() for name in book.namelist()}


def sheets(parts) -> list[str]:
    return re.findall(r'<sheet name="([^"]*)"', parts["xl/workbook.xml"])


def test_every_part_has_one_type_and_every_type_a_part(parts):
    typed = re.findall(r'PartName="/([^"]*)"', parts["[Content_Types].xml"])
    assert sorted(typed) == sorted(name for name in parts if name.endswith(".xml") and name != "[Content_Types].xml")


def test_every_relation_leads_to_a_part_and_every_sheet_has_one(parts):
    for name, part in parts.items():
        if name.endswith(".rels"):
            base = name.partition("_rels/")[0]
            found = re.findall(r'Target="([^"]*)"', part)
            assert {normpath(f"{base}{target}") if target[0] != "/" else target[1:] for target in found} <= parts.keys()
    named = re.findall(r'<sheet [^>]*r:id="([^"]*)"', parts["xl/workbook.xml"])
    known = re.findall(r'Id="([^"]*)"', parts["xl/_rels/workbook.xml.rels"])
    assert len(set(named)) == len(sheets(parts)) and set(named) <= set(known) and len(known) == len(set(known))


def test_the_documents_properties_list_all_sheets_and_all_names(parts):
    """Excel: first the sheets in their order, then the names; filters are hidden names, and none of them."""
    app = parts["docProps/app.xml"]
    names = [unescape(one) for one in re.findall('<definedName name="([^"]*)"', parts["xl/workbook.xml"]) if "_FilterDatabase" not in one]
    titles = re.findall("<vt:lpstr>([^<]*)</vt:lpstr>", app.partition("<TitlesOfParts>")[2])
    assert [len(sheets(parts)), len(names)] == [int(one) for one in re.findall(r"<vt:i4>(\d+)", app)]
    assert [unescape(one) for one in sheets(parts)] == [unescape(one) for one in titles[: len(sheets(parts))]]
    assert len(titles) == len(sheets(parts)) + len(names) == int(re.findall(r'<TitlesOfParts><vt:vector size="(\d+)"', app)[0])
    assert sorted(one.rpartition(".")[2] for one in names) == sorted(one.rpartition("!")[2] for one in titles[len(sheets(parts)) :])


def test_every_link_leads_to_a_sheet_or_a_name(parts):
    known = {unescape(one) for one in sheets(parts)}
    defined = set(re.findall('<definedName name="([^"]*)"', parts["xl/workbook.xml"]))
    places = {unescape(one) for part in parts.values() for one in re.findall(r'<hyperlink [^>]*location="([^"]*)"', part)}
    assert places
    for place in places:
        sheet, found, _ = place.rpartition("!")
        assert (sheet.strip("'").replace("''", "'") in known) if found else (place in defined), place
