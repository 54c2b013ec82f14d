"""What differs between two filings, in the form's terms, and how to make one of the other.

    patch = diff(a, b, forms)
    apply(patch, a, forms) == b
"""

from __future__ import annotations

from xltool.diff.applying import apply
from xltool.diff.changes import ADDED, CHANGED, MOVED, REMOVED, Change, Patch, Ref, diff

__all__ = ["ADDED", "CHANGED", "MOVED", "REMOVED", "Change", "Patch", "Ref", "apply", "diff"]
