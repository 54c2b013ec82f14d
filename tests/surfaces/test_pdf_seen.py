"""Texts that are none of a page's own, and those that look like them."""

import pytest

from tests.pdf.across import circle, seal, turned
from tests.pdf.paper import Leaf, pdf, say
from xltool.printed import PrintedPage
from xltool.surfaces.pdf import read

RULES = "".join(f"{x} 642 m {x} 742 l S\n" for x in (50, 250, 450)) + "".join(f"50 {y} m 450 {y} l S\n" for y in (642, 692, 742))
OWN = say(60, 110, "产出指标", 842) + say(260, 110, "完成检查五次", 842) + say(60, 160, "时效指标", 842)
PICTURE = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID 0 EI Q\n"


def page(*drawn: str) -> PrintedPage:
    return read(pdf([Leaf(595, 842, RULES + "".join(drawn))]), "x").pages[0]


def texts(one: PrintedPage) -> list[str]:
    return [cell.text for cell in one.tables[0].cells]


def aside(one: PrintedPage) -> list[tuple[str, str]]:
    return [(line.text, why) for line, why in one.aside]


def box(left: float, top: float, wide: float, high: float, colour: str) -> str:
    return f"q {colour} {left} {842 - top - high} {wide} {high} re f Q\n"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(turned("内部资料", 100, 190, 842, 45, 60, "0.85 g"), "", ("内部资料", "斜印的水印"), id="a watermark below the text"),
        pytest.param("", turned("内部资料", 100, 190, 842, 30, 14), ("内部资料", "斜印的水印"), id="a watermark over it"),
        pytest.param("", turned("内部资料", 60, 165, 842, 0, 40), ("内部资料", "大字的水印"), id="large letters"),
        pytest.param("", turned("内部资料", 300, 165, 842, 0, 9, "0.8 g"), ("内部资料", "浅色的水印"), id="light letters"),
        pytest.param("", turned("内部资料", 300, 165, 842, 0, 9, "1 g"), ("内部资料", "看不见的文字"), id="white letters"),
        pytest.param("", turned("内部资料", 300, 165, 842, 0, 9, "3 Tr"), ("内部资料", "看不见的文字"), id="letters without ink"),
        pytest.param("", turned("内部资料", 300, 165, 842, 0, 1), ("内部资料", "看不见的文字"), id="letters too small to see"),
        pytest.param(turned("内部资料", 300, 165, 842, 0) + box(295, 150, 60, 30, "1 g"), "", ("内部资料", "被盖住的文字"), id="letters painted over"),
    ],
)
def test_text_that_is_not_of_the_page_stands_aside(before, after, expected):
    found = page(before, OWN, after)
    assert (["产出指标", "完成检查五次", "时效指标", ""], [expected]) == (texts(found), aside(found))


def test_seal_stands_aside_and_what_it_is_stamped_on_stays():
    found = page(OWN, seal(290, 115, 842))
    assert ["产出指标", "完成检查五次", "时效指标", ""] == texts(found)
    assert ({"印章上的文字"}, "青禾市卫生健康委员会财务专用章") == ({why for _, why in aside(found)}, "".join(text for text, _ in aside(found)))


@pytest.mark.parametrize(
    ("before", "own"),
    [
        pytest.param(box(255, 145, 100, 40, "0 0.2 0.5 rg"), turned("完成", 300, 165, 842, 0, 9, "1 g"), id="white on blue"),
        pytest.param(PICTURE, turned("完成", 300, 165, 842, 0, 9, "1 g"), id="white on a picture"),
        pytest.param(box(255, 145, 100, 40, "0.9 g"), turned("完成", 300, 165, 842, 0), id="black on grey"),
        pytest.param(circle(310, 165, 40, 842), turned("完成", 300, 165, 842, 0), id="black in a black circle"),
        pytest.param("q 1 0 0 RG " + circle(310, 165, 40, 842) + "Q\n", turned("完成", 300, 165, 842, 0), id="black in a red circle"),
        pytest.param("", turned("完成", 300, 165, 842, 3), id="hardly askew"),
        pytest.param("", turned("完成", 300, 165, 842, 0, 9, "1 0 0 rg"), id="red"),
        pytest.param("", turned("完成", 300, 165, 842, 0, 9, "0.6 g"), id="grey"),
        pytest.param("", turned("完成", 300, 165, 842, 0) + "q 0.5 g 300 650 m 320 700 l 340 650 l 290 690 l 345 690 l 295 650 l f Q\n", id="below a star"),
    ],
)
def test_text_that_is_of_the_page_stays(before, own):
    found = page(before, OWN, own)
    assert (["产出指标", "完成检查五次", "时效指标", "完成"], []) == (texts(found), aside(found))


def test_text_is_not_painted_over_by_what_shines_through():
    shining = pdf([Leaf(595, 842, RULES + OWN + "/Half gs " + box(50, 100, 400, 100, "1 1 0 rg"))])
    data = shining.replace(b"/Resources<<", b"/Resources<</ExtGState<</Half<</ca 0.3>>>>")
    assert ["产出指标", "完成检查五次", "时效指标", ""] == texts(read(data, "x").pages[0])


def test_page_whose_text_is_all_askew_is_read():
    found = read(pdf([Leaf(595, 842, "".join(turned("完成检查", 100, top, 842, 6) for top in (100, 200, 300)))]), "x").pages[0]
    assert not found.aside
    assert found.lines


def test_text_over_a_scan_is_read_as_recognised():
    found = page(PICTURE, "3 Tr\n", OWN)
    assert (True, "完成检查五次") == (found.recognised, texts(found)[1])
    assert not page(OWN).recognised


@pytest.mark.parametrize(
    ("second", "over"),
    [
        pytest.param(say(263, 112, "内部资料", 842), True, id="over it"),
        pytest.param(say(260.3, 110, "完成检查五次", 842), False, id="the same for bold print"),
        pytest.param(say(320, 112, "内部资料", 842), False, id="behind it"),
        pytest.param(say(260, 125, "内部资料", 842), False, id="below it"),
    ],
)
def test_texts_that_are_printed_over_each_other_are_told(second, over):
    assert over == page(OWN, second).tables[0].cells[1].overprinted


@pytest.mark.parametrize("mark", ["。", "—", "…"])
def test_mark_whose_box_is_as_low_as_itself_is_read(mark):
    """A span that says what it reads has the box of its ink."""
    spoken = f"/Span <</ActualText <feff{mark.encode('utf-16-be').hex()}>>> BDC\n{say(300, 160, mark, 842)}EMC\n"
    found = page(OWN, spoken)
    assert (["产出指标", "完成检查五次", "时效指标", mark], []) == (texts(found), aside(found))
