"""What readers remember of files before is bounded, and changes nothing that is read."""

import pytest

from tests.rollup.made import filings
from xltool.filing import Filing
from xltool.form import Form
from xltool.grid import grid_of
from xltool.library import forms
from xltool.recovery import grid_reading
from xltool.recovery.grid_columns import FieldReader
from xltool.surfaces import xlsx_reader, xlsx_writer


@pytest.fixture
def books():
    made = filings(4, 6).read(forms())
    return [xlsx_reader.read(xlsx_writer.write(Filing(one.sections), forms(), stacked=True), name) for name, one in made.items()]


@pytest.mark.parametrize("most", [1, 100, 16_384], ids=["one sheet kept", "a few sheets kept", "all kept"])
def test_captions_of_sheets_read_before_are_kept_up_to_a_bound(books, monkeypatch, most):
    monkeypatch.setattr(grid_reading, "_ready", [])
    monkeypatch.setattr(grid_reading, "MARKED", most)
    expected = None
    for _ in range(2):
        read = [grid_reading.read_book(one, forms(), "a") for one in books]
        (known,) = grid_reading._ready
        held = [len(marks) for marks, *_ in known.outlines]
        assert sum(held) == known.marked and (known.marked <= most or len(held) == 1)
        assert (expected or read) == read
        expected = read
    assert len(held) == 1 if most == 1 else len(held) >= 1


def test_a_long_text_is_not_remembered():
    form: Form = forms()["target-declaration"]
    one = next(field for field in form.scalars if field.type == "text")
    reader = FieldReader(one, form)
    texts = ("防汛物资", "防汛物资储备和养护" * 20)
    assert list(texts) == [reader.one(number, grid_of("表1", [texts])) for number in (0, 1)]
    assert {"防汛物资"} == set(reader._known)
