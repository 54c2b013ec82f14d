"""The report after a conversion: forms found, what was repaired, doubted and left over; and the reading line by line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Any

import click

from xltool.cli.words import say
from xltool.jobs.convert import Outcome
from xltool.jobs.findings import Findings, findings
from xltool.jobs.reading import Forms
from xltool.problems import Problem

SHOWN = {"leftover": 10, "doubts": 10, "repairs": 3}


def talk(text: str) -> None:
    """A line on stderr."""
    click.echo(text, err=True)


def report(outcome: Outcome, forms: Forms) -> Iterator[str]:
    """The lines of the report on one source that was read."""
    assert outcome.read
    filing = outcome.read.filing
    kinds = Counter(entry.title for entry in filing.entries)
    held = ", ".join(say("count-forms", count=count, form=form) for form, count in kinds.items()) or say("none")
    yield say("written" if outcome.out else "read", source=outcome.source, out=outcome.out, forms=held)
    yield from details(findings(filing, SHOWN, forms))


def details(found: Findings) -> Iterator[str]:
    """How much recovery found in a file, with the lines of it that were kept."""
    for key, count in found.counts.items():
        if not count:
            continue
        yield "  " + say(key, count=count)
        lines = found.of(key)
        yield from ("    " + line for line in lines)
        if count > len(lines):
            yield "    " + say("more", count=count - len(lines))


def explain(outcome: Outcome) -> Iterator[str]:
    """How each line of a text was read."""
    assert outcome.read
    if not outcome.read.traces:
        yield say("no-trace", source=outcome.source)
    for trace in outcome.read.traces:
        yield f"{trace.spot or trace.line:>5}  {trace.text} → {trace.where} · {trace.why}"


def failures(problems: Iterable[tuple[str, Problem]]) -> None:
    """Each problem on stderr, its place told from the source that the user named."""
    for source, one in problems:
        name = PurePath(source).name
        if not source or source in one.place:
            talk(one.text())
        elif name and one.place.startswith(name):
            talk(replace(one, place=source + one.place.removeprefix(name)).text())
        else:
            talk(replace(one, place=f"{source}: {one.place}" if one.place else source).text())


def as_data(outcome: Outcome, forms: Forms) -> dict[str, Any]:
    """One outcome for a program."""
    found: dict[str, Any] = {"source": outcome.source, "out": str(outcome.out) if outcome.out else None}
    if outcome.read:
        found |= {"forms": [entry.form for entry in outcome.read.filing.entries], **findings(outcome.read.filing, SHOWN, forms).counts}
    found["problems"] = problems_data(outcome.problems)
    found["notes"] = problems_data(outcome.notes)
    return found


def problems_data(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Problems for a program."""
    return [{"code": one.code, "place": one.place, "text": one.text()} for one in problems]


def problems_json(problems: Iterable[Problem]) -> str:
    """Problems as JSON text."""
    return json.dumps(problems_data(problems), ensure_ascii=False, indent=2)
