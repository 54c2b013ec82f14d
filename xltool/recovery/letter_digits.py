"""Amounts and points in which letters stand for digits, as text read off a picture has them: 2,86O,000, 1l5,000.00, l0."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from xltool.recovery.atoms import Atom, same_line
from xltool.recovery.claims import Account
from xltool.values import normal

_DIGITS = str.maketrans("OoＯQＱ〇lIｌＩ", "0000001111")
_LIKE = "[0-9OoＯQＱ〇lIｌＩ]"
_AMOUNT = re.compile(rf"(?:{_LIKE}{{1,3}}(?:[,，]{_LIKE}{{3}})+(?:[.．]{_LIKE}{{1,4}})?|{_LIKE}{{3,}}[.．]{_LIKE}{{2}})")
_POINTS = re.compile(rf"(?={_LIKE}*[0-9]){_LIKE}{{2,3}}(?:[.．]{_LIKE}{{1,2}})?")
_COUNTED = re.compile(r"[=≥≤><]*\d")
"""What stands before points in their row: another number."""
LEAST = 2
"""Digits of such an amount at the least."""


def as_digits(atoms: Sequence[Atom]) -> tuple[list[Atom], dict[int, str]]:
    """The atoms with such amounts in digits, and these as they were printed, by the number of their atom."""
    slips = {number: atom.text for number, atom in enumerate(atoms) if _slipped(atom.text)}
    for number, (before, atom) in enumerate(pairwise(atoms), 1):
        if _POINTS.fullmatch(atom.text) and atom.text.translate(_DIGITS) != atom.text and same_line(before, atom) and (number - 1 in slips or _COUNTED.match(before.key)):
            slips[number] = atom.text
    made = [atom._replace(text=text, key=normal(text)) if number in slips and (text := atom.text.translate(_DIGITS)) else atom for number, atom in enumerate(atoms)]
    return made, slips


def _slipped(text: str) -> bool:
    return not text[-1:].isspace() and _AMOUNT.fullmatch(text) is not None and text.translate(_DIGITS) != text and sum("0" <= letter <= "9" for letter in text) >= LEAST


def doubt(slips: Mapping[int, str], places: Iterable[tuple[str, int]], account: Account) -> None:
    """A repair and a doubt for each field that such an amount was read as."""
    for path, number in places:
        if number in slips:
            account.repair("letter-digit", number, f"“{slips[number]}”里的字母作数字读入：{account.atoms[number].text}")
            account.doubt(path, number, f"印作“{slips[number]}”，其中的字母可能是数字")


def of_lists(slips: Mapping[int, str], account: Account) -> Iterator[tuple[str, int]]:
    """The fields of lists that such numbers were read as."""
    for number in slips:
        where = claimed[0] if (claimed := account.claims[number]) else ""
        if "[" in where:
            yield where, number
