"""Prints samples/<form>/filing.json as filing.pdf: JSON → workbook → LibreOffice. Run it where LibreOffice is.

The same input gives the same bytes: what a print says of its time and its own number is made constant.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
sys.path.insert(0, str(SAMPLES.parent))
from xltool.library import forms  # noqa: E402
from xltool.surfaces import json_file, xlsx_writer  # noqa: E402


def main() -> int:
    """0 where every sample was printed."""
    program = shutil.which("soffice")
    if program is None:
        print("soffice is not here: scripts/install-system-packages.sh", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        for source in sorted(SAMPLES.glob("*/filing.json")):
            target = source.with_name("filing.pdf")
            target.write_bytes(constant(printed(source, Path(folder), program)))
            print(f"{target.relative_to(SAMPLES.parent)}  {target.stat().st_size:,} bytes")
    return 0


def printed(source: Path, folder: Path, program: str) -> bytes:
    """The print of a sample's workbook."""
    book = folder / "filing.xlsx"
    book.write_bytes(xlsx_writer.write(json_file.read(source.read_bytes(), forms(), source.name), forms()))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run([program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(book)], check=True, capture_output=True, timeout=240)
    return book.with_suffix(".pdf").read_bytes()


def constant(data: bytes) -> bytes:
    """The print without its date and its random identity, every byte still in its place."""
    data = re.sub(rb"(/CreationDate\(D:)\d{14}[^)]*\)", lambda found: found[1] + b"20250101000000" + b" " * (len(found[0]) - len(found[1]) - 15) + b")", data)
    return re.sub(rb"<[0-9A-F]{32}>(?=\s*(?:<|\]))", b"<" + b"0" * 32 + b">", re.sub(rb"(/DocChecksum /)[0-9A-F]{32}", rb"\g<1>" + b"0" * 32, data))


if __name__ == "__main__":
    sys.exit(main())
