"""What became of a file that is watched, on the screen or as a line of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from xltool.check import Finding
from xltool.cli import reports
from xltool.cli.check_data import finding_data
from xltool.cli.check_table import Row, gathered, label, more
from xltool.cli.differences import shown, total
from xltool.cli.words import say
from xltool.diff.report import Line
from xltool.jobs.watch import Event
from xltool.messages import where
from xltool.places import Place

SHOWN = 20
"""Rows of findings of a file that are shown; of more their number is."""


def lines(event: Event, when: datetime | None) -> Iterator[str]:
    """The event on the screen; ``when`` it was seen, None in the first round."""
    head = f"{when:%H:%M:%S} {event.source}" if when else event.source
    if event.gone:
        yield f"{head}{say('colon')}{say('watch-gone')}"
        return
    if event.problems:
        yield f"{head}{say('colon')}{say('watch-unread')}"
        yield from (f"  {one.text()}" for one in event.problems)
        return
    said = [total(event.lines)] if event.lines else [say("watch-new")] if event.new else []
    accepted = [say("watch-accepted", count=event.accepted)] if event.accepted else []
    yield f"{head}{say('colon')}" + say("and").join([*said, say("watch-findings", count=event.count), *accepted])
    yield from (f"  {line}" for line in shown(event.lines))
    yield from _found([(one, place, where(place.shown) if place else one.path) for one, place in event.found])
    yield from (f"  ✓ {say('watch-solved')} {_finding(one, None)}" for one in event.solved[:SHOWN])
    yield from (f"  ✓ {say('check-accepted', reason=one.accepted)} {_finding(one, None)}" for one in event.waived[:SHOWN])


def _found(rows: list[Row]) -> Iterator[str]:
    """New findings, those that are alike in one row."""
    left = len(rows)
    for number, (row, others) in enumerate(gathered(rows)):
        if number == SHOWN:
            yield f"  … {say('watch-more', count=left)}"
            return
        left -= 1 + len(others)
        yield f"  + {_finding(row[0], row[1])} {more(row, others)}".rstrip()


def _finding(one: Finding, place: Place | None) -> str:
    """A finding on one line: how bad, where, what, what to do."""
    stands = " · ".join(part for part in (where(place.shown) if place else "", one.project, one.item, one.caption) if part)
    do = f"{say('and')}{one.do.text()}" if one.do.text() and place else ""
    return f"[{label(one)}] {stands}: {one.what.text()}{do}"


def in_json(event: Event, when: datetime | None) -> str:
    """The event as one line of JSON; docs/checks.md says what each key is."""
    state = "gone" if event.gone else "unread" if event.problems else "new" if event.new else "changed"
    said: dict[str, Any] = {"xltool-watch": 1, "time": when.isoformat(timespec="seconds") if when else None, "source": event.source, "state": state}
    said |= {
        "differences": [_difference(one) for one in event.lines],
        "found": [{"project": one.project} | finding_data(one, place) for one, place in event.found],
        "solved": [{"project": one.project} | finding_data(one, None) for one in event.solved],
        "accepted": [{"project": one.project} | finding_data(one, None) for one in event.waived],
        "totals": {"findings": event.count, "accepted": event.accepted},
        "problems": reports.problems_data(event.problems),
    }
    return json.dumps(said, ensure_ascii=False)


def _difference(one: Line) -> dict[str, Any]:
    return {
        "kind": one.kind, "form": one.entry, "number": one.at if one.at >= 0 else None, "path": one.path or None, "item": one.item or None,
        "caption": one.where or None, "old": one.old, "new": one.new, "notes": list(one.notes),
    }  # fmt: skip
