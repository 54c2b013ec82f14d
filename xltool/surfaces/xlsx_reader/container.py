"""The parts of an .xlsx, inflated within a budget before anything parses them."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from xltool import archive, budgets
from xltool.problems import ProblemError, problem

_FAULTS = archive.Faults("workbook-broken", "workbook-bomb", "workbook-dtd")
_READ = (".xml", ".rels")


def parts(data: bytes, name: str) -> tuple[dict[str, bytes], tuple[tuple[str, str], ...]]:
    """The XML parts of a workbook by their names, and the parts that are never followed: macros, links, objects.

    Raises:
        ProblemError: file-empty, file-encrypted, file-kind, workbook-broken, workbook-bomb, workbook-dtd.
    """
    held = opened_parts(data, name)
    return held.parts, held.carried


@dataclass(frozen=True, slots=True)
class Held:
    """The XML parts of a workbook by their names; the parts that are never followed; whether every checksum is right."""

    parts: dict[str, bytes]
    carried: tuple[tuple[str, str], ...]
    sound: bool


def opened_parts(data: bytes, name: str) -> Held:
    """The same as ``parts``, and whether the archive's checksums speak for them."""
    if not data:
        raise ProblemError(problem("file-empty", name))
    if data.startswith(archive.OLE):
        encrypted = archive.ENCRYPTED in data
        raise ProblemError(problem("file-encrypted", name) if encrypted else problem("file-kind", name, what="Excel 97-2003 (.xls)"))
    opened = archive.opened(data, name, _FAULTS, "inflated")
    found: dict[str, bytes] = {}
    left, sound = budgets.limit("inflated"), True
    for inner in opened.entries:
        if inner.lower().endswith(_READ):
            part = opened.part(inner, left)
            left -= len(part)
            sound = sound and crc32(part) == opened.entries[inner].CRC
            found[inner.lstrip("/")] = part
    return Held(found, opened.carried(), sound)
