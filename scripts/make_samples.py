"""Makes the samples that programs write: `python scripts/make_samples.py` from each samples/<form>/filing.json.

The workbook is xltool's own; LibreOffice saves it again as .xls, .ods and .html. What it writes of the day and of
the machine is taken out: the same LibreOffice gives the same data, of .xls and .html the same bytes (it numbers
the styles of an .ods in no fixed order).
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

import xltool

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
KINDS = ("xls", "ods", "html")
_TIMES = re.compile(r"(<meta:creation-date>|<dc:date>)[^<]*")
_PASSED_OVER = ("Thumbnails/", "Configurations2/", "manifest.rdf", "settings.xml")
EPOCH = (1980, 1, 1, 0, 0, 0)


def main() -> int:
    """0 where every form's samples were made."""
    with tempfile.TemporaryDirectory() as folder:
        for sample in sorted(SAMPLES.glob("*/filing.json")):
            book = Path(folder) / sample.parent.name / "filing.xlsx"
            book.parent.mkdir()
            xltool.write(xltool.read(sample), book)
            for kind in KINDS:
                made = _saved_as(book, kind, Path(folder))
                data = made.read_bytes()
                (sample.parent / made.name).write_bytes(_steady(data) if kind == "ods" else data)
                print(f"samples/{sample.parent.name}/{made.name}: {len(data):,} bytes")
    return 0


def _saved_as(book: Path, kind: str, folder: Path) -> Path:
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--convert-to", kind, "--outdir", str(book.parent), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return book.with_suffix(f".{kind}")


def _steady(data: bytes) -> bytes:
    """The package without the times of its making, and without pictures of its pages and settings of windows."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name.startswith(_PASSED_OVER):
                continue
            part = old.read(name)
            if name == "meta.xml":
                part = _TIMES.sub(r"\g<1>2000-01-01T00:00:00", part.decode()).encode()
            elif name == "META-INF/manifest.xml":
                part = re.sub(rb"\s*<manifest:file-entry manifest:full-path=\"(?:%s)[^>]*/>" % b"|".join(re.escape(one.encode()) for one in _PASSED_OVER), b"", part)
            new.writestr(zipfile.ZipInfo(name, EPOCH), part, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
