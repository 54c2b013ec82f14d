"""What a file is, by its content: each kind that is read, and a sentence for each that is not."""

import io
import zipfile

import pytest

from xltool.jobs.kinds import recognise
from xltool.problems import ProblemError


def package(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(package("xl/workbook.xml"), "xlsx", id="a workbook"),
        pytest.param(package("word/document.xml"), "docx", id="a Word document"),
        pytest.param(package("word/document2.xml"), "docx", id="a Word document whose part has another name"),
        pytest.param(b"PK\x03\x04 cut", "xlsx", id="a broken workbook is the reader's to name"),
        pytest.param(b' \n{"a": 1}', "json", id="JSON"),
        pytest.param(b"\xef\xbb\xbf[1]", "json", id="JSON behind a mark"),
        pytest.param("{".encode("utf-16"), "json", id="JSON in UTF-16"),
        pytest.param("项目名称".encode(), "text", id="text"),
        pytest.param("项目名称".encode("utf-16"), "text", id="text in UTF-16"),
        pytest.param(b"| a | b |", "text", id="Markdown"),
        pytest.param(b"<p>abc</p>", "text", id="marks of HTML inside a text"),
    ],
)
def test_kinds_that_are_read(data, kind):
    assert kind == recognise(data, "a.anything")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "file-empty", id="nothing"),
        pytest.param(b" \n\t", "file-empty", id="blanks"),
        pytest.param(b"\xef\xbb\xbf", "file-empty", id="a mark alone"),
        pytest.param(b"\n%PDF-1.7\n", "file-pdf", id="PDF"),
        pytest.param(package("xl/workbook.bin"), "file-other-workbook", id="a binary workbook"),
        pytest.param(package("content.xml", "mimetype"), "file-other-workbook", id="OpenDocument"),
        pytest.param(package("a.txt"), "file-kind", id="an archive of files"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file-old-office", id="xls"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "file-encrypted", id="an encrypted workbook"),
        pytest.param(b"<!DOCTYPE html><html>", "file-web-page", id="HTML"),
        pytest.param(b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table>", "file-web-page", id="an .xls that is HTML"),
        pytest.param(b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>", "file-other-workbook", id="SpreadsheetML 2003"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "file-picture", id="PNG"),
        pytest.param(b"\xff\xd8\xff\xe0", "file-picture", id="JPEG"),
    ],
)
def test_kinds_that_are_not(data, code):
    with pytest.raises(ProblemError) as caught:
        recognise(data, "a.xlsx")
    assert [(code, "a.xlsx")] == [(one.code, one.place) for one in caught.value.problems]
