"""Letters that a file's fonts name badly, or have no shape for."""

import pytest

from tests.pdf.paper import assembled
from xltool.printed import PrintedCell
from xltool.surfaces.pdf import read

RULES = "".join(f"{x} 692 m {x} 742 l S\n" for x in (50, 150, 250)) + "".join(f"50 {y} m 250 {y} l S\n" for y in (692, 742))


def cells(*texts: tuple[float, float, str], named: dict[str, str] | None = None) -> list[PrintedCell]:
    """The two cells of a row from (50, 100) on, written in a font that has no shapes. ``named`` says how the file calls
    letters, nothing at all for those in it that are empty; texts stand at places from the top left corner."""
    letters = sorted({letter for *_, text in texts for letter in text})
    codes = {letter: number for number, letter in enumerate(letters, 0x3001)}
    calls = {letter: (named or {}).get(letter, letter) for letter in letters}
    lines = [f"<{codes[letter]:04x}> <{call.encode('utf-16-be').hex()}>" for letter, call in calls.items() if call]
    cmap = f"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /A def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{len(lines)} beginbfchar\n{chr(10).join(lines)}\nendbfchar\nendcmap\nend end"
    drawn = RULES + "".join(f"BT /F 9 Tf {left} {842 - top - 7.65:.2f} Td <{''.join(f'{codes[letter]:04x}' for letter in text)}> Tj ET\n" for left, top, text in texts)
    font = "<</Type/Font/Subtype/Type0/BaseFont/Abc/Encoding/Identity-H/ToUnicode 5 0 R/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/Abc/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/Abc/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F {font}>>>>>>",
        f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream", f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream",
    ]  # fmt: skip
    return list(read(assembled(bodies), "x").pages[0].tables[0].cells)


@pytest.mark.parametrize("text", ["及", "5", "—", "。"])
def test_letter_alone_on_its_line_is_read_where_its_font_has_no_shapes(text):
    assert [text, "完成检查"] == [cell.text for cell in cells((60, 110, text), (160, 110, "完成检查"))]


@pytest.mark.parametrize(
    ("call", "read_as"),
    [
        pytest.param("\ue123", "完成\ue123查", id="a character of private use"),
        pytest.param("\ufffd", "完成\ufffd查", id="a replacement character"),
        pytest.param("", "完成々查", id="no character, so that the number of its shape is taken for one"),
    ],
)
def test_letter_that_the_file_does_not_name_is_kept_and_doubted(call, read_as):
    assert [(read_as, True), ("五次", False)] == [(cell.text, cell.unread) for cell in cells((60, 110, "完成检查"), (160, 110, "五次"), named={"检": call})]


def test_letters_that_the_file_names_are_sure():
    assert [("ABC完成①", False), ("≥95%", False)] == [(cell.text, cell.unread) for cell in cells((55, 110, "ABC完成①"), (160, 110, "≥95%"))]


def test_soft_hyphen_that_is_drawn_is_a_hyphen():
    assert "(2023-2025)" == cells((55, 110, "(2023-2025)"), named={"-": "\u00ad"})[0].text


def test_hyphen_at_the_end_of_a_line_stays():
    assert "Wi-\nFi" == cells((55, 105, "Wi-"), (55, 117, "Fi"))[0].text


def test_radical_that_a_font_names_is_the_character():
    assert "部门目长" == cells((55, 110, "部门目长"), named={"门": "\u2ed4", "目": "\u2f6c", "长": "\u2ed3"})[0].text
