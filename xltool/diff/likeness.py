"""How alike two texts are, and what of one became what of the other, word by word (Chinese: character by character)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from xltool.values import normal

Run = tuple[str, str]
"""What was there and what is there now; both the same where nothing changed."""
_TOKEN = re.compile(r"[A-Za-z]+|\d+(?:[.,]\d+)*|.", re.S)
_SENTENCE = re.compile(r"[^。；;\n]*[。；;\n]|[^。；;\n]+", re.S)
FINE = 2_000
"""Words of a text up to which words are compared; of longer ones sentences first."""


@lru_cache(maxsize=65536)
def _pairs(text: str) -> Counter[str]:
    """How often each two neighbouring characters stand in a text, its ends included."""
    framed = f"\0{normal(text)}\0"
    return Counter(framed[at : at + 2] for at in range(len(framed) - 1))


def likeness(first: str, second: str) -> float:
    """0 for texts that share nothing to 1 for the same text (blanks and widths apart)."""
    a, b = _pairs(first), _pairs(second)
    if a == b:
        return 1.0
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    shared = sum(min(count, large[pair]) for pair, count in small.items())
    return 2 * shared / (a.total() + b.total())


def runs(old: str, new: str) -> list[Run]:
    """The two texts in runs, from the beginning: put together, the firsts are ``old`` and the seconds ``new``."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(a) <= FINE and len(b) <= FINE:
        return _joined(_compared(a, b))
    coarse = _compared(_SENTENCE.findall(old), _SENTENCE.findall(new))
    return _joined(run for was, now in coarse for run in _finer(was, now))


def _finer(was: str, now: str) -> Iterator[Run]:
    a, b = _TOKEN.findall(was), _TOKEN.findall(now)
    if was == now or len(a) > FINE or len(b) > FINE:
        yield was, now
    else:
        yield from _compared(a, b)


def _compared(a: Sequence[str], b: Sequence[str]) -> Iterator[Run]:
    for _, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        yield "".join(a[a1:a2]), "".join(b[b1:b2])


def _joined(found: Iterator[Run]) -> list[Run]:
    """Runs of one kind put together; a lone character between two changes belongs to them."""
    kept: list[Run] = []
    for was, now in found:
        if kept and was != now and len(kept) > 1 and kept[-1][0] == kept[-1][1] and len(kept[-1][0]) == 1 and kept[-2][0] != kept[-2][1]:
            between, before = kept.pop(), kept.pop()
            kept.append((before[0] + between[0] + was, before[1] + between[1] + now))
        elif kept and (kept[-1][0] == kept[-1][1]) == (was == now):
            before = kept.pop()
            kept.append((before[0] + was, before[1] + now))
        else:
            kept.append((was, now))
    return kept
