"""Texts that mail programs quoted and editors took the tabs from: the lines as they were, each in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltool.surfaces import plain_lines

QUOTED = """\
请核对：
> 财政项目支出绩效自评表
>
> 项目名称 社区矫正
> > 主管部门 司法局
> 再犯罪率 ≤0.2%
> >98%
> >=98% 及时
"""
ROWS = [
    ["项目名称", "", "农产品监测", "", ""],
    ["主管部门", "", "农业农村局", "实施单位", "检测中心"],
    ["", "资金总额", "900000.00", "873000.00", "10"],
    ["", "其他资金", "0.00", "0.00", ""],
    ["指标", "产出指标", "抽检批次", "≥3000批次", "3105批次"],
    ["", "", "快检次数", "≥12000次", "11500次"],
    ["", "效益指标", "合格率", "≥97%", "98.2%"],
    ["总分", "", "", "", "98.7"],
]


def test_marks_of_a_quoted_mail_go_line_by_line():
    expected = ["请核对：", "财政项目支出绩效自评表", "", "项目名称 社区矫正", "主管部门 司法局", "再犯罪率 ≤0.2%", ">98%", ">=98% 及时"]
    assert expected == plain_lines.plain(QUOTED).splitlines()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("满意度\n>98%\n及时率\n>95%\n", id="targets between other lines"),
        pytest.param(">98%\n>95%\n>90%\n>=85%\n> 80%\n>70%\n", id="a column of targets"),
        pytest.param("> 名称\n> 单位\n> 金额\n", id="too few lines"),
        pytest.param("资金 > 预算\n得分 > 分值\n", id="marks inside lines"),
    ],
)
def test_a_sign_is_no_mark_of_a_quoted_mail(text):
    assert text == plain_lines.plain(text)


@pytest.mark.parametrize("step", [4, 8, 3])
def test_blanks_that_stand_for_tabs_are_tabs_again(step):
    tabbed = "\n".join("\t".join(row) for row in ROWS) + "\n"
    assert tabbed == plain_lines.plain(tabbed.replace("\t", " " * step))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n".join("    ".join(cell for cell in row if cell) for row in ROWS * 3), id="no empty cells: blanks part cells alone"),
        pytest.param("\n".join("  ".join(row) for row in ROWS * 3), id="two blanks stand for no tab"),
        pytest.param("\n".join("    ".join(row) for row in ROWS) + "\n项目     单位\n", id="a gap of another width"),
        pytest.param("\n".join("    ".join(row) for row in ROWS[:2]), id="too few gaps"),
    ],
)
def test_blanks_of_columns_stay(text):
    assert text == plain_lines.plain(text)


@given(st.text(alphabet="> ＞\t\n9=项目", max_size=60))
def test_no_line_comes_or_goes_and_only_marks_and_blanks_are_lost(text):
    made = plain_lines.plain(text)
    assert len(text.splitlines()) == len(made.splitlines())
    assert [mark for mark in text if mark in "9=项目"] == [mark for mark in made if mark in "9=项目"]


PLAIN = [line for at in range(6) for line in (f"项目名称\t供水{at}", "主管部门\t某局")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("".join(f"{at:4d}  {line}\n" for at, line in enumerate(PLAIN, 1)), id="as an editor shows them"),
        pytest.param("\tA\tB\n" + "".join(f"{at}\t{line}\n" for at, line in enumerate(PLAIN, 1)), id="as a spreadsheet shows them, with the letters of columns"),
        pytest.param("".join(f"{at} | {line}\n" for at, line in enumerate(PLAIN, 7)), id="behind a bar, from another number on"),
    ],
)
def test_numbers_that_count_the_lines_go(text):
    assert PLAIN == [line for line in plain_lines.plain(text).splitlines() if line]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["项目名称 供水", "", "   其中：当年财政拨款 12", "\u00a0\u00a0\u00a0其他资金 0", "12 月底前"], id="empty and indented lines"),
        pytest.param(["项目名称\t供水", "\t\t其他资金\t0", ""], id="lines that begin with empty cells"),
        pytest.param(["青棠市水务局", "", "| 项目名称 | 供水 |", "|---|---|", "| 主管部门 | 某局 |"], id="a table of bars amid them"),
    ],
)
def test_lines_that_were_counted_are_what_they_were(lines):
    lines = lines * 4
    assert lines == plain_lines.plain("".join(f"{at:4d} {line}\n" for at, line in enumerate(lines, 1))).split("\n")[:-1]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("序号\t名称\n" + "".join(f"{at}\t供水{at}\n" for at in range(1, 31)), id="a list that counts its rows"),
        pytest.param("".join(f"{at} 供水\n" for at in range(1, 9)), id="few lines"),
        pytest.param("".join(f"{at * 3} 供水\n" for at in range(1, 31)), id="numbers that do not count"),
    ],
)
def test_numbers_of_the_text_stay(text):
    assert text == plain_lines.plain(text)


def test_cells_that_a_program_calls_empty_are():
    assert ",,\n项目名称,供水,\n主管部门,,NaNo\n" == plain_lines.plain("Unnamed: 0,Unnamed: 1,Unnamed: 2\n项目名称,供水,NaN\n主管部门,nan,NaNo\n")
    assert "项目名称,NaN\n" == plain_lines.plain("项目名称,NaN\n")


@pytest.mark.parametrize("mark", ["{}. ", "{}、", "> {}. "], ids=["a dot", "a comma", "a dot in a quotation"])
def test_numbers_of_messages_go_and_the_greeting_above_them_stays(mark):
    told = "各位好\n" + "".join(mark.format(at) + f"{line}\n" for at, line in enumerate(PLAIN, 1)) + "谢谢\n"
    assert ["各位好", *PLAIN, "谢谢"] == plain_lines.plain(told).splitlines()


def test_items_that_a_form_counts_keep_their_numbers():
    head = "".join(f"{line}\n" for line in PLAIN[:4])
    text = head + "".join(f"{at}. 供水{at}\n" for at in range(1, 40))
    assert text == plain_lines.plain(text)


def test_marks_of_a_web_page_are_letters_and_tags_stay_marks():
    assert "供水\xa0≥90% <95% &lt;通知&gt; &lt;br&gt;\n" == plain_lines.plain("供水&nbsp;&ge;90% &lt;95% &lt;通知&gt; &lt;br&gt;\n")


def test_ends_of_words_cells_are_tabs():
    assert "供水<br>工程\t某局\t\t\n" == plain_lines.plain("供水\x0b工程\x07某局\x07\x07\n")


def test_bars_typed_between_cells_are_tabs_and_one_in_a_name_stays():
    assert "供水\t某局\n" * 3 == plain_lines.plain("供水｜某局\n" * 3)
    assert "供水｜某局\n｜\n｜\n" == plain_lines.plain("供水｜某局\n｜\n｜\n")


def test_marks_of_a_list_made_of_every_line_go():
    assert PLAIN == plain_lines.plain("".join(f"- {line}\n" for line in PLAIN)).splitlines()
    few = "".join(f"- {line}\n" for line in PLAIN[:4]) + "".join(f"{line}\n" for line in PLAIN)
    assert few == plain_lines.plain(few)


def test_strokes_between_the_cells_of_every_line_are_tabs_and_a_few_are_marks():
    assert PLAIN == plain_lines.plain("".join(line.replace("\t", " / ") + "\n" for line in PLAIN)).splitlines()
    few = "".join(f"{line}\n" for line in PLAIN) + "其他资金 0 / /\n" * 3
    assert few == plain_lines.plain(few)


@pytest.mark.parametrize("mark", ["……", "........", "\\t"], ids=["a leader", "dots", "a tab as programs write it"])
def test_what_stands_for_a_cells_edge_on_every_line_is_a_tab(mark):
    assert PLAIN == plain_lines.plain("".join(line.replace("\t", mark) + "\n" for line in PLAIN)).splitlines()


def test_lines_that_are_quoted_whole_lose_their_marks():
    assert PLAIN == plain_lines.plain("".join(f'"{line}"\n' for line in PLAIN)).splitlines()
    assert '某"局"\n' * 12 == plain_lines.plain('"某""局"""\n' * 12)
    few = '"供水"\n' * 3 + "某局\n" * 9
    assert few == plain_lines.plain(few)


def test_marks_of_a_web_page_at_the_ends_of_lines_go_and_between_paragraphs_stay():
    assert "供水\n" * 5 == plain_lines.plain("供水<br>\n" * 4 + "供水 <BR/>\n")
    for kept in ("供水<br>\n" * 4, "供水<br>\t某局<br>\n" * 6, "| 供水<br> |\n" * 6):
        assert kept == plain_lines.plain(kept)


def test_tabs_that_end_every_line_and_part_nothing_go():
    lines = ["项目名称 供水", "主管部门 某局", "分值 100"]
    for end in ("\t", "\t\t", " \t", "\u00a0\t"):
        assert lines == plain_lines.plain("".join(f"{line}{end}\r\n" for line in lines)).splitlines()
    table = "项目名称\t供水\t\n主管部门\t\t\n"
    assert table == plain_lines.plain(table)


@pytest.mark.parametrize("bar", ["│", "┃", "｜"])
def test_bars_between_cells_are_tabs(bar):
    assert "名称\t供水\t民生\n" * 3 == plain_lines.plain(f"名称{bar}供水{bar}民生\n" * 3)


def test_bars_of_a_drawn_table_stay():
    drawn = "┌──┬──┐\n" + "│名称│供水│\n" * 3
    assert drawn == plain_lines.plain(drawn)


def test_bars_between_tabs_are_no_cells():
    assert "名称\t供水\t\t民生\n" * 2 == plain_lines.plain("名称\t|\t供水\t|\t\t|\t民生\n" * 2)
    assert "名称\t|\t供水\n" == plain_lines.plain("名称\t|\t供水\n")
