"""`xltool forms` and `xltool template`: what is listed, drawn, printed, proved and left blank."""

import json
from pathlib import Path

import pytest

from xltool.library import forms
from xltool.picture import display_width
from xltool.surfaces import xlsx_writer

MAPPINGS = sorted((Path(__file__).resolve().parents[2] / "mappings").glob("*.yaml"))


def test_list_names_every_form(xltool):
    assert set(forms()) == {line.split()[0] for line in xltool("forms", "list").out.splitlines()}
    assert list(forms()) == [one["form"] for one in json.loads(xltool("forms", "list", "--json").out)]


@pytest.mark.parametrize("form_id", sorted(forms()))
def test_show_draws_lines_of_one_width(xltool, form_id):
    """A line that ends in … is a row of a list."""
    lines = [line.removesuffix(" …") for line in xltool("forms", "show", form_id).out.splitlines()]
    assert 1 == len({display_width(line) for line in lines})
    assert all(caption.caption in "".join(lines) for caption in forms()[form_id].layout.cells if not caption.holes)


DRAWN = """\
┌─────────────┬──────────┐
│ 名称        │ {名称}   │
├──────┬──────┼──────────┤
│ 指标 │ 级别 │ 指标值   │
│      ├──────┼──────────┤
│      │ {级} │ {指标值} │ …
└──────┴──────┴──────────┘
"""


def test_show_draws_merged_cells_as_merged(xltool, tmp_path):
    (tmp_path / "own.yaml").write_text(
        "form: own\ntitle: 表\nlayout: |\n  | 名称 | < | {名称} |\n  | 指标 | 级别 | 指标值 |\n  | ^ | {级} | {指标值} |\n  | ^ | ^… | … |\n"
        "fields:\n  名称: {json: name}\n  级: {json: level1}\n  指标值: {json: target, type: target}\nlists: {rows: [级, 指标值]}\n",
        "utf-8",
    )
    assert DRAWN == xltool("forms", "show", "own", "--mappings", tmp_path).out


def test_schema_is_of_the_form(xltool):
    made = json.loads(xltool("forms", "schema", "self-evaluation").out)
    assert "https://json-schema.org/draft/2020-12/schema" == made["$schema"]
    assert "self-evaluation" in made["$defs"]


@pytest.mark.parametrize("words", [("forms", "show"), ("forms", "schema"), ("template", "-o", "x.xlsx")])
def test_an_unknown_form_is_answered_with_those_there_are(xltool, words):
    said = xltool(*words[:2], "no-form-of-ours", *words[2:]) if words[0] == "forms" else xltool("template", "no-form-of-ours", *words[1:])
    assert 2 == said.code
    assert all(form in said.talk for form in forms())


@pytest.mark.parametrize("mapping", MAPPINGS, ids=lambda path: path.stem)
def test_our_own_mappings_are_proved(xltool, mapping):
    said = xltool("forms", "check", mapping)
    assert (0, "") == (said.code, said.talk), said.out


@pytest.mark.parametrize("form_id", sorted(forms()))
def test_a_template_agrees_with_its_mapping(xltool, form_id, tmp_path):
    blank = tmp_path / "blank.xlsx"
    assert 0 == xltool("template", form_id, "-o", blank).code
    mapping = next(path for path in MAPPINGS if path.stem == form_id)
    said = xltool("forms", "check", mapping, "--blank", blank)
    assert (0, "") == (said.code, said.talk), said.out


def test_a_template_of_another_form_does_not_agree(xltool, tmp_path):
    blank = tmp_path / "blank.xlsx"
    xltool("template", "target-declaration", "-o", blank)
    said = xltool("forms", "check", next(path for path in MAPPINGS if path.stem == "self-evaluation"), "--blank", blank)
    assert 1 == said.code
    assert "[blank-" in said.out


FIVE = """\
form: Five
title: 五处
layout: |
  | 名称 | {名称} |
  | 总额 | {总额} | < |
fields:
  名称: {json: name, typ: text}
  总额: {json: 总额, type: mony}
titel: x
"""


def test_check_says_all_faults_with_their_lines_and_ends_with_1(xltool, tmp_path):
    mapping = tmp_path / "five.yaml"
    mapping.write_text(FIVE, "utf-8")
    said = xltool("forms", "check", mapping)
    assert 1 == said.code
    assert ["1", "5", "7", "8", "8", "9"] == [line.removeprefix(f"{mapping}:").partition(":")[0] for line in said.out.splitlines()]
    mapping.write_text(FIVE.replace(" | < |\n", " |\n"), "utf-8")
    found = json.loads(xltool("forms", "check", mapping, "--json").out)
    assert ["form-id", "yaml-unknown-key", "yaml-unknown-key", "field-type", "field-path"] == sorted((one["code"] for one in found), key=ORDER.index)


ORDER = ["form-id", "yaml-unknown-key", "field-type", "field-path"]


def test_check_sees_two_fields_exchanged(xltool, tmp_path):
    text = next(path for path in MAPPINGS if path.stem == "target-declaration").read_text("utf-8")
    mapping = tmp_path / "x.yaml"
    mapping.write_text(text.replace("{主管部门}", "{?}").replace("{实施单位}", "{主管部门}").replace("{?}", "{实施单位}"), "utf-8")
    said = xltool("forms", "check", mapping)
    assert (1, 2) == (said.code, said.out.count("[caption-rule]"))


def test_check_proves_several_files_and_goes_on_after_one_that_is_not_there(xltool, tmp_path):
    mapping = tmp_path / "five.yaml"
    mapping.write_text(FIVE, "utf-8")
    fine = [str(path) for path in MAPPINGS]
    said = xltool("forms", "check", *fine)
    assert (0, len(fine)) == (said.code, said.out.count("nothing wrong"))
    assert 1 == xltool("forms", "check", mapping, *fine).code
    said = xltool("forms", "check", tmp_path / "no.yaml", mapping, fine[0])
    assert (2, True, True) == (said.code, "[file-missing]" in said.talk, "[picture-width]" in said.out)
    assert "nothing wrong" in said.out


def test_check_of_a_file_that_is_not_there(xltool, tmp_path):
    said = xltool("forms", "check", tmp_path / "no.yaml")
    assert (2, True) == (said.code, "[file-missing]" in said.talk)


def test_a_template_that_is_not_as_drawn_is_not_saved(xltool, tmp_path, monkeypatch):
    other = xlsx_writer.write_template(forms()["self-evaluation-2020"], 3)
    monkeypatch.setattr(xlsx_writer, "write_template", lambda form, rows: other)
    said = xltool("template", "self-evaluation", "-o", tmp_path / "blank.xlsx")
    assert (2, True, []) == (said.code, "[blank-caption]" in said.talk, list(tmp_path.iterdir()))


@pytest.mark.parametrize("out", ["blank.json", "blank"])
def test_a_template_is_a_workbook(xltool, tmp_path, out):
    said = xltool("template", "self-evaluation", "-o", tmp_path / out)
    assert (2, True, []) == (said.code, "[out-kind-xlsx]" in said.talk, list(tmp_path.iterdir()))


def test_a_template_replaces_a_file_only_by_force(xltool, tmp_path):
    out = tmp_path / "blank.xlsx"
    out.write_text("mine")
    assert (2, "mine") == (xltool("template", "self-evaluation", "-o", out).code, out.read_text())
    assert 0 == xltool("template", "self-evaluation", "-o", out, "--force").code
