"""``xltool rollup`` as a user runs it."""

import errno
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell

from xltool.filing import Filing, Section
from xltool.jobs import convert
from xltool.jobs.rollup import reading
from xltool.library import forms
from xltool.surfaces import json_file, xlsx_writer

SAMPLE = Path(__file__).parents[2] / "samples" / "target-declaration" / "filing.json"
TEMPLATE = Path(__file__).parents[2] / "templates" / "target-declaration.xlsx"


@pytest.fixture
def folder(tmp_path):
    """Two units' workbooks: 甲 with one project, 乙 with two, one of them sent twice."""
    made = tmp_path / "units"
    made.mkdir()
    [first, *_] = convert.read(SAMPLE).entries
    for file, unit, projects in (("a.xlsx", "甲局", ["道路养护"]), ("b.xlsx", "乙局", ["图书采购", "设备维修"]), ("b2.xlsx", "乙局", ["设备维修"])):
        entries = tuple(replace(first, values={**first.values, "project.unit": unit, "project.name": name, "goals.annual": f"{unit}完成{name}"}) for name in projects)
        (made / file).write_bytes(xlsx_writer.write(Filing((Section(None, entries),)), forms()))
    return made


def test_it_writes_the_workbook_and_says_what_it_counted(xltool, folder, tmp_path):
    said = xltool("rollup", folder, "-o", tmp_path / "out.xlsx")
    assert said.code == 0
    assert "files: 3, read: 3, forms: 4" in said.talk
    assert "sent twice: 1, taken out" in said.talk
    assert (tmp_path / "out.xlsx").is_file()
    assert not list(tmp_path.glob(".xltool-*"))


def test_json_gives_every_figure_with_file_sheet_and_cell(xltool, folder, tmp_path):
    said = xltool("rollup", folder, "-o", tmp_path / "out.xlsx", "--json", "-q")
    found = json.loads(said.out)
    [entry] = convert.read(folder / "a.xlsx").entries
    row = next(row for row in found["rows"] if row["file"] == "a.xlsx")
    figure = row["figures"]["amount"]
    amount = entry.values["funding.annual.total"]
    assert isinstance(amount, Decimal)
    assert figure["gross"] == float(amount)
    assert (figure["file"], figure["place"]) == ("a.xlsx", "道路养护!F6")
    assert figure["cell"] == "F6"
    assert [one["kind"] for one in found["relations"]] == ["twice"]
    assert len(found["sources"]) == 3


def test_json_gives_an_amount_to_its_last_digit(xltool, tmp_path):
    """17 digits are more than a float holds."""
    amount = Decimal("12345678901234.567")
    [first, *_] = convert.read(SAMPLE).entries
    values = {**first.values, "funding.annual.total": amount}
    (tmp_path / "a.json").write_bytes(json_file.write(Filing((Section(None, (replace(first, values=values),)),)), forms()))
    said = xltool("rollup", tmp_path / "a.json", "-o", tmp_path / "out.xlsx", "--json", "-q")
    [row] = json.loads(said.out, parse_float=Decimal)["rows"]
    assert amount == row["figures"]["amount"]["gross"] == row["figures"]["amount"]["net"]


def test_what_rounding_did_is_said_in_the_users_language(xltool, folder, tmp_path, monkeypatch):
    said = xltool("rollup", folder, "-o", tmp_path / "out.xlsx", "--unit", "万元")
    assert "gross exactly 74.56, shown 74.56, residual +0.00" in said.talk
    assert "舍位平衡" not in said.talk
    monkeypatch.setenv("XLTOOL_LANG", "zh")
    assert "毛额 精确 74.56，显示 74.56，尾差 +0.00" in xltool("rollup", folder, "-o", tmp_path / "zh.xlsx", "--unit", "万元").talk


def test_a_unit_that_sent_nothing_is_the_answer_no(xltool, folder, tmp_path):
    (tmp_path / "list.txt").write_text("甲局\n乙局\n丙局\n", "utf-8")
    said = xltool("rollup", folder, "-o", tmp_path / "out.xlsx", "--units", tmp_path / "list.txt")
    assert said.code == 1
    assert "sent nothing: 丙局" in said.talk


def test_units_that_are_on_no_list_are_named(xltool, folder, tmp_path):
    (tmp_path / "list.txt").write_text("甲局\n某市乙局\n", "utf-8")
    said = xltool("rollup", folder, "-o", tmp_path / "out.xlsx", "--units", tmp_path / "list.txt")
    assert "not listed: 乙局\n" in said.talk


@pytest.mark.parametrize("text", ["序号,单位名称\n1,甲局\n2,乙局\n", "单位名称\t序号\n甲局\t1\n乙局\t2\n", "# 名单\n甲局\n\n乙局\n"], ids=["a csv", "tab-separated", "lines and a remark"])
def test_a_list_of_units_is_lines_or_a_table_with_heads(xltool, folder, tmp_path, text):
    (tmp_path / "list.csv").write_text(text, "utf-8")
    said = xltool("rollup", folder, "-o", tmp_path / "out.xlsx", "--units", tmp_path / "list.csv", "--json", "-q")
    assert said.code == 0
    assert json.loads(said.out)["expected"]["missing"] == []


def test_a_list_that_names_nobody_is_refused_before_anything_is_read(xltool, folder, tmp_path):
    (tmp_path / "list.txt").write_text("\n# nobody\n", "utf-8")
    said = xltool("rollup", folder, "-o", tmp_path / "out.xlsx", "--units", tmp_path / "list.txt")
    assert (said.code, "[rollup-units]" in said.talk) == (2, True)
    assert not (tmp_path / "out.xlsx").exists()


def test_a_file_that_cannot_be_read_is_named_and_the_rest_rolled_up(xltool, folder, tmp_path):
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04")
    said = xltool("rollup", folder, "-o", tmp_path / "out.xlsx")
    assert said.code == 2
    assert "broken.xlsx" in said.talk
    assert (tmp_path / "out.xlsx").is_file()


def test_another_ending_is_refused(xltool, folder, tmp_path):
    said = xltool("rollup", folder, "-o", tmp_path / "out.pdf")
    assert (said.code, "[rollup-out]" in said.talk) == (2, True)


def test_a_filing_without_forms_gives_nothing_to_roll_up(xltool, tmp_path):
    (tmp_path / "empty.json").write_text('{"schema": "xltool/1", "sections": []}', "utf-8")
    said = xltool("rollup", tmp_path / "empty.json", "-o", tmp_path / "out.xlsx")
    assert said.code == 2
    assert "[rollup-nothing]" in said.talk
    assert not (tmp_path / "out.xlsx").exists()


def test_a_file_that_stands_there_is_replaced_by_force_alone(xltool, folder, tmp_path):
    (tmp_path / "out.xlsx").write_bytes(b"mine")
    assert xltool("rollup", folder, "-o", tmp_path / "out.xlsx").code == 2
    assert (tmp_path / "out.xlsx").read_bytes() == b"mine"
    assert xltool("rollup", folder, "-o", tmp_path / "out.xlsx", "--force").code == 0


def test_the_rollup_before_is_no_source_of_its_own(xltool, folder):
    assert xltool("rollup", folder, "-o", folder / "汇总.xlsx").code == 0
    said = xltool("rollup", folder, "-o", folder / "汇总.xlsx", "--force")
    assert "files: 3, read: 3, forms: 4" in said.talk


def test_decisions_are_drafted_obeyed_and_kept(xltool, folder, tmp_path):
    decisions = tmp_path / "decisions.yaml"
    assert xltool("rollup", folder, "-o", tmp_path / "out.xlsx", "--write-decisions", decisions).code == 0
    decisions.write_text(decisions.read_text("utf-8").replace("\n    decision:", "\n    decision: reject", 1), "utf-8")
    said = xltool("rollup", folder, "-o", tmp_path / "out.xlsx", "--force", "--decisions", decisions, "--write-decisions", decisions)
    assert "sent twice: 1, rejected, counted" in said.talk
    assert "decision: reject" in decisions.read_text("utf-8")


def test_decisions_that_are_not_there_are_refused_unless_the_same_run_drafts_them(xltool, folder, tmp_path):
    said = xltool("rollup", folder, "-o", tmp_path / "out.xlsx", "--decisions", tmp_path / "decisons.yaml")
    assert (2, True, False) == (said.code, "[file-missing]" in said.talk, (tmp_path / "out.xlsx").exists())
    assert xltool("rollup", folder, "-o", tmp_path / "out.xlsx", "--decisions", tmp_path / "d.yaml", "--write-decisions", tmp_path / "d.yaml").code == 0
    assert "decision:" in (tmp_path / "d.yaml").read_text("utf-8")


def test_what_somebody_accepted_counts_no_more_and_is_listed_with_its_reason(xltool, folder, tmp_path):
    waivers = tmp_path / "waivers.yaml"
    [before] = [row for row in json.loads(xltool("rollup", folder, "-o", tmp_path / "a.xlsx", "--json", "-q").out)["rows"] if row["file"] == "a.xlsx"]
    waivers.write_text("waivers:\n  - {rule: verbs-only, project: 道路养护, reason: 财政科已同意}\n", "utf-8")
    said = xltool("rollup", folder, "-o", tmp_path / "b.xlsx", "--waivers", waivers, "--json", "-q")
    [after] = [row for row in json.loads(said.out)["rows"] if row["file"] == "a.xlsx"]
    assert (2, 0) == (before["findings"]["hint"], after["findings"]["hint"])
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(tmp_path / "b.xlsx")["审核结果"].iter_rows()]
    assert ["已认可：财政科已同意"] * 2 == [row[11] for row in rows if row[3] == "道路养护" and row[12] == "verbs-only"]


def test_faults_of_waivers_are_said_before_anything_is_read(xltool, folder, tmp_path):
    (tmp_path / "w.yaml").write_text("waivers:\n  - {rule: verbs-only}\n", "utf-8")
    said = xltool("rollup", folder, "-o", tmp_path / "out.xlsx", "--waivers", tmp_path / "w.yaml")
    assert (2, True, False) == (said.code, "[yaml-missing-key]" in said.talk, (tmp_path / "out.xlsx").exists())


def test_figures_that_balance_moved_are_named_by_project_and_column(xltool, tmp_path, monkeypatch):
    """0.5 of a step each: one goes up, one down, in the amount and in its part alike."""
    [first, *_] = convert.read(SAMPLE).entries
    money = {"funding.annual.total": Decimal(150050), "funding.annual.fiscal": Decimal(150050), "funding.annual.carried_over": Decimal(0), "funding.annual.other": Decimal(0)}
    entries = tuple(replace(first, values={**first.values, **money, "project.name": name, "goals.annual": f"完成{name}"}) for name in ("道路", "桥梁"))
    (tmp_path / "a.xlsx").write_bytes(xlsx_writer.write(Filing((Section(None, entries),)), forms()))
    said = xltool("rollup", tmp_path / "a.xlsx", "-o", tmp_path / "out.xlsx", "--unit", "万元")
    assert "2 figures differ from ordinary rounding: 道路·amount -0.01, 道路·fiscal -0.01" in said.talk or "桥梁·amount -0.01, 桥梁·fiscal -0.01" in said.talk
    monkeypatch.setenv("XLTOOL_LANG", "zh")
    talk = xltool("rollup", tmp_path / "a.xlsx", "-o", tmp_path / "zh.xlsx", "--unit", "万元").talk
    assert "·年度资金申请总额 -0.01、" in talk
    assert "·当年财政拨款 -0.01" in talk


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "[out-full]"), (errno.EFBIG, "larger than the system allows [file-unwritable]")], ids=["disk", "file"])
def test_a_disk_that_is_full_while_sources_are_read_is_said_once(xltool, folder, tmp_path, monkeypatch, number, code):
    def full(self, *_):
        raise OSError(number, "no room")

    monkeypatch.setattr(reading._Source, "read", full)
    said = xltool("rollup", folder, "-o", tmp_path / "out.xlsx", "--jobs", 0)
    assert (2, 1, ["units"]) == (said.code, len(said.talk.splitlines()), [one.name for one in tmp_path.iterdir()])
    assert said.talk.startswith(str(tmp_path / "out.xlsx")) and said.talk.rstrip().endswith(code)


def test_blank_forms_are_left_out_and_named(xltool, folder, tmp_path):
    """A unit's workbook keeps a blank sheet before its form, another is blank altogether: neither counts, figures are of the right sheets."""
    book = openpyxl.load_workbook(folder / "a.xlsx")
    [filled] = [sheet for sheet in book if sheet.title == "道路养护"]
    spare = book.copy_worksheet(filled)
    spare.title = "备用"
    book.move_sheet(spare, -(len(book.sheetnames) - 1))
    captions = {cell.value for row in openpyxl.load_workbook(TEMPLATE).worksheets[0].iter_rows() for cell in row}
    for row in spare.iter_rows():
        for cell in row:
            if not isinstance(cell, MergedCell) and cell.value not in captions:
                cell.value = None
    book.save(folder / "a.xlsx")
    assert 0 == xltool("template", "target-declaration", "-o", folder / "c.xlsx").code
    said = xltool("rollup", folder, "-o", tmp_path / "out.xlsx", "--json")
    made = json.loads(said.out)
    assert "files: 4, read: 4, forms: 4" in said.talk and "a.xlsx: blank forms that were left out: 1: 备用" in said.talk
    assert [["备用"], [], [], ["财政项目支出绩效目标申报表"]] == [one["blank"] for one in made["sources"]]
    assert {"甲局": "道路养护"} == {row["unit"]: row["place"] for row in made["rows"] if row["file"].startswith("a")}
    assert 1 == len(made["registers"]) and 2 == len(made["registers"][0]["units"])
    said_of = {row[1].value: row[12].value for row in openpyxl.load_workbook(tmp_path / "out.xlsx")["来源台账"].iter_rows() if row[12].value}
    assert "空白表 1 份没有计入：备用" == said_of["a.xlsx"]
