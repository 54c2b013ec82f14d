"""``xltool forms check FILE``: the proof of a mapping file."""

from __future__ import annotations

from pathlib import Path

import click

from xltool.cli import options, reports
from xltool.cli.frame import command as spoken
from xltool.cli.words import say
from xltool.jobs.prove import prove


@spoken("check", "forms-check", "forms-check-long")
@click.argument("file", metavar="FILE.yaml")
@click.option("--blank", metavar="WORKBOOK.xlsx", help=say("opt-blank"))
@options.as_json
@options.mappings
@options.budget
def command(file: str, blank: str | None, as_json: bool, mappings: tuple[str, ...]) -> int:
    """1 where the mapping has faults, else 0."""
    form, faults = prove(Path(file), Path(blank) if blank else None, mappings)
    if as_json:
        click.echo(reports.problems_json(faults))
    else:
        for one in faults:
            click.echo(one.text())
        if form and not faults:
            click.echo(say("forms-fine", file=file, form=form.id, fields=len(form.fields), lists=len(form.lists)))
    return int(bool(faults))
