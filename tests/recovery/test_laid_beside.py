"""Text in columns: cells that but one blank parts are told by the widths of their lines and by what their rows lack."""

from types import SimpleNamespace
from typing import Any

from tests.recovery.test_laid_text import DECLARATION
from tests.recovery.test_laid_text import one as read
from xltool.library import forms
from xltool.picture import display_width
from xltool.recovery.laid_doubts import at_edges, two_in_one
from xltool.recovery.laid_effort import Effort
from xltool.recovery.laid_height import Heights
from xltool.recovery.laid_list import TARGET, columns_of
from xltool.recovery.laid_row_costs import _beside_known, parting_of
from xltool.recovery.laid_rows import Cut, Parted, Scales
from xltool.recovery.laid_texts import levelled
from xltool.recovery.laid_trials import _Trial
from xltool.recovery.laid_words import Row, Word

FORM = forms()["target-declaration"]
SCORED = forms()["self-evaluation"]


def line(number: int, *texts: str) -> Row:
    """A line of words one blank apart."""
    words, x = [], 0
    for text in texts:
        words.append(Word(text, text, x, x + display_width(text), number, 1, number * 10 + len(words), False))
        x += display_width(text) + 1
    return Row(number, 1, tuple(words))


LINES = (
    line(1, "完成全年的河道保洁和走访全年共开", "2025", "年度，持续改善周"),
    line(2, "展培训不少于", "6", "场，委托第三方", "边环境并且及时足额拨付"),
    line(3, "机构开展检查和评估，完善长效管理", "补助资金，完善长效管理"),
    line(4, "机制。", "机制。"),
)
FIRSTS = (1, 3, 1, 1)
"""How many words of each line are the left text's."""


def placed(*firsts: int) -> dict[int, int]:
    return {word.number: 1 + (at >= first) for row, first in zip(LINES, firsts, strict=True) for at, word in enumerate(row.words)}


def test_line_wider_than_the_others_of_its_text_has_words_of_the_text_beside():
    assert {} == levelled(LINES, placed(*FIRSTS), 1, 2).columns
    assert {11: 2} == levelled(LINES, placed(2, *FIRSTS[1:]), 1, 2).columns
    assert {22: 1} == levelled(LINES, placed(1, 2, *FIRSTS[2:]), 1, 2).columns


def test_texts_of_too_few_lines_tell_no_width():
    assert {} == levelled(LINES[:2], placed(2, *FIRSTS[1:]), 1, 2).columns


ALONE = """\
项目绩效目标         项目总目标                              年度总体目标
                            1.完成全年的河道保洁和走访，提高
                            居民的知晓率。
         一级指标        二级指标          三级指标             年度(/项目)指标值
         产出指标        数量指标      检查次数              ≥1(个)
"""


def test_text_that_begins_right_of_the_first_head_is_that_of_the_second():
    values = read(DECLARATION[: DECLARATION.index("               项目总目标")] + ALONE).values
    assert (None, "1.完成全年的河道保洁和走访，提高居民的知晓率。") == (values["goals.project"], values["goals.annual"])


def test_word_that_is_a_value_by_itself_makes_none_with_a_number_but_with_a_rate():
    columns = columns_of(FORM, FORM.blocks[0])
    parting = parting_of(FORM, columns, [], FORM.words)
    said = {text: _beside_known(parting, line(1, "提升", text).words) for text in ("15", "3.1%")}
    assert {"15": True, "3.1%": False} == said


def test_row_of_two_names_and_two_values_may_be_two_where_the_first_value_has_room():
    columns = [one for one in columns_of(FORM, FORM.blocks[0]) if one.field in FORM.lists["indicators"].own]

    def said(*values: str, unsure: bool = False) -> list[int]:
        cells = tuple(tuple(line(at, text).words[0] for at, text in enumerate(texts, 1)) for texts in (("社会成本", "活动可及性"), values))
        wide = tuple(tuple(line(9, text).words) for text in ("检查次数", "≥1234567.00(平方公里)"))
        return [number for number, _ in two_in_one(FORM, columns, [Cut(cells, 1, 2, unsure), Cut(wide, 9, 9, False)])]

    assert [0] == said("合理", "每季度1次") == said("有所好转", "6月底前完成")
    assert [] == said("有所", "好转") == said("≥5000.00(元/", "每家)") == said("2024年12月31日前全部完成", "6月底前完成")
    # No room, but another parting of the rows is as good.
    assert [0] == said("2024年12月31日前全部完成", "6月底前完成", unsure=True)


def test_rows_beside_one_of_another_group_are_at_an_edge():
    assert {1, 2, 3} == at_edges(["甲", "甲", "乙", "丙", "丙"])
    assert frozenset() == at_edges(["甲", "甲"])


def test_cells_beside_an_empty_one_are_tried_a_column_further_together():
    columns = columns_of(SCORED, SCORED.blocks[0])
    empty = next(at for at, column in enumerate(columns) if column.kind == TARGET)
    words = line(1, "≥1(个)", "1", "10").words
    cells = [[words[at - empty - 1]] if empty < at <= empty + 3 else [] for at in range(len(columns))]
    near: Any = SimpleNamespace(column={word.number: empty + 1 + at for at, word in enumerate(words)})
    trial = _Trial(near, SCORED, columns, SCORED.words, [Row(1, 1, words)], [cells], Scales((), {}, Effort(1)), {1: 0}, {})
    cut = Cut(tuple(map(tuple, cells)), 1, 1, False)
    whole = Cut(tuple((words[0],) for _ in columns), 1, 1, False)
    moves = [(len(move.words), move.columns[-1]) for move in trial.shifted(Parted([cut, *[whole] * 8], [], Heights({}, (), ()))) if trial._fits(move)]
    assert [(1, empty), (2, empty + 1), (3, empty + 2)] == moves[:3]
