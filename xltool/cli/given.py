"""Data on stdout: the bytes as they are; to a terminal text in the characters that it knows, and no workbook."""

from __future__ import annotations

import json
import sys

from xltool.problems import ProblemError, problem

WORKBOOK = b"PK"
"""What a workbook begins with, and no text in UTF-8 of ours."""


def give(data: bytes) -> None:
    """A result stands on stdout: a workbook, or text in UTF-8 such as JSON.

    Raises:
        ProblemError: where it is a workbook and stdout a terminal.
    """
    sys.stdout.flush()
    if not sys.stdout.isatty():
        sys.stdout.buffer.write(data)
    elif data.startswith(WORKBOOK):
        raise ProblemError(problem("out-terminal"))
    else:
        sys.stdout.write(_known(data.decode("utf-8", "replace"), sys.stdout.encoding))


def _known(text: str, encoding: str) -> str:
    """The text, characters that the encoding does not have as JSON writes them in ASCII."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(one if one.encode(encoding, "ignore") else json.dumps(one)[1:-1] for one in text)
    return text
