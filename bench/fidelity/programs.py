"""Programs that are not ours, each as a step: files in, files of another kind out, many in one call."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

Run = Callable[[Sequence[Path], Path], None]
"""Makes of each source a file of the same stem in a folder."""
STYLESHEET = "/usr/lib/libreoffice/share/xslt/export/spreadsheetml/ooo2spreadsheetml.xsl"
_TO_THE_END = re.compile(r' table:number-(?:columns|rows)-repeated="\d{4,}"')
JARS = Path("/usr/share/java")
PDFBOX = ("pdfbox.jar", "fontbox.jar", "commons-logging.jar")


def soffice(filter_name: str, infilter: str = "") -> Run:
    """LibreOffice without a window, one call for all sources, with a profile beside the results."""

    def run(sources: Sequence[Path], folder: Path) -> None:
        profile = folder.parent / "soffice-profile"
        command = ["soffice", f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless", "--norestore"]
        command += [f"--infilter={infilter}"] if infilter else []
        command += ["--convert-to", filter_name, "--outdir", str(folder), *map(str, sources)]
        _called(command, 60 + 20 * len(sources))

    return run


def each(suffix: str, *command: str) -> Run:
    """A program called once a file; {} stands for the source, {out} for what it makes."""

    def run(sources: Sequence[Path], folder: Path) -> None:
        for source in sources:
            places = {"{}": str(source), "{out}": str(folder / f"{source.stem}{suffix}")}
            _called([places.get(word, word) for word in command], 120)

    return run


def spreadsheet_ml(sources: Sequence[Path], folder: Path) -> None:
    """LibreOffice's own stylesheet over its flat OpenDocument, without the repeats that fill each sheet to its end.

    Its filter «MS Excel 2003 XML» is that stylesheet too, and breaks off at the 3,000th of 16,384 empty columns.
    """
    for source in sources:
        cut = folder / f"{source.stem}.fods"
        cut.write_text(_TO_THE_END.sub("", source.read_text("utf-8")), encoding="utf-8")
        _called(["xsltproc", "-o", str(folder / f"{source.stem}.xml"), STYLESHEET, str(cut)], 120)


def java() -> Run:
    """PDFBox' own text extractor."""
    path = os.pathsep.join(str(JARS / jar) for jar in PDFBOX)
    return each(".txt", "java", "-cp", path, "org.apache.pdfbox.ExtractText", "-encoding", "UTF-8", "{}", "{out}")


def library(module: str, text_of: Callable[[Any, Path], str]) -> Run:
    """A Python library that reads text out of a PDF, imported when it is used."""

    def run(sources: Sequence[Path], folder: Path) -> None:
        found = import_module(module)
        for source in sources:
            (folder / f"{source.stem}.txt").write_text(text_of(found, source), encoding="utf-8", newline="")

    return run


def by_pdfminer(module: Any, source: Path) -> str:
    """pdfminer's text with the analysis of its own command."""
    return str(module.extract_text(source))


def by_pdfium(module: Any, source: Path) -> str:
    """pdfium's text, in the order in which the page draws it."""
    document = module.PdfDocument(source)
    pages = [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    document.close()
    return "\n\f".join(pages)


def letters(source: Path) -> str:
    """All that a PDF holds as text."""
    return by_pdfium(import_module("pypdfium2"), source)


def lacking(needs: str) -> str:
    """Why a step cannot run here; nothing where it can. ``needs`` is a program, a library ``python:x`` or ``java``."""
    if needs.startswith("python:"):
        return "" if find_spec(needs[7:].partition(".")[0]) else f"no library {needs[7:]}"
    if needs == "java":
        missing = [jar for jar in PDFBOX if not (JARS / jar).exists()]
        return "no java" if not shutil.which("java") else f"no {', '.join(missing)} (libpdfbox-java)" if missing else ""
    if needs == "writer":
        return "" if shutil.which("soffice") and _has_writer() else "no LibreOffice Writer (libreoffice-writer)"
    return "" if shutil.which(needs) else f"no {needs}"


def _has_writer() -> bool:
    home = Path(os.path.realpath(str(shutil.which("soffice")))).parent
    return any(home.glob("*swlo*"))


def _called(command: Sequence[str], seconds: int) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {(done.stderr or done.stdout).strip()[-300:]}")
