"""Lines of signatures, days and remarks below a form: no rows of its list, and no part of the last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xltool.form import Form
from xltool.recovery.atoms import Atom, same_line
from xltool.values import YEAR, caption_key, parse_date, parse_target

_LABEL = re.compile(r"(?:[^\s:,。;]{0,8}(?:人|电话|手机|日期|时间|盖章|公章|签字|签名|签章|单位|部门)|(?:填表|填报|编制)?说明|备?注)(?:\([^():]{0,6}\))?\d?:.*", re.S)
"""填表人：, 联系电话：, 单位负责人（签字）：, 备注："""
_REVIEW = re.compile(r".{0,24}(?:意见|审核|审批|审定)(?:栏)?:?(?:\((?:盖章|公章|签章|签字)\))+")
"""财政部门审核意见（盖章）"""
_SIGNED_DAY = re.compile(rf"{YEAR}年(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})月(?:(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})日)?")
"""二〇二四年一月, 2024年3月2日"""
_PHONE = re.compile(r"0\d{2,3}-\d{7,8}(?:-\d{1,4})?|1[3-9]\d{9}")
_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,20}(?:局|委|厅|委员会|办公室|办事处|政府)(?:\(.{1,8}\))?")
_UNIT = re.compile(r"[\u4e00-\u9fff]{2,24}(?:中心|处|科|所|站|馆|院|队|校|大学|公司|集团|协会)(?:\(.{1,8}\))?")
"""An office by its name, and what may be a unit where the form names it above."""
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,12}")
_SEAL = re.compile(r"\((?:盖章|公章|签章|签字)\)|年月日")
"""What is printed for a hand to fill in."""


def is_signed(form: Form) -> bool:
    """True for a form that has captions of its own for its signatures."""
    block = min((block.row for block in form.blocks), default=0)
    below = [caption_key(cell.caption) for cell in form.layout.cells if cell.caption and cell.row > block]
    return any(_LABEL.fullmatch(f"{caption}:") or _REVIEW.fullmatch(f"{caption}(盖章)") for caption in below)


def above_signatures(atoms: Sequence[Atom], first: int, last: int) -> int:
    """Where the lines of signatures begin that end the atoms ``first`` to ``last`` (excluded); ``last`` where there are none.
    The first of them has a label, or is an office and its day, or a person and a telephone's number: a day alone is a value."""
    end = found = last
    while end > first:
        begin = end - 1
        while begin > first and same_line(atoms[begin - 1], atoms[end - 1]):
            begin -= 1
        signer = _signer(atoms, first, begin, last)
        if not signer and not _signs(atoms[begin:end]):
            break
        end = begin
        found = end if signer or _LABEL.fullmatch(atoms[end].key) or _REVIEW.fullmatch(_line(atoms, end)) else found
    return found


def _signer(atoms: Sequence[Atom], first: int, at: int, last: int) -> bool:
    """True for a line that is an office with its day behind or below it, or a person with a telephone's number."""
    if at + 1 >= last or atoms[at].cell >= 0 or (at + 2 < last and same_line(atoms[at + 2], atoms[at])):
        return False
    name, then = atoms[at].key, atoms[at + 1].key
    if _PHONE.fullmatch(then):
        return _PERSON.fullmatch(name) is not None
    day = parse_date(then) is not None or _SIGNED_DAY.fullmatch(then) is not None
    return day and (_OFFICE.fullmatch(name) is not None or (_UNIT.fullmatch(name) is not None and any(atom.key == name for atom in atoms[first:at])))


def _signs(line: Sequence[Atom]) -> bool:
    """True for a line that begins with a signature's label, or is a day or a seal's place alone; a target stands in none."""
    if any(atom.cell >= 0 or parse_target(atom.text).operator is not None for atom in line):
        return False
    whole = "".join(atom.key for atom in line)
    patterns = (_SEAL, _REVIEW, _PHONE, _SIGNED_DAY)
    return bool(_LABEL.fullmatch(line[0].key)) or any(pattern.fullmatch(whole) for pattern in patterns) or parse_date(whole) is not None


def _line(atoms: Sequence[Atom], first: int) -> str:
    """The words of the line that an atom begins."""
    return "".join(atom.key for atom in atoms[first : first + 4] if same_line(atom, atoms[first]))
