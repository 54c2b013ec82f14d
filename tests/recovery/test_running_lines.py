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
from xltool.recovery.running_lines import Running, running, without
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


def test_number_below_a_short_last_page_counts_the_pages_too() -> None:
    lines = text()
    for page, at in enumerate(range(20, 140, 20)):
        lines.insert(at + page, str(page + 1))
    assert [{"1", "2", "3", "4", "5", "6", "7"}] == found([*lines[:130], "甲", "乙", "7"])


@pytest.mark.parametrize("end", [["甲", "9"], ["7", "甲"], ["甲", "7次"]], ids=["counts no page", "not the last line", "of another shape"])
def test_last_line_that_counts_no_page_stays(end: list[str]) -> None:
    lines = text()
    for page, at in enumerate(range(20, 140, 20)):
        lines.insert(at + page, str(page + 1))
    assert [{"1", "2", "3", "4", "5", "6"}] == found([*lines[:130], *end])


SHORT = """\
财政项目支出绩效目标申报表
（2023年度）
项目名称 河道保洁 项目性质 经常性项目 项目类别 特定目标类
主管部门 青棠市水务局 实施单位 青棠市河道所
计划开始日期 2023-01-01 计划完成日期 2023-12-31
项目资金（元） 项目资金总额 100.00 年度资金申请总额 100.00
其中：财政资金 100.00 其中：当年财政拨款 100.00
上年结转资金 0.00
其他资金 0.00 其他资金 0.00
项目绩效目标 项目总目标 年度总体目标
三年整治河道。 全年保洁河道12条。
绩效指标 一级指标 二级指标 三级指标 年度(/项目)指标值
产出指标 数量指标 保洁河道数 ≥12条
质量指标 水面保洁率 ≥95%
时效指标 保洁及时性 及时
效益指标 社会效益指标 居民受益面 扩大
满意度指标 服务对象满意度指标 居民满意度 ≥90%
"""


@pytest.mark.parametrize("words", ["内部资料 注意保管", "内部资料，请勿外传", "仅供内部参考", "扫描全能王 创建", "征求意见稿"])
@pytest.mark.parametrize("places", [(11, 13), (4, 12, 15), (13,)], ids=["twice", "three times", "once"])
def test_words_about_who_may_have_the_paper_are_no_part_of_a_form(places: tuple[int, ...], words: str) -> None:
    lines = among(SHORT.splitlines(), words, places)
    filing = read(lines)
    assert [] == canonical.differences(read(SHORT.splitlines()), filing)
    assert [("page-repeat", f"第{at + before}行") for before, at in enumerate(places, 1)] == [(one.code, one.place) for one in filing.source.repairs]


def test_words_about_papers_in_a_row_are_the_rows() -> None:
    lines = SHORT.replace("保洁及时性", "内部资料保密率").splitlines()
    assert [] == found(lines)
    assert "内部资料保密率" in [item["name"] for entry in read(lines).entries for item in entry.lists["indicators"]]


def test_line_below_few_words_is_the_pages_where_it_stands_regularly() -> None:
    few = ["主管部门" if at % 33 == 0 else "产出指标" for at in range(140)]
    lines = [few[at] if line in WORDS else line for at, line in enumerate(text())]
    regular, uneven = (running(among(lines, LINE, places), forms().values()) for places in ([*range(20, 140, 20)], (20, 36, 60, 84, 100, 124)))
    assert [True] == [one.sure for one in regular]
    assert [False] == [one.sure for one in uneven]


def test_heads_of_a_list_that_begin_pages_are_no_pages_head() -> None:
    lines = SHORT.splitlines()
    fed = "\n".join([*lines[:11], f"\x0c{lines[11]}", *lines[12:], *lines[:11], f"\x0c{lines[11]}", *lines[12:]])
    assert [] == canonical.differences(read([*lines, *lines]), read_text(fed, forms(), "x.txt").filing)


@pytest.mark.parametrize("sure", [True, False], ids=["told by its places", "told by the reading too"])
def test_line_that_its_places_alone_do_not_tell_stays_where_the_text_reads_as_well_with_it(sure: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = SHORT.splitlines()
    at = lines.index("质量指标 水面保洁率 ≥95%")
    monkeypatch.setattr(table_text, "running", lambda *_: [Running(frozenset({at}), False, sure, feeds=False)])
    kept = "水面保洁率" in [item["name"] for entry in read(lines).entries for item in entry.lists["indicators"]]
    assert sure is not kept
