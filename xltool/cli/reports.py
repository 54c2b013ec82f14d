"""The report after a conversion: forms found, what was repaired, doubted and left over; and the reading line by line."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Any

import click

from xltool.cli.words import say
from xltool.filing import Filing, Source
from xltool.jobs.convert import Outcome
from xltool.problems import Problem

LONG = 80
# What recovery stands by matters less than what it is not sure of.
SHOWN = {"leftover": 10, "doubts": 10, "repairs": 3}


def talk(text: str) -> None:
    """A line on stderr."""
    click.echo(text, err=True)


def sources(filing: Filing) -> Iterator[tuple[str, Source]]:
    """The document's source and that of each entry, with the words a person finds the entry by."""
    yield "", filing.source
    for entry in filing.entries:
        name = entry.values.get("project.name")
        yield (name if isinstance(name, str) else entry.title), entry.source


def counts(filing: Filing) -> dict[str, int]:
    """How many repairs, doubts and leftovers there are."""
    found = [source for _, source in sources(filing)]
    return {
        "leftover": sum(len(one.leftover) for one in found),
        "doubts": sum(len(one.doubts) for one in found),
        "repairs": sum(len(one.repairs) for one in found),
    }


def report(outcome: Outcome) -> Iterator[str]:
    """The lines of the report on one source that was read."""
    assert outcome.read
    filing = outcome.read.filing
    kinds = Counter(entry.title for entry in filing.entries)
    forms = ", ".join(say("count-forms", count=count, form=form) for form, count in kinds.items()) or say("none")
    yield say("written" if outcome.out else "read", source=outcome.source, out=outcome.out, forms=forms)
    for key, count in counts(filing).items():
        if not count:
            continue
        yield "  " + say(key, count=count)
        lines = list(_details(filing, key))
        yield from ("    " + line for line in lines[: SHOWN[key]])
        if len(lines) > SHOWN[key]:
            yield "    " + say("more", count=len(lines) - SHOWN[key])


def _details(filing: Filing, key: str) -> Iterator[str]:
    for name, source in sources(filing):
        match key:
            case "repairs":
                yield from (_line(name, one.place, one.what) for one in source.repairs)
            case "doubts":
                yield from (_line(name, one.place, f"{one.path}: {one.why}") for one in source.doubts)
            case _:
                yield from (_line(name, one.place, one.text) for one in source.leftover)


def _line(name: str, place: str, text: str) -> str:
    text = text.replace("\n", " ")
    return " · ".join(part for part in (name, place, text if len(text) <= LONG else text[:LONG] + "…") if part)


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


def as_data(outcome: Outcome) -> dict[str, Any]:
    """One outcome for a program."""
    found: dict[str, Any] = {"source": outcome.source, "out": str(outcome.out) if outcome.out else None}
    if outcome.read:
        found |= {"forms": [entry.form for entry in outcome.read.filing.entries], **counts(outcome.read.filing)}
    found["problems"] = problems_data(outcome.problems)
    return found


def problems_data(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Problems for a program."""
    return [{"code": one.code, "place": one.place, "text": one.text()} for one in problems]


def problems_json(problems: Iterable[Problem]) -> str:
    """Problems as JSON text."""
    return json.dumps(problems_data(problems), ensure_ascii=False, indent=2)


class Progress:
    """A line on a terminal's stderr that says how far a long run is; elsewhere nothing."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.shown = total > 1 and sys.stderr.isatty()

    def at(self, number: int, name: str) -> None:
        """Now at this one."""
        if self.shown:
            sys.stderr.write(f"\r\x1b[K{number}/{self.total} {name[-50:]}")
            sys.stderr.flush()

    def clear(self) -> None:
        """The line is gone, so that others can be printed."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")
