"""The account of a reading: for every atom where it went and why; what nobody claimed is left over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from xltool.filing import Doubt, Leftover, Repair
from xltool.places import is_inside
from xltool.recovery.atoms import Atom

IN_NUMERALS = "中文数字“{}”按 {} 读入"
"""What is said of a year that is written in Chinese numerals."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One piece of the source: its line (of a printed document its page), its text, where it went, and why.

    ``spot`` is its place on the page.
    """

    line: int
    text: str
    where: str
    why: str
    spot: str = ""


@dataclass(slots=True)
class Account:
    """What one form's reading did with its atoms. Paths are JSON paths inside the form."""

    atoms: Sequence[Atom]
    claims: list[tuple[str, str] | None] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.claims = [None] * len(self.atoms)

    def claim(self, numbers: Iterable[int], where: str, why: str) -> None:
        """Says where atoms went; the first claim stands."""
        said = (where, why)
        for number in numbers:
            if self.claims[number] is None:
                self.claims[number] = said

    def free(self, first: int, last: int) -> list[int]:
        """The numbers of the atoms that nobody has claimed."""
        return [number for number in range(first, last) if self.claims[number] is None]

    def place(self, number: int) -> str:
        """Where an atom stands, as a person finds it."""
        return place(self.atoms[number].line) if number < len(self.atoms) else ""

    def repair(self, code: str, number: int, what: str) -> None:
        """Records a change that the reading stands by."""
        self.repairs.append(Repair(code, self.place(number), what))

    def doubt(self, path: str, number: int, why: str) -> None:
        """Names a field that the reading is not sure of; the first reason stands."""
        if all(doubt.path != path for doubt in self.doubts):
            self.doubts.append(Doubt(path, self.place(number), why))

    def doubt_marks(self, paths: Iterable[str]) -> None:
        """Names the marks that stand in fields which are doubted; ``paths`` are those of all fields with one."""
        for path in paths:
            above = next((one for one in self.doubts if is_inside(path, one.path)), None)
            if above is not None and all(one.path != f"marks.{path}" for one in self.doubts):
                self.doubts.append(Doubt(f"marks.{path}", above.place, above.why))

    def leftover(self) -> list[Leftover]:
        """What nobody claimed, line by line."""
        found: dict[int, list[str]] = {}
        for atom, claimed in zip(self.atoms, self.claims, strict=True):
            if claimed is None:
                found.setdefault(atom.line, []).append(atom.text)
        return [Leftover(place(line), " ".join(words)) for line, words in found.items()]

    def trace(self) -> list[Trace]:
        """Every piece in order; neighbours of one line that went the same way are one."""
        runs: list[tuple[int, tuple[str, str], list[str]]] = []
        for atom, claimed in zip(self.atoms, self.claims, strict=True):
            went = claimed or ("剩余", "没有字段可归")
            if runs and runs[-1][0] == atom.line and runs[-1][1] == went:
                runs[-1][2].append(atom.text)
            else:
                runs.append((atom.line, went, [atom.text]))
        return [Trace(line, " ".join(texts), *went) for line, went, texts in runs]


def place(line: int) -> str:
    """A line as a person finds it."""
    return f"第{line}行"
