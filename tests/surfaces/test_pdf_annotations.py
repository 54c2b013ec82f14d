"""Fields filled in, words typed on a page or struck out, notes: what is laid on a page and is none of its drawing."""

import pytest

from tests.pdf.paper import FONT, assembled, say
from xltool.printed import PrintedPage
from xltool.surfaces.pdf import read

RULES = "".join(f"{x} 692 m {x} 742 l S\n" for x in (50, 150, 250)) + "".join(f"50 {y} m 250 {y} l S\n" for y in (692, 742))
OWN = say(55, 110, "项目名称", 842)
CELL = (155, 722, 245, 736)


def page(*annotations: str, looks: str = "五次", own: str = OWN) -> PrintedPage:
    """A row of two cells from (50, 100) on, the first with a text, under annotations; object 5 is how one looks."""
    drawn = RULES + own
    look = f"BT /F 9 Tf 2 3 Td <{looks.encode('utf-16-be').hex()}> Tj ET"
    bodies = [
        f"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[{' '.join(f'{6 + at} 0 R' for at in range(len(annotations)))}]>>>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F {FONT}>>>>/Annots[{' '.join(f'{6 + at} 0 R' for at in range(len(annotations)))}]>>",
        f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream",
        f"<</Type/XObject/Subtype/Form/BBox[0 0 90 14]/Resources<</Font<</F {FONT}>>>>/Length {len(look)}>>stream\n{look}\nendstream",
        *annotations,
    ]
    return read(assembled(bodies), "x").pages[0]


def annotation(kind: str, more: str = "", box: tuple[float, float, float, float] = CELL, flags: int = 4) -> str:
    return f"<</Type/Annot/Subtype/{kind}/F {flags}/Rect[{' '.join(map(str, box))}]{more}>>"


def unicode(text: str) -> str:
    return f"<feff{text.encode('utf-16-be').hex()}>"


LOOKS = "/AP<</N 5 0 R>>"


def said(found: PrintedPage) -> list[tuple[str, bool]]:
    """The texts of the cells, and whether they were typed later."""
    return [(cell.text, cell.typed) for cell in found.tables[0].cells]


def test_field_that_was_filled_in_is_read():
    assert [("项目名称", False), ("五次", False)] == said(page(annotation("Widget", f"/FT/Tx/T(a)/V{unicode('五次')}{LOOKS}")))


def test_field_that_the_file_does_not_draw_is_read_in_its_place():
    assert [("项目名称", False), ("五次\n六人", False)] == said(page(annotation("Widget", f"/FT/Tx/T(a)/V{unicode(f'五次{chr(13)}六人')}")))


def test_words_typed_on_the_page_are_read_and_told():
    assert [("项目名称", False), ("五次", True)] == said(page(annotation("FreeText", f"/DA(/F 9 Tf)/Contents{unicode('五次')}{LOOKS}")))


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(annotation("Widget", f"/FT/Tx/T(a){LOOKS}", flags=2), id="a hidden field"),
        pytest.param(annotation("Widget", f"/FT/Btn/T(a){LOOKS}"), id="a box to tick"),
        pytest.param(annotation("Widget", f"/FT/Sig/T(a){LOOKS}"), id="a signature"),
        pytest.param(annotation("Stamp", LOOKS), id="a stamp"),
        pytest.param(annotation("Popup", f"/Contents{unicode('五次')}"), id="a window of a note"),
    ],
)
def test_what_is_none_of_the_text_is_not_read(one):
    found = page(one)
    assert ([("项目名称", False), ("", False)], ()) == (said(found), found.aside)


def test_hidden_field_that_the_file_does_not_draw_is_not_read():
    assert [("项目名称", False), ("", False)] == said(page(annotation("Widget", f"/FT/Tx/T(a)/V{unicode('五次')}", flags=2)))


def test_stamp_beside_a_field_is_not_read():
    stamp = annotation("Stamp", LOOKS, (100, 695, 145, 709))
    assert [("项目名称", False), ("五次", False)] == said(page(annotation("Widget", f"/FT/Tx/T(a)/V{unicode('五次')}{LOOKS}"), stamp))


def test_note_stands_aside():
    found = page(annotation("Text", f"/Contents{unicode('请核实')}{LOOKS}"))
    assert ([("项目名称", False), ("", False)], [("请核实", "批注")]) == (said(found), [(line.text, why) for line, why in found.aside])


def test_words_that_were_struck_out_are_told():
    quads = "/QuadPoints[55 733 91 733 55 722 91 722]"
    assert [True, False] == [cell.struck for cell in page(annotation("StrikeOut", quads, (55, 722, 91, 733)), own=OWN + say(155, 110, "五次", 842)).tables[0].cells]


def test_turned_page_has_its_fields_where_they_stand():
    turned = "q 0 1 -1 0 842 0 cm\n" + RULES + OWN + "Q\n"
    drawn = f"<</Length {len(turned)}>>stream\n{turned}\nendstream"
    field = f"<</Type/Annot/Subtype/Widget/F 4/Rect[106 155 120 245]/FT/Tx/T(a)/V{unicode('五')}>>"
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 595]/Rotate 90/Contents 4 0 R/Resources<</Font<</F {FONT}>>>>/Annots[5 0 R]>>", drawn, field,
    ]  # fmt: skip
    assert [("项目名称", False), ("五", False)] == said(read(assembled(bodies), "x").pages[0])
