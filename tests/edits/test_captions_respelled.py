"""Captions that a button turned into traditional characters, or that a bureau marked with *: the form is found, data stay as typed."""

import pytest

from tests.edits import excel
from tests.edits.made import DECLARATION, EVALUATION, doubted, entry_of, left, read, written
from xltool.canonical import differences

TRADITIONAL = str.maketrans("项财绩标报类质门单计开资金总额当结转级数实际执预", "項財績標報類質門單計開資金總額當結轉級數實際執預")


def respelled(filing, change, only=lambda text: True):
    """The filing as it is read after the texts of its sheet were altered."""
    book = excel.opened(written(filing))
    for row in book.worksheets[-1].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and only(cell.value):
                cell.value = change(cell.value)
    return read(excel.saved(book))


@pytest.mark.parametrize("filing", [DECLARATION, EVALUATION], ids=["declaration", "evaluation"])
def test_captions_in_traditional_characters_are_captions(filing):
    """The clerk's data, which stand right of the captions and below the heads, are as the button left them."""
    found = respelled(filing, lambda text: text.translate(TRADITIONAL))
    assert (set(), []) == (doubted(found), left(found))
    before, after = entry_of(filing), entry_of(found)
    assert (before.form, before.title, len(before.lists["indicators"])) == (after.form, after.title, len(after.lists["indicators"]))
    assert str(before.values["project.department"]).translate(TRADITIONAL) == after.values["project.department"]
    assert {path: value for path, value in before.values.items() if not isinstance(value, str)} == {path: value for path, value in after.values.items() if not isinstance(value, str)}


@pytest.mark.parametrize(
    "mark",
    [
        pytest.param(lambda text: f"*{text}", id="before"),
        pytest.param(lambda text: f"＊ {text}", id="before, in full width"),
        pytest.param(lambda text: f"{text}*", id="behind"),
    ],
)
def test_a_caption_marked_as_required_is_the_caption(mark):
    found = respelled(DECLARATION, mark, {"项目名称", "主管部门", "实施单位", "三级指标", "项目资金（元）"}.__contains__)
    assert ([], set(), []) == (differences(DECLARATION, found), doubted(found), left(found))
