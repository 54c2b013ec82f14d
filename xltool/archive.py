"""The members of a zip archive, inflated within a budget before anything parses them.

A workbook of 209 KB can inflate to half a gigabyte, and its directory may lie about that: sizes are
checked as declared, and again while inflating. No XML part may declare a document type: with one, a
few hundred bytes of entities expand to gigabytes.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from xltool import budgets
from xltool.problems import ProblemError, problem

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MACROS = "宏没有运行，也没有保留"
# Parts of a workbook or document by their names; a DDE link is an external link too.
_CARRIED = (
    (re.compile(r"(?:^|/)(?:vbaProject\.bin$|macrosheets/)", re.I), MACROS),
    (re.compile(r"(?:^|/)externalLinks/[^/]+$", re.I), "外部链接没有打开，也没有保留"),
    (re.compile(r"(?:^|/)(?:embeddings|activeX)/[^/]+\.\w+$", re.I), "嵌入的对象没有打开，也没有保留"),
)
_WAYS = {9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"}
"""How else a member may be packed; Office knows none of them."""
_SLICE, _PIECE = 1 << 14, 1 << 18


@dataclass(frozen=True, slots=True)
class Faults:
    """The codes of a kind of file: damaged, too large when inflated, with a document type."""

    broken: str
    bomb: str
    dtd: str


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive in memory whose directory was found sound; ``budget`` is what its members may inflate to."""

    data: bytes
    name: str
    faults: Faults
    budget: str
    entries: dict[str, zipfile.ZipInfo]

    def part(self, inner: str, left: int | None = None, budget: str = "") -> bytes:
        """One XML part whole.

        Raises:
            ProblemError: where it is cut off, inflates beyond the limit, or declares a document type.
        """
        raw = self.member(inner, left, budget)
        self.refuse_document_type(raw, inner)
        return raw

    def member(self, inner: str, left: int | None = None, budget: str = "") -> bytes:
        """One member whole, whatever it holds; ``left`` are the bytes that are left of the budget.

        Raises:
            ProblemError: where it is cut off, or inflates beyond the limit.
        """
        left = budgets.limit(budget or self.budget) if left is None else left
        if self.entries[inner].file_size > left:
            raise self.bomb(budget)
        raw, whole = self._raw(self.entries[inner]), True
        if self._deflated(inner):
            stream = zlib.decompressobj(-15)
            raw, whole = self._inflated(stream, raw, left + 1, inner), stream.eof
        if len(raw) > left:
            raise self.bomb(budget)
        if not whole:
            raise self.broken(f"{inner}: cut off")
        return raw

    def pieces(self, inner: str) -> Iterator[bytes]:
        """One XML part in pieces, for a parser that keeps none of them; problems as with ``part``."""
        raw, left, head = self._raw(self.entries[inner]), budgets.limit(self.budget), True
        stream = zlib.decompressobj(-15) if self._deflated(inner) else None
        for start in range(0, len(raw), _SLICE):
            rest = raw[start : start + _SLICE]
            while rest:
                piece = self._inflated(stream, rest, _PIECE, inner) if stream else rest
                rest = stream.unconsumed_tail if stream else b""
                left -= len(piece)
                if left < 0:
                    raise self.bomb()
                if head and piece:
                    self.refuse_document_type(piece, inner)
                    head = False
                yield piece
        if stream and not stream.eof:
            raise self.broken(f"{inner}: cut off")

    def packed(self, inner: str) -> bytes:
        """One member as it is packed, which is how a copy that changes nothing takes it over."""
        return self._raw(self.entries[inner])

    def carried(self) -> tuple[tuple[str, str], ...]:
        """The members that run, fetch or hold other programs' data, each with what became of it."""
        return tuple((inner, said) for inner in self.entries for mark, said in _CARRIED if mark.search(inner))

    def _deflated(self, inner: str) -> bool:
        way = self.entries[inner].compress_type
        if way not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ProblemError(problem("archive-packing", self.name, part=inner, what=_WAYS.get(way, way)))
        return way == zipfile.ZIP_DEFLATED

    def _inflated(self, stream: zlib._Decompress, raw: bytes, limit: int, inner: str) -> bytes:
        try:
            return stream.decompress(raw, limit)
        except zlib.error as error:
            raise self.broken(f"{inner}: {error}") from error

    def _raw(self, entry: zipfile.ZipInfo) -> bytes:
        head = self.data[entry.header_offset : entry.header_offset + 30]
        if len(head) < 30 or not head.startswith(b"PK\x03\x04"):
            raise self.broken(f"{entry.filename}: no header")
        start = entry.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        return self.data[start : start + entry.compress_size]

    def refuse_document_type(self, part: bytes, inner: str) -> None:
        """Refuses a document type, and an encoding in which one could hide: parts are UTF-8."""
        if b"\x00" in part[:64] or part.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise self.broken(f"{inner}: not UTF-8")
        # The rare character is looked for first, which is much faster.
        if b"!" in part and b"<!DOCTYPE" in part:
            raise ProblemError(problem(self.faults.dtd, self.name, part=inner))

    def broken(self, what: object) -> ProblemError:
        """The error that says what is damaged."""
        return ProblemError(problem(self.faults.broken, self.name, what=what))

    def bomb(self, budget: str = "") -> ProblemError:
        """The error that names the limit."""
        return budgets.over(self.faults.bomb, self.name, budget or self.budget)


def opened(data: bytes, name: str, faults: Faults, budget: str) -> Archive:
    """The archive of these bytes; ``name`` stands in problems.

    Raises:
        ProblemError: where it is damaged, protected by a password, holds a part twice, or more than the limit.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ProblemError(problem(faults.broken, name, what=error)) from error
    found = Archive(data, name, faults, budget, {entry.filename: entry for entry in entries})
    if len(entries) > budgets.limit("members"):
        raise budgets.over("archive-members", name, "members", found=len(entries))
    if sum(entry.file_size for entry in entries) > budgets.limit(budget):
        raise found.bomb()
    if len(found.entries) < len(entries):
        raise found.broken("a part stands twice in the archive")
    if any(entry.flag_bits & 1 for entry in entries):
        raise ProblemError(problem("file-encrypted", name))
    return found
