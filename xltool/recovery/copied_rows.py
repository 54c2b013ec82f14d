"""Rows that come a second time, several of them one after another: a page that was pasted twice, or rows that the form has so."""

from __future__ import annotations

from collections.abc import Sequence

from xltool.filing import Item
from xltool.recovery.claims import Account
from xltool.values import Value

FEWEST = 4
"""So many rows below each other that stand so before are hardly by chance the same."""
WHY = "与前面相连的几行逐字相同，可能是同一页重复粘贴"


def doubt(name: str, items: Sequence[Item], account: Account) -> None:
    """A doubt on each item of a list that is one of such rows, the later time."""
    keys = [_key(item) for item in items]
    starts = {f"{name}[{at}]": number for number, claimed in reversed(list(enumerate(account.claims))) if claimed for at in [_row(claimed[0], name)] if at >= 0}
    first = {key: at for at, key in reversed(list(enumerate(keys)))}
    at = 0
    while at < len(keys):
        length = _same(keys, first[keys[at]], at)
        for row in range(at, at + length) if length >= FEWEST else ():
            account.doubt(f"{name}[{row}]", starts.get(f"{name}[{row}]", 0), WHY)
        at += max(1, length if length >= FEWEST else 1)


def _key(item: Item) -> tuple[object, ...]:
    return tuple(value.text if isinstance(value, Value) else value for path, value in sorted(item.items()) if not path.startswith("level"))


def _same(keys: Sequence[tuple[object, ...]], before: int, at: int) -> int:
    """How many rows from two places on are the same, the earlier ones all above the later."""
    count = 0
    while before + count < at and at + count < len(keys) and keys[before + count] == keys[at + count]:
        count += 1
    return count


def _row(where: str, name: str) -> int:
    """The number of the item that a claim is of; -1 for another's."""
    number = where.removeprefix(f"{name}[").partition("]")[0]
    return int(number) if where.startswith(f"{name}[") and number.isdigit() else -1
