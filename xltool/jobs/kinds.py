"""What a file is, by its content and never by its suffix: xlsx, docx, pdf, json or text; other kinds are named and refused."""

from __future__ import annotations

import io
import re
import zipfile

from xltool.jobs.sources import HEAD
from xltool.problems import ProblemError, problem

XLSX, DOCX, PDF, JSON, TEXT = "xlsx", "docx", "pdf", "json", "text"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_WEB = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|table|meta)\b", re.I | re.S)
_SPREADSHEET_ML = b"urn:schemas-microsoft-com:office:spreadsheet"
_BOM = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)")


def recognise(data: bytes, name: str) -> str:
    """``xlsx``, ``docx``, ``pdf``, ``json`` or ``text``.

    Raises:
        ProblemError: for an empty file and for a kind that cannot be read, saying what to do.
    """
    head = data[:HEAD]
    if not data or not _without_marks(head):
        raise ProblemError(problem("file-empty", name))
    if data.startswith(b"PK"):
        return _in_zip(data, name)
    if data.startswith(_OLE):
        raise ProblemError(problem("file-encrypted" if _ENCRYPTED in data else "file-old-office", name))
    if b"%PDF-" in head[:1024]:
        return PDF
    if data.startswith(_PICTURES):
        raise ProblemError(problem("file-picture", name))
    if _SPREADSHEET_ML in head:
        raise ProblemError(problem("file-other-workbook", name, what="XML 2003"))
    plain = _without_marks(head)
    if _WEB.match(plain):
        raise ProblemError(problem("file-web-page", name))
    return JSON if plain[:1] in (b"{", b"[") else TEXT


def _without_marks(head: bytes) -> bytes:
    """The head without byte order mark, NUL bytes (UTF-16) and the blanks it begins with."""
    return _BOM.sub(b"", head).replace(b"\0", b"").lstrip()


def _in_zip(data: bytes, name: str) -> str:
    """What an Office package holds, by the names of its parts; a damaged one is left to its reader to name."""
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return DOCX if b"word/" in data[:HEAD] else XLSX
    if any(one.startswith("word/") for one in names):
        return DOCX
    if "xl/workbook.bin" in names:
        raise ProblemError(problem("file-other-workbook", name, what=".xlsb"))
    if "content.xml" in names:
        raise ProblemError(problem("file-other-workbook", name, what="OpenDocument"))
    if not any(one.startswith("xl/") for one in names):
        raise ProblemError(problem("file-kind", name, what="zip"))
    return XLSX
