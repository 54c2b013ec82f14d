"""Stream text of forms of one's own mapping whose rows lack a target: what is read wrong is doubted."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.damage.score import score
from tests.mappings.test_examples import KNOWN, OWN, filed, read
from xltool.arrange import place, text_of
from xltool.canonical import to_json
from xltool.filing import Filing


def lacking(filing: Filing) -> Iterator[Filing]:
    """The filing once for each row that has a target, without it."""
    [section] = filing.sections
    [entry] = section.entries
    for name, items in entry.lists.items():
        for at, item in enumerate(items):
            if item.get("target") is not None:
                bare = (*items[:at], {**item, "target": None}, *items[at + 1 :])
                yield replace(filing, sections=(replace(section, entries=(replace(entry, lists={**entry.lists, name: bare}),)),))


def printed(filing: Filing, apart: bool) -> str:
    """The cells of the form's table in order, a line for each row, or for each cell."""
    [entry] = list(filing.entries)
    lines: list[list[str]] = []
    last = 0
    for cell in sorted(place(KNOWN[entry.form], entry), key=lambda one: (one.row, one.column)):
        text = (text_of(cell.value) if cell.field else cell.text).strip()
        if text and (apart or cell.row != last):
            lines.append([])
        if text:
            lines[-1].append(text)
            last = cell.row
    return "\n".join(" ".join(line) for line in lines) + "\n"


@pytest.mark.parametrize("apart", [False, True], ids=["a line a row", "a line a cell"])
@pytest.mark.parametrize("form_id", OWN)
def test_row_without_its_target_is_never_wrong_in_silence(form_id, apart):
    for bare in list(lacking(filed(form_id)))[1::2]:
        found = score(to_json(bare, KNOWN), to_json(read(printed(bare, apart), "a.txt"), KNOWN))
        assert () == found.silent
