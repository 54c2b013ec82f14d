"""Text broken into the lines of a column, as a page is set: full-width characters count two."""

import random
import re
import unicodedata

NO_START = "，。、；：）》”！？％%)]】〕〉,.;:"
NO_END = "（《“(【〔〈"
LOOKS_LIKE_VALUE = re.compile(r"[=≥≤<>＞＜＝]*[\d.,]+[%％]?")
WORD = re.compile(r"[A-Za-z0-9.,/%-]+|\s|.", re.DOTALL)


def width(text: str) -> int:
    """The width of a text in half-width squares."""
    return sum(2 if unicodedata.east_asian_width(mark) in "WFA" else 1 for mark in text)


def wrap(text: str, room: int, kinsoku: bool = True) -> list[str]:
    """The lines of a text in a column `room` squares wide; line breaks in the text are kept."""
    return [line for part in text.split("\n") for line in wrap_line(part, room, kinsoku)]


def wrap_line(text: str, room: int, kinsoku: bool) -> list[str]:
    """Lines filled one after the other; numbers and Latin words go whole to the next line where kinsoku holds."""
    lines, line = [], ""
    for word in WORD.findall(text) if kinsoku else list(text):
        for part in [word] if width(word) <= room else list(word):
            if line and width(line + part) > room:
                keep, line = carried(line, part) if kinsoku else (line, "")
                lines.append(keep.rstrip(" "))
            line += part
    lines.append(line)
    return [line.strip() for line in lines if line.strip()] or [""]


def carried(line: str, following: str) -> tuple[str, str]:
    """The full line and what goes along to the next: a closing mark takes its neighbour along, an opening one leaves."""
    if following[0] in NO_START and len(line) > 2:
        return line[:-1], line[-1]
    if line[-1] in NO_END and len(line) > 1:
        return line[:-1], line[-1]
    return line, ""


def wrap_short(text: str, room: int, kinsoku: bool = True) -> list[str]:
    """Lines whose last one is visibly short, so that the end of the cell can be seen; the column gives way a little."""
    for less in (0, 2, 4, 6, -2, -4):
        lines = wrap(text, room - less, kinsoku)
        if width(lines[-1]) <= room - less - 10:
            return lines
    return wrap(text, room, kinsoku)


def wrap_name(text: str, room: int) -> list[str]:
    """Lines of a name, none of which could be taken for a value."""
    for more in (0, 2, 4, 6, 8):
        lines = wrap(text, room + more)
        if not any(LOOKS_LIKE_VALUE.fullmatch(line) for line in lines):
            return lines
    return [text]


def wrap_anywhere(text: str, rng: random.Random) -> list[str]:
    """Lines cut at any places, at least two characters each, none of which could be taken for a value."""
    if len(text) < 4 or LOOKS_LIKE_VALUE.fullmatch(text):
        return [text]
    lines, rest = [], text
    while len(rest) > 3 and (len(lines) < 1 or rng.random() < 0.75):
        cut = rng.randint(2, max(2, min(len(rest) - 2, 28)))
        lines.append(rest[:cut])
        rest = rest[cut:]
    lines.append(rest)
    clean = all(line == line.strip() and not LOOKS_LIKE_VALUE.fullmatch(line) for line in lines)
    return lines if clean else [text]
