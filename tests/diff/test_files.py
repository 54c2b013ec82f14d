"""Which files of two folders belong together."""

from hypothesis import given
from hypothesis import strategies as st

from xltool.diff.files import Partners, partners
from xltool.filing import Entry, Filing, Section
from xltool.library import forms

FORMS = forms()


def file(*names: str) -> Filing:
    """A filing with a form for each project, of which little but the name is filled in."""
    form = FORMS["target-declaration"]
    blank = dict.fromkeys(one.path for one in form.scalars)
    own = [{"project.name": name, "project.unit": f"{name}管理所", "year": 2025, "goals.annual": f"{name}按期完成"} for name in names]
    return Filing((Section(None, tuple(Entry(form.id, form.title, blank | values, dict.fromkeys(form.lists, ())) for values in own)),))


def test_files_are_paired_by_their_forms():
    assert Partners((1, 0), ((), ())) == partners([file("甲河治理"), file("乙桥加固")], [file("乙桥加固"), file("甲河治理")], FORMS)


def test_one_file_of_several_forms_is_the_partner_of_each_that_holds_one_of_them():
    assert Partners((1, 0), ((), ())) == partners([file("甲河治理", "乙桥加固")], [file("乙桥加固"), file("甲河治理")], FORMS)


def test_a_file_whose_forms_the_other_side_lacks_has_no_partner():
    found = partners([file("甲河治理"), file("乙桥加固"), file("丙库除险")], [file("丙库除险"), file("会展中心运营")], FORMS)
    assert ((0, 1), (1,)) == found.lone


def test_files_without_partners_stand_beside_each_other():
    found = partners([file("甲河治理"), file("乙桥加固"), file("丙库除险")], [file("丙库除险"), file("会展中心运营"), file("甲河治理")], FORMS)
    assert (2, 1, 0) == found.order


@given(st.permutations(range(6)))
def test_the_order_of_files_never_matters(order):
    names = ("甲河治理", "乙桥加固", "丙库除险", "会展中心运营", "图书采购", "农田保险补贴")
    found = partners([file(name) for name in names], [file(names[at]) for at in order], FORMS)
    assert ((), ()) == found.lone
    assert list(range(6)) == [order[at] for at in found.order]
