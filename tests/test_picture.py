"""The picture language: what each mark means, the faults by row and cell, and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltool.layout import Caption, Cell, Constant, Hole, Layout, Optional
from xltool.picture import Picture, Repeat, display_width, draw, parse, parse_parts
from xltool.problems import ProblemError

FORM = """\
| 申报表   | <          | <        | <        |
| 项目名称 | {项目名称} | 项目类别 | {类别}   |
| 资金     | 总额       | {总额}   | —        |
| ^        | 其他       | {其他}   | ^        |
| 指标     | 一级       | 三级     | <        |
| ^        | {一级}     | {三级}   | <        |
| ^        | ^…         | …        | <        |
| 合计     | <          | <        | {合计}   |
"""


def shape(cell: Cell) -> tuple[int, int, int, int]:
    return (cell.row, cell.column, cell.last_row, cell.last_column)


@pytest.mark.parametrize(
    ("square", "wanted"),
    [
        pytest.param((1, 3), (1, 1, 1, 4), id="< goes on to the right"),
        pytest.param((4, 1), (3, 1, 4, 1), id="^ goes on below"),
        pytest.param((4, 4), (3, 4, 4, 4), id="a constant may be merged"),
        pytest.param((6, 1), (5, 1, 6, 1), id="beside a list the caption covers its block"),
        pytest.param((6, 4), (6, 3, 6, 4), id="a list's own column, two wide"),
    ],
)
def test_a_square_anywhere_in_a_cell_answers_the_cell(square, wanted):
    assert wanted == shape(parse(FORM).layout.at(*square))


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        pytest.param(1, [(1, 1, 1, 4)], id="one cell over the whole row"),
        pytest.param(4, [(3, 1, 4, 1), (4, 2, 4, 2), (4, 3, 4, 3), (3, 4, 4, 4)], id="cells that reach down into it"),
        pytest.param(6, [(5, 1, 6, 1), (6, 2, 6, 2), (6, 3, 6, 4)], id="the widest comes last"),
        pytest.param(7, [(7, 1, 7, 3), (7, 4, 7, 4)], id="the widest comes first"),
    ],
)
def test_cells_of_a_row_are_each_named_once(row, wanted):
    assert wanted == [shape(cell) for cell in parse(FORM).layout.in_row(row)]


def test_row_of_dots_is_no_row_of_the_layout():
    drawn = parse(FORM)
    assert (7, 4) == (drawn.layout.rows, drawn.layout.columns)
    assert (Repeat(6, ("^", "^…", "…", "…")),) == drawn.repeats


@pytest.mark.parametrize(
    ("mark", "parts"),
    [
        pytest.param("", (), id="an empty cell"),
        pytest.param("项目名称", (Caption("项目名称"),), id="a caption"),
        pytest.param("{总额}", (Hole("总额"),), id="a field"),
        pytest.param("（{年度}年度）", (Caption("（"), Hole("年度"), Caption("年度）")), id="text and field"),
        pytest.param("{级}[（{分}分）]", (Hole("级"), Optional((Caption("（"), Hole("分"), Caption("分）")))), id="optional"),
        pytest.param("—", (Constant("—"),), id="a dash of the form"),
        pytest.param("/", (Constant("/"),), id="a stroke of the form"),
        pytest.param("——", (Caption("——"),), id="two dashes are a caption"),
        pytest.param("\\—", (Caption("—"),), id="an escaped dash is a caption"),
        pytest.param("\\{a\\}", (Caption("{a}"),), id="escaped braces"),
        pytest.param("甲\\|乙", (Caption("甲|乙"),), id="an escaped bar"),
        pytest.param("甲\\\\", (Caption("甲\\"),), id="an escaped escape"),
        pytest.param("\\｛a\\｝", (Caption("｛a｝"),), id="escaped full-width braces"),
        pytest.param("{a", None, id="a brace left open"),
        pytest.param("a}", None, id="a brace never opened"),
        pytest.param("{}", None, id="a field without a name"),
        pytest.param("[a", None, id="a bracket left open"),
        pytest.param("[a[b]]", None, id="brackets in brackets"),
    ],
)
def test_marks_of_one_cell(mark, parts):
    assert parts == parse_parts(mark)


def test_bars_not_columns_divide_a_row():
    assert shape(parse("| 一二三四五 | b |\n| c | <|").layout.at(2, 2)) == (2, 1, 2, 2)


@pytest.mark.parametrize(
    ("picture", "faults"),
    [
        pytest.param("", ["picture-empty x:1"], id="nothing"),
        pytest.param("| a | b |\n| c | d", ["picture-bars x:2"], id="no bar at the end"),
        pytest.param("| a | b |\n| c | d \\|", ["picture-bars x:2"], id="an escaped bar is none"),
        pytest.param("| a | b |\n| c |", ["picture-width x:2"], id="too few cells"),
        pytest.param("| < | b |", ["picture-left x:1"], id="< at the left edge"),
        pytest.param("| ^ | b |", ["picture-above x:1"], id="^ in the first row"),
        pytest.param("| {a} | b |\n| … | … |\n| ^ | c |", ["picture-above x:3"], id="^ below dots"),
        pytest.param("| a | b |\n| ^ | < |", ["picture-rectangle x:1"], id="an L"),
        pytest.param("| a | b | c |\n| d | ^ | < |", ["picture-rectangle x:1"], id="a step to the right"),
        pytest.param("| … | … |", ["picture-repeat x:1"], id="dots with nothing to repeat"),
        pytest.param("| {a} |\n| … |\n| … |", ["picture-repeat x:3"], id="dots twice"),
        pytest.param("| {a} | b |\n| … | c |", ["picture-repeat-mark x:2"], id="a caption among dots"),
        pytest.param("| {a | b |", ["picture-braces x:1"], id="a brace left open"),
        pytest.param("| a | b |\n| < | ^ |\n| c |", ["picture-width x:3"], id="width before geometry"),
        pytest.param("| a | ｛b｝ |", ["picture-wide x:1"], id="full-width braces"),
        pytest.param("| < | ^ |", ["picture-left x:1", "picture-above x:1"], id="two in one row"),
    ],
)
def test_faults_of_a_picture(picture, faults):
    with pytest.raises(ProblemError) as caught:
        parse(picture, "x")
    assert faults == [f"{one.code} {one.place}" for one in caught.value.problems]


def test_faults_stand_at_the_line_of_the_file():
    with pytest.raises(ProblemError) as caught:
        parse("| a | b |\n\n| c |", "x.yaml", 40)
    assert ["x.yaml:42"] == [one.place for one in caught.value.problems]


@pytest.mark.parametrize(("text", "width"), [("项目", 4), ("ab", 2), ("（a）", 5), ("", 0)])
def test_a_wide_character_takes_two_columns(text, width):
    assert width == display_width(text)


def test_bars_of_a_drawn_picture_stand_below_each_other():
    bars = [[at for at, character in enumerate(_columns(line)) if character == "|"] for line in draw(parse(FORM)).splitlines()]
    assert 1 == len({tuple(line) for line in bars})


def _columns(line: str) -> str:
    """The line with each wide character as two."""
    return "".join(character * display_width(character) for character in line)


# ---------------------------------------------------------------- the way back

captions = st.text("名称总额 <^…—/|\\{}｛｝[]（）:a1=", min_size=1, max_size=8).map(str.strip).filter(bool).map(Caption)
holes = st.text("年度总额·ab1", min_size=1, max_size=5).map(Hole)


def _alternating(parts: list) -> bool:
    return not any(isinstance(a, Caption) and isinstance(b, Caption) for a, b in zip(parts, parts[1:], strict=False))


inner = st.lists(st.one_of(captions, holes), min_size=1, max_size=3).filter(_alternating).map(tuple)
parts = st.one_of(
    st.just(()),
    st.sampled_from([(Constant("—"),), (Constant("/"),)]),
    st.lists(st.one_of(captions, holes, inner.map(Optional)), min_size=1, max_size=3).filter(_alternating).map(tuple),
)


@st.composite
def cut(draw, row, column, last_row, last_column):
    """Cells that cover a rectangle: it is cut in two, and the halves again, as often as chance says."""
    ways = [way for way, many in (("rows", last_row > row), ("columns", last_column > column)) if many]
    if not ways or draw(st.integers(0, 4)) == 0:
        return [Cell(row, column, last_row, last_column, draw(parts))]
    if draw(st.sampled_from(ways)) == "rows":
        at = draw(st.integers(row, last_row - 1))
        return draw(cut(row, column, at, last_column)) + draw(cut(at + 1, column, last_row, last_column))
    at = draw(st.integers(column, last_column - 1))
    return draw(cut(row, column, last_row, at)) + draw(cut(row, at + 1, last_row, last_column))


@st.composite
def pictures(draw):
    rows, columns = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    cells = sorted(draw(cut(1, 1, rows, columns)), key=lambda cell: (cell.row, cell.column))
    layout = Layout(rows, columns, tuple(cells))
    repeats = []
    for row in sorted(draw(st.sets(st.integers(1, rows), max_size=2))):
        marks: list[str] = []
        for cell in layout.in_row(row):
            # A cell that goes on below the dots goes on through them.
            mark = "^" if cell.last_row > row else draw(st.sampled_from(["…", "^…", "^"]))
            marks += [mark] * (cell.last_column - cell.column + 1)
        if any(mark.endswith("…") for mark in marks):
            repeats.append(Repeat(row, tuple(marks)))
    return Picture(layout, tuple(repeats))


@given(pictures())
def test_a_drawn_picture_parses_to_itself(picture):
    assert picture == parse(draw(picture))


@given(pictures())
def test_drawing_is_stable(picture):
    assert draw(picture) == draw(parse(draw(picture)))
