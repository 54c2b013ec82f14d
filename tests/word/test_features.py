"""What a Word document shows, element by element: drawn as the XML that Word writes, read as a grid."""

import pytest

from tests.word.made import document_of, repacked
from xltool import archive
from xltool.grid import RAISED, SIGNS, STRUCK, WHITE, Grid
from xltool.jobs.reading import read_bytes
from xltool.library import forms
from xltool.problems import ProblemError
from xltool.surfaces import docx
from xltool.surfaces.docx.stream import FORMULA


def grid(body: str, **parts: str) -> Grid:
    return docx.read(document_of(body, **parts), "a.docx").grids[0]


def texts(body: str, **parts: str) -> list[str]:
    return list(grid(body, **parts).texts)


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}<w:t>{text}</w:t></w:r>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<') else p(r(text))}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, widths: tuple[int, ...] = (1000, 1000, 1000)) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def span(number: int) -> str:
    return f'<w:gridSpan w:val="{number}"/>'


def drawn(found: Grid) -> list[tuple[int, int, int, int, str]]:
    return [(*place, text) for place, text in zip(found.places, found.texts, strict=True)]


RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
LISTED = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="{}"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList></w:ffData></w:fldChar></w:r>'

BOX = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{}</w:checkBox></w:ffData></w:fldChar><w:instrText> FORMCHECKBOX </w:instrText><w:fldChar w:fldCharType="end"/></w:r>'
COMPUTED = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> {} </w:instrText><w:fldChar w:fldCharType="end"/></w:r>'


def math(shape: str, *texts: str) -> str:
    runs = (f"<m:r><m:t>{text}</m:t></m:r>" for text in texts)
    return f'<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">{shape.format(*runs)}</m:oMath>'


SIGN_FONT = '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'

# ---------------------------------------------------------------- text


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        pytest.param(p(r("甲"), "<w:ins w:id='1'>", r("乙"), "</w:ins>"), ["甲乙"], id="inserted text counts"),
        pytest.param(p(r("甲"), "<w:del w:id='1'><w:r><w:delText>乙</w:delText></w:r></w:del>", r("丙")), ["甲丙"], id="deleted text does not"),
        pytest.param(p(r("甲"), "<w:moveFrom w:id='1'>", r("乙"), "</w:moveFrom>"), ["甲"], id="what moved away does not"),
        pytest.param(p(r("甲"), properties='<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>') + p(r("乙")), ["甲乙"], id="a deleted end of a paragraph joins it with the next"),
        pytest.param(p(r("甲", '<w:rPrChange w:id="1"><w:rPr><w:vanish/></w:rPr></w:rPrChange>')), ["甲"], id="what a format was before a change"),
        pytest.param(p(r("甲", '<w:vanish w:val="0"/>')), ["甲"], id="not hidden"),
        pytest.param(p("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>"), ["a b"], id="a tab"),
        pytest.param(p("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>"), ["甲", "乙"], id="a line of a heading is a row"),
        pytest.param(p("<w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t></w:r>"), ["1-2"], id="a hyphen that does not break"),
        pytest.param(p('<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>90</w:t></w:r>'), ["≥90"], id="a sign of the font Symbol"),
        pytest.param(p('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/><w:t>是</w:t></w:r>', '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/><w:t>否</w:t></w:r>'), ["☑是□否"], id="boxes of the fonts Wingdings"),
        pytest.param(p(r("R", SIGN_FONT), r("是"), r("£", SIGN_FONT), r("否")), ["☑是□否"], id="letters in a font of signs"),
        pytest.param(p(r("是", SIGN_FONT)), ["是"], id="Chinese beside a font of signs"),
        pytest.param(p(BOX.format("<w:checked/>"), r("是"), BOX.format(""), r("否")), ["☑是□否"], id="boxes of a form"),
        pytest.param(p(BOX.format('<w:checked w:val="0"/>'), r("甲"), BOX.format('<w:default w:val="1"/>'), r("乙")), ["□甲☑乙"], id="boxes that say it otherwise"),
        pytest.param(p(COMPUTED.format("EQ \\o\\ac(○,1)"), r("甲")), ["①甲"], id="a number in a ring"),
        pytest.param(p(math("<m:f><m:num>{}</m:num><m:den>{}</m:den></m:f>", "1", "2"), r("以上")), ["1/2以上"], id="a fraction"),
        pytest.param(p("<w:r><w:ruby><w:rt><w:r><w:t>jia</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>甲</w:t></w:r></w:rubyBase></w:ruby></w:r>"), ["甲"], id="no phonetic marks"),
        pytest.param(p("<w:r><w:fldChar/><w:instrText> PAGE </w:instrText></w:r>", r("3")), ["3"], id="a field's result, not its instruction"),
        pytest.param(p(FIELD.format("begin"), "<w:r><w:instrText> IF </w:instrText></w:r>", FIELD.format("begin"), FIELD.format("separate"), r("条件"), FIELD.format("end"), FIELD.format("separate"), r("甲"), FIELD.format("end")), ["甲"], id="the result of a field in another's instruction shows nowhere"),
        pytest.param(p(FIELD.format("begin"), FIELD.format("separate"), FIELD.format("begin"), FIELD.format("separate"), r("甲"), FIELD.format("end"), FIELD.format("end")), ["甲"], id="the result of a field in another's result shows"),
        pytest.param(p(FIELD.format("begin"), r("甲")), ["甲"], id="a field without an end"),
        pytest.param(p(LISTED.format(1), FIELD.format("end")), ["乙"], id="what was chosen from a field's list"),
        pytest.param(p(LISTED.format(7), FIELD.format("end"), r("丙")), ["丙"], id="a choice that is none"),
        pytest.param(f"<w:sdt><w:sdtPr/><w:sdtContent>{p(r('甲'))}</w:sdtContent></w:sdt>", ["甲"], id="a content control"),
        pytest.param(f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p(r('单击此处输入文字'))}</w:sdtContent></w:sdt>{p(r('乙'))}", ["乙"], id="an unfilled control shows no text"),
        pytest.param(p("<w:r><w:txbxContent>" + p(r("框内")) + "</w:txbxContent></w:r>", r("文")), ["文", "框内"], id="a text box stands behind its paragraph"),
        pytest.param(
            p("<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:txbxContent>" + p(r("框内")) + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>" + p(r("框内")) + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"),
            ["框内"],
            id="the second version of a drawing is none",
        ),
    ],
)  # fmt: skip
def test_text_as_it_shows(body, shown):
    assert shown == texts(body)


SHADE = '<w:shd w:val="clear" w:fill="1F4E79"/>'


@pytest.mark.parametrize(
    ("body", "why"),
    [
        pytest.param(p(r("旧", "<w:strike/>"), r("新")), [STRUCK], id="struck out"),
        pytest.param(p(r("旧", "<w:dstrike/>"), r("新")), [STRUCK], id="struck out twice"),
        pytest.param(p(r("新", '<w:strike w:val="0"/>')), [], id="not struck out"),
        pytest.param(p(r("10"), r("2", '<w:vertAlign w:val="superscript"/>')), [RAISED], id="a power"),
        pytest.param(p(math("<m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>", "10", "2")), [RAISED], id="a power in a formula"),
        pytest.param(p(math("<m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>", "m", "2"), math("{}", "3")), [], id="a power of a letter"),
        pytest.param(p(COMPUTED.format("EQ \\f(1,2)"), r("以上")), [FORMULA], id="a formula that is drawn"),
        pytest.param(p(COMPUTED.format("PAGE"), r("页")), [], id="a field that shows nothing"),
        pytest.param(p(r("100m"), r("2", '<w:vertAlign w:val="superscript"/>')), [], id="raised behind a letter"),
        pytest.param(p(r("10"), r("2", '<w:vertAlign w:val="baseline"/>')), [], id="not raised"),
        pytest.param(p(r("Z", SIGN_FONT), r("是")), [SIGNS], id="a letter of signs that is not known"),
        pytest.param(p(r("旧", '<w:color w:val="FFFFFF"/>'), r("新")), [WHITE], id="white"),
        pytest.param(p(r("新", '<w:color w:val="FF0000"/>')), [], id="red"),
        pytest.param(tbl(tr(tc(p(r("旧", "<w:strike/>"))), tc("乙"), tc("丙"))), [STRUCK], id="struck out in a cell"),
        pytest.param(tbl(tr(tc(p(r("甲", '<w:color w:val="FFFFFF"/>')), SHADE), tc("乙"), tc("丙"))), [], id="white in a dark cell"),
        pytest.param(tbl(tr(tc("甲", SHADE), tc(p(r("乙", '<w:color w:val="FFFFFF"/>'))), tc("丙"))), [WHITE], id="white beside a dark cell"),
        pytest.param(p(r("新"), properties="<w:rPr><w:strike/></w:rPr>"), [], id="the end of a paragraph struck out"),
    ],
)
def test_text_that_is_struck_out_or_white_is_unsure(body, why):
    assert why == [one.why for one in grid(body).unsure.values()]


def tabbed(*lines: str) -> Grid:
    return grid("".join(p("<w:r>" + "<w:tab/>".join(f"<w:t>{text}</w:t>" if text else "" for text in line.split("|")) + "</w:r>") for line in lines))


def test_paragraphs_with_tabs_are_rows_of_a_table():
    found = tabbed("自评表", "甲|乙||丙", "|丁", "戊||己", "庚|辛")
    expected = [(1, 1, "自评表"), (2, 1, "甲"), (2, 2, "乙"), (2, 4, "丙"), (3, 2, "丁"), (4, 1, "戊"), (4, 3, "己"), (5, 1, "庚"), (5, 2, "辛")]
    assert (expected, {}) == ([(row, column, text) for (row, column, *_), text in zip(found.places, found.texts, strict=True)], dict(found.unsure))


@pytest.mark.parametrize("lines", [("甲|乙", "丙|丁", "戊|己"), ("|甲", "|乙", "|丙", "|丁")], ids=["too few", "only moved in"])
def test_other_tabs_are_blanks(lines):
    assert [1] * len(lines) == [column for _, column, *_ in tabbed(*lines).places]


def test_long_line_without_a_tab_among_rows_with_tabs_is_unsure():
    found = tabbed("甲|乙", "丙|丁", "戊|己", "完成检查" * 8, "庚|辛", "自评表", "壬|癸")
    assert {"完成检查" * 8: "这一行没有制表符，可能属于别的栏"} == {found.texts[number]: one.why for number, one in found.unsure.items()}


def test_another_file_put_into_the_document_is_named():
    assert {0: "此处插入的另一个文件没有读"} == dict(grid("<w:altChunk/>" + p(r("甲"))).notes)


RELATED = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
CHUNK = '<Relationship Id="c{0}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target="/word/{0}.html"/>'


@pytest.mark.parametrize(
    ("body", "files", "whole"),
    [
        pytest.param("<w:altChunk/>", ("a",), b"<html>a</html>", id="a page alone"),
        pytest.param("<w:p/><w:altChunk/><w:p/>", ("a",), b"<html>a</html>", id="among empty paragraphs"),
        pytest.param("<w:altChunk/>" + p(r("甲")), ("a",), None, id="beside text"),
        pytest.param("<w:altChunk/>" + tbl(tr(tc("甲"))), ("a",), None, id="beside a table"),
        pytest.param("<w:altChunk/><w:altChunk/>", ("a", "b"), None, id="two of them"),
        pytest.param("<w:altChunk/>", (), None, id="one that is not there"),
        pytest.param(p(r("甲")), (), None, id="no other file"),
    ],
)
def test_document_that_holds_another_file_alone_is_that_file(body, files, whole):
    related = RELATED.format("".join(CHUNK.format(one) for one in files))
    parts = {"word/_rels/document.xml.rels": related, **{f"word/{one}.html": f"<html>{one}</html>" for one in files}}
    data = repacked(document_of(body), lambda held: held.update({name: part.encode() for name, part in parts.items()}))
    assert whole == docx.opened(data, "a.docx").inserted()


def test_a_document_is_opened_once(monkeypatch):
    opened = []
    real = archive.opened

    def counted(*given):
        opened.append(given[1])
        return real(*given)

    monkeypatch.setattr(archive, "opened", counted)
    with pytest.raises(ProblemError):
        read_bytes(document_of(p(r("甲"))), "a.docx", forms())
    assert ["a.docx"] == opened


@pytest.mark.parametrize(("said", "rows"), [("<w:hidden/>", [2]), ('<w:hidden w:val="0"/>', [])], ids=["hidden", "said not to be"])
def test_hidden_rows_of_a_table_are_known(said, rows):
    found = grid(tbl(tr(tc("甲"), tc("1")), tr(tc("乙"), tc("2"), properties=said), tr(tc("丙"), tc("3"))))
    assert (rows, ["甲", "1", "乙", "2", "丙", "3"]) == (sorted(found.hidden_rows), list(found.texts))


def test_a_hidden_heading_hides_all_its_rows():
    found = grid(tbl(tr(tc(p(r("甲")) + p(r("乙")), span(3)), properties="<w:hidden/>"), tr(tc("丙"), tc("3"))))
    assert [1, 2] == sorted(found.hidden_rows)


def test_text_below_a_merged_cell_makes_it_unsure():
    """Word shows the first cell of a merge alone; text that a program has left in the others is seen by nobody."""
    def merged(below: str) -> list[str]:
        table = tbl(tr(tc("甲", "<w:vMerge w:val=\"restart\"/>"), tc("1")), tr(tc(below, "<w:vMerge/>"), tc("2")))
        return [one.why for one in grid(table).unsure.values()]

    assert [[], [], ["合并进来的单元格里另有文字，纸上看不见"]] == [merged(""), merged("甲"), merged("乙")]


def test_table_of_one_cell_inside_a_cell_stays_beside_its_neighbour():
    found = grid(tbl(tr(tc("项目名称"), tc(tbl(tr(tc("修桥")), widths=(1000,)) + p()), tc("丙"))))
    assert [(1, 1, "项目名称"), (1, 2, "修桥"), (1, 3, "丙")] == [(row, column, text) for (row, column, *_), text in zip(found.places, found.texts, strict=True)]


def test_hidden_text_is_no_text_but_is_named():
    found = grid(p(r("甲"), r("密", "<w:vanish/>")))
    assert (["甲"], {0: "隐藏文字：密"}) == (list(found.texts), found.notes)


def test_a_comment_and_a_footnote_hang_on_their_paragraph():
    found = grid(
        tbl(tr(tc(p(r("甲"), '<w:r><w:commentReference w:id="7"/><w:footnoteReference w:id="2"/></w:r>')), tc("乙"))),
        comments=f'<w:comments><w:comment w:id="7">{p(r("请核对"))}</w:comment></w:comments>',
        footnotes=f'<w:footnotes><w:footnote w:id="2">{p(r("不含税"))}</w:footnote></w:footnotes>',
    )
    assert {0: "请核对\n脚注：不含税"} == found.notes


def test_an_endnote_hangs_on_its_paragraph():
    endnotes = f'<w:endnotes><w:endnote w:id="3">{p(r("含上年结转"))}</w:endnote></w:endnotes>'
    assert {0: "尾注：含上年结转"} == grid(p(r("甲"), '<w:r><w:endnoteReference w:id="3"/></w:r>'), endnotes=endnotes).notes


def numbered(text: str, number: int = 1, level: int = 0) -> str:
    return p(r(text), properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def numbering(*levels: tuple[str, str], more: str = "") -> str:
    made = "".join(f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/><w:suff w:val="nothing"/></w:lvl>' for at, (kind, text) in enumerate(levels))
    return f'<w:numbering><w:abstractNum w:abstractNumId="0">{made}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}</w:numbering>'


@pytest.mark.parametrize(
    ("levels", "shown"),
    [
        pytest.param([("decimal", "%1."), ("decimal", "%1.%2")], ["1.甲", "1.1乙", "1.2丙", "2.丁", "2.1戊"], id="1. 1.1"),
        pytest.param([("chineseCounting", "（%1）"), ("decimalEnclosedCircle", "%2")], ["（一）甲", "①乙", "②丙", "（二）丁", "①戊"], id="（一） ①"),
        pytest.param([("upperRoman", "%1、"), ("lowerLetter", "%2)")], ["I、甲", "a)乙", "b)丙", "II、丁", "a)戊"], id="I、 a)"),
        pytest.param([("bullet", ""), ("none", "")], ["甲", "乙", "丙", "丁", "戊"], id="bullets are no text"),
    ],
)
def test_automatic_numbers_are_text(levels, shown):
    body = numbered("甲") + numbered("乙", level=1) + numbered("丙", level=1) + p() + numbered("丁") + numbered("戊", level=1)
    assert shown == texts(body, numbering=numbering(*levels))


def test_a_list_that_begins_again_counts_for_itself():
    again = '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    body = numbered("甲") + numbered("乙") + numbered("丙", 2) + numbered("丁", 2)
    assert ["1.甲", "2.乙", "1.丙", "2.丁"] == texts(body, numbering=numbering(("decimal", "%1."), more=again))


def test_a_style_numbers_its_paragraphs():
    styles = '<w:styles><w:style w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    body = p(r("甲"), properties='<w:pStyle w:val="L"/>') + p(r("乙"), properties='<w:pStyle w:val="L"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert ["1.甲", "乙"] == texts(body, numbering=numbering(("decimal", "%1.")), styles=styles)


# ---------------------------------------------------------------- tables

MERGED = tbl(
    tr(tc("甲", RESTART), tc("乙", span(2))),
    tr(tc("", CONTINUE), tc("丙"), tc("丁")),
)  # fmt: skip
"""
| 甲 | 乙 | < |
| ^  | 丙 | 丁 |
"""


def test_merged_cells_are_rectangles():
    assert [(1, 1, 2, 1, "甲"), (1, 2, 1, 3, "乙"), (2, 2, 2, 2, "丙"), (2, 3, 2, 3, "丁")] == drawn(grid(MERGED))


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        pytest.param(tbl(tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("乙")), tr(tc(""), tc(""), tc("丙"))), [(1, 1, 1, 2, "甲"), (1, 3, 1, 3, "乙"), (2, 3, 2, 3, "丙")], id="merged the old way"),
        pytest.param(tbl(tr(tc("甲"), tc("乙"), properties='<w:gridBefore w:val="1"/>'), tr(tc("丙"), tc("", span(2)))), [(1, 2, 1, 2, "甲"), (1, 3, 1, 3, "乙"), (2, 1, 2, 1, "丙")], id="a row that begins further right"),
        pytest.param(tbl(tr(tc(p(r("甲")) + p(r("乙"))), tc("丙"), tc("丁"))), [(1, 1, 1, 1, "甲\n乙"), (1, 2, 1, 2, "丙"), (1, 3, 1, 3, "丁")], id="paragraphs of a cell"),
        pytest.param(tbl(tr(tc("甲"), tc("乙"), tc("丙"), properties='<w:del w:id="1"/>'), tr(tc("丁"), tc("戊"), tc("己"))), [(1, 1, 1, 1, "丁"), (1, 2, 1, 2, "戊"), (1, 3, 1, 3, "己")], id="a deleted row"),
        pytest.param(tbl(tr(tc("题", span(3))), tr(tc("甲"), tc("乙"), tc("丙"))), [(1, 1, 1, 1, "题"), (2, 1, 2, 1, "甲"), (2, 2, 2, 2, "乙"), (2, 3, 2, 3, "丙")], id="a heading row"),
        pytest.param(tbl(f"<w:sdt><w:sdtPr/><w:sdtContent>{tr(tc('甲'), '<w:sdt><w:sdtContent>' + tc('乙') + '</w:sdtContent></w:sdt>')}</w:sdtContent></w:sdt>"), [(1, 1, 1, 1, "甲"), (1, 2, 1, 2, "乙")], id="rows and cells in controls"),
    ],
)  # fmt: skip
def test_cells(table, cells):
    assert cells == drawn(grid(table))


def width(number: int) -> str:
    return f'<w:tcW w:w="{number}" w:type="dxa"/>'


def test_rows_that_do_not_fit_the_declared_columns_go_by_the_widths_of_their_cells():
    found = grid(tbl(tr(tc("甲", width(1000)), tc("乙", width(2000))), tr(tc("丙", width(1000)), tc("丁", width(990)), tc("戊", width(1010))), widths=(3000,)))
    assert [(1, 1), (1, 2), (2, 1), (2, 2), (2, 3)] == [place[:2] for place in found.places]
    assert 3 == found.cells[1].last_column


def test_tables_broken_by_hand_share_their_columns():
    """The second table has three columns where the first has two; its edges lie a millimetre off."""
    found = grid(tbl(tr(tc("甲"), tc("乙")), widths=(1000, 2000)) + tbl(tr(tc("丙"), tc("丁"), tc("戊")), widths=(1050, 1000, 970)))
    assert [(1, 1, 1, 1), (1, 2, 1, 3), (2, 1, 2, 1), (2, 2, 2, 2), (2, 3, 2, 3)] == list(found.places)


def test_a_table_inside_a_cell_stands_in_its_place():
    inner = tbl(tr(tc("丙"), tc("丁")), tr(tc("戊"), tc("己")), widths=(1000, 1000))
    found = grid(tbl(tr(tc("甲"), tc(inner + p())), tr(tc("庚"), tc("辛")), widths=(1000, 2000)))
    assert [
        (1, 1, 2, 1, "甲"), (1, 2, 1, 2, "丙"), (1, 3, 1, 3, "丁"),
        (2, 2, 2, 2, "戊"), (2, 3, 2, 3, "己"),
        (3, 1, 3, 1, "庚"), (3, 2, 3, 3, "辛"),
    ] == drawn(found)  # fmt: skip


def test_tables_side_by_side_in_a_layout_table_stand_below_each_other():
    one, two = (tbl(tr(tc(text), tc(text)), widths=(500, 500)) for text in "甲乙")
    found = grid(tbl(tr(tc(one), tc(two)), widths=(1000, 1000)))
    assert [(1, "甲"), (1, "甲"), (2, "乙"), (2, "乙")] == [(place[0], text) for place, text in zip(found.places, found.texts, strict=True)]


def test_rows_are_named_as_people_find_them():
    found = grid(p(r("题")) + MERGED + p(r("注")))
    assert ("第1段", "表1第1行", "表1第2行", "第2段") == found.row_names


def test_headers_and_footers_are_not_read():
    assert ["甲"] == texts(p(r("甲")), header1=f"<w:hdr>{p(r('页眉'))}</w:hdr>", footer1=f"<w:ftr>{p(r('第1页'))}</w:ftr>")


def test_the_strict_kind_of_word_is_read():
    def strict(parts: dict[str, bytes]) -> None:
        for name, part in parts.items():
            for old, new in (("schemas.openxmlformats.org/wordprocessingml/2006", "purl.oclc.org/ooxml/wordprocessingml"), ("schemas.openxmlformats.org/officeDocument/2006/", "purl.oclc.org/ooxml/officeDocument/")):
                part = part.replace(old.encode(), new.encode())
            parts[name] = part

    assert (1, 2, 1, 3, "乙") in drawn(docx.read(repacked(document_of(MERGED), strict), "a.docx").grids[0])
