"""Whether anybody has filled a form in: workbooks keep blank copies, and bureaus send theirs with the year and the unit in them."""

from __future__ import annotations

from xltool.filing import Entry, Scalar
from xltool.form import Form

BEFOREHAND = ("year", "department", "unit", "level1", "level1_weight", "level2", "weight", "total_weight", "execution_weight")
"""What a blank may bear before it is given out. Sums that add up nothing come to 0."""


def unfilled(entry: Entry, form: Form) -> bool:
    """True where a form says nothing of its own: no project, no amount, no text, no indicator."""
    known = {(form.fields[name].list, form.fields[name].path) for role in BEFOREHAND for name in form.roles.get(role, ())}
    printed = {one.path: one.blank for one in form.scalars if one.blank}
    whole = all(_nothing(value) or value == printed.get(path) for path, value in entry.values.items() if ("", path) not in known and path != "money_unit")
    return whole and all(_nothing(value) for name, items in entry.lists.items() for item in items for path, value in item.items() if (name, path) not in known)


def _nothing(value: Scalar) -> bool:
    return value is None or value == 0 or (isinstance(value, str) and not value.strip())
