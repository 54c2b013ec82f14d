"""A sheet without a form on which the list of the form before it goes on: somebody had too little room."""

from __future__ import annotations

from xltool.field_captions import captions
from xltool.form import Form
from xltool.grid import Grid
from xltool.values import caption_key

GOES_ON = "工作表“{}”像是这张表明细的续表，没有读入；请把这些行移到同一张工作表上"
_LEAST = 3


def goes_on(form: Form, grid: Grid) -> str:
    """The list of a form whose rows stand on a grid that holds no form; empty where none does.

    All of its heads but one stand in one row there, or a row begins with a level of the taxonomy and is filled as an item is.
    """
    if grid.hidden:
        return ""
    below = form.taxonomy.children
    levels = frozenset(map(caption_key, (*below, *(two for each in below.values() for two in each))))
    rows: dict[int, list[str]] = {}
    for number, (row, *_) in enumerate(grid.places):
        rows.setdefault(row, []).append(caption_key(grid.texts[number]))
    printed = captions(form)
    for name, one in form.lists.items():
        heads = {caption_key(printed[field]) for field in one.fields}
        least = max(_LEAST, len(heads) - 2)
        for texts in rows.values():
            if len(heads.intersection(texts)) >= max(_LEAST, len(heads) - 1) or (len(texts) >= least and texts[0] in levels):
                return name
    return ""
