"""``xltool template``: a blank form as a workbook."""

from __future__ import annotations

from pathlib import Path

import click

from xltool.cli import options, reports
from xltool.cli.frame import command as spoken
from xltool.cli.given import give
from xltool.cli.words import say
from xltool.jobs import blanks
from xltool.jobs.reading import forms_of
from xltool.library import form_named


@spoken("template", "template", "template-long")
@click.argument("form", metavar="FORM")
@click.option("-o", "--out", metavar="OUT.xlsx", required=True, help=say("opt-out-xlsx"))
@click.option("--rows", metavar="N", type=click.IntRange(1, 500), default=blanks.ROWS, show_default=True, help=say("opt-rows"))
@click.option("--from", "source", metavar="FILING", default="", help=say("opt-from"))
@options.force
@options.mappings
@options.budget
def command(form: str, out: str, rows: int, source: str, force: bool, mappings: tuple[str, ...]) -> int:
    """0 when the blank stands at OUT; what was changed to fit the form is told on stderr."""
    forms = forms_of(mappings)
    made = blanks.write(form_named(forms, form), None if out == "-" else Path(out), source, forms, rows, force)
    for note in made.notes:
        reports.talk(note.text())
    if out == "-":
        give(made.data)
    return 0
