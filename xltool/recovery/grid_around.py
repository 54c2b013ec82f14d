"""What stands around a form on its grid and says something of it: 单位：万元 in a corner, a year in its title, the title of another form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from xltool.form import Form
from xltool.grid import Grid
from xltool.recovery.grid_captions import LONGEST, unit_behind
from xltool.recovery.grid_placement import MONEY_UNIT, Placement
from xltool.recovery.grid_stencil import Stencil
from xltool.recovery.grid_values import tidy
from xltool.values import YEAR, caption_key, normal, parse_year

BESIDE, IN_TITLE = "unit-beside", "year-in-title"
_UNIT = re.compile(r"[(\[【]?(?:(?:金额|货币|计量)?单位:)(?:人民币)?(.+?)[)\]】]?")
_YEAR = re.compile(YEAR)
_TITLE = re.compile(rf"[^,。;:]{{,40}}表(?:\((?:{YEAR})?年度?\))?")
"""A title is one phrase that ends in 表, its year behind it or not."""
_NUMBER = re.compile(r"(?:附|公开|预算|决算)*[\d一二三四五六七八九十.-]*附?表[\d一二三四五六七八九十.-]*")
"""The number of a table is no title: 公开14表, 附表."""
ALIKE = 0.8
"""With so many of its captions a form under another title is that form all the same."""
OTHER = "表名是“{}”，只是像“{}”，没有读入"
NO_UNIT = "“{}”没有写金额单位"
_BRACKETS = re.compile(r"\([^)]*\)$")
_REST = re.compile(r"[()\s年度]*")


def with_surroundings(placement: Placement, before: Sequence[int], grid: Grid) -> tuple[Placement, tuple[int, ...]]:
    """The placement with the cells above its fields that say its unit of money or its year; of the cells before it the rest."""
    if not before and not placement.left:
        return placement, ()
    placement = _without_unit(placement, grid)
    top = placement.above + min(placement.stencil.rows, default=1)
    above = (*before, *(number for number in placement.left if grid.places[number][0] < top))
    found = tuple((path, number) for number in above for path in _paths(placement.stencil.form, grid.texts[number]))
    if not found:
        return placement, tuple(before)
    found = *placement.around, *found
    taken = {number for _, number in found}
    left = tuple(number for number in placement.left if number not in taken)
    return replace(placement, around=found, left=left), tuple(number for number in before if number not in taken)


def _without_unit(placement: Placement, grid: Grid) -> Placement:
    """The placement with the caption that has lost the unit in its brackets (项目资金), where it stands alone: a caption, but one that is doubted."""
    form = placement.stencil.form
    one = form.field_at(MONEY_UNIT)
    if one is None or all(path != MONEY_UNIT for path, _, _ in placement.doubts):
        return placement
    bare = _BRACKETS.sub("", normal(form.layout.cell_of(one.name).caption))
    there = [number for number in placement.left if bare and caption_key(grid.texts[number]) == bare]
    if len(there) != 1:
        return placement
    doubts = tuple((path, there[0], NO_UNIT.format(tidy(grid.texts[there[0]]))) if path == MONEY_UNIT else (path, number, why) for path, number, why in placement.doubts)
    return replace(placement, left=tuple(number for number in placement.left if number not in there), doubts=doubts)


def _paths(form: Form, text: str) -> Iterator[str]:
    for path in (MONEY_UNIT, "year"):
        if said(form, path, text) is not None:
            yield path


def said(form: Form, path: str, text: str) -> str | int | None:
    """The unit of money, or the year, that a text beside a form says; None where it says none."""
    one = form.field_at(path)
    if one is None or len(text) > LONGEST:
        return None
    key = normal(text)
    if path == MONEY_UNIT:
        found = _UNIT.fullmatch(key)
        named = found[1] if found else parts[1] if (parts := unit_behind(text)) else ""
        return next((unit for unit in one.choices if normal(unit) == named), None)
    years = set(_YEAR.findall(key)) if _title_in(form, key) else set()
    return parse_year(years.pop()) if len(years) == 1 else None


def whole(form: Form, text: str) -> bool:
    """True where a text is the form's title with a year, and nothing else."""
    key = normal(text)
    return _REST.fullmatch(_YEAR.sub("", key.replace(_title_in(form, key), "", 1))) is not None


def _title_in(form: Form, key: str) -> str:
    """The longest title of a form that stands in a text; empty where none does."""
    return max((title for title in map(caption_key, (form.title, *form.titles)) if title in key), key=len, default="")


def other_title(stencil: Stencil, grid: Grid, numbers: Sequence[int], top: int, share: float) -> int | None:
    """The cell that bears the title of another form, alone in its row above all captions of one whose required fields
    have lost theirs, or of which too small a ``share`` of the captions stands there; None where there is none. ``top`` is
    the row of the first caption."""
    form = stencil.form
    required = {one.path for one in form.scalars if one.required}
    gone = {path for spot in stencil.spots if spot.why for path in spot.paths}
    if share >= ALIKE and (not required or not required <= gone):
        return None
    for number in numbers:
        row = grid.places[number][0]
        if row > top:
            return None
        alone = all(grid.places[other][0] != row for other in (number - 1, number + 1) if 0 <= other < len(grid.places))
        if alone and is_other_title(form, tidy(grid.texts[number])):
            return number
    return None


def is_other_title(form: Form, text: str) -> bool:
    """True for the title of a form that is not this one."""
    key = normal(text)
    return _TITLE.fullmatch(key) is not None and _NUMBER.fullmatch(key) is None and not _title_in(form, key)
