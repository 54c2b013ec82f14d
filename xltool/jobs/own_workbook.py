"""A workbook that xltool wrote and nobody has touched since: nothing in it is lost where it is written anew."""

from __future__ import annotations

from xltool.filing import Filing
from xltool.jobs import convert, kinds
from xltool.jobs.reading import Forms
from xltool.problems import ProblemError


def written_anew(data: bytes, before: Filing, after: Filing, forms: Forms) -> bytes | None:
    """The workbook of ``after``, laid out as the one that reads as ``before`` is; None where that is not byte for byte what
    xltool writes of ``before``, so that it may hold more.

    Raises:
        ProblemError: where ``after`` cannot be written.
    """
    try:
        stacked = next((way for way in (False, True) if convert.render(before, forms, kinds.XLSX, way) == data), None)
    except ProblemError:
        # What cannot be written was not written by xltool.
        return None
    return None if stacked is None else convert.render(after, forms, kinds.XLSX, stacked)
