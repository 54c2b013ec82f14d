"""The items of a list column by column: every value stands in its column and row, whatever fields its item has."""

from hypothesis import given
from hypothesis import strategies as st

from xltool.canonical import complete
from xltool.columns import by_path, columns_of, in_roles
from xltool.library import forms

PATHS = ("level1", "name", "target", "weight")
TEXTS = st.none() | st.text("甲乙", max_size=2)
ITEMS = st.lists(st.dictionaries(st.sampled_from(PATHS), TEXTS), max_size=5)
LIKE = st.sets(st.sampled_from(PATHS)).flatmap(lambda paths: st.lists(st.fixed_dictionaries(dict.fromkeys(sorted(paths), TEXTS)), max_size=5))


@given(ITEMS | LIKE)
def test_every_value_stands_in_its_column(items):
    found = by_path(items)
    assert {path for item in items for path in item} == set(found)
    for path, column in found.items():
        assert [item.get(path) for item in items] == list(column)


def test_items_of_which_one_has_another_field_have_an_empty_cell_there():
    items = [{"name": "甲", "target": "1"}, {"name": "乙", "weight": "2"}]
    assert {"name": ["甲", "乙"], "target": ["1", None], "weight": [None, "2"]} == {path: list(column) for path, column in by_path(items).items()}


def test_columns_come_by_role_and_of_a_role_that_no_field_plays_nothing():
    form = forms()["target-declaration"]
    entry = complete(form, {}, {"indicators": [{"level1": "产出指标", "name": "甲"}, {"level1": "效益指标", "name": "乙"}]})
    [(name, score, level1)] = in_roles(form, columns_of(entry), ("indicator", "score", "level1"))
    assert (("甲", "乙"), (None, None), ("产出指标", "效益指标")) == (tuple(name), tuple(score), tuple(level1))


def test_a_list_without_items_has_no_columns():
    form = forms()["target-declaration"]
    entry = complete(form, {}, {"indicators": []})
    assert ({"indicators": {}}, []) == (columns_of(entry), list(in_roles(form, columns_of(entry), ("indicator",))))
