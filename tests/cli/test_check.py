"""`xltool check`: its table, its JSON, its exit codes, waivers from one run to the next."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.check.made import DECLARATION, EVALUATION, filing
from xltool.cli.check_table import wrapped
from xltool.jobs import convert
from xltool.library import forms
from xltool.picture import display_width

WRONG = {"total.score": "95.84", "indicators[1].reason": None, "indicators[3].target": "提高", "indicators[3].actual": "提高"}


@pytest.fixture
def desk(tmp_path):
    """A right filing, one with faults, and one that is none."""
    for name, form, changes in (("right.xlsx", DECLARATION, {}), ("wrong.xlsx", EVALUATION, WRONG), ("wrong.json", EVALUATION, WRONG)):
        (tmp_path / name).write_bytes(convert.render(filing(form, changes), forms(), name[-4:]))
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    return tmp_path


def test_right_filing_ends_with_0(xltool, desk):
    said = xltool("check", desk / "right.xlsx")
    assert (0, f"{desk / 'right.xlsx'}: forms: 1, nothing found\n", "") == (said.code, said.out, said.talk)


def test_errors_end_with_1_and_stand_with_their_cells(xltool, desk):
    said = xltool("check", desk / "wrong.xlsx")
    assert 1 == said.code
    assert re.search(r"^    error +社区书屋开放!H\d+ +总分（得分） +.*9\.33 \+ 20 \+ 14\.06", said.out, re.M)
    assert "= 94.84, the form says 95.84" in " ".join(said.out.split())
    assert "[total-score]" in said.out
    assert said.out.index("[reason-missing]") < said.out.index("[verbs-only]"), "the gravest come first"


def test_warnings_and_hints_alone_end_with_0(xltool, desk):
    (desk / "hint.json").write_bytes(convert.render(filing(DECLARATION, {"indicators[5].target": "逐步提高"}), forms(), "json"))
    said = xltool("check", desk / "hint.json")
    assert (0, True) == (said.code, "[verbs-only]" in said.out)


def test_file_that_cannot_be_read_ends_with_2_and_the_others_are_checked(xltool, desk):
    said = xltool("check", desk)
    assert 2 == said.code
    assert "broken.xlsx" in said.talk
    assert "files: 4 (not checked: 1), forms: 3; errors: 4," in said.out


def test_nothing_to_check_ends_with_2(xltool, tmp_path):
    said = xltool("check", tmp_path / "none.xlsx")
    assert (2, True) == (said.code, "[file-missing]" in said.talk)


@pytest.mark.parametrize(("severity", "there"), [("error", [True, False]), ("hint", [True, True])])
def test_severity_leaves_out_what_is_milder(xltool, desk, severity, there):
    said = xltool("check", desk / "wrong.xlsx", "--severity", severity)
    assert there == [f"[{rule}]" in said.out for rule in ("total-score", "verbs-only")]
    rules = {one["rule"] for one in json.loads(xltool("check", desk / "wrong.xlsx", "--severity", severity, "--json").out)["files"][0]["findings"]}
    assert there == [rule in rules for rule in ("total-score", "verbs-only")]


def test_json_says_everything_of_a_finding(xltool, desk):
    said = xltool("check", desk / "wrong.xlsx", desk / "broken.xlsx", desk / "none", "--json")
    answer = json.loads(said.out)
    assert 2 == said.code
    assert ["xltool-check", "files", "missing", "unused_waivers", "totals"] == list(answer)
    assert {"files": 2, "failed": 1, "forms": 1, "error": 2, "warning": 0, "hint": 1, "unknown": 0, "accepted": 0} == answer["totals"]
    assert [str(desk / "none")] == answer["missing"]
    one = next(one for one in answer["files"][0]["findings"] if one["rule"] == "total-score")
    cell = one.pop("cell")
    assert one.pop("paths")[0] == "total.score"
    assert re.fullmatch(r"社区书屋开放!H\d+", one.pop("place"))
    assert "社区书屋开放" == cell["sheet"]
    assert one.pop("what").startswith("«总分（得分）» is not the sum of the scores")
    assert {
        "rule": "total-score", "severity": "error", "answer": "fails", "accepted": None, "form": 0, "path": "total.score", "caption": "总分（得分）", "item": None,
        "expected": "94.84", "found": "95.84", "sum": "9.33 + 20 + 14.06 + 8.33 + 5 + 18.12 + 10 + 10 = 94.84", "do": "check the scores and the total",
    } == one  # fmt: skip
    assert [("workbook-broken")] == [one["code"] for one in answer["files"][1]["problems"]]
    assert "shanghai" == answer["files"][0]["forms"][0]["profile"]


def test_json_is_the_same_twice(xltool, desk):
    assert xltool("check", desk / "wrong.xlsx", "--json").data == xltool("check", desk / "wrong.xlsx", "--json").data


def test_several_processes_find_the_same(xltool, desk):
    alone, shared = (xltool("check", desk / "wrong.xlsx", desk / "right.xlsx", desk / "broken.xlsx", "--json", "-j", jobs) for jobs in (0, 2))
    assert (alone.code, alone.out) == (shared.code, shared.out)


def test_stdin_is_checked(xltool, desk):
    said = xltool("check", "-", stdin=(desk / "wrong.json").read_bytes())
    assert (1, True) == (said.code, said.out.startswith("stdin: forms: 1, error 2"))


def test_profile_is_chosen_by_name_and_by_file(xltool, desk):
    (desk / "own.yaml").write_text("profile: own\ntitle: {zh: 本局, en: ours}\nextends: national\nrules: {total-score: {severity: hint}, reason-missing: {severity: 'off'}}\n", "utf-8")
    assert 0 == xltool("check", desk / "wrong.xlsx", "--profile", desk / "own.yaml").code
    assert 1 == xltool("check", desk / "wrong.xlsx", "--profile", "hubei").code
    said = xltool("check", desk / "wrong.xlsx", "--profile", "atlantis")
    assert (2, "", True) == (said.code, said.out, "[profile-unknown]" in said.talk)


def test_waivers_are_drafted_filled_in_and_carried_on(xltool, desk):
    waivers = desk / "waivers.yaml"
    assert 1 == xltool("check", desk / "wrong.xlsx", "--write-waivers", waivers).code
    refused = xltool("check", desk / "wrong.xlsx", "--waivers", waivers)
    assert (2, True) == (refused.code, "[waiver-reason]" in refused.talk)
    waivers.write_text(waivers.read_text("utf-8").replace("待填写", "财政科已同意"), "utf-8")
    accepted = xltool("check", desk / "wrong.xlsx", "--waivers", waivers)
    assert (0, True) == (accepted.code, "accepted 3" in accepted.out)
    assert "财政科已同意" in xltool("check", desk / "wrong.xlsx", "--waivers", waivers, "--all").out
    again = desk / "again.yaml"
    xltool("check", desk / "wrong.xlsx", "--waivers", waivers, "--write-waivers", again)
    assert waivers.read_text("utf-8") == again.read_text("utf-8")


def test_waivers_that_accept_nothing_any_more_are_named(xltool, desk):
    waivers = desk / "waivers.yaml"
    waivers.write_text("waivers:\n  - {rule: money-sum, project: 古树名木养护, reason: 旧账}\n", "utf-8")
    said = xltool("check", desk / "right.xlsx", "--waivers", waivers)
    assert (0, True) == (said.code, "waivers.yaml:2: this waiver accepts nothing any more (money-sum, 古树名木养护)" in said.talk)


def test_draft_of_waivers_replaces_no_file(xltool, desk):
    (desk / "w.yaml").write_text("waivers: []\n", "utf-8")
    said = xltool("check", desk / "wrong.xlsx", "--write-waivers", desk / "w.yaml")
    assert (2, True, "waivers: []\n") == (said.code, "[file-exists]" in said.talk, (desk / "w.yaml").read_text("utf-8"))
    assert 1 == xltool("check", desk / "wrong.xlsx", "--write-waivers", desk / "w.yaml", "--force").code


def test_hints_of_one_kind_share_a_row(xltool, desk):
    many = {f"indicators[{row}].{key}": text for row in (1, 2, 3, 4) for key, text in (("name", f"养护情况{row}"), ("target", "逐步提高"))}
    (desk / "many.json").write_bytes(convert.render(filing(DECLARATION, many), forms(), "json"))
    folded, every = xltool("check", desk / "many.json"), xltool("check", desk / "many.json", "--all")
    assert (1, 4) == (folded.out.count("[verbs-only]"), every.out.count("[verbs-only]"))
    assert "(and 3 more: indicators[2].target" in " ".join(folded.out.split())


def test_one_gap_in_many_rows_shares_a_row_with_all_its_cells(xltool, desk):
    """Rows 1 to 3 and 5 of the list have no actual: one sentence, one row, cells below each other as a range."""
    gaps = filing(EVALUATION, {f"indicators[{row}].actual": None for row in (0, 1, 2, 4)})
    (desk / "gaps.xlsx").write_bytes(convert.render(gaps, forms(), "xlsx"))
    folded, every = (xltool("check", desk / "gaps.xlsx", *words) for words in ((), ("--all",)))
    cells = [one["cell"]["cells"] for one in json.loads(xltool("check", desk / "gaps.xlsx", "--json").out)["files"][0]["findings"] if one["rule"] == "evaluation-missing"]
    assert (4, 1, 4) == (len(cells), folded.out.count("[evaluation-missing]"), every.out.count("[evaluation-missing]"))
    assert f"(and3more:{cells[1]}—{cells[2]}、{cells[3]})" in "".join(folded.out.split())


def test_blank_form_is_told_in_one_sentence(xltool, tmp_path):
    assert 0 == xltool("template", DECLARATION, "-o", tmp_path / "blank.xlsx").code
    said, every = (xltool("check", tmp_path / "blank.xlsx", *words) for words in ((), ("--all",)))
    file = json.loads(xltool("check", tmp_path / "blank.xlsx", "--json").out)["files"][0]
    assert (1, True) == (said.code, file["forms"][0]["blank"])
    assert 3 == len(said.out.splitlines()) and f"this form is blank, nobody has filled it in (findings: {len(file['findings'])}; --all" in said.out
    assert len(file["findings"]) == every.out.count(" → ")


def test_errors_of_different_words_keep_their_rows(xltool, desk):
    (desk / "few.xlsx").write_bytes(convert.render(filing(EVALUATION, {f"indicators[0].{key}": None for key in ("actual", "weight", "score")}), forms(), "xlsx"))
    assert 3 == xltool("check", desk / "few.xlsx").out.count("[evaluation-missing]")


def test_columns_of_the_table_stand_below_each_other(xltool, desk):
    """Wide characters take two columns."""
    lines = [line for line in xltool("check", desk / "wrong.xlsx").out.splitlines() if re.match(r"    (error|hint) ", line)]
    starts = {display_width(line[: line.index(word)]) for line, word in zip(lines, ("14.06 of 15", "«总分", "the target"), strict=True)}
    assert 1 == len(starts)


@pytest.mark.parametrize("text", ["“年度资金总额”不等于各项之和：22,842,339.16 + 485,906.55 = 23,328,245.71。请核对，并说明原因；" * 3, "a" * 300, "词" * 120, "short", ""])
@pytest.mark.parametrize("room", [20, 41, 80])
def test_wrapped_text_keeps_every_character_and_its_room(text, room):
    lines = wrapped(text, room)
    assert "".join(text.split()) == "".join("".join(lines).split())
    assert all(display_width(line) <= room + 4 for line in lines)
    assert not any(line[:1] in "，。；：、”）" for line in lines if line)


def test_samples_have_the_same_findings_on_every_surface(xltool, samples):
    """What is found does not hang on the file that a form comes in."""
    told = {}
    for file in sorted((samples / "self-evaluation").glob("filing.*")):
        files = json.loads(xltool("check", file, "--json").out)["files"]
        told[file.suffix] = [(one["rule"], one["form"], one["path"], one["found"]) for one in files[0]["findings"]]
    assert 4 <= len(told)
    assert {1} == {len(set(map(tuple, told.values())))} if told else False


@pytest.mark.parametrize(("files", "named"), [(20, 20), (21, 0)])
def test_of_many_files_those_without_findings_are_counted(xltool, desk, tmp_path, files, named):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(files):
        (folder / f"{number}.xlsx").write_bytes((desk / "right.xlsx").read_bytes())
    (folder / "z.xlsx").write_bytes((desk / "wrong.xlsx").read_bytes()) if not named else None
    said = xltool("check", folder, "-j", 0)
    assert named == said.out.count("nothing found")
    assert (named == 0) == ("… and 21 more files with nothing to list" in said.out)
    assert (named == 0) == ("z.xlsx: forms: 1, error 2" in said.out)


def test_every_source_of_a_folder_is_named(xltool, desk):
    named = [Path(one["source"]).name for one in json.loads(xltool("check", desk, "--json").out)["files"]]
    assert ["broken.xlsx", "right.xlsx", "wrong.json", "wrong.xlsx"] == named


def test_a_form_is_headed_by_each_of_its_names_once(xltool, tmp_path):
    """The project is known by its role, wherever the mapping keeps it; a sheet called like it is not said again."""
    mapping = """form: books
title: 图书采购绩效表
layout: |
  | 图书采购绩效表 | <          |
  | 采购名称       | {采购名称} |
  | 采购部门       | {采购部门} |
fields:
  采购名称: {json: purchase}
  采购部门: {json: office, required: "true"}
roles: {project: 采购名称, department: 采购部门}
"""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "books.yaml").write_text(mapping, encoding="utf-8")
    entry = {"form": "books", "title": "图书采购绩效表", "year": None, "purchase": "绘本", "office": None}
    for name, changes in (("named", {}), ("unnamed", {"purchase": None})):
        (tmp_path / f"{name}.json").write_text(json.dumps({"schema": "xltool/1", "sections": [{"title": None, "forms": [entry | changes]}]}), encoding="utf-8")
        assert 0 == xltool("convert", tmp_path / f"{name}.json", "-o", tmp_path / f"{name}.xlsx", "--mappings", tmp_path / "own").code
    named = xltool("check", tmp_path / "named.xlsx", "--mappings", tmp_path / "own")
    unnamed = xltool("check", tmp_path / "unnamed.xlsx", "--mappings", tmp_path / "own")
    assert re.search(r"^  1\. 绘本 · 图书采购绩效表  \w", named.out, re.M), named.out
    assert re.search(r"^  1\. 图书采购绩效表  \w", unnamed.out, re.M), unnamed.out


def test_long_name_of_a_sheet_stands_above_its_rows_and_not_in_each(xltool, tmp_path):
    name = "古树名木养护与复壮及信息系统升级改造（二期）"
    (tmp_path / "long.xlsx").write_bytes(convert.render(filing(EVALUATION, {**WRONG, "project.name": name}), forms(), "xlsx"))
    said = xltool("check", tmp_path / "long.xlsx")
    head, *rows = said.out.splitlines()[1:]
    assert name in head
    assert not any(name in row for row in rows)
    assert any(re.match(r"    error +H\d+ ", row) for row in rows)


def test_a_waiver_of_no_rule_is_named_with_those_that_are_like_it(xltool, desk):
    """A slip in the rule's name, and a rule whose finding is gone: neither accepts anything, for different reasons."""
    waivers = desk / "slip.yaml"
    waivers.write_text("waivers:\n  - {rule: score-ovr, reason: 财政科已同意}\n  - {rule: weights-100, project: 社区书屋开放, reason: 财政科已同意}\n", "utf-8")
    said = xltool("check", desk / "wrong.xlsx", "--waivers", waivers)
    assert "slip.yaml:2: there is no rule «score-ovr», so this waiver accepts nothing; is it score-over" in said.talk
    assert "slip.yaml:3: this waiver accepts nothing any more (weights-100, 社区书屋开放)" in said.talk


def test_waivers_of_what_was_not_checked_are_kept(xltool, desk):
    """One file of waivers serves all units; who checks one of them loses nothing of the others', nor what is only misspelled."""
    waivers, again = desk / "all.yaml", desk / "again.yaml"
    others = "  - {rule: money-sum, project: 别的项目, reason: 已说明}\n  - {rule: money-sum, form: declaration-2015, reason: 已说明}\n  - {rule: score-ovr, project: 社区书屋开放, reason: 已同意}\n"
    waivers.write_text(f"waivers:\n{others}  - {{rule: weights-100, project: 社区书屋开放, reason: 问题已改}}\n", "utf-8")
    said = xltool("check", desk / "wrong.xlsx", "--waivers", waivers, "--write-waivers", again)
    assert "waivers of projects that were not checked this time, kept as they are: 2 (别的项目, declaration-2015)" in said.talk
    assert ["别的项目", "declaration-2015", "score-ovr"] == [word for word in ("别的项目", "declaration-2015", "score-ovr", "问题已改") if word in again.read_text("utf-8")]
