"""SpreadsheetML 2003: cells where their indexes put them, what they show, encodings, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from tests.edits.made import DECLARATIONS, EVALUATIONS, FORMS, written
from xltool.canonical import differences
from xltool.grid import Grid
from xltool.problems import ProblemError
from xltool.recovery import grid_reading
from xltool.surfaces import spreadsheet_ml, xlsx_reader

STYLES = '<Styles><Style ss:ID="Default"/><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style><Style ss:ID="child" ss:Parent="p"/><Style ss:ID="m"><NumberFormat ss:Format="#,##0.00"/></Style><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style></Styles>'


def made(rows: str, before: str = "", encoding: str = "utf-8", said: str = "") -> bytes:
    text = f'<?xml version="1.0"{said}?>{before}<?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">{STYLES}<Worksheet ss:Name="表"><Table>{rows}</Table></Worksheet></Workbook>'
    return text.encode(encoding)


def grid(rows: str) -> Grid:
    return spreadsheet_ml.read(made(rows), "a.xls").grids[0]


def cell(data, kind="String", **given_):
    more = "".join(f' ss:{key}="{value}"' for key, value in given_.items())
    return f'<Cell{more}><Data ss:Type="{kind}">{data}</Data></Cell>'


@pytest.mark.parametrize(("said", "days"), [("", 0), ('<ExcelWorkbook xmlns="urn:schemas-microsoft-com:office:excel"><Date1904/></ExcelWorkbook>', 1462)], ids=["1900", "1904"])
def test_days_are_counted_as_the_workbook_says(said, days):
    data = made(f"<Row>{cell('1', 'Number')}</Row>").replace(b"<Styles>", f"{said}<Styles>".encode())
    assert days == spreadsheet_ml.read(data, "a.xls").grids[0].days


@pytest.mark.parametrize(
    ("written_", "expected"),
    [
        pytest.param(cell("0.909", "Number", StyleID="p"), ("90.90%", Decimal("0.909"), ""), id="a rate"),
        pytest.param(cell("0.5", "Number", StyleID="child"), ("50.00%", Decimal("0.5"), ""), id="a format of the parent's"),
        pytest.param(cell("120000", "Number", StyleID="m"), ("120,000.00", Decimal(120000), ""), id="money"),
        pytest.param(cell("2025-01-01T00:00:00.000", "DateTime", StyleID="d"), ("2025/1/1", date(2025, 1, 1), ""), id="a day"),
        pytest.param(cell("1", "Number", StyleID="p", Formula="=100%"), ("100.00%", Decimal(1), "100%"), id="a typed formula"),
        pytest.param(cell("=100%"), ("=100%", None, ""), id="text that looks like a formula"),
        pytest.param('<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">甲<B>乙</B></ss:Data></Cell>', ("甲乙", None, ""), id="marks inside a text"),
        pytest.param(cell("一&#10;二"), ("一\n二", None, ""), id="lines"),
        pytest.param(cell("1e999", "Number"), ("1e999", None, ""), id="a number that is none"),
    ],
)
def test_a_cell_is_what_it_shows_and_what_it_stores(written_, expected):
    found = grid(f"<Row>{written_}</Row>").cells[0]
    assert expected == (found.text, found.value, found.formula)


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        pytest.param(f'<Row ss:Index="3">{cell("a", Index=2)}{cell("b")}</Row><Row>{cell("c")}</Row>', [(3, 2, 3, 2), (3, 3, 3, 3), (4, 1, 4, 1)], id="indexes"),
        pytest.param(f'<Row>{cell("a", MergeAcross=2)}{cell("b")}</Row>', [(1, 1, 1, 3), (1, 4, 1, 4)], id="the next cell stands right of a merge"),
        pytest.param(f'<Row>{cell("a", MergeDown=1)}{cell("b")}</Row><Row>{cell("c", Index=2)}</Row>', [(1, 1, 2, 1), (1, 2, 1, 2), (2, 2, 2, 2)], id="below a merge by an index"),
        pytest.param(f'<Row>{cell("a", MergeDown=1)}{cell("b")}</Row><Row>{cell("c")}</Row>', [(1, 1, 2, 1), (1, 2, 1, 2), (2, 2, 2, 2)], id="below a merge without one"),
        pytest.param(f'<Row>{cell("a", MergeDown=1)}{cell("b")}</Row><Row><Cell/>{cell("c")}</Row>', [(1, 1, 2, 1), (1, 2, 1, 2), (2, 2, 2, 2)], id="the square below a merge is written"),
        pytest.param(
            f'<Row>{cell("a", MergeDown=2)}{cell("b")}</Row><Row>{cell("c")}</Row><Row><Cell/>{cell("d")}</Row>',
            [(1, 1, 3, 1), (1, 2, 1, 2), (2, 2, 2, 2), (3, 3, 3, 3)],
            id="an empty cell beside a merge whose squares are left out",
        ),
        pytest.param(f'<Row ss:Span="3"/><Row ss:Index="9">{cell("a")}</Row>', [(9, 1, 9, 1)], id="empty rows"),
    ],
)
def test_cells_stand_where_indexes_and_merges_put_them(rows, places):
    assert places == list(grid(rows).places)


def test_a_comment_is_no_text_of_its_cell():
    found = grid('<Row><Cell><Data ss:Type="String">a</Data><Comment><ss:Data>请核对</ss:Data></Comment></Cell></Row>').cells[0]
    assert ("a", "请核对") == (found.text, found.note)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        pytest.param("utf-8", "", id="UTF-8"),
        pytest.param("utf-8-sig", ' encoding="utf-8"', id="UTF-8 with its mark"),
        pytest.param("gb18030", ' encoding="gb2312"', id="declared GB2312"),
        pytest.param("utf-16", ' encoding="UTF-16"', id="UTF-16"),
    ],
)
def test_the_encoding_is_told_by_the_mark_or_the_declaration(encoding, said):
    book = spreadsheet_ml.read(made(f"<Row>{cell('主管部门㐂')}</Row>", encoding=encoding, said=said), "a.xls")
    assert ("主管部门㐂",) == book.grids[0].texts


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(made("", before="<!DOCTYPE x [<!ENTITY a 'a'>]>"), "workbook-dtd", id="a document type"),
        pytest.param(made("")[:-20], "workbook-broken", id="cut off"),
        pytest.param(made("<x>" * 300 + "</x>" * 300), "xml-depth", id="elements in elements without end"),
        pytest.param(made(f'<Row ss:Index="9999999">{cell("a")}</Row>'), "workbook-range", id="a row beyond any sheet"),
        pytest.param(made(f"<Row>{cell('a', Index=99999)}</Row>"), "workbook-columns", id="a column beyond any sheet"),
        pytest.param(b"<?xml version='1.0' encoding='x-none'?><a/>", "text-encoding", id="an encoding that nobody knows"),
    ],
)
def test_a_file_that_is_refused(data, code):
    with pytest.raises(ProblemError) as raised:
        spreadsheet_ml.read(data, "a.xls")
    assert [(code, True)] == [(one.code, one.place.startswith("a.xls")) for one in raised.value.problems]


def as_excel_writes(data: bytes) -> bytes:
    """The workbook as Excel saves it: empty squares left out, an index behind each gap."""
    sheets = []
    for one in xlsx_reader.read(data, "a.xlsx").grids:
        rows: dict[int, str] = {}
        for found in one.cells:
            down, across = found.last_row - found.row, found.last_column - found.column
            more: dict[str, object] = {"Index": found.column, "MergeDown": down, "MergeAcross": across}
            text = found.text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "&#10;")
            if isinstance(found.value, Decimal):
                one_cell = cell(str(found.value), "Number", **more, StyleID="p" if found.text.endswith("%") else "Default")
            else:
                one_cell = cell(text, **more)
            rows[found.row] = rows.get(found.row, "") + one_cell
        table = "".join(f'<Row ss:Index="{number}">{cells}</Row>' for number, cells in rows.items())
        sheets.append(f'<Worksheet ss:Name="{one.name}"><Table>{table}</Table></Worksheet>')
    return made("").replace(b'<Worksheet ss:Name="\xe8\xa1\xa8"><Table></Table></Worksheet>', "".join(sheets).encode())


@pytest.mark.parametrize("filing", [pytest.param(DECLARATIONS, id="declarations"), pytest.param(EVALUATIONS, id="self-evaluations")])
def test_a_workbook_reads_as_the_filing_that_was_written(filing):
    book = spreadsheet_ml.read(as_excel_writes(written(filing)), "a.xml")
    assert [] == differences(filing, grid_reading.read_book(book, FORMS, "a.xml"))


@pytest.mark.parametrize(
    ("written_", "doubted"),
    [
        pytest.param(cell("旧", StyleID="x"), True, id="its style"),
        pytest.param(cell("旧", StyleID="like"), True, id="the style of its parent"),
        pytest.param(cell("新", StyleID="not"), False, id="a style that says it does not"),
        pytest.param('<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">新<S>旧</S></ss:Data></Cell>', True, id="a part"),
        pytest.param('<Cell><Data ss:Type="String">新</Data><Comment><ss:Data xmlns="http://www.w3.org/TR/REC-html40">注</ss:Data></Comment></Cell>', False, id="plain"),
    ],
)
def test_text_that_is_struck_through_is_doubted(written_, doubted):
    styles = '<Style ss:ID="x"><Font ss:StrikeThrough="1"/></Style><Style ss:ID="like" ss:Parent="x"/><Style ss:ID="not" ss:Parent="x"><Font ss:StrikeThrough="0"/></Style></Styles>'
    data = made(f"<Row>{written_}</Row>").replace(b"</Styles>", styles.encode())
    assert doubted == bool(spreadsheet_ml.read(data, "a.xls").grids[0].unsure)
