"""An archive of filings as the folder that it is: its members with the names that people gave them.

Names are cleaned before they become paths of results; one that leads out of the archive is refused.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from xltool import archive, budgets
from xltool.problems import Problem, ProblemError, problem
from xltool.safe_names import file_part
from xltool.terms import of_system

_FAULTS = archive.Faults("zip-broken", "zip-bomb", "zip-broken")
# By these an Office package, an OpenDocument or an OFD file is told from an archive of files.
_PACKAGES = ("[Content_Types].xml", "mimetype", "content.xml", "OFD.xml")
_HEAD, _LENGTH, _NAME = 64, 26, 30
# As much of an archive as tells the name of its first member; where that one's length stands, and where it begins.
_UTF_8 = 0x800


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its name in the directory, and its way as people see it."""

    inner: str
    way: Path


def is_folder(path: Path) -> bool:
    """True for an archive of files; false for a package that is one file, and for what is no archive."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        # Most packages tell by their first part what they are: their directory need not be read.
        first = head[_NAME:][: int.from_bytes(head[_LENGTH:_NAME - 2], "little")]
        if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")) or _of_package(first.decode("latin-1")):
            return False
        with zipfile.ZipFile(path) as opened:
            names = opened.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    return not any(map(_of_package, names))


def _of_package(name: str) -> bool:
    """True for the name of a part that only a package of one file has."""
    return name in _PACKAGES or name.startswith(("xl/", "word/"))


def members(path: Path, passed_over: tuple[str, ...]) -> tuple[list[Member], list[Problem]]:
    """The files of an archive by their ways, and a problem for each name that leads out of it.

    Raises:
        ProblemError: zip-broken, zip-bomb, file-encrypted, file-unreadable.
    """
    opened = _opened(str(path), path.stat().st_mtime_ns)
    found, faults = [], []
    for inner, entry in opened.entries.items():
        if entry.is_dir():
            continue
        shown = _decoded(entry)
        way = PurePosixPath(shown.replace("\\", "/"))
        if way.is_absolute() or ".." in way.parts or (len(shown) > 1 and shown[1] == ":"):
            faults.append(problem("zip-path", str(path), what=shown))
        elif not any(part.startswith((*passed_over, "__MACOSX")) for part in way.parts):
            found.append(Member(inner, Path(*map(file_part, way.parts))))
    return sorted(found, key=lambda one: one.way.as_posix()), faults


def read(path: Path, inner: str) -> bytes:
    """The bytes of a member, which may have as many as a file may.

    Raises:
        ProblemError: zip-broken, zip-bomb, file-unreadable.
    """
    return _opened(str(path), path.stat().st_mtime_ns).member(inner, budget="file_size")


@lru_cache(maxsize=1)
def _opened(path: str, changed: int) -> archive.Archive:
    """The archive; the last one stays open for its next member, while nobody changes the file."""
    del changed
    try:
        if (size := Path(path).stat().st_size) > budgets.limit("archive"):
            raise budgets.over("file-large", path, "archive", found=budgets.megabytes(size))
        data = Path(path).read_bytes()
    except OSError as error:
        raise ProblemError(problem("file-unreadable", path, what=of_system(error))) from None
    return archive.opened(data, path, _FAULTS, "archive")


def _decoded(entry: zipfile.ZipInfo) -> str:
    """The name of a member. Chinese Windows writes it in GBK and says nothing, which zipfile reads as code page 437."""
    if entry.flag_bits & _UTF_8:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename
