"""Lines of a text that is mended line for line, so that places stay what they are."""

from __future__ import annotations

NO_CELLS = "||"
"""A row without text: no cell, and no blank line either. What stood on such a line stands on one before it."""


def end_of(line: str) -> str:
    """What ends a line: its line break, nothing at the end of a text."""
    return line[len(line.rstrip("\r\n")) :]
