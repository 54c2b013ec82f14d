"""Two filings that go back to one, merged on the form's structure; what both changed differently is a conflict."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from xltool.merge.conflicts import BASE, CHOICES, OURS, THEIRS, Conflict
from xltool.merge.merging import Merged, merge

__all__ = ["BASE", "CHOICES", "OURS", "THEIRS", "Conflict", "Merged", "merge"]


class _Callable(ModuleType):
    """This package, called: the function of its name, so that ``xltool.merge(…)`` holds whether or not it was imported before."""

    def __call__(self, *arguments: Any, **named_arguments: Any) -> Merged:
        return merge(*arguments, **named_arguments)


sys.modules[__name__].__class__ = _Callable
