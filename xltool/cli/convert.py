"""``xltool convert``: any readable kind into .xlsx or .json."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from xltool.budgets import current
from xltool.cli import options, reports
from xltool.cli.batch import convert_folder
from xltool.cli.frame import command as spoken
from xltool.cli.given import give
from xltool.cli.progress import Progress
from xltool.cli.words import say
from xltool.jobs import convert as job
from xltool.jobs.batch import Batch
from xltool.jobs.findings import findings
from xltool.jobs.reading import Forms, forms_of
from xltool.jobs.stored import for_importer
from xltool.problems import Problem, ProblemError, problem


@spoken("convert", "convert", "convert-long", "convert-batch", "convert-codes")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("-o", "--out", metavar="OUT", help=say("opt-out"))
@click.option("--to", type=click.Choice(["xlsx", "json"]), help=say("opt-to"))
@click.option("--stacked", is_flag=True, help=say("opt-stacked"))
@click.option("--into", metavar="BLANK.xlsx", help=say("opt-into"))
@click.option("--for", "importer", metavar="NAME", default="", help=say("opt-for"))
@click.option("--against", metavar="FILE", help=say("opt-against"))
@click.option("--explain", is_flag=True, help=say("opt-explain"))
@click.option("--debug-image", metavar="OUT.png", help=say("opt-debug-image"))
@click.option("--strict", is_flag=True, help=say("opt-strict"))
@click.option("--report", metavar="FILE.json", help=say("opt-report"))
@options.jobs("opt-jobs")
@options.limits
@options.quiet
@options.as_json
@options.force
@options.mappings
@options.budget
def command(sources: tuple[str, ...], out: str | None, to: str | None, stacked: bool, into: str | None, importer: str, against: str | None, explain: bool, debug_image: str | None, strict: bool, report: str | None, jobs: int | None, seconds: int | None, memory: int | None, quiet: bool, as_json: bool, force: bool, mappings: tuple[str, ...]) -> int:  # fmt: skip
    """2 where a source failed, 1 where --strict finds doubts or leftovers, else 0."""
    forms = forms_of(mappings)
    wanted = job.Wanted(to, stacked, force, job.blank_of(into, stacked, to) if into else None, *for_importer(importer, against, mappings, forms, bool(into)))
    tasks, missing = job.plan(sources, out, wanted, [one for one in (into, against) if one])
    if debug_image:
        job.debug_image(sources, Path(debug_image), force)
    if out and tasks and job.into_folder(sources, out, wanted):
        run = Batch(tasks, Path(out), mappings, jobs, replace(kept := current(), seconds=seconds or kept.seconds, memory=memory or kept.memory))
        return convert_folder(run, missing, forms, quiet=quiet, as_json=as_json, strict=strict, report=report, explain=explain)
    if tasks and any(one is not None for one in (report, jobs, seconds, memory)):
        raise ProblemError(problem("report-folder"))
    progress = Progress(len(tasks))
    failed: list[tuple[str, Problem]] = [("", one) for one in missing]
    said = []
    unsure = False
    for number, task in enumerate(tasks, start=1):
        progress.at(number, task.named.shown)
        outcome = job.run(task, forms)
        progress.clear()
        failed.extend((outcome.source, one) for one in outcome.problems)
        said.append(reports.as_data(outcome, forms))
        if outcome.problems:
            continue
        assert outcome.read
        found = findings(outcome.read.filing, reports.SHOWN, forms)
        unsure = unsure or bool(found.doubts or found.leftover or (wanted.importer and outcome.notes))
        _show(outcome, forms, explain, quiet, as_json)
    if as_json:
        click.echo(json.dumps({"files": said, "missing": [one.place for one in missing]}, ensure_ascii=False, indent=2))
    if failed and len(tasks) + len(missing) > 1:
        reports.talk(say("failed", count=len({source or one.place for source, one in failed})))
    reports.failures(failed)
    return 2 if failed else int(strict and unsure)


def _show(outcome: job.Outcome, forms: Forms, explain: bool, quiet: bool, as_json: bool) -> None:
    """One source that was converted: its reading or, without a file to write, its bytes on stdout; the report on stderr.

    The reading gives way to data on stdout: it then stands on stderr.
    """
    if explain:
        for line in reports.explain(outcome):
            click.echo(line, err=as_json)
    if outcome.out is None and not (as_json or explain):
        give(outcome.data)
    if not quiet:
        for line in reports.report(outcome, forms):
            reports.talk(line)
        for note in outcome.notes:
            reports.talk(f"  {note.text()}")
