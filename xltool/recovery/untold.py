"""What no text tells of a form, only a grid: which column is which where the mapping names no levels, what stands beside a list."""

from __future__ import annotations

from xltool.form import Form
from xltool.recovery.claims import Account

NO_LEVELS = "映射没有写这一表式的分类（taxonomy），文字里分不清分组与名称"
BESIDE = "这一栏印在明细旁边，文字里分不清属于哪一栏"


def doubt(form: Form, account: Account) -> None:
    """Doubts the lists whose groups no taxonomy names, and the fields that go down beside a list."""
    for name, spec in form.lists.items():
        if spec.groups and not form.taxonomy.children:
            account.doubt(name, 0, NO_LEVELS)
    for block in form.blocks:
        for hole in (hole for span in block.spans if span.row == block.row for hole in span.holes):
            account.doubt(form.fields[hole].path, 0, BESIDE)
