"""What a report of differences says, in Chinese and in English: on the screen, on the sheets, in comments."""

from __future__ import annotations

from xltool.messages import language_of_user

WORDS: dict[str, tuple[str, str]] = {
    "changed": ("修改", "changed"),
    "added": ("增加", "added"),
    "removed": ("删除", "removed"),
    "moved": ("移动", "moved"),
    "renamed": ("改名", "renamed"),
    "likeness": ("相似 {share}%", "{share}% alike"),
    "rows": ("{count} 行相同的修改", "the same in {count} rows"),
    "days": ("{days:+} 天", "{days:+} days"),
    "unit": ("单位：{old} → {new}", "unit: {old} → {new}"),
    "sign": ("符号：{old} → {new}", "sign: {old} → {new}"),
    "number": ("数值：{old} → {new}", "number: {old} → {new}"),
    "kind": ("性质：{old} → {new}", "kind: {old} → {new}"),
    "written": ("只是写法不同", "written differently, the value is the same"),
    "width": ("只是全角半角不同", "only full and half width differ"),
    "same-amount": ("金额相同，只是单位不同（{old} → {new}）", "the same amount in another unit ({old} → {new})"),
    "in-unit": ("按{unit}计 {difference}", "{difference} in {unit}"),
    "ten-thousand": ("相差一万倍，请查是否混用了元和万元", "a factor of 10,000: look whether 元 and 万元 were mixed"),
    "row": ("第 {old} 行 → 第 {new} 行", "row {old} → row {new}"),
    "place": ("第 {old} 份 → 第 {new} 份", "form {old} → form {new}"),
    "to-section": ("移到“{title}”", "to «{title}»"),
    "row-at": ("第 {at} 行", "row {at}"),
    "section": ("汇总表标题", "title of the 汇总表"),
    "no-title": ("（无标题）", "(no title)"),
    "whole": ("整份表", "the whole form"),
    "year": ("{year}年度", "{year}"),
    "after": ("排在“{what}”之后", "behind «{what}»"),
    "first": ("排在最前", "first"),
    "as-before": ("不移动", "not moved"),
    "row-as-before": ("原来的一行", "the row as it was"),
    "no-row": ("（没有这一行）", "(no such row)"),
    "no-form": ("（没有这份表）", "(no such form)"),
    "form-as-before": ("原来的一份表", "the form as it was"),
    "title-as-before": ("原来的标题", "the title as it was"),
    "order": ("次序", "order"),
    "nothing": ("（空）", "(empty)"),
}


def said(key: str, language: str | None = None, **words: object) -> str:
    """The words of a key in the user's language, or in the one that is named (``zh``, ``en``)."""
    zh, en = WORDS[key]
    text = zh if (language or language_of_user()) == "zh" else en
    return text.format(**words) if words else text
