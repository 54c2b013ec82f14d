"""Level twos by how high rows and labels stand, drawn page by page: «数量@2» is a label in line 2, a number alone a row."""

from __future__ import annotations

import pytest

from xltool.recovery import level_places
from xltool.recovery.level_places import Spot, names


def read(*pages: str, close: dict[int, float] | None = None) -> tuple[str, str]:
    """The names of the rows, page by page, and for each row whether it is sure (.) or not (?)."""
    rows: list[Spot] = []
    labels: list[Spot] = []
    ends = []
    for number, page in enumerate(pages, 1):
        for word in page.split():
            name, _, line = word.rpartition("@")
            (labels if name else rows).append(Spot(number, float(line), name))
        ends.append(len(rows))
    found, unsure = names(rows, labels, close)
    said = ["".join(one or "-" for one in found[first:last]) for first, last in zip((0, *ends), ends, strict=False)]
    return " ".join(said), "".join("?" if at in unsure else "." for at in range(len(rows)))


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        pytest.param(["1 数@2 2 3  5 质@6 6 7"], "数数数质质质", id="each at the middle of three"),
        pytest.param(["1 数@1  3 质@5 4 5 6 7"], "数质质质质质", id="one row, then five"),
        pytest.param(["1 2 数@2 3", "1 2"], "数数数 数数", id="a page without a label goes on"),
        pytest.param(["1 2", "1 数@2 2 3"], "数数 数数数", id="a page before any label belongs to the next"),
        pytest.param(["1 数@2 2 3  30 31", "1 质@2 2 3"], "数数数质质 质质质", id="rows far below belong to the next page's first"),
        pytest.param(["1 数@2 2 3", "1 2  30 质@31 31 32"], "数数数 数数质质质", id="rows far above belong to the last page's last"),
        pytest.param(["1 数@2 2 3  30 31"], "数数数数数", id="where no page follows they belong to the last label"),
        pytest.param(["1  30 质@31 31 32"], "质质质质", id="where no page comes before they belong to the first label"),
        pytest.param(["1 2", "3"], "-- -", id="no label at all"),
    ],
)
def test_a_row_stands_under_the_label_at_the_middle_of_its_group(pages, expected):
    assert expected == read(*pages)[0]


def test_rows_that_might_as_well_be_the_other_labels_are_not_sure():
    """Five rows and two labels: the third may end the first group or begin the second."""
    found, sure = read("1 数@1.5 2 3 质@4.5 4 5")
    assert ("?", ".", ".") == (sure[2], sure[0], sure[4])
    assert "....." == read("1 数@1.5 2 3 质@4.5 4 5", close={1: 0.0})[1]
    assert found[:2] == "数数" and found[3:] == "质质"


def test_on_a_page_with_too_much_to_weigh_each_row_goes_to_the_nearest_and_none_is_sure(monkeypatch):
    page = "1 数@2 2 3  5 质@6 6 7"
    monkeypatch.setattr(level_places, "MOST", 6 * 6 * 2)
    assert ("数数数质质质", "......") == read(page)
    monkeypatch.setattr(level_places, "MOST", 6 * 6 * 2 - 1)
    assert ("数数数质质质", "??????") == read(page)


def test_a_row_that_seems_to_stand_under_another_level_one_costs_a_little():
    """Where the heights say as much for one label as for the other, the level one that the row seems to stand under decides."""
    labels = [Spot(1, 1.5, "数量", above="产出"), Spot(1, 4.5, "社会", above="效益")]
    for name, expected in (("产出", "数量"), ("效益", "社会")):
        rows = [Spot(1, line, above) for line, above in ((1, "产出"), (2, "产出"), (3, name), (4, "效益"), (5, "效益"))]
        assert expected == names(rows, labels)[0][2]


def test_the_last_label_of_a_page_may_stand_at_the_top_of_its_rows():
    """A page cut its group: the label stands where the group begins."""
    rows = [Spot(1, line) for line in (1, 2, 3, 10, 12, 14, 16, 18)]
    middle = [Spot(1, 2, "数量"), Spot(1, 10.5, "质量")]
    at_top = [middle[0], Spot(1, 10.5, "质量", top=10.5)]
    assert ["数量"] * 3 + ["质量"] * 5 == names(rows, at_top)[0]
    # As the middle of its rows, line 10.5 is that of those from line 3 on.
    assert ["数量"] * 2 + ["质量"] * 6 == names(rows, middle)[0]
