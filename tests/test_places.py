"""Where a value stands, as people find it, and which place stands for a path that has none of its own."""

import pytest

from xltool.places import LINE, PAGE, PATH, TABLE, Place, on_sheet, place_of


@pytest.mark.parametrize(
    ("place", "address", "area", "shown"),
    [
        pytest.param(on_sheet("表1", (5, 3, 6, 4)), "C5", "C5:D6", "表1!C5", id="a merged cell"),
        pytest.param(on_sheet("表1", (5, 3, 5, 3)), "C5", "C5", "表1!C5", id="one square"),
        pytest.param(on_sheet("表1", (5, 3, 5, 4)), "C5", "C5:D5", "表1!C5", id="two squares of a row"),
        pytest.param(Place(PAGE, 3), "", "", "第3页", id="a page"),
        pytest.param(Place(PAGE, 3, 5, 3, 6, 4, "第3页(72,640)"), "", "", "第3页(72,640)", id="a box on a page"),
        pytest.param(Place(LINE, 12), "", "", "第12行", id="a line"),
        pytest.param(Place(TABLE, "表2第3行", 3, 1, 3, 2), "", "", "表2第3行", id="a cell of a table that is no sheet"),
        pytest.param(Place(PATH, "sections[0].forms[1].year"), "", "", "sections[0].forms[1].year", id="JSON"),
    ],
)
def test_a_place_is_shown_as_people_find_it(place, address, area, shown):
    assert (address, area, shown) == (place.address, place.area, place.shown)


FORM, LIST, ROW, TARGET, MONEY = (Place(LINE, number) for number in range(1, 6))
AROUND = {"": FORM, "indicators": LIST, "indicators[3]": ROW, "indicators[3].target": TARGET, "funding.annual": MONEY, "goal": ROW}


@pytest.mark.parametrize(
    ("path", "place"),
    [
        pytest.param("indicators[3].target", TARGET, id="its own"),
        pytest.param("indicators[3].target.unit", TARGET, id="the value that it is part of"),
        pytest.param("indicators[3].name", ROW, id="the row"),
        pytest.param("indicators[30].name", LIST, id="the list, not a row of a number that begins alike"),
        pytest.param("indicators[30]", LIST, id="a row without a place"),
        pytest.param("funding.annual.total", MONEY, id="the group"),
        pytest.param("funding.project.total", FORM, id="the form, where no group has one"),
        pytest.param("goals", FORM, id="not what is spelled alike"),
        pytest.param("", FORM, id="the form itself"),
    ],
)
def test_a_path_without_a_place_has_that_of_the_nearest_thing_around_it(path, place):
    assert place == place_of(path, AROUND)


def test_where_not_even_the_form_has_a_place_there_is_none():
    assert (None, TARGET) == (place_of("year", {}), place_of("indicators[3].target.unit", {"indicators[3].target": TARGET}))
