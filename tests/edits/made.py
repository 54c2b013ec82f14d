"""The filings that the edits start from, as workbooks and back."""

import json
from decimal import Decimal
from pathlib import Path

from xltool import library
from xltool.canonical import from_json
from xltool.filing import Entry, Filing, Leftover, Section
from xltool.recovery import grid_reading
from xltool.surfaces import xlsx_reader, xlsx_writer

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
FORMS = library.forms()


def load(path: Path) -> Filing:
    return from_json(json.loads(path.read_text("utf-8"), parse_float=Decimal), FORMS)


def filing_of(*entries: Entry, title: str | None = None) -> Filing:
    return Filing((Section(title, entries),))


DECLARATIONS = load(SAMPLES / "target-declaration" / "filing.json")
DECLARATION = filing_of(list(DECLARATIONS.entries)[2])
EVALUATIONS = load(SAMPLES / "self-evaluation" / "filing.json")
EVALUATION = filing_of(next(iter(EVALUATIONS.entries)))


def written(filing: Filing, stacked: bool = False) -> bytes:
    return xlsx_writer.write(filing, FORMS, stacked=stacked)


def read(data: bytes) -> Filing:
    return grid_reading.read_book(xlsx_reader.read(data, "book.xlsx"), FORMS, "book.xlsx")


def entry_of(filing: Filing, number: int = 0) -> Entry:
    return list(filing.entries)[number]


def doubted(filing: Filing) -> set[str]:
    """The paths that are doubted."""
    return {one.path for source in _sources(filing) for one in source.doubts}


def repairs(filing: Filing) -> list[str]:
    return [one.code for source in _sources(filing) for one in source.repairs]


def left(filing: Filing) -> list[Leftover]:
    return [one for source in _sources(filing) for one in source.leftover]


def _sources(filing: Filing):
    return [filing.source, *(entry.source for entry in filing.entries)]


