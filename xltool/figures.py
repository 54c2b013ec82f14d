"""Numbers as people write them."""

from __future__ import annotations

from decimal import Decimal

from xltool.values import plain, shortest


def written(number: Decimal, kind: str = "number") -> str:
    """A number as people write it: money with thousands separators, a rate as percent."""
    if kind == "percent":
        return f"{plain(shortest(number * 100))}%"
    if kind != "money":
        return plain(number)
    whole, point, rest = plain(abs(number)).partition(".")
    return ("-" if number < 0 else "") + f"{int(whole):,}" + point + rest
