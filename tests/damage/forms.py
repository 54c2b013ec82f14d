"""Invented filings in canonical JSON: the truth that damaged text is printed from."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.damage import values
from tests.damage import vocabulary as words
from tests.damage.values import number

FORMS = (words.DECLARATION, words.EVALUATION)
NORMAL_WEIGHTS = {"产出指标": 50, "效益指标": 30, "满意度指标": 10}


@dataclass(frozen=True, slots=True)
class Bureau:
    """Who files: the department, its unit, and the year."""

    department: str
    unit: str
    year: int


def random_filing(seed: int, form: str, forms: int = 3) -> dict[str, Any]:
    """A canonical filing of `forms` invented entries in one or two sections; the same seed gives the same filing."""
    rng = random.Random(f"filing:{form}:{seed}")
    make = declaration if form == words.DECLARATION else evaluation
    cuts = [0, forms] if forms < 2 or rng.random() < 0.7 else [0, rng.randint(1, forms - 1), forms]
    first = bureau(rng)
    sections = []
    for place, (start, stop) in enumerate(zip(cuts, cuts[1:], strict=False)):
        who = first if place == 0 else Bureau(first.department, other_unit(rng, first), first.year)
        untitled = len(cuts) == 2 and rng.random() < (0.2 if form == words.DECLARATION else 0.7)
        title = None if untitled else f"{who.unit}{who.year}年度{words.SUMMARIES[form]}"
        sections.append({"title": title, "forms": [make(rng, who) for _ in range(start, stop)]})
    return {"schema": "xltool/1", "sections": sections}


def bureau(rng: random.Random) -> Bureau:
    """An invented bureau and its unit."""
    department = rng.choice(words.PLACES) + rng.choice(words.OFFICES)
    return Bureau(department, department + rng.choice(words.BRANCHES), rng.randint(2020, 2026))


def other_unit(rng: random.Random, first: Bureau) -> str:
    """Another unit of the same department."""
    return rng.choice(
        [first.department + branch for branch in words.BRANCHES if first.department + branch != first.unit]
    )


def declaration(rng: random.Random, who: Bureau) -> dict[str, Any]:
    """An entry of the target declaration."""
    marks: dict[str, str] = {}
    entry: dict[str, Any] = {
        "form": words.DECLARATION,
        "title": words.TITLES[words.DECLARATION],
        "year": who.year,
        "project": {
            "name": rng.choice(words.PROJECTS),
            "nature": rng.choice(words.NATURES),
            "category": rng.choice(words.CATEGORIES),
            "department": who.department,
            "unit": who.unit,
            "start_date": f"{who.year}-{rng.choice(('01-01', '01-01', '03-15'))}",
            "end_date": f"{who.year}-{rng.choice(('12-31', '12-31', '11-30'))}",
        },
        "funding": declared_funding(rng, marks),
        "goals": declared_goals(rng, who.year),
        "indicators": [
            {"level1": level1, "level2": level2, "name": name, "target": values.target(rng, level2, name)}
            for level1, level2, name in rows(rng, words.DECLARATION)
        ],
    }
    return entry | ({"marks": marks} if marks else {})


def declared_funding(rng: random.Random, marks: dict[str, str]) -> dict[str, Any]:
    """Annual money always, project money in some; blanks, zeros and marks as bureaus leave them."""
    fiscal, carried, other = (
        money(rng),
        rng.choice((Decimal(0), Decimal(0), money(rng))),
        rng.choice((Decimal(0), Decimal(0), money(rng))),
    )
    annual: dict[str, Any] = {
        "total": number(fiscal + carried + other),
        "fiscal": number(fiscal),
        "carried_over": number(carried),
        "other": number(other),
    }
    for key in ("carried_over", "other"):
        if annual[key] == 0 and rng.random() < 0.12:
            annual[key] = None
            if rng.random() < 0.5:
                marks[f"funding.annual.{key}"] = rng.choice(("—", "-", "/", "无"))
    project: dict[str, Any] = {"total": None, "fiscal": None, "other": None}
    if rng.random() < 0.3:
        whole, extra = fiscal * rng.randint(1, 4), rng.choice((Decimal(0), money(rng)))
        project = {"total": number(whole + extra), "fiscal": number(whole), "other": number(extra)}
    return {"project": project, "annual": annual}


def money(rng: random.Random) -> Decimal:
    """An amount in 元, mostly whole."""
    whole = rng.randint(1, 999) * 10 ** rng.randint(2, 5)
    return Decimal(whole) if rng.random() < 0.85 else Decimal(whole) + Decimal(rng.randint(1, 99)) / 100


def declared_goals(rng: random.Random, year: int) -> dict[str, Any]:
    """The annual goal, with a project goal in some; two goals are both plain or both numbered."""
    style = rng.choice(("plain", "plain", "items", "lines"))
    annual = goal(rng, f"{year}年度，", style, rng.choice((20, 60, 120, 250, 600)))
    both = rng.random() < 0.25
    return {
        "project": goal(rng, rng.choice(words.OPENINGS) + "，", style, rng.choice((40, 120, 300))) if both else None,
        "annual": annual,
    }


def goal(rng: random.Random, opening: str, style: str, length: int) -> str:
    """A goal of about `length` characters: plain sentences, items in a run, or items that each begin a line."""
    if style == "plain":
        return opening + "".join(sentences(rng, length - len(opening)))
    mark = rng.choice(("、", ".", "．" if style == "lines" else "、"))
    parts = [f"{place}{mark}{''.join(sentences(rng, 40))}" for place in range(1, max(2, length // 55) + 1)]
    return ("\n" if style == "lines" else "").join(parts)


def sentences(rng: random.Random, length: int) -> Iterator[str]:
    """Sentences until they have `length` characters, at least one."""
    done = 0
    while done < max(12, length):
        made = "，".join(rng.sample(words.CLAUSES, rng.randint(1, 3))) + rng.choice(("。", "。", "。", "；"))
        done += len(made)
        yield made if done < max(12, length) else made[:-1] + "。"


def rows(rng: random.Random, form: str) -> Iterator[tuple[str, str, str]]:
    """Level one, level two and name of each indicator, in the order of the taxonomy; every level one has a row."""
    for level1, level2s in words.TAXONOMY[form]:
        counts = [rng.choice((0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8)) for _ in level2s]
        if not any(counts):
            counts[rng.randrange(len(counts))] = rng.choice((1, 1, 2))
        if level1 == "满意度指标":
            counts = [rng.choice((1, 1, 1, 2, 3))]
        for level2, count in zip(level2s, counts, strict=True):
            for _ in range(count):
                yield level1, level2, name(rng, level2)


def name(rng: random.Random, level2: str) -> str:
    """An indicator's name of 4 to 26 characters."""
    if level2 in words.WHOLE_NAMES and rng.random() < 0.2:
        return rng.choice(words.WHOLE_NAMES[level2])
    topic = rng.choice(words.TOPICS)
    middle = rng.choice([part for part in words.MIDDLES if part[-2:] != topic[-2:] or not part])
    made = topic + middle + rng.choice(words.MEASURES[level2]) + rng.choice(words.TAILS)
    return made if 4 <= len(made) <= 26 else name(rng, level2)


def evaluation(rng: random.Random, who: Bureau) -> dict[str, Any]:
    """An entry of the self-evaluation; weights make 10 + 50 + 30 + 10 in most."""
    marks: dict[str, str] = {}
    funding = evaluated_funding(rng, marks)
    placed = list(rows(rng, words.EVALUATION))
    scored = list(zip(placed, weights(rng, [level1 for level1, _, _ in placed]), strict=True))
    indicators = [evaluated_row(rng, row, weight) for row, weight in scored]
    total = Decimal(str(funding["total"]["score"])) + sum(Decimal(str(row["score"])) for row in indicators)
    entry: dict[str, Any] = {
        "form": words.EVALUATION,
        "title": words.TITLES[words.EVALUATION],
        "year": who.year,
        "project": {"name": rng.choice(words.PROJECTS), "department": who.department, "unit": who.unit},
        "funding": funding,
        "goals": evaluated_goals(rng),
        "indicators": indicators,
        "total": {"weight": 10 + sum(row["weight"] for row in indicators), "score": number(total)},
    }
    return entry | ({"marks": marks} if marks else {})


def evaluated_goals(rng: random.Random) -> dict[str, str]:
    """What was expected and what was done; often the same words."""
    style = rng.choice(("plain", "plain", "plain", "items", "lines"))
    expected = goal(rng, "", style, rng.choice((20, 40, 80, 160, 300)))
    roll = rng.random()
    if roll < 0.4:
        return {"expected": expected, "actual": expected}
    if roll < 0.6 and style == "plain":
        return {"expected": expected, "actual": "已" + expected}
    return {
        "expected": expected,
        "actual": goal(rng, "已完成全年任务：" if style == "plain" else "", style, rng.choice((30, 80, 200))),
    }


def weights(rng: random.Random, levels: list[str]) -> list[int]:
    """A weight for each row; the rows of a level one share 50, 30 or 10."""
    normal = rng.random() < 0.9
    found: list[int] = []
    for level1 in dict.fromkeys(levels):
        whole = NORMAL_WEIGHTS[level1] if normal else rng.choice((15, 20, 40, 45))
        found += shares(rng, max(whole, levels.count(level1)), levels.count(level1))
    return found


def shares(rng: random.Random, whole: int, count: int) -> list[int]:
    """`count` whole numbers of at least 1 that make `whole`."""
    cuts = sorted(rng.sample(range(1, whole), count - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, whole], strict=True)]


def evaluated_row(rng: random.Random, row: tuple[str, str, str], weight: int) -> dict[str, Any]:
    """An indicator with target, actual, weight and score, and a reason where points are lost."""
    level1, level2, title = row
    short = rng.random() < 0.3
    score = weight if not short else max(0, weight - rng.randint(1, 4)) if rng.random() < 0.8 else weight - 0.5
    aim, actual = values.pair(rng, level2, title, short)
    reason = rng.choice(words.REASONS) + ("。" if rng.random() < 0.75 else "") if short and rng.random() < 0.9 else None
    return {
        "level1": level1, "level2": level2, "name": title, "target": aim, "actual": actual,
        "weight": weight, "score": score, "reason": reason,
    }  # fmt: skip


def evaluated_funding(rng: random.Random, marks: dict[str, str]) -> dict[str, Any]:
    """The money rows; only the last columns of a row are left blank, so that what is there can be placed. What the parts
    spent makes the total, or is left out in all of them."""
    fiscal, carried = money(rng), rng.choice((Decimal(0), Decimal(0), money(rng)))
    rate = (Decimal(rng.randint(3000, 12000)) / 10000) if rng.random() < 0.8 else Decimal(1)
    executed = ((fiscal + carried) * rate).quantize(Decimal("0.01"))
    rate = (executed / (fiscal + carried)).quantize(Decimal("0.0001"))
    total = {
        "initial_budget": number(fiscal + carried), "annual_budget": number(fiscal + carried), "executed": number(executed),
        "weight": 10, "execution_rate": number(rate), "score": number(min(Decimal(10), (rate * 10).quantize(Decimal("0.01"), ROUND_HALF_UP))),
    }  # fmt: skip
    spent = (carried * rate).quantize(Decimal("0.01"))
    parts = {"fiscal": (fiscal, executed - spent), "carried_over": (carried, spent), "other": (Decimal(0), Decimal(0))}
    made = {key: money_row(rng, marks, key, *amounts) for key, amounts in parts.items()}
    if any(made[key]["executed"] is None and amounts[1] for key, amounts in parts.items()):
        for row in made.values():
            row["executed"] = None
    return {"total": total} | made


def money_row(rng: random.Random, marks: dict[str, str], key: str, amount: Decimal, executed: Decimal) -> dict[str, Any]:
    """One part of the money: amounts, with the executed one or all of them blank or a mark."""
    row: dict[str, Any] = {
        "initial_budget": number(amount),
        "annual_budget": number(amount),
        "executed": number(executed),
    }
    blank = [
        column
        for column in row
        if (column == "executed" and rng.random() < 0.5) or (amount == 0 and key == "other" and rng.random() < 0.03)
    ]
    if len(blank) > 1 or blank == ["annual_budget"] or blank == ["initial_budget"]:
        blank = list(row)
    mark = rng.choice(("/", "—", "无")) if blank and rng.random() < 0.25 else None
    for column in blank:
        row[column] = None
        if mark:
            marks[f"funding.{key}.{column}"] = mark
    return row
