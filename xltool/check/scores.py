"""Tests of a self-evaluation: each indicator's score, reasons, over-achievement, grade, caps."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from xltool.check.days import in_time, is_time
from xltool.check.filled import Filled, Row, Spot
from xltool.check.finding import UNKNOWN as CANNOT_TELL
from xltool.check.levels import level_key
from xltool.check.measure import (
    BOUNDARY,
    EXCEEDED,
    MET,
    UNKNOWN,
    UNMET,
    Measured,
    measured,
    of_rate,
)
from xltool.check.printing import nearest, places, shown, told
from xltool.check.rule import Answer, Rule
from xltool.figures import written
from xltool.values import Value, normal
from xltool.worded import as_counted

_NOT = ("不", "未", "没", "无", "非", "尚", "待", "部分", "基本", "较", "欠", "比")
"""Words before a target's own that take it back or make less of it."""
_NO = ("不", "未", "没", "没有", "尚未", "未能", "不够", "未全部", "未完全", "没有完全", "仍未")
"""Words before a target's own that take all of it back."""
_TIMES = ("秒", "分钟", "小时", "天", "日", "工作日", "周", "月", "季度", "年")
_TIMELY, _COUNTED = ("时效", "进度"), ("数量",)
_LASTING = ("时长", "开放", "开馆", "运行", "服务", "持续", "保存", "寿命", "提前")
_NONE = ("未发生", "没有发生", "无发生", "未出现", "没有", "零")
"""What says 0 without a number."""
_DONE = ("已经实现", "已实现", "实现", "达到", "已经", "已")
"""Words before an actual's own that say no more than that it is so."""
_QUOTES = "“”\"'《》「」:为是"


def score(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """An indicator's score against target and actual; ``fault`` says which fault of it this rule is about.

    ``full``: not met and yet all of the weight. ``above``, ``below``: not met, and the score is more or less than
    the share earned. ``deducted``: met, and yet less than the weight. ``boundary``: > or < with exactly the number,
    and all of the weight. ``exceeded``: = with more than the number, and all of the weight. ``cannot-tell``: none of these
    can be told. A score within rounding of the share earned is right. Words that say again what the target says,
    or begin with one of ``met``, are no question.
    """
    wanted = rule.word("fault")
    for row, spots, found, fault in _measured(filled, rule.words("cost"), rule.words("not-cost")):
        if fault == wanted:
            severity = ""
        elif fault == "rounded-full" and wanted == "full" and rule.within:
            severity = rule.within
        else:
            continue
        if found.state != UNKNOWN or not _affirmed(rule, spots[2], spots[1]):
            yield _about(fault, severity, row, spots, found)


@lru_cache(maxsize=2)
def _measured(filled: Filled, cost: tuple[str, ...], not_cost: tuple[str, ...]) -> tuple[tuple[Row, tuple[Spot, Spot, Spot, Spot], Measured, str], ...]:
    """Every row that can be scored with its score, actual, target and weight, what it comes to, and what is wrong with its
    score: several rules ask for it."""
    rows = []
    for row in filled.rows:
        known = [spot for role in ("score", "target", "actual", "weight") if (spot := row.get(role))]
        if len(known) < 4 or any(spot.blank for spot in known):
            continue
        mark, target, actual, weight = known
        if (points := mark.number) is None or not (most := weight.number):
            continue
        found = _late(filled, target, actual) or _denied(target, actual) or _soon(row, target, _reached(row, target, actual, _of_cost(cost, not_cost, row)))
        rows.append((row, (mark, actual, target, weight), found, _fault(found, points, most)))
    return tuple(rows)


def _reached(row: Row, target: Spot, actual: Spot, cost: bool) -> Measured:
    """What the actual comes to. One that only says from where on it lies (95%以上) may have met what its number does not."""
    wanted, reached = row.quantity("target"), _counted(target, actual)
    if wanted.value is not None and reached.value is None:
        reached = _worth(actual) or reached
    elif reached.value is not None and wanted.value is None:
        wanted = _worth(target) or wanted
    elif wanted.unit and not reached.unit and not target.quantity.unit and not of_rate(wanted):
        # The name's unit is that of both.
        reached = reached._replace(unit=wanted.unit)
    found = measured(wanted, reached, cost, target.units)
    bound = isinstance(actual.value, Value) and actual.value.value is None and reached.operator not in (None, "=")
    return Measured(UNKNOWN, why="check-words") if bound and found.state not in (MET, UNKNOWN) else found


def _worth(spot: Spot) -> Value | None:
    """The quantity that words stand for in the form, 已 or 实现 before them or not: 全覆盖 is 100%."""
    said = normal(spot.text)
    bare = next((said.removeprefix(word) for word in _DONE if said.startswith(word)), said)
    return spot.worth.get(bare)


def _counted(target: Spot, actual: Spot) -> Value:
    """The actual as a quantity, also in the unit of its target alone."""
    return as_counted(actual.value, target.quantity, actual.units) if isinstance(actual.value, Value) else actual.quantity


def _affirmed(rule: Rule, target: Spot, actual: Spot) -> bool:
    """True where words say that the target was reached: «达成预期指标», «已健全» of «健全»; not «未健全»."""
    said, wanted = normal(actual.text), normal(target.text)
    if said.startswith(tuple(map(normal, rule.words("met")))) or (target.quantity.value == 0 and said in _NONE):
        return True
    before, found, _ = said.partition(wanted)
    return target.quantity.value is None and bool(found) and not any(word in before for word in _NOT)


def _soon(row: Row, target: Spot, found: Measured) -> Measured:
    """Met, where a time without «at least» was undercut: done in 9 days of 10, in November of December. How long something lasts (时长) may have to be more."""
    wanted, two = target.quantity, row.get("level2")
    if found.state != UNMET or wanted.operator not in (None, "=") or (wanted.unit or "").removeprefix("个") not in _TIMES or not found.ratio:
        return found
    level = level_key(two.text) if two else ""
    if any(word in level for word in _COUNTED):
        return found
    swift = any(word in level for word in _TIMELY) and not any(word in row.name for word in _LASTING)
    return Measured(MET, Decimal(1)) if swift else Measured(UNKNOWN, why="check-direction")


def _denied(target: Spot, actual: Spot) -> Measured | None:
    """Not met, where an actual says its target's own words with nothing but a no before them (未完成 of 完成); None where it does not."""
    said, wanted = normal(actual.text), normal(target.text)
    unmet = target.quantity.value is None and said.endswith(wanted) and said.removesuffix(wanted) in _NO
    return Measured(UNMET, None, f"{actual.text} ≠ {target.text}") if unmet else None


def _late(filled: Filled, target: Spot, actual: Spot) -> Measured | None:
    """What the day of an actual comes to against the day of its target; None where they are no days."""
    if not (is_time(target.quantity) and is_time(actual.quantity)):
        return None
    year = filled.one("year")
    timely = in_time(target.text, actual.text, int(year.number) if year and year.number is not None else None)
    if timely is None:
        return None
    return Measured(MET, Decimal(1)) if timely else Measured(UNMET, None, f"{actual.text} > {target.text}")


def _of_cost(cost: tuple[str, ...], not_cost: tuple[str, ...], row: Row) -> bool:
    """True under a level of costs, where less is better, but for names that say otherwise (节约率)."""
    levels = [level_key(spot.text) for role in ("level1", "level2") if (spot := row.get(role))]
    return any(word in level for word in cost for level in levels) and not any(word in row.name for word in not_cost)


def _about(fault: str, severity: str, row: Row, spots: tuple[Spot, Spot, Spot, Spot], found: Measured) -> Answer:
    points, weight = spots[0].number, spots[3].number
    assert points is not None
    assert weight is not None
    if fault == "cannot-tell":
        return Answer(spots, "", shown(spots[0]), answer=CANNOT_TELL, item=row.name, why=told(found.why, target=shown(spots[2]), actual=shown(spots[1])))
    share = found.share if found.share is not None else Decimal(1)
    expected = written(nearest(share * weight, 2))
    said = f"{found.written} × {written(weight)} = {expected}" if "÷" in found.written else found.written
    if fault == "full" and found.share is None:
        expected = f"< {written(weight)}"
    if fault in ("boundary", "exceeded"):
        # The score may well be right; it is the target's sign that is asked about.
        expected = ""
    holes = (("target", shown(spots[2])), ("actual", shown(spots[1])), ("weight", written(weight)))
    return Answer(spots, expected, written(points), said, item=row.name, severity=severity, holes=holes)


def _fault(found: Measured, points: Decimal, weight: Decimal) -> str:
    """What is wrong with a score; empty where nothing is."""
    if points > weight or points < 0:
        # Another rule's: no score passes its weight, none is less than 0.
        return ""
    full = points == weight
    if found.state == UNKNOWN:
        return "cannot-tell" if full else ""
    if found.state in (BOUNDARY, EXCEEDED):
        return found.state if full else ""
    if found.state == MET:
        return "" if full else "deducted"
    assert found.state == UNMET
    if found.share is None:
        return "full" if full else ""
    earned = found.share * weight
    step = Decimal(1).scaleb(-places(points))
    rounds = -step < points - earned <= step / 2
    if full:
        return "rounded-full" if rounds else "full"
    return "" if rounds else "above" if points > earned else "below"


def tiers(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A qualitative actual, one of the tiers' phrases, whose score is not within its tier: ``most`` and ``least`` shares of the weight."""
    for row in filled.rows:
        actual, mark, weight = row.get("actual"), row.get("score"), row.get("weight")
        if not (actual and mark and weight) or mark.number is None or not weight.number:
            continue
        text = normal(actual.text)
        # 未达成 and 部分达成 hold 达成, so the phrase has to begin the text.
        tier = next((phrase for phrase in rule.numbers("most") if text.startswith(normal(phrase))), "")
        if not tier:
            continue
        most, least = rule.numbers("most")[tier] * weight.number, rule.numbers("least").get(tier, Decimal()) * weight.number
        if not least <= mark.number <= most:
            expected = f"{written(least)}–{written(most)}"
            yield Answer((mark, actual, weight), expected, written(mark.number), item=row.name, holes=(("actual", actual.text), ("weight", written(weight.number))))


def reason_missing(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A score below its weight with no reason given; one of ``none`` (0, 无) is no reason."""
    for row in filled.rows:
        mark, weight, reason = row.get("score"), row.get("weight"), row.get("reason")
        if mark and weight and reason and _less(mark, weight) and not _is_reason(rule, reason):
            yield Answer((reason, mark, weight), found=reason.text or reason.mark, item=row.name, holes=(("score", shown(mark)), ("weight", shown(weight))))


def reason_idle(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A reason for falling short where the score is the whole weight and the target was not far exceeded either."""
    for row in filled.rows:
        mark, weight, reason = row.get("score"), row.get("weight"), row.get("reason")
        if not (mark and weight and reason) or mark.number is None or weight.number is None or _less(mark, weight) or not _is_reason(rule, reason):
            continue
        target, actual = row.get("target"), row.get("actual")
        found = measured(target.quantity, _counted(target, actual), cost=False) if target and actual else None
        if found is None or (found.state == MET and (found.ratio is None or found.ratio < (rule.number("least") or 1))):
            yield Answer((reason, mark, weight), found=reason.text, item=row.name, holes=(("weight", shown(weight)),))


def _less(mark: Spot, weight: Spot) -> bool:
    return mark.number is not None and weight.number is not None and mark.number < weight.number


def _is_reason(rule: Rule, reason: Spot) -> bool:
    return not reason.blank and normal(reason.text).rstrip("。.") not in rule.words("none")


def reason_wanted(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A blank ``reason`` beside a role that is ``below`` a number, or that ``differs`` from another role."""
    reason, spot = filled.one(rule.word("reason")), filled.one(rule.word("of"))
    if reason is None or spot is None or spot.number is None or _is_reason(rule, reason):
        return
    below, other = rule.number("below"), filled.one(rule.word("differs"))
    if below is not None and spot.number < below:
        yield Answer((reason, spot), written(below, spot.field.type), shown(spot))
    if other is not None and other.number is not None and other.number != spot.number:
        yield Answer((reason, spot, other), shown(other), shown(spot))


def over_achieved(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """An actual that is ``least`` times its target or more, with no reason given: the target may have been too low. A cost is none."""
    least = rule.number("least") or Decimal(1)
    for row in filled.rows:
        target, actual, reason = row.get("target"), row.get("actual"), row.get("reason")
        if not target or not actual or (reason and _is_reason(rule, reason)):
            continue
        found = measured(target.quantity, _counted(target, actual), _of_cost(rule.words("cost"), rule.words("not-cost"), row))
        if found.state in (MET, EXCEEDED) and found.ratio is not None and found.ratio >= least:
            share = written(nearest(found.ratio, 4), "percent")
            yield Answer((actual, target, *([reason] if reason else [])), f"< {written(least, 'percent')}", share, f"{shown(actual)} ÷ {shown(target)} = {share}", item=row.name, holes=(("target", shown(target)), ("actual", shown(actual))))


def grade(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A printed grade that is not that of the total score: ``least`` gives for each grade the points from which it is earned.

    A grade stands alone in its field, or in a text right behind one of ``before``.
    """
    mark = filled.one("total_score")
    least = rule.numbers("least")
    for spot in (*filled.all("grade"), *filled.all("conclusion")):
        said = _grade_in(rule, spot)
        if not said or mark is None:
            continue
        if mark.number is None:
            yield Answer((spot, mark), "", said, answer=CANNOT_TELL, why=told("check-blank", what=mark.caption))
            continue
        points = mark.number
        earned = max((name for name in least if points >= least[name]), key=lambda name: least[name], default="")
        alike = {name for name in least if least[name] == least.get(earned)}
        if said not in alike:
            yield Answer((spot, mark), earned, said, holes=(("score", shown(mark)),))


def _grade_in(rule: Rule, spot: Spot) -> str:
    text = normal(spot.text)
    names = sorted(rule.numbers("least"), key=len, reverse=True)
    bare = text.strip(_QUOTES)
    if bare in names:
        return bare
    for word in rule.words("before"):
        behind = text.partition(normal(word))[2].lstrip(_QUOTES)
        if found := next((name for name in names if behind.startswith(name)), ""):
            return found
    return ""


def caps(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A total score above what the execution rate allows: ``most`` gives for each rate the points not to be passed below it."""
    rate, mark = filled.one("execution_rate"), filled.one("total_score")
    if rate is None or mark is None or rate.number is None or mark.number is None:
        return
    below = [(Decimal(name), most) for name, most in rule.numbers("most").items() if rate.number < Decimal(name)]
    if below and mark.number > (most := min(below)[1]):
        yield Answer((mark, rate), f"≤ {written(most)}", shown(mark), holes=(("rate", shown(rate)),))
