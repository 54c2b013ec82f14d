"""What reading may cost: every limit by its name, in one place, and which of them a user has raised.

A limit stands far above what real filings need and far below what harms a machine of an office. A reader
asks ``limit(name)`` and refuses with ``over(code, place, name)``, whose message says how to raise it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache

from xltool.problems import ProblemError, problem

ENVIRONMENT = "XLTOOL_BUDGETS"
"""Budgets as on the command line, parted by commas or blanks; processes that are started inherit them."""
MB, KB = 2**20, 2**10
_UNITS = {"MB": MB, "KB": KB}


def _in(unit: str, usual: int) -> int:
    """A field in a unit other than a count."""
    return field(default=usual, metadata={"unit": unit})


@dataclass(frozen=True, slots=True)
class Budgets:
    """The limits. A field is a count, or in the unit that it states; each name is that of ``--budget``."""

    # The real filings have a few MB; the largest collection that was seen, a district's PDF, has 30.
    file_size: int = _in("MB", 100)
    # A thousand forms on one sheet inflate to about 1 MB of cells, styles and texts.
    inflated: int = _in("MB", 100)
    # A thousand forms share 1 MB of texts; a parser takes three times what there are, each beside the others.
    shared_texts: int = _in("MB", 48)
    # The content.xml of an .ods is read in pieces and never in memory whole.
    streamed: int = _in("MB", 200)
    # An archive of filings is read member by member, each as large as a file may be.
    archive: int = _in("MB", 1024)
    # The parts that stand beside a Word document's text (styles, numbering, comments) are read whole.
    side_part: int = _in("MB", 4)
    # A workbook has a part for each sheet and picture; an archive, a file for each unit of a city.
    members: int = 20_000
    # A thousand forms hold 420,000 squares of a sheet, those that their merges cover included.
    squares: int = 500_000
    # The parser lays out the whole used range, at 120 bytes for an empty square; formats alone do not count.
    used_range: int = 1_000_000
    # Squares under merges: forms of a thousand rows over a dozen columns have a tenth of it.
    merged: int = 2_000_000
    # Merges of one blank form: the largest official one has 90.
    merges: int = 20_000
    # Elements in elements, of web pages and XML: a page has some 40. A page's parser takes their square.
    depth: int = 200
    # LibreOffice writes 25 KB for a form, Excel 60; the parser's tree takes several times the page.
    html_size: int = _in("MB", 32)
    # Cells of a web page: those of a thousand forms, at 700 bytes of memory each.
    html_cells: int = 150_000
    # Parts of a saved page: one a picture, one a sheet.
    mht_parts: int = 2_000
    # Cells and paragraphs of a Word document: a thousand forms have 420,000 cells.
    document_parts: int = 500_000
    # Tables inside tables; a form inside two or three layout tables is the most that is seen.
    nested_tables: int = 20
    # A form as text has 3 KB; of a long text, each line is weighed against every form's captions.
    text: int = _in("MB", 8)
    # A mapping has some 5 KB.
    mapping_size: int = _in("KB", 256)
    # form → tables → fields → a field → its words.
    mapping_depth: int = 12
    # A decision about a relation has 80 bytes without its comments; a city's forms have some thousands.
    decisions_size: int = _in("KB", 2048)
    # A waiver has 250 bytes; a bureau's year has some thousands.
    waivers_size: int = _in("KB", 2048)
    # A form has 7 KB with its source.
    json_size: int = _in("MB", 32)
    # Values and containers: a form has some 300, each takes up to 100 bytes of memory.
    json_values: int = 1_000_000
    # The canonical JSON is 8 levels deep, its source included.
    json_depth: int = 24
    # A district's whole 汇总表 has some hundreds of pages.
    pdf_pages: int = 2_000
    # Characters on one page; a dense page has 5,000.
    pdf_characters: int = 100_000
    # Drawn things on one page, those inside its forms included.
    pdf_objects: int = 50_000
    # Drawing instructions of one page, those of its forms as often as they are drawn.
    pdf_drawing: int = _in("MB", 4)
    # From the opening of the document; a page takes some 20 ms.
    pdf_seconds: int = _in("s", 60)
    # One file among many; a PDF's own reader gives up earlier.
    seconds: int = _in("s", 120)
    # A process that converts files among many, the program itself included. Windows knows no such limit.
    memory: int = _in("MB", 2048)


USUAL = Budgets()
_SET: ContextVar[Budgets | None] = ContextVar("budgets", default=None)
_UNIT = {one.name: str(one.metadata.get("unit", "")) for one in fields(Budgets)}


def current() -> Budgets:
    """The budgets in force here: those of ``using``, else the environment's.

    Raises:
        ProblemError: budget-unknown, budget-value: the environment holds something else.
    """
    return _SET.get() or _of_environment(os.environ.get(ENVIRONMENT, ""))


def limit(name: str) -> int:
    """The limit of a name in force here; sizes in bytes."""
    return int(getattr(current(), name)) * _UNITS.get(_UNIT[name], 1)


def over(code: str, place: str, name: str, **words: object) -> ProblemError:
    """The error of this code that names the budget and its limit."""
    return ProblemError(problem(code, place, limit=getattr(current(), name), budget=written(name), **words))


def megabytes(size: int) -> int:
    """Bytes in whole MB, rounded upwards: what is over a limit is told as more than the limit."""
    return -(-size // MB)


@contextmanager
def using(budgets: Budgets) -> Iterator[None]:
    """These budgets are in force inside: in this thread, and in what it awaits."""
    before = _SET.set(budgets)
    try:
        yield
    finally:
        _SET.reset(before)


def raised(words: Iterable[str], budgets: Budgets) -> Budgets:
    """The budgets with those that ``NAME=VALUE`` sets, in the budget's own unit.

    Raises:
        ProblemError: budget-unknown, budget-value.
    """
    for word in words:
        name, _, value = word.partition("=")
        key = name.strip().replace("-", "_")
        if key not in _UNIT:
            raise ProblemError(problem("budget-unknown", "", what=name.strip(), known=", ".join(map(written, _UNIT))))
        number = value.strip().removesuffix(_UNIT[key]).strip()
        if not (number.isascii() and number.isdecimal() and 0 < len(number) <= 9 and int(number)):
            raise ProblemError(problem("budget-value", "", what=written(key), found=value.strip()))
        budgets = replace(budgets, **{key: int(number)})
    return budgets


def table(budgets: Budgets) -> list[tuple[str, str]]:
    """Each budget as it is written on the command line, with its limit and unit: ``inflated``, ``100 MB``."""
    return [(written(name), f"{getattr(budgets, name):,} {unit}".strip()) for name, unit in _UNIT.items()]


def written(name: str) -> str:
    """A budget's name as people write it."""
    return name.replace("_", "-")


@lru_cache(maxsize=8)
def _of_environment(words: str) -> Budgets:
    return raised(words.replace(",", " ").split(), USUAL)
