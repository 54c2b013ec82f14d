"""``xltool forms show`` draws a form as narrow as the console, and in full where there is none."""

import os
import subprocess
import sys

import pytest

from xltool.library import forms
from xltool.picture import display_width
from xltool.surfaces.terminal import draw

FORM = "self-evaluation-sichuan"
COMMAND = [sys.executable, "-m", "xltool", "forms", "show", FORM]


def full() -> str:
    found = forms()[FORM]
    return draw(found.layout, frozenset(block.row for block in found.blocks))


def test_a_form_shown_into_a_pipe_is_drawn_in_full():
    said = subprocess.run(COMMAND, capture_output=True, check=True, env={**os.environ, "COLUMNS": "80"}).stdout.decode("utf-8")
    assert full().splitlines() == said.splitlines()


def test_a_form_shown_on_a_console_is_no_wider():
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", 0) as screen:
        with subprocess.Popen(COMMAND, stdout=theirs, env={**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}) as run:
            os.close(theirs)
            said = b""
            try:
                while part := screen.read(4096):
                    said += part
            except OSError:
                pass  # The console is gone with the program.
        assert 0 == run.returncode
    lines = said.decode("utf-8").splitlines()
    assert len(full().splitlines()) == len(lines)
    assert 80 == max(map(display_width, lines))
