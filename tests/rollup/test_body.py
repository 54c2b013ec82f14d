"""Rows that are written out as text: they wait on the disk in their order, and hold whatever a name may hold."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltool.problems import ProblemError
from xltool.surfaces.rollup_writer import body as bodies
from xltool.surfaces.rollup_writer import cells
from xltool.surfaces.rollup_writer.body import Body, Spill, in_attribute
from xltool.surfaces.rollup_writer.cells import Formula, Linked


class Sheet:
    """As much of XlsxWriter's sheet as rows tell."""

    name = "汇总表"
    outline_row_level = dim_rowmax = 0
    dim_colmax = None


@pytest.fixture
def body(tmp_path):
    return Body(Sheet(), tmp_path / "1.body")


def said(pieces) -> str:
    return b"".join(pieces).decode()


@pytest.mark.parametrize("piece", [1, 7, 1 << 16], ids=["each text to the disk", "some on the disk, the rest in memory", "all in memory"])
def test_texts_come_back_in_their_order_wherever_they_wait(tmp_path, monkeypatch, piece):
    monkeypatch.setattr(bodies, "PIECE", piece)
    spill = Spill(tmp_path / "x.rows")
    for text in ("一", "二三", "四五六", "七"):
        spill.add(text)
    assert "一二三四五六七" == said(spill.pieces()) == said(spill.pieces())
    assert (piece < 1 << 16) == (tmp_path / "x.rows").exists()


def test_a_row_holds_texts_numbers_formulas_and_nothing(body):
    body.row(4, ["=1+1", 2, Formula("SUM(A1:A2)&\"<\"", 3), None, Formula("A1/B1", "")], [1, 2, 3, 4, 5], 20, 1)
    row = ET.fromstring(said(body.rows()))
    assert {"r": "5", "ht": "20.25", "customHeight": "1", "outlineLevel": "1"} == row.attrib
    assert ["A5", "B5", "C5", "D5", "E5"] == [cell.get("r") for cell in row]
    assert ["1", "2", "3", "4", "5"] == [cell.get("s") for cell in row]
    assert ["=1+1", "2", 'SUM(A1:A2)&"<"3', "", "A1/B1"] == ["".join(cell.itertext()) for cell in row]
    assert (4, 4, 1) == (body.sheet.dim_rowmax, body.sheet.dim_colmax, body.sheet.outline_row_level)


def test_a_link_leads_from_its_cell_and_says_its_origin(body):
    body.row(0, [None, Linked(5, "'甲''乙'!B2", "a&b.xlsx\n表1!C5")], [1, 1])
    link = ET.fromstring(said(body.links()))
    assert {"ref": "B1", "location": "'甲''乙'!B2", "tooltip": "a&b.xlsx\n表1!C5", "display": "-"} == link.attrib


def test_a_sheet_without_links_has_none(body):
    body.row(0, ["甲"], [1])
    assert [] == list(body.links())


def test_links_beyond_what_excel_keeps_are_left_out(body, monkeypatch):
    monkeypatch.setattr(bodies, "MOST_LINKS", 2)
    for row in range(3):
        body.row(row, [Linked("甲", "'乙'!A1")], [1])
    assert (2, 3) == (said(body.links()).count("<hyperlink "), said(body.rows()).count("甲"))


def test_a_row_that_excel_does_not_have_is_refused(body, monkeypatch):
    monkeypatch.setattr(cells, "MOST_ROWS", 2)
    body.row(1, ["甲"], [1])
    with pytest.raises(ProblemError, match="rollup-rows"):
        body.row(2, ["甲"], [1])


@given(st.text("甲a&<>\"'\n\t\r\x00\x1f\ud800\ufffe "))
def test_any_text_stands_in_an_attribute_without_what_xml_cannot_hold(text):
    held = ET.fromstring(f'<a b="{in_attribute(text)}"/>').get("b")
    assert text.translate(dict.fromkeys(map(ord, "\x00\x1f\ud800\ufffe"))) == held
