"""The JSON Schema (2020-12) of a form's entries and of whole documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xltool.canonical import SCHEMA, has_parts, order
from xltool.form import Field, Form

DIALECT = "https://json-schema.org/draft/2020-12/schema"
BESIDES = (
    "Reading asks for more than a schema can say: the parts of a value agree with its text; a mark stands for a field that is null; "
    "a number has at most 30 digits before and behind its point; no key stands twice; no text holds half a character (\\ud800)."
)
_NUMBER = {"type": ["number", "null"]}
_TEXT = {"type": ["string", "null"]}


def of_form(form: Form) -> dict[str, Any]:
    """The schema of one document whose entries are all of this form."""
    return _document({form.id: form})


def of_forms(forms: Mapping[str, Form]) -> dict[str, Any]:
    """The schema of a document whose entries are of any of the forms."""
    return _document(forms)


def _document(forms: Mapping[str, Form]) -> dict[str, Any]:
    entry: dict[str, Any] = {"type": "object", "required": ["form"], "properties": {"form": {"enum": list(forms)}}}
    entry["allOf"] = [
        {"if": {"properties": {"form": {"const": form_id}}, "required": ["form"]}, "then": {"$ref": f"#/$defs/{form_id}"}} for form_id in forms
    ]
    section = _object({"title": _TEXT, "forms": {"type": "array", "items": entry}})
    document = _object({"schema": {"const": SCHEMA}, "sections": {"type": "array", "items": section}}, {"source": {"$ref": "#/$defs/source"}})
    defs = {"source": _source(), "value": _value(False), "value-in-parts": _value(True)} | {form_id: entry_schema(form) for form_id, form in forms.items()}
    return {"$schema": DIALECT, "title": "xltool filing", "description": BESIDES, **document, "$defs": defs}


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"type": "object", "properties": required | (optional or {}), "required": list(required), "additionalProperties": False}


def entry_schema(form: Form) -> dict[str, Any]:
    """The schema of one entry; every key of the form is required, an empty cell is null."""
    root = _object({"form": {"const": form.id}, "title": {"const": form.title}, "year": {"type": ["integer", "null"]}})
    for step in order(form):
        if isinstance(step, str):
            item = _object({})
            for name in form.lists[step].fields:
                _add(item, form.fields[name], form)
            root["properties"][step] = {"type": "array", "items": item}
            root["required"].append(step)
        else:
            _add(root, step, form)
    root["properties"] |= {"marks": {"type": "object", "additionalProperties": {"type": "string"}}, "source": {"$ref": "#/$defs/source"}}
    return root


def _add(parent: dict[str, Any], one: Field, form: Form) -> None:
    if one.type in ("operator", "unit"):
        return
    *above, leaf = one.path.split(".")
    for key in above:
        if key not in parent["properties"]:
            parent["properties"][key] = _object({})
            parent["required"].append(key)
        parent = parent["properties"][key]
    parent["properties"][leaf] = _field(one, form)
    if not (one.optional or one.absent) and leaf not in parent["required"]:
        parent["required"].append(leaf)


def _field(one: Field, form: Form) -> dict[str, Any]:
    match one.type:
        case "money" | "number" | "percent":
            return dict(_NUMBER)
        case "year":
            return {"type": ["integer", "null"]}
        case "target":
            name = "value-in-parts" if has_parts(form, one) else "value"
            return {"anyOf": [{"type": "null"}, {"$ref": f"#/$defs/{name}"}]}
    return {"enum": [*one.choices, None]} if one.choices else dict(_TEXT)


def _value(in_parts: bool) -> dict[str, Any]:
    parts = {"operator": {"enum": ["=", "≥", "≤", ">", "<"]}, "value": {"type": "number"}, "unit": {"type": "string", "minLength": 1}}
    if in_parts:
        return _object({"text": _TEXT}, parts | {"operator": {"type": "string"}, "kind": {"type": "string"}})
    return _object({"text": {"type": "string"}}, parts)


def _source() -> dict[str, Any]:
    def records(*keys: str) -> dict[str, Any]:
        return {"type": "array", "items": _object({key: {"type": "string"} for key in keys})}

    return _object(
        {},
        {
            "file": {"type": "string"}, "sheet": {"type": "string"}, "page": {"type": "integer"}, "line": {"type": "integer"},
            "repairs": records("code", "place", "what"), "doubts": records("path", "place", "why"), "leftover": records("place", "text"),
        },
    )  # fmt: skip
