"""The forms that are known: those that come with xltool, and the user's own folders."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from xltool import text_file, yamlfile
from xltool.form import Form
from xltool.mapping import build, inherit
from xltool.problems import Problem, ProblemError, problem
from xltool.yamlfile import Table, Text

Forms = Mapping[str, Form]


def own_folder(name: str) -> Traversable:
    """The folder ``mappings`` or ``templates`` of the installed package, or of the checkout it runs from."""
    packaged = resources.files("xltool").joinpath(name)
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / name


@lru_cache(maxsize=8)
def forms(folders: tuple[str, ...] = ()) -> Forms:
    """Every known form by id, those of ``folders`` after xltool's own.

    Raises:
        ProblemError: every fault of every mapping file.
    """
    faults: list[Problem] = []
    tables = _tables(folders, faults)
    found: dict[str, Form] = {}
    for form_id, table in tables.items():
        try:
            found[form_id] = build(inherit(table, tables.get), table.file)
        except ProblemError as error:
            faults.extend(error.problems)
    if faults:
        raise ProblemError(faults)
    return MappingProxyType(found)


@lru_cache(maxsize=8)
def fingerprint(folders: tuple[str, ...] = ()) -> str:
    """The hash of every mapping file, those of ``folders`` included: the same for as long as nobody changes one."""
    found = hashlib.sha256()
    for folder in (own_folder("mappings"), *map(Path, folders)):
        for file in _yaml_files(folder, []):
            data = file.read_bytes()
            found.update(f"{file.name}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    return found.hexdigest()


def table_named(form_id: str, folders: tuple[str, ...] = ()) -> Table | None:
    """The mapping of a form as it is written, for another to extend; faults of other files do not matter here."""
    return _tables(folders, []).get(form_id)


def _tables(folders: tuple[str, ...], faults: list[Problem]) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    own = own_folder("mappings")
    for folder in (own, *map(Path, folders)):
        for file in _yaml_files(folder, faults):
            # Two folders may hold files of one name.
            _collect(file, str(Path(folder, file.name)) if isinstance(folder, Path) and folder != own else file.name, tables, faults)
    return tables


def _yaml_files(folder: Traversable, faults: list[Problem]) -> Sequence[Traversable]:
    if not folder.is_dir():
        faults.append(problem("file-missing", str(folder)))
        return ()
    return sorted((file for file in folder.iterdir() if file.name.endswith((".yaml", ".yml"))), key=lambda file: file.name)


def _collect(file: Traversable, name: str, tables: dict[str, Table], faults: list[Problem]) -> None:
    try:
        table = yamlfile.load(text_file.decode(file.read_bytes(), name), name)
    except ProblemError as error:
        faults.extend(error.problems)
        return
    form = table.get("form")
    key = form.text if isinstance(form, Text) else name
    if key in tables:
        faults.append(problem("mapping-twice", table.place, form=key, other=tables[key].file))
    tables.setdefault(key, table)


def form_named(known: Forms, form_id: str) -> Form:
    """The form of an id.

    Raises:
        ProblemError: where there is none, naming those there are.
    """
    if form_id not in known:
        raise ProblemError(problem("form-unknown", "", form=form_id, known=", ".join(known)))
    return known[form_id]
