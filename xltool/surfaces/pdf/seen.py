"""Which texts of a page are read: not what is clipped away, painted over or without a colour of its own, and not what
is stamped or printed across the page.

``raw`` is pdfium's own interface; it is handed in, so that it has one edge.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any, NamedTuple

from xltool.surfaces.pdf.shapes import Box, Fill, Matrix, Shapes, key

SLANT = 0.08
"""How far a text may rise, in its length, and still be set straight, as on a page that was scanned askew."""
WHITE, LIGHT = 245, 185
"""Of 255: a text that is lighter is not seen on paper, and is no more than a watermark."""
DARK = 16
"""Of 255: what is no lighter is black."""
WHOLE = 0.9
"""The share of the texts of a page that are set askew where it was scanned so."""
BAND = 100.0
"""Points: fills are looked up by the bands that they reach into."""
MOST = 5000
"""Fills that may hide or carry texts: a page of more is a drawing."""
COVER = 2.0
"""Points by which a text may reach over what it is painted over with."""
SLANTED, PALE, STAMPED, UNSEEN, COVERED = "斜印的水印", "浅色的水印", "印章上的文字", "看不见的文字", "被盖住的文字"
NOT_SEEN = 3
"""The render mode of a text that is neither filled nor stroked: the text layer of a scan."""


class Odd(NamedTuple):
    """A text that is not read, or not all of it: its box, the box that it is clipped to, and what it is.

    One that is clipped has no ``why``: what is clipped away of a text is nothing.
    """

    box: Box
    clip: Box | None = None
    why: str = ""

    def near(self, x: float, y: float, height: float) -> bool:
        """True where a character may be of the text. A letter's ink may stand at one side of the place that it is set
        in, as that of a bracket does: its middle lies off the box of the ink then."""
        left, bottom, right, top = self.box
        return left - height <= x <= right + height and bottom - height <= y <= top + height

    def hides(self, x: float, y: float) -> bool:
        """True where a point of the text is not read."""
        if self.clip is None:
            return True
        left, bottom, right, top = self.clip
        return not (left <= x <= right and bottom <= y <= top)


class Sight:
    """The texts of a page as they are seen. ``recognised`` is true where none is: a layer of text over a scan."""

    def __init__(self, raw: Any, shapes: Shapes) -> None:
        self.raw, self.shapes = raw, shapes
        self.matrix = raw.FS_MATRIX()
        self.pointer = ctypes.byref(self.matrix)
        self.colours = [ctypes.c_uint() for _ in range(4)]
        self.fills: dict[int, list[Fill]] = {}
        for fill in shapes.fills[:MOST]:
            for band in range(int(fill.box[1] // BAND), int(fill.box[3] // BAND) + 1):
                self.fills.setdefault(band, []).append(fill)
        self.last = shapes.fills[-1].order if shapes.fills else 0
        self.odd: dict[int, Odd] = {}
        self.recognised = False
        self._judge()

    def _judge(self) -> None:
        raw, odd = self.raw, self.odd
        slanted: dict[int, Odd] = {}
        layer: dict[int, Odd] = {}
        bounds, mode = self.shapes.bounds, raw.FPDFTextObj_GetTextRenderMode
        for thing, matrix, order in self.shapes.texts:
            if not order % 100:
                self.shapes.budget.time(self.shapes.page)
            if clip := self.shapes.clip(thing, matrix):
                box = bounds(thing, matrix)
                if box[0] < clip[0] or box[1] < clip[1] or box[2] > clip[2] or box[3] > clip[3]:
                    odd[key(thing)] = Odd(box, clip)
            lies_slanted = self._slanted(thing, matrix)
            if mode(thing) == NOT_SEEN:
                layer[key(thing)] = Odd(bounds(thing, matrix), None, UNSEEN)
            elif self.shapes.seals and self._stamped(thing, bounds(thing, matrix), lies_slanted):
                odd[key(thing)] = Odd(bounds(thing, matrix), None, STAMPED)
            elif lies_slanted:
                slanted[key(thing)] = Odd(bounds(thing, matrix), None, SLANTED)
            elif (light := self._light(thing)) > LIGHT and not self._on_dark(bounds(thing, matrix), order):
                odd[key(thing)] = Odd(bounds(thing, matrix), None, UNSEEN if light > WHITE else PALE)
            elif order < self.last and self._covered(bounds(thing, matrix), order):
                odd[key(thing)] = Odd(bounds(thing, matrix), None, COVERED)
        # Where nothing is set straight, or nothing is seen, that is the text of the page.
        count = len(self.shapes.texts)
        self.recognised = 2 * len(layer) > count
        if not self.recognised:
            odd |= layer
        if len(slanted) < WHOLE * count:
            odd |= slanted

    def _slanted(self, thing: Any, matrix: Matrix) -> bool:
        found = self.matrix
        if not self.raw.FPDFPageObj_GetMatrix(thing, self.pointer):
            return False
        a, b = float(found.a), float(found.b)
        if matrix[1] or matrix[2]:
            a, b = matrix[0] * a + matrix[2] * b, matrix[1] * a + matrix[3] * b
        return a != 0 != b and min(abs(a), abs(b)) > SLANT * max(abs(a), abs(b))

    def _stamped(self, thing: Any, box: Box, slanted: bool) -> bool:
        """True for a text within a seal, in its colour or along its edge."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        for (left, bottom, right, top), seal in self.shapes.seals:
            wide, high = (right - left) / 2, (top - bottom) / 2
            if ((x - left - wide) / wide) ** 2 + ((y - bottom - high) / high) ** 2 < 1:
                colour = self._colour(self.raw.FPDFPageObj_GetStrokeColor, seal)
                return slanted or (max(colour[:3]) > DARK and colour == self._colour(self.raw.FPDFPageObj_GetFillColor, thing))
        return False

    def _colour(self, get: Any, thing: Any) -> tuple[int, int, int, int]:
        """Red, green, blue and how opaque; black where the thing has none of its own."""
        red, green, blue, opaque = self.colours
        return (red.value, green.value, blue.value, opaque.value) if get(thing, red, green, blue, opaque) else (0, 0, 0, 255)

    def _light(self, thing: Any) -> float:
        """How light a thing is on white paper, of 255."""
        red, green, blue, opaque = self._colour(self.raw.FPDFPageObj_GetFillColor, thing)
        return 255 - (255 - 0.3 * red - 0.59 * green - 0.11 * blue) * opaque / 255

    def _on_dark(self, box: Box, order: int) -> bool:
        """True where the last thing painted below a text is no paper."""
        below = [fill for fill in self._around(box) if fill.order < order and _holds(fill.box, box)]
        if not below:
            return False
        thing = max(below, key=_order).thing
        return thing is None or self._light(thing) <= WHITE

    def _covered(self, box: Box, order: int) -> bool:
        """True for a text that something opaque is painted over."""
        return any(fill.order > order and fill.square and _holds(fill.box, box) and self._opaque(fill.thing) for fill in self._around(box))

    def _opaque(self, thing: Any) -> bool:
        if thing is None or self.raw.FPDFPageObj_HasTransparency(thing):
            return False
        return self._colour(self.raw.FPDFPageObj_GetFillColor, thing)[3] == 255

    def _around(self, box: Box) -> Sequence[Fill]:
        return self.fills.get(int((box[1] + box[3]) / 2 // BAND), ())


def _order(fill: Fill) -> int:
    return fill.order


def _holds(outer: Box, inner: Box) -> bool:
    """True where a box lies within another, or hardly beyond it."""
    return outer[0] - COVER <= inner[0] and outer[1] - COVER <= inner[1] and inner[2] <= outer[2] + COVER and inner[3] <= outer[3] + COVER
