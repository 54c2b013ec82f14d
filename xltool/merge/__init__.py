"""Two filings that go back to one, merged on the form's structure; what both changed differently is a conflict."""

from __future__ import annotations

from xltool.merge.conflicts import BASE, CHOICES, OURS, THEIRS, Conflict
from xltool.merge.merging import Merged, merge

__all__ = ["BASE", "CHOICES", "OURS", "THEIRS", "Conflict", "Merged", "merge"]
