"""The JSON Schema (2020-12) of a patch: its shape, and for each known form what its rows and entries hold."""

from __future__ import annotations

from typing import Any

from xltool.diff.changes import ADDED, CHANGED, MOVED, REMOVED
from xltool.diff.patch_json import PLACES, SCHEMA
from xltool.diff.tree import ENTRY, ITEM, SECTION, Forms
from xltool.schema import DIALECT, of_forms

_COUNT = {"type": "integer", "minimum": 0}
_TEXT = {"type": "string"}
_CONTENT = {"$ref": "#/$defs/content"}


def of_patch(forms: Forms) -> dict[str, Any]:
    """The schema of a patch between filings of these forms; without forms that of its shape alone."""
    known = of_forms(forms)["$defs"]
    document = {
        "type": "object",
        "properties": {"schema": {"const": SCHEMA}, "base": _TEXT, "result": _TEXT, "changes": {"type": "array", "items": {"$ref": "#/$defs/change"}}},
        "required": ["schema", "changes"],
        "additionalProperties": False,
    }
    shape = {"change": _change(forms), "content": _content(), "place": {"type": "object", "additionalProperties": _COUNT}}
    refs = {f"ref-{kind}": _ref(kind) for kind in PLACES}
    return {"$schema": DIALECT, "title": "xltool patch", **document, "$defs": {**shape, **refs, **known}}


def _ref(kind: str) -> dict[str, Any]:
    """A node as a patch names it; ``key`` is what it is known by, ``new`` says that the patch itself adds it."""
    properties: dict[str, Any] = dict.fromkeys(PLACES[kind], _COUNT)
    properties |= {"key": {"type": "object", "additionalProperties": _CONTENT}, "new": {"type": "boolean"}}
    if kind == ENTRY:
        properties["id"] = _TEXT
    required = [*PLACES[kind], "key", *(["id"] if kind == ENTRY else [])]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _content() -> dict[str, Any]:
    """What a cell shows: a text, a number, a VALUE, a mark, or null."""
    value = {
        "type": "object",
        "properties": {"text": {"type": ["string", "null"]}, "operator": _TEXT, "value": {"type": "number"}, "unit": _TEXT, "kind": _TEXT, "mark": _TEXT},
        "oneOf": [{"required": ["text"]}, {"required": ["mark"]}],
        "additionalProperties": False,
    }
    return {"type": ["string", "number", "null", "object"], "if": {"type": "object"}, "then": value}


def _change(forms: Forms) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "change": {"enum": [CHANGED, ADDED, REMOVED, MOVED]},
        "section": {"$ref": f"#/$defs/ref-{SECTION}"}, "form": {"$ref": f"#/$defs/ref-{ENTRY}"}, "row": {"$ref": f"#/$defs/ref-{ITEM}"},
        "list": _TEXT, "path": _TEXT, "field": _TEXT, "likeness": {"type": "number"}, "old": {}, "new": {}, "marks": {"type": "object", "additionalProperties": _TEXT},
        "to": {"$ref": "#/$defs/place"}, "after": {"type": ["object", "null"]},
    }  # fmt: skip
    rules = [
        _if(CHANGED, ["path", "old", "new"], {"old": _CONTENT, "new": _CONTENT}),
        _if(ADDED, ["new", "to", "after"], {}), _if(REMOVED, ["old"], {}), _if(MOVED, ["to", "after"], {}),
        {"if": {"required": ["row"]}, "then": {"required": ["form", "list"]}, "else": {"oneOf": [{"required": ["form"]}, {"required": ["section"]}]}},
        *(_where(kind) for kind in PLACES),
        *_of_forms(forms),
    ]  # fmt: skip
    return {"type": "object", "properties": properties, "required": ["change"], "additionalProperties": False, "allOf": rules}


def _if(kind: str, required: list[str], properties: dict[str, Any]) -> dict[str, Any]:
    return {"if": {"properties": {"change": {"const": kind}}}, "then": {"required": required, "properties": properties}}


def _where(kind: str) -> dict[str, Any]:
    """What ``to`` and ``after`` hold: rows stand among rows, forms and section titles among each other."""
    is_row = {"required": ["row"]}
    own = {ITEM: is_row, SECTION: {"required": ["section"]}, ENTRY: {"required": ["form"], "not": {"anyOf": [is_row, {"required": ["section"]}]}}}[kind]
    rows, above = ([f"ref-{ITEM}"], []) if kind == ITEM else ([], [f"ref-{ENTRY}", f"ref-{SECTION}"])
    after = {"anyOf": [{"type": "null"}, *({"$ref": f"#/$defs/{one}"} for one in [*rows, *above])]}
    return {"if": own, "then": {"properties": {"to": {"required": list(PLACES[kind])}, "after": after}}}


def _of_forms(forms: Forms) -> list[dict[str, Any]]:
    """What an added or removed row or entry holds, by the form's id and the list's name."""
    if not forms:
        return []
    rules: list[dict[str, Any]] = [{"properties": {"form": {"properties": {"id": {"enum": list(forms)}}}}}]
    whole = {"change": {"enum": [ADDED, REMOVED]}}
    for form_id, form in forms.items():
        of = {"form": {"properties": {"id": {"const": form_id}}}}
        entry = {"$ref": f"#/$defs/{form_id}"}
        rules.append({"if": {"properties": whole | of, "required": ["form"], "not": {"required": ["row"]}}, "then": {"properties": {"old": entry, "new": entry}}})
        rules.append({"if": {"properties": of, "required": ["form", "row"]}, "then": {"properties": {"list": {"enum": list(form.lists)}}}})
        for name in form.lists:
            row = {"allOf": [{"$ref": f"#/$defs/{form_id}/properties/{name}/items"}]}
            listed = {"list": {"const": name}}
            rules.append({"if": {"properties": whole | of | listed, "required": ["form", "row"]}, "then": {"properties": {"old": row, "new": row}}})
    return rules
