"""Rows of a list that begin on the line on which the row before has its value: both may be one."""

from __future__ import annotations

from collections.abc import Container, Sequence

from xltool.recovery.atoms import same_line
from xltool.recovery.claims import Account
from xltool.recovery.row_signs import Row
from xltool.recovery.stretch import Columns

FEW = 0.25
"""The share of the rows that may begin on the line of the value before where lines part rows."""
WHY = "与同一行文字里的另一行可能是一行"


def on_one_line(rows: Sequence[Row], own: Columns, name: str, plain: Container[int], account: Account) -> None:
    """Doubts two such rows of a list where the value between them is neither a quantity nor a known word: its atoms are not
    ``plain``. Where many rows stand so the text has no lines."""
    values = [row.fields.get(own.values[0][0], []) if own.values else [] for row in rows]
    found = [at for at, numbers in enumerate(values[:-1]) if numbers and same_line(account.atoms[numbers[-1]], account.atoms[rows[at + 1].first])]
    for at in found if len(found) <= FEW * len(rows) else ():
        if not any(number in plain for number in values[at]):
            for number in (at, at + 1):
                account.doubt(f"{name}[{number}]", rows[number].first, WHY)
