"""Texts behind a caption in its own cell that hold a blank: 财务负责人：吴 敏. What follows on their line belongs to them, as far
as the next caption (填报日期：), which the form need not have.
"""

from __future__ import annotations

from collections.abc import Iterable

from xltool.form import Form
from xltool.recovery.alignment import Match
from xltool.recovery.atoms import SPACE, same_line
from xltool.recovery.claims import Account
from xltool.recovery.scalar_texts import Scalars
from xltool.values import clean


def go_on(form: Form, matches: Iterable[Match], result: Scalars, account: Account) -> None:
    """Puts the words that nobody took and only one blank parts from such a text behind it."""
    for found in (match.found for match in matches if match.found.spelling.tail):
        path = next((form.fields[name].path for name in found.spelling.fields if name in form.fields), "")
        last = found.last
        atoms = account.atoms
        while last < len(atoms) and account.claims[last] is None and atoms[last].gap == SPACE and same_line(atoms[last], atoms[found.first]) and not atoms[last].key.endswith(":"):
            last += 1
        value = result.values.get(path)
        if last > found.last and isinstance(value, str):
            result.values[path] = clean(" ".join((value, *(atom.text for atom in atoms[found.last : last]))))
            account.claim(range(found.last, last), path, "同一行的文字")
