"""What forms from other processes say alike is kept once, and is still what they said."""

import pickle

import pytest

from xltool.canonical import complete
from xltool.filing import Filing, Section
from xltool.jobs.rollup.reading import Given, How, Job, close_spool, read_source
from xltool.jobs.rollup.sharing import Shared
from xltool.jobs.sources import find
from xltool.library import forms
from xltool.surfaces import xlsx_writer


@pytest.fixture(scope="module", params=["sheets", "entries", ""], ids=["sheets kept", "forms kept", "nothing kept"])
def given(request, tmp_path_factory) -> list[Given]:
    """Two forms of one unit as two processes hand them over."""
    folder = tmp_path_factory.mktemp("sharing")
    form = forms()["self-evaluation"]
    for name in ("甲项目", "乙项目"):
        items = ({"level1": "产出指标", "name": "巡查次数"},)
        values = {"year": 2024, "project.name": name, "project.unit": "某某中心", "project.department": "某某局"}
        filing = Filing((Section(None, (complete(form, values, {"indicators": items}),)),))
        (folder / f"{name}.xlsx").write_bytes(xlsx_writer.write(filing, forms()))
    jobs = [Job(at, one, one.name, folder) for at, one in enumerate(find([str(folder)])[0])]
    read = []
    for one in jobs:
        read.append(pickle.loads(pickle.dumps(read_source(one, How(request.param, checked=True)))))
        close_spool(folder)
    return read


def test_a_file_that_was_closed_between_two_sources_holds_what_both_gave(given):
    (first,), (second,) = (one.forms for one in given)
    assert first.listed.file == second.listed.file
    assert first.listed.read() != second.listed.read() and b"" not in (first.listed.read(), second.listed.read())


def test_what_is_shared_says_the_same(given):
    shared = Shared()
    assert 2 == sum(len(one.forms) for one in given)
    assert given == [shared.given(one) for one in given]


def test_texts_of_two_forms_are_kept_once(given):
    shared = Shared()
    (first,), (second,) = (shared.given(one).forms for one in given)
    assert first.signature.project != second.signature.project
    for name in ("form", "title", "unit", "unit_key", "department", "levels", "findings", "money_unit"):
        assert getattr(first.signature, name) is getattr(second.signature, name), name
    assert first.listed.file is second.listed.file
    if first.drawn and second.drawn:
        assert first.drawn.cells is second.drawn.cells and first.drawn.taken is second.drawn.taken


def test_equal_values_of_two_kinds_stay_of_their_kinds():
    """1 and True are equal for Python."""
    shared = Shared()
    assert (1, True, 1) == tuple(map(shared.once, (1, True, 1)))
    assert [int, bool, int] == [type(shared.once(one)) for one in (1, True, 1)]
