"""``xltool forms show FORM``: the form drawn in the terminal."""

from __future__ import annotations

import shutil
import sys

import click

from xltool.cli import options
from xltool.cli.frame import command as spoken
from xltool.library import form_named, forms
from xltool.surfaces import terminal


@spoken("show", "forms-show", "forms-form")
@click.argument("form", metavar="FORM")
@options.mappings
def command(form: str, mappings: tuple[str, ...]) -> int:
    """0; the picture with its fields in braces, … at the rows that repeat; as narrow as the console."""
    found = form_named(forms(mappings), form)
    width = shutil.get_terminal_size((0, 0)).columns if sys.stdout.isatty() else 0
    click.echo(terminal.draw(found.layout, frozenset(block.row for block in found.blocks), width), nl=False)
    return 0
