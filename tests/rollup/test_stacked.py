"""The published container: what XlsxWriter would write of all forms at once, though it sees one at a time; proved a few at a time."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.rollup.made import filings
from xltool.filing import Entry, Filing, Section
from xltool.jobs import convert
from xltool.jobs.rollup import stacking
from xltool.jobs.rollup.run import Run, Wanted
from xltool.jobs.sources import find
from xltool.library import forms
from xltool.problems import ProblemError
from xltool.surfaces.rollup_writer import stacked
from xltool.surfaces.rollup_writer.cells import rests
from xltool.surfaces.rollup_writer.package import with_rows
from xltool.surfaces.rollup_writer.stacked import PART, Block, Stacked, cut
from xltool.surfaces.xlsx_writer.book import new_book

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def folder_of(folder: Path, units: int) -> Path:
    folder.mkdir()
    for name, document in filings(3, units).files.items():
        (folder / name).write_text(json.dumps(document, ensure_ascii=False, default=str), "utf-8")
    return folder


def roll(folder: Path, out: Path) -> Path:
    Run(find([str(folder)])[0], out, Wanted(stacked=True, checked=False), jobs=0).run()
    return out


@pytest.fixture(scope="module", params=[2, 12], ids=["sections in the properties", "sections that have no room there"])
def rolled(request, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("stacked")
    return roll(folder_of(folder / "in", request.param), folder / "out.xlsx")


def parts(package: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(package) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def told(found: dict[str, bytes]) -> Iterator[object]:
    """Everything that a sheet says, wherever its texts are kept; the spans of rows say nothing of their own."""
    shared = [list(one) for one in ET.fromstring(found.get("xl/sharedStrings.xml", b"<sst/>"))]
    for element in ET.fromstring(found[PART]):
        yield element.tag, element.attrib
        for one in element:
            yield one.tag, {name: said for name, said in one.attrib.items() if name != "spans"}
            for cell in one if element.tag == MAIN + "sheetData" else ():
                inside = list(cell)
                if cell.get("t") == "s":
                    inside = shared[int(cell.findtext(MAIN + "v", ""))]
                elif cell.get("t") == "inlineStr":
                    inside = list(inside[0])
                kind = "text" if cell.get("t") in ("s", "inlineStr") else cell.get("t")
                yield cell.get("r"), cell.get("s"), kind, [(part.tag, part.attrib, part.text) for part in inside]


def test_the_sheet_is_what_all_forms_written_at_once_are(rolled, tmp_path, monkeypatch):
    put, begin = Stacked.put, Stacked.begin
    sections: list[tuple[str, list[Entry]]] = []

    def begun(self: Stacked, title: str, form: str) -> None:
        sections.append((title, []))
        begin(self, title, form)

    def kept(self: Stacked, entry: Entry) -> None:
        sections[-1][1].append(entry)
        put(self, entry)

    monkeypatch.setattr(Stacked, "begin", begun)
    monkeypatch.setattr(Stacked, "put", kept)
    roll(rolled.parent / "in", tmp_path / "out.xlsx")
    filing = Filing(tuple(Section(title, tuple(entries)) for title, entries in sections))
    (tmp_path / "whole.xlsx").write_bytes(convert.render(filing, forms(), "xlsx", stacked=True))
    found, expected = parts(rolled), parts(tmp_path / "whole.xlsx")
    assert list(told(expected)) == list(told(found))
    for name in ("xl/styles.xml", "xl/workbook.xml", "docProps/custom.xml", "docProps/core.xml"):
        assert expected.get(name) == found.get(name)


def test_the_same_forms_are_the_same_bytes(rolled, tmp_path):
    assert roll(rolled.parent / "in", tmp_path / "again.xlsx").read_bytes() == rolled.read_bytes()


def test_the_sheet_forgets_each_form_once_its_rows_wait_on_the_disk(tmp_path, monkeypatch):
    put, held = Stacked.put, []

    def watched(self, entry):
        put(self, entry)
        held.append((len(self.sheet.table), len(self.sheet.row_info), len(self.sheet.merge), self.sheet.str_table.count))

    monkeypatch.setattr(Stacked, "put", watched)
    roll(folder_of(tmp_path / "in", 1), tmp_path / "out.xlsx")
    assert {(0, 0, 0, 0)} == set(held)


def test_rows_that_wait_on_the_disk_are_not_looked_for_in_memory(tmp_path):
    with (tmp_path / "a.xlsx").open("wb") as out:
        book = new_book(out)
        sheet = book.add_worksheet("汇总表")
        sheet.write_string(0, 0, "标题")
        sheet.dim_rowmax = 500
        rests(sheet)
        book.close()
    assert {0} == set(sheet.table)
    assert b"A1:A501" in parts(tmp_path / "a.xlsx")[PART]


@pytest.mark.parametrize("together", [2, 3, 100], ids=["two at once", "three at once", "all at once"])
def test_whatever_stands_beside_each_other_is_read_together(tmp_path, monkeypatch, together):
    seen = []

    def watched(written, blocks, most):
        for which, data in cut(written, blocks, most):
            seen.append(which)
            yield which, data

    monkeypatch.setattr(stacking, "TOGETHER", together)
    monkeypatch.setattr(stacking, "cut", watched)
    roll(folder_of(tmp_path / "in", 2), tmp_path / "out.xlsx")
    count = seen[-1].stop
    assert all(any({at, at + 1} <= set(which) for which in seen) for at in range(count - 1)) and count > 3
    assert max(map(len, seen)) <= together


@pytest.mark.parametrize("change", ["a figure", "a form fewer", "an other title"])
def test_a_form_that_reads_back_differently_is_refused_by_its_file(tmp_path, monkeypatch, change):
    put, begin = Stacked.put, Stacked.begin
    folder = folder_of(tmp_path / "in", 1)

    def spoiled(self, entry):
        if change == "a form fewer" and len(self.blocks) == 1:
            self.blocks.append(Block(0, 0, 0))
            return
        values = dict(entry.values)
        values["project.name"] += "二" if change == "a figure" and len(self.blocks) == 1 else ""
        put(self, type(entry)(entry.form, entry.title, values, entry.lists, entry.marks))

    monkeypatch.setattr(Stacked, "put", spoiled)
    monkeypatch.setattr(Stacked, "begin", lambda self, title, form: begin(self, title.replace("2024", "2025") if change == "an other title" else title, form))
    with pytest.raises(ProblemError, match=r"0000\.json .*workbook-verify"):
        roll(folder, tmp_path / "out.xlsx")
    assert [folder] == list(tmp_path.iterdir())


def test_a_text_that_no_cell_holds_is_named_by_its_file(tmp_path):
    folder = folder_of(tmp_path / "in", 1)
    (file,) = folder.iterdir()
    document = json.loads(file.read_text("utf-8"))
    document["sections"][0]["forms"][1]["project"]["name"] = "巡查\ufffe"
    file.write_text(json.dumps(document), "utf-8")
    with pytest.raises(ProblemError, match=r"0000\.json sections\[0\]\.forms\[1\]: project\.name: .*workbook-character") as raised:
        roll(folder, tmp_path / "out.xlsx")
    assert 1 == len(raised.value.problems) and not (tmp_path / "out.xlsx").exists()


@pytest.mark.parametrize("change", ["more rows", "a merge more", "more behind the merges", "other bytes"])
def test_a_sheet_of_more_than_its_forms_is_refused(tmp_path, monkeypatch, change):

    def spoiled(written, out, name, rows, behind):
        more = (b'<row r="99999"/>',) if change == "more rows" else ()
        last = (b"<mergeCells/>",) if change == "more behind the merges" else ()
        merges = list(behind)
        if change == "a merge more":
            merges.insert(-1, b'<mergeCell ref="A1:B2"/>')
        with_rows(written, out, name, iter((*rows, *more)), iter((*(() if last else merges), *last)))
        if change == "other bytes":
            found = out.read_bytes()
            out.write_bytes(found[:2000] + bytes(200) + found[2200:])

    monkeypatch.setattr(stacked, "with_rows", spoiled)
    with pytest.raises(ProblemError, match=r"workbook-verify|workbook-broken"):
        roll(folder_of(tmp_path / "in", 1), tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


def test_a_sheet_that_needs_more_rows_than_excel_has_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("xltool.surfaces.rollup_writer.cells.MOST_ROWS", 60)
    with pytest.raises(ProblemError, match="rollup-rows"):
        roll(folder_of(tmp_path / "in", 1), tmp_path / "out.xlsx")
