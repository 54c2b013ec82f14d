"""Filled forms printed by hand: each line drawn in a named style, pages broken in a named way."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate

from tests.pdf.paper import Leaf, say, width_of, wrapped
from xltool.arrange import Placed, place, text_of
from xltool.filing import Entry, Filing
from xltool.form import Form
from xltool.library import forms
from xltool.values import plain

STYLES = ("strokes", "bars", "thick bars", "gaps", "boxes", "dashes", "long dashes", "dots", "double", "wide double", "white", "hairlines", "sideless", "wobbly", "clips")
SHADES = ("white cells", "coloured cells", "shaded cells")
"""Ways to tell cells by fills alone: white ones on black, coloured ones with gaps, two shades without a gap."""
CUTS = ("open", "closed", "again", "heads")
SIZE = 9.0
PAD = 3.0


@dataclass(slots=True)
class Press:
    """How a filing is printed: paper, style of rules, how pages cut cells, and what stands around the forms."""

    width: float = 595
    height: float = 842
    style: str = "strokes"
    cut: str = "open"
    top: float = 60
    bottom: float = 60
    numbered: bool = True
    running: str = ""
    stacked: bool = False
    between: tuple[str, ...] = ()
    leaves: list[str] = field(default_factory=list)
    at: float = 0

    def new_page(self) -> None:
        """A new page with what every page has."""
        self.leaves.append("")
        self.at = self.top
        if self.running:
            self.draw(say(40, 25, self.running, self.height))
        if self.numbered:
            self.draw(say(self.width / 2, self.height - 30, f"- {len(self.leaves)} -", self.height))

    def draw(self, drawn: str) -> None:
        self.leaves[-1] += drawn

    def text(self, line: str) -> None:
        """A line of other text."""
        if not self.leaves or self.at > self.height - self.bottom - 20:
            self.new_page()
        self.draw(say(60, self.at, line, self.height))
        self.at += 18


def printed(filing: Filing, press: Press, turn: int = 0, sideways: bool = False, deep: int = 0, shift: float = 0) -> list[Leaf]:
    """The pages of a filing."""
    for section in filing.sections:
        if section.title:
            press.new_page()
            press.text(section.title)
        for entry in section.entries:
            if not (press.stacked or section.title) or not press.leaves or (not press.stacked and press.at > press.top + 20):
                press.new_page()
            for line in press.between:
                press.text(line)
            _form(forms()[entry.form], entry, press)
    for line in press.between:
        press.text(line)
    return [Leaf(press.width, press.height, drawn, turn, sideways, deep, shift) for drawn in press.leaves]


def shown(one: Placed) -> str:
    """What a cell shows."""
    if one.field and one.field.type == "percent" and isinstance(one.value, Decimal):
        return plain(one.value * 100) + "%"
    return text_of(one.value) if one.field else one.text


def _form(form: Form, entry: Entry, press: Press) -> None:
    placed = place(form, entry)
    room = press.width - 80
    scale = room / sum(form.look.widths)
    xs = [40, *accumulate((width * scale for width in form.look.widths), initial=40)][1:]
    texts = {id(one): wrapped(_marked(one, entry), xs[one.last_column] - xs[one.column - 1] - 2 * PAD, SIZE) for one in placed}
    heights = _heights(placed, texts)
    for row in form.look.plain_rows:
        for one in (one for one in placed if one.row == row):
            line = "".join(texts[id(one)])
            if press.at > press.height - press.bottom - 60:
                press.new_page()
            press.draw(say(xs[one.column - 1] + (xs[one.last_column] - xs[one.column - 1] - width_of(line)) / 2, press.at, line, press.height))
        press.at += 16
    head = next((block.row - 1 for block in form.blocks), 0)
    _table(placed, texts, heights, xs, press, max(form.look.plain_rows) + 1, head)


def _marked(one: Placed, entry: Entry) -> str:
    return shown(one) or entry.marks.get(one.path, "")


def _heights(placed: list[Placed], texts: dict[int, list[str]]) -> dict[int, float]:
    heights: dict[int, float] = {}
    for one in placed:
        if one.row == one.last_row:
            heights[one.row] = max(heights.get(one.row, 18), len(texts[id(one)]) * (SIZE + 2) + 2 * PAD)
    for one in placed:
        rows = range(one.row, one.last_row + 1)
        lacking = len(texts[id(one)]) * (SIZE + 2) + 2 * PAD - sum(heights.setdefault(row, 18) for row in rows)
        if lacking > 0:
            heights[one.last_row] += lacking
    return heights


def _table(placed: list[Placed], texts: dict[int, list[str]], heights: dict[int, float], xs: list[float], press: Press, first: int, head: int) -> None:
    last = max(one.last_row for one in placed)
    row = first
    while row <= last:
        end, used = row, heights[row]
        room = press.height - press.bottom - press.at
        repeat = head if press.cut == "heads" and row > head else 0
        used += heights[head] if repeat else 0
        while end < last and used + heights[end + 1] <= room:
            end += 1
            used += heights[end]
        if used > room and press.at > press.top + 40:
            press.new_page()
            continue
        if repeat:
            _rows(placed, texts, heights, xs, press, (head, head), True)
        _rows(placed, texts, heights, xs, press, (row, end), False)
        row = end + 1
        if row <= last:
            press.new_page()


def _rows(placed: list[Placed], texts: dict[int, list[str]], heights: dict[int, float], xs: list[float], press: Press, rows: tuple[int, int], again: bool) -> None:
    """Draws the part of a table that lies on one page."""
    first, last = rows
    ys = dict(zip(range(first, last + 2), accumulate((heights[row] for row in range(first, last + 1)), initial=press.at), strict=True))
    for one in placed:
        if one.last_row < first or one.row > last or (again and one.row != first):
            continue
        cut_above, cut_below = one.row < first, one.last_row > last
        box = xs[one.column - 1], ys[max(one.row, first)], xs[one.last_column], ys[min(one.last_row, last) + 1]
        open_ends = press.cut in ("open", "heads")
        press.draw("".join(_sides(press, box, not (cut_above and open_ends), not (cut_below and open_ends), (xs[0], xs[-1]))))
        if not cut_above or press.cut == "again":
            _write(press, box, texts[id(one)])
    press.at = ys[last + 1]


def _write(press: Press, box: tuple[float, float, float, float], lines: list[str]) -> None:
    left, top, _, bottom = box
    at = max(top + PAD, (top + bottom - len(lines) * (SIZE + 2)) / 2)
    for line in lines:
        press.draw(say(left + PAD, at, line, press.height, SIZE) if line else "")
        at += SIZE + 2


def _sides(press: Press, box: tuple[float, float, float, float], top: bool, bottom: bool, outer: tuple[float, float]) -> Iterator[str]:
    x1, y1, x2, y2 = box
    if press.style in SHADES:
        yield _filled(press, box)
        return
    inset = {"gaps": 1.2, "boxes": 2.5}.get(press.style, 0)
    sides = [((x1, y1), (x2, y1))] * top + [((x1, y2), (x2, y2))] * bottom
    sides += [((x, y1), (x, y2)) for x in (x1, x2) if press.style != "sideless" or x not in outer]
    for (a, b), (c, d) in sides:
        # Drawn cell by cell, a rule lies inside its cell.
        into = [v + inset if v == low else v - inset for v, low in ((a, x1), (b, y1), (c, x1), (d, y1))] if inset else [a, b, c, d]
        yield from _rule(press, *into)


def _filled(press: Press, box: tuple[float, float, float, float]) -> str:
    """A cell as a fill, or as a white one upon a black one that is a little larger."""
    layers = {"white cells": (("0 g", -0.4), ("1 g", 0.4)), "coloured cells": (("0.9 0.95 1 rg", 0.5),)}
    own = layers.get(press.style, (("0.9 g" if int(box[0] + box[1]) % 2 else "0.95 g", 0.0),))
    return "".join(f"{colour} {box[0] + by:.2f} {press.height - box[3] + by:.2f} {box[2] - box[0] - 2 * by:.2f} {box[3] - box[1] - 2 * by:.2f} re f 0 g\n" for colour, by in own)


def _rule(press: Press, a: float, b: float, c: float, d: float) -> Iterator[str]:
    h = press.height
    match press.style:
        case "bars":
            yield f"{min(a, c) - 0.25:.2f} {h - max(b, d) - 0.25:.2f} {abs(c - a) + 0.5:.2f} {abs(d - b) + 0.5:.2f} re f\n"
        case "thick bars":
            yield f"{min(a, c) - 2.5:.2f} {h - max(b, d) - 2.5:.2f} {abs(c - a) + 5:.2f} {abs(d - b) + 5:.2f} re f\n"
        case "clips":
            box = f"{min(a, c) - 0.3:.2f} {h - max(b, d) - 0.3:.2f} {abs(c - a) + 0.6:.2f} {abs(d - b) + 0.6:.2f}"
            yield f"q {box} re W n 0 0 {press.width} {press.height} re f Q\n"
        case "dots":
            length = abs(c - a) + abs(d - b)
            for at in range(0, int(length) + 1, 3):
                yield f"{a + (c - a) * at / length - 0.4:.2f} {h - b - (d - b) * at / length - 0.4:.2f} 0.8 0.8 re f\n"
        case "dashes" | "long dashes":
            length = abs(c - a) + abs(d - b)
            dash, step = (3, 5) if press.style == "dashes" else (8, 14)
            for start in range(0, int(length), step):
                p, q = start / length, min(start + dash, length) / length
                yield f"{a + (c - a) * p:.2f} {h - b - (d - b) * p:.2f} m {a + (c - a) * q:.2f} {h - b - (d - b) * q:.2f} l S\n"
        case "double" | "wide double":
            for off in (-0.8, 0.8) if press.style == "double" else (-2.5, 2.5):
                u, v = (off, 0) if a == c else (0, off)
                yield f"{a + u:.2f} {h - b + v:.2f} m {c + u:.2f} {h - d + v:.2f} l S\n"
        case "white":
            yield f"1 1 1 RG {a:.2f} {h - b:.2f} m {c:.2f} {h - d:.2f} l S\n"
        case "hairlines":
            yield f"0 w {a:.2f} {h - b:.2f} m {c:.2f} {h - d:.2f} l S\n"
        case "wobbly":
            off = 0.4 if int(a + b) % 2 else -0.4
            yield f"{a + off:.2f} {h - b + off:.2f} m {c + off:.2f} {h - d + off:.2f} l S\n"
        case _:
            yield f"{a:.2f} {h - b:.2f} m {c:.2f} {h - d:.2f} l S\n"
