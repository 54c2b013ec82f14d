"""The form's year from the words before its title, where the form names none: 2024年度项目支出绩效自评表."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xltool.form import Form
from xltool.recovery.alignment import Match
from xltool.recovery.atoms import BLANK, LINE, Atom, same_line
from xltool.recovery.claims import Account, place
from xltool.recovery.grid_around import IN_TITLE
from xltool.recovery.scalar_texts import Scalars
from xltool.recovery.squeezed import Found
from xltool.recovery.vocabulary import Slot, Spelling, Vocabulary
from xltool.values import YEAR, parse_year

_AT_END = re.compile(rf"(?:|.*[^\d\-—–~至到、])({YEAR})年度?")
_ALONE = re.compile(rf"\(?({YEAR})年度?\)?")
_MARKS = "()年度"


def year_before(words: Vocabulary, before: Sequence[Atom], first: Atom, fields: Scalars, account: Account) -> int:
    """Takes the year from the words ``before`` the form's title, whose ``first`` word they stand beside on one line, or on
    the line above with nothing else; another one than the form names is doubted. Answers how many of these words, from the
    last, say nothing but the year that was taken."""
    slot = next((slot for slot in words.slots if slot.kind == "caption" and _year(words.form, slot)), None)
    line = _line_before(before, first)
    beside = bool(line) and same_line(line[-1], first)
    found = (_AT_END if beside else _ALONE).fullmatch("".join(atom.key for atom in line))
    year = parse_year(found[1]) if found else None
    if slot is None or found is None or year is None:
        return 0
    one = words.form.fields[_year(words.form, slot)]
    said = place(line[-1].line)
    if (known := fields.values.get(one.path)) is not None:
        if known != year:
            account.doubt(one.path, 0, f"{said}表题之前另写着“{found[1]}年”")
        return 0
    fields.values[one.path] = year
    if all(match.slot != slot.number for match in fields.matches):
        caption = Found(0, 0, Spelling("", slot.cell, None, (one.name,)), (found[1],))
        fields.matches = sorted((*fields.matches, Match(slot.number, caption)), key=lambda match: match.slot)
    account.repair(IN_TITLE, 0, f"由{said}表题之前的“{found[1]}年”得知：{year}")
    return _only_year(line, found[1])


def _year(form: Form, slot: Slot) -> str:
    """The name of the year's field in a caption; empty where it is not in it."""
    return next((name for name in slot.fields if form.fields[name].type == "year"), "")


def _line_before(before: Sequence[Atom], first: Atom) -> Sequence[Atom]:
    """The words before the title on its line; where it begins its line, those of the line above, behind a blank line in brackets alone."""
    if not before or (not same_line(before[-1], first) and first.gap != LINE and not (first.gap == BLANK and before[-1].key.endswith(")"))):
        return ()
    at = len(before)
    while at and same_line(before[at - 1], before[-1]):
        at -= 1
    return before[at:]


def _only_year(line: Sequence[Atom], year: str) -> int:
    """How many words at a line's end are the year and the words and marks around it."""
    run = ""
    for count, atom in enumerate(reversed(line), start=1):
        run = atom.key + run
        if year in run:
            return count if not run.replace(year, "", 1).strip(_MARKS) else 0
    return 0
