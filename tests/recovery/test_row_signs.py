"""Signs that a row was read wrong, each on rows drawn as their lines: name | value | reason, as the reading has them.

A form feed parts pages; ‸ stands for a typesetter's blank.
"""

import pytest

from xltool.library import forms
from xltool.recovery.atoms import split
from xltool.recovery.row_signs import BEHIND, COUNTED, DIGITS, NAMED, ROOM, Row, signs
from xltool.recovery.shapes import shapes_of
from xltool.recovery.stretch import Columns, Evidence, Stretch

FORM = forms()["target-declaration"]
COLUMNS = Columns("name", (("target", "target"),), "reason")


def told(text, rows, crossed=(), width=None, heads=(), level=False):
    """(row, field, first word of the reason why) of every sign; ``rows`` give the words of their cells, in order."""
    atoms = split(text.replace("‸", " ")).atoms
    thin = {at: 0.2 for at, atom in enumerate(atoms) if f"‸{atom.text}" in text}
    shapes = shapes_of(atoms, FORM, frozenset({"及时"}))
    stretch = Stretch(atoms, shapes, [atom.gap for atom in atoms], [at in crossed for at in range(len(atoms))], COLUMNS, Evidence(name_width=width, heads=frozenset(heads), level=level), thin)
    free = list(range(len(atoms)))
    made = []
    for cells in rows:
        fields = {field: [_taken(free, atoms, word) for word in cell.split()] for field, cell in zip(("name", "target", "reason"), cells, strict=False) if cell}
        made.append(Row(fields["name"][0], fields, {}))
    return [(one.row, one.field, one.why) for one in signs(stretch, list(range(len(atoms))), made)]


def _taken(free, atoms, word):
    at = next(at for at in free if atoms[at].text == word)
    free.remove(at)
    return at


def whys(found, part):
    return [(row, field) for row, field, why in found if part in why]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("采购数 及时\n量 ≥8个", [(-1, "")]), ("采购数 ≥5\n量 ≥8个", [(-1, "")]), ("采购数\n及时\n量 ≥8个", []), ("采购数‸及时\n量 ≥8个", [])],
    ids=["a known value", "a value with its sign", "on a line of its own", "behind a typesetter's blank"],
)
def test_value_inside_a_name_may_be_another_rows(text, wrong):
    names = text.replace("‸", " ").rpartition(" ")[0]
    assert wrong == whys(told(text, [(names, "≥8个")]), "另一行的值")


@pytest.mark.parametrize(("name", "wrong"), [("验收合格率=100", [(-1, "")]), ("PM=2的天数", [])], ids=["a name's end", "inside a name"])
def test_name_with_a_value_behind_it_may_be_two_cells(name, wrong):
    assert wrong == whys(told(f"{name} ≥8个", [(name, "≥8个")]), "连在一起的两格")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("采购数\f量(二期)\n(元) ≥8个", [(0, "")]), ("采购数\n量(二期)\n(元) ≥8个", []), ("采购数\f量\n(元) ≥8个", []), ("采购数\f量(二期) (元) ≥8个", [(0, "")])],
    ids=["pages on", "on one page", "no bracket before it", "on its line"],
)
def test_bracket_behind_a_bracket_pages_on_may_be_a_unit(text, wrong):
    names = text.rpartition(" ")[0].replace("\f", " ")
    assert wrong == whys(told(text, [(names, "≥8个")]), "换页断开的单位")


ABOVE = "档案数字化监督检查响应 及时\n"
TORN = [(0, ""), (1, "")]


@pytest.mark.parametrize(
    ("text", "below", "wrong"),
    [
        (ABOVE + "时间\n老旧小区电梯加装工作\n≥8个", "时间 老旧小区电梯加装工作", [(0, "name"), (1, "name")]),
        (ABOVE + "(含新增面积)\n电梯加装合格率验收通过\n显著增强", "(含新增面积) 电梯加装合格率验收通过", TORN),
        (ABOVE + "老旧小区电梯加装工作\n≥8个", "老旧小区电梯加装工作", []),
        ("档案数字化监督检查响应\n及时\n时间\n老旧小区电梯加装工作\n≥8个", "时间 老旧小区电梯加装工作", []),
    ],
    ids=["hardly a word", "a bracket in its midst", "a whole line", "value below its name"],
)
def test_head_of_a_name_may_be_the_rest_of_the_one_above(text, below, wrong):
    above = text.split()[0]
    value = text.split()[-1]
    assert wrong == whys(told(text, [(above, "及时"), (below, value)], width=22), "上一行名称的后半")


def test_name_that_begins_a_page_may_be_the_rest_of_the_one_above():
    rows = [("档案数字化监督检查响应", "及时"), ("老旧小区电梯 加装工作", "显著增强")]
    assert TORN == whys(told(ABOVE.rstrip() + "\f老旧小区电梯\n加装工作\n显著增强", rows, width=22), "上一行名称的后半")
    assert [] == whys(told(ABOVE.rstrip() + "\n老旧小区电梯\n加装工作\n显著增强", rows, width=22), "上一行名称的后半")


@pytest.mark.parametrize(("width", "wrong"), [(20, [(0, "name"), (1, "name")]), (24, [])], ids=["full", "room"])
def test_line_with_room_ends_its_name(width, wrong):
    rows = [("档案数字化监督检查", "及时"), ("时间 老旧小区电梯加装工作", "≥8个")]
    assert wrong == whys(told("档案数字化监督检查 及时\n时间\n老旧小区电梯加装工作\n≥8个", rows, width=width), "上一行名称的后半")


def test_label_before_a_name_says_that_it_is_whole():
    rows = [("档案数字化监督检查响应", "及时"), ("时间 老旧小区电梯加装工作", "≥8个")]
    assert [] == whys(told(ABOVE + "时间\n老旧小区电梯加装工作\n≥8个", rows, crossed=(2,), width=22), "上一行名称的后半")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("采购数量 ≥8个 部分工作推迟\n12345‸热线 ≥9个", [("采购数量", "≥8个", "部分工作推迟 12345"), ("热线", "≥9个")]),
        ("采购数量 ≥8个 部分工作推迟\n12345‸热线 ≥9个", [("采购数量", "≥8个", "部分工作推迟"), ("12345 热线", "≥9个")]),
    ],
    ids=["read as the reason's", "read as the name's"],
)
def test_number_at_the_begin_of_a_line_may_be_the_reasons_or_the_names(text, rows):
    assert {(0, "reason"), (1, "name")} == set(whys(told(text, rows), COUNTED))


def test_number_at_the_begin_of_a_line_is_the_names_where_no_reason_stands_above():
    assert [] == whys(told("采购数量 ≥8个\n12345‸热线 ≥9个", [("采购数量", "≥8个"), ("12345 热线", "≥9个")]), COUNTED)


@pytest.mark.parametrize(
    ("reason", "wrong"),
    [("内容\n更新 不够及时", [(0, "")]), ("内容\n更新工作量 不够及时", []), ("内容\n更新 3台", [])],
    ids=["hardly a word before it", "a long word before it", "a number"],
)
def test_two_words_on_a_line_of_a_reason_may_be_two_cells(reason, wrong):
    assert wrong == whys(told(f"采购数量 ≥8个\n{reason}", [("采购数量", "≥8个", reason)]), "两段文字")


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("知晓率(二", [(0, ""), (1, "")]), ("期)知晓率", [(0, ""), (1, "")]), (")知晓率(二期", [(0, ""), (1, "")]), ("知晓率(二期)", [])],
    ids=["left open", "closed by nobody's", "closed before it opens", "whole"],
)
def test_name_broken_inside_brackets_is_not_whole_nor_are_its_neighbours(name, wrong):
    assert wrong == whys(told(f"{name} ≥8个\n采购数量 ≥9个\n第三行 ≥7个", [(name, "≥8个"), ("采购数量", "≥9个"), ("第三行", "≥7个")]), "括号之内断了")


@pytest.mark.parametrize(
    ("reason", "wrong"),
    [("集中宣传月服务", [(0, "reason"), (1, "name")]), ("集中宣传推迟,已补办", []), ("部分工作推迟", [])],
    ids=["as other names begin", "a sentence that begins so", "as no name begins"],
)
def test_reason_that_begins_as_names_do_may_be_the_next_names_begin(reason, wrong):
    assert wrong == whys(told(f"采购数量 ≥8个\n{reason}\n验收率 ≥9个", [("采购数量", "≥8个", reason), ("验收率", "≥9个")], heads=["集中宣传"]), NAMED)


@pytest.mark.parametrize(("line", "wrong"), [("≥4.6万坪", [(0, ""), (1, "")]), ("≥4.6万坪以上的部分", [])], ids=["a sign and its number", "words that begin so"])
def test_value_inside_a_reason_may_be_the_next_rows(line, wrong):
    text = f"采购数 ≥8个 需要审批\n{line}\n合格率 ≥90%"
    assert wrong == whys(told(text, [("采购数", "≥8个", f"需要审批 {line}"), ("合格率", "≥90%")]), "下一行的值")


def test_value_on_a_line_of_its_own_inside_a_name_may_be_another_rows():
    assert [(-1, "")] == whys(told("采购\n≥4.6万坪\n数量 ≥8个", [("采购 ≥4.6万坪 数量", "≥8个")]), "另一行的值")


@pytest.mark.parametrize(
    ("text", "behind"),
    [("巡查次数 ≥3次\n\x0c目录 附件2", [(1, "")]), ("巡查次数 ≥3次\n目录 附件2", []), ("巡查次数 ≥3次\n\x0c清运 及时", [])],
    ids=["words behind the list", "on its page", "a plain value"],
)
def test_last_row_behind_a_page_with_no_plain_value_may_be_none(text, behind):
    rows = [("巡查次数", "≥3次"), tuple(text.split("\n")[1].strip("\x0c").split())]
    assert behind == [(row, field) for row, field, why in told(text, rows) if why == BEHIND]


def test_words_behind_a_page_in_the_last_name_may_be_behind_the_list():
    rows = [("巡查次数", "≥3次"), ("满意率 清运", "≥9次")]
    text = "巡查次数 ≥3次\n满意率 ≥9次\n\x0c清运"
    assert [(1, "")] == [(row, field) for row, field, why in told(text, rows) if why == BEHIND]
    assert [] == [why for _, _, why in told(text.replace("\x0c", ""), rows) if why == BEHIND]


@pytest.mark.parametrize(("text", "sign"), [("满意率 ≥10020.0\n0", True), ("满意率 0 ≥10020.0", False)], ids=["on a line of its own", "on the name's line"])
def test_number_at_the_end_of_a_name_may_be_the_rest_of_its_value(text, sign):
    assert sign == (DIGITS in [why for _, _, why in told(text, [("满意率 0", "≥10020.0")])])


@pytest.mark.parametrize(
    ("text", "name", "wrong"),
    [
        ("5G‸基站 及时\n采购数 ≥8个", "5G 基站 及时 采购数", [(-1, "")]),
        ("5G‸基站 APP ≥8个", "5G 基站 APP", []),
        ("采购数 及时率 ≥8个", "采购数 及时率", []),
    ],
    ids=["two cells", "a Latin word", "a text without the habit"],
)
def test_blank_between_chinese_words_parts_cells_where_a_typesetter_puts_others(text, name, wrong):
    assert wrong == whys(told(text, [(name, "≥8个")]), "之前有空格")


@pytest.mark.parametrize(
    ("text", "name", "level", "wrong"),
    [
        ("采购与验收合\n格率\n≥8个\n内容\n社区食堂计划\n次数\n≥9个", "内容 社区食堂计划 次数", True, [(1, "name"), (0, "name"), (0, "reason")]),
        ("采购与验收合\n格率\n≥8个\n社区食堂计划\n次数\n≥9个", "社区食堂计划 次数", True, []),
        ("采购与验收合\n格率\n≥8个\n内容\n社区食堂计划\n次数\n≥9个", "内容 社区食堂计划 次数", False, []),
    ],
    ids=["a line with room", "full lines", "a list whose lines are not full"],
)
def test_words_before_a_line_with_room_may_be_the_reason_above(text, name, level, wrong):
    assert wrong == whys(told(text, [("采购与验收合 格率", "≥8个"), (name, "≥9个")], width=12, level=level), ROOM)
