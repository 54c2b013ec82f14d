"""The atoms of one list as they are cut: their shapes and gaps, the row's columns, what the document has taught."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xltool.recovery.atoms import Atom
from xltool.recovery.shapes import Shape

STARTS_BADLY = frozenset("，。、；：,;:）)”》〉】]·")
"""Marks that never begin a cell's text; converters keep them off the begin of a line too."""
ENDS_OPEN = ("的", "和", "及", "与", "、", "，", "（", "(", "“", "《", "〈", "：", "或", "等的", "对", "在")
"""What a whole name does not end with."""
NAME_ENDS = frozenset("率数性量度况额次力")
"""What names often end with, and qualitative values seldom."""
HEADING = re.compile(r"第[一二三四五六七八九十\d]{1,3}(?:部分|章|节|条)|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)")
"""How the headings of a document begin; no name of a row does."""
HEAD = 4
"""So many letters at the head of a name tell that it is about the same as another."""
Piece = tuple[str, int, float, int, tuple[int, ...]]
"""A stretch of atoms read as one: kind, end, cost, whether the score is short of the weight, columns of its atoms."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the certain rows of a document say: the width at which names and reasons wrap (None: unknown),
    what gap usually stands before a value, the qualitative words, and the whole names."""

    name_width: int | None = None
    reason_width: int | None = None
    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    run_on: bool = False
    ragged: bool = False
    pairs: frozenset[str] = frozenset()
    """Neighbouring characters inside words of the document: 研究 seen anywhere joins 研 / 究."""
    wraps: tuple[int, int] = (0, 0)
    """How many wrapped lines of names are about as wide as the widest, and how many there are."""
    level: bool = False
    """A cell begins on the line of the cell before it where both have one line, and nowhere behind a wrapped one: so
    the rows of a printed table come whose cells are set in the middle or at the top."""
    forward: bool = False
    """The cells of a level list come one after another, in the order of their columns: no line of one stands inside another."""
    value_width: int | None = None
    """The width at which values wrap in a level list of one column of them."""
    heads: frozenset[str] = frozenset()
    """How names of the document begin: HEAD letters of each."""
    apart: bool = False
    """A blank line stands before the rows of the document that are certain, and none inside them."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a row has of its own: a name, values by type, and a reason at the end where the form has one;
    ``choices`` are the words that its columns of type ``choice`` hold, ticks for instance."""

    name: str
    values: tuple[tuple[str, str], ...]
    reason: str = ""
    weight: int = -1
    score: int = -1
    choices: frozenset[str] = frozenset()


@dataclass(slots=True)
class Stretch:
    """The atoms of one list, labels and noise taken out. ``gaps`` is the strongest gap before each atom,
    ``crossed`` says that a label stood there."""

    atoms: Sequence[Atom]
    shapes: Sequence[Shape]
    gaps: Sequence[int]
    crossed: Sequence[bool]
    columns: Columns
    evidence: Evidence
    thin: Mapping[int, float] = field(default_factory=dict)
    """The atoms that only a typesetter's blank parts from the word before them: what it costs to begin a cell there."""
    celled: bool = False
    """The list stands in cells: a line without any is no row of it, however its words are parted."""
    units: frozenset[str] = frozenset()
    """The units that the form's values have."""
