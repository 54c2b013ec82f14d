"""`xltool convert FOLDER -o OUT`: the table, the report for programs, exit codes, and runs that are broken off."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from xltool.cli import batch as screen
from xltool.jobs.batch import Result
from xltool.jobs.findings import Findings
from xltool.jobs.ledger import NAME as LEDGER
from xltool.library import forms


@pytest.fixture
def folder(samples, tmp_path) -> Path:
    """in/: a file that is certain, one with doubts and leftovers, one that holds no form."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "sure.json").write_bytes((samples / "target-declaration" / "filing.json").read_bytes())
    more = "（三）分值：指标的权重。\n（四）得分：按完成情况评定。\n".encode()
    (tmp_path / "in" / "unsure.txt").write_bytes((samples / "self-evaluation" / "run-on.txt").read_bytes() + more)
    return tmp_path / "in"


def test_the_table_says_what_each_file_was_and_gave(xltool, folder, monkeypatch):
    (folder / "坏.txt").write_text("没有表", "utf-8")
    monkeypatch.chdir(folder.parent)
    said = xltool("convert", "in", "-o", "out")
    lines = said.talk.splitlines()
    assert 2 == said.code
    assert "file           kind  forms                           repairs  doubts  left over  result" == lines[0]
    empty = " " * len("  repairs  doubts  left over  ")
    assert f"in/sure.json   json  3 × 财政项目支出绩效目标申报表{empty}→ out/sure.xlsx" == lines[1].replace("\\", "/")
    assert lines[2].replace("\\", "/").startswith("in/unsure.txt  text  2 × 财政项目支出绩效自评表")
    assert "  left over: 7" in lines
    assert "files: 3 (written: 2, unchanged: 0, failed: 1); forms: 5," in lines[-3]
    assert "could not be converted: 1" == lines[-2]
    assert lines[-1].endswith("[no-form]")


def test_the_table_is_chinese_for_a_chinese_user(xltool, folder, monkeypatch):
    monkeypatch.setenv("XLTOOL_LANG", "zh")
    monkeypatch.chdir(folder.parent)
    xltool("convert", "in", "-o", "out", "-q")
    lines = xltool("convert", "in", "-o", "out").talk.splitlines()
    assert ["文件", "类型", "内容", "修复", "存疑", "剩余", "结果"] == lines[0].split()
    assert lines[1].endswith(" 未变")
    assert lines[-1].startswith("共 2 个文件：写出 0，未变 2，未转换 0；表 5 份，")


def test_of_very_many_files_the_table_shows_those_that_need_a_look(monkeypatch):
    monkeypatch.setenv("XLTOOL_LANG", "en")
    many = [Result(f"{number}.txt", Path("out"), "written", "text", ("self-evaluation",)) for number in range(screen.ROWS)]
    many[3] = Result("unsure.txt", Path("out"), "written", "text", ("self-evaluation",), Findings(doubts=1))
    many[4] = Result("bad.txt", Path("out"))
    assert screen.ROWS + 2 == len(list(screen.table(many, forms())))
    lines = list(screen.table([*many, many[0]], forms()))
    assert ["file", "unsure.txt", "bad.txt", "…", "files:"] == [line.split()[0] for line in lines]
    assert f"… and {screen.ROWS - 1} more files without doubts or leftovers" == lines[3]


def test_of_a_long_name_the_table_shows_the_end(monkeypatch):
    long = "水务局" * 60 + "绩效.txt"
    [_, row, _] = screen.table([Result(long, Path("out"))], forms())
    name = row.split()[0]
    assert name.startswith("…")
    assert long.endswith(name[1:])
    assert name.endswith("绩效.txt")


@pytest.mark.parametrize("way", ["--json", "--report"])
def test_a_program_gets_what_became_of_each_file(xltool, folder, way):
    (folder / "坏.txt").write_text("没有表", "utf-8")
    report = folder.parent / "report.json"
    for state in ("written", "unchanged"):
        said = xltool("convert", folder, folder / "nothing.txt", "-o", folder.parent / "out", *([way] if way == "--json" else [way, report]))
        assert 2 == said.code
        found = json.loads(said.out if way == "--json" else report.read_text("utf-8"))
        assert [folder / "nothing.txt"] == [Path(one) for one in found["missing"]]
        sure, unsure, bad = found["files"]
        assert (state, "json", ["target-declaration"] * 3, 0) == (sure["state"], sure["kind"], sure["forms"], sure["doubts"])
        assert folder.parent / "out" / "sure.xlsx" == Path(sure["out"])
        assert (7, 5) == (unsure["leftover"], len(unsure["found"]["leftover"]))
        assert ("failed", None, ["no-form"]) == (bad["state"], bad["out"], [one["code"] for one in bad["problems"]])
        assert (3, 5) == (found["totals"]["files"], found["totals"]["forms"])


def test_a_report_replaces_a_report_and_nothing_else(xltool, folder):
    other = folder.parent / "mine.json"
    other.write_text('{"mine": 1}')
    said = xltool("convert", folder, "-o", folder.parent / "out", "--report", other)
    assert (2, '{"mine": 1}', False) == (said.code, other.read_text(), (folder.parent / "out").exists())
    assert said.talk.strip().endswith("[report-exists]")


def test_strict_is_a_no_for_doubts_of_an_earlier_run_too(xltool, folder):
    out = folder.parent / "out"
    assert [1, 1, 0] == [xltool("convert", folder, "-o", out, *more).code for more in (["--strict"], ["--strict"], [])]


def test_stdin_goes_into_a_folder_among_others_each_time_anew(xltool, folder):
    """Its content is not known before it is read, and it can be read but once."""
    data = (folder / "sure.json").read_bytes()
    for content in (data, data, data.replace("水务局".encode(), "园林局".encode())):
        assert 0 == xltool("convert", "-", folder, "-o", folder.parent / "out", stdin=content).code
    made = xltool("convert", folder.parent / "out" / "stdin.xlsx")
    assert "园林局" in made.out


def test_stdin_is_there_for_whoever_asks_again(xltool, folder):
    data = (folder / "sure.json").read_bytes()
    explained = xltool("convert", "-", folder, "-o", folder.parent / "out", "--explain", stdin=data)
    assert (0, True) == (explained.code, "file-empty" not in explained.talk)
    assert 0 == xltool("diff", "-", "-", stdin=data).code


def test_what_is_for_folders_only_is_said(xltool, folder):
    said = xltool("convert", folder / "sure.json", "--jobs", "2")
    assert (2, "[report-folder]") == (said.code, said.talk.split()[-1])


def test_a_file_that_takes_longer_than_allowed_is_named_with_the_way_out(xltool, samples, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "long.txt").write_bytes((samples / "self-evaluation" / "run-on.txt").read_bytes() * 300)
    (tmp_path / "in" / "sure.json").write_bytes((samples / "target-declaration" / "filing.json").read_bytes())
    said = xltool("convert", tmp_path / "in", "-o", tmp_path / "out", "--jobs", "1", "--seconds", "3")
    assert 2 == said.code
    assert "[file-time]" in said.talk.splitlines()[-1]
    assert "--seconds" in said.talk.splitlines()[-1]
    assert (tmp_path / "out" / "sure.xlsx").is_file()


@pytest.mark.parametrize("how", ["killed", "Ctrl-C"])
def test_a_run_that_is_broken_off_leaves_whole_files_and_the_next_does_the_rest(samples, tmp_path, how):
    if os.name == "nt":
        pytest.skip("sends signals as a POSIX terminal does")
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for number in range(40):
        text = (samples / "self-evaluation" / "wrapped.txt").read_text("utf-8")
        (source / f"单位 {number}.txt").write_text(text.replace("文化", f"文化{number}"), "utf-8")
    first = _started(source, out)
    _wait(lambda: len(_made(out)) >= 8, first)  # a result may stand whole a moment before its record does
    os.killpg(first.pid, signal.SIGKILL if how == "killed" else signal.SIGINT)
    _, talk = first.communicate(timeout=60)
    kept = _made(out)
    assert 3 <= len(kept) < 40
    if how == "Ctrl-C":
        assert (2, "stopped [stopped]") == (first.returncode, talk.strip())
        recorded = json.loads((out / LEDGER).read_text("utf-8"))["files"]
        assert 3 <= len(recorded) <= len(kept)
        assert [] == list(out.rglob("*.part"))
    second = _started(source, out)
    _, talk = second.communicate(timeout=240)
    assert (0, "") == (second.returncode, talk)
    now = _made(out)
    assert 40 == len(now)
    assert kept == {name: now[name] for name in kept}
    assert 40 == len(json.loads((out / LEDGER).read_text("utf-8"))["files"])


def _started(source: Path, out: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "xltool", "convert", "-q", "--jobs", "2", str(source), "-o", str(out)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True, env=os.environ | {"XLTOOL_LANG": "en"})


def _made(out: Path) -> dict[str, int]:
    """The results and when they were written."""
    return {path.name: path.stat().st_mtime_ns for path in out.glob("*.xlsx")}


def _wait(there, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 60
    while not there() and time.monotonic() < until and process.poll() is None:
        time.sleep(0.01)


def test_two_runs_at_once_leave_the_folder_sound(folder, samples):
    for number in range(20):
        (folder / f"{number}.txt").write_bytes((samples / "self-evaluation" / "wrapped.txt").read_bytes())
    out = folder.parent / "out"
    both = [_started(folder, out) for _ in range(2)]
    said = sorted((one.communicate(timeout=240)[1].strip()[-13:], one.returncode) for one in both)
    assert [("", 0), ("[folder-busy]", 2)] == said
    assert 22 == len(_made(out))
    assert [LEDGER] == [path.name for path in out.glob(".*")]
