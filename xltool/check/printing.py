"""Numbers as findings write them, and what rounding allows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from xltool.check.filled import Spot
from xltool.check.finding import Words
from xltool.figures import written
from xltool.messages import CATALOGUE
from xltool.values import shortest

PRECISION = 60
"""Digits that a check calculates with."""
NEAREST, UPWARDS = "nearest", "upwards"
LONGEST = 40
"""Digits before the point of the longest number that is rounded."""
BLANK = "—"
"""What a finding writes for a cell with nothing in it, where a calculation is written out."""


def told(code: str, **words: object) -> Words:
    """A sentence of the catalogue in both languages, without its code."""
    said = {name: str(word) for name, word in words.items()}
    zh, en = CATALOGUE[code]
    return Words(zh.format_map(said), en.format_map(said))


def shown(spot: Spot) -> str:
    """What stands in a field; its mark, or a dash, where nothing does."""
    if (number := spot.number) is not None:
        return written(number, spot.field.type)
    return spot.text or spot.mark or BLANK


def added(spots: Sequence[Spot], total: Decimal) -> str:
    """A sum written out: ``92,764 + 0 + — = 92,764``."""
    kind = "money" if any(spot.field.type == "money" for spot in spots) else "number"
    return f"{' + '.join(map(shown, spots))} = {written(total, kind)}"


def places(number: Decimal) -> int:
    """How many decimals a number is written with."""
    return max(0, -int(shortest(number).as_tuple().exponent))


def rounding(printed: Decimal, exact: Decimal, usual: int) -> str:
    """How a number was rounded to the decimals that it is printed with; empty where it is not what rounding gives.

    ``NEAREST``, also downwards or in the last of the ``usual`` decimals; ``UPWARDS`` beyond that: somebody gains by it.
    """
    step = Decimal(1).scaleb(-min(places(printed), usual))
    if not -step < printed - exact < step:
        return ""
    return UPWARDS if printed - exact > step / 2 and places(printed) < usual else NEAREST


def nearest(number: Decimal, decimals: int) -> Decimal:
    """The number with so many decimals, halves away from zero."""
    return _rounded(number, decimals, ROUND_HALF_UP)


def upwards(number: Decimal, decimals: int) -> Decimal:
    """The number with so many decimals, never less than it is."""
    return _rounded(number, decimals, ROUND_CEILING)


def downwards(number: Decimal, decimals: int) -> Decimal:
    """The number with so many decimals, never more than it is."""
    return _rounded(number, decimals, ROUND_FLOOR)


def _rounded(number: Decimal, decimals: int, how: str) -> Decimal:
    # A number too long to be rounded is no amount of anything; it stays as it is.
    return shortest(number.quantize(Decimal(1).scaleb(-decimals), how)) if number.adjusted() < LONGEST else number
