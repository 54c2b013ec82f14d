"""Labels at the middle of their rows, on both levels, over the ends of pages."""

from itertools import groupby

import pytest

from xltool.recovery import laid_levels
from xltool.recovery.laid_levels import Extent, Mark, told


def extents(*pages: int) -> list[Extent]:
    """So many rows on each page, each two lines high with its line at its middle."""
    found: list[Extent] = []
    for page, count in enumerate(pages, 1):
        for number in range(count):
            y = 2.0 * len(found)
            found.append(Extent(page, y, y + 2, y + 1, number == count - 1, y + 2))
    return found


def mark(name: str, y: float, above: str | None = None, page: int = 1, lines: int = 1) -> Mark:
    half = (lines - 1) / 2
    return Mark(name, above, page, tuple((y + at - half - 0.3, y + at - half + 0.3) for at in range(lines)))


def groups(names: tuple[str | None, ...]) -> list[tuple[str | None, int]]:
    return [(name, len(list(own))) for name, own in groupby(names)]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        pytest.param([("甲", 1), ("乙", 5)], [("甲", 1), ("乙", 3)], id="on the line of a row"),
        pytest.param([("甲", 2), ("乙", 6)], [("甲", 2), ("乙", 2)], id="between two rows"),
        pytest.param([("甲", 3), ("乙", 7)], [("甲", 3), ("乙", 1)], id="a high group before a low one"),
    ],
)
def test_label_stands_at_the_middle_of_its_rows(labels, expected):
    _, found = told(extents(4), [], [mark(*label) for label in labels])
    assert expected == groups(found.names)
    assert not found.unsure


def test_label_of_two_lines_stands_around_the_middle():
    _, found = told(extents(3), [], [mark("甲", 2, lines=2), mark("乙", 5)])
    assert [("甲", 2), ("乙", 1)] == groups(found.names)


def test_row_that_stands_as_well_in_another_group_is_doubted():
    wide = Mark("甲", None, 1, ((0.9, 2.1),)), Mark("乙", None, 1, ((3.9, 5.1),))
    _, found = told(extents(3), [], wide)
    assert 1 in found.unsure


def test_level_one_tells_where_level_twos_do_not():
    wide = Mark("数量", "产出", 1, ((0.9, 2.1),)), Mark("经济", "效益", 1, ((3.9, 5.1),))
    for one, other, expected in ((1, 4, 1), (2, 5, 2)):
        first, second = told(extents(3), [mark("产出", one), mark("效益", other)], wide)
        assert [("产出", expected), ("效益", 3 - expected)] == groups(first.names)
        assert [("数量", expected), ("经济", 3 - expected)] == groups(second.names)
        assert not first.unsure | second.unsure


@pytest.mark.parametrize(
    "y",
    [pytest.param(6, id="at the middle of all its rows"), pytest.param(5, id="of those on its page"), pytest.param(3, id="at their top")],
)
def test_group_that_a_page_cuts_has_its_label_on_one_page(y):
    _, found = told(extents(3, 3), [], [mark("甲", 1), mark("乙", y), mark("丙", 11, page=2)])
    assert [("甲", 1), ("乙", 4), ("丙", 1)] == groups(found.names)


def test_labels_at_the_top_of_all_groups_are_told():
    _, found = told(extents(8), [], [mark("甲", 1), mark("乙", 5), mark("丙", 15)])
    assert [("甲", 2), ("乙", 5), ("丙", 1)] == groups(found.names)


def test_label_printed_again_behind_a_page_needs_no_rows():
    _, found = told(extents(2, 2), [], [mark("甲", 2), mark("甲", 4.2, page=2), mark("乙", 6, page=2)])
    assert [("甲", 2), ("乙", 2)] == groups(found.names)


def test_rows_of_a_list_too_long_to_weigh_go_to_the_nearest_label_and_are_doubted(monkeypatch):
    monkeypatch.setattr(laid_levels, "STRETCHES", 5)
    _, found = told(extents(4), [], [mark("甲", 1), mark("乙", 6)])
    assert [("甲", 2), ("乙", 2)] == groups(found.names)
    assert frozenset(range(4)) == found.unsure


def test_list_without_labels_has_no_names():
    assert [(None,) * 2] * 2 == [one.names for one in told(extents(2), [], [])]


def test_row_whose_label_stands_on_another_page_is_doubted_sooner(monkeypatch):
    labels = [mark("甲", 1), mark("乙", 11.5, page=2)]
    _, torn = told(extents(4, 2), [], labels)
    assert ([("甲", 5), ("乙", 1)], {4}) == (groups(torn.names), set(torn.unsure))
    monkeypatch.setattr(laid_levels, "AWAY", laid_levels.CLOSE)
    assert not told(extents(4, 2), [], labels)[1].unsure
