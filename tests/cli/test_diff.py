"""``xltool diff`` and ``xltool apply`` as a user runs them."""

import json
import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.edits import excel
from tests.edits.made import DECLARATIONS, EVALUATIONS, SAMPLES, written

SENT = SAMPLES / "target-declaration" / "filing.json"


def document():
    return json.loads(SENT.read_text("utf-8"))


def first(found):
    return found["sections"][0]["forms"][0]


@pytest.fixture
def returned(tmp_path):
    """The workbook of SENT, as a unit sends it back: an amount and a target changed, a row added, one removed, one renamed."""
    book = excel.opened(written(DECLARATIONS))
    sheet = book.worksheets[1]
    sheet.cell(6, 6).value = 190000
    sheet.cell(14, 6).value = "≥220.00(份)"
    sheet.cell(15, 4).value = "抽检农村水厂总数量"
    excel.delete_rows(sheet, 18)
    excel.insert_rows(sheet, 14)
    sheet.merge_cells("D14:E14")
    sheet.merge_cells("F14:G14")
    sheet["B14"], sheet["C14"], sheet["D14"], sheet["F14"] = "产出指标", "数量指标", "夜间抽检次数", "≥2次"
    sheet["J3"] = "科室自用的批注栏"
    path = tmp_path / "returned.xlsx"
    path.write_bytes(excel.saved(book))
    return path


# ---------------------------------------------------------------- diff


def test_the_same_data_in_another_file_is_the_same(xltool, tmp_path):
    (tmp_path / "book.xlsx").write_bytes(written(DECLARATIONS))
    said = xltool("diff", SENT, tmp_path / "book.xlsx")
    assert (0, True) == (said.code, said.out.endswith(": no differences\n"))


def test_differences_are_told_in_the_words_of_the_form(xltool, returned):
    said = xltool("diff", SENT, returned)
    assert 1 == said.code
    for words in (
        r"differences: 5 \(changed: 2, renamed: 1, added: 1, removed: 1\)",
        r"■ 农村供水水质抽检费（2025）",
        r"年度资金申请总额 +186,400 → 190,000 +\+3,600（\+1\.9%）",
        r"产出指标 / 数量指标 / 抽检水样数量\n +年度\(/项目\)指标值 +≥200\.00\(份\) → ≥220\.00\(份\) +\+20份",
        r"✎ 三级指标 +抽检农村水厂数量 → 抽检农村水厂总数量 +\d\d% alike",
        r"\+ added 产出指标 / 数量指标 / 夜间抽检次数（年度\(/项目\)指标值 ≥2次; row 2）",
        r"- removed 效益指标 / 社会效益指标 / 不达标水厂整改率",
    ):
        assert re.search(words, said.out), words
    assert re.search("left over: 1", said.talk)


def test_quiet_says_nothing_but_the_exit_code(xltool, returned):
    said = xltool("diff", SENT, returned, "-q")
    assert (1, "") == (said.code, said.out)


def test_the_words_are_the_users_language(xltool, returned, monkeypatch):
    monkeypatch.setenv("XLTOOL_LANG", "zh")
    assert "5 处不同（修改 2，改名 1，增加 1，删除 1）" in xltool("diff", SENT, returned).out


def test_what_cannot_be_read_is_said_of_both(xltool, tmp_path):
    (tmp_path / "a.txt").write_text("没有表", "utf-8")
    said = xltool("diff", tmp_path / "a.txt", tmp_path / "b.json")
    assert (2, "", 2) == (said.code, said.out, len(said.talk.splitlines()))
    assert "[no-form]" in said.talk and "[file-missing]" in said.talk


def test_two_folders_are_matched_by_project(xltool, tmp_path):
    """One folder has the forms in one file, the other each in a file of its own, in another order."""
    for name, at in (("one", None), ("two/z", 0), ("two/a", 1)):
        folder = tmp_path / name.partition("/")[0]
        folder.mkdir(exist_ok=True)
        found = document()
        found["sections"] = found["sections"][:1]
        found["sections"][0]["title"] = None
        if at is not None:
            found["sections"][0]["forms"] = [found["sections"][0]["forms"][at]]
        (folder / f"{name.rpartition('/')[2]}.json").write_text(json.dumps(found), "utf-8")
    said = xltool("diff", tmp_path / "one", tmp_path / "two")
    assert "changed" not in said.out
    assert "■" in said.out and not any(name in said.out for name in document_names())
    assert "only in" not in said.out


def document_names():
    return [one["project"]["name"] for section in document()["sections"] for one in section["forms"]]


def folder_of(folder, **files):
    """A folder with a filing of one form in each file."""
    folder.mkdir()
    for name, form in files.items():
        (folder / f"{name}.json").write_text(json.dumps({"schema": "xltool/1", "sections": [{"title": None, "forms": [form]}]}), "utf-8")
    return folder


def test_a_file_of_a_folder_that_cannot_be_read_is_no_file_without_forms(xltool, tmp_path, samples):
    """Passed over, its forms would be told as removed, or not be missed at all."""
    folder = tmp_path / "one"
    folder.mkdir()
    for name in ("a.json", "b.json"):
        (folder / name).write_bytes((samples / "target-declaration" / "filing.json").read_bytes())
    (folder / "b.json").write_text("{")
    said = xltool("diff", folder, folder / "a.json")
    assert (2, "", True) == (said.code, said.out, said.talk.startswith("b.json"))


def test_files_of_two_folders_are_paired_by_what_they_hold(xltool, tmp_path):
    """Sent as u1, u2, u3; u3 came back first in the order of names, u2 not at all, and another unit's form did."""
    a, b, c = (form for section in document()["sections"] for form in section["forms"])
    changed = json.loads(json.dumps(c))
    changed["funding"]["annual"]["total"] = 1
    other = json.loads((SAMPLES / "self-evaluation" / "filing.json").read_text("utf-8"))["sections"][0]["forms"][0]
    sent, back = folder_of(tmp_path / "sent", u1=a, u2=b, u3=c), folder_of(tmp_path / "back", m1=changed, m2=a, m3=other)
    said = xltool("diff", sent, back)
    lines = said.out.splitlines()
    assert (1, True) == (said.code, lines[0].endswith("differences: 3 (changed: 1, added: 1, removed: 1)"))
    alone = "(no form on the other side belongs to it)"
    assert [f"only in {sent}: u2.json {alone}", f"only in {back}: m3.json {alone}"] == lines[1:3]
    assert not any("m1" in line or "u3" in line or "↕" in line for line in lines[1:])
    shown = xltool("diff", sent, back, "--json")
    assert lines[1:3] == [line for line in shown.talk.splitlines() if line.startswith("only in")]
    assert ["changed"] == [one["change"] for one in json.loads(shown.out)["changes"] if one["form"]["id"] == "target-declaration" and one["change"] != "removed"]


def test_the_order_of_files_is_no_difference(xltool, tmp_path):
    forms = [form for section in document()["sections"] for form in section["forms"]]
    sent = folder_of(tmp_path / "sent", **{f"u{at}": form for at, form in enumerate(forms)})
    back = folder_of(tmp_path / "back", **{f"z{-at + 9}": form for at, form in enumerate(forms)})
    assert 0 == xltool("diff", sent, back).code


# ---------------------------------------------------------------- the marked copy


def test_the_marked_copy_is_the_users_own_workbook(xltool, returned, tmp_path):
    out = tmp_path / "marked.xlsx"
    assert 1 == xltool("diff", SENT, returned, "--xlsx", out).code
    book = load_workbook(out)
    sheet, listed = book.worksheets[1], book["差异"]
    assert "科室自用的批注栏" == sheet["J3"].value
    assert "原值：186,400" in sheet["F6"].comment.text
    assert "原值：≥200.00(份)" in sheet["F15"].comment.text
    assert "增加" in sheet["D14"].comment.text
    rows = [[cell.value for cell in row] for row in listed.iter_rows(min_row=5)]
    assert ["修改", "增加", "修改", "改名", "删除"] == [row[1] for row in rows]
    assert listed["C5"].hyperlink.location.endswith("!F6")
    coloured = {square for ranges in sheet.conditional_formatting for square in str(ranges.sqref).split()}
    assert {"F6", "F15", "D14", "F14", "D16"} == coloured


def test_the_marked_copy_says_the_same_data(xltool, returned, tmp_path):
    out = tmp_path / "marked.xlsx"
    xltool("diff", SENT, returned, "--xlsx", out)
    assert 0 == xltool("diff", returned, out, "-q").code


def test_of_a_json_the_official_workbook_is_marked(xltool, tmp_path):
    found = document()
    first(found)["funding"]["annual"]["total"] = 1
    (tmp_path / "b.json").write_text(json.dumps(found), "utf-8")
    assert 1 == xltool("diff", SENT, tmp_path / "b.json", "--xlsx", tmp_path / "marked.xlsx").code
    assert "原值：186,400" in load_workbook(tmp_path / "marked.xlsx").worksheets[1]["F6"].comment.text


def test_the_marked_copy_replaces_no_file(xltool, returned, tmp_path):
    (tmp_path / "there.xlsx").write_bytes(b"")
    said = xltool("diff", SENT, returned, "--xlsx", tmp_path / "there.xlsx")
    assert (2, True) == (said.code, "[file-exists]" in said.talk)


# ---------------------------------------------------------------- patches


@pytest.fixture
def patch(xltool, returned, tmp_path):
    path = tmp_path / "patch.json"
    path.write_bytes(xltool("diff", SENT, returned, "--json").data)
    return path


def test_a_patch_is_the_same_bytes_each_time(xltool, returned, patch):
    assert patch.read_bytes() == xltool("diff", SENT, returned, "--json").data


def test_a_patch_applied_makes_the_other(xltool, returned, patch, tmp_path):
    assert 0 == xltool("apply", patch, SENT, "-o", tmp_path / "out.json").code
    assert 0 == xltool("diff", tmp_path / "out.json", returned, "-q").code


def test_a_patch_applied_to_a_workbook_keeps_what_else_it_holds(xltool, returned, patch, tmp_path):
    book = excel.opened(written(DECLARATIONS))
    book.worksheets[1]["K2"] = "存档号 7"
    (tmp_path / "sent.xlsx").write_bytes(excel.saved(book))
    assert 0 == xltool("apply", patch, tmp_path / "sent.xlsx", "-o", tmp_path / "out.xlsx").code
    assert 0 == xltool("diff", tmp_path / "out.xlsx", returned, "-q").code
    assert "存档号 7" == load_workbook(BytesIO((tmp_path / "out.xlsx").read_bytes())).worksheets[1]["K2"].value


def test_a_patch_without_a_file_to_write_goes_to_stdout_as_json(xltool, patch):
    assert first(json.loads(xltool("apply", patch, SENT).out))["funding"]["annual"]["total"] == 190000


def test_a_patch_is_found_again_where_rows_and_forms_have_moved(xltool, patch, tmp_path):
    found = document()
    forms = found["sections"][0]["forms"]
    rows = first(found)["indicators"]
    rows.insert(0, {"level1": "成本指标", "level2": "社会成本指标", "name": "停水时长", "target": None})
    forms.reverse()
    (tmp_path / "b.json").write_text(json.dumps(found), "utf-8")
    said = xltool("apply", patch, tmp_path / "b.json")
    names = [row["name"] for row in json.loads(said.out)["sections"][0]["forms"][1]["indicators"]]
    assert ["停水时长", "单个水样检测成本", "夜间抽检次数", "抽检水样数量", "抽检农村水厂总数量"] == names[:5]
    assert "不达标水厂整改率" not in names


def value_changed(found):
    first(found)["funding"]["annual"]["total"] = 7


def row_gone(found):
    del first(found)["indicators"][1]


def row_of_two_kinds(found):
    rows = first(found)["indicators"]
    rows.insert(0, {**rows[1], "level1": rows[1]["level1"]})
    rows.insert(0, {"level1": "产出指标", "level2": "数量指标", "name": "抽检农村水厂数量", "target": {"text": "=1(座)"}})
    rows[1:2] = []
    rows.insert(4, rows.pop(3))


def removed_row_changed(found):
    next(row for row in first(found)["indicators"] if row["name"] == "不达标水厂整改率")["target"] = {"text": "≥1%"}


@pytest.mark.parametrize(
    ("edit", "code", "words"),
    [
        pytest.param(value_changed, "patch-old", "funding.annual.total should be «186400» and is «7»", id="another value"),
        pytest.param(row_gone, "patch-missing", "产出指标 / 数量指标 / 抽检水样数量", id="a row that is gone"),
        pytest.param(row_of_two_kinds, "patch-twice", "抽检农村水厂数量» stands there 2 times", id="two rows of one name"),
        pytest.param(removed_row_changed, "patch-removed", "不达标水厂整改率", id="a removed row that was changed"),
    ],
)
def test_a_patch_that_does_not_fit_is_refused(xltool, patch, tmp_path, edit, code, words):
    found = document()
    edit(found)
    (tmp_path / "b.json").write_text(json.dumps(found), "utf-8")
    said = xltool("apply", patch, tmp_path / "b.json", "-o", tmp_path / "out.json")
    assert (2, False) == (said.code, (tmp_path / "out.json").exists())
    assert f"[{code}]" in said.talk and words in said.talk
    assert "b.json" in said.talk


def edited(patch, edit):
    found = json.loads(patch.read_text("utf-8"))
    edit(found["changes"])
    patch.write_text(json.dumps(found), "utf-8")


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        pytest.param(lambda changes: changes[0].update(path="funding.nothing"), "[patch-field]", id="a field that the form does not have"),
        pytest.param(lambda changes: changes[0].update(new={"text": "1"}), "[patch-value]", id="a target for an amount"),
        pytest.param(lambda changes: changes[0].update(new="很多"), "[json-wants-number]", id="a text for an amount"),
        pytest.param(lambda changes: changes[0]["form"].update(new="是"), "[json-needs-boolean]", id="a word for true"),
        pytest.param(lambda changes: changes[0].pop("old"), "[json-missing-key]", id="no old value"),
        pytest.param(lambda changes: changes[0]["form"].update(id="none"), "[json-wants-one-of]", id="an unknown form"),
        pytest.param(lambda changes: changes[1]["new"].update(size=1), "[json-unknown-key]", id="a row with a key too many"),
    ],
)
def test_a_patch_that_is_wrong_itself_is_refused(xltool, patch, edit, words):
    edited(patch, edit)
    said = xltool("apply", patch, SENT)
    assert (2, "") == (said.code, said.out)
    assert words in said.talk


def test_a_filing_is_no_patch(xltool):
    said = xltool("apply", SENT, SENT)
    assert (2, True) == (said.code, "[json-" in said.talk)


def test_self_evaluations_are_compared_too(xltool, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(written(EVALUATIONS))
    said = xltool("diff", SAMPLES / "self-evaluation" / "filing.md", tmp_path / "a.xlsx")
    assert 0 == said.code
