"""A folder of unit workbooks rolled up: beside reading them alone, beside reading and writing them, in two processes, in memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from time import sleep

from bench.batch import _children, _resident, megabytes, wall
from bench.inputs import filing
from bench.rounds import Run, Work
from xltool.check import check
from xltool.filing import Filing, Section
from xltool.jobs import convert, reading
from xltool.jobs.kinds import XLSX
from xltool.jobs.rollup.run import Run as Rollup
from xltool.jobs.rollup.run import Wanted
from xltool.jobs.sources import find
from xltool.library import forms
from xltool.surfaces import xlsx_writer

UNITS = 50
BETWEEN = 0.05
"""Seconds between two looks at the memory."""


def works(files: int) -> Iterator[Work]:
    """The works on a folder of so many workbooks of one form each, from fifty units, declarations and self-evaluations in turn."""
    box = tempfile.TemporaryDirectory(prefix="xltool-bench-")
    folder, out = Path(box.name) / "in", Path(box.name) / "out.xlsx"

    def rollup(forms: bool = True, checked: bool = True) -> Run:
        def run(_: int, kept: tempfile.TemporaryDirectory[str] = box) -> None:
            Rollup(find([str(make(folder, files))])[0], out, Wanted(forms=forms, checked=checked, force=True), jobs=0).run()

        return run

    def read(_: int) -> list[Filing]:
        known = forms()
        return [reading.read_bytes(one.read_bytes(), one.name, known).filing for one in sorted(make(folder, files).iterdir())]

    def written(number: int) -> None:
        known = forms()
        for one in sorted(make(folder, files).iterdir()):
            convert.render(reading.read_bytes(one.read_bytes(), one.name, known).filing, known, XLSX)

    def checked(number: int) -> None:
        for one in read(number):
            check(one)

    def processes(jobs: int) -> Run:
        def run(_: int) -> None:
            subprocess.run(command(make(folder, files), out, jobs), check=True, capture_output=True, env=compiled(Path(box.name)))

        return run

    yield Work(f"rollup {files} workbooks, no sheets of forms, no check", "reading them", rollup(forms=False, checked=False), read, 1.5, rounds=3)
    yield Work(f"rollup {files} workbooks, no sheets of forms", "reading and checking them", rollup(forms=False), checked, 1.5, rounds=1)
    yield Work(f"rollup {files} workbooks, a sheet for each form, no check", "reading and writing them", rollup(checked=False), written, 1.2, 1.1, rounds=3)
    yield Work(f"rollup {files} workbooks, 2 processes", "1 process", processes(2), processes(1), 1.8, 1.8, True, 2, clock=wall)
    if Path("/proc/self/status").exists():
        few = max(files // 4, 1)
        most = cache(lambda count: peak(make(Path(box.name) / f"in{count}", count), out, Path(box.name)))
        yield Work(f"MB in rolling up {files} workbooks, sheets and all", f"{few} of them", lambda _: most(files), lambda _: most(few), rounds=1, clock=megabytes)


def command(folder: Path, out: Path, jobs: int) -> list[str]:
    """The command that rolls a folder up."""
    return [sys.executable, "-m", "xltool", "rollup", "-q", "--force", "--no-check", "--jobs", str(jobs), str(folder), "-o", str(out)]


def compiled(box: Path) -> dict[str, str]:
    """The environment of a process that finds its modules compiled, as an installed program does, wherever they may be written."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(box / "compiled")}


def peak(folder: Path, out: Path, box: Path) -> float:
    """The most resident megabytes that all processes of a run had at once."""
    process = subprocess.Popen(command(folder, out, 1), stderr=subprocess.DEVNULL, env=compiled(box))
    found = 0.0
    while process.poll() is None:
        found = max(found, sum(map(_resident, [process.pid, *_children(process.pid)])))
        sleep(BETWEEN)
    if process.returncode:
        raise AssertionError("the folder was not rolled up")
    return found


@cache
def make(folder: Path, files: int) -> Path:
    """The folder, filled."""
    folder.mkdir()
    known = forms()
    for number in range(files):
        [entry] = filing(1, known, seed=number).entries
        unit = f"青禾市第{number % UNITS + 1}中心"
        # Two years would be registers of their own.
        values = {**entry.values, "year": 2025, "project.unit": unit, "project.department": "青禾市财政局", "project.name": f"{entry.values['project.name']}{number}"}
        made = xlsx_writer.write(Filing((Section(None, (replace(entry, values=values),)),)), known)
        (folder / f"{number:05}.xlsx").write_bytes(made)
    return folder
