"""A reading against the truth, field by field: what is right, what is wrong, and what is wrong under no doubt."""

import difflib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Fields = dict[str, Any]
Entry = tuple[str, dict[str, Any]]  # path and canonical form


@dataclass(frozen=True, slots=True)
class Wrong:
    """A field read wrong: its path in the reading, what is true, what was read, and whether no doubt names it."""

    path: str
    true: Any
    read: Any
    silent: bool


@dataclass(frozen=True, slots=True)
class Score:
    """The counts of one filing or, added up, of many."""

    forms: int = 0
    exact: int = 0
    fields: int = 0
    right: int = 0
    doubted_right: int = 0
    wrong: tuple[Wrong, ...] = ()

    @property
    def silent(self) -> tuple[Wrong, ...]:
        """The wrong fields that stand under no doubt."""
        return tuple(wrong for wrong in self.wrong if wrong.silent)

    def __add__(self, other: "Score") -> "Score":
        """Both counts together."""
        return Score(
            self.forms + other.forms, self.exact + other.exact, self.fields + other.fields, self.right + other.right,
            self.doubted_right + other.doubted_right, self.wrong + other.wrong,
        )  # fmt: skip


def score(truth: dict[str, Any], reading: dict[str, Any]) -> Score:
    """How well a reading agrees with the truth, both canonical filings."""
    doubts = doubts_of(reading)
    found = Score()
    for pair in section_titles(truth, reading):
        found += counted(*pair, doubts)
    forms, read = entries(truth), entries(reading)
    pairs = aligned([form_key(form) for _, form in forms], [form_key(form) for _, form in read])
    for mine, other in pairs:
        if mine is None and other is not None:
            found += Score(fields=1, wrong=(wrong_at(read[other][0], None, "a form too many", doubts),))
        elif mine is not None:
            found += form_score(forms[mine], read[other] if other is not None else None, doubts)
    return found


def form_score(true: Entry, read: Entry | None, doubts: frozenset[str]) -> Score:
    """The score of one form; all fields of a lost one are wrong at its section's forms."""
    if read is None:
        where = true[0].rsplit("[", 1)[0]
        every = form_fields(true[1]) | {name: leaf for one in lists(true[1]) for name, leaf in flat(one, true[1][one]).items()}
        lost = tuple(wrong_at(where, value, None, doubts) for value in every.values())
        return Score(forms=1, fields=len(lost), wrong=lost)
    path = read[0]
    found = counted(prefixed(path, form_fields(true[1])), prefixed(path, form_fields(read[1])), doubts)
    for name in dict.fromkeys((*lists(true[1]), *lists(read[1]))):
        found += rows_score(true[1].get(name, []), read[1].get(name, []), f"{path}.{name}", doubts)
    return Score(1, int(not found.wrong), found.fields, found.right, found.doubted_right, found.wrong)


def rows_score(true: list[Any], read: list[Any], path: str, doubts: frozenset[str]) -> Score:
    """The score of a list: a lost row is wrong at the list, a row too many at its own place."""
    found = Score()
    for mine, other in aligned([row_key(row) for row in true], [row_key(row) for row in read]):
        if other is None and mine is not None:
            lost = tuple(wrong_at(path, value, None, doubts) for value in flat("", true[mine]).values())
            found += Score(fields=len(lost), wrong=lost)
        elif mine is None:
            found += Score(fields=1, wrong=(wrong_at(f"{path}[{other}]", None, "a row too many", doubts),))
        else:
            found += counted(flat(f"{path}[{other}]", true[mine]), flat(f"{path}[{other}]", read[other or 0]), doubts)
    return found


def counted(true: Fields, read: Fields, doubts: frozenset[str]) -> Score:
    """The score of two flat sets of fields with the same paths."""
    paths = list(dict.fromkeys([*true, *read]))
    wrong = tuple(
        wrong_at(path, true.get(path), read.get(path), doubts)
        for path in paths
        if key(true.get(path)) != key(read.get(path))
    )
    bad = {one.path for one in wrong}
    doubted = sum(covered(path, doubts) for path in paths if path not in bad)
    return Score(fields=len(paths), right=len(paths) - len(wrong), doubted_right=doubted, wrong=wrong)


def wrong_at(path: str, true: Any, read: Any, doubts: frozenset[str]) -> Wrong:
    """A wrong field, silent where no doubt names it, what stands above it, or a part of it."""
    named = covered(path, doubts) or any(
        doubt.startswith((f"{path}.", f"{path}[")) for doubt in doubts if path.endswith("]")
    )
    return Wrong(path, true, read, silent=not named)


def covered(path: str, doubts: frozenset[str]) -> bool:
    """Whether a doubt names the field or something above it."""
    return any(path == doubt or path.startswith((f"{doubt}.", f"{doubt}[")) for doubt in doubts)


def doubts_of(reading: dict[str, Any]) -> frozenset[str]:
    """The paths under doubt, those of a form with the form's own path before them."""
    found = {doubt["path"] for doubt in (reading.get("source") or {}).get("doubts", [])}
    for path, form in entries(reading):
        found |= {f"{path}.{doubt['path']}" for doubt in (form.get("source") or {}).get("doubts", [])}
    return frozenset(found)


def entries(filing: dict[str, Any]) -> list[Entry]:
    """The forms of a filing with their paths."""
    return [
        (f"sections[{place}].forms[{number}]", form)
        for place, section in enumerate(filing.get("sections", []))
        for number, form in enumerate(section.get("forms", []))
    ]


def section_titles(truth: dict[str, Any], reading: dict[str, Any]) -> Iterator[tuple[Fields, Fields]]:
    """The titles of the sections, side by side."""
    mine, other = ([section.get("title") for section in filing.get("sections", [])] for filing in (truth, reading))
    for place in range(max(len(mine), len(other))):
        pair = [
            {f"sections[{place}].title": titles[place]} if place < len(titles) and titles[place] else {}
            for titles in (mine, other)
        ]
        yield pair[0], pair[1]


def aligned(true: list[str], read: list[str]) -> list[tuple[int | None, int | None]]:
    """Pairs of places: one to one where there are as many, else by likeness, in order."""
    if len(true) == len(read):
        return [(place, place) for place in range(len(true))]
    found: list[tuple[int | None, int | None]] = []
    for _, low, high, start, stop in difflib.SequenceMatcher(None, true, read, autojunk=False).get_opcodes():
        for step in range(max(high - low, stop - start)):
            found.append((low + step if low + step < high else None, start + step if start + step < stop else None))
    return found


def form_key(form: dict[str, Any]) -> str:
    """What a form is told by: its kind and the project's name."""
    return f"{form.get('form')} {key((form.get('project') or {}).get('name'))}"


def row_key(row: dict[str, Any]) -> str:
    """What a row is told by: its name and target."""
    return f"{key(row.get('name'))} {key((row.get('target') or {}).get('text'))}"


def lists(form: dict[str, Any]) -> list[str]:
    """The names of a form's lists; some forms have two."""
    return [name for name, value in form.items() if isinstance(value, list)]


def form_fields(form: dict[str, Any]) -> Fields:
    """The fields of a form, its lists and source aside."""
    return flat("", {name: value for name, value in form.items() if name not in ("source", *lists(form))})


def prefixed(path: str, fields: Fields) -> Fields:
    """The fields with a path before theirs."""
    return {f"{path}.{name}": value for name, value in fields.items()}


def flat(path: str, node: Any) -> Fields:
    """The leaves of a JSON value by path; what is null is no field. A mark's name is a path of its own."""
    if isinstance(node, dict):
        return {
            name: leaf
            for part, value in node.items()
            for name, leaf in flat(f"{path}.{part}" if path else part, value).items()
        }
    if isinstance(node, list):
        return {
            name: leaf for place, value in enumerate(node) for name, leaf in flat(f"{path}[{place}]", value).items()
        }
    return {} if node is None or node == "" else {path: node}


def key(value: Any) -> Any:
    """A value as it is compared: numbers as numbers, texts after NFKC without white space."""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return Decimal(str(value)).normalize()
    return "".join(unicodedata.normalize("NFKC", value).split()) if isinstance(value, str) else value
