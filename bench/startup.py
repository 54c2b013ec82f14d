"""Whole processes: the command's help beside the import of click, in seconds and in instructions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from bench.rounds import Run, Work

CLICK = [sys.executable, "-c", "import click"]
BARE = [sys.executable, "-c", "pass"]


def help_command() -> list[str]:
    """The installed command where it stands beside the interpreter, else the module."""
    script = Path(sys.executable).with_name("xltool.exe" if os.name == "nt" else "xltool")
    return [str(script), "--help"] if script.exists() else [sys.executable, "-m", "xltool", "--help"]


def works() -> Iterator[Work]:
    """The one work on start-up; processes are quick, so there are more rounds."""
    yield Work(
        "xltool --help", 'python -c "import click"', lambda _: run(help_command()), lambda _: run(CLICK), 1.5, 1.2,
        rounds=15, clock=child_seconds,
    )  # fmt: skip


def run(command: list[str]) -> None:
    """Runs a command to its end; what it says is thrown away.

    Raises:
        CalledProcessError: where it fails.
    """
    subprocess.run(command, check=True, capture_output=True)


def child_seconds(work: Run, number: int) -> float:
    """The processor seconds of a run's child processes; where the system does not tell, by the clock on the wall."""
    began = _children()
    work(number)
    return _children() - began


def _children() -> float:
    try:
        import resource
    except ImportError:
        return perf_counter()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def instructions() -> dict[str, int]:
    """Instructions of each command, by valgrind or perf; empty where there is neither.

    Noise does not show in them. The bare interpreter stands among them, to be taken off.
    """
    commands = {"python -c pass": BARE, 'python -c "import click"': CLICK, "xltool --help": help_command()}
    counted = {name: _counted(command) for name, command in commands.items()}
    return {name: count for name, count in counted.items() if count}


def _counted(command: list[str]) -> int:
    if shutil.which("perf"):
        said = subprocess.run(["perf", "stat", "-x,", "-e", "instructions:u", *command], capture_output=True, text=True)
        if found := re.search(r"^(\d+),.*instructions", said.stderr, re.M):
            return int(found.group(1))
    if shutil.which("valgrind"):
        with tempfile.TemporaryDirectory() as folder:
            out = f"--callgrind-out-file={folder}/counted"
            said = subprocess.run(["valgrind", "--tool=callgrind", out, *command], capture_output=True, text=True)
        if found := re.search(r"Collected\s*:\s*(\d+)", said.stderr):
            return int(found.group(1))
    return 0
