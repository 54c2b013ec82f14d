"""A piece of XML after rows of a sheet were shifted: every range, anchor and formula in it follows.

The same walk serves the parts of the sheet itself, its tables, and what other parts say of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xltool.surfaces.xlsx_edit.cells import formula_text
from xltool.surfaces.xlsx_edit.markup import Node, parse, with_attributes
from xltool.surfaces.xlsx_edit.references import Shift, moved, rectangle, shifted, shifted_list

FORMULAS = frozenset({"f", "formula", "formula1", "formula2", "calculatedColumnFormula", "totalsRowFormula"})
"""Elements that hold a formula."""
_RANGES = frozenset({"ref", "sqref"})
_BY_R = frozenset({"inputCells", "cellWatch", "cellSmartTags"})
"""Elements that name their square in an attribute called r."""
_STAYS = frozenset({"dimension", "selection"})
"""Elements that stay where their range is gone, at the place of the shift."""
_KEEP_EMPTY = frozenset({"sheetView", "sheetViews", "extLst"})


@dataclass(frozen=True, slots=True)
class Move:
    """Rows of ``sheet`` shifted, as seen by something that stands on sheet ``here``; ``own`` where both are one."""

    shift: Shift
    sheet: str
    here: str

    @property
    def own(self) -> bool:
        """True on the sheet itself."""
        return self.here.casefold() == self.sheet.casefold()

    def formula(self, text: str, down: int = 0) -> str:
        """A formula after the shift; ``down`` where what it is written for begins further down."""
        return shifted(moved(text, down) if down else text, self.shift, self.sheet, self.here)


def follow(data: bytes, move: Move) -> bytes:
    """The bytes of an element, or of a whole part, after the shift; empty where nothing of it is left."""
    root = parse(data)
    made = _node(root, data, move, 0)
    return data[: root.start] + made + data[root.end :] if made is not None else b""


def _node(node: Node, data: bytes, move: Move, down: int) -> bytes | None:
    """The element after the shift; None where it is gone."""
    changed = _attributes(node, move)
    if changed is None:
        return None
    down = _down(node, move) or down
    start = data[node.start : node.inner]
    children = [_node(one, data, move, down) for one in node.children]
    left = [one for one in children if one is not None]
    if node.children and not left and node.name not in _KEEP_EMPTY:
        return None
    if len(left) < len(children):
        changed = {**changed, **_counts(node, children)}
    new = with_attributes(start, changed) if changed else start
    if node.inner == node.end:
        return new
    if not node.children:
        return new + _text(node, data, move, down) + data[node.close : node.end]
    pieces, at = [new], node.inner
    for one, made in zip(node.children, children, strict=True):
        pieces += [data[at : one.start], made or b""]
        at = one.end
    return b"".join([*pieces, data[at : node.end]])


def _counts(node: Node, children: list[bytes | None]) -> dict[str, str | None]:
    """What an element says of how many it holds, after some are gone."""
    left = sum(one is not None for one in children)
    found: dict[str, str | None] = {"count": str(left)} if node.get("count") else {}
    if node.get("manualBreakCount"):
        found["manualBreakCount"] = str(sum(made is not None and one.get("man") in ("1", "true") for one, made in zip(node.children, children, strict=True)))
    return found


def _attributes(node: Node, move: Move) -> dict[str, str | None] | None:
    """The attributes that change; None where the element is gone."""
    if "location" in node.attributes and node.name == "hyperlink":
        changed: dict[str, str | None] = _different(node, {"location": move.formula(node.attributes["location"])})
    else:
        changed = {}
    if not move.own:
        return changed
    ranges = [name for name in node.attributes if name in _RANGES or (name == "r" and node.name in _BY_R)]
    found = {name: shifted_list(node.attributes[name], move.shift) for name in ranges}
    if any(not text for text in found.values()) or (node.name == "mergeCell" and ":" not in found.get("ref", "")):
        if node.name not in _STAYS:
            return None
        found = {name: text or f"A{move.shift.row}" for name, text in found.items()}
    if "activeCell" in node.attributes:
        found["activeCell"] = shifted_list(node.attributes["activeCell"], move.shift) or f"A{move.shift.row}"
    if node.name == "brk" and node.get("max") in (None, "16383", "255"):
        # A page's end stands above a row and goes where that row goes; those of columns have another right end.
        below = move.shift.line(int(node.get("id") or 0) + 1)
        if below is None:
            return None
        found["id"] = str(below - 1)
    elif node.name == "pane":
        found |= _pane(node, move.shift)
    return changed | _different(node, found)


def _pane(node: Node, shift: Shift) -> dict[str, str]:
    """Rows that are frozen: more or fewer where the shift lies among them; how far the sheet is scrolled stays otherwise."""
    top = int(float(node.get("ySplit") or 0))
    if not (node.get("state") or "").startswith("frozen") or shift.row > top:
        return {}
    first = node.attributes.get("topLeftCell")
    moved_to = {"topLeftCell": shifted_list(first, shift) or first} if first else {}
    return {"ySplit": str(max(top + shift.count, 1)), **moved_to}


def _different(node: Node, found: Mapping[str, str]) -> dict[str, str | None]:
    return {name: text for name, text in found.items() if node.attributes[name] != text}


def _down(node: Node, move: Move) -> int:
    """How far down the square lies for which the formulas of a range are written, where the rows above it went."""
    written = node.attributes.get("sqref") if move.own else None
    place = rectangle(written.split()[0]) if written and written.split() else None
    gone = move.shift.row - move.shift.count
    if place is None or move.shift.count >= 0 or not move.shift.row <= place[0] < gone:
        return 0
    return gone - place[0]


def _text(node: Node, data: bytes, move: Move, down: int) -> bytes:
    """The text of an element that holds no others."""
    raw = data[node.inner : node.close]
    if node.name in FORMULAS:
        text = node.text(data)
        new = move.formula(text, down if move.own else 0)
    elif node.name == "sqref" and move.own:
        text = node.text(data)
        new = shifted_list(text, move.shift) or f"A{move.shift.row}"
    else:
        return raw
    return raw if new == text else formula_text(new)
