"""A page as its blocks in order: paragraphs and tables.

The one edge to selectolax (lexbor): a parser of HTML5, so that broken markup, cells without end tags and text
between cells are what a browser makes of them. It is an extra: ``xltool[html]``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xltool import budgets
from xltool.grid import RAISED, STRUCK, WHITE
from xltool.problems import ProblemError, problem
from xltool.surfaces.html.tags import check

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MOST_COLUMNS = 16_384
"""Columns that a sheet has."""
_ROW = re.compile(r"<tr[\s>]", re.I)
_TABLE = re.compile(r"<table[\s>]", re.I)
_SKIPPED = frozenset({"script", "style", "head", "template", "noscript", "title", "colgroup", "col", "iframe", "object", "svg", "xml", "rt", "rp"})
_BLOCKS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "center", "form", "section", "article", "header",
    "footer", "main", "nav", "aside", "blockquote", "hr", "pre", "address", "caption", "fieldset", "tr", "table", "body",
})  # fmt: skip
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SHEET_NAMES = re.compile(r"<x:ExcelWorksheet>\s*<x:Name>([^<]*)</x:Name>")
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
_STRUCK = re.compile(r"text-decoration[\w-]*\s*:[^;]*\bline-through", re.I)
_PAPER = r"(?:#fff(?:fff)?\b|white\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))"
_WHITE = re.compile(rf"(?:^|[;\s{{]|mso-style-textfill-fill-)color\s*:\s*{_PAPER}", re.I)
_GROUND = re.compile(rf"background(?:-color|-image)?\s*:\s*(?!{_PAPER}|none|transparent|inherit|initial|auto|\s)", re.I)
"""White letters; a ground on which they are read."""
_SAYS = re.compile(r"[\d\u4e00-\u9fff]")
"""What a text holds that may say something; elsewhere a page hides crosses and arrows."""
_TICKED, _UNTICKED = "☑", "□"
_ORDER = {"thead": 0, "tfoot": 2}
_STRIKING = frozenset({"s", "strike", "del"})
INSIDE = "这一格里另有看不见的文字"
"""Why a cell that hides a part of its text is not sure."""
_CLASS = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")


@dataclass(slots=True)
class Paragraph:
    """A line of the page; ``anchor`` is the name of the place that it is the heading of, ``target`` of the one
    that all its words lead to; ``unseen`` is true where nobody sees it."""

    text: str
    anchor: str = ""
    target: str = ""
    unseen: bool = False


@dataclass(slots=True)
class Cell:
    """A cell of a table as it is written. ``blocks`` are what stands in it; ``unsure`` is why that may not be what was meant."""

    rows: int
    columns: int
    blocks: list[Paragraph | Table]
    number: str = ""
    note: str = ""
    unsure: str = ""

    @property
    def tables(self) -> list[Table]:
        """The tables inside the cell."""
        return [one for one in self.blocks if isinstance(one, Table)]

    @property
    def text(self) -> str:
        """All that stands in the cell, a line a paragraph."""
        return "\n".join(one.text for one in self.blocks).strip("\n")


@dataclass(slots=True)
class Table:
    """A table: its rows of cells; ``hidden`` and ``hidden_columns`` are the numbers (from 0) of those that nobody sees,
    ``unseen`` is true where nobody sees the table."""

    rows: list[list[Cell]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    unseen: bool = False

    @property
    def text(self) -> str:
        """The cells of each row on a line."""
        return "\n".join(line for row in self.rows if (line := " ".join(cell.text for cell in row if cell.text)))

    @property
    def filled(self) -> int:
        """The cells that hold text of their own and no table."""
        return sum(1 for row in self.rows for cell in row if not cell.tables and cell.text)


@dataclass(slots=True)
class Page:
    """A page: its blocks; the words of links by the place they lead to; names of sheets that a workbook left in it."""

    blocks: list[Paragraph | Table]
    links: dict[str, str]
    sheets: tuple[str, ...]
    properties: dict[str, str]


def blocks(text: str, name: str) -> Page:
    """The page of this markup.

    Raises:
        ProblemError: html-missing, html-depth, html-tangled, workbook-squares.
    """
    check(text, name)
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError:
        raise ProblemError(problem("html-missing", name)) from None
    parser = LexborHTMLParser(_whole(text))
    walk = _Walk(_looks(text))
    properties = {}
    if parser.root is not None:
        for one in parser.root.css("meta[name]"):
            properties[one.attributes.get("name") or ""] = one.attributes.get("content") or ""
        if (title := parser.root.css_first("title")) is not None and title.text().strip():
            properties["title"] = _BLANKS.sub(" ", title.text()).strip()
        try:
            walk.into(parser.root)
        except RecursionError:
            raise budgets.over("html-depth", name, "depth") from None
    walk.close()
    return Page(walk.found, walk.links, tuple(_SHEET_NAMES.findall(text)), properties)


def _whole(text: str) -> str:
    """The markup with its rows in a table: copied out of one, they have none of their own and would be text."""
    row = _ROW.search(text)
    return text if row is None or _TABLE.search(text) else f"{text[: row.start()]}<table>{text[row.start() :]}"


@dataclass(frozen=True, slots=True)
class _Looks:
    """The classes of a page by which elements are not seen, struck through, white, or on a ground of their own."""

    hidden: frozenset[str]
    struck: frozenset[str]
    white: frozenset[str]
    grounded: frozenset[str]

    def hide(self, node: LexborNode) -> bool:
        """True for an element that nobody sees."""
        given = node.attributes
        return "hidden" in given or bool(_HIDDEN.search(given.get("style") or "")) or not self.hidden.isdisjoint((given.get("class") or "").split())

    def flaw(self, node: LexborNode, before: str = "", text: str = "") -> str:
        """Why the ``text`` of an element, which stands behind another, is not sure; empty where it is."""
        given = node.attributes
        if node.tag in _STRIKING or _STRUCK.search(given.get("style") or "") or not self.struck.isdisjoint((given.get("class") or "").split()):
            return STRUCK
        if self._says(node, _WHITE, self.white) and not self._is_grounded(node):
            return WHITE
        return RAISED if node.tag in ("sup", "sub") and before[-1:].isdigit() and text[:1].isdigit() else ""


    def _says(self, node: LexborNode, mark: re.Pattern[str], classes: frozenset[str]) -> bool:
        """True where an element says something of itself, or one of its classes does."""
        given = node.attributes
        return bool(mark.search(given.get("style") or "")) or not classes.isdisjoint((given.get("class") or "").split())

    def _is_grounded(self, node: LexborNode) -> bool:
        """True for an element on a coloured ground, or a picture: white letters are read there."""
        around: LexborNode | None = node
        while around is not None and around.tag != "-document":
            if self._says(around, _GROUND, self.grounded) or (around.attributes.get("bgcolor") or "").lower() not in ("", "#fff", "#ffffff", "white") or around.attributes.get("background"):
                return True
            around = around.parent
        return False


def _looks(text: str) -> _Looks:
    """What the style sheet in a page says of its classes."""
    rules = _CLASS.findall(text) if "{" in text else []
    return _Looks(*(frozenset(name for name, said in rules if mark.search(said)) for mark in (_HIDDEN, _STRUCK, _WHITE, _GROUND)))


@dataclass(slots=True)
class _Walk:
    """The blocks of a node while it is walked through."""

    looks: _Looks
    in_cell: bool = False
    unseen: bool = False
    found: list[Paragraph | Table] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    note: str = ""
    line: str = ""
    anchor: str = ""
    target: str = ""
    unsure: str = ""

    def into(self, node: LexborNode) -> None:
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                self.line += _BLANKS.sub(" ", child.text(deep=False))
            elif tag == "table":
                self.close()
                self.found.append(self._table(child))
            elif tag == "br":
                self.close()
            elif tag == "comment":
                self.note += child.text()
            elif tag in ("input", "select"):
                self.line += "" if self.looks.hide(child) else _filled_in(child)
            elif tag not in _SKIPPED:
                self._element(child, tag)

    def _element(self, node: LexborNode, tag: str) -> None:
        given = node.attributes
        if not self.unseen and self.looks.hide(node):
            self._hidden(node, tag)
            return
        if not self.unsure and (text := node.text().strip()):
            self.unsure = self.looks.flaw(node, self.line, text)
        target = given.get("href") or ""
        if tag == "a" and target.startswith("#") and len(target) > 1:
            self.target = target[1:]
            self.links.setdefault(target[1:], _BLANKS.sub(" ", node.text()).strip())
        if tag == "a" and given.get("name"):
            self.close()
            self.anchor = given.get("name") or ""
        if tag in _BLOCKS:
            self.close()
        self.into(node)
        if tag in _BLOCKS:
            self.close()

    def _hidden(self, node: LexborNode, tag: str) -> None:
        """An element that nobody sees: what it says is told apart; in a cell, where no table of its own holds it, it makes the cell unsure."""
        inner = _Walk(self.looks, self.in_cell, unseen=True, links=self.links)
        inner.into(node)
        inner.close()
        if tag in _BLOCKS:
            self.close()
        tables = [one for one in inner.found if isinstance(one, Table)]
        if not self.in_cell:
            self.found.extend(inner.found)
        elif tables:
            self.found.extend(tables)
        elif inner.found:
            self.unsure = self.unsure or INSIDE

    def close(self) -> None:
        """Ends the paragraph."""
        text = self.line.strip(" ")
        if text and (not self.unseen or _SAYS.search(text)):
            target = self.target if self.links.get(self.target) == text else ""
            self.found.append(Paragraph(text, self.anchor, target, self.unseen))
            self.anchor = ""
        self.line = ""

    def _table(self, node: LexborNode) -> Table:
        table = Table(hidden_columns=self._hidden_columns(node), unseen=self.unseen or self.looks.hide(node))
        # A browser shows the head of a table first and its foot last, wherever they are written.
        for part in sorted(node.iter(), key=lambda one: _ORDER.get(one.tag or "", 1)):
            if part.tag == "caption":
                self.into(part)
                self.close()
            rows = part.iter() if part.tag in ("tbody", "thead", "tfoot") else ()
            for row in rows:
                if row.tag == "tr":
                    if self.looks.hide(row):
                        table.hidden.add(len(table.rows))
                    # A cell that is not displayed takes no place in its row.
                    table.rows.append([self._cell(cell) for cell in row.iter() if cell.tag in ("td", "th") and not self.looks.hide(cell)])
        return table

    def _hidden_columns(self, node: LexborNode) -> set[int]:
        """The columns that a table says nobody sees: Excel hides a column so in a workbook saved as a page."""
        found, at = set[int](), 0
        for part in node.iter():
            for column in (part,) if part.tag == "col" else part.iter() if part.tag == "colgroup" else ():
                span = min(_span(column.attributes.get("span")), MOST_COLUMNS)
                found.update(range(at, at + span) if self.looks.hide(column) and at < MOST_COLUMNS else ())
                at += span
        return found

    def _cell(self, node: LexborNode) -> Cell:
        inner = _Walk(self.looks, in_cell=True, links=self.links, unsure=self.looks.flaw(node))
        inner.into(node)
        inner.close()
        given = node.attributes
        number = given.get("sdval") or given.get("x:num") or ""
        return Cell(_span(given.get("rowspan")), _span(given.get("colspan")), inner.found, number, inner.note.strip(), inner.unsure)


def _filled_in(node: LexborNode) -> str:
    """What a field of a page shows: the text typed into it, the word chosen from a list, a box that is ticked or not."""
    given = node.attributes
    if node.tag == "select":
        options = node.css("option")
        chosen = next((one for one in options if "selected" in one.attributes), options[0] if options else None)
        return _BLANKS.sub(" ", chosen.text()).strip() if chosen else ""
    match (given.get("type") or "text").lower():
        case "checkbox" | "radio":
            return _TICKED if "checked" in given else _UNTICKED
        case "hidden" | "button" | "submit" | "reset" | "image" | "file" | "password":
            return ""
    return given.get("value") or ""


def _span(text: str | None) -> int:
    """The squares of a span; 0 where it goes on to the table's end."""
    found = re.match(r"\s*(\d{1,6})", text or "")
    return int(found.group(1)) if found else 1
