"""Lines that are drawn under words or through them: no rules, for they begin and end as the words do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from xltool.surfaces.pdf.marks import Character, Stroke
from xltool.surfaces.pdf.rules import LEAST

MOST = 500
"""Lines of a page that meet no other: a page of more is a drawing, or its rules are dashes."""
LONG = 1.5
"""How long a line is at least, in the height of a letter: shorter ones may be dashes of a rule."""
MEETS = 1.5
"""Points between the end of a rule and the rule that it meets."""
NEAR = 2.0
"""Points by which a line may be longer or shorter than the words."""
BELOW = 0.2
"""How far under a letter, in its height, its underline may lie."""
MIDDLE = 0.25, 0.75
"""Where in the height of a letter a line strikes it out."""
BAND = 16.0
"""Points: letters are looked up by the bands that they reach into."""


def parted(strokes: Sequence[Stroke], characters: Sequence[Character]) -> tuple[list[Stroke], set[int]]:
    """The strokes that are no line under or through words; and by their place the letters that are struck out."""
    uprights = sorted([one.at for one in strokes if not one.across and one.last - one.first >= LEAST])
    loose = [one for one in strokes if one.across and one.last - one.first >= LEAST and not _meets(one.first, uprights) and not _meets(one.last, uprights)]
    if not loose or len(loose) > MOST:
        return [*strokes], set()
    bands: dict[int, list[int]] = {}
    for at, letter in enumerate(characters):
        for band in {int(letter.top // BAND), int((letter.bottom + BAND / 4) // BAND)}:
            bands.setdefault(band, []).append(at)
    gone: set[Stroke] = set()
    struck: set[int] = set()
    for one in loose:
        along = [at for at in bands.get(int(one.at // BAND), ()) if _along(one, characters[at])]
        if along and _as_long(one, [characters[at] for at in along]):
            gone.add(one)
            struck.update(at for at in along if _through(one, characters[at]))
    return [one for one in strokes if one not in gone], struck


def _meets(end: float, uprights: Sequence[float]) -> bool:
    at = bisect_left(uprights, end - MEETS)
    return at < len(uprights) and uprights[at] <= end + MEETS


def _along(line: Stroke, one: Character) -> bool:
    """True for a letter that a line lies under or goes through."""
    return one.top < line.at < one.bottom + BELOW * (one.bottom - one.top) and line.first - NEAR < one.left and one.right < line.last + NEAR and not one.text.isspace()


def _as_long(line: Stroke, letters: Sequence[Character]) -> bool:
    """True where a line is as long as the words along it."""
    first, last = min(one.left for one in letters), max(one.right for one in letters)
    return abs(first - line.first) <= NEAR and abs(last - line.last) <= NEAR and line.last - line.first >= LONG * (letters[0].bottom - letters[0].top)


def _through(line: Stroke, one: Character) -> bool:
    share = (line.at - one.top) / (one.bottom - one.top)
    return MIDDLE[0] < share < MIDDLE[1]
