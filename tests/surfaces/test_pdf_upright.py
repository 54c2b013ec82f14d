"""Text that stands on its side in a cell, or is written downwards."""

import pytest

from tests.pdf.paper import Leaf, pdf, say
from xltool.surfaces.pdf import read

RULES = "".join(f"{x} 642 m {x} 742 l S\n" for x in (50, 150, 250)) + "".join(f"50 {y} m 250 {y} l S\n" for y in (642, 742))
LYING = say(155, 110, "完成检查", 842) + say(60, 300, "说明：本表由实施单位填报，一式三份，随同决算报送。", 842)


def turned(text: str, left: float, top: float, up: bool) -> str:
    """A text on its side: its letters between ``left`` and nine points to the right, the first at ``top``."""
    matrix = f"0 1 -1 0 {left + 8:.2f} {842 - top:.2f}" if up else f"0 -1 1 0 {left + 1:.2f} {842 - top:.2f}"
    return f"BT /F 9 Tf {matrix} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"


def below(text: str, left: float, top: float) -> str:
    """Letters one below the other."""
    return "".join(say(left, top + 11 * at, letter, 842) for at, letter in enumerate(text))


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        pytest.param(turned("产出指标", 90, 170, True), "产出指标", id="from below"),
        pytest.param(turned("产出指标", 90, 120, False), "产\n出\n指\n标", id="from above, as letters below each other"),
        pytest.param(turned("服务对象满意度", 90, 185, True) + turned("指标", 101, 185, True), "服务对象满意度\n指标", id="two lines from below"),
        pytest.param(turned("服务对象满意度", 101, 115, False) + turned("指标", 90, 115, False), "服务对象满意度\n指标", id="two lines from above"),
        pytest.param(below("产出指标", 90, 120), "产\n出\n指\n标", id="letters below each other"),
        pytest.param(below("服务对象满意", 101, 110) + below("度指标", 90, 110), "服务对象满意\n度指标", id="two columns of letters"),
        pytest.param(turned("2024", 90, 170, True), "2024", id="a number"),
        pytest.param(turned("及时", 90, 170, True), "及时", id="two letters"),
        pytest.param(say(60, 110, "产", 842) + say(60, 121, "出指标", 842), "产\n出指标", id="a line of one letter"),
    ],
)
def test_text_on_its_side_reads_from_its_beginning(drawn, text):
    assert [text, "完成检查"] == [cell.text for cell in read(pdf([Leaf(595, 842, RULES + LYING + drawn)]), "x").pages[0].tables[0].cells]
