"""Amounts with their unit behind them in the cell: 250万, 202.64万元. Read in the form's unit where it is printed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from xltool.figures import UNITS, amount_in, unit_of_money
from xltool.filing import Scalar
from xltool.form import Field, Form
from xltool.recovery.amounts import Run
from xltool.recovery.atoms import Atom, same_line
from xltool.recovery.claims import Account
from xltool.values import is_mark, normal, parse_money, parse_number, parse_percent, plain


def in_the_forms_unit(run: Run, form: Form, values: Mapping[str, Scalar], account: Account) -> Run:
    """The run with such amounts at its head as numbers in the form's unit, each with a repair; where that unit is not printed,
    in the one that the mapping has then, with a doubt."""
    holes = [form.fields[slot.fields[0]] for slot in run.slots if slot.kind == "hole"]
    run = _without_units(run, {slot.cell.unit for slot in run.slots if slot.cell.unit}, account)
    if all(one.type != "money" for one in holes):
        return run
    run = _joined(run, account)
    printed = _unit(form, holes, values)
    unit = printed or _absent(form)
    atoms: list[Atom] = []
    for atom, number in zip(run.atoms, run.numbers, strict=True):
        if not _is_number(atom.text) and amount_in(atom.text, "元") is None:
            break
        atoms.append(_converted(atom, unit, number, account))
        if atoms[-1] is not atom and not printed:
            for one in holes:
                account.doubt(one.path, number, f"表上没有印金额单位，“{atom.text}”按{unit}读入")
    return replace(run, atoms=(*atoms, *run.atoms[len(atoms) :]))


def _without_units(run: Run, units: Collection[str], account: Account) -> Run:
    """The run without the units that the form itself prints behind its numbers: 320.5万元, and 万元 alone behind nothing."""
    atoms: list[Atom] = []
    numbers: list[int] = []
    for atom, number in zip(run.atoms, run.numbers, strict=True):
        unit = next((one for one in units if atom.text.endswith(one)), "")
        if unit == atom.text:
            account.claim((number,), "印就的单位", "表式本身印有的单位")
            continue
        bare = atom.text.removesuffix(unit)
        atoms.append(atom._replace(text=bare, key=normal(bare)) if unit and parse_number(bare) is not None else atom)
        numbers.append(number)
    return replace(run, atoms=tuple(atoms), numbers=tuple(numbers))


def _unit(form: Form, holes: Sequence[Field], values: Mapping[str, Scalar]) -> str:
    """The unit of the form's amounts: as it is printed, or as the mapping has it of a form that prints none; empty where
    it is not known."""
    for one in form.scalars:
        if one.choices and UNITS.keys() >= set(one.choices):
            return str(values[one.path] or one.absent) if one.path in values else ""
    return next((one.unit for one in holes if one.unit), "")


def _absent(form: Form) -> str:
    """The unit of money of a form that prints none; empty where the mapping has none."""
    return next((one.absent for one in form.scalars if one.choices and UNITS.keys() >= set(one.choices)), "")


def _is_number(text: str) -> bool:
    return parse_money(text) is not None or parse_percent(text)[0] is not None or is_mark(text)


def _joined(run: Run, account: Account) -> Run:
    """The run with each unit that stands apart behind its number joined to it."""
    atoms: list[Atom] = []
    numbers: list[int] = []
    for atom, number in zip(run.atoms, run.numbers, strict=True):
        if unit_of_money(atom.key) and atoms and numbers[-1] == number - 1 and same_line(atoms[-1], atom) and parse_number(atoms[-1].text) is not None:
            account.claim((number,), "金额的单位", "印在金额之后的单位")
            atoms[-1] = atoms[-1]._replace(text=atoms[-1].text + atom.text, key=atoms[-1].key + atom.key)
        else:
            atoms.append(atom)
            numbers.append(number)
    return replace(run, atoms=tuple(atoms), numbers=tuple(numbers))


def _converted(atom: Atom, unit: str, number: int, account: Account) -> Atom:
    """The atom as a number in a unit; as it stands where it is one already or the unit is none."""
    amount = amount_in(atom.text, unit)
    if amount is None or (unit == "元" and amount == parse_money(atom.text)):
        return atom
    text = plain(amount)
    account.repair("unit-inline", number, f"“{atom.text}”连单位印出，按本表的{unit}作 {text} 读入")
    return atom._replace(text=text, key=text)
