"""XML as the bytes that it is: where each element stands, so that a change splices bytes and leaves the rest alone.

A part that no one edits is never written anew: prefixes, blanks, order of attributes and extensions
that nothing here knows stay as their program wrote them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from xml.parsers import expat

_TAG_END = re.compile(rb"(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ATTRIBUTE = re.compile(rb"\s+([^\s=<>/\"']+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_NAME = re.compile(rb"<([^\s/>]+)")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
Splice = tuple[int, int, bytes]
"""First byte, byte behind the last, and what stands there instead."""


@dataclass(slots=True)
class Node:
    """An element: where its start tag begins (``start``) and ends (``inner``), where its content ends
    (``close``) and where it ends itself (``end``).

    ``name`` is without its prefix, ``prefix`` with the colon; ``attributes`` are by their names as written.
    """

    name: str
    prefix: str
    attributes: dict[str, str]
    start: int
    inner: int = 0
    close: int = 0
    end: int = 0
    children: list[Node] = field(default_factory=list)

    def get(self, name: str) -> str | None:
        """An attribute by its name without a prefix; one without a prefix goes first."""
        if name in self.attributes:
            return self.attributes[name]
        return next((value for key, value in self.attributes.items() if key.rpartition(":")[2] == name), None)

    def child(self, name: str) -> Node | None:
        """The first child of a name."""
        return next((one for one in self.children if one.name == name), None)

    def named(self, name: str) -> list[Node]:
        """The children of a name."""
        return [one for one in self.children if one.name == name]

    def walk(self) -> Iterator[Node]:
        """The element and everything in it, in order."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting.extend(reversed(one.children))

    def text(self, data: bytes) -> str:
        """The text that stands directly in the element."""
        pieces, at = [], self.inner
        for one in self.children:
            pieces.append(data[at : one.start])
            at = one.end
        pieces.append(data[at : self.close])
        return unescape(b"".join(pieces).decode("utf-8"))

    def all_text(self, data: bytes, name: str = "t") -> str:
        """The texts of the elements of a name inside, one after another."""
        return "".join(one.text(data) for one in self.walk() if one.name == name)


def parse(data: bytes, depth: int = 1 << 30) -> Node:
    """The root of a part; elements deeper than ``depth`` are not told apart.

    Raises:
        ValueError: where it is no well-formed XML.
    """
    reader = _Reader(data, depth)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.ordered_attributes = True
    reader.parser = parser
    parser.StartElementHandler, parser.EndElementHandler = reader.begin, reader.finish
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ValueError(f"XML: {error}") from error
    assert reader.root
    return reader.root


class _Reader:
    """A part while it is parsed."""

    def __init__(self, data: bytes, depth: int) -> None:
        self.data = data
        self.depth = depth
        self.open: list[Node | None] = []
        self.root: Node | None = None
        self.parser: expat.XMLParserType

    def begin(self, tag: str, attributes: Sequence[str]) -> None:
        if len(self.open) > self.depth:
            self.open.append(None)
            return
        prefix, colon, name = tag.rpartition(":")
        start = self.parser.CurrentByteIndex
        found = _TAG_END.match(self.data, start)
        assert found
        made = Node(name, prefix + colon, dict(zip(attributes[::2], attributes[1::2], strict=True)), start, found.end())
        if self.open:
            above = self.open[-1]
            assert above
            above.children.append(made)
        else:
            self.root = made
        self.open.append(made)

    def finish(self, tag: str) -> None:
        one = self.open.pop()
        if one is None:
            return
        if self.data[one.inner - 2 : one.inner] == b"/>":
            one.close = one.end = one.inner
        else:
            one.close = self.parser.CurrentByteIndex
            one.end = self.data.index(b">", one.close) + 1


def spliced(data: bytes, splices: Iterable[Splice]) -> bytes:
    """The bytes with each splice made; splices do not overlap, those at one place stay in order."""
    pieces, at = [], 0
    for start, end, new in sorted(splices, key=lambda one: (one[0], one[1])):
        pieces += [data[at:start], new]
        at = end
    return b"".join([*pieces, data[at:]])


def with_attributes(tag: bytes, changed: Mapping[str, str | None]) -> bytes:
    """A start tag with attributes set, or taken out where None; the others stay as they are written."""
    pieces, at, left = [], 0, dict(changed)
    for found in _ATTRIBUTE.finditer(tag):
        name = found[1].decode()
        if name not in left:
            continue
        value = left.pop(name)
        pieces.append(tag[at : found.start()])
        if value is not None:
            pieces.append(tag[found.start() : found.start(2)] + b'"' + escaped(value) + b'"')
        at = found.end()
    kept = b"".join([*pieces, tag[at:]])
    added = b"".join(b" " + name.encode() + b'="' + escaped(value) + b'"' for name, value in left.items() if value is not None)
    cut = len(kept) - (2 if kept.endswith(b"/>") else 1)
    return kept[:cut] + added + kept[cut:] if added else kept


def attribute_splice(data: bytes, node: Node, changed: Mapping[str, str | None]) -> Splice:
    """The splice that changes an element's attributes."""
    return node.start, node.inner, with_attributes(data[node.start : node.inner], changed)


def appended(data: bytes, node: Node, new: bytes, **attributes: str) -> list[Splice]:
    """The splices that put something behind the last child of an element and set its attributes."""
    tag = with_attributes(data[node.start : node.inner], attributes)
    if node.inner != node.end:
        return [(node.start, node.inner, tag), (node.close, node.close, new)]
    name = _NAME.match(tag)
    assert name
    return [(node.start, node.inner, tag[:-2].rstrip() + b">" + new + b"</" + name[1] + b">")]


def escaped(text: str) -> bytes:
    """A text for XML, in an attribute or between tags; what no XML may hold is gone."""
    text = _ILLEGAL.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8")


def text_element(prefix: bytes, text: str) -> bytes:
    """The element <t> of a text: its blanks are kept where it begins or ends with one, or has line breaks.

    What looks like Excel's own escape (_x000D_) stays what it is.
    """
    kept = b' xml:space="preserve"' if text != text.strip() or "\n" in text else b""
    return b"<%st%s>%s</%st>" % (prefix, kept, cell_text(text), prefix)


def cell_text(text: str) -> bytes:
    """The text of an element <t>."""
    return escaped(_ESCAPED.sub("_x005F_", text))
