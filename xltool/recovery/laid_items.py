"""The items of a list in a text laid out in columns, from the rows that its lines were parted into: each cell typed, put under
its levels, and doubted where what stands beside may be its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from xltool.filing import Item, Scalar
from xltool.form import Form
from xltool.recovery import grid_values, laid_doubts, laid_list
from xltool.recovery.claims import Account
from xltool.recovery.laid_groups import Label, labels, placed
from xltool.recovery.laid_levels import Told
from xltool.recovery.laid_list import GROUP, NAME, Column
from xltool.recovery.laid_rows import Cut, Parted
from xltool.recovery.laid_words import Word, text_of
from xltool.recovery.vocabulary import Levels, vocabulary

BESIDE = "可能属于旁边的一格"
"""Why a row is doubted that has a word which may belong to the cell beside: no row too many or too few."""
PARTED = "行与行在何处分开，另一种读法几乎同样可能"
"""Why a row is doubted that may begin or end at another line."""
LACKS = "这一行没有找到"
"""Why a row is doubted that has a cell without words."""
CUT_OFF = "文字在换页处断开，接上之后未必完整"
"""Why a text is doubted that a page cuts."""


@dataclass(slots=True)
class Laid:
    """What was read: values by path, marks, the items of each list."""

    values: dict[str, Scalar] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[Item, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class Items:
    """One list of a block: its rows put under their levels, each cell typed; ``aside`` are the words of labels and spans, ``wavering``
    those that may stand in another column, by their numbers, with it."""

    form: Form
    account: Account
    result: Laid
    name: str
    columns: Sequence[Column]
    aside: Sequence[Sequence[Word]]
    wavering: Mapping[int, int]

    def read(self, parted: Parted) -> None:
        """Reads the items; a row of which no own cell is filled is padding."""
        form = self.form
        spec = form.lists[self.name]
        own = [number for number, one in enumerate(self.columns) if one.field in spec.own]
        with_own = [at for at, cut in enumerate(parted.cuts) if any(cut.cells[number] for number in own)]
        filled = [parted.cuts[at] for at in with_own]
        levels = vocabulary(form).levels
        groups = [number for number, one in enumerate(self.columns) if one.field in spec.groups and one.kind == GROUP]
        ones, twos = self._levels(groups, parted, with_own, levels)
        edges = laid_doubts.at_edges([(self._above(at, ones[0], twos[0], levels), name) for at, name in enumerate(twos[0].names)])
        items = []
        for number, cut in enumerate(filled):
            item: dict[str, Scalar] = {}
            self._under(item, number, cut, spec.groups, ones, twos, levels)
            self._own(item, number, cut, own)
            self._doubts(item, number, cut, own, spec.groups if number in edges else ())
            items.append(item)
        self._wavers(filled, own)
        self._wanting(filled, own, [*ones[1], *twos[1]] if levels.keys else [], edges)
        self.result.lists[self.name] = tuple(items)

    def _wanting(self, filled: Sequence[Cut], own: Sequence[int], found: Sequence[Label], edges: Collection[int]) -> None:
        """Doubts the rows that lack what the others have, and those beside a label that the taxonomy does not know; ``edges``
        are the rows beside one of another group."""
        account, spec = self.account, self.form.lists[self.name]
        named = [(at, self.columns[at].field) for at in own if self.columns[at].kind == NAME]
        cells = [replace(cut, cells=tuple(cut.cells[at] for at in own)) for cut in filled]
        for number, column in laid_doubts.without_number([self.columns[at] for at in own], cells):
            account.doubt(f"{self.name}[{number}]", _first(filled[number]), f"{LACKS}{column.field}")
        for number, name in ((number, name) for number, cut in enumerate(filled) for at, name in named if not cut.cells[at]):
            for near in {number - 1, number + 1} & set(range(len(filled))):
                account.doubt(f"{self.name}[{near}]", _first(filled[number]), f"旁边的一行没有找到{name}，这一行未必完整")
        for number, word in laid_doubts.two_in_one(self.form, [self.columns[at] for at in own], cells):
            account.doubt(self.name, word.number, f"第{number + 1}行可能是两行")
        for number, word in laid_doubts.without_value([self.columns[at] for at in own], cells):
            account.doubt(self.name, word.number, f"第{number + 1}行没有值，可能是几行或一行的一部分")
        for number, at, word in laid_doubts.going_on([self.columns[at] for at in own], cells):
            fields = [self.columns[own[at]].field, *(spec.groups if self.columns[own[at]].kind == NAME and number in edges else ())]
            for one in fields:
                account.doubt(f"{self.name}[{number}].{self.form.fields[one].path}", word.number, f"“{word.text}”{BESIDE}")
        for number, at, word in laid_doubts.over_pages([self.columns[at] for at in own], cells):
            account.doubt(f"{self.name}[{number}].{self.form.fields[self.columns[own[at]].field].path}", word.number, CUT_OFF)
        for number, at, word in laid_doubts.ticks(self.form, [self.columns[at] for at in own], cells):
            account.doubt(f"{self.name}[{number}].{self.form.fields[self.columns[own[at]].field].path}", word.number, f"“{word.text}”{BESIDE}")
        for number, label in laid_doubts.near_strange(found, filled):
            for one in (*spec.groups, *(name for _, name in named)):
                account.doubt(f"{self.name}[{number}].{self.form.fields[one].path}", label.words[0].number, f"“{label.words[0].text}”{BESIDE}")

    def _wavers(self, filled: Sequence[Cut], own: Sequence[int]) -> None:
        """Doubts the two cells in which a word may stand."""
        form, account = self.form, self.account
        aside = [(word, at) for at, words in enumerate(self.aside) for word in words if word.number in self.wavering and at not in own]
        for number, cut in enumerate(filled):
            inside = [(word, at) for at in own for word in cut.cells[at] if word.number in self.wavering]
            for word, at in (*inside, *((word, at) for word, at in aside if cut.first <= word.line <= cut.last)):
                for column in {at, self.wavering[word.number]} & set(own):
                    path = form.fields[self.columns[column].field].path
                    account.doubt(f"{self.name}[{number}].{path}", word.number, f"“{word.text}”{BESIDE}")

    def _levels(self, groups: Sequence[int], parted: Parted, own: Sequence[int], levels: Levels) -> tuple[tuple[Told, list[Label]], tuple[Told, list[Label]]]:
        nothing: tuple[Told, list[Label]] = (Told((None,) * len(own), frozenset()), [])
        if not groups or not own:
            return nothing, nothing
        found = [labels(self.aside[number], levels, level) for level, number in enumerate(groups[:2], 1)]
        first, second = placed(parted, own, [*found, []][:2], levels)
        return (first, found[0]), (second, found[1]) if len(found) > 1 else nothing

    def _under(self, item: dict[str, Scalar], number: int, cut: Cut, groups: Sequence[str], ones: tuple[Told, list[Label]], twos: tuple[Told, list[Label]], levels: Levels) -> None:
        """The level fields of a row."""
        form, account = self.form, self.account
        path, first = f"{self.name}[{number}]", _first(cut)
        two = twos[0].names[number]
        above = levels.parent.get(two) if two else None
        one = above or ones[0].names[number]
        if two is None and one and len(levels.children.get(one, ())) == 1:
            two = levels.children[one][0]
        texts = [name for name in groups if form.fields[name].type == "text"]
        for level, (name, value, placed_at) in enumerate(zip(texts, (one, two), (ones[0], twos[0]), strict=False), 1):
            field_path = form.fields[name].path
            item[field_path] = value
            if value is None:
                account.doubt(f"{path}.{field_path}", first, f"没有找到{name}")
            elif levels.keys and value not in (levels.one if level == 1 else levels.two):
                account.doubt(f"{path}.{field_path}", first, f"分类表中没有“{value}”")
            elif number in placed_at.unsure and (level == 2 or above is None):
                account.doubt(f"{path}.{field_path}", first, "这一行归在哪个层级之下，另一种读法几乎同样可能")
        strays = any(label.name in (one, two) and any(word.number in self.wavering for word in label.words) for label in (*ones[1], *twos[1]))
        wavers = strays or (number in twos[0].unsure and len({self._above(at, ones[0], twos[0], levels) for at in (number - 1, number, number + 1)}) > 1)
        for name in groups if wavers else ():
            account.doubt(f"{path}.{form.fields[name].path}", first, "这一行归在哪个层级之下，另一种读法几乎同样可能")
        for name in groups:
            if form.fields[name].type == "number":
                item[form.fields[name].path] = weight = _weight(ones[1], one)
                if weight is None and any(label.weight is not None for label in ones[1]):
                    account.doubt(f"{path}.{form.fields[name].path}", first, f"{LACKS}{name}")
        for level, (_, found) in enumerate((ones, twos), 1):
            for label in found:
                account.claim((word.number for word in label.words), f"层级 {label.name}", "分类表中的层级名" if label.known else f"第{level}级一列的文字")

    def _above(self, number: int, ones: Told, twos: Told, levels: Levels) -> str | None:
        """The level one of a row; of one before the first or after the last, that of the row beside."""
        at = min(max(number, 0), len(ones.names) - 1)
        return levels.parent.get(twos.names[at] or "") or ones.names[at]

    def _own(self, item: dict[str, Scalar], number: int, cut: Cut, own: Sequence[int]) -> None:
        """The cells of a row."""
        form, account = self.form, self.account
        path = f"{self.name}[{number}]"
        parts: dict[str, str] = {}
        for at in own:
            one, words = form.fields[self.columns[at].field], cut.cells[at]
            parts[one.name] = text_of(words)
            if one.type in ("operator", "unit"):
                account.claim((word.number for word in words), f"{path}.{one.path}", "按文字所在的行列")
                continue
            reading = grid_values.read(text_of(words), None, "", one, form)
            item[one.path] = reading.value
            account.claim((word.number for word in words), f"{path}.{one.path}", "按文字所在的行列")
            if reading.mark:
                self.result.marks[f"{path}.{one.path}"] = reading.mark
            if reading.doubt:
                account.doubt(f"{path}.{one.path}", words[0].number, reading.doubt)
            if len(lines := {word.line for word in words}) > 1:
                account.repair("wrap-joined", words[0].number, f"“{parts[one.name]}”由{len(lines)}行接成")
        for one in (form.fields[self.columns[at].field] for at in own):
            if grid_values.in_parts(form, one):
                inner = {form.fields[self.columns[at].field].type: self.columns[at].field for at in own}
                item[one.path] = grid_values.assembled(form, parts[one.name], parts.get(inner.get("operator", ""), ""), parts.get(inner.get("unit", ""), ""))

    def _doubts(self, item: Mapping[str, Scalar], number: int, cut: Cut, own: Sequence[int], groups: Sequence[str]) -> None:
        account = self.account
        path, first = f"{self.name}[{number}]", _first(cut)
        for name in laid_doubts.parted(self.form, self.form.lists[self.name], self.columns, cut, groups):
            account.doubt(f"{path}.{self.form.fields[name].path}", first, PARTED)
        for at in own:
            one = self.form.fields[self.columns[at].field]
            if not cut.cells[at] and (self.columns[at].kind == laid_list.NAME or (one.type == "target" and item.get(one.path) is None)):
                account.doubt(path, first, f"{LACKS}{one.name}")
            elif strange := laid_list.strange(self.columns[at].kind, cut.cells[at], self.form):
                for near in self._near(at, own):
                    account.doubt(f"{path}.{near}", strange.number, f"“{strange.text}”{BESIDE}")

    def _near(self, at: int, own: Sequence[int]) -> list[str]:
        """The paths of a column and of those of the list beside it."""
        place = own.index(at)
        return list(dict.fromkeys(self.form.fields[self.columns[one].field].path for one in own[max(0, place - 1) : place + 2]))


def _first(cut: Cut) -> int:
    return next(word.number for cell in cut.cells for word in cell)


def _weight(found: Sequence[Label], name: str | None) -> Decimal | None:
    return next((label.weight for label in found if label.name == name and label.weight is not None), None)
