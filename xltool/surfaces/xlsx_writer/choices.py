"""The hidden sheet that drop-downs take their words from: level ones, and under each its level twos."""

from __future__ import annotations

from xltool.form import Field, Form
from xltool.surfaces.xlsx_writer.book import Book
from xltool.surfaces.xlsx_writer.fields import down

CHOICES = "选项"
LEVEL_ONES = "层级"
"""The defined name of the level ones; ``层级.产出指标`` are the level twos of one."""


def write_choices(book: Book, form: Form) -> bool:
    """Adds the sheet with its defined names, where the form has a taxonomy; True where it has."""
    children = form.taxonomy.children
    if not children:
        return False
    sheet = book.add_worksheet(CHOICES)
    sheet.very_hidden()
    for column, (level1, below) in enumerate(children.items(), 1):
        sheet.write_string(column - 1, 0, level1)
        for row, level2 in enumerate(below):
            sheet.write_string(row, column, level2)
        if below:
            book.define_name(f"{LEVEL_ONES}.{level1}", f"={CHOICES}!{down(0, len(below) - 1, column)}")
    book.define_name(LEVEL_ONES, f"={CHOICES}!{down(0, len(children) - 1, 0)}")
    return True


def words(form: Form, one: Field) -> tuple[str, ...]:
    """The words that drop down in a field's cells: its choices, or the levels of the taxonomy."""
    ones, twos = (one.name in form.roles.get(role, ()) for role in ("level1", "level2"))
    children = form.taxonomy.children
    return tuple(children) if ones else tuple(name for below in children.values() for name in below) if twos else one.choices


def level_twos(level1: str, above: str, alone: bool = True) -> str:
    """The formula of the level twos that belong to a row: those of the last level one from ``above`` down to ``level1``,
    where its cell holds more than it (产出指标（50分）) of what stands before the bracket."""
    column = f"{above}:{level1}"
    last = f'LOOKUP(2,1/({column}<>""),{column})'
    name = last if alone else f'LEFT({last},FIND("（",SUBSTITUTE({last}&"（","(","（"))-1)'
    return f'=INDIRECT("{LEVEL_ONES}."&{name})'
