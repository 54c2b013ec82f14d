"""Heads, feet, page numbers and watermarks of a text that was copied out of a viewer: they stand amid the forms, and nothing
tells where a page ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from unittest.mock import Mock

import pytest

from xltool import canonical
from xltool.filing import Filing
from xltool.library import forms
from xltool.recovery import table_text
from xltool.recovery.running_lines import running, without
from xltool.recovery.table_text import read_text

SAMPLES = Path(__file__).parents[2] / "samples"
LENGTHS = (31, 38, 27, 35)
"""The lines of text on the pages, in turn."""


def lines_of(name: str) -> list[str]:
    return (SAMPLES / name).read_text("utf-8").split("\n")


def printed(lines: Sequence[str], edge: Callable[[int], list[str]]) -> tuple[list[str], list[int]]:
    """The lines with what each page prints at its edge, and the numbers of these from 1."""
    made: list[str] = []
    put: list[int] = []
    lengths, page = cycle(LENGTHS), 1
    left = next(lengths)
    for line in lines:
        made.append(line)
        left -= bool(line.strip())
        if not left:
            put.extend(range(len(made) + 1, len(made) + 1 + len(edge(page))))
            made.extend(edge(page))
            left, page = next(lengths), page + 1
    return made, put


def read(lines: Sequence[str]) -> Filing:
    return read_text("\n".join(lines), forms(), "x.txt").filing


EDGES: dict[str, Callable[[int], list[str]]] = {
    "number": lambda page: [str(page)],
    "number from 12 on": lambda page: [str(page + 11)],
    "number of all": lambda page: [f"{page}/9"],
    "foot and number": lambda page: ["青棠市 2025 年度部门预算公开", str(page)],
    "number and head": lambda page: [f"{page}", "青棠市水务局部门预算公开材料"],
    "head": lambda page: ["青棠市水务局部门预算公开材料"],
    "watermark": lambda page: ["内部资料 请勿外传"],
    "printed by a browser": lambda page: [f"https://www.example.gov.cn/art/2025/3/12/art_1.html {page}/9", "2025/3/12 15:02 绩效目标公开"],
}


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("name", ["target-declaration/filing.txt", "self-evaluation/filing.txt", "target-declaration/wrapped.txt"])
def test_what_every_page_prints_is_no_part_of_a_form(name: str, edge: str) -> None:
    lines, put = printed(lines_of(name), EDGES[edge])
    assert len(put) >= 4
    filing = read(lines)
    assert [] == canonical.differences(read(lines_of(name)), filing)
    assert {f"第{number}行" for number in put} == {one.place for one in filing.source.repairs if one.code == "page-repeat"}


def test_what_every_page_prints_is_no_row_of_a_table() -> None:
    name = "target-declaration/filing.tsv"
    lines, put = printed(lines_of(name), lambda page: ["内部资料 请勿外传"] if page < 9 else [])
    assert put
    assert [] == canonical.differences(read(lines_of(name)), read(lines))


def test_trace_says_where_what_every_page_prints_went() -> None:
    lines, put = printed(lines_of("target-declaration/filing.txt"), EDGES["foot and number"])
    trace = read_text("\n".join(lines), forms(), "x.txt").trace
    assert {("页眉", "青棠市 2025 年度部门预算公开"), ("页码", "1")} <= {(one.where, one.text) for one in trace if one.line in put[:2]}
    assert sorted(one.line for one in trace) == [one.line for one in trace]


WORDS = ("主管部门", "产出指标", "年度总体目标", "质量指标", "时效指标", "计划开始日期", "效益指标", "项目资金", "满意度指标")


def text(count: int = 140) -> list[str]:
    """Lines of which no six in a row come again, a word of the form among them each eleven."""
    return [WORDS[at // 11 % 9] if at % 11 == 0 else f"甲{'乙' * (at % 7)}{'丙' * (at % 6)}" for at in range(count)]


def among(lines: Sequence[str], line: str, places: Sequence[int]) -> list[str]:
    """The lines with one more at some of their places."""
    made = list(lines)
    for before, at in enumerate(places):
        made.insert(at + before, line)
    return made


def found(lines: Sequence[str]) -> list[set[str]]:
    """The running lines of a text."""
    return [{lines[at] for at in one.lines} for one in running(lines, forms().values())]


LINE = "青棠市水务信息中心"


def test_line_that_stands_below_other_words_of_the_form_each_time_is_the_pages() -> None:
    assert [{LINE}] == found(among(text(), LINE, range(20, 140, 20)))
    assert not running(among(text(), LINE, range(20, 140, 20)), forms().values())[0].counts


def test_line_of_many_pages_stands_below_the_few_words_that_a_form_has() -> None:
    assert [{LINE}] == found(among(text(600), LINE, range(20, 600, 20)))


def test_line_that_stands_below_the_same_word_each_time_is_a_row() -> None:
    lines = ["满意度指标" if line in WORDS else line for line in text()]
    assert [] == found(among(lines, LINE, range(20, 140, 20)))


def test_line_that_stands_in_lists_alone_is_the_begin_of_several_names() -> None:
    levels = ("产出指标", "质量指标", "时效指标", "效益指标", "满意度指标")
    lines = [levels[at // 11 % 5] if line in WORDS else line for at, line in enumerate(text())]
    assert [] == found(among(lines, LINE, range(20, 140, 20)))


@pytest.mark.parametrize("line", ["- {} -", "|---|---|", "|  |  |", "————————"])
def test_lines_that_are_no_text_and_pages_numbers_known_as_such_are_none(line: str) -> None:
    lines = text()
    for page, at in enumerate(range(20, 140, 20)):
        lines.insert(at + page, line.format(page + 1))
    assert [] == found(lines)


def test_line_that_stands_behind_or_before_the_same_line_each_time_is_the_forms() -> None:
    for beside in (lambda at: at - 1, lambda at: at):
        lines = text()
        for at in range(20, 140, 20):
            lines[beside(at)] = "联系电话，见附件"
        assert [] == found(among(lines, LINE, range(20, 140, 20)))


def test_pages_may_all_begin_with_a_title() -> None:
    lines = text()
    for at in range(20, 140, 20):
        lines[at] = "财政项目支出绩效目标申报表"
    assert [{LINE}] == found(among(lines, LINE, range(20, 140, 20)))


@pytest.mark.parametrize("places", [(10, 14, 18, 22, 27), (20, 40, 60), (100, 120, 139), (9, 18, 27, 36, 131)], ids=["close", "begin", "end", "one far"])
def test_line_that_stands_in_one_part_of_a_text_is_not_the_pages(places: tuple[int, ...]) -> None:
    assert [] == found(among(text(), LINE, places))


def test_line_that_stands_every_few_lines_is_no_pages() -> None:
    assert [] == found(among(text(30), LINE, range(4, 30, 5)))


def test_line_that_stands_often_is_the_pages_at_any_distance() -> None:
    assert [{LINE}] == found(among(text(200), LINE, (9, 20, 31, 40, 49, 190)))


@pytest.mark.parametrize("line", ["社会效益指标", "服务对象满意度", "社会效益", "年度总体目标", "保障运行，提高效率", "≥100户用水户", "用水户"])
def test_words_of_the_form_values_and_short_words_are_no_pages_line(line: str) -> None:
    assert [] == found(among(text(), line, range(20, 140, 20)))


def test_numbers_that_do_not_count_on_are_values() -> None:
    lines = text()
    for page, at in enumerate(range(20, 140, 20)):
        lines.insert(at + page, str(10 - page % 2))
    assert [] == found(lines)


def test_rows_that_count_on_close_to_each_other_are_no_pages() -> None:
    assert [] == found([line for at, line in enumerate(text(60)) for line in (line, str(at))])


def test_number_in_whose_place_another_may_stand_stays() -> None:
    lines = text()
    for page, at in enumerate(range(20, 140, 20)):
        lines.insert(at + page, str(page + 1))
    assert [{"1", "2", "3", "4", "5", "6"}] == found(lines)
    lines.insert(lines.index("3") + 3, "3")
    assert [{"1", "2", "4", "5", "6"}] == found(lines)


def test_rows_that_are_counted_leave_the_pages_numbers_what_they_are() -> None:
    lines = text()
    for page, at in enumerate(range(20, 140, 20)):
        lines.insert(at + page, str(page + 1))
    lines[70:70] = [str(number) for number in range(30, 45)]
    assert [{"1", "2", "3", "4", "5", "6"}] == found(lines)


def test_codes_that_count_on_from_form_to_form_are_values() -> None:
    lines = text()
    for form, at in enumerate(range(20, 140, 20)):
        lines.insert(at + form, f"项目编码310115{form + 10}")
    assert [] == found(lines)


def test_page_ends_once_where_its_foot_and_the_next_head_stood() -> None:
    lines, _ = printed(text(150), EDGES["foot and number"])
    made = without(lines, running(lines, forms().values()), "\x0c")
    assert len(lines) == len(made)
    assert 4 == made.count("\x0c") == made.count("")


def test_text_without_pages_lines_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    times = Mock(wraps=table_text._read)
    monkeypatch.setattr(table_text, "_read", times)
    read(lines_of("target-declaration/filing.txt"))
    read(lines_of("self-evaluation/wrapped.txt"))
    assert 2 == times.call_count
