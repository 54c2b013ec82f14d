"""Targets whose sign a converter could not write: ?95%, □95% for ≥95%."""

from __future__ import annotations

import re

from xltool.form import Form
from xltool.recovery.claims import Account

_LOST = re.compile(r"[?？\ufffd□■]\s*\d")


def doubt(form: Form, account: Account) -> None:
    """Doubts the targets that begin with what stands for an unknown letter."""
    paths = tuple(f".{one.path}" for one in form.fields.values() if one.type == "target")
    for number, claimed in enumerate(account.claims):
        if claimed and "[" in claimed[0] and claimed[0].endswith(paths) and _LOST.match(account.atoms[number].text):
            account.doubt(claimed[0], number, f"“{account.atoms[number].text}”的符号没有印出，照印")
