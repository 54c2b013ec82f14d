"""Printed pages to a filing: as grids where rules are drawn, as text where they are not; every piece accounted for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import overload

from xltool.filing import Doubt, Filing, Leftover, Repair
from xltool.form import Form
from xltool.printed import Printed
from xltool.problems import ProblemError
from xltool.recovery import (
    grid_reading,
    grid_trace,
    levels_together,
    open_texts,
    page_beside,
    page_rest,
    sound_reading,
    text_reading,
)
from xltool.recovery.claims import Trace
from xltool.recovery.grid_captions import Captions
from xltool.recovery.grid_regions import LEAST
from xltool.recovery.page_chains import spot
from xltool.recovery.page_cuts import BEGINS, CAPTION, LEVEL, OTHER, Telling
from xltool.recovery.page_grids import ASIDE, Joined, Noise, joined
from xltool.recovery.page_text import page_text
from xltool.recovery.text_reading import Reading
from xltool.values import caption_key

SCANNED = "这一页是图片，没有文字"
RECOGNISED = "这一页是图片，文字来自识别，可能有错字"
LAYERS = "文件里有不显示的图层，读出的文字可能有看不见的"
BESIDE = "这一页是第{}页的表格右边的栏，已接在其右"
FEW = 3
"""Faults of a form that the grid of a printed page may have and still be the reading that holds."""
AS_TEXT = "页面上没有完整的表格线，按文字的位置以文本读出"


def read_pages(printed: Printed, forms: Mapping[str, Form], name: str) -> Reading:
    """The filing of a printed document and the trace of its reading.

    Raises:
        ProblemError: no-form.
    """
    captions = grid_reading.captions_of(forms)
    found = joined(printed, telling(captions))
    try:
        filing = _agreed(sound_reading.read_book(found.book, forms, name), found, forms, name)
    except ProblemError:
        return _with_scans(_as_text(printed, forms, name), printed)
    if _outside(printed, captions) > LEAST and (other := _tried(printed, forms, name)) and _count(other.filing) > _count(filing):
        return _with_scans(other, printed)
    filing = page_beside.with_doubts(filing, found.book, {seam.page for page in printed.pages for seam in page.seams})
    filing = page_rest.with_doubts(filing, found.book, forms, telling(captions))
    filing = levels_together.with_doubts(filing, forms)
    if len(printed.pages) > 1:
        filing = open_texts.with_doubts(filing)
    return _with_scans(Reading(_with_noise(filing, found), PageTrace(found, forms), found.book), printed)


def _agreed(filing: Filing, found: Joined, forms: Mapping[str, Form], name: str) -> Filing:
    """The filing; where the text of its tables was the sounder reading, what the grid has otherwise is doubted."""
    if all(one.code != sound_reading.GRID_AS_TEXT for one in filing.source.repairs):
        return filing
    try:
        grid = grid_reading.read_book(found.book, forms, name)
    except ProblemError:
        return filing
    if _count(grid) != _count(filing):
        return filing
    if sound_reading.faults(grid, found.book, forms) <= FEW * _count(grid):
        # Rules on paper tell more than the order of words, as long as little is wrong with them.
        return grid
    return filing.with_entries(map(sound_reading.doubted, filing.entries, grid.entries))


def _with_scans(found: Reading, printed: Printed) -> Reading:
    """The reading with a doubt for each page that is a picture: a form may stand there, or its text be misread; and
    each page of right columns that was put back beside its left ones named; a doubt where layers are not shown; what is
    attached to the document is left over."""
    why = {page.number: SCANNED if page.scanned else RECOGNISED for page in printed.pages if page.scanned or page.recognised}
    doubts = tuple(Doubt("sections[0].forms", f"第{number}页", said) for number, said in why.items())
    doubts += tuple(Doubt(f"sections[{at}].forms", "", LAYERS) for at in range(len(found.filing.sections) if printed.layers else 0))
    repairs = tuple(Repair("page-beside", f"第{seam.page}页", BESIDE.format(page.number)) for page in printed.pages for seam in page.seams)
    source = found.filing.source
    beside = tuple(Leftover(*one) for one in printed.beside)
    source = replace(source, doubts=(*source.doubts, *doubts), repairs=(*source.repairs, *repairs), leftover=(*source.leftover, *beside))
    return replace(found, filing=replace(found.filing, source=source)) if doubts or repairs or beside else found


def telling(captions: Captions) -> Telling:
    """What tells of any text what it is to the forms."""
    trees = [form.taxonomy.children for form in captions.forms.values()]
    levels = frozenset(caption_key(name) for tree in trees for level1, names in tree.items() for name in (level1, *names))
    firsts = {name: min((one.number for one in anchors if not one.title and not one.cell.holes), default=-1) for name, anchors in captions.anchors.items()}
    return lambda text: _caption(captions, firsts, levels, text)


def _caption(captions: Captions, firsts: Mapping[str, int], levels: frozenset[str], text: str) -> int:
    """What a text is to the forms: nothing, a level, a caption, or their title or first caption."""
    best = LEVEL if caption_key(text) in levels else OTHER
    for match in captions.matches(text):
        anchors = captions.anchors[match.form]
        begins = any(anchors[number].title or number == firsts[match.form] for number in match.anchors)
        best = max(best, BEGINS if begins else CAPTION)
    return best


def _outside(printed: Printed, captions: Captions) -> int:
    """How many captions stand outside ruled tables: a form may stand there. Titles and years stand above any."""
    return sum(_inner(captions, line.text) for page in printed.pages for line in page.lines)


def _inner(captions: Captions, text: str) -> bool:
    """True for a caption from within a form: no title, nothing with a field in it."""
    found = (captions.anchors[match.form][number] for match in captions.matches(text) for number in match.anchors)
    return any(not one.title and not one.cell.holes for one in found)


def _count(filing: Filing) -> int:
    return sum(1 for _ in filing.entries)


def _tried(printed: Printed, forms: Mapping[str, Form], name: str) -> Reading | None:
    try:
        return _as_text(printed, forms, name)
    except ProblemError:
        return None


def _as_text(printed: Printed, forms: Mapping[str, Form], name: str) -> Reading:
    text = page_text(printed)
    found = text_reading.read_text(text, forms, name)
    aside = (Repair(ASIDE, str(spot(page.number, one)), f"{why}：{one.text}") for page in printed.pages for one, why in page.aside)
    return Reading(found.filing.repaired((Repair("page-as-text", "", AS_TEXT), *aside)), tuple(_on_pages(found.trace, text, printed)))


def _on_pages(trace: Sequence[Trace], text: str, printed: Printed) -> Iterator[Trace]:
    """The pieces, each with the page that its line begins on."""
    pages = [1, *accumulate((1 + line.count("\f") if number == 0 else line.count("\f") for number, line in enumerate(text.split("\n"))))]
    for one in trace:
        yield replace(one, spot=f"第{printed.pages[pages[max(one.line - 1, 0)] - 1].number}页")


def _with_noise(filing: Filing, found: Joined) -> Filing:
    """The filing with what pages only repeat or have across them among its repairs; page numbers are in the trace alone."""
    rows: dict[tuple[str, str, int, float], list[Noise]] = {}
    for one in found.noise:
        if one.code:
            rows.setdefault((one.code, one.why, one.spot.page, one.spot.top), []).append(one)
    repairs = tuple(Repair(row[0].code, str(row[0].spot), f"{row[0].why}：{' '.join(one.text for one in row)}") for row in rows.values())
    return filing.repaired(repairs)


class PageTrace(Sequence[Trace]):
    """Where each piece of a printed document went, found when it is first asked for: few readings are explained."""

    def __init__(self, found: Joined, forms: Mapping[str, Form]) -> None:
        self._found, self._forms = found, forms
        self._traces: tuple[Trace, ...] | None = None

    @overload
    def __getitem__(self, at: int) -> Trace: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Trace]: ...
    def __getitem__(self, at: int | slice) -> Trace | Sequence[Trace]:
        return self._all()[at]

    def __len__(self) -> int:
        return len(self._all())

    def __reduce__(self) -> tuple[type[tuple[Trace, ...]], tuple[tuple[Trace, ...]]]:
        return tuple, (self._all(),)

    def _all(self) -> tuple[Trace, ...]:
        if self._traces is None:
            self._traces = tuple(_trace(self._found, self._forms))
        return self._traces


def _trace(found: Joined, forms: Mapping[str, Form]) -> list[Trace]:
    pieces = [(grid.spots[number], text, where, why) for grid, number, text, where, why in grid_trace.pieces(found.book, forms)]
    pieces.extend((one.spot, one.text, "噪声", one.why) for one in found.noise)
    pieces.sort(key=lambda piece: (piece[0].page, piece[0].top, piece[0].left))
    return [Trace(spot.page, text.replace("\n", " "), where, why, str(spot)) for spot, text, where, why in pieces]
