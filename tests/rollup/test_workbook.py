"""The workbook of a rollup: what it says is what was planted, every figure leads to where it comes from, LibreOffice works it out alike."""

import json
import os
import random
import re
import time
import zipfile
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import Cell, MergedCell
from python_calamine import CalamineWorkbook

from tests.rollup.made import Made, filings
from xltool.canonical import differences, from_json
from xltool.filing import Filing, Scalar, Section
from xltool.jobs import convert, reading
from xltool.jobs.batch import STALE
from xltool.jobs.rollup.assembling import Assembled
from xltool.jobs.rollup.run import Run, Wanted, sweep
from xltool.jobs.sources import find
from xltool.library import forms
from xltool.problems import ProblemError
from xltool.surfaces import xlsx_writer
from xltool.surfaces.rollup_writer import cells, package, parts, register

FAMILY = {"target-declaration": "declaration", "self-evaluation": "evaluation"}
BROKEN, COPY = "zz-broken.xlsx", "zz-copy.xlsx"


SAMPLE = Path(__file__).parents[2] / "samples" / "target-declaration" / "filing.json"


@dataclass(frozen=True)
class Rolled:
    """A folder of filings, what was planted in it, and its rollup."""

    folder: Path
    made: Made
    out: Path
    rolled: Assembled


def roll(source: Path | list[Path], out: Path, jobs: int = 0, **wanted) -> Assembled:
    words = [str(one) for one in (source if isinstance(source, list) else [source])]
    return Run(find(words)[0], out, Wanted(**{"checked": False, "force": True} | wanted), jobs=jobs).run()


def folder_of(made: Made, folder: Path) -> Path:
    folder.mkdir()
    for name, document in made.files.items():
        filing = from_json(json.loads(json.dumps(document, default=str), parse_float=Decimal), forms())
        (folder / name).with_suffix(".xlsx").write_bytes(xlsx_writer.write(filing, forms()))
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Rolled:
    """Some twenty units: every kind of plant, with self-evaluations."""
    place = tmp_path_factory.mktemp("small")
    made = filings(seed=2, units=22)
    folder = folder_of(made, place / "units")
    return Rolled(folder, made, place / "out.xlsx", roll(folder, place / "out.xlsx", checked=True, expected=tuple(made.expected)))


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Rolled:
    """Two hundred units, with a file that is broken and one that was sent twice."""
    place = tmp_path_factory.mktemp("large")
    made = filings(seed=1, units=200)
    folder = folder_of(made, place / "units")
    (folder / BROKEN).write_bytes(b"PK\x03\x04 no workbook")
    (folder / COPY).write_bytes((folder / "0000.xlsx").read_bytes())
    return Rolled(folder, made, place / "out.xlsx", roll(folder, place / "out.xlsx", jobs=2, forms=False, expected=tuple(made.expected)))


def rows_of(out: Path, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(out).get_sheet_by_name(sheet).to_python()


# ---------------------------------------------------------------- two hundred units


def test_every_plant_is_found_and_nothing_else(large):
    """A file sent twice adds a double of each of its forms, which is what it is."""
    rows = large.rolled.rollup.rows
    spot = {row.number: (row.signature.where.file.replace(".xlsx", ".json"), row.signature.where.number) for row in rows}
    found = {(one.kind, one.certainty, frozenset(spot[row] for row in one.rows), spot[one.head] if one.kind == "parent" else None) for one in large.rolled.rollup.relations}
    copied = {one for one in found if any(file == COPY.replace(".xlsx", ".json") for file, _ in one[2])}
    planted = {(one.kind, one.certainty, one.forms, one.head) for one in large.made.planted}
    assert found - copied == {one for one in planted if not any(file == "0000.json" for file, _ in one[2])}
    assert {one[0] for one in copied} == {"twice"}
    assert len(copied) == len(large.made.files["0000.json"]["sections"][0]["forms"])


def test_the_totals_equal_an_independent_sum(large):
    copied = sum(Decimal(str(form["funding"]["annual"]["total"])) * (10000 if form.get("money_unit") == "万元" else 1) for form in large.made.files["0000.json"]["sections"][0]["forms"])
    net = {(one.family, one.year): one.total.net["amount"] for one in large.rolled.rollup.registers}
    gross = {(one.family, one.year): one.total.gross["amount"] for one in large.rolled.rollup.registers}
    assert net == {(FAMILY[form], year): amount for (form, year), amount in large.made.net.items()}
    assert gross == {(FAMILY[form], year): amount + (copied if form == "target-declaration" else 0) for (form, year), amount in large.made.gross.items()}


def test_a_broken_file_is_a_row_of_the_ledger(large):
    [row] = [row for row in rows_of(large.out, "来源台账") if row[1] == BROKEN]
    assert row[3] == "读不出"
    assert row[12]


def test_a_file_that_came_twice_is_named(large):
    row = next(row for row in rows_of(large.out, "来源台账") if row[1] == COPY)
    assert "0000.xlsx" in str(row[12])


def test_who_sent_nothing_and_who_was_not_asked_stands_in_the_workbook(large):
    rows = rows_of(large.out, "报送情况")
    assert {row[1] for row in rows if row[2] == "未报"} == large.made.missing
    assert {row[3] for row in rows if row[2] == "名单外"} == large.made.unexpected


# ---------------------------------------------------------------- the workbook


def test_libreoffice_comes_to_every_value(small, soffice, tmp_path):
    """The results are taken out first: LibreOffice trusts those of a workbook that Excel might have written."""
    bare = tmp_path / "bare.xlsx"
    formulas = 0
    with zipfile.ZipFile(small.out) as old, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            data = old.read(one)
            if one.filename.startswith("xl/worksheets/"):
                data, count = re.subn(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1", data)
                formulas += count
            new.writestr(one, data)
    again = soffice.convert(bare, "xlsx:Calc MS Excel 2007 XML", tmp_path / "again")
    ours, theirs = CalamineWorkbook.from_path(small.out), CalamineWorkbook.from_path(again)
    own = [name for name in ours.sheet_names if name.split()[0] in ("汇总表", "单位汇总", "得分分布", "指标明细", "重复与包含", "来源台账", "报送情况")]
    wrong = []
    for name in own:
        for at, (row, other) in enumerate(zip(ours.get_sheet_by_name(name).to_python(), theirs.get_sheet_by_name(name).to_python(), strict=False), 1):
            wrong += [(name, at, column, a, b) for column, (a, b) in enumerate(zip(row, other, strict=False)) if not alike(a, b)]
    assert wrong == []
    assert formulas > 500


def alike(a: object, b: object) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return abs(a - b) <= 1e-6 * max(1.0, abs(a)) * 0.01
    return (str(a) if a else "").split() == (str(b) if b else "").split()


def test_it_reads_back_as_its_forms_with_nothing_left_over(small):
    read = reading.read_bytes(small.out.read_bytes(), "out.xlsx", forms()).filing
    assert not read.source.leftover
    assert not [one for entry in read.entries for one in entry.source.leftover]
    before = {key(entry) for one in sorted(small.folder.iterdir()) for entry in convert.read(one).entries}
    assert {key(entry) for entry in read.entries} == before
    assert len(list(read.entries)) == len(small.rolled.rollup.rows)


def key(entry) -> str:
    return repr((entry.form, sorted((path, repr(value)) for path, value in entry.values.items()), [repr(sorted(item.items())) for item in entry.lists["indicators"]]))


def test_a_rollup_of_rollups_is_the_rollup_of_all(small, tmp_path):
    files = sorted(small.folder.iterdir())
    random.Random(5).shuffle(files)
    halves = [files[::2], files[1::2]]
    for number, half in enumerate(halves):
        roll(half, tmp_path / f"half{number}.xlsx")
    both = roll([tmp_path / "half0.xlsx", tmp_path / "half1.xlsx"], tmp_path / "both.xlsx")
    assert [(one.family, one.year, one.total) for one in both.rollup.registers] == [(one.family, one.year, one.total) for one in small.rolled.rollup.registers]
    assert {(one.key, one.kind, one.certainty) for one in both.rollup.relations} == {(one.key, one.kind, one.certainty) for one in small.rolled.rollup.relations}


def test_the_order_of_sources_does_not_matter_and_the_same_input_gives_the_same_bytes(small, tmp_path):
    files = sorted(small.folder.iterdir())[:6]
    roll(files, tmp_path / "a.xlsx")
    roll(files[::-1], tmp_path / "b.xlsx", jobs=2)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def link(cell: Cell | MergedCell) -> tuple[str, str]:
    """Where a cell leads, and what it says about that."""
    assert cell.hyperlink
    return cell.hyperlink.location or "", cell.hyperlink.tooltip or ""


def test_every_figure_leads_to_the_cell_that_it_comes_from(small):
    book = openpyxl.load_workbook(small.out)
    followed = 0
    for name in [name for name in book.sheetnames if name.startswith("汇总表")]:
        sheet = book[name]
        heads = {cell.value: cell.column for cell in sheet[4] if cell.column}
        money = [heads[head] for head in ("年度资金申请总额", "当年财政拨款", "全年预算数", "全年执行数") if head in heads]
        for row in sheet.iter_rows(min_row=5):
            if row[0].value is None:
                continue
            for cell in [row[column - 1] for column in money if row[column - 1].value is not None]:
                leads, says = link(cell)
                where, _, square = leads.rpartition("!")
                found = book[where.strip("'").replace("''", "'")][square].value
                times = 10000 if "原金额单位：万元" in says else 1
                assert cell.value == pytest.approx(found * times)
                assert re.search(r"\d{4}(-again)?\.xlsx", says)
                assert re.search(r"![A-Z]+\d+", says)
                followed += 1
    assert followed > 200


def test_a_form_leads_back_to_its_row(small):
    book = openpyxl.load_workbook(small.out)
    for name, project in [(sheet.title, sheet) for sheet in book if sheet["A1"].hyperlink][:20]:
        sheet, _, square = book.defined_names[link(project["A1"])[0]].attr_text.rpartition("!")
        row = book[sheet.strip("'")][int(square.strip("$A"))]
        assert link(row[1])[0] == "'{}'!A1".format(name.replace("'", "''"))


def test_the_sheet_of_a_form_prints_as_far_as_it_reaches_and_repeats_its_head(small):
    book = openpyxl.load_workbook(small.out)
    filled = [sheet for sheet in book if sheet["A1"].hyperlink]
    assert len(filled) == len(small.rolled.rollup.rows)
    assert {"'{}'!{}".format(sheet.title.replace("'", "''"), sheet.print_area.rpartition("!")[2]) for sheet in filled} == {sheet.print_area for sheet in filled}
    for sheet in filled:
        assert sheet.print_area.rpartition("!")[2] == "$A$1:${}${}".format(re.sub(r"\d", "", sheet.dimensions.rpartition(":")[2]), sheet.max_row)
        assert sheet.print_title_rows


def test_rows_fold_and_sub_projects_stand_below_their_parents(small):
    book = openpyxl.load_workbook(small.out)
    sheet = book["汇总表 目标2024"]
    levels = {row: sheet.row_dimensions[row].outlineLevel for row in range(9, sheet.max_row + 1)}
    assert {levels[row] for row in levels if sheet.cell(row, 1).value is not None} == {1, 2, 3}
    deeper = [row for row in levels if levels[row] == 2]
    assert all(sheet.cell(row, 2).alignment.indent == 1 for row in deeper)
    outline = sheet.sheet_properties.outlinePr
    assert outline and not outline.summaryBelow


def test_heads_are_frozen_repeated_and_filtered(small):
    book = openpyxl.load_workbook(small.out)
    for name in ("汇总表 目标2024", "指标明细 目标2024", "重复与包含", "来源台账", "审核结果"):
        sheet = book[name]
        assert sheet.freeze_panes
        assert sheet.print_title_rows
        assert sheet.auto_filter.ref
        assert sheet.page_setup.orientation == "landscape"
        footer = sheet.oddFooter
        assert footer and footer.center and "&P" in (footer.center.text or "")


def test_every_sheet_prints_in_letters_that_can_be_read(small):
    """A4, the long side across, gives 1026 dots of a sheet, A3 1492; the sheets' letters have 9 points."""
    book = openpyxl.load_workbook(small.out)
    sizes = {}
    for name in (name for name in book.sheetnames if name.split()[0] in ("单位汇总", "得分分布", "指标明细", "重复与包含", "来源台账", "审核结果", "汇总表")):
        sheet = book[name]
        shown = [one for one in sheet.column_dimensions.values() if not one.hidden]
        dots = sum((float(one.width) * 7 + 5) * ((one.max or 0) - (one.min or 0) + 1) for one in shown)
        wide = sheet.page_setup.fitToWidth or 1
        across = {("9", "landscape"): 1026, ("8", "landscape"): 1492, ("9", "portrait"): 698}[str(sheet.page_setup.paperSize), str(sheet.page_setup.orientation)]
        sizes[name] = round(9 * min(1, across * int(wide) / dots), 1)
    assert {name: size for name, size in sizes.items() if size >= 7} == sizes
    assert {"8", "9"} == {str(sheet.page_setup.paperSize) for sheet in book}


def test_charts_are_native_and_stand_on_live_cells(small):
    with zipfile.ZipFile(small.out) as book:
        charts = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 4
    assert all("<c:f>" in chart and "<c:cat>" in chart for chart in charts)


def test_grades_are_counted_from_the_register(small):
    rows = rows_of(small.out, "得分分布 自评2024")
    counts = {row[0]: row[1] for row in rows if row[0] in ("优", "良", "中", "差")}
    register = next(one for one in small.rolled.rollup.registers if one.scores)
    assert counts == {line.grade: line.count for line in register.scores.grades}


def test_the_list_of_indicators_has_every_indicator_once(small):
    rows = rows_of(small.out, "指标明细 目标2024")[3:]
    indicators = [row for row in rows if row[6]]
    total = sum(row.signature.indicators for row in small.rolled.rollup.rows if row.signature.family == "declaration")
    assert len(indicators) == total
    assert len([row for row in rows if row[1] == "小计（净额）"]) == len(small.rolled.rollup.registers[0].units)


def test_findings_stand_with_their_places(small):
    rows = rows_of(small.out, "审核结果")[3:]
    assert rows
    counted = sum(count for row in small.rolled.rollup.rows for _, count in row.signature.findings)
    assert len([row for row in rows if row[0]]) == counted


def test_wan_yuan_still_adds_up_and_says_what_it_moved(small, tmp_path):
    rolled = roll(small.folder, tmp_path / "wan.xlsx", unit="万元", forms=False)
    rows = rows_of(tmp_path / "wan.xlsx", "汇总表 目标2024")
    head = next(at for at, row in enumerate(rows) if row[0] == "序号")
    amount, net = rows[head].index("年度资金申请总额"), rows[head].index("净额")
    forms_ = [row for row in rows[head + 1 :] if row[0]]
    for column in (amount, net):
        assert round(sum(row[column] or 0 for row in forms_), 2) == pytest.approx(rows[head + 1][column])
        assert all(round(row[column] or 0, 2) == (row[column] or 0) for row in forms_)
    assert any("舍位平衡" in str(row[0]) and "尾差" in str(row[0]) for row in rows[:head])
    register = rolled.rollup.registers[0]
    assert rows[head + 1][net] == pytest.approx(float(register.total.net["amount"] / 10000), abs=0.005)


def test_stacked_is_the_published_container(small, tmp_path):
    roll(small.folder, tmp_path / "stacked.xlsx", stacked=True)
    read = convert.read(tmp_path / "stacked.xlsx")
    assert {section.title for section in read.sections} >= {f"{unit}2024年度项目绩效目标汇总表" for unit in small.made.expected if unit not in small.made.missing}
    hashes = {row.signature.hash for row in small.rolled.rollup.rows}
    assert len(list(read.entries)) == len(hashes)


# ---------------------------------------------------------------- one form, hostile words, a rollup before


def one(folder: Path, file: str, **project) -> Path:
    filing = convert.read(Path(__file__).parents[2] / "samples" / "target-declaration" / "filing.json")
    section = filing.sections[0]
    entry = section.entries[0]
    values = {**entry.values, **{f"project.{key}": value for key, value in project.items()}}
    entry = type(entry)(entry.form, entry.title, values, entry.lists, entry.marks)
    made = folder / file
    made.write_bytes(xlsx_writer.write(Filing((Section(None, (entry,)),)), forms()))
    return made


def test_the_rollup_of_one_form_has_its_amounts(tmp_path):
    source = one(tmp_path, "a.xlsx")
    rolled = roll(source, tmp_path / "out.xlsx")
    [entry] = convert.read(source).entries
    [register] = rolled.rollup.registers
    assert register.total.gross["amount"] == register.total.net["amount"] == entry.values["funding.annual.total"]
    assert not differences(Filing((Section(None, (entry,)),)), convert.read(tmp_path / "out.xlsx"))


@pytest.mark.parametrize("name", ["=1+1", "汇总表", "单位汇总", "it's [all]/of*it?", "<r>甲</r>", "_x0041_甲", "+cmd|' /C calc'!A0", "甲\n乙"])
def test_names_that_look_like_something_else_stay_names(tmp_path, name):
    roll(one(tmp_path, "a.xlsx", name=name), tmp_path / "out.xlsx")
    [entry] = convert.read(tmp_path / "out.xlsx").entries
    assert "".join(str(entry.values["project.name"]).split()) == "".join(name.split())
    assert any("".join(str(row[1]).split()) == "".join(name.split()) for row in rows_of(tmp_path / "out.xlsx", "汇总表"))
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert not [cell for row in book["指标明细"].iter_rows() for cell in row if cell.data_type == "f" and not str(cell.value).startswith("='汇总表'!")]


def test_what_changed_since_the_rollup_before_stands_in_the_ledger(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.xlsx", "b.xlsx", "c.xlsx"):
        one(folder, name, name=f"项目{name[0]}")
    roll(folder, tmp_path / "out.xlsx")
    one(folder, "b.xlsx", name="改了名的项目")
    (folder / "c.xlsx").unlink()
    one(folder, "d.xlsx", name="新来的项目")
    roll(folder, tmp_path / "out.xlsx")
    changes = {row[1]: row[4] for row in rows_of(tmp_path / "out.xlsx", "来源台账")[3:]}
    assert changes == {"a.xlsx": "未变", "b.xlsx": "有变动", "c.xlsx": "上次有", "d.xlsx": "新增"}
    roll(folder, tmp_path / "out.xlsx")
    again = {row[1]: row[4] for row in rows_of(tmp_path / "out.xlsx", "来源台账")[3:]}
    assert again == {"a.xlsx": "未变", "b.xlsx": "未变", "d.xlsx": "未变"}


@pytest.mark.parametrize("how", ["a part that is damaged", "the part of another form"])
def test_a_workbook_whose_forms_are_not_those_that_were_proved_is_not_stored(tmp_path, monkeypatch, how):
    put, seen = package._put_packed, []
    for number in range(2):
        one(tmp_path, f"{number}.xlsx", name=f"项目{number}")

    def spoiled(new, name, part):
        """The sheets of the two forms are the last of seven."""
        seen.append(part)
        if name.endswith("sheet7.xml"):
            before = next(other for other in reversed(seen[:-1]) if other.part.file.suffix == ".part")
            part = before if how == "the part of another form" else type(part)(part.part, part.size, part.check ^ 1)
        put(new, name, part)

    monkeypatch.setattr(package, "_put_packed", spoiled)
    with pytest.raises(ProblemError, match="workbook-verify"):
        roll([tmp_path / "0.xlsx", tmp_path / "1.xlsx"], tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


def test_a_remark_names_its_relation_by_its_number(small):
    listed = {str(row[12]): (int(float(str(row[0]))), str(row[5])) for row in rows_of(small.out, "重复与包含")[3:] if row[12]}
    assert [*range(1, len(listed) + 1)] == [number for number, _ in listed.values()]
    members: dict[int, set[str]] = {}
    for row in rows_of(small.out, "重复与包含")[3:]:
        members.setdefault(int(float(str(row[0]))), set()).add(str(row[5]))
    for sheet in (name for name in CalamineWorkbook.from_path(small.out).sheet_names if name.startswith("汇总表 ")):
        for row in rows_of(small.out, sheet):
            for number in re.findall(r"见第 (\d+) 号", " ".join(map(str, row))):
                assert str(row[1]).strip() in members[int(number)], row


def test_a_register_that_says_another_sum_is_not_stored(tmp_path, monkeypatch):
    sound = register._Writer.sum_of

    def spoiled(self, column, rows):
        return sound(self, column, rows) + (column.key == "net")

    monkeypatch.setattr(register._Writer, "sum_of", spoiled)
    with pytest.raises(ProblemError, match="workbook-verify"):
        roll(one(tmp_path, "a.xlsx"), tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


def test_a_form_whose_sheet_does_not_read_back_is_counted_without_a_sheet_and_named(tmp_path, monkeypatch):
    real = parts.FormParts.sheet

    def spoiled(self, entry, back, texts):
        xml, *rest = real(self, entry, back, texts)
        return (xml.replace("经常性", "一次性"), *rest)

    monkeypatch.setattr(parts.FormParts, "sheet", spoiled)
    rolled = roll(one(tmp_path, "a.xlsx", nature="经常性项目"), tmp_path / "out.xlsx")
    assert [problem.code for given in rolled.given for problem in given.unwritten] == ["workbook-verify"]
    assert rolled.rollup.registers[0].total.forms == 1
    assert CalamineWorkbook.from_path(tmp_path / "out.xlsx").sheet_names == ["汇总表", "单位汇总", "重复与包含", "来源台账", "指标明细"]
    assert "读回" in str(rows_of(tmp_path / "out.xlsx", "来源台账")[3][12])


def test_units_of_one_name_stand_with_their_departments_in_rows_that_hold_their_names(tmp_path):
    unit = "机关后勤与政府采购服务保障中心"
    files = [one(tmp_path, f"{number}.xlsx", name=f"项目{number}", unit=unit, department=department) for number, department in enumerate(("青棠市教育局", "青棠市水务局"))]
    roll(files, tmp_path / "out.xlsx", unit="万元", expected=("青棠市城市管理行政执法局及其派出机构综合保障服务中心分中心",))
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    sheet = book["单位汇总"]
    assert {f"{unit}（青棠市教育局）", f"{unit}（青棠市水务局）"} == {sheet.cell(row, 2).value for row in (4, 5)}
    assert all(sheet.row_dimensions[row].height > 25 for row in (4, 5)), "two lines"
    assert str(book["报送情况"].cell(4, 2).value).endswith("分中心")
    assert book["报送情况"].row_dimensions[4].height > 25


def test_an_amount_of_more_digits_than_excel_keeps_stops_no_rollup(tmp_path):
    """A slip of one unit: a thousand billions, and cents beside it."""
    small = one(tmp_path, "a.xlsx", name="甲")
    filing = convert.read(small)
    entry = filing.sections[0].entries[0]
    money: dict[str, Scalar] = {"funding.annual.total": Decimal(10**15), "funding.annual.fiscal": Decimal(10**15), "project.name": "乙", "project.unit": "乙局"}
    (tmp_path / "b.json").write_bytes(convert.render(Filing((Section(None, (type(entry)(entry.form, entry.title, {**entry.values, **money}, entry.lists, entry.marks),)),)), forms(), "json"))
    (tmp_path / "c.json").write_bytes(convert.render(Filing((Section(None, (type(entry)(entry.form, entry.title, {**entry.values, **money, "project.name": "丙", "project.unit": "丙局", "funding.annual.total": Decimal("0.07")}, entry.lists, entry.marks),)),)), forms(), "json"))
    rolled = roll([small, tmp_path / "b.json", tmp_path / "c.json"], tmp_path / "out.xlsx")
    assert rolled.rollup.registers[0].total.forms == 3
    assert (tmp_path / "out.xlsx").exists()


def test_two_sheets_of_equal_names_and_the_rollup_s_own_are_told_apart(tmp_path):
    for number in range(3):
        one(tmp_path, f"{number}.xlsx", name="来源台账", unit=f"第{number}局")
    roll([tmp_path / f"{number}.xlsx" for number in range(3)], tmp_path / "out.xlsx")
    names = CalamineWorkbook.from_path(tmp_path / "out.xlsx").sheet_names
    assert names[-3:] == ["来源台账(2)", "来源台账(3)", "来源台账(4)"]
    assert len(list(convert.read(tmp_path / "out.xlsx").entries)) == 3


def test_forms_keep_the_titles_that_they_stood_under(tmp_path):
    [first, *_] = convert.read(SAMPLE).entries
    entries = [replace(first, values={**first.values, "project.name": name, "project.unit": "甲局"}) for name in ("道路养护", "图书采购", "设备维修")]
    data = xlsx_writer.write(Filing((Section("甲局2025年度项目绩效目标汇总表", tuple(entries[:2])), Section("补报", tuple(entries[2:])))), forms())
    (tmp_path / "a.xlsx").write_bytes(data)
    roll(tmp_path / "a.xlsx", out := tmp_path / "out.xlsx")
    found = {one.title: {entry.values["project.name"] for entry in one.entries} for one in convert.read(out).sections}
    assert found == {"甲局2025年度项目绩效目标汇总表": {"道路养护", "图书采购"}, "补报": {"设备维修"}}


@pytest.mark.parametrize(("most", "sheet"), [(8, "“汇总表”"), (40, "“指标明细”")], ids=["register", "list of indicators"])
def test_a_sheet_that_needs_more_rows_than_excel_has_is_refused(tmp_path, monkeypatch, most, sheet):
    [first, *_] = convert.read(SAMPLE).entries
    long = replace(first, lists={name: rows * 10 for name, rows in first.lists.items()})
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.xlsx").write_bytes(xlsx_writer.write(Filing((Section(None, (long,)),)), forms()))
    monkeypatch.setattr(cells, "MOST_ROWS", most)
    with pytest.raises(ProblemError) as caught:
        roll(tmp_path / "in", tmp_path / "out.xlsx", checked=False)
    assert caught.value.problems[0].code == "rollup-rows"
    assert sheet in str(caught.value)
    assert [one.name for one in tmp_path.iterdir()] == ["in"]


def test_what_a_killed_run_left_beside_the_workbook_is_swept(tmp_path):
    left, fresh = tmp_path / ".xltool-killed", tmp_path / ".xltool-writing"
    for folder, age in ((left, STALE + 60), (fresh, 60)):
        folder.mkdir()
        (folder / "7.part").write_bytes(b"x")
        for each in (folder / "7.part", folder):
            os.utime(each, (time.time() - age,) * 2)
    # A run whose folder is old may still write into it.
    writing = tmp_path / ".xltool-long"
    writing.mkdir()
    (writing / "8.part").write_bytes(b"x")
    os.utime(writing, (time.time() - STALE - 60,) * 2)
    sweep(tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir()) == [".xltool-long", ".xltool-writing"]
