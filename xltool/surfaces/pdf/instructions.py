"""How much a PDF asks pdfium to draw, found before pdfium opens it.

pdfium reads a whole page at once and cannot be stopped. A stream of a few bytes may inflate to
gigabytes, and a form that draws a form twice, which draws a form twice, is a million forms by the
twentieth: both are counted here, each stream inflated no further than its budget.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from xltool.surfaces.pdf.budgets import Budget

FORM = 100
"""Bytes that a form costs by itself each time that it is drawn."""
NESTED = 30
"""Forms within forms that pdfium follows."""
WORST = 64
"""How many times its size a stream may be that is packed in a way not read here."""
_OBJECT = re.compile(rb"(?<!\d)(\d++)\s++\d++\s++obj\b")
_FORM = re.compile(rb"/Subtype\s*/(?:F|#46)(?:o|#6[fF])(?:r|#72)(?:m|#6[dD])\b")
# Pictures, fonts, colour profiles, descriptions and tables of the file's own are nothing that is drawn.
_OTHER = re.compile(rb"/Subtype\s*/(?:Image|Type1C|CIDFontType0C|OpenType|XML)\b|/Type\s*/(?:XRef|Metadata|EmbeddedFile)\b|/Length[123]\b|/FunctionType\b|/N\s+[134]\b(?!.*/First\b)", re.S)
_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b")
_PAIR = re.compile(rb"/([^\s/<>\[\]()%]+)\s+(\d+)\s+\d+\s+R\b")
_RESOURCES = re.compile(rb"/Resources\s+(\d+)\s+\d+\s+R\b")
_HIDDEN = re.compile(rb"/OFF\s*\[\s*\d+\s+\d+\s+R\b")
_DRAW = re.compile(rb"/([^\s/<>\[\]()%]+)\s+Do\b")


@dataclass(slots=True)
class _Stream:
    """A stream that may be drawn: its dictionary, how long it is, and the names of what it draws."""

    head: bytes
    length: int
    draws: list[bytes]


@dataclass(slots=True)
class _File:
    """What is drawn in a file: forms by number, other streams, and where names lead."""

    forms: dict[int, _Stream] = field(default_factory=dict)
    streams: list[_Stream] = field(default_factory=list)
    objects: dict[int, bytes] = field(default_factory=dict)
    packed: list[bytes] = field(default_factory=list)


def weigh(data: bytes, budget: Budget) -> bool:
    """True where every page stays within its budget of drawing instructions and layers of the file are not shown: pdfium
    reads their text with the rest.

    Raises:
        ProblemError: pdf-drawing.
    """
    found = _File()
    for number, head, stream in _objects(data):
        found.objects[number] = head
        if stream is None or _OTHER.search(head):
            continue
        inflated = _inflated(head, stream, budget.most_drawing)
        budget.drawing(len(inflated) if _packing(head) is not None else WORST * len(stream))
        if _OBJECTS.search(head):
            found.packed.append(inflated)
            continue
        one = _Stream(head, len(inflated) + FORM, _DRAW.findall(inflated))
        if _FORM.search(head):
            found.forms[number] = one
        else:
            found.streams.append(one)
    if found.forms:
        _drawn(found, budget)
    return any(_HIDDEN.search(head) for head in (*found.objects.values(), *found.packed))


def _drawn(found: _File, budget: Budget) -> None:
    """Follows every form to those it draws, as deep as pdfium does."""
    names: dict[bytes, set[int]] = {}
    for head in (*found.objects.values(), *found.packed):
        for name, number in _PAIR.findall(head):
            if int(number) in found.forms:
                names.setdefault(name, set()).add(int(number))
    called = {number: [_called(name, one, found, names) for name in one.draws] for number, one in found.forms.items()}
    weights = {number: one.length for number, one in found.forms.items()}
    for _ in range(NESTED):
        grown = {number: found.forms[number].length + sum(_heaviest(some, weights) for some in calls) for number, calls in called.items()}
        budget.drawing(max(grown.values()))
        if grown == weights:
            break
        weights = grown
    for one in found.streams:
        budget.drawing(one.length + sum(_heaviest(names.get(name, set()), weights) for name in one.draws))


def _called(name: bytes, one: _Stream, found: _File, names: dict[bytes, set[int]]) -> set[int]:
    """The forms that a name may mean in a form: its own resources tell, else any that are called so."""
    head = one.head
    if (named := _RESOURCES.search(head)) and int(named[1]) in found.objects:
        head += found.objects[int(named[1])]
    own = {int(number) for other, number in _PAIR.findall(head) if other == name}
    return own & found.forms.keys() if own else names.get(name, set())


def _heaviest(numbers: set[int], weights: dict[int, int]) -> int:
    return max((weights[number] for number in numbers), default=0)


def _objects(data: bytes) -> Iterator[tuple[int, bytes, bytes | None]]:
    """The number, dictionary and stream of every object of the file."""
    at = 0
    while match := _OBJECT.search(data, at):
        end = data.find(b"endobj", match.end())
        end = len(data) if end < 0 else end
        start = data.find(b"stream", match.end(), end)
        if start < 0:
            yield int(match[1]), data[match.end() : end], None
            at = end
            continue
        begin = start + 6 + (2 if data[start + 6 : start + 8] == b"\r\n" else 1)
        finish = data.find(b"endstream", begin)
        finish = len(data) if finish < 0 else finish
        yield int(match[1]), data[match.end() : start], data[begin:finish]
        at = finish


def _packing(head: bytes) -> list[bytes] | None:
    """How a stream is packed, outermost first; None where it is packed in a way not read here."""
    filters = re.findall(rb"/(ASCII85Decode|A85|FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL|ASCIIHexDecode|AHx|Crypt)\b", head)
    kinds = {b"A85": b"ASCII85Decode", b"Fl": b"FlateDecode"}
    found = [kinds.get(one, one) for one in filters]
    return found if all(one in (b"ASCII85Decode", b"FlateDecode") for one in found) else None


def _inflated(head: bytes, stream: bytes, most: int) -> bytes:
    """The stream as it is read, no more than a little beyond its budget; as much of it as is sound."""
    for kind in _packing(head) or ():
        try:
            stream = base64.a85decode(stream.strip().removesuffix(b"~>")) if kind == b"ASCII85Decode" else zlib.decompressobj().decompress(stream, most + 1)
        except (zlib.error, ValueError):
            return stream
    return stream
