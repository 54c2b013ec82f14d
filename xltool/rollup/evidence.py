"""The words of evidence: why two forms are taken for one, or one for the sum of others."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from xltool.messages import language_of_user

SENTENCES: dict[str, tuple[str, str]] = {
    # doubles
    "content-same": ("全部内容相同（{count} 份）", "every field is the same ({count} forms)"),
    "files-two": ("来自不同文件：{files}", "they come from different files: {files}"),
    "file-one": ("都在文件 {file} 中", "both stand in {file}"),
    "name-same": ("项目名称相同：{name}", "the same project name: {name}"),
    "name-other": ("项目名称不同：“{first}”与“{second}”，可能是上级项目与它唯一的子项目", "different project names: «{first}» and «{second}», perhaps a parent and its only sub-project"),
    "name-within": ("一个项目名称含有另一个：“{first}”与“{second}”", "one project name holds the other: «{first}» and «{second}»"),
    "name-parallel": ("项目名称只有一处不同（“{first}”与“{second}”），可能是同类的两个项目", "the project names differ in one spot («{first}», «{second}»): they may be two projects of one kind"),
    "money-same": ("金额相同：{amount} 元", "the same amount: {amount} yuan"),
    "money-changed": ("金额不同：{first} 元与 {second} 元", "different amounts: {first} and {second} yuan"),
    "executed-changed": ("执行数不同：{first} 元与 {second} 元", "different money spent: {first} and {second} yuan"),
    "rows-same": ("绩效指标及指标值全部相同（{all} 项）", "all {all} indicators and targets are the same"),
    "rows-alike": ("{all} 项绩效指标中 {same} 项完全相同", "{same} of {all} indicators are the same, targets included"),
    "goal-same": ("绩效目标相同", "the same goal"),
    "goal-alike": ("绩效目标有 {share} 相同", "{share} of the goal's text is the same"),
    "goal-other": ("绩效目标不同", "different goals"),
    "unit-other": ("实施单位不同（“{first}”与“{second}”），其中一个就是主管部门", "different units («{first}», «{second}»), one of which is the department itself"),
    "unit-blank": ("只有一份写了实施单位：“{unit}”", "only one of them names a unit: «{unit}»"),
    "department-blank": ("只有一份写了主管部门：“{department}”", "only one of them names a department: «{department}»"),
    "year-blank": ("只有一份写了年度：{year}；没有写年度的那份在另一张汇总表里", "only one of them names a year, {year}; the one without stands in another register"),
    # parents and sub-projects
    "sum-equal": ("金额等于 {count} 个子项目之和：{sum}", "the amount is the sum of {count} sub-projects: {sum}"),
    "sum-other": ("子项目合计 {sum} 元，上级项目 {amount} 元，相差 {gap} 元", "the sub-projects make {sum} yuan, the parent has {amount}, a difference of {gap}"),
    "sum-several": ("另有别的子项目组合也得出同一金额", "other combinations of forms make the same amount"),
    "sum-of-all": ("金额恰好等于本单位其余 {count} 个项目之和：{sum}", "the amount is exactly the sum of the unit's other {count} projects: {sum}"),
    "rows-within": ("“{name}”的 {all} 项指标中 {same} 项见于上级项目", "{same} of the {all} indicators of «{name}» stand in the parent"),
    "rows-cover": ("上级项目的 {all} 项指标中 {same} 项来自子项目", "{same} of the parent's {all} indicators come from the sub-projects"),
    "goal-within": ("“{name}”的绩效目标写在上级项目的目标里", "the goal of «{name}» stands in the parent's goal"),
    "goal-partly": ("“{name}”的绩效目标有 {share} 写在上级项目的目标里", "{share} of the goal of «{name}» stands in the parent's goal"),
    "goal-numbered": ("上级项目的目标编号列出 {items} 条，其中 {count} 条是子项目的目标", "the parent's goal is a numbered list of {items}, {count} of which are the sub-projects' goals"),
    "name-listed": ("上级项目的文字中提到“{name}”", "the parent's text names «{name}»"),
    "shared-below": ("“{name}”同时也是“{other}”的子项目", "«{name}» is a sub-project of «{other}» as well"),
    "units-apart": ("子项目属于其他单位或其他主管部门：{units}", "the sub-projects are those of other units or departments: {units}"),
    "units-below": ("子项目属于同一主管部门的其他单位", "the sub-projects are those of other units of the department"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence: a code of SENTENCES and the words for its holes."""

    code: str
    words: tuple[tuple[str, str], ...] = ()

    def text(self, language: str | None = None) -> str:
        """The sentence, in the user's language or in ``zh`` or ``en``."""
        return SENTENCES[self.code][(language or language_of_user()) != "zh"].format_map(dict(self.words))


def evidence(code: str, **words: object) -> Evidence:
    """A piece of evidence whose words are given by name; money is written with its thousands apart."""
    return Evidence(code, tuple((name, money(word) if isinstance(word, Decimal) else str(word)) for name, word in words.items()))


def money(amount: Decimal) -> str:
    """1713200 → 1,713,200.00; more than two decimals stay."""
    places = -int(amount.normalize().as_tuple().exponent)
    return f"{amount:,.{max(2, places)}f}"


def percent(share: float) -> str:
    """0.934 → 93%: rounded down, so that only the whole is 100%."""
    return f"{int(share * 100 + 1e-9)}%"
