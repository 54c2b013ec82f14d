"""``xltool rollup``: many sources into one 汇总表 in which no money counts twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from xltool import library
from xltool.budgets import current
from xltool.check import named as named_profile
from xltool.check import profiles
from xltool.cli import options, reports, rollup_data
from xltool.cli.frame import command as spoken
from xltool.cli.progress import Progress
from xltool.cli.words import say
from xltool.jobs import store
from xltool.jobs.check import read_waivers
from xltool.jobs.rollup.asked import decisions_of
from xltool.jobs.rollup.assembling import Assembled, residuals
from xltool.jobs.rollup.reading import Given
from xltool.jobs.rollup.run import Run, Wanted, without_earlier
from xltool.jobs.rollup.unit_list import units_of
from xltool.jobs.sources import find
from xltool.messages import language_of_user
from xltool.problems import Problem, ProblemError, problem
from xltool.rollup import draft
from xltool.rollup.decisions import NONE
from xltool.rollup.model import Register, Relation

NAMED = 10
"""Units that are on no list that are named; the workbook names all."""


@spoken("rollup", "rollup", "rollup-long", "rollup-decisions", "rollup-codes")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("-o", "--out", metavar="OUT.xlsx", required=True, help=say("opt-rollup-out"))
@click.option("--units", metavar="LIST", help=say("opt-units"))
@click.option("--unit", type=click.Choice(["元", "万元"]), default="元", help=say("opt-unit"))
@click.option("--no-forms", is_flag=True, help=say("opt-no-forms"))
@click.option("--stacked", is_flag=True, help=say("opt-rollup-stacked"))
@click.option("--no-check", is_flag=True, help=say("opt-no-check"))
@options.profile
@click.option("--waivers", metavar="FILE", help=say("opt-waivers"))
@click.option("--decisions", metavar="FILE.yaml", help=say("opt-decisions"))
@click.option("--write-decisions", metavar="FILE.yaml", help=say("opt-write-decisions"))
@options.jobs("opt-check-jobs")
@options.limits
@options.quiet
@options.as_json
@options.force
@options.mappings
@options.budget
def command(sources: tuple[str, ...], out: str, units: str | None, unit: str, no_forms: bool, stacked: bool, no_check: bool, profile: str | None, waivers: str | None, decisions: str | None, write_decisions: str | None, jobs: int | None, seconds: int | None, memory: int | None, quiet: bool, as_json: bool, force: bool, mappings: tuple[str, ...]) -> int:  # fmt: skip
    """2 where a source could not be read, 1 where a unit that was expected sent nothing, else 0."""
    # What is wrong with the profile, the decisions or the list is said before anything is read.
    named_profile(profile, mappings) if profile else profiles(mappings)
    wanted = Wanted(
        unit, not no_forms, stacked, not no_check and not stacked, profile or "", units_of(units, library.forms(mappings)) if units else None,
        decisions_of(decisions, decisions == write_decisions) if decisions else NONE, mappings, force, read_waivers(waivers) if waivers else (),
    )  # fmt: skip
    kept = current()
    named, missing = find(sources)
    if write_decisions and write_decisions != decisions:
        store.check_free(Path(write_decisions), force, store.identities(one.path for one in named))
    named = without_earlier(named, Path(out))
    if not named:
        raise ProblemError(missing or [problem("rollup-nothing", out)])
    progress = Progress(len(named))
    done: list[Given] = []

    def seen(given: Given) -> None:
        done.append(given)
        progress.at(len(done), named[given.number].shown)

    run = Run(named, Path(out), wanted, jobs, replace(kept, seconds=seconds or kept.seconds, memory=memory or kept.memory), seen)
    try:
        made = run.run()
    finally:
        progress.clear()
    if write_decisions:
        store.store(Path(write_decisions), draft(made.rollup.rows, made.rollup.relations, wanted.decisions).encode("utf-8"), force=True)
    return _told(made, missing, out, quiet, as_json)


def _told(made: Assembled, missing: Sequence[Problem], out: str, quiet: bool, as_json: bool) -> int:
    """The exit code, after what came of it was said."""
    if as_json:
        click.echo(rollup_data.text(made, missing, out))
    if not quiet:
        for line in _report(made, out):
            reports.talk(line)
    failed = [("", one) for one in missing]
    for source, given in zip(made.content.sources, made.given, strict=True):
        failed.extend((source.file, one) for one in (*given.problems, *given.unwritten))
    if failed:
        reports.talk(say("rollup-failed", count=len({source or one.place for source, one in failed})))
    reports.failures(failed)
    expected = made.rollup.expected
    return 2 if failed else int(bool(expected and expected.missing))


def _report(made: Assembled, out: str) -> Iterator[str]:
    rollup = made.rollup
    read = sum(source.read for source in made.content.sources)
    yield say("rollup-written", out=out, files=len(made.given), read=read, forms=len(rollup.rows))
    for source, given in zip(made.content.sources, made.given, strict=True):
        if given.blank:
            yield "  " + say("rollup-blank", source=source.file, count=len(given.blank), places=say("between").join(filter(None, given.blank))).rstrip("：: ")
    for register in rollup.registers:
        yield "  " + _register(register, made)
    counts = Counter((one.kind, _state(one)) for one in rollup.relations)
    for (kind, state), count in sorted(counts.items()):
        yield "  " + say("rollup-relations", kind=say(f"relation-{kind}"), state=say(f"relation-{state}"), count=count)
    if rollup.expected:
        expected = rollup.expected
        yield "  " + say("rollup-expected", came=len(expected.matched), missing=len(expected.missing), twice=len(expected.twice), more=len(expected.unexpected))
        yield from ("    " + say("rollup-missing", unit=name) for name in expected.missing)
        if expected.unexpected:
            names = [name or say("rollup-no-unit") for name in expected.unexpected]
            yield "    " + say("rollup-unlisted", units=say("between").join(names[:NAMED]) + "…" * (len(names) > NAMED))
        yield from ("    " + say("rollup-perhaps", unit=name, came=came) for name, came in expected.perhaps)
    yield from ("  " + say("rollup-unknown", relation=key) for key in rollup.unknown)
    yield from ("  " + say("rollup-unchosen", relation=key) for key in rollup.unchosen)
    yield from ("  " + line for table in made.balanced for line in residuals(table, rollup, language_of_user()))


def _register(register: Register, made: Assembled) -> str:
    rows = list(register.rows)
    gross, out, net = (made.content.total(rows, "amount", which) for which in ("gross", "eliminated", "net"))
    return say(
        "rollup-register", family=say(f"family-{register.family}"), year=register.year or "—", forms=register.total.forms, units=len(register.units),
        gross=f"{gross:,.2f}", out=f"{out:,.2f}", net=f"{net:,.2f}", unit=made.content.unit,
    )  # fmt: skip


def _state(one: Relation) -> str:
    return "taken" if one.obeyed else "rejected" if one.decided == "reject" else "doubtful"
