"""The kinds of plain text: each is a style of setting, and what becomes of the lines afterwards."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tests.damage import vocabulary as words
from tests.damage.forms import NORMAL_WEIGHTS
from tests.damage.pages import Line, Page, Style, pages_of
from tests.damage.sheet import Look, Sheet, random_look, sheet_of

Filing = dict[str, Any]
WIDE = {
    "block": 4,
    "block-wide": 8,
    "block-narrow": 4,
    "level1": 10,
    "level2": 14,
    "name": 58,
    "project": 60,
    "goal": 34,
    "goal-left": 32,
    "goal-alone": 66,
    "reason": 24,
}
NARROW = {
    "block": 4, "block-wide": 8, "block-narrow": 4, "head-caption": 8, "level1": 8, "level2": 8, "name": 30, "project": 16, "nature": 12, "unit": 30,
    "department": 30, "target": 26, "goal": 36, "goal-left": 36, "goal-alone": 36, "reason": 20,
}  # fmt: skip
EVALUATED = {
    "block": 4,
    "block-wide": 8,
    "block-narrow": 2,
    "level1": 12,
    "level2": 18,
    "name": 20,
    "project": 40,
    "unit": 16,
    "reason": 16,
    "goal-left": 52,
    "goal": 42,
}
FREE = ("name", "project", "goal", "goal-left", "goal-alone", "unit", "reason")

STREAM = Style(repeats=True)
WRAPPED = Style(inner="\n\n", around="\n", goals="\n\n", cuts_rows=True, lines=56)
EVALUATION = Style(last="\n\n", goals="\n", name_alone=True, lines=52)


@dataclass(frozen=True, slots=True)
class Press:
    """A kind of plain text: rooms, style, the marks between pages, and what is done to the lines of a page."""

    rooms: dict[str, int]
    style: Style
    marks: tuple[str, ...] = ("\n\n\n\n", "\f")
    after: Callable[[Sheet, list[Page], random.Random], list[Page]] | None = None
    indents: tuple[str, ...] = ("",)  # before the parts of the money


def print_stream(filing: Filing, press: Press, rng: random.Random) -> str:
    """The text of a filing, its pages joined by the mark of this converter."""
    pages = [text_of(page) for page in pages_of_filing(filing, press, rng)]
    return rng.choice(("", "\n")) + rng.choice(press.marks).join(pages) + "\n"


def text_of(page: Page) -> str:
    """The text of a page, without the gap after its last line."""
    return "".join(line.text + line.gap for line in page).rstrip("\n ")


def pages_of_filing(filing: Filing, press: Press, rng: random.Random) -> Iterator[Page]:
    """The pages of all forms; a section's title opens the page of its first form."""
    rooms = {role: room + 2 * rng.randint(-1, 1) if role in FREE else room for role, room in press.rooms.items()}
    look = random_look(rng, rooms)
    style = replace(press.style, lines=press.style.lines + rng.randint(-14, 14))
    for section in filing["sections"]:
        title = section["title"]
        for form in section["forms"]:
            pages = pages_of_form(form, press, style, look, rng)
            head = (Line(title, "\n\n" if "\n\n" in style.row else "\n", -1),) if title else ()
            yield head + pages[0]
            yield from pages[1:]
            title = None


def pages_of_form(form: Filing, press: Press, style: Style, look: Look, rng: random.Random) -> list[Page]:
    """The pages of one form."""
    sheet = sheet_of(form, money_look(form, look))
    starts = late_heading(form, sheet, rng) if style.name_alone else ()
    pages = indented(sheet, pages_of(sheet, style, rng, starts), rng.choice(press.indents))
    return press.after(sheet, pages, rng) if press.after else pages


def indented(sheet: Sheet, pages: list[Page], indent: str) -> list[Page]:
    """The pages with an indent before the captions of the money's parts."""
    captions = ("其中：当年财政拨款", "上年结转资金", "其他资金")

    def text(line: Line) -> str:
        return indent + line.text if line.text in captions and sheet.rows[line.row].kind == "money" else line.text

    return [tuple(replace(line, text=text(line)) for line in page) for page in pages]


def money_look(form: Filing, look: Look) -> Look:
    """The look with the money as each form prints it: 92,764.00 and 120000."""
    return look if form["form"] == words.DECLARATION else replace(look, grouped=False, cents=False)


def late_heading(form: Filing, sheet: Sheet, rng: random.Random) -> Sequence[int]:
    """A row that begins a page and bears the headings of rows before the break, where the weights alone say whose they are."""
    sums = {
        level: sum(item["weight"] for item in form["indicators"] if item["level1"] == level) for level in NORMAL_WEIGHTS
    }
    if sums != NORMAL_WEIGHTS or rng.random() < 0.4:
        return ()
    found = []
    for label in sheet.labels:
        first_of_level1 = any(other.role == "level1" and other.first == label.first for other in sheet.labels)
        if (
            label.role == "level2"
            and first_of_level1
            and label.last - label.first >= 2
            and sheet.labels[3].first < label.first
        ):
            found.append(label.first + 1)
    return [rng.choice(found)] if found else ()


def relined(pages: list[Page], gap: Callable[[Line], str]) -> list[Page]:
    """The pages with the gap after each line chosen anew."""
    return [tuple(replace(line, gap=gap(line)) for line in page) for page in pages]


def random_blanks(_: Sheet, pages: list[Page], rng: random.Random) -> list[Page]:
    """Any number of blank lines between any two lines."""
    return relined(pages, lambda line: "\n" * rng.choice((1, 1, 1, 2, 2, 3)) if "\n" in line.gap else line.gap)


def no_blanks(_: Sheet, pages: list[Page], rng: random.Random) -> list[Page]:
    """No blank line anywhere."""
    return relined(pages, lambda line: "\n" if "\n" in line.gap else line.gap)


def cell_a_line(_: Sheet, pages: list[Page], rng: random.Random) -> list[Page]:
    """Each cell on its line; a blank line after each row, or none."""
    apart = rng.random() < 0.5
    return relined(pages, lambda line: "\n\n" if apart and line.gap == "\n\n" else "\n")


def runs_on(_: Sheet, pages: list[Page], rng: random.Random) -> list[Page]:
    """Many cells on a line with a blank between them."""
    return relined(pages, lambda line: "\n" if rng.random() < 0.12 or line.row < 2 else " ")


def broken_anywhere(sheet: Sheet, pages: list[Page], rng: random.Random) -> list[Page]:
    """Pages that end at any line; the header and the labels of the group that goes on stand again at the top."""
    lines = [line for page in pages for line in page]
    found: list[Page] = []
    start, header = 0, rng.random() < 0.6
    while start < len(lines):
        stop = min(len(lines), start + rng.randint(14, 40))
        stop = next((place for place in range(stop, len(lines)) if lines[place - 1].gap != " "), len(lines))
        again = repeated(sheet, lines[start], header) if start else ()
        found.append((*again, *lines[start:stop]))
        start = stop
    return found


def repeated(sheet: Sheet, line: Line, header: bool) -> Page:
    """What a page shows again before this line: the list's header row, and labels drawn on an earlier page."""
    if sheet.rows[line.row].kind != "item":
        return ()
    captions = next(row for row in sheet.rows if row.kind == "header")
    top = (Line(" ".join(cell.text.replace("\n", "") for cell in captions.cells), "\n\n", line.row),) if header else ()
    labels = sorted(
        (label for label in sheet.labels if label.first < line.row <= label.last), key=lambda label: label.column
    )
    return (*top, *(Line(label.text, "\n\n", line.row) for label in labels))


def loosely_wrapped(_: Sheet, pages: list[Page], rng: random.Random) -> list[Page]:
    """The end of a cut cell stands on a line of its own, or on the line of the cell that follows."""
    return relined(
        pages, lambda line: " " if line.ends and line.gap == "\n" and line.row > 1 and rng.random() < 0.4 else line.gap
    )


PRESSES = {
    "stream": Press(WIDE, STREAM, indents=("", "", "      ")),
    "stream-wrapped": Press(NARROW, WRAPPED, marks=("\n\n\n\n",)),
    "selfeval-stream": Press(
        EVALUATED, EVALUATION, marks=("\n ", "\n \n", "\f"), indents=("", "\xa0" * 4, "\xa0" * 16)
    ),
    "wrap-anywhere": Press(WIDE, Style(wraps="anywhere", label_inner="\n", repeats=True), after=loosely_wrapped),
    "page-anywhere": Press(
        NARROW | {"head-caption": 12},
        Style(label_inner="\n", lines=10_000),
        marks=("\n\n\n\n", "\f", "\n\f\n"),
        after=broken_anywhere,
    ),
    "one-cell-a-line": Press(WIDE, Style(wraps="none", repeats=True), marks=("\n", "\n\n", "\f"), after=cell_a_line),
    "run-on": Press(WIDE, Style(wraps="none"), marks=("\n", "\n\n", "\f"), after=runs_on),
    "blank-lines": Press(WIDE | {"name": 36}, STREAM, after=random_blanks),
    "label-after": Press(WIDE | {"level2": 20}, Style(labels="middle", lines=10_000)),
    "no-blank-lines": Press(
        WIDE | {"name": 36}, Style(repeats=True, label_inner="\n"), marks=("\n", "\f"), after=no_blanks
    ),
}
