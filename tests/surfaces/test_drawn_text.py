"""Tables drawn with rules: the cells that the rules leave."""

import pytest

from xltool.surfaces import drawn_text

PLUS = """\
+------+------------+
| 指标 | ≥5（“好”） |
+------+------------+
"""
WIDE_MARKS = """\
+------+---------------+
| 指标 | ≥5（“好”） |
| 名称 | 全年            |
+------+---------------+
"""
BOX = """\
┌──────┬──────────┬──────┐
│ 产出 │ 数量指标 │ 甲   │
│ 指标 ├──────────┼──────┤
│      │ 质量指标 │ 乙   │
│      │          ├──────┤
│      │          │ 丙   │
├──────┴──────────┼──────┤
│ 总分            │ 100  │
└─────────────────┴──────┘
"""
WIDE_BOX = """\
┌───┬────┐
│产出  │数量    │
│指标  ├────┤
│      │质量 │
└───┴────┘
"""
FEW = """\
+------+----+
| 名称 | 值 |
+------+----+
""" + "".join(f"| 甲{at:02} | {at:2} |\n" for at in range(12)) + "+------+----+\n"


def drawn(text: str) -> list[list[tuple[str, int, int]]]:
    lines = text.splitlines()
    assert len(lines) == drawn_text.length(lines, 0)
    return [[("".join(cell.lines), cell.rows, cell.columns) for cell in row] for row in drawn_text.rows(lines)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(PLUS, [[("指标", 1, 1), ("≥5（“好”）", 1, 1)]], id="marks of one place"),
        pytest.param(WIDE_MARKS, [[("指标名称", 1, 1), ("≥5（“好”）全年", 1, 1)]], id="marks of two places"),
        pytest.param(
            BOX,
            [[("产出指标", 3, 1), ("数量指标", 1, 1), ("甲", 1, 1)], [("质量指标", 2, 1), ("乙", 1, 1)], [("丙", 1, 1)], [("总分", 1, 2), ("100", 1, 1)]],
            id="cells over rows and columns",
        ),
        pytest.param("+-----+-------+\n| --- | 1     |\n|     | 27.00 |\n+-----+-------+\n", [[("---", 1, 1), ("127.00", 1, 1)]], id="a dash as text"),
        pytest.param(WIDE_BOX, [[("产出指标", 2, 1), ("数量", 1, 1)], [("质量", 1, 1)]], id="rules of two places"),
    ],
)
def test_a_cell_is_what_the_rules_leave(text, expected):
    assert expected == drawn(text)


def test_lines_are_rows_where_only_the_head_has_a_rule():
    assert [[("名称", 1, 1), ("值", 1, 1)], *([(f"甲{at:02}", 1, 1), (str(at), 1, 1)] for at in range(12))] == drawn(FEW)


@pytest.mark.parametrize("text", ["+3+\n|4|\n", "+------+\n指标\n", "| 一 | 二 |\n|----|----|\n| 三 | 四 |\n"], ids=["numbers", "a rule alone", "bars alone"])
def test_other_lines_are_no_drawn_table(text):
    assert 0 == drawn_text.length(text.splitlines(), 0)
    assert not drawn_text.stands_in(text)


def test_line_like_a_rule_without_end_is_none():
    """Dashes that may be parted in any way are tried in every way, unless each is taken once."""
    assert not drawn_text.length(["+" + "-" * 5_000 + "x", "| a |"], 0)
