"""The 汇总表 titles of a document's forms: from the contents sheet, the document's properties, or above the forms."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from xltool.filing import Entry, Section
from xltool.form import Form
from xltool.grid import Book, Grid, GridCell
from xltool.recovery.grid_values import tidy
from xltool.safe_names import CONTENTS, STACKED
from xltool.values import caption_key

HEAD = ("序号", "表式", "名称", "工作表")
"""The columns of a contents sheet; the last names the sheet of each form."""
FORMS_PROPERTY, SECTIONS_PROPERTY, SHEETS_PROPERTY, BLANK_PROPERTY = "xltool.forms", "xltool.sections", "xltool.sheets", "xltool.blank"


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands by an entry about its section: ``group`` tells two sections of one title apart."""

    known: bool = False
    title: str | None = None
    group: int = -1


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents sheet: for each sheet it names the section, and the cells that it is made of."""

    sheets: Mapping[str, Seen] = field(default_factory=dict)
    cells: frozenset[tuple[int, int]] = frozenset()


def contents_of(grid: Grid) -> Contents | None:
    """What a grid says as a contents sheet; None where it is none."""
    if HEAD[-1] not in grid.texts:
        return None
    heads = [row for row in _rows(grid) if tuple(caption_key(cell.text) for cell in row[: len(HEAD)]) == HEAD]
    if not heads:
        return None
    lines = {row[0].row: row for row in _rows(grid)}
    sheets: dict[str, Seen] = {}
    used: set[tuple[int, int]] = set()
    for group, head in enumerate(heads):
        above = lines.get(head[0].row - 1, [])
        titled = len(above) == 1 and above[0].column == head[0].column and not _is_sheets_name(above[0].text)
        title = tidy(above[0].text) if titled else None
        row, at = head[0].row + 1, head[len(HEAD) - 1].column
        used.update((cell.row, cell.column) for cell in (*head[: len(HEAD)], *(above if title else ())))
        while (line := lines.get(row)) and any(cell.column == at for cell in line) and len(line) > 1:
            sheets.update({cell.text: Seen(True, title, group) for cell in line if cell.column == at})
            used.update((cell.row, cell.column) for cell in line if head[0].column <= cell.column <= at)
            row += 1
    return Contents(sheets, frozenset(used))


def _is_sheets_name(text: str) -> bool:
    """True for the heading that programs put above a sheet's table: its name, by itself or after «Sheet 1:»."""
    return caption_key(text).strip("*_").rpartition(":")[2].strip("*_") in (CONTENTS, STACKED)


def _rows(grid: Grid) -> list[list[GridCell]]:
    found: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        found.setdefault(cell.row, []).append(cell)
    return list(found.values())


def section_title(text: str, forms: Mapping[str, Form]) -> bool:
    """True for the title of a 汇总表: it ends as the forms say such titles do."""
    key = caption_key(text)
    return len(key) > 2 and not _is_sheets_name(text) and any(key.endswith(caption_key(ending)) for form in forms.values() for ending in form.sections)


def declared_forms(book: Book) -> frozenset[str]:
    """The ids of the forms that the document says it holds."""
    listed = book.properties.get(FORMS_PROPERTY, "")
    return frozenset(name.partition("/")[0].strip() for name in listed.split(",") if name.strip())


def own_sheets(book: Book) -> frozenset[str]:
    """The names of the sheets that the document says were made from its forms or for filling them in: nothing is read of them."""
    found: set[str] = set()
    # Where the names are more than one property has room for, others follow: xltool.sheets.1 …
    for text in [text for name, text in book.properties.items() if name.startswith(SHEETS_PROPERTY)]:
        try:
            listed = json.loads(text)
        except ValueError:
            continue
        found.update(name for name in listed if isinstance(name, str)) if isinstance(listed, list) else None
    return frozenset(found)


def sections(entries: Sequence[Entry], seen: Sequence[Seen], book: Book, forms: Mapping[str, Form]) -> tuple[Section, ...]:
    """The entries under their titles.

    The document's properties count the forms of each section; they hold as long as nothing that
    stands on the sheets speaks against them. Otherwise each form has the title that stands by it,
    one without a title the last one seen.
    """
    counted = _counted(book)
    if counted and sum(count for _, count in counted) == len(entries) and _agree(counted, seen):
        made, start = [], 0
        for title, count in counted:
            made.append(Section(title, _below_title(title, entries[start : start + count])))
            start += count
        return tuple(made)
    return _by_title(entries, _carried(seen, _only_title(counted, book, forms)))


def _below_title(title: str | None, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries of a section; that its title stands above the first, whatever it ends in, leaves nothing over."""
    if not title or not entries:
        return tuple(entries)
    source = entries[0].source
    at = next((at for at, one in enumerate(source.leftover) if _same(one.text, title)), -1)
    left = tuple(one for number, one in enumerate(source.leftover) if number != at)
    return (replace(entries[0], source=replace(source, leftover=left)), *entries[1:])


def _counted(book: Book) -> list[tuple[str | None, int]]:
    """(title, number of forms) of each section as the document's properties have it; empty where they do not."""
    try:
        found = json.loads(book.properties.get(SECTIONS_PROPERTY, ""))
        pairs = [(title, count) for title, count in found if isinstance(title, str | None) and type(count) is int and count >= 0]
        return pairs if len(pairs) == len(found) else []
    except (ValueError, TypeError):
        return []


def _agree(counted: Sequence[tuple[str | None, int]], seen: Sequence[Seen]) -> bool:
    titles = [title for title, count in counted for _ in range(count)]
    return all(not one.known or _same(one.title, title) for one, title in zip(seen, titles, strict=True))


def _same(first: str | None, second: str | None) -> bool:
    return caption_key(first or "") == caption_key(second or "")


def _only_title(counted: Sequence[tuple[str | None, int]], book: Book, forms: Mapping[str, Form]) -> str | None:
    """The one title that the document's properties know, if there is one only."""
    if counted:
        return counted[0][0] if len(counted) == 1 else None
    title = book.properties.get("title", "")
    return title if title and section_title(title, forms) else None


def _carried(seen: Sequence[Seen], title: str | None) -> list[Seen]:
    """Each entry with a title of its own or the last one seen; before any, the document's."""
    last = next((one for one in seen if one.known), Seen(True, title)) if title is None else Seen(True, title)
    found = []
    for one in seen:
        last = one if one.known else last
        found.append(last)
    return found


def _by_title(entries: Sequence[Entry], seen: Sequence[Seen]) -> tuple[Section, ...]:
    groups: dict[tuple[int, str | None], list[Entry]] = {}
    for entry, one in zip(entries, seen, strict=True):
        groups.setdefault((one.group, one.title), []).append(entry)
    return tuple(Section(title, tuple(group)) for (_, title), group in groups.items())
