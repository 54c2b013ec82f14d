"""The files that words name, and the names of their results."""

import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltool.jobs.sources import Named, find, readable, results, several


@pytest.fixture
def folder(tmp_path) -> Path:
    for name in ("b.txt", "a.txt", "sub/c.txt", "~$a.xlsx", ".hidden", "sub/Thumbs.db", ".git/x"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    return tmp_path


def names(found: list[Named]) -> list[str]:
    return [one.inside.as_posix() for one in found]


def test_a_folder_by_name_without_lock_files_and_hidden_ones(folder):
    assert (["a.txt", "b.txt", "sub/c.txt"], []) == (names(find([str(folder)])[0]), find([str(folder)])[1])


def test_a_file_named_twice_is_read_once(folder):
    assert ["b.txt", "a.txt"] == names(find([str(folder / "b.txt"), str(folder / "*.txt")])[0])


def test_a_name_with_brackets_that_exists_is_no_pattern(folder):
    (folder / "a[1].txt").write_text("x")
    assert ["a[1].txt"] == names(find([str(folder / "a[1].txt")])[0])
    assert not several([str(folder / "a[1].txt")])


@pytest.mark.parametrize(
    ("files", "word", "wanted"),
    [
        pytest.param(["表[1]/a.txt", "表[1]/b.txt", "表1/c.txt"], "表[1]/*.txt", ["a.txt", "b.txt"], id="a folder with brackets"),
        pytest.param(["表[1].txt", "表[1]附.txt"], "表[1]*.txt", ["表[1].txt", "表[1]附.txt"], id="names with brackets"),
        pytest.param(["表1.txt", "表2.txt", "表[1].txt"], "表[12].txt", ["表1.txt", "表2.txt"], id="brackets that fit something"),
        pytest.param(["表[1]/a1.txt", "表[1]/a2.txt"], "表[1]/a[12].txt", ["a1.txt", "a2.txt"], id="one of each"),
        pytest.param(["下载[1]/深/a.txt"], "下载[1]/**/*.txt", ["a.txt"], id="two stars below brackets"),
    ],
)
def test_brackets_in_names_are_no_pattern(tmp_path, monkeypatch, files, word, wanted):
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert (wanted, wanted) == (names(find([word])[0]), names(find([str(tmp_path / word)])[0]))


def test_two_stars_go_down(folder):
    assert ["a.txt", "b.txt", "c.txt"] == sorted(names(find([str(folder / "**" / "*.txt")])[0]))


def test_what_names_nothing_is_a_problem(folder):
    (folder / "empty").mkdir()
    found, faults = find([str(folder / "zz.txt"), str(folder / "*.zz"), str(folder / "empty")])
    assert [] == found
    assert ["file-missing", "nothing-to-read", "nothing-to-read"] == [one.code for one in faults]  # a pattern that matches nothing


@pytest.mark.parametrize(
    ("words", "more"),
    [(["a.txt"], False), (["-"], False), (["a.txt", "b.txt"], True), (["*.txt"], True)],
)
def test_what_may_be_several(words, more):
    assert more == several(words)


@pytest.mark.parametrize(
    ("paths", "wanted"),
    [
        pytest.param(["x/a.txt", "y/b.txt"], ["a.json", "b.json"], id="names that differ need no folders"),
        pytest.param(["x/a.txt", "y/a.txt"], ["x/a.json", "y/a.json"], id="equal names keep their folders"),
        pytest.param(["x/a.txt", "x/a.md"], ["a.txt.json", "a.md.json"], id="equal but for the suffix"),
        pytest.param(["x/a.txt", "x/A.TXT"], ["a.txt.json", "A.TXT(2).json"], id="equal on Windows"),
        pytest.param(["x/1.2.txt", "x/1.3.txt"], ["1.2.json", "1.3.json"], id="points in names"),
    ],
)
def test_results_are_told_apart(tmp_path, paths, wanted):
    given_ = [Named(tmp_path / path, Path(Path(path).name)) for path in paths]
    assert wanted == [way.as_posix() for way in results(given_, [".json"] * len(given_))]


@pytest.mark.parametrize("letter", ["甲", "a", "😀"])
def test_a_long_name_is_cut_and_stays_different(tmp_path, letter):
    """Systems take 255 bytes; a suffix longer than the source's would go beyond."""
    stem = letter * (248 // len(letter.encode()))
    given_ = [Named(tmp_path / f"{stem}{end}.txt", Path(f"{stem}{end}.txt")) for end in "12"]
    made = results(given_, [".xlsx"] * 2)
    assert made[0] != made[1]
    assert all(len(way.name.encode()) <= 240 and way.suffix == ".xlsx" for way in made)
    assert made == results(given_, [".xlsx"] * 2)


@pytest.mark.skipif(os.name == "nt", reason="names on Windows are characters, no bytes")
def test_names_in_the_gbk_of_windows_are_read_as_characters():
    """A folder unpacked on Linux from a Chinese Windows has names that are no UTF-8."""
    raw = os.fsdecode("水务局 绩效.txt".encode("gb18030"))
    assert "水务局 绩效.txt" == Named(Path(raw), Path(raw)).name
    assert ["水务局.txt", "水务局.txt"] == [readable("水务局.txt"), readable(os.fsdecode("水务局.txt".encode("gb18030")))]


@pytest.mark.skipif(os.name == "nt", reason="names on Windows are characters, no bytes")
def test_a_name_in_two_encodings_makes_two_results():
    given_ = [Named(Path(name), Path("水务局.txt")) for name in ("水务局.txt", os.fsdecode("水务局.txt".encode("gb18030")))]
    assert ["水务局.txt.json", "水务局.txt(2).json"] == [way.as_posix() for way in results(given_, [".json"] * 2)]


def test_members_of_two_archives_keep_their_archives_apart(tmp_path):
    given_ = [Named(tmp_path / f"{zipped}.zip", Path(zipped, "a.txt"), "a.txt") for zipped in ("x", "y")]
    given_.append(Named(tmp_path / "z" / "x.zip", Path("x", "a.txt"), "a.txt"))
    assert ["x/a.json", "y/a.json", "z/x/a.json"] == [way.as_posix() for way in results(given_, [".json"] * 3)]


parts = st.lists(st.sampled_from(["a", "b", "A", "a.txt", "b.md"]), min_size=1, max_size=3)


@given(st.lists(parts, min_size=1, max_size=6, unique_by=lambda way: "/".join(way).casefold()))
def test_no_two_results_are_the_same(ways):
    given_ = [Named(Path("/in", *way), Path(way[-1])) for way in ways]
    made = [way.as_posix().casefold() for way in results(given_, [".json"] * len(given_))]
    assert len(set(made)) == len(made)


def test_stdin_says_what_it_begins_with_before_and_after_it_is_read(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(b"one"))))
    stdin = Named(None, Path("stdin"))
    assert [b"one", b"one", b"one", b"one"] == [stdin.head(), stdin.read(), stdin.head(), stdin.read()]
