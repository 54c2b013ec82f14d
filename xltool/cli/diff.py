"""``xltool diff``: what differs between two files, in the form's words."""

from __future__ import annotations

from collections.abc import Iterator

import click

from xltool.cli import options, reports
from xltool.cli.differences import shown, total
from xltool.cli.frame import command as spoken
from xltool.cli.words import say
from xltool.jobs import changes as job
from xltool.jobs import marked
from xltool.jobs.compare import Compared, Side, compare
from xltool.jobs.findings import findings
from xltool.jobs.reading import Forms, forms_of


@spoken("diff", "diff", "diff-long", "diff-codes")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--xlsx", metavar="OUT.xlsx", help=say("opt-diff-xlsx"))
@click.option("-q", "--quiet", is_flag=True, help=say("opt-diff-quiet"))
@options.as_json
@options.force
@options.mappings
@options.budget
def command(first: str, second: str, xlsx: str | None, quiet: bool, as_json: bool, force: bool, mappings: tuple[str, ...]) -> int:
    """1 where the files differ, else 0."""
    forms = forms_of(mappings)
    if xlsx:
        job.check_out(xlsx, force, (".xlsx", ".xlsm"), (first, second))
    found = compare(first, second, forms)
    if xlsx:
        marked.write(found, forms, xlsx, force)
    lines = found.lines(forms)
    for side in (found.first, found.second):
        unsure(side, forms)
    alone = [] if quiet else list(_alone(found))
    if as_json:
        click.echo(job.patch_bytes(found.patch, forms), nl=False)
        for line in alone:
            reports.talk(line)
    elif not quiet:
        click.echo(f"{found.first.shown} → {found.second.shown}{say('colon')}" + (total(lines) if lines else say("diff-same")))
        for line in (*alone, *shown(lines)):
            click.echo(line)
    return int(bool(found.patch))


def _alone(found: Compared) -> Iterator[str]:
    """A line for each file of a folder of which the other side has no form."""
    for side, names in zip((found.first, found.second), found.lone, strict=True):
        yield from (say("diff-alone", side=side.shown, file=name) for name in names if side.files)


def unsure(side: Side, forms: Forms) -> None:
    """Says of a side what recovery was not sure of: a difference may be one of reading."""
    found = findings(side.filing, reports.SHOWN, forms)
    if found.doubts or found.leftover:
        reports.talk(say("diff-unsure", source=side.shown, doubts=found.doubts, leftover=found.leftover))
