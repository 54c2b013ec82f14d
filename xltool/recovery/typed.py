"""The value of a text as a field of its type."""

from __future__ import annotations

from xltool.filing import Scalar
from xltool.form import Field
from xltool.values import parse_date, parse_money, parse_number, parse_percent, parse_year


def typed(text: str, one: Field) -> Scalar:
    """The value; None for a text that has not the shape of one. Text of other types is its own."""
    match one.type:
        case "money":
            return parse_money(text)
        case "number":
            return parse_number(text)
        case "percent":
            return parse_percent(text)[0]
        case "date":
            return parse_date(text)
        case "year":
            return parse_year(text)
    return text
