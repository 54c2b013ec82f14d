"""The rows of the list of indicators as text: any text reads back as it is, numbers are numbers, nothing is an empty cell."""

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltool.canonical import complete
from xltool.filing import Item
from xltool.library import forms
from xltool.surfaces.rollup_writer.list_rows import AMOUNT, ROW, list_rows
from xltool.values import Value, parse_target

STYLES = {"text": 1, "centre": 2, "number": 3, "money": 4, "top": 5}
NAMES = st.lists(st.sampled_from([*" 甲，a&<>'\u00a0\u3000\n\ufffe", "_x0041_"]), max_size=5).map("".join)


def rows(*names: str | None, family: str = "declaration", reasons: tuple[str, ...] = ()) -> list[ET.Element]:
    """The rows of a form with indicators of these names, each with the target =3次."""
    form = forms()["self-evaluation" if family == "evaluation" else "target-declaration"]
    items = [{"level1": "产出指标", "level2": "数量指标", "name": name, "target": Value("=3次", "=", Decimal(3), "次")} for name in names]
    for item, reason in zip(items, reasons, strict=False):
        item["reason"] = reason
    made = list_rows(complete(form, {}, {"indicators": items}), form, family, "某单位", "某项目", STYLES)
    return [ET.fromstring(text.replace(ROW, str(at)).replace(AMOUNT, '<c r="C1"/>')) for at, text in enumerate(made, 1)]


def cells(row: ET.Element) -> list[str]:
    return ["".join(cell.itertext()) for cell in row]


def spelled(text: str) -> str:
    """A text as Excel spells it in XML: what looks like the escape of a character is escaped itself."""
    return "".join(f"_x{ord(one):04X}_" if one == "\ufffe" else one for one in text.replace("_x0041_", "_x005F_x0041_"))


def test_a_row_says_levels_name_sign_number_unit_and_direction():
    first, second = rows("巡查次数", "检查")
    assert ["某单位", "某项目", "", "", "产出指标", "数量指标", "巡查次数", "=", "3", "次", "", ""] == cells(first)
    assert ["", "", "", "", "产出指标", "数量指标", "检查", "=", "3", "次", "", ""] == cells(second)
    assert ["A2", "B2", "C2", "D2", "E2", "F2", "G2", "H2", "I2", "J2", "K2", "L2"] == [cell.get("r") for cell in second]
    assert ["inlineStr", "inlineStr", "inlineStr", "inlineStr", None, "inlineStr"] == [cell.get("t") for cell in second][4:10]


@given(st.lists(st.none() | NAMES, min_size=1, max_size=4))
def test_any_name_stands_in_its_row_whatever_stands_in_the_others(names):
    assert [spelled(name or "") for name in names] == [cells(row)[6] for row in rows(*names)]


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_blanks_at_the_ends_of_a_text_are_kept(names):
    for name, row in zip(names, rows(*names), strict=True):
        text = row[6].find("is/t") if name else None
        kept = None if text is None else text.get("{http://www.w3.org/XML/1998/namespace}space")
        assert ("preserve" if name != name.strip() else None) == kept


def test_nought_is_a_number_and_nothing_is_an_empty_cell():
    form = forms()["self-evaluation"]
    items: list[Item] = [{"name": "a", "weight": Decimal(0)}, {"name": "b", "weight": None}, {"name": "c", "weight": Decimal("10.50")}]
    made = list_rows(complete(form, {}, {"indicators": items}), form, "evaluation", "", "", STYLES)
    weights = [ET.fromstring(text.replace(ROW, "1").replace(AMOUNT, ""))[-5] for text in made]
    assert ["0", "", "10.5"] == ["".join(one.itertext()) for one in weights]
    assert ["3", "2", "3"] == [one.get("s") for one in weights]


@pytest.mark.parametrize(
    ("name", "height"),
    [("巡查", "16.7"), ("甲" * 13, "16.7"), ("甲" * 14, "28.4"), ("甲\n乙\n丙", "40.1"), ("甲" * 500, "98.6")],
    ids=["short", "a full line", "one more", "three lines of its own", "no more than eight lines"],
)
def test_a_row_is_as_high_as_its_name_needs(name, height):
    assert [height, "16.7"] == [row.get("ht") for row in rows(name, "甲")]


def test_a_row_is_as_high_as_its_reason_needs():
    assert ["16.7", "28.4"] == [row.get("ht") for row in rows("甲", "乙", family="evaluation", reasons=("无", "因" * 20))]


def test_text_of_more_lines_than_its_row_begins_at_the_top():
    """In the middle of the cell its first line would be cut off."""
    short, long = (rows("甲", "乙", family="evaluation", reasons=("无", "因" * length)) for length in (100, 200))
    assert (["1", "1"], ["5", "5"]) == tuple([row[14].get("s") for row in made] for made in (short, long))
    form = forms()["target-declaration"]
    goals = [list_rows(complete(form, {"goals.annual": "目" * length}, {"indicators": [{"name": "甲"}]}), form, "declaration", "", "", STYLES)[0] for length in (120, 200)]
    assert ["1", "5"] == [ET.fromstring(text.replace(ROW, "1").replace(AMOUNT, ""))[-9].get("s") for text in goals]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("95%以上", ["≥", "95", "%", "", "正向"]),
        ("控制在5%以内", ["≤", "5", "%", "", "反向"]),
        ("10-20次", ["", "10-20次", "", "", ""]),
        ("逐步提高", ["定性", "逐步提高", "", "", ""]),
        ("2026年11月底前", ["定性", "2026年11月底前", "", "", ""]),
    ],
)
def test_a_number_among_words_is_no_quality(target, said):
    form = forms()["target-declaration"]
    [text] = list_rows(complete(form, {}, {"indicators": [{"name": "甲", "target": parse_target(target, form.units)}]}), form, "declaration", "", "", STYLES)
    assert said == cells(ET.fromstring(text.replace(ROW, "1").replace(AMOUNT, "<c/>")))[7:]
