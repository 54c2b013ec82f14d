"""`xltool convert --for`: the copy for an importer, and its preflight."""

import json

import pytest
from openpyxl import load_workbook


def test_the_copy_is_a_workbook_and_the_preflight_is_told(xltool, samples, tmp_path):
    out = tmp_path / "copy.xlsx"
    said = xltool("convert", samples / "target-declaration" / "filing.txt", "-o", out, "--for", "platform")
    assert (0, True) == (said.code, out.exists())
    assert "[upload-zero]" in said.talk
    again = xltool("convert", out, "--for", "platform", "-o", tmp_path / "again.xlsx", "--strict")
    assert (1, False) == (again.code, "[upload-name]" in again.talk)


def test_names_are_held_against_what_the_platform_holds(xltool, samples, tmp_path):
    filing = samples / "target-declaration" / "filing.json"
    other = json.loads(filing.read_text("utf-8"))
    item = other["sections"][0]["forms"][0]["indicators"][0]
    item["name"] += "（元）"
    (tmp_path / "stored.json").write_text(json.dumps(other, ensure_ascii=False), "utf-8")
    said = xltool("convert", filing, "-o", tmp_path / "copy.xlsx", "--for", "platform", "--against", tmp_path / "stored.json")
    assert (0, 1) == (said.code, said.talk.count("[upload-dropped]"))


def test_names_are_spelled_as_the_cells_of_the_platforms_workbook(xltool, samples, tmp_path):
    """The export writes a project as 农村供水 水质抽检费, an indicator as 抽检 水样数量: the copy has their blanks, byte for byte."""
    filing, export, copy = samples / "target-declaration" / "filing.json", tmp_path / "export.xlsx", tmp_path / "copy.xlsx"
    assert 0 == xltool("convert", filing, "-o", export).code
    book = load_workbook(export)
    told = {"农村供水水质抽检费": "农村供水 水质抽检费", "抽检水样数量": "抽检 水样数量"}
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value in told:
                    cell.value = told[cell.value]
    book.save(export)
    said = xltool("convert", filing, "-o", copy, "--for", "platform", "--against", export)
    assert (0, 0, 0) == (said.code, said.talk.count("[upload-dropped]"), said.talk.count("[upload-project]"))
    assert {f"«{there}»" for there in told.values()} == {line.partition("→ ")[2].partition(" [")[0] for line in said.talk.splitlines() if "[upload-spelled]" in line}
    written = {cell.value for sheet in load_workbook(copy).worksheets for row in sheet.iter_rows() for cell in row}
    assert set(told.values()) <= written
    assert not set(told) & {cell.value for row in load_workbook(copy).worksheets[-1].iter_rows() for cell in row}


def test_a_folder_is_prepared_file_by_file(xltool, samples, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("filing.txt", "filing.json"):
        (folder / name).write_bytes((samples / "target-declaration" / name).read_bytes())
    said = xltool("convert", folder, "-o", tmp_path / "out", "--for", "platform", "--json")
    files = json.loads(said.out)["files"]
    assert [True, True] == [any(note["code"] == "upload-zero" for note in one["notes"]) for one in files]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--for", "no-such"), "importer-unknown"),
        (("--against", "x.json"), "against-alone"),
        (("--for", "no.yaml"), "file-missing"),
        (("--for", "platform", "--against", "no.json"), "file-missing"),
    ],
)
def test_what_cannot_be_prepared_is_said(xltool, samples, tmp_path, words, code):
    out = tmp_path / "copy.xlsx"
    said = xltool("convert", samples / "target-declaration" / "filing.json", "-o", out, *words)
    assert (2, True, False) == (said.code, f"[{code}]" in said.talk, out.exists())


def test_a_copy_is_not_written_into_a_blank(xltool, samples, tmp_path):
    blank = tmp_path / "blank.xlsx"
    xltool("template", "target-declaration", "-o", blank)
    said = xltool("convert", samples / "target-declaration" / "filing.json", "-o", tmp_path / "a.xlsx", "--into", blank, "--for", "platform")
    assert (2, True) == (said.code, "[for-into]" in said.talk)
