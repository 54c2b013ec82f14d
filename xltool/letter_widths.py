"""How many places letters take where places are counted: on a terminal, in a table drawn with characters, in text in columns."""

from __future__ import annotations

import unicodedata

WIDE, WIDER = "WF", "WFA"
"""East Asian widths that take two places: those that always do, and with those that some fonts make as wide (“ ” …)."""


def letter_width(letter: str, wide: str = WIDE) -> int:
    """The places of a letter: two for a wide one, none for a mark that stands over the letter before it."""
    return 0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in wide else 1


def width_of(text: str, wide: str = WIDE) -> int:
    """The places of a text."""
    return len(text) if text.isascii() else sum(letter_width(letter, wide) for letter in text)
