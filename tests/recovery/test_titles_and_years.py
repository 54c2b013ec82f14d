"""Titles of forms as people set them off, and years beside and without them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xltool import canonical
from xltool.filing import Filing
from xltool.library import forms
from xltool.recovery.table_text import read_text

SAMPLES = Path(__file__).parents[2] / "samples"
TITLE = "财政项目支出绩效(?:目标申报|自评)表"


def text_of(name: str) -> str:
    return (SAMPLES / name).read_text("utf-8")


def read(text: str) -> Filing:
    return read_text(text, forms(), "x.txt").filing


@pytest.mark.parametrize("name", ["target-declaration/filing.txt", "self-evaluation/filing.txt", "target-declaration/filing.tsv"])
@pytest.mark.parametrize("titled", ["《{}》", "**{}**", "【{}】", "“{}”", "{}（一）", "{}（12）", "●{}"])
def test_title_that_is_set_off_or_counted_is_the_title(name: str, titled: str) -> None:
    text = text_of(name)
    changed = re.sub(TITLE, lambda found: titled.format(found[0]), text)
    assert changed != text
    assert [] == canonical.differences(read(text), read(changed))


@pytest.mark.parametrize("name", ["target-declaration/filing.txt", "self-evaluation/filing.txt", "target-declaration/filing.tsv"])
@pytest.mark.parametrize("year", ["（{} 年度）", "({} 年度)", "（ {} 年度 ）", "（{}年度）"])
def test_year_behind_the_title_is_the_forms(name: str, year: str) -> None:
    text = text_of(name)
    changed = re.sub(rf"({TITLE})[^\n（(]*\n+\s*[（(]\s*(\d{{4}})\s*年度\s*[)）]", lambda found: found[1] + year.format(found[2]), text)
    assert changed != text
    assert [] == canonical.differences(read(text), read(changed))


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_year_above_a_form_without_its_title_is_the_forms(gap: str) -> None:
    text = text_of("target-declaration/filing.txt")
    changed = re.sub(rf"{TITLE}\n+(（\d{{4}}年度）)\n+", lambda found: found[1] + gap, text)
    assert [entry.values["year"] for entry in read(text).entries] == [entry.values["year"] for entry in read(changed).entries]
    assert None not in [entry.values["year"] for entry in read(changed).entries]


def test_form_without_its_title_that_may_be_another_is_doubted() -> None:
    text = text_of("self-evaluation/filing.txt")
    untitled = list(read(re.sub(TITLE, "", text)).entries)
    assert untitled and all({"form", "title"} <= {one.path for one in entry.source.doubts} for entry in untitled)
    assert [] == [one for entry in read(text).entries for one in entry.source.doubts if one.path == "form"]
    declared = re.sub(TITLE, "", text_of("target-declaration/filing.txt"))
    assert [] == [one for entry in read(declared).entries for one in entry.source.doubts if one.path == "form"]


def test_form_without_its_title_is_rather_the_one_above_it() -> None:
    text = text_of("self-evaluation/filing.txt")
    first = next(read(text).entries).form
    titled, *untitled = re.split(TITLE, text)[1:]
    found = list(read(f"财政项目支出绩效自评表{titled}" + "".join(untitled)).entries)
    assert len(found) > 1
    assert {first} == {entry.form for entry in found}
