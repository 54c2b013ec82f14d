"""Cells of a text in columns: what is doubted in them, and which row and column an amount is of."""

from decimal import Decimal

import pytest

from tests.recovery.test_laid_doubts import doubted, word
from tests.recovery.test_laid_levels import extents, mark
from tests.recovery.test_laid_pages import amounts, at_places
from tests.recovery.test_laid_rows import EVALUATION
from tests.recovery.test_laid_text import DECLARATION, one, rows
from xltool.library import forms
from xltool.recovery.atoms import split
from xltool.recovery.claims import Account
from xltool.recovery.laid_bands import _lines
from xltool.recovery.laid_doubts import beside_lost
from xltool.recovery.laid_form import _Reader
from xltool.recovery.laid_groups import _beside_strange, labels
from xltool.recovery.laid_items import LACKS, PARTED, Laid
from xltool.recovery.laid_levels import AT_TOP, Told, _Both
from xltool.recovery.laid_list import GROUP, NAME, TARGET, Measure, columns_of, strange
from xltool.recovery.laid_row_costs import Parting
from xltool.recovery.laid_rows import Cut, _stray
from xltool.recovery.laid_words import Row, Word
from xltool.recovery.vocabulary import vocabulary

FORM = forms()["target-declaration"]


def said(kind: str, *words: Word) -> str | None:
    found = strange(kind, words, FORM)
    return found.text if found else None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(("≥12.5", "(人次)"), None, id="a unit below its number"),
        pytest.param((">5750", "1"), "1", id="two numbers"),
        pytest.param(("≥3.00（卷",), "≥3.00（卷", id="an open bracket"),
        pytest.param(("标", "有所提升"), "有所提升", id="a whole answer below other text"),
        pytest.param(("无重大事", "故发生"), None, id="a wrapped answer"),
    ],
)
def test_target_that_may_hold_a_word_of_another_cell_is_doubted(lines, expected):
    assert expected == said(TARGET, *(word(text, 40, number) for number, text in enumerate(lines)))


def test_line_of_a_name_that_is_a_level_too_is_doubted_where_it_begins_elsewhere():
    begin = word("12家居家服务机构", 27, 1)
    assert said(NAME, begin, word("服务对象满意度", 27, 2)) is None
    assert "服务对象满意度" == said(NAME, begin, word("服务对象满意度", 18, 2))


NEIGHBOUR = """\
         产出指标        数量指标      检查次数              ≥1(个)
                        质量指标      合格率               标
                                                      有所提升
         效益指标       社会效益指标     知晓率               ≥90(%)
                        生态效益指标     绿化率               ≥80(%)
                     可持续影响指标     续用率               ≥70(%)
         满意度指标    服务对象满意度指标    满意率               ≥95(%)
"""


def test_word_that_may_be_a_neighbours_doubts_its_cell_and_those_beside_it_alone():
    found = {path for path in doubted(one(DECLARATION + NEIGHBOUR)) if path.startswith("indicators[1]")}
    labels_of_what_may_be_two_rows = {"indicators[1].level1", "indicators[1].level2"}
    assert {"indicators[1].name", "indicators[1].target"} == found - labels_of_what_may_be_two_rows


def test_whole_amounts_below_each_other_are_two_rows_and_the_rest_of_one_is_none():
    def line(number: int, *words: tuple[str, int]) -> Row:
        return Row(number, 1, tuple(word(text, x, number) for text, x in words))

    first = line(1, ("0.00", 20), ("1,200.50", 40))
    assert 1 == _lines([first, line(2, ("6,200.00", 16), ("0.00", 44))]).twice[-1]
    assert 0 == _lines([first, line(2, ("7", 20), ("1", 40))]).twice[-1]
    assert 0 == _lines([first, line(2, ("6,200.00", 60), ("3.50%", 80))]).twice[-1]


def test_percent_sign_below_its_number_is_of_the_rate():
    entry = one(amounts(head=70).replace("83.30%", "83.30 ", 1).replace(at_places(("其中：当年财政拨款", 2))[:11], at_places(("%", 80)) + at_places(("其中：当年财政拨款", 2))[:11], 1))
    assert Decimal("0.833") == entry.values["funding.total.execution_rate"]


def test_row_that_lacks_a_number_tells_why_a_sum_is_off_and_its_list_is_not_doubted():
    text = EVALUATION.replace("1       50    50\n", "1       50    50\n              质量指标   合格率        ≥90(%)     95            5\n")
    found = doubted(one(text))
    assert "indicators" not in found


BEGUN = """\
         产出指标        数量指标      检查次数              ≥1(个)
         满意度指标       服务对象满意度指  满意率               ≥90(%)
"""


def test_label_whose_last_letter_is_lost_is_the_only_one_that_begins_so():
    assert ("满意度指标", "服务对象满意度指标", "满意率") == rows(one(DECLARATION + BEGUN))[1][:3]
    levels = vocabulary(FORM).levels
    assert [("数量指标", True)] == [(label.name, label.known) for label in labels([word("数量指", 1, 1), word("标", 1, 2)], levels, 2)]
    assert [("经济", False)] == [(label.name, label.known) for label in labels([word("经济", 1, 1)], levels, 1)]


@pytest.mark.parametrize("unit", ["元/季度", "元/每家", "次每周", "卷(件)"])
def test_unit_stands_in_the_column_of_units_where_there_is_one(unit):
    sichuan = forms()["self-evaluation-sichuan"]
    columns = columns_of(sichuan, sichuan.blocks[0])
    costs = {column.kind: Measure(sichuan, columns, sichuan.words).cost(word(unit, 1, 1), at, False) for at, column in enumerate(columns)}
    assert costs["unit"] == 0 < costs["target"]


def reader(*texts: str) -> _Reader:
    return _Reader(FORM, Account(split(" ".join(texts)).atoms), Laid())


def cut(columns: int, line: int, text: str = "检查次数") -> Cut:
    return Cut(tuple((word(text, 0, line),) for _ in range(columns)), line, line, False)


def test_words_that_are_left_doubt_their_cell_of_the_rows_whose_lines_they_are_next_to():
    columns = columns_of(FORM, FORM.blocks[0])
    kinds = [column.kind for column in columns]
    cuts = [cut(len(columns), 3), cut(len(columns), 9)]
    said = {kind: [path for _, path in beside_lost(FORM, FORM.blocks[0], columns, cuts, [(word("余", 0, 4), kinds.index(kind))])] for kind in (NAME, TARGET, GROUP)}
    assert {NAME: ["indicators[0].name"], TARGET: ["indicators[0].target"], GROUP: ["indicators[0]"]} == said


def test_sum_doubts_its_list_where_rows_part_but_not_where_one_lacks_its_number():
    one_row = reader("余")
    one_row.account.doubt("indicators[0]", 0, PARTED)
    assert one_row._wavers("indicators", set())
    one_row.account.doubt("indicators[1]", 0, f"{LACKS}权重")
    assert not one_row._wavers("indicators", set())


def test_line_of_many_cells_costs_more_to_leave_than_one_of_few():
    columns = columns_of(FORM, FORM.blocks[0])
    full, few = ([[word("甲", 0, 0)] if at >= first else [] for at in range(len(columns))] for first in (len(columns) - 2, len(columns) - 1))
    parting = Parting(FORM, columns, [], [], [full, few], [], frozenset(), [], {})
    assert _stray(parting, 0) > _stray(parting, 1)


def test_label_at_the_top_of_a_group_that_a_page_cuts_is_hardly_off():
    label = mark("甲", 1)
    both = _Both(extents(4, 1), [label], (), False)
    assert both._cost(0, 5, label, False) <= AT_TOP < both._cost(0, 3, label, False)


def test_rows_about_what_is_no_label_are_doubted():
    told = Told(("甲", "甲", "乙", "丙"), frozenset())
    found = _beside_strange(told, extents(4), [mark("标", 3)], [mark("甲", 1), mark("乙", 5), mark("丙", 7)])
    assert frozenset({0, 1, 2}) == found.unsure


def test_amount_that_ends_under_no_other_in_a_row_that_lacks_one_is_a_doubt():
    def unsure(place: int) -> bool:
        row = (("上年结转资金", 5), ("0.00", 27), ("0.00", place), ("—", 71))
        begin = (("上年结转资金", 5), ("0.00", 27), ("0.00", 46), ("—", 71))
        return "funding.carried_over.executed" in doubted(one(amounts(head=70).replace(at_places(*begin), at_places(*row))))

    assert [False, True] == [unsure(61), unsure(52)]
