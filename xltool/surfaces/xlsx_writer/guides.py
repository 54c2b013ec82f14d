"""What guides whoever fills a blank in: drop-downs, hints, checks while typing, colours for what does not add up yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xltool.form import Field, Form
from xltool.layout import Caption, Cell, Hole
from xltool.surfaces.xlsx_writer.choices import LEVEL_ONES, level_twos
from xltool.surfaces.xlsx_writer.fields import Area, Areas, playing, square
from xltool.surfaces.xlsx_writer.styles import Book, Sheet

DAYS = date(1990, 1, 1), date(2199, 12, 31)
SIGNS = ("=", "≥", "≤", ">", "<", "定性")
MARKS = ("—", "-", "/", "无")
"""Marks that stand in a number's cell for «nothing»."""
MISSING, WRONG = "#FFF2CC", "#F8CBAD"
LITERAL = 255
"""Excel's limit for the words of a drop-down that stand in the rule itself."""


@dataclass(frozen=True, slots=True)
class Guide:
    """What a cell tells whoever stands on it, and what it takes: ``rule`` as XlsxWriter wants it, ``firm`` where
    nothing else may be typed; ``fault`` is said then."""

    title: str
    hint: str
    rule: dict[str, object]
    fault: str = ""
    firm: bool = True


def guide(sheet: Sheet, form: Form, found: Areas) -> None:
    """Gives every cell with a field its drop-down, hint and check."""
    for name, area in found.items():
        if made := _guide(form, found, area) if form.layout.cell_of(name).only_hole else _guide_inside(form, found, area):
            options = made.rule | {"input_title": made.title[:32], "input_message": made.hint}
            if made.fault:
                options |= {"error_title": made.title[:32], "error_message": made.fault, "error_type": "stop" if made.firm else "warning"}
            elif made.rule["validate"] == "list":
                options["show_error"] = False
            sheet.data_validation(area.first, area.left, area.last, area.left, options)


def _guide(form: Form, found: Areas, area: Area) -> Guide | None:
    one, title = area.one, area.one.name
    if one.choices and len(",".join(one.choices)) <= LITERAL:
        return Guide(title, "请从下拉列表中选取", {"validate": "list", "source": list(one.choices)}, f"应为：{'、'.join(one.choices)}")
    if levels := _levels(form, found, area):
        return levels
    match one.type:
        case "date":
            rule: dict[str, object] = {"validate": "date", "criteria": "between", "minimum": DAYS[0], "maximum": DAYS[1]}
            return Guide(title, "日期，如 2025-01-01", rule, "请填完整的日期，如 2025-01-01", firm=False)
        case "money":
            return Guide(title, "数字，按本表的金额单位填写；没有的留空，或填 —", _number(area), "请填不小于 0 的数字；没有的留空，或填 —")
        case "percent":
            return Guide(title, "百分比，如 95.5%", _number(area), "请填百分比，如 95.5%")
        case "number":
            return _score(form, found, area)
        case "target":
            return Guide(title, "定量：≥90(%)、=956.00(元/家)、12次；定性：及时、逐年提高", {"validate": "any"})
        case "operator":
            return Guide(title, "≥、≤、=、>、< 或 定性", {"validate": "list", "source": list(SIGNS)}, "≥、≤、=、>、< 或 定性", firm=False)
        case "unit":
            return Guide(title, "计量单位，如 次、元/人、%", {"validate": "any"})
    return Guide(title, _wording(one), {"validate": "any"}) if one.required else None


def _guide_inside(form: Form, found: Areas, area: Area) -> Guide | None:
    """What a cell tells that prints words too: they stay. One that need not print them drops down, and takes anything."""
    cell = form.layout.cell_of(area.one.name)
    if area.one.name != cell.holes[0]:
        return None
    if not cell.caption:
        levels = _levels(form, found, area)
        return levels and Guide(levels.title, levels.hint, levels.rule)
    if area.one.type == "year":
        return Guide(area.one.name, f"在空格处填四位年份，其余文字保留，如：{_with_year(cell)}", {"validate": "any"})
    return Guide(area.one.name, f"在此填写或修改{area.one.name}，其余文字保留", {"validate": "any"})


def _with_year(cell: Cell) -> str:
    return "".join(part.text if isinstance(part, Caption) else "2025" for part in cell.parts if isinstance(part, Caption | Hole))


def _wording(one: Field) -> str:
    return "必填；分条写时每条另起一行（Alt+Enter）" if one.type == "paragraphs" else "必填"


def _levels(form: Form, found: Areas, area: Area) -> Guide | None:
    """The drop-down of a level: level twos are those of the level one of the row, or of the last one above it."""
    if not form.taxonomy.children:
        return None
    name, said = area.one.name, "分类中没有这个名称；确需使用请选“是”"
    if name in form.roles.get("level1", ()):
        return Guide(name, "从下拉列表中选取；与上一行相同可以留空", {"validate": "list", "source": f"={LEVEL_ONES}"}, said, firm=False)
    if name in form.roles.get("level2", ()) and (ones := playing_or_holding(form, found, "level1")):
        alone = bool(form.layout.cell_of(ones.one.name).only_hole)
        source = level_twos(square(area.first, ones.left, fixed=False), square(ones.first, ones.left), alone)
        return Guide(name, "先选一级指标，再从下拉列表中选取；与上一行相同可以留空", {"validate": "list", "source": source}, said, firm=False)
    return None


def playing_or_holding(form: Form, found: Areas, role: str) -> Area | None:
    """The area of the first field of a role, whether or not its cell prints something else too."""
    return next((found[name] for name in form.roles.get(role, ()) if name in found), None)


def _number(area: Area, highest: str = "") -> dict[str, object]:
    """The rule of a cell for a number from 0 on, or a mark."""
    cell = area.cell
    marks = ",".join(f'{cell}="{mark}"' for mark in MARKS)
    within = f",{cell}<={highest}" if highest else ""
    return {"validate": "custom", "value": f"=OR(AND(ISNUMBER({cell}),{cell}>=0{within}),{marks})"}


def _score(form: Form, found: Areas, area: Area) -> Guide:
    """A weight is at most 100, a score at most its weight."""
    pairs = (("score", "weight"), ("execution_score", "execution_weight"))
    for score, weight in pairs:
        if area.one.name in form.roles.get(score, ()) and (of := playing(form, found, weight)):
            return Guide(area.one.name, "得分，不超过分值", _number(area, of[0].cell), "得分应为数字，且不超过分值")
    return Guide(area.one.name, "数字，0 到 100", _number(area, "100"), "请填 0 到 100 的数字")


@dataclass(frozen=True, slots=True)
class Warned:
    """A cell that is coloured while a formula is true."""

    area: Area
    formula: str
    colour: str


def colour(book: Book, sheet: Sheet, form: Form, found: Areas) -> None:
    """Colours what is missing or does not add up, as long as it is so."""
    made = {shade: book.add_format({"bg_color": shade}) for shade in (MISSING, WRONG)}
    for one in (*_wrong(form, found), *_missing(form, found)):
        area = one.area
        sheet.conditional_format(area.first, area.left, area.last, area.right, {"type": "formula", "criteria": f"={one.formula}", "format": made[one.colour]})


def _missing(form: Form, found: Areas) -> Iterator[Warned]:
    for name, area in found.items():
        if area.one.required and form.layout.cell_of(name).only_hole:
            yield Warned(area, f"LEN(TRIM({area.cell}))=0", MISSING)
    for names, target in zip(form.roles.get("indicator", ()), form.roles.get("target", ()), strict=False):
        if names in found and target in found:
            yield Warned(found[target], f"AND(LEN(TRIM({found[names].cell}))>0,LEN(TRIM({found[target].cell}))=0)", MISSING)
    for score, weight, reason in _rows(form, found, "score", "weight", "reason"):
        yield Warned(reason, f"AND(ISNUMBER({score.cell}),ISNUMBER({weight.cell}),{score.cell}<{weight.cell},LEN(TRIM({reason.cell}))=0)", MISSING)


def _wrong(form: Form, found: Areas) -> Iterator[Warned]:
    for total in form.sums:
        parts = [found[name] for name in total.parts if name in found]
        if parts and (area := found.get(total.total)):
            said = ",".join(one.whole if one.one.list and not area.one.list else one.cell for one in parts)
            yield Warned(area, f"AND(COUNT({said})>0,ISNUMBER({area.cell}),ABS(SUM({said})-{area.cell})>0.005)", WRONG)
    for start, end in _rows(form, found, "start", "end"):
        yield Warned(end, f"AND(ISNUMBER({start.cell}),ISNUMBER({end.cell}),{end.cell}<{start.cell})", WRONG)
    for year, whole in _rows(form, found, "amount", "project_amount"):
        yield Warned(whole, f"AND(ISNUMBER({year.cell}),ISNUMBER({whole.cell}),{whole.cell}<{year.cell})", WRONG)
    for total_weight in playing(form, found, "total_weight"):
        yield Warned(total_weight, f"AND(ISNUMBER({total_weight.cell}),ABS({total_weight.cell}-100)>0.005)", WRONG)
    for score, weight in (*_rows(form, found, "score", "weight"), *_rows(form, found, "execution_score", "execution_weight")):
        yield Warned(score, f"AND(ISNUMBER({score.cell}),ISNUMBER({weight.cell}),{score.cell}>{weight.cell})", WRONG)


def _rows(form: Form, found: Areas, *roles: str) -> Iterator[tuple[Area, ...]]:
    """The areas of several roles that belong together, where the form has them all."""
    yield from zip(*(playing(form, found, role) for role in roles), strict=False)
