"""Texts to filings: the samples on every surface, damage made by a generator, and each repair drawn small."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.damage.forms import random_filing
from tests.damage.printing import KINDS, SEEN, kinds_of, print_filing
from tests.damage.score import Score, score
from xltool import text_file
from xltool.canonical import differences, from_json
from xltool.filing import Entry
from xltool.library import forms
from xltool.problems import ProblemError
from xltool.recovery.text_reading import Reading, read_text
from xltool.surfaces import json_file

SURFACES = ("filing.txt", "filing.tsv", "filing.md", "wrapped.txt", "page-breaks.txt", "one-cell-a-line.txt", "run-on.txt", "shifted.tsv", "cut.md", "gb18030.txt", "utf16.txt")
FORMS = ("target-declaration", "self-evaluation")


def reading(text: str) -> Reading:
    return read_text(text, forms(), "x")


def entry(text: str) -> Entry:
    return next(reading(text).filing.entries)


def read_json(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json_file.write(reading(text).filing, forms()))
    return found


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("form", FORMS)
def test_a_sample_says_the_same_on_every_surface(form: str, surface: str, samples: Path) -> None:
    file = samples / form / surface
    beside = file.with_suffix(".json")
    truth = beside if beside.exists() else samples / form / "filing.json"
    text = text_file.decode(file.read_bytes(), surface)
    wanted, found = json_file.read(truth.read_bytes(), forms(), "truth"), reading(text).filing
    assert [] == differences(wanted, found)
    assert list(wanted.entries) == list(found.entries), "blanks and line breaks too are those of the contract"


@pytest.mark.parametrize(("form", "kind"), [(form, kind) for form in FORMS for kind in kinds_of(form) if kind in SEEN])
def test_damage_of_the_kinds_seen_leaves_no_wrong_field_that_no_doubt_names(form: str, kind: str) -> None:
    total = sum((_scored(form, kind, seed) for seed in range(6)), Score())
    assert () == total.silent
    assert total.doubted_right * 100 < total.right
    assert total.right * 1000 >= total.fields * 995


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in SEEN])
def test_harsher_damage_is_mostly_read_right(kind: str) -> None:
    """The shares reached are printed by tests.damage.report; here only what must never be lost again."""
    total = sum((_scored(form, kind, seed) for form in FORMS if kind in kinds_of(form) for seed in range(3)), Score())
    least = 0.93 if kind == "wrap-anywhere" else 0.99
    assert total.right >= total.fields * least
    assert len(total.silent) <= total.fields * (0.05 if kind == "wrap-anywhere" else 0.002)


def _scored(form: str, kind: str, seed: int) -> Score:
    truth = random_filing(seed, form)
    return score(truth, read_json(print_filing(truth, kind, seed)))


HEAD = """财政项目支出绩效目标申报表
（2025年度）
项目名称 河道保洁 项目性质 经常性项目 项目类别 其他运转类
主管部门 青禾市水务局 实施单位 青禾市水务局
计划开始日期 2025-01-01 计划完成日期 2025-12-31
项目资金
（元）
项目资金总额 年度资金申请总额 1,000.00
其中：财政资金 其中：当年财政拨款 1,000.00
上年结转资金 0.00
其他资金 其他资金 0.00
项目
绩效
目标
项目总目标 年度总体目标
保持河道整洁。
一级指标 二级指标 三级指标 年度(/项目)指标值
绩效
指标
"""


def rows(text: str) -> list[tuple[str, str, str | None]]:
    """(level two, name, target's text) of each row of a declaration."""
    found = entry(HEAD + text).lists["indicators"]
    return [(str(item["level2"]), str(item["name"]), getattr(item["target"], "text", None)) for item in found]


def test_head_fields_stand_behind_their_captions() -> None:
    values = entry(HEAD + "产出指标 数量指标 保洁次数 ≥12(次)\n").values
    assert ("河道保洁", "2025-01-01", Decimal(1000), None, "保持河道整洁。") == tuple(
        values[path] for path in ("project.name", "project.start_date", "funding.annual.total", "funding.project.total", "goals.annual")
    )


def test_a_label_drawn_again_behind_a_page_break_owns_no_rows() -> None:
    text = """产出指标
数量指标
保洁次数 ≥12(次)
满意度指标
服务对象满意度指标
居民满意度 ≥90%
绩效
指标
产出指标
数量指标\f
游客满意度 ≥85%
"""
    assert [("数量指标", "保洁次数", "≥12(次)"), ("服务对象满意度指标", "居民满意度", "≥90%"), ("服务对象满意度指标", "游客满意度", "≥85%")] == rows(text)


def test_a_dropped_repeat_is_recorded_with_its_line() -> None:
    found = entry(HEAD + "产出指标\n数量指标\n保洁次数 ≥12(次)\n数量指标\f\n巡查次数 ≥4(次)\n")
    assert ("repeat-dropped", "第23行") in [(repair.code, repair.place) for repair in found.source.repairs]


def test_a_name_tail_behind_its_value_over_a_page_break_is_joined() -> None:
    text = """产出指标
数量指标
河道两岸环境卫生保洁工作的 ≥12(次)\f
年度完成次数
沿河绿化养护工作日常巡查的
年度完成次数 ≥4(次)
"""
    assert [("数量指标", "河道两岸环境卫生保洁工作的年度完成次数", "≥12(次)"), ("数量指标", "沿河绿化养护工作日常巡查的年度完成次数", "≥4(次)")] == rows(text)


def test_a_label_cut_by_a_page_break_is_one_label() -> None:
    text = "效益指标 社会效益 河道整洁程度 提高\f\n指标 居民投诉件数 ≤3(件)\n"
    assert [("社会效益指标", "河道整洁程度", "提高"), ("社会效益指标", "居民投诉件数", "≤3(件)")] == rows(text)


def test_the_taxonomy_decides_level_one_whatever_column_it_stands_in() -> None:
    tsv = HEAD + "\t成本指标\t经济成本指标\t单次成本\t=80.00(元/次)\n\t\t产出指标\t数量指标\t保洁次数\t≥12(次)\n\t效益指标\t时效指标\t完成及时率\t=100%\n"
    found = entry(tsv).lists["indicators"]
    assert ["成本指标", "产出指标", "产出指标"] == [item["level1"] for item in found]
    assert "level-from-taxonomy" in [repair.code for repair in entry(tsv).source.repairs]


def test_labels_at_the_middle_of_their_rows_own_the_rows_on_both_sides() -> None:
    text = """保洁次数 ≥12(次)

数量指标

巡查次数 ≥4(次)

质量指标 保洁合格率 ≥95%

产出指标

保洁及时率 ≥95%

时效指标

巡查及时率 ≥95%
"""
    assert ["数量指标", "数量指标", "质量指标", "时效指标", "时效指标"] == [level for level, _, _ in rows(text)]


def test_the_weights_decide_where_a_cut_group_begins() -> None:
    text = (Path(__file__).parent.parent.parent / "samples" / "self-evaluation" / "page-breaks.txt").read_text("utf-8")
    moved = [repair for one in reading(text).filing.entries for repair in one.source.repairs if repair.code == "label-moved"]
    assert moved


def test_text_that_no_row_takes_is_left_over_and_named() -> None:
    found = entry(HEAD + "产出指标 数量指标 保洁次数 ≥12(次)\n\n第五部分 名词解释\n\n一、财政拨款收入：指市级财政部门本年度拨付的财政预算资金。\n")
    assert 1 == len(found.lists["indicators"])
    assert "名词解释" in " ".join(one.text for one in found.source.leftover)


def test_a_caption_that_is_missing_is_a_doubt_on_its_field() -> None:
    text = (HEAD + "产出指标 数量指标 保洁次数 ≥12(次)\n").replace("计划完成日期 2025-12-31", "")
    assert "project.end_date" in [doubt.path for doubt in entry(text).source.doubts]


def test_a_date_that_is_no_full_day_stays_as_printed_with_a_doubt() -> None:
    found = entry((HEAD + "产出指标 数量指标 保洁次数 ≥12(次)\n").replace("2025-12-31", "2025年12月"))
    assert "2025年12月" == found.values["project.end_date"]
    assert "project.end_date" in [doubt.path for doubt in found.source.doubts]


def test_every_atom_of_a_form_is_in_the_trace() -> None:
    text = HEAD + "产出指标 数量指标 保洁次数 ≥12(次)\n这里有一句别的话，不属于任何一栏。\n"
    traced = "".join(piece.text for piece in reading(text).trace)
    assert "".join(text.split()) == "".join(traced.split())


def test_a_heading_that_wraps_is_one_title() -> None:
    text = "青禾市水务局2025年度项目绩效目\n标汇总表\n\n" + HEAD + "产出指标 数量指标 保洁次数 ≥12(次)\n"
    assert ["青禾市水务局2025年度项目绩效目标汇总表"] == [section.title for section in reading(text).filing.sections]


def test_rows_that_stand_three_times_stay_three() -> None:
    assert [("数量指标", "保洁次数", "≥12(次)")] * 3 == rows("产出指标 数量指标\n" + "保洁次数 ≥12(次)\n" * 3)


def test_a_text_without_a_form_is_refused_by_its_name() -> None:
    with pytest.raises(ProblemError) as raised:
        reading("本部门2025年预算公开说明。\n一、部门职责\n")
    assert ["no-form"] == [one.code for one in raised.value.problems]


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(ProblemError) as raised:
        reading(" \n\n")
    assert ["file-empty"] == [one.code for one in raised.value.problems]


def test_two_forms_run_together_are_two(samples: Path) -> None:
    text = (samples / "target-declaration" / "filing.txt").read_text("utf-8")
    both = text.rstrip("\n") + " " + text.lstrip("\n")
    assert 6 == len(list(reading(both).filing.entries))


def test_the_same_text_reads_to_the_same_bytes(samples: Path) -> None:
    text = (samples / "self-evaluation" / "wrapped.txt").read_text("utf-8")
    assert json_file.write(reading(text).filing, forms()) == json_file.write(reading(text).filing, forms())


def test_what_is_read_is_a_document_that_its_schema_accepts(samples: Path) -> None:
    for form in FORMS:
        text = (samples / form / "page-breaks.txt").read_text("utf-8")
        written = json_file.write(reading(text).filing, forms())
        assert [] == differences(json_file.read(written, forms(), "x"), from_json(json.loads(written, parse_float=Decimal), forms()))


def turned(line: str, other: str) -> Entry:
    """A declaration of which one line is replaced."""
    text = HEAD + "产出指标 数量指标 保洁次数 ≥12(次)\n"
    assert line in text
    return entry(text.replace(line, other))


def test_values_printed_before_their_captions_go_to_them() -> None:
    found = turned("项目名称 河道保洁 项目性质 经常性项目 项目类别 其他运转类", "河道保洁 项目名称 经常性项目 项目性质 其他运转类 项目类别")
    assert ("河道保洁", "经常性项目", "其他运转类") == tuple(found.values[f"project.{key}"] for key in ("name", "nature", "category"))
    assert "label-after" in [repair.code for repair in found.source.repairs]


def test_a_block_of_values_behind_a_block_of_captions_is_given_out_in_order_with_doubts() -> None:
    found = turned("主管部门 青禾市水务局 实施单位 青禾市河湖中心\n".replace("青禾市河湖中心", "青禾市水务局"), "主管部门\n实施单位\n青禾市水务局\n青禾市河湖中心\n")
    assert ("青禾市水务局", "青禾市河湖中心") == (found.values["project.department"], found.values["project.unit"])
    assert {"project.department", "project.unit"} <= {doubt.path for doubt in found.source.doubts}


@pytest.mark.parametrize("unit", ["项目资金\n年度数\n（万元）\n", "项目资金（单位：万元）\n", "项目资金\n单位：万元\n"], ids=["cut in two", "named", "on a line of its own"])
def test_ten_thousands_are_never_read_as_units(unit: str) -> None:
    assert "万元" == turned("项目资金\n（元）\n", unit).values["money_unit"]


def test_captions_in_a_heap_leave_no_field_certain() -> None:
    found = turned("项目名称 河道保洁 项目性质 经常性项目 项目类别 其他运转类", "项目类别 项目性质 项目名称 河道保洁 其他运转类 经常性项目")
    assert {"project.name", "project.nature", "project.category"} <= {doubt.path for doubt in found.source.doubts}


def test_a_label_heap_apart_from_its_rows_leaves_the_levels_doubted() -> None:
    text = HEAD + "产出指标\n数量指标\n质量指标\n时效指标\n保洁次数 ≥12(次)\n合格率 ≥95%\n及时率 =100%\n"
    doubts = {doubt.path for doubt in entry(text).source.doubts}
    assert {f"indicators[{row}].level2" for row in range(3)} <= doubts


@pytest.mark.parametrize("surface", ["filing.txt", "filing.md", "filing.tsv", "wrapped.txt"])
def test_a_year_in_chinese_numerals_is_read_and_said(surface: str, samples: Path) -> None:
    printed = (samples / "target-declaration" / surface).read_text("utf-8")
    spelled = printed.replace("2025年度", "二〇二五年度")
    assert spelled != printed
    found, usual = reading(spelled).filing, reading(printed).filing
    assert [one.values for one in usual.entries] == [one.values for one in found.entries]
    for one, same in zip(found.entries, usual.entries, strict=True):
        assert "中文数字“二〇二五”按 2025 读入" in [repair.what for repair in one.source.repairs if repair.code == "year-in-numerals"]
        assert same.source.leftover == one.source.leftover
    assert "青棠市水务局（本级）二〇二五年度项目绩效目标汇总表" == found.sections[0].title


@pytest.mark.parametrize(("printed", "doubted"), [("二五", True), ("20××", False), ("____", False)])
def test_what_is_no_year_in_its_caption_is_doubted_unless_it_waits_to_be_filled_in(printed: str, doubted: bool, samples: Path) -> None:
    text = (samples / "target-declaration" / "filing.txt").read_text("utf-8").replace("（2025年度）", f"（{printed}年度）", 1)
    first = entry(text)
    assert (None, doubted) == (first.values["year"], "year" in [one.path for one in first.source.doubts])
