"""Patches as files: written, read, and applied to a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from xltool.diff import Patch, apply
from xltool.diff.patch_json import from_json, to_json
from xltool.diff.patch_schema import of_patch
from xltool.filing import Filing
from xltool.jobs import convert, kinds, reading, store
from xltool.jobs.convert import KINDS
from xltool.jobs.in_place import apply_to_workbook
from xltool.jobs.into import Written
from xltool.jobs.reading import Forms
from xltool.jobs.sources import STDIN, Named, paths
from xltool.problems import ProblemError, problem
from xltool.surfaces import json_file


def patch_bytes(patch: Patch, forms: Forms) -> bytes:
    """The bytes of a patch file: UTF-8, indent of two blanks, the same patch the same bytes."""
    return (json_file.encode(to_json(patch, forms)) + "\n").encode("utf-8")


def read_patch(data: bytes, name: str, forms: Forms) -> Patch:
    """The patch of a file.

    Raises:
        ProblemError: every fault, by path.
    """
    return from_json(json_file.load_by(data, of_patch(forms), name), forms, name)


def named(word: str) -> Named:
    """The file of a word; - is stdin."""
    return Named(None, Path("stdin")) if word == STDIN else Named(Path(word), Path(word))


def check_out(out: str, force: bool, suffixes: tuple[str, ...] = (".xlsx",), read: Sequence[str] = ()) -> None:
    """Nothing comes back where a file of one of these kinds may be written there; ``read`` are the words of what is read.

    Raises:
        ProblemError: where its kind is another, or a file stands there and may not be replaced.
    """
    path = Path(out)
    if path.suffix.lower() not in suffixes:
        code = "out-kind-xlsx" if suffixes == (".xlsx",) else "out-kind"
        raise ProblemError(problem(code, out, found=path.suffix or path.name))
    store.check_free(path, force, store.identities(paths([word for word in read if word != STDIN])))


def applied(patch: Patch, base: Filing, forms: Forms) -> Filing:
    """The filing that a patch makes, accepted by the schema of its forms.

    Raises:
        ProblemError: where the patch does not fit, or a value that it brings is none of its field.
    """
    made = apply(patch, base, forms)
    json_file.read(json_file.write(made, forms), forms, patch.result or "patch")
    return made


def apply_file(patch: str, file: str, out: str | None, forms: Forms, force: bool = False) -> Written:
    """The bytes of the file with the patch applied; they stand at ``out``, if there is one.

    A workbook that is to be one again keeps everything else that it holds.

    Raises:
        ProblemError: where anything cannot be read, does not fit, or cannot be written.
    """
    kind = KINDS[".json"]
    if out and out != STDIN:
        check_out(out, force, (*KINDS, ".xlsm"), (patch, file))
        kind = KINDS.get(Path(out).suffix.lower(), kinds.XLSX)
    by, on = named(patch), named(file)
    changes = read_patch(by.read(), by.name, forms)
    data = on.read()
    read = reading.read_bytes(data, on.name, forms)
    try:
        made = applied(changes, read.filing, forms)
    except ProblemError as error:
        raise ProblemError([replace(one, place=f"{on.shown}: {one.place}" if one.place else on.shown) for one in error.problems]) from None
    if read.kind == kind == kinds.XLSX:
        written = apply_to_workbook(data, on.name, read.filing, made, forms, out or "")
    else:
        written = Written(convert.render(made, forms, kind), ())
    if out and out != STDIN:
        store.store(Path(out), written.data, force)
    return written
