"""Texts that no cell of Excel can hold: too long, or with characters that XML forbids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from xltool.arrange import place
from xltool.filing import Filing
from xltool.form import Form
from xltool.problems import Problem, ProblemError, problem
from xltool.surfaces.xlsx_writer.grid import content
from xltool.surfaces.xlsx_writer.styles import TEXT

LONGEST = 32767
"""Excel's limit for the text of a cell, in UTF-16 units."""
# A control character has a spelling of its own in a workbook (_x0001_); these have none.
_FORBIDDEN = re.compile("[\ud800-\udfff\ufffe\uffff]")


def refuse(filing: Filing, forms: Mapping[str, Form], texts: set[str]) -> None:
    """Raises a ProblemError that names every text of the filing that does not fit, if one of ``texts`` does not."""
    if any(map(_fault, texts)):
        raise ProblemError(list(_faults(filing, forms)))


def _fault(text: str) -> str:
    """The code of what is wrong with a text; empty where nothing is."""
    if len(text) * 2 > LONGEST and len(text) + sum(character > "\uffff" for character in text) > LONGEST:
        return "workbook-text"
    return "workbook-character" if not text.isascii() and _FORBIDDEN.search(text) else ""


def _faults(filing: Filing, forms: Mapping[str, Form]) -> Iterator[Problem]:
    for number, section in enumerate(filing.sections):
        if section.title and (code := _fault(section.title)):
            yield problem(code, "", path=f"sections[{number}].title")
        for at, entry in enumerate(section.entries):
            for placed in place(forms[entry.form], entry):
                text = content(placed, TEXT)
                if isinstance(text, str) and (code := _fault(text)):
                    yield problem(code, "", path=f"sections[{number}].forms[{at}].{placed.path or placed.cell.caption}")
