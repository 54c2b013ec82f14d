"""How a reading agrees with what went in: the score of the damage tests, made strict for surfaces that keep the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tests.damage.score import Score, Wrong, covered, doubts_of, entries, score
from xltool.canonical import differences, to_json
from xltool.filing import Filing
from xltool.form import Form


def agreement(truth: Filing, read: Filing, forms: Mapping[str, Form]) -> Score:
    """The score; a field that differs only in what the score overlooks (width of letters) is wrong too."""
    reading = to_json(read, forms)
    found = score(to_json(truth, forms), reading)
    missed = [path for path in differences(truth, read) if not any(_same(path, one.path) for one in found.wrong)]
    doubts = doubts_of(reading)
    extra = tuple(Wrong(path, "as written", "spelled otherwise", silent=not covered(path, doubts)) for path in missed)
    spoilt = {_form_of(path) for path in missed} - {_form_of(one.path) for one in found.wrong} - {""}
    return replace(found, exact=found.exact - len(spoilt), right=found.right - len(extra), wrong=found.wrong + extra)


def refused(truth: Filing, forms: Mapping[str, Form]) -> Score:
    """The score of a file that was refused: nothing is right, and the refusal names it all."""
    empty: dict[str, Any] = {"sections": [{"title": section.title, "forms": []} for section in truth.sections]}
    found = score(to_json(truth, forms), empty)
    return replace(found, wrong=tuple(replace(one, silent=False) for one in found.wrong))


def summed(scores: Sequence[Score]) -> Score:
    """All counts together."""
    return sum(scores, Score())


def forms_in(filing: Filing, forms: Mapping[str, Form]) -> int:
    """How many forms a filing has."""
    return len(entries(to_json(filing, forms)))


def _same(path: str, other: str) -> bool:
    return path == other or path.startswith((f"{other}.", f"{other}[")) or other.startswith((f"{path}.", f"{path}["))


def _form_of(path: str) -> str:
    return path.partition("].")[0] + "]" + path.partition("].")[2].partition("]")[0] if ".forms[" in path else ""
