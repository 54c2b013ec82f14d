"""A mapping file as a form: read, inherited, checked; all faults of a file at once, each with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from xltool import unit_cells
from xltool.budgets import limit
from xltool.form import ROLES, TYPES, Field, Form, ListBlock, ListSpec, Look, Prefill, Sum, Taxonomy
from xltool.layout import Hole, Layout, Optional
from xltool.picture import ABOVE, REPEAT_MERGED, Picture, draw_parts, loose, parse
from xltool.problems import Problem, ProblemError, problem
from xltool.values import Value, caption_key, parse_target, with_times
from xltool.yamlfile import Node, Sequence, Table, Text, extended, in_reading_order, load

KEYS = ("form", "version", "title", "titles", "about", "extends", "layout", "fields", "tables", "lists", "captions", "taxonomy", "level_aliases", "weights", "units", "words", "worth", "sums", "together", "sections", "exceptions", "look", "roles", "prefill")
MERGED_KEYS = frozenset({"fields", "tables", "captions", "level_aliases", "look", "exceptions", "roles"})
FIELD_KEYS = ("json", "type", "unit", "required", "choices", "absent", "blank")
TABLE_KEYS = ("json", "rows", "columns", "type", "unit")
LOOK_KEYS = ("widths", "font", "size", "title_size", "plain_rows", "row_height", "orientation", "formats", "left")
OWN_KEYS = ("form", "title", "marks", "source")
GEOMETRY = frozenset({"list-outside", "list-split", "list-group", "look-widths", "caption-unknown"})
"""Faults that a layout which has faults of its own cannot show."""
TEXT_WANTED = "文本 (text)"
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_PATH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")


def read(text: str, name: str, parent: Callable[[str], Table | None] | None = None) -> Form:
    """The form that a mapping's text declares; ``parent`` finds the table that ``extends`` names.

    Raises:
        ProblemError: with every fault of the file.
    """
    return build(inherit(load(text, name), parent or (lambda _: None)), name)


def inherit(table: Table, parent: Callable[[str], Table | None]) -> Table:
    """The table with everything that it takes over from the form it extends; keys that are taken over say so."""
    return extended(table, parent, _over, lambda name: problem("extends-unknown", name.place, form=name.text))


def _over(table: Table, above: Table) -> Table:
    own = {key.text: (key, node) for key, node in table.entries if key.text != "extends"}
    merged = []
    for key, node in above.entries:
        if key.text not in own:
            merged.append((key, _taken_over(node) if key.text in MERGED_KEYS else node))
            continue
        own_key, own_node = own.pop(key.text)
        merged.append((own_key, _merge(node, own_node) if key.text in MERGED_KEYS else own_node))
    return Table((*merged, *own.values()), table.line, table.file)


def _taken_over(above: Node) -> Node:
    return _merge(above, Table((), above.line, above.file))


def _merge(above: Node, own: Node) -> Node:
    if not isinstance(above, Table) or not isinstance(own, Table):
        return own
    names = {key.text for key, _ in own.entries}
    kept = ((replace(key, inherited=True), node) for key, node in above.entries if key.text not in names)
    return Table((*kept, *own.entries), own.line, own.file)


def build(table: Table, name: str) -> Form:
    """The form of a whole (inherited) table."""
    return _Builder(table, name).form()


class _Builder:
    """Reads the keys of one mapping and collects the faults."""

    def __init__(self, table: Table, name: str) -> None:
        self.table = table
        self.name = name
        self.faults: list[Problem] = []
        self.sound = True
        """False where the layout has faults: what does not need its geometry is checked all the same."""

    def form(self) -> Form:
        self.known(self.table, KEYS)
        form_id, title = self.text("form"), self.text("title")
        if form_id and not _ID.fullmatch(form_id):
            self.fault("form-id", self.table.get("form"), form=form_id)
        drawn = self.picture()
        fields = self.fields(drawn.layout)
        drawn, fields = self.units(drawn, fields)
        lists = self.lists(drawn)
        fields = self.attach(fields, lists)
        form = Form(
            id=form_id, version=self.text("version", "1"), title=title, layout=drawn.layout,
            fields=MappingProxyType(fields), blocks=self.blocks(drawn, lists), lists=MappingProxyType(lists),
            captions=self.captions(drawn.layout), taxonomy=self.taxonomy(), units=with_times(map(caption_key, self.words("units"))),
            words=frozenset(map(caption_key, self.words("words"))), worth=self.worth(), sums=self.sums(fields), together=self.together(fields),
            sections=self.words("sections"), titles=(title, *self.words("titles")), exceptions=self.exceptions(fields),
            look=self.look(drawn.layout), roles=self.roles(fields), prefill=self.prefill(), place=self.name, about=self.text("about", ""),
        )  # fmt: skip
        if self.faults:
            raise ProblemError(in_reading_order(self.faults))
        return form

    def fault(self, code: str, node: Node | None, **words: object) -> None:
        if not self.sound and code in GEOMETRY:
            return
        self.faults.append(problem(code, node.place if node else f"{self.name}:{self.table.line}", **words))

    def known(self, table: Table, keys: tuple[str, ...]) -> None:
        for key, _ in table.entries:
            if key.text not in keys:
                self.fault("yaml-unknown-key", key, key=key.text, known=", ".join(keys))

    def text(self, key: str, default: str | None = None) -> str:
        node = self.table.get(key)
        if isinstance(node, Text) and node.text:
            return node.text
        if node is None and default is not None:
            return default
        if node is None:
            self.fault("yaml-missing-key", None, key=key)
        else:
            self.fault("yaml-shape", node, key=key, wanted=TEXT_WANTED)
        return ""

    def table_of(self, node: Node | None, key: str) -> Table:
        if isinstance(node, Table):
            return node
        if node is not None:
            self.fault("yaml-shape", node, key=key, wanted="键值表 (key: value)")
        return Table((), self.table.line, self.name)

    def words(self, key: str) -> tuple[str, ...]:
        return self.word_list(self.table.get(key), key)

    def word_list(self, node: Node | None, key: str) -> tuple[str, ...]:
        if node is None:
            return ()
        if not isinstance(node, Sequence) or not all(isinstance(item, Text) for item in node.items):
            self.fault("yaml-shape", node, key=key, wanted="文本列表 ([a, b])")
            return ()
        return tuple(item.text for item in node.items if isinstance(item, Text))

    def worth(self) -> Mapping[str, Value]:
        found = {caption_key(key.text): parse_target(getattr(node, "text", "?")) for key, node in self.table_of(self.table.get("worth"), "worth").entries}
        for key, node in self.table_of(self.table.get("worth"), "worth").entries:
            if found[caption_key(key.text)].value is None:
                self.fault("number-expected", node, key=key.text, found=getattr(node, "text", "?"))
        return MappingProxyType(found)

    def number(self, node: Node | None, key: str, default: float) -> float:
        if node is None:
            return default
        if isinstance(node, Text) and re.fullmatch(r"\d+(\.\d+)?", node.text):
            return float(node.text)
        self.fault("number-expected", node, key=key, found=getattr(node, "text", "?"))
        return default

    def numbers(self, node: Node | None, key: str) -> tuple[float, ...]:
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self.fault("yaml-shape", node, key=key, wanted="文本列表 ([a, b])")
            return ()
        return tuple(self.number(item, key, 0) for item in node.items)

    def picture(self) -> Picture:
        """The layout; where it has faults, its names and captions without geometry."""
        node = self.table.get("layout")
        if not isinstance(node, Text):
            self.text("layout")
        else:
            try:
                return parse(node.text, node.file, node.line)
            except ProblemError as error:
                self.faults.extend(error.problems)
        self.sound = False
        fields = self.table.get("fields")
        names = tuple(key.text for key, _ in fields.entries) if isinstance(fields, Table) else ()
        return loose(node.text if isinstance(node, Text) else "", names)

    def fields(self, layout: Layout) -> dict[str, Field]:
        """Every drawn field, in the layout's reading order."""
        declared = {key.text: self.field(key.text, node) for key, node in self.table_of(self.table.get("fields"), "fields").entries}
        for key, node in self.table_of(self.table.get("tables"), "tables").entries:
            declared |= self.grid(key.text, self.table_of(node, key.text))
        drawn: dict[str, Field] = {}
        optional = {hole.field for cell in layout.cells for part in cell.parts if isinstance(part, Optional) for hole in part.parts if hasattr(hole, "field")}
        for cell in layout.cells:
            for name in cell.holes:
                if name in drawn:
                    self.fault("picture-field-twice", self.table.get("layout"), field=name)
                elif name not in declared:
                    self.fault("field-not-declared", self.table.get("layout"), field=name)
                else:
                    drawn[name] = _with(declared[name], optional=name in optional)
        tables = {key.text for key, _ in self.table_of(self.table.get("tables"), "tables").entries}
        # What a variant takes over and does not draw falls away.
        own = {key.text: key for key, _ in self.table_of(self.table.get("fields"), "fields").entries if not key.inherited}
        for name, key in own.items():
            if name not in drawn and not (tables and "·" in name) and not self.in_alias(name):
                self.fault("field-not-drawn", key, field=name)
        return drawn | {name: _with(one, optional=True) for name, one in declared.items() if name not in drawn and self.in_alias(name)}

    def units(self, drawn: Picture, fields: Mapping[str, Field]) -> tuple[Picture, dict[str, Field]]:
        """The picture and the fields with the units that are printed behind numbers."""
        found = unit_cells.units(drawn.layout, fields)
        for name, unit in found.items():
            if fields[name].unit not in ("", unit):
                self.fault("field-unit", self.declared(name), field=name, unit=fields[name].unit, printed=unit)
        told = {name: _with(one, unit=found.get(name, one.unit)) for name, one in fields.items()}
        return replace(drawn, layout=unit_cells.drawn(drawn.layout, found)), told

    def in_alias(self, name: str) -> bool:
        """True where a field stands as a hole in an alias of a caption."""
        captions = self.table.get("captions")
        if not isinstance(captions, Table):
            return False
        return any(f"{{{name}}}" in item.text for _, node in captions.entries if isinstance(node, Sequence) for item in node.items if isinstance(item, Text))

    def field(self, name: str, node: Node) -> Field:
        table = self.table_of(node, name)
        self.known(table, FIELD_KEYS)
        found = {key.text: value.text for key, value in table.entries if isinstance(value, Text)}
        for key, value in table.entries:
            if key.text in FIELD_KEYS and key.text != "choices" and not isinstance(value, Text):
                self.fault("yaml-shape", value, key=key.text, wanted=TEXT_WANTED)
        if found.get("required", "false") not in ("true", "false"):
            self.fault("word-expected", table.get("required"), key="required", known="true, false", found=found["required"])
        return self.checked(
            Field(
                name, found.get("json", ""), found.get("type", "text"), found.get("unit", ""), found.get("required") == "true",
                self.word_list(table.get("choices"), "choices"), found.get("absent", ""), found.get("blank", ""),
            ), node,
        )  # fmt: skip

    def checked(self, one: Field, node: Node) -> Field:
        if one.type not in TYPES:
            self.fault("field-type", node, field=one.name, found=one.type, known=", ".join(TYPES))
        if not _PATH.fullmatch(one.path):
            self.fault("field-path", node, field=one.name, found=one.path)
        return one

    def grid(self, name: str, table: Table) -> dict[str, Field]:
        """The fields ``row·column`` of a block with row and column captions."""
        self.known(table, TABLE_KEYS)
        template, kind, unit = table.get("json"), table.get("type"), table.get("unit")
        if not isinstance(template, Text):
            self.fault("yaml-missing-key", table, key=f"{name}.json")
            return {}
        found: dict[str, Field] = {}
        for row, row_node in self.table_of(table.get("rows"), f"{name}.rows").entries:
            for column, node in self.table_of(table.get("columns"), f"{name}.columns").entries:
                own = node if isinstance(node, Table) else Table((), node.line, node.file)
                leaf = own.get("json") if isinstance(node, Table) else node
                own_type, own_unit = own.get("type") or kind, own.get("unit") or unit
                path = template.text.replace("{row}", getattr(row_node, "text", "")).replace("{column}", getattr(leaf, "text", ""))
                one = Field(f"{row.text}·{column.text}", path, getattr(own_type, "text", "money"), getattr(own_unit, "text", ""))
                found[one.name] = self.checked(one, node)
        return found

    def lists(self, drawn: Picture) -> dict[str, ListSpec]:
        found: dict[str, ListSpec] = {}
        marks = {name: mark for name, mark, _ in _repeated(drawn)}
        inside = set(marks) if self.sound else {name for cell in drawn.layout.cells for name in cell.holes}
        for key, node in self.table_of(self.table.get("lists"), "lists").entries:
            names = self.word_list(node, key.text)
            for name in names:
                if name not in inside:
                    self.fault("list-field", node, list=key.text, field=name)
            names = tuple(hole for name in names if name in inside for hole in drawn.layout.cell_of(name).holes)
            groups = tuple(name for name in names if marks.get(name) == REPEAT_MERGED)
            if groups != names[: len(groups)]:
                self.fault("list-group", node, list=key.text, field=groups[-1])
            if len({row for name, _, row in _repeated(drawn) if name in names}) > 1:
                self.fault("list-split", node, list=key.text)
            found[key.text] = ListSpec(key.text, names, groups)
        for name in marks:
            if not any(name in spec.fields for spec in found.values()):
                self.fault("list-outside", self.table.get("layout"), field=name)
        return found

    def attach(self, fields: dict[str, Field], lists: dict[str, ListSpec]) -> dict[str, Field]:
        """The fields with the list that each belongs to; paths are one field's each."""
        home: dict[str, str] = {}
        for spec in lists.values():
            for name in spec.fields:
                home.setdefault(name, spec.name)
        attached = {name: _with(one, list=home.get(name, "")) for name, one in fields.items()}
        seen: dict[tuple[str, str], str] = {}
        for one in attached.values():
            key = (one.list, one.path)
            if key in seen and one.path:
                self.fault("field-path-twice", self.declared(one.name), field=one.name, other=seen[key], path=one.path)
            seen.setdefault(key, one.name)
        self.nested(attached, lists)
        return attached

    def declared(self, name: str) -> Node | None:
        """Where a field is declared."""
        fields = self.table.get("fields")
        found = next((key for key, _ in fields.entries if key.text == name), None) if isinstance(fields, Table) else None
        return found or self.table.get("tables") or fields

    def nested(self, fields: Mapping[str, Field], lists: Mapping[str, ListSpec]) -> None:
        """A JSON key holds a value or other keys, not both; some keys are every form's own."""
        node = self.table.get("lists")
        for key in lists:
            if not _PATH.fullmatch(key) or "." in key or key in (*OWN_KEYS, "year"):
                self.fault("list-name", node, list=key)
        leaves = {(one.list, one.path): one for one in fields.values()} | {("", key): None for key in (*OWN_KEYS, *lists)}
        for one in fields.values():
            steps = one.path.split(".")
            # No JSON that is read is deeper.
            for number in range(1, min(len(steps), limit("json_depth"))):
                other = (one.list, ".".join(steps[:number]))
                if other in leaves and not (one.type in ("operator", "unit") and (owner := leaves[other]) and owner.type == "target"):
                    self.fault("field-path-inside", self.declared(one.name), field=one.name, path=one.path, other=other[1])
            if not one.list and one.path in (*OWN_KEYS, *lists):
                self.fault("field-path-taken", self.declared(one.name), field=one.name, path=one.path)
            if not one.list and (one.path == "year") != (one.type == "year"):
                self.fault("field-path-year", self.declared(one.name), field=one.name)

    def blocks(self, drawn: Picture, lists: dict[str, ListSpec]) -> tuple[ListBlock, ...]:
        found = []
        for repeat in drawn.repeats:
            inside = [name for name, _, row in _repeated(drawn) if row == repeat.row]
            groups = tuple(name for name, mark, row in _repeated(drawn) if row == repeat.row and mark == REPEAT_MERGED)
            spans = tuple(cell for cell in drawn.layout.in_row(repeat.row) if repeat.marks[cell.column - 1] == ABOVE)
            names = tuple(spec.name for spec in lists.values() if any(name in spec.fields for name in inside))
            found.append(ListBlock(repeat.row, names, groups, spans))
        return tuple(found)

    def captions(self, layout: Layout) -> Mapping[str, tuple[str, ...]]:
        drawn = {draw for cell in layout.cells for draw in (cell.caption, draw_parts(cell.parts)) if draw}
        ends = {cell.caption: draw_parts(cell.parts[-1:]) for cell in layout.cells if cell.caption and len(cell.holes) == 1 and isinstance(cell.parts[-1], Hole)}
        found = {}
        for key, node in self.table_of(self.table.get("captions"), "captions").entries:
            if key.text not in drawn:
                if not key.inherited:
                    self.fault("caption-unknown", key, caption=key.text)
                continue
            # 填报人： for 填表人：{填表人} is followed by the field as that is.
            found[key.text] = tuple(alias + ends.get(key.text, "") * alias.endswith(("：", ":")) for alias in self.word_list(node, key.text))
        return MappingProxyType(found)

    def taxonomy(self) -> Taxonomy:
        children = {key.text: self.word_list(node, key.text) for key, node in self.table_of(self.table.get("taxonomy"), "taxonomy").entries}
        aliases = {key.text: getattr(node, "text", "") for key, node in self.table_of(self.table.get("level_aliases"), "level_aliases").entries}
        weights = {key.text: Decimal(str(self.number(node, key.text, 0))) for key, node in self.table_of(self.table.get("weights"), "weights").entries}
        return Taxonomy(MappingProxyType(children), MappingProxyType(aliases), MappingProxyType(weights))

    def known_fields(self, names: tuple[str, ...], key: str, node: Node, fields: Mapping[str, Field]) -> tuple[str, ...]:
        for name in names:
            if name not in fields:
                self.fault("field-unknown", node, key=key, field=name)
        return names

    def sums(self, fields: Mapping[str, Field]) -> tuple[Sum, ...]:
        entries = self.table_of(self.table.get("sums"), "sums").entries
        for key, node in entries:
            total, parts = fields.get(key.text), {fields[name].list for name in self.word_list(node, "sums") if name in fields}
            if total and parts and (parts - {total.list} if total.list else len(parts) > 1):
                self.fault("sum-lists", key, total=key.text)
        return tuple(Sum(self.known_fields((key.text,), "sums", key, fields)[0], self.known_fields(self.word_list(node, key.text), "sums", node, fields)) for key, node in entries)

    def together(self, fields: Mapping[str, Field]) -> tuple[tuple[str, ...], ...]:
        node = self.table.get("together")
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self.fault("yaml-shape", node, key="together", wanted="列表 ([[a, b], [c, d]])")
            return ()
        return tuple(self.known_fields(self.word_list(item, "together"), "together", item, fields) for item in node.items)

    def exceptions(self, fields: Mapping[str, Field]) -> Mapping[str, str]:
        entries = [(key, node) for key, node in self.table_of(self.table.get("exceptions"), "exceptions").entries if key.text in fields or not key.inherited]
        return MappingProxyType({self.known_fields((key.text,), "exceptions", key, fields)[0]: getattr(node, "text", "") for key, node in entries})

    def roles(self, fields: Mapping[str, Field]) -> Mapping[str, tuple[str, ...]]:
        """By role its fields; one that is taken over and not drawn falls away."""
        found: dict[str, tuple[str, ...]] = {}
        for key, node in self.table_of(self.table.get("roles"), "roles").entries:
            names = (node.text,) if isinstance(node, Text) else self.word_list(node, key.text)
            if key.text not in ROLES:
                self.fault("word-expected", key, key="roles", known=", ".join(ROLES), found=key.text)
            names = tuple(name for name in names if name in fields) if key.inherited else self.known_fields(names, "roles", node, fields)
            if names:
                found[key.text] = names
        return MappingProxyType(found)

    def prefill(self) -> Prefill:
        table = self.table_of(self.table.get("prefill"), "prefill")
        self.known(table, ("roles", "levels"))
        roles = {key.text: getattr(node, "text", "") for key, node in self.table_of(table.get("roles"), "prefill.roles").entries}
        for key, node in self.table_of(table.get("roles"), "prefill.roles").entries:
            for name in {key.text, roles[key.text]} - {*ROLES}:
                self.fault("word-expected", node, key="prefill.roles", known=", ".join(ROLES), found=name)
        levels: dict[str, tuple[str, str]] = {}
        for key, node in self.table_of(table.get("levels"), "prefill.levels").entries:
            match self.word_list(node, key.text):
                case (level1, level2):
                    levels[key.text] = level1, level2
                case _:
                    self.fault("yaml-shape", node, key=key.text, wanted="[一级指标, 二级指标]")
        return Prefill(MappingProxyType(roles), MappingProxyType(levels))

    def look(self, layout: Layout) -> Look:
        table = self.table_of(self.table.get("look"), "look")
        self.known(table, LOOK_KEYS)
        widths = self.numbers(table.get("widths"), "look.widths")
        if widths and len(widths) != layout.columns:
            self.fault("look-widths", table.get("widths"), found=len(widths), wanted=layout.columns)
        formats = {key.text: getattr(node, "text", "") for key, node in self.table_of(table.get("formats"), "look.formats").entries}
        for kind, node in self.table_of(table.get("formats"), "look.formats").entries:
            if kind.text not in TYPES:
                self.fault("word-expected", kind, key="look.formats", known=", ".join(TYPES), found=kind.text)
            elif not isinstance(node, Text):
                self.fault("yaml-shape", node, key=kind.text, wanted=TEXT_WANTED)
        plain = tuple(map(int, self.numbers(table.get("plain_rows"), "look.plain_rows")))
        font, orientation = table.get("font"), table.get("orientation")
        if font and not isinstance(font, Text):
            self.fault("yaml-shape", font, key="look.font", wanted=TEXT_WANTED)
        if orientation and getattr(orientation, "text", "") not in ("portrait", "landscape"):
            self.fault("word-expected", orientation, key="look.orientation", known="portrait, landscape", found=getattr(orientation, "text", "?"))
        return Look(
            widths, getattr(font, "text", "宋体"), self.number(table.get("size"), "look.size", 10.5), self.number(table.get("title_size"), "look.title_size", 16),
            plain or (1, 2), self.number(table.get("row_height"), "look.row_height", 20), getattr(orientation, "text", "") == "landscape",
            MappingProxyType(formats), self.word_list(table.get("left"), "look.left"),
        )  # fmt: skip


def _with(one: Field, **changes: object) -> Field:
    return replace(one, **changes)  # type: ignore[arg-type]  # names are given literally by this module alone


def _repeated(drawn: Picture) -> list[tuple[str, str, int]]:
    """(field, mark, layout row) of every field in a repeated row, from the left."""
    found: list[tuple[str, str, int]] = []
    for repeat in drawn.repeats:
        for cell in drawn.layout.in_row(repeat.row):
            mark = repeat.marks[cell.column - 1]
            if mark != ABOVE:
                found.extend((name, mark, repeat.row) for name in cell.holes)
    return found
