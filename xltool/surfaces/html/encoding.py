"""The text of a page: by its mark, by its bytes, by what it declares. Bytes weigh more than what a page says of itself."""

from __future__ import annotations

import re

from xltool.problems import ProblemError, problem

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.I)
_CHINESE = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "ms936"})
HEAD = 4096


def decode(data: bytes, charset: str, name: str) -> str:
    """The text of the bytes; ``charset`` is what the message around them says.

    UTF-8 that is valid is UTF-8, whatever is declared: bytes of another encoding are almost never valid UTF-8,
    while those of UTF-8 may well be valid GB18030.

    Raises:
        ProblemError: text-encoding.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if b"\0" in data[:HEAD]:
        encoding = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
        return data.decode(encoding, "replace")
    declared = _DECLARED.search(data[:HEAD])
    said = declared.group(1).decode("ascii").lower() if declared else ""
    found = [text for encoding in ("utf-8", charset.lower(), said, "gb18030") if (text := _tried(data, encoding)) is not None]
    for text in found:
        # A short GB18030 text (一, 联通) can be valid UTF-8, of two bytes a character and so nothing Chinese.
        if text.isascii() or max(text) >= "\u0800" or text == found[-1]:
            return text
    raise ProblemError(problem("text-encoding", name))


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode("gb18030" if encoding in _CHINESE else encoding) if encoding else None
    except (UnicodeDecodeError, LookupError):
        return None
