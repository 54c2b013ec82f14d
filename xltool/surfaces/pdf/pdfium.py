"""The edge to pdfium: a PDF's bytes as pages of characters and strokes, and a page as a picture."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from xltool.problems import Problem, ProblemError, problem
from xltool.surfaces.pdf.annotations import NOTE, Laid, laid, letters
from xltool.surfaces.pdf.budgets import Budget
from xltool.surfaces.pdf.marks import Aside, Character, Marks
from xltool.surfaces.pdf.seen import Odd, Sight
from xltool.surfaces.pdf.shapes import UNMOVED, Frame, Point, Shapes, key
from xltool.values import printable

SAMPLE = 64
"""Characters that tell which way the text of a page runs."""

_NONE = frozenset("\r\n")
FIRST, LAST = "一", "鿿"
"""The letters of nearly all texts."""
_SURE = frozenset("0123456789 .,:;%()+-=<>/，。、；：？！（）《》“”‘’【】〔〕［］％≥≤＝＞＜—…①②③④⑤")
_HYPHENS, _NAMELESS = frozenset("\ufffe\u00ad"), frozenset("\0\uffff\ufffd")
"""What pdfium gives for a hyphen that ends a line, and for a letter whose character the file does not say."""
RADICALS = "\u2e80", "\u2fdf"
"""What fonts name instead of the characters that look like them."""
UNREADABLE = "\ufffd"
BESIDE = 1.2
"""How far apart, in their height, two letters of one text stand at the most."""
MOST_BESIDE, LONGEST_NAME = 100, 4096
"""Files attached to a document that are named; bytes of a name."""
FEW = 8
"""Texts whose boxes are looked at before a character is asked which text it is of."""


def library(name: str) -> Any:
    """pypdfium2, loaded when a PDF is first read.

    Raises:
        ProblemError: pdf-missing, naming the extra to install.
    """
    try:
        import pypdfium2
    except ImportError:
        raise ProblemError(problem("pdf-missing", name)) from None
    return pypdfium2


class Document:
    """An open PDF."""

    def __init__(self, data: bytes, name: str, budget: Budget) -> None:
        self.pdfium = library(name)
        self.raw = self.pdfium.raw
        self.budget = budget
        try:
            self.opened = self.pdfium.PdfDocument(data)
        except self.pdfium.PdfiumError as error:
            raise ProblemError(self._fault(data, name, error)) from None
        self.count = len(self.opened)

    def _fault(self, data: bytes, name: str, error: Exception) -> Problem:
        """What is wrong with a document that cannot be opened.

        Of one without pages pdfium says nothing, and what it said of another before stands: so it is first made to say
        what no document makes it say.
        """
        raw = self.raw
        raw.FPDF_LoadDocument(b"", None)
        raw.FPDF_LoadMemDocument64(data, len(data), None)
        match raw.FPDF_GetLastError():
            case raw.FPDF_ERR_FILE:
                return problem("pdf-pageless", name)
            case raw.FPDF_ERR_PASSWORD:
                return problem("pdf-encrypted", name)
        return problem("pdf-broken", name, what=error)

    @property
    def title(self) -> str:
        """The title that the document says it has."""
        return str(self.opened.get_metadata_value("Title") or "")

    @property
    def beside(self) -> tuple[tuple[str, str], ...]:
        """What the document carries besides its pages and is neither opened nor run, each with what became of it."""
        raw, found = self.raw, list[tuple[str, str]]()
        for at in range(min(raw.FPDFDoc_GetAttachmentCount(self.opened.raw), MOST_BESIDE)):
            found.append((f"附件 {self._attached(raw.FPDFDoc_GetAttachment(self.opened.raw, at))}".strip(), "附带的文件没有打开，也没有保留"))
        if raw.FPDFDoc_GetJavaScriptActionCount(self.opened.raw) > 0:
            found.append(("JavaScript", "脚本没有运行，也没有保留"))
        return tuple(found)

    def _attached(self, one: Any) -> str:
        """The name of a file that is attached."""
        if not one or not (size := self.raw.FPDFAttachment_GetName(one, None, 0)) or size > LONGEST_NAME:
            return ""
        buffer = ctypes.create_string_buffer(size)
        self.raw.FPDFAttachment_GetName(one, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
        return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")

    @contextmanager
    def page(self, number: int) -> Iterator[Any]:
        """A page by its number from 1.

        Raises:
            ProblemError: pdf-broken where it cannot be opened.
        """
        self.budget.time(number)
        try:
            opened = self.opened[number - 1]
        except self.pdfium.PdfiumError as error:
            raise ProblemError(problem("pdf-broken", f"{self.budget.name}: {number}", what=error)) from None
        try:
            yield opened
        finally:
            opened.close()

    def marks(self, number: int) -> Marks:
        """The marks of a page."""
        with self.page(number) as page:
            found = laid(self.raw, page.raw)
            if not found.drawn:
                return self._marks(page, number, found)
            self.raw.FPDFPage_Flatten(page.raw, self.raw.FLAT_NORMALDISPLAY)
        with self.page(number) as page:
            return self._marks(page, number, found)

    def _marks(self, page: Any, number: int, over: Laid) -> Marks:
        """The marks of an open page; ``over`` is what is laid on it."""
        box = page.get_cropbox()
        self.budget.size(number, box[2] - box[0], box[3] - box[1])
        text = page.get_textpage()
        try:
            count = text.count_chars()
            self.budget.characters(number, count)
            frame = Frame(box, self._quarters(page, text.raw, count))
            shapes = Shapes(self.raw, frame, self.budget, number)
            shapes.collect(self.raw.FPDFPage_CountObjects, self.raw.FPDFPage_GetObject, page.raw, UNMOVED, 0)
            if shapes.widened():
                text.close()
                text = page.get_textpage()
                count = text.count_chars()
            sight = Sight(self.raw, shapes)
            aside: dict[int, Aside] = {}
            clipped: list[Character] = []
            broken: set[int] = set()
            unread: set[int] = set()
            characters = self._characters(text.raw, count, frame, sight.odd, aside, clipped, broken, unread)
        finally:
            text.close()
        characters.extend(Character(letter, *frame.around(one)) for filled in over.filled for letter, one in letters(*filled))
        notes = [Aside([Character(said, *frame.around(one))], NOTE) for one, said in over.notes]
        typed, struck = ([frame.around(one) for one in some] for some in (over.typed, over.struck))
        asides = [*aside.values(), *notes]
        return Marks(
            *frame.size, characters, shapes.strokes, shapes.pictures, shapes.covered, asides, sight.recognised, clipped,
            broken, unread, shapes.areas, typed, struck,
        )  # fmt: skip

    def _quarters(self, page: Any, text: Any, count: int) -> int:
        """By how many quarters most of the text is turned clockwise; of a page without text, the page's own turn."""
        if not count:
            return int(-page.get_rotation() // 90 % 4)
        raw = self.raw
        found: Counter[int] = Counter()
        for at in range(0, count, max(1, count // SAMPLE)):
            if raw.FPDFText_IsGenerated(text, at) != 1:
                found[round(raw.FPDFText_GetCharAngle(text, at) / (math.pi / 2)) % 4] += 1
        return found.most_common(1)[0][0] if found else 0

    def _characters(self, text: Any, count: int, frame: Frame, odd: dict[int, Odd], aside: dict[int, Aside], clipped: list[Character], broken: set[int], unread: set[int]) -> list[Character]:
        """The characters that are read: neither made up by pdfium, nor off the page, nor of what is odd or clipped away;
        ``broken`` takes the numbers of those that letters which are not there stood beside, ``unread`` of those that the
        file does not name."""
        raw = self.raw
        found: list[Character] = []
        lost: Character | None = None
        rectangle = raw.FS_RECTF()
        pointer = ctypes.byref(rectangle)
        box_of = raw.FPDFText_GetLooseCharBox
        twice_wide, twice_high = (2 * side for side in frame.size)
        upright, (page_left, _, _, page_top) = not frame.quarters, frame.box
        for at, letter in enumerate(self._letters(text, count)):
            common = FIRST <= letter <= LAST
            if (not common and letter in _NONE) or not box_of(text, at, pointer):
                continue
            left, top, right, bottom = rectangle.left, rectangle.top, rectangle.right, rectangle.bottom
            if letter == " " and (bottom == top or raw.FPDFText_IsGenerated(text, at) == 1):
                continue
            owner = self._owner(text, at, rectangle, odd) if odd else 0
            if upright and left <= right and bottom <= top:
                left, top, right, bottom = left - page_left, page_top - top, right - page_left, page_top - bottom
            else:
                corner, other = frame.turned(left, top), frame.turned(right, bottom)
                left, right = sorted((corner[0], other[0]))
                top, bottom = sorted((corner[1], other[1]))
            shown = letter if common or letter in _SURE else self._named(text, at, letter)
            one, there = Character(shown[-1], left, top, right, bottom), 0 <= left + right <= twice_wide and 0 <= top + bottom <= twice_high
            if owner and there and odd[owner].why:
                aside.setdefault(owner, Aside([], odd[owner].why)).characters.append(one)
            elif owner or not there:
                clipped.extend([one] if there else [])
                broken.update([len(found) - 1] if found and _goes_on(found[-1], one) else [])
                lost = one
            else:
                if lost is not None:
                    broken.update([len(found)] if _goes_on(lost, one) else [])
                    lost = None
                if len(shown) > 1:
                    unread.add(len(found))
                found.append(one)
        return found

    def _named(self, text: Any, at: int, letter: str) -> str:
        """A letter as it is read, behind a question mark where the file does not say for sure which it is."""
        if letter in _HYPHENS:
            # One at the end of a line may be one that only parts a word: what is drawn is a hyphen.
            return "-"
        if letter in _NAMELESS:
            return f"?{UNREADABLE}"
        if RADICALS[0] <= letter <= RADICALS[1]:
            return printable(letter)
        private = 0xE000 <= ord(letter) <= 0xF8FF or ord(letter) >= 0xF0000
        return f"?{letter}" if private or (letter.isalpha() and self.raw.FPDFText_HasUnicodeMapError(text, at) == 1) else letter

    def _owner(self, text: Any, at: int, rectangle: Any, odd: dict[int, Odd]) -> int:
        """The odd text that a character is of, if it is not read; 0 for none."""
        x, y = (rectangle.left + rectangle.right) / 2, (rectangle.bottom + rectangle.top) / 2
        tall = max(rectangle.top - rectangle.bottom, rectangle.right - rectangle.left)
        if len(odd) <= FEW and not any(one.near(x, y, tall) for one in odd.values()):
            return 0
        owner = key(self.raw.FPDFText_GetTextObject(text, at))
        return owner if (found := odd.get(owner)) and found.hides(x, y) else 0

    def _letters(self, text: Any, count: int) -> str | list[str]:
        """The character of each number; those beyond the first plane take two units in pdfium's own text."""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = self.raw.FPDFText_GetText(text, 0, count, buffer)
        units = bytes(buffer)[: 2 * count]
        if written == count + 1 and not any(0xD800 <= unit < 0xE000 for unit in buffer):
            return units.decode("utf-16-le")
        return [_letter(self.raw.FPDFText_GetUnicode(text, at)) for at in range(count)]

    def picture(self, number: int, scale: float) -> Any:
        """A page as a picture of Pillow's, turned as the page says."""
        with self.page(number) as page:
            return page.render(scale=scale).to_pil()

    def shown(self, number: int, scale: float) -> Callable[[float, float], Point]:
        """The function from a place on a page as it is read to the place on its picture."""
        with self.page(number) as page:
            text = page.get_textpage()
            frame = Frame(page.get_cropbox(), self._quarters(page, text.raw, text.count_chars()))
            text.close()
            seen = Frame(frame.box, -page.get_rotation() // 90 % 4)
        turn = (frame.quarters - seen.quarters) % 4
        width, height = frame.size

        def place(x: float, y: float) -> Point:
            ways = {0: (x, y), 1: (height - y, x), 2: (width - x, height - y), 3: (y, width - x)}
            right, down = ways[turn]
            return right * scale, down * scale

        return place

    def close(self) -> None:
        """The document is let go."""
        self.opened.close()


def _goes_on(one: Character, then: Character) -> bool:
    """True where a letter stands beside another on its line."""
    high = one.bottom - one.top
    return abs(one.bottom - then.bottom) < high / 4 and one.left < then.left < one.right + BESIDE * high and not (one.text.isspace() or then.text.isspace())


def _letter(code: int) -> str:
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffe"
