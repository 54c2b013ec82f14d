"""``xltool forms show FORM``: the form drawn in the terminal."""

from __future__ import annotations

import click

from xltool.cli import options
from xltool.cli.frame import command as spoken
from xltool.library import form_named, forms
from xltool.surfaces import terminal


@spoken("show", "forms-show", "forms-form")
@click.argument("form", metavar="FORM")
@options.mappings
def command(form: str, mappings: tuple[str, ...]) -> int:
    """0; the picture with its fields in braces, … at the rows that repeat."""
    found = form_named(forms(mappings), form)
    click.echo(terminal.draw(found.layout, frozenset(block.row for block in found.blocks)), nl=False)
    return 0
