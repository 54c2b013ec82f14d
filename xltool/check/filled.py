"""An entry as rules see it: by the roles that its fields play, whatever form it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from decimal import Decimal
from functools import cached_property, wraps
from itertools import chain
from typing import Any, Concatenate, ParamSpec, TypeVar

from xltool.field_captions import captions
from xltool.filing import Entry, Scalar
from xltool.form import Field, Form, Place
from xltool.places import is_inside
from xltool.values import Value, is_mark, normal
from xltool.worded import understood, unit_in

Asked = ParamSpec("Asked")
Found = TypeVar("Found")
_CAPTIONS: dict[int, tuple[Form, Mapping[str, str]]] = {}
"""The captions of forms by identity: a form is asked for them with every entry. The form stays with them, so that no other can have its identity."""
_WORDS = frozenset({"text", "paragraphs", "target"})
"""The types of fields that hold words."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One field of an entry: where it stands, what it holds and what the form prints there.

    ``mark`` is the mark that stands in an empty cell (—); ``doubt`` says why recovery is not sure of it. ``text`` is the
    value as text, empty where there is none; ``units`` are those that the form knows, ``worth`` the quantities that words
    stand for in it; ``blank`` is true where nothing is filled in: a text of nothing but a mark (无, —, /) is nothing.
    """

    path: str
    field: Field
    caption: str
    value: Scalar = None
    mark: str = ""
    doubt: str = ""
    units: frozenset[str] = made(default=frozenset(), repr=False)
    worth: Mapping[str, Value] = made(default_factory=dict, repr=False)
    text: str = made(init=False, repr=False, compare=False)
    blank: bool = made(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Every rule asks for them.
        value = self.value
        text = "" if value is None else (value.text or "").strip() if isinstance(value, Value) else str(value).strip()
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "blank", not text or (self.field.type in _WORDS and is_mark(text)))

    @property
    def doubted(self) -> bool:
        """True where recovery is not sure of it."""
        return bool(self.doubt)

    @property
    def number(self) -> Decimal | None:
        """The value where it is a number; blank is not 0."""
        return self.value if isinstance(self.value, Decimal) else Decimal(self.value) if isinstance(self.value, int) else None

    @property
    def quantity(self) -> Value:
        """The value as a target or an actual, also one whose number stands among words (95%以上)."""
        value = self.value
        if not isinstance(value, Value):
            return Value(None)
        return value if value.value is not None else understood(value, self.units)


@dataclass(frozen=True)
class Row:
    """One row of a list, its fields by role."""

    list: str
    index: int
    spots: Mapping[str, Spot]

    def get(self, role: str) -> Spot | None:
        """The field of a role; None where the list has none."""
        return self.spots.get(role)

    @property
    def path(self) -> str:
        """The row itself."""
        return f"{self.list}[{self.index}]"

    def quantity(self, role: str) -> Value:
        """The quantity of a role; without a unit of its own it is in that of the indicator's name: 补助金额（万元）."""
        spot = self.spots[role]
        value = spot.quantity
        return value if value.value is None or value.unit else value._replace(unit=unit_in(self.name, spot.units) or None)

    @cached_property
    def name(self) -> str:
        """The indicator's name; without one the row's number."""
        return self.spots["indicator"].text or f"#{self.index + 1}"

    @cached_property
    def key(self) -> str:
        """What the name is known by."""
        return normal(self.name)

    @cached_property
    def blank(self) -> bool:
        """True where nothing is filled in."""
        return all(spot.blank for spot in self.spots.values())


def _once(method: Callable[Concatenate[Filled, Asked], Found]) -> Callable[Concatenate[Filled, Asked], Found]:
    """The method of an entry, which works out what it is asked for once: every rule asks again."""

    @wraps(method)
    def known(filled: Filled, /, *args: Asked.args, **named: Asked.kwargs) -> Found:
        key = (method, args, *named.items())
        if key not in filled.known:
            filled.known[key] = method(filled, *args, **named)
        found: Found = filled.known[key]
        return found

    return known


class Filled:
    """An entry with its form; ``index`` is the entry's number in the filing, from 0, ``twin`` that of an earlier one that says the same."""

    def __init__(self, entry: Entry, form: Form, index: int = 0) -> None:
        self.entry = entry
        self.form = form
        self.index = index
        self.twin: int | None = None
        self.captions = _captions(form)
        self.known: dict[object, Any] = {}
        self._doubts = tuple((doubt.path, doubt.why or "?") for doubt in entry.source.doubts)

    @property
    def project(self) -> str:
        """The project's name; without one the form's title."""
        found = self.one("project")
        return found.text if found and found.text else self.entry.title

    def unit_of(self, spot: Spot) -> str:
        """The unit of an amount."""
        return self.form.unit_of(spot.field, self.entry.values)

    def has(self, *roles: str) -> bool:
        """True where the form prints a field for each of the roles."""
        return all(role in self.form.roles for role in roles)

    @_once
    def all(self, role: str) -> tuple[Spot, ...]:
        """The fields of a role outside lists, in the mapping's order."""
        fields = (self.form.fields[name] for name in self.form.roles.get(role, ()))
        return tuple(self.spot(field) for field in fields if not field.list)

    def one(self, role: str) -> Spot | None:
        """The first field of a role outside lists; None where the form has none."""
        return next(iter(self.all(role)), None)

    def spot(self, field: Field) -> Spot:
        """A field outside lists."""
        return self._spot(field, field.path, self.entry.values.get(field.path))

    def at(self, place: Place) -> Spot:
        """A field outside lists, or of one row."""
        held = self.entry.lists[place.field.list][place.row] if place.row >= 0 else self.entry.values
        return self._spot(place.field, place.path, held.get(place.field.path))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows of every list that has a field with the role ``indicator``, in order."""
        return tuple(row for name in self.form.lists for row in self._rows(name))

    @cached_property
    def scalars(self) -> tuple[Spot, ...]:
        """Every field outside lists."""
        return tuple(self.spot(field) for field in self.form.scalars)

    @cached_property
    def listed(self) -> frozenset[str]:
        """The roles that fields of rows play."""
        return frozenset(chain.from_iterable(row.spots for row in self.rows))

    def column(self, role: str) -> tuple[Spot, ...]:
        """The fields of a role in every row."""
        return tuple(spot for _, spot in self.pairs(role))

    @_once
    def pairs(self, *roles: str) -> Sequence[tuple[Row, Spot]]:
        """The rows with each field of the roles, row by row."""
        inside = [role for role in roles if role in self.listed]
        return [(row, spot) for row in self.rows for role in inside if (spot := row.spots.get(role))] if inside else ()

    @_once
    def given(self, role: str) -> Sequence[tuple[Row, Spot, Value]]:
        """The rows in which a role's field is filled in, with that and the quantity that it is."""
        return [(row, spot, row.quantity(role)) for row, spot in self.pairs(role) if not spot.blank]

    @_once
    def missing(self, *roles: str) -> Sequence[tuple[Row, Spot]]:
        """The fields of the roles that are blank and without a mark, in rows where anything is filled in."""
        return [(row, spot) for row, spot in self.pairs(*roles) if spot.blank and not spot.mark and not row.blank]

    def _rows(self, name: str) -> Iterator[Row]:
        roles = self._roles_in(name)
        if "indicator" not in roles:
            return
        for index, item in enumerate(self.entry.lists.get(name, ())):
            yield Row(name, index, {role: self._spot(field, f"{name}[{index}].{field.path}", item.get(field.path)) for role, field in roles.items()})

    def _roles_in(self, name: str) -> dict[str, Field]:
        """The roles that fields of a list play; two lists may share a field that stands left of both."""
        inside = self.form.lists[name].fields
        found = {role: next((one for one in names if one in inside), None) for role, names in self.form.roles.items()}
        return {role: self.form.fields[one] for role, one in found.items() if one}

    def _spot(self, field: Field, path: str, value: Scalar) -> Spot:
        why = next((why for doubt, why in self._doubts if is_inside(path, doubt)), "") if self._doubts else ""
        return Spot(path, field, self.captions[field.name], value, self.entry.marks.get(path, ""), why, self.form.units, self.form.worth)


def _captions(form: Form) -> Mapping[str, str]:
    known = _CAPTIONS.get(id(form))
    if known is None:
        known = _CAPTIONS[id(form)] = (form, captions(form))
    return known[1]
