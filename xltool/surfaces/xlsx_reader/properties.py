"""What a workbook says of itself: its sheets' parts, its properties, the comments on its cells."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from xltool.surfaces.xlsx_reader.scan import column_number

_OFFICE = re.compile(r"relationships/(\w+)$")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
Parts = Mapping[str, bytes]


def workbook_part(parts: Parts) -> str:
    """The name of the part that lists the sheets."""
    return next((target for kind, _, target in _related(parts, "") if kind == "officeDocument"), "xl/workbook.xml")


def sheet_parts(parts: Parts, workbook: str) -> dict[str, str]:
    """The part of every sheet by the sheet's name.

    Raises:
        KeyError, ParseError: where the workbook's own part is missing or broken.
    """
    targets = {key: target for _, key, target in _related(parts, workbook)}
    found = {}
    for sheet in ET.fromstring(parts[workbook]).iterfind("{*}sheets/{*}sheet"):
        key = next((text for name, text in sheet.attrib.items() if name.endswith("}id")), "")
        found[sheet.get("name", "")] = targets.get(key, "")
    return found


def unseen_sheets(workbook: bytes) -> frozenset[str]:
    """The names of the sheets that nobody sees.

    Raises:
        ParseError: where the workbook's own part is broken.
    """
    if b"state=" not in workbook:
        return frozenset()
    every = ET.fromstring(workbook).iterfind("{*}sheets/{*}sheet")
    return frozenset(one.get("name", "") for one in every if one.get("state", "visible") != "visible")


def first_day(workbook: bytes) -> int:
    """What a workbook counts its days from: 0, or 1462 where it counts them from 1904, as Excel for the Mac did.

    Raises:
        ParseError: where the workbook's own part is broken.
    """
    if b"date1904" not in workbook:
        return 0
    said = ET.fromstring(workbook).find("{*}workbookPr")
    return 1462 if said is not None and said.get("date1904") in ("1", "true") else 0


def related_part(parts: Parts, source: str, wanted: str) -> str:
    """The name of the part of a kind that a part refers to; empty where there is none."""
    return next((target for kind, _, target in _related(parts, source) if kind == wanted), "")


def _related(parts: Parts, source: str) -> list[tuple[str, str, str]]:
    """(kind, id, part) of everything that a part refers to inside the workbook."""
    folder, slash, base = source.rpartition("/")
    part = parts.get(f"{folder}{slash}_rels/{base}.rels")
    if not part:
        return []
    found = []
    for one in ET.fromstring(part):
        kind, target = _OFFICE.search(one.get("Type", "")), one.get("Target", "")
        if kind and one.get("TargetMode") != "External":
            found.append((kind.group(1), one.get("Id", ""), _part_of(target, folder)))
    return found


def _part_of(target: str, folder: str) -> str:
    """The name of the part that a part of a folder means by its target."""
    if target.startswith("/"):
        return target.lstrip("/")
    inner = f"{folder}/{target}" if folder else target
    # Most targets go down straight.
    return posixpath.normpath(inner) if "//" in inner or "./" in inner else inner


def properties(parts: Parts) -> dict[str, str]:
    """The title and the added properties of the document, by name."""
    found: dict[str, str] = {}
    if core := parts.get("docProps/core.xml"):
        for one in ET.fromstring(core):
            if one.tag.endswith("}title") and one.text:
                found["title"] = one.text
    if custom := parts.get("docProps/custom.xml"):
        for one in ET.fromstring(custom):
            found[one.get("name", "")] = "".join(one.itertext())
    return found


OUR_AUTHOR = " (xltool)"
"""How the author of every comment of xltool's own ends."""


def comments(parts: Parts, sheet: str) -> dict[tuple[int, int], str]:
    """The comment on each square of a sheet's part; those that xltool itself hung there (findings, differences, conflicts) are no data."""
    part = parts.get(related_part(parts, sheet, "comments"))
    if not part:
        return {}
    found = {}
    root = ET.fromstring(part)
    ours = {str(number) for number, author in enumerate(root.iterfind("{*}authors/{*}author")) if (author.text or "").endswith(OUR_AUTHOR)}
    for one in root.iterfind("{*}commentList/{*}comment"):
        if one.get("authorId") in ours:
            continue
        place = _PLACE.fullmatch(one.get("ref", ""))
        text = "".join(piece.text or "" for piece in one.iterfind(".//{*}t"))
        if place and text.strip():
            found[int(place.group(2)), column_number(place.group(1).encode())] = text
    return found
