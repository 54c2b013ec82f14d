"""The attributes of Word's elements, in either of Word's namespaces."""

from __future__ import annotations

from collections.abc import Mapping

WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_OFF = frozenset({"0", "false", "off"})
Attributes = Mapping[str, str]


def val(attributes: Attributes, wanted: str = "val") -> str:
    """An attribute by its name without a namespace."""
    for space in WORD:
        if (found := attributes.get(f"{space} {wanted}")) is not None:
            return found
    return attributes.get(wanted, "")


def on(attributes: Attributes) -> bool:
    """True for a property that is on: one that is there, unless it says otherwise."""
    return val(attributes).lower() not in _OFF


def whole(text: str) -> int:
    """A number that is written in digits; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def span(attributes: Attributes) -> int:
    """The columns that a cell takes, or that a row leaves free."""
    return whole(val(attributes))


def twips(attributes: Attributes) -> int:
    """A width in twentieths of a point; one in per cent or none says nothing."""
    return whole(val(attributes, "w")) if val(attributes, "type") in ("dxa", "") else 0
