"""``xltool draft``: a first mapping from an official blank."""

from __future__ import annotations

from pathlib import Path

import click

from xltool.cli import options, reports
from xltool.cli.frame import command as spoken
from xltool.cli.words import say
from xltool.jobs import draft
from xltool.jobs.reading import forms_of


@spoken("draft", "draft", "draft-long", "draft-codes")
@click.argument("blank", metavar="BLANK.xlsx")
@click.option("-o", "--out", metavar="FORM.yaml", help=say("opt-out-yaml"))
@click.option("--form", "form_id", metavar="ID", default="", help=say("opt-form-id"))
@click.option("--sheet", metavar="NAME", default="", help=say("opt-sheet"))
@options.force
@options.mappings
@options.budget
def command(blank: str, out: str | None, form_id: str, sheet: str, force: bool, mappings: tuple[str, ...]) -> int:
    """0 where the draft agrees with the blank, 1 where a person must mend it first."""
    path = Path(out) if out and out != "-" else None
    made = draft.write(blank, path, forms_of(mappings), sheet, form_id, force)
    if path is None:
        click.echo(made.draft.text, nl=False)
    reports.talk(say("draft-unsure", count=len(made.draft.unsure)))
    for line in made.draft.unsure if path else ():
        reports.talk(f"  {line}")
    for fault in made.faults:
        reports.talk(fault.text())
    return int(bool(made.faults))
