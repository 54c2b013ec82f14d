"""Run by a Python that has LibreOffice's bridge (uno): the edits of a file of jobs, done by LibreOffice itself.

    python by_libreoffice.py PIPE JOBS.json

A job is {"source", "out", "sheet", "steps"}; rows and columns count from 1.
"""

import json
import sys
import time
from pathlib import Path

import uno  # type: ignore[import-not-found]  # the bridge lives in the system's Python
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]


def connected(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.25)
    raise SystemExit("LibreOffice does not answer")


def said(name, value):
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def covered(sheet, cell):
    """True where the cell lies inside a merge that begins above it."""
    cursor = sheet.createCursorByRange(cell)
    cursor.collapseToMergedArea()
    return cursor.RangeAddress.StartRow < cell.CellAddress.Row


def write(sheet, row, column, content):
    cell = sheet.getCellByPosition(column - 1, row - 1)
    if isinstance(content, (int, float)):
        cell.setValue(content)
    else:
        cell.setString(content)


def do(sheet, step):
    kind, *words = step
    if kind == "set":
        write(sheet, *words)
    elif kind == "insert":
        row, merges, levels = words
        sheet.Rows.insertByIndex(row - 1, 1)
        for first, last in merges:
            sheet.getCellRangeByPosition(first - 1, row - 1, last - 1, row - 1).merge(True)
        for column, text in levels:
            if not covered(sheet, sheet.getCellByPosition(column - 1, row - 1)):
                write(sheet, row, column, text)
    elif kind == "delete":
        sheet.Rows.removeByIndex(words[0] - 1, 1)
    elif kind == "look":
        row, column = words
        cell = sheet.getCellByPosition(column - 1, row - 1)
        cell.CellBackColor, cell.CharWeight, cell.CharHeight = 0xFFEEAA, 150.0, 14.0
        sheet.Columns.getByIndex(column - 1).Width += 1500
        sheet.Rows.getByIndex(row - 1).Height += 700


def main(pipe, jobs):
    context = connected(pipe)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    for job in json.loads(Path(jobs).read_text("utf-8")):
        document = desktop.loadComponentFromURL(Path(job["source"]).as_uri(), "_blank", 0, (said("Hidden", True),))
        sheet = document.Sheets.getByName(job["sheet"])
        for step in job["steps"]:
            do(sheet, step)
        document.storeToURL(Path(job["out"]).as_uri(), (said("FilterName", "Calc MS Excel 2007 XML"),))
        document.close(True)
    desktop.terminate()


main(*sys.argv[1:])
