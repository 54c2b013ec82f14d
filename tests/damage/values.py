"""Invented targets and actual values, each as the canonical VALUE that a form prints."""

import random
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from tests.damage import vocabulary as words

SIGNS: Final = {
    "=": "=",
    "＝": "=",
    "═": "=",
    "≥": "≥",
    ">=": "≥",
    "≧": "≥",
    "≤": "≤",
    "<=": "≤",
    "≦": "≤",
    ">": ">",
    "＞": ">",
    "<": "<",
    "＜": "<",
}
RISING: Final = ("=", "=", "≥", "≥", "≥", ">=", ">", "＞", "＝", "≧")
FALLING: Final = ("=", "≤", "≤", "<=", "<", "＜")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed quantity: sign, digits, and the unit with the brackets it stands in."""

    sign: str
    digits: str
    unit: str
    shape: str  # bracket, wide, bare, none

    def text(self) -> str:
        """The quantity as printed: ≥90.00(%), =6000人, 0.8."""
        unit = {"bracket": f"({self.unit})", "wide": f"（{self.unit}）", "bare": self.unit, "none": ""}[self.shape]
        return f"{self.sign}{self.digits}{unit}"

    def value(self) -> dict[str, Any]:
        """The canonical VALUE; operator and unit only where they are printed."""
        found: dict[str, Any] = {"text": self.text()}
        if self.sign:
            found["operator"] = SIGNS[self.sign]
        found["value"] = number(Decimal(self.digits))
        if self.shape != "none":
            found["unit"] = self.unit.replace("％", "%").strip()
        return found


def number(amount: Decimal) -> int | float:
    """The amount as JSON has it: an integer where it is whole."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def plain(amount: Decimal) -> str:
    """The shortest decimal form: 92764, 92764.5."""
    return f"{amount.normalize():f}"


def digits(rng: random.Random, low: int, high: int) -> str:
    """Digits of a number between low and high: 40, 40.00, 12.25."""
    whole = rng.randint(low, high)
    return rng.choice((f"{whole}", f"{whole}.00", f"{whole}.00", f"{whole}.{rng.randint(1, 99):02d}"))


def percent(rng: random.Random) -> Quantity:
    """A share of a hundred: ≥90.00(%), =100％, >98%."""
    amount = rng.choice(("100", "95", "90.00", "100.00", "85", "98", f"{rng.randint(50, 99)}.00"))
    unit, shape = rng.choice(
        (("%", "bracket"), ("%", "bare"), ("%", "bare"), ("％", "bare"), ("％", "bracket"), ("百分比", "bracket"))
    )
    return Quantity(rng.choice(RISING), amount, unit, shape)


def counted(rng: random.Random, units: tuple[str, ...], signs: tuple[str, ...], high: int) -> Quantity:
    """A number of units: =956.00(元/家), ≤15(工作日), >=12万, ≥0.8."""
    roll = rng.random()
    if roll < 0.7:
        return Quantity(
            rng.choice(signs),
            digits(rng, 1, high),
            rng.choice(units),
            rng.choice(("bracket", "bracket", "bracket", "wide")),
        )
    if roll < 0.9:
        return Quantity(rng.choice(signs), str(rng.randint(1, high)), rng.choice(words.BARE_UNITS), "bare")
    return Quantity(rng.choice(signs), rng.choice(("0", "0.8", str(rng.randint(1, high)))), "", "none")


def quantity(rng: random.Random, level2: str, name: str) -> Quantity:
    """A quantity that suits an indicator of this level and name."""
    if name.endswith(("率", "度", "占比")) and rng.random() < 0.9:
        return percent(rng)
    if "成本" in level2:
        return counted(rng, words.COST_UNITS, FALLING, 9000)
    if level2 == "时效指标":
        return counted(rng, words.TIME_UNITS, FALLING, 90)
    return counted(rng, words.UNITS, RISING, rng.choice((9, 60, 12000)))


def manner(rng: random.Random, level2: str) -> str:
    """A word instead of a quantity: 及时, 建立健全, 12月中旬前完成."""
    if rng.random() < 0.04:
        return rng.choice(words.LOOSE)
    keys = {"时效": "时效", "成本": "成本", "数量": "产出", "质量": "产出", "满意": "满意"}
    key = next((kind for part, kind in keys.items() if part in level2), "效益")
    return rng.choice(words.MANNERS[key])


def wants_quantity(rng: random.Random, level2: str, name: str) -> bool:
    """Whether an indicator of this name has a number: 及时性 and 情况 mostly have none."""
    if name.endswith(("性", "情况", "程度", "时间", "意识", "机制", "建设")):
        return rng.random() < 0.12
    return rng.random() < (0.92 if level2 in ("数量指标", "质量指标") else 0.85)


def target(rng: random.Random, level2: str, name: str) -> dict[str, Any]:
    """The VALUE of a target."""
    if wants_quantity(rng, level2, name):
        return quantity(rng, level2, name).value()
    return {"text": manner(rng, level2)}


def pair(rng: random.Random, level2: str, name: str, short: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """Target and actual of a self-evaluation; short of the target where the score is."""
    if not wants_quantity(rng, level2, name):
        word = manner(rng, level2)
        return {"text": word}, {"text": f"基本{word}" if short and len(word) == 2 else word}
    aim = quantity(rng, level2, name)
    aim = Quantity(aim.sign if rng.random() < 0.9 else "", aim.digits, aim.unit, aim.shape)
    reached = Decimal(aim.digits) * (
        Decimal(rng.randint(50, 98)) / 100 if short else Decimal(rng.choice((100, 100, 105, 120))) / 100
    )
    if "%" in aim.unit or "％" in aim.unit:
        reached = min(reached, Decimal(100))
    shown = plain(reached.quantize(Decimal("0.01") if aim.unit == "万" else Decimal(1)))
    shape = "none" if aim.unit not in ("%", "％", "万") or aim.shape != "bare" else "bare"
    return aim.value(), Quantity("", shown, aim.unit if shape == "bare" else "", shape).value()
