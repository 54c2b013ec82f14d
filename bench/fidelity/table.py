"""What was measured, as a table for people or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from bench.fidelity.rounds import Row
from bench.fidelity.surfaces import GOALS
from tests.damage.score import Score

HEADING = f"{'surface':31} {'forms':>5} {'exact':>7} {'fields':>7} {'right':>8} {'silent':>6} {'lost':>5} {'refused':>7} {'make s':>7} {'read s':>7}  goal"


def line(row: Row) -> str:
    """A surface's line."""
    if row.left_out:
        return f"{row.surface.name:31} left out: {row.left_out}"
    reached = f"{GOALS[row.surface.goal]}: {'reached' if row.reached else 'NO'}"
    return f"{row.surface.name:31} {_counts(row.total)} {row.lost:5} {row.refusals:7} {row.made:7.1f} {row.read:7.1f}  {reached}"


def by_form(row: Row, asked: bool) -> Iterator[str]:
    """A line for each form, if they are asked for."""
    for form in dict.fromkeys(one.form for one in row.results if asked):
        mine = Row(row.surface, [one for one in row.results if one.form == form])
        yield f"    {form:27} {_counts(mine.total)} {mine.lost:5} {mine.refusals:7}"


def shown(row: Row, most: int) -> Iterator[str]:
    """The first refusals and wrong fields."""
    for one in [one for one in row.results if one.refusal][:most]:
        yield f"      {one.case} refused: {one.refusal}"
    gone = {(one.case, path) for one in row.results for path in one.lost}
    for case, wrong in list(row.wrong())[:most]:
        kind = ("SILENT" if wrong.silent else "doubt") + (" lost" if (case, wrong.path) in gone else "")
        yield f"      {case} {kind} {wrong.path}: true {wrong.true!r}, read {wrong.read!r}"


def as_json(rows: Sequence[Row]) -> str:
    """The rows for programs."""
    return json.dumps([_fields(row) for row in rows], ensure_ascii=False, indent=2) + "\n"


def _fields(row: Row) -> dict[str, object]:
    total = row.total
    return {
        "surface": row.surface.name, "goal": row.surface.goal, "left_out": row.left_out, "reached": row.reached and not row.left_out,
        "forms": total.forms, "exact": total.exact, "fields": total.fields, "right": total.right,
        "silent": len(total.silent), "lost": row.lost, "refused": row.refusals, "make_seconds": round(row.made, 2), "read_seconds": round(row.read, 2),
    }  # fmt: skip


def _counts(total: Score) -> str:
    exact, right = total.exact / max(1, total.forms), total.right / max(1, total.fields)
    return f"{total.forms:5} {exact:7.1%} {total.fields:7} {right:8.2%} {len(total.silent):6}"
