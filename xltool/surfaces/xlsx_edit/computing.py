"""What a formula of a form comes to: sums, rates, rounding and conditions, as Excel computes them.

Only so much is known as blanks of official forms use. Any other function, another sheet or an error is
``Unknown``: it is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation

from xltool.surfaces.xlsx_edit.references import rectangle

Known = Decimal | str | bool | None
"""A number, a text, a truth value, or nothing."""
Cells = Callable[[int, int], Known]
"""What a square holds, by row and column."""
_TOKEN = re.compile(
    r'\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<ref>\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?(?![\w.(!]))'
    r"|(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|(?P<name>[A-Za-z]\w*(?:\.\w+)*)|(?P<sign><>|<=|>=|[-+*/^&=<>%(),]))"
)
_MOST = 20_000
"""Squares of a range beyond which nothing is computed."""
_COMPARED: dict[str, Callable[[int], bool]] = {
    "=": lambda sign: sign == 0, "<>": lambda sign: sign != 0, "<": lambda sign: sign < 0,
    ">": lambda sign: sign > 0, "<=": lambda sign: sign <= 0, ">=": lambda sign: sign >= 0,
}  # fmt: skip


class Unknown(Exception):
    """Raised for what cannot be computed here."""


class _Range(tuple[Known, ...]):
    """The squares of a range."""


_Value = Known | _Range


def compute(formula: str, cells: Cells) -> Known:
    """What the formula (without its =) comes to.

    Raises:
        Unknown: where it holds anything that is not known here, or comes to an error.
    """
    reader = _Reader(formula, cells)
    try:
        found = reader.compared()
    except (DivisionByZero, InvalidOperation, RecursionError, OverflowError) as error:
        raise Unknown(formula) from error
    if reader.tokens:
        raise Unknown(formula)
    return _single(found)


class _Reader:
    """A formula while it is read from the left."""

    def __init__(self, formula: str, cells: Cells) -> None:
        self.cells = cells
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(formula.rstrip()):
            found = _TOKEN.match(formula, at)
            if found is None or found.lastgroup is None:
                raise Unknown(formula)
            self.tokens.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()
        self.tokens.reverse()

    def take(self, *signs: str) -> str:
        """The next sign, where it is one of these; empty otherwise."""
        if self.tokens and self.tokens[-1][0] == "sign" and self.tokens[-1][1] in signs:
            return self.tokens.pop()[1]
        return ""

    def compared(self) -> _Value:
        found = self.joined()
        while sign := self.take(*_COMPARED):
            found = _COMPARED[sign](_order(_single(found), _single(self.joined())))
        return found

    def joined(self) -> _Value:
        found = self.added()
        while self.take("&"):
            raise Unknown("&")
        return found

    def added(self) -> _Value:
        found = self.multiplied()
        while sign := self.take("+", "-"):
            one, other = _number(found), _number(self.multiplied())
            found = one + other if sign == "+" else one - other
        return found

    def multiplied(self) -> _Value:
        found = self.signed()
        while sign := self.take("*", "/"):
            one, other = _number(found), _number(self.signed())
            found = one * other if sign == "*" else one / other
        return found

    def signed(self) -> _Value:
        if sign := self.take("-", "+"):
            return -_number(self.signed()) if sign == "-" else self.signed()
        found = self.value()
        while self.take("%"):
            found = _number(found) / 100
        if self.take("^"):
            raise Unknown("^")
        return found

    def value(self) -> _Value:
        if self.take("("):
            found = self.compared()
            self.close()
            return found
        if not self.tokens:
            raise Unknown("")
        kind, text = self.tokens.pop()
        match kind:
            case "number":
                return Decimal(text)
            case "text":
                return text[1:-1].replace('""', '"')
            case "ref":
                return self.range(text)
            case "name" if self.take("("):
                return self.call(text.upper())
            case "name" if text.upper() in ("TRUE", "FALSE"):
                return text.upper() == "TRUE"
        raise Unknown(text)

    def close(self) -> None:
        if not self.take(")"):
            raise Unknown(")")

    def range(self, text: str) -> _Value:
        place = rectangle(text)
        if place is None:
            raise Unknown(text)
        top, left, bottom, right = place
        if (bottom - top + 1) * (right - left + 1) > _MOST:
            raise Unknown(text)
        found = [self.cells(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        return _Range(found) if ":" in text else found[0]

    def call(self, name: str) -> _Value:
        """A function of its arguments; all of them are computed, as none has effects."""
        arguments: list[_Value | Unknown] = []
        while not self.take(")"):
            if arguments and not self.take(","):
                raise Unknown(name)
            arguments.append(self.argument())
        if name == "IF" and 2 <= len(arguments) <= 3:
            chosen = 1 if _true(_sure(arguments[0])) else 2
            return _sure(arguments[chosen]) if chosen < len(arguments) else False
        if name == "IFERROR" and len(arguments) == 2:
            raise Unknown(name)
        function = FUNCTIONS.get(name)
        if function is None:
            raise Unknown(name)
        return function([_sure(one) for one in arguments])

    def argument(self) -> _Value | Unknown:
        """An argument; one that is not chosen by IF may be an error."""
        if self.tokens and self.tokens[-1] in (("sign", ","), ("sign", ")")):
            return None
        before = list(self.tokens)
        try:
            return self.compared()
        except (Unknown, DivisionByZero, InvalidOperation) as error:
            self.tokens = before
            self.pass_over()
            return error if isinstance(error, Unknown) else Unknown(str(error))

    def pass_over(self) -> None:
        """Passes over the rest of an argument."""
        depth = 0
        while self.tokens:
            kind, text = self.tokens[-1]
            if kind == "sign" and depth == 0 and text in (",", ")"):
                return
            depth += (text == "(") - (text == ")") if kind == "sign" else 0
            self.tokens.pop()
        raise Unknown("")


def _sure(one: _Value | Unknown) -> _Value:
    if isinstance(one, Unknown):
        raise one
    return one


def _single(one: _Value) -> Known:
    if isinstance(one, _Range):
        raise Unknown("a range")
    return one


def _number(one: _Value) -> Decimal:
    """A value that is computed with: nothing is 0, a text is an error."""
    found = _single(one)
    if found is None:
        return Decimal(0)
    if isinstance(found, str):
        raise Unknown(found)
    return Decimal(int(found)) if isinstance(found, bool) else found


def _true(one: _Value) -> bool:
    return _number(one) != 0


def _order(one: Known, other: Known) -> int:
    """Below 0, 0 or above 0: numbers come before texts, texts compare without case, nothing is 0 or an empty text."""
    if one is None:
        one = "" if isinstance(other, str) else Decimal(0)
    if other is None:
        other = "" if isinstance(one, str) else Decimal(0)
    if isinstance(one, str) and isinstance(other, str):
        return (one.casefold() > other.casefold()) - (one.casefold() < other.casefold())
    if isinstance(one, str) or isinstance(other, str):
        return 1 if isinstance(one, str) else -1
    if isinstance(one, bool) != isinstance(other, bool):
        return 1 if isinstance(one, bool) else -1
    return (one > other) - (one < other)


def _numbers(arguments: Sequence[_Value]) -> list[Decimal]:
    """The numbers among arguments: of squares only those that hold one, of the rest all."""
    found = []
    for one in arguments:
        if isinstance(one, _Range):
            found += [each for each in one if isinstance(each, Decimal)]
        elif isinstance(one, Decimal):
            found.append(one)
        elif one is not None and not isinstance(one, str):
            raise Unknown("a truth value")
    return found


def _round(arguments: Sequence[_Value]) -> _Value:
    number, places = _number(arguments[0]), int(_number(arguments[1])) if len(arguments) > 1 else 0
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


FUNCTIONS: dict[str, Callable[[Sequence[_Value]], _Value]] = {
    "SUM": lambda arguments: sum(_numbers(arguments), Decimal(0)),
    "COUNT": lambda arguments: Decimal(len(_numbers(arguments))),
    "MIN": lambda arguments: min(_numbers(arguments), default=Decimal(0)),
    "MAX": lambda arguments: max(_numbers(arguments), default=Decimal(0)),
    "AND": lambda arguments: all(_true(one) for one in arguments),
    "OR": lambda arguments: any(_true(one) for one in arguments),
    "NOT": lambda arguments: not _true(arguments[0]),
    "ABS": lambda arguments: abs(_number(arguments[0])),
    "ROUND": _round,
    "ISNUMBER": lambda arguments: isinstance(_single(arguments[0]), Decimal),
    "ISBLANK": lambda arguments: _single(arguments[0]) is None,
}
