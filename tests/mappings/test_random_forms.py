"""Laws over random mappings: the language has no form that loads and does not come back."""

import re
import zipfile
from io import BytesIO

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.filings import entries
from tests.mappings.random_forms import mappings
from xltool import mapping
from xltool.arrange import place
from xltool.canonical import differences, from_json, to_json
from xltool.filing import Filing, Section
from xltool.form import Form
from xltool.jobs import blanks, sampled
from xltool.jobs.convert import render
from xltool.jobs.draft import drafted
from xltool.jobs.reading import read_bytes
from xltool.picture import draw, parse

forms = mappings().map(lambda text: mapping.read(text, "m.yaml"))
few = settings(max_examples=12, suppress_health_check=list(HealthCheck))


def read(data: bytes, form: Form) -> Filing:
    return read_bytes(data, "a.xlsx", {form.id: form}).filing


@st.composite
def filled(draw: st.DrawFn) -> tuple[Form, Filing]:
    form = draw(forms)
    return form, Filing((Section(None, (draw(entries(form, printed=True)),)),))


@few
@given(mappings())
def test_a_mapping_that_loads_is_proved(text):
    assert [] == [one.text("en") for one in sampled.faults(mapping.read(text, "m.yaml"), {})]


@few
@given(mappings())
def test_its_picture_is_drawn_again(text):
    picture = text.partition("layout: |\n")[2].partition("fields:")[0]
    assert parse(picture) == parse(draw(parse(picture)))


@few
@given(forms, st.integers(1, 5))
def test_its_template_reads_back_empty(form, rows):
    [entry] = read(blanks.blank(form, rows), form).entries
    assert ([], [], (), ()) == ([path for path, value in entry.values.items() if value is not None], [name for name, items in entry.lists.items() if items], entry.source.leftover, entry.source.doubts)


@few
@given(filled(), st.booleans())
def test_what_is_written_is_read(pair, stacked):
    form, filing = pair
    found = read(render(filing, {form.id: form}, "xlsx", stacked), form)
    assert ([], [()]) == (differences(filing, found), [one.source.leftover for one in found.entries])
    assert filing == from_json(to_json(filing, {form.id: form}), {form.id: form})


@few
@given(filled())
def test_its_cells_cover_the_frame_and_never_each_other(pair):
    form, filing = pair
    [entry] = filing.entries
    squares = [(row, column) for one in place(form, entry) for row in range(one.row, one.last_row + 1) for column in range(one.column, one.last_column + 1)]
    assert sorted(squares) == [(row, column) for row in range(1, max(squares)[0] + 1) for column in range(1, form.layout.columns + 1)]


@few
@given(filled())
def test_its_sheets_have_heights_that_excel_knows_and_merges_apart(pair):
    form, filing = pair
    data = render(filing, {form.id: form}, "xlsx")
    with zipfile.ZipFile(BytesIO(data)) as packed:
        sheets = [packed.read(name).decode() for name in packed.namelist() if "worksheets/sheet" in name]
    assert all(0 < float(height) <= 409.5 for sheet in sheets for height in re.findall(r' ht="([\d.]+)"', sheet))
    for sheet in openpyxl.load_workbook(BytesIO(data)).worksheets:
        squares = [(row, column) for one in sheet.merged_cells.ranges for row in range(one.min_row, one.max_row + 1) for column in range(one.min_col, one.max_col + 1)]
        assert len(squares) == len(set(squares))


@few
@given(forms)
def test_the_draft_of_its_template_loads_and_reads_that(form):
    data = blanks.blank(form, 3)
    made = drafted(data, "blank.xlsx", {}, "drafted")
    again = mapping.read(made.draft.text, "drafted.yaml")
    assert () == made.faults
    [entry] = read(data, again).entries
    assert () == entry.source.leftover
