"""What a style sheet says: number formats, white text, fills on which it is seen."""

import pytest

from xltool.grid import SIGNS, STRUCK, WHITE
from xltool.surfaces.xlsx_reader.styles import DAY, NUMBER, Format, Styles, styles_of

WHITE_FONT = '<font><color rgb="FFFFFFFF"/></font>'
NO_FILL = '<fill><patternFill patternType="none"/></fill>'


def styles(*cells: str, fonts: str = "<font/>", fills: str = NO_FILL, formats: str = "") -> Styles:
    """The styles of a sheet with these cell formats."""
    return styles_of(
        f'<styleSheet xmlns="x"><numFmts>{formats}</numFmts><fonts>{fonts}</fonts><fills>{fills}</fills><cellXfs>{"".join(cells)}</cellXfs></styleSheet>'.encode()
    )


def test_no_style_sheet_says_nothing():
    assert Styles() == styles_of(b"")


@pytest.mark.parametrize(
    ("number", "code", "found"),
    [
        ("0", None, Format("General", NUMBER)),
        ("14", None, Format("yyyy/m/d", DAY)),
        ("22", None, Format("yyyy/m/d h:mm", "")),
        ("164", "0.00%", Format("0.00%", NUMBER)),
        ("164", "yyyy-mm-dd", Format("yyyy-mm-dd", DAY)),
        ("164", "yyyy年m月d日;@", Format("yyyy年m月d日;@", DAY)),
        ("164", "h:mm", Format("h:mm", "")),
        ("163", "0.00%", Format("0.00%", "")),
        ("x", "0.0", Format("0.0", "")),
        ("y", None, Format("General", "")),
    ],
)
def test_a_number_format_shows_numbers_or_days_or_only_a_parser_tells(number, code, found):
    """Excel's own formats as it shows them in Chinese."""
    own = f'<numFmt numFmtId="{number}" formatCode="{code}"/>' if code else ""
    assert (found,) == styles(f'<xf numFmtId="{number}"/>', formats=own).formats


@pytest.mark.parametrize(
    ("font", "why"),
    [
        ("<font/>", ""),
        ("<font><strike/></font>", STRUCK),
        ('<font><strike val="0"/></font>', ""),
        ('<font><name val="Wingdings 2"/></font>', SIGNS),
        ('<font><name val="宋体"/></font>', ""),
        (WHITE_FONT, WHITE),
        ('<font><color theme="0"/></font>', WHITE),
        ('<font><color theme="0" tint="-0.5"/></font>', ""),
        ('<font><color indexed="9"/></font>', WHITE),
        ('<font><color rgb="FFFF0000"/></font>', ""),
    ],
)
def test_a_font_in_which_text_is_not_what_people_see_is_doubted(font, why):
    assert ({0: why} if why else {}) == styles("<xf/>", fonts=font).unsure


@pytest.mark.parametrize(
    ("fill", "seen"),
    [
        pytest.param(NO_FILL, False, id="none"),
        pytest.param("<fill/>", False, id="an empty fill"),
        pytest.param('<fill><patternFill patternType="solid"><fgColor rgb="FF1F4E79"/></patternFill></fill>', True, id="blue"),
        pytest.param('<fill><patternFill patternType="solid"><fgColor rgb="FFFFFFFF"/></patternFill></fill>', False, id="white"),
        pytest.param('<fill><patternFill patternType="gray125"/></fill>', True, id="a pattern"),
        pytest.param("<fill><gradientFill><stop/></gradientFill></fill>", True, id="a gradient"),
    ],
)
def test_white_text_is_seen_on_a_fill_that_is_not_white(fill, seen):
    found = styles('<xf fontId="0" fillId="0"/>', fonts=WHITE_FONT, fills=fill)
    assert (frozenset({0} if seen else ()), {} if seen else {0: WHITE}) == (found.filled, found.unsure)


def test_a_struck_text_is_doubted_on_any_fill():
    blue = '<fill><patternFill patternType="solid"><fgColor rgb="FF1F4E79"/></patternFill></fill>'
    assert {1: STRUCK} == styles('<xf fontId="0" fillId="0"/>', '<xf fontId="1" fillId="0"/>', fonts=f"{WHITE_FONT}<font><strike/></font>", fills=blue).unsure


def test_formats_that_write_more_than_a_text_are_told_by_their_style():
    found = styles('<xf numFmtId="0"/>', '<xf numFmtId="165"/>', '<xf numFmtId="49"/>', formats='<numFmt numFmtId="165" formatCode="@&quot;元&quot;"/>')
    assert {1: '@"元"'} == found.worded
