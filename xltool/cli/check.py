"""``xltool check``: what is wrong in filings, on the screen by form or as JSON."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from pathlib import Path

import click

from xltool import library
from xltool.check import ERROR, HINT, SEVERITIES, Waiver, named, profiles, worst
from xltool.cli import check_table, options, reports
from xltool.cli.check_data import as_data
from xltool.cli.frame import command as spoken
from xltool.cli.progress import Progress
from xltool.cli.words import say
from xltool.jobs import annotate, store
from xltool.jobs import check as job
from xltool.jobs.sources import Named, find
from xltool.problems import Problem

NAMED = 3
"""Projects of waivers that are named."""


@spoken("check", "check", "check-long", "check-codes")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@options.profile
@click.option("--severity", type=click.Choice(SEVERITIES), default=HINT, help=say("opt-severity"))
@click.option("--all", "every", is_flag=True, help=say("opt-all"))
@click.option("--waivers", "waivers_file", metavar="FILE", help=say("opt-waivers"))
@click.option("--write-waivers", metavar="FILE", help=say("opt-write-waivers"))
@click.option("--annotate", "annotated", metavar="OUT.xlsx", help=say("opt-annotate"))
@options.jobs("opt-check-jobs")
@options.as_json
@options.force
@options.mappings
@options.budget
def command(sources: tuple[str, ...], profile: str | None, severity: str, every: bool, waivers_file: str | None, write_waivers: str | None, annotated: str | None, jobs: int | None, as_json: bool, force: bool, mappings: tuple[str, ...]) -> int:  # fmt: skip
    """2 where a source could not be read, 1 where there are errors that nobody has accepted, else 0."""
    # What is wrong with the profile, the waivers or the mappings is said once, before anything is read.
    named(profile, mappings) if profile else profiles(mappings)
    waivers = job.read_waivers(waivers_file) if waivers_file else ()
    files, missing = find(sources)
    if write_waivers:
        store.check_free(Path(write_waivers), force, store.identities(one.path for one in files))
    copies = annotate.copies(files, annotated, force) if annotated and files else []
    found = _run(files, job.Wanted(profile or "", mappings, waivers), jobs)
    rules = {rule for each in (*profiles(mappings).values(), *([named(profile, mappings)] if profile else [])) for rule in each.rules}
    unused, elsewhere = job.unused_waivers(found, waivers), job.waivers_elsewhere(found, waivers)
    if write_waivers:
        # What was not checked, or only misspelled, is not gone: its reason is somebody's decision.
        job.write_waivers(write_waivers, found, [one for one in waivers if one not in unused or one.rule not in rules], force)
    # What is to be written stands before anything is said: who reads the answer may stop reading.
    written, unwritten = _annotate(copies, found, mappings, force)
    if as_json:
        click.echo(json.dumps(as_data(found, missing, unused, severity), ensure_ascii=False, indent=2))
    else:
        for line in check_table.table(found, severity, every):
            click.echo(line)
    for one in (*unused, *(one for one in elsewhere if one.rule not in rules)):
        reports.talk(_unused(one, rules))
    if others := [one for one in elsewhere if one.rule in rules]:
        names = list(dict.fromkeys(one.project or one.form for one in others))
        reports.talk(say("waivers-elsewhere", count=len(others), names=say("between").join(names[:NAMED]) + "…" * (len(names) > NAMED)))
    failed = [("", one) for one in missing] + [(report.source, one) for report in found for one in report.problems]
    failed += unwritten
    for line in written:
        reports.talk(line)
    if failed and len(files) + len(missing) > 1:
        reports.talk(say("check-failed", count=len({source or one.place for source, one in failed})))
    reports.failures(failed)
    return 2 if failed else int(any(worst(report.findings) == ERROR for report in found))


def _unused(waiver: Waiver, rules: Collection[str]) -> str:
    """Why a waiver accepts nothing: its rule is none, or what it was written for is gone."""
    if waiver.rule in rules:
        return say("waiver-unused", place=waiver.place, rule=waiver.rule, what=waiver.indicator or waiver.project or waiver.path or waiver.form or "—")
    return say("waiver-unknown", place=waiver.place, rule=waiver.rule, like=" / ".join(get_close_matches(waiver.rule, sorted(rules), 3, 0)))


def _annotate(copies: Sequence[annotate.Copy], found: Sequence[job.Report], mappings: tuple[str, ...], force: bool) -> tuple[list[str], list[tuple[str, Problem]]]:  # fmt: skip
    """What to say of the copies of the checked files into which the findings were written, and what failed."""
    written: list[str] = []
    failed: list[tuple[str, Problem]] = []
    forms = library.forms(mappings) if copies else {}
    for copy, report in zip(copies, found, strict=False):
        if report.problems:
            continue
        problems = annotate.run(copy, forms, report.findings, force)
        failed += [(report.source, one) for one in problems]
        if not problems:
            written.append(say("annotated", source=report.source, out=copy.out))
    return written, failed


def _run(files: Sequence[Named], wanted: job.Wanted, jobs: int | None) -> list[job.Report]:
    progress = Progress(len(files))
    done = 0

    def seen(report: job.Report) -> None:
        nonlocal done
        done += 1
        progress.at(done, report.source)

    try:
        return job.run(files, wanted, jobs, seen)
    finally:
        progress.clear()
