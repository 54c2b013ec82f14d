"""xltool: official budget-performance forms from text and workbooks into canonical JSON, and back.

    filing = xltool.read("filing.txt")
    xltool.write(filing, "filing.xlsx")

The names below are loaded when they are first asked for, so that ``import xltool`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xltool.canonical import differences, to_json
    from xltool.check import Finding, check
    from xltool.diff import Patch, apply, diff
    from xltool.filing import Entry, Filing, Section
    from xltool.form import Form
    from xltool.jobs.batch import convert_folder
    from xltool.jobs.convert import loads_text, read, write
    from xltool.library import forms
    from xltool.merge import Conflict, Merged, merge
    from xltool.problems import Problem, ProblemError
    from xltool.rollup import Rollup, rollup
    from xltool.surfaces.json_file import from_json

__version__ = "0.1.0"
__all__ = ["Conflict", "Entry", "Filing", "Finding", "Form", "Merged", "Patch", "Problem", "ProblemError", "Rollup", "Section", "apply", "check", "convert_folder", "diff", "differences", "forms", "from_json", "loads_text", "merge", "read", "rollup", "to_json", "write"]  # fmt: skip

_HOMES = {
    "jobs.batch": ("convert_folder",),
    "jobs.convert": ("loads_text", "read", "write"),
    "check": ("Finding", "check"),
    "canonical": ("differences", "to_json"),
    "diff": ("Patch", "apply", "diff"),
    "filing": ("Entry", "Filing", "Section"),
    "form": ("Form",),
    "library": ("forms",),
    "merge": ("Conflict", "Merged", "merge"),
    "problems": ("Problem", "ProblemError"),
    "rollup": ("Rollup", "rollup"),
    "surfaces.json_file": ("from_json",),
}


def __getattr__(name: str) -> Any:
    """A public name, from the module that it lives in."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
