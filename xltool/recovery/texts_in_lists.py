"""The rest of a long text whose row stands above a list's head at the end of a page: it begins the next, before the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xltool.filing import Scalar
from xltool.form import Field, Form
from xltool.recovery.claims import Account
from xltool.recovery.list_labels import first_label
from xltool.recovery.paragraphs import ends_open, lines_of, next_item, paragraphs
from xltool.recovery.vocabulary import Vocabulary
from xltool.values import parse_target

LONG, PROSE = 4, 8
"""A rest has so many letters at least; left-over words with a stop among them are prose where they have so many."""
ENDS = "。；;！!？?…"
"""How a whole sentence ends."""


def go_on(words: Vocabulary, ranges: Sequence[tuple[int, int]], values: dict[str, Scalar], account: Account) -> None:
    """Puts the words that begin a page and a list, before its first level name, behind the long text that they go on."""
    for bounds in ranges[:1]:
        rest = _rest(words, account.free(*bounds), account)
        one = _before(words, bounds[0], rest, account) if rest else None
        if one is None or not isinstance(values.get(one.path), str):
            return
        said = "".join(account.atoms[number].text for number in rest)
        if _goes_on(str(values[one.path]), said, account.atoms[rest[0]].text):
            own = [number for number, claimed in enumerate(account.claims) if claimed and claimed[0] == one.path]
            values[one.path] = paragraphs(lines_of([account.atoms[number] for number in (*own, *rest)]))
            account.claim(rest, one.path, "换页之后的下文")
            account.repair("wrap-joined", rest[0], f"“{one.name}”在换页处断开，已接上")
        elif "。" not in said:
            return
        for path in _beside(words, one, values):
            account.doubt(path, rest[0], "文字在换页处断开，接上之后未必完整")


def cut_off(form: Form, last: int, values: Mapping[str, Scalar], account: Account) -> None:
    """Doubts on the long texts of a form where prose before the atom ``last``, something of the form behind it, was left over:
    it may be the rest of one."""
    run, begin = "", 0
    end = max((number for number, claimed in enumerate(account.claims) if claimed is not None), default=0)
    for number in range(min(last, end)):
        run, begin = (run + account.atoms[number].text, begin if run else number) if account.claims[number] is None else ("", 0)
        if len(run) >= PROSE and any(mark in run for mark in "，。"):
            for one in form.scalars:
                if one.type == "paragraphs" and isinstance(values.get(one.path), str):
                    account.doubt(one.path, begin, "有成段的文字没有归入任何一格，可能是它的下文")
            return


def _beside(words: Vocabulary, one: Field, values: dict[str, Scalar]) -> Sequence[str]:
    """The paths of a long text and of those in its row: the words behind the page's end may be theirs."""
    row = words.form.layout.cell_of(one.name).row
    texts = [other for other in words.form.drawn_scalars if other.type == "paragraphs" and words.form.layout.cell_of(other.name).row == row]
    return [one.path, *(other.path for other in texts if other != one and isinstance(values.get(other.path), str))]


def _rest(words: Vocabulary, free: Sequence[int], account: Account) -> Sequence[int]:
    """The words before the first level name; none where a value stands among them, as in a row."""
    rest = free[: first_label(words, [account.atoms[number] for number in free])]
    whole = sum(len(account.atoms[number].key) for number in rest) >= LONG and len(rest) < len(free)
    valued = any(parse_target(account.atoms[number].text, words.form.units).operator is not None for number in rest)
    return rest if whole and not valued else ()


def _before(words: Vocabulary, first: int, rest: Sequence[int], account: Account) -> Field | None:
    """The last long text before the list, where it stands on the page before."""
    last = {claimed[0]: number for number, claimed in enumerate(account.claims[:first]) if claimed}
    own = [one for one in words.form.drawn_scalars if one.type == "paragraphs" and one.path in last]
    one = max(own, key=lambda one: last[one.path], default=None)
    return one if one is not None and account.atoms[last[one.path]].page + 1 == account.atoms[rest[0]].page else None


def _goes_on(text: str, said: str, first: str) -> bool:
    """True where a text breaks off, or the words behind the page's end begin with its next item or are more than a sentence:
    a row holds none."""
    return text[-1:] not in ENDS or ends_open(text) or "。" in said[:-1] or next_item([text], first)
