"""The text of a file: UTF-8, GB18030 or UTF-16, told by what the bytes themselves show."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from xltool import budgets
from xltool.problems import ProblemError, problem
from xltool.terms import of_system

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_PLAUSIBLE = re.compile(r"[\t\n\r\x0c -~\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e“”‘’—…·≥≤×]")
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_CONTROL = re.compile(r"[\x01-\x06\x0e-\x1a\x1c-\x1f]")
SAMPLE = 64 * 1024


def decode(data: bytes, name: str) -> str:
    """The text of the bytes.

    Raises:
        ProblemError: where the bytes are text in no encoding that is known, or too many.
    """
    if len(data) > budgets.limit("text"):
        raise budgets.over("file-text", name, "text", found=budgets.megabytes(len(data)))
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _sound(_strict(data[len(mark) :], encoding, name), name)
    if b"\0" in data:
        return _without_mark(data, name)
    utf_8, gb18030 = _tried(data, "utf-8"), _tried(data, "gb18030")
    if utf_8 is not None and not (_only_two_bytes(utf_8) and gb18030 and _common(gb18030[:SAMPLE])):
        return _sound(utf_8, name)
    if gb18030 is not None and _common(gb18030[:SAMPLE]):
        return _sound(gb18030, name)
    raise ProblemError(problem("text-encoding", _line_of_fault(data, name)))


def read(path: Path) -> str:
    """The text of a file.

    Raises:
        ProblemError: file-missing, file-unreadable, and as ``decode`` does.
    """
    try:
        return decode(path.read_bytes(), str(path))
    except FileNotFoundError:
        raise ProblemError(problem("file-missing", str(path))) from None
    except OSError as error:
        raise ProblemError(problem("file-unreadable", str(path), what=of_system(error))) from None


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _only_two_bytes(text: str) -> bool:
    """True for a text beyond ASCII in which nothing is Chinese: a short GB18030 text (联通) can be valid UTF-8."""
    return not text.isascii() and max(text) < "\u0800"


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "replace").count("\n") + 1
        raise ProblemError(problem("text-encoding", f"{name}:{line}")) from None


def _without_mark(data: bytes, name: str) -> str:
    """UTF-16 without a BOM: blanks, digits and line ends of such a text leave NUL bytes on one side."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:SAMPLE]
        plausible = len(_PLAUSIBLE.findall(sample)) >= 0.95 * len(sample)
        if plausible and (_common(sample) or not _HANZI.search(sample)):
            return _sound(text, name)
    raise ProblemError(problem("text-nul", f"{name}:{data[: data.index(0)].count(10) + 1}"))


def _common(text: str) -> bool:
    """True where most Chinese characters are of GB 2312's first level, as in any text that people write.

    Bytes of another encoding read as GB18030 give rare characters (浣犲ソ) instead.
    """
    hanzi = _HANZI.findall(text)
    if not hanzi:
        return False
    return sum(_first_level(one) for one in hanzi) >= 0.8 * len(hanzi)


def _first_level(character: str) -> bool:
    try:
        return 0xB0 <= character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


def _sound(text: str, name: str) -> str:
    """The text, where it is one: no NUL, next to no control characters."""
    if "\0" in text:
        raise ProblemError(problem("text-nul", f"{name}:{text[: text.index(chr(0))].count(chr(10)) + 1}"))
    sample = text[:SAMPLE]
    if len(_CONTROL.findall(sample)) > 0.01 * len(sample):
        raise ProblemError(problem("file-kind", name, what="control characters"))
    return text


def _line_of_fault(data: bytes, name: str) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"{name}:{data[: error.start].count(10) + 1}"
    return name
