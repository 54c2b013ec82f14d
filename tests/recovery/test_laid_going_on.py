"""Text in columns: a full line that may end one row's cell or begin the next one's is doubted in both."""

from xltool.layout import Cell
from xltool.recovery.laid_doubts import going_on
from xltool.recovery.laid_list import NAME, NUMBER, Column
from xltool.recovery.laid_rows import Cut
from xltool.recovery.laid_words import Word


def word(text: str, line: int, x: int = 0) -> Word:
    return Word(text, text, x, x + 2 * len(text), line, 1, line * 10 + x, x > 0)


def columns() -> list[Column]:
    return [Column(Cell(1, 1, 1, 1), kind, "", ()) for kind in (NAME, NUMBER)]


def rows(*rows: tuple[list[str], int]) -> list[Cut]:
    cuts, line = [], 0
    for names, at in rows:
        cuts.append(Cut((tuple(word(name, line + number) for number, name in enumerate(names)), (word("10", line + at, 40),)), line, line + len(names) - 1, False))
        line += len(names)
    return cuts


def found(*own: tuple[list[str], int]) -> list[tuple[int, str]]:
    return [(row, said.text) for row, _, said in going_on(columns(), rows(*own))]


def test_a_full_line_that_does_not_end_as_names_do_may_be_the_next_one_s():
    assert [(0, "儿童健康规范管理"), (1, "率")] == found((["适龄儿童接种疫苗率", "儿童健康规范管理"], 0), (["率"], 0))


def test_a_line_that_ends_as_names_do_or_short_is_the_row_s_own():
    assert [] == found((["适龄儿童接种疫苗", "儿童健康规范管理率"], 0), (["合格率"], 0))
    assert [] == found((["适龄儿童接种疫苗率", "健康管理"], 0), (["合格率"], 0))


def test_a_line_without_which_a_bracket_stays_open_is_the_row_s_own():
    assert [] == found((["采集处理（含本年的", "公里数和新增次数）"], 0), (["率"], 0))


def test_names_of_which_none_takes_several_lines_say_nothing_of_how_wide_their_column_is():
    assert [] == found((["每次成本不高于中标价"], 0), (["合格率"], 0))


def test_each_of_the_two_rows_may_be_off_by_half_a_line():
    assert [(0, "糖尿病人规范管理"), (1, "服务率")] == found((["高血压人规范管理", "服务率", "糖尿病人规范管理"], 1), (["服务率"], 0))


def test_a_text_that_another_row_says_too_ends_where_it_does():
    twice = (["适龄儿童接种疫苗率", "儿童健康规范管理"], 0)
    assert [(0, "儿童健康规范管理"), (1, "率")] == found(twice, (["率"], 0), (["合格率"], 0))
    assert [] == found(twice, (["率"], 0), (["合格率"], 0), twice)


def test_names_of_which_several_end_with_a_bracket_and_none_goes_on_behind_one_end_there():
    upper, lower = (["完成养老护理业务（", "结算一亿元以下的）"], 1), (["检查的次数和公里数", "数量"], 0)
    unsure = [(0, "结算一亿元以下的）"), (1, "检查的次数和公里数")]
    assert unsure == found(upper, lower)
    assert [] == found(upper, lower, (["合格数（二期）"], 0))
    assert unsure == found(upper, lower, (["合格数（二期）"], 0), (["检查（二期）次数"], 0))
