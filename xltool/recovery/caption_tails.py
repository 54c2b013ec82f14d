"""Texts behind a caption in its own cell that hold a blank: 财务负责人：吴 敏. What follows on their line belongs to them, as far
as the next caption (填报日期：), which the form need not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from xltool.form import Form
from xltool.recovery.alignment import Match
from xltool.recovery.atoms import LINE, SPACE, same_line
from xltool.recovery.claims import Account
from xltool.recovery.scalar_texts import Scalars
from xltool.values import clean

_NUMBER = re.compile(r"(?=.*\d)[0-9A-Za-z_\-]+")
"""The number of a report, or a part of it."""


def go_on(form: Form, matches: Iterable[Match], result: Scalars, account: Account) -> None:
    """Puts the words that nobody took and only one blank parts from such a text behind it."""
    for found in (match.found for match in matches if match.found.spelling.tail):
        path = next((form.fields[name].path for name in found.spelling.fields if name in form.fields), "")
        last = found.last
        atoms = account.atoms
        while last < len(atoms) and account.claims[last] is None and atoms[last].gap == SPACE and same_line(atoms[last], atoms[found.first]) and not atoms[last].key.endswith(":"):
            last += 1
        value = result.values.get(path)
        if last == found.last < len(atoms) and isinstance(value, str) and account.claims[last] is None and atoms[last].gap == LINE and _NUMBER.fullmatch(value) and _NUMBER.fullmatch(atoms[last].key):
            last += 1
            account.doubt(path, found.last, f"“{atoms[found.last].text}”在下一行，可能不属于这一栏")
        if last > found.last and isinstance(value, str):
            blank = " " if atoms[found.last].gap == SPACE else ""
            result.values[path] = clean(blank.join((value, *(atom.text for atom in atoms[found.last : last]))))
            account.claim(range(found.last, last), path, "同一行的文字")
