"""One form as a small file of every kind that is read: what the altered files are made from."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from html import escape
from pathlib import Path

from tests.edits.made import FORMS
from tests.hazards.altered import packed
from tests.pdf.paper import pdf
from tests.pdf.printer import Press, printed
from tests.surfaces.test_binary_workbook import as_xlsb
from tests.surfaces.test_html import mht
from tests.surfaces.test_spreadsheet_ml import as_excel_writes
from tests.word import made as word
from xltool.canonical import from_json
from xltool.filing import Filing
from xltool.surfaces import json_file, xlsx_reader, xlsx_writer

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "self-evaluation"
KINDS = ("xlsx", "xls", "xlsb", "ods", "xml", "html", "mht", "docx", "pdf", "csv", "tsv", "txt", "md", "json", "yaml", "zip")


@cache
def filing() -> Filing:
    """The first form of the sample."""
    document = json.loads((SAMPLE / "filing.json").read_text("utf-8"), parse_float=Decimal)
    first = document["sections"][0]
    return from_json({**document, "sections": [{**first, "forms": first["forms"][:1]}]}, FORMS)


@cache
def seed(kind: str) -> bytes:
    """The file of a kind; of kinds that no code here writes, the sample that LibreOffice made."""
    match kind:
        case "xlsx":
            return xlsx_writer.write(filing(), FORMS)
        case "xlsb":
            return as_xlsb(seed("xlsx"))
        case "xml":
            return as_excel_writes(seed("xlsx"))
        case "html":
            return page().encode()
        case "mht":
            return mht(page())
        case "docx":
            return word.written(filing(), FORMS)
        case "pdf":
            return pdf(printed(filing(), Press()))
        case "csv":
            return csv().encode("gb18030")
        case "json":
            return json_file.write(filing(), FORMS)
        case "yaml":
            return (ROOT / "mappings" / "target-declaration.yaml").read_bytes()
        case "zip":
            return zipped()
    return (SAMPLE / f"filing.{kind}").read_bytes()


def page() -> str:
    """The sheet as a web page."""
    rows: dict[int, str] = {}
    for cell in xlsx_reader.read(seed("xlsx"), "a.xlsx").grids[0].cells:
        spans = f"rowspan={cell.last_row - cell.row + 1} colspan={cell.last_column - cell.column + 1}"
        rows[cell.row] = rows.get(cell.row, "") + f"<td {spans}>{escape(cell.text)}</td>"
    return f"<html><title>甲</title><body><p>一</p><table>{''.join(f'<tr>{cells}</tr>' for cells in rows.values())}</table></html>"


def csv() -> str:
    """The sheet as a spreadsheet program exports it."""
    [grid, *_] = xlsx_reader.read(seed("xlsx"), "a.xlsx").grids
    rows = [[""] * grid.last_column for _ in range(max(cell.last_row for cell in grid.cells))]
    for cell in grid.cells:
        rows[cell.row - 1][cell.column - 1] = '"' + cell.text.replace('"', '""') + '"'
    return "\r\n".join(",".join(row) for row in rows)


def zipped() -> bytes:
    """An archive with two filings."""
    return packed({"甲/一.txt": seed("txt"), "乙.json": seed("json")})
