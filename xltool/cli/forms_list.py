"""``xltool forms list``: the forms that are known."""

from __future__ import annotations

import json

import click

from xltool.cli import options
from xltool.cli.frame import command as spoken
from xltool.library import forms
from xltool.picture import pad


@spoken("list", "forms-list")
@options.as_json
@options.mappings
def command(as_json: bool, mappings: tuple[str, ...]) -> int:
    """0; one form a line: its id and what it is."""
    known = forms(mappings).values()
    if as_json:
        listed = [{"form": one.id, "title": one.title, "about": one.about, "version": one.version, "mapping": one.place} for one in known]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return 0
    width = max(len(one.id) for one in known)
    for one in known:
        click.echo(f"{pad(one.id, width)}  {one.about or one.title}")
    return 0
