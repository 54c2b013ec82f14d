"""`xltool … | head`: the reader of the output has gone, and the run ends without a word."""

import errno
import io
import os
import subprocess
import sys

import pytest

from xltool import cli
from xltool.cli.frame import LazyGroup


def _into_closed_pipes(words, *, out, talk):
    """The exit code of a run whose ``out`` and ``talk`` nobody reads, and what it said where somebody does."""
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-m", "xltool", *map(str, words)],
        stdout=writing if out else subprocess.DEVNULL,
        stderr=writing if talk else subprocess.PIPE,
        env=os.environ | {"XLTOOL_LANG": "en"},
        check=False,
    )
    os.close(writing)
    return ended.returncode, (ended.stderr or b"").decode()


@pytest.mark.parametrize("talk", [False, True], ids=["stdout closed", "both closed"])
@pytest.mark.parametrize("words", [("forms", "list"), ("--help",), ("convert", "SOURCE"), ("convert", "SOURCE", "--to", "xlsx", "-o", "-")], ids=" ".join)
def test_a_run_whose_reader_has_gone_ends_as_other_programs_do(words, talk, samples):
    source = samples / "target-declaration" / "filing.json"
    words = [source if word == "SOURCE" else word for word in words]
    assert (141, "") == _into_closed_pipes(words, out=True, talk=talk)


@pytest.mark.parametrize("words", [("--nope",), ("convert", "nothing-here.txt")], ids=" ".join)
def test_talk_that_nobody_reads_is_no_traceback_either(words):
    assert (141, "") == _into_closed_pipes(words, out=False, talk=True)


def test_a_file_is_written_whole_though_nobody_reads_the_report(samples, tmp_path, xltool):
    source, out = samples / "target-declaration" / "filing.json", tmp_path / "a.json"
    assert 141 == _into_closed_pipes(("convert", source, "-o", out), out=True, talk=True)[0]
    assert 0 == xltool("diff", source, out).code


@pytest.mark.parametrize(("windows", "code"), [(True, 141), (False, 2)], ids=["Windows", "elsewhere"])
def test_windows_has_an_error_of_its_own_for_a_closed_pipe(windows, code, xltool, monkeypatch):
    def gone(group, arguments):
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(cli, "WINDOWS", windows)
    monkeypatch.setattr(LazyGroup, "run", gone)
    said = xltool("forms", "list")
    assert (code, windows) == (said.code, said.talk == "")


def test_what_is_said_into_a_closed_pipe_of_windows_ends_the_run_as_elsewhere(monkeypatch):
    """The error is met while a wrong use is told."""

    class Gone(io.StringIO):
        def write(self, text):
            raise OSError(errno.EINVAL, "Invalid argument")

        def fileno(self):
            raise OSError

    monkeypatch.setattr(cli, "WINDOWS", True)
    monkeypatch.setattr(sys, "stderr", Gone())
    assert 141 == cli.main(["--nope"])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(("forms", "list"), 0, id="an answer"),
        pytest.param(("--nope",), 2, id="wrong use"),
        pytest.param(("convert", "-"), 2, id="nothing on stdin"),
    ],
)
def test_streams_that_were_closed_beforehand_are_no_fault(words, code, monkeypatch):
    """`xltool … <&- >&- 2>&-`, and a program of Windows without a console: Python has no such stream then."""
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    ended = cli.main(words)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.close()
    assert code == ended
