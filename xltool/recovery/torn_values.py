"""Amounts, dates and targets that the end of a line cuts: 358 / ,000.00, 20 / 24-12-31, 2024年12月 / 底前, ≤6800元 / /个. What is
left for the next line is nothing by itself, so the two are one word.
"""

from __future__ import annotations

import re
from itertools import pairwise

from xltool.recovery.atoms import LINE, Atom, Text
from xltool.values import normal, parse_date, parse_target

_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})*(?:\n(?:,\d{3})+|,(?:\n\d{3}|\d\n\d\d|\d\d\n\d)(?:,\d{3})*)(?:\.\d+)?")
_POINT = re.compile(r"(?:.*[^.\d])?\d+(?:,\d{3})*(?:\.\n\d|\n\.\d).*", re.S)
_PER = re.compile(r"[=≥≤><]*\d[\d.,]*\(?[^\d\s/()]{1,4}\n/[^\d\s/()]{1,6}\)?")
_SIGNED, _COUNTED = re.compile(r"[=≥≤><]+\d[\d.,]*"), re.compile(r"\(?[^\d\s/()]{1,4}/[^\d\s/()]{1,4}\)?")
_PART_OF_A_DATE = re.compile(r"\d{1,3}|\d{4}[-/.年]?|\d{4}[-/.年]\d{1,2}[-/.月]?")
_BY = r"(?:[初中底末前内止]|上旬|中旬|下旬|之前|以前|完成)*"
_DAY = re.compile(
    rf"(?:.*\D)?(?:19|20)\d\d年(?:\d{{1,2}}月(?:\d?\n\d{{1,2}}日{_BY}|\n[初中底末上下]{_BY})|\d{{0,2}}\n\d{{0,2}}月(?:\d{{1,2}}日)?{_BY})"
    rf"|(?:19|20)\n\d\d年\d{{1,2}}月(?:\d{{1,2}}日)?{_BY}|(?:19|20)\d\n\d年\d{{1,2}}月(?:\d{{1,2}}日)?{_BY}"
)
"""By when something is done, cut behind its year or month or inside a number."""


def whole(text: Text, units: frozenset[str] = frozenset()) -> Text:
    """The text with such words whole, each on its first line; ``units`` are those that the forms know."""
    gone = {line.first for before, line in pairwise(text.lines) if not before.grid and not line.grid and line.gap == LINE and _one(text.atoms[before.last - 1], text.atoms[line.first], units)}
    if not gone:
        return text
    atoms: list[Atom] = []
    lines = []
    torn: list[tuple[int, str]] = []
    for line in text.lines:
        first = len(atoms)
        for number in range(line.first, line.last):
            atom = text.atoms[number]
            if number in gone:
                torn.append((line.number, f"“{atoms[-1].text}”与“{atom.text}”"))
                atoms[-1] = atoms[-1]._replace(text=atoms[-1].text + atom.text, key=normal(atoms[-1].text + atom.text))
                continue
            atoms.append(atom if number - 1 not in gone or number == line.first else atom._replace(gap=LINE))
        if len(atoms) > first:
            lines.append(line._replace(first=first, last=len(atoms)))
    return text._replace(atoms=tuple(atoms), lines=tuple(lines), torn=tuple(torn))


def _one(head: Atom, tail: Atom, units: frozenset[str]) -> bool:
    """True for two parts of one word, of which the second begins a line."""
    both = f"{head.key}\n{tail.key}"
    if any(pattern.fullmatch(both) for pattern in (_THOUSANDS, _POINT, _PER, _DAY)):
        return True
    if _SIGNED.fullmatch(head.key) and " " not in head.text and _COUNTED.fullmatch(tail.key):
        # A sign with a blank behind it stands in a cell of its own, and so does the unit.
        return parse_target(head.key + tail.key.strip("()"), units).unit is not None
    if head.key.endswith("月") and tail.key.isdigit():
        # A month is whole without its day: the number is another cell.
        return False
    return bool(_PART_OF_A_DATE.fullmatch(head.key)) and parse_date(tail.text) is None and parse_date(head.text + tail.text) is not None
