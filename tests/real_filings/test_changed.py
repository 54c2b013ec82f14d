"""The real filings as they come when somebody copies, cuts or mails them: the same forms, every field of them."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.real_filings.truth import differing, digested, read
from xltool.library import forms
from xltool.recovery.table_text import read_text
from xltool.surfaces import json_file

NAMES = ("000", "001", "002", "003", "004")
TITLE = re.compile(r"\s*财政项目支出绩效(目标申报|自评)表\s*")
HEADING = re.compile(r"汇总表\s*$")


def lines_of(name: str, filings: Path) -> list[str]:
    return next(filings.glob(f"{name}_*.txt")).read_text("utf-8").split("\n")


def cut(name: str, filings: Path) -> list[list[str]]:
    """The lines of each form, from its title to the next; the titles that forms stand under are gone."""
    lines = [line for line in lines_of(name, filings) if not HEADING.search(line)]
    begins = [number for number, line in enumerate(lines) if TITLE.fullmatch(line)]
    return [lines[first:last] for first, last in zip(begins, [*begins[1:], len(lines)], strict=True)]


def found(lines: list[str]) -> list[Any]:
    """The forms that a text of these lines is read as."""
    return forms_of(digested(json.loads(json_file.write(read_text("\n".join(lines), forms(), "x.txt").filing, forms()))))


def forms_of(document: dict[str, Any]) -> list[Any]:
    return [form for section in document["sections"] for form in section["forms"]]


@pytest.mark.parametrize("name", NAMES)
def test_each_form_of_a_real_filing_reads_alone_as_among_the_others(name: str, filings: Path) -> None:
    truths, alone = forms_of(read(name, filings)), cut(name, filings)
    assert len(truths) == len(alone)
    assert [] == [said for true, lines in zip(truths, alone, strict=True) for said in differing([true], found(lines))]


def test_forms_of_all_real_filings_in_another_order_are_the_same_forms(filings: Path) -> None:
    pairs = [pair for name in NAMES for pair in zip(forms_of(read(name, filings)), cut(name, filings), strict=True)]
    random.Random(7).shuffle(pairs)
    assert [] == list(differing([true for true, _ in pairs], found([line for _, lines in pairs for line in lines])))


CHANGED: dict[str, tuple[str, Callable[[str], str | None]]] = {
    "blank lines gone": ("000 002 003 004", lambda line: line if line.strip() else None),
    "a blank line behind each": ("000 001 004", lambda line: line + "\n"),
    "indented": ("001 002 004", lambda line: "    " + line),
    "indented by wide blanks": ("000", lambda line: "　　" + line),
    "stripped": ("000 004", str.strip),
    "one blank for many": ("000", lambda line: re.sub(" {2,}", " ", line)),
    "hard blanks": ("001 004", lambda line: line.replace(" ", "\u00a0")),
    "letters of no width": ("002 004", lambda line: line.replace("标", "标\u200b")),
    "carriage returns": ("001 002", lambda line: line + "\r"),
    "amounts below their captions": ("003", lambda line: re.sub(r"(资金申请总额：?|当年财政拨款|上年结转资金) (?=[\d,.]+$)", r"\1\n", line)),
    "an amount cut behind its point": ("003", lambda line: re.sub(r"(总额： [\d,]+,\d{3}\.0)0$", r"\1\n0", line)),
}


@pytest.mark.parametrize(("name", "how"), [(name, how) for how, (names, _) in CHANGED.items() for name in names.split()])
def test_real_filing_that_was_copied_is_the_same_filing(name: str, how: str, filings: Path) -> None:
    change = CHANGED[how][1]
    lines = [changed for line in lines_of(name, filings) if (changed := change(line)) is not None]
    assert lines != lines_of(name, filings)
    assert [] == list(differing(forms_of(read(name, filings)), found(lines)))


@pytest.mark.parametrize(("name", "width"), [("000", 14), ("000", 30), ("001", 20), ("003", 30), ("004", 20)])
def test_real_filing_whose_lines_a_mail_cut_at_one_width_is_the_same_filing(name: str, width: int, filings: Path) -> None:
    made = [line[at : at + width] for line in lines_of(name, filings) for at in range(0, max(len(line), 1), width)]
    assert [] == list(differing(forms_of(read(name, filings)), found(made)))


@pytest.mark.parametrize("name", ["000", "003", "004"])
def test_real_filing_copied_with_heads_and_numbers_of_its_pages_is_the_same_filing(name: str, filings: Path) -> None:
    made: list[str] = []
    left, page = 37, 1
    for line in lines_of(name, filings):
        made.append(line)
        left -= bool(line.strip())
        if not left:
            made += [str(page), "某市某局部门预算公开材料"]
            left, page = 29 + page * 7 % 16, page + 1
    assert [] == list(differing(forms_of(read(name, filings)), found(made)))
