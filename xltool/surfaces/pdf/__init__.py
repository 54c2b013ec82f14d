"""PDF: characters → words → rules → cells → pieces, each step a module of its own.

pdfium gives characters and drawn lines with their places. Rules are the drawn lines, snapped and
merged; cells are what they enclose; what stands in no cell are lines of other text.
"""

from __future__ import annotations

from dataclasses import replace

from xltool.printed import Printed, PrintedPage
from xltool.problems import ProblemError, problem
from xltool.surfaces.pdf.budgets import Budget
from xltool.surfaces.pdf.debug_image import picture
from xltool.surfaces.pdf.facing import edge, sheets
from xltool.surfaces.pdf.instructions import weigh
from xltool.surfaces.pdf.marks import Marks
from xltool.surfaces.pdf.pdfium import Document
from xltool.surfaces.pdf.pieces import pieces

__all__ = ["picture", "read"]


def read(data: bytes, name: str) -> Printed:
    """The pages of a PDF with their tables and lines; ``name`` stands in problems.

    Raises:
        ProblemError: pdf-missing, pdf-broken, pdf-encrypted, pdf-scanned, and the budgets:
            pdf-drawing, pdf-pages, pdf-size, pdf-amount, pdf-time.
    """
    budget = Budget(name)
    layers = weigh(data, budget)
    document = Document(data, name, budget)
    try:
        document.budget.pages(document.count)
        found: dict[int, PrintedPage] = {}
        cut: dict[int, Marks] = {}
        pictures = 0
        for number in range(1, document.count + 1):
            marks = document.marks(number)
            pictures += marks.pictures
            if edge(marks, right=True) or edge(marks, right=False):
                cut[number] = marks
            else:
                found[number] = pieces(marks, number)
        for sheet in sheets(cut):
            found[sheet.number] = replace(pieces(sheet.marks, sheet.number), seams=sheet.seams)
        pages = [found[number] for number in sorted(found)]
        if not any(page.lines or any(cell.text for table in page.tables for cell in table.cells) for page in pages):
            raise ProblemError(problem("pdf-scanned" if pictures else "pdf-empty", name))
        return Printed(tuple(pages), document.title, layers, document.beside)
    finally:
        document.close()
