"""Lines that every page of a text prints again: the head behind a page's number, the foot before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from xltool.form import Form
from xltool.recovery.atoms import Line, Text, without_lines
from xltool.recovery.vocabulary import vocabulary
from xltool.values import caption_key, normal

TIMES = 2
"""So many pages at least begin or end with a line before it is their head or foot."""
SHARE = 0.6
"""And so large a share of all pages."""
SHORTEST = 6
"""Letters of a head or foot; shorter lines are values and ends of words."""
SENTENCE = frozenset("。，；,;=<>≤≥")
"""What stands in no head: a goal that goes on over pages, which their ends draw again, and values have such marks."""


def without_page_heads(text: Text, forms: Iterable[Form]) -> Text:
    """The text without the lines that its pages begin or end with; these stand in ``heads``. Captions and level names,
    which a page's end draws again too, stay, and so does a line that stands inside a page as well."""
    edges = list(_edges(text))
    found = {key for side in (0, 1) for key in _recurring([key for key, at in edges if at == side])}
    if not found:
        return text
    own = own_words(forms)
    lines = {line.first: key for line in text.lines if (key := _key(text, line)) in found and not _is_own(text, line, key, own)}
    inside = Counter(lines.values())
    found = {key for key in inside if inside[key] <= sum(one == key for one, _ in edges) + 1}
    gone = {line for line in text.lines if lines.get(line.first) in found}
    if not gone:
        return text
    kept, heads = without_lines(text, gone)
    return kept._replace(heads=heads)


def _is_own(text: Text, line: Line, key: str, own: set[str]) -> bool:
    """True for a line of the form's own words alone, as the heads of its list are."""
    return key in own or all(atom.key in own for atom in text.atoms[line.first : line.last])


def _recurring(keys: list[str]) -> Iterator[str]:
    for key, times in Counter(keys).items():
        if times >= max(TIMES, SHARE * len(keys)) and len(key) >= SHORTEST and not SENTENCE.intersection(key):
            yield key


def _edges(text: Text) -> Iterator[tuple[str, int]]:
    """The keys of the lines beside the pages' numbers, or the form feeds: (key, 0) of one that begins a page, (key, 1) of
    one that ends it."""
    numbers = [number for number, _ in text.numbers]
    for before, line in pairwise(text.lines):
        parted = line.page > before.page if text.fed else any(before.number < number < line.number for number in numbers)
        if parted and not line.grid and not before.grid:
            yield _key(text, line), 0
            yield _key(text, before), 1


def _key(text: Text, line: Line) -> str:
    return "".join(atom.key for atom in text.atoms[line.first : line.last])


def own_words(forms: Iterable[Form]) -> set[str]:
    """What a form prints itself: its title, its captions, the names of its levels."""
    found: set[str] = set()
    for form in forms:
        words = vocabulary(form)
        found.update(words.titles, words.levels.keys)
        for cell in form.layout.cells:
            found.update(caption_key(spelling) for spelling in (cell.caption, *form.captions.get(cell.caption, ())))
            found.add(normal(cell.caption))
    return found


def words_of_lists(forms: Iterable[Form]) -> set[str]:
    """Those of a form's own words that stand at or in its lists: their heads, the names of levels."""
    found: set[str] = set()
    for words in map(vocabulary, forms):
        found.update(words.levels.keys, *words.heads)
        found.update(caption_key(cell.caption) for block in words.form.blocks for cell in block.spans)
    return found
