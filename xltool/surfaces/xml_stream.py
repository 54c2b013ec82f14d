"""XML read in pieces, nothing kept: elements as they begin and end, and the text between; no document type, no great depth."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from xml.parsers import expat

from xltool import budgets
from xltool.problems import ProblemError, problem

Attributes = dict[str, str]


class Reader(Protocol):
    """What reads a stream. Names are «namespace name», the namespace by its last telling word: ``table table-cell``."""

    def start(self, tag: str, attributes: Attributes) -> None: ...

    def end(self, tag: str) -> None: ...

    def text(self, text: str) -> None: ...


def parse(pieces: Iterable[bytes | str], reader: Reader, name: str) -> None:
    """Hands everything to the reader.

    Raises:
        ProblemError: workbook-broken, workbook-dtd.
    """
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.ordered_attributes = False
    names: dict[str, str] = {}
    depth, deepest = 0, budgets.limit("depth")

    def short(full: str) -> str:
        found = names.get(full)
        if found is None:
            space, _, local = full.rpartition(" ")
            found = names[full] = f"{_word(space)} {local}" if space else local
        return found

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > deepest:
            raise budgets.over("xml-depth", name, "depth")
        reader.start(short(tag), {short(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        reader.end(short(tag))

    def refused(part: str, *_: object) -> None:
        raise ProblemError(problem("workbook-dtd", name, part=part))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = reader.text, refused
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ProblemError(problem("workbook-broken", name, what=error)) from error


def _word(space: str) -> str:
    """urn:oasis:names:tc:opendocument:xmlns:table:1.0 → table; urn:schemas-microsoft-com:office:spreadsheet → spreadsheet."""
    words = [word for word in space.rstrip("/").replace("/", ":").split(":") if word and not word.replace(".", "").isdigit()]
    return words[-1] if words else ""
