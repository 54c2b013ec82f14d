"""Invented filings in which nothing is wrong, and the same with one thing changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from xltool.canonical import complete, has_parts
from xltool.check import Finding, check
from xltool.filing import Doubt, Filing, Section, Source
from xltool.form import Field, Form
from xltool.library import forms
from xltool.values import Value, parse_target

DECLARATION = "target-declaration"
EVALUATION = "self-evaluation"
NATIONAL = "self-evaluation-2020"
SICHUAN = "self-evaluation-sichuan"

RIGHT: Mapping[str, Mapping[str, Any]] = {
    DECLARATION: {
        "year": 2026, "project.name": "古树名木养护", "project.nature": "经常性项目", "project.category": "特定目标类",
        "project.department": "青棠市园林局", "project.unit": "青棠市园林管理所", "project.start_date": "2026-01-01", "project.end_date": "2026-12-31",
        "funding.project.total": "683150.50", "funding.project.fiscal": "612930.50", "funding.project.other": "70220",
        "funding.annual.total": "341875.25", "funding.annual.fiscal": "298214.15", "funding.annual.carried_over": "31440.10", "funding.annual.other": "12221",
        "goals.annual": "养护古树名木146株，年度资金341875.25元，保持生长势良好。",
    },
    EVALUATION: {
        "year": 2021, "project.name": "社区书屋开放", "project.department": "青棠市文化局", "project.unit": "青棠市图书馆",
        "funding.total.initial_budget": "420000", "funding.total.annual_budget": "462500", "funding.total.executed": "431278.65",
        "funding.total.weight": "10", "funding.total.execution_rate": "0.9325", "funding.total.score": "9.33",
        "funding.fiscal.initial_budget": "400000", "funding.fiscal.annual_budget": "436200", "funding.fiscal.executed": "405218.65",
        "funding.carried_over.initial_budget": "20000", "funding.carried_over.annual_budget": "26300", "funding.carried_over.executed": "26060",
        "funding.other.initial_budget": "0", "funding.other.annual_budget": "0", "funding.other.executed": "0",
        "goals.expected": "开放书屋23处。", "goals.actual": "开放书屋23处，全年未闭馆。", "total.weight": "100", "total.score": "94.84",
    },
    NATIONAL: {
        "year": 2023, "project.name": "乡村客运补助", "project.department": "云岭县交通局", "project.unit": "云岭县运管所", "money_unit": "万元",
        "funding.total.initial_budget": "312.4", "funding.total.annual_budget": "312.4", "funding.total.executed": "298.65",
        "funding.total.weight": "10", "funding.total.execution_rate": "0.956", "funding.total.score": "9.56",
        "funding.fiscal.initial_budget": "300", "funding.fiscal.annual_budget": "300", "funding.fiscal.executed": "286.25", "funding.fiscal.execution_rate": "0.9542",
        "funding.carried_over.initial_budget": "12.4", "funding.carried_over.annual_budget": "12.4", "funding.carried_over.executed": "12.4", "funding.carried_over.execution_rate": "1",
        "funding.other.initial_budget": "0", "funding.other.annual_budget": "0", "funding.other.executed": "0", "funding.other.execution_rate": "0",
        "goals.expected": "补助线路18条。", "goals.actual": "补助线路18条。", "total.weight": "100", "total.score": "99.56",
    },
    SICHUAN: {
        "year": 2022, "project.name": "中小学营养餐", "project.department": "云岭县教育局", "project.unit": "云岭县营养办", "money_unit": "万元",
        "funding.total.initial_budget": "500", "funding.total.adjusted_budget": "500", "funding.total.executed": "480",
        "funding.total.execution_rate": "0.96", "funding.total.weight": "10", "funding.total.score": "9.6",
        "funding.fiscal.initial_budget": "500", "funding.fiscal.adjusted_budget": "500", "funding.fiscal.executed": "480", "funding.fiscal.execution_rate": "0.96",
        **{f"funding.{row}.{column}": "0" for row in ("special_account", "own", "other") for column in ("initial_budget", "adjusted_budget", "executed")},
        "goals.expected": "供餐学生9200人。", "goals.actual": "供餐学生9260人。", "total.weight": "100", "total.score": "99.6", "conclusion": "自评等级为优。",
    },
}  # fmt: skip

ROWS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    DECLARATION: (
        ("成本指标", "经济成本指标", "单株养护成本", "≤2340(元/株)"),
        ("产出指标", "数量指标", "养护株数", "=146(株)"),
        ("产出指标", "质量指标", "复壮成活率", "≥95%"),
        ("产出指标", "时效指标", "越冬防护完成时间", "2026年11月底前"),
        ("效益指标", "生态效益指标", "古树保存率", "≥98%"),
        ("满意度指标", "服务对象满意度指标", "市民满意度", "≥90%"),
    ),
    EVALUATION: (
        ("产出指标", "数量指标", "开放书屋数量", "=23(处)", "23处", "20", "20", ""),
        ("产出指标", "质量指标", "图书上架率", "≥96%", "90%", "15", "14.06", "暑期补书未按时到货，已改为按月补书"),
        ("产出指标", "成本指标", "单次活动成本", "≤800(元/次)", "960元/次", "10", "8.33", "场地租金上涨，已改用自有场地"),
        ("产出指标", "时效指标", "开放及时性", "及时", "及时", "5", "5", ""),
        ("效益指标", "社会效益指标", "年借阅人次", "≥51000(人次)", "46200人次", "20", "18.12", "雨季闭馆，已增设线上借阅"),
        ("效益指标", "社会效益指标", "安全事故数", "=0(起)", "0起", "10", "10", ""),
        ("满意度指标", "服务对象满意度指标", "读者满意度", "≥90%", "0.915", "10", "10", ""),
    ),
    NATIONAL: (
        ("产出指标", "数量指标", "补助线路数量", "≥18(条)", "18条", "20", "20", ""),
        ("产出指标", "质量指标", "班次准点率", "≥90%", "93%", "20", "20", ""),
        ("产出指标", "时效指标", "补助发放时间", "2023年12月20日前", "2023年12月11日", "10", "10", ""),
        ("效益指标", "社会效益指标", "通客车行政村数量", "≥120(个)", "121个", "30", "30", ""),
        ("满意度指标", "服务对象满意度指标", "乘客满意度", "≥85%", "88%", "10", "10", ""),
    ),
    SICHUAN: (
        ("产出指标", "数量指标", "供餐学生人数", "9200", "9260", "30", "30", ""),
        ("产出指标", "质量指标", "食品抽检合格率", "98", "99.2", "20", "20", ""),
        ("效益指标", "社会效益指标", "学生体质达标率", "90", "93", "20", "20", ""),
        ("满意度指标", "服务对象满意度指标", "家长满意度", "90", "94", "10", "10", ""),
        ("成本指标", "经济成本指标", "每餐成本", "5", "4.8", "10", "10", ""),
    ),
}
_PARTS = {SICHUAN: (("≥", "人"), ("≥", "%"), ("≥", "%"), ("≥", "%"), ("≤", "元"))}
_COLUMNS = ("level1", "level2", "name", "target", "actual", "weight", "score", "reason")
_ITEM = re.compile(r"indicators\[(\d+)\](?:\.(.+))?")


def filing(form_id: str, changes: Mapping[str, Any] | None = None, drop: tuple[int, ...] = (), doubts: tuple[str, ...] = (), marks: Mapping[str, str] | None = None) -> Filing:
    """The right filing of a form with some values changed (``None`` empties a field) and rows dropped."""
    form = forms()[form_id]
    values: dict[str, Any] = dict(RIGHT[form_id])
    rows: list[dict[str, Any]] = [dict(zip(_COLUMNS, row, strict=False)) for row in ROWS[form_id]]
    for row, parts in zip(rows, _PARTS.get(form_id, ()), strict=False):
        row["operator"], row["unit"] = parts
    for path, value in (changes or {}).items():
        if found := _ITEM.fullmatch(path):
            while int(found[1]) >= len(rows):
                rows.append(dict(rows[-1]))
            rows[int(found[1])][found[2]] = value
        else:
            values[path] = value
    items = [_item(form, row) for number, row in enumerate(rows) if number not in drop]
    by_path = {one.path: one for one in form.scalars}
    kept = {path: _typed(by_path[path], value) for path, value in values.items() if value is not None}
    source = Source(doubts=tuple(Doubt(path, "", "?") for path in doubts))
    return Filing((Section(None, (complete(form, kept, {"indicators": items}, marks, source),)),))


def _item(form: Form, row: Mapping[str, Any]) -> dict[str, Any]:
    fields = {form.fields[name].path: form.fields[name] for name in form.lists["indicators"].fields}
    found = {path: _typed(fields[path], text, form) for path, text in row.items() if path in fields and text not in (None, "")}
    if has_parts(form, fields["target"]) and isinstance(target := found.get("target"), Value):
        found["target"] = Value(target.text, row["operator"], target.value, row["unit"])
        found["actual"] = parse_target(row["actual"] or "", form.units) if row["actual"] else None
    return found


def _typed(field: Field, value: Any, form: Form | None = None) -> Any:
    if field.type == "target":
        return parse_target(value, form.units if form else frozenset())
    return Decimal(value) if field.type in ("money", "number", "percent") and isinstance(value, str) else value


def findings(form_id: str, changes: Mapping[str, Any] | None = None, profile: str | None = None, **more: Any) -> tuple[Finding, ...]:
    """What is wrong in a right filing that was changed."""
    return check(filing(form_id, changes, **more), profile=profile)


def told(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Rule and path of each."""
    return [(one.rule, one.path) for one in found]
