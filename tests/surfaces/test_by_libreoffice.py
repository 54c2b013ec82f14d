"""Workbooks that LibreOffice made of ours, in every format that it writes, read as the data they were made from."""

from pathlib import Path

import pytest

from tests.edits.made import DECLARATIONS, EVALUATIONS, FORMS, load, written
from xltool.canonical import differences
from xltool.filing import Filing
from xltool.jobs.reading import read_bytes

FILINGS = {"declarations": DECLARATIONS, "self-evaluations": EVALUATIONS}

CSV = "csv:Text - txt - csv (StarCalc):44,34,{}"
"""The fields parted by commas, quoted where they must be; the number names the encoding."""


def through(soffice, filing: Filing, suffix: str, folder: Path, stacked: bool) -> bytes:
    source = folder / "book.xlsx"
    source.write_bytes(written(filing, stacked))
    return soffice.convert(source, suffix, folder / "made").read_bytes()


def unsure(filing: Filing) -> list[str]:
    """What is doubted or left over; the heading that LibreOffice puts above its list of sheets is no cell."""
    sources = [filing.source, *(entry.source for entry in filing.entries)]
    return [one for source in sources for one in (*(doubt.why for doubt in source.doubts), *(left.text for left in source.leftover)) if one != "Overview"]


@pytest.mark.xdist_group("soffice")
@pytest.mark.parametrize(
    ("suffix", "stacked"),
    [
        pytest.param("xls", False, id="xls"),
        pytest.param("ods", False, id="ods"),
        pytest.param("html", False, id="html"),
        pytest.param("html", True, id="html, stacked"),
        pytest.param(CSV.format(76), True, id="csv, stacked: it holds one sheet"),
        pytest.param(CSV.format(85), True, id="csv in GB18030, stacked"),
    ],
)
@pytest.mark.parametrize("filing", FILINGS.values(), ids=FILINGS)
def test_a_workbook_in_another_format_is_the_same_data(soffice, tmp_path, filing, suffix, stacked):
    data = through(soffice, filing, suffix, tmp_path, stacked)
    read = read_bytes(data, "book.anything", FORMS)
    assert (suffix.partition(":")[0], [], []) == (read.kind, differences(filing, read.filing), unsure(read.filing))


SAMPLES = sorted(path for path in (Path(__file__).resolve().parents[2] / "samples").glob("*/filing.*") if path.suffix in (".xls", ".ods", ".html"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}{path.suffix}")
def test_a_sample_that_a_program_made_is_its_filing(path):
    read = read_bytes(path.read_bytes(), path.name, FORMS)
    assert ([], []) == (differences(load(path.with_name("filing.json")), read.filing), unsure(read.filing))
