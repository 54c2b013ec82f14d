"""The ledger of a folder of results: what each was made from and how, so that a later run does only what is missing.

It is a cache and no authority: where it is missing or damaged, results are made again, and one that
stands there with the very bytes that are to be written is as good as recorded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from xltool.jobs import store
from xltool.jobs.findings import Findings

NAME = ".xltool-ledger.json"
VERSION = 1


def digest(data: bytes) -> str:
    """The hash that contents are known by."""
    return hashlib.sha256(data).hexdigest()


def digest_of(path: Path) -> str:
    """The hash of a file's content; empty where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


@dataclass(frozen=True, slots=True)
class Record:
    """One result: ``read`` and ``wrote`` are the hashes of source and result, ``made`` says by what and with which options."""

    source: str
    read: str
    wrote: str
    made: str
    kind: str
    forms: tuple[str, ...]
    findings: Findings


class Ledger:
    """The records of a folder by their results' way below it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._records = dict(_records(folder / NAME))
        self._saved = True

    def record(self, out: Path) -> Record | None:
        """What is known about a result."""
        return self._records.get(self._key(out))

    def keep(self, out: Path, record: Record) -> None:
        """The record of a result, from now on."""
        if self._records.get(self._key(out)) != record:
            self._records[self._key(out)] = record
            self._saved = False

    def results(self) -> list[Path]:
        """The files that runs have written here, whether they still stand or not."""
        return [self.folder / key for key in self._records]

    def save(self) -> None:
        """The ledger stands in the folder, whole; results that are gone are no longer in it.

        Raises:
            ProblemError: where it cannot be written.
        """
        if self._saved:
            return
        files = {key: asdict(one) for key, one in sorted(self._records.items()) if (self.folder / key).is_file()}
        text = json.dumps({"xltool-ledger": VERSION, "files": files}, ensure_ascii=False, indent=0)
        store.store(self.folder / NAME, text.encode("utf-8", "backslashreplace"), force=True)
        self._saved = True

    def _key(self, out: Path) -> str:
        return out.relative_to(self.folder).as_posix()


def _records(path: Path) -> Iterator[tuple[str, Record]]:
    """The records of a ledger file; none of one that is missing, damaged or of another version."""
    found: Any = None
    with suppress(OSError, ValueError, RecursionError):
        found = json.loads(path.read_bytes())
    if not isinstance(found, dict) or found.get("xltool-ledger") != VERSION or not isinstance(found.get("files"), dict):
        return
    for key, one in found["files"].items():
        with suppress(TypeError, ValueError, KeyError):
            yield key, _record(one)


def _record(said: Mapping[str, Any]) -> Record:
    words = {name: str(said[name]) for name in ("source", "read", "wrote", "made", "kind")}
    found = said["findings"]
    lines = tuple((str(key), str(line)) for key, line in found["lines"])
    findings = Findings(int(found["leftover"]), int(found["doubts"]), int(found["repairs"]), lines)
    return Record(**words, forms=tuple(map(str, said["forms"])), findings=findings)
