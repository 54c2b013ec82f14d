"""Each reader as a function of bytes: from what a kind of file holds to the filing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.edits.made import FORMS
from xltool import library, mapping
from xltool.jobs import reading, sources
from xltool.problems import ProblemError

Reader = Callable[[bytes], object]


def reader(kind: str) -> Reader:
    """What reads a file of a kind; every one but a mapping's recognises the file itself."""
    return {"yaml": read_mapping, "zip": read_zip}.get(kind, lambda data: reading.read_bytes(data, f"a.{kind}", FORMS))


def read_mapping(data: bytes) -> object:
    """The form of a mapping file, whose parents are the known mappings."""
    return mapping.read(data.decode("utf-8", "surrogateescape"), "a.yaml", library.table_named)


def read_zip(data: bytes) -> object:
    """The filings of an archive, as the command line finds them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        path.write_bytes(data)
        named, faults = sources.find([str(path)])
        for one in named:
            try:
                reading.read_bytes(one.read(), one.name, FORMS)
            except ProblemError:
                continue
        if faults:
            raise ProblemError(faults)
        return named
