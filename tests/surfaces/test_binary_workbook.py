"""The readers of .xls and .xlsb: what calamine does not say, and what is refused."""

import struct
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.edits.made import DECLARATIONS, EVALUATIONS, FORMS, written
from tests.surfaces import made
from xltool.canonical import differences
from xltool.grid import STRUCK, Grid
from xltool.problems import ProblemError
from xltool.recovery import grid_reading
from xltool.surfaces import binary_workbook, xlsx_reader

BOF = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0005, 0, 0, 0, 6)
SHEET_BOF = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0010, 0, 0, 0, 6)
EOF = struct.pack("<HH", 0x000A, 0)


def biff(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def xls(*cells: bytes, extra: bytes = b"", codes: tuple[str, ...] = ("General", "0.00%")) -> bytes:
    """A workbook of one sheet 表; each format is a style by its number."""
    formats = b"".join(biff(0x041E, struct.pack("<HHB", 164 + n, len(code), 0) + code.encode("latin-1")) for n, code in enumerate(codes))
    styles = b"".join(biff(0x00E0, struct.pack("<HH16x", 0, 164 + n)) for n in range(len(codes)))
    name = "表".encode("utf-16-le")
    before = BOF + extra + formats + styles
    start = len(before) + 4 + 8 + len(name) + len(EOF)
    sheet = biff(0x0085, struct.pack("<IBBBB", start, 0, 0, 1, 1) + name)
    return made.compound("Workbook", before + sheet + EOF + SHEET_BOF + b"".join(cells) + EOF)


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return biff(0x0203, struct.pack("<HHHd", row, column, style, value))


def formula(row: int, column: int, value: float, tokens: bytes, style: int = 0) -> bytes:
    return biff(0x0006, struct.pack("<HHHdHIH", row, column, style, value, 0, 0, len(tokens)) + tokens)


def first(grid: Grid) -> tuple:
    cell = grid.cells[0]
    return cell.text, cell.value, cell.formula


PERCENT_100, PERCENT_HALF = b"\x1e" + struct.pack("<H", 100) + b"\x14", b"\x1f" + struct.pack("<d", 99.5) + b"\x14"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param(number(0, 0, 0.632, 1), ("63.20%", Decimal("0.632"), ""), id="a rate"),
        pytest.param(biff(0x027E, struct.pack("<HHHi", 0, 0, 1, 90 << 2 | 3)), ("90.00%", Decimal("0.9"), ""), id="a rate packed in four bytes"),
        pytest.param(biff(0x00BD, struct.pack("<HHHiHiH", 0, 0, 1, 1 << 2 | 2, 0, 5 << 2 | 2, 1)), ("100.00%", Decimal(1), ""), id="several in one record"),
        pytest.param(formula(0, 0, 1.0, PERCENT_100, 1), ("100.00%", Decimal(1), "100%"), id="a typed =100%"),
        pytest.param(formula(0, 0, 0.995, PERCENT_HALF, 1), ("99.50%", Decimal("0.995"), "99.5%"), id="a typed =99.5%"),
        pytest.param(formula(0, 0, 3.0, b"\x1e\x01\x00\x1e\x02\x00\x03"), ("3", Decimal(3), ""), id="a formula that computes is its result"),
    ],
)
def test_numbers_of_an_xls_are_shown_under_their_formats(cell, expected):
    assert expected == first(binary_workbook.read_xls(xls(cell), "a.xls").grids[0])


DAYS = [pytest.param(None, 0, id="nothing said"), pytest.param(0, 0, id="1900"), pytest.param(1, 1462, id="1904")]


@pytest.mark.parametrize(("said", "days"), DAYS)
def test_days_of_an_xls_are_counted_as_it_says(said, days):
    extra = b"" if said is None else biff(0x0022, struct.pack("<H", said))
    assert days == binary_workbook.read_xls(xls(number(0, 0, 1.0), extra=extra), "a.xls").grids[0].days


@pytest.mark.parametrize(("said", "days"), DAYS)
def test_days_of_an_xlsb_are_counted_as_it_says(said, days):
    before = b"" if said is None else made.record(153, struct.pack("<III", said, 0, 0))
    data = made.xlsb({"表": [made.row(0), made.number(0, 1.0)]}, ["General"], before)
    assert days == binary_workbook.read_xlsb(data, "a.xlsb").grids[0].days


def test_hidden_rows_and_columns_of_an_xls_are_known():
    hidden = biff(0x0208, struct.pack("<HHHHHHI", 4, 0, 1, 300, 0, 0, 0x20)), biff(0x007D, struct.pack("<HHHHHH", 1, 2, 8, 0, 1, 0))
    grid = binary_workbook.read_xls(xls(number(0, 0, 1.0), *hidden), "a.xls").grids[0]
    assert ([5], [2, 3]) == (sorted(grid.hidden_rows), sorted(grid.hidden_columns))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(xls(extra=biff(0x002F, b"\x01\x00")), "file-encrypted", id="a password"),
        pytest.param(made.compound("EncryptedPackage", b"x"), "file-encrypted", id="an encrypted .xlsx"),
        pytest.param(xls()[:700], "workbook-broken", id="cut off"),
        pytest.param(made.compound("Workbook", b"x", {2: 2}), "workbook-broken", id="a chain in a circle"),
        pytest.param(made.compound("Workbook", b"x", {9: 5000}), "workbook-broken", id="a chain that leads out of the file"),
        pytest.param(xls(number(0, 0, 1.0), number(65535, 255, 1.0)), "workbook-range", id="a cell far out"),
        pytest.param(xls(biff(0x0200, struct.pack("<IIHHH", 31744, 25, 0, 9, 0)), number(0, 0, 1.0)), "workbook-broken", id="a used range that ends before it begins"),
        pytest.param(xls(biff(0x0200, struct.pack("<IIHHH", 0, 2**31, 0, 9, 0)), number(0, 0, 1.0)), "workbook-broken", id="a used range of more rows than there are"),
        pytest.param(xls(biff(0x0200, struct.pack("<HHHHH", 0, 9, 9, 0, 0)), number(0, 0, 1.0)), "workbook-broken", id="columns of old Excel that end before they begin"),
    ],
)
def test_an_xls_that_is_refused(data, code):
    with pytest.raises(ProblemError) as raised:
        binary_workbook.read_xls(data, "a.xls")
    assert (code, True) == (raised.value.problems[0].code, raised.value.problems[0].place.startswith("a.xls"))


def as_xlsb(data: bytes) -> bytes:
    """The workbook with the same texts, numbers and merges as records."""
    codes = ["General", "0.00%", "yyyy/m/d"]
    sheets = {}
    for grid in xlsx_reader.read(data, "a.xlsx").grids:
        records, at = [], 0
        for cell in grid.cells:
            if cell.row > at:
                records.append(made.row(cell.row - 1))
                at = cell.row
            if isinstance(cell.value, Decimal):
                records.append(made.number(cell.column - 1, float(cell.value), int(cell.text.endswith("%"))))
            else:
                records.append(made.text(cell.column - 1, cell.text))
        records += [made.merge(a - 1, c - 1, b - 1, d - 1) for a, b, c, d in grid.places if (a, b) != (c, d)]
        sheets[grid.name] = records
    return made.xlsb(sheets, codes)


@pytest.mark.parametrize("filing", [pytest.param(DECLARATIONS, id="declarations"), pytest.param(EVALUATIONS, id="self-evaluations")])
def test_an_xlsb_reads_as_the_filing_that_was_written(filing):
    book = binary_workbook.read_xlsb(as_xlsb(written(filing)), "a.xlsb")
    read = grid_reading.read_book(book, FORMS, "a.xlsb")
    # The properties of the document are in no .xlsb made here; titles stand on the contents sheet.
    assert [] == differences(filing, read)


def test_an_xlsb_says_what_its_records_say():
    data = made.xlsb({"表": [made.row(0), made.number(0, 0.5, 1), made.formula(1, 1.0, PERCENT_100, 1), made.row(4, hidden=True), made.merge(0, 1, 0, 0)]}, ["General", "0.00%"])
    grid = binary_workbook.read_xlsb(data, "a.xlsb").grids[0]
    assert [("50.00%", (1, 1, 2, 1), ""), ("100.00%", (1, 2, 1, 2), "100%")] == [(cell.text, cell[:4], cell.formula) for cell in grid.cells]
    assert [5] == sorted(grid.hidden_rows)


@pytest.mark.parametrize(
    "merge",
    [
        pytest.param(made.merge(0, 10**7, 9, 0), id="columns"),
        pytest.param(made.merge(10**7, 0, 0, 9), id="rows"),
        pytest.param(made.merge(1, 0, 0, 0), id="a row"),
    ],
)
def test_a_merge_that_ends_before_it_begins_is_none(merge):
    data = made.xlsb({"表": [made.row(0), made.text(0, "a"), made.row(1), made.text(0, "b"), merge]}, ["General"])
    assert [(1, 1, 1, 1), (2, 1, 2, 1)] == [cell[:4] for cell in binary_workbook.read_xlsb(data, "a.xlsb").grids[0].cells]


def test_a_merge_beyond_the_sheet_ends_where_the_sheet_ends():
    data = made.xlsb({"表": [made.row(0), made.text(0, "a"), made.merge(0, 2**32 - 1, 0, 2**32 - 1)]}, ["General"])
    assert [(1, 1, 1_048_576, 16_384)] == [cell[:4] for cell in binary_workbook.read_xlsb(data, "a.xlsb").grids[0].cells]


def packed(number: int, hundredth: bool) -> bytes:
    """A whole number in four bytes, or a hundredth of it."""
    return struct.pack("<i", number << 2 | 2 | hundredth)


@pytest.mark.parametrize(
    ("cell", "text", "value"),
    [
        pytest.param(made.cell(7, 0, struct.pack("<I", 0)), "供水", None, id="a shared text"),
        pytest.param(made.cell(7, 0, struct.pack("<I", 1)), "≥5(次)", None, id="a shared text in two fonts"),
        pytest.param(made.cell(6, 0, made.wide("=956.00(元/家)")), "=956.00(元/家)", None, id="a text of its own"),
        pytest.param(made.cell(62, 0, b"\0" + made.wide("甲")), "甲", None, id="a text of its own with fonts"),
        pytest.param(made.computed(8, 0, made.wide("乙")), "乙", None, id="a computed text"),
        pytest.param(made.cell(5, 0, struct.pack("<d", 0.632), 1), "63.20%", Decimal("0.632"), id="a rate"),
        pytest.param(made.cell(2, 0, packed(50, True), 1), "50.00%", Decimal("0.5"), id="a rate packed in four bytes"),
        pytest.param(made.cell(2, 0, packed(-5, False)), "-5", Decimal(-5), id="a number packed in four bytes"),
        pytest.param(made.cell(5, 0, struct.pack("<d", 45292), 2), "2024/1/1", date(2024, 1, 1), id="a day"),
        pytest.param(made.cell(5, 0, struct.pack("<d", 45292.5), 3), "2024-01-01 12:00", None, id="a moment"),
        pytest.param(made.cell(4, 0, b"\1"), "TRUE", True, id="true"),
        pytest.param(made.computed(10, 0, b"\0"), "FALSE", False, id="computed false"),
        pytest.param(made.cell(3, 0, b"\x07"), "#DIV/0!", None, id="an error"),
        pytest.param(made.computed(11, 0, b"\x2a"), "#N/A", None, id="a computed error"),
    ],
)
def test_each_kind_of_cell_of_an_xlsb_shows_what_excel_shows(cell, text, value):
    formats, texts = ["General", "0.00%", "yyyy/m/d", "yyyy-mm-dd hh:mm"], (made.shared("供水"), made.shared("≥5(次)", 2))
    data = made.xlsb({"表": [made.row(0), cell, made.cell(1, 3), made.merge(0, 1, 0, 2)]}, formats, shared=texts)
    [found] = binary_workbook.read_xlsb(data, "a.xlsb").grids[0].cells
    assert ((1, 1, 2, 3), text, value) == (found[:4], found.text, found.value)


def test_libreoffice_reads_such_an_xlsb_the_same(soffice, tmp_path):
    """The packages made here are what another program takes for an .xlsb."""
    cells = [made.cell(7, 0, struct.pack("<I", 0)), made.cell(5, 1, struct.pack("<d", 0.632)), made.cell(3, 2, b"\x07"), made.cell(62, 3, b"\0" + made.wide("甲"))]
    path = tmp_path / "a.xlsb"
    path.write_bytes(made.xlsb({"表": [made.row(0), *cells, made.merge(0, 1, 0, 0)]}, ["General"], shared=(made.shared("供水"),)))
    theirs = xlsx_reader.read(soffice.convert(path, "xlsx", tmp_path).read_bytes(), "a.xlsx").grids[0]
    assert [one[:5] for one in theirs.cells] == [one[:5] for one in binary_workbook.read_xlsb(path.read_bytes(), "a.xlsb").grids[0].cells]


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param(biff(0x0205, struct.pack("<HHHBB", 0, 0, 0, 7, 1)), id="an error"),
        pytest.param(biff(0x0006, struct.pack("<HHHBBBBHHHIH", 0, 0, 0, 2, 0, 7, 0, 0, 0xFFFF, 0, 0, 0)), id="a computed error"),
    ],
)
def test_an_error_of_an_xls_is_its_text(cell):
    assert ["#DIV/0!", "1"] == list(binary_workbook.read_xls(xls(cell, number(0, 1, 1.0)), "a.xls").grids[0].texts)


def test_a_cell_far_out_of_an_xlsb_is_named():
    data = made.xlsb({"表": [made.row(0), made.text(0, "a"), made.row(1_000_000), made.text(16_000, "z")]}, ["General"])
    with pytest.raises(ProblemError) as raised:
        binary_workbook.read_xlsb(data, "a.xlsb")
    assert ("workbook-range", "a.xlsb: 表") == (raised.value.problems[0].code, raised.value.problems[0].place)


XLS, XLSB = xls(number(0, 0, 0.5, 1)), as_xlsb(written(EVALUATIONS))


@given(st.binary(max_size=60), st.integers(0, len(XLS) - 1))
def test_altered_bytes_of_an_xls_are_read_or_refused(noise, at):
    try:
        binary_workbook.read_xls(XLS[:at] + noise + XLS[at + len(noise) :], "a.xls")
    except ProblemError as error:
        assert error.problems


@given(st.binary(max_size=60), st.integers(0, len(XLSB) - 1))
def test_altered_bytes_of_an_xlsb_are_read_or_refused(noise, at):
    try:
        binary_workbook.read_xlsb(XLSB[:at] + noise + XLSB[at + len(noise) :], "a.xlsb")
    except ProblemError as error:
        assert error.problems


# ---------------------------------------------------------------- text that is struck through


def font(struck: bool) -> bytes:
    """A font of an .xls; the bytes of an .xlsb's begin alike."""
    return struct.pack("<HHHHHBBBBBB", 220, 8 if struck else 0, 0x7FFF, 400, 0, 0, 0, 134, 0, 1, 0) + b"A"


def xls_text(words: str, runs: tuple[tuple[int, int], ...] = (), spoken: bytes = b"") -> bytes:
    """A shared text of an .xls with the font in which each run begins, and how it is spoken."""
    head = struct.pack("<HB", len(words), 1 | (8 if runs else 0) | (4 if spoken else 0))
    counts = (struct.pack("<H", len(runs)) if runs else b"") + (struct.pack("<I", len(spoken)) if spoken else b"")
    return head + counts + words.encode("utf-16-le") + b"".join(struct.pack("<HH", *run) for run in runs) + spoken


def shown_by(row: int, text: int, style: int = 0) -> bytes:
    return biff(0x00FD, struct.pack("<HHHI", row, 0, style, text))


def struck_xls(texts: list[bytes], cells: list[bytes], cut: int = 0) -> Grid:
    """A workbook whose sixth font strikes through, and whose second style has it; ``cut`` parts the records of its texts."""
    fonts = b"".join(biff(0x0031, font(number == 4)) for number in range(5))
    style = biff(0x00E0, struct.pack("<HH16x", 0, 0)) + biff(0x00E0, struct.pack("<HH16x", 5, 0))
    held = b"".join(texts)
    parts = [held[:cut], held[cut:]] if cut else [held]
    shares = biff(0x00FC, struct.pack("<II", len(texts), len(texts)) + parts[0]) + b"".join(biff(0x003C, b"\1" + part) for part in parts[1:])
    return binary_workbook.read_xls(xls(*cells, extra=fonts + style + shares), "a.xls").grids[0]


def test_text_of_an_xls_that_is_struck_through_is_doubted_whole_or_in_part():
    texts = [xls_text("全文"), xls_text("删旧新", ((1, 5), (2, 0)), b"spoken"), xls_text("新文", ((1, 3),)), xls_text("完", ((1, 5),))]
    grid = struck_xls(texts, [shown_by(0, 0, 1), shown_by(1, 1), shown_by(2, 2), shown_by(3, 3), number(4, 0, 5.0, 1), number(5, 0, 6.0)])
    assert ["全文", "删旧新", "新文", "完", "5", "6"] == list(grid.texts)
    assert {"全文": STRUCK, "删旧新": STRUCK, "5": STRUCK} == {grid.texts[at]: one.why for at, one in grid.unsure.items()}


@pytest.mark.parametrize("characters", [1, 3, 4])
def test_shared_texts_of_an_xls_that_go_on_in_the_next_record_keep_their_fonts(characters):
    texts = [xls_text("一二三四五六"), xls_text("删旧新", ((1, 5), (2, 0)))]
    grid = struck_xls(texts, [shown_by(0, 0), shown_by(1, 1)], cut=3 + 2 * characters)
    assert (["一二三四五六", "删旧新"], [1]) == (list(grid.texts), list(grid.unsure))


def test_text_of_an_xlsb_that_is_struck_through_is_doubted_whole_or_in_part():
    runs = struct.pack("<IHHHH", 2, 1, 1, 2, 0)
    part = made.record(19, b"\1" + made.wide("删旧新") + runs)
    rich = made.cell(62, 3, b"\1" + made.wide("行内") + struct.pack("<IHH", 1, 1, 1))
    records = [made.row(0), made.cell(7, 0, struct.pack("<I", 0)), made.cell(7, 1, struct.pack("<I", 1)), made.number(2, 5.0, 1), rich, made.number(4, 6.0)]
    data = made.xlsb({"表": records}, ["General", "0.00"], shared=(made.shared("全新"), part), fonts=(font(False), font(True)))
    grid = binary_workbook.read_xlsb(data, "a.xlsb").grids[0]
    assert ["全新", "删旧新", "5.00", "行内", "6"] == list(grid.texts)
    assert ["删旧新", "5.00", "行内"] == [grid.texts[at] for at in sorted(grid.unsure)]


def test_a_text_of_an_xls_or_xlsb_has_the_words_of_its_format():
    texts = biff(0x00FC, struct.pack("<II", 1, 1) + xls_text("100"))
    old = binary_workbook.read_xls(xls(shown_by(0, 0), shown_by(1, 0, 1), number(2, 0, 5.0), extra=texts, codes=("General", '@"A"')), "a.xls").grids[0]
    new = binary_workbook.read_xlsb(made.xlsb({"表": [made.row(0), made.cell(6, 0, made.wide("100")), made.cell(6, 1, made.wide("100"), 1)]}, ["General", '"≥"@"%"']), "a.xlsb").grids[0]
    assert (["100", "100A", "5"], ["100", "≥100%"]) == (list(old.texts), list(new.texts))
