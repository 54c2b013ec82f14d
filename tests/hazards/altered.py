"""Files altered as accidents and enemies do: bytes changed, cut, doubled; parts of a package removed, doubled, exchanged."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

from hypothesis import strategies as st

CLOCK = (2025, 1, 1, 0, 0, 0)
WORDS = (
    b"", b"\0", b"\xff" * 4, b"<", b">", b"&", b"&#0;", b"\"", b"'", b"-1", b"0", b"1e999", b"99999999999999999999", b"NaN", b"A1048577", b"XFE1",
    b"<!DOCTYPE x>", b"<![CDATA[", b"]]>", b"<!--", b"{", b"[", b"\xed\xa0\x80", "项目名称".encode(), "\u3000".encode(), b"\r", b"\x0c", b"\t", b"|", b"/../",
    b"true", b"rId1", b"%", b"0.00E+00", b"colspan=0", b"rowspan=99999", b"endobj", b"stream", b"\x80\x81",
)  # fmt: skip
Change = Callable[[bytes], bytes]


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """One change at a place that is a share of the file, so that it suits a file of any length."""
    start, length = draw(st.floats(0, 1)), draw(st.sampled_from([1, 2, 4, 16, 100, 1000]))
    word = draw(st.one_of(st.sampled_from(WORDS), st.binary(max_size=8)))
    how = draw(st.sampled_from(["flip", "cut", "double", "put", "write", "end", "move"]))

    def change(data: bytes) -> bytes:
        at = int(start * len(data))
        before, piece, after = data[:at], data[at : at + length], data[at + length :]
        match how:
            case "flip":
                return before + bytes(one ^ 1 << length % 8 for one in piece) + after
            case "cut":
                return before + after
            case "double":
                return before + piece * 2 + after
            case "put":
                return before + word + piece + after
            case "write":
                return before + word + data[at + len(word) :]
            case "move":
                return after + piece + before
        return before + word

    return change


@st.composite
def altered(draw: st.DrawFn, data: bytes) -> bytes:
    """The file after some changes: of a package, to its parts as they are inflated or to the bytes themselves."""
    made = draw(st.lists(changes(), min_size=1, max_size=4))
    if data.startswith(b"PK") and draw(st.integers(0, 3)):
        return _in_package(draw, data, made)
    for change in made:
        data = change(data)
    return data


def _in_package(draw: st.DrawFn, data: bytes, made: list[Change]) -> bytes:
    parts = unpacked(data)
    name, other = draw(st.sampled_from(sorted(parts))), draw(st.sampled_from(sorted(parts)))
    how = draw(st.sampled_from(["bytes", "bytes", "bytes", "bytes", "remove", "exchange", "empty", "twice"]))
    if how == "remove":
        del parts[name]
    elif how == "exchange":
        parts[name], parts[other] = parts[other], parts[name]
    elif how == "empty":
        parts[name] = b""
    for change in made if how == "bytes" else ():
        parts[name] = change(parts[name])
    return packed(parts, twice=(name,) if how == "twice" else ())


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a package, by name."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes], twice: tuple[str, ...] = ()) -> bytes:
    """A package of parts, the same bytes each time; some may stand in it twice."""
    out = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name in (*parts, *twice):
            if name in parts:
                archive.writestr(zipfile.ZipInfo(name, CLOCK), parts[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()
