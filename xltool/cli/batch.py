"""``xltool convert`` into a folder: the run, its table on the screen, its report for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from xltool.cli import reports
from xltool.cli.progress import Progress
from xltool.cli.words import say
from xltool.jobs import store
from xltool.jobs.batch import FAILED, UNCHANGED, Batch, Result, totals
from xltool.jobs.convert import Outcome
from xltool.jobs.reading import Forms, read_bytes
from xltool.picture import display_width, pad
from xltool.problems import Problem, ProblemError, problem

SIGNATURE = b'{\n  "xltool-report": 1,'
ROWS = 200
"""Rows that the table has at most before it leaves out files that nobody needs to look at."""
WIDE = 60
"""Columns of a file's name on the screen; of a longer one its end is shown."""
DETAILED = 20
"""Files up to which the table shows what was found in each."""


def convert_folder(run: Batch, missing: Sequence[Problem], forms: Forms, *, quiet: bool, as_json: bool, strict: bool, report: str | None, explain: bool = False) -> int:  # fmt: skip
    """2 where a source failed, 1 where ``strict`` finds doubts or leftovers, else 0."""
    if report:
        _check_free(Path(report))
    progress = Progress(len(run.tasks))
    done = 0

    def seen(result: Result) -> None:
        nonlocal done
        done += 1
        progress.at(done, result.source)

    run.seen = seen
    try:
        results = run.run()
    finally:
        progress.clear()
    if report:
        # A result may have come to stand there meanwhile.
        _check_free(Path(report))
        store.store(Path(report), _json(results, missing).encode("utf-8", "backslashreplace"), force=True)
    if as_json:
        click.echo(_json(results, missing), nl=False)
    if not quiet:
        for line in table(results, forms):
            reports.talk(line)
    for named in (task.named for task, result in zip(run.tasks, results, strict=True) if explain and result.state != FAILED):
        # What was read within the limits of its process is read again: a reading is too large to be handed over.
        click.echo(named.shown, err=as_json)
        for line in reports.explain(Outcome(named.shown, read_bytes(named.read(), named.name, forms))):
            click.echo(line, err=as_json)
    return _ended(results, missing, strict)


def _ended(results: Sequence[Result], missing: Sequence[Problem], strict: bool) -> int:
    """The exit code, after what failed was named."""
    failed = [("", one) for one in missing] + [(result.source, one) for result in results for one in result.problems]
    if failed and len(results) + len(missing) > 1:
        reports.talk(say("failed", count=len({source or one.place for source, one in failed})))
    reports.failures(failed)
    unsure = any(one.findings.doubts or one.findings.leftover for one in results if one.state != FAILED)
    return 2 if failed else int(strict and unsure)


def table(results: Sequence[Result], forms: Forms) -> Iterator[str]:
    """The table: a row a file, what was found in it where they are few, and the totals."""
    rows = [one for one in results if len(results) <= ROWS or _needs_a_look(one)]
    cells = [[say(f"head-{name}") for name in ("source", "kind", "forms", "repairs", "doubts", "leftover", "result")]]
    cells += [_cells(one, forms) for one in rows]
    sizes = [max(display_width(line[at]) for line in cells) for at in range(len(cells[0]))]
    yield _drawn(cells[0], sizes)
    for one, line in zip(rows, cells[1:], strict=True):
        yield _drawn(line, sizes)
        if len(results) <= DETAILED and one.state != FAILED:
            yield from reports.details(one.findings)
            yield from (f"  {note.text()}" for note in one.notes)
    if left_out := len(results) - len(rows):
        yield say("rows-left-out", count=left_out)
    yield say("totals", **totals(results))


def _needs_a_look(one: Result) -> bool:
    return one.state == FAILED or bool(one.findings.doubts or one.findings.leftover)


def _cells(one: Result, forms: Forms) -> list[str]:
    titles = Counter(forms[form].title for form in one.forms)
    gave = ", ".join(say("count-forms", count=count, form=title) for title, count in titles.items())
    counts = [str(one.findings.counts[key] or "") for key in ("repairs", "doubts", "leftover")]
    source = _end(one.source)
    if one.state == FAILED:
        return [source, one.kind, gave, *counts, say("state-failed")]
    return [source, one.kind, gave or say("none"), *counts, say("state-unchanged" if one.state == UNCHANGED else "state-written", out=_end(str(one.out)))]


def _end(name: str) -> str:
    """A name, or as much of its end as has room."""
    if display_width(name) <= WIDE:
        return name
    kept = name[-WIDE + 1 :]
    while display_width(kept) >= WIDE:
        kept = kept[1:]
    return f"…{kept}"


def _drawn(cells: Sequence[str], sizes: Sequence[int]) -> str:
    return "  ".join(pad(cell, size) for cell, size in zip(cells, sizes, strict=True)).rstrip()


def as_data(one: Result) -> dict[str, Any]:
    """One result for a program."""
    return {
        "source": one.source,
        "out": None if one.state == FAILED else str(one.out),
        "state": one.state,
        "kind": one.kind or None,
        "forms": list(one.forms),
        **one.findings.counts,
        "found": {key: one.findings.of(key) for key in ("repairs", "doubts", "leftover")},
        "problems": reports.problems_data(one.problems),
        "notes": reports.problems_data(one.notes),
    }


def _json(results: Sequence[Result], missing: Sequence[Problem]) -> str:
    """The report: files in the order of the sources, words that name nothing, totals."""
    said: Mapping[str, Any] = {
        "xltool-report": 1,
        "files": [as_data(one) for one in results],
        "missing": [one.place for one in missing],
        "totals": totals(results),
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _check_free(path: Path) -> None:
    """Refuses to replace a file that is no report of an earlier run.

    Raises:
        ProblemError: where such a file stands there.
    """
    if not path.exists():
        return
    try:
        with path.open("rb") as file:
            ours = file.read(len(SIGNATURE)) == SIGNATURE
    except OSError:
        ours = False
    if not ours:
        raise ProblemError(problem("report-exists", str(path)))
