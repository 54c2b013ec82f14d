"""The files that the words of a command line name: a file, a folder or a .zip, a pattern, ``-``; and where each result goes.

Windows' own shell does not expand patterns, so that is done here on every system.
"""

from __future__ import annotations

import glob
import hashlib
import io
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TextIO

from xltool import budgets
from xltool.jobs import zipped
from xltool.problems import Problem, ProblemError, problem
from xltool.terms import TOO_LONG, of_system

STDIN = "-"
HEAD = 4096
_PATTERN = frozenset("*?[")
LONGEST = 240
"""Bytes of a result's name: systems take 255, and some programs put marks of their own before a name."""
# Excel's lock files, and what Windows and macOS leave in folders.
_PASSED_OVER = ("~$", ".", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Named:
    """One file to read. ``path`` is None for stdin; ``inside`` is its way below the folder that was named.

    ``member`` is the name of a file inside the archive at ``path``; ``inside`` is then what people call it.
    """

    path: Path | None
    inside: Path
    member: str = ""

    @property
    def name(self) -> str:
        """The base name, as problems and the source in JSON give it."""
        if self.member:
            return self.inside.name
        return readable(self.path.name) if self.path else "stdin"

    @property
    def shown(self) -> str:
        """The file as a person finds it again."""
        if self.member:
            return f"{readable(str(self.path))}: {self.inside.as_posix()}"
        return readable(str(self.path)) if self.path else "stdin"

    def read(self) -> bytes:
        """Its bytes.

        Raises:
            ProblemError: where it is missing, too large, or may not be read.
        """
        most = budgets.limit("file_size")
        try:
            if self.path is None:
                return self._checked(_stdin(most), 0)
            if self.member:
                return zipped.read(self.path, self.member)
            # A device or a pipe states no size: what is read decides.
            with self.path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                # Room is made for all that is asked for: for what the file states, then for more where there is more.
                data = b"" if size > most else file.read(size + 1)
                return self._checked(data + file.read(most + 1 - len(data)) if len(data) > size else data, size)
        except OSError as error:
            if isinstance(error, FileNotFoundError) and of_system(error) != TOO_LONG:
                raise ProblemError(problem("file-missing", self.shown)) from None
            raise ProblemError(problem("file-unreadable", self.shown, what=of_system(error))) from None

    def _checked(self, data: bytes, size: int) -> bytes:
        """The data, where neither they nor the size that was stated are too large."""
        found = max(len(data), size)
        if found > budgets.limit("file_size"):
            raise budgets.over("file-large", self.shown, "file_size", found=budgets.megabytes(found))
        return data

    def head(self) -> bytes:
        """The bytes that its kind is told by; nothing where it cannot be read."""
        try:
            if self.path is None:
                return _peeked()
            if self.member:
                return zipped.read(self.path, self.member)[:HEAD]
            with self.path.open("rb") as file:
                return file.read(HEAD)
        except (OSError, ProblemError):
            return b""


def readable(name: str) -> str:
    """A file's name in characters: bytes that are no UTF-8 are the GBK of a Chinese Windows."""
    if not any("\udc80" <= one <= "\udcff" for one in name):
        return name
    return os.fsencode(name).decode("gb18030", "replace")


_taken: list[tuple[TextIO, bytes]] = []


def _stdin(most: int) -> bytes:
    """What came through stdin, up to a byte more than the most; a stream gives its bytes once, so they are kept for whoever asks again."""
    if not (_taken and _taken[0][0] is sys.stdin):
        _taken[:] = [(sys.stdin, sys.stdin.buffer.read(most + 1))]
    return _taken[0][1]


def _peeked() -> bytes:
    """What stands first in stdin, which still holds it afterwards."""
    if _taken and _taken[0][0] is sys.stdin:
        return _taken[0][1][:HEAD]
    stream = sys.stdin.buffer
    return stream.peek(HEAD)[:HEAD] if isinstance(stream, io.BufferedReader) else b""


def find(words: Sequence[str], apart: Path | None = None) -> tuple[list[Named], list[Problem]]:
    """The files, in the order named (those of a folder by name), each once; ``apart`` is a folder to leave out.

    What names nothing is a problem.
    """
    found: dict[str, Named] = {}
    faults: list[Problem] = []
    for word in words:
        before = len(faults)
        named = [unpacked for one in _named(word, apart) for unpacked in _unpacked(one, faults)]
        if not named and len(faults) == before:
            faults.append(problem("nothing-to-read" if Path(word).is_dir() or _is_pattern(word) else "file-missing", word))
        for one in named:
            found.setdefault((STDIN if one.path is None else os.path.realpath(one.path)) + f"\0{one.member}" * bool(one.member), one)
    return list(found.values()), faults


def paths(words: Sequence[str]) -> list[Path]:
    """The files that words lead to; of an archive itself."""
    return [one.path for one in find(words)[0] if one.path]


def several(words: Sequence[str]) -> bool:
    """True where the words may name more than one file, however many they name today."""
    return len(words) > 1 or any(word != STDIN and (Path(word).is_dir() or _is_pattern(word) or zipped.is_folder(Path(word))) for word in words)


def _is_pattern(word: str) -> bool:
    return bool(_PATTERN & set(word)) and not Path(word).exists()


def _matching(word: str) -> list[Path]:
    """The paths that a pattern fits, by name. The folders that lead to it are named as they stand: a browser calls the
    second download «表[1]». Where brackets fit nothing they stand for themselves, as they always do on Windows."""
    parts = Path(word).parts
    there = next((at for at in range(len(parts) - 1, 0, -1) if Path(*parts[:at]).is_dir()), 0)
    for rest in (parts[there:], [part.replace("[", "[[]") for part in parts[there:]]):
        if found := glob.glob(os.path.join(*map(glob.escape, parts[:there]), *rest), recursive=True):  # noqa: PTH118, PTH207 - Path.glob takes no absolute pattern
            return sorted(map(Path, found))
    return []


def _named(word: str, apart: Path | None) -> Iterable[Named]:
    path = Path(word)
    if word == STDIN:
        yield Named(None, Path("stdin"))
    elif path.is_dir():
        yield from (Named(file, Path(readable(str(file.relative_to(path))))) for file in _in_folder(path, apart))
    elif _is_pattern(word):
        for file in _matching(word):
            if file.is_file() and not file.name.startswith(_PASSED_OVER):
                yield Named(file, Path(readable(file.name)))
    elif path.exists():
        yield Named(path, Path(readable(path.name)))


def _unpacked(one: Named, faults: list[Problem]) -> Iterable[Named]:
    """The file, or where it is an archive of files those that it holds; what is wrong with it joins the faults."""
    if one.path is None or not zipped.is_folder(one.path):
        return [one]
    try:
        members, wrong = zipped.members(one.path, _PASSED_OVER)
    except ProblemError as error:
        faults.extend(error.problems)
        return []
    faults.extend(wrong or ([] if members else [problem("nothing-to-read", one.shown)]))
    return [Named(one.path, one.inside.with_suffix("") / member.way, member.inner) for member in members]


def _in_folder(folder: Path, apart: Path | None) -> list[Path]:
    """The files below a folder by name; hidden ones, lock files and the folder of results are passed over."""
    out = apart.resolve() if apart else None
    return [
        file
        for file in sorted(folder.rglob("*"))
        if _to_read(file)
        and not any(part.startswith(_PASSED_OVER) for part in file.relative_to(folder).parts)
        and not (out and out != folder.resolve() and out in file.resolve().parents)
    ]


def _to_read(path: Path) -> bool:
    """True for a file, and for a name that the folder lists and the system does not find: Windows does so where the path
    is too long, and what is never opened would be missing without a word."""
    return path.is_file() or not (path.exists() or path.is_symlink())


def results(named: Sequence[Named], suffixes: Sequence[str]) -> list[Path]:
    """For each file the path of its result below the folder of results, no two the same.

    A file found in a folder keeps its way below it. Where two would meet, the ways below the folder
    that holds all of them tell them apart; where that is not enough, their own suffixes do, then a number.
    """
    ways = [one.inside for one in named]
    if _meet(ways):
        ways = _from_common(named)
    met = _meet(ways)
    stems = [way.with_name(way.name if _key(way) in met else way.stem) for way in ways]
    taken: set[str] = set()
    return [_free(stem, suffix, taken) for stem, suffix in zip(stems, suffixes, strict=True)]


def _free(stem: Path, suffix: str, taken: set[str]) -> Path:
    """The path with its suffix, short enough for every system, and different from those taken."""
    for number in count(1):
        way = stem.with_name(_short(stem.name, f"({number})" * (number > 1) + suffix))
        if (key := str(way).casefold()) not in taken:
            break
    taken.add(key)
    return way


def _short(name: str, tail: str) -> str:
    """The name before its tail; of one that is too long the beginning and a hash of the whole."""
    room = LONGEST - len(tail)
    raw = name.encode("utf-8", "surrogatepass")
    if len(raw) <= room:
        return name + tail
    mark = f"~{hashlib.sha256(raw).hexdigest()[:8]}"
    return raw[: room - len(mark)].decode("utf-8", "ignore") + mark + tail


def _key(way: Path) -> str:
    return str(way.with_suffix("")).casefold()


def _meet(ways: Sequence[Path]) -> set[str]:
    return {key for key, found in Counter(map(_key, ways)).items() if found > 1}


def _from_common(named: Sequence[Named]) -> list[Path]:
    paths = [Path(os.path.realpath(one.path)) if one.path else None for one in named]
    try:
        common = os.path.commonpath([path.parent for path in paths if path])
    except ValueError:
        # Windows: the files lie on different drives.
        return [one.inside for one in named]
    return [_below(common, path, one) if path else one.inside for path, one in zip(paths, named, strict=True)]


def _below(common: str, path: Path, one: Named) -> Path:
    """The way of a file below a folder; that of a member goes on inside its archive."""
    if not one.member:
        return Path(readable(str(path.relative_to(common))))
    parts = one.inside.parts
    inside = parts[parts.index(path.stem) :] if path.stem in parts else parts
    return Path(readable(str(path.parent.relative_to(common))), *inside)
