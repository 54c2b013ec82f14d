"""What a file is, by its content and never by its suffix; kinds that cannot be read are named and refused."""

from __future__ import annotations

import io
import re
import zipfile

from xltool.jobs.sources import HEAD
from xltool.problems import ProblemError, problem
from xltool.surfaces.binary_workbook import compound, xls

XLSX, XLS, XLSB, ODS, XML, HTML, MHT = "xlsx", "xls", "xlsb", "ods", "xml", "html", "mht"
DOCX, PDF, JSON, CSV, TEXT = "docx", "pdf", "json", "csv", "text"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_RIGHTS = "DRMEncrypted".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_PICTURE_HEADS = re.compile(rb"\A(?:RIFF....WEBP|BM....\0\0\0\0|....ftyp(?:heic|heix|mif1|avif))", re.S)
_PACKED = ((b"Rar!", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ", "xz"))
# Excel's lock file: the length of the user's name, the name filled up with blanks, its length again and the name in UTF-16.
_LOCK = re.compile(rb"[\1-\x36][^\0]{53,54}[\1-\x36]\0.*\0", re.S)
_LOCK_SIZE = 165
_LOCK_NAME = re.compile(r"(?:.*[\\/])?(?:~\$|\.~)[^\\/]*", re.S)
_SMALL = 1024
"""Bytes that no lock file exceeds; WPS and LibreOffice write theirs in other ways, and name them alike."""
# What programs that guard a company's files put before each of them.
_GUARDED = ((b"b\x14#e", "亿赛通 E-SafeNet"), (b"E-SafeNet", "亿赛通 E-SafeNet"), (b"%TSD-Header-###%", "天锐绿盾"))
_WEB = re.compile(rb"(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|table|meta)\b", re.I | re.S)
_CELLS = re.compile(rb"<t[dr][\s>]", re.I)
_WORKBOOK = re.compile(rb"<(?:\w+:)?Workbook\b")
_SPREADSHEET_ML = b"urn:schemas-microsoft-com:office:spreadsheet"
_MAIL = re.compile(rb"\A[A-Za-z-]+:[ \t]")
_PAGES = re.compile(rb"content-type:\s*(?:multipart/|text/html)")
_BOM = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)")


def recognise(data: bytes, name: str) -> str:
    """The kind of the file; text that may be separated values is ``text`` here, see ``csv_file.separator``.

    Raises:
        ProblemError: for an empty file and for a kind that cannot be read, saying what to do.
    """
    head = data[:HEAD]
    if _is_lock(data, name):
        raise ProblemError(problem("file-lock", name))
    if head and not head.strip(b"\0"):
        raise ProblemError(problem("text-nul", name))
    if not data or not _without_marks(head):
        raise ProblemError(problem("file-empty", name))
    if data.startswith(b"PK"):
        return _in_zip(data, name)
    if data.startswith(compound.MAGIC):
        return _in_compound(data, name)
    if b"%PDF-" in head[:1024]:
        return PDF
    _refuse(data, head, name)
    return _written(_without_marks(head), name)


def _is_lock(data: bytes, name: str) -> bool:
    """True for the file that a program lays beside one that it has open: ~$表.xlsx, .~表.xlsx, .~lock.表.xlsx#."""
    if len(data) == _LOCK_SIZE and _LOCK.fullmatch(data):
        return True
    return len(data) <= _SMALL and not data.startswith(b"PK") and bool(_LOCK_NAME.fullmatch(name))


def _refuse(data: bytes, head: bytes, name: str) -> None:
    """Names a picture, an archive and a file that a guarding program holds."""
    if data.startswith(_PICTURES) or _PICTURE_HEADS.match(head):
        raise ProblemError(problem("file-picture", name))
    for mark, what in _PACKED:
        if data.startswith(mark):
            raise ProblemError(problem("file-packed", name, what=what))
    for mark, what in _GUARDED:
        if mark in head[:512]:
            raise ProblemError(problem("file-drm", name, what=what))


def _written(plain: bytes, name: str) -> str:
    """The kind of a file of characters, by how it begins."""
    if plain.startswith(b"{\\rtf"):
        raise ProblemError(problem("file-rtf", name))
    if _WEB.match(plain):
        return HTML
    if _SPREADSHEET_ML in plain and _WORKBOOK.search(plain):
        return XML
    if plain.startswith(b"<") and _CELLS.search(plain):
        return HTML
    if _MAIL.match(plain) and b"mime-version:" in plain.lower() and _PAGES.search(plain.lower()):
        return MHT
    return JSON if plain[:1] in (b"{", b"[") else TEXT


def _without_marks(head: bytes) -> bytes:
    """The head without byte order mark, NUL bytes (UTF-16) and the blanks it begins with."""
    return _BOM.sub(b"", head).replace(b"\0", b"").lstrip()


def _in_compound(data: bytes, name: str) -> str:
    """What a file of old Office holds, by the names of its streams; a damaged one is left to its reader to name."""
    if _RIGHTS in data:
        raise ProblemError(problem("file-drm", name, what="Microsoft IRM"))
    if _ENCRYPTED in data:
        raise ProblemError(problem("file-encrypted", name))
    try:
        streams = compound.opened(data).streams
    except compound.BrokenError:
        return XLS
    if any(one in streams for one in xls.STREAMS):
        return XLS
    raise ProblemError(problem("file-doc" if "WordDocument" in streams else "file-old-office", name))


def _in_zip(data: bytes, name: str) -> str:
    """What an Office package holds, by the names of its parts; a damaged one is left to its reader to name."""
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return _by_head(data[:HEAD])
    if any(one.startswith("word/") for one in names):
        return DOCX
    if "xl/workbook.bin" in names:
        return XLSB
    if "content.xml" in names:
        return _open_document(data, name)
    if "OFD.xml" in names:
        raise ProblemError(problem("file-ofd", name))
    if not any(one.startswith("xl/") for one in names):
        raise ProblemError(problem("file-kind", name, what="zip"))
    return XLSX


def _open_document(data: bytes, name: str) -> str:
    """A spreadsheet, unless the package says at its beginning that it is something else."""
    if b"opendocument.text" in data[:200] or b"opendocument.presentation" in data[:200]:
        raise ProblemError(problem("file-kind", name, what="OpenDocument (.odt, .odp)"))
    return ODS


def _by_head(head: bytes) -> str:
    """The kind of a package that is cut off, by the names of the parts that stand first."""
    if b"word/" in head:
        return DOCX
    return ODS if b"opendocument.spreadsheet" in head[:200] else XLSB if b"xl/workbook.bin" in head else XLSX
