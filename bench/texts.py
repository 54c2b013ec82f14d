"""Text recovery beside splitting the same text into lines and tokens by one compiled regex."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.inputs import text
from bench.rounds import Work
from xltool.library import forms
from xltool.recovery.text_reading import read_text
from xltool.text_file import decode

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
SUFFIXES = (".txt", ".tsv", ".md")
_TOKEN = re.compile(
    r"\d+(?:[,，]\d{3})*(?:\.\d+)?|[=≥≤<>＝≧≦＞＜]+|[\u4e00-\u9fff]+|[A-Za-z]+|[ \t\u3000\u00a0]+|\||[^\w\s]"
)


def split(source: str) -> int:
    """Splits a text into lines and tokens; the number of tokens."""
    return sum(len(_TOKEN.findall(line)) for line in source.splitlines())


def works(small: int, large: int) -> Iterator[Work]:
    """The works on the samples, on the filings that XLTOOL_FILINGS names, and on documents of two sizes."""
    yield _recovered("recover the samples", _texts(sorted(SAMPLES.glob("*/*"))))
    if named := os.environ.get("XLTOOL_FILINGS"):
        found = sorted(Path(named).iterdir())
        yield _recovered("recover the filings", _texts(found))
        for one in _texts(found):
            yield _recovered(f"  filing {one[0][:3]}", [one])
    yield _linear(small, large)


def _texts(files: Sequence[Path]) -> list[tuple[str, str]]:
    """Names and texts of the text files; a README is no filing."""
    kept = (file for file in files if file.suffix in SUFFIXES and file.stem != "README")
    return [(file.name, decode(file.read_bytes(), file.name)) for file in kept]


def _recovered(name: str, texts: Sequence[tuple[str, str]]) -> Work:
    known = forms()

    def run(_: int) -> None:
        for file, source in texts:
            read_text(source, known, file)

    return Work(name, "lines and tokens by one regex", run, lambda _: [split(source) for _, source in texts], 200, 60)


def _linear(small: int, large: int) -> Work:
    """The cost of a thousand characters in a document of many forms against one of few."""
    known = forms()
    short, long = text(small), text(large)
    return Work(
        f"recover 1,000 characters of {large} forms", f"of {small} forms", lambda _: read_text(long, known, "text"),
        lambda _: read_text(short, known, "text"), None, 1.25, parts=(len(long) / 1000, len(short) / 1000),
    )  # fmt: skip
