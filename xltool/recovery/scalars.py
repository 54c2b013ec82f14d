"""The fields outside lists: captions aligned with the form's slots, what stands between goes into the holes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xltool.form import Field, Form
from xltool.recovery import texts_in_lists
from xltool.recovery.alignment import align
from xltool.recovery.amounts import Nothing, Run, gapped, nothings, shiftable
from xltool.recovery.atoms import Atom
from xltool.recovery.claims import IN_NUMERALS, Account
from xltool.recovery.head_fields import head_fields
from xltool.recovery.inline_units import in_the_forms_unit
from xltool.recovery.list_labels import cut_captions, first_label, headless, repeats_below
from xltool.recovery.placeholders import placeholders
from xltool.recovery.scalar_texts import VALUED, Scalars, take
from xltool.recovery.spanned_text import go_on
from xltool.recovery.squeezed import Found
from xltool.recovery.strange_heads import strange_goals, strange_heads
from xltool.recovery.torn_year import torn_years
from xltool.recovery.typed import typed
from xltool.recovery.vocabulary import Slot, Vocabulary
from xltool.recovery.wrapped_numbers import cuts, mended
from xltool.values import (
    in_numerals,
    is_mark,
    normal,
    parse_date,
    parse_money,
    parse_percent,
    parse_year,
)

_TO_FILL = re.compile("[×xX_＿…*]")

NUMBERS = 4
"""A row that holds so many amounts and one text at its end."""


def read(words: Vocabulary, atoms: Sequence[Atom], account: Account, found: Sequence[Found]) -> Scalars:
    """The scalar fields of one form's atoms, among which its captions were ``found``; claims what it reads."""
    result = Scalars(matches=align(words, found), found=found)
    _bound(words, result, atoms)
    _claim_captions(words, found, result, account)
    told = head_fields(words, result.ranges, account)
    result.values |= {path: account.atoms[number].text for path, number in told.items()}
    result.places |= told
    cut_captions(words, account.free(0, len(atoms)), account)
    headless(words, account)
    repeats_below(words, result.list_first, result.list_last, account)
    result.ranges = strange_heads(words, result.matches, result.ranges, account)
    for bounds in result.ranges:
        placeholders(words, *bounds, account)
    _loose_choices(words, result, atoms, account)
    _torn_years(words, result, account)
    strange_goals(words.form, result.matches, account)
    whole = [in_the_forms_unit(run, words.form, result.values, account) for run in _blocks(words.form, _runs(words, result, atoms, account))]
    runs = [part for run in whole for part in _numbers_first(words.form, run)]
    _valued(words.form, [run for run in runs if _is_valued(words.form, run)], result, account)
    for run in runs:
        if not _is_valued(words.form, run):
            take(words.form, run, result, account)
    go_on(words, result.matches, result.values, account)
    texts_in_lists.go_on(words, result.ranges, result.values, account)
    return result


def _bound(words: Vocabulary, result: Scalars, atoms: Sequence[Atom]) -> None:
    """Where the lists stand: behind their header row, before the first caption below."""
    count = result.list_first = result.list_last = len(atoms)
    for row in sorted(words.block_rows):
        heads = [match for match in result.matches if words.slots[match.slot].cell.row < row]
        below = [match for match in result.matches if words.slots[match.slot].cell.row > row]
        headed = [match for match in heads if words.slots[match.slot].cell.row >= words.head_rows[row]]
        first = (headed or heads)[-1].found.last if heads else count
        if heads and not headed:
            # Without its head a list begins with its first level; what stands above belongs to the caption before.
            first = _first_level(words, atoms, first)
        result.ranges.append((first, below[0].found.first if below else count))
    if result.ranges:
        result.list_first, result.list_last = result.ranges[0][0], result.ranges[-1][1]


def _first_level(words: Vocabulary, atoms: Sequence[Atom], first: int) -> int:
    """The first level name of these atoms, where one stands there."""
    at = first + first_label(words, atoms[first:])
    return at if at < len(atoms) else first


def _claim_captions(words: Vocabulary, found: Sequence[Found], result: Scalars, account: Account) -> None:
    matched = {match.found.first for match in result.matches}
    floats_seen: set[tuple[int, int]] = set()
    for match in result.matches:
        _groups(words.form, match.found, result, account)
        account.claim(range(match.found.first, match.found.last), f"栏目 {match.found.spelling.cell.caption}", "与表式的栏目一致")
    for one in found:
        cell = one.spelling.cell
        at = (cell.row, cell.column)
        if one.first in matched:
            continue
        if at in words.floats:
            if at not in floats_seen:
                _groups(words.form, one, result, account)
                account.claim(range(one.first, one.last), f"栏目 {cell.caption}", "跨行合并的栏目")
            else:
                account.claim(range(one.first, one.last), f"重复 {cell.caption}", "跨页重印的合并栏目")
                account.repair("repeat-dropped", one.first, f"跨页重印的“{cell.caption}”不计")
            floats_seen.add(at)
        elif one.first >= result.list_first and any((other.cell.row, other.cell.column) in words.listed for other in (one.spelling, *one.others)):
            account.claim(range(one.first, one.last), f"重复 {cell.caption}", "跨页重印的表头")
            account.repair("repeat-dropped", one.first, f"跨页重印的表头“{cell.caption}”不计")


def _groups(form: Form, found: Found, result: Scalars, account: Account) -> None:
    """The values that stand inside a caption: （2024年度）, 项目资金（万元）."""
    for name, text in zip(found.spelling.fields, found.groups, strict=False):
        if text and name in form.fields:
            one = form.fields[name]
            value = _year(one, text, found.first, account) if one.type == "year" else _chosen(one, text, found.first, account)
            result.values.setdefault(one.path, None if value == one.absent else value)
            result.places.setdefault(one.path, found.first)


def _year(one: Field, text: str, number: int, account: Account) -> int | None:
    """The year of a text; another text is doubted, unless it is what a blank form prints to be written over (20××)."""
    year = parse_year(text)
    if in_numerals(text):
        account.repair("year-in-numerals", number, IN_NUMERALS.format(text, year))
    elif year is None and not _TO_FILL.search(text):
        account.doubt(one.path, number, f"“{text}”不是年份，未采用")
    return year


def _chosen(one: Field, text: str, number: int, account: Account) -> str | None:
    """The choice that a text is, a name before it allowed (单位：万元); what is none of them is not taken, with a doubt."""
    if not one.choices:
        return text
    said = normal(text).rstrip(")").rpartition(":")[2].removeprefix("单位")
    if said in one.choices:
        return said
    account.doubt(one.path, number, f"“{text}”不在可选的值之内")
    return None


def _loose_choices(words: Vocabulary, result: Scalars, atoms: Sequence[Atom], account: Account) -> None:
    """A unit that stands apart from its caption: （万元） on a line of its own, 单位：万元 beside the title."""
    for one in words.form.scalars:
        if not one.choices or not one.absent:
            continue
        for number in account.free(0, result.list_first):
            key = atoms[number].key.strip("():")
            choice = next((choice for choice in one.choices if key in (choice, f"单位:{choice}", f"金额单位:{choice}", f"单位{choice}")), None)
            if choice is None or result.places.get(one.path, number) != number:
                continue
            result.values[one.path] = None if choice == one.absent else choice
            result.places[one.path] = number
            account.claim((number,), one.path, "与栏目分开印的单位")
            account.repair("unit-apart", number, f"“{choice}”印在栏目之外，作为{one.name}读入")


def _torn_years(words: Vocabulary, result: Scalars, account: Account) -> None:
    """The years whose captions have lost a bracket."""
    for match in torn_years(words, result.matches, account):
        _groups(words.form, match.found, result, account)
        result.matches = sorted((*result.matches, match), key=lambda one: one.slot)


def _runs(words: Vocabulary, result: Scalars, atoms: Sequence[Atom], account: Account) -> list[Run]:
    """The unclaimed atoms between two captions with the slots that stand between them."""
    edges = [(-1, 0), *((match.slot, match.found.last) for match in result.matches), (len(words.slots), len(atoms))]
    starts = [*(match.found.first for match in result.matches), len(atoms)]
    found = []
    for (slot, first), (then, _), last in zip(edges[:-1], edges[1:], starts, strict=True):
        slots = tuple(words.slots[number] for number in range(slot + 1, then) if words.slots[number].kind != "caption")
        if slot == -1 or not any(one.kind == "hole" for one in slots):
            continue
        numbers = tuple(number for number in account.free(first, last) if not any(a <= number < b for a, b in result.ranges))
        found.append(Run(tuple(atoms[number] for number in numbers), numbers, slots, tuple(_column(one, result, atoms) for one in slots)))
    return found


def _blocks(form: Form, runs: Sequence[Run]) -> list[Run]:
    """The runs, those put together where captions stand in a block and their values in a block behind the last of them."""
    found: list[Run] = []
    for run in runs:
        lines = len({atom.line for atom in run.atoms if _number_like(atom) or not _is_valued(form, run)}) - cuts(run)
        holes = sum(slot.kind == "hole" for slot in run.slots)
        long = any(slot.kind == "hole" and form.fields[slot.fields[0]].type == "paragraphs" for slot in run.slots)
        while found and not found[-1].atoms and lines > holes and not long and found[-1].slots[-1].cell.row >= run.slots[0].cell.row - 1 and _is_valued(form, found[-1]) == _is_valued(form, run):
            before = found.pop()
            run = Run(run.atoms, run.numbers, before.slots + run.slots, before.columns + run.columns)
            holes = sum(slot.kind == "hole" for slot in run.slots)
        found.append(run)
    return found


def _number_like(atom: Atom) -> bool:
    """True for what a field of amounts, points, rates or days may hold; a seal's words among them are none."""
    return is_mark(atom.text) or any(parse(atom.text) is not None for parse in (parse_money, parse_date, parse_year)) or parse_percent(atom.text)[0] is not None


def _numbers_first(form: Form, run: Run) -> Iterator[Run]:
    """The run as two where a row of amounts ends with one text: the numbers at its head, and the text."""
    kinds = [form.fields[slot.fields[0]].type for slot in run.slots if slot.kind == "hole"]
    if len(kinds) < NUMBERS or run.slots[-1].kind != "hole" or kinds[-1] in VALUED or any(kind not in VALUED for kind in kinds[:-1]) or (any(atom.cell >= 0 for atom in run.atoms) and len(run.atoms) != len(kinds)):
        yield run
        return
    at = next((number for number, atom in enumerate(run.atoms) if not (parse_money(atom.text) is not None or is_mark(atom.text) or parse_percent(atom.text)[0] is not None or atom.text in ("%", "％"))), len(run.atoms))
    yield Run(run.atoms[:at], run.numbers[:at], run.slots[:-1], run.columns[:-1])
    yield Run(run.atoms[at:], run.numbers[at:], run.slots[-1:], run.columns[-1:])


def _column(slot: Slot, result: Scalars, atoms: Sequence[Atom]) -> int | None:
    """The grid column in which the caption at the head of a slot's column was found."""
    for match in result.matches:
        cell = match.found.spelling.cell
        if cell.column == slot.cell.column and cell.last_column == slot.cell.last_column and cell.row < slot.cell.row and match.found.last - match.found.first == 1:
            column = atoms[match.found.first].cell
            return column if column >= 0 else None
    return None


def _is_valued(form: Form, run: Run) -> bool:
    return all(form.fields[slot.fields[0]].type in VALUED for slot in run.slots if slot.kind == "hole")


def _valued(form: Form, runs: Sequence[Run], result: Scalars, account: Account) -> None:
    made = mended([_cut(run, form, account) for run in runs], form)
    runs, chosen = [_whole(run, joins, account) for run, joins in made.runs], made.choice
    for run, option in zip(runs, chosen.options, strict=True):
        for number, atom, place in zip(run.numbers, run.atoms, option.places, strict=True):
            slot = next((one for one in run.slots if one.number == place), None)
            if slot is None or slot.kind == "empty":
                _unfit(form.fields[next(one for one in run.slots if one.kind == "hole").fields[0]], atom.text, number, run, result, account)
                _beside(form, run, atom.text, number, account)
            elif slot.kind == "constant":
                account.claim((number,), "印就的标记", "表式本身印有的 —")
            else:
                _set(form.fields[slot.fields[0]], atom.text, number, result, account)
    gaps = any(gapped(run, option.places, form) for run, option in zip(runs, chosen.options, strict=True))
    for run, option in zip(runs, chosen.options, strict=True):
        result.nothings.extend(nothings(run, option.places, form, gaps))
        for name in shiftable(run, option.places, form):
            account.doubt(form.fields[name].path, run.numbers[0], "数比栏少，也可归入相邻的栏")
    homes = {slot.fields[0]: run.numbers[0] for run in runs for slot in run.slots if slot.kind == "hole" and run.numbers}
    for name in sorted(made.unsure):
        account.doubt(form.fields[name].path, homes.get(name, min(homes.values())), "行尾可能把一个数断成两个，合计也不能确定是哪一个")
    for name in sorted(chosen.unsure):
        account.doubt(form.fields[name].path, homes.get(name, min(homes.values())), "数比栏少，也可归入相邻的栏")


def doubt_nothing(one: Nothing, form: Form, account: Account) -> None:
    """A doubt on each amount that may be empty for another that is nothing."""
    for name in one.names:
        for path in (form.fields[name].path, f"marks.{form.fields[name].path}"):
            account.doubt(path, one.number, "数比栏少，零或横线也可归入相邻的空栏")


def _unfit(one: Field, text: str, number: int, run: Run, result: Scalars, account: Account) -> None:
    """A doubt on a field behind whose caption stands what has not its shape; a date that is no full day stays as printed."""
    if one.type == "date" and len(run.atoms) == 1:
        result.values[one.path] = text
        account.claim((number,), one.path, "栏目之后的值")
        account.doubt(one.path, number, f"“{text}”不是完整的日期，照印")
    else:
        account.doubt(one.path, number, f"“{text}”不是这一栏的值，未采用")


def _beside(form: Form, run: Run, text: str, number: int, account: Account) -> None:
    """A doubt on each long text whose cell goes down beside a row of amounts in which words stand: they may be its end."""
    row = run.slots[0].cell.row
    cells = [(one, form.layout.cell_of(one.name)) for one in form.drawn_scalars if one.type == "paragraphs"]
    for one in [one for one, cell in cells if cell.row < row <= cell.last_row]:
        account.doubt(one.path, number, f"“{text}”没有归入，这一栏未必完整")


def _whole(run: Run, joins: Sequence[int], account: Account) -> Run:
    """The run, whose wrapped numbers are accounted for; ``joins`` are the atoms that were joined to the one before them."""
    for number in joins:
        account.claim((number,), "换行的数", "一个数在窄栏内换行，已接上")
        account.repair("wrap-joined", number, f"“{account.atoms[number - 1].text}”与“{account.atoms[number].text}”是一个数，已接上")
    return run


def _cut(run: Run, form: Form, account: Account) -> Run:
    """The run with a value that was wrapped or spaced joined again: 2024-01- / 01."""
    holes = [form.fields[slot.fields[0]] for slot in run.slots if slot.kind == "hole"]
    if len(run.atoms) <= 1 or len(holes) != 1:
        return run
    whole = "".join(atom.text for atom in run.atoms)
    if typed(whole, holes[0]) is None or (any(typed(atom.text, holes[0]) is not None for atom in run.atoms[:-1]) and holes[0].type != "date"):
        return run
    account.claim(run.numbers[1:], holes[0].path, "换行处接上")
    return Run((run.atoms[0]._replace(text=whole),), run.numbers[:1], run.slots, run.columns)


def _set(one: Field, text: str, number: int, result: Scalars, account: Account) -> None:
    """A valued field from its text: a mark is kept as a mark, a rate without % is a doubt unless it is 0 either way."""
    account.claim((number,), one.path, "栏目之后的值")
    result.places[one.path] = number
    if is_mark(text) and typed(text, one) is None:
        result.marks[one.path] = text
        return
    result.values[one.path] = typed(text, one)
    if one.type == "percent" and not parse_percent(text)[1] and result.values[one.path] != 0:
        account.doubt(one.path, number, f"“{text}”没有百分号，按原数读入")
