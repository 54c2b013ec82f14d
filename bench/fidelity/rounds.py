"""One round of the bench: books written, every surface made of them, each read back and scored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from bench.fidelity.invented import filing
from bench.fidelity.lost import lost
from bench.fidelity.marks import agreement, refused, summed
from bench.fidelity.programs import lacking, letters
from bench.fidelity.surfaces import ORDER, STRUCTURE, Surface, surfaces
from tests.damage.score import Score, Wrong
from xltool.filing import Entry, Filing, Section
from xltool.form import Form
from xltool.jobs.reading import read_bytes
from xltool.problems import ProblemError
from xltool.surfaces import xlsx_reader, xlsx_writer


@dataclass(frozen=True, slots=True)
class Case:
    """A filing and its workbook; ``sheets`` are the names of the sheets that hold forms, ``name`` that of its files."""

    name: str
    form: str
    truth: Filing
    book: Path
    sheets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one case on one surface; ``lost`` are the paths of wrong texts that the PDF does not hold."""

    case: str
    form: str
    score: Score
    refusal: str = ""
    lost: frozenset[str] = frozenset()


@dataclass(slots=True)
class Row:
    """One surface: its results, the seconds that it took to make and to read, and why it could not be made."""

    surface: Surface
    results: list[Result] = field(default_factory=list)
    made: float = 0
    read: float = 0
    left_out: str = ""

    @property
    def total(self) -> Score:
        """All scores together."""
        return summed([one.score for one in self.results])

    @property
    def refusals(self) -> int:
        """How many files were refused."""
        return sum(bool(one.refusal) for one in self.results)

    @property
    def lost(self) -> int:
        """How many of the wrong fields are texts that the printing program lost."""
        return sum(one.path in each.lost for each in self.results for one in each.score.wrong)

    @property
    def reached(self) -> bool:
        """Whether the surface's goal is kept. What printing lost cannot be read, but must be doubted."""
        total = self.total
        if self.surface.goal == STRUCTURE:
            return len(total.wrong) == self.lost and not total.silent
        if self.surface.goal == ORDER:
            return total.right + self.lost >= 0.995 * total.fields
        return not total.silent

    def wrong(self) -> Iterator[tuple[str, Wrong]]:
        """The wrong fields with the case they stand in, silent ones first."""
        yield from sorted(((one.case, each) for one in self.results for each in one.score.wrong), key=lambda pair: not pair[1].silent)


def cases(forms: Mapping[str, Form], names: Sequence[str], seeds: Sequence[int], folder: Path, count: int = 2) -> list[Case]:
    """The filings of these forms and seeds as workbooks: at even seeds a sheet a form, at odd ones stacked."""
    (folder / "book").mkdir(parents=True, exist_ok=True)
    found = []
    for name in names:
        for seed in seeds:
            truth = filing(forms[name], seed, forms, count)
            book = folder / "book" / f"{name}-{seed}.xlsx"
            data = xlsx_writer.write(truth, forms, stacked=bool(seed % 2))
            if not book.exists() or book.read_bytes() != data:
                book.write_bytes(data)
            sheets = tuple(grid.name for grid in xlsx_reader.read(data, book.name).grids)
            found.append(Case(book.stem, name, truth, book, sheets))
    return found


def measured(wanted: Sequence[str], told: Sequence[Case], forms: Mapping[str, Form], folder: Path) -> Iterator[Row]:
    """A row for each surface that is wanted (none: all), as they are done."""
    every = surfaces()
    asked = [one for one in every if one.goal and (not wanted or one.name in wanted)]
    needed = _with_sources(asked, {one.name: one for one in every})
    broken: dict[str, str] = {}
    for surface in every:
        if surface.name in needed:
            row = Row(surface, left_out=broken.get(surface.of, "") or lacking(surface.needs))
            if not row.left_out:
                _make(row, told, folder)
            if row.left_out:
                broken[surface.name] = row.left_out
            if surface in asked:
                if not row.left_out:
                    _read(row, told, forms, folder)
                yield row


def _with_sources(asked: Sequence[Surface], known: Mapping[str, Surface]) -> set[str]:
    found: set[str] = set()
    for one in asked:
        name = one.name
        while name:
            found.add(name)
            name = known[name].of
    return found


def _make(row: Row, told: Sequence[Case], folder: Path) -> None:
    """The files of the surface stand in its folder; those that are newer than their source are kept."""
    surface, out = row.surface, folder / row.surface.name.replace(" ", "_")
    out.mkdir(parents=True, exist_ok=True)
    sources = [(_source(surface, case, folder), case) for case in told]
    old = [source for source, case in sources if not all(_newer(file, source) for file in _files(surface, case, folder))]
    began = perf_counter()
    try:
        if old:
            surface.run(old, out)
    except (RuntimeError, OSError, TimeoutError) as error:
        row.left_out = str(error)
    row.made = perf_counter() - began


def _source(surface: Surface, case: Case, folder: Path) -> Path:
    known = {one.name: one for one in surfaces()}
    return _files(known[surface.of], case, folder)[0] if surface.of else case.book


def _files(surface: Surface, case: Case, folder: Path) -> list[Path]:
    out = folder / surface.name.replace(" ", "_")
    if surface.sheetwise:
        return [out / f"{case.name}-{sheet}{surface.suffix}" for sheet in case.sheets]
    return [out / f"{case.name}{surface.suffix}"]


def _newer(file: Path, source: Path) -> bool:
    return file.exists() and file.stat().st_mtime >= source.stat().st_mtime


def _read(row: Row, told: Sequence[Case], forms: Mapping[str, Form], folder: Path) -> None:
    began = perf_counter()
    for case in told:
        truth = _untitled(case.truth) if row.surface.sheetwise and len(case.sheets) > 1 else case.truth
        found, refusal = _filing(_files(row.surface, case, folder), forms)
        marked = refused(truth, forms) if found is None else agreement(truth, found, forms)
        gone = lost(marked.wrong, truth, letters(printed), forms) if (printed := _printed(row.surface, case, folder)) else frozenset()
        row.results.append(Result(case.name, case.form, marked, refusal, gone))
    row.read = perf_counter() - began


def _printed(surface: Surface, case: Case, folder: Path) -> Path | None:
    """The PDF that a surface is or was made of; None where it was made of none."""
    known = {one.name: one for one in surfaces()}
    while surface.suffix != ".pdf" and surface.of:
        surface = known[surface.of]
    return _files(surface, case, folder)[0] if surface.suffix == ".pdf" else None


def _filing(files: Sequence[Path], forms: Mapping[str, Form]) -> tuple[Filing | None, str]:
    """What the files hold; of several, all entries together: a sheet of contents alone holds none."""
    entries: list[Entry] = []
    refusal = ""
    for file in files:
        try:
            found = read_bytes(file.read_bytes(), file.name, forms).filing
        except (ProblemError, OSError) as error:
            refusal = str(error)
            continue
        except Exception as error:  # a reader that breaks is a result here
            refusal = f"BROKEN {type(error).__name__}: {error}"
            continue
        if len(files) == 1:
            return found, ""
        entries.extend(found.entries)
    return (Filing((Section(None, tuple(entries)),)), "") if entries else (None, refusal)


def _untitled(truth: Filing) -> Filing:
    return Filing((Section(None, tuple(truth.entries)),))
