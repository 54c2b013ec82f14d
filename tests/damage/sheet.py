"""The official form as a table: rows of cells, and labels merged down over rows."""

import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from tests.damage import vocabulary as words
from tests.damage.values import plain

JSON_FUNDING: Final = (
    ("total", "年度资金总额"),
    ("fiscal", "其中：当年财政拨款"),
    ("carried_over", "上年结转资金"),
    ("other", "其他资金"),
)


EVALUATION_HEADER: Final = (
    "一级指标", "二级指标", "三级指标", "年度\n指标值", "实际\n完成值", "分值", "得分", "偏差原因分析及\n改进措施",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: what it is, its text, its first column, and the room of a line in half-width squares."""

    role: str  # title, caption, value, name, target, reason, goal, goal-left, goal-alone
    text: str
    column: int
    room: int = 200


@dataclass(frozen=True, slots=True)
class Label:
    """A cell merged down: 项目资金（元）, 绩效指标, the levels; rows count from 0, both ends included."""

    role: str  # block, level1, level2
    text: str
    column: int
    first: int
    last: int
    room: int = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table and what it is: title, head, money, goal-captions, goals, header, item, total."""

    kind: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form as a table of `columns` columns."""

    rows: tuple[Row, ...]
    labels: tuple[Label, ...]
    columns: int


@dataclass(frozen=True, slots=True)
class Look:
    """How a bureau prints: the room of the columns, and how captions and money are written."""

    rooms: dict[str, int] = field(default_factory=dict)
    colon: str = ""
    yuan: str = "（元）"
    year: str = "（{}年度）"
    value_caption: str = "年度(/项目)指标值"
    grouped: bool = True
    cents: bool = True

    def room(self, role: str) -> int:
        """The room of a column; a column that is not named does not wrap."""
        return self.rooms.get(role, 200)

    def money(self, amount: Any) -> str:
        """An amount as this bureau prints it, empty where there is none."""
        if amount is None:
            return ""
        shown = Decimal(str(amount))
        digits = 2 if self.cents or shown != shown.to_integral_value() else 0
        return f"{shown:,.{digits}f}" if self.grouped else f"{shown:.{digits}f}"


def random_look(rng: random.Random, rooms: dict[str, int]) -> Look:
    """A look with these rooms and captions as one of the bureaus writes them."""
    return Look(
        rooms=rooms,
        colon=rng.choice(("", "", "：", ":")),
        yuan=rng.choice(("（元）", "（元）", "(元)", " (元)")),
        year=rng.choice(("（{}年度）", "（{}年度）", "({}年度)", "({} 年度)")),
        value_caption=rng.choice(("年度(/项目)指标值", "年度(/项目)指标值", "年度指标值")),
    )


def sheet_of(form: dict[str, Any], look: Look) -> Sheet:
    """The table of a canonical entry."""
    return declaration_sheet(form, look) if form["form"] == words.DECLARATION else evaluation_sheet(form, look)


def printed(form: dict[str, Any], path: str, look: Look) -> str:
    """The text of a money field, or the mark that stands in it."""
    mark = form.get("marks", {}).get(path)
    node: Any = form
    for key in path.split("."):
        node = node[key]
    return str(mark) if mark else look.money(node)


def line(kind: str, look: Look, *cells: tuple[int, str, str]) -> Row:
    """A row of (column, role, text) cells; a caption's room goes by its row."""
    made = (
        Cell(role, text, column, look.room(f"{kind}-caption" if role == "caption" else role))
        for column, role, text in cells
    )
    return Row(kind, tuple(made))


def declaration_sheet(form: dict[str, Any], look: Look) -> Sheet:
    """The target declaration: seven columns."""
    project, goals = form["project"], form["goals"]
    rows = [
        line("title", look, (1, "title", form["title"])),
        line("title", look, (1, "title", look.year.format(form["year"]))),
        line("head", look, (1, "caption", "项目名称"), (2, "project", project["name"]), (4, "caption", "项目性质"),
             (5, "nature", project["nature"]), (6, "caption", "项目类别"), (7, "nature", project["category"])),
        line("head", look, (1, "caption", "主管部门"), (2, "unit", project["department"]), (4, "caption", "实施单位"), (5, "unit", project["unit"])),
        line("head", look, (1, "caption", "计划开始日期"), (2, "value", project["start_date"]), (4, "caption", "计划完成日期"), (5, "value", project["end_date"])),
        *declaration_money(form, look),
        line("goal-captions", look, (2, "caption", "项目总目标"), (5, "caption", "年度总体目标")),
        line("goals", look, (2, "goal-left", goals["project"] or ""), (5, "goal" if goals["project"] else "goal-alone", goals["annual"] or "")),
        line("header", look, (2, "caption", "一级指标"), (3, "caption", "二级指标"), (4, "caption", "三级指标"), (6, "caption", look.value_caption)),
    ]  # fmt: skip
    first = len(rows)
    rows += [
        line("item", look, (4, "name", item["name"]), (6, "target", item["target"]["text"]))
        for item in form["indicators"]
    ]
    labels = [
        Label("block", f"项目资金{look.yuan}", 1, 5, 8, look.room("block-wide")),
        Label("block", "项目绩效目标", 1, 9, 10, look.room("block")),
        Label("block", "绩效指标", 1, first, len(rows) - 1, look.room("block")),
        *level_labels(form, look, first),
    ]
    return Sheet(tuple(rows), tuple(labels), 7)


def declaration_money(form: dict[str, Any], look: Look) -> list[Row]:
    """The four money rows: the project's money left, the year's right."""
    left = (("total", f"项目资金总额{look.colon}"), ("fiscal", "其中：财政资金"), (None, ""), ("other", "其他资金"))
    right = (
        ("total", f"年度资金申请总额{look.colon}"),
        ("fiscal", "其中：当年财政拨款"),
        ("carried_over", "上年结转资金"),
        ("other", "其他资金"),
    )
    rows = []
    for (key, caption), (annual, right_caption) in zip(left, right, strict=True):
        cells = [(2, "caption", caption), (3, "value", printed(form, f"funding.project.{key}", look))] if key else []
        cells += [(4, "caption", right_caption), (6, "value", printed(form, f"funding.annual.{annual}", look))]
        rows.append(line("money", look, *cells))
    return rows


def level_labels(form: dict[str, Any], look: Look, first: int) -> list[Label]:
    """The merged cells of levels one and two; level two begins anew with level one."""
    found = []
    for column, role, keys in ((2, "level1", ("level1",)), (3, "level2", ("level1", "level2"))):
        groups = [tuple(item[key] for key in keys) for item in form["indicators"]]
        start = 0
        for place in range(1, len(groups) + 1):
            if place == len(groups) or groups[place] != groups[start]:
                found.append(Label(role, groups[start][-1], column, first + start, first + place - 1, look.room(role)))
                start = place
    return found


def evaluation_sheet(form: dict[str, Any], look: Look) -> Sheet:
    """The self-evaluation: nine columns."""
    project, goals = form["project"], form["goals"]
    rows = [
        line("title", look, (1, "title", form["title"])),
        line("title", look, (1, "title", look.year.format(form["year"]))),
        line("head", look, (1, "caption", "项目名称"), (3, "project", project["name"])),
        line(
            "head",
            look,
            (1, "caption", "主管部门"),
            (3, "department", project["department"]),
            (5, "caption", "实施单位"),
            (7, "unit", project["unit"]),
        ),
        *evaluation_money(form, look),
        line("goal-captions", look, (2, "caption", "预算目标"), (6, "caption", "实际完成情况")),
        line("goals", look, (2, "goal-left", goals["expected"] or ""), (6, "goal", goals["actual"] or "")),
        line("header", look, *((place + 2, "caption", text) for place, text in enumerate(EVALUATION_HEADER))),
    ]
    first = len(rows)
    rows += [evaluation_item(item, look) for item in form["indicators"]]
    rows.append(total_row(form["total"], look))
    labels = [
        Label("block", f"项目资金{look.yuan}", 1, 4, 8, look.room("block-wide")),
        Label("block", "年度总体目标", 1, 9, 10, look.room("block")),
        Label("block", "绩效指标", 1, first - 1, len(rows) - 2, look.room("block-narrow")),
        *level_labels(form, look, first),
    ]
    return Sheet(tuple(rows), tuple(labels), 9)


def total_row(total: dict[str, Any], look: Look) -> Row:
    """The row below the list: all weights and all scores."""
    weight, score = (plain(Decimal(str(total[key]))) for key in ("weight", "score"))
    return line("total", look, (1, "caption", "总分"), (7, "value", weight), (8, "value", score))


def evaluation_item(item: dict[str, Any], look: Look) -> Row:
    """An indicator's row: name, target, actual, weight, score, reason."""
    figures = [plain(Decimal(str(item[key]))) for key in ("weight", "score")]
    return line(
        "item", look, (4, "name", item["name"]), (5, "target", item["target"]["text"]), (6, "target", item["actual"]["text"]),
        (7, "value", figures[0]), (8, "value", figures[1]), (9, "reason", item["reason"] or ""),
    )  # fmt: skip


def evaluation_money(form: dict[str, Any], look: Look) -> list[Row]:
    """The captions and four rows of money; the dash under 分值 is printed by the form itself."""
    captions = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    rows = [line("money", look, *((place + 4, "caption", text) for place, text in enumerate(captions)))]
    for key, caption in JSON_FUNDING:
        amounts = [
            printed(form, f"funding.{key}.{column}", look) for column in ("initial_budget", "annual_budget", "executed")
        ]
        cells = [(2, "caption", caption), *((place + 4, "value", text) for place, text in enumerate(amounts))]
        if key == "total":
            total = form["funding"]["total"]
            rate = f"{Decimal(str(total['execution_rate'])) * 100:.2f}%"
            cells += [
                (7, "value", plain(Decimal(total["weight"]))),
                (8, "value", rate),
                (9, "value", plain(Decimal(str(total["score"])))),
            ]
        else:
            cells.append((7, "value", "—"))
        rows.append(line("money", look, *cells))
    return rows
