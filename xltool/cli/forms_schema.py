"""``xltool forms schema FORM``: the JSON Schema of documents of a form."""

from __future__ import annotations

import json

import click

from xltool import schema
from xltool.cli import options
from xltool.cli.frame import command as spoken
from xltool.library import form_named, forms


@spoken("schema", "forms-schema", "forms-form")
@click.argument("form", metavar="FORM")
@options.mappings
def command(form: str, mappings: tuple[str, ...]) -> int:
    """0; the schema on stdout."""
    click.echo(json.dumps(schema.of_form(form_named(forms(mappings), form)), ensure_ascii=False, indent=2))
    return 0
