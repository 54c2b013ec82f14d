"""What Windows asks of a program that replaces files and makes names, as far as another system can show it."""

import errno
import os
from pathlib import Path

import pytest

from xltool import terms
from xltool.jobs import lock, store
from xltool.jobs.sources import find
from xltool.problems import ProblemError
from xltool.terms import of_system


@pytest.fixture
def windows_flush(monkeypatch):
    """``os.fsync`` as on Windows, which flushes only what is open for writing."""
    fcntl = pytest.importorskip("fcntl", reason="Windows itself flushes so")
    flush = os.fsync

    def fsync(number: int) -> None:
        if fcntl.fcntl(number, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
            raise OSError(9, "Bad file descriptor")
        flush(number)

    monkeypatch.setattr(os, "fsync", fsync)


def test_a_file_is_flushed_while_it_is_open_for_writing(windows_flush, tmp_path):
    (made := tmp_path / "made").write_bytes(b"x")
    store.adopt(tmp_path / "out.xlsx", made)
    store.store(tmp_path / "other.xlsx", b"y")
    assert [b"x", b"y"] == [(tmp_path / name).read_bytes() for name in ("out.xlsx", "other.xlsx")]


@pytest.mark.parametrize("put", [lambda path, made: store.store(path, b"new", force=True), lambda path, made: store.adopt(path, made, force=True)], ids=["store", "adopt"])
def test_a_file_that_excel_has_open_stays_and_is_named(put, monkeypatch, tmp_path):
    (out := tmp_path / "out.xlsx").write_bytes(b"old")
    (made := tmp_path / "apart").write_bytes(b"new")

    def replace(self: Path, target: Path) -> None:
        raise PermissionError(13, "The process cannot access the file because it is being used by another process")

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(ProblemError) as raised:
        put(out, made)
    assert (["file-in-use"], b"old", ["apart", "out.xlsx"]) == ([one.code for one in raised.value.problems], out.read_bytes(), sorted(file.name for file in tmp_path.iterdir()))


def held(times: int, number: int = 32):
    """``Path.replace`` as on Windows while another program holds the file, for so many tries; and the tries themselves."""
    replace, tries = Path.replace, []

    def refused(self: Path, target: Path) -> Path:
        tries.append(target)
        if len(tries) <= times:
            error = PermissionError(13, "Access is denied")
            error.winerror = number  # type: ignore[attr-defined,unused-ignore]
            raise error
        return replace(self, target)

    return refused, tries


@pytest.mark.parametrize("put", [lambda path, made: store.store(path, b"new", force=True), lambda path, made: store.adopt(path, made, force=True)], ids=["store", "adopt"])
@pytest.mark.parametrize("number", sorted(store.HELD))
def test_a_file_that_a_scanner_looks_into_is_waited_for(put, number, monkeypatch, tmp_path):
    (out := tmp_path / "out.xlsx").write_bytes(b"old")
    (made := tmp_path / "apart").write_bytes(b"new")
    monkeypatch.setattr(store, "WAITS", (0, 0))
    replace, tries = held(2, number)
    monkeypatch.setattr(Path, "replace", replace)
    put(out, made)
    assert (b"new", 3) == (out.read_bytes(), len(tries))


@pytest.mark.parametrize(("number", "tried"), [(32, 3), (None, 1)], ids=["held", "not Windows"])
def test_a_file_that_stays_held_is_named_after_the_last_try(number, tried, monkeypatch, tmp_path):
    (out := tmp_path / "out.xlsx").write_bytes(b"old")
    monkeypatch.setattr(store, "WAITS", (0, 0))
    replace, tries = held(9, number)
    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(ProblemError) as raised:
        store.store(out, b"new", force=True)
    assert ("file-in-use", b"old", tried) == (raised.value.problems[0].code, out.read_bytes(), len(tries))


def test_the_lock_of_a_folder_needs_no_number_of_its_file(monkeypatch, tmp_path):
    """On a disk of FAT, Python cannot say there which file is open; nobody can remove it either."""
    monkeypatch.setattr(os, "name", "nt")
    monkeypatch.setattr(lock, "_locked", lambda file: True)
    monkeypatch.setattr(os.path, "samestat", lambda *_: pytest.fail("asked for a number"))
    with lock.alone(tmp_path):
        assert (tmp_path / lock.NAME).exists()
    assert [] == list(tmp_path.iterdir())


def test_files_without_numbers_are_told_apart_by_their_paths(monkeypatch, tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"x")
    stat = Path.stat
    monkeypatch.setattr(Path, "stat", lambda self, **words: os.stat_result((*stat(self, **words)[:1], 0, *stat(self, **words)[2:])))
    assert store.identity(tmp_path / "a") != store.identity(tmp_path / "b")
    assert store.identity(tmp_path / "a") == store.identity(tmp_path / "." / "a")


def of_windows(number: int, winerror: int, name: object = None) -> OSError:
    """What Windows raises: the number of C, its own, and the name of the file."""
    error = OSError(number, "said by the system", *([str(name)] if name else []))
    error.winerror = winerror  # type: ignore[attr-defined,unused-ignore]
    return error


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (of_windows(errno.EACCES, 32), "os-busy"),
        (of_windows(errno.EACCES, 5), "os-denied"),
        (of_windows(errno.ENOENT, 53), "os-device"),
        (of_windows(errno.EINVAL, 64), "os-device"),
        (of_windows(errno.ENOENT, 3, "a" * 300), "os-long"),
        (of_windows(errno.ENOENT, 3, "a"), "os-missing"),
        (FileNotFoundError(errno.ENOENT, "said by the system", "a" * 300), "os-missing"),
    ],
    ids=["open in another program", "no right", "share is away", "share went away", "path too long", "no such path", "no such path, not Windows"],
)
def test_what_windows_says_by_its_own_numbers_is_told(error, word):
    assert word == of_system(error)


def test_a_file_whose_path_is_too_long_is_named_and_not_passed_over(monkeypatch, tmp_path):
    """A folder of Windows lists it; whoever asks for it is told that it is not there."""
    deep = tmp_path / ("深" * 80) / ("层" * 80) / "表.json"
    deep.parent.mkdir(parents=True)
    for path in (deep, tmp_path / "a.json"):
        path.write_bytes(b"{}")
    monkeypatch.setattr(terms, "LONGEST_PATH", len(str(deep)) - 1)
    stat, opened = Path.stat, Path.open

    def refused(self: Path, call, *words, **more):
        if self == deep:
            raise of_windows(errno.ENOENT, 3, self)
        return call(self, *words, **more)

    monkeypatch.setattr(Path, "stat", lambda self, **words: refused(self, stat, **words))
    monkeypatch.setattr(Path, "open", lambda self, *words, **more: refused(self, opened, *words, **more))
    named, wrong = find([str(tmp_path)])
    assert ([], {"表.json", "a.json"}) == (wrong, {one.name for one in named})
    with pytest.raises(ProblemError) as raised:
        next(one for one in named if one.name == "表.json").read()
    assert "259" in raised.value.problems[0].text("zh")
