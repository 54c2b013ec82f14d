"""Comments on cells: what every edition of Excel shows as a note, with the box that it opens in.

A conversation (threaded comments) keeps a note of its own on its cell as a stand-in, which is left as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from xltool.grid import address
from xltool.heights import lines, pixels
from xltool.surfaces.xlsx_edit.anchors import NOTE_COLUMN, NOTE_ROW, SHAPE
from xltool.surfaces.xlsx_edit.markup import (
    Node,
    appended,
    cell_text,
    escaped,
    parse,
    spliced,
    text_element,
)
from xltool.surfaces.xlsx_edit.references import corner
from xltool.surfaces.xlsx_edit.relations import (
    forget_type,
    free_name,
    relate,
    related,
    relations,
    set_default,
    set_type,
    unrelate,
)
from xltool.surfaces.xlsx_edit.sheet import Sheet
from xltool.surfaces.xlsx_edit.workbook import MAIN, Workbook

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_EMPTY = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{MAIN}"><authors></authors><commentList></commentList></comments>'.encode()
_SPACES = b' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"'
_EMPTY_VML = (
    b"<xml" + _SPACES + b">"
    b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%d"/></o:shapelayout>%s</xml>'
)
_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    b'<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    b'<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    b'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    b'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%s</x:Anchor><x:AutoFill>False</x:AutoFill>'
    b"<x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"
)
_ID = re.compile(rb"_x0000_s(\d+)")
_MAP = re.compile(rb"<(?:[\w.-]+:)?idmap\b[^>]*?\bdata=[\"']([\d,\s]+)[\"']")
BLOCK = 1024
"""Shapes of one drawing have numbers from a block of so many."""
WIDE, LINE, PADDING = 300, 18, 12
"""A comment's box in pixels: its width, the height of a line, what is free around the text."""
ROOM = WIDE // 7
"""Half-ems on a line of the box."""


@dataclass(frozen=True, slots=True)
class Note:
    """A comment as a sheet has it: its square, its author, its text."""

    row: int
    column: int
    author: str
    text: str


class Notes:
    """The comments of a sheet."""

    def __init__(self, book: Workbook, sheet: Sheet) -> None:
        self.book, self.sheet, self.package = book, sheet, book.package
        self.part = related(self.package, sheet.part, "comments")
        self.vml = self._own_vml()
        threads = [one.target for one in relations(self.package, sheet.part) if one.kind == "threadedComment" and self.package.has(one.target)]
        self.threads = frozenset(place for part in threads for one in parse(self.package.read(part)).walk() if one.name == "threadedComment" and (place := corner(one.get("ref") or "")))  # fmt: skip

    def _own_vml(self) -> str:
        found = self.sheet.segment("legacyDrawing")
        key = next((value for name, value in parse(found.raw).attributes.items() if name.endswith(":id")), "") if found else ""
        return next((one.target for one in relations(self.package, self.sheet.part) if one.key == key), "")

    def all(self) -> list[Note]:
        """The comments in the order of their part."""
        if not self.part or not self.package.has(self.part):
            return []
        data = self.package.read(self.part)
        root = parse(data)
        authors = _authors(root, data)
        found = []
        for one in _listed(root):
            place, at = corner(one.get("ref") or ""), int(one.get("authorId") or 0)
            if place:
                found.append(Note(*place, authors[at] if at < len(authors) else "", one.all_text(data)))
        return found

    def add(self, row: int, column: int, text: str, author: str) -> None:
        """A comment hangs on a square that has none."""
        self._make_parts()
        data = self.package.read(self.part)
        root = parse(data)
        prefix, authors = root.prefix.encode(), root.child("authors")
        listed = root.child("commentList")
        if authors is None or listed is None:
            raise ValueError(f"{self.part}: no comments")
        known = _authors(root, data)
        splices = []
        if author not in known:
            splices += appended(data, authors, b"<%sauthor>%s</%sauthor>" % (prefix, escaped(author), prefix))
            known.append(author)
        run = _run(prefix, text)
        made = b'<%scomment ref="%s" authorId="%d"><%stext>%s</%stext></%scomment>' % (prefix, address(row, column).encode(), known.index(author), prefix, run, prefix, prefix)
        self.package.put(self.part, spliced(data, [*splices, *appended(data, listed, made)]))
        vml = self.package.read(self.vml)
        end = vml.rindex(b"</")
        shape = _SHAPE % (self._shape_number(vml), self._box(row, column, text), row - 1, column - 1)
        made = (b"" if b"_x0000_t202" in vml else _TYPE) + shape
        if _SPACES not in vml[: vml.index(b">")]:
            # Another program's prefixes: ours are declared where they are used.
            made = made.replace(b"<v:shapetype ", b"<v:shapetype" + _SPACES + b" ").replace(b"<v:shape ", b"<v:shape" + _SPACES + b" ")
        self.package.put(self.vml, vml[:end] + made + vml[end:])

    def extend(self, row: int, column: int, text: str) -> None:
        """The comment on a square says this as well, behind what it says."""
        data, held = self._text(row, column)
        if (plain := held.child("t")) and not held.named("r"):
            # A text that is no run becomes one, so that another can stand behind it.
            name = held.prefix.encode() + b"r>"
            self.package.put(self.part, spliced(data, [(plain.start, plain.start, b"<" + name), (plain.end, plain.end, b"</" + name)]))
            data, held = self._text(row, column)
        runs, new = held.named("r"), _run(held.prefix.encode(), text)
        self.package.put(self.part, spliced(data, [(runs[-1].end, runs[-1].end, new)] if runs else appended(data, held, new)))

    def _text(self, row: int, column: int) -> tuple[bytes, Node]:
        """The part of comments, and in it the element that holds the text of the comment on a square."""
        data = self.package.read(self.part)
        one = next(one for one in _listed(parse(data)) if corner(one.get("ref") or "") == (row, column))
        held = one.child("text")
        if held is None:
            raise ValueError(f"{self.part}: no text")
        return data, held

    def remove(self, row: int, column: int) -> None:
        """The comment on a square is gone with its box."""
        data = self.package.read(self.part)
        gone = [one for one in _listed(parse(data)) if corner(one.get("ref") or "") == (row, column)]
        self.package.put(self.part, spliced(data, [(one.start, one.end, b"") for one in gone]))
        if self.vml and self.package.has(self.vml):
            self.package.put(self.vml, SHAPE.sub(lambda found: b"" if _square(found[0]) == (row, column) else found[0], self.package.read(self.vml)))
        self._drop_empty()

    def cut(self, row: int, column: int, mark: str) -> None:
        """The comment on a square loses the words from a mark on, which ``extend`` put there."""
        data, held = self._text(row, column)
        texts = [one for one in held.walk() if one.name == "t"]
        for at, one in enumerate(texts):
            if mark in (said := one.text(data)):
                kept = said[: said.index(mark)]
                gone = texts[at + 1 :] if kept else texts[at:]
                runs = [run for run in held.named("r") if any(run.start < text.start < run.end for text in gone)]
                cut = [(one.inner, one.close, cell_text(kept))] if kept else []
                self.package.put(self.part, spliced(data, [*cut, *((run.start, run.end, b"") for run in runs)]))
                return

    def _make_parts(self) -> None:
        package, sheet = self.package, self.sheet
        if not self.part:
            self.part = free_name(package, "xl/comments{}.xml")
            package.put(self.part, _EMPTY)
            set_type(package, self.part, COMMENTS_TYPE)
            relate(package, sheet.part, "comments", self.part)
        if not self.vml:
            self.vml = free_name(package, "xl/drawings/vmlDrawing{}.vml")
            package.put(self.vml, _EMPTY_VML % (self._free_block(), _TYPE))
            set_default(package, "vml", VML_TYPE)
            key = relate(package, sheet.part, "vmlDrawing", self.vml)
            sheet.put_segment("legacyDrawing", b'<%slegacyDrawing %s="%s"/>' % (sheet.prefix, sheet.relation_key(), key.encode()))

    def _free_block(self) -> int:
        """The number of a block that no drawing of the workbook uses."""
        used = {0}
        for part in self.package.names():
            if part.lower().endswith(".vml"):
                used.update(int(one) for found in _MAP.findall(self.package.read(part)) for one in found.split(b","))
        return max(used) + 1

    def _shape_number(self, vml: bytes) -> int:
        """A free number from the drawing's own block."""
        found = _MAP.search(vml)
        block = int(found[1].split(b",")[0]) if found else 1
        return max([block * BLOCK, *(int(one) for one in _ID.findall(vml))]) + 1

    def _box(self, row: int, column: int, text: str) -> bytes:
        """The anchor of a box beside its square: left, dx, top, dy, right, dx, bottom, dy in squares (from 0) and pixels."""
        widths = [pixels(width) if width else 0 for width in self.sheet.widths(column + 40)]
        left, wide = column, WIDE
        right = left
        while right < len(widths) - 1 and wide > widths[right]:
            wide -= widths[right]
            right += 1
        top, tall = max(row - 2, 0), PADDING + LINE * lines(text, ROOM)
        bottom = top
        while tall > (step := int(self.sheet.height(bottom + 1) * 4 / 3)) and bottom - top < 60:
            tall -= step
            bottom += 1
        return b", ".join(b"%d" % one for one in (left, 12, top, 4, right, min(wide + 12, 1000), bottom, max(tall, 4)))

    def _drop_empty(self) -> None:
        """A sheet without comments has no part for them; the drawing stays where it holds anything else."""
        if _listed(parse(self.package.read(self.part))):
            return
        _drop(self.book, self.sheet, self.part)
        self.part = ""
        if self.vml and not SHAPE.search(self.package.read(self.vml)):
            _drop(self.book, self.sheet, self.vml)
            self.vml = ""
            self.sheet.put_segment("legacyDrawing", b"")


def _drop(book: Workbook, sheet: Sheet, part: str) -> None:
    unrelate(book.package, sheet.part, part)
    forget_type(book.package, part)
    book.package.drop(part)


def _authors(root: Node, data: bytes) -> list[str]:
    held = root.child("authors")
    return [one.text(data) for one in held.named("author")] if held else []


def _listed(root: Node) -> list[Node]:
    held = root.child("commentList")
    return held.named("comment") if held else []


def _run(prefix: bytes, text: str) -> bytes:
    return b"<%sr>%s</%sr>" % (prefix, text_element(prefix, text), prefix)


def _square(shape: bytes) -> tuple[int, int] | None:
    row, column = NOTE_ROW.search(shape), NOTE_COLUMN.search(shape)
    return (int(row[2]) + 1, int(column[1]) + 1) if row and column else None
