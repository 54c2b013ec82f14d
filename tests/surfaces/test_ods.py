"""OpenDocument spreadsheets: what content.xml says, whoever wrote it, and what is refused."""

import time
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltool.budgets import limit
from xltool.grid import Grid
from xltool.problems import ProblemError
from xltool.surfaces import ods

SPACES = " ".join(f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "table", "text", "style"))


def made(rows: str, manifest: str = "", before: str = "", styles: str = "", settings: str = "") -> bytes:
    """A spreadsheet of one table 表."""
    content = f'<?xml version="1.0"?>{before}<office:document-content {SPACES}>{styles}<office:body><office:spreadsheet>{settings}<table:table table:name="表" table:style-name="t">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest or "<manifest/>")
        archive.writestr("meta.xml", '<m xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"><dc:title>汇总</dc:title><meta:user-defined meta:name="xltool.forms">a/1</meta:user-defined></m>')
    return out.getvalue()


def grid(rows: str, **more: str) -> Grid:
    return ods.read(made(rows, **more), "a.ods").grids[0]


def cell(inside: str, **attributes: object) -> str:
    given_ = "".join(f' {name.replace("__", ":").replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<table:table-cell{given_}>{inside}</table:table-cell>"


def row(*cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


@pytest.mark.parametrize(
    ("said", "days"),
    [
        pytest.param("", 0, id="nothing said"),
        pytest.param('<table:null-date table:date-value="1899-12-30"/>', 0, id="as Excel counts"),
        pytest.param('<table:null-date table:date-value="1904-01-01"/>', 1462, id="from 1904"),
        pytest.param('<table:null-date table:date-value="soon"/>', 0, id="no day"),
    ],
)
def test_days_are_counted_as_the_workbook_says(said, days):
    assert days == grid(row(cell("<text:p>1</text:p>")), settings=f"<table:calculation-settings>{said}</table:calculation-settings>").days


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(cell("<text:p>90.90%</text:p>", office__value_type="percentage", office__value=0.909), ("90.90%", Decimal("0.909"), ""), id="a rate"),
        pytest.param(cell("<text:p>2025年1月1日</text:p>", office__value_type="date", office__date_value="2025-01-01"), ("2025年1月1日", date(2025, 1, 1), ""), id="a day"),
        pytest.param(cell("", office__value_type="float", office__value="120000"), ("120000", Decimal(120000), ""), id="a number that is not shown"),
        pytest.param(cell("<text:p>100%</text:p>", office__value_type="percentage", office__value=1, table__formula="of:=100%"), ("100%", Decimal(1), "100%"), id="a typed formula"),
        pytest.param(cell("<text:p>甲<text:s text:c='2'/>乙<text:line-break/>丙</text:p><text:p>丁</text:p>"), ("甲  乙\n丙\n丁", None, ""), id="blanks, breaks, paragraphs"),
        pytest.param(cell("<text:p>=956.00(元/家)</text:p>", office__value_type="string"), ("=956.00(元/家)", None, ""), id="text that looks like a formula"),
    ],
)
def test_a_cell_is_what_it_shows_and_what_it_stores(written, expected):
    found = grid(row(written)).cells[0]
    assert expected == (found.text, found.value, found.formula)


def test_merges_repeats_and_covered_cells_keep_their_places():
    found = grid(
        row(cell("<text:p>a</text:p>", table__number_columns_spanned=2, table__number_rows_spanned=2), "<table:covered-table-cell/>", cell("<text:p>b</text:p>", table__number_columns_repeated=2))
        + row('<table:covered-table-cell table:number-columns-repeated="2"/>', cell("<text:p>c</text:p>"))
        + row(cell("", table__number_columns_repeated=16384), repeated=1000)
        + row(cell("<text:p>d</text:p>"), repeated=2)
    )
    assert [("a", (1, 1, 2, 2)), ("b", (1, 3, 1, 3)), ("b", (1, 4, 1, 4)), ("c", (2, 3, 2, 3)), ("d", (1003, 1, 1003, 1)), ("d", (1004, 1, 1004, 1))] == list(zip(found.texts, found.places, strict=True))


def test_a_note_is_no_text_of_its_cell():
    found = grid(row(cell("<office:annotation><text:p>请核对</text:p></office:annotation><text:p>a</text:p>"))).cells[0]
    assert ("a", "请核对") == (found.text, found.note)


def test_hidden_rows_columns_and_tables_are_known():
    hidden = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    styles = '<style:style style:name="t"><style:table-properties table:display="false"/></style:style>'
    found = grid(hidden + '<table:table-row table:visibility="filter"><table:table-cell/></table:table-row>', styles=styles)
    assert ([3], [1], True) == (sorted(found.hidden_columns), sorted(found.hidden_rows), found.hidden)


def test_properties_are_read():
    assert {"title": "汇总", "xltool.forms": "a/1"} == dict(ods.read(made(""), "a.ods").properties)


BILLION = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]>"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(made("", before=BILLION), "workbook-dtd", id="a document type"),
        pytest.param(made("", manifest="<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"), "file-encrypted", id="a password"),
        pytest.param(made("<broken>"), "workbook-broken", id="XML that does not close"),
        pytest.param(made("<text:p>" * 500 + "</text:p>" * 500), "xml-depth", id="elements in elements without end"),
        pytest.param(made("")[:300], "workbook-broken", id="cut off"),
        pytest.param(made(row(cell("<text:p>a</text:p>", table__number_columns_repeated=16384), repeated=1048576)), "workbook-squares", id="one cell repeated over the whole sheet"),
        pytest.param(made(row(cell("<text:p>a</text:p>", table__number_columns_repeated=999999999999))), "no problem", id="a count beyond reason is none"),
        pytest.param(made(" " * (limit("streamed") + 1)), "workbook-bomb", id="a bomb"),
    ],
)
def test_a_file_that_is_refused_within_its_budget(data, code):
    began = time.process_time()
    try:
        ods.read(data, "a.ods")
        found = "no problem"
    except ProblemError as error:
        found = error.problems[0].code
        assert error.problems[0].place.startswith("a.ods")
    assert code == found
    assert time.process_time() - began < 5


PLAIN = made(row(cell("<text:p>甲</text:p>", table__number_columns_spanned=2)))


@given(st.binary(max_size=60), st.integers(0, len(PLAIN) - 1))
def test_altered_bytes_are_read_or_refused(noise, at):
    try:
        ods.read(PLAIN[:at] + noise + PLAIN[at + len(noise) :], "a.ods")
    except ProblemError as error:
        assert error.problems


LINE = '<style:style style:name="{}" style:family="{}"{}><style:text-properties style:text-line-through-style="{}"/></style:style>'


@pytest.mark.parametrize(
    ("written", "doubted"),
    [
        pytest.param(cell("<text:p>旧</text:p>", table__style_name="x"), True, id="its style"),
        pytest.param(cell("<text:p>旧</text:p>", table__style_name="like"), True, id="the style that its own is like"),
        pytest.param(cell("<text:p>旧</text:p>", table__style_name="not"), False, id="a style that says it does not"),
        pytest.param(cell('<text:p>新<text:span text:style-name="x">旧</text:span></text:p>'), False, id="a part in a style of the same name of cells"),
        pytest.param(cell('<text:p>新<text:span text:style-name="T1">旧</text:span></text:p>'), True, id="a part"),
        pytest.param(cell("<text:p>新</text:p>"), False, id="plain"),
        pytest.param(cell("<text:p>新</text:p>") + cell("<text:p>旧</text:p>"), True, id="its column's style"),
    ],
)
def test_text_that_is_struck_through_is_doubted(written, doubted):
    styles = (LINE.format("x", "table-cell", "", "solid"), LINE.format("not", "table-cell", ' style:parent-style-name="x"', "none"), LINE.format("T1", "text", "", "solid"))
    like = '<style:style style:name="like" style:family="table-cell" style:parent-style-name="x"/>'
    columns = '<table:table-column table:default-cell-style-name="Default"/><table:table-column table:number-columns-repeated="3" table:default-cell-style-name="x"/>'
    found = grid(columns + row(written), styles="".join((*styles, like)))
    assert doubted == bool(found.unsure)
    assert all(found.texts[at] in ("旧", "新旧") for at in found.unsure)


def test_a_row_that_a_filter_hides_is_hidden():
    found = grid('<table:table-row table:visibility="filter"><table:table-cell/></table:table-row>' + row(cell("<text:p>a</text:p>")))
    assert [1] == sorted(found.hidden_rows)
