"""``xltool apply``: a patch applied to a file."""

from __future__ import annotations

import click

from xltool.cli import options, reports
from xltool.cli.frame import command as spoken
from xltool.cli.given import give
from xltool.cli.words import say
from xltool.jobs import changes as job
from xltool.jobs.reading import forms_of
from xltool.jobs.sources import STDIN


@spoken("apply", "apply", "apply-long", "apply-codes")
@click.argument("patch", metavar="PATCH")
@click.argument("file", metavar="FILE")
@click.option("-o", "--out", metavar="OUT", help=say("opt-apply-out"))
@options.force
@options.mappings
@options.budget
def command(patch: str, file: str, out: str | None, force: bool, mappings: tuple[str, ...]) -> int:
    """0 when the file with the patch applied stands at OUT."""
    written = job.apply_file(patch, file, out, forms_of(mappings), force)
    for note in written.notes:
        reports.talk(note.text())
    if out in (None, STDIN):
        give(written.data)
    return 0
