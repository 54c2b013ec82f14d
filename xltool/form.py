"""A form as declared: its layout, fields, lists, taxonomy and look. Frozen data, nothing that reads or draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from xltool.layout import Cell, Layout, Part
from xltool.values import Value

TYPES = ("text", "paragraphs", "year", "date", "money", "number", "percent", "target", "operator", "unit", "choice")
NUMERIC = frozenset({"money", "number", "percent", "year"})
ROLES = (
    "project", "code", "unit", "department", "nature", "category", "year", "start", "end",
    "amount", "project_amount", "fiscal", "carried_over", "other", "project_fiscal", "project_other",
    "initial_budget", "annual_budget", "executed", "execution_rate", "execution_weight", "execution_score", "execution_reason",
    "goal", "actual_goal", "level1", "level1_weight", "level2", "indicator", "target", "actual", "weight", "score", "reason",
    "total_weight", "total_score", "grade", "conclusion", "forecast",
)  # fmt: skip
"""What a field can be to whoever checks, adds up or compares forms: the same question of every form. ``amount`` is the
annual amount that a 汇总表 adds, ``project_amount`` that of the whole project; ``forecast`` is what is expected at the year's
end, by which a form is one of monitoring. Of two fields of one role the year's comes first."""
LISTED_ROLES = frozenset({"level1", "level1_weight", "level2", "indicator", "target", "actual", "weight", "score", "reason"})
"""Roles of fields of a list; the others stand outside lists, ``forecast`` in both."""
_TEXTS, _AMOUNTS, _RATES, _POINTS = ("text", "choice", "paragraphs"), ("money", "number"), ("percent", "number"), ("number", "percent", "money")
ROLE_TYPES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("project", "code", "unit", "department", "nature", "category", "goal", "actual_goal", "grade", "conclusion", "reason", "execution_reason", "level1", "level2", "indicator"), _TEXTS),
    **dict.fromkeys(("amount", "project_amount", "fiscal", "carried_over", "other", "project_fiscal", "project_other", "initial_budget", "annual_budget", "executed"), _AMOUNTS),
    **dict.fromkeys(("execution_weight", "execution_score", "level1_weight", "weight", "score", "total_weight", "total_score"), _POINTS),
    "execution_rate": _RATES, "year": ("year",), "start": ("date",), "end": ("date",), "target": ("target",), "actual": ("target",), "forecast": ("money", "number", "target"),
}  # fmt: skip
"""The types that a field of each role may have: of another its question could not be asked."""


def can_play(role: str, kind: str, listed: bool) -> bool:
    """True where a field of a type, in a list or outside, can play a role."""
    return kind in ROLE_TYPES.get(role, (kind,)) and (role == "forecast" or listed == (role in LISTED_ROLES))


@dataclass(frozen=True, slots=True)
class Field:
    """A hole of the form. ``path`` is its JSON path (relative to an item for a field of a list).

    ``absent`` is the value whose key JSON leaves out (money_unit 元); ``blank`` is what an empty
    form prints. ``optional`` fields stand in […] and their key is left out where they have no value.
    """

    name: str
    path: str
    type: str
    unit: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    absent: str = ""
    blank: str = ""
    optional: bool = False
    list: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A field, and the row of its list (from 0) where it has one."""

    field: Field
    row: int = -1

    @property
    def path(self) -> str:
        """The JSON path in an entry."""
        return f"{self.field.list}[{self.row}].{self.field.path}" if self.row >= 0 else self.field.path


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A row of the layout that repeats (…): ``row`` in the layout, and the lists that share it.

    ``groups`` are the fields whose cells merge downwards while their value, and every group to its
    left, stays the same (^…), from the left. ``spans`` are the cells that are merged down the whole block.
    """

    row: int
    lists: tuple[str, ...]
    groups: tuple[str, ...]
    spans: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ListSpec:
    """One list: its JSON key and its fields from the left; ``groups`` are those that merge downwards."""

    name: str
    fields: tuple[str, ...]
    groups: tuple[str, ...]

    @property
    def own(self) -> tuple[str, ...]:
        """The fields that stand in every row: an item exists where one of them has a value."""
        return tuple(name for name in self.fields if name not in self.groups)


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """The names of levels one and two and which belongs to which. ``weights`` are a level one's usual weights."""

    children: Mapping[str, tuple[str, ...]]
    aliases: Mapping[str, str] = field(default_factory=dict)
    weights: Mapping[str, Decimal] = field(default_factory=dict)

    def parent(self, level2: str) -> str | None:
        """The one level one that a level two belongs to; None where there is none, or more than one."""
        found = [name for name, below in self.children.items() if level2 in below]
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount and the parts that it is the sum of, by field names: evidence, and a rule.

    Fields of one list are added up in each of its rows; below or above a list a total is the sum of the list's columns.
    """

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefill:
    """What a form takes from the one of the step before, beyond the roles that both have.

    ``roles`` is by role here the role there; ``levels`` by a level (two, or one) there its levels one and two here.
    """

    roles: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """How the workbook prints: widths in characters of the body font, sizes in points.

    ``plain_rows`` have no borders; the first that is named is the title's.
    """

    widths: tuple[float, ...] = ()
    font: str = "宋体"
    size: float = 10.5
    title_size: float = 16
    plain_rows: tuple[int, ...] = (1, 2)
    row_height: float = 20
    landscape: bool = False
    formats: Mapping[str, str] = field(default_factory=dict)
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldAlias:
    """An alternate of a caption with ``fields`` in it that no cell of the layout holds: 总体目标（{期间}）."""

    caption: str
    parts: tuple[Part, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One official form.

    ``captions`` gives the alternates of a printed caption; ``together`` names fields that are filled
    or empty together (the two money columns); ``words`` are qualitative values that recur, ``worth`` the
    quantities that words stand for (全覆盖: 100%); ``sections`` are the endings of a 汇总表 title; ``roles`` are the
    fields that play each of ROLES; ``in_aliases`` are the alternates of captions in which fields stand that are drawn
    nowhere else. ``drawn_scalars`` are the fields outside lists that stand in a cell.
    """

    id: str
    version: str
    title: str
    layout: Layout
    fields: Mapping[str, Field]
    blocks: tuple[ListBlock, ...] = ()
    lists: Mapping[str, ListSpec] = field(default_factory=dict)
    captions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    in_aliases: tuple[FieldAlias, ...] = ()
    taxonomy: Taxonomy = Taxonomy({})
    units: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    worth: Mapping[str, Value] = field(default_factory=dict)
    sums: tuple[Sum, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    sections: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    exceptions: Mapping[str, str] = field(default_factory=dict)
    look: Look = Look()
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prefill: Prefill = Prefill()
    place: str = ""
    about: str = ""
    drawn_scalars: tuple[Field, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        drawn = {name for cell in self.layout.cells for name in cell.holes}
        object.__setattr__(self, "drawn_scalars", tuple(one for one in self.scalars if one.name in drawn))

    def project_of(self, values: Mapping[str, object]) -> str:
        """The project that a form with these values is about; empty where none is written."""
        names = (values.get(self.fields[name].path) for name in self.roles.get("project", ()))
        return next((name for name in names if isinstance(name, str) and name.strip()), "")

    def field_at(self, path: str) -> Field | None:
        """The field of a JSON path outside lists."""
        for one in self.fields.values():
            if one.path == path and not one.list:
                return one
        return None

    @property
    def scalars(self) -> tuple[Field, ...]:
        """The fields outside lists, in the layout's reading order."""
        return tuple(one for one in self.fields.values() if not one.list)

    def head_row(self, block: ListBlock) -> int:
        """The row in which the head of a list begins: heads go on over several rows, or stand below a common one."""
        above = self.layout.in_row(block.row - 1) if block.row > 1 else ()
        return min((cell.row for cell in above if cell.parts and cell not in block.spans), default=block.row - 1)

    def heads(self, block: ListBlock) -> tuple[Cell, ...]:
        """The cells with captions in the head of a list, that which goes down beside it included, in reading order."""
        first = self.head_row(block)
        return tuple(cell for cell in self.layout.cells if first <= cell.row < block.row and cell.caption)

    def head_fields(self, block: ListBlock) -> tuple[Cell, ...]:
        """The cells of a list's head that hold a field: a column for each town has the town's name above it."""
        first = self.head_row(block)
        return tuple(cell for cell in self.layout.cells if first < cell.row < block.row and cell.only_hole)

    def money_unit(self, values: Mapping[str, object]) -> str:
        """The unit of the amounts of a form with these values: as it is printed, else what its absence means, else that of its fields."""
        found, stated = values.get("money_unit"), self.field_at("money_unit")
        if isinstance(found, str) and found:
            return found
        if stated and stated.absent:
            return stated.absent
        return next((one.unit for one in self.scalars if one.type == "money" and one.unit), "元")

    def unit_of(self, one: Field, values: Mapping[str, object]) -> str:
        """The unit of an amount: its own where the mapping gives it one, else the form's."""
        return one.unit or self.money_unit(values)

    def prints_unit(self, one: Field) -> bool:
        """True where the unit of a field is printed behind its number, in its cell."""
        return any(cell.unit for cell in self.layout.cells if cell.only_hole == one.name)

    def added(self, rule: Sum, rows: Mapping[str, int]) -> Iterator[tuple[Place, tuple[Place, ...]]]:
        """Each total of a rule with its parts, in lists of so many ``rows``."""
        total, parts = self.fields[rule.total], [self.fields[name] for name in rule.parts]
        if total.list:
            yield from ((Place(total, at), tuple(Place(part, at) for part in parts)) for at in range(rows.get(total.list, 0)))
        else:
            yield Place(total), tuple(Place(part, at) for part in parts for at in (range(rows.get(part.list, 0)) if part.list else (-1,)))

    def block_of(self, name: str) -> ListBlock:
        """The block in which a list stands."""
        return next(block for block in self.blocks if name in block.lists)

    def spellings(self, caption: str) -> tuple[str, ...]:
        """A caption and its alternates."""
        return (caption, *self.captions.get(caption, ()))
