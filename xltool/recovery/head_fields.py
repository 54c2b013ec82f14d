"""Fields in the head of a list, in text: where a column stands for a town its name is above it, read in the order of the columns."""

from __future__ import annotations

from xltool.recovery.claims import Account
from xltool.recovery.vocabulary import Vocabulary


def head_fields(words: Vocabulary, ranges: list[tuple[int, int]], account: Account) -> dict[str, int]:
    """The atom of each such field by its path; moves the ranges of the lists behind them. Sure where they have a line for themselves."""
    found: dict[str, int] = {}
    for at, block in enumerate(sorted(words.form.blocks, key=lambda one: one.row)):
        paths = [words.form.fields[name].path for cell in words.form.head_fields(block) for name in cell.holes]
        numbers = account.free(*ranges[at])[: len(paths)] if paths else []
        if not numbers:
            continue
        for path, number in zip(paths, numbers, strict=False):
            found[path] = number
            account.claim((number,), path, "表头里的字段")
        if not _whole(account, numbers, len(paths)):
            for path in paths:
                account.doubt(path, numbers[0], "表头里的字段按次序读入")
        ranges[at] = (numbers[-1] + 1, ranges[at][1])
    return found


def _whole(account: Account, numbers: list[int], count: int) -> bool:
    """True where these atoms are as many as the fields and fill a line."""
    then = account.atoms[numbers[-1] + 1].line if numbers[-1] + 1 < len(account.atoms) else None
    lines = {account.atoms[number].line for number in numbers}
    return len(numbers) == count and len(lines) == 1 and then not in lines
