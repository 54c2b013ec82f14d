"""Three files into one; what both sides changed differently stands on a sheet 冲突, and a person's choices are read back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xltool.diff import Patch, apply, diff
from xltool.diff.changes import CHANGED, REMOVED, Change
from xltool.diff.tree import Position
from xltool.filing import Filing
from xltool.jobs import changes, choosing, convert, reading, store
from xltool.jobs.choosing import Choice
from xltool.jobs.convert import KINDS
from xltool.jobs.in_place import apply_to_workbook
from xltool.jobs.into import Written
from xltool.jobs.kinds import XLSX
from xltool.jobs.reading import Forms, Read
from xltool.merge import Conflict, Merged, conflict_json, merge
from xltool.problems import Problem, ProblemError, problem
from xltool.surfaces import json_file


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a merge: the filing, the conflicts that nobody has decided, what there is to say of the workbook."""

    filing: Filing
    conflicts: tuple[Conflict, ...]
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the three files: its name, its bytes, what was read of it."""

    name: str
    data: bytes
    read: Read


def merge_files(words: Sequence[str], out: str, forms: Forms, resolve: str | None = None, force: bool = False) -> Result:
    """The merge of base, ours and theirs; it stands at ``out``, unless a person's choices leave a conflict undecided.

    Raises:
        ProblemError: where a file cannot be read, a choice cannot be understood, or nothing can be written.
    """
    changes.check_out(out, force, tuple(KINDS), words)
    sides = _read(words, forms)
    base, ours, theirs = (side.read.filing for side in sides)
    merged = merge(base, ours, theirs, forms)
    if resolve is None:
        return Result(merged.filing, merged.conflicts, _store(merged, sides[1], out, forms, force))
    named = changes.named(resolve)
    data = named.read()
    typed = replace(reading.read_bytes(data, named.name, forms).filing, source=merged.filing.source)
    result = resolved(merged, choosing.read(data, named.name, merged, forms), typed, forms)
    if result.conflicts:
        return result
    return replace(result, notes=_store(Merged(result.filing, ()), sides[1], out, forms, force))


def _read(words: Sequence[str], forms: Forms) -> list[_Side]:
    found: list[_Side] = []
    faults: list[Problem] = []
    for word in words:
        named = changes.named(word)
        try:
            data = named.read()
            found.append(_Side(named.name, data, reading.read_bytes(data, named.name, forms)))
        except ProblemError as error:
            faults.extend(error.problems)
    if faults:
        raise ProblemError(faults)
    return found


def _store(merged: Merged, ours: _Side, out: str, forms: Forms, force: bool) -> tuple[Problem, ...]:
    """What there is to say of the workbook; the merged filing stands at ``out``."""
    kind = KINDS[Path(out).suffix.lower()]
    written = _in_ours(merged, ours, out, forms) if kind == XLSX == ours.read.kind else Written(convert.render(merged.filing, forms, kind), ())
    data = written.data
    if kind == XLSX and merged.conflicts:
        data = choosing.offered(data, Path(out).name, merged, forms)
    store.store(Path(out), data, force)
    return written.notes


def _in_ours(merged: Merged, ours: _Side, out: str, forms: Forms) -> Written:
    """The user's own workbook with what the merge changes in it; where that cannot be, the official one, and why."""
    try:
        return apply_to_workbook(ours.data, ours.name, ours.read.filing, merged.filing, forms, out)
    except ProblemError as error:
        return Written(convert.render(merged.filing, forms, XLSX), (problem("merge-official", ours.name), *error.problems))


def resolved(merged: Merged, choices: Sequence[Choice | None], typed: Filing, forms: Forms) -> Result:
    """The merged filing with the choices made, one for each conflict (None: not made); ``typed`` is what the person made of the forms.

    A conflict whose cell the person has typed over in the form itself is decided by that.

    Raises:
        ProblemError: where a cell was typed over, and something else chosen for it; where one choice takes away what another fills in.
    """
    by_hand = diff(merged.filing, typed, forms)
    touched = {_spot(change) for change in by_hand.changes}
    made: list[tuple[Conflict, tuple[Change, ...]]] = []
    left: list[Conflict] = []
    for conflict, choice in zip(merged.conflicts, choices, strict=True):
        if choice is not None:
            made.append((conflict, _chosen(conflict, choice)))
        elif not _decided(conflict, touched):
            left.append(conflict)
    if faults := list(_gone(made)):
        raise ProblemError(faults)
    filing = apply(Patch(tuple(change for _, asked in made for change in asked)), merged.filing, forms)
    if by_hand:
        both = merge(merged.filing, filing, typed, forms)
        if both.conflicts:
            raise ProblemError([problem("merge-typed", "", what=choosing.words(one, forms)) for one in both.conflicts])
        filing = both.filing
    return Result(filing, tuple(left))


def _gone(made: Sequence[tuple[Conflict, tuple[Change, ...]]]) -> Iterator[Problem]:
    """What is chosen of a row or form that another choice takes away: both added it, and as it was there is none."""
    out = {_node(change): conflict.number for conflict, asked in made for change in asked if change.kind == REMOVED}
    for conflict, asked in made:
        for change in asked:
            number = out.get(_node(change)) or (out.get((None, "", change.entry.at)) if change.entry else None)
            if number and change.kind != REMOVED:
                yield problem("merge-gone", "", number=conflict.number, other=number)


def _node(change: Change) -> tuple[Position | None, str, Position]:
    return change.entry.at if change.entry else None, change.list, change.of.at


def _spot(change: Change) -> tuple[Position | None, str, Position, str]:
    return *_node(change), change.path


def _decided(conflict: Conflict, touched: set[tuple[Position | None, str, Position, str]]) -> bool:
    entry = conflict.entry.at if conflict.entry else None
    return any(spot[:3] == (entry, conflict.list, conflict.of.at) and (not conflict.path or spot[3] == conflict.path) for spot in touched)


def _chosen(conflict: Conflict, choice: Choice) -> tuple[Change, ...]:
    if choice.side:
        return conflict.choices[choice.side]
    return (Change(CHANGED, conflict.of, conflict.entry, conflict.list, conflict.path, choice.old, choice.typed),)




def conflicts_text(conflicts: Sequence[Conflict], forms: Forms) -> str:
    """The conflicts as JSON text."""
    return json_file.encode(conflict_json.to_json(conflicts, forms)) + "\n"
