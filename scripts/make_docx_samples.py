"""Makes samples/<form>/filing.docx from filing.json, the same bytes each time: python scripts/make_docx_samples.py

Each form of a filing is laid out in another of the ways people use: title and year as paragraphs above
the table, the table broken in two with its head repeated, the table inside a layout table.
"""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import docx  # noqa: E402
from docx.enum.text import WD_BREAK  # noqa: E402

from tests.word.made import Way, add_form, saved  # noqa: E402
from xltool.canonical import from_json  # noqa: E402
from xltool.library import forms  # noqa: E402


def document(truth: Path) -> bytes:
    """The .docx of a filing in canonical JSON."""
    known = forms()
    filing = from_json(json.loads(truth.read_text("utf-8"), parse_float=Decimal), known)
    made = docx.Document()
    number = 0
    for section in filing.sections:
        if section.title:
            made.add_heading(section.title, 1)
        for entry in section.entries:
            head = known[entry.form].blocks[0].row - 1
            ways = (Way(2), Way(2, (head + 3,), heads=head), Way(2, nested=True))
            add_form(made, known[entry.form], entry, ways[number % len(ways)])
            made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            number += 1
    return saved(made)


def main() -> None:
    for truth in sorted((ROOT / "samples").glob("*/filing.json")):
        truth.with_name("filing.docx").write_bytes(document(truth))
        print(truth.with_name("filing.docx").relative_to(ROOT))


if __name__ == "__main__":
    main()
