"""Text whose cells stand behind each other without a blank, or with a mark between them instead: 项目名称某项目项目性质…

The captions of a row, in their order, part its cells; level names part from what stands behind them, a value with
a sign from the name before it. A word as value (及时) may be the end of its name: those are doubted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from xltool.filing import Doubt, Entry, Filing, Repair
from xltool.form import Form
from xltool.recovery.near_misses import nearest
from xltool.values import Value, normal

CODE = "no-form-run-together"
"""The problem of a text in which a form's captions stand and are no words of their own."""
MARKS = "；;｜|·"
"""Marks that people put between cells; others (，、/) stand in names and numbers too."""
OFTEN = 0.6
"""The share of a form's captions with one mark behind them that makes it the mark between cells."""
NAME = 5
"""A shorter line holds no name with its value."""
SENTENCE = 90
"""A longer line holds sentences, whose marks part no cells."""
_SIGN = re.compile(r"(?<=[\u3400-\u9fff）)”\w])(?=(?:>=|<=|＞＝|＜＝|[=＝≥≤≧≦＞＜><])\d[\d.,]*\S{0,12}$)")
_NUMBER = re.compile(r"[\d.,\-—%]+")


class Apart(NamedTuple):
    """A text with its cells parted, line for line; the lines on which they were, and those of a list on which they could not be."""

    text: str
    lines: tuple[int, ...] = ()
    whole: tuple[int, ...] = ()


def parted(text: str, forms: Mapping[str, Form]) -> Apart:
    """The text with its cells parted; as it is where no form is near."""
    near = nearest(normal(text), forms)
    if near is None:
        return Apart(text)
    captions, levels = _captions(near.form), _levels(near.form)
    between = _mark(text, captions)
    words = sorted((word for word in near.form.words if len(word) > 1), key=len, reverse=True)
    lines = text.split("\n")
    made = [_line(line, captions, levels, words, between) for line in lines]
    listed = next((number for number, line in enumerate(lines) if any(line.strip().startswith(one) for one in levels)), len(lines))
    rest = {number: [part for part in line.split() if part not in levels] for number, line in enumerate(made[listed:], listed + 1)}
    whole = (number for number, parts in rest.items() if len(parts) == 1 and len(parts[0]) > NAME)
    return Apart("\n".join(made), tuple(number for number, (line, own) in enumerate(zip(lines, made, strict=True), 1) if line != own), tuple(whole))


def _captions(form: Form) -> list[list[str]]:
    """The captions of each row of a form, in every spelling, the longest first."""
    found: list[list[str]] = []
    for row in range(1, form.layout.rows + 1):
        cells = [cell for cell in form.layout.in_row(row) if cell.row == row and cell.caption]
        spelled = {one for cell in cells for one in (re.split(r"[（(]?[{\[]|（）", cell.caption)[0], *form.captions.get(cell.caption, ()))}
        found.append(sorted((one for one in spelled if len(one) > 1 and "{" not in one), key=len, reverse=True))
    return found


def _levels(form: Form) -> list[str]:
    return sorted({*form.taxonomy.children, *(two for below in form.taxonomy.children.values() for two in below)}, key=len, reverse=True)


def _mark(text: str, captions: Sequence[Sequence[str]]) -> str:
    """The mark that stands behind most captions; empty where none does."""
    seen = [text[at + len(one)] for row in captions for one in row if (at := text.find(one)) >= 0 and at + len(one) < len(text)]
    return next((mark for mark in MARKS if seen and seen.count(mark) >= OFTEN * len(seen)), "")


def _line(line: str, captions: Sequence[Sequence[str]], levels: Sequence[str], words: Sequence[str], between: str) -> str:
    """A line with blanks between its cells, tabs for a mark."""
    bare = line.strip()
    if between and len(bare) < SENTENCE and between in bare and not bare.endswith("。"):
        return "\t".join(bare.split(between))
    row = next((row for row in captions if any(bare.startswith(one) for one in row)), None) or next((row for row in captions if (found := _NUMBER.match(bare)) and any(bare.startswith(one, found.end()) for one in row)), None)
    if row is not None:
        return " ".join(_at_captions(bare, [*row, "（元）", "（万元）"]))
    head = next((one for one in levels if bare.startswith(one)), "")
    if head and len(bare) > len(head):
        return f"{head} {_line(bare[len(head) :], captions, levels, words, between)}"
    if len(parts := _SIGN.split(bare, maxsplit=1)) > 1:
        return " ".join(parts)
    word = next((one for one in words if bare.endswith(one) and len(bare) - len(one) > 2), "")
    return f"{bare[: -len(word)]} {word}" if word else line


def _at_captions(line: str, captions: Sequence[str]) -> Iterator[str]:
    """The parts of a line: captions, and what stands between them."""
    pattern = re.compile("|".join(map(re.escape, captions)))
    end = 0
    for found in pattern.finditer(line):
        yield from (part for part in (line[end : found.start()], found.group()) if part)
        end = found.end()
    yield from (part for part in (line[end:],) if part)


def doubted(filing: Filing, apart: Apart) -> Filing:
    """The filing with a doubt on each name and value that no sign parts, on lists with rows that were not parted, and a repair."""
    repair = Repair("cells-parted", f"第{apart.lines[0]}—{apart.lines[-1]}行", f"{len(apart.lines)}行的各格连在一起，按栏目、层级名和符号分开")
    return filing.with_entries(_entry(entry, apart) for entry in filing.entries).repaired([repair])


def _entry(entry: Entry, apart: Apart) -> Entry:
    doubts = [Doubt(name, f"第{apart.whole[0]}行", "这一行的名称与指标值连在一起，不能分开") for name in entry.lists if apart.whole]
    for name, items in entry.lists.items():
        unsigned = [at for at, item in enumerate(items) if not (isinstance(value := item.get("target"), Value) and value.value is not None)]
        doubts.extend(Doubt(f"{name}[{at}].{path}", "", "名称与指标值连在一起，在何处分开不能确定") for at in unsigned for path in ("name", "target"))
    return entry.doubted(doubts)
