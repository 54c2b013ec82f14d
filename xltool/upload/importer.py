"""An importer as its YAML declares it: which names it compares byte by byte, what it orders, drops and changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xltool import text_file, yamlfile
from xltool.form import ROLES
from xltool.library import own_folder
from xltool.problems import ProblemError, problem
from xltool.yaml_reader import LIST_WANTED, TABLE_WANTED, TableReader
from xltool.yamlfile import Sequence, Table, Text

FOLDER = "importers"
KEYS = ("importer", "version", "about", "names", "levels", "suffix", "ordered", "one_line", "zero", "places")


@dataclass(frozen=True, slots=True)
class Importer:
    """What an importer does. ``names``, ``one_line`` and ``zero`` are roles; ``levels`` is by a word that a level two holds
    the name it becomes; ``places`` are the decimals of 万元 that it keeps, None where it keeps all."""

    id: str
    names: tuple[str, ...] = ()
    levels: Mapping[str, str] = field(default_factory=dict)
    suffix: str = ""
    ordered: bool = False
    one_line: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()
    places: int | None = None


def named(name: str, folders: tuple[str, ...] = ()) -> Importer:
    """The importer of a name, from the user's folders (``importers/`` in them) or our own; or of a file ``….yaml``.

    Raises:
        ProblemError: where there is none of that name, or its file has faults.
    """
    if Path(name).suffix.lower() in (".yaml", ".yml"):
        return read(text_file.read(Path(name)), Path(name).name)
    places = [*(Path(folder) for folder in reversed(folders)), own_folder("mappings")]
    known: dict[str, str] = {}
    for place in places:
        inner = place.joinpath(FOLDER)
        for file in inner.iterdir() if inner.is_dir() else ():
            if file.name.endswith((".yaml", ".yml")):
                known.setdefault(file.name.rpartition(".")[0], text_file.decode(file.read_bytes(), file.name))
    if name not in known:
        raise ProblemError(problem("importer-unknown", "", name=name, known=", ".join(sorted(known))))
    return read(known[name], f"{name}.yaml")


def read(text: str, name: str) -> Importer:
    """The importer that a text declares.

    Raises:
        ProblemError: with every fault of the text.
    """
    builder = _Builder(yamlfile.load(text, name))
    made = builder.importer()
    if builder.faults:
        raise ProblemError(yamlfile.in_reading_order(builder.faults))
    return made


class _Builder(TableReader):
    """Reads the keys of one importer and collects the faults."""

    def importer(self) -> Importer:
        self.known(self.table, KEYS)
        places = self.word("places")
        if places and not places.isdecimal():
            self.fault("number-expected", self.table.get("places"), key="places", found=places)
        ordered = self.word("ordered") or "false"
        if ordered not in ("true", "false"):
            self.fault("word-expected", self.table.get("ordered"), key="ordered", known="true, false", found=ordered)
        return Importer(
            self.word("importer"), self.roles("names"), self.levels(), self.word("suffix"), ordered == "true",
            self.roles("one_line"), self.roles("zero"), int(places) if places.isdecimal() else None,
        )  # fmt: skip

    def word(self, key: str) -> str:
        node = self.table.get(key)
        if node is None and key == "importer":
            self.fault("yaml-missing-key", None, key=key)
        return self.text_of(node, key)

    def roles(self, key: str) -> tuple[str, ...]:
        node = self.table.get(key)
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self.fault("yaml-shape", node, key=key, wanted=LIST_WANTED)
            return ()
        found = [(item, item.text if isinstance(item, Text) else "?") for item in node.items]
        for item, role in found:
            if role not in ROLES:
                self.unknown("word-expected", item, role, ROLES, key=key, found=role)
        return tuple(role for _, role in found)

    def levels(self) -> dict[str, str]:
        node = self.table.get("levels")
        if node is None:
            return {}
        if not isinstance(node, Table):
            self.fault("yaml-shape", node, key="levels", wanted=TABLE_WANTED)
            return {}
        return {key.text: value.text for key, value in node.entries if isinstance(value, Text)}
