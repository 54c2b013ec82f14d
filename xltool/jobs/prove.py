"""The proof of a mapping file: it loads, its names are spelled by its captions, what is filled in comes back from a workbook,
and it agrees with an official blank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from xltool import caption_rule, library, mapping, text_file, yamlfile
from xltool.form import Form
from xltool.jobs import agree, sampled
from xltool.jobs.sources import Named
from xltool.problems import Problem, ProblemError
from xltool.yamlfile import Table


def prove(path: Path, blank: Path | None = None, folders: tuple[str, ...] = ()) -> tuple[Form | None, list[Problem]]:
    """The form, where the file declares one, and every fault, placed as ``file:line``.

    A form that it extends is looked for among the known ones and beside the file.

    Raises:
        ProblemError: where a file cannot be read at all.
    """
    text = text_file.decode(Named(path, path).read(), str(path))
    beside = (*folders, str(path.parent))
    try:
        table = yamlfile.load(text, str(path))
        form = mapping.build(mapping.inherit(table, lambda form_id: library.table_named(form_id, beside)), str(path))
    except ProblemError as error:
        return None, list(error.problems)
    faults = yamlfile.in_reading_order(_placed(one, table) for one in (*caption_rule.check(form), *sampled.faults(form, _known(beside))))
    if blank:
        faults.extend(agree.differences(form, Named(blank, blank).read(), str(blank)))
    return form, faults


def _known(folders: tuple[str, ...]) -> Mapping[str, Form]:
    """The forms that are known beside the file's; those of xltool alone where one of its neighbours has faults."""
    try:
        return library.forms(folders)
    except ProblemError:
        return library.forms()


def _placed(one: Problem, table: Table) -> Problem:
    """The problem at the line where its field is declared, exceptions first; else at the picture."""
    words = dict(one.words)
    for key in ("exceptions", "fields", "layout"):
        node = table.get(key)
        if isinstance(node, Table):
            found = next((name for name, _ in node.entries if name.text == words.get("field")), None)
            if found:
                return replace(one, place=found.place)
        elif node:
            return replace(one, place=node.place)
    return one
