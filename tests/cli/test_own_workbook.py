"""The user's own workbook on the command line: --annotate, --into, apply."""

import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.into.compared import changed
from tests.into.test_blanks import blanks

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
DECLARATION = SAMPLES / "target-declaration" / "filing.txt"


def test_check_writes_the_copy_and_says_so(xltool, tmp_path):
    data = json.loads((SAMPLES / "self-evaluation" / "filing.json").read_text("utf-8"))
    data["sections"][0]["forms"][0]["indicators"][1]["score"] = 99
    (tmp_path / "filing.json").write_text(json.dumps(data), "utf-8")
    xltool("convert", tmp_path / "filing.json", "-o", tmp_path / "unit.xlsx")
    said = xltool("check", tmp_path / "unit.xlsx", "--annotate", tmp_path / "marked.xlsx")
    assert (1, True) == (said.code, f"findings written into {tmp_path / 'marked.xlsx'}" in said.talk)
    again = xltool("check", tmp_path / "marked.xlsx", "--annotate", tmp_path / "again.xlsx")
    assert said.out.replace("unit.xlsx", "") == again.out.replace("marked.xlsx", "")
    assert 2 == xltool("check", tmp_path / "unit.xlsx", "--annotate", tmp_path / "marked.xlsx").code


def test_check_of_several_files_writes_a_copy_of_each(xltool, tmp_path):
    said = xltool("check", SAMPLES / "self-evaluation" / "filing.json", SAMPLES / "target-declaration" / "filing.txt", "--annotate", tmp_path / "marked")
    assert said.code in (0, 1)
    assert 2 == len(list((tmp_path / "marked").rglob("*.xlsx")))


@pytest.fixture
def blank(tmp_path) -> Path:
    path = tmp_path / "bureau.xlsx"
    path.write_bytes(blanks["district"]().data)
    return path


def test_convert_fills_a_bureaus_blank(xltool, tmp_path, blank):
    said = xltool("convert", DECLARATION, "-o", tmp_path / "out.xlsx", "--into", blank)
    assert (0, True) == (said.code, (tmp_path / "out.xlsx").exists())
    assert ["填报说明", "申报表", "供水安全监管", "青棠市智慧河湖监测平台（二期）建设", "字典"] == load_workbook(tmp_path / "out.xlsx").sheetnames
    assert blank.read_bytes() == blanks["district"]().data
    back = xltool("convert", tmp_path / "out.xlsx", "-q")
    wanted = xltool("convert", DECLARATION, "-q")
    names = [[form["project"]["name"] for section in json.loads(one.out)["sections"] for form in section["forms"]] for one in (back, wanted)]
    assert names[0] == names[1]


def test_convert_fills_the_blank_once_for_each_source(xltool, tmp_path, blank):
    said = xltool("convert", DECLARATION, SAMPLES / "target-declaration" / "filing.json", "-o", tmp_path / "out", "--into", blank, "--jobs", "0")
    assert (0, 2) == (said.code, len(list((tmp_path / "out").glob("*.xlsx"))))
    again = xltool("convert", DECLARATION, SAMPLES / "target-declaration" / "filing.json", "-o", tmp_path / "out", "--into", blank, "--jobs", "0")
    assert "unchanged: 2" in again.talk


def test_what_deserves_a_look_is_said(xltool, tmp_path):
    (tmp_path / "bureau.xlsx").write_bytes(blanks["captions over two rows"]().data)
    data = json.loads((SAMPLES / "self-evaluation" / "filing.json").read_text("utf-8"))
    data["sections"][0]["forms"] = data["sections"][0]["forms"][:1]
    data["sections"][0]["forms"][0]["total"]["score"] = 12
    (tmp_path / "filing.json").write_text(json.dumps(data), "utf-8")
    said = xltool("convert", tmp_path / "filing.json", "-o", tmp_path / "out.xlsx", "--into", tmp_path / "bureau.xlsx")
    assert (0, True) == (said.code, "自评表 (2023)!J29: a formula stood here" in said.talk)
    many = xltool("convert", tmp_path / "filing.json", "-o", f"{tmp_path / 'out'}/", "--into", tmp_path / "bureau.xlsx", "--jobs", "0")
    assert (0, True) == (many.code, "自评表 (2023)!J29: a formula stood here" in many.talk)


@pytest.mark.parametrize("words", [("--stacked",), ("--to", "json")])
def test_into_goes_with_nothing_that_asks_for_another_file(xltool, tmp_path, blank, words):
    said = xltool("convert", DECLARATION, "-o", tmp_path / ("out.json" if "json" in words else "out.xlsx"), "--into", blank, *words)
    assert (2, True) == (said.code, "[into-alone]" in said.talk)


def test_into_names_a_workbook_and_not_json(xltool, tmp_path, blank):
    said = xltool("convert", DECLARATION, "-o", tmp_path / "out.json", "--into", blank)
    assert (2, True, False) == (said.code, "[into-alone]" in said.talk, (tmp_path / "out.json").exists())
    bare = xltool("convert", DECLARATION, "--into", blank)
    assert (2, True, b"") == (bare.code, "[out-needed]" in bare.talk, bare.data)


def test_forms_that_the_workbook_held_already_stay_and_are_named(xltool, tmp_path, blank):
    """申报表: three filled forms; a filing of one takes the place of the first."""
    xltool("convert", DECLARATION, "-o", tmp_path / "three.xlsx", "--into", blank)
    data = json.loads((SAMPLES / "target-declaration" / "filing.json").read_text("utf-8"))
    data["sections"] = [data["sections"][0] | {"forms": data["sections"][0]["forms"][:1]}]
    (tmp_path / "one.json").write_text(json.dumps(data), "utf-8")
    said = xltool("convert", tmp_path / "one.json", "-o", tmp_path / "out.xlsx", "--into", tmp_path / "three.xlsx")
    named = [line for line in said.talk.splitlines() if "[into-note-other]" in line]
    assert (0, 2, True) == (said.code, len(named), "«供水安全监管»" in named[0])
    empty = xltool("convert", tmp_path / "one.json", "-o", tmp_path / "first.xlsx", "--into", blank)
    assert "[into-note-other]" not in empty.talk


def test_a_blank_that_is_none_is_told_and_nothing_is_written(xltool, tmp_path):
    said = xltool("convert", DECLARATION, "-o", tmp_path / "out.xlsx", "--into", DECLARATION)
    assert (2, True, False) == (said.code, "[edit-kind]" in said.talk, (tmp_path / "out.xlsx").exists())


def test_apply_changes_a_workbook_in_place(xltool, tmp_path, blank):
    data = json.loads((SAMPLES / "target-declaration" / "filing.json").read_text("utf-8"))
    data["sections"] = data["sections"][:1]
    data["sections"][0]["forms"] = data["sections"][0]["forms"][:1]
    (tmp_path / "first.json").write_text(json.dumps(data), "utf-8")
    form = data["sections"][0]["forms"][0]
    form["project"]["unit"] = "改名的单位"
    del form["indicators"][3]
    (tmp_path / "then.json").write_text(json.dumps(data), "utf-8")
    xltool("convert", tmp_path / "first.json", "-o", tmp_path / "book.xlsx", "--into", blank)
    (tmp_path / "patch.json").write_bytes(xltool("diff", tmp_path / "book.xlsx", tmp_path / "then.json", "--json").data)
    said = xltool("apply", tmp_path / "patch.json", tmp_path / "book.xlsx", "-o", tmp_path / "new.xlsx")
    assert (0, 0) == (said.code, xltool("diff", tmp_path / "new.xlsx", tmp_path / "then.json").code)
    assert "xl/media/image1.png" not in changed((tmp_path / "book.xlsx").read_bytes(), (tmp_path / "new.xlsx").read_bytes())
    assert "改名的单位" == load_workbook(io.BytesIO((tmp_path / "new.xlsx").read_bytes()))["申报表"]["E5"].value
