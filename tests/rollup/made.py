"""Invented filings of many units, with what a rollup must find in them planted: the same seed gives the same filings.

    made = filings(seed=1, units=200)
    made.files      file name -> canonical JSON
    made.planted    what was planted: (kind, certainty, forms), a form being (file, number in the file from 1)
    made.net        the money by family and year that counts once, added while planting
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.damage import vocabulary as words
from tests.damage.forms import Bureau, declaration, evaluation
from tests.damage.values import number
from xltool.canonical import from_json
from xltool.filing import Filing
from xltool.form import Form

Entry = dict[str, Any]
Spot = tuple[str, int]
YEAR = 2024
WAN = Decimal(10000)
GOALS = (
    "对全区{n}处点位开展巡查和维护，确保设施完好、运行正常，为居民提供安全便利的使用条件",
    "组织{n}名工作人员分批参加专题学习并考核，切实提高窗口服务的规范性和办事效率",
    "完成{n}卷历史资料的整理著录和数字化扫描，建立可检索的目录，做到应归尽归",
    "委托第三方对{n}家机构实施抽查和回访，发现问题及时督促整改，形成闭环管理",
    "采购并安装{n}台套专用仪器，按期验收投入使用，缓解一线装备不足的困难",
    "面向{n}个社区举办宣传活动并发放手册，使政策家喻户晓，群众知晓率稳步提高",
)


@dataclass(frozen=True, slots=True)
class Plant:
    """What a rollup must find: ``forms`` for doubles in no order, for a parent the parent first."""

    kind: str
    certainty: str
    forms: frozenset[Spot]
    head: Spot | None = None


@dataclass(slots=True)
class Made:
    """The filings and the truth about them."""

    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    planted: set[Plant] = field(default_factory=set)
    gross: dict[tuple[str, int], Decimal] = field(default_factory=dict)
    net: dict[tuple[str, int], Decimal] = field(default_factory=dict)
    expected: list[str] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)
    unexpected: set[str] = field(default_factory=set)
    repeated: set[str] = field(default_factory=set)

    def add(self, file: str, who: Bureau, entry: Entry, counts: bool) -> Spot:
        """Puts an entry into a file and its money into the sums; its place."""
        document = self.files.setdefault(file, {"schema": "xltool/1", "sections": [{"title": f"{who.unit}{YEAR}年度项目绩效目标汇总表", "forms": []}]})
        forms = document["sections"][0]["forms"]
        forms.append(entry)
        key = (entry["form"], entry["year"])
        self.gross[key] = self.gross.get(key, Decimal(0)) + amount(entry)
        self.net[key] = self.net.get(key, Decimal(0)) + (amount(entry) if counts else 0)
        return file, len(forms)

    def plant(self, kind: str, certainty: str, *forms: Spot) -> None:
        """Notes a relation; the first form is the parent of the others."""
        self.planted.add(Plant(kind, certainty, frozenset(forms), forms[0] if kind == "parent" else None))

    def read(self, forms: Mapping[str, Form]) -> dict[str, Filing]:
        """The filings by file name."""
        return {name: from_json(json.loads(json.dumps(document), parse_float=Decimal), forms) for name, document in self.files.items()}


def amount(entry: Entry) -> Decimal:
    """The annual amount in 元."""
    funding = entry["funding"]
    printed = funding["annual"]["total"] if "annual" in funding else funding["total"]["annual_budget"]
    return Decimal(str(printed)) * (WAN if entry.get("money_unit") == "万元" else 1)


def filings(seed: int, units: int = 200) -> Made:
    """The filings of so many units and a few that were not asked; each unit has plain projects and one thing planted."""
    rng = random.Random(f"rollup:{seed}")
    made = Made()
    for place in range(units):
        who = bureau(place)
        made.expected.append(who.unit)
        if place % 25 == 24:
            made.missing.add(who.unit)
            continue
        if place % 40 == 39:
            made.expected.pop()
            made.unexpected.add(who.unit)
        file = f"{place:04d}.json"
        names = rng.sample(words.PROJECTS, 3)
        for name in names:
            made.add(file, who, plain(rng, who, name, evaluated=place % 10 == 9), counts=True)
        PLANTS[place % len(PLANTS)](rng, made, who, file)
    return made


def bureau(place: int) -> Bureau:
    """One of the units of a handful of departments, each with a name of its own."""
    department = words.PLACES[place % len(words.PLACES)] + words.OFFICES[place // len(words.PLACES) % len(words.OFFICES)]
    return Bureau(department, f"{department}第{place}{words.BRANCHES[1 + place % 3]}", YEAR)


def plain(rng: random.Random, who: Bureau, name: str, evaluated: bool = False) -> Entry:
    """A form of its own content: a goal that no other has, the indicators as they come."""
    entry = evaluation(rng, who) if evaluated else declaration(rng, who)
    entry["project"]["name"] = name
    said = rng.choice(GOALS).format(n=rng.randint(100, 99999))
    entry["goals"] = {"expected": said, "actual": said} if evaluated else {"project": None, "annual": said}
    if not evaluated and rng.random() < 0.2:
        entry = in_wan(entry)
    return entry


def in_wan(entry: Entry) -> Entry:
    """The same form with its money in 万元."""
    entry = copy.deepcopy(entry) | {"money_unit": "万元"}
    for block in entry["funding"].values():
        for key, value in block.items():
            if value is not None:
                block[key] = number(Decimal(str(value)) / WAN)
    return entry


def fresh(rng: random.Random, who: Bureau, name: str, least: int = 5) -> Entry:
    """A form in 元 of several indicators, none of which stands twice: what something can be planted on."""
    while True:
        entry = plain(rng, who, name)
        told = [(row["name"], row["target"]["text"]) for row in entry["indicators"]]
        if "money_unit" not in entry and least <= len(told) == len(set(told)):
            return entry


def nothing(rng: random.Random, made: Made, who: Bureau, file: str) -> None:
    """Most units: nothing planted."""


def same_file(rng: random.Random, made: Made, who: Bureau, file: str) -> None:
    """A form twice in one file."""
    entry = fresh(rng, who, "应急物资储备")
    made.plant("twice", "certain", made.add(file, who, entry, True), made.add(file, who, copy.deepcopy(entry), False))


def other_file(rng: random.Random, made: Made, who: Bureau, file: str) -> None:
    """A form sent again in a second file."""
    entry = fresh(rng, who, "应急物资储备")
    made.plant("twice", "certain", made.add(file, who, entry, True), made.add(file.replace(".", "-again."), who, copy.deepcopy(entry), False))
    made.repeated.add(who.unit)


def word_differs(rng: random.Random, made: Made, who: Bureau, file: str) -> None:
    """Nearly the same form: one word of an indicator or of a target differs."""
    entry = fresh(rng, who, "应急物资储备", 6)
    other = copy.deepcopy(entry)
    row = rng.choice(other["indicators"])
    if rng.random() < 0.5:
        row["name"] = row["name"][:-1] + "等"
    else:
        row["target"] = {"text": "另行确定"}
    made.plant("near", "certain", made.add(file, who, entry, True), made.add(file, who, other, False))


def name_differs(rng: random.Random, made: Made, who: Bureau, file: str) -> None:
    """The same form under another name: a parent and its only sub-project."""
    entry = fresh(rng, who, "应急物资储备")
    other = copy.deepcopy(entry)
    other["project"]["name"] = rng.choice(("防汛保障", "防汛应急物资储备"))
    made.plant("near", "certain", made.add(file, who, entry, True), made.add(file, who, other, False))


def changed_since(rng: random.Random, made: Made, who: Bureau, file: str) -> None:
    """The same project in a second file with more money: which holds nobody can tell, so both count and are named."""
    entry = fresh(rng, who, "应急物资储备")
    other = more(entry, 1234)
    made.plant("near", "doubtful", made.add(file, who, entry, True), made.add(file.replace(".", "-again."), who, other, True))
    made.repeated.add(who.unit)


def two_lots(rng: random.Random, made: Made, who: Bureau, file: str) -> None:
    """Two lots of one kind, equal but for the number in the name: perhaps two projects, so both count and are named."""
    entry = fresh(rng, who, "泵站改造（一期）")
    other = copy.deepcopy(entry)
    other["project"]["name"] = "泵站改造（二期）"
    made.plant("near", "doubtful", made.add(file, who, entry, True), made.add(file, who, other, True))


def family(rng: random.Random, made: Made, who: Bureau, file: str) -> None:
    """A parent that lists its sub-projects' goals by number and repeats their indicators."""
    children = [fresh(rng, who, name) for name in rng.sample(CHILDREN, rng.randint(2, 4))]
    spots = [made.add(file, who, child, True) for child in children]
    made.plant("parent", "certain", made.add(file, who, parent(who, "综合保障", children), False), *spots)


def two_levels(rng: random.Random, made: Made, who: Bureau, file: str) -> None:
    """A parent of a parent and of a project."""
    children = [fresh(rng, who, name) for name in rng.sample(CHILDREN, 3)]
    spots = [made.add(file, who, child, True) for child in children]
    middle = parent(who, "设施保障", children[:2])
    top = parent(who, "综合保障", [middle, children[2]])
    above = made.add(file, who, top, False)
    inner = made.add(file, who, middle, False)
    made.plant("parent", "certain", inner, *spots[:2])
    made.plant("parent", "certain", above, inner, spots[2])


def not_all_came(rng: random.Random, made: Made, who: Bureau, file: str) -> None:
    """A parent of three of which two came: the money does not add up, so all count and are named."""
    children = [fresh(rng, who, name) for name in rng.sample(CHILDREN, 3)]
    spots = [made.add(file, who, child, True) for child in children[:2]]
    made.plant("parent", "doubtful", made.add(file, who, parent(who, "综合保障", children), True), *spots)


def same_money(rng: random.Random, made: Made, who: Bureau, file: str) -> None:
    """Two projects that happen to cost the same: no relation."""
    entry, other = fresh(rng, who, "应急物资储备"), fresh(rng, who, "食堂改造")
    other["funding"] = copy.deepcopy(entry["funding"])
    other.pop("marks", None)
    entry.pop("marks", None)
    made.add(file, who, entry, True)
    made.add(file, who, other, True)


def one_template(rng: random.Random, made: Made, who: Bureau, file: str) -> None:
    """Three projects filled from one template, the third as dear as the other two together: no relation."""
    entry = fresh(rng, who, "东街绿化")
    entry["funding"]["annual"] = {"total": 50000, "fiscal": 50000, "carried_over": 0, "other": 0}
    entry["funding"]["project"] = {"total": None, "fiscal": None, "other": None}
    entry.pop("marks", None)
    for name, times in (("东街绿化", 1), ("滨河公园修缮", 2), ("街景照明提升", 3)):
        other = copy.deepcopy(entry)
        other["project"]["name"] = name
        other["goals"]["annual"] = rng.choice(GOALS).format(n=rng.randint(100, 99999))
        other["funding"]["annual"] |= {"total": 50000 * times, "fiscal": 50000 * times}
        made.add(file, who, other, True)


CHILDREN = ("管网巡检", "志愿者补贴", "展品修复", "热线外包", "设备租赁", "路灯维护")
PLANTS: tuple[Callable[[random.Random, Made, Bureau, str], None], ...] = (
    nothing, same_file, other_file, word_differs, name_differs, changed_since, two_lots, family, two_levels, not_all_came, same_money, one_template,
)  # fmt: skip


def more(entry: Entry, by: int) -> Entry:
    """The same form with more money."""
    other = copy.deepcopy(entry)
    for key in ("total", "fiscal"):
        other["funding"]["annual"][key] = number(Decimal(str(other["funding"]["annual"][key])) + by)
    return other


def parent(who: Bureau, name: str, children: list[Entry]) -> Entry:
    """The form of a project whose sub-projects are ``children``: their sums, their indicators, their goals by number."""
    entry = copy.deepcopy(children[0])
    entry.pop("marks", None)
    entry["project"]["name"] = name
    entry["goals"] = {"project": None, "annual": "".join(f"{place}、{child['goals']['annual']}。" for place, child in enumerate(children, 1))}
    entry["indicators"] = [copy.deepcopy(row) for child in children for row in child["indicators"]]
    entry["funding"]["project"] = {"total": None, "fiscal": None, "other": None}
    for key in ("total", "fiscal", "carried_over", "other"):
        entry["funding"]["annual"][key] = number(sum((Decimal(str(child["funding"]["annual"][key] or 0)) for child in children), Decimal(0)))
    return entry
