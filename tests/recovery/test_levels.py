"""Which rows stand under which level, drawn in the order of the text: a row is a dot, «数量:» a level whose row follows on its line,
«数量» one on a line of its own, and / a page's end."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xltool.library import forms
from xltool.recovery.levels import LEVEL_ONE, LEVEL_TWO, Grouping, Label, group
from xltool.recovery.vocabulary import vocabulary

FORM = forms()["target-declaration"]
LEVELS = vocabulary(FORM).levels
ONES = {"成本": "成本指标", "产出": "产出指标", "效益": "效益指标", "满意": "满意度指标"}
TWOS = {"经济成本": "经济成本指标", "数量": "数量指标", "质量": "质量指标", "时效": "时效指标", "经济": "经济效益指标", "社会": "社会效益指标", "对象": "服务对象满意度指标"}
SHORT = {name: short for short, name in (ONES | TWOS).items()}


def grouped(picture: str, taxonomy=FORM.taxonomy, weights: str = "") -> Grouping:
    labels: list[Label] = []
    rows, breaks, paged = 0, [], False
    for at, word in enumerate(picture.split()):
        name = word.rstrip(":")
        if word == "/":
            paged = True
            breaks.append(rows)
        elif word == ".":
            rows, paged = rows + 1, False
        else:
            labels.append(Label(LEVEL_ONE if name in ONES else LEVEL_TWO, (ONES | TWOS)[name], rows, at, paged, word.endswith(":")))
    given = [Decimal(one) for one in weights.split()] if weights else [None] * rows
    return group(labels, LEVELS, taxonomy, given, breaks)


def said(found: Grouping) -> str:
    """Each group with its rows; behind them ? and the rows that are not sure."""
    groups = " ".join(f"{SHORT.get(one.level2 or one.level1 or '', '-')}{one.first + 1}-{one.last}" for one in found.groups)
    return groups + (f" ?{','.join(str(row + 1) for row in sorted(found.unsure))}" if found.unsure else "")


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        pytest.param("产出 数量: . . 质量: . 时效: .", "数量1-2 质量3-3 时效4-4", id="each before its rows"),
        pytest.param("产出 数量: . . / 产出 数量 质量: . .", "数量1-2 质量3-4", id="a page's end draws levels again"),
        pytest.param("产出 数量: . . / 数量 . 质量: .", "数量1-3 质量4-4", id="and the rows go on"),
        pytest.param("满意: . 产出 数量: .", "满意1-1 数量2-2", id="a level one of which no level two follows"),
        pytest.param(". .", "-1-2", id="no label"),
        pytest.param(". . 产出 数量 质量: .", "数量1-2 质量3-3", id="rows before the first label are its own"),
    ],
)
def test_a_label_owns_the_rows_behind_it(picture, expected):
    assert expected == said(grouped(picture)).partition(" ?")[0]


def test_levels_that_only_repeat_own_no_rows():
    found = grouped("产出 数量: . . / 产出 数量 质量: . .")
    assert ["产出指标", "数量指标"] == [one.name for one in found.repeats]


def test_labels_in_a_heap_tell_of_no_row_where_it_stands():
    assert "?1,2,3" in said(grouped("产出 数量 质量 时效 . . ."))
    assert "?1,2,3,4,5" in said(grouped("产出 数量 质量 时效 . . . . ."))


def test_one_label_without_rows_leaves_a_short_list_unsure_and_of_a_long_one_the_row_before_it():
    assert "?1,2,3" in said(grouped("产出 数量 质量: . . ."))
    assert "数量1-2 质量3-2 时效3-5 ?2" == said(grouped("产出 数量: . . 质量 时效: . . ."))


WEIGHED = forms()["self-evaluation"]


def test_usual_weights_of_levels_one_tell_whose_a_row_is():
    """产出 has 50, 效益 30 and 满意度 10: the row of 20 before the label belongs to 效益, that behind it too."""
    levels = vocabulary(WEIGHED).levels
    assert WEIGHED.taxonomy.weights == {"产出指标": 50, "效益指标": 30, "满意度指标": 10}
    labels = [
        Label(LEVEL_ONE, "产出指标", 0, 0), Label(LEVEL_TWO, "数量指标", 0, 1, inline=True),
        Label(LEVEL_ONE, "效益指标", 3, 5, paged=True), Label(LEVEL_TWO, "社会效益指标", 3, 6, paged=True, inline=True),
        Label(LEVEL_ONE, "满意度指标", 4, 8), Label(LEVEL_TWO, "服务对象满意度指标", 4, 9, inline=True),
    ]  # fmt: skip

    def rows(*weights: int) -> list[tuple[str | None, int, int]]:
        return [(one.level2, one.first, one.last) for one in group(labels, levels, WEIGHED.taxonomy, [Decimal(one) for one in weights], [2]).groups]

    assert [("数量指标", 0, 2), ("社会效益指标", 2, 4), ("服务对象满意度指标", 4, 5)] == rows(30, 20, 20, 10, 10)
    assert [("数量指标", 0, 3), ("社会效益指标", 3, 4), ("服务对象满意度指标", 4, 5)] == rows(20, 20, 10, 30, 10)
