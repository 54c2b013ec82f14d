"""A folder of mixed files: two processes beside one, and the memory of all processes late in a run beside early."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from io import BytesIO
from itertools import product
from pathlib import Path
from time import perf_counter, sleep

from bench.rounds import Run, Work
from bench.startup import child_seconds

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
PLACE = "青棠"
"""The invented town of the samples; each file of the folder has a town of its own, written in as many bytes."""
TOWNS = "安宁平和清远云溪石桥林泉松岭河湾金沙青山白水长岗东西南北新丰兴隆永福"
BETWEEN = 0.1
"""Seconds between two looks at the memory."""
MEGABYTES = 1000
"""The memory rows have megabytes where others have milliseconds."""


def works(files: int) -> Iterator[Work]:
    """The works on a folder of so many files: all samples in turn, each copy of another town."""
    box = tempfile.TemporaryDirectory(prefix="xltool-bench-")
    folder = Path(box.name) / "in"

    def convert(jobs: int) -> Run:
        def run(_: int, kept: tempfile.TemporaryDirectory[str] = box) -> None:
            make(folder, files)
            with tempfile.TemporaryDirectory(dir=kept.name) as out:
                subprocess.run(command(folder, Path(out), jobs), check=True, capture_output=True)

        return run

    yield Work(f"convert {files} mixed files, 2 processes", "1 process", convert(2), convert(1), 1.5, 1.8, True, 2, clock=wall)
    # On a machine that others use too, what the processes cost tells more than when they are done.
    yield Work(f"processor in converting {files} mixed files, 2 processes", "without any", convert(2), convert(0), 1.25, 1.1, rounds=1, clock=child_seconds)
    if Path("/proc/self/status").exists():
        line = cache(lambda number: memory(make(folder, files), Path(box.name) / f"out{number}", files))

        def late(number: int) -> float:
            return max(size for done, size in line(number) if done >= files * 3 / 4)

        def early(number: int) -> float:
            return max(size for done, size in line(number) if files / 4 <= done < files / 2)

        yield Work(f"MB in converting {files} mixed files, last quarter", "second quarter", late, early, 1.1, 1.05, rounds=1, clock=megabytes)


def wall(run: Run, number: int) -> float:
    """The seconds of a run by the clock on the wall: processes share them out."""
    began = perf_counter()
    run(number)
    return perf_counter() - began


def megabytes(run: Run, number: int) -> float:
    """What a run says, scaled so that the table shows megabytes."""
    found = run(number)
    assert isinstance(found, float)
    return found / MEGABYTES


def command(folder: Path, out: Path, jobs: int) -> list[str]:
    """The command that converts a folder."""
    return [sys.executable, "-m", "xltool", "convert", "-q", "--jobs", str(jobs), str(folder), "-o", str(out)]


def memory(folder: Path, out: Path, files: int) -> list[tuple[int, float]]:
    """Results written so far and the resident megabytes of all processes, from start to end of a run."""
    process = subprocess.Popen(command(folder, out, 2), stderr=subprocess.DEVNULL)
    line = []
    while process.poll() is None:
        done = sum(1 for _ in out.iterdir()) if out.exists() else 0
        if size := sum(map(_resident, [process.pid, *_children(process.pid)])):
            line.append((done, size))
        sleep(BETWEEN)
    if process.returncode or sum(1 for _ in out.glob("*.*")) < files:
        raise AssertionError("the folder was not converted as a whole")
    return line


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _resident(pid: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return 0


@cache
def make(folder: Path, files: int) -> Path:
    """The folder, filled: the samples of all kinds in turn, each with a town of its own."""
    folder.mkdir()
    found = samples()
    towns = list(map("".join, product(TOWNS, repeat=2)))
    for number in range(files):
        source = found[number % len(found)]
        made = another(source.read_bytes(), towns[number % len(towns)])
        (folder / f"{number:05} {source.parent.name} {source.name}").write_bytes(made)
    return folder


def samples() -> list[Path]:
    """The samples of all kinds, each form's in its folder; those of more mappings need these to be read."""
    return sorted(path for path in SAMPLES.glob("*/*") if path.is_file() and path.parent.name != "mappings")


def another(data: bytes, town: str) -> bytes:
    """The same file of another town, whatever its encoding; in a package, in all parts. A PDF stays as it is."""
    if not data.startswith(b"PK"):
        for encoding in ("utf-8", "gb18030", "utf-16-le"):
            data = data.replace(PLACE.encode(encoding), town.encode(encoding))
        return data
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            new.writestr(one, another(old.read(one), town))
    return out.getvalue()
