"""Reading PDF beside pypdfium2 reading the characters and rules of the same pages, and nothing else."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from bench.inputs import filing
from bench.rounds import Work
from tests.pdf.paper import pdf as paper
from tests.pdf.printer import Press, printed
from xltool.filing import Filing
from xltool.library import forms
from xltool.recovery.page_reading import read_pages
from xltool.surfaces import pdf

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
MOST = 15
"""Forms in a document at the most, two or three pages each."""


def works(size: int, rounds: int) -> Iterator[Work]:
    """The works on prints by LibreOffice and on documents drawn by hand, one for each round."""
    known, size = forms(), min(size, MOST)
    books = [paper(printed(filing(size, known, seed=300 + number), Press())) for number in range(rounds + 1)]
    peer = "pypdfium2, characters and rules"
    yield Work(f"read {size} forms of a PDF", peer, lambda number: read(books[number]), lambda number: read_by_pdfium(books[number]), 5, 3)
    prints = [file.read_bytes() for file in sorted(SAMPLES.glob("*/filing.pdf"))]
    yield Work("read the prints of the samples", peer, lambda _: [read(one) for one in prints], lambda _: [read_by_pdfium(one) for one in prints], 5, 3)


def read(data: bytes) -> Filing:
    """The filing that a PDF holds."""
    return read_pages(pdf.read(data, "book.pdf"), forms(), "book.pdf").filing


def read_by_pdfium(data: bytes) -> tuple[int, int]:
    """Reads every character with its box and every part of every path; how many there are of each."""
    characters = parts = 0
    document = pypdfium2.PdfDocument(data)
    box, x, y = raw.FS_RECTF(), ctypes.c_float(), ctypes.c_float()
    pointer = ctypes.byref(box)
    for page in document:
        text = page.get_textpage()
        said = text.get_text_range()
        places = []
        for at in range(text.count_chars()):
            raw.FPDFText_GetLooseCharBox(text.raw, at, pointer)
            places.append((box.left, box.bottom, box.right, box.top))
        characters += min(len(said), len(places))
        for thing in range(raw.FPDFPage_CountObjects(page.raw)):
            drawn = raw.FPDFPage_GetObject(page.raw, thing)
            if raw.FPDFPageObj_GetType(drawn) == raw.FPDF_PAGEOBJ_PATH:
                for number in range(raw.FPDFPath_CountSegments(drawn)):
                    raw.FPDFPathSegment_GetPoint(raw.FPDFPath_GetPathSegment(drawn, number), x, y)
                    parts += 1
        text.close()
        page.close()
    document.close()
    return characters, parts
