"""The words of evidence: each is used, is named by a test, and says the same in both languages."""

import ast
import re
import string
from decimal import Decimal
from pathlib import Path

import pytest

from tests.rollup.drawn import signatures
from xltool.rollup.evidence import SENTENCES, evidence, money, percent
from xltool.rollup.likeness import likeness

ROOT = Path(__file__).resolve().parents[2]


def _sources(folder: str, but: str) -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted((ROOT / folder).rglob("*.py")) if path.name != but)


def test_every_piece_is_used():
    program = _sources("xltool/rollup", "evidence.py")
    assert [] == [code for code in SENTENCES if f'"{code}"' not in program]


def test_every_piece_that_is_used_has_its_words_and_all_of_them():
    """A piece is said where somebody asks for it: a code or a hole that is not there would be met only then."""
    calls = [one for one in ast.walk(ast.parse(_sources("xltool/rollup", "evidence.py"))) if isinstance(one, ast.Call)]
    said = [(str(one.args[0].value), {each.arg for each in one.keywords}) for one in calls if getattr(one.func, "id", "") == "evidence" and isinstance(one.args[0], ast.Constant)]
    assert len(said) > len(SENTENCES) / 2
    for code, words in said:
        assert {name for _, name, _, _ in string.Formatter().parse(SENTENCES[code][0]) if name} == words, code


def test_every_piece_is_named_by_a_test():
    tests = _sources("tests/rollup", "test_evidence.py")
    assert [] == [code for code in SENTENCES if f'"{code}"' not in tests]


@pytest.mark.parametrize("code", SENTENCES)
def test_a_piece_says_the_same_words_in_both_languages(code):
    chinese, english = ({name for _, name, _, _ in string.Formatter().parse(text) if name} for text in SENTENCES[code])
    assert chinese == english
    assert re.search("[\u4e00-\u9fff]", SENTENCES[code][0]) and not re.search("[\u4e00-\u9fff]", SENTENCES[code][1])


def test_money_has_its_thousands_apart_and_all_its_decimals():
    assert ["1,713,200.00", "0.50", "-12.345", "1,000,000.00"] == [money(Decimal(text)) for text in ("1713200", "0.5", "-12.345", "1E+6")]
    assert "the same amount: 1,000.00 yuan" == evidence("money-same", amount=Decimal(1000)).text("en")


def test_only_the_whole_is_a_hundred_percent():
    assert ["100%", "99%", "0%"] == [percent(1.0), percent(0.9999), percent(0.004)]


def test_a_goal_that_two_forms_leave_out_says_nothing_of_them():
    """Nothing beside nothing is not the same goal."""
    nothing, other, goal = signatures("""
        | 项目 | 金额 | 目标 | 指标 |
        | 检查 | 300 | | a=1次 |
        | 审计 | 200 | | a=1次 |
        | 监管 | 500 | 保障基金安全 | a=1次 |
    """)
    assert (None, 0, 1) == (likeness(nothing, other).goal, likeness(nothing, goal).goal, likeness(goal, goal).goal)
