"""The number format of every style of a workbook, and whether a cell's quote keeps it text."""

from __future__ import annotations

from functools import lru_cache
from xml.etree import ElementTree as ET

from xltool.surfaces.shown import BUILT_IN


@lru_cache(maxsize=32)
def number_formats(part: bytes) -> tuple[str, ...]:
    """The format code of each style in the style sheet's order; empty where there is no style sheet."""
    if not part:
        return ()
    root = ET.fromstring(part)
    own = {found.get("numFmtId", ""): found.get("formatCode", "General") for found in root.iterfind("{*}numFmts/{*}numFmt")}
    return tuple(_code(found.get("numFmtId", "0"), own) for found in root.iterfind("{*}cellXfs/{*}xf"))


def _code(number: str, own: dict[str, str]) -> str:
    if number in own:
        return own[number]
    return BUILT_IN.get(int(number), "General") if number.isdigit() else "General"
