"""What a rollup is made of: signatures of forms, relations between them, rows, registers, totals. Frozen data.

Amounts are ``Decimal`` in 元, by role (``amount``, ``fiscal``, …). An annual amount and that of a
whole project are different roles and never meet in one figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, Protocol

from xltool.rollup.evidence import Evidence

Amounts = Mapping[str, Decimal]
"""Money in 元 by role; a role that is not there was left empty."""
Kind = Literal["twice", "near", "parent"]
Certainty = Literal["certain", "doubtful"]
Decided = Literal["", "confirm", "reject"]
Standing = Literal["counted", "partly", "eliminated"]

MONEY = (
    "amount", "fiscal", "carried_over", "other", "project_amount", "project_fiscal", "project_other",
    "initial_budget", "annual_budget", "executed",
)  # fmt: skip
"""The roles that hold money. ``amount`` is the annual amount that a 汇总表 adds."""


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """Where a form was read: the file, its number among the file's forms (from 1), its sheet.

    ``section`` is the title that it stands under. ``places`` are the cells of its figures by role,
    as a person finds them (``表1!C5:D6``).
    """

    file: str
    number: int
    sheet: str = ""
    section: str = ""
    places: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> str:
        """``file, sheet`` or ``file #number``."""
        return f"{self.file} {self.sheet}" if self.sheet else f"{self.file} #{self.number}"


@dataclass(frozen=True, slots=True)
class Scored:
    """What a self-evaluation says of itself. ``levels`` are (level one, weight, score) in the form's order.

    ``short`` counts the indicators whose score is below the weight, ``unexplained`` those of them without a reason.
    """

    total: Decimal | None = None
    execution: Decimal | None = None
    grade: str = ""
    levels: tuple[tuple[str, Decimal, Decimal], ...] = ()
    short: int = 0
    unexplained: int = 0


class Waiting(Protocol):
    """Bytes that wait elsewhere until they are asked for."""

    def read(self) -> bytes:
        """The bytes."""


def is_scored(kind: str) -> bool:
    """True for a family whose forms have scores."""
    return kind.endswith("evaluation")


def is_spent(kind: str) -> bool:
    """True for a family whose forms say what was spent."""
    return not kind.endswith("declaration")


@dataclass(frozen=True, slots=True)
class Signature:
    """All that a rollup keeps of a form, a few KB however long the form is.

    ``hash`` is that of the content (source apart). ``family`` is what may be added together:
    ``declaration``, ``evaluation`` or ``monitoring``, with ``department-`` before it of forms about all that a department spends. ``rows``, ``names``, ``clauses`` and ``items`` are packed 8-byte hashes
    of the indicators with targets, of their names, of the goal's clauses and of its numbered items;
    ``content`` is the text of goal and indicators, compressed or elsewhere; empty where it is too long to keep.
    """

    hash: str
    form: str
    title: str
    family: str
    year: int | None
    project: str
    project_key: str
    unit: str
    unit_key: str
    department: str
    department_key: str
    where: Where
    amounts: Amounts
    money_unit: str = "元"
    code: str = ""
    nature: str = ""
    category: str = ""
    start: str = ""
    end: str = ""
    rows: bytes = b""
    names: bytes = b""
    clauses: bytes = b""
    items: bytes = b""
    goal: int = 0
    levels: tuple[tuple[str, int], ...] = ()
    indicators: int = 0
    quantitative: int = 0
    scored: Scored | None = None
    findings: tuple[tuple[str, int], ...] = ()
    content: bytes | Waiting = b""

    @property
    def amount(self) -> Decimal | None:
        """The amount that a 汇总表 adds."""
        return self.amounts.get("amount")

    @property
    def order(self) -> tuple[str, Where]:
        """What decides between two equal forms: the content, then the place."""
        return (self.hash, self.where)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two forms that are nearly the same differ: the row that does not count, the field, and both texts.

    ``field`` is the name of the role (``indicator``, ``target``, ``goal``, ``project``, ``amount`` …); ``item`` is the
    number of the indicator (from 1), 0 outside the list. A text is None where its form has no such indicator.
    """

    row: int
    field: str
    item: int
    counted: str | None
    other: str | None


@dataclass(frozen=True, slots=True)
class Relation:
    """Forms that hold the same money. Rows are numbers in ``Rollup.rows``.

    ``head`` is the parent project, or of doubles the one that counts; ``members`` are the sub-projects, or the
    doubles that do not count. ``key`` is made of the contents: it stays the same wherever the forms stand.
    """

    key: str
    kind: Kind
    certainty: Certainty
    head: int
    members: tuple[int, ...]
    evidence: tuple[Evidence, ...] = ()
    differences: tuple[Difference, ...] = ()
    decided: Decided = ""
    eliminated: Amounts = field(default_factory=dict)

    @property
    def obeyed(self) -> bool:
        """True where money is taken out because of it."""
        return self.decided == "confirm" or (self.certainty == "certain" and self.decided != "reject")

    @property
    def rows(self) -> tuple[int, ...]:
        """The head and the members."""
        return (self.head, *self.members)


@dataclass(frozen=True, slots=True)
class Row:
    """One form in a register: what it prints, what of it is counted elsewhere, by role.

    ``because`` are the keys of the relations that took money out; ``doubts`` those that are left for the officer.
    """

    number: int
    signature: Signature
    gross: Amounts
    eliminated: Amounts = field(default_factory=dict)
    because: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    standing: Standing = "counted"

    @property
    def net(self) -> dict[str, Decimal]:
        """What the row adds to the totals."""
        return {role: amount - self.eliminated.get(role, Decimal(0)) for role, amount in self.gross.items()}


@dataclass(frozen=True, slots=True)
class Sums:
    """Gross, eliminated and net money by role, the number of forms and of those that count."""

    forms: int = 0
    counted: int = 0
    gross: Amounts = field(default_factory=dict)
    eliminated: Amounts = field(default_factory=dict)
    net: Amounts = field(default_factory=dict)
    indicators: int = 0
    quantitative: int = 0


@dataclass(frozen=True, slots=True)
class Subtotal:
    """One unit's rows and their sums; ``unit`` as its first row prints it."""

    unit: str
    unit_key: str
    department: str
    rows: tuple[int, ...]
    sums: Sums


@dataclass(frozen=True, slots=True)
class GradeLine:
    """A grade of the distribution: its forms, their net money, and both as shares of the whole."""

    grade: str
    count: int
    money: Decimal
    count_share: Decimal | None
    money_share: Decimal | None


@dataclass(frozen=True, slots=True)
class Scores:
    """The self-evaluations of a register that count: the average of ``scored`` total scores, grades, the rate of the sums.

    ``unscored`` are those that print no total score.
    """

    scored: int
    unscored: int
    average: Decimal | None
    lowest: Decimal | None
    highest: Decimal | None
    execution_rate: Decimal | None
    grades: tuple[GradeLine, ...]
    by_row: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Register:
    """The 汇总表 of one family and year: rows by unit, subtotals, totals. Registers are never added to one another."""

    family: str
    year: int | None
    units: tuple[Subtotal, ...]
    total: Sums
    scores: Scores | None = None

    @property
    def rows(self) -> Iterator[int]:
        """The numbers of its rows, unit by unit."""
        for unit in self.units:
            yield from unit.rows


@dataclass(frozen=True, slots=True)
class Tree:
    """A row and what lies under it."""

    row: int
    below: tuple[Tree, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """What a list of units asked for: the names that sent nothing, sent a project more than once, were not on the list.

    ``matched`` are (name on the list, unit's name in the forms); ``loosely`` those of them whose names are not quite the same.
    ``perhaps`` are (name on the list that sent nothing, unit that was not on the list) of which one may be short for the other.
    """

    missing: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    unexpected: tuple[str, ...] = ()
    matched: tuple[tuple[str, str], ...] = ()
    loosely: tuple[tuple[str, str], ...] = ()
    perhaps: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rounded:
    """A figure in the unit shown: exact, as shown, and what balancing added to ordinary rounding (舍位平衡)."""

    exact: Decimal
    shown: Decimal
    residual: Decimal


@dataclass(frozen=True, slots=True)
class Rollup:
    """Everything: rows by file and number, registers by family and year, relations, trees.

    ``unknown`` are decisions (their keys) that fit no relation of these forms, ``unchosen`` those of which the form that
    was to count does not count in its relation's place: it is none of its forms, another was chosen,
    or nobody has confirmed that they are the same money.
    """

    rows: tuple[Row, ...]
    registers: tuple[Register, ...]
    relations: tuple[Relation, ...]
    trees: tuple[Tree, ...]
    expected: Expected | None = None
    unknown: tuple[str, ...] = ()
    unit: str = "元"
    unchosen: tuple[str, ...] = ()
