"""Hostile and broken Word documents: one clear sentence each, within a second or two and within memory."""

import io
import resource
import struct
import sys
import time
import zipfile

import pytest

from tests.edits.made import DECLARATIONS, FORMS
from tests.word.made import document_of, repacked, replaced, written
from tests.word.test_features import p, r, span, tbl, tc, tr
from xltool.budgets import limit
from xltool.jobs.reading import read_bytes
from xltool.problems import ProblemError
from xltool.surfaces import docx

PLAIN = document_of(p(r("甲")))
DTD = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'


def refused(data: bytes) -> str:
    began = time.process_time()
    with pytest.raises(ProblemError) as caught:
        docx.read(data, "a.docx")
    assert time.process_time() - began < 6
    [one] = caught.value.problems
    assert one.text("zh").startswith("a.docx: ")
    return one.code


def without(part: str) -> bytes:
    return repacked(PLAIN, lambda parts: parts.pop(part) and None)


def nested(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + p(r("甲")) + "</w:tc></w:tr></w:tbl>" * depth


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "file-empty", id="nothing"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "file-encrypted", id="encrypted"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file-old-office", id="old .doc"),
        pytest.param(PLAIN[: len(PLAIN) // 2], "document-broken", id="cut off"),
        pytest.param(b"PK\x03\x04 nothing more", "document-broken", id="a zip by name only"),
        pytest.param(without("word/document.xml"), "document-broken", id="no text"),
        pytest.param(replaced(PLAIN, "</w:body>", ""), "document-broken", id="XML that does not close"),
        pytest.param(repacked(PLAIN, lambda parts: parts.update({"word/document.xml": parts["word/document.xml"][:200]})), "document-broken", id="text cut off"),
        pytest.param(repacked(PLAIN, lambda parts: parts.update({"_rels/.rels": b"<not xml"})), "document-broken", id="broken relations"),
        pytest.param(document_of(p(r("甲")), styles="<w:styles"), "document-broken", id="broken styles"),
        pytest.param(repacked(PLAIN, lambda parts: parts.update({"word/document.xml": parts["word/document.xml"].decode().encode("utf-16")})), "document-broken", id="not UTF-8"),
        pytest.param(document_of("<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr></w:tc>"), "document-broken", id="a cell outside a table"),
        pytest.param(document_of("<w:tbl><w:tc/></w:tbl>"), "document-broken", id="a cell outside a row"),
        pytest.param(replaced(PLAIN, "<w:document", DTD + "<w:document"), "document-dtd", id="document type"),
        pytest.param(replaced(PLAIN, "<w:document", "<!--" + " " * 600_000 + "-->" + DTD + "<w:document"), "document-dtd", id="document type far down"),
        pytest.param(repacked(document_of(p(r("甲")), styles="<w:styles></w:styles>"), lambda parts: parts.update({"word/styles.xml": DTD.encode() + b"<x/>"})), "document-dtd", id="document type in another part"),
        pytest.param(document_of(nested(1_000)), "document-depth", id="a thousand nested tables"),
        pytest.param(document_of(tbl(tr(*[tc("甲")] * 400), *[tr(tc("甲", span(399)), tc("乙"))] * 1_600)), "document-squares", id="wide cells over many rows"),
        pytest.param(document_of(tbl(tr(*[tc("甲", span(16_384))] * 1_000))), "workbook-columns", id="a row of cells each as wide as a sheet"),
        pytest.param(replaced(PLAIN, "<w:t>", " " * (limit("inflated") + 1) + "<w:t>"), "document-bomb", id="a bomb by its directory"),
        pytest.param(document_of("<w:p/>" * (limit("document_parts") + 1)), "document-parts", id="too many paragraphs"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_sound_document_is_one_clear_problem(data, code):
    assert code == refused(data)


def test_a_bomb_that_lies_about_its_size_is_refused_while_inflating():
    bomb = bytearray(replaced(PLAIN, "<w:body>", "<w:body>" + " " * (limit("inflated") + 1)))
    at = bomb.find(b"PK\x01\x02")
    while at >= 0:
        if b"word/document.xml" in bomb[at : at + 80]:
            bomb[at + 24 : at + 28] = struct.pack("<I", 100)
        at = bomb.find(b"PK\x01\x02", at + 4)
    assert len(bomb) < 1_000_000
    assert "document-bomb" == refused(bytes(bomb))


def test_a_part_that_stands_twice_is_refused():
    out = io.BytesIO(PLAIN)
    with pytest.warns(UserWarning), zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "document-broken" == refused(out.getvalue())


def test_four_hundred_columns_are_read():
    found = docx.read(document_of(tbl(*(tr(*(tc(f"{row}.{column}") for column in range(400))) for row in range(20)), widths=(20,) * 400)), "a.docx").grids[0]
    assert (8_000, 400) == (len(found.places), found.last_column)


def test_tables_nested_as_deep_as_allowed_are_read():
    assert ("甲",) == docx.read(document_of(nested(limit("nested_tables"))), "a.docx").grids[0].texts


def test_elements_nested_without_end_need_no_stack():
    deep = 100_000
    body = "<w:p>" + "<w:ins>" * deep + r("甲") + "</w:ins>" * deep + "</w:p>"
    assert ("甲",) == docx.read(document_of(body), "a.docx").grids[0].texts


def test_a_document_without_a_form_says_so():
    with pytest.raises(ProblemError) as caught:
        read_bytes(PLAIN, "a.docx", FORMS)
    assert ["no-form"] == [one.code for one in caught.value.problems]


def test_a_document_cut_off_anywhere_is_a_problem_or_the_document():
    whole = written(DECLARATIONS, FORMS)
    for at in range(0, len(whole), 1999):
        with pytest.raises(ProblemError):
            read_bytes(whole[: at or 1], "a.docx", FORMS)


@pytest.mark.skipif(sys.platform == "win32", reason="getrusage is not there")
def test_the_largest_document_that_is_read_stays_within_memory():
    """As many cells as allowed; peak memory of this process grows by less than 200 MB."""
    data = document_of("<w:tbl>" + ("<w:tr>" + "<w:tc><w:p/></w:tc>" * 7 + "</w:tr>") * (limit("document_parts") // 16) + "</w:tbl>")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    docx.read(data, "a.docx")
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 200


