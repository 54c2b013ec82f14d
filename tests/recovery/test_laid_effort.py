"""Text in columns: searches have a budget of work; what would take more is read the plain way, and doubted."""

import pytest

from tests.recovery.test_laid_text import DECLARATION, LIST, one
from xltool.library import forms
from xltool.recovery import laid_row_costs, laid_rows, laid_trials
from xltool.recovery.atoms import split
from xltool.recovery.claims import Account
from xltool.recovery.laid_effort import LINES, PLACES, ROWS, WORDS
from xltool.recovery.laid_form import TIRED, read, too_much
from xltool.recovery.laid_words import rows_of

FORM = forms()["target-declaration"]
BARE = "".join(f"                                   街镇检查{'甲乙丙丁戊己庚辛壬癸'[at % 10]} 次数{'      ≥3(个)' if at % 4 == 0 else ''}\n" for at in range(40))
"""Rows that may be cut anywhere, with words that may be values: most have none."""


@pytest.fixture
def weighed(monkeypatch):
    """A text's entry and the number of rows that were weighed for it, with so much work at most for other columns."""
    count = [0]
    cost = laid_row_costs.row_cost

    def counted(*given):
        count[0] += 1
        return cost(*given)

    def told(text: str, budget: int):
        monkeypatch.setattr(laid_trials, "ROWS", budget)
        count[0] = 0
        return one(text), count[0]

    monkeypatch.setattr(laid_rows, "row_cost", counted)
    return told


def test_search_for_other_columns_ends_with_its_budget_and_the_list_is_doubted(weighed):
    _, plain = weighed(DECLARATION + BARE, 0)
    entry, bounded = weighed(DECLARATION + BARE, 2000)
    _, more = weighed(DECLARATION + BARE, 10_000)
    assert plain + 2000 < bounded <= (laid_trials.ROUNDS + 2) * plain + 2000 < more
    assert ("indicators", TIRED) in [(doubt.path, doubt.why) for doubt in entry.source.doubts]


def test_list_whose_columns_are_plain_takes_no_such_work(weighed):
    entry, all_told = weighed(DECLARATION + LIST, ROWS)
    assert weighed(DECLARATION + LIST, 0)[1] == all_told
    assert TIRED not in [doubt.why for doubt in entry.source.doubts]


@pytest.mark.parametrize(
    ("text", "much"),
    [
        pytest.param("项 目\n" * LINES, False, id="as many lines as are read"),
        pytest.param("项 目\n" * (LINES + 1), True, id="a line more"),
        pytest.param("项 " * WORDS + "\n", False, id="as many words on a line"),
        pytest.param("项 " * (WORDS + 1) + "\n", True, id="a word more"),
        pytest.param("".join(" " * at + "项\n" for at in range(PLACES)), False, id="as many places"),
        pytest.param("".join(" " * at + "项\n" for at in range(PLACES + 1)), True, id="a place more"),
    ],
)
def test_form_with_more_lines_words_or_places_than_are_weighed_is_read_in_its_order(text, much):
    atoms = split(text).atoms
    assert much == too_much(rows_of(atoms, False))
    if much:
        assert read(FORM, atoms, False, Account(atoms)) is None
