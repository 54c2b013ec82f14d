"""What recovery found in a filing, as lines that a person finds the form by."""

from dataclasses import replace

from xltool.filing import Doubt, Entry, Filing, Section, Source
from xltool.jobs.findings import findings
from xltool.library import forms

FORM = forms()["target-declaration"]
DOUBTFUL = Source(doubts=(Doubt("year", "第3行", "不是年份"),))


def line_of(form, values):
    """The line of the one doubt of a form with these values."""
    filing = Filing((Section(None, (Entry(form.id, form.title, values, source=DOUBTFUL),)),))
    return findings(filing, {"leftover": 1, "doubts": 1, "repairs": 1}, {form.id: form}).of("doubts")


def test_a_form_is_named_by_the_field_that_plays_the_project_whatever_its_path():
    other = replace(FORM, roles={**FORM.roles, "project": ("实施单位",)})
    values = {"project.name": "堤防巡查", "project.unit": "青棠市水务局"}
    assert ["堤防巡查 · 第3行 · year: 不是年份"] == line_of(FORM, values)
    assert ["青棠市水务局 · 第3行 · year: 不是年份"] == line_of(other, values)


def test_a_form_without_a_project_is_named_by_its_title():
    assert line_of(FORM, {"project.name": " "})[0].startswith(FORM.title)
