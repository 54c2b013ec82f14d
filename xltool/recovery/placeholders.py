"""Rows that a blank form prints to be written over and that were left as they are: 指标2, …… without values."""

from __future__ import annotations

import re

from xltool.recovery.claims import Account
from xltool.recovery.vocabulary import Vocabulary

_DOTS = re.compile(r"[.…·]{3,}")
"""A row of dots says «and so on»; no field of a list has it as its value."""
_NUMBERED = re.compile(r"指标\d{1,2}:?")


def placeholders(words: Vocabulary, first: int, last: int, account: Account) -> None:
    """Claims such rows among the atoms of a list; a number that a value follows is a name."""
    free = account.free(first, last)
    for number, then in zip(free, [*free[1:], -1], strict=False):
        key = account.atoms[number].key
        if _DOTS.fullmatch(key) or (_NUMBERED.fullmatch(key) and _ends_row(words, then, account)):
            account.claim((number,), "待填的行", "空白表印就而没有填写")


def _ends_row(words: Vocabulary, number: int, account: Account) -> bool:
    """True where no value stands here: the list's end, another such row or the next heading."""
    if number < 0:
        return True
    key = account.atoms[number].key
    return bool(_DOTS.fullmatch(key) or _NUMBERED.match(key)) or (len(key) > 1 and any(level.startswith(key) for level in words.levels.keys))
