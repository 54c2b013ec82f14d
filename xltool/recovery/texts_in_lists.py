"""The rest of a long text whose row stands above a list's head at the end of a page: it begins the next, before the rows."""

from __future__ import annotations

from collections.abc import Sequence

from xltool.filing import Scalar
from xltool.form import Field
from xltool.recovery.claims import Account
from xltool.recovery.list_labels import first_label
from xltool.recovery.paragraphs import ends_open, lines_of, next_item, paragraphs
from xltool.recovery.vocabulary import Vocabulary
from xltool.values import parse_target

LONG = 4
"""A rest has so many letters at least."""
ENDS = "。；;！!？?…"
"""How a whole sentence ends."""


def go_on(words: Vocabulary, ranges: Sequence[tuple[int, int]], values: dict[str, Scalar], account: Account) -> None:
    """Puts the words that begin a page and a list, before its first level name, behind the long text that they go on."""
    for bounds in ranges[:1]:
        rest = _rest(words, account.free(*bounds), account)
        one = _unended(words, bounds[0], rest, values, account) if rest else None
        if one is None:
            return
        own = [number for number, claimed in enumerate(account.claims) if claimed and claimed[0] == one.path]
        values[one.path] = paragraphs(lines_of([account.atoms[number] for number in (*own, *rest)]))
        account.claim(rest, one.path, "换页之后的下文")
        account.repair("wrap-joined", rest[0], f"“{one.name}”在换页处断开，已接上")
        account.doubt(one.path, rest[0], "文字在换页处断开，接上之后未必完整")


def _rest(words: Vocabulary, free: Sequence[int], account: Account) -> Sequence[int]:
    """The words before the first level name; none where a value stands among them, as in a row."""
    rest = free[: first_label(words, [account.atoms[number] for number in free])]
    whole = sum(len(account.atoms[number].key) for number in rest) >= LONG and len(rest) < len(free)
    valued = any(parse_target(account.atoms[number].text, words.form.units).operator is not None for number in rest)
    return rest if whole and not valued else ()


def _unended(words: Vocabulary, first: int, rest: Sequence[int], values: dict[str, Scalar], account: Account) -> Field | None:
    """The last long text before the list, where it breaks off at the end of the page before, or the words begin with its next item."""
    last = {claimed[0]: number for number, claimed in enumerate(account.claims[:first]) if claimed}
    own = [one for one in words.form.scalars if one.type == "paragraphs" and one.path in last and isinstance(values.get(one.path), str)]
    one = max(own, key=lambda one: last[one.path], default=None)
    if one is None or account.atoms[last[one.path]].page + 1 != account.atoms[rest[0]].page:
        return None
    text = str(values[one.path])
    broken = text[-1:] not in ENDS or ends_open(text)
    return one if broken or next_item([text], account.atoms[rest[0]].text) else None
