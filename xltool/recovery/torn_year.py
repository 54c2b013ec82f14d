"""The form's year where its caption has lost a bracket, 2019年度) behind the title, or is typed before it: 年度：2019."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xltool.recovery.alignment import Match
from xltool.recovery.claims import Account
from xltool.recovery.squeezed import Found
from xltool.recovery.vocabulary import Slot, Spelling, Vocabulary
from xltool.values import YEAR

_TORN = re.compile(rf"\(?({YEAR})年度\)?|\(({YEAR})年|({YEAR})年\)|(?:项目|预算|填报|所属)?年度?:({YEAR})年?度?")
WORDS = 3
"""So many words a converter makes of a year at most: ( 2019 年度."""


def torn_years(words: Vocabulary, matches: Sequence[Match], account: Account) -> list[Match]:
    """A match for each year's caption that was not found and stands, without a bracket, before the next caption; its text
    is claimed."""
    taken = {match.slot for match in matches}
    return [found for slot in words.slots if slot.number not in taken and (found := _match(words, slot, matches, account))]


def _match(words: Vocabulary, slot: Slot, matches: Sequence[Match], account: Account) -> Match | None:
    name = next((name for name in slot.fields if words.form.fields[name].type == "year"), "")
    if slot.kind != "caption" or not name:
        return None
    before = max((match.found.last for match in matches if match.slot < slot.number), default=0)
    behind = min((match.found.first for match in matches if match.slot > slot.number), default=0)
    for numbers in _runs(account.free(before, behind)):
        printed = "".join(account.atoms[number].text for number in numbers)
        if found := _TORN.fullmatch("".join(account.atoms[number].key for number in numbers)):
            year = next(one for one in found.groups() if one)
            account.claim(numbers, f"栏目 {slot.cell.caption}", "没有括号的年度")
            account.repair("year-bracket", numbers[0], f"“{printed}”没有写在括号里，按年度 {year} 读入")
            return Match(slot.number, Found(numbers[0], numbers[-1] + 1, Spelling("", slot.cell, None, (name,)), (year,)))
    return None


def _runs(free: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Every few neighbouring words."""
    for at, first in enumerate(free):
        for count in range(1, WORDS + 1):
            run = free[at : at + count]
            if len(run) == count and run[-1] == first + count - 1:
                yield tuple(run)
