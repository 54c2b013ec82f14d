"""Why a filing does not survive a workbook: values that no cell shows, each named by its path with what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from xltool.filing import Entry, Filing, Scalar
from xltool.problems import Problem, problem
from xltool.recovery.grid_markup import plain_text
from xltool.values import Value

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def lost(filing: Filing, differing: Sequence[str]) -> list[Problem]:
    """A problem for each value at (or below) a path that differed which is known not to survive."""
    found = (one for number, section in enumerate(filing.sections) for at, entry in enumerate(section.entries) for one in _in_entry(entry, f"sections[{number}].forms[{at}]"))
    return [problem(code, "", path=path) for code, path in found if any(_at_or_below(path, one) for one in differing)]


def _at_or_below(path: str, above: str) -> bool:
    return path == above or path.startswith((f"{above}.", f"{above}["))


def _in_entry(entry: Entry, path: str) -> Iterator[tuple[str, str]]:
    yield from _in_values(entry.values, path)
    for name, items in entry.lists.items():
        for at, item in enumerate(items):
            if all(value is None for value in item.values()):
                # Empty rows are what an official blank has below its list: no reader takes one for an item.
                yield "workbook-item", f"{path}.{name}[{at}]"
            yield from _in_values(item, f"{path}.{name}[{at}]")


def _in_values(values: Mapping[str, Scalar], path: str) -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        text = value.text if isinstance(value, Value) else value
        if not isinstance(text, str):
            continue
        if not text.strip():
            yield "workbook-blank", f"{path}.{key}"
        elif plain_text(text) != text:
            yield "workbook-markup", f"{path}.{key}"
        elif _CONTROL.search(text):
            yield "workbook-character", f"{path}.{key}"
