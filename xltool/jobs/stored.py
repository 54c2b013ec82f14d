"""What an importer is, and what it holds already: its names as the cells of its workbook spell them, blanks included.

Reading a filing drops blanks that touch Chinese characters, for they are mostly padding; an importer compares names byte
by byte, and of a workbook every byte is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from xltool.filing import Entry, Filing, Scalar
from xltool.form import Form
from xltool.grid import Book
from xltool.jobs import located
from xltool.jobs.reading import WORKBOOKS, Forms
from xltool.jobs.sources import Named
from xltool.places import SHEET, Place, Places
from xltool.problems import ProblemError, problem
from xltool.upload import Importer, named
from xltool.values import without_blanks


def for_importer(name: str, against: str | None, mappings: Sequence[str], forms: Forms, into: bool = False) -> tuple[Importer | None, Filing | None]:
    """The importer of a name (None without one), and the filing that it holds already, read from the file ``against``.

    Raises:
        ProblemError: where there is no such importer, its file has faults, or ``against`` cannot be read.
    """
    if not name:
        if against:
            raise ProblemError(problem("against-alone"))
        return None, None
    if into:
        raise ProblemError(problem("for-into"))
    importer = named(name, tuple(mappings))
    if not against:
        return importer, None
    file = Path(against)
    return importer, stored(Named(file, file).read(), file.name, forms, importer.names)


def stored(data: bytes, name: str, forms: Forms, roles: Iterable[str]) -> Filing:
    """The filing of a file, in a workbook the fields of these roles byte for byte as their cells hold them.

    Raises:
        ProblemError: where it cannot be read, or holds no known form.
    """
    found = located.read(data, name, forms)
    filing = found.read.filing
    if found.book is None or found.read.kind not in WORKBOOKS:
        return filing
    return filing.with_entries([_spelled(entry, forms[entry.form], places, found.book, tuple(roles)) for entry, places in zip(filing.entries, found.places, strict=True)])


def _spelled(entry: Entry, form: Form, places: Places, book: Book, roles: Sequence[str]) -> Entry:
    names = {name for role in roles for name in form.roles.get(role, ())}
    values = dict(entry.values)
    for one in form.scalars:
        if one.name in names:
            values[one.path] = _in_cell(values.get(one.path), places.get(one.path), book)
    lists = dict(entry.lists)
    for spec in form.lists.values():
        paths = [form.fields[one].path for one in spec.fields if one in names]
        items: list[Mapping[str, Scalar]] = []
        for at, item in enumerate(entry.lists.get(spec.name, ())):
            items.append({**item, **{path: _in_cell(item.get(path), places.get(f"{spec.name}[{at}].{path}"), book) for path in paths}})
        lists[spec.name] = tuple(items)
    return replace(entry, values=values, lists=lists)


def _in_cell(value: Scalar, place: Place | None, book: Book) -> Scalar:
    """The text of the cell that a value was read from, where it says the same but for blanks."""
    if not isinstance(value, str) or place is None or place.kind != SHEET:
        return value
    cell = next((grid.at(place.row, place.column) for grid in book.grids if grid.name == place.where), None)
    return cell.text if cell and without_blanks(cell.text) == without_blanks(value) else value
