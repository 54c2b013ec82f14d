"""Random mappings as people might write them: rows of captions and fields, tables, goals, lists, signatures, in any order."""

from __future__ import annotations

import json

from hypothesis import strategies as st

WORDS = (
    "项目负责", "主管单位", "联系电话", "实施地点", "起止年限", "立项依据", "建设内容", "资金来源", "支出方向", "预算金额", "执行金额", "核定金额", "市级经费", "区级经费", "自筹经费",
    "社会投入", "保障措施", "风险说明", "存在问题", "整改措施", "受益对象", "受益人数", "完成比例", "开工日期", "完工日期", "验收日期", "评审意见", "评审结论", "一级类别", "二级类别",
    "任务名称", "任务内容", "衡量标准", "目标数值", "实际数值", "权重分值", "评定得分", "偏差说明", "备注事项", "河段名称", "河段长度", "巡查次数", "设备编号", "设备名称", "采购方式",
    "合同编号", "合同金额", "支付进度", "质保期限", "填报人员", "审核人员", "填报时间", "总体要求", "年度要求", "预期成效", "实际成效", "长期安排", "近期安排", "合计数额", "综合评价",
)  # fmt: skip
"""Captions: each stands once in a form."""
SCALAR = ("text", "text", "paragraphs", "date", "money", "number", "percent", "target")
LISTED = ("text", "target", "number", "money", "date")


class Drawn:
    """A mapping while it is put together: rows of (mark, width), and the keys beside the picture."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.columns = draw(st.integers(4, 8))
        self.words = iter(draw(st.permutations(WORDS)))
        self.rows: list[list[tuple[str, int]]] = []
        self.fields: list[str] = []
        self.lists: list[str] = []
        self.paths = 0
        self.taxonomy = False

    def field(self, name: str, kinds: tuple[str, ...] = SCALAR, more: str = "") -> str:
        """The hole of a new field."""
        self.paths += 1
        kind = self.draw(st.sampled_from(kinds))
        more = more or ", choices: [甲类, 乙类]" * (kind == "text" and kinds is SCALAR and self.draw(st.booleans()))
        unit = ", unit: 元" if kind == "money" and self.draw(st.booleans()) else ""
        self.fields.append(f"  {name}: {{json: {'part.' if self.draw(st.booleans()) else ''}f{self.paths}, type: {kind}{unit}{more}}}")
        return f"{{{name}}}"

    def widths(self, parts: int, room: int) -> list[int]:
        """So many widths that fill the room."""
        cuts = sorted(self.draw(st.sets(st.integers(1, room - 1), min_size=parts - 1, max_size=parts - 1))) if parts > 1 else []
        return [then - before for before, then in zip([0, *cuts], [*cuts, room], strict=True)]

    def row(self, marks: list[str], widths: list[int]) -> None:
        self.rows.append(list(zip(marks, widths, strict=True)))

    def pairs(self) -> None:
        """Captions with a field beside each."""
        count = self.draw(st.integers(1, self.columns // 2))
        for _ in range(self.draw(st.integers(1, 2))):
            marks = []
            for _ in range(count):
                word = next(self.words)
                marks += [word, self.field(word)]
            self.row(marks, self.widths(2 * count, self.columns))

    def measured(self) -> None:
        """Amounts with their unit behind them."""
        word, other = next(self.words), next(self.words)
        self.row([word, f"{self.field(word, ('money',)).replace(', unit: 元', '')}万元", other, self.field(other)], self.widths(4, self.columns))
        self.fields = [line.replace("type: money, unit: 元", "type: money") if line.strip().startswith(f"{word}:") else line for line in self.fields]

    def long(self) -> None:
        """A long text beside its caption."""
        word = next(self.words)
        self.row([word, self.field(word, ("paragraphs",))], self.widths(2, self.columns))

    def goals(self) -> None:
        """Two captions over two long texts, and one beside both."""
        beside, left, right = next(self.words), next(self.words), next(self.words)
        widths = [1, *self.widths(2, self.columns - 1)]
        self.row([beside, left, right], widths)
        self.row(["^", self.field(left, ("paragraphs",)), self.field(right, ("paragraphs",))], widths)

    def table(self) -> None:
        """Rows and columns of amounts; some cells hold a mark of the form, or nothing."""
        beside, corner = next(self.words), self.draw(st.sampled_from(["", None]))
        heads = [next(self.words) for _ in range(self.draw(st.integers(1, self.columns - 2)))]
        widths = [1, *self.widths(len(heads) + 1, self.columns - 1)]
        self.row([beside, next(self.words) if corner is None else corner, *heads], widths)
        for _ in range(self.draw(st.integers(1, 3))):
            row = next(self.words)
            cells = [self.draw(st.sampled_from(["hole"] * 6 + ["—", "/", ""])) for _ in heads]
            cells[0] = "hole"
            self.row(["^", row, *(self.field(f"{row}·{head}", ("money", "money", "number", "percent")) if cell == "hole" else cell for head, cell in zip(heads, cells, strict=True))], widths)

    def listing(self) -> None:
        """A list: a caption beside it or none, groups or none, a total below or none."""
        beside = next(self.words) if self.draw(st.booleans()) else ""
        room = self.columns - bool(beside)
        count = self.draw(st.integers(2, room))
        groups = self.draw(st.integers(0, min(2, count - 2)))
        heads = [next(self.words) for _ in range(count)]
        kinds = [("text",)] * (groups + 1) + [LISTED] * (count - groups - 1)
        holes = [self.field(head, own).replace("part.", "") for head, own in zip(heads, kinds, strict=True)]
        widths = ([1] if beside else []) + self.widths(count, room)
        self.row([*([beside] if beside else []), *heads], widths)
        self.row([*(["^"] if beside else []), *holes], widths)
        self.row([*(["^"] if beside else []), *["^…"] * groups, *["…"] * (count - groups)], widths)
        self.lists.append(f"  list{len(self.lists) + 1}: [{', '.join(heads)}]")
        if self.draw(st.booleans()):
            word = next(self.words)
            self.row([word, self.field(word, ("number", "money", "text"))], [self.columns - 1, 1])

    def levelled(self) -> None:
        """A list with levels, perhaps points behind the first, sign and unit in columns of their own, heads of two rows."""
        if self.taxonomy:
            return
        self.taxonomy = True
        parts, tall = self.columns >= 6 and self.draw(st.booleans()), self.draw(st.booleans())
        points = self.draw(st.booleans())
        names = ["一级指标", "二级指标", "三级指标", *(["指标性质", "指标值", "度量单位"] if parts else ["指标值"])]
        paths = {"一级指标": "level1", "二级指标": "level2", "三级指标": "name", "指标性质": "target.operator, type: operator", "指标值": "target, type: target", "度量单位": "target.unit, type: unit"}
        self.fields += [f"  {name}: {{json: {paths[name]}}}" for name in names]
        holes = [f"{{{name}}}" for name in names]
        if points:
            self.fields.append("  一级分值: {json: level1_weight, type: number}")
            holes[0] += "[（{一级分值}分）]"
        spread = self.widths(len(names), self.columns)
        if tall and parts:
            self.rows.append([*zip(names[:3], spread[:3], strict=True), ("目标", sum(spread[3:]))])
            self.row(["^", "^", "^", *names[3:]], spread)
        else:
            self.row(names, spread)
        self.row(holes, spread)
        self.row(["^…", "^…", *["…"] * (len(names) - 2)], spread)
        self.lists.append(f"  indicators: [{', '.join(names)}]")

    def beside(self) -> None:
        """Two lists in one row, under a group that they share or under none."""
        shared = self.draw(st.booleans())
        heads = [next(self.words) for _ in range(3 if shared else 4)]
        holes = [self.field(head, kinds).replace("part.", "") for head, kinds in zip(heads, [("text",)] * (2 if shared else 1) + [LISTED] * (0 if shared else 1) + [("text",)] + [LISTED] * (0 if shared else 1), strict=False)]
        spread = self.widths(len(heads), self.columns)
        self.row(heads, spread)
        self.row(holes, spread)
        self.row(["^…", "…", "…"] if shared else ["…"] * 4, spread)
        first, second = ([heads[0], heads[1]], [heads[0], heads[2]]) if shared else (heads[:2], heads[2:])
        for own in (first, second):
            self.lists.append(f"  list{len(self.lists) + 1}: [{', '.join(own)}]")

    def signed(self) -> None:
        """Captions with a colon and the value in the same cell."""
        count = self.draw(st.integers(1, 3))
        words = [next(self.words) for _ in range(count)]
        self.row([f"{word}：{self.field(word, ('text', 'date'))}" for word in words], self.widths(count, self.columns))

    def text(self) -> str:
        rows = "".join("  | " + " | ".join(" | ".join([mark, *["<"] * (width - 1)]) for mark, width in row) + " |\n" for row in self.rows)
        lists = "lists:\n" + "\n".join(self.lists) + "\n" if self.lists else ""
        levels = "taxonomy: {产出指标: [数量指标, 质量指标], 效益指标: [社会效益指标], 满意度指标: []}\nexceptions: {}\n" if self.taxonomy else ""
        return f"form: random\ntitle: 随机河道表\nlayout: |\n{rows}fields:\n" + "\n".join(self.fields) + f"\n{lists}{levels}"


@st.composite
def mappings(draw: st.DrawFn) -> str:
    """The text of a mapping."""
    made = Drawn(draw)
    made.row(["随机河道表"], [made.columns])
    if draw(st.booleans()):
        made.fields.append("  年度: {json: year, type: year}")
        made.row(["（{年度}年度）"], [made.columns])
    made.pairs()
    made.pairs()
    for _ in range(draw(st.integers(0, 4))):
        draw(st.sampled_from([made.pairs, made.measured, made.long, made.goals, made.table, made.listing, made.levelled, made.beside, made.signed]))()
    look = {"widths": [str(draw(st.integers(4, 30))) for _ in range(made.columns)], "size": str(draw(st.integers(6, 14)))} if draw(st.booleans()) else {}
    return made.text() + (f"look: {json.dumps(look)}\n" if look else "")
