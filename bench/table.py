"""What was measured, as a table for people or as JSON."""

from __future__ import annotations

import json
import platform
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict

from bench.rounds import Measured

HEAD = ("work", "against", "ms", "peer ms", "ratio", "first", "then", "reached")


def text(rows: Sequence[Measured]) -> str:
    """One line a row, columns aligned; numbers stand at the right."""
    lines = [HEAD, *map(_cells, rows)]
    sizes = [max(_width(line[at]) for line in lines) for at in range(len(HEAD))]
    drawn = ["  ".join(_padded(cell, sizes[at], at > 1) for at, cell in enumerate(line)).rstrip() for line in lines]
    return "\n".join([drawn[0], "-" * max(map(_width, drawn)), *drawn[1:]]) + "\n"


def as_json(rows: Sequence[Measured], counts: dict[str, int] | None = None) -> str:
    """The rows with the interpreter that ran them; ``counts`` are instructions by command."""
    found: dict[str, object] = {"python": platform.python_version(), "machine": platform.machine()}
    found["rows"] = [asdict(row) | {"name": row.name.strip(), "reached": row.reached} for row in rows]
    if counts:
        found["instructions"] = counts
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _cells(row: Measured) -> tuple[str, ...]:
    goals = [_goal(goal, row.faster) for goal in (row.first, row.then)]
    times = [f"{seconds * 1000:,.1f}" for seconds in (row.seconds, row.peer_seconds)]
    return (row.name, row.peer, *times, f"{row.ratio:.2f}" + "×" * row.faster, *goals, row.reached)


def _goal(goal: float | None, faster: bool) -> str:
    return "" if goal is None else f"{'≥' if faster else '≤'} {goal:g}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def _padded(text: str, size: int, right: bool) -> str:
    blanks = " " * (size - _width(text))
    return blanks + text if right else text + blanks
