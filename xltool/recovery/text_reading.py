"""A text to a filing: forms found in the document, each read as the least-cost reading of its atoms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from xltool.canonical import complete
from xltool.filing import Doubt, Entry, Filing, Item, Leftover, Repair, Section, Source
from xltool.form import Form
from xltool.grid import Book
from xltool.problems import ProblemError, problem
from xltool.recovery import (
    caption_tails,
    copied_rows,
    date_range,
    disorder,
    glued,
    laid_form,
    laid_items,
    letter_digits,
    look_alikes,
    lost_signs,
    scalars,
    set_off,
    spaced_amounts,
    specks,
    stuck_values,
    texts_in_lists,
    torn_values,
    two_lists,
    untold,
)
from xltool.recovery.atoms import Atom, Line, Text, same_line, split
from xltool.recovery.claims import Account, Trace, place
from xltool.recovery.colons import parted_at_colons
from xltool.recovery.heading_year import year_before
from xltool.recovery.laid_out import in_reading_order, is_laid_out
from xltool.recovery.learning import learn, of_its_own
from xltool.recovery.list_labels import first_label
from xltool.recovery.list_reading import Prepared, prepare, read, recut
from xltool.recovery.measured import in_places
from xltool.recovery.near_misses import no_form
from xltool.recovery.otherwise import otherwise
from xltool.recovery.page_heads import without_page_heads
from xltool.recovery.regions import Heading, Map, Region, parted, survey, told_apart
from xltool.recovery.rows import Cut, cut
from xltool.recovery.scalar_texts import Scalars
from xltool.recovery.spaced_out import closed_up
from xltool.recovery.stretch import Evidence
from xltool.recovery.traditional import simplified
from xltool.recovery.turned import turned_round
from xltool.recovery.unit_above import HEADING, unit_above
from xltool.recovery.vocabulary import vocabulary, vocabulary_of
from xltool.values import normal

HABIT = 4
"""So many rows of noughts with the same ones empty make it a habit."""

UNTRUE, SOUNDER = 0.2, 0.34
"""For so large a share of its fields a text is in trouble that blanks have laid out in columns; its words in their order say
more where they leave so small a part of that."""
COLUMNS_SAY = "按空白对齐的位置读出的与此不同"
NO_COLUMNS = "空白没有对齐成列，按文字的先后读出"


@dataclass(frozen=True, slots=True)
class Reading:
    """A filing and the trace of its reading, piece by piece in the order of the text; ``book`` are the grids that it
    was read from, None where it was read as text."""

    filing: Filing
    trace: Sequence[Trace]
    book: Book | None = None


@dataclass(slots=True)
class _Open:
    """One form on its way: its account, its scalar fields, its lists ready to be cut."""

    region: Region
    account: Account
    scalars: Scalars
    lists: list[Prepared]
    laid: laid_items.Laid | None = None
    slips: Mapping[int, str] = field(default_factory=dict)
    stuck: frozenset[int] = frozenset()
    """The lines on which a name and its value were parted that stood as one word."""
    above: frozenset[int] = frozenset()
    """The words before the form that it has taken, by their numbers in the document."""


def read_text(text: str, forms: Mapping[str, Form], name: str = "") -> Reading:
    """The reading of a text.

    Raises:
        ProblemError: no-form where no known form stands in it; file-empty where it has no text.
    """
    whole = split(text)
    if not whole.atoms:
        raise ProblemError(problem("file-empty", name))
    whole, cut_off = closed_up(without_page_heads(whole, forms.values()), forms.values())
    units = frozenset().union(*(form.units for form in forms.values()))
    whole = set_off.without_marks(torn_values.whole(specks.without_specks(specks.without_stamps(whole)), units), forms.values())
    whole = spaced_amounts.whole(parted_at_colons(parted(whole, forms.values()), forms.values()))
    found = survey(whole, forms.values())
    if not found.regions:
        whole = whole._replace(atoms=tuple(atom._replace(key=simplified(atom.key)) for atom in whole.atoms))
        found = survey(whole, forms.values())
    if not is_laid_out(whole):
        return _reading(whole, found, False, cut_off, forms, name)
    reading = _reading(in_places(whole), found, True, cut_off, forms, name)
    against = trouble(reading.filing)
    if against <= UNTRUE * _fields(reading.filing):
        return reading
    try:
        other = _reading(whole, found, False, cut_off, forms, name)
    except ProblemError:
        return reading
    sounder = trouble(other.filing) < SOUNDER * against and sum(1 for _ in other.filing.entries) == sum(1 for _ in reading.filing.entries)
    return _against(other, reading) if sounder else reading


def _reading(whole: Text, found: Map, laid_out: bool, cut_off: frozenset[int], forms: Mapping[str, Form], name: str) -> Reading:
    """The reading of the forms ``found`` in a text, as it is laid out in columns or as its words follow each other.

    Raises:
        ProblemError: no-form where no form is left.
    """
    strange: tuple[Region, ...] = ()
    if not laid_out:
        found, strange = told_apart(found, whole)
    if not found.regions:
        raise ProblemError(no_form(name, (atom.text for atom in whole.atoms), forms))
    opened = [_open(region, whole, laid_out, cut_off) for region in found.regions]
    _nothings(opened)
    cuts = _cut_all(opened, _pairs(whole.atoms))
    entries = [_close(one, cuts) for one in opened]
    return _document(whole, found, opened, entries, name, strange)


def trouble(filing: Filing) -> int:
    """How much of a filing is doubted or left over."""
    return sum(len(one.doubts) + len(one.leftover) for one in filing.sources)


def _fields(filing: Filing) -> int:
    return sum(len(entry.values) + sum(len(item) for items in entry.lists.values() for item in items) for entry in filing.entries)


def _against(reading: Reading, other: Reading) -> Reading:
    """The reading, with a doubt on all that the other has otherwise."""
    pairs = zip(reading.filing.entries, other.filing.entries, strict=True)
    filing = reading.filing.with_entries(entry.doubted(Doubt(path, "", COLUMNS_SAY) for path in otherwise(entry, then)) for entry, then in pairs)
    return replace(reading, filing=filing.repaired([Repair("columns-untrue", "", NO_COLUMNS)]))


def _open(region: Region, whole: Text, laid_out: bool, cut_off: frozenset[int]) -> _Open:
    atoms: Sequence[Atom] = whole.atoms[region.first : region.last]
    words = vocabulary_of(region.form, "".join([atom.key for atom in atoms]))
    atoms, misread = look_alikes.as_meant(words, atoms)
    if laid_out and all(atom.cell < 0 for atom in atoms):
        account = Account(atoms, repairs=[*misread])
        laid = laid_form.read(region.form, atoms, whole.fed, account)
        if laid is not None:
            return _Open(region, account, Scalars(), [], laid)
    if laid_out:
        atoms = in_reading_order(words, atoms)
    atoms, stuck = stuck_values.parted(region.form, atoms, first_label(words, atoms))
    atoms, run_together = glued.parted(words, atoms)
    run_together |= {atom.line for atom in atoms if atom.line in cut_off}
    turned = turned_round(words, atoms)
    atoms, slips = letter_digits.as_digits(turned.atoms)
    account = Account(atoms, repairs=[*misread])
    for number, atom in enumerate(atoms):
        if atom.line in turned.lines and (number == 0 or atoms[number - 1].line != atom.line):
            account.repair("label-after", number, "这一行的值印在栏目之前，已按栏目归入")
    _claim_title(region, atoms, account)
    if region.alike:
        for path in ("form", "title"):
            account.doubt(path, 0, f"没有表题，也可能是“{region.alike}”")
    fields = scalars.read(words, atoms, account, turned.found)
    caption_tails.go_on(region.form, fields.matches, fields, account)
    letter_digits.doubt(slips, fields.places.items(), account)
    for path, number in fields.places.items():
        if atoms[number].line in turned.apart:
            account.doubt(path, number, "值与栏目各占一行，值印在栏目之前还是之后不能确定")
    above, title = whole.atoms[max(0, region.first - HEADING) : region.first], whole.atoms[region.first]
    unit_above(region.form, above, title.line, fields.values, account)
    years = year_before(words, above, title, fields, account) if region.titled or not (above and same_line(above[-1], title)) else 0
    long_texts = [value for one in region.form.scalars if one.type == "paragraphs" and isinstance(value := fields.values.get(one.path), str)]
    lists = []
    for block, bounds in zip(sorted(region.form.blocks, key=lambda one: one.row), fields.ranges, strict=True):
        lists.append(prepare(words, region.form.lists[block.lists[0]], *bounds, long_texts, account))
        lists[-1].beside = tuple(block.lists) if len(block.lists) > 1 else ()
    for name in region.form.lists if run_together else ():
        where = next(number for number, atom in enumerate(atoms) if atom.line in run_together)
        account.doubt(name, where, "这里两格的文字连成了一个词，各格的边界都不能确定")
    for prepared in lists:
        prepared.laid_out = laid_out
    return _Open(region, account, fields, lists, slips=slips, stuck=stuck, above=frozenset(range(region.first - years, region.first)))


def _nothings(opened: Sequence[_Open]) -> None:
    """Doubts on amounts that may be empty for others that are nothing; rows of noughts alone are not doubted where the document
    leaves the same ones empty everywhere."""
    told = [(one, row) for one in opened for row in one.scalars.nothings]
    noughts = [row.drawn for _, row in told if not row.mixed and "-" not in row.drawn]
    habit = len(noughts) >= HABIT and len(set(noughts)) == 1
    for one, row in told:
        if row.mixed or "-" in row.drawn or not habit:
            scalars.doubt_nothing(row, one.region.form, one.account)


def _claim_title(region: Region, atoms: Sequence[Atom], account: Account) -> None:
    if not region.titled:
        return
    titles = vocabulary(region.form).titles
    run = ""
    for number, atom in enumerate(atoms[:12]):
        run += atom.key
        if run in titles:
            account.claim(range(number + 1), "表题", "表式的标题")
            return


def _pairs(atoms: Sequence[Atom]) -> frozenset[str]:
    """The neighbouring characters inside the atoms of a document."""
    return frozenset(key[at : at + 2] for key in {atom.key for atom in atoms} for at in range(len(key) - 1))


def _cut_all(opened: Sequence[_Open], pairs: frozenset[str]) -> dict[int, Cut]:
    """The cutting of every list: a first reading, what it teaches about the document, and the reading with that."""
    by_form: dict[str, list[Prepared]] = {}
    for one in opened:
        for prepared in one.lists:
            by_form.setdefault(f"{one.region.form.id}.{prepared.spec.name}", []).append(prepared)
    cuts: dict[int, Cut] = {}
    for lists in by_form.values():
        first = [(prepared, cut(prepared.stretch)) for prepared in lists]
        evidence: Evidence = learn(first, pairs)
        for prepared, begun in first:
            cuts[id(prepared)] = recut(prepared, of_its_own(evidence, learn([(prepared, begun)], pairs)))
        two_lists.teach([prepared for prepared in lists if prepared.beside])
    return cuts


def _close(one: _Open, cuts: Mapping[int, Cut]) -> Entry:
    form, account = one.region.form, one.account
    untold.doubt(form, account)
    if one.laid is not None:
        lost_signs.doubt(form, account)
        return date_range.parted(form, complete(form, one.laid.values, one.laid.lists, one.laid.marks, _source(account)))
    lists: dict[str, tuple[Item, ...]] = {}
    marks = dict(one.scalars.marks)
    for prepared in one.lists:
        if prepared.beside:
            lists |= two_lists.read(prepared, prepared.beside, cuts[id(prepared)], account)
            continue
        items, own_marks = read(prepared, cuts[id(prepared)], account)
        lists[prepared.spec.name] = items
        marks |= own_marks
        if not items:
            account.doubt(prepared.spec.name, one.scalars.list_first, "没有读到明细行")
    for name, found in lists.items():
        copied_rows.doubt(name, found, account)
    for name in form.lists:
        if name not in lists:
            account.doubt(name, one.scalars.list_first, "并排的明细不能从文本读出")
    letter_digits.doubt(one.slips, letter_digits.of_lists(one.slips, account), account)
    stuck_values.doubt(one.stuck, account)
    specks.doubt_letters(account)
    lost_signs.doubt(form, account)
    texts_in_lists.cut_off(form, one.scalars.list_last, one.scalars.values, account)
    disorder.doubt(vocabulary(form), one.scalars, tuple(form.lists), account, any(prepared.beside for prepared in one.lists))
    account.doubt_marks(marks)
    return date_range.parted(form, complete(form, one.scalars.values, lists, marks, _source(account)))


def _source(account: Account) -> Source:
    line = account.atoms[0].line if account.atoms else 0
    return Source("", ("line", line), tuple(account.repairs), tuple(account.doubts), tuple(account.leftover()))


def _document(whole: Text, found: Map, opened: Sequence[_Open], entries: Sequence[Entry], name: str, strange: Sequence[Region]) -> Reading:
    """The filing with its sections, and the account of what stands outside the forms; ``strange`` are only like forms."""
    sections: list[tuple[str | None, list[Entry]]] = [(None, [])]
    headings = list(found.headings)
    listed = _listed(whole, found)
    for number, (region, entry) in enumerate(zip(found.regions, entries, strict=True)):
        while headings and (headings[0].first < region.first if not listed else number >= listed[len(sections) - 1]):
            sections.append((headings.pop(0).title, []))
        sections[-1][1].append(entry)
    kept = tuple(Section(title, tuple(own)) for title, own in sections if own or title is not None)
    inside = _inside(found).union(*(one.above for one in opened))
    leftover = _outside(whole, inside)
    doubts = (*_of_sections(opened, len(kept)), *_of_strange(whole, strange, len(kept)), *_of_empty(whole, found, kept))
    repairs = tuple(Repair("page-repeat", place(number), f"各页重印的“{text}”不计") for number, text in whole.heads)
    repairs = (*repairs, *(Repair("amount-spaced", place(number), f"“{text}”中间的空格不计，是一个数") for number, text in whole.spaced))
    repairs = (*repairs, *(Repair("wrap-joined", place(number), f"{words}在行尾断开，已接上") for number, words in whole.torn))
    if whole.specks:
        repairs = (*repairs, Repair("specks", place(whole.specks[0][0]), f"{len(whole.specks)}处行首行尾的“{whole.specks[0][1]}”之类是纸上的污点或表格的竖线，不计"))
    if whole.stamps:
        repairs = (*repairs, Repair("stamps", place(whole.stamps[0][0]), f"{len(whole.stamps)}行聊天记录的发送人和时间不计：{whole.stamps[0][1]}"))
    source = Source(name, None, repairs, doubts, leftover)
    return Reading(Filing(kept, source), _trace(whole, found, opened, inside))


def _listed(whole: Text, found: Map) -> list[int]:
    """With how many forms before each heading a list of contents before the first form puts them; empty where there is none.

    The list names the form of each entry below the heading that it stands under.
    """
    first = found.regions[0].first
    titles = {normal(title) for region in found.regions for title in region.form.titles}
    heads = [one.last for one in found.headings if one.first < first]
    if len(heads) < 2 or len(heads) < len(found.headings):
        return []
    names = [at for at, atom in enumerate(whole.atoms[:first]) if atom.key in titles]
    counts = [sum(begin <= at < end for at in names) for begin, end in zip(heads, [*heads[1:], first], strict=True)]
    if sum(counts) != len(found.regions) or not all(counts):
        return []
    return [0, *accumulate(counts)]


def _of_sections(opened: Sequence[_Open], count: int) -> Iterator[Doubt]:
    """Doubts on the titles where the order of the text is lost, on the number of forms where one is torn."""
    lost = next((one for one in opened if any(doubt.path == disorder.MARKS for doubt in one.account.doubts)), None)
    torn = next((one for one in opened if one.laid is None and disorder.torn(vocabulary(one.region.form), one.scalars, one.account)), None)
    for one, part, why in ((lost, "title", "文本的次序可能已乱，标题未必完整"), (torn, "forms", "这里的表缺了许多栏目，表的份数未必对")):
        if one is not None and one.account.atoms:
            yield from (Doubt(f"sections[{at}].{part}", place(one.account.atoms[0].line), why) for at in range(count))
    if lost is not None and lost.account.atoms:
        yield Doubt("sections", place(lost.account.atoms[0].line), "文本的次序可能已乱，可能还有别的标题")


def _of_empty(whole: Text, found: Map, kept: Sequence[Section]) -> Iterator[Doubt]:
    """Doubts on which forms stand under which title, where one has none."""
    if any(not one.entries for one in kept) and any(one.entries for one in kept):
        where = place(whole.atoms[found.headings[0].first].line)
        yield from (Doubt(f"sections[{at}].forms", where, "有的标题之下没有表，各表归于哪一个标题未必对") for at in range(len(kept)))


def _of_strange(whole: Text, strange: Sequence[Region], count: int) -> Iterator[Doubt]:
    """A doubt on the number of forms where something is like a form and was not read."""
    for region in strange[:1]:
        where = place(whole.atoms[region.first].line)
        yield from (Doubt(f"sections[{at}].forms", where, f"这里有像“{region.form.title}”的表，但多数栏目不同，没有读") for at in range(count))


def _outside(whole: Text, inside: set[int]) -> tuple[Leftover, ...]:
    """The text outside forms and headings, neighbouring lines as one."""
    runs: list[tuple[int, int, list[str]]] = []
    for line in whole.lines:
        if not (text := _rest(whole, line, inside)):
            runs.append((0, 0, []))
        elif runs and runs[-1][2]:
            runs[-1] = (runs[-1][0], line.number, [*runs[-1][2], text])
        else:
            runs.append((line.number, line.number, [text]))
    return tuple(Leftover(f"第{a}行" if a == b else f"第{a}—{b}行", "\n".join(texts)) for a, b, texts in runs if texts)


def _rest(whole: Text, line: Line, inside: set[int]) -> str:
    """The words of a line that stand outside forms and headings."""
    return " ".join(whole.atoms[number].text for number in range(line.first, line.last) if number not in inside)


def _inside(found: Map) -> set[int]:
    """The atoms of forms and headings."""
    edges = [(one.first, one.last) for one in found.regions] + [(one.first, one.last) for one in found.headings]
    return {atom for first, last in edges for atom in range(first, last)}


def _trace(whole: Text, found: Map, opened: Sequence[_Open], inside: set[int]) -> tuple[Trace, ...]:
    pieces: list[Trace] = [piece for one in opened for piece in one.account.trace()]
    for heading in found.headings:
        pieces.extend(_plain(whole, heading, "汇总表标题", "以“汇总表”结尾的标题行"))
    for line in whole.lines:
        if text := _rest(whole, line, inside):
            pieces.append(Trace(line.number, text, "表外", "不在任何一份表之内"))
    taken = sorted(number for one in opened for number in one.above)
    pieces.extend(Trace(whole.atoms[number].line, whole.atoms[number].text, "year", "表题之前的年度") for number in taken)
    pieces.extend(Trace(number, text, "页码", "只有页码的一行") for number, text in whole.numbers)
    pieces.extend(Trace(number, text, "页眉", "每页重印的一行") for number, text in whole.heads)
    pieces.extend(Trace(number, text, "污点", "行首行尾的标记") for number, text in whole.specks)
    pieces.extend(Trace(number, text, "聊天", "发送人和时间") for number, text in whole.stamps)
    return tuple(sorted(pieces, key=lambda piece: piece.line))


def _plain(whole: Text, heading: Heading, where: str, why: str) -> list[Trace]:
    lines: dict[int, list[str]] = {}
    for atom in whole.atoms[heading.first : heading.last]:
        lines.setdefault(atom.line, []).append(atom.text)
    return [Trace(line, " ".join(words), where, why) for line, words in lines.items()]


