"""The document's XML as blocks, parsed as it is inflated: nothing is kept but texts and the shape of tables.

Expat and no tree: a tree of a long document takes ten times its size, and its depth is not bounded.
Inserted text counts, deleted text does not; of a drawing's two versions the first counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from xltool.grid import RAISED, SIGNS, STRUCK, WHITE
from xltool.problems import ProblemError, problem
from xltool.surfaces.docx.attributes import WORD, Attributes, on, val, whole
from xltool.surfaces.docx.blocks import Block, Paragraph
from xltool.surfaces.docx.numbering import LEVELS, Numbering
from xltool.surfaces.docx.tables import Tables

_MATH = ("http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math")
_CHOICE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
# What was there before a tracked change, phonetic marks over characters, what moved elsewhere.
_PASSED_OVER = (
    "rPrChange", "pPrChange", "tblPrChange", "tblPrExChange", "tblGridChange", "trPrChange", "tcPrChange",
    "sectPrChange", "numberingChange", "moveFrom", "rt", "sectPr",
)  # fmt: skip
# Signs that Word's Insert Symbol takes from fonts of signs: operators, and boxes to be ticked.
_SYMBOLS = {
    "symbol": {0xB3: "≥", 0xA3: "≤", 0xB9: "≠", 0xB1: "±", 0xB4: "×", 0xB0: "°", 0xB8: "÷", 0xBB: "≈"},
    "wingdings": {0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xA8: "□", 0x6F: "□"},
    "wingdings 2": {0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x51: "☒", 0x53: "☒", 0x54: "☒", 0xA3: "□"},
}  # fmt: skip
_TICKED, _UNTICKED = "☑", "□"
_RINGED = re.compile(r"[Ee][Qq]\s+\\o\s*(?:\\a[clr]\s*)?\(\s*[○◯〇]\s*[,;]\s*([^(),;]{1,3}?)\s*\)")
"""The instruction of a number in a ring: EQ \\o\\ac(○,1)."""
_RINGS = 20
"""Numbers that have a letter of their own with the ring."""
FORMULA = "此处有公式域（EQ），显示的内容没有存为文字"
_HEX = re.compile(r"[0-9A-Fa-f]{2,8}")
ELSEWHERE = "此处插入的另一个文件没有读"


@dataclass(frozen=True, slots=True)
class Beside:
    """What other parts say to the document's text: its lists, styles that number, comments, footnotes and endnotes by id."""

    numbering: Numbering
    styles: Mapping[str, tuple[str, int]]
    comments: Mapping[str, str]
    footnotes: Mapping[str, str]
    endnotes: Mapping[str, str]


@dataclass(slots=True)
class _Open:
    """A paragraph on its way. ``boxes`` are the blocks of text boxes that hang on it."""

    pieces: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    number: str | None = None
    level: int | None = None
    style: str = ""
    joined: bool = False
    unsure: str = ""


def blocks(pieces: Iterable[bytes], beside: Beside, name: str) -> list[Block]:
    """The paragraphs and tables of a document in order; ``name`` stands in problems.

    Raises:
        ProblemError: document-broken, document-dtd, document-depth, document-parts.
    """
    stream = _Stream(beside, name)
    try:
        for piece in pieces:
            stream.parser.Parse(piece, False)
        stream.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ProblemError(problem("document-broken", name, what=error)) from error
    except IndexError as error:
        raise ProblemError(problem("document-broken", name, what="a part of a table stands outside one")) from error
    return stream.body


class _Stream(Tables):
    """The state of a document that is being read. Handlers are by the full name of their element."""

    def __init__(self, beside: Beside, name: str) -> None:
        super().__init__(name)
        self.beside = beside
        self.paragraphs: list[_Open] = []
        self.carry = ""
        self.choices: list[bool] = []
        self.placeholders: list[bool] = []
        self.hidden = self.in_run = self.in_paragraph_properties = False
        self.flaw = ""
        self.signs: Mapping[int, str] | None = None
        self.raised = False
        self.begun = 0
        self.shaded = False
        self.fields: list[bool] = []
        self.choices_of_field: list[str] = []
        self.chosen = 0
        self.instruction: list[str] = []
        self.skipped = 0
        self.starts: dict[str, Callable[[Attributes], None]] = {}
        self.ends: dict[str, Callable[[], None]] = {}
        self._register()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _register(self) -> None:
        """Each handler under the names of its element, in both of Word's namespaces."""
        starts: dict[str, Callable[[Attributes], None]] = {
            "p": self._paragraph, "pStyle": self._style, "numId": self._number, "ilvl": self._level,
            "r": self._run, "vanish": self._vanish, "t": self._text, "tab": self._tab, "br": self._break, "cr": self._break,
            "noBreakHyphen": self._hyphen, "sym": self._symbol, "commentReference": self._comment, "footnoteReference": self._footnote, "endnoteReference": self._endnote,
            "del": self._deleted, "txbxContent": self._box, "sdt": self._control, "showingPlcHdr": self._placeholder,
            "pPr": self._paragraph_properties, "strike": self._struck, "dstrike": self._struck, "color": self._colour, "shd": self._shade,
            "rFonts": self._fonts, "vertAlign": self._raised,
            "fldChar": self._field, "result": self._chosen, "listEntry": self._listed,
            "checkBox": self._box_to_tick, "default": self._ticked, "checked": self._ticked, "instrText": self._instructed, "altChunk": self._elsewhere, "subDoc": self._elsewhere,
        }  # fmt: skip
        ends: dict[str, Callable[[], None]] = {
            "p": self._end_paragraph, "r": self._end_run, "t": self._end_text, "txbxContent": self._end_box, "sdt": self._end_control,
            "pPr": self._end_paragraph_properties, "instrText": self._end_instructed,
        }  # fmt: skip
        starts |= self.table_starts()
        ends |= self.table_ends()
        for space in WORD:
            self.starts.update({f"{space} {tag}": one for tag, one in starts.items()})
            self.starts.update({f"{space} {tag}": self._skip for tag in _PASSED_OVER})
            self.ends.update({f"{space} {tag}": one for tag, one in ends.items()})
        for space in _MATH:
            self.starts.update({f"{space} den": self._below, f"{space} sup": self._lifted, f"{space} sub": self._lifted})
            self.ends.update({f"{space} sup": self._end_lifted, f"{space} sub": self._end_lifted})
            self.starts[f"{space} t"], self.ends[f"{space} t"] = self._text, self._end_text
        self.starts |= {f"{_CHOICE} {tag}": one for tag, one in {"AlternateContent": self._choices, "Choice": self._choice, "Fallback": self._choice}.items()}
        self.ends[f"{_CHOICE} AlternateContent"] = self._end_choices

    # ------------------------------------------------------------ every element

    def _start(self, tag: str, attributes: Attributes) -> None:
        if handler := self.starts.get(tag):
            handler(attributes)

    def _end(self, tag: str) -> None:
        if handler := self.ends.get(tag):
            handler()

    def _refuse(self, *_: object) -> None:
        raise ProblemError(problem("document-dtd", self.name, part="document.xml"))

    def _skip(self, _: Attributes) -> None:
        """Passes over everything up to the end of the element that has just begun."""
        self.skipped = 1
        self.parser.StartElementHandler = self._skip_start
        self.parser.EndElementHandler = self._skip_end

    def _skip_start(self, *_: object) -> None:
        self.skipped += 1

    def _skip_end(self, _: str) -> None:
        self.skipped -= 1
        if not self.skipped:
            self.parser.StartElementHandler = self._start
            self.parser.EndElementHandler = self._end

    # ------------------------------------------------------------ drawings and controls

    def _choices(self, _: Attributes) -> None:
        self.choices.append(False)

    def _choice(self, attributes: Attributes) -> None:
        """Only the first version of a drawing is read; the second repeats its text for old programs."""
        if self.choices and self.choices[-1]:
            self._skip(attributes)
        elif self.choices:
            self.choices[-1] = True

    def _end_choices(self) -> None:
        self.choices.pop()

    def _box(self, _: Attributes) -> None:
        self.containers.append(self.paragraphs[-1].boxes if self.paragraphs else self.containers[-1])

    def _end_box(self) -> None:
        self.containers.pop()
        self.in_run, self.hidden = True, False

    def _control(self, _: Attributes) -> None:
        self.placeholders.append(False)

    def _placeholder(self, attributes: Attributes) -> None:
        """What a content control shows while nobody has filled it is no text."""
        if self.placeholders:
            self.placeholders[-1] = on(attributes)

    def _end_control(self) -> None:
        self.placeholders.pop()

    # ------------------------------------------------------------ cells

    def cell(self, attributes: Attributes) -> None:
        """A cell begins, on white paper."""
        super().cell(attributes)
        self.shaded = False

    def end_cell(self) -> None:
        """Closes a cell, and what fields it left open."""
        super().end_cell()
        self.fields.clear()
        self.shaded = False

    # ------------------------------------------------------------ paragraphs

    def _paragraph(self, _: Attributes) -> None:
        self.count()
        self.paragraphs.append(_Open())
        self.in_run = self.hidden = False

    def _end_paragraph(self) -> None:
        one = self.paragraphs.pop()
        text = self.carry + "".join(one.pieces)
        self.carry = text if one.joined else ""
        if not one.joined:
            text = self._numbered(one, text)
            hidden = "".join(one.hidden).strip()
            notes = (*one.notes, f"隐藏文字：{hidden}") if hidden else tuple(one.notes)
            if text or notes:
                self.containers[-1].append(Paragraph(text, notes, one.unsure))
        self.containers[-1].extend(one.boxes)

    def _numbered(self, one: _Open, text: str) -> str:
        """The text behind its automatic number; an empty paragraph shows none that counts."""
        number, level = self.beside.styles.get(one.style, ("", 0))
        if one.number is not None:
            number = one.number
        shown = self.beside.numbering.next(number, min(one.level if one.level is not None else level, LEVELS)) if number else ""
        return shown + text if text.strip() else ""

    def _style(self, attributes: Attributes) -> None:
        if self.paragraphs:
            self.paragraphs[-1].style = val(attributes)

    def _number(self, attributes: Attributes) -> None:
        if self.paragraphs:
            self.paragraphs[-1].number = val(attributes)

    def _level(self, attributes: Attributes) -> None:
        if self.paragraphs:
            self.paragraphs[-1].level = whole(val(attributes))

    def _deleted(self, attributes: Attributes) -> None:
        """A deletion: of a row, of the end of a paragraph (which then runs on into the next), or of text."""
        if self.in_row_properties and self.tables and self.tables[-1].rows:
            self.tables[-1].rows[-1].deleted = True
        elif self.in_paragraph_properties and self.paragraphs:
            self.paragraphs[-1].joined = True
        else:
            self._skip(attributes)

    def _paragraph_properties(self, _: Attributes) -> None:
        self.in_paragraph_properties = True

    def _end_paragraph_properties(self) -> None:
        self.in_paragraph_properties = False

    # ------------------------------------------------------------ runs

    def _run(self, _: Attributes) -> None:
        self.in_run, self.hidden, self.flaw, self.signs, self.raised = True, False, "", None, False

    def _end_run(self) -> None:
        self.in_run = self.hidden = False

    def _vanish(self, attributes: Attributes) -> None:
        """Hidden text; of a paragraph's own mark it hides nothing that is read."""
        self.hidden = self.in_run and on(attributes)

    def _struck(self, attributes: Attributes) -> None:
        if on(attributes):
            self.flaw = STRUCK

    def _colour(self, attributes: Attributes) -> None:
        if val(attributes).upper() == "FFFFFF" and not self.shaded:
            self.flaw = self.flaw or WHITE

    def _shade(self, attributes: Attributes) -> None:
        """The colour behind a cell, paragraph or text: on one that is not white, white text is seen."""
        if val(attributes, "fill").upper() not in ("", "AUTO", "FFFFFF"):
            self.shaded = True
            self.flaw = "" if self.flaw == WHITE else self.flaw

    def _field(self, attributes: Attributes) -> None:
        """A field begins with its instructions, which may hold fields of their own; its result follows and shows."""
        match val(attributes, "fldCharType"):
            case "begin":
                self.fields.append(False)
                self.choices_of_field, self.chosen, self.instruction = [], 0, []
            case "separate" if self.fields:
                self.fields[-1] = True
            case "end" if self.fields:
                if not self.fields.pop():
                    self._computed("".join(self.instruction))
                self._add(next(iter(self.choices_of_field[self.chosen :]), ""))
                self.choices_of_field, self.instruction = [], []

    def _instructed(self, _: Attributes) -> None:
        if self.fields and not self.fields[-1]:
            self.parser.CharacterDataHandler = self.instruction.append

    def _end_instructed(self) -> None:
        self.parser.CharacterDataHandler = None

    def _computed(self, said: str) -> None:
        """What a field without a result shows: Word draws a number with a ring round it so, and other formulas."""
        if found := _RINGED.fullmatch(said.strip()):
            number = whole(found[1])
            self._add(chr(0x245F + number) if 1 <= number <= _RINGS else found[1])
        elif said.split()[:1] == ["EQ"] and self.paragraphs:
            self.paragraphs[-1].unsure = self.paragraphs[-1].unsure or FORMULA

    def _box_to_tick(self, _: Attributes) -> None:
        self.choices_of_field = [_UNTICKED]

    def _ticked(self, attributes: Attributes) -> None:
        """Whether a box is ticked, at first and now; a list has a first word too, which its result names."""
        if self.choices_of_field in ([_TICKED], [_UNTICKED]):
            self.choices_of_field = [_TICKED if on(attributes) else _UNTICKED]

    def _below(self, _: Attributes) -> None:
        """The lower part of a fraction."""
        if self.paragraphs:
            self.paragraphs[-1].pieces.append("/")

    def _lifted(self, _: Attributes) -> None:
        self.raised = True

    def _end_lifted(self) -> None:
        self.raised = False

    def _listed(self, attributes: Attributes) -> None:
        self.choices_of_field.append(val(attributes))

    def _chosen(self, attributes: Attributes) -> None:
        self.chosen = whole(val(attributes))

    def _elsewhere(self, _: Attributes) -> None:
        self.containers[-1].append(Paragraph("", (ELSEWHERE,)))

    def _text(self, _: Attributes) -> None:
        if self.paragraphs and not any(self.placeholders) and all(self.fields[:-1]):
            one = self.paragraphs[-1]
            one.unsure = one.unsure or self.flaw
            self.begun = len(one.pieces)
            self.parser.CharacterDataHandler = (one.hidden if self.hidden else one.pieces).append

    def _end_text(self) -> None:
        if self.parser.CharacterDataHandler and (self.signs or self.raised):
            self._shown(self.paragraphs[-1])
        self.parser.CharacterDataHandler = None

    def _shown(self, one: _Open) -> None:
        """The text that has just ended as its font shows it; raised digits behind a number make it unsure."""
        before, text = "".join(one.pieces[: self.begun]), "".join(one.pieces[self.begun :])
        if self.raised and before[-1:].isdigit() and text[:1].isdigit():
            one.unsure = one.unsure or RAISED
        if self.signs is not None:
            signs = self.signs
            one.pieces[self.begun :] = [signs.get(ord(letter) & 0xFF, letter) if letter < "\u0100" or "\uf000" <= letter <= "\uf0ff" else letter for letter in text]
            if any(letter.isascii() and letter.isalnum() for letter in "".join(one.pieces[self.begun :])):
                one.unsure = one.unsure or SIGNS

    def _add(self, text: str) -> None:
        if self.paragraphs and self.in_run and not self.hidden:
            self.paragraphs[-1].pieces.append(text)

    def _tab(self, _: Attributes) -> None:
        # Inside a table a tab is a blank; in the text around it, it may stand between columns.
        self._add(" " if self.tables else "\t")

    def _break(self, _: Attributes) -> None:
        self._add("\n")

    def _hyphen(self, _: Attributes) -> None:
        self._add("-")

    def _symbol(self, attributes: Attributes) -> None:
        """A sign from a font of signs; one that is not known here has no text."""
        code = val(attributes, "char")
        if _HEX.fullmatch(code):
            self._add(_SYMBOLS.get(val(attributes, "font").lower(), {}).get(int(code, 16) & 0xFF, ""))

    def _fonts(self, attributes: Attributes) -> None:
        """The fonts of a run: in one of signs, letters show as other things than they are."""
        self.signs = _SYMBOLS.get((val(attributes, "ascii") or val(attributes, "hAnsi")).lower())

    def _raised(self, attributes: Attributes) -> None:
        self.raised = val(attributes) in ("superscript", "subscript")

    def _comment(self, attributes: Attributes) -> None:
        if self.paragraphs and (text := self.beside.comments.get(val(attributes, "id"))):
            self.paragraphs[-1].notes.append(text)

    def _footnote(self, attributes: Attributes) -> None:
        if self.paragraphs and (text := self.beside.footnotes.get(val(attributes, "id"))):
            self.paragraphs[-1].notes.append(f"脚注：{text}")

    def _endnote(self, attributes: Attributes) -> None:
        if self.paragraphs and (text := self.beside.endnotes.get(val(attributes, "id"))):
            self.paragraphs[-1].notes.append(f"尾注：{text}")
