"""Lines that the pages of a document print again and again, in a text that does not tell where its pages end: heads and
feet, the pages' numbers, the words of a watermark. Whoever copies text out of a viewer gets them amid the forms.

What they are is shown by their places: all over the text, some lines apart, behind and before other lines each time. A
value that all forms of a filing have stands below the same caption.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import takewhile
from operator import le
from statistics import median
from typing import NamedTuple

from xltool.form import Form
from xltool.recovery.atoms import page_number
from xltool.recovery.page_heads import SENTENCE, SHORTEST, own_words, words_of_lists
from xltool.values import normal

TIMES, OFTEN = 3, 6
"""So many lines are a habit; so many of the same letters, at whatever distance from each other."""
NEAREST, FARTHEST, UNEVEN = 8, 150, 3
"""The lines of text on a page, at the least and at the most; how much longer than most the longest page is."""
SAME = 0.5
"""The share of a running line's places before (and behind) which the same line stands, at the most."""
PLACES, KINDS = 0.4, 6
"""For so large a share of a line's places the form's own words above them are others each, and no more than so many need be: a
row's stand below the same."""
LONGEST = 120
"""Letters of such a line."""
DIGITS = 4
"""No document has so many pages that their number has more."""
MOST = 4
"""So many kinds of running lines are looked for."""
FEW, REGULAR = 2, 1
"""Below so many of the form's words in lists and outside a line shows less what it is; it does where its distances differ by no
more than so many lines, for a program counts them."""
_NUMBER, _LETTER = re.compile(r"\d+"), re.compile(r"\w")
_STAMPED = re.compile(
    r"(?:(?:本(?:资料|文件|材料|件))?(?:内部(?:资料|文件|材料|使用|参考)|(?:请|切|严禁|禁止|不得|请勿|切勿|勿)?(?:勿)?(?:外传|外泄|外借|转发|翻印|复印|复制|传播|泄露)"
    r"|(?:注意|妥善)(?:保管|保密|保存)|仅供(?:内部|参考|审核|审阅|讨论|工作|本次)+(?:使用|参考|参阅)?|(?:征求意见|送审|讨论|草)稿|样张|复印(?:件)?无效|由?扫描全能王(?:扫描)?(?:创建)?|CamScanner)[,，、.。;；!！]?)+"
)
"""What is printed across pages, or stamped on them, and is no word of a form: who may have the paper."""


class Running(NamedTuple):
    """Lines that are one running line, by their numbers from 0, and whether they count the pages; ``sure``: their places alone
    show it, else also that the text reads with less trouble without them; ``feeds``: a page ends where they stand."""

    lines: frozenset[int]
    counts: bool
    sure: bool = True
    feeds: bool = True


class _Written(NamedTuple):
    """A line that holds text: its number from 0, its letters, the same with # for each number, and the numbers."""

    number: int
    key: str
    shape: str
    numbers: tuple[str, ...]


def running(lines: Sequence[str], forms: Collection[Form]) -> list[Running]:
    """The running lines of a text, those that count pages first."""
    written = [_written(number, line) for number, line in enumerate(lines) if line.strip() and not page_number(line)]
    own, listed = own_words(forms), words_of_lists(forms)
    # The half of a word that a narrow cell wraps is the form's too.
    every = "\n".join(own)
    by_shape: dict[str, list[int]] = {}
    for at, one in enumerate(written):
        if len(one.key) <= LONGEST and _LETTER.search(one.key) and not one.key.startswith("|") and (one.shape == "#" or one.key not in every) and not SENTENCE.intersection(one.key):
            by_shape.setdefault(one.shape, []).append(at)
    found = [(chain, counts) for shape, places in by_shape.items() if len(places) >= TIMES for chain, counts in _chains(written, shape, places)]
    found = [(chain, counts) for chain, counts in found if _is_spread(chain, len(written))]
    inside = {at for chain, _ in found for at in chain}
    kept: list[tuple[list[int], bool, bool]] = []
    for chain, counts in found:
        if not _is_anywhere(written, chain, inside, own):
            continue
        above = [] if counts else [_word_above(lines, written, at, own) for at in chain]
        if counts or _is_below_all(above, listed):
            kept.append((_with_last(written, chain) if counts else chain, counts, True))
        elif _is_below_some(above, listed):
            kept.append((chain, counts, _is_regular(chain)))
    most = sorted(kept, key=lambda one: (not one[1], -len(one[0])))[:MOST]
    return [*_stamped(written), *(Running(frozenset(written[at].number for at in chain), counts, sure) for chain, counts, sure in most)]


def _stamped(written: Sequence[_Written]) -> list[Running]:
    """The lines that say who may have the paper, as one."""
    lines = frozenset(one.number for one in written if _STAMPED.fullmatch(one.key))
    return [Running(lines, False, feeds=False)] if lines else []


def _with_last(written: Sequence[_Written], chain: list[int]) -> list[int]:
    """The lines that count pages, with the last of the text where it counts on: the last page may be a short one."""
    last, end = written[-1], written[chain[-1]]
    step = [(int(one), int(then)) for one, then in zip(end.numbers, last.numbers, strict=False) if one != then]
    counts_on = last.shape == end.shape and len(step) == 1 and step[0][1] == step[0][0] + 1
    return [*chain, len(written) - 1] if counts_on else chain


def _written(number: int, line: str) -> _Written:
    key = normal(line)
    return _Written(number, key, _NUMBER.sub("#", key), tuple(_NUMBER.findall(key)))


def _chains(written: Sequence[_Written], shape: str, places: Sequence[int]) -> Iterator[tuple[list[int], bool]]:
    """The lines of one shape that count up one by one, and those of the same letters."""
    if "#" in shape:
        for part in range(shape.count("#")):
            chain = _counting(written, places, part)
            if len(chain) >= TIMES:
                yield chain, True
                return
    if len(shape) >= SHORTEST and shape != "#":
        for key, times in Counter(written[at].key for at in places).items():
            if times >= TIMES:
                yield [at for at in places if written[at].key == key], False


def _counting(written: Sequence[_Written], places: Sequence[int], part: int) -> list[int]:
    """The longest chain of lines whose number at ``part`` is one more each time, the others the same, a page apart; without
    the lines in whose place another may stand."""
    counted = [(at, (*numbers[:part], *numbers[part + 1 :]), int(numbers[part])) for at in places if len((numbers := written[at].numbers)[part]) <= DIGITS]
    before, behind = _reach(counted, -1), _reach([(-at, rest, value) for at, rest, value in reversed(counted)], 1)
    most = max((before[at] + behind[-at] for at, *_ in counted), default=0)
    ranks = Counter(before[at] for at, *_ in counted if before[at] + behind[-at] == most)
    return [at for at, *_ in counted if before[at] + behind[-at] == most and ranks[before[at]] == 1]


def _reach(counted: Iterable[tuple[int, tuple[str, ...], int]], step: int) -> dict[int, int]:
    """By place how many lines the longest chain has that comes to it, its numbers ``step`` from each to the one before."""
    found: dict[int, int] = {}
    ends: dict[tuple[tuple[str, ...], int], list[int]] = {}
    for at, rest, value in counted:
        near = takewhile(partial(le, at - FARTHEST), reversed(ends.get((rest, value + step), [])))
        found[at] = 1 + max((found[one] for one in near if at - one >= NEAREST), default=0)
        ends.setdefault((rest, value), []).append(at)
    return found


def _is_spread(chain: Sequence[int], count: int) -> bool:
    """True for lines all over a text of so many lines, at no great distance from each other."""
    steps = [then - at for at, then in zip(chain, chain[1:], strict=False)]
    usual = median(steps)
    if len(chain) >= OFTEN and usual >= NEAREST:
        return True
    most = max(UNEVEN * usual, NEAREST)
    return usual >= NEAREST and max(steps) <= most and chain[0] <= most and count - chain[-1] <= most


def _is_anywhere(written: Sequence[_Written], chain: Sequence[int], inside: set[int], own: set[str]) -> bool:
    """True for lines before and behind which other lines stand each time; pages may all begin with a form's title."""
    for step in (-1, 1):
        beside: list[str] = []
        for at in chain:
            then = at + step
            while then in inside:
                then += step
            beside.append(written[then].shape if 0 <= then < len(written) else "")
        key, times = Counter(beside).most_common(1)[0]
        if times > max(1, SAME * len(chain)) and not (step > 0 and key in own):
            return False
    return True


def _is_below_all(above: Sequence[str], listed: set[str]) -> bool:
    """True for lines that stand below other words of the form each time, in its lists and outside of them, as where a page
    ends by chance; the first words of several names come again in a list alone."""
    kinds = set(above)
    return len(kinds) >= min(max(TIMES, PLACES * len(above)), KINDS) and bool(kinds & listed) and bool(kinds - listed)


def _is_below_some(above: Sequence[str], listed: set[str]) -> bool:
    """True for lines that stand below few other words of the form, in its lists and outside of them."""
    kinds = set(above)
    return len(kinds) >= FEW and bool(kinds & listed) and bool(kinds - listed)


def _is_regular(chain: Sequence[int]) -> bool:
    """True for lines at the same distance from each other."""
    steps = [then - at for at, then in zip(chain, chain[1:], strict=False)]
    return max(steps) - min(steps) <= REGULAR


def _word_above(lines: Sequence[str], written: Sequence[_Written], at: int, own: set[str]) -> str:
    """The last word of a form's own before a line."""
    for one in reversed(written[max(0, at - FARTHEST) : at]):
        if word := next((key for word in reversed(lines[one.number].split()) if (key := normal(word).rstrip(":")) in own), ""):
            return word
    return ""


def without(lines: Sequence[str], found: Iterable[Running], feed: str) -> list[str]:
    """The lines, the running lines of them empty, ``feed`` where a page ends."""
    running = list(found)
    gone: set[int] = set().union(*(one.lines for one in running))
    ends: set[int] = set().union(*(one.lines for one in running if one.feeds))
    return [(feed if at in ends and at - 1 not in ends else "") if at in gone else line for at, line in enumerate(lines)]


def said(lines: Sequence[str], found: Iterable[Running]) -> Mapping[int, tuple[str, bool]]:
    """By number from 1 the text of each running line, and whether it counts pages."""
    return {at + 1: (lines[at].strip(), one.counts) for one in found for at in sorted(one.lines)}
