"""Runs of numbers under several column captions: which number stands in which cell.

Fewer numbers than cells leave it open which cell is empty. The reading that keeps the order, fits the
types and makes the sums right costs least; readings of nearly the same cost leave a doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise, product
from operator import attrgetter
from typing import NamedTuple

from xltool.form import Field, Form, Sum
from xltool.recovery.atoms import Atom
from xltool.recovery.vocabulary import Slot
from xltool.values import is_mark, parse_date, parse_money, parse_number, parse_percent, parse_year

CLOSE = 0.15
LONGEST = 200
"""Pieces of a run: the widest row of a form has some 30 cells."""
LIMIT = 400
BASELESS, OTHERWISE, ROUGHLY = 3.0, 2.0, Decimal("0.01")
"""What it costs that a rate without % has no amounts that give it, that one with % has amounts beside it that do not; so
much may be lost by rounding."""
ALONE = 0.5
"""What it costs that a part stands below an empty total; totals alone are often all that is filled in."""
GROUPED = 3.0
"""What it costs that a weight or a score has its thousands parted, as amounts have."""
CENTS = 2
"""Decimals of a sum of money that nothing was computed from."""
KEPT, DEARER = 12, 2
"""How many readings of a run are weighed, and how much dearer than the cheapest they may be."""


@dataclass(frozen=True, slots=True)
class Option:
    """One reading of a run: for each atom the slot it stands in (None: nowhere), and its cost."""

    cost: float
    places: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Atoms between two captions and the slots that stand there; ``first`` is the number of the first atom."""

    atoms: tuple[Atom, ...]
    numbers: tuple[int, ...]
    slots: tuple[Slot, ...]
    columns: tuple[int | None, ...] = ()
    """For each slot the grid column in which its column's caption was found, None where none was."""


def fits(text: str, one: Field) -> float | None:
    """What it costs to read a text as a field of this type; None where it cannot be."""
    if is_mark(text):
        return 0.5
    match one.type:
        case "money":
            return None if parse_money(text) is None else 0.0
        case "number":
            return None if parse_number(text) is None else GROUPED if "," in text else 0.0
        case "percent":
            return None if parse_percent(text)[0] is None else 0.0 if text.rstrip().endswith(("%", "％")) else 1.0
        case "date":
            return None if parse_date(text) is None else 0.0
        case "year":
            return None if parse_year(text) is None else 0.0
    return 0.8


def options(run: Run, form: Form) -> list[Option]:
    """The cheapest readings of a run, the best first; none of a run is placed that lacks too many captions between, or is too long to be a row."""
    found = (_readings(run, form, 0, 0, {}) if len(run.atoms) <= LONGEST else []) or [Option(5.0 * len(run.atoms), (None,) * len(run.atoms))]
    found = sorted((Option(one.cost + _baseless(run, one, form), one.places) for one in found), key=attrgetter("cost"))
    return [one for one in found if one.cost <= found[0].cost + DEARER]


def _readings(run: Run, form: Form, atom: int, slot: int, known: dict[tuple[int, int], list[Option]]) -> list[Option]:
    """The cheapest readings of a run from an atom and a slot on, the best first.

    What is too dear here is too dear in every whole that it is part of.
    """
    if (atom, slot) not in known:
        known[atom, slot] = sorted(_every(run, form, atom, slot, known), key=attrgetter("cost"))[:KEPT]
    return known[atom, slot]


def _every(run: Run, form: Form, atom: int, slot: int, known: dict[tuple[int, int], list[Option]]) -> Iterator[Option]:
    if atom == len(run.atoms):
        yield Option(sum(_empty(run.slots[at], at, len(run.slots)) for at in range(slot, len(run.slots))), ())
        return
    if len(run.slots) - slot > 12:
        return
    skipped = 0.0
    for at in range(slot, len(run.slots)):
        cost = _here(run.atoms[atom].text, run.slots[at], form)
        if cost is not None:
            cost += _aside(run, atom, at)
            for rest in _readings(run, form, atom + 1, at + 1, known):
                yield Option(skipped + cost + rest.cost, (run.slots[at].number, *rest.places))
        skipped += _empty(run.slots[at], at, len(run.slots))
    for rest in _readings(run, form, atom + 1, slot, known):
        yield Option(5 + rest.cost, (None, *rest.places))


def _aside(run: Run, atom: int, at: int) -> float:
    """What it costs that a cell of a grid does not stand below its column's caption."""
    if not run.columns or run.atoms[atom].cell < 0 or (column := run.columns[at]) is None:
        return 0.0
    return min(1.0, 0.5 * abs(run.atoms[atom].cell - column))


def _here(text: str, slot: Slot, form: Form) -> float | None:
    if slot.kind == "constant":
        return 0.0 if is_mark(text) else None
    if slot.kind == "hole":
        return fits(text, form.fields[slot.fields[0]])
    return 3.0 if slot.kind == "empty" else None


def _empty(slot: Slot, at: int, count: int) -> float:
    """What an empty cell costs: cells at the right end of a row are the first to be empty."""
    if slot.kind == "empty":
        return 0.0
    return 2.0 if slot.kind == "constant" else 0.5 + 0.2 * (count - at)


def _baseless(run: Run, option: Option, form: Form) -> float:
    """What it costs that a number without % is a rate which the two amounts left of it do not give, or that lacks one of them.

    A weight may stand between: 全年预算数, 全年执行数, 分值, 执行率.
    """
    texts = {place: atom.text for atom, place in zip(run.atoms, option.places, strict=True)}
    cost = 0.0
    left: list[Decimal | None] = []
    for slot in (one for one in run.slots if one.kind == "hole"):
        kind, text = form.fields[slot.fields[0]].type, texts.get(slot.number, "")
        if kind == "money":
            left.append(parse_money(text))
            continue
        rate, said = parse_percent(text) if kind == "percent" else (None, False)
        if rate is not None and len(left) > 1:
            cost += (BASELESS if not said else OTHERWISE * any(one is not None for one in left[-2:])) * (not _gives(left[-2], left[-1], rate, said))
        if kind != "number":
            left.clear()
    return cost


def _gives(whole: Decimal | None, part: Decimal | None, rate: Decimal, said: bool) -> bool:
    """True where the part is that rate of the whole; nothing is 0 % of it. Of a rate without % more than 1 may be hundredths."""
    if whole is None or part is None:
        return whole is not None and rate == 0
    return any(abs(part - whole * one) <= abs(whole) * ROUGHLY for one in ((rate,) if said or rate <= 1 else (rate, rate / 100)))


@dataclass(frozen=True, slots=True)
class Choice:
    """The reading of each run, the fields that a reading of nearly the same cost would change, those of the sums that do not
    come out, and what the whole costs."""

    options: tuple[Option, ...]
    unsure: frozenset[str]
    wrong: frozenset[str]
    cost: float


def choose(runs: Sequence[Run], form: Form, known: Mapping[str, Decimal | None]) -> Choice:
    """One option for each run, so that the whole costs least, sums counted in."""
    readings = [options(run, form) for run in runs]
    while _count(readings) > LIMIT:
        longest = max(range(len(readings)), key=lambda at: len(readings[at]))
        readings[longest] = readings[longest][: max(1, len(readings[longest]) // 2)]
    judged = []
    for combined in product(*readings):
        values = dict(known)
        for run, option in zip(runs, combined, strict=True):
            values |= amounts(run, option, form)
        judged.append((sum(one.cost for one in combined) + _sums(values, form) + _patterns(runs, combined), combined, values))
    judged.sort(key=lambda one: one[0])
    best_cost, best, values = judged[0]
    unsure = {name for cost, _, other in judged[1:] if cost - best_cost < CLOSE for name in {**values, **other} if values.get(name) != other.get(name)}
    wrong = frozenset(name for rule in form.sums if _lacking(rule, values) for name in (rule.total, *rule.parts))
    return Choice(best, frozenset(unsure | set(_short(runs, values, form))), wrong, best_cost)


def _short(runs: Sequence[Run], values: Mapping[str, Decimal | None], form: Form) -> Iterator[str]:
    """The amounts of the rows that hold a part of a sum which does not come out, where what it lacks stands in another cell of
    such a row. A sum that no cell makes right is who wrote it to answer for."""
    # What stands in the cells of a table is in its column.
    loose = [run for run in runs if all(atom.cell < 0 for atom in run.atoms)]
    rows = [{slot.fields[0] for slot in _money(run, form)} for run in loose]
    for rule in form.sums:
        lacking = _lacking(rule, values)
        if _is_cut(values.get(rule.total), lacking):
            yield from (name for run in loose if rule.total in (names := _holes(run)) for name in names)
        own = {name for row in rows if row & set(rule.parts) for name in row}
        if lacking and any(values.get(name) == lacking for name in own - {rule.total, *rule.parts}):
            # And what other sums are made of with them: of one cell that is off its row the next ones are.
            beside = {name for other in form.sums if own & set(other.parts) for name in other.parts}
            yield from own | beside & set().union(*rows)


def _holes(run: Run) -> list[str]:
    """The fields of a run, from the left."""
    return [slot.fields[0] for slot in run.slots if slot.kind == "hole"]


def _money(run: Run, form: Form) -> list[Slot]:
    """The cells of a run that hold amounts."""
    return [slot for slot in run.slots if slot.kind == "hole" and form.fields[slot.fields[0]].type == "money"]


def _is_cut(total: Decimal | None, lacking: Decimal) -> bool:
    """True for a total of many decimals that lacks the next one only: a narrow cell has wrapped its last digit, which is then
    read as the number behind it."""
    places = 0 if total is None else -int(total.as_tuple().exponent)
    return places > CENTS and lacking != 0 and abs(lacking) < Decimal(1).scaleb(-places)


def _count(readings: Sequence[Sequence[Option]]) -> int:
    count = 1
    for one in readings:
        count *= max(1, len(one))
    return count


def gapped(run: Run, places: Sequence[int | None], form: Form) -> bool:
    """True for a row of amounts with one empty on the left of another: what is empty there stands at no end."""
    filled = [slot.number in places for slot in _money(run, form)]
    return any(not one and then for one, then in pairwise(filled))


class Nothing(NamedTuple):
    """Amounts beside each other that are empty or nothing: a sum comes out whichever of them is empty; so are a rate, a weight
    and a score, of which one is a mark. ``drawn`` has a letter
    for each: a mark ``-``, a nought ``0``, an empty one ``.``; ``mixed``: the row has amounts of something, or the form
    (``gaps``) has amounts that are empty beside others."""

    names: tuple[str, ...]
    drawn: str
    mixed: bool
    number: int = 0


def nothings(run: Run, places: Sequence[int | None], form: Form, gaps: bool = False) -> Iterator[Nothing]:
    """The amounts of a run about which no sum can tell which of them is empty."""
    texts = {slot: atom.text for atom, slot in zip(run.atoms, places, strict=True)}
    cells = [(slot.fields[0], _drawn(texts.get(slot.number))) for slot in _money(run, form)]
    if not gaps and any(atom.cell >= 0 for atom in run.atoms) and not any(mark == "-" for _, mark in cells):
        return  # what stands in the cells of a table is in its column
    mixed = gaps or any(mark == "x" for _, mark in cells)
    others = [(slot.fields[0], mark if (mark := _drawn(texts.get(slot.number))) in "-." else "x") for slot in run.slots if slot.kind == "hole" and form.fields[slot.fields[0]].type != "money"]
    for row in (cells, others):
        for names, drawn in _runs(row):
            if "." in drawn and drawn.strip("."):
                yield Nothing(names, drawn, mixed, run.numbers[0])


def _runs(cells: Sequence[tuple[str, str]]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The names and marks of cells beside each other that are all empty or nothing."""
    for empty, own in groupby(cells, lambda cell: cell[1] != "x"):
        if empty:
            names, marks = zip(*own, strict=True)
            yield names, "".join(marks)


def _drawn(text: str | None) -> str:
    return "." if text is None else "-" if is_mark(text) else "x" if parse_money(text) else "0"


def shiftable(run: Run, places: Sequence[int | None], form: Form) -> list[str]:
    """The amounts of a run, some of them empty, that no sum of a column holds in their places: a sum of the run's own fields
    comes out wherever a part stands."""
    cells = [slot.fields[0] for slot in _money(run, form)]
    filled = [slot.fields[0] for slot in _money(run, form) if slot.number in places]
    if not filled or len(filled) == len(cells):
        return []
    others = [{rule.total, *rule.parts} for rule in form.sums if not any(form.fields[name].list for name in (rule.total, *rule.parts))]
    return [] if any(names & set(filled) and names - set(cells) for names in others) else cells


def amounts(run: Run, option: Option, form: Form) -> dict[str, Decimal | None]:
    """The numbers of a run's fields under one reading."""
    found: dict[str, Decimal | None] = {}
    texts = {slot: atom.text for atom, slot in zip(run.atoms, option.places, strict=True) if slot is not None}
    for slot in run.slots:
        if slot.kind == "hole":
            text = texts.get(slot.number)
            found[slot.fields[0]] = _number(text, form.fields[slot.fields[0]]) if text else None
    return found


def _number(text: str, one: Field) -> Decimal | None:
    return parse_percent(text)[0] if one.type == "percent" else parse_money(text)


def _sums(values: Mapping[str, Decimal | None], form: Form) -> float:
    """Two for each sum that does not add up, a little for a part of an empty total; nothing where every part is empty."""
    cost = 0.0
    for rule in form.sums:
        cost += 2.0 * (_lacking(rule, values) != 0)
        cost += ALONE * (not values.get(rule.total) and any(values.get(name) for name in rule.parts))
    return cost


def _lacking(rule: Sum, values: Mapping[str, Decimal | None]) -> Decimal:
    """What the parts of a sum lack of its total; nothing where total or every part is empty."""
    total, parts = values.get(rule.total), [part for name in rule.parts if (part := values.get(name)) is not None]
    return Decimal(0) if total is None or not parts else total - sum(parts, Decimal(0))


def _patterns(runs: Sequence[Run], combined: Sequence[Option]) -> float:
    """A little for rows of one table that are empty in different columns."""
    cost = 0.0
    seen: dict[tuple[object, ...], tuple[int, ...]] = {}
    for run, option in zip(runs, combined, strict=True):
        shape = tuple(slot.kind for slot in run.slots), len(run.atoms)
        columns = tuple(slot.cell.column for slot in run.slots if slot.number in option.places)
        if shape in seen and seen[shape] != columns:
            cost += 0.3
        seen.setdefault(shape, columns)
    return cost
