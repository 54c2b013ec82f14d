"""An archive of filings is a folder: names as people gave them, nothing outside it, nothing beyond its budget."""

import io
import zipfile
from pathlib import Path

import pytest

from xltool.jobs import zipped
from xltool.jobs.convert import Wanted, plan, run
from xltool.jobs.reading import forms_of
from xltool.jobs.sources import find, several
from xltool.problems import ProblemError

FORMS = forms_of()


def made(path: Path, files: dict[str, bytes]) -> Path:
    """An archive of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    path.write_bytes(stream.getvalue())
    return path


def test_the_files_of_an_archive_are_those_of_a_folder(tmp_path):
    path = made(tmp_path / "各单位.zip", {"b.txt": b"x", "水务局/a.txt": b"y", "__MACOSX/a.txt": b"", "~$b.xlsx": b"", "空/": b""})
    found, faults = find([str(path)])
    assert (["各单位/b.txt", "各单位/水务局/a.txt"], []) == ([one.inside.as_posix() for one in found], faults)
    assert ([b"x", b"y"], ["b.txt", "a.txt"]) == ([one.read() for one in found], [one.name for one in found])
    assert several([str(path)])


def test_names_in_GBK_are_decoded():
    entry = zipfile.ZipInfo("水务局/目标表.txt".encode("gbk").decode("cp437"))
    assert "水务局/目标表.txt" == zipped._decoded(entry)
    entry = zipfile.ZipInfo("水务局.txt".encode().decode("cp437"))
    assert "水务局.txt" == zipped._decoded(entry)


@pytest.mark.parametrize("name", ["../a.txt", "a/../../b.txt", "/etc/a.txt", "C:/a.txt", "..\\a.txt"])
def test_a_path_that_leads_out_is_refused_and_the_rest_is_read(tmp_path, name):
    path = made(tmp_path / "a.zip", {name: b"x", "b.txt": b"y"})
    found, faults = find([str(path)])
    assert (["a/b.txt"], ["zip-path"]) == ([one.inside.as_posix() for one in found], [one.code for one in faults])


@pytest.mark.parametrize(
    ("inner", "way"),
    [
        pytest.param("con.txt", "_con.txt", id="a device of Windows"),
        pytest.param("资料./NUL/a.txt", "资料/_NUL/a.txt", id="a folder that ends in a point, and a device"),
        pytest.param('第1稿?"a"|b*.txt', "第1稿？＂a＂｜b＊.txt", id="marks that Windows forbids"),
        pytest.param("a:b.txt", "a：b.txt", id="a colon, which would name a stream"),
        pytest.param(f"{'长' * 80}.txt", f"{'长' * 80}.txt", id="a long name keeps its suffix"),
    ],
)
def test_names_that_windows_refuses_are_altered(tmp_path, inner, way):
    found, faults = find([str(made(tmp_path / "a.zip", {f"x/{inner}": b"x"}))])
    assert ([f"a/x/{way}"], [], b"x") == ([one.inside.as_posix() for one in found], faults, found[0].read())


def test_an_archive_that_inflates_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("XLTOOL_BUDGETS", "archive=1")
    path = made(tmp_path / "a.zip", {"a.txt": b" " * 2_000_000})
    assert ["zip-bomb"] == [one.code for one in find([str(path)])[1]]


def test_a_damaged_archive_is_named(tmp_path):
    path = made(tmp_path / "a.zip", {"a.txt": b"x" * 2000, "b.txt": b"y"})
    data = bytearray(path.read_bytes())
    data[36:44] = b"\xff" * 8
    path.write_bytes(data)
    found, _ = find([str(path)])
    codes = []
    for one in found:
        try:
            one.read()
        except ProblemError as error:
            codes.extend(problem.code for problem in error.problems)
    assert ["zip-broken"] == codes


@pytest.mark.parametrize("inner", ["xl/workbook.xml", "word/document.xml", "content.xml", "OFD.xml", "[Content_Types].xml"])
def test_an_office_package_is_a_file(tmp_path, inner):
    assert not zipped.is_folder(made(tmp_path / "a.zip", {inner: b"x"}))


def test_an_office_package_is_a_file_wherever_the_part_stands_that_tells_it(tmp_path):
    assert not zipped.is_folder(made(tmp_path / "a.zip", {"docProps/app.xml": b"x", "xl/workbook.xml": b"x"}))


@pytest.mark.parametrize("inner", ["mimetypes.csv", "[Content_Types].xml.txt", "xlsx/a.xlsx", "mimetyp"])
def test_an_archive_whose_first_file_is_called_nearly_like_a_part_is_a_folder(tmp_path, inner):
    assert zipped.is_folder(made(tmp_path / "a.zip", {inner: b"x"}))


def test_an_archive_is_converted_file_by_file(samples, tmp_path):
    files = {f"{form}/filing.txt": (samples / form / "filing.txt").read_bytes() for form in ("target-declaration", "self-evaluation")}
    path = made(tmp_path / "filings.zip", files)
    tasks, faults = plan([str(path)], str(tmp_path / "out"), Wanted("json"))
    assert ([], ["filings/self-evaluation/filing.json", "filings/target-declaration/filing.json"]) == (faults, [task.out.relative_to(tmp_path / "out").as_posix() for task in tasks if task.out])
    assert [(), ()] == [run(task, FORMS).problems for task in tasks]
