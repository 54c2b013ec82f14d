"""What the real filings say, established by reading, in a form that holds no text of theirs.

A name, a title or a long text is kept as a digest of its characters (NFKC, blanks gone); numbers,
dates, level names and values stand as they are. Two filings have their truth beside them as JSON.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def digest(text: str | None) -> str | None:
    """The digest of a text's characters; None for an empty cell."""
    if text is None:
        return None
    return "sha:" + hashlib.sha1("".join(unicodedata.normalize("NFKC", text).split()).encode()).hexdigest()[:16]


def digested(document: dict[str, Any]) -> dict[str, Any]:
    """A canonical JSON document with every free text as its digest."""
    return {"sections": [{"title": digest(section["title"]), "forms": [_form(form) for form in section["forms"]]} for section in document["sections"]]}


def _form(form: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"form": form["form"], "year": form["year"], "funding": _plain(form["funding"])}
    found["project"] = {key: text if key.endswith("_date") else digest(text) for key, text in form["project"].items()}
    found["goals"] = {key: digest(text) for key, text in form["goals"].items()}
    found["indicators"] = [_indicator(one) for one in form["indicators"]]
    return found


def _indicator(one: dict[str, Any]) -> dict[str, Any]:
    target = one["target"]
    return {"level1": one["level1"], "level2": one["level2"], "name": digest(one["name"]), "target": _plain(target) if target else None}


def _plain(value: Any) -> Any:
    """Numbers as text in their shortest form, so that 0.00 and 0 are one."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return format(Decimal(str(value)).normalize(), "f")
    return "".join(value.split()) if isinstance(value, str) else value


def read(name: str, filings: Path) -> dict[str, Any]:
    """The truth of a filing: from the JSON beside it where there is one, else the digests kept here."""
    beside = next(iter(filings.glob(f"{name}_*.json")), None)
    if beside is not None:
        return digested(json.loads(beside.read_text("utf-8"), parse_float=Decimal))
    found: dict[str, Any] = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    return found


def differing(truth: Any, found: Any, path: str = "") -> Iterator[str]:
    """The paths at which two documents differ, with both sides."""
    if isinstance(truth, dict) and isinstance(found, dict):
        for key in truth:
            yield from differing(truth[key], found.get(key), f"{path}.{key}")
    elif isinstance(truth, list) and isinstance(found, list):
        if len(truth) != len(found):
            yield f"{path}: {len(truth)} expected, {len(found)} found"
        for at, (a, b) in enumerate(zip(truth, found, strict=False)):
            yield from differing(a, b, f"{path}[{at}]")
    elif truth != found:
        yield f"{path}: expected {truth!r}, found {found!r}"
