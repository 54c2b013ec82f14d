"""Two short texts of a row side by side, drawn as their lines: how many are the left one's."""

import pytest

from xltool.form import Field
from xltool.recovery.atoms import split
from xltool.recovery.paragraphs import lines_of
from xltool.recovery.two_remarks import are_remarks, end_of_left


def lines(text):
    return lines_of(split(text).atoms)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("按种植面积和任务\n分配，程序规范。\n无", 2),
        ("收到指标后21日\n内下达。", 2),
        ("用途与方案一致。\n个别台账不全，\n已限期整改。", 1),
        ("用途与方案一致。", 1),
        ("手续齐全\n个别台账不全。", 1),
        ("执行数与预算基本\n一致。\n个别台账不全。", 2),
    ],
    ids=["a word is whole", "nothing is wrong", "the right one is wrapped", "one line", "a short text without a stop", "the left one is wrapped"],
)
def test_text_ends_with_its_stop(text, left):
    assert left == end_of_left(lines(text))


@pytest.mark.parametrize(
    ("text", "kinds", "said"),
    [("程序规范。\n无", ("text", "text"), True), ("水务局\n水务局", ("text", "text"), False), ("程序规范。\n无", ("paragraphs", "paragraphs"), False), ("程序规范。\n无", ("text", "text", "text"), False)],
    ids=["sentences", "names", "long texts", "three of them"],
)  # fmt: skip
def test_two_texts_of_a_row_of_which_one_is_a_sentence_are_remarks(text, kinds, said):
    holes = [Field(f"f{at}", f"a.f{at}", kind) for at, kind in enumerate(kinds)]
    assert said == are_remarks(holes, lines(text))
