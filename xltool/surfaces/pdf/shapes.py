"""What is drawn on a page: straight lines as strokes, fills, seals, pictures and texts.

``raw`` is pdfium's own interface; it is handed in, so that it has one edge.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

from xltool.surfaces.pdf.budgets import DEPTH, Budget
from xltool.surfaces.pdf.marks import Stroke

THIN = 3.0
"""Points: a filled shape that is no thicker is a line, or a dot of one."""
THICK = 7.0
"""Points: a filled shape that is no thicker, and longer than ``LONG`` times as much, is a thick line."""
LONG = 3
SLOPE = 0.7
"""Points that a line may rise and still be straight."""

HAIR = 0.01
"""Points: what is no wider has no width."""
CORNERS = 4
"""Points of a rectangle."""
ROUND = 12
"""Points of the curves that make a circle."""
SEAL = 40.0, 260.0
"""Points: how wide and high a seal is."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)


class Frame(NamedTuple):
    """The page's box in its own coordinates, and by how many quarters its text is turned clockwise."""

    box: tuple[float, float, float, float]
    quarters: int = 0

    @property
    def size(self) -> Point:
        """Width and height of the page as it is read."""
        left, bottom, right, top = self.box
        wide, high = right - left, top - bottom
        return (high, wide) if self.quarters % 2 else (wide, high)

    def turned(self, x: float, y: float) -> Point:
        """A point of the page from the top left corner of the page as it is read."""
        left, bottom, right, top = self.box
        match self.quarters:
            case 1:
                return top - y, right - x
            case 2:
                return right - x, y - bottom
            case 3:
                return y - bottom, x - left
        return x - left, top - y


    def around(self, box: Box) -> Box:
        """A box of the page as left, top, right and bottom of the page as it is read."""
        (x, y), (x2, y2) = self.turned(*box[:2]), self.turned(*box[2:])
        return min(x, x2), min(y, y2), max(x, x2), max(y, y2)


def key(thing: Any) -> int:
    return ctypes.cast(thing, ctypes.c_void_p).value or 0


class Fill(NamedTuple):
    """A filled shape: its order on the page, its box, the thing itself (none for a picture, which has no colour of its
    own), and whether it is as large as its box."""

    order: int
    box: Box
    thing: Any
    square: bool


class Shapes:
    """The strokes of a page, its texts with their order, and what may hide or carry them: fills, pictures, seals."""

    def __init__(self, raw: Any, frame: Frame, budget: Budget, page: int) -> None:
        self.raw, self.frame, self.budget, self.page = raw, frame, budget, page
        self.strokes: list[Stroke] = []
        self.texts: list[tuple[Any, Matrix, int]] = []
        self.fills: list[Fill] = []
        self.seals: list[tuple[Box, Any]] = []
        self.pictures = 0
        self.covered = 0.0
        self.seen = 0
        self.numbers = [ctypes.c_float() for _ in range(4)]

    def collect(self, count: Any, get: Any, holder: Any, matrix: Matrix, depth: int) -> None:
        """Takes in what a page or a form holds."""
        raw = self.raw
        for at in range(count(holder)):
            self.seen += 1
            self.budget.objects(self.page, self.seen)
            thing = get(holder, at)
            kind = raw.FPDFPageObj_GetType(thing)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(thing, matrix)
            elif kind == raw.FPDF_PAGEOBJ_TEXT:
                self.texts.append((thing, matrix, self.seen))
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._image(thing, matrix)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEPTH:
                inner = times(self._matrix(thing), matrix)
                self.collect(raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, thing, inner, depth + 1)

    def _matrix(self, thing: Any) -> Matrix:
        found = self.raw.FS_MATRIX()
        if not self.raw.FPDFPageObj_GetMatrix(thing, ctypes.byref(found)):
            return UNMOVED
        return found.a, found.b, found.c, found.d, found.e, found.f

    def bounds(self, thing: Any, matrix: Matrix) -> Box:
        """Left, bottom, right, top of a thing on the page."""
        if not self.raw.FPDFPageObj_GetBounds(thing, *self.numbers):
            return 0, 0, 0, 0
        left, bottom, right, top = (number.value for number in self.numbers)
        if matrix is UNMOVED:
            return left, bottom, right, top
        return around([moved(matrix, x, y) for x in (left, right) for y in (bottom, top)])

    def widened(self) -> bool:
        """True where a text of no width was given one, so that the page's text has to be read again.

        On a machine without the font that a file only names, a letter has a place and no shape, and pdfium leaves out a
        text that is as wide as its shapes: a letter alone on its line. The width of a line around it brings it back.
        """
        raw, found = self.raw, False
        left, _, right, _ = self.numbers
        for thing, _, _ in self.texts:
            if raw.FPDFPageObj_GetBounds(thing, *self.numbers) and right.value - left.value < HAIR and raw.FPDFTextObj_GetTextRenderMode(thing) == raw.FPDF_TEXTRENDERMODE_FILL:
                font = raw.FPDFTextObj_GetFont(thing)
                if font and not raw.FPDFFont_GetIsEmbedded(font):
                    raw.FPDFTextObj_SetTextRenderMode(thing, raw.FPDF_TEXTRENDERMODE_FILL_STROKE)
                    raw.FPDFPageObj_SetStrokeWidth(thing, 1.0)
                    raw.FPDFPageObj_Transform(thing, *UNMOVED)
                    found = True
        return found

    def _image(self, thing: Any, matrix: Matrix) -> None:
        """A picture; one as thin as a line is one."""
        box = left, bottom, right, top = self.bounds(thing, matrix)
        self.pictures += 1
        self.covered = max(self.covered, (right - left) * (top - bottom))
        self.fills.append(Fill(self.seen, box, None, True))
        if min(right - left, top - bottom) <= THIN:
            self._bar(box)

    def clip(self, thing: Any, matrix: Matrix) -> Box | None:
        """The box that a thing is clipped to; None where it is not."""
        raw = self.raw
        path = raw.FPDFPageObj_GetClipPath(thing)
        if not path or (count := raw.FPDFClipPath_CountPaths(path)) < 1:
            return None
        clips = [around(points) for at in range(count) if (points := self._clip_points(path, at, matrix))]
        return (max(one[0] for one in clips), max(one[1] for one in clips), min(one[2] for one in clips), min(one[3] for one in clips)) if clips else None

    def _clip_points(self, path: Any, at: int, matrix: Matrix) -> list[Point]:
        raw = self.raw
        segments = (raw.FPDFClipPath_GetPathSegment(path, at, number) for number in range(raw.FPDFClipPath_CountPathSegments(path, at)))
        return [moved(matrix, *self._point(segment)) for segment in segments]

    def _point(self, segment: Any) -> Point:
        x, y = self.numbers[:2]
        self.raw.FPDFPathSegment_GetPoint(segment, x, y)
        return x.value, y.value

    def _path(self, thing: Any, matrix: Matrix) -> None:
        """The strokes of a path: every straight part of a drawn line, and every filled shape that is as thin as one."""
        raw = self.raw
        fill, drawn = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(thing, fill, drawn)
        if not (fill.value or drawn.value):
            return
        whole = times(self._matrix(thing), matrix)
        for points, curves in self._subpaths(thing, whole):
            box = around(points)
            if drawn.value:
                for at, (one, other) in enumerate(zip(points, points[1:], strict=False), 1):
                    # The points that bend a curve lie beside it: no line leads over them.
                    if at not in curves:
                        self._line(one, other)
                if len(curves) >= ROUND and all(SEAL[0] <= side <= SEAL[1] for side in (box[2] - box[0], box[3] - box[1])):
                    self.seals.append((box, thing))
            elif self._bar(box):
                continue
            if fill.value and (seen := self._within(box, thing, matrix)) and (drawn.value or seen == box or not self._bar(seen)):
                self.fills.append(Fill(self.seen, seen, thing, not curves and len({*points}) <= CORNERS))

    def _within(self, box: Box, thing: Any, matrix: Matrix) -> Box | None:
        """What is seen of a box within what a thing is clipped to; None where nothing is. A large fill may be clipped to a line."""
        clip = self.clip(thing, matrix)
        if clip is None:
            return box
        left, bottom, right, top = max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3])
        return (left, bottom, right, top) if left <= right and bottom <= top else None

    @property
    def areas(self) -> list[Box]:
        """The filled rectangles that are no lines, as left, top, right, bottom of the page as it is read."""
        boxes = (self.frame.around(one.box) for one in self.fills if one.square and one.thing is not None)
        return [box for box in boxes if min(box[2] - box[0], box[3] - box[1]) > THICK]

    def _subpaths(self, thing: Any, matrix: Matrix) -> Iterator[tuple[list[Point], set[int]]]:
        """The points of each part of a path, and which of them are those of curves."""
        raw = self.raw
        points: list[Point] = []
        curves: set[int] = set()
        count = raw.FPDFPath_CountSegments(thing)
        self.seen += count // 8
        self.budget.objects(self.page, self.seen)
        for at in range(count):
            segment = raw.FPDFPath_GetPathSegment(thing, at)
            point = moved(matrix, *self._point(segment))
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points, curves
                points, curves = [point], set()
            else:
                if kind == raw.FPDF_SEGMENT_BEZIERTO:
                    curves.add(len(points))
                points.append(point)
            if raw.FPDFPathSegment_GetClose(segment) and points:
                points.append(points[0])
        if len(points) > 1:
            yield points, curves

    def _bar(self, box: Box) -> bool:
        """True for a filled shape that is thin: the line along its middle; a dot may be of a line either way."""
        left, bottom, right, top = box
        wide, high = right - left, top - bottom
        dot = max(wide, high) <= min(THIN, 2 * min(wide, high))
        lies, stands = dot or high <= min(THIN, wide) or high <= min(THICK, wide / LONG), dot or wide <= min(THIN, high) or wide <= min(THICK, high / LONG)
        if lies:
            self._line((left, (top + bottom) / 2), (right, (top + bottom) / 2))
        if stands:
            self._line(((left + right) / 2, bottom), ((left + right) / 2, top))
        return lies or stands

    def _line(self, one: Point, other: Point) -> None:
        (x, y), (x2, y2) = self.frame.turned(*one), self.frame.turned(*other)
        wide, high = abs(x2 - x), abs(y2 - y)
        if high <= SLOPE and wide > high:
            self.strokes.append(Stroke(True, (y + y2) / 2, min(x, x2), max(x, x2)))
        elif wide <= SLOPE and high > wide:
            self.strokes.append(Stroke(False, (x + x2) / 2, min(y, y2), max(y, y2)))


def around(points: list[Point]) -> Box:
    """The box around points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def moved(matrix: Matrix, x: float, y: float) -> Point:
    """A point where a matrix puts it."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def times(one: Matrix, then: Matrix) -> Matrix:
    """The matrix that does one and then the other."""
    if then is UNMOVED:
        return one
    a, b, c, d, e, f = one
    turned: Matrix = (*then[:4], 0, 0)
    return *moved(turned, a, b), *moved(turned, c, d), *moved(then, e, f)
