"""A patch as JSON and back: see docs/patch.md. Values are those of the canonical JSON; a mark is {"mark": "—"}."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from xltool.canonical import entry_from, entry_json, item_json, scalar_from, value_json
from xltool.diff.changes import CHANGED, Change, Patch, Ref
from xltool.diff.likeness import likeness
from xltool.diff.tree import (
    ENTRY,
    ITEM,
    SECTION,
    TITLE,
    Content,
    Forms,
    Mark,
    Node,
    Position,
    entry_of,
    key_paths,
    node_of,
    values_of,
)
from xltool.form import Field, Form
from xltool.problems import Problem, ProblemError, problem
from xltool.values import Value

SCHEMA = "xltool-patch/1"
Json = Any
PLACES = {SECTION: ("section",), ENTRY: ("section", "form"), ITEM: ("row",)}
"""What the numbers of a place are called; all count from 0, as in the paths of the canonical JSON."""


def to_json(patch: Patch, forms: Forms) -> dict[str, Json]:
    """The patch as nested dicts; numbers are Decimal or int."""
    found: dict[str, Json] = {"schema": SCHEMA}
    if patch.base:
        found["base"] = patch.base
    if patch.result:
        found["result"] = patch.result
    found["changes"] = [change_json(change, forms) for change in patch.changes]
    return found


def change_json(change: Change, forms: Forms) -> dict[str, Json]:
    """One change: what happened, to what, and the values before and after."""
    entry = change.entry or (change.of if change.of.kind == ENTRY else None)
    form = forms[entry.form] if entry else None
    found: dict[str, Json] = {"change": change.kind, **about_json(change.of, entry, change.list)}
    if change.path:
        found |= _field_json(change, form)
    for key, content in (("old", change.old), ("new", change.new)):
        if change.kind == CHANGED or isinstance(content, Node):
            found[key] = node_json(content, form, change.list) if isinstance(content, Node) else content_json(content)
            if isinstance(content, Node) and (marks := {path: one.mark for path, one in content.contents.items() if isinstance(one, Mark)}) and change.list:
                found["marks"] = marks
    if change.to:
        found |= {"to": _place_json(change.of.kind, change.to), "after": ref_json(change.after) if change.after else None}
    return found


def about_json(of: Ref, entry: Ref | None, listed: str) -> dict[str, Json]:
    """What something is about: the form that it is or stands in, the title, or the row of a list."""
    found: dict[str, Json] = {"form": ref_json(entry)} if entry else {}
    if of.kind == SECTION:
        found["section"] = ref_json(of)
    if of.kind == ITEM:
        found |= {"list": listed, "row": ref_json(of)}
    return found


def _field_json(change: Change, form: Form | None) -> dict[str, Json]:
    """The path, and for people the name of the field and how alike the two names of a renamed thing are."""
    found: dict[str, Json] = {"path": change.path}
    if one := field_of(form, change.list, change.path):
        found["field"] = one.name
    if (share := renamed(change, form)) is not None:
        found["likeness"] = Decimal(f"{share:.2f}")
    return found


def renamed(change: Change, form: Form | None) -> float | None:
    """How alike the names before and after are, where the change is that of a name; else None."""
    if form is None or not (isinstance(change.old, str) and isinstance(change.new, str)):
        return None
    names = [form.fields[name].path for name in form.roles.get("project", ())]
    named = change.path == key_paths(form, change.list)[-1] if change.list else change.path in names
    return likeness(change.old, change.new) if named else None


def field_of(form: Form | None, name: str, path: str) -> Field | None:
    """The field of a path; ``name`` is the list that it stands in, if it does."""
    if form is None:
        return None
    fields = form.lists[name].fields if name else [one.name for one in form.scalars]
    return next((form.fields[one] for one in fields if form.fields[one].path == path), None)


def _place_json(kind: str, at: Position) -> dict[str, Json]:
    return dict(zip(PLACES[kind], at, strict=True))


def ref_json(ref: Ref) -> dict[str, Json]:
    """A node as a patch names it."""
    found: dict[str, Json] = {**_place_json(ref.kind, ref.at), "key": {path: content_json(one) for path, one in ref.key}}
    return ({"id": ref.form} if ref.form else {}) | found | ({"new": True} if ref.new else {})


def content_json(content: Content) -> Json:
    """What a cell shows."""
    if isinstance(content, Mark):
        return {"mark": content.mark}
    return value_json(content) if isinstance(content, Value) else content


def node_json(node: Node, form: Form | None, name: str) -> Json:
    """A title, an entry, or an item of the list ``name``."""
    if node.kind == SECTION:
        return node.contents.get(TITLE)
    assert form
    if node.kind == ENTRY:
        return entry_json(entry_of(node), form)
    return item_json(values_of(node), [form.fields[one] for one in form.lists[name].fields])


def from_json(document: Mapping[str, Json], forms: Forms, name: str = "") -> Patch:
    """The patch of a document that its schema (``patch_schema.of_patch``) has accepted.

    Raises:
        ProblemError: fields that the form does not have, values that contradict themselves, by the change's path.
    """
    faults: list[Problem] = []
    changes = [_change(one, forms, f"changes[{at}]", name, faults) for at, one in enumerate(document["changes"])]
    if faults:
        raise ProblemError(faults)
    return Patch(tuple(changes), document.get("base", ""), document.get("result", ""))


def _change(document: Mapping[str, Json], forms: Forms, place: str, name: str, faults: list[Problem]) -> Change:
    kind = ITEM if "row" in document else SECTION if "section" in document else ENTRY
    of = _ref(document[{ITEM: "row", SECTION: "section", ENTRY: "form"}[kind]], kind)
    entry = _ref(document["form"], ENTRY) if kind == ITEM else None
    above = entry or of
    form = forms[above.form] if above.form else None
    listed = document.get("list", "")
    after = document.get("after")
    reading = _Reading(form, listed, document.get("path", ""), document.get("marks", {}), name, faults)
    old, new = (reading.found(document.get(key), kind, document["change"], f"{place}.{key}") for key in ("old", "new"))
    return Change(
        document["change"], of, entry, listed, document.get("path", ""), old, new,
        _ref(after, kind if kind == ITEM else ENTRY if "form" in after else SECTION) if after else None,
        tuple(document["to"][key] for key in PLACES[kind]) if "to" in document else (),
    )  # fmt: skip


def _ref(document: Mapping[str, Json], kind: str) -> Ref:
    key = tuple((path, _key_content(one)) for path, one in document["key"].items())
    return Ref(kind, tuple(document[one] for one in PLACES[kind]), key, document.get("id", ""), document.get("new", False))


def _key_content(found: Json) -> Content:
    """A content of a key: only what it shows counts."""
    if isinstance(found, Mapping):
        return Mark(found["mark"]) if "mark" in found else Value(found["text"])
    return found  # type: ignore[no-any-return]  # its schema allows texts and numbers


class _Reading:
    """The values of one change, read by the field or list that it is about."""

    def __init__(self, form: Form | None, name: str, path: str, marks: Mapping[str, str], source: str, faults: list[Problem]) -> None:
        self.form, self.list, self.path, self.marks, self.source, self.faults = form, name, path, marks, source, faults

    def found(self, document: Json, kind: str, change: str, place: str) -> Content | Node:
        """The content or node that stands there."""
        if change == CHANGED:
            return self.content(document, place)
        if document is None and kind != SECTION:
            return None
        if kind == SECTION:
            return Node(SECTION, "", {TITLE: document})
        assert self.form
        if kind == ENTRY:
            return node_of(entry_from(document, self.form, place, self.source, self.faults), self.form)
        return self.item(document, place)

    def content(self, document: Json, place: str) -> Content:
        """The content of a field."""
        if isinstance(document, Mapping) and "mark" in document:
            return Mark(document["mark"])
        if self.form is None:
            return document  # type: ignore[no-any-return]  # a title
        one = field_of(self.form, self.list, self.path)
        if one is None:
            self.faults.append(problem("patch-field", self.source, path=place.rpartition(".")[0], form=self.form.id, field=self.path))
            return None
        if isinstance(document, Mapping) and one.type != "target":
            self.faults.append(problem("patch-value", self.source, path=place, field=one.name))
            return None
        nested = document
        for key in reversed(one.path.split(".")):
            nested = {key: nested}
        return scalar_from(nested, one, self.form, place, self.source, self.faults)

    def item(self, document: Mapping[str, Json], place: str) -> Node:
        """An item of the list."""
        form = self.form
        assert form
        fields = [form.fields[one] for one in form.lists[self.list].fields if form.fields[one].type not in ("operator", "unit")]
        values: dict[str, Content] = {one.path: scalar_from(document, one, form, place, self.source, self.faults) for one in fields}
        return Node(ITEM, form.id, values | {path: Mark(mark) for path, mark in self.marks.items()})
