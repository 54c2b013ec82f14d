"""Cells that hold the markup of a web page: its tags gone, its entities as the characters that they stand for."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from xltool.grid import Grid
from xltool.recovery.atoms import unmarked

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8}\d{0,2});", re.I)


_BEGINS = re.compile(r"</?[a-z]|&[#a-z]", re.I)
"""What every tag and entity begins with; ``<3人`` is far more frequent in the cells of forms."""


def without_markup(grid: Grid) -> Grid:
    """The grid with plain texts, and by number what the cells said before; the same grid where there was no markup."""
    if not _may_hold("\0".join(grid.texts)):
        return grid
    found = {number: plain for number, text in enumerate(grid.texts) if ("<" in text or "&" in text) and _BEGINS.search(text) and (plain := plain_text(text)) != text}
    if not found:
        return grid
    texts = tuple(found.get(number, text) for number, text in enumerate(grid.texts))
    return replace(grid, texts=texts, marked={number: grid.texts[number] for number in found}, _cells=[], _squares={})


def _may_hold(said: str) -> bool:
    """True where a tag or an entity begins somewhere."""
    for mark in "<&":
        at = said.find(mark)
        while at >= 0:
            if _BEGINS.match(said, at):
                return True
            at = said.find(mark, at + 1)
    return False


def plain_text(text: str) -> str:
    """A text without tags and entities, however often they were wrapped, its paragraphs as lines; an & that begins
    no entity stays, and so does ``<关于…的通知>``, which is no tag."""
    before = ""
    while text != before:
        before = text
        text = _ENTITY.sub(lambda found: unescape(found.group()), unmarked(text.replace("&", "\0"), "\n").replace("\0", "&"))
    return text
