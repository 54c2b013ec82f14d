"""The parts of a Word package: the document's own and what it refers to."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from xltool import archive
from xltool.problems import ProblemError, problem

_FAULTS = archive.Faults("document-broken", "document-bomb", "document-dtd")


@dataclass(frozen=True, slots=True)
class Package:
    """An opened package: the name of the document's part, the parts that it refers to by kind, the files put into it whole."""

    archive: archive.Archive
    document: str
    related: dict[str, str]
    inserted: tuple[str, ...] = ()

    def side(self, kind: str) -> ET.Element | None:
        """The root of a part of a kind; None where the document has none."""
        inner = self.related.get(kind, "")
        return _root(self.archive, inner) if inner in self.archive.entries else None


def open_package(data: bytes, name: str) -> Package:
    """The package of these bytes.

    Raises:
        ProblemError: file-empty, file-encrypted, document-broken, document-bomb, document-dtd.
    """
    if not data:
        raise ProblemError(problem("file-empty", name))
    if data.startswith(archive.OLE):
        raise ProblemError(problem("file-encrypted" if archive.ENCRYPTED in data else "file-old-office", name))
    opened = archive.opened(data, name, _FAULTS, "inflated")
    document = dict(reversed(_related(opened, ""))).get("officeDocument", "word/document.xml")
    if document not in opened.entries:
        raise opened.broken(f"{document} is missing")
    related = _related(opened, document)
    inserted = tuple(way for kind, way in related if kind == "aFChunk" and way in opened.entries)
    return Package(opened, document, dict(reversed(related)), inserted)


def _related(opened: archive.Archive, source: str) -> list[tuple[str, str]]:
    """The kind and name of each part that a part refers to inside the package; of a kind the first counts."""
    folder, base = posixpath.split(source)
    inner = posixpath.join(folder, "_rels", f"{base}.rels")
    if inner not in opened.entries:
        return []
    found: list[tuple[str, str]] = []
    for one in _root(opened, inner):
        target = one.get("Target", "")
        if target and one.get("TargetMode") != "External":
            way = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.append((one.get("Type", "").rpartition("/")[2], way))
    return found


def _root(opened: archive.Archive, inner: str) -> ET.Element:
    try:
        return ET.fromstring(opened.part(inner, budget="side_part"))
    except (ET.ParseError, ValueError, LookupError) as error:
        raise opened.broken(f"{inner}: {error}") from error
