"""Small files made by hand: containers and records that no library here writes."""

import struct
import zipfile
from io import BytesIO


def compound(name: str, stream: bytes, sectors: dict[int, int] | None = None) -> bytes:
    """A compound file (OLE) with one stream; ``sectors`` changes links of its sector table."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // 512)
    end, free, own = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    table = [own, end, *range(3, 2 + count), end]
    for at, link in (sectors or {}).items():
        table[at] = link
    assert len(table) <= 128
    header = struct.pack("<8s16sHHHHHH8x8I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 62, 3, 0xFFFE, 9, 6, 0, 0, 1, 1, 0, 4096, end, 0, end)
    header = header[:44] + struct.pack("<8I", 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    entries = _entry("Root Entry", 5, end, 0, 1) + _entry(name, 2, 2, len(stream), 0xFFFFFFFF)
    return header.ljust(512, b"\0") + struct.pack("<128I", *table, *[free] * (128 - len(table))) + entries.ljust(512, b"\0") + stream.ljust(count * 512, b"\0")


def _entry(name: str, kind: int, first: int, size: int, child: int) -> bytes:
    raw = name.encode("utf-16-le")
    none = 0xFFFFFFFF
    return struct.pack("<64sHBBIII36xIQ", raw, len(raw) + 2, kind, 1, none, none, child, first, size)


def record(kind: int, body: bytes = b"") -> bytes:
    """A record of an .xlsb."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(body)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + size + body


def wide(text: str) -> bytes:
    raw = text.encode("utf-16-le")
    return struct.pack("<I", len(raw) // 2) + raw


def xlsb(sheets: dict[str, list[bytes]], formats: list[str], before: bytes = b"", shared: tuple[bytes, ...] = (), fonts: tuple[bytes, ...] = ()) -> bytes:
    """An .xlsb: for each sheet the records of its rows and cells and, last, of its merges; a style for each format.

    ``before`` are records of the workbook that stand before its sheets, ``shared`` those of its shared texts; each style
    has the font of its number, where there are ``fonts``.
    """
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{}<Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/></Types>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": types.format("".join(f'<Override PartName="/xl/worksheets/sheet{n}.bin" ContentType="application/vnd.ms-excel.worksheet"/>' for n in range(1, len(sheets) + 1))).encode(),
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.bin"/></Relationships>'.encode(),
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{package}">{"".join(_relation(n, office) for n in range(1, len(sheets) + 1))}<Relationship Id="rId99" Type="{office}/styles" Target="styles.bin"/></Relationships>'.encode(),
        "xl/workbook.bin": record(131) + before + record(143) + b"".join(record(156, struct.pack("<II", 0, n) + wide(f"rId{n}") + wide(name)) for n, name in enumerate(sheets, 1)) + record(144) + record(132),
        "xl/styles.bin": record(278) + record(615, struct.pack("<I", len(formats))) + b"".join(record(44, struct.pack("<H", 164 + n) + wide(code)) for n, code in enumerate(formats)) + record(616)
        + b"".join(record(43, one) for one in fonts) + record(617, struct.pack("<I", len(formats))) + b"".join(record(47, struct.pack("<HHHHHBBHBB", 0, 164 + n, n if fonts else 0, 0, 0, 0, 0, 0, 0, 0)) for n in range(len(formats))) + record(618) + record(279),
    }  # fmt: skip
    for number, records in enumerate(sheets.values(), 1):
        merges = [one for one in records if one[:2] == record(176)[:2]]
        rows = [one for one in records if one not in merges]
        counted = record(177, struct.pack("<I", len(merges))) + b"".join(merges) + record(178) if merges else b""
        dimension = record(148, struct.pack("<IIII", 0, 1000, 0, 20))
        parts[f"xl/worksheets/sheet{number}.bin"] = record(129) + dimension + record(145) + b"".join(rows) + record(146) + counted + record(130)
    if shared:
        parts["xl/sharedStrings.bin"] = record(159, struct.pack("<II", len(shared), len(shared))) + b"".join(shared) + record(160)
        relation = f'<Relationship Id="rId98" Type="{office}/sharedStrings" Target="sharedStrings.bin"/>'
        parts["xl/_rels/workbook.bin.rels"] = parts["xl/_rels/workbook.bin.rels"].replace(b"</Relationships>", relation.encode() + b"</Relationships>")
        shares = '<Override PartName="/xl/sharedStrings.bin" ContentType="application/vnd.ms-excel.sharedStrings"/></Types>'
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", shares.encode())
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return out.getvalue()


def shared(words: str, fonts: int = 0) -> bytes:
    """A shared text, in so many fonts."""
    return record(19, bytes([fonts > 0]) + wide(words) + (struct.pack("<I", fonts) + struct.pack("<HH", 0, 0) * fonts if fonts else b""))


def cell(kind: int, column: int, body: bytes = b"", style: int = 0) -> bytes:
    """A cell of a kind, as .xlsb numbers them."""
    return record(kind, struct.pack("<II", column, style) + body)


def computed(kind: int, column: int, result: bytes) -> bytes:
    """A cell of a formula with its result."""
    return cell(kind, column, result + struct.pack("<HII", 0, 0, 0))


def _relation(number: int, office: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{office}/worksheet" Target="worksheets/sheet{number}.bin"/>'


def row(number: int, hidden: bool = False) -> bytes:
    """The head of a row, counted from 0."""
    return record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0x10 if hidden else 0, 0, 0))


def text(column: int, words: str) -> bytes:
    """A cell of text; columns from 0."""
    return record(6, struct.pack("<II", column, 0) + wide(words))


def number(column: int, value: float, style: int = 0) -> bytes:
    """A cell of a number."""
    return record(5, struct.pack("<IId", column, style, value))


def formula(column: int, value: float, tokens: bytes, style: int = 0) -> bytes:
    """A cell of a formula with its result."""
    return record(9, struct.pack("<IIdHI", column, style, value, 0, len(tokens)) + tokens + struct.pack("<I", 0))


def merge(top: int, bottom: int, left: int, right: int) -> bytes:
    return record(176, struct.pack("<IIII", top, bottom, left, right))
