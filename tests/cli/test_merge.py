"""``xltool merge`` as a user runs it: conflicts on a sheet, chosen there, read back."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.edits import excel
from tests.edits.made import DECLARATIONS, SAMPLES, written

BASE = SAMPLES / "target-declaration" / "filing.json"
NEW = {"level1": "效益指标", "level2": "社会效益指标", "name": "水质投诉下降率", "target": {"text": "≥10%"}}
"""A row that both sides add."""


def saved(path, edit):
    """BASE after an edit of its first form, as a file."""
    found = json.loads(BASE.read_text("utf-8"))
    edit(found["sections"][0]["forms"][0])
    path.write_text(json.dumps(found), "utf-8")
    return path


def row(form, name):
    return next(one for one in form["indicators"] if one["name"] == name)


def ours(form):
    form["funding"]["annual"]["total"] = 190000
    form["funding"]["annual"]["fiscal"] = 190000
    row(form, "抽检水样数量")["target"] = {"text": "≥220.00(份)"}
    form["indicators"].remove(row(form, "检测报告验收合格率"))
    form["indicators"].append(NEW)


def theirs(form):
    form["funding"]["annual"]["total"] = 188000
    form["project"]["nature"] = "一次性项目"
    row(form, "抽检水样数量")["target"] = {"text": "≥210.00(份)"}
    row(form, "检测报告验收合格率")["target"] = {"text": "≥99%"}
    form["indicators"].append(NEW)


@pytest.fixture
def three(tmp_path):
    return BASE, saved(tmp_path / "ours.json", ours), saved(tmp_path / "theirs.json", theirs)


@pytest.fixture
def merged(xltool, three, tmp_path):
    """The merged workbook with its three conflicts: an amount, a target, a row removed here and changed there."""
    assert 1 == xltool("merge", *three, "-o", tmp_path / "merged.xlsx").code
    return tmp_path / "merged.xlsx"


def first(path):
    return json.loads(path.read_text("utf-8"))["sections"][0]["forms"][0]


# ---------------------------------------------------------------- without conflicts


def test_independent_changes_are_both_kept(xltool, tmp_path):
    one = saved(tmp_path / "a.json", lambda form: form["funding"]["annual"].update(total=1))
    other = saved(tmp_path / "b.json", lambda form: form["indicators"].pop(0))
    said = xltool("merge", BASE, one, other, "-o", tmp_path / "out.json")
    assert (0, True) == (said.code, "no conflicts" in said.out)
    assert (1, 8) == (first(tmp_path / "out.json")["funding"]["annual"]["total"], len(first(tmp_path / "out.json")["indicators"]))


def test_two_fields_of_one_row_are_both_kept(xltool, tmp_path):
    one = saved(tmp_path / "a.json", lambda form: row(form, "抽检水样数量").update(target={"text": "≥1(份)"}))
    other = saved(tmp_path / "b.json", lambda form: row(form, "抽检水样数量").update(name="抽检水样总数量"))
    assert 0 == xltool("merge", BASE, one, other, "-o", tmp_path / "out.json").code
    assert "≥1(份)" == row(first(tmp_path / "out.json"), "抽检水样总数量")["target"]["text"]


def test_a_row_that_both_added_stands_once(xltool, three, merged):
    sheet = load_workbook(merged).worksheets[1]
    assert 1 == sum(cell.value == NEW["name"] for line in sheet.iter_rows() for cell in line)


# ---------------------------------------------------------------- conflicts


def test_conflicts_are_named_with_all_three_values(xltool, three, tmp_path):
    said = xltool("merge", *three, "-o", tmp_path / "out.xlsx")
    assert 1 == said.code
    assert "conflicts: 3" in said.out
    for words in ("年度资金申请总额\n       base    186,400\n       ours    190,000\n       theirs  188,000", "the row as it was\n       ours    removed\n       theirs  changed：年度(/项目)指标值 ≥99%"):
        assert words in said.out


def test_conflicts_are_data_for_programs(xltool, three, tmp_path):
    found = json.loads(xltool("merge", *three, "-o", tmp_path / "out.json", "--json").out)
    amount, target, removal = found["conflicts"]
    assert ("content", "funding.annual.total", 186400, 190000, 188000) == tuple(amount[key] for key in ("conflict", "path", "base", "ours", "theirs"))
    assert "≥220.00(份)" == target["ours"]["text"]
    assert ("removal", None, "≥99%") == (removal["conflict"], removal["ours"], removal["theirs"]["target"]["text"])


def test_what_is_in_conflict_has_the_value_of_the_base(xltool, three, tmp_path):
    xltool("merge", *three, "-o", tmp_path / "out.json")
    found = first(tmp_path / "out.json")
    assert (186400, 190000, "一次性项目") == (found["funding"]["annual"]["total"], found["funding"]["annual"]["fiscal"], found["project"]["nature"])
    assert "=100%" == row(found, "检测报告验收合格率")["target"]["text"]


def test_conflicts_are_marked_and_listed_in_the_workbook(merged):
    book = load_workbook(merged)
    assert "我方：190,000" in book.worksheets[1]["F6"].comment.text
    sheet = book["冲突"]
    assert ["186,400", "190,000", "188,000"] == [sheet.cell(5, column).value for column in (6, 7, 8)]
    assert {'"我方,对方,原值"'} == {one.formula1 for one in sheet.data_validations.dataValidation if "I5" in one.sqref}
    assert sheet.column_dimensions["K"].hidden


def test_a_merged_workbook_with_its_sheet_of_conflicts_is_still_a_filing(xltool, three, merged, tmp_path):
    xltool("merge", *three, "-o", tmp_path / "out.json")
    said = xltool("diff", merged, tmp_path / "out.json")
    assert (0, "") == (said.code, said.talk)


# ---------------------------------------------------------------- choosing


def chosen(merged, choices, typed=None, forms=None):
    """The workbook with choices (row → word) and typed values (row → value) on the sheet, and what was typed into the form itself."""
    book = load_workbook(merged)
    for cell in (cell for sheet in book.worksheets for line in sheet.iter_rows() for cell in line):
        # openpyxl writes where a link leads into the cell that has it, if that is empty; Excel does not.
        if cell.hyperlink and cell.value == cell.hyperlink.location:
            cell.value = None
    for number, word in choices.items():
        book["冲突"].cell(number + 4, 9).value = word
    for number, value in (typed or {}).items():
        book["冲突"].cell(number + 4, 10).value = value
    for square, value in (forms or {}).items():
        book.worksheets[1][square].value = value
    book.save(merged)
    return merged


def finish(xltool, three, merged):
    out = merged.with_name("final.json")
    return xltool("merge", *three, "--resolve", merged, "-o", out), out


@pytest.mark.parametrize(
    ("word", "total", "target", "removed"),
    [
        pytest.param("我方", 190000, "≥220.00(份)", None, id="ours"),
        pytest.param("对方", 188000, "≥210.00(份)", "≥99%", id="theirs"),
        pytest.param("原值", 186400, "≥200.00(份)", "=100%", id="base"),
    ],
)
def test_a_choice_of_a_side_is_taken(xltool, three, merged, word, total, target, removed):
    said, out = finish(xltool, three, chosen(merged, {1: word, 2: word, 3: word}))
    assert 0 == said.code
    rows = {one["name"]: one["target"]["text"] for one in first(out)["indicators"]}
    assert (total, target, removed) == (first(out)["funding"]["annual"]["total"], rows["抽检水样数量"], rows.get("检测报告验收合格率"))


@pytest.fixture
def both_added(xltool, tmp_path):
    """BASE, and two sides that added a row of one name with different targets."""
    sides = [saved(tmp_path / f"{name}.json", lambda form, text=text: form["indicators"].append(NEW | {"target": {"text": text}})) for name, text in (("a", "≥10%"), ("b", "≥20%"))]
    assert 1 == xltool("merge", BASE, *sides, "-o", tmp_path / "merged.xlsx").code
    return (BASE, *sides), tmp_path / "merged.xlsx"


@pytest.mark.parametrize(("word", "target"), [("我方", "≥10%"), ("对方", "≥20%"), ("原值", None)])
def test_of_a_row_that_both_added_the_base_has_none(xltool, both_added, word, target):
    three, merged = both_added
    assert "（没有这一行）" == load_workbook(merged)["冲突"]["F5"].value
    said, out = finish(xltool, three, chosen(merged, {1: word}))
    assert 0 == said.code
    assert [target] * bool(target) == [one["target"]["text"] for one in first(out)["indicators"] if one["name"] == NEW["name"]]
    assert len(first(BASE)["indicators"]) + bool(target) == len(first(out)["indicators"])


def test_a_form_that_both_added_goes_whole_or_is_chosen_whole(xltool, tmp_path):
    def adding(name, total, nature):
        found = json.loads(BASE.read_text("utf-8"))
        forms = found["sections"][0]["forms"]
        new = json.loads(json.dumps(forms[0]))
        new["project"] |= {"name": "新项目", "nature": nature}
        new["funding"]["annual"]["total"] = total
        forms.append(new)
        (tmp_path / name).write_text(json.dumps(found), "utf-8")
        return tmp_path / name

    three = BASE, adding("a.json", 5, "经常性项目"), adding("b.json", 6, "一次性项目")
    assert 1 == xltool("merge", *three, "-o", tmp_path / "merged.xlsx").code
    said, out = finish(xltool, three, chosen(tmp_path / "merged.xlsx", {1: "原值", 2: "我方"}))
    assert (2, True, False) == (said.code, "conflict 2 is given a value, and conflict 1" in said.talk and "[merge-gone]" in said.talk, out.exists())
    said, out = finish(xltool, three, chosen(tmp_path / "merged.xlsx", {1: "原值", 2: "原值"}))
    assert (0, json.loads(BASE.read_text("utf-8"))["sections"]) == (said.code, json.loads(out.read_text("utf-8"))["sections"])


def test_a_value_typed_in_is_taken(xltool, three, merged):
    said, out = finish(xltool, three, chosen(merged, {3: "我方"}, {1: 189000, 2: "≥215(份)"}))
    assert 0 == said.code
    assert 189000 == first(out)["funding"]["annual"]["total"]
    assert {"text": "≥215(份)", "operator": "≥", "value": 215, "unit": "份"} == row(first(out), "抽检水样数量")["target"]


@pytest.mark.parametrize(
    ("typed", "total"),
    [pytest.param("189,000.00元", 189000, id="the form's unit"), pytest.param("¥18.9万元", 189000, id="another unit"), pytest.param("189000（元）", 189000, id="a unit in brackets")],
)
def test_an_amount_typed_with_its_unit_is_taken(xltool, three, merged, typed, total):
    said, out = finish(xltool, three, chosen(merged, {2: "我方", 3: "我方"}, {1: typed}))
    assert (0, total) == (said.code, first(out)["funding"]["annual"]["total"])


def test_an_amount_typed_with_its_unit_is_counted_in_the_unit_of_its_form(xltool, tmp_path):
    sides = [saved(tmp_path / f"{name}.json", lambda form, total=total: (form.update(money_unit="万元"), form["funding"]["annual"].update(total=total))) for name, total in (("base", 1), ("a", 2), ("b", 3))]
    assert 1 == xltool("merge", *sides, "-o", tmp_path / "merged.xlsx").code
    said, out = finish(xltool, sides, chosen(tmp_path / "merged.xlsx", {}, {1: "66,000.00元"}))
    assert (0, 6.6) == (said.code, first(out)["funding"]["annual"]["total"])


def test_an_amount_with_a_unit_is_refused_while_the_unit_of_its_form_is_in_conflict(xltool, tmp_path):
    said = (Path(__file__).parents[2] / "mappings" / "target-declaration.yaml").read_text("utf-8")
    for old, new in (("form: target-declaration", "form: own"), ("财政项目支出绩效目标申报表", "项目支出目标表"), ("choices: [元, 万元]", "choices: [元, 千元, 万元]")):
        said = said.replace(old, new)
    (tmp_path / "own.yaml").write_text(said, "utf-8")
    sides = [
        saved(tmp_path / f"{total}.json", lambda form, unit=unit, total=total: (form.update(form="own", title="项目支出目标表", **unit), form["funding"]["annual"].update(total=total)))
        for unit, total in (({}, 1), ({"money_unit": "万元"}, 2), ({"money_unit": "千元"}, 3))
    ]
    own = "--mappings", tmp_path
    assert 1 == xltool("merge", *sides, "-o", tmp_path / "merged.xlsx", *own).code
    filled = chosen(tmp_path / "merged.xlsx", {1: "我方"}, {2: "66,000.00元"})
    said = xltool("merge", *sides, "--resolve", filled, "-o", tmp_path / "out.json", *own)
    assert (2, False, True) == (said.code, (tmp_path / "out.json").exists(), "[merge-value]" in said.talk and "unit of money cannot be told" in said.talk)


def test_what_was_typed_into_the_form_itself_decides_too(xltool, three, merged):
    said, out = finish(xltool, three, chosen(merged, {2: "我方", 3: "我方"}, forms={"F6": 187000, "B3": "水质抽检费"}))
    assert 0 == said.code
    assert (187000, "水质抽检费") == (first(out)["funding"]["annual"]["total"], first(out)["project"]["name"])


def test_while_a_choice_is_missing_nothing_is_written(xltool, three, merged):
    said, out = finish(xltool, three, chosen(merged, {1: "我方"}))
    assert (1, False) == (said.code, out.exists())
    assert "still to be decided: 2" in said.out and "年度资金申请总额" not in said.out
    assert ["2", "3"] == [line.split()[0] for line in said.out.splitlines() if line[:3] == "  " + line[2:3] and line[2:3].isdigit()]


def test_json_has_no_sheet_to_choose_on(xltool, three, tmp_path):
    said = xltool("merge", *three, "-o", tmp_path / "out.json")
    assert (1, True, False) == (said.code, "end -o in .xlsx" in said.out, "冲突" in said.out)


@pytest.mark.parametrize(
    ("choices", "typed", "forms", "code"),
    [
        pytest.param({1: "都行"}, {}, {}, "merge-choice", id="a word that is no choice"),
        pytest.param({1: "我方"}, {1: 5}, {}, "merge-both", id="a choice and a value"),
        pytest.param({}, {3: "≥1%"}, {}, "merge-no-value", id="a value for a whole row"),
        pytest.param({}, {1: "很多"}, {}, "merge-value", id="words for an amount"),
        pytest.param({1: "我方", 2: "我方", 3: "我方"}, {}, {"F6": 5}, "merge-typed", id="one on the sheet, another in the form"),
    ],
)
def test_a_choice_that_cannot_be_understood_is_refused(xltool, three, merged, choices, typed, forms, code):
    said, out = finish(xltool, three, chosen(merged, choices, typed, forms))
    assert (2, False) == (said.code, out.exists())
    assert f"[{code}]" in said.talk


def test_choices_of_another_merge_are_refused(xltool, three, merged, tmp_path):
    said, _ = finish(xltool, (BASE, saved(tmp_path / "other.json", lambda form: form["project"].update(name="甲")), three[2]), merged)
    assert (2, True) == (said.code, "[merge-other]" in said.talk)


def test_a_workbook_without_the_sheet_is_refused(xltool, three, tmp_path):
    xltool("convert", BASE, "-o", tmp_path / "plain.xlsx")
    said, _ = finish(xltool, three, tmp_path / "plain.xlsx")
    assert (2, True) == (said.code, "[merge-sheet]" in said.talk)


def test_the_finished_workbook_has_no_sheet_of_conflicts(xltool, three, merged, tmp_path):
    chosen(merged, {1: "我方", 2: "我方", 3: "我方"})
    assert 0 == xltool("merge", *three, "--resolve", merged, "-o", tmp_path / "final.xlsx").code
    assert "冲突" not in load_workbook(tmp_path / "final.xlsx").sheetnames


def test_a_merge_replaces_no_file(xltool, three, tmp_path):
    (tmp_path / "there.xlsx").write_bytes(b"")
    said = xltool("merge", *three, "-o", tmp_path / "there.xlsx")
    assert (2, True) == (said.code, "[file-exists]" in said.talk)


# ---------------------------------------------------------------- into the user's own workbook


@pytest.fixture
def own(tmp_path):
    """A workbook of ours with a remark beside the form, and an amount and a row that are changed."""
    book = excel.opened(written(DECLARATIONS))
    sheet = book.worksheets[1]
    sheet["J3"], sheet["F6"] = "科室自用", 190000
    (tmp_path / "own.xlsx").write_bytes(excel.saved(book))
    return tmp_path / "own.xlsx"


def test_where_ours_is_a_workbook_it_keeps_what_else_it_holds(xltool, own, tmp_path):
    other = saved(tmp_path / "theirs.json", lambda form: row(form, "抽检水样数量").update(target={"text": "≥210.00(份)"}))
    said = xltool("merge", BASE, own, other, "-o", tmp_path / "merged.xlsx")
    assert (0, "") == (said.code, said.talk)
    sheet = load_workbook(tmp_path / "merged.xlsx").worksheets[1]
    assert ("科室自用", 190000, "≥210.00(份)") == (sheet["J3"].value, sheet["F6"].value, sheet["F14"].value)


def test_its_conflicts_are_marked_in_it_and_finished_in_it(xltool, own, tmp_path):
    three = BASE, own, saved(tmp_path / "theirs.json", theirs)
    assert 1 == xltool("merge", *three, "-o", tmp_path / "merged.xlsx").code
    sheet = load_workbook(tmp_path / "merged.xlsx").worksheets[1]
    assert ("科室自用", 186400) == (sheet["J3"].value, sheet["F6"].value)
    chosen(tmp_path / "merged.xlsx", {1: "对方"})
    assert 0 == xltool("merge", *three, "--resolve", tmp_path / "merged.xlsx", "-o", tmp_path / "final.xlsx").code
    sheet = load_workbook(tmp_path / "final.xlsx").worksheets[1]
    assert ("科室自用", 188000) == (sheet["J3"].value, sheet["F6"].value)


def test_where_that_cannot_be_the_official_workbook_is_written_and_why_is_said(xltool, own, tmp_path):
    found = json.loads(BASE.read_text("utf-8"))
    del found["sections"][1]
    (tmp_path / "theirs.json").write_text(json.dumps(found), "utf-8")
    said = xltool("merge", BASE, own, tmp_path / "theirs.json", "-o", tmp_path / "merged.xlsx")
    assert 0 == said.code
    assert "[merge-official]" in said.talk and "[apply-forms]" in said.talk
    assert 0 == xltool("diff", tmp_path / "merged.xlsx", tmp_path / "merged.xlsx", "-q").code


def titled(path, title):
    """BASE with another title of its second 汇总表."""
    found = json.loads(BASE.read_text("utf-8"))
    found["sections"][1]["title"] = title
    path.write_text(json.dumps(found), "utf-8")
    return path


def test_a_title_that_both_changed_is_a_conflict_named_as_that(xltool, tmp_path):
    said = xltool("merge", BASE, titled(tmp_path / "a.json", "甲汇总表"), titled(tmp_path / "b.json", "乙汇总表"), "-o", tmp_path / "out.json")
    assert (1, True, True) == (said.code, "title of the 汇总表" in said.talk + said.out, "甲汇总表" in said.talk + said.out and "乙汇总表" in said.talk + said.out)
