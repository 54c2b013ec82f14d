"""The rest of a long text in a cell over several rows: what a page's end has cut off stands behind the last of these rows."""

from __future__ import annotations

from xltool.filing import Scalar
from xltool.form import Field
from xltool.recovery.alignment import Match
from xltool.recovery.atoms import PAGE
from xltool.recovery.claims import Account
from xltool.recovery.paragraphs import lines_of, paragraphs
from xltool.recovery.vocabulary import Vocabulary
from xltool.values import parse_target

LONG = 4
"""A rest has so many letters at least."""


def go_on(words: Vocabulary, matches: list[Match], values: dict[str, Scalar], account: Account) -> None:
    """Puts the words that begin a page, between two captions, behind the text that they go on."""
    for one in (field for field in words.form.drawn_scalars if field.type == "paragraphs"):
        cell = words.form.layout.cell_of(one.name)
        text = values.get(one.path)
        if cell.last_row == cell.row or not isinstance(text, str):
            continue
        rest = _rest(words, one, matches, account)
        own = [number for number, claimed in enumerate(account.claims) if claimed and claimed[0] == one.path]
        if not rest or not own or own[-1] > rest[0] or any(account.atoms[number].cell >= 0 for number in rest):
            continue
        values[one.path] = paragraphs(lines_of([account.atoms[number] for number in (*own, *rest)]))
        account.claim(rest, one.path, "换页之后的下文")
        account.repair("wrap-joined", rest[0], f"“{one.name}”在换页处断开，已接上")
        account.doubt(one.path, rest[0], "文字在换页处断开，接上之后未必完整")


def _rest(words: Vocabulary, one: Field, matches: list[Match], account: Account) -> list[int]:
    """The words that begin a page behind the caption of a row that a text's cell spans, up to the next caption."""
    cell = words.form.layout.cell_of(one.name)
    for match, then in zip(matches, matches[1:], strict=False):
        row = words.slots[match.slot].cell.row
        free = account.free(match.found.last, then.found.first)
        if not cell.row <= row <= cell.last_row or not free:
            continue
        begin = next((at for at, number in enumerate(free) if account.atoms[number].gap == PAGE), None)
        if begin is None:
            continue
        rest = free[begin:]
        said = "".join(account.atoms[number].text for number in rest)
        if len(said) >= LONG and parse_target(said).value is None:
            return rest
    return []
