"""The unit of money that stands above a form's first line (单位：万元), and the form whose caption has lost its own."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence

from xltool.filing import Scalar
from xltool.form import Form
from xltool.recovery.atoms import Atom
from xltool.recovery.claims import Account, place
from xltool.recovery.grid_around import BESIDE, NO_UNIT, said
from xltool.recovery.grid_placement import MONEY_UNIT

HEADING, _LINES = 40, 4
"""So many words on so many lines above a form may belong to its heading."""
_HALF = "被换页断开的栏目"


def unit_above(form: Form, before: Sequence[Atom], first: int, values: MutableMapping[str, Scalar], account: Account) -> None:
    """Takes the unit of money from the lines above the line ``first`` where the form names none; another one than the form
    names is doubted, and so is a form of which only the first words of that caption are left."""
    one = form.field_at(MONEY_UNIT)
    if one is None or not one.choices or not account.atoms:
        return
    near = [atom for atom in before if first - _LINES <= atom.line < first]
    found = next(((atom, unit) for atom in near if (unit := said(form, MONEY_UNIT, atom.text))), None)
    if found and MONEY_UNIT in values:
        if (values[MONEY_UNIT] or one.absent) != found[1]:
            account.doubt(MONEY_UNIT, 0, f"上方另写着“{found[0].text}”")
    elif found:
        values[MONEY_UNIT] = None if found[1] == one.absent else found[1]
        account.repair(BESIDE, 0, f"由{place(found[0].line)}的“{found[0].text}”得知：{found[1]}")
    elif MONEY_UNIT not in values:
        cell = form.layout.cell_of(one.name)
        if (half := next((at for at, claim in enumerate(account.claims) if claim == (f"栏目 {cell.caption}", _HALF)), None)) is not None:
            account.doubt(MONEY_UNIT, half, NO_UNIT.format(account.atoms[half].text))
