"""Each hazard as a small file through the command line, in a process of its own: one sentence, in time, within memory."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.hazards.altered import packed, unpacked
from tests.hazards.readers import read_mapping, reader
from tests.hazards.seeds import ROOT, seed
from tests.pdf.paper import Leaf, pdf
from tests.surfaces.test_ods import cell, row
from tests.surfaces.test_ods import made as ods
from tests.surfaces.test_spreadsheet_ml import made as spreadsheet_ml
from tests.word.made import document_of
from xltool.budgets import MB, limit
from xltool.problems import ProblemError
from xltool.surfaces import xlsx_reader
from xltool.surfaces.xlsx_reader.merges import merges

SHEET = "xl/worksheets/sheet1.xml"
PROCESSOR, MEMORY = 6, 200
"""Seconds of processor time and MB for one file, the start of the program included."""
ELSEWHERE = {
    "formula injection": ("surfaces/test_xlsx_writer.py", "test_no_workbook_of_ours_holds_a_formula"),
    "formula without a result": ("surfaces/test_xlsx_reader.py", "test_a_formula_without_a_result_is_a_cell_without_text"),
    "an archive that inflates without end": ("jobs/test_zipped.py", "test_an_archive_that_inflates_too_much_is_refused"),
    "a bomb that lies about its size": ("surfaces/test_xlsx_reader.py", "test_a_bomb_that_lies_about_its_size_is_refused_while_inflating"),
    "workbooks by other names": ("jobs/test_kinds.py", "test_"),
    "names": ("test_safe_names.py", "test_"),
    "characters that no cell holds": ("surfaces/test_xlsx_writer.py", "test_text_that_no_cell_holds_is_named_by_its_path"),
    "YAML": ("test_yamlfile.py", "test_"),
    "text of no encoding": ("test_text_file.py", "test_what_is_no_text"),
    "drawing without end": ("surfaces/test_pdf.py", "test_hostile_file_is_refused_with_its_reason_at_once"),
    "disk full": ("cli/test_convert.py", "test_a_write_that_breaks_leaves_the_old_file_and_nothing_else"),
    "killed half-way": ("cli/test_batch.py", "test_a_run_that_is_broken_off_leaves_whole_files_and_the_next_does_the_rest"),
    "a file half-written": ("jobs/test_batch.py", "test_half_a_file_of_a_killed_run_is_swept_and_one_that_is_being_written_is_not"),
}
"""Hazards whose tests stand by what they are about."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the program said of a file, and what it cost: seconds of processor time, MB at the most."""

    code: int
    talk: str
    seconds: float
    memory: float


def convert(path: Path, *more: str) -> Said:
    """``xltool convert FILE`` in a process of its own. Its peak memory is known on Linux only; elsewhere it is 0."""
    code = (
        "import re, sys, time, pathlib; from xltool.cli import main; ended = main(sys.argv[1:]);"
        "status = pathlib.Path('/proc/self/status'); peak = re.search('VmHWM:\\s*(\\d+)', status.read_text())[1] if status.exists() else 0;"
        "print(time.process_time(), int(peak) / 1024, file=sys.stderr); sys.exit(ended)"
    )
    environment = os.environ | {"XLTOOL_LANG": "en", "PYTHONIOENCODING": "utf-8", "RUST_BACKTRACE": "0"}
    done = subprocess.run([sys.executable, "-c", code, "convert", str(path), *more], capture_output=True, encoding="utf-8", env=environment, cwd=ROOT)
    *lines, costs = done.stderr.splitlines()
    seconds, memory = map(float, costs.split())
    return Said(done.returncode, "\n".join(lines), seconds, memory)


def workbook(cells: str = "", merges: str = "", before: str = "", **parts: bytes) -> bytes:
    """The seed's workbook with another sheet."""
    sheet = f'{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>{cells}</sheetData>{merges}</worksheet>'
    return packed({**unpacked(seed("xlsx")), SHEET: sheet.encode(), **parts})


def merged(*references: str) -> str:
    return "<mergeCells>" + "".join(f'<mergeCell ref="{one}"/>' for one in references) + "</mergeCells>"


def text_at(*places: str) -> str:
    """A row each with a text."""
    return "".join(f'<row r="{re.sub("[A-Z]", "", at)}"><c r="{at}" t="str"><v>a</v></c></row>' for at in places)


DTD = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
HAZARDS = {
    "a workbook that inflates without end": (lambda: workbook(" " * (limit("inflated") + 1)), "workbook-bomb", "inflated"),
    "an .ods that inflates without end": (lambda: ods(" " * (limit("streamed") + 1)), "workbook-bomb", "streamed"),
    "a document that inflates without end": (lambda: document_of(" " * (limit("inflated") + 1)), "document-bomb", "inflated"),
    "an archive of a member that is too large": (lambda: packed({"a.txt": b" " * (limit("file_size") + 1)}), "zip-bomb", "file-size"),
    "a workbook of too many parts": (lambda: packed({**unpacked(seed("xlsx")), **{f"xl/{n}": b"" for n in range(limit("members"))}}), "archive-members", "members"),
    "one merge over a sheet": (lambda: workbook(text_at("A1"), merged("A1:XFD500")), "no-form", ""),
    "merges over merges": (lambda: workbook(text_at("A1", "ZZ1400"), merged(*["A1:ZZ1400"] * 10)), "workbook-merges", "merged"),
    "a text far out": (lambda: workbook(text_at("A1", "XFD1048576")), "workbook-range", "used-range"),
    "a styled cell far out": (lambda: workbook('<row r="1048576"><c r="XFD1048576" s="1"/></row>'), "no-form", ""),
    "an .ods cell repeated over the sheet": (lambda: ods(row(cell("<text:p>a</text:p>", table__number_columns_repeated=16384), repeated=1048576)), "workbook-squares", "squares"),
    "a document type in a workbook": (lambda: workbook(before=DTD), "workbook-dtd", ""),
    "a document type in an .ods": (lambda: packed({**unpacked(seed("ods")), "content.xml": DTD.encode() + b"<x>&b;</x>"}), "workbook-dtd", ""),
    "a document type in SpreadsheetML": (lambda: spreadsheet_ml("").replace(b"<Workbook", DTD.encode() + b"<Workbook", 1), "workbook-dtd", ""),
    "a document type in a document": (lambda: packed({**unpacked(seed("docx")), "word/document.xml": DTD.encode() + b"<x>&b;</x>"}), "document-dtd", ""),
    "elements in elements": (lambda: spreadsheet_ml("<Row>" * 100_000), "xml-depth", "depth"),
    "tables in tables of a document": (lambda: document_of("<w:tbl><w:tr><w:tc>" * 9_999), "document-depth", "nested-tables"),
    "a page of elements in elements": (lambda: b"<html>" + b"<div>" * 300_000, "html-depth", "depth"),
    "a page of elements that a slash does not end": (lambda: b"<html><table><tr><td>" + b"<w:p/>" * 5_000, "html-depth", "depth"),
    "a page whose attributes look like tags": (lambda: b"<html><table><tr><td>" + b'<div a="<">' * 50_000, "html-depth", "depth"),
    "a page whose comments look like ends": (lambda: b"<html><table><tr><td>" + b"<div><!--</div>-->" * 50_000, "html-depth", "depth"),
    "a page whose scripts look like ends": (lambda: b"<html><table><tr><td>" + b"<div><script></div></script>" * 50_000, "html-depth", "depth"),
    "a page whose titles of drawings look like scripts": (lambda: b"<html><table><tr><td><svg><style>" + b"<div>" * 300_000, "html-depth", "depth"),
    "a page of a tag of attributes without end": (lambda: b"<html><table><tr><td " + b" ".join(b"a%d=1" % n for n in range(300_000)) + b">", "html-tangled", ""),
    "a page of attributes in tags that are one": (lambda: b"<html><table><tr><td>" + b"".join(b"<body a%d=1>" % n for n in range(100_000)), "html-tangled", ""),
    "a page of options without end": (lambda: b"<html><table><tr><td><select>" + b"<option>" * 300_000, "html-tangled", ""),
    "a page of fonts left open": (lambda: b"<html><table><tr><td>" + b"".join(b"<b a=%d>" % n for n in range(150)) + b"<p>x" * 300_000, "html-tangled", ""),
    "a page of one endless tag": (lambda: b"<html><table><tr><td><a" + b"a" * 2_000_000, "no-form", ""),
    "a page that is too large": (lambda: b"<html><table>" + b" " * limit("html_size"), "file-text", "html-size"),
    "a page of too many cells": (lambda: b"<html><table>" + b"<tr><td>" * limit("html_cells") + b"<td>", "workbook-squares", "html-cells"),
    "a web archive of too many parts": (lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\nContent-Type: text/html\r\n\r\n\r\n" * limit("mht_parts"), "archive-members", "mht-parts"),
    "values by the million": (lambda: b"a,b,c,d,e\n" * (limit("squares") // 5 + 1), "workbook-squares", "squares"),
    "one endless line": (lambda: "甲".encode() * (33 * MB), "file-text", "text"),
    "a text larger than any file": (lambda: b" " * (limit("file_size") + 1), "file-large", "file-size"),
    "JSON in brackets without end": (lambda: b"[" * MB, "json-depth", "json-depth"),
    "JSON of empty lists": (lambda: b"[" + b"[]," * (limit("json_values") // 2 + 1) + b"1]", "json-values", "json-values"),
    "JSON that is too large": (lambda: b"[" + b" " * limit("json_size"), "file-text", "json-size"),
    "a PDF of digits without end": (lambda: seed("pdf") + b"0" * MB, "", ""),
    "a PDF page larger than any paper": (lambda: pdf([Leaf(99_999_999, 842, "")]), "pdf-size", ""),
    "an encrypted workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le"), "file-encrypted", ""),
}  # fmt: skip
"""The file, the code of the one sentence that it gets (none: it is read) and the budget that the sentence names."""


@pytest.mark.parametrize("hazard", HAZARDS)
def test_a_hazard_is_one_sentence_in_time_and_within_memory(hazard, tmp_path):
    make, code, budget = HAZARDS[hazard]
    path = tmp_path / "件.bin"
    path.write_bytes(make())
    said = convert(path, *(("-o", str(tmp_path / "out")) if code == "zip-bomb" else ()))
    assert said.seconds < PROCESSOR
    assert said.memory < MEMORY
    if not code:
        assert 0 == said.code
        return
    [sentence] = [line for line in said.talk.splitlines() if line.endswith("]")]
    assert (2, True, f"[{code}]") == (said.code, "件.bin" in sentence, sentence[-len(code) - 2 :])
    assert (f"--budget {budget}=N raises it" in sentence) == bool(budget)


@pytest.mark.parametrize("hazard", ELSEWHERE)
def test_a_hazard_that_is_tested_elsewhere_is_tested_there(hazard):
    file, test = ELSEWHERE[hazard]
    assert f"\ndef {test}" in (ROOT / "tests" / file).read_text("utf-8")


@pytest.mark.parametrize(
    ("far", "code"),
    [
        pytest.param('<c t="str" r="XFD1048576"><v>a</v></c>', "workbook-range", id="the place as the last attribute"),
        pytest.param("<c r='XFD1048576' t='str'><v>a</v></c>", "workbook-range", id="single quotes"),
        pytest.param('<c r = "XFD1048576" t="str"><v>a</v></c>', "workbook-range", id="blanks around ="),
        pytest.param('<c\tr="XFD1048576"\nt="str"><v>a</v></c>', "workbook-range", id="other blanks between attributes"),
        pytest.param('<c q=">" r="XFD1048576" t="str"><v>a</v></c>', "workbook-range", id="a bracket in an attribute"),
        pytest.param('<c r="XFD1048576" q="/>" t="str"><v>a</v></c>', "workbook-range", id="an attribute that looks like an end"),
        pytest.param('<c r="xfd1048576" t="str"><v>a</v></c>', "workbook-range", id="small letters"),
        pytest.param('<c r="Dnumber7" t="str"><v>a</v></c>', "workbook-broken", id="a place that is none"),
        pytest.param('</row><row r="4294967295"><c t="str"><v>a</v></c>', "workbook-range", id="a row far out, a cell that says no place"),
        pytest.param('<c r="XFC2" t="str"/></row><row r="9999"><c r="XFC9999" t="str"/><c t="str"><v>a</v></c>', "workbook-range", id="behind an empty cell far out"),
        pytest.param('<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="XFD1048576" t="str"><v>a</v></x:c>', "workbook-range", id="a prefix"),
    ],
)
def test_a_cell_far_out_is_seen_however_it_is_written(far, code):
    """Found by the fuzzer: a parser that lays such a range out ends the whole process for want of memory."""
    with pytest.raises(ProblemError) as refused:
        xlsx_reader.read(workbook(text_at("A1") + f'<row r="2">{far}</row>'), "a.xlsx")
    assert [code] == [one.code for one in refused.value.problems]


@pytest.mark.parametrize(
    ("kind", "part", "word"),
    [
        pytest.param("xlsx", "xl/vbaProject.bin", "宏", id="macros of a workbook"),
        pytest.param("xlsx", "xl/externalLinks/externalLink1.xml", "外部链接", id="a link to another workbook, or DDE"),
        pytest.param("xlsx", "xl/embeddings/oleObject1.bin", "嵌入", id="an OLE object"),
        pytest.param("xlsx", "xl/activeX/activeX1.xml", "嵌入", id="a control"),
        pytest.param("xlsb", "xl/vbaProject.bin", "宏", id="macros of an .xlsb"),
        pytest.param("docx", "word/vbaProject.bin", "宏", id="macros of a document"),
        pytest.param("docx", "word/embeddings/Microsoft_Excel_Sheet.xlsx", "嵌入", id="a workbook inside a document"),
    ],
)
def test_what_runs_or_fetches_is_named_and_never_copied(kind, part, word, tmp_path):
    path = tmp_path / f"a.{kind}"
    path.write_bytes(packed({**unpacked(seed(kind)), part: b"<x/>"}))
    out = tmp_path / "b.xlsx"
    said = convert(path, "-o", str(out))
    assert (0, True) == (said.code, any(part in line and word in line for line in said.talk.splitlines()))
    assert not any("vba" in one or "external" in one or "embed" in one or "activeX" in one for one in zipfile.ZipFile(out).namelist())


def test_a_blank_of_too_many_merges_is_refused(monkeypatch):
    monkeypatch.setenv("XLTOOL_BUDGETS", "merges=2")
    with pytest.raises(ProblemError) as refused:
        merges(workbook(text_at("A1"), merged("A1:B1", "A2:B2", "A3:B3")), "a.xlsx")
    assert ["workbook-merges-many"] == [one.code for one in refused.value.problems]


def test_an_encoding_that_is_none_is_a_damaged_workbook(tmp_path):
    """Found by the fuzzer: the XML parser asks for the codec by name and raises what no parser's error is."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(packed({**unpacked(seed("xlsx")), "docProps/custom.xml": b'<?xml version="1.0" encoding="UTO-8"?><x/>'}))
    assert convert(path).talk.endswith("[workbook-broken]")


def test_a_row_of_marks_without_end_is_no_row(tmp_path):
    """Found by stretched files: pieces of a run are read one inside the other."""
    path = tmp_path / "a.txt"
    path.write_bytes(seed("txt") + b"- " * 5_000)
    assert 0 == convert(path).code


def test_a_word_of_colons_without_end_is_read_in_time():
    began = time.process_time()
    assert reader("txt")(seed("txt") + b":" * 40_000)
    assert time.process_time() - began < 3


def test_a_path_of_dots_without_end_is_refused_in_time():
    text = seed("yaml").decode()
    key = "funding.annual.carried_over"
    assert key in text
    began = time.process_time()
    with pytest.raises(ProblemError):
        read_mapping(text.replace(key, "funding.annual.ca" + "." * 200_000 + "rried_over", 1).encode())
    assert time.process_time() - began < 3


def test_a_budget_is_raised_by_a_flag_and_by_the_environment(tmp_path, monkeypatch):
    path = tmp_path / "a.json"
    path.write_bytes(seed("json"))
    assert 2 == convert(path, "--budget", "json-depth=3").code
    monkeypatch.setenv("XLTOOL_BUDGETS", "json-depth=3")
    assert 2 == convert(path).code
    assert 0 == convert(path, "--budget", "json-depth=24").code


@pytest.mark.parametrize(
    ("word", "code"),
    [
        pytest.param("inflate=3", "budget-unknown", id="no such budget"),
        pytest.param("inflated=0", "budget-value", id="nothing"),
        pytest.param("inflated=-3", "budget-value", id="less than nothing"),
        pytest.param("inflated=1e9", "budget-value", id="no whole number"),
        pytest.param("inflated", "budget-value", id="no value"),
    ],
)
def test_a_wrong_budget_is_refused(word, code, tmp_path):
    said = convert(tmp_path / "a.json", "--budget", word)
    assert (2, True) == (said.code, said.talk.endswith(f"[{code}]"))


def test_two_writers_of_one_file_leave_one_whole_file(tmp_path):
    """Both read the same source; the one that comes second finds the file there, or replaces it whole by --force."""
    source, out = tmp_path / "a.txt", tmp_path / "b.json"
    source.write_bytes(seed("txt"))
    command = [sys.executable, "-m", "xltool", "convert", str(source), "-q", "--force", "-o", str(out)]
    both = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]
    assert [0, 0] == [one.wait() for one in both]
    assert out.read_bytes().endswith(b"}\n")
    assert ["a.txt", "b.json"] == sorted(one.name for one in tmp_path.iterdir())
