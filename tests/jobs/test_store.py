"""A file is written whole or not at all: what stands there stays until the new one is complete, and nothing is left beside it."""

import errno
import os
import time
from pathlib import Path

import pytest

from xltool.jobs import store
from xltool.problems import ProblemError

PUTS = pytest.mark.parametrize("put", [store.store, lambda path, data, force=False: store.adopt(path, made(path, data), force)], ids=["store", "adopt"])


def made(path: Path, data: bytes) -> Path:
    """A file beside the path, as a program has made it."""
    (found := path.parent / "made").write_bytes(data)
    return found


def code(action) -> str:
    with pytest.raises(ProblemError) as raised:
        action()
    [one] = raised.value.problems
    return one.code


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@PUTS
def test_file_stands_there_and_nothing_beside_it(put, tmp_path):
    put(tmp_path / "out.xlsx", b"new")
    assert (["out.xlsx"], b"new") == (names(tmp_path), (tmp_path / "out.xlsx").read_bytes())


def test_folders_above_are_made(tmp_path):
    store.store(tmp_path / "a" / "b" / "out.xlsx", b"new")
    assert b"new" == (tmp_path / "a" / "b" / "out.xlsx").read_bytes()


@PUTS
def test_file_that_stands_there_is_replaced_by_force_alone(put, tmp_path):
    (out := tmp_path / "out.xlsx").write_bytes(b"old")
    assert "file-exists" == code(lambda: put(out, b"new"))
    assert b"old" == out.read_bytes()
    put(out, b"new", True)
    assert b"new" == out.read_bytes()


@PUTS
def test_file_that_came_meanwhile_stays(put, monkeypatch, tmp_path):
    """Between the first look and the last somebody else wrote it."""
    out, flush = tmp_path / "out.xlsx", os.fsync

    def fsync(number: int) -> None:
        flush(number)
        out.write_bytes(b"theirs")

    monkeypatch.setattr(os, "fsync", fsync)
    assert "file-exists" == code(lambda: put(out, b"new"))
    assert b"theirs" == out.read_bytes()
    assert {"out.xlsx"} == set(names(tmp_path)) - {"made"}


@pytest.mark.parametrize(("number", "expected"), [(errno.ENOSPC, "out-full"), (errno.EIO, "file-unwritable"), (errno.EACCES, "file-unwritable")])
def test_write_that_fails_leaves_nothing(number, expected, monkeypatch, tmp_path):
    def fsync(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fsync)
    assert expected == code(lambda: store.store(tmp_path / "out.xlsx", b"new"))
    assert [] == names(tmp_path)


def test_refusal_where_a_file_stands_may_be_a_program_that_has_it_open(monkeypatch, tmp_path):
    (out := tmp_path / "out.xlsx").write_bytes(b"old")

    def fsync(_: int) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(os, "fsync", fsync)
    assert "file-in-use" == code(lambda: store.store(out, b"new", True))
    assert (["out.xlsx"], b"old") == (names(tmp_path), out.read_bytes())


def test_fault_of_the_disk_is_no_program_that_has_the_file_open(monkeypatch, tmp_path):
    (out := tmp_path / "out.xlsx").write_bytes(b"old")

    def fsync(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fsync)
    assert "file-unwritable" == code(lambda: store.store(out, b"new", True))


def test_all_bytes_are_with_the_system_before_the_disk_is_asked_to_keep_them(monkeypatch, tmp_path):
    kept = []
    monkeypatch.setattr(os, "fsync", lambda number: kept.append(os.fstat(number).st_size))
    store.store(tmp_path / "out.xlsx", b"new")
    assert [3] == kept


@pytest.mark.parametrize("force", [False, True])
def test_folder_is_no_place_for_a_file(force, tmp_path):
    (tmp_path / "out.xlsx").mkdir()
    assert "file-unwritable" == code(lambda: store.store(tmp_path / "out.xlsx", b"new", force))
    assert ["out.xlsx"] == names(tmp_path)


def test_file_that_is_read_is_not_written_by_force_either(tmp_path):
    (source := tmp_path / "in.xlsx").write_bytes(b"old")
    read = store.identities([source, None, tmp_path / "nowhere"])
    assert 1 == len(read)
    assert "out-is-source" == code(lambda: store.check_free(tmp_path / "." / "in.xlsx", True, read))
    store.check_free(tmp_path / "other.xlsx", False, read)


def test_of_what_is_not_there_nothing_is_known(tmp_path):
    assert store.identity(tmp_path / "nowhere") is None


def test_behind_a_link_the_file_is_written_that_it_leads_to(tmp_path):
    (tmp_path / "own").mkdir()
    (real := tmp_path / "own" / "real.xlsx").write_bytes(b"old")
    link = tmp_path / "out.xlsx"
    try:
        link.symlink_to(real)
    except OSError:
        pytest.skip("this system makes no links")
    store.store(link, b"new", force=True)
    assert (True, b"new", ["real.xlsx"]) == (link.is_symlink(), real.read_bytes(), names(tmp_path / "own"))


def test_file_that_is_held_is_waited_for_longer_each_time(monkeypatch, tmp_path):
    """Waits of 1.55 seconds in all; without a number of Windows there is none."""
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)

    def replace(self: Path, target: Path) -> None:
        error = PermissionError(13, "in use")
        error.winerror = 32  # type: ignore[attr-defined,unused-ignore]
        raise error

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(PermissionError):
        store.rename(tmp_path / "made", tmp_path / "out.xlsx")
    assert [0.05, 0.1, 0.2, 0.4, 0.8] == waited
