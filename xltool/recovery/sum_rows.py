"""Rows that somebody typed below or between the items of a list to add them up: 小计, 产出指标小计, 合计（90分）."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from xltool.form import NUMERIC, Field, Form
from xltool.values import caption_key, is_mark, parse_target

LAST = "计"
"""What every such word ends in: most lists hold it nowhere."""
WORDS = ("小计", "合计", "总计", "共计")
_SUM = re.compile(rf"(.*?)(?:{'|'.join(WORDS)})(?:\([^()]*\))?")
_LIKELY = re.compile(r"[小⼩合总共]\W*计")
"""What every such word holds, however it is spaced; many names hold its last character alone."""
_WORDY = frozenset({"text", "paragraphs", "choice"})
NO_ITEM = "第 {} 行是{}，不作为指标读入"
IN_TEXT = "这一行是{}，不作为指标读入"
"""What is said of a row that adds up; CODE names the repair."""
CODE = "sum-row"
MAYBE = "“{}”可能是合计行，不是指标"


def adds_up(form: Form, text: str) -> bool:
    """True for a text that says only that its row adds up, a level of the taxonomy before it allowed: a name that holds the
    word among others (合计工作量) is an indicator's."""
    if LAST not in text:
        return False
    found = _SUM.fullmatch(caption_key(text))
    return found is not None and (not found[1] or _bare(found[1]) in _levels(form))


def is_word(text: str) -> bool:
    """True for a text that is nothing but a word for sums: 合计, 总 计."""
    return LAST in text and caption_key(text) in WORDS


def any_adds_up(form: Form, texts: Sequence[str]) -> bool:
    """True where one of many texts says that its row adds up; one look tells it of most lists."""
    return _LIKELY.search("".join(texts)) is not None and any(adds_up(form, text) for text in texts if LAST in text)


def word_of(form: Form, row: Mapping[str, str]) -> str:
    """The text of a row, by field, that says that it adds up; empty where none does."""
    return next((text for name, text in row.items() if form.fields[name].type in _WORDY and adds_up(form, text)), "")


def is_sum(form: Form, row: Mapping[str, str], groups: Sequence[str]) -> bool:
    """True where nothing in a row, by field, says that it is an item after all: besides the word only numbers, marks and levels."""
    word = word_of(form, row)
    return bool(word) and all(name in groups or text == word or _only_number(form, form.fields[name], text) for name, text in row.items())


def _only_number(form: Form, one: Field, text: str) -> bool:
    """True for a text that is no target and no reason: a number without a sign, a mark, nothing."""
    if not text.strip() or is_mark(text) or one.type in NUMERIC or one.type in ("operator", "unit"):
        return True
    said = parse_target(text.strip(), form.units)
    return one.type == "target" and said.value is not None and not said.operator


def _levels(form: Form) -> frozenset[str]:
    """The levels of the taxonomy in every spelling, without 指标."""
    below = form.taxonomy.children
    names = (*below, *form.taxonomy.aliases, *(one for each in below.values() for one in each))
    return frozenset(_bare(caption_key(name)) for name in names)


def _bare(key: str) -> str:
    return key.removesuffix("指标")
