"""Names that have lost the blank before their value: 处置率=100%, 检查次数≥6(次), 数据上传及时性及时.

A sign tells where the value begins. Where several values stand so, words that the mapping knows as values are parted
from the names that end their lines too; such rows are doubted, and so is a single one of either kind.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from xltool.form import Form
from xltool.recovery.atoms import SPACE, Atom, same_line
from xltool.recovery.claims import Account
from xltool.values import normal, parse_target

_NAMED = re.compile(r"([^=＝═≥≧≤≦><＞＜，。；：,;:]+[\u4e00-\u9fff）)”])((?:[=＝═≥≧≤≦]|[>＞<＜][=＝]?)\d[\d.,]*+(?:[%％‰]|[（(][^（()）]{1,8}[)）]|[\u4e00-\u9fff]{1,3})?+)")
"""What may be a name, and a whole value with its sign."""
_HAN = re.compile("[\u4e00-\u9fff]")
HABIT = 2
"""So many such words are a habit of the text, where no more than twice as many values stand apart."""
APART = 6
"""Where so many values with a sign stand apart for one that does not, that one is in a name: 两次抽检=100% / 合格的批次数."""
SHORTEST = 3
"""Letters of a name that a known value may end."""


def parted(form: Form, atoms: Sequence[Atom], first_row: int) -> tuple[Sequence[Atom], frozenset[int]]:
    """The atoms with such words parted, of those from ``first_row`` on, and the lines on which that is not certain."""
    cuts = {at: len(found[1]) for at, atom in enumerate(atoms) if at >= first_row and atom.cell < 0 and (found := _NAMED.fullmatch(atom.text)) and not _goes_on(form, atoms, at)}
    apart = sum(parse_target(atom.text).operator is not None for atom in atoms[first_row:])
    if not cuts:
        return atoms, frozenset()
    if apart >= APART * len(cuts):
        return atoms, frozenset(atoms[at].line for at in cuts)
    # A name that itself ends with a value (误差<2%) may stand in several rows.
    habit = len({atoms[at].text[:size] for at, size in cuts.items()}) >= HABIT and 2 * len(cuts) >= apart
    unsure = dict[int, int]() if habit else {at: at for at in cuts}
    if habit:
        words = {at: size for at in range(first_row, len(atoms)) if at not in cuts and (size := _worded(form, atoms, at))}
        unsure |= {at: at for at in words}
        cuts |= words
    made: list[Atom] = []
    for at, atom in enumerate(atoms):
        made.extend(_halves(atom, cuts[at]) if at in cuts else (atom,))
    return made, frozenset(atoms[at].line for at in unsure)


def _halves(atom: Atom, size: int) -> tuple[Atom, Atom]:
    head, tail = atom.text[:size], atom.text[size:]
    return atom._replace(text=head, key=normal(head)), atom._replace(text=tail, key=normal(tail), gap=SPACE, x=atom.x + size)


def _goes_on(form: Form, atoms: Sequence[Atom], at: int) -> bool:
    """True where a value begins the next word, or stands behind on the line: what ends with one before it is a name whole."""
    if at + 1 == len(atoms):
        return False
    then = atoms[at + 1]
    if same_line(then, atoms[at]) and atoms[at].text[-1].isdigit() and _HAN.match(then.text):
        return True  # 评分≥90 分的项目数量
    return parse_target(then.text).operator is not None or (same_line(then, atoms[at]) and then.text in form.words)


def _worded(form: Form, atoms: Sequence[Atom], at: int) -> int:
    """The letters before the known value that ends the last word of a line, which holds no other value; 0 where there is none."""
    atom = atoms[at]
    if atom.cell >= 0 or (at + 1 < len(atoms) and same_line(atoms[at + 1], atom)) or (at and same_line(atoms[at - 1], atom) and atoms[at - 1].text in form.words):
        return 0
    sizes = (len(atom.text) - len(word) for word in form.words if atom.text.endswith(word))
    return min((size for size in sizes if size >= SHORTEST), default=0)


def doubt(lines: Collection[int], account: Account) -> None:
    """A doubt on each item of a list that stands on one of these lines."""
    for at, atom in enumerate(account.atoms):
        where = claimed[0] if atom.line in lines and (claimed := account.claims[at]) else ""
        if "]." in where and where.isascii():
            account.doubt(where.partition("].")[0] + "]", at, f"“{atom.text}”原来与旁边的文字连成一词，在何处分开不能确定")
