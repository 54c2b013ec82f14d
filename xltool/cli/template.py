"""``xltool template``: a blank form as a workbook."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from xltool.cli import options
from xltool.cli.frame import command as spoken
from xltool.cli.words import say
from xltool.jobs import blanks
from xltool.jobs.convert import forms_of
from xltool.library import form_named


@spoken("template", "template", "template-long")
@click.argument("form", metavar="FORM")
@click.option("-o", "--out", metavar="OUT.xlsx", required=True, help=say("opt-out-xlsx"))
@click.option("--rows", type=click.IntRange(1, 500), default=blanks.ROWS, show_default=True, help=say("opt-rows"))
@options.force
@options.mappings
def command(form: str, out: str, rows: int, force: bool, mappings: tuple[str, ...]) -> int:
    """0 when the blank stands at OUT."""
    found = form_named(forms_of(mappings), form)
    if out == "-":
        sys.stdout.buffer.write(blanks.blank(found, rows))
        return 0
    blanks.write_blank(found, Path(out), rows, force)
    return 0
