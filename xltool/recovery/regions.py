"""Where forms begin and end in a document, which form each is, and the 汇总表 titles between them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

from xltool.form import Form
from xltool.recovery.alignment import align
from xltool.recovery.atoms import LINE, Atom, Line, Text, with_parts
from xltool.recovery.grid_around import ALIKE, is_other_title
from xltool.recovery.page_furniture import above_furniture
from xltool.recovery.signed_below import above_signatures, is_signed
from xltool.recovery.squeezed import Found, Squeezed, find_captions
from xltool.recovery.vocabulary import Vocabulary, all_titles, vocabulary
from xltool.values import YEAR, caption_key, clean, normal

_YEAR = re.compile(rf".{{3,}}{YEAR}年")
_YEAR_BEHIND = re.compile(rf"\({YEAR}年度?\)")
_ABOVE = re.compile(
    r"附(?:件|表|录)?[\d一二三四五六七八九十]+(?:[-－—–.之][\d一二三四五六七八九十]+)*[:.、]?|附(?:件|表)?[:.]?|(?:公开|预算|决算)?(?:表\d{1,2}(?:-\d+)?|\d{1,2}(?:-\d+)?表)[:.]?"
    r"|(?:金额)?单位[:(]?[千百十]?[万亿]?元\)?|(?:填报|编制|编报|申报|报送)(?:单位|部门|日期|时间)(?:\([^()]{1,4}\))?:.{0,40}"
    rf"|\(?{YEAR}年度\)?"
)
"""What stands above a form's title and belongs to it: 附件2, 单位：万元, 填报单位：某局, 2024年度."""
_OWN_YEAR = re.compile(rf"\(?{YEAR}年度?\)?")
_YEAR_AT_END = re.compile(rf"(?<!\d){YEAR}年度?$")
BESIDE = 4
"""So many words before a title on its line say whose form it is; more are the rest of another."""
ENOUGH = 3
MOST = 0.5
"""The part of its captions without which a text is no form; damage hides a fifth of them at most."""
PRESENT, HEADS = 0.7, 0.8
"""The parts of its captions, and of the heads of its lists, one of which at least stands anywhere in a form: words of another
form's list are its own only here and there."""
TWO_SIDED = 0.75
"""The same of a form that has two lists side by side, where the heads stand there for one list only."""
ABOVE = 5
"""So many lines above a form's first caption may hold a title."""
NEAR = 14
"""A title stands so many words before the first caption at most."""
TITLE_LENGTH = 80
MARKS = "《》〈〉【】[]「」『』〖〗〔〕“”\"'‘’*_#~●◆■★☆▲"
"""What a title is set off by."""
COUNTED = r"\((?:[一二三四五六七八九十]{1,3}|\d{1,3}|续表?)\)"
"""What several forms of a document have behind their titles: (一)."""
_COUNTED = re.compile(COUNTED)


@dataclass(frozen=True, slots=True)
class Region:
    """The atoms ``first`` to ``last`` (excluded) of one form; ``titled`` where its title is printed, else ``alike`` the title of
    another form whose captions are there as well."""

    form: Form
    first: int
    last: int
    titled: bool
    alike: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A 汇总表 title and the atoms it stands on."""

    title: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Map:
    """A document's regions in order and its headings."""

    regions: tuple[Region, ...]
    headings: tuple[Heading, ...]


def survey(text: Text, forms: Iterable[Form]) -> Map:
    """The regions and headings of a document."""
    known = list(forms)
    squeezed = Squeezed(text.atoms)
    starts = _titles(squeezed, known)
    starts.extend(_untitled(squeezed, known, sorted(first for first, _, _ in starts)))
    starts.sort(key=lambda one: one[0])
    regions: list[Region] = []
    headings: list[Heading] = []
    edges = [first for first, _, _ in starts] + [len(text.atoms)]
    headed = bool(starts) and starts[0][2] and text.lines[_line_of(text, edges[0])].first < edges[0]
    _headings(text, 0, edges[0], known, headings)
    for (first, candidates, titled), last in zip(starts, edges[1:], strict=True):
        end = _heads_above(text, first, _headings(text, first, last, known, headings), headed) if last < len(text.atoms) else last
        form, alike = _best(candidates, text.atoms[first:end], titled, regions[-1].form.id if regions else "")
        if form is not None:
            begin = _above(text, vocabulary(form), first, regions[-1].first if regions else -1) if titled else first
            if regions and regions[-1].last > begin:
                regions[-1] = replace(regions[-1], last=begin)
            end = above_furniture(vocabulary(form), text.atoms, text.lines, first, end)
            regions.append(Region(form, begin, end if is_signed(form) else above_signatures(text.atoms, first, end), titled, alike))
        elif regions and regions[-1].last == first:
            regions[-1] = replace(regions[-1], last=end)
    return Map(tuple(regions), tuple(headings))


def told_apart(found: Map, text: Text) -> tuple[Map, tuple[Region, ...]]:
    """The map without the regions in which most captions of their form do not stand: another form's; and those. One of
    two lists side by side is missing with its heads from a form that has a single list; one under another title has to
    have more of them."""
    strange = tuple(one for one in found.regions if _is_strange(vocabulary(one.form), text.atoms[one.first : one.last], _other_title(text, one, found)))
    return Map(tuple(one for one in found.regions if one not in strange), found.headings), strange


def _is_strange(words: Vocabulary, atoms: Sequence[Atom], other: bool) -> bool:
    """True where too few of a form's captions stand in their order among the atoms; ``other``: under another title."""
    found = find_captions(words, Squeezed(atoms))
    share = len(align(words, found)) / max(1, sum(slot.kind == "caption" for slot in words.slots))
    if _is_list_of_another(words, found):
        return True
    return share < (ALIKE if other else MOST) or (share < TWO_SIDED and _one_sided(words, found))


def _is_list_of_another(words: Vocabulary, found: Sequence[Found]) -> bool:
    """True where some heads of the form's lists stand there and others not, and as few of its other captions."""
    printed = {caption_key(one.spelling.cell.caption) for one in found}
    captions = {caption_key(slot.cell.caption) for slot in words.slots if slot.kind == "caption"}
    heads = {caption_key(words.form.layout.at(*place).caption) for place in words.listed}
    return len(printed & captions) < PRESENT * len(captions) and 0 < len(printed & heads) < HEADS * len(heads)


def _other_title(text: Text, region: Region, found: Map) -> bool:
    """True for a form without its title, shortly above which another one stands alone on its line."""
    if region.titled:
        return False
    least = max((one.last for one in found.regions if one.last <= region.first), default=0)
    at = bisect_left(text.lines, region.first, key=attrgetter("first"))
    near = [line for line in text.lines[max(0, at - ABOVE) : at] if line.first >= least]
    return any(is_other_title(region.form, _key(text, (line,), 0, 0)) for line in near)


def _one_sided(words: Vocabulary, found: Sequence[Found]) -> bool:
    """True where the heads that two lists of a form share stand no more often than those that they have once."""
    heads = Counter(caption_key(cell.caption) for row in words.block_rows for cell in words.form.layout.in_row(row - 1) if cell.row == row - 1 and cell.caption)
    printed = Counter(caption_key(one.spelling.cell.caption) for one in found)
    shared, single = ([printed[key] for key, times in heads.items() if (times > 1) is both] for both in (True, False))
    return bool(shared and single) and 0 < max(shared) <= max(single)


def parted(text: Text, forms: Iterable[Form]) -> Text:
    """The text, words parted before a form's title that a converter has run together with the value before it, and
    behind one that has the year of the next cell behind it."""
    titles = all_titles(forms)
    text = text._replace(atoms=tuple(_unmarked(atom, titles) for atom in text.atoms)) if titles else text
    glued = re.compile("(.*?)(" + "|".join(sorted(map(re.escape, titles), key=len, reverse=True)) + rf")(?:\((?:{YEAR}(?:年度?\)?)?)?|{COUNTED})?")
    alone = {line.first for line in text.lines if line.last == line.first + 1}
    cuts = {number: found for number, atom in enumerate(text.atoms) if (atom.cell < 0 or number in alone) and atom.key not in titles and (found := _cuts(glued, atom.key, titles))}
    if not titles or not cuts:
        return text
    return with_parts(text, (_cut(atom, cuts[number]) if number in cuts else (atom,) for number, atom in enumerate(text.atoms)))


def _cut(atom: Atom, letters: Sequence[int]) -> Iterator[Atom]:
    """The parts of a word, each but the first as on a line of its own; ``letters`` are how many of its squeezed ones go before."""
    edges = [0, *(_cut_at(atom.text, count) for count in letters), len(atom.text)]
    for first, last in pairwise(edges):
        part = atom.text[first:last]
        yield atom._replace(text=part, key=normal(part), gap=LINE if first else atom.gap, x=atom.x + first)


def _unmarked(atom: Atom, titles: Mapping[str, Sequence[Form]]) -> Atom:
    """The atom; of a form's title between marks (《…》, **…**) the title alone."""
    bare = atom.text.strip(MARKS)
    return atom if len(bare) == len(atom.text) or (key := normal(bare)) not in titles else atom._replace(text=bare, key=key)


def _cuts(glued: re.Pattern[str], key: str, titles: Mapping[str, Sequence[Form]]) -> list[int]:
    """Where a word is parted: before the title in it, and behind it where the year is printed in a cell of its own."""
    found = glued.fullmatch(key)
    if found is None:
        return []
    title, first = found.group(2), found.end(1)
    if _COUNTED.fullmatch(key, first + len(title)):
        return [at for at in (first, first + len(title)) if at]
    own = any(not any(title in normal(cell.caption) and cell.holes for cell in form.layout.cells) for form in titles[title])
    return [at for at in (first, first + len(title)) if 0 < at < len(key) and (own or at == first)]


def _cut_at(text: str, key: int) -> int:
    """The place in a text that a place in its key is."""
    return next((at for at in range(1, len(text)) if len(normal(text[:at])) >= key), 0)


def _titles(squeezed: Squeezed, forms: Sequence[Form]) -> list[tuple[int, list[Form], bool]]:
    """The atoms at which a form's title stands, begin and end at atoms' edges."""
    titles = all_titles(forms)
    starts = {offset: number for number, offset in enumerate(squeezed.starts)}
    found: dict[int, list[Form]] = {}
    taken: set[int] = set()
    for title in sorted(titles, key=len, reverse=True):
        offset = squeezed.text.find(title)
        while offset >= 0:
            end = offset + len(title)
            # Spelled with blanks, a title has the words of a shorter one inside.
            if offset in starts and offset not in taken and (end in squeezed.ends or _YEAR_BEHIND.match(squeezed.text, end)):
                found.setdefault(starts[offset], []).extend(titles[title])
                taken.update(range(offset + 1, end))
            offset = squeezed.text.find(title, offset + 1)
    return [(first, bearers, True) for first, bearers in found.items()]


def _untitled(squeezed: Squeezed, forms: Sequence[Form], titled: Sequence[int]) -> list[tuple[int, list[Form], bool]]:
    """The atoms at which a form begins without its title: its first caption, no title (of these, in order) shortly before."""
    starts = {offset: number for number, offset in enumerate(squeezed.starts)}
    found: dict[int, list[Form]] = {}
    for form in forms:
        words = vocabulary(form)
        first = next((slot for slot in words.slots if slot.kind == "caption" and not slot.fields and slot.cell.column == 1 and slot.cell.last_column < form.layout.columns), None)
        if first is None:
            continue
        for key in {spelling.key for spellings in words.spellings.values() for spelling in spellings if spelling.cell is first.cell}:
            offset = squeezed.text.find(key)
            while offset >= 0:
                number, end = starts.get(offset), offset + len(key)
                whole = end in squeezed.ends or squeezed.text[end : end + 1] == ":"
                if number is not None and whole and bisect_left(titled, number - NEAR) == bisect_right(titled, number):
                    found.setdefault(number, []).append(form)
                offset = squeezed.text.find(key, offset + 1)
    return [(first, bearers, False) for first, bearers in found.items()]


def _above(text: Text, words: Vocabulary, first: int, least: int) -> int:
    """Where a titled form begins: its captions from above the title stand on the lines before."""
    title = next((cell.row for cell in words.form.layout.cells if normal(words.form.title) in normal(cell.caption)), 1)
    if title == 1:
        return first
    at = bisect_left(text.lines, first, key=attrgetter("first"))
    for line in reversed(text.lines[max(0, at - title) : at]):
        if line.first > least and any(one.spelling.cell.row < title for one in find_captions(words, Squeezed(text.atoms[line.first : line.last]))):
            return line.first
    return first


def _best(candidates: Sequence[Form], atoms: Sequence[Atom], titled: bool, above: str) -> tuple[Form | None, str]:
    """The candidate of which most captions are matched, None where none has enough of them; and where no title tells, the title
    of another of which as many are. Of such the one holds that stands ``above`` too."""
    scored = []
    window = atoms[:400]
    for form in dict.fromkeys(form.id for form in candidates):
        one = next(candidate for candidate in candidates if candidate.id == form)
        scored.append((_score(vocabulary(one), window), one))
    scored.sort(key=lambda pair: (-pair[0], pair[1].id != above))
    if not scored or scored[0][0] < (ENOUGH if titled else ENOUGH + 3):
        return None, ""
    return scored[0][1], next((one.title for score, one in scored[1:] if score == scored[0][0]), "") if not titled else ""


def _score(words: Vocabulary, atoms: Sequence[Atom]) -> float:
    matches = align(words, find_captions(words, Squeezed(atoms)))
    captions = sum(slot.kind == "caption" for slot in words.slots)
    return len(matches) + len(matches) / max(1, captions)


def _heads_above(text: Text, first: int, last: int, headed: bool) -> int:
    """Where what belongs to the title at atom ``last`` begins: the words before it on its line, the number of an annex and
    the like on the lines above it."""
    last = _heads_beside(text, first, last, headed)
    at = bisect_left(text.lines, last, key=attrgetter("first"))
    while at > 0 and text.lines[at - 1].first > first and _ABOVE.fullmatch(_key(text, text.lines, at - 1, at - 1)):
        at -= 1
        last = text.lines[at].first
    return last


def _heads_beside(text: Text, first: int, last: int, headed: bool) -> int:
    """Where the words before the title at atom ``last`` begin that its line begins with: whose form it is, where the first
    title of the document is ``headed`` too, and its year (青棠市水务局2024年度). Of a line that goes on from the form before
    only a year belongs to the title."""
    begin = text.lines[_line_of(text, last)].first
    words = text.atoms[begin:last]
    if begin > first and len(words) <= BESIDE and (headed or _YEAR_AT_END.search("".join(atom.key for atom in words))):
        return begin
    counts = (count for count in range(1, min(BESIDE, len(words)) + 1) if _OWN_YEAR.fullmatch("".join(atom.key for atom in words[-count:])))
    return last - next(counts, 0)


def _line_of(text: Text, number: int) -> int:
    """The number of the line that an atom stands on."""
    return bisect_right(text.lines, number, key=attrgetter("first")) - 1


def _headings(text: Text, first: int, last: int, forms: Sequence[Form], headings: list[Heading]) -> int:
    """Adds the 汇总表 title that stands shortly before atom ``last``; answers where it begins (else ``last``)."""
    endings = tuple(dict.fromkeys(ending for form in forms for ending in form.sections))
    top = bisect_left(text.lines, first, key=attrgetter("first"))
    lines = text.lines[top : bisect_right(text.lines, last, top, key=attrgetter("last"))]
    for back in range(len(lines) - 1, max(-1, len(lines) - 12), -1):
        line = lines[back]
        whole = "".join(atom.key for atom in text.atoms[line.first : line.last])
        cut = not whole.endswith(endings) and back > 0 and any(ending.endswith(whole) for ending in endings)
        whole = _key(text, lines, back - cut, back)
        if not whole.endswith(endings) or len(whole) > TITLE_LENGTH or "。" in whole or (line.grid and line.last - line.first > 1):
            continue
        begin = back - cut
        while begin > 0 and back - begin < 2 and not _YEAR.match(_key(text, lines, begin, back)) and lines[begin].gap in (LINE, LINE + 1):
            if len(_key(text, lines, begin - 1, back)) > TITLE_LENGTH:
                break
            begin -= 1
        if not _YEAR.match(_key(text, lines, begin, back)):
            begin = back - cut
        title = clean("".join(clean(" ".join(atom.text for atom in text.atoms[one.first : one.last])) for one in lines[begin : back + 1]))
        headings.append(Heading(title, lines[begin].first, line.last))
        return lines[begin].first
    return last


def _key(text: Text, lines: Sequence[Line], begin: int, end: int) -> str:
    return "".join(atom.key for line in lines[begin : end + 1] for atom in text.atoms[line.first : line.last])
