"""A list of the form: its atoms cut into rows, the rows put under their levels, each piece accounted for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xltool.filing import Item, Scalar
from xltool.form import Form, ListSpec
from xltool.recovery.alike_columns import unsure
from xltool.recovery.atoms import LINE, Atom, same_line
from xltool.recovery.claims import Account
from xltool.recovery.label_heights import by_height, by_line
from xltool.recovery.levels import LEVEL_ONE, LEVEL_TWO, Grouping, Label, group
from xltool.recovery.list_labels import Mention, head_tails, mentions, repeats
from xltool.recovery.list_targets import RUN_INTO, crowded, either, unsigned
from xltool.recovery.one_line import on_one_line
from xltool.recovery.paragraphs import joined, lines_of
from xltool.recovery.row_counts import miscounted
from xltool.recovery.row_doubts import followed, shared
from xltool.recovery.row_pieces import EARLY, LEFT, NAME, REASON, TAIL
from xltool.recovery.row_signs import Row, signs
from xltool.recovery.row_values import VALUES
from xltool.recovery.row_whole import joined_at, whole
from xltool.recovery.rows import FAR, TORN, Arc, Cut, cut, read_as
from xltool.recovery.shapes import shapes_of
from xltool.recovery.stretch import Columns, Evidence, Stretch
from xltool.recovery.sum_rows import CODE as SUM_ROW
from xltool.recovery.sum_rows import IN_TEXT, LAST, MAYBE, adds_up, is_sum, word_of
from xltool.recovery.thin_blanks import thin
from xltool.recovery.two_sides import Cell
from xltool.recovery.vocabulary import Levels, Vocabulary
from xltool.values import Value, is_mark, normal, parse_money, parse_percent, parse_target

SURE = 1.0


@dataclass(slots=True)
class Prepared:
    """A list ready to be cut: the numbers of its atoms, and the level names that stand among them."""

    words: Vocabulary
    spec: ListSpec
    stretch: Stretch
    numbers: list[int]
    mentions: list[Mention]
    laid_out: bool = False
    beside: tuple[str, ...] = ()
    """The names of the two lists that stand side by side in these atoms; empty for one list."""
    atoms: Sequence[Atom] = ()
    """All atoms of the form, labels too."""
    units: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """By the number of a value's atom those of its unit, or of the rest of its day, which are no atoms of the stretch."""
    walked: tuple[tuple[str | None, list[Cell]], ...] = ()
    """Of two lists side by side the cells under each level one, where they were walked to and fro."""


def columns_of(form: Form, spec: ListSpec) -> Columns:
    """The own columns of a list: name, values, and the reason where the form says what it explains."""
    own = spec.own
    name = next((one for one in own if form.fields[one].type == "text"), own[0])
    rest = [one for one in own if one != name]
    reason = rest[-1] if rest and form.fields[rest[-1]].type == "text" and len(rest) > 1 else ""
    values = tuple((one, "choice" if form.fields[one].choices else form.fields[one].type) for one in rest if one != reason)
    choices = frozenset(normal(choice) for one in own for choice in form.fields[one].choices)
    numbers = [at for at, (_, kind) in enumerate(values) if kind == "number"]
    weight, score = (numbers[-2], numbers[-1]) if len(numbers) > 1 else (-1, -1)
    return Columns(name, values, reason, weight, score, choices)


def prepare(words: Vocabulary, spec: ListSpec, first: int, last: int, long_texts: Sequence[str], account: Account) -> Prepared:
    """The atoms ``first`` to ``last`` of a form, without labels and repeats, ready to be cut."""
    repeats(long_texts, account.free(first, last), account)
    head_tails(words, account.free(first, last), account)
    thins = thin(account.atoms, words.form)
    found = mentions(words, account.free(first, last), account, thins)
    labelled = {number for one in found for number in one.atoms}
    fresh = _first_mentions(found, words.levels)
    numbers, units = whole(account.atoms, [number for number in account.free(first, last) if number not in labelled], thins, words.form)
    atoms = [joined_at(account.atoms, number, units) for number in numbers]
    gaps, crossed = [], []
    for at, number in enumerate(numbers):
        before = numbers[at - 1] if at else first - 1
        between = account.atoms[before + 1 : number + 1]
        gaps.append(max((atom.gap for atom in between), default=LINE) if len(between) > 1 else atoms[at].gap)
        crossed.append(any(inside in fresh for inside in range(before + 1, number)))
    form = words.form
    stretch = Stretch(atoms, shapes_of(atoms, form, form.words), gaps, crossed, columns_of(form, spec), Evidence(words=form.words), {at: thins[number] for at, number in enumerate(numbers) if number in thins and number not in units}, sum(atom.cell >= 0 for atom in atoms) * 2 > len(atoms), form.units)
    return Prepared(words, spec, stretch, numbers, found, atoms=account.atoms, units=units)


def _first_mentions(found: Sequence[Mention], levels: Levels) -> set[int]:
    """The atoms of the level names that stand for the first time: no cell goes on over one, as it may over a repeat. A name of
    both levels stands for the first time behind another level two of its parent too."""
    seen: set[str] = set()
    fresh: set[int] = set()
    before = ""
    for one in found:
        twofold = one.name in levels.one and one.name in levels.two and before != one.name and levels.parent.get(before) == levels.parent[one.name]
        if one.name not in seen or twofold:
            fresh.update(one.atoms)
        seen.add(one.name)
        before = one.name if one.level == LEVEL_TWO else before
    return fresh


def rows_of(prepared: Prepared, found: Cut) -> list[Row]:
    """The rows of a cutting."""
    own = prepared.stretch.columns
    rows: list[Row] = []
    early: list[int] = []
    for arc in found.arcs:
        if arc.first == arc.last:
            # A list of names alone has no values.
            continue
        numbers = prepared.numbers[arc.first : arc.last]
        margin = min(found.margins[arc.first : arc.last])
        if arc.kind in (NAME, TORN) or (arc.kind == VALUES and (not rows or _has_values(rows[-1], own))):
            rows.append(Row(numbers[0], {}, {}))
            if early:
                rows[-1].fields[own.reason] = early
                early = []
        if arc.kind == TORN:
            _take_torn(rows[-1], own, arc, numbers, found.margins)
        elif arc.kind in (NAME, TAIL):
            _add(rows[-1], own.name, numbers, margin)
        elif arc.kind == VALUES:
            for at, column in enumerate(arc.columns):
                name = own.reason if column < 0 else own.values[column][0]
                _add(rows[-1], name, [numbers[at]], found.margins[arc.first + at])
        elif arc.kind == REASON or (arc.kind == EARLY and rows and not _has_values(rows[-1], own)):
            _add(rows[-1], own.reason, numbers, margin)
        elif arc.kind == EARLY:
            early = numbers
    return rows


def _take_torn(row: Row, own: Columns, arc: Arc, numbers: Sequence[int], margins: Sequence[float]) -> None:
    """Puts each atom of a row that a page's end cuts into its field."""
    called = {NAME: own.name, TAIL: own.name, REASON: own.reason}
    unsure = min(margins[arc.first : arc.last])
    for at, number in enumerate(numbers):
        kind, column = read_as(arc.kind, arc.columns, at)
        _add(row, called.get(kind) or own.values[column][0], [number], unsure)


def _has_values(row: Row, own: Columns) -> bool:
    return any(name in row.fields for name, _ in own.values)


def _add(row: Row, name: str, numbers: list[int], margin: float) -> None:
    row.fields.setdefault(name, []).extend(numbers)
    row.margin[name] = min(margin, row.margin.get(name, FAR))


def recut(prepared: Prepared, evidence: Evidence) -> Cut:
    """The cutting with what the document has taught."""
    prepared.stretch.evidence = evidence
    if evidence.words != prepared.words.form.words:
        prepared.stretch.shapes = shapes_of(prepared.stretch.atoms, prepared.words.form, evidence.words)
    return cut(prepared.stretch)


def read(prepared: Prepared, found: Cut, account: Account) -> tuple[tuple[Item, ...], dict[str, str]]:
    """The items of the list, and the marks of its empty number cells; claims every atom that it took."""
    rows = _without_sums(prepared, rows_of(prepared, found), account)
    _spread(rows, prepared.stretch.columns)
    groups = _group(prepared, rows, account)
    items: list[Item] = []
    marks: dict[str, str] = {}
    for number, row in enumerate(rows):
        items.append(item_of(prepared, row, number, groups, account, marks))
        if number + 1 < len(rows) and any(why == RUN_INTO for _, why in crowded(prepared.words.form, prepared.spec, items[-1])):
            account.doubt(f"{prepared.spec.name}[{number + 1}].{prepared.words.form.fields[prepared.stretch.columns.name].path}", rows[number + 1].first, RUN_INTO)
    _bare(prepared, rows, account)
    _unscored(prepared, rows, account)
    _doubt_sums(prepared, rows, account)
    plain = {number for number, shape in zip(prepared.numbers, prepared.stretch.shapes, strict=True) if shape.quantity or shape.word}
    on_one_line(rows, prepared.stretch.columns, prepared.spec.name, plain, account)
    for number, one, why in unsure(prepared.stretch.columns, rows, plain):
        path = f"{prepared.spec.name}[{number}].{prepared.words.form.fields[one].path}" if number >= 0 else prepared.spec.name
        account.doubt(path, rows[max(number, 0)].first, why)
    shares = shared(prepared.stretch, prepared.numbers, rows, account.atoms, prepared.words.levels.keys)
    counts = miscounted(prepared.stretch, prepared.numbers, rows, found)
    for sign in (*signs(prepared.stretch, prepared.numbers, rows), *shares, *counts):
        path = f"{prepared.spec.name}[{sign.row}]" if sign.row >= 0 else prepared.spec.name
        account.doubt(f"{path}.{prepared.words.form.fields[sign.field].path}" if sign.field else path, sign.number, sign.why)
    _claim_labels(prepared, groups, account)
    lost(prepared, found, rows, account)
    _followed(prepared, rows, account)
    return tuple(items), marks


def _followed(prepared: Prepared, rows: Sequence[Row], account: Account) -> None:
    """A doubt on each row that may be a part of a doubted one before it."""
    paths = {doubt.path for doubt in account.doubts}
    doubted = [row for row in range(len(rows)) if f"{prepared.spec.name}[{row}]" in paths]
    for row in followed(prepared.stretch, prepared.numbers, rows, doubted):
        account.doubt(f"{prepared.spec.name}[{row}]", rows[row].first, "前一行未必是一行，这一行可能是它的一部分")


def _without_sums(prepared: Prepared, rows: Sequence[Row], account: Account) -> list[Row]:
    """The rows that are items: one that adds up others is named, and its pieces stay over."""
    form, kept = prepared.words.form, []
    for row in rows:
        if not any(LAST in account.atoms[at].text for numbers in row.fields.values() for at in numbers):
            kept.append(row)
            continue
        said = {name: joined(lines_of([account.atoms[at] for at in sorted(numbers)])) for name, numbers in row.fields.items()}
        if is_sum(form, said, ()):
            account.repair(SUM_ROW, row.first, IN_TEXT.format(f"“{word_of(form, said)}”"))
        else:
            kept.append(row)
    return kept


def _doubt_sums(prepared: Prepared, rows: Sequence[Row], account: Account) -> None:
    """A doubt on each row that took in the word of a row that adds up others."""
    form = prepared.words.form
    for at, row in enumerate(rows):
        taken = [number for numbers in row.fields.values() for number in numbers if adds_up(form, account.atoms[number].text)]
        if taken:
            account.doubt(f"{prepared.spec.name}[{at}]", taken[0], MAYBE.format(account.atoms[taken[0]].text))


def _bare(prepared: Prepared, rows: Sequence[Row], account: Account) -> None:
    """A doubt on the one row whose only value is a number without sign or unit, where no other row has such a value."""
    own = prepared.stretch.columns
    if len(own.values) != 1 or len(rows) < 4:
        return
    path = prepared.words.form.fields[own.values[0][0]].path
    shapes = dict(zip(prepared.numbers, prepared.stretch.shapes, strict=True))
    bare = [at for at, row in enumerate(rows) if (numbers := row.fields.get(own.values[0][0])) and all(shapes[number].number for number in numbers)]
    if len(bare) == 1:
        row = rows[bare[0]]
        account.doubt(f"{prepared.spec.name}[{bare[0]}]", row.first, f"这一行的值没有符号也没有单位，与其他各行不同（{path}）")
        then = rows[bare[0] + 1].first if bare[0] + 1 < len(rows) else -1
        if then == row.fields[own.values[0][0]][-1] + 1 and same_line(account.atoms[then], account.atoms[then - 1]):
            account.doubt(f"{prepared.spec.name}[{bare[0] + 1}].{prepared.words.form.fields[own.name].path}", then, "前面的数可能是这个名称的开头")


def _unscored(prepared: Prepared, rows: Sequence[Row], account: Account) -> None:
    """A doubt on a row without a weight or a score, where most have both, and on the row behind it: one of them may be a
    part of the other."""
    own = prepared.stretch.columns
    if own.score < 0:
        return
    wanted = [own.values[at][0] for at in (own.weight, own.score)]
    bare = [at for at, row in enumerate(rows) if any(name not in row.fields for name in wanted)]
    for at in bare if 2 * len(bare) < len(rows) else ():
        for beside in range(at, min(at + 2, len(rows))):
            account.doubt(f"{prepared.spec.name}[{beside}]", rows[at].first, f"这一行没有找到{wanted[0]}或{wanted[1]}，未必是一行")


def _spread(rows: Sequence[Row], own: Columns) -> None:
    """What makes one field unsure makes its neighbour so: a name and its value, a reason and the names
    on both sides of it."""
    before: Row | None = None
    for row in rows:
        if before is not None and own.reason:
            unsure = min(before.margin.get(own.reason, FAR), row.margin.get(own.name, FAR))
            before.margin[own.reason] = row.margin[own.name] = unsure
            before.margin[own.name] = min(unsure, before.margin.get(own.name, FAR))
        if own.reason and own.reason in row.fields:
            row.margin[own.reason] = min(row.margin.get(own.reason, FAR), row.margin.get(own.name, FAR))
        if own.values:
            value = own.values[0][0]
            shared = own.name in row.fields and len(row.fields.get(value, [])) > 1
            row.margin[value] = min(row.margin.get(value, FAR), row.margin.get(own.name, FAR))
            row.margin[own.name] = row.margin[value] if shared else row.margin.get(own.name, FAR)
        before = row


def _group(prepared: Prepared, rows: Sequence[Row], account: Account) -> Grouping:
    own = prepared.stretch.columns
    labels = [_label(one, rows, account) for one in prepared.mentions]
    weights = [_weight(row, own, account) for row in rows]
    breaks = [at for at in range(1, len(rows)) if account.atoms[rows[at].first].page > account.atoms[rows[at - 1].first].page]
    atoms = [[row.first, *(number for numbers in row.fields.values() for number in numbers)] for row in rows]
    placed = (by_line if prepared.laid_out else by_height)(atoms, labels, prepared.words.levels, account.atoms)
    return group(labels, prepared.words.levels, prepared.words.form.taxonomy, weights, breaks, placed)


def _label(one: Mention, rows: Sequence[Row], account: Account) -> Label:
    first, last = one.atoms[0], one.atoms[-1]
    row = sum(inside.first < first for inside in rows)
    before = max((number for inside in rows[:row] for numbers in inside.fields.values() for number in numbers if number < first), default=first)
    paged = account.atoms[first].page > account.atoms[before].page
    following = row < len(rows) and rows[row].first > last and same_line(account.atoms[rows[row].first], account.atoms[last])
    return Label(one.level, one.name, row, first, paged, following, one.weight)


def _weight(row: Row, own: Columns, account: Account) -> Decimal | None:
    if own.weight < 0:
        return None
    numbers = row.fields.get(own.values[own.weight][0], [])
    return parse_money(account.atoms[numbers[0]].text) if numbers else None


def item_of(prepared: Prepared, row: Row, number: int, groups: Grouping, account: Account, marks: dict[str, str]) -> Item:
    """The item that a row is; claims its atoms, names what is not sure."""
    form, spec, own = prepared.words.form, prepared.spec, prepared.stretch.columns
    path = f"{spec.name}[{number}]"
    sure = SURE * 2 if prepared.stretch.evidence.ragged else SURE
    item: dict[str, Scalar] = _levels(prepared, row, number, groups, path, account)
    for name in spec.own:
        one = form.fields[name]
        numbers = [number for inside in row.fields.get(name, []) for number in (inside, *prepared.units.get(inside, ()))]
        if not numbers:
            if name == own.name or one.type == "target":
                account.doubt(f"{path}.{one.path}", row.first, f"这一行没有找到{name}")
            elif row.margin.get(name, FAR) < sure:
                account.doubt(f"{path}.{one.path}", row.first, "另一种分法几乎同样可能")
            item.setdefault(one.path, None)
            continue
        account.claim(numbers, f"{path}.{one.path}", "按表式的列序与值的形状")
        lines = lines_of([account.atoms[at] for at in sorted(numbers)])
        text = joined(lines)
        _set(form, name, text, item, f"{path}.{one.path}", marks)
        if len(lines) > 1:
            account.repair("wrap-joined", numbers[0], f"“{text}”由{len(lines)}行接成")
        if row.margin.get(name, FAR) < sure:
            account.doubt(f"{path}.{one.path}", numbers[0], "另一种分法几乎同样可能")
    unsigned(form, spec, item)
    for below, why in (*crowded(form, spec, item), *either(form, spec, item)):
        account.doubt(f"{path}.{below}" if below else path, row.first, why)
    return item


def _set(form: Form, name: str, text: str, item: dict[str, Scalar], path: str, marks: dict[str, str]) -> None:
    one = form.fields[name]
    if one.type == "target":
        known = item.get(one.path)
        item[one.path] = parse_target(text, form.units)._replace(operator=known.operator, unit=known.unit, kind=known.kind) if isinstance(known, Value) else parse_target(text, form.units)
    elif one.type in ("operator", "unit"):
        item[one.path.rpartition(".")[0]] = _part(item.get(one.path.rpartition(".")[0]), one.type, text)
    elif one.type in ("number", "money", "percent"):
        value = parse_percent(text)[0] if one.type == "percent" else parse_money(text)
        item[one.path] = value
        if value is None and is_mark(text):
            marks[path] = text
    else:
        item[one.path] = text


def _part(known: Scalar, kind: str, text: str) -> Value:
    value = known if isinstance(known, Value) else Value(None)
    if kind == "unit":
        return value._replace(unit=text)
    sign = parse_target(f"{text}1").operator
    return value._replace(operator=sign) if sign else value._replace(kind=text)


def _levels(prepared: Prepared, row: Row, number: int, groups: Grouping, path: str, account: Account) -> dict[str, Scalar]:
    """The level fields of a row: level two from its label, level one from the taxonomy."""
    form, spec, levels = prepared.words.form, prepared.spec, prepared.words.levels
    found = next((one for one in groups.groups if one.first <= number < one.last), None)
    two = found.level2 if found else None
    one = (found.level1 if found else None) or (levels.parent.get(two) if two else None)
    strange = _strange(prepared, found.label, levels) if found and found.label and two else None
    if strange is not None and two not in levels.two:
        one = strange
    if two is None and one and len(levels.children.get(one, ())) == 1:
        two = levels.children[one][0]
        account.repair("level-from-taxonomy", row.first, f"二级指标未印，“{one}”之下只有“{two}”")
    names = [name for name in spec.groups if form.fields[name].type == "text"]
    item: dict[str, Scalar] = {}
    for name, value in zip(names, (one, two), strict=False):
        item[form.fields[name].path] = value
        if value is None:
            account.doubt(f"{path}.{form.fields[name].path}", row.first, f"没有找到{name}")
        elif strange is not None:
            account.doubt(f"{path}.{form.fields[name].path}", row.first, f"印作“{strange}”下的“{two}”，分类表中没有")
        elif number in groups.unsure:
            account.doubt(f"{path}.{form.fields[name].path}", row.first, "跨页处的归属还有另一种几乎同样可能的读法")
    for name in spec.groups:
        if form.fields[name].type == "number":
            item[form.fields[name].path] = _printed_weight(prepared, one)
            if item[form.fields[name].path] is None and any(label.weight is not None for label in prepared.mentions):
                account.doubt(f"{path}.{form.fields[name].path}", row.first, f"没有找到{name}，别的层级印有")
    return item


def _strange(prepared: Prepared, label: Label, levels: Levels) -> str | None:
    """The level one printed directly before a level two that the taxonomy does not know, or that stands a second time
    and not under it; None elsewhere."""
    at = next((number for number, one in enumerate(prepared.mentions) if one.atoms[0] == label.atom), 0)
    before = prepared.mentions[at - 1] if at else None
    if before is None or before.level != LEVEL_ONE or before.atoms[-1] != label.atom - 1 or not label.inline:
        return None
    again = any(one.name == label.name for one in prepared.mentions[:at])
    return before.name if label.name not in (*levels.children.get(before.name, ()), *(() if again else levels.two)) else None


def _printed_weight(prepared: Prepared, name: str | None) -> Decimal | None:
    return next((one.weight for one in prepared.mentions if one.name == name and one.weight is not None), None)


def _claim_labels(prepared: Prepared, groups: Grouping, account: Account) -> None:
    repeated = {label.atom for label in groups.repeats}
    parent, last_one = prepared.words.levels.parent, None
    printed = {one.name for one in prepared.mentions if one.level == LEVEL_ONE}
    moved = {one.label.atom: one.moved for one in groups.groups if one.label and one.moved}
    for one in prepared.mentions:
        if one.atoms[0] in repeated:
            account.claim(one.atoms, f"重复 {one.name}", "跨页重印的层级名，不领起新的行")
            account.repair("repeat-dropped", one.atoms[0], f"跨页重印的“{one.name}”不计")
            continue
        account.claim(one.atoms, f"层级 {one.name}", "分类表中的层级名")
        if one.atoms[0] in moved:
            account.repair("label-moved", one.atoms[0], f"“{one.name}”印在其前{moved[one.atoms[0]]}行之后，这些行归入其下")
        if one.level == LEVEL_TWO:
            above = parent.get(one.name)
            if last_one and above and last_one != above:
                account.repair("level-from-taxonomy", one.atoms[0], f"“{one.name}”按分类表归入“{above}”，不从印在前面的“{last_one}”")
            elif above and last_one != above and above not in printed:
                account.repair("level-from-taxonomy", one.atoms[0], f"“{one.name}”按分类表归入“{above}”，一级指标没有印出")
            last_one = above
        else:
            last_one = one.name


def lost(prepared: Prepared, found: Cut, rows: Sequence[Row], account: Account) -> None:
    """A doubt on the list where a value inside it was not placed, or words behind a level name, which a name stands behind;
    on the rows beside where only other words were not."""
    last = max((number for row in rows for numbers in row.fields.values() for number in numbers), default=-1)
    for arc in found.arcs:
        if arc.kind != LEFT:
            continue
        number = prepared.numbers[arc.first]
        said = f"“{account.atoms[number].text}”未能归入任何一行"
        if prepared.stretch.shapes[arc.first].bare or prepared.stretch.crossed[arc.first]:
            account.doubt(prepared.spec.name, number, said)
            return
        after = sum(row.first < number for row in rows)
        for beside in {max(0, after - 1), min(after, len(rows) - 1)} if number < last else ():
            account.doubt(f"{prepared.spec.name}[{beside}]", number, said)
