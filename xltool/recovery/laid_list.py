"""The columns of a list in a text laid out in columns, page by page, and the cost of a word in each of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from xltool.form import Form, ListBlock
from xltool.layout import Cell
from xltool.recovery.grid_values import TICKS
from xltool.recovery.laid_captions import Seen, spellings_of
from xltool.recovery.laid_columns import Ruler, ruler
from xltool.recovery.laid_labels import wrapped_labels
from xltool.recovery.laid_words import Row, Word, beside, text_of
from xltool.recovery.stretch import NAME_ENDS, STARTS_BADLY
from xltool.recovery.vocabulary import vocabulary
from xltool.values import (
    OPERATORS,
    caption_key,
    is_mark,
    normal,
    parse_number,
    parse_percent,
    parse_target,
)

SPAN, GROUP, NAME, TARGET, NUMBER, SIGN, UNIT, TEXT = "span", "group", "name", "target", "number", "operator", "unit", "text"
"""What a column of a list holds."""
_SIGNED = re.compile(r"[=＝═≥≧≤≦>＞<＜]{1,2}\d")
_TWICE = re.compile(r"(.{4,}).*\1")
"""Two values in one: 12月中旬前完12月中旬前成."""
_WEIGHT = re.compile(r"\(?[\d.]*分?\)?$")
FEW = 4
"""So few words of a page tell no columns: they stand as on the page before."""
PINNED = 1.2
"""What it costs that a caption of the list's head stands elsewhere than in its column."""
LABEL = 4
"""So many characters of a level name are no begin of another name."""
UNIT_ELSEWHERE, LEVEL_SAID = 1.5, 1.0
"""What it costs that a unit stands in the column of values where units have their own, and that a reason says what a
level is called in short too."""
UNCHOSEN, TICKED = 2.0, 1.5
"""What it costs that a word stands in a column of choices that is none, and a tick in any other."""
ASKEW = 2
"""A column has too few lines where the one behind it, which is never filled without it, has so many times more."""
PER = "/每("
"""What stands between a unit and what it is counted by."""
DIGITS = 4.0
"""What it costs that digits stand among labels."""
PART, PART_ELSEWHERE = 1.0, 2.5
"""What it costs that a part of a label stands in the column of another level, and in any other."""
CLOSE = 2
"""Lines of one head are so many lines apart at most."""
HEADED = 3
"""With so many words of the list's head in it a line prints the head again."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list's block: its cell, what it holds, its field, and the caption keys of its head."""

    cell: Cell
    kind: str
    field: str
    heads: tuple[str, ...]


def columns_of(form: Form, block: ListBlock) -> tuple[Column, ...]:
    """The columns of a block from the left."""
    spans = {id(cell) for cell in block.spans}
    names = {next(one for one in form.lists[each].own if form.fields[one].type == "text") for each in block.lists}
    groups = {name for each in block.lists for name in form.lists[each].groups}
    found = []
    for cell in form.layout.in_row(block.row):
        name = cell.holes[0] if cell.holes else ""
        kind = SPAN if id(cell) in spans or not name else GROUP if name in groups else NAME if name in names else _kind(form.fields[name].type)
        found.append(Column(cell, kind, name, _heads(form, block, cell)))
    return tuple(found)


def _kind(type_name: str) -> str:
    return NUMBER if type_name in ("number", "money", "percent") else type_name if type_name in (TARGET, SIGN, UNIT) else TEXT


def _heads(form: Form, block: ListBlock, cell: Cell) -> tuple[str, ...]:
    """The spellings of what stands above a column, or in it where it is merged down the whole list."""
    head = cell if id(cell) in {id(one) for one in block.spans} else form.layout.at(block.row - 1, cell.column)
    keys = [key for anchor in spellings_of(form).anchors if anchor.cell is head for key in anchor.keys]
    return tuple(dict.fromkeys([*keys, caption_key(head.caption)])) if head.caption else ()


class Measure:
    """What it costs that a word stands in a column of the list; the same word costs the same."""

    def __init__(self, form: Form, columns: Sequence[Column], known: frozenset[str]) -> None:
        self.form, self.columns, self.known = form, columns, known
        levels = vocabulary(form).levels
        groups = [one.field for one in columns if one.kind == GROUP]
        self.levels = {name: tuple(levels.named[0 if at == 0 and len(groups) > 1 else 1]) for at, name in enumerate(groups)}
        self.every = frozenset(levels.keys)
        self.apart = any(one.kind == UNIT for one in columns)
        self.found: dict[tuple[str, int, bool], float] = {}
        self.parts: dict[int, str] = {}
        self.labels: list[tuple[Word, ...]] = []

    def learn(self, rows: Sequence[Row]) -> None:
        """Notes the labels that stand on several lines of these rows: their parts are in the column of their level."""
        self.labels = []
        for key, words in wrapped_labels(rows, vocabulary(self.form).levels):
            self.labels.append(words)
            self.parts |= {word.number: key for word in words}

    def cost(self, word: Word, column: int, head: bool) -> float:
        """The cost; ``head`` where the word stands on a line of the head."""
        if word.number in self.parts:
            own = self.columns[column]
            return 0.0 if self.parts[word.number] in self.levels.get(own.field, ()) else PART if own.kind == GROUP else PART_ELSEWHERE
        key = (word.text, column, head)
        if key not in self.found:
            self.found[key] = self._cost(word, self.columns[column], head)
        return self.found[key]

    def _strange(self, key: str) -> bool:
        """True for what may be a level that the taxonomy lacks."""
        return not self.every or key.endswith("指标")

    def _label(self, key: str) -> bool:
        """True for a level name, or what a line of one begins with: no name of a row does, unless it ends as names do."""
        return key[-1:] not in NAME_ENDS and (key in self.every or (len(key) >= LABEL and any(one.startswith(key) for one in self.every)))

    def _cost(self, word: Word, column: Column, head: bool) -> float:
        if head and any(word.key in other for one in self.columns for other in one.heads):
            return 0.0 if any(word.key in own for own in column.heads) else 2.0
        value = parse_target(word.text, self.form.units)
        quantity = value.value is not None
        if column.kind == TEXT and self.form.fields[column.field].choices:
            return 0.0 if word.text in TICKS or word.text in self.form.fields[column.field].choices else UNCHOSEN
        if word.text in TICKS and column.kind != SPAN:
            return TICKED
        match column.kind:
            case "span":
                return 0.0 if any(word.key in own for own in column.heads) else 3.0 if quantity else 1.5
            case "group":
                return DIGITS if word.text.isdigit() else 0.0 if any(_WEIGHT.sub("", word.key) in one for one in self.levels[column.field]) else 2.5 if quantity or not self._strange(word.key) else 0.8
            case "name":
                return (2.5 if value.operator else 1.8 if value.unit else 0.9) if quantity else 1.8 if _SIGNED.match(word.text) else 2.0 if word.key in self.every else 1.0 if self._label(word.key) else 0.1
            case "target":
                return 0.0 if quantity or word.key in self.known else 3.0 if word.key in self.every else UNIT_ELSEWHERE if self.apart and self._unit(word) else 0.4
            case "number":
                return 0.0 if parse_number(word.text) is not None or is_mark(word.text) or parse_percent(word.text)[0] is not None else 2.0
            case "operator":
                return 0.0 if word.text in OPERATORS or word.key in ("定性", "定量") else 1.5
            case "unit":
                return 0.0 if self._unit(word) else 1.5 if parse_number(word.text) is not None else 0.4
        return 0.8 if quantity else 0.2 if word.key not in self.every else 2.5 if word.key.endswith("指标") else LEVEL_SAID

    def _unit(self, word: Word) -> bool:
        """True for a unit without its number (元/季度), also of something that is no unit by itself (元/每家, 次每周, 卷(件))."""
        if any(word.key.startswith(unit) and word.key[len(unit)] in PER for unit in self.form.units if len(unit) < len(word.key)):
            return True
        return word.key in self.form.units or (parse_number(word.text) is None and parse_target(f"1{word.text}", self.form.units).unit is not None)


def rulers(measure: Measure, rows: Sequence[Row], head: Sequence[Seen], again: Sequence[Row] = ()) -> dict[int, Ruler]:
    """For each page its columns; the form's own ``head`` stands on one of them, the lines ``again`` on others."""
    columns = measure.columns
    pinned = {word.number: at for one in head for at, column in enumerate(columns) if column.cell.column == one.cell.column for word in one.words}
    found: dict[int, Ruler] = {}
    before: Ruler | None = None
    usual: set[int] = set()
    printed = {word.number for row in again for word in row.words}
    for page in dict.fromkeys(row.page for row in rows):
        own = [row for row in (*again, *rows) if row.page == page]
        heads = printed | {word.number for row in own if is_head(columns, row) for word in row.words}
        words = [word for row in own for word in row.words if word.number not in printed or _heads_one(columns, word)]

        def cost(word: Word, at: int, heads: set[int] = heads) -> float:
            return PINNED * (pinned[word.number] != at) if word.number in pinned else measure.cost(word, at, word.number in heads)

        if before and len(words) < FEW:
            found[page] = before
            continue
        flush = [at for at, one in enumerate(columns) if one.kind in (NAME, TEXT)]
        above = max((word.line for row in own for word in row.words if word.number in pinned), default=0)
        body = [word for word in words if word.line > above and word.number not in heads]
        at = ruler(words, len(columns), cost, before, flush, pairs=_valued(columns), usual=usual)
        if len(body) < len(words) and _is_askew(columns, at, body):
            at = ruler(body, len(columns), cost, None, flush, pairs=[*_valued(columns), *_targets(columns)])
        before = found[page] = at
        usual |= {bisect_right(at.begins, word.x) - 1 for word in body}
        usual &= {at for at, one in enumerate(columns) if one.kind not in (SPAN, GROUP, TEXT)}
    return found


def _is_askew(columns: Sequence[Column], at: Ruler, body: Sequence[Word]) -> bool:
    """True where a list stands elsewhere than its head says: many lines have a value, and hardly one a name or the value before."""
    lines = [len({word.line for word in body if bisect_right(at.begins, word.x) - 1 == column}) for column in range(len(columns))]
    return any(lines[first] * ASKEW < lines[second] for first, second in (*_valued(columns), *_targets(columns)))


def _targets(columns: Sequence[Column]) -> list[tuple[int, int]]:
    """The columns of values of one list that follow on each other: the first of them is filled first."""
    return [(at, at + 1) for at in range(len(columns) - 1) if columns[at].kind == columns[at + 1].kind == TARGET]


def _valued(columns: Sequence[Column]) -> list[tuple[int, int]]:
    """The columns of names, each with that of the values behind it: no value stands without its name."""
    names = [at for at, one in enumerate(columns) if one.kind == NAME]
    return [(at, next(then for then in range(at + 1, len(columns)) if columns[then].kind == TARGET)) for at in names if any(one.kind == TARGET for one in columns[at + 1 :])]


def heads_again(form: Form, block: ListBlock, rows: Sequence[Row]) -> list[Row]:
    """The lines that print the head of a block again: those with captions of several columns, and beside them on their page
    those that hold nothing but parts of its captions."""
    columns = columns_of(form, block)
    keys = _head_keys(form, block)
    found: set[int] = set()
    for at in (at for at, row in enumerate(rows) if is_head(columns, row)):
        found.add(at)
        for step in (-1, 1):
            near = at + step
            while 0 <= near < len(rows) and rows[near].page == rows[at].page and abs(rows[near].line - rows[near - step].line) <= CLOSE and _of_head(keys, rows[near]):
                found.add(near)
                near += step
    return [rows[at] for at in sorted(found)]


def _head_keys(form: Form, block: ListBlock) -> tuple[str, ...]:
    """The spellings of all captions above a block, in the rows that its head takes."""
    cells = form.layout.in_row(block.row - 1)
    every = {id(cell) for row in range(min(cell.row for cell in cells), block.row) for cell in form.layout.in_row(row)}
    return tuple(key for anchor in spellings_of(form).anchors if id(anchor.cell) in every for key in anchor.keys)


def _of_head(keys: Sequence[str], row: Row) -> bool:
    """True for a line that holds nothing but parts of a head's captions; a single character alone is none."""
    return len("".join(word.key for word in row.words)) > 1 and all(any(word.key in key for key in keys) for word in row.words)


def _heads_one(columns: Sequence[Column], word: Word) -> bool:
    return any(word.key in key for one in columns for key in one.heads)


def is_head(columns: Sequence[Column], row: Row) -> bool:
    """True for a line that prints the list's head, or a part of it where its captions are wrapped."""
    hits = sum(len(word.key) > 1 and any(word.key in own for one in columns for own in one.heads) for word in row.words)
    return hits >= HEADED and hits * 3 > len(row.words) * 2


def strange(kind: str, words: Sequence[Word], form: Form) -> Word | None:
    """A word of a cell of the list that may belong to the cell beside or to another row; none where all is well."""
    if found := beside(words):
        return found
    if kind == TARGET:
        whole = parse_target(text_of(words), form.units).value
        if torn := next((then for word, then in zip(words, words[1:], strict=False) if word.line != then.line and _ends_whole(word.text, form) and parse_number(then.text) is not None and not _last_decimal(word.text, then.text)), None):
            return torn
        if words and whole is None and (_SIGNED.search(text_of(words)) or _TWICE.search(text_of(words))):
            return words[-1]
        if words and whole is None and (unclosed(text_of(words)) or (len(words) > 1 and any(word.text in form.words for word in words))):
            return words[-1]
        return next((word for word in words if whole is None and len(words) > 1 and parse_target(word.text, form.units).operator), words[0] if words and _torn(words[0].key) else None)
    if kind == NAME and words and unclosed(text_of(words)):
        return words[-1]
    if kind not in (NAME, TEXT) or len(words) < 2:
        return None
    levels = vocabulary(form).levels.keys
    begins = [words[0].x, *(then.x for word, then in zip(words, words[1:], strict=False) if word.line != then.line)]
    said = [word for word in words if len(word.key) >= LABEL and (word.text in form.words or any(word.key in one for one in levels)) and sum(abs(word.x - x) <= 1 for x in begins) < 2]
    return next((word for word in words if parse_target(word.text, form.units).operator or _SIGNED.match(word.text) or word in said), None)


def unclosed(text: str) -> bool:
    """True for a text with a bracket that it does not close, or the other way round."""
    key = normal(text)
    return key.count("(") != key.count(")")


def _ends_whole(text: str, form: Form) -> bool:
    """True for a number, with its sign or without, that no mark leaves open."""
    return text[-1:].isdigit() and parse_target(text, form.units).value is not None


def _last_decimal(text: str, rest: str) -> bool:
    """True for a number with one decimal and the second on the line below: amounts have two."""
    return len(text) > 2 and text[-2] == "." and len(rest) == 1


def _torn(key: str) -> bool:
    """True for what begins no value: a unit in brackets, a month without its number."""
    return key[:1] in ("(", "月", *STARTS_BADLY)
