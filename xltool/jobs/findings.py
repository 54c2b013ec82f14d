"""What recovery found while it read a filing: how much, and the first lines of it as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xltool.filing import Filing, Source
from xltool.form import Form

KEYS = ("leftover", "doubts", "repairs")
"""What matters most comes first: what recovery stands by matters less than what it is not sure of."""
LONG = 80


@dataclass(frozen=True, slots=True)
class Findings:
    """How many leftovers, doubts and repairs there are, and of each the first lines."""

    leftover: int = 0
    doubts: int = 0
    repairs: int = 0
    lines: tuple[tuple[str, str], ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """The three numbers by name."""
        return {"leftover": self.leftover, "doubts": self.doubts, "repairs": self.repairs}

    def of(self, key: str) -> list[str]:
        """The lines of one kind."""
        return [line for kind, line in self.lines if kind == key]


NOTHING = Findings()


def findings(filing: Filing, shown: dict[str, int], forms: Mapping[str, Form]) -> Findings:
    """What was found in a filing; of each kind no more lines than ``shown``."""
    lines = {key: list(_lines(filing, key, forms)) for key in KEYS}
    kept = tuple((key, line) for key in KEYS for line in lines[key][: shown[key]])
    return Findings(len(lines["leftover"]), len(lines["doubts"]), len(lines["repairs"]), kept)


def _sources(filing: Filing, forms: Mapping[str, Form]) -> Iterator[tuple[str, Source]]:
    """The document's source and that of each entry, with the words a person finds the entry by."""
    yield "", filing.source
    for entry in filing.entries:
        yield forms[entry.form].project_of(entry.values) or entry.title, entry.source


def _lines(filing: Filing, key: str, forms: Mapping[str, Form]) -> Iterator[str]:
    for name, source in _sources(filing, forms):
        match key:
            case "repairs":
                yield from (_line(name, one.place, one.what) for one in source.repairs)
            case "doubts":
                yield from (_line(name, one.place, f"{one.path}: {one.why}") for one in source.doubts)
            case _:
                yield from (_line(name, one.place, one.text) for one in source.leftover)


def _line(name: str, place: str, text: str) -> str:
    text = text.replace("\n", " ")
    return " · ".join(part for part in (name, place, text if len(text) <= LONG else text[:LONG] + "…") if part)
