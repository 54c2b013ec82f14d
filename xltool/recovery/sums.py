"""What must add up in a form: a reading in which it does not is doubted where its text gave cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from xltool.filing import Item, Scalar
from xltool.form import Form


def broken(form: Form, values: Mapping[str, Scalar], lists: Mapping[str, Sequence[Item]]) -> Iterator[tuple[str, str]]:
    """The paths of what does not add up, with the reason: amounts and their parts, the weights and scores of a list
    and their totals."""
    for rule in form.sums:
        for total, parts in form.added(rule, {name: len(items) for name, items in lists.items()}):
            above, *below = (lists[one.field.list][one.row].get(one.field.path) if one.row >= 0 else values.get(one.field.path) for one in (total, *parts))
            known = [part for part in below if isinstance(part, Decimal)]
            if isinstance(above, Decimal) and known and sum(known, Decimal(0)) != above:
                for one in (total, *parts):
                    yield one.path, f"“{rule.total}”与各部分之和不等"
    for role, above in (("weight", "total_weight"), ("score", "total_score")):
        yield from _list(form, role, above, values, lists)


def _list(form: Form, role: str, above: str, values: Mapping[str, Scalar], lists: Mapping[str, Sequence[Item]]) -> Iterator[tuple[str, str]]:
    """The list whose numbers do not make their total, with or without the number of the execution rate."""
    totals = [total for name in form.roles.get(above, ()) if isinstance(total := values.get(form.fields[name].path), Decimal)]
    beside = [other for name in form.roles.get(f"execution_{role}", ()) if isinstance(other := values.get(form.fields[name].path), Decimal)]
    for name in form.roles.get(role, ()):
        one = form.fields[name]
        numbers = [item.get(one.path) for item in lists.get(one.list, ())]
        found = sum((number for number in numbers if isinstance(number, Decimal)), Decimal(0))
        if totals and found not in {totals[0], *(totals[0] - other for other in beside)}:
            yield one.list, f"各行{name}之和与总分不等"
