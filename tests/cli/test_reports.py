"""What is said about a run: progress on a terminal only, the report's order and length, places told once."""

import io
import sys

import pytest

from xltool.cli import reports
from xltool.cli.progress import Progress
from xltool.filing import Doubt, Entry, Filing, Leftover, Repair, Section, Source
from xltool.jobs.convert import Outcome
from xltool.jobs.reading import Read
from xltool.library import forms
from xltool.problems import problem


class Terminal(io.StringIO):
    """A stream that says whether it is one."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(("terminal", "total", "shown"), [(True, 3, True), (False, 3, False), (True, 1, False)])
def test_progress_is_shown_on_a_terminal_and_for_many(monkeypatch, terminal, total, shown):
    stream = Terminal(terminal)
    monkeypatch.setattr(sys, "stderr", stream)
    progress = Progress(total)
    progress.at(2, "单位.txt")
    assert shown == ("2/3 · 单位.txt" in stream.getvalue())
    progress.clear()
    assert stream.getvalue().endswith("\x1b[K" if shown else "")


@pytest.mark.parametrize(
    ("number", "seconds", "said"),
    [
        pytest.param(1, 5, "1/7201 · a", id="nothing to tell a rate from"),
        pytest.param(101, 10, "101/7201 · 10.0 files/s · 11:50 left · a", id="minutes"),
        pytest.param(101, 60, "101/7201 · 1.7 files/s · 1:11:01 left · a", id="hours"),
    ],
)
def test_progress_tells_rate_and_time_left(monkeypatch, number, seconds, said):
    stream = Terminal(True)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("XLTOOL_LANG", "en")
    clock = iter([0, seconds])
    Progress(7201, lambda: next(clock)).at(number, "a")
    assert said == stream.getvalue().removeprefix("\r\x1b[K")


def test_rate_is_that_of_the_last_half_minute(monkeypatch):
    """A thousand files that an earlier run has done go by at once, then ten take a minute."""
    stream = Terminal(True)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("XLTOOL_LANG", "en")
    clock = iter([0.0, 1.0, 31.0, 61.0])
    progress = Progress(1020, lambda: next(clock))
    for number in (1001, 1006, 1011):
        progress.at(number, "a")
    assert "1011/1020 · 0.2 files/s · 1:00 left · a" == stream.getvalue().split("\r\x1b[K")[-1]


def test_progress_is_drawn_ten_times_a_second_and_at_the_end(monkeypatch):
    stream = Terminal(True)
    monkeypatch.setattr(sys, "stderr", stream)
    clock = iter([0.0, 0.0, 0.05, 0.2, 0.21])
    progress = Progress(4, lambda: next(clock))
    for number in (1, 2, 3, 4):
        progress.at(number, "a")
    assert ["1/4", "3/4", "4/4"] == [part.split()[0] for part in stream.getvalue().split("\r\x1b[K")[1:]]


def test_report_says_first_what_is_least_certain_and_not_everything(monkeypatch):
    monkeypatch.setenv("XLTOOL_LANG", "en")
    source = Source("a.txt", None, tuple(Repair("wrap", f"第{n}行", "接成") for n in range(9)), (Doubt("year", "第1行", "?"),), (Leftover("第2行", "页脚\n" * 99),))
    filing = Filing((Section(None, (Entry("target-declaration", "表", {"project.name": "项目甲"}, source=source),)),))
    lines = list(reports.report(Outcome("a.txt", Read("text", filing)), forms()))
    assert ["a.txt: 1 × 表", "  left over: 1", "  doubts: 1", "    项目甲 · 第1行 · year: ?", "  repairs: 9"] == [line for line in lines if "页脚" not in line][:5]
    assert "    … and 6 more; JSON lists all of them under source" == lines[-1]
    assert 120 > max(map(len, lines))


@pytest.mark.parametrize(
    ("source", "place", "said"),
    [
        pytest.param("in/a.txt", "a.txt:3", "in/a.txt:3: ", id="the base name becomes the way"),
        pytest.param("in/a.txt", "in/a.txt", "in/a.txt: ", id="said once"),
        pytest.param("in/a.txt", "", "in/a.txt: ", id="no place"),
        pytest.param("in/a.json", "表1!A3", "in/a.json: 表1!A3: ", id="a place inside"),
        pytest.param("", "b.txt", "b.txt: ", id="no source"),
    ],
)
def test_a_problem_names_the_file_as_the_user_did(monkeypatch, capsys, source, place, said):
    monkeypatch.setenv("XLTOOL_LANG", "en")
    reports.failures([(source, problem("file-empty", place))])
    assert capsys.readouterr().err.startswith(said + "the file is empty")
