"""Rows of a list in a text in columns where nothing but the places of the words parts them."""

from itertools import pairwise

import pytest

from tests.recovery.test_laid_text import DECLARATION, one, rows
from xltool.recovery import laid_near
from xltool.recovery.laid_height import DENSE, heights, torn, uncentred
from xltool.recovery.laid_words import Row

HALF_LINES = """\
         产出指标        数量指标      社区食堂对外开
                                                ≥9132(米)
                                   放搭建模块数
                                   街镇、园区系统
                                                ≥6(个)
                                   运维完成数
                                   网络安全对外开
                                                ≥7(次)
                                   放覆盖家数
                       质量指标       合格率         ≥90(%)
"""


def test_what_stands_between_two_lines_is_the_middle_of_its_row():
    entry = one(DECLARATION + HALF_LINES)
    assert [
        ("产出指标", "数量指标", "社区食堂对外开放搭建模块数", "≥9132(米)"),
        ("产出指标", "数量指标", "街镇、园区系统运维完成数", "≥6(个)"),
        ("产出指标", "数量指标", "网络安全对外开放覆盖家数", "≥7(次)"),
        ("产出指标", "质量指标", "合格率", "≥90(%)"),
    ] == rows(entry)
    assert not [doubt for doubt in entry.source.doubts if doubt.path.endswith("]")]


def test_row_that_a_page_cuts_begins_at_the_top_of_both_pages():
    cut = HALF_LINES + "         效益指标       社会效益指标     公众对社区食堂     ≥12(人)\n\f                                   的知晓率\n"
    entry = one(DECLARATION + cut)
    assert ("效益指标", "社会效益指标", "公众对社区食堂的知晓率", "≥12(人)") == rows(entry)[-1]


EVALUATION = """\
                          财政项目支出绩效自评表
                              （2021年度）
项目名称                             河道保洁
主管部门    子局                        实施单位                     丑所
                 年初预算数         全年预算数         全年执行数     分值     执行率       得分
       年度资金总额        100.00        100.00        50.00     10     50.00%       5
项目资金（元） 其中：当年财政拨款     100.00        100.00        50.00     —                 —
       上年结转资金         0.00          0.00          0.00     —                 —
       其他资金          0.00          0.00          0.00     —                 —
                   预算目标                               实际完成情况
年度总体目标 保洁。                                    已保洁。
      一级指标   二级指标      三级指标       年度指标值     实际完成值   分值    得分   偏差原因分析及改进措施
绩效指标  产出指标   数量指标      检查次数       ≥1(个)      1       50    50
     满意度 服务对象满 受益群众满意度      ≥90(%)      95      40    40
      指标  意度指标

                    总分                                   100   95
"""


def test_text_behind_the_last_row_takes_no_line_of_the_list():
    entry = one(EVALUATION + "\n\n\n\nSheet 3: 目录\n")
    assert ["检查次数", "受益群众满意度"] == [row[2] for row in rows(entry)]
    assert "Sheet 3: 目录" in [left.text for left in entry.source.leftover]


MOVED = """\
         产出指标        数量指标      检查次数              ≥1(个)
                        质量指标      合格率               ≥90(%)
                        时效指标      及时率               ≥95(%)
         效益指标  社会效益指标   知晓率           ≥5(人)
                         公众对养老工
                                      ≥8(次)
                         作的认可情况
         满意度指标     服务对象满意度指标     满意度               ≥85(%)
"""


def test_columns_of_rows_that_stand_further_left_are_told_by_what_is_near():
    entry = one(DECLARATION + MOVED)
    assert [("社会效益指标", "知晓率", "≥5(人)"), ("社会效益指标", "公众对养老工作的认可情况", "≥8(次)")] == [row[1:] for row in rows(entry)[3:5]]


@pytest.mark.parametrize(
    ("cells", "count", "halves", "foot", "free"),
    [
        pytest.param([[0, 2], [1]], 3, True, False, True, id="between its lines, a line of its own"),
        pytest.param([[0, 1], [0]], 2, True, False, False, id="on the first of two where half lines are printed"),
        pytest.param([[0, 1], [0]], 2, False, False, True, id="on the first of two where they are not"),
        pytest.param([[0, 1], [1]], 2, False, False, False, id="on the second of two"),
        pytest.param([[0, 2], [1]], 3, False, False, False, id="a line of its own where there are none"),
        pytest.param([[0, 1, 2], [0]], 3, True, False, False, id="at the top"),
    ],
)
def test_cells_are_centred_on_their_row(cells: list[list[int]], count: int, halves: bool, foot: bool, free: bool) -> None:
    assert free == (uncentred(cells, count, halves, foot) == 0)


def test_row_at_the_foot_of_a_page_may_have_its_cells_at_its_top():
    cells = [[0, 1, 2], [0], [0, 1]]
    assert uncentred(cells, 3, True, True) < 1 < uncentred(cells, 3, True, False)


def test_row_that_a_page_cuts_has_its_cells_at_the_top_of_both_parts():
    assert 0 == torn([[0, 1, 2], [0], [0, 1]], 3, 1)
    assert torn([[0, 1, 2], [2]], 3, 1) > 0
    assert torn([[0, 1, 2], [1]], 3, 2) > 0


def places(*numbers: int, page: int = 1) -> list[Row]:
    return [Row(number, page, ()) for number in numbers]


def test_line_between_two_of_a_cell_stands_between_them_and_rows_follow_at_a_distance():
    found = heights(places(10, 11, 12, 13, 14), [[10, 12], [14]])
    low, high = zip(*(found.lines[line] for line in (10, 11, 12, 13, 14)), strict=True)
    assert sorted(low) == list(low) and sorted(high) == list(high)
    assert [1.0, DENSE] == [pytest.approx(then - first) for first, then in ((sum(found.lines[10]) / 2, sum(found.lines[12]) / 2), (sum(found.lines[12]) / 2, sum(found.lines[14]) / 2))]


def test_rows_with_a_blank_line_between_them_are_further_apart():
    near, far = heights(places(1, 2, 3), [[1], [2], [3]]), heights(places(1, 3, 5), [[1], [3], [5]])
    assert near.firsts[1] - near.firsts[0] < far.firsts[1] - far.firsts[0]


def test_row_behind_a_page_begins_where_the_one_before_it_ends():
    found = heights([*places(1, 2), *places(3, page=2)], [[1], [2], [3]])
    assert [pytest.approx(DENSE)] * 2 == [then - first for first, then in pairwise(found.firsts)]
    assert all(first[1] == then[0] for first, then in pairwise(found.rows))


FULL_NAMES = """\
         产出指标        数量指标       社区食堂对外开放搭建                ≥9132(米)
                        质量指标       健全保障制度体系建设                完善健全
                        时效指标       街镇园区系统运维完成                ≥90(%)
"""


def test_line_with_many_cells_is_a_row_though_each_of_them_is_full():
    assert ("质量指标", "健全保障制度体系建设", "完善健全") == rows(one(DECLARATION + FULL_NAMES))[1][1:]


def test_word_right_of_one_and_below_another_is_in_no_column_before_and_in_that_below():
    costs = laid_near._costs([(1, laid_near.RIGHT, 1.0), (2, laid_near.SAME, 0.5)], {1: 2, 2: 3}, [False] * 5)
    assert 3 == min(range(5), key=costs.__getitem__)
    assert costs[1] > costs[2] > 0 < costs[4]
