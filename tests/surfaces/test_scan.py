"""What a sheet's XML says beyond values: formulas, styles of numbers, errors, hidden rows and columns."""

from __future__ import annotations

import pytest

from xltool.surfaces.xlsx_reader.scan import (
    Special,
    column_number,
    hidden,
    number_styles,
    numbers_and_formulas,
)


def sheet(rows: str, before: str = "") -> bytes:
    return f'<worksheet xmlns="x">{before}<sheetData>{rows}</sheetData></worksheet>'.encode()


FORMULA = '<row r="1"><c r="Z9"><f>1+1</f><v>2</v></c></row>'


@pytest.mark.parametrize("rows", ['<c r="A1"><v>1</v></c>', '<c r="A1" s="3"><v>1</v></c><c r="B1" t="s"><v>0</v></c>', "<c r='A1' t='s'><v>0</v></c>", ""])
def test_sheet_without_formulas_and_errors_is_not_looked_at(rows):
    assert (None, {}) == numbers_and_formulas(sheet(rows))


@pytest.mark.parametrize(
    ("cell", "style", "special"),
    [
        ('<c r="B2" s="4"><f>A1*2</f><v>6</v></c>', 4, Special("A1*2", True, "")),
        ('<c r="B2"><f>A1*2</f><v>6</v></c>', 0, Special("A1*2", True, "")),
        ('<c r="B2" s="4"><f>A1*2</f></c>', 4, Special("A1*2", False, "")),
        ('<c r="B2" s="4"><f t="array" ref="B2">A1&lt;2</f><v>1</v></c>', 4, Special("A1<2", True, "")),
        ('<c r="B2" s="4"><f t="shared" si="0"/><v>6</v></c>', 4, None),
        ('<c r="B2" s="4" t="str"><f>A1</f><v>是</v></c>', 4, Special("A1", True, "")),
        ('<c r="B2" s="4" t="str"><f>A1</f><v></v></c>', 4, None),
        ('<c r="B2" s="4" t="n"><f>A1</f><v></v></c>', 4, Special("A1", False, "")),
        ('<c r="B2" s="4" t="e"><v>#REF!</v></c>', 4, Special("", True, "#REF!")),
        ('<c r="B2" t="e" s="4"><f>1/0</f><v>#DIV/0!</v></c>', 4, Special("1/0", True, "#DIV/0!")),
        ("<c r='B2' s='4' t='e'><v>#N/A</v></c>", 4, Special("", True, "#N/A")),
        ('<c s="4" r="B2" t="b"><v>1</v></c>', 4, None),
        ('<c\n r="B2"\n s="4" ><f>1</f>\n<v>1</v></c>', 4, Special("1", True, "")),
        ('<c r="B2" s="4" t="s"><v>0</v></c>', None, None),
        ('<c r="B2" s="4" t="inlineStr"><is><t>甲</t></is></c>', None, None),
        ('<c r="B2" s="4"/>', None, None),
    ],
    ids=["formula", "no style", "no result", "escaped", "shared", "a text for a result", "an empty text for a result", "no number for a result", "error", "formula with an error", "single quotes", "true or false", "line breaks", "text", "a text of its own", "empty"],
)  # fmt: skip
def test_cell_is_scanned(cell, style, special):
    styles, specials = numbers_and_formulas(sheet(FORMULA + f'<row r="2">{cell}</row>'))
    assert styles is not None
    assert (style, special) == (styles.get((2, 2)), specials.get((2, 2)))
    assert Special("1+1", True, "") == specials[9, 26]


def test_a_cell_that_does_not_say_where_it_stands_is_passed_over():
    styles, specials = numbers_and_formulas(sheet(FORMULA + '<row r="2"><c s="4"><v>1</v></c><c><f>A1</f><v>2</v></c></row>'))
    assert ({(9, 26): 0}, [(9, 26)]) == (styles, [*specials])


def test_elements_may_have_a_prefix():
    part = '<x:worksheet xmlns:x="x"><x:sheetData><x:row><x:c r="B2" s="4"><x:f>A1</x:f><x:v>6</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    assert ({(2, 2): 4}, {(2, 2): Special("A1", True, "")}) == numbers_and_formulas(part.encode())


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ('<c r="A1" s="3"><v>1</v></c><c r="C1"><v>2</v></c><c r="AB12" s="7" t="n"><v>2</v></c>', {0: 3, 1: 0, 2: 7}),
        ('<c s="3" r="A1"><v>1</v></c><c r="C1"><v>2</v></c><c r="AB12" s="7"><v>2</v></c>', {0: 3, 1: 0, 2: 7}),
        ('<c r="A1" s="3"><f>1</f><v>1</v></c>', {0: 3, 1: 0, 2: 0}),
        ("", {0: 0, 1: 0, 2: 0}),
    ],
    ids=["as nearly every program writes it", "attributes in another order", "with a formula", "not there"],
)  # fmt: skip
def test_styles_of_numbers_are_found_by_their_places(rows, found):
    part = sheet(rows)
    places = [(1, 1, 1, 1), (1, 3, 1, 3), (12, 28, 12, 28)]
    styles, _ = numbers_and_formulas(part)
    assert found == number_styles(part, styles, places, [0, 1, 2])
    assert {} == number_styles(part, styles, places, [])


@pytest.mark.parametrize(("letters", "number"), [(b"A", 1), (b"B", 2), (b"Z", 26), (b"AA", 27), (b"AZ", 52), (b"BA", 53), (b"ZZ", 702), (b"AAA", 703), (b"XFD", 16384)])
def test_columns_count_from_a(letters, number):
    assert number == column_number(letters)


@pytest.mark.parametrize(
    ("before", "rows", "columns", "hidden_rows"),
    [
        ("", '<row r="1"/><row r="2" ht="20"/>', set(), set()),
        ("", '<row r="1"/><row r="2" hidden="1"/><row r="3" hidden="0"/><row hidden="true" r="14"/>', set(), {2, 14}),
        ("", '<row r="2" ht="0" customHeight="1"/><row r="3" ht="0.0"/><row r="4" ht="0.75"/>', set(), {2, 3}),
        ("", "<row r='2' ht='0'/>", set(), {2}),
        ("", "<row r='2' hidden='1'/>", set(), {2}),
        ('<cols><col min="2" max="4" hidden="1"/><col min="6" max="6" width="0"/><col min="7" max="7" width="9"/></cols>', '<row r="1"/>', {2, 3, 4, 6}, set()),
        ("<cols><col min='2' max='2' width='0'/></cols>", '<row r="1"/>', {2}, set()),
        ('<cols><col min="16383" max="99999" hidden="1"/></cols>', "", {16383, 16384}, set()),
        ('<cols><col min="3" hidden="1"/></cols>', '<row hidden="1"/>', set(), set()),
        ('<cols><col min="2" max="2" hidden="1"/></cols>', '<row r="5" hidden="1"><c r="A5" t="str"><v>d</v></c></row>', {2}, {5}),
    ],
    ids=["nothing", "rows", "rows of no height", "in single quotes", "hidden in single quotes", "columns", "a column of no width in single quotes", "no further than a sheet goes", "without a number", "both"],
)  # fmt: skip
def test_what_is_hidden_is_found(before, rows, columns, hidden_rows):
    assert (columns, hidden_rows) == hidden(sheet(rows, before))
