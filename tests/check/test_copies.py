"""The copy of a sheet that nobody changed is named in the source that holds it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.check.made import DECLARATION, EVALUATION, filing
from xltool.check import FAILS, UNKNOWN, WARNING, Finding, check
from xltool.filing import Doubt, Filing, Section


def together(*forms: tuple[str, Mapping[str, Any]]) -> Filing:
    return Filing(tuple(Section(None, tuple(filing(form, changes).entries)) for form, changes in forms))


def copies(made: Filing) -> list[Finding]:
    return [one for one in check(made) if one.rule == "copied"]


@pytest.mark.parametrize("form", [DECLARATION, EVALUATION])
def test_a_form_that_stands_twice_in_one_source_is_named_once(form):
    found = copies(together((form, {}), (form, {})))
    assert [(1, "project.name", FAILS, WARNING)] == [(one.entry, one.path, one.answer, one.severity) for one in found]
    assert "第 2 份与第 1 份内容相同" in found[0].what.zh


def test_every_further_copy_names_the_first():
    found = copies(together((EVALUATION, {}), (DECLARATION, {}), (EVALUATION, {}), (EVALUATION, {})))
    assert ["第 3 份与第 1 份", "第 4 份与第 1 份"] == [one.what.zh.partition("内容")[0] for one in found]


def test_wraps_make_no_other_form():
    assert 1 == len(copies(together((EVALUATION, {}), (EVALUATION, {"goals.actual": "开放书屋23处，\n全年未闭馆。"}))))


@pytest.mark.parametrize(
    ("path", "value"),
    [("year", 2022), ("project.unit", "青棠市少儿图书馆"), ("funding.total.executed", "431278.64"), ("indicators[5].score", "9"), ("goals.actual", "开放书屋22处。"), ("project.name", "社区书屋维修")],
)
def test_a_form_that_says_anything_else_is_no_copy(path, value):
    assert [] == copies(together((EVALUATION, {}), (EVALUATION, {path: value})))


def test_forms_without_a_project_are_no_copies():
    assert [] == copies(together((EVALUATION, {"project.name": None}), (EVALUATION, {"project.name": None})))


def test_a_copy_whose_project_is_doubted_is_unclear():
    made = together((EVALUATION, {}), (EVALUATION, {}))
    entry = list(made.entries)[1]
    doubted = replace(entry, source=replace(entry.source, doubts=(Doubt("project.name", "表1!C3", "没有找到栏目"),)))
    assert [UNKNOWN] == [one.answer for one in copies(Filing((made.sections[0], Section(None, (doubted,)))))]
