"""One thing changed in a right filing is found; a change of writing alone is not."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from tests.check.made import (
    DECLARATION,
    EVALUATION,
    NATIONAL,
    RIGHT,
    ROWS,
    SICHUAN,
    filing,
    findings,
    told,
)
from xltool.check import check
from xltool.filing import Filing, Section
from xltool.library import forms
from xltool.values import parse_target

EVALUATIONS = (EVALUATION, NATIONAL, SICHUAN)


def other_digits(text: str):
    """The number with one digit changed, for each of its digits."""
    for at, digit in enumerate(text):
        if digit.isdigit():
            yield text[:at] + str((int(digit) + 1) % 10) + text[at + 1 :]
            yield text[:at] + str((int(digit) + 9) % 10) + text[at + 1 :]


def same(one: str, other: str) -> bool:
    return Decimal(one) == Decimal(other)


NUMBERS = [
    (form, path, changed)
    for form, values in RIGHT.items()
    for path, text in values.items()
    if (field := forms()[form].field_at(path)) and field.type in ("money", "number", "percent")
    for changed in other_digits(text)
    if not same(text, changed)
]


@pytest.mark.parametrize("form", RIGHT)
def test_every_changed_digit_of_money_rates_and_totals_is_found(form):
    missed = [(path, changed) for where, path, changed in NUMBERS if where == form and not findings(form, {path: changed})]
    assert [] == missed


@pytest.mark.parametrize("form", EVALUATIONS)
@pytest.mark.parametrize(("column", "at"), [("weight", 5), ("score", 6)], ids=["weight", "score"])
def test_every_changed_digit_of_a_weight_or_score_is_an_error(form, column, at):
    for number, row in enumerate(ROWS[form]):
        for changed in other_digits(row[at]):
            if not same(row[at], changed):
                assert "error" in [one.severity for one in findings(form, {f"indicators[{number}].{column}": changed})], (number, changed)


@pytest.mark.parametrize(
    ("row", "column", "changed"),
    [
        (0, "target", "=24(处)"), (0, "target", "=33(处)"), (0, "actual", "22处"), (0, "actual", "13处"),
        (1, "target", "≥86%"), (1, "actual", "96%"), (1, "actual", "80%"), (2, "target", "≤900(元/次)"), (2, "actual", "860元/次"),
        (4, "target", "≥41000(人次)"), (4, "actual", "56200人次"), (5, "actual", "1起"), (5, "target", "=1(起)"), (6, "actual", "0.815"), (6, "target", "≥92%"),
    ],
)  # fmt: skip
def test_changed_digit_of_a_target_or_actual_contradicts_its_score(row, column, changed):
    assert f"indicators[{row}].score" in [one.path for one in findings(EVALUATION, {f"indicators[{row}].{column}": changed})]


@pytest.mark.parametrize(
    ("form", "row", "sign"),
    [
        (DECLARATION, 0, "≥"), (DECLARATION, 1, "≤"), (DECLARATION, 2, "≤"), (DECLARATION, 5, "≤"), (DECLARATION, 5, "<"),
        (EVALUATION, 0, ">"), (EVALUATION, 0, "<"), (EVALUATION, 1, "≤"), (EVALUATION, 2, "≥"), (EVALUATION, 4, "≤"), (EVALUATION, 5, ">"), (EVALUATION, 5, "<"),
        (EVALUATION, 6, "≤"), (EVALUATION, 6, "="), (NATIONAL, 0, ">"), (NATIONAL, 0, "<"), (NATIONAL, 1, "≤"), (NATIONAL, 1, "="), (NATIONAL, 3, "≤"), (NATIONAL, 4, "<"),
    ],
)  # fmt: skip
def test_changed_sign_is_found(form, row, sign):
    target = re.sub("^[=≥≤]", sign, ROWS[form][row][3])
    assert any(one.path.startswith(f"indicators[{row}]") for one in findings(form, {f"indicators[{row}].target": target}))


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        ("year", 2025), ("year", 2027), ("year", 2062),
        ("project.start_date", "2027-01-01"), ("project.start_date", "2025-01-01"), ("project.start_date", "2016-01-01"),
        ("project.end_date", "2025-12-31"), ("project.end_date", "2027-12-31"), ("project.end_date", "2026-10-31"),
        ("indicators[3].target", "2025年11月底前"), ("indicators[3].target", "2027年11月底前"),
    ],
)  # fmt: skip
def test_changed_date_is_found(path, changed):
    assert findings(DECLARATION, {path: changed})


@pytest.mark.parametrize("form", RIGHT)
def test_level_under_another_is_found(form):
    children = forms()[form].taxonomy.children
    for number, row in enumerate(ROWS[form]):
        for level1, below in children.items():
            if row[1] not in below:
                found = findings(form, {f"indicators[{number}].level1": level1})
                assert ("level-misplaced", f"indicators[{number}].level2") in told(found), (number, level1)


@pytest.mark.parametrize("form", EVALUATIONS)
def test_reason_taken_away_is_found(form):
    for number, row in enumerate(ROWS[form]):
        if row[7]:
            assert ("reason-missing", f"indicators[{number}].reason") in told(findings(form, {f"indicators[{number}].reason": None}))


# ---------------------------------------------------------------- writing alone


def written_otherwise(text: str) -> str:
    """The same target in other signs."""
    for one, other in (("≥", ">="), ("≤", "≦"), ("=", "＝"), ("%", "％"), ("(", "（"), (")", "）")):
        text = text.replace(one, other)
    return text


@pytest.mark.parametrize("form", RIGHT)
def test_other_writing_of_targets_finds_nothing(form):
    rows = ROWS[form]
    changes = {f"indicators[{number}].target": written_otherwise(row[3]) for number, row in enumerate(rows)}
    changes |= {f"indicators[{number}].actual": f" {written_otherwise(row[4])}" for number, row in enumerate(rows) if len(row) > 4 and row[4]}
    assert [] == told(findings(form, changes))


@pytest.mark.parametrize("form", RIGHT)
def test_other_writing_of_levels_finds_nothing(form):
    changes = {f"indicators[{number}].level1": row[0].removesuffix("指标") for number, row in enumerate(ROWS[form])}
    changes |= {f"indicators[{number}].level2": f"{row[1][:2]}\n{row[1][2:]}" for number, row in enumerate(ROWS[form])}
    assert [] == told(findings(form, changes))


@pytest.mark.parametrize("form", RIGHT)
def test_weights_behind_levels_and_blanks_in_texts_find_nothing(form):
    changes = {f"indicators[{number}].level1": f"{row[0]}（50分）" for number, row in enumerate(ROWS[form])}
    changes |= {path: f"{text[:2]} {text[2:]}\n" for path, text in RIGHT[form].items() if path.startswith(("project.", "goals.")) and not path.endswith("_date")}
    assert [] == told(findings(form, changes))


@pytest.mark.parametrize("form", RIGHT)
def test_trailing_zeros_find_nothing(form):
    decimals = {path: f"{text}0" if "." in text else f"{text}.00" for where, path, text in {(where, path, RIGHT[where][path]) for where, path, _ in NUMBERS} if where == form}
    assert [] == told(findings(form, decimals))


def test_findings_of_an_entry_do_not_depend_on_its_neighbours():
    entries = [entry for form in RIGHT for entry in filing(form, {"project.name": None}).entries]
    alone = [told(check(Filing((Section(None, (entry,)),)))) for entry in entries]
    together = check(Filing((Section(None, tuple(entries)),)))
    assert alone == [told(tuple(one for one in together if one.entry == number)) for number in range(len(entries))]
    turned = check(Filing((Section("汇总表", tuple(reversed(entries))),)))
    assert alone == [told(tuple(one for one in turned if one.entry == len(entries) - 1 - number)) for number in range(len(entries))]


def test_the_right_rows_are_read_as_quantities():
    """The tables above would show nothing if the targets were words."""
    assert 5 <= sum(parse_target(row[3], forms()[EVALUATION].units).value is not None for row in ROWS[EVALUATION])
