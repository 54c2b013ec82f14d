"""The surfaces of the bench: which program makes each of which other, and what reading it back must reach."""

from __future__ import annotations

from dataclasses import dataclass

from bench.fidelity.programs import (
    Run,
    by_pdfium,
    by_pdfminer,
    each,
    java,
    library,
    soffice,
    spreadsheet_ml,
)

STRUCTURE = "structure"
"""The table is kept: every form exact."""
ORDER = "order"
"""Text in reading order: 99.5 % of the fields."""
SCRAMBLED = "scrambled"
"""Text whose order the converter scrambled: every wrong or missing field is named by a doubt."""
GOALS = {STRUCTURE: "100 % exact", ORDER: "≥ 99.5 % fields", SCRAMBLED: "no silent field"}


@dataclass(frozen=True, slots=True)
class Surface:
    """One way that a filing takes: ``name``, made by ``run`` of the files of surface ``of`` (none: of the workbook).

    One without a goal is only a step to another.
    ``sheetwise``: each sheet is a file of its own, named after it.
    """

    name: str
    goal: str
    suffix: str
    needs: str
    run: Run
    of: str = ""
    sheetwise: bool = False


_CSV = "csv:Text - txt - csv (StarCalc):{},34,76,1,,0,false,true,false,false,false,-1"
_EXTRACTORS: tuple[tuple[str, str, Run, str, str], ...] = (
    ("pdftotext -layout", "pdftotext", each(".txt", "pdftotext", "-layout", "-enc", "UTF-8", "{}", "{out}"), ORDER, ORDER),
    ("pdftotext", "pdftotext", each(".txt", "pdftotext", "-enc", "UTF-8", "{}", "{out}"), SCRAMBLED, SCRAMBLED),
    ("pdftotext -raw", "pdftotext", each(".txt", "pdftotext", "-raw", "-enc", "UTF-8", "{}", "{out}"), SCRAMBLED, ORDER),
    ("pdfium text", "python:pypdfium2", library("pypdfium2", by_pdfium), SCRAMBLED, ORDER),
    ("pdfminer", "python:pdfminer", library("pdfminer.high_level", by_pdfminer), SCRAMBLED, SCRAMBLED),
    ("pdfbox", "java", java(), SCRAMBLED, ORDER),
)
"""Name, need, call, and the goals for Calc's print and for Writer's, whose stream follows the reading order."""


def surfaces() -> tuple[Surface, ...]:
    """Every surface; what another is made of stands before it."""
    return (
        Surface("xlsx", STRUCTURE, ".xlsx", "soffice", soffice("xlsx:Calc MS Excel 2007 XML")),
        Surface("xls", STRUCTURE, ".xls", "soffice", soffice("xls:MS Excel 97")),
        Surface("ods", STRUCTURE, ".ods", "soffice", soffice("ods")),
        Surface("fods", "", ".fods", "soffice", soffice("fods")),
        Surface("SpreadsheetML", STRUCTURE, ".xml", "xsltproc", spreadsheet_ml, "fods"),
        Surface("html", STRUCTURE, ".html", "soffice", soffice("html:HTML (StarCalc)")),
        Surface("csv", STRUCTURE, ".csv", "soffice", soffice(_CSV.format(44)), sheetwise=True),
        Surface("tsv", STRUCTURE, ".csv", "soffice", soffice(_CSV.format(9)), sheetwise=True),
        Surface("pdf", STRUCTURE, ".pdf", "soffice", soffice("pdf:calc_pdf_Export")),
        Surface("docx", STRUCTURE, ".docx", "writer", soffice("docx:MS Word 2007 XML", "HTML (StarWriter)"), "html"),
        Surface("Writer pdf", STRUCTURE, ".pdf", "writer", soffice("pdf:writer_pdf_Export"), "docx"),
        Surface("pandoc html", STRUCTURE, ".html", "pandoc", _pandoc("html", ".html", "html"), "html"),
        Surface("pandoc grid", STRUCTURE, ".md", "pandoc", _pandoc("html", ".md", "markdown-simple_tables-multiline_tables-pipe_tables"), "html"),
        Surface("pandoc pipe", STRUCTURE, ".md", "pandoc", _pandoc("html", ".md", "markdown-simple_tables-multiline_tables-grid_tables"), "html"),
        Surface("pandoc plain", STRUCTURE, ".txt", "pandoc", _pandoc("html", ".txt", "plain"), "html"),
        Surface("pandoc docx", STRUCTURE, ".md", "pandoc", _pandoc("docx", ".md", "gfm"), "docx"),
        *(Surface(f"Calc pdf, {name}", calc, ".txt", needs, run, "pdf") for name, needs, run, calc, _ in _EXTRACTORS),
        *(Surface(f"Writer pdf, {name}", goal, ".txt", needs, run, "Writer pdf") for name, needs, run, _, goal in _EXTRACTORS),
    )  # fmt: skip


def _pandoc(read: str, suffix: str, write: str) -> Run:
    return each(suffix, "pandoc", "-f", read, "-t", write, "{}", "-o", "{out}")
