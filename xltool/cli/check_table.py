"""Findings on the screen: file by file, form by form, a row for each; hints of one kind, and findings of the same words, share one."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xltool.check import HINT, SEVERITIES, UNKNOWN, Finding, counted
from xltool.cli.words import say
from xltool.jobs.check import Checked, Report
from xltool.messages import where
from xltool.picture import display_width, pad
from xltool.places import PATH, SHEET, Place

FOLD = 3
"""Hints of one rule in one form, or findings of the same words, from which they share a row."""
NAMED = 3
"""Of hints in one row, how many more are named."""
PLACES = 12
"""Of graver findings in one row, how many more places are named; cells below each other are one."""
FEW = 20
"""Files up to which one without findings is named too."""
SHEET_NAME = 20
"""Columns of a sheet's name that every row repeats; a longer one stands above the rows alone."""
FIELD = 34
"""Columns of a field's words; of longer ones the beginning is shown."""
NARROW, USUAL, WIDE = 80, 132, 200
"""Columns of the screen: no fewer, where there is no screen, and no more."""
INDENT = "    "


Row = tuple[Finding, Place | None, str]
"""A finding, where it stands, and how its row calls that."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: how grave, where, what field, and the text that is wrapped."""

    label: str
    place: str
    field: str
    text: str


def table(found: Sequence[Report], severity: str, every: bool) -> Iterator[str]:
    """The lines of the table, and the totals where there are several files."""
    read = [one for one in found if not one.problems]
    kept = SEVERITIES[: SEVERITIES.index(severity) + 1]
    shown = [one for one in read if len(read) <= FEW or any(finding.severity in kept and (every or not finding.accepted) for finding in one.findings)]
    for number, report in enumerate(shown):
        if number:
            yield ""
        yield from _file(report, severity, every)
    if len(found) > 1:
        yield ""
        if quiet := len(read) - len(shown):
            yield say("check-quiet", count=quiet)
        yield say("check-totals", **totals(found))


def totals(found: Sequence[Report]) -> dict[str, int]:
    """How many files and forms there are, findings of each severity, and those that nobody can tell or that were accepted."""
    findings = [one for report in found for one in report.findings]
    return {
        "files": len(found),
        "failed": sum(bool(report.problems) for report in found),
        "forms": sum(len(report.entries) for report in found),
        **counted(findings),
        "unknown": sum(one.answer == UNKNOWN and not one.accepted for one in findings),
        "accepted": sum(bool(one.accepted) for one in findings),
    }


def _file(report: Report, severity: str, every: bool) -> Iterator[str]:
    yield say("check-file", source=report.source, count=len(report.entries), found=_counts(report.findings))
    if report.doubts or report.leftover:
        yield INDENT + say("check-doubts", doubts=report.doubts, leftover=report.leftover)
    kept = SEVERITIES[: SEVERITIES.index(severity) + 1]
    for number, entry in enumerate(report.entries):
        here = [(one, place) for one, place in zip(report.findings, report.places, strict=True) if one.entry == number]
        shown = [(one, place) for one, place in here if one.severity in kept and (every or not one.accepted)]
        if shown:
            # A sheet is often called like the form or the project on it.
            names = " · ".join(dict.fromkeys(filter(None, (entry.project, entry.title, _stands(entry)))))
            yield f"  {number + 1}. {names}  {_counts([one for one, _ in here])}"
            if entry.blank and not every:
                yield INDENT + say("check-blank", count=len(shown))
                continue
            yield from _drawn(list(_lines([(one, place, _shown(one, place, entry)) for one, place in shown], every)))


def _stands(entry: Checked) -> str:
    place = entry.place
    return str(place.where) if place is not None and place.kind in (SHEET, PATH) else ""


def _counts(findings: Sequence[Finding]) -> str:
    """«错误 1  警告 2», or that nothing was found."""
    numbers = {**counted(findings), "unknown": sum(one.answer == UNKNOWN and not one.accepted for one in findings), "accepted": sum(bool(one.accepted) for one in findings)}
    return "  ".join(f"{say(f'severity-{name}')} {number}" for name, number in numbers.items() if number) or say("check-nothing")


def _lines(found: Sequence[Row], every: bool) -> Iterator[Line]:
    """The rows of one form: the gravest first, in the order of the form; findings that are alike and many in one row."""
    ranked = sorted(found, key=lambda one: (one[0].answer == UNKNOWN, SEVERITIES.index(one[0].severity)))
    for row, others in ((row, ()) for row in ranked) if every else gathered(ranked):
        yield Line(label(row[0]), row[2], _words(row[0]), f"{_text(row[0])} {more(row, others)}".rstrip())


def gathered(found: Sequence[Row]) -> Iterator[tuple[Row, Sequence[Row]]]:
    """Each row of findings: the first of those that share it, and the others."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in found:
        groups.setdefault(_alike(row[0]), []).append(row)
    for row in found:
        alike = groups[_alike(row[0])]
        if len(alike) < FOLD:
            yield row, ()
        elif row is alike[0]:
            yield row, alike[1:]


def more(first: Row, others: Sequence[Row]) -> str:
    """How many more findings share a row with the first, and where they stand; nothing where there are none."""
    if not others:
        return ""
    return say("check-more", count=len(others), rest=_named(others) if first[0].severity == HINT else _standing(first, others))


def _alike(one: Finding) -> tuple[object, ...]:
    """What findings that share a row have in common: hints of one form their rule, graver ones every word."""
    words = () if one.severity == HINT else (one.what.text(), one.do.text(), one.accepted)
    return one.entry, one.rule, one.answer, one.severity, *words


def _named(rows: Sequence[Row]) -> str:
    """The first of some findings, each with its place and the form's words."""
    return "、".join(f"{shown} {one.item or one.caption}".strip() for one, _, shown in rows[:NAMED]) + "…" * (len(rows) > NAMED)


def _standing(first: Row, others: Sequence[Row]) -> str:
    """The places of some findings: on the first one's sheet the cells alone, those right below each other as first and last."""
    runs: list[list[Row]] = []
    for row in others:
        if runs and _below(runs[-1][-1][1], row[1]):
            runs[-1].append(row)
        else:
            runs.append([row])
    ends = ["—".join(dict.fromkeys(_cell(first[1], row) for row in (run[0], run[-1]))) for run in runs[:PLACES]]
    return "、".join(ends) + "…" * (len(runs) > PLACES)


def _cell(beside: Place | None, row: Row) -> str:
    """The place of a finding, the cell alone where it is on the same sheet as another."""
    _, place, shown = row
    return place.address if place and beside and place.kind == SHEET and place.where == beside.where else shown


def _below(upper: Place | None, lower: Place | None) -> bool:
    """True where one cell of a sheet stands right below the other."""
    return bool(upper and lower and upper.kind == lower.kind == SHEET and (upper.where, upper.column, upper.last_row + 1) == (lower.where, lower.column, lower.row))


def _shown(one: Finding, place: Place | None, entry: Checked) -> str:
    """The place as it is shown in the rows of a form: a path inside it, where the file is JSON; the cell alone on a sheet of a long name."""
    if place is None or place.kind == PATH:
        return one.path
    return place.address if place.kind == SHEET and str(place.where) == _stands(entry) and display_width(_stands(entry)) > SHEET_NAME else where(place.shown)


def label(one: Finding) -> str:
    """How grave a finding is, in a word: that of its severity, or that it is accepted, or that nobody can tell."""
    return say("severity-accepted") if one.accepted else say("severity-unknown") if one.answer == UNKNOWN else say(f"severity-{one.severity}")


def _words(one: Finding) -> str:
    """The form's own words: the indicator and its column, or the field."""
    return f"{one.item} · {one.caption}" if one.item else one.caption


def _text(one: Finding) -> str:
    accepted = say("check-accepted", reason=one.accepted) + " " if one.accepted else ""
    return f"{accepted}{one.what.text()} → {one.do.text()} [{one.rule}]"


def _drawn(lines: Sequence[Line]) -> Iterator[str]:
    cells = [(one.label, one.place, _cut(one.field)) for one in lines]
    sizes = [max(display_width(row[at]) for row in cells) for at in range(3)]
    head = sum(sizes) + 2 * len(sizes) + len(INDENT)
    room = max(_screen() - head, NARROW // 2)
    for row, line in zip(cells, lines, strict=True):
        first, *rest = wrapped(line.text, room)
        yield INDENT + "  ".join(pad(cell, size) for cell, size in zip(row, sizes, strict=True)) + "  " + first
        yield from (" " * head + one for one in rest)


def _screen() -> int:
    columns = shutil.get_terminal_size((USUAL, 0)).columns if sys.stdout.isatty() else USUAL
    return min(max(columns, NARROW), WIDE)


def _cut(text: str) -> str:
    """As much of a text as has room."""
    text = " ".join(text.split())
    if display_width(text) <= FIELD:
        return text
    while display_width(text) >= FIELD:
        text = text[:-1]
    return text + "…"


def wrapped(text: str, room: int) -> list[str]:
    """The text in lines of no more columns than there is room; Latin words stay whole where they can, no line begins with a mark that ends one."""
    lines, line = [], ""
    for word in _words_of(" ".join(text.split())):
        if display_width(line + word.rstrip()) > room and line and word not in _CLOSING:
            lines.append(line.rstrip())
            line = ""
        line += word if line or word != " " else ""
        while display_width(line) > room + 4:
            at = next(at for at in range(len(line), 0, -1) if display_width(line[:at]) <= room)
            lines.append(line[:at])
            line = line[at:]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


_CLOSING = frozenset("，。；：、”）》！？…")


def _words_of(text: str) -> Iterator[str]:
    """Wide characters one by one, the rest word by word."""
    word = ""
    for one in text:
        if display_width(one) > 1 or one == " " or one in _CLOSING:
            if word:
                yield word
                word = ""
            yield one
        else:
            word += one
    if word:
        yield word
