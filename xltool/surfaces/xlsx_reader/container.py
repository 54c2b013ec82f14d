"""The parts of an .xlsx, inflated within a budget before anything parses them.

A workbook of 209 KB can inflate to half a gigabyte, and its directory may lie about that: sizes are
checked as declared, and again while inflating. No part may declare a document type: with one, a few
hundred bytes of entities expand to gigabytes.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from xltool.problems import ProblemError, problem

LIMIT = 100 * 1024 * 1024
"""Bytes that a workbook may inflate to: a hundred times the 1,000 forms on one sheet."""
PARTS = 20_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_READ = (".xml", ".rels")


def parts(data: bytes, name: str) -> dict[str, bytes]:
    """The XML parts of a workbook by their names.

    Raises:
        ProblemError: file-empty, file-encrypted, file-kind, workbook-broken, workbook-bomb, workbook-dtd.
    """
    if not data:
        raise ProblemError(problem("file-empty", name))
    if data.startswith(_OLE):
        encrypted = _ENCRYPTED in data
        raise ProblemError(problem("file-encrypted", name) if encrypted else problem("file-kind", name, what="Excel 97-2003 (.xls)"))
    try:
        with zipfile.ZipFile(BytesIO(data)) as opened:
            entries = opened.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ProblemError(problem("workbook-broken", name, what=error)) from error
    _directory(entries, name)
    found: dict[str, bytes] = {}
    left = LIMIT
    for entry in entries:
        if entry.filename.lower().endswith(_READ):
            part = _inflated(data, entry, left, name)
            left -= len(part)
            _no_document_type(part, entry.filename, name)
            found[entry.filename.lstrip("/")] = part
    return found


def _directory(entries: list[zipfile.ZipInfo], name: str) -> None:
    """Refuses what the directory already shows: too much, the same part twice, a password."""
    if len(entries) > PARTS or sum(entry.file_size for entry in entries) > LIMIT:
        raise ProblemError(problem("workbook-bomb", name, limit=LIMIT // 1024 // 1024))
    if len({entry.filename for entry in entries}) < len(entries):
        raise ProblemError(problem("workbook-broken", name, what="a part stands twice in the archive"))
    if any(entry.flag_bits & 1 for entry in entries):
        raise ProblemError(problem("file-encrypted", name))


def _inflated(data: bytes, entry: zipfile.ZipInfo, left: int, name: str) -> bytes:
    """One part as the archive really holds it, never more than ``left`` bytes."""
    head = data[entry.header_offset : entry.header_offset + 30]
    if len(head) < 30 or not head.startswith(b"PK\x03\x04"):
        raise ProblemError(problem("workbook-broken", name, what=f"{entry.filename}: no header"))
    start = entry.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    raw = data[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        stream = zlib.decompressobj(-15)
        try:
            raw, whole = stream.decompress(raw, left + 1), stream.eof
        except zlib.error as error:
            raise ProblemError(problem("workbook-broken", name, what=f"{entry.filename}: {error}")) from error
    else:
        whole = entry.compress_type == zipfile.ZIP_STORED
    if len(raw) > left:
        raise ProblemError(problem("workbook-bomb", name, limit=LIMIT // 1024 // 1024))
    if not whole:
        raise ProblemError(problem("workbook-broken", name, what=f"{entry.filename}: cut off"))
    return raw


def _no_document_type(part: bytes, inner: str, name: str) -> None:
    """Refuses a document type, and an encoding in which one could hide: parts of a workbook are UTF-8."""
    if b"\x00" in part[:64] or part.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ProblemError(problem("workbook-broken", name, what=f"{inner}: not UTF-8"))
    if b"<!DOCTYPE" in part:
        raise ProblemError(problem("workbook-dtd", name, part=inner))
