"""The digits of a number among the tokens of its format: 1,234.50元, 12.3万元, 138-0013-8000, 1.23E+04."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from xltool.surfaces.number_format import Token, literal

WIDE = Context(prec=400)
"""Room for every number that a workbook stores, whatever decimals its format shows."""
_PLACES = "0#?"


def digits(number: Decimal, tokens: Sequence[Token]) -> str:
    """The number as these tokens show it."""
    divides = frozenset(_dividing(tokens))
    number = number.scaleb(2 * sum(found.group("other") == "%" for found in tokens) - 3 * len(divides), WIDE)
    runs = [found.group("digits") for found in tokens if found.lastgroup == "digits"]
    exponent = next((found.group("exponent") for found in tokens if found.lastgroup == "exponent"), None)
    texts = [_with_exponent(number, runs[0], exponent), *[""] * (len(runs) - 1)] if exponent else _spread(number.copy_abs(), runs)
    # What is rounded to nought has no sign.
    sign = "-" if number < 0 and not exponent and any("1" <= one <= "9" for one in "".join(texts)) else ""
    left = iter(texts)
    return (sign + "".join(next(left) if found.lastgroup == "digits" else "" if at in divides else literal(found) for at, found in enumerate(tokens))).strip()


def _dividing(tokens: Sequence[Token]) -> Iterator[int]:
    """The commas directly behind digits, by their places: each divides by a thousand."""
    behind = False
    for at, found in enumerate(tokens):
        comma = found.group("other") == ","
        if behind and comma:
            yield at
        behind = found.lastgroup == "digits" or (behind and comma)


def _spread(number: Decimal, runs: Sequence[str]) -> list[str]:
    """The digits of a number for each run of places; text stands between two runs (0\\.0, 000-0000).

    A run takes as many digits as it has places, the first before the point all that are left.
    """
    whole, _, decimals = "".join(runs).partition(".")
    text = _placed(number, whole, decimals)
    if len(runs) == 1:
        return [text]
    before, _, after = text.partition(".")
    parts = list(_parts(runs))
    found = []
    for at, (_, point, behind) in enumerate(parts):
        end = max(len(before) - sum(one[0] for one in parts[at + 1 :]), 0)
        found.append(before[:end] + point + after[:behind])
        before, after = before[end:], after[behind:]
    return found


def _parts(runs: Sequence[str]) -> Iterator[tuple[int, str, int]]:
    """Of each run its places before the point, the point where it has it, and its places behind that."""
    passed = False
    for run in runs:
        own, point, behind = ("", "", run) if passed else run.partition(".")
        passed = passed or bool(point)
        yield sum(one in _PLACES for one in own), point, sum(one in _PLACES for one in behind)


def _with_exponent(number: Decimal, run: str, exponent: str) -> str:
    """The number with a power of ten behind it, a multiple of the places before the point (##0.0E+0)."""
    whole, _, decimals = run.partition(".")
    step = max(sum(one in _PLACES for one in whole), 1)
    power = number.adjusted() // step * step if number else 0
    rounded = _rounded(number.scaleb(-power, WIDE), len(decimals))
    if rounded and rounded.adjusted() >= step:
        power += step
        rounded = _rounded(number.scaleb(-power, WIDE), len(decimals))
    sign = "-" if power < 0 else "+" if "+" in exponent else ""
    return f"{rounded:f}E{sign}{abs(power):0{len(exponent) - 2}d}"


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, WIDE)


def _placed(number: Decimal, whole: str, decimals: str) -> str:
    rounded = _rounded(number, len(decimals))
    before, _, after = format(rounded, "f").partition(".")
    wanted = sum(mark == "0" for mark in whole)
    before = before.lstrip("0").rjust(wanted, "0")
    if "," in whole:
        before = f"{int(before):,}".rjust(wanted, "0") if before else ""
    kept = len(decimals.rstrip("#?"))
    after = after[:kept] + after[kept:].rstrip("0")
    return before + ("." + after if after or decimals else "")
