"""What differs between two filings, in the form's terms, and how to make one of the other.

    patch = xltool.diff(sent, returned)
    xltool.apply(patch, sent) == returned
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from xltool.diff.applying import apply
from xltool.diff.changes import ADDED, CHANGED, MOVED, REMOVED, Change, Patch, Ref, diff

__all__ = ["ADDED", "CHANGED", "MOVED", "REMOVED", "Change", "Patch", "Ref", "apply", "diff"]


class _Callable(ModuleType):
    """This package, called: the function of its name, so that ``xltool.diff(…)`` holds whether or not it was imported before."""

    def __call__(self, *arguments: Any, **named_arguments: Any) -> Patch:
        return diff(*arguments, **named_arguments)


sys.modules[__name__].__class__ = _Callable
