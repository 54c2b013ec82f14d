"""The tags of a page as a browser tells them, looked through before the page is parsed: the parser takes the square of
elements in elements and of a tag's attributes, so that a page of 30 KB could hold it up for minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from xltool import budgets
from xltool.problems import ProblemError, problem

_CELL = re.compile(r"<t[dh][\s>]", re.I)
# A quote parts nothing except behind =, and a name may begin with = itself.
_ATTRIBUTE = r"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+"
_TAG = re.compile(rf"<!--(?:-?>|.*?(?:--!?>|\Z))|<(/?)([a-zA-Z][^\s/>]*+)((?:[\s/]++|{_ATTRIBUTE})*+)>", re.S)
_ATTRIBUTES = re.compile(_ATTRIBUTE)
# A slash before > ends no element: HTML knows that of its void elements only.
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_CLOSED_BY_THE_NEXT = frozenset({"p", "li", "dt", "dd", "option", "td", "th", "tr", "tbody", "thead", "tfoot", "colgroup", "html", "body"})
_RAW = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"})
"""Elements whose content has no tags."""
_FOREIGN = re.compile(r"<(?:svg|math)\b", re.I)
_FONTS = frozenset({"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"})
"""Elements that, left open, a browser opens again in every paragraph that follows."""
MOST_ATTRIBUTES, MOST_OPTIONS, MOST_OPENED = 500, 20_000, 500_000
"""Of one tag (those of all <html> and <body> are of one); of a page; fonts that are opened again."""


def check(text: str, name: str) -> None:
    """Refuses markup that is nested too deep, has too many cells, or is such as only takes the parser's time.

    Raises:
        ProblemError: workbook-squares, html-depth, html-tangled.
    """
    if (cells := sum(1 for _ in _CELL.finditer(text))) > budgets.limit("html_cells"):
        raise budgets.over("workbook-squares", name, "html_cells", found=cells)
    open_now = _Open(budgets.limit("depth"))
    for found in tags(text):
        open_now.take(bool(found[1]), found[2].lower())
        if len(open_now.stack) > open_now.deepest:
            raise budgets.over("html-depth", _line(text, name, found), "depth")
        if open_now.tangled(found[2].lower(), found[3]):
            raise ProblemError(problem("html-tangled", _line(text, name, found)))


@dataclass(slots=True)
class _Open:
    """The elements that are open, ``floors`` where those of each open table begin; what was counted so far."""

    deepest: int
    stack: list[str] = field(default_factory=list)
    floors: list[int] = field(default_factory=lambda: [0])
    options: int = 0
    opened: int = 0
    of_page: int = 0

    def take(self, ends: bool, tag: str) -> None:
        """One tag more."""
        stack, floors = self.stack, self.floors
        if tag in ("td", "th", "tr"):
            del stack[floors[-1] :]
        elif ends and tag == "table":
            if len(floors) > 1:
                del stack[floors.pop() - 1 :]
        elif ends and tag in stack[floors[-1] :]:
            while stack.pop() != tag:
                pass
        elif not ends and tag not in _VOID and tag not in _CLOSED_BY_THE_NEXT:
            stack.append(tag)
            if tag == "table":
                floors.append(len(stack))

    def tangled(self, tag: str, attributes: str) -> bool:
        """True where with this tag there is too much of something."""
        count = len(_ATTRIBUTES.findall(attributes)) if len(attributes) > MOST_ATTRIBUTES or tag in ("html", "body") else 0
        self.of_page += count if tag in ("html", "body") else 0
        self.options += tag == "option"
        if len(self.stack) > self.floors[-1] and tag not in _FONTS:
            self.opened += sum(one in _FONTS for one in self.stack[self.floors[-1] :])
        return max(count, self.of_page) > MOST_ATTRIBUTES or self.options > MOST_OPTIONS or self.opened > MOST_OPENED


def tags(text: str) -> Iterator[re.Match[str]]:
    """Each tag: the slash of one that ends an element, its name, its attributes. Comments, and what scripts and titles hold,
    have none; but inside a drawing they are elements like others, so where a page has drawings what begins there counts."""
    foreign = bool(_FOREIGN.search(text))
    at = raw = 0
    while found := _TAG.search(text, at):
        at = found.end()
        if not found[2] or (found.start() < raw and found[1]):
            continue
        yield found
        if not found[1] and at > raw and found[2].lower() in _RAW:
            closing = re.compile(rf"</{re.escape(found[2])}(?=[\s/>])", re.I).search(text, at)
            raw = closing.start() if closing else len(text)
            at = at if foreign else raw


def _line(text: str, name: str, found: re.Match[str]) -> str:
    return f"{name}:{text.count(chr(10), 0, found.start()) + 1}"
