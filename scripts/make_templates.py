"""Makes the blanks in templates/: `python scripts/make_templates.py`, one workbook for each of our mappings."""

from __future__ import annotations

import sys
from pathlib import Path

from xltool.jobs.blanks import blank
from xltool.library import forms

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


def main() -> int:
    """0 when every blank stands in its place."""
    for form in forms().values():
        out = TEMPLATES / f"{form.id}.xlsx"
        out.write_bytes(blank(form))
        print(f"templates/{out.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
