"""What a file is, by its content: each kind that is read, and a sentence for each that is not."""

import io
import zipfile

import pytest

from tests.surfaces.made import compound
from xltool.jobs.kinds import recognise
from xltool.problems import ProblemError


def package(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return stream.getvalue()


LOCK = b"\x04User".ljust(55) + b"\x04\0" + "User".ljust(54).encode("utf-16-le")
"""What Excel lays beside a workbook that somebody has open."""


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(package("xl/workbook.xml"), "xlsx", id="a workbook"),
        pytest.param(package("word/document.xml"), "docx", id="a Word document"),
        pytest.param(package("word/document2.xml"), "docx", id="a Word document whose part has another name"),
        pytest.param(b"PK\x03\x04 cut", "xlsx", id="a broken workbook is the reader's to name"),
        pytest.param(package("xl/workbook.bin"), "xlsb", id="a binary workbook"),
        pytest.param(package("content.xml", "mimetype"), "ods", id="OpenDocument"),
        pytest.param(b"PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "ods", id="OpenDocument that is cut off"),
        pytest.param(compound("Workbook", b"x"), "xls", id="a workbook of old Excel"),
        pytest.param(compound("Book", b"x"), "xls", id="a workbook of Excel 95"),
        pytest.param(compound("Workbook", b"x")[:600], "xls", id="a broken .xls is the reader's to name"),
        pytest.param(b"\n%PDF-1.7\n", "pdf", id="PDF"),
        pytest.param(b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>", "xml", id="SpreadsheetML 2003"),
        pytest.param("<?xml version='1.0'?><ss:Workbook xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'>".encode("utf-16"), "xml", id="SpreadsheetML in UTF-16"),
        pytest.param(b"<!DOCTYPE html><html>", "html", id="HTML"),
        pytest.param(b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table>", "html", id="an .xls that is HTML"),
        pytest.param(b"\xef\xbb\xbf<?xml version='1.0'?><!DOCTYPE html>", "html", id="XHTML"),
        pytest.param(b"<style>td {}</style><div><table><tr><td>", "html", id="a piece of a page"),
        pytest.param(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", "mht", id="a web archive"),
        pytest.param(b"From: <Saved by WPS>\nMIME-Version: 1.0\nContent-Type: text/html\n", "mht", id="a web archive of one page"),
        pytest.param(b' \n{"a": 1}', "json", id="JSON"),
        pytest.param(b"\xef\xbb\xbf[1]", "json", id="JSON behind a mark"),
        pytest.param("{".encode("utf-16"), "json", id="JSON in UTF-16"),
        pytest.param("项目名称".encode(), "text", id="text"),
        pytest.param("项目名称".encode("utf-16"), "text", id="text in UTF-16"),
        pytest.param(b"| a | b |", "text", id="Markdown"),
        pytest.param(b"<p>abc</p>", "text", id="marks of HTML inside a text"),
        pytest.param("BM项目名称".encode(), "text", id="a text that begins as a bitmap does"),
        pytest.param(b"Subject: a line like a mail's", "text", id="a text that begins as a mail does"),
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
        pytest.param(package("a.txt"), "file-kind", id="an archive of files"),
        pytest.param(package("OFD.xml"), "file-ofd", id="OFD"),
        pytest.param(b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text" + package("content.xml"), "file-kind", id="a text of OpenDocument"),
        pytest.param(compound("WordDocument", b"x"), "file-doc", id="a .doc or .wps"),
        pytest.param(compound("PowerPoint Document", b"x"), "file-old-office", id="a presentation of old Office"),
        pytest.param(compound("DRMEncryptedTransform", b"x"), "file-drm", id="rights management"),
        pytest.param(b"b\x14#e\0\x01" + b"\x8f" * 600, "file-drm", id="guarded by E-SafeNet"),
        pytest.param(b"%TSD-Header-###%" + b"\x8f" * 600, "file-drm", id="guarded by another program"),
        pytest.param(LOCK, "file-lock", id="Excel's lock file"),
        pytest.param(rb"{\rtf1\ansi}", "file-rtf", id="RTF"),
        pytest.param(b"Rar!\x1a\x07\0", "file-packed", id="RAR"),
        pytest.param(b"7z\xbc\xaf\x27\x1c\0", "file-packed", id="7z"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "file-encrypted", id="an encrypted workbook"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "file-picture", id="PNG"),
        pytest.param(b"\xff\xd8\xff\xe0", "file-picture", id="JPEG"),
        pytest.param(b"RIFF\x10\0\0\0WEBPVP8 ", "file-picture", id="WebP"),
        pytest.param(b"BM\x36\x10\0\0\0\0\0\0", "file-picture", id="BMP"),
    ],
)
def test_kinds_that_are_not(data, code):
    with pytest.raises(ProblemError) as caught:
        recognise(data, "a.xlsx")
    assert [(code, "a.xlsx")] == [(one.code, one.place) for one in caught.value.problems]


@pytest.mark.parametrize("name", ["~$表.xlsx", "dir/~$.docx", ".~表.xlsx", ".~lock.表.ods#"])
@pytest.mark.parametrize("data", [b"", b",user,host,23.11.2026 08:00,file:///x;", b"\x04User".ljust(54, b"\0") + bytes(108)], ids=["empty", "LibreOffice's", "Word's"])
def test_a_small_file_of_a_lock_files_name_is_one(name, data):
    with pytest.raises(ProblemError) as caught:
        recognise(data, name)
    assert ["file-lock"] == [one.code for one in caught.value.problems]


def test_a_file_of_a_lock_files_name_that_holds_something_is_read():
    assert "xlsx" == recognise(package("xl/workbook.xml"), "~$a.xlsx")
    assert "text" == recognise("项目名称 供水保障\n".encode() * 100, "~$a.txt")
    assert "text" == recognise("项目名称 供水保障".encode(), "表~$.txt")
