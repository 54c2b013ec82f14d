"""``xltool watch``: findings and differences of a folder's files as they are saved."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click

from xltool.check import ERROR
from xltool.cli import options, reports
from xltool.cli.frame import command as spoken
from xltool.cli.watch_events import in_json, lines
from xltool.cli.words import say
from xltool.jobs.reading import forms_of
from xltool.jobs.watch import Event, Watch
from xltool.problems import ProblemError


@spoken("watch", "watch", "watch-long", "watch-codes")
@click.argument("folder", metavar="FOLDER")
@click.option("--once", is_flag=True, help=say("opt-once"))
@click.option("--profile", metavar="NAME|FILE", default="", help=say("opt-watch-profile"))
@click.option("--waivers", metavar="FILE", help=say("opt-watch-waivers"))
@click.option("--interval", type=click.FloatRange(0.1, 3600), default=1.0, metavar="N", help=say("opt-interval"))
@options.json_lines
@options.mappings
@options.budget
def command(folder: str, once: bool, profile: str, waivers: str | None, interval: float, as_json: bool, mappings: tuple[str, ...]) -> int:
    """With --once 2 where a file cannot be read, 1 where there are errors, else 0; without, it goes on until the user ends it."""
    watch = Watch(Path(folder), forms_of(mappings), mappings, profile, waivers)
    events = list(_told(watch, as_json, settled=True))
    if not once:
        reports.talk(say("watch-begun", folder=folder, count=len(watch.known)))
        _go_on(watch, interval, as_json)
    return 2 if any(one.problems for one in events) else int(any(found.counts and found.severity == ERROR for one in events for found, _ in one.found))


def _go_on(watch: Watch, interval: float, as_json: bool) -> NoReturn:
    """Looks again and again; a folder that is away for a while (a network drive) is said once."""
    away = False
    while True:
        time.sleep(interval)
        try:
            for _ in _told(watch, as_json):
                pass
            away = False
        except ProblemError as error:
            for one in () if away else error.problems:
                reports.talk(one.text())
            away = True


def _told(watch: Watch, as_json: bool, settled: bool = False) -> Iterator[Event]:
    """The events of a look, each after it was shown; those of the first round without a time, so that it says the same each time."""
    for event in watch.look(settled):
        when = None if settled else datetime.now()
        for line in [in_json(event, when)] if as_json else lines(event, when):
            click.echo(line)
        yield event
