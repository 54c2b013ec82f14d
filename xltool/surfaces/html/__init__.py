"""A web page, or a workbook saved as one (.html, .xls, .mht), as a book of grids: a table each, with the page's text around it."""

from __future__ import annotations

from xltool import budgets
from xltool.grid import Book, Grid
from xltool.surfaces.html.archive import pages
from xltool.surfaces.html.encoding import decode
from xltool.surfaces.html.grids import grids
from xltool.surfaces.html.page import blocks


def read(data: bytes, name: str) -> Book:
    """The tables of a page; ``name`` stands in problems.

    Raises:
        ProblemError: html-missing, html-depth, text-encoding, workbook-range, workbook-merges.
    """
    if len(data) > budgets.limit("html_size"):
        raise budgets.over("file-text", name, "html_size", found=budgets.megabytes(len(data)))
    page = blocks(decode(data, "", name), name)
    return Book(grids(page, page.sheets, name), page.properties)


def read_mht(data: bytes, name: str) -> Book:
    """The tables of all pages of a web archive, in order.

    Raises:
        ProblemError: as ``read`` does; workbook-broken where it holds no page.
    """
    if len(data) > 2 * budgets.limit("html_size"):
        # Packed as text, a page takes a third more, and pictures stand beside it.
        raise budgets.over("file-text", name, "html_size", found=budgets.megabytes(len(data)))
    found = [blocks(decode(raw, charset, name), name) for raw, charset in pages(data, name)]
    names = next((page.sheets for page in found if page.sheets), ())
    properties: dict[str, str] = {}
    made: list[Grid] = []
    for page in found:
        own = grids(page, names[len(made) :], name, first=len(made) + 1)
        made.extend(own)
        properties = {**page.properties, **properties}
    return Book(tuple(made), properties)
