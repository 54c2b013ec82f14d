"""The formats of cells: variants of those that a workbook has, added behind them."""

from __future__ import annotations

import re

from xltool.surfaces.xlsx_edit.markup import (
    Node,
    appended,
    escaped,
    parse,
    spliced,
    with_attributes,
)
from xltool.surfaces.xlsx_edit.package import Package

_SIZE = re.compile(rb"<(?:[\w.-]+:)?sz\s[^>]*val=[\"']([\d.]+)[\"']")
_LINE = re.compile(rb"<(?:[\w.-]+:)?(?:left|right|start|end|top|bottom)\s[^>]*style=[\"'](?!none)")
BODY = 11.0
"""The size of Excel's body font where a workbook says none."""
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
"""The lists of formats as the schema orders them."""
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 49: "@"}
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Numbers of formats that show dates or times by Excel's own code; those from 27 on in East Asian editions."""


class Styles:
    """The part that holds the formats; each format is known by its number."""

    def __init__(self, package: Package, part: str) -> None:
        """Raises ValueError: where the part is damaged."""
        self.package, self.part = package, part
        self._load(package.read(part))
        self._before = self.data

    def _load(self, data: bytes) -> None:
        self.data = data
        self.root = parse(data)
        self.prefix = self.root.prefix.encode()
        formats = self.root.child("cellXfs")
        if formats is None:
            raise ValueError(f"{self.part}: no cellXfs")
        self.formats = formats.named("xf")
        self.codes = {int(one.get("numFmtId") or 0): one.get("formatCode") or "" for one in self._list("numFmts")}

    def close(self) -> None:
        """The package holds the formats as they now are."""
        if self.data != self._before:
            self.package.put(self.part, self.data)
            self._before = self.data

    def _list(self, name: str) -> list[Node]:
        found = self.root.child(name)
        return found.children if found else []

    def _format(self, style: int) -> Node:
        return self.formats[style if style < len(self.formats) else 0]

    def _of(self, style: int, name: str, key: str) -> bytes:
        """The element of a list that a format names by its number."""
        found = self._list(name)
        at = int(self._format(style).get(key) or 0)
        return self.data[found[at].start : found[at].end] if at < len(found) else b""

    def code(self, style: int) -> str:
        """The number format; empty where it is Excel's general one, ``yyyy`` for its built-in dates."""
        number = int(self._format(style).get("numFmtId") or 0)
        return self.codes.get(number) or _BUILT_IN.get(number) or ("yyyy" if number in _DATES else "")

    def size(self, style: int) -> float:
        """The size of the font in points."""
        found = _SIZE.search(self._of(style, "fonts", "fontId"))
        return float(found[1]) if found else BODY

    def bordered(self, style: int) -> bool:
        """True where the cell has a line on any side."""
        return _LINE.search(self._of(style, "borders", "borderId")) is not None

    def alignment(self, style: int) -> dict[str, str]:
        """How a text stands in its cell: wrapText, textRotation, shrinkToFit…"""
        found = self._format(style).child("alignment")
        return found.attributes if found else {}

    # Variants.

    def solid(self, colour: str) -> bytes:
        """The element of a fill of one colour (RRGGBB)."""
        prefix = self.prefix
        return b'<%sfill><%spatternFill patternType="solid"><%sfgColor rgb="FF%s"/><%sbgColor indexed="64"/></%spatternFill></%sfill>' % (
            prefix, prefix, prefix, colour.encode(), prefix, prefix, prefix,
        )  # fmt: skip

    def with_code(self, style: int, code: str) -> int:
        """The number of the same format with this number format."""
        number = next((key for key, known in (*self.codes.items(), *_BUILT_IN.items()) if known == code), None)
        if number is None:
            number = max([163, *self.codes]) + 1
            made = b'<%snumFmt numFmtId="%d" formatCode="%s"/>' % (self.prefix, number, escaped(code))
            self._add("numFmts", made)
        return self._variant(style, numFmtId=str(number), applyNumberFormat="1")

    def made(self, font: bytes = b"", fill: bytes = b"", border: bytes = b"", alignment: bytes = b"") -> int:
        """The number of a format of its own; what is empty is the workbook's usual one."""
        ids = [str(self._known(name, raw)) if raw else "0" for name, raw in (("fonts", font), ("fills", fill), ("borders", border))]
        applied = b"".join(b' apply%s="1"' % name for name, raw in ((b"Font", font), (b"Fill", fill), (b"Border", border), (b"Alignment", alignment)) if raw)
        start = b'<%sxf numFmtId="0" fontId="%s" fillId="%s" borderId="%s" xfId="0"%s' % (self.prefix, *(one.encode() for one in ids), applied)
        return self._known_format(start + (b">" + alignment + b"</%sxf>" % self.prefix if alignment else b"/>"))

    def conditional(self, colour: str) -> int:
        """The number of what a condition shows: a cell of this colour (RRGGBB), which Excel keeps as the background there."""
        raw = '<{0}dxf><{0}fill><{0}patternFill><{0}bgColor rgb="FF{1}"/></{0}patternFill></{0}fill></{0}dxf>'
        return self._known("dxfs", raw.format(self.prefix.decode(), colour).encode())

    def font(self, style: int = 0) -> bytes:
        """The element of a format's font."""
        return self._of(style, "fonts", "fontId")

    def font_with(self, size: float, bold: bool = False, colour: str = "", underline: bool = False) -> bytes:
        """The workbook's usual font, in this size and colour (RRGGBB)."""
        usual = self.font()
        root = parse(usual) if usual else None
        name = next((one for one in root.children if one.name == "name"), None) if root else None
        prefix = self.prefix
        parts = [b"<%sb/>" % prefix if bold else b"", b"<%su/>" % prefix if underline else b"", b'<%ssz val="%g"/>' % (prefix, size)]
        parts.append(b'<%scolor rgb="FF%s"/>' % (prefix, colour.encode()) if colour else b"")
        parts.append(usual[name.start : name.end] if name else f'<{prefix.decode()}name val="宋体"/>'.encode())
        return b"<%sfont>" % prefix + b"".join(parts) + b"</%sfont>" % prefix

    def _variant(self, style: int, **changed: str) -> int:
        one = self._format(style)
        raw = self.data[one.start : one.end]
        start = raw[: one.inner - one.start]
        return self._known_format(with_attributes(start, changed) + raw[len(start) :])

    def _known_format(self, raw: bytes) -> int:
        found = next((at for at, one in enumerate(self.formats) if self.data[one.start : one.end] == raw), None)
        return self._add("cellXfs", raw) if found is None else found

    def _known(self, name: str, raw: bytes) -> int:
        """The place of an element in its list, where it is put if it does not stand there yet."""
        found = next((at for at, one in enumerate(self._list(name)) if self.data[one.start : one.end] == raw), None)
        return self._add(name, raw) if found is None else found

    def _add(self, name: str, raw: bytes) -> int:
        known = self.root.child(name)
        if known is None:
            prefix = self.prefix
            made = b'<%s%s count="1">%s</%s%s>' % (prefix, name.encode(), raw, prefix, name.encode())
            before = [one for one in self.root.children if one.name in _ORDER[: _ORDER.index(name)]]
            at = before[-1].end if before else self.root.inner
            self._load(spliced(self.data, [(at, at, made)]))
            return 0
        place = len(known.children)
        self._load(spliced(self.data, appended(self.data, known, raw, count=str(place + 1))))
        return place
