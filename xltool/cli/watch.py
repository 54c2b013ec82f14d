"""``xltool watch``: findings and differences of a folder's files as they are saved."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click

from xltool.check import ERROR, Finding
from xltool.cli import options, reports
from xltool.cli.differences import shown, total
from xltool.cli.frame import command as spoken
from xltool.cli.words import say
from xltool.jobs.reading import forms_of
from xltool.jobs.watch import Event, Watch
from xltool.places import Place
from xltool.problems import ProblemError

SHOWN = 20
"""Findings of a file that are shown; of more their number is."""


@spoken("watch", "watch", "watch-long", "watch-codes")
@click.argument("folder", metavar="FOLDER")
@click.option("--once", is_flag=True, help=say("opt-once"))
@click.option("--profile", metavar="NAME", default="", help=say("opt-watch-profile"))
@click.option("--waivers", metavar="FILE", help=say("opt-watch-waivers"))
@click.option("--interval", type=click.FloatRange(0.1, 3600), default=1.0, metavar="N", help=say("opt-interval"))
@options.mappings
@options.budget
def command(folder: str, once: bool, profile: str, waivers: str | None, interval: float, mappings: tuple[str, ...]) -> int:
    """With --once 2 where a file cannot be read, 1 where there are errors, else 0; without, it goes on until the user ends it."""
    watch = Watch(Path(folder), forms_of(mappings), mappings, profile, waivers)
    events = list(_told(watch, settled=True))
    if not once:
        reports.talk(say("watch-begun", folder=folder, count=len(watch.known)))
        _go_on(watch, interval)
    return 2 if any(one.problems for one in events) else int(any(found.counts and found.severity == ERROR for one in events for found, _ in one.found))


def _go_on(watch: Watch, interval: float) -> NoReturn:
    """Looks again and again; a folder that is away for a while (a network drive) is said once."""
    away = False
    while True:
        time.sleep(interval)
        try:
            for _ in _told(watch):
                pass
            away = False
        except ProblemError as error:
            for one in () if away else error.problems:
                reports.talk(one.text())
            away = True


def _told(watch: Watch, settled: bool = False) -> Iterator[Event]:
    """The events of a look, each after it was shown."""
    for event in watch.look(settled):
        for line in _lines(event, timed=not settled):
            click.echo(line)
        yield event


def _lines(event: Event, timed: bool) -> Iterator[str]:
    when = f"{datetime.now():%H:%M:%S} " if timed else ""
    if event.gone:
        yield f"{when}{event.source}{say('colon')}{say('watch-gone')}"
        return
    if event.problems:
        yield f"{when}{event.source}{say('colon')}{say('watch-unread')}"
        yield from (f"  {one.text()}" for one in event.problems)
        return
    said = [total(event.lines)] if event.lines else [say("watch-new")] if event.new else []
    accepted = [say("watch-accepted", count=event.accepted)] if event.accepted else []
    yield f"{when}{event.source}{say('colon')}" + say("and").join([*said, say("watch-findings", count=event.count), *accepted])
    yield from (f"  {line}" for line in shown(event.lines))
    yield from (f"  + {_finding(one, place)}" for one, place in event.found[:SHOWN])
    if len(event.found) > SHOWN:
        yield f"  … {say('watch-more', count=len(event.found) - SHOWN)}"
    yield from (f"  ✓ {say('watch-solved')} {_finding(one, None)}" for one in event.solved[:SHOWN])
    yield from (f"  ✓ {say('check-accepted', reason=one.accepted)} {_finding(one, None)}" for one in event.waived[:SHOWN])


def _finding(one: Finding, place: Place | None) -> str:
    """A finding on one line: how bad, where, what, what to do."""
    where = " · ".join(part for part in (place.shown if place else "", one.project, one.item, one.caption) if part)
    do = f"{say('and')}{one.do.text()}" if one.do.text() and place else ""
    return f"[{say(f'severity-{one.severity}')}] {where}: {one.what.text()}{do}"
