"""Pages drawn by hand, in every way that a form's rules, pages and paper come: read back as what was drawn."""

import json
import pickle
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.damage.forms import random_filing
from tests.damage.vocabulary import DECLARATION, EVALUATION
from tests.pdf.across import seal, turned
from tests.pdf.paper import Leaf, pdf, say
from tests.pdf.printer import CUTS, SHADES, STYLES, Press, printed
from xltool.canonical import differences, from_json
from xltool.filing import Filing
from xltool.library import forms
from xltool.recovery.page_reading import read_pages
from xltool.recovery.text_reading import Reading
from xltool.surfaces.pdf import read

OTHERS = ("declaration-2015", "self-evaluation-2020", "self-evaluation-sichuan")
TEXT = ("一、部门主要职责", "负责本行政区域内的相关管理工作，承担交办的其他事项。")


def drawn(name: str) -> Filing:
    """A filing of a form: three random entries, or the one that its mapping's tests use."""
    if name in OTHERS:
        text = (Path(__file__).parents[1] / "mappings" / f"{name}.json").read_text("utf-8")
    else:
        text = json.dumps(random_filing(0, name, 3), default=str)
    return from_json(json.loads(text, parse_float=Decimal), forms())


def reading(leaves: list[Leaf]) -> Reading:
    return read_pages(read(pdf(leaves), "x.pdf"), forms(), "x.pdf")


def said(found: Reading) -> list[str]:
    """What a reading is not sure of, or could not place."""
    sources = [found.filing.source, *(entry.source for entry in found.filing.entries)]
    return [doubt.why for one in sources for doubt in one.doubts] + [left.text for one in sources for left in one.leftover]


@pytest.mark.parametrize("style", [*STYLES, *SHADES])
@pytest.mark.parametrize("form", [EVALUATION, *OTHERS])
def test_rules_are_read_however_they_are_drawn(form, style):
    truth = drawn(form)
    found = reading(printed(truth, Press(style=style)))
    assert ([], []) == (differences(truth, found.filing), said(found))


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("form", [DECLARATION, EVALUATION])
def test_cell_cut_by_the_end_of_a_page_is_one_cell(form, cut):
    truth = drawn(form)
    found = reading(printed(truth, Press(cut=cut, height=560)))
    assert ([], []) == (differences(truth, found.filing), said(found))


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("sideways", [pytest.param(False, id="page turned"), pytest.param(True, id="content turned")])
def test_turned_page_is_read_upright(turn, sideways):
    truth = drawn(EVALUATION)
    found = reading(printed(truth, Press(), turn=turn, sideways=sideways))
    assert ([], []) == (differences(truth, found.filing), said(found))


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"deep": 3}, id="inside forms of forms"),
        pytest.param({"shift": 100}, id="page box away from the origin"),
        pytest.param({"shift": -50, "turn": 270}, id="page box below the origin, turned"),
    ],
)
def test_content_is_read_where_it_is_seen(more):
    truth = drawn("self-evaluation-sichuan")
    found = reading(printed(truth, Press(width=842, height=595), **more))
    assert ([], []) == (differences(truth, found.filing), said(found))


def side_by_side(leaves: list[Leaf]) -> list[Leaf]:
    """Sheets of two pages each, as A3 paper that is folded."""
    blank = replace(leaves[0], drawn="")
    pairs = zip(leaves[::2], [*leaves[1::2], blank], strict=False)
    return [Leaf(2 * one.width, one.height, f"{one.drawn}q 1 0 0 1 {one.width} 0 cm\n{other.drawn}Q\n") for one, other in pairs]


@pytest.mark.parametrize("cut", ["open", "again", "heads"])
@pytest.mark.parametrize("form", [DECLARATION, EVALUATION])
def test_two_pages_on_a_sheet_are_read_one_after_the_other(form, cut):
    truth = drawn(form)
    found = reading(side_by_side(printed(truth, Press(cut=cut, height=560))))
    assert ([], []) == (differences(truth, found.filing), said(found))


def test_piece_on_the_right_half_of_a_sheet_has_its_place_there():
    leaves = printed(drawn(EVALUATION), Press(height=560))
    found = [reading(some) for some in (leaves, side_by_side(leaves))]
    spots = [{trace.text: trace.spot for trace in one.trace if trace.text == "总分"} for one in found]
    assert spots[0] != spots[1]
    (one,), (other,) = (one.values() for one in spots)
    page, left = (int(number) for number in one.removeprefix("第").split(",")[0].split("页("))
    assert other.startswith(f"第{(page + 1) // 2}页({left + (0 if page % 2 else 595)},")


def four_on_a_sheet(leaves: list[Leaf]) -> list[Leaf]:
    """Sheets of four pages each, at half their size, row by row."""
    made = []
    for at in range(0, len(leaves), 4):
        parts = [f"q 0.5 0 0 0.5 {place % 2 * one.width / 2} {(1 - place // 2) * one.height / 2} cm\n{one.drawn}Q\n" for place, one in enumerate(leaves[at : at + 4])]
        made.append(replace(leaves[0], drawn="".join(parts)))
    return made


@pytest.mark.parametrize("form", [DECLARATION, EVALUATION, OTHERS[2]])
def test_four_pages_on_a_sheet_are_read_row_by_row(form):
    truth = drawn(form)
    found = reading(four_on_a_sheet(printed(truth, Press(height=760))))
    assert ([], []) == (differences(truth, found.filing), said(found))


def test_text_and_table_beside_a_form_are_left_over_and_nothing_else():
    truth = drawn(EVALUATION)
    lines = "".join(f"{x} 500 m {x} 570 l S\n" for x in (420, 500, 560)) + "".join(f"420 {y} m 560 {y} l S\n" for y in (500, 535, 570))
    texts = [(425, 140, "合计"), (505, 140, "1"), (425, 175, "其中"), (505, 175, "2"), (425, 60, "一、部门职责"), (425, 300, "负责辖区工作。")]
    beside = lines + "".join(say(x, y, text, 700) for x, y, text in texts)
    found = reading([replace(leaf, width=595, drawn=leaf.drawn + beside) for leaf in printed(truth, Press(width=400, height=700))])
    assert ([], {text for *_, text in texts}) == (differences(truth, found.filing), {*said(found)})


ACROSS = [
    pytest.param(turned("内部资料", 120, 650, 842, 45, 60, "0.85 g"), id="a watermark"),
    pytest.param("".join(turned("内部资料", x, y, 842, 30, 14, "0.7 g") for x in range(40, 560, 130) for y in range(80, 800, 110)), id="watermarks all over"),
    pytest.param(turned("内部资料", 100, 140, 842, 0, 60), id="large letters"),
    pytest.param("".join(turned("隐藏", x, y, 842, 0, 9, "1 g") for x in range(50, 560, 90) for y in range(80, 800, 35)), id="white letters"),
    pytest.param(seal(420, 300, 842) + seal(200, 520, 842), id="seals"),
]


@pytest.mark.parametrize("across", ACROSS)
@pytest.mark.parametrize("form", [DECLARATION, EVALUATION, OTHERS[2]])
def test_what_is_printed_across_a_form_is_none_of_it_and_named(form, across):
    truth = drawn(form)
    found = reading([replace(leaf, drawn=leaf.drawn + across) for leaf in printed(truth, Press())])
    assert ([], []) == (differences(truth, found.filing), said(found))
    assert {"page-aside"} == {repair.code for repair in found.filing.source.repairs}


@pytest.mark.parametrize(("state", "doubted"), [("/ON[9 0 R]/OFF[]", False), ("/ON[]/OFF[9 0 R]", True)], ids=["shown", "not shown"])
def test_layers_that_are_not_shown_are_doubted(state, doubted):
    data = pdf(printed(drawn("self-evaluation-2020"), Press())).replace(b"<</Type/Catalog", f"<</OCProperties<</OCGs[9 0 R]/D<<{state}>>>>/Type/Catalog".encode())
    found = read_pages(read(data, "x.pdf"), forms(), "x.pdf")
    assert doubted == ("文件里有不显示的图层，读出的文字可能有看不见的" in said(found))


def test_text_recognised_over_a_scan_is_doubted():
    picture = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID 0 EI Q\n3 Tr\n"
    truth = drawn("self-evaluation-2020")
    found = reading([replace(leaf, drawn=picture + leaf.drawn) for leaf in printed(truth, Press())])
    assert ([], {"这一页是图片，文字来自识别，可能有错字"}) == (differences(truth, found.filing), {*said(found)})


def test_forms_below_each_other_begin_in_the_middle_of_pages():
    truth = drawn(DECLARATION)
    found = reading(printed(truth, Press(stacked=True)))
    assert ([], []) == (differences(truth, found.filing), said(found))


def test_other_text_between_forms_is_left_over_and_nothing_else():
    truth = drawn(DECLARATION)
    found = reading(printed(truth, Press(stacked=True, between=TEXT)))
    assert ([], sorted(TEXT * 4)) == (differences(truth, found.filing), sorted(said(found)))


def test_running_head_is_left_over_once():
    truth = drawn(EVALUATION)
    found = reading(printed(truth, Press(running="青禾市2025年度部门预算公开")))
    assert ([], ["青禾市2025年度部门预算公开"]) == (differences(truth, found.filing), said(found))


def test_page_numbers_and_repeated_heads_are_named_as_noise():
    found = reading(printed(drawn(EVALUATION), Press(cut="heads")))
    noise = {trace.why for trace in found.trace if trace.where == "噪声"}
    assert {"页码", "翻页后重复的表头"} == noise


def test_every_piece_has_its_page_and_box():
    found = reading(printed(drawn("self-evaluation-2020"), Press()))
    title = next(trace for trace in found.trace if trace.text == "项目支出绩效自评表")
    assert (1, "栏目") == (title.line, title.where)
    assert title.spot.startswith("第1页(")
    assert ("page", 1) == next(found.filing.entries).source.place


def test_trace_goes_from_process_to_process_as_it_is():
    found = reading(printed(drawn("self-evaluation-2020"), Press()))
    assert tuple(found.trace) == pickle.loads(pickle.dumps(found.trace))
    assert [found.trace[0], len(found.trace)] == [next(iter(found.trace)), len(tuple(found.trace))]


def bare(leaf: Leaf) -> Leaf:
    """A leaf without its rules."""
    return replace(leaf, drawn="".join(line + "\n" for line in leaf.drawn.split("\n") if line.startswith("BT")))


@pytest.mark.parametrize("form", [EVALUATION, *OTHERS[:2]])
def test_table_without_rules_is_read_as_text_in_columns(form):
    truth = drawn(form)
    found = reading([bare(leaf) for leaf in printed(truth, Press())])
    assert ([], {"page-as-text"}) == (differences(truth, found.filing), {repair.code for repair in found.filing.source.repairs})


def test_page_that_is_a_picture_is_doubted():
    picture = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID 0 EI Q\n"
    found = reading([*printed(drawn("self-evaluation-2020"), Press()), Leaf(595, 842, picture)])
    assert ["这一页是图片，没有文字"] == said(found)


def test_letters_beside_a_form_are_kept_in_reading_order():
    lines = read(pdf([Leaf(595, 842, say(60, 100, "第二行", 842) + say(60, 50, "第一行", 842) + say(300, 50, "右边", 842))]), "x").pages[0].lines
    assert ["第一行", "右边", "第二行"] == [line.text for line in lines]


def beside(leaf: Leaf, cut: float, gap: float = 40) -> list[Leaf]:
    """A leaf as two: what lies beyond ``cut`` on the second, at the same heights from ``gap`` on."""
    right = f"q {gap} 0 {leaf.width} {leaf.height} re W n 1 0 0 1 {gap - cut} 0 cm\n{leaf.drawn}Q\n"
    return [replace(leaf, drawn=f"q 0 0 {cut} {leaf.height} re W n\n{leaf.drawn}Q\n"), replace(leaf, drawn=right)]


def test_empty_fields_are_doubted_where_right_columns_stand_on_a_page_further_on():
    truth = drawn("self-evaluation-2020")
    left, right = beside(printed(truth, Press())[0], 320)
    (entry,) = reading([left, Leaf(595, 842, say(80, 100, TEXT[0], 842)), right]).filing.entries
    unsure = {one.path for one in entry.source.doubts}
    assert [None] * 3 == [entry.values[path] for path in ("project.unit", "goals.actual", "total.score")]
    assert unsure >= {"project.unit", "goals.actual", "total.score"}
