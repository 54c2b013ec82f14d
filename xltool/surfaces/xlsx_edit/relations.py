"""What a part refers to, and what kind each part is: ``.rels`` parts and ``[Content_Types].xml``."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from xltool.surfaces.xlsx_edit.markup import (
    Node,
    appended,
    attribute_splice,
    escaped,
    parse,
    spliced,
)
from xltool.surfaces.xlsx_edit.package import Package

PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "[Content_Types].xml"
_EMPTY = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{PACKAGE}"></Relationships>'.encode()


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of a part: ``kind`` is the last word of its type, ``target`` the part's name, or the address outside."""

    key: str
    kind: str
    target: str
    outside: bool
    written: str
    type: str


def rels_of(part: str) -> str:
    """The name of the part that holds a part's relations; ``part`` is empty for the package itself."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def relations(package: Package, part: str) -> list[Relation]:
    """The relations of a part, in order."""
    rels = rels_of(part)
    if not package.has(rels):
        return []
    return [_relation(one, part) for one in parse(package.read(rels)).children]


def _relation(one: Node, part: str) -> Relation:
    written, kind = one.get("Target") or "", (one.get("Type") or "").rpartition("/")[2]
    outside = one.get("TargetMode") == "External"
    inner = written.lstrip("/") if written.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(part), written))
    return Relation(one.get("Id") or "", kind, written if outside else inner, outside, written, one.get("Type") or "")


def related(package: Package, part: str, kind: str) -> str:
    """The first part of a kind that a part refers to; empty where there is none."""
    return next((one.target for one in relations(package, part) if one.kind == kind and not one.outside), "")


def relate(package: Package, part: str, kind: str, target: str, type_base: str = OFFICE) -> str:
    """The key of a new relation from a part to another."""
    rels = rels_of(part)
    data = package.read(rels) if package.has(rels) else _EMPTY
    root = parse(data)
    keys = {one.get("Id") for one in root.children}
    key = next(f"rId{number}" for number in range(1, len(keys) + 2) if f"rId{number}" not in keys)
    way = posixpath.relpath(target, posixpath.dirname(part) or ".") if part else target
    new = b'<%sRelationship Id="%s" Type="%s/%s" Target="%s"/>' % (root.prefix.encode(), key.encode(), type_base.encode(), kind.encode(), escaped(way))
    package.put(rels, spliced(data, appended(data, root, new)))
    return key


def unrelate(package: Package, part: str, target: str) -> str:
    """The key of the relation from a part to another, which is gone; a part without any more relations loses their part."""
    rels = rels_of(part)
    data = package.read(rels)
    root = parse(data)
    gone = next(one for one in root.children if _relation(one, part).target == target)
    if len(root.children) == 1:
        package.drop(rels)
    else:
        package.put(rels, spliced(data, [(gone.start, gone.end, b"")]))
    return gone.get("Id") or ""


def content_type(package: Package, part: str) -> str:
    """The type of a part."""
    root = parse(package.read(TYPES))
    suffix = part.rpartition(".")[2].lower()
    named = next((one for one in root.named("Override") if (one.get("PartName") or "").lower() == f"/{part}".lower()), None)
    usual = next((one for one in root.named("Default") if (one.get("Extension") or "").lower() == suffix), None)
    found = named or usual
    return (found.get("ContentType") if found else "") or ""


def set_type(package: Package, part: str, kind: str) -> None:
    """A part that is new has this type."""
    data = package.read(TYPES)
    root = parse(data)
    known = next((one for one in root.named("Override") if (one.get("PartName") or "").lower() == f"/{part}".lower()), None)
    if known:
        package.put(TYPES, spliced(data, [attribute_splice(data, known, {"ContentType": kind})]))
    else:
        new = b'<%sOverride PartName="/%s" ContentType="%s"/>' % (root.prefix.encode(), escaped(part), kind.encode())
        package.put(TYPES, spliced(data, appended(data, root, new)))


def set_default(package: Package, suffix: str, kind: str) -> None:
    """Parts with this suffix have this type, where nothing says another."""
    data = package.read(TYPES)
    root = parse(data)
    if any((one.get("Extension") or "").lower() == suffix for one in root.named("Default")):
        return
    new = b'<%sDefault Extension="%s" ContentType="%s"/>' % (root.prefix.encode(), suffix.encode(), kind.encode())
    first = root.children[0].start if root.children else root.close
    package.put(TYPES, spliced(data, [(first, first, new)]))


def forget_type(package: Package, part: str) -> None:
    """Nothing says the type of a part that is gone."""
    data = package.read(TYPES)
    gone = [one for one in parse(data).named("Override") if (one.get("PartName") or "").lower() == f"/{part}".lower()]
    package.put(TYPES, spliced(data, [(one.start, one.end, b"") for one in gone]))


def free_name(package: Package, pattern: str) -> str:
    """A part's name that is free: ``pattern`` has ``{}`` for the number, one above the highest that is taken."""
    before, after = map(re.escape, pattern.split("{}"))
    taken = [int(found[1]) for one in package.names() if (found := re.fullmatch(rf"{before}(\d+){after}", one, re.I))]
    return pattern.format(max(taken, default=0) + 1)
