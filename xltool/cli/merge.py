"""``xltool merge``: what two persons made of one filing, in one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from xltool.cli import options, reports
from xltool.cli.frame import command as spoken
from xltool.cli.words import say
from xltool.jobs import merging as job
from xltool.jobs.reading import Forms, forms_of
from xltool.merge.report import ConflictLine, report


@spoken("merge", "merge", "merge-long", "merge-codes")
@click.argument("base", metavar="BASE")
@click.argument("ours", metavar="OURS")
@click.argument("theirs", metavar="THEIRS")
@click.option("-o", "--out", metavar="OUT", required=True, help=say("opt-merge-out"))
@click.option("--resolve", metavar="FILE.xlsx", help=say("opt-resolve"))
@options.quiet
@options.as_json
@options.force
@options.mappings
@options.budget
def command(base: str, ours: str, theirs: str, out: str, resolve: str | None, quiet: bool, as_json: bool, force: bool, mappings: tuple[str, ...]) -> int:
    """1 where there are conflicts that nobody has decided, else 0."""
    forms = forms_of(mappings)
    found = job.merge_files((base, ours, theirs), out, forms, resolve, force)
    if as_json:
        click.echo(job.conflicts_text(found.conflicts, forms), nl=False)
    elif not quiet:
        for line in _lines(found, out, bool(resolve), forms):
            click.echo(line)
    for note in found.notes:
        reports.talk(note.text())
    return int(bool(found.conflicts))


def _lines(found: job.Result, out: str, resolving: bool, forms: Forms) -> Iterator[str]:
    count = len(found.conflicts)
    if not count:
        yield say("merge-done", out=out)
        return
    offered = "merge-conflicts" if Path(out).suffix.lower() == ".xlsx" else "merge-conflicts-json"
    yield say("merge-left" if resolving else offered, out=out, count=count)
    yield from _shown(report(found.conflicts, found.filing, forms))


def _shown(lines: Sequence[ConflictLine]) -> Iterator[str]:
    """Each conflict with its three values."""
    for line in lines:
        yield f"  {line.number}  " + " · ".join(one for one in (line.entry, line.item, line.where) if one)
        for name in ("base", "ours", "theirs"):
            yield f"       {say(f'merge-{name}')}  {getattr(line, name)}".replace("\n", "↵")
