"""The items of a filled list column by column: whoever looks at all of a form's items looks at one field of them at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

from xltool.filing import Entry, Item, Scalar
from xltool.form import Form

Column = Sequence[Scalar]
"""The values of a field, an item each; None where it is empty."""
Columns = Mapping[str, Column]
"""The columns of a list by JSON path inside its items."""


def columns_of(entry: Entry) -> dict[str, Columns]:
    """The columns of each of the form's lists, by the name of the list."""
    return {name: by_path(items) for name, items in entry.lists.items()}


def by_path(items: Sequence[Item]) -> Columns:
    """The column of every path that any of the items has."""
    if not items:
        return {}
    paths = list(items[0])
    if len(paths) < 2 or any(len(item) != len(paths) for item in items):
        return _of_unlike(items)
    try:
        # All at once: the items of a form have the same fields.
        return dict(zip(paths, zip(*map(itemgetter(*paths), items), strict=True), strict=True))
    except KeyError:
        return _of_unlike(items)


def _of_unlike(items: Sequence[Item]) -> Columns:
    """The columns of items of which one has fields that another has not."""
    paths = dict.fromkeys(path for item in items for path in item)
    return {path: [item.get(path) for item in items] for path in paths}


def in_roles(form: Form, columns: Mapping[str, Columns], roles: Sequence[str]) -> Iterator[tuple[Column, ...]]:
    """For each list that has items the columns of some roles, in their order; of one that no field plays, nothing but None."""
    for name, spec in form.lists.items():
        held = columns.get(name, {})
        count = len(next(iter(held.values()), ()))
        if count:
            path = {role: form.fields[field].path for role in roles for field in form.roles.get(role, ()) if field in spec.fields}
            empty = (None,) * count
            yield tuple(held.get(path.get(role, ""), empty) for role in roles)
