"""What stands between the lines of a text and is none of it, drawn as the lines are."""

from __future__ import annotations

import pytest

from xltool.recovery.atoms import PAGE, SPACE, START, WIDE, split
from xltool.recovery.claims import Account
from xltool.recovery.specks import doubt_letters, without_specks, without_stamps


def kept(*lines: str) -> tuple[list[str], list[tuple[int, str]]]:
    """The lines without specks, blanks between words as one; and the specks with their lines."""
    text = without_specks(split("\n".join(lines)))
    return [" ".join(atom.text for atom in text.atoms[line.first : line.last]) for line in text.lines], list(text.specks)


DIRTY = ("| 项目名称 道路养护", "项目金额 300 ·", "~ 开始日期 2024-01-01", "备注 无 '")


def test_marks_at_the_ends_of_lines_are_the_papers_where_there_are_four():
    words = ["项目名称 道路养护", "项目金额 300", "开始日期 2024-01-01", "备注 无"]
    assert (words, [(1, "|"), (2, "·"), (3, "~"), (4, "'")]) == kept(*DIRTY)


def test_three_may_be_meant():
    assert ([*DIRTY[:3], "备注 无"], []) == kept(*DIRTY[:3], "备注 无")


def test_a_mark_that_is_a_line_of_its_own_stays():
    """It may be the value of the cell above."""
    assert (["·", "项目名称 道路养护", "项目金额 300", "开始日期 2024-01-01", "备注 无"], 4) == ((found := kept("·", *DIRTY))[0], len(found[1]))


def test_a_bar_before_a_chinese_character_goes_and_the_word_stays():
    found, specks = kept("|项目名称 道路养护", "|项目金额 300", "|备注", "¦说明 |甲", "金额 |300")
    assert (["项目名称 道路养护", "项目金额 300", "备注", "说明 甲", "金额 |300"], [(1, "|"), (2, "|"), (3, "|"), (4, "¦"), (4, "|")]) == (found, specks)


def test_marks_in_the_middle_of_a_line_stay():
    found, specks = kept(*DIRTY, "甲 · 乙", "≥ · 5")
    assert (["甲 · 乙", "≥ · 5"], 4) == (found[4:], len(specks))


def test_cells_of_a_table_hold_what_they_hold():
    found, specks = kept(*DIRTY, "·\t甲\t'", "¦项目\t乙\t.")
    assert (4, ["· 甲 '", "¦项目 乙 ."]) == (len(specks), found[4:])


def test_the_first_word_behind_a_speck_has_the_gap_of_its_line():
    text = without_specks(split("\n".join(("| 项目名称  道路养护", "· 项目金额 300", "' 备注", "", "", "", "~ 说明 甲"))))
    assert ["项目名称", "道路养护", "项目金额", "300", "备注", "说明", "甲"] == [atom.text for atom in text.atoms]
    assert [START, WIDE, SPACE, PAGE] == [text.atoms[at].gap for at in (0, 1, 3, 5)]
    assert [line.gap for line in text.lines] == [text.atoms[line.first].gap for line in text.lines]


def test_a_line_of_specks_alone_is_gone():
    found, specks = kept(*DIRTY[:3], ". ,", "备注 无")
    assert (["项目名称 道路养护", "项目金额 300", "开始日期 2024-01-01", "备注 无"], 5) == (found, len(specks))


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        pytest.param(("张三 2024-03-05 09:12", "项目名称", "张三 2024-03-05 09:13", "道路养护"), ["项目名称", "道路养护"], id="one sender twice"),
        pytest.param(("张三 2024年3月5日 上午9:12", "项目名称", "张三 2024年3月6日 下午9:13", "道路养护"), ["项目名称", "道路养护"], id="in Chinese"),
        pytest.param(("张三 2024-03-05 09:12", "项目名称", "李四 2024-03-05 09:13", "道路养护"), ["张三 2024-03-05 09:12", "项目名称", "李四 2024-03-05 09:13", "道路养护"], id="two senders once each"),
        pytest.param(("张三 2024-03-05", "项目名称", "张三 2024-03-06"), ["张三 2024-03-05", "项目名称", "张三 2024-03-06"], id="a day without a time"),
        pytest.param(("启动 2024-03-05 09:12 开工", "启动 2024-03-06 09:12 完工"), ["启动 2024-03-05 09:12 开工", "启动 2024-03-06 09:12 完工"], id="more behind it"),
        pytest.param(("会议\t2024-03-05 09:12", "会议\t2024-03-06 09:12"), ["会议 2024-03-05 09:12", "会议 2024-03-06 09:12"], id="cells of a table"),
    ],
)
def test_lines_that_say_who_sent_a_message_when_are_none_of_it(lines, words):
    text = without_stamps(split("\n".join(lines)))
    assert words == [" ".join(atom.text for atom in text.atoms[line.first : line.last]) for line in text.lines]
    assert len(lines) - len(words) == len(text.stamps)


def doubted(*lines: str, taken: dict[str, str]) -> list[tuple[str, str]]:
    """The fields that are doubted, and where; ``taken`` says which words went into which field."""
    account = Account(split("\n".join(lines)).atoms)
    for at, atom in enumerate(account.atoms):
        if atom.text in taken:
            account.claim([at], taken[atom.text], "值")
    doubt_letters(account)
    return [(one.path, one.place) for one in account.doubts]


def test_a_single_letter_in_a_field_is_doubted_where_two_others_are_left_over():
    lines = ("项目名称 道路", "内", "项目金额 300", "部", "开始日期", "资", "料")
    assert [("project.name", "第2行")] == doubted(*lines, taken={"内": "project.name", "道路": "project.name", "部": "剩余"})
    assert [] == doubted(*lines, taken={"内": "project.name", "部": "project.name", "资": "goals.annual"})


@pytest.mark.parametrize("lines", [("内 部", "资", "料"), ("内部", "资", "料"), ("5", "资", "料"), ("a", "资", "料")], ids=["two on a line", "two letters", "a number", "a Latin letter"])
def test_what_is_no_single_chinese_character_on_a_line_of_its_own_is_no_watermark(lines):
    first = lines[0].split()[0]
    assert [] == doubted(*lines, taken={first: "project.name"})
