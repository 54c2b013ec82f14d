"""``xltool forms check FILE``: the proof of a mapping file."""

from __future__ import annotations

from pathlib import Path

import click

from xltool.cli import options, reports
from xltool.cli.frame import command as spoken
from xltool.cli.words import say
from xltool.jobs.prove import prove
from xltool.problems import Problem, ProblemError


@spoken("check", "forms-check", "forms-check-long")
@click.argument("files", metavar="FILE.yaml...", nargs=-1, required=True)
@click.option("--blank", metavar="WORKBOOK.xlsx", help=say("opt-blank"))
@options.as_json
@options.mappings
@options.budget
def command(files: tuple[str, ...], blank: str | None, as_json: bool, mappings: tuple[str, ...]) -> int:
    """1 where a mapping has faults, 2 where a file cannot be read, else 0."""
    found: list[Problem] = []
    unread: list[Problem] = []
    for file in files:
        try:
            form, faults = prove(Path(file), Path(blank) if blank else None, mappings)
        except ProblemError as error:
            unread.extend(error.problems)
            continue
        found.extend(faults)
        if not as_json:
            for one in faults:
                click.echo(one.text())
            if form and not faults:
                click.echo(say("forms-fine", file=file, form=form.id, fields=len(form.fields), lists=len(form.lists)))
    if as_json and len(unread) < len(files):
        click.echo(reports.problems_json(found))
    for one in unread:
        reports.talk(one.text())
    return 2 if unread else int(bool(found))
