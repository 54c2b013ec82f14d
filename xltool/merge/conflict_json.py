"""Conflicts as JSON, for programs; and the mark by which a person's choice finds its conflict again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from xltool.diff.changes import Ref
from xltool.diff.patch_json import about_json, content_json, field_of, node_json, ref_json
from xltool.diff.tree import ENTRY, Forms, Node
from xltool.merge.conflicts import BASE, CONTENT, OURS, THEIRS, Conflict

SCHEMA = "xltool-conflicts/1"


def to_json(conflicts: Sequence[Conflict], forms: Forms) -> dict[str, Any]:
    """The conflicts as nested dicts, numbered as in the workbook."""
    return {"schema": SCHEMA, "conflicts": [{"number": one.number, **conflict_json(one, forms)} for one in conflicts]}


def conflict_json(one: Conflict, forms: Forms) -> dict[str, Any]:
    """One conflict: what it is about, and the three values."""
    entry = one.entry or (one.of if one.of.kind == ENTRY else None)
    form = forms[entry.form] if entry else None
    found: dict[str, Any] = {"conflict": one.kind, **about_json(one.of, entry, one.list)}
    if one.kind == CONTENT:
        found["path"] = one.path
        if field := field_of(form, one.list, one.path):
            found["field"] = field.name
    for name in (BASE, OURS, THEIRS):
        side = one.side(name)
        found[name] = node_json(side, form, one.list) if isinstance(side, Node) else ref_json(side) if isinstance(side, Ref) else content_json(side)
    return found


def mark_of(one: Conflict, forms: Forms) -> str:
    """The same for the same conflict of the same three filings, and for no other."""
    return hashlib.sha256(repr(conflict_json(one, forms)).encode("utf-8", "backslashreplace")).hexdigest()[:16]
