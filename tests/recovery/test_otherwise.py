"""What two readings of one form say otherwise, by path."""

from decimal import Decimal

import pytest

from xltool.filing import Entry
from xltool.recovery.otherwise import otherwise

ROW, OTHER = {"name": "甲", "target": "1次"}, {"name": "乙", "target": "1次"}


def entry(values=None, **lists) -> Entry:
    return Entry("one", "表", {"year": 2024, "amount": Decimal(5), **(values or {})}, {"rows": (ROW,), "rows_annual": (ROW,)} | lists)


@pytest.mark.parametrize(
    ("other", "paths"),
    [
        pytest.param(entry(), (), id="nothing"),
        pytest.param(entry({"year": 2023}), ("year",), id="a field"),
        pytest.param(entry(rows=(OTHER,)), ("rows[0].name",), id="a field of a row"),
        pytest.param(entry(rows=(ROW, OTHER)), ("rows",), id="a row more"),
        pytest.param(entry(rows=()), ("rows",), id="no row"),
        pytest.param(entry({"year": None}, rows=(), rows_annual=(OTHER,)), ("rows", "year", "rows_annual[0].name"), id="a list whose name begins like another's"),
        pytest.param(entry(more=(ROW,)), ("more",), id="a list that the first has not"),
    ],
)
def test_of_a_list_of_other_length_the_list_is_said_and_of_any_other_what_differs(other, paths):
    assert paths == otherwise(entry(), other)
