"""The mappings of samples/mappings, written as a user would write them: each form on every surface, from the same small filing."""

import json
import re
import subprocess
from collections import defaultdict
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import jsonschema_rs
import openpyxl
import pytest

from tests.damage.score import score
from xltool import caption_rule
from xltool.arrange import Placed, place, text_of
from xltool.canonical import differences, from_json, to_json
from xltool.check import check
from xltool.filing import Filing, Section
from xltool.jobs import into, prove
from xltool.jobs.into import Blank
from xltool.jobs.reading import read_bytes
from xltool.library import forms
from xltool.rollup import rollup
from xltool.rollup.signature import family
from xltool.schema import of_forms
from xltool.surfaces import xlsx_writer
from xltool.surfaces.xlsx_writer import template

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "samples" / "mappings"
KNOWN = forms((str(FOLDER),))
OWN = tuple(form_id for form_id in KNOWN if form_id not in forms())


def document(form_id: str) -> dict:
    return json.loads((FOLDER / form_id / "filing.json").read_text("utf-8"), parse_float=Decimal)


def filed(form_id: str) -> Filing:
    return from_json(document(form_id), KNOWN)


def read(data: str | bytes, name: str) -> Filing:
    return read_bytes(data.encode() if isinstance(data, str) else data, name, KNOWN).filing


@pytest.fixture(params=OWN)
def form_id(request) -> str:
    return str(request.param)


def test_there_are_eleven_and_none_is_loaded_unasked():
    assert (11, 5) == (len(OWN), len(forms()))
    assert sorted(OWN) == sorted(path.name for path in FOLDER.iterdir() if (path / "filing.json").exists())


def test_the_mapping_has_no_fault(form_id):
    form, faults = prove.prove(FOLDER / f"{form_id}.yaml")
    assert [] == faults and form is not None and [] == caption_rule.check(form)


def test_the_filing_is_the_same_after_json_and_keeps_to_its_schema(form_id):
    assert document(form_id) == to_json(filed(form_id), KNOWN)
    plain = json.loads((FOLDER / form_id / "filing.json").read_text("utf-8"))
    assert [] == [str(one) for one in jsonschema_rs.Draft202012Validator(of_forms(KNOWN)).iter_errors(plain)]


def test_the_written_table_is_the_json_without_a_doubt(form_id):
    found = read((FOLDER / form_id / "filing.md").read_bytes(), "filing.md")
    [entry] = found.entries
    assert ([], (), ()) == (differences(filed(form_id), found), entry.source.doubts, entry.source.leftover)


@pytest.mark.parametrize(
    ("form_id", "own", "printed"),
    [
        pytest.param("declaration-hunan", "| 实施期 |", "| 项目支出实施期 |", id="a longer name of the period"),
        pytest.param("declaration-hunan", "填表日期：", "填报日期：", id="the day of a report"),
        pytest.param("self-evaluation-rural", "其中：财政拨款", "其中：本年财政拨款", id="this year's money"),
        pytest.param("self-evaluation-rural", "全年实际完成情况", "年度总体目标完成情况综述", id="what became of the goal"),
        pytest.param("monitoring", "1-7月执行情况", "1-7月执行数", id="a head of the list that heads the amounts too"),
        pytest.param("monitoring", "全年预计完成情况", "全年预计执行数", id="the forecast of the list by that of the amounts"),
    ],
)
def test_captions_of_published_filings_are_read_too(form_id, own, printed):
    text = (FOLDER / form_id / "filing.md").read_text("utf-8")
    assert own in text
    [entry] = read(text.replace(own, printed), "filing.md").entries
    assert ([], ()) == (differences(filed(form_id), Filing((Section(None, (entry,)),))), entry.source.doubts)


# ---------------------------------------------------------------- workbooks


@pytest.mark.parametrize("stacked", [False, True], ids=["a sheet a form", "stacked"])
def test_the_workbook_reads_back_without_a_word(form_id, stacked):
    found = read(xlsx_writer.write(filed(form_id), KNOWN, stacked=stacked), "book.xlsx")
    [entry] = found.entries
    assert ([], (), (), ()) == (differences(filed(form_id), found), entry.source.repairs, entry.source.doubts, entry.source.leftover)


def test_a_workbook_with_rows_and_a_column_put_in_and_merges_broken_up_is_the_same(form_id):
    """Two notes above, an empty column at the left, every group broken up into its rows."""
    book = openpyxl.load_workbook(BytesIO(xlsx_writer.write(filed(form_id), KNOWN)))
    sheet = book.worksheets[-1]
    merged = [(one.min_row, one.min_col, one.max_row, one.max_col) for one in sheet.merged_cells.ranges]
    cells = {(row, column): sheet.cell(row, column).value for row in range(1, sheet.max_row + 1) for column in range(1, sheet.max_column + 1)}
    made = openpyxl.Workbook()
    other = made.create_sheet("表", 0)
    other["A1"], other["A2"] = "说明：请核对", "共1份"
    for (row, column), value in cells.items():
        other.cell(row + 2, column + 1, value).number_format = sheet.cell(row, column).number_format
    for top, left, bottom, right in merged:
        if top == bottom:
            other.merge_cells(start_row=top + 2, start_column=left + 1, end_row=bottom + 2, end_column=right + 1)
    out = BytesIO()
    made.save(out)
    assert [] == differences(filed(form_id), read(out.getvalue(), "book.xlsx"))


def test_the_blank_reads_back_empty(form_id):
    [entry] = read(template.write_template(KNOWN[form_id], 3), "blank.xlsx").entries
    empty = {path: value for path, value in entry.values.items() if value is not None and path != "money_unit"}
    assert ({}, form_id, (), ()) == (empty, entry.form, entry.source.leftover, entry.source.doubts)


@pytest.mark.parametrize(
    ("typed", "repairs"),
    [
        pytest.param(320.5, [], id="a number"),
        pytest.param("320.5万元", [], id="with the unit that the form prints"),
        pytest.param("320.5 万元", [], id="a blank before it"),
        pytest.param("3205000元", ["unit-typed"], id="with another unit"),
    ],
)
def test_an_amount_is_read_with_the_unit_that_its_cell_prints_or_without(typed, repairs):
    book = openpyxl.load_workbook(BytesIO(xlsx_writer.write(filed("declaration-hunan"), KNOWN)))
    cell = next(cell for row in book.worksheets[-1].iter_rows() for cell in row if cell.value == 320.5)
    assert '#,##0.00####"万元"' == cell.number_format
    cell.value = typed
    out = BytesIO()
    book.save(out)
    [entry] = read(out.getvalue(), "book.xlsx").entries
    assert (Decimal("320.5"), repairs, ()) == (entry.values["funding.own"], [one.code for one in entry.source.repairs], entry.source.doubts)


@pytest.mark.parametrize("tick", ["√", "✓", "✔", "☑", "V"])
def test_a_tick_is_one_however_it_is_set(tick):
    text = (FOLDER / "monitoring" / "filing.md").read_text("utf-8").replace("✓", tick)
    assert [] == differences(filed("monitoring"), read(text, "a.md"))


def test_a_blank_is_filled_in_place_and_reads_back(form_id):
    blank = Blank(template.write_template(KNOWN[form_id], 4), "blank.xlsx")
    written = into.write(filed(form_id), KNOWN, blank)
    assert [] == differences(filed(form_id), read(written.data, "book.xlsx"))


# ---------------------------------------------------------------- text


def shown(one: Placed) -> str:
    """What a bureau prints in a cell: rates with %, amounts with thousands, a unit behind its number."""
    if one.value is None or one.field is None or one.text:
        return one.text
    if one.field.type == "percent":
        return f"{Decimal(str(one.value)) * 100:.2f}%"
    if one.field.type == "money" and not one.cell.unit:
        return f"{Decimal(str(one.value)):,}"
    return text_of(one.value) + one.cell.unit


def rows_of(form_id: str) -> list[dict[int, str]]:
    """The form's rows, the texts of the cells by the columns in which they begin."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    placed = place(KNOWN[form_id], next(filed(form_id).entries))
    for one in placed:
        found[one.row][one.column] = shown(one)
    return [found[row] for row in range(1, max(one.last_row for one in placed) + 1)]


def table(form_id: str, between: str, mark: str) -> str:
    width = KNOWN[form_id].layout.columns
    return "\n".join(between.join(row.get(at, "").replace("\n", mark) for at in range(1, width + 1)) for row in rows_of(form_id)) + "\n"


def markdown(form_id: str) -> str:
    first, *rest = table(form_id, " | ", "<br>").splitlines()
    rule = "---|" * KNOWN[form_id].layout.columns
    return "\n".join((f"| {first} |", f"|{rule}", *(f"| {line} |" for line in rest))) + "\n"


def stream(form_id: str) -> str:
    """Row by row, the cells of a row behind each other: what stands in which column is lost."""
    return "\n".join(" ".join(text for _, text in sorted(row.items()) if text) for row in rows_of(form_id)) + "\n"


def one_cell_a_line(form_id: str) -> str:
    return "\n".join(text for row in rows_of(form_id) for _, text in sorted(row.items()) if text) + "\n"


def test_a_table_in_text_is_the_form_exactly(form_id):
    tabs = read(table(form_id, "\t", "<p>"), "a.txt")
    assert ([], []) == (differences(filed(form_id), tabs), differences(filed(form_id), read(markdown(form_id), "a.md")))


LEAST = {"declaration-fujian": 0.97, "declaration-department": 0.96, "declaration-hunan": 0.96, "monitoring": 0.78}
"""The share of fields that text without columns gives right, where it is not all of them: which tick is whose, and which of
two like columns an empty cell is of, no order tells."""


@pytest.mark.parametrize("printed", [stream, one_cell_a_line])
def test_text_that_keeps_but_the_order_has_no_wrong_field_without_a_doubt(form_id, printed):
    found = to_json(read(printed(form_id), "a.txt"), KNOWN)
    told = score(document(form_id), found)
    assert [form_id] == [entry["form"] for entry in found["sections"][0]["forms"]]
    assert [] == [one.path for one in told.silent]
    assert told.right >= LEAST.get(form_id, 1.0) * told.fields


def test_amounts_of_which_one_is_missing_are_doubted_where_no_sum_tells_which():
    """金额合计 with two of its three amounts: the total and one part, which is whose?"""
    text = re.sub(r"金额合计\n536.5\n480.5\n56\n", "金额合计\n536.5\n536.5\n", one_cell_a_line("declaration-department"))
    [entry] = read(text, "a.txt").entries
    assert {"funding.total", "funding.fiscal", "funding.other"} <= {doubt.path for doubt in entry.source.doubts}


# ---------------------------------------------------------------- print


@pytest.fixture(scope="module")
def printed(tmp_path_factory, soffice) -> dict[str, Path]:
    """Every filing as LibreOffice prints it, by one call."""
    folder = tmp_path_factory.mktemp("examples")
    books = [folder / f"{name}.xlsx" for name in OWN]
    for book in books:
        book.write_bytes(xlsx_writer.write(filed(book.stem), KNOWN))
    subprocess.run(
        [soffice.program, f"-env:UserInstallation={soffice.profile.as_uri()}", "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder), *map(str, books)],
        capture_output=True, timeout=240, check=True,
    )  # fmt: skip
    return {book.stem: book.with_suffix(".pdf") for book in books}


@pytest.mark.xdist_group("soffice")
def test_the_printed_form_is_the_filing(printed):
    assert {} == {name: told for name in OWN if (told := differences(filed(name), read(printed[name].read_bytes(), "a.pdf")))}


@pytest.mark.xdist_group("soffice")
def test_its_text_in_columns_has_no_wrong_field_without_a_doubt(printed, pdftotext):
    found = {name: score(document(name), to_json(read(pdftotext(printed[name]), "a.txt"), KNOWN)).silent for name in OWN}
    assert {} == {name: silent for name, silent in found.items() if silent}


# ---------------------------------------------------------------- check and rollup


HINTS = {
    "declaration-department": ["count-in-words"],
    "declaration-fujian": ["verbs-only"],
    "declaration-guangdong": ["verbs-only"],
    "declaration-hunan": ["rate-in-words"],
    "declaration-narrative": ["verbs-only"],
    "declaration-rural": [],
    "monitoring": ["verbs-only"],
    "self-evaluation-rural": [],
    "self-evaluation-transfer": ["verbs-only", "verbs-only"],
    "self-evaluation-transfer-2018": ["verbs-only"],
    "self-evaluation-yunnan": [],
}


def findings(document: dict) -> list[str]:
    return [one.rule for one in check(from_json(document, KNOWN), KNOWN, mappings=(str(FOLDER),))]


def test_a_sound_filing_has_no_finding_but_hints(form_id):
    assert HINTS[form_id] == findings(document(form_id))


@pytest.mark.parametrize(
    ("form_id", "path", "value", "rule"),
    [
        pytest.param("declaration-department", "tasks.0.funding.total", 261, "money-sum", id="a task's amount and its parts"),
        pytest.param("declaration-department", "funding.other", 57, "money-sum", id="a column of tasks and its total"),
        pytest.param("declaration-narrative", "funding.annual.fiscal", 41, "money-sum", id="an amount and its parts"),
        pytest.param("self-evaluation-transfer", "funding.central.execution_rate", Decimal("0.9"), "execution-rate", id="a rate"),
        pytest.param("self-evaluation-rural", "indicators.0.score", 21, "score-over", id="a score above its weight"),
        pytest.param("self-evaluation-yunnan", "total.score", 97, "total-score", id="the total of scores"),
        pytest.param("self-evaluation-yunnan", "grade", "良", "grade", id="the grade"),
        pytest.param("declaration-hunan", "goals.annual", None, "goal-missing", id="no goal"),
        pytest.param("monitoring", "indicators.1.level2", "经济效益指标", "level-misplaced", id="a level two under another level one"),
    ],
)
def test_a_fault_is_found_by_the_roles_of_the_mapping(form_id, path, value, rule):
    told = document(form_id)
    *above, last = path.split(".")
    held = told["sections"][0]["forms"][0]
    for step in above:
        held = held[int(step)] if step.isdigit() else held[step]
    held[int(last) if last.isdigit() else last] = value
    assert rule in findings(told)


def test_forms_of_different_kinds_are_not_added_up():
    kinds = {form_id: family(KNOWN[form_id]) for form_id in OWN}
    assert {"declaration-department": "department-declaration", "monitoring": "monitoring"} == {name: kind for name, kind in kinds.items() if kind not in ("declaration", "evaluation")}
    found = rollup([filed(form_id) for form_id in OWN], forms=KNOWN)
    gross = {(one.family, one.year): one.total.gross["amount"] for one in found.registers}
    assert {
        ("declaration", 2025): 426_000,
        ("declaration", 2024): 963_000 + 1_500_000 + 3_205_000 + 642_000,
        ("department-declaration", 2025): 5_365_000,
        ("evaluation", 2023): 856_000 + 12_600_000,
        ("evaluation", 2022): 450_000,
        ("evaluation", 2020): 865_000,
        ("monitoring", 2024): 2_100_000,
    } == gross


# ---------------------------------------------------------------- those that come with xltool


@pytest.mark.parametrize("source", sorted((ROOT / "samples").glob("*/filing.txt")), ids=lambda path: path.parent.name)
def test_what_xltool_reads_by_itself_is_read_the_same_beside_them(source):
    alone, beside = read_bytes(source.read_bytes(), "a.txt", forms()).filing, read(source.read_bytes(), "a.txt")
    assert alone == beside


def test_a_list_that_grows_sideways_is_refused_with_that_sentence(tmp_path):
    text = (FOLDER / "declaration-fujian.yaml").read_text("utf-8")
    drawn = re.sub(r"(\| \^ \| \^… \| \^… \| … \| … \| … \| … \|) … \|", r"\1 {目标值·四} |", text)
    assert drawn != text
    (tmp_path / "m.yaml").write_text(drawn, "utf-8")
    assert ["picture-sideways"] == [one.code for one in prove.prove(tmp_path / "m.yaml")[1]]
