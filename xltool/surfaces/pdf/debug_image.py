"""A picture of the pages with the grid that was found drawn over them: for the eye, never for the data."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from xltool.printed import Box, Printed, PrintedPage
from xltool.problems import ProblemError, problem
from xltool.surfaces.pdf.budgets import Budget
from xltool.surfaces.pdf.pdfium import Document

SCALE = 1.5
"""Pixels a point."""
LONGEST = 20
"""Pages in one picture."""
CELL, OPEN, LINE = (220, 40, 40), (255, 150, 0), (30, 110, 220)
"""Colours: the sides of cells, sides that no rule closes, other text."""


def picture(data: bytes, printed: Printed, name: str) -> bytes:
    """A PNG of the pages below each other: cells red, their open sides orange, other lines blue.

    Raises:
        ProblemError: pdf-missing, where the library that draws is not there.
    """
    try:
        from PIL import Image, ImageDraw
    except ImportError:
        raise ProblemError(problem("pdf-missing", name)) from None
    document = Document(data, name, Budget(name))
    try:
        drawn = []
        for page in printed.pages[:LONGEST]:
            for number, by in ((page.number, 0.0), *((seam.page, seam.by) for seam in page.seams)):
                image = document.picture(number, SCALE).convert("RGB")
                _draw(ImageDraw.Draw(image), page, _moved(document.shown(number, SCALE), by))
                drawn.append(image)
    finally:
        document.close()
    whole = Image.new("RGB", (max(one.width for one in drawn), sum(one.height for one in drawn)), "white")
    down = 0
    for image in drawn:
        whole.paste(image, (0, down))
        down += image.height
    held = io.BytesIO()
    whole.save(held, "PNG")
    return held.getvalue()


def _moved(shown: Callable[[float, float], tuple[float, float]], by: float) -> Callable[[float, float], tuple[float, float]]:
    """The function from a place of pages that are read as one to the place on the picture of one of them."""
    return lambda x, y: shown(x - by, y)


def _draw(pen: Any, page: PrintedPage, shown: Callable[[float, float], tuple[float, float]]) -> None:
    for line in page.lines:
        pen.line([shown(*corner) for corner in _corners(line.box)], fill=LINE, width=1)
    for table in page.tables:
        for cell in table.cells:
            corners = [shown(*corner) for corner in _corners(cell.box)]
            pen.line(corners, fill=CELL, width=2)
            if cell.open_top:
                pen.line(corners[:2], fill=OPEN, width=4)
            if cell.open_bottom:
                pen.line(corners[2:4], fill=OPEN, width=4)


def _corners(box: Box) -> list[tuple[float, float]]:
    """The corners of a box from the upper left, clockwise, and the first again."""
    left, top, right, bottom = box
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
