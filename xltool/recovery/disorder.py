"""Doubts where a text's order itself is not to be trusted: captions lost or out of their order, values left outside.

A text in its order shows none of the signs; where one is plain nothing that the order told is certain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xltool.form import Field
from xltool.recovery.claims import Account
from xltool.recovery.scalar_texts import Scalars
from xltool.recovery.vocabulary import Slot, Vocabulary
from xltool.values import parse_target

SCRAMBLED = 1
"""With so many captions in the text but out of their order no field is certain."""
MARKS = "marks"
"""The path of what stands for «nothing» in the fields of a form."""
OTHERS = (MARKS, "form", "title")
"""What a text without order may have wrong besides the fields and lists: its captions and title may be another form's."""
LOST, TORN = 3, 3
"""So many captions that were not found are no slip; a form that lacks more than one in so many is not one form."""
SPOKEN = 0.7
"""The share of the captions above the list with a colon behind them that tells so; official forms print a few."""
LEFT, VALUES_LEFT = 3, 3
"""One word in so many left over, or so many values, are no slip."""
LEVELS = ("level1", "level2")
"""Which label a row stands under says nothing of the row itself."""
ROWS, DOUBTED = 3, 0.6
"""Of so many rows such a share doubted doubts the others too."""


def doubt(words: Vocabulary, scalars: Scalars, lists: Sequence[str], account: Account, beside: bool = False) -> None:
    """Doubts the fields about a caption that was not found, the empty required ones, and the lists whose values were left;
    everything where ``beside`` says that the form has two lists of which only the order tells."""
    matched = {match.slot for match in scalars.matches}
    _lost(words, scalars, matched, account)
    for one in words.form.scalars:
        if one.required and one.path not in scalars.values and one.path not in scalars.marks:
            account.doubt(one.path, 0, f"“{one.name}”必填而未读到")
    if why := _sign(words, scalars, matched, account) or ("两个明细并排，只有次序可循" if beside else ""):
        for path in (*(one.path for one in words.form.scalars), *lists, *OTHERS):
            account.doubt(path, 0, why)
        return
    _beside_leftovers(words, scalars, account)
    _left(words, lists, account)


def torn(words: Vocabulary, scalars: Scalars, account: Account) -> bool:
    """True for what lacks so much of the form that another part of the text may be its rest; who types a form leaves out what is empty."""
    lost = _missing(words, {match.slot for match in scalars.matches})
    return lost * TORN > sum(slot.kind == "caption" for slot in words.slots) and not _spoken(words, scalars, account)


def _missing(words: Vocabulary, matched: set[int]) -> int:
    return sum(slot.kind == "caption" and slot.number not in matched for slot in words.slots)


def _sign(words: Vocabulary, scalars: Scalars, matched: set[int], account: Account) -> str:
    """Why the order of the text is not to be trusted; empty where nothing speaks against it."""
    if _out_of_order(words, scalars) >= SCRAMBLED:
        return "栏目的次序与表式不同，值未必归对"
    if (lost := _missing(words, matched)) >= LOST and not _spoken(words, scalars, account):
        return f"有{lost}个栏目没有找到，值未必归对"
    left = [atom for atom, claimed in zip(account.atoms, account.claims, strict=True) if claimed is None]
    values = sum(parse_target(atom.text, words.form.units).value is not None for atom in left)
    if len(left) * LEFT > len(account.atoms) or values >= VALUES_LEFT:
        return f"有{len(left)}处文字没有归入，次序可能已乱"
    rows = {path for doubt in account.doubts for path, _, other in (doubt.path.partition("."),) if "[" in path and other not in LEVELS}
    taken = {where.partition(".")[0] for claimed in account.claims if claimed for where in claimed[:1] if "[" in where}
    if len(taken) >= ROWS and len(rows) > DOUBTED * len(taken):
        return "大多数明细行不能确定，次序可能已乱"
    return ""


def _spoken(words: Vocabulary, scalars: Scalars, account: Account) -> bool:
    """True where a colon stands behind most captions: so people type a form, and leave out what is empty."""
    above = [match.found for match in scalars.matches if words.slots[match.slot].cell.row < min(words.head_rows.values(), default=0)]
    colons = sum(account.atoms[found.last - 1].key.endswith(":") for found in above)
    return colons > SPOKEN * len(above)


def _lost(words: Vocabulary, scalars: Scalars, matched: set[int], account: Account) -> None:
    for slot in words.slots:
        if slot.kind != "caption" or slot.number in matched:
            continue
        for one in _beside(words, slot, matched):
            if one.path in scalars.values or not one.optional:
                account.doubt(one.path, 0, f"没有找到栏目“{slot.cell.caption}”")


def _beside(words: Vocabulary, lost: Slot, matched: set[int]) -> Iterator[Field]:
    """The fields printed inside a lost caption, and those from the caption found before it to the next ones after it."""
    first = max((number for number in matched if number < lost.number), default=lost.number - 1)
    last = min((number for number in matched if number > lost.number), default=len(words.slots))
    there = [slot.number for slot in words.slots if slot.kind == "caption" and slot.number > last]
    end = there[1] if len(there) > 1 else len(words.slots)
    for slot in words.slots[first + 1 : end]:
        if slot.kind == "hole" or slot is lost:
            yield from (words.form.fields[name] for name in slot.fields)


def _out_of_order(words: Vocabulary, scalars: Scalars) -> int:
    """How many captions from outside the list stand in the text before it and could not be matched."""
    taken = {match.found.first for match in scalars.matches}
    row = min(words.head_rows.values(), default=words.form.layout.rows)
    count = 0
    for found in scalars.found:
        cell = found.spelling.cell
        outside = (cell.row, cell.column) not in words.floats and cell.row < row
        count += found.first not in taken and outside and len(found.spelling.key) > 3
    return count


def _beside_leftovers(words: Vocabulary, scalars: Scalars, account: Account) -> None:
    """A doubt on the fields behind the caption that something left over stands after."""
    for number, claimed in enumerate(account.claims):
        if claimed is not None or any(first <= number < last for first, last in scalars.ranges):
            continue
        before = max((match for match in scalars.matches if match.found.last <= number), key=lambda match: match.slot, default=None)
        for slot in words.slots[before.slot + 1 :] if before else ():
            if slot.kind == "caption":
                break
            for name in slot.fields:
                account.doubt(words.form.fields[name].path, number, f"“{account.atoms[number].text}”没有归入，这一栏未必完整")


def _left(words: Vocabulary, lists: Sequence[str], account: Account) -> None:
    """A doubt on the lists where a value with a sign, or a level name, was left over outside them."""
    for number, claimed in enumerate(account.claims):
        atom = account.atoms[number]
        if claimed is None and (parse_target(atom.text, words.form.units).operator is not None or atom.key in words.levels.keys):
            for name in lists:
                account.doubt(name, number, f"“{atom.text}”未能归入任何一行")
            return
