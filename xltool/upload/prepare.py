"""A filing as an importer expects it: names byte for byte, levels as it knows them, rows in its order; and what it will
drop or change all the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from difflib import get_close_matches

from xltool.field_captions import captions
from xltool.figures import UNITS
from xltool.filing import Entry, Filing, Item, Scalar
from xltool.form import NUMERIC, Field, Form
from xltool.problems import Problem, problem
from xltool.upload.importer import Importer
from xltool.values import caption_key, clean, plain, printable, without_blanks

TEN_THOUSAND = UNITS["万元"]
LONG = 30


@dataclass(frozen=True, slots=True)
class Prepared:
    """The filing to upload; ``notes`` say what was changed for the importer, and what the importer will change."""

    filing: Filing
    notes: tuple[Problem, ...]


def prepare(filing: Filing, forms: Mapping[str, Form], importer: Importer, stored: Filing | None = None) -> Prepared:
    """The filing for an importer; ``stored`` is what the platform holds already, whose names its rows must match."""
    names = _stored_names(stored, forms) if stored else None
    spelled = _spellings(names or {})
    notes: list[Problem] = []
    said = {form_id: captions(forms[form_id]) for form_id in {entry.form for entry in filing.entries}}
    sections = []
    for section in filing.sections:
        made = [_Copy(entry, forms[entry.form], importer, said[entry.form], names, spelled) for entry in section.entries]
        sections.append(replace(section, entries=tuple(one.entry() for one in made)))
        notes.extend(note for one in made for note in one.notes)
    return Prepared(replace(filing, sections=tuple(sections)), tuple(notes))


def _stored_names(stored: Filing, forms: Mapping[str, Form]) -> dict[str, list[str]]:
    """By project the names of the indicators that the platform holds."""
    found: dict[str, list[str]] = {}
    for entry in stored.entries:
        form = forms[entry.form]
        names = [name for one in _listed(form, "indicator") for item in entry.lists.get(one.list, ()) if isinstance(name := item.get(one.path), str)]
        found.setdefault(_called(entry, form), []).extend(names)
    return found


def _spellings(names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """By a name without its blanks the one way in which the platform writes it."""
    found: dict[str, set[str]] = {}
    for name in (*names, *(one for own in names.values() for one in own)):
        found.setdefault(without_blanks(name), set()).add(name)
    return {key: next(iter(ways)) for key, ways in found.items() if len(ways) == 1}


def _called(entry: Entry, form: Form) -> str:
    return form.project_of(entry.values) or entry.title


def _scalars(form: Form, roles: Iterable[str]) -> Iterator[Field]:
    """The fields outside lists that play the roles, each once."""
    names = dict.fromkeys(name for role in roles for name in form.roles.get(role, ()))
    yield from (form.fields[name] for name in names if not form.fields[name].list)


def _listed(form: Form, *roles: str) -> Iterator[Field]:
    """The same in lists; a group that two lists share stands once for each."""
    for role in roles:
        for name in form.roles.get(role, ()):
            yield from (replace(form.fields[name], list=spec.name) for spec in form.lists.values() if name in spec.fields)


def one_line(text: str) -> str:
    """A name as it is compared byte by byte: on one line, without blanks at its ends and characters that nobody sees."""
    return clean(" ".join(printable(text).split()))


@dataclass(slots=True)
class _Copy:
    """The copy of one entry while it is made; ``captions`` are the words that a person finds each field by."""

    source: Entry
    form: Form
    importer: Importer
    captions: Mapping[str, str]
    stored: Mapping[str, Sequence[str]] | None
    spelled: Mapping[str, str]
    notes: list[Problem] = field(default_factory=list)

    def entry(self) -> Entry:
        """The entry as the importer expects it."""
        values = dict(self.source.values)
        for one in _scalars(self.form, self.importer.names):
            values[one.path] = self.name(values.get(one.path), self.caption(one))
        lists = {name: self.items(name, items) for name, items in self.source.lists.items()}
        made = replace(self.source, values=values, lists=lists)
        self.preflight(made)
        return made

    def note(self, code: str, **words: object) -> None:
        self.notes.append(problem(code, _called(self.source, self.form), **words))

    def caption(self, one: Field) -> str:
        return self.captions[one.name]

    def name(self, value: Scalar, caption: str) -> Scalar:
        """A name made clean; one that the platform holds stays, or becomes, byte for byte what it holds."""
        if not isinstance(value, str) or (value.isprintable() and self.held(value)):
            return value
        there = self.spelled.get(without_blanks(value), "")
        if there != value and there.isprintable() and there:
            self.note("upload-spelled", caption=caption, found=_shown(value), wanted=there)
            return there
        if (made := one_line(value)) == value:
            return value
        self.note("upload-name", caption=caption, found=_shown(value), wanted=made)
        return made

    def held(self, name: str) -> bool:
        return self.stored is not None and (name in self.stored or any(name in names for names in self.stored.values()))

    def items(self, name: str, items: tuple[Item, ...]) -> tuple[Item, ...]:
        """The rows of a list with names and levels as the importer knows them, in its order."""
        fields = [(role, one) for role in ("level1", "level2", "indicator") for one in _listed(self.form, role) if one.list == name]
        paths = {role: one.path for role, one in fields}
        made: list[Item] = []
        for item in items:
            row = dict(item)
            for role, one in fields:
                if role in self.importer.names:
                    row[one.path] = self.name(row.get(one.path), self.caption(one))
            if "level1" in paths and "level2" in paths:
                self.levels(row, paths["level1"], paths["level2"], str(row.get(paths.get("indicator", ""), "") or ""))
            made.append(row)
        if not (self.importer.ordered and "level1" in paths):
            return tuple(made)
        ordered = sorted(made, key=lambda row: self.rank(row.get(paths["level1"]), row.get(paths.get("level2", ""))))
        if ordered != made:
            self.note("upload-order")
        return tuple(ordered)

    def levels(self, row: dict[str, Scalar], level1: str, level2: str, item: str) -> None:
        """Puts the names of the taxonomy where a row has them in another spelling; what it does not know is said."""
        children = self.form.taxonomy.children
        second = dict.fromkeys(two for below in children.values() for two in below)
        for path, known in ((level1, children), (level2, second)):
            text = row.get(path)
            if not isinstance(text, str) or not known:
                continue
            made = self.level(text, known, path == level2)
            if made is None:
                self.note("upload-level-unknown", item=item, found=text)
            elif made != text:
                self.note("upload-level", item=item, found=text, wanted=made)
                row[path] = made

    def level(self, text: str, known: Iterable[str], second: bool) -> str | None:
        """The name that the importer takes a level for; None where it knows none."""
        key = self.bare(self.form.taxonomy.aliases.get(text, text))
        found = next((name for name in known if self.bare(name) == key), None)
        if found is None and second:
            found = next((name for word, name in self.importer.levels.items() if word in text), None)
        return found

    def bare(self, text: str) -> str:
        return caption_key(text).removesuffix(self.importer.suffix) if self.importer.suffix else caption_key(text)

    def rank(self, level1: Scalar, level2: Scalar) -> tuple[int, int]:
        """Where the taxonomy has a row; what it does not know comes last."""
        children = self.form.taxonomy.children
        ones = list(children)
        first = ones.index(level1) if isinstance(level1, str) and level1 in children else len(ones)
        below = list(children.get(level1, ())) if isinstance(level1, str) else []
        return first, below.index(level2) if isinstance(level2, str) and level2 in below else len(below)

    def preflight(self, made: Entry) -> None:
        """Says what the importer will change or drop of the copy."""
        for caption in self.broken(made):
            self.note("upload-breaks", caption=caption)
        if empty := list(self.empty(made)):
            self.note("upload-zero", captions="、".join(dict.fromkeys(empty)))
        for caption, amount, kept in self.rounded(made):
            self.note("upload-places", caption=caption, found=plain(amount), wanted=plain(kept))
        self.unmatched(made)

    def broken(self, made: Entry) -> Iterator[str]:
        for one in _scalars(self.form, self.importer.one_line):
            if "\n" in str(made.values.get(one.path) or ""):
                yield self.caption(one)
        for one in _listed(self.form, *self.importer.one_line):
            if any("\n" in str(item.get(one.path) or "") for item in made.lists.get(one.list, ())):
                yield self.caption(one)

    def empty(self, made: Entry) -> Iterator[str]:
        """The captions of numbers that are blank or hold a mark."""
        for one in _scalars(self.form, self.importer.zero):
            if one.type in NUMERIC and made.values.get(one.path) is None:
                yield self.caption(one)
        for one in _listed(self.form, *self.importer.zero):
            if one.type in NUMERIC and any(item.get(one.path) is None for item in made.lists.get(one.list, ())):
                yield self.caption(one)

    def rounded(self, made: Entry) -> Iterator[tuple[str, Decimal, Decimal]]:
        """(caption, amount, what is left of it) of amounts with more decimals of 万元 than the importer keeps."""
        if self.importer.places is None:
            return
        for one in self.form.scalars:
            amount = made.values.get(one.path)
            step = Decimal(1).scaleb(-self.importer.places) * (1 if self.form.unit_of(one, made.values) == "万元" else TEN_THOUSAND)
            if one.type == "money" and isinstance(amount, Decimal | int):
                exact = Decimal(amount)
                kept = (exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step
                if kept != exact:
                    yield self.caption(one), exact, kept

    def unmatched(self, made: Entry) -> None:
        """Rows whose name the platform does not hold byte for byte are dropped by it."""
        if self.stored is None:
            return
        project = _called(made, self.form)
        there = self.stored.get(project)
        if there is None:
            self.note("upload-project", found=project)
            return
        for one in _listed(self.form, "indicator"):
            for item in made.lists.get(one.list, ()):
                text = item.get(one.path)
                if isinstance(text, str) and text not in there:
                    near = get_close_matches(text, there, 1)
                    self.note("upload-dropped", item=text, near=near[0] if near else "—")


def _shown(text: str) -> str:
    """A text with what nobody sees made visible."""
    said = "".join(character if character.isprintable() else "␣" for character in text.replace("\n", "⏎"))
    return said if len(said) <= LONG else said[:LONG] + "…"
