"""An actual value against its target: met or not, and what the score should be.

Direction comes from the target's sign. Where sign, units or words leave open what is meant, every reading
is tried: where they agree there is an answer, where they do not nobody can tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from xltool.values import Value, normal, plain
from xltool.worded import between

MET, UNMET, BOUNDARY, EXCEEDED, UNKNOWN = "met", "unmet", "boundary", "exceeded", "unknown"
"""``boundary``: > or < and exactly the number. ``exceeded``: = and more than the number."""
_HUNDRED = Decimal(100)
_THOUSAND = Decimal(1000)
_RATES = {"%": Decimal(1), "百分比": Decimal(1), "百分之": Decimal(1), "‰": Decimal("0.1"), "千分之": Decimal("0.1"), "千分比": Decimal("0.1")}
"""Units of rates in percent."""
_IN_OTHERS = {
    "分钟": ("秒", 60), "小时": ("秒", 3600), "天": ("秒", 86_400), "日": ("秒", 86_400), "公里": ("米", 1000), "千米": ("米", 1000), "km": ("米", 1000), "m": ("米", 1),
    "m2": ("平方米", 1), "平方公里": ("平方米", 1_000_000), "吨": ("公斤", 1000), "千克": ("公斤", 1), "kg": ("公斤", 1), "公顷": ("亩", 15), "度": ("千瓦时", 1),
    "场次": ("场", 1), "名": ("人", 1), "位": ("人", 1),
}  # fmt: skip
"""Units that are so many of another."""
_SCALES = {"亿": Decimal(10) ** 8, "万": Decimal(10_000)}


@dataclass(frozen=True, slots=True)
class Measured:
    """What an actual value comes to: ``share`` of the weight that it earns (None: cannot tell), how that is worked out.

    Of what is unmet without a number, a day that has passed, no share is known.
    ``ratio`` is actual ÷ target where more is better, whatever the cap. ``why`` is a code of the catalogue.
    """

    state: str
    share: Decimal | None = None
    written: str = ""
    ratio: Decimal | None = None
    why: str = ""


def measured(target: Value, actual: Value, cost: bool, units: frozenset[str] = frozenset()) -> Measured:
    """The actual against the target; ``cost`` says that less is better where the sign does not tell, ``units`` are those that a range may have."""
    if target.value is None and _within(target, actual, units):
        return Measured(MET, Decimal(1))
    if target.value is None or actual.value is None:
        same = target.text is not None and actual.text is not None and normal(target.text) == normal(actual.text)
        return Measured(MET, Decimal(1)) if same else Measured(UNKNOWN, why="check-words" if target.value is None else "check-no-number")
    found = [_judged(target.operator, wanted, reached, cost) for wanted, reached in _readings(target, actual)]
    if len({(one.state, one.share) for one in found}) == 1:
        # Of several readings the one that says the least of it.
        return min(found, key=lambda one: one.ratio if one.ratio is not None else Decimal(0))
    return Measured(UNKNOWN, why="check-units")


def _within(target: Value, actual: Value, units: frozenset[str]) -> bool:
    """True where the target is a range (10-20次) and the actual lies in it. Of what lies outside nobody can tell: less may be better."""
    wanted = between(target.text or "", units)
    if wanted is None or actual.value is None:
        return False
    (own, times), (other, scale) = _unit(wanted.unit), _unit(actual.unit)
    alike = own == other or not own or not other
    return alike and wanted.least * times <= actual.value * scale <= wanted.most * times


def _readings(target: Value, actual: Value) -> Iterator[tuple[Decimal, Decimal]]:
    """The pairs of numbers that target and actual may mean in one unit."""
    assert target.value is not None
    assert actual.value is not None
    if normal(target.unit or "") == normal(actual.unit or ""):
        yield target.value, actual.value
        return
    wanted, reached = _unit(target.unit), _unit(actual.unit)
    if "%" in (wanted[0], reached[0]):
        yield from _rates(target, actual, wanted[0], reached[0])
        return
    if wanted[0] and reached[0] and wanted[0] != reached[0]:
        return
    scaled = (target.value * wanted[1], actual.value * reached[1])
    yield scaled
    # «>1000» beside «1668.71万»: the column's caption may have said 万 for both.
    if wanted[1] != reached[1] and (not target.unit or not actual.unit):
        yield target.value, actual.value


def _rates(target: Value, actual: Value, wanted: str, reached: str) -> Iterator[tuple[Decimal, Decimal]]:
    """A rate beside a number without unit: 0.9 is 90% where the other is more than 1%."""
    assert target.value is not None
    assert actual.value is not None
    if wanted == reached:
        yield target.value * _unit(target.unit)[1], actual.value * _unit(actual.unit)[1]
    elif wanted == "%" and not actual.unit:
        yield from ((target.value, one) for one in _as_rate(actual.value, target, target.unit))
    elif reached == "%" and not target.unit:
        yield from ((one, actual.value) for one in _as_rate(target.value, target, actual.unit))


def _as_rate(number: Decimal, target: Value, unit: str | None) -> tuple[Decimal, ...]:
    """What a number without unit may be in the unit of the other."""
    if number == 0 or number > 1:
        return (number,)
    if _unit(unit)[1] != 1:
        return number * _THOUSAND, number
    upper = target.operator in ("≤", "<")
    return (number * _HUNDRED, number) if upper or (target.value is not None and target.value <= 1) else (number * _HUNDRED,)


def of_rate(value: Value) -> bool:
    """True for a value in %, ‰ or another word for them."""
    return normal(value.unit or "") in _RATES


def _unit(unit: str | None) -> tuple[str, Decimal]:
    """A unit without 万, 亿 or 个 before it (个工作日), kilometres as metres, ‰ as %, and what that multiplies by."""
    name = normal(unit or "")
    if name in _RATES:
        return "%", _RATES[name]
    bare, times = next(((name.removeprefix(word), times) for word, times in _SCALES.items() if name.startswith(word)), (name, Decimal(1)))
    bare = bare.removeprefix("个") or bare
    other, count = _IN_OTHERS.get(bare, (bare, 1))
    return other, times * count


def _judged(sign: str | None, wanted: Decimal, reached: Decimal, cost: bool) -> Measured:
    if sign in ("≤", "<") or (cost and sign is None):
        return _less_is_better(sign, wanted, reached)
    if sign in ("≥", ">"):
        return _more_is_better(sign, wanted, reached)
    return _exactly(sign, wanted, reached, cost)


def _more_is_better(sign: str, wanted: Decimal, reached: Decimal) -> Measured:
    ratio = reached / wanted if wanted > 0 else None
    if reached > wanted or (sign == "≥" and reached == wanted):
        return Measured(MET, Decimal(1), ratio=ratio)
    if wanted <= 0 or reached < 0:
        return Measured(UNMET, Decimal(0), f"{plain(reached)} {_against(sign)} {plain(wanted)} → 0")
    if reached == wanted:
        return Measured(BOUNDARY, Decimal(1), f"{plain(reached)} = {plain(wanted)}", ratio)
    return Measured(UNMET, ratio, f"{plain(reached)} ÷ {plain(wanted)}", ratio)


def _less_is_better(sign: str | None, wanted: Decimal, reached: Decimal) -> Measured:
    if reached < wanted or (sign != "<" and reached == wanted):
        return Measured(MET, Decimal(1))
    if wanted <= 0:
        return Measured(UNMET, Decimal(0), f"{plain(reached)} {'≥' if sign == '<' else '>'} {plain(wanted)} → 0")
    if reached == wanted:
        return Measured(BOUNDARY, Decimal(1), f"{plain(reached)} = {plain(wanted)}")
    return Measured(UNMET, wanted / reached, f"{plain(wanted)} ÷ {plain(reached)}")


def _exactly(sign: str | None, wanted: Decimal, reached: Decimal, cost: bool) -> Measured:
    """A target with = or without a sign. Zero is met by zero alone; of less than the number the share is earned."""
    if reached == wanted:
        return Measured(MET, Decimal(1), ratio=Decimal(1) if wanted > 0 else None)
    if wanted <= 0 or reached < 0:
        return Measured(UNMET, Decimal(0), f"{plain(reached)} ≠ {plain(wanted)} → 0")
    if cost:
        # A cost below = is saved money; one above it is overspent.
        return Measured(UNKNOWN, why="check-direction") if reached < wanted else _less_is_better(sign, wanted, reached)
    if reached > wanted:
        return Measured(EXCEEDED, None, f"{plain(reached)} > {plain(wanted)}", reached / wanted)
    return Measured(UNMET, reached / wanted, f"{plain(reached)} ÷ {plain(wanted)}", reached / wanted)


def _against(sign: str) -> str:
    return {"≥": "<", ">": "≤"}[sign]
