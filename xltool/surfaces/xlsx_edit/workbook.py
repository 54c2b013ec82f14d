"""A workbook while it is edited: its sheets, defined names, formats, and what is computed when it is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from xltool.problems import ProblemError, problem
from xltool.surfaces.xlsx_edit.cells import formula_text
from xltool.surfaces.xlsx_edit.markup import (
    Node,
    Splice,
    appended,
    attribute_splice,
    escaped,
    parse,
    spliced,
)
from xltool.surfaces.xlsx_edit.package import Package
from xltool.surfaces.xlsx_edit.relations import (
    OFFICE,
    forget_type,
    free_name,
    relate,
    related,
    relations,
    set_type,
    unrelate,
)
from xltool.surfaces.xlsx_edit.sheet import Sheet
from xltool.surfaces.xlsx_edit.styles import Styles

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FRESH = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">'
    '<sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/><sheetData/></worksheet>'
).encode()


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet as the workbook lists it; ``part`` is the name of its part, ``kind`` what it is a sheet of."""

    name: str
    key: str
    part: str
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class Name:
    """A defined name; ``sheet`` is the place of the sheet (from 0) that it belongs to, or None."""

    name: str
    formula: str
    sheet: int | None
    hidden: bool


class Workbook:
    """A workbook of these bytes; ``name`` is its file's, for problems.

    Raises:
        ProblemError: as ``Package`` does; workbook-broken where a part is damaged.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.package = Package(data, name)
        self.name = name
        self.part = related(self.package, "", "officeDocument") or "xl/workbook.xml"
        self._sheets: dict[str, Sheet] = {}
        self._texts: list[str] | None = None
        try:
            self._load(self.package.read(self.part))
            styles = related(self.package, self.part, "styles")
            if not styles or not self.package.has(styles):
                raise ValueError("the styles are missing")
            self.styles = Styles(self.package, styles)
        except (ValueError, ParseError) as error:
            raise ProblemError(problem("workbook-broken", name, what=error)) from error

    def _load(self, data: bytes) -> None:
        self.data = data
        self.root = parse(data)

    @property
    def sheets(self) -> list[Listed]:
        """The sheets in order."""
        listed = self.root.child("sheets")
        known = {one.key: one for one in relations(self.package, self.part)}
        found = []
        for one in listed.named("sheet") if listed else ():
            key = next((value for name, value in one.attributes.items() if name.endswith(":id")), "")
            target = known.get(key)
            found.append(Listed(one.get("name") or "", key, target.target if target else "", target.kind if target else "", one.get("state") or ""))
        return found

    @property
    def first_day(self) -> int:
        """What the workbook counts its days from: 0, or 1462 where it counts them from 1904, as Excel for the Mac did."""
        said = self.root.child("workbookPr")
        return 1462 if said and said.get("date1904") in ("1", "true") else 0

    def sheet(self, name: str) -> Sheet:
        """A sheet by its name.

        Raises:
            ProblemError: workbook-broken where it is no sheet of cells, or damaged.
        """
        if name not in self._sheets:
            listed = next((one for one in self.sheets if one.name == name and one.kind == "worksheet"), None)
            try:
                if listed is None:
                    raise ValueError(f"no sheet {name}")
                self._sheets[name] = Sheet(self.package, listed.part, name)
            except (ValueError, IndexError) as error:
                raise ProblemError(problem("workbook-broken", self.name, what=error)) from error
        return self._sheets[name]

    def worksheets(self) -> list[Sheet]:
        """Every sheet of cells, in order."""
        return [self.sheet(one.name) for one in self.sheets if one.kind == "worksheet"]

    def close(self) -> bytes:
        """The bytes of the workbook as it now is."""
        for one in self._sheets.values():
            one.close()
        self.styles.close()
        self.package.put(self.part, self.data)
        return self.package.close()

    # Sheets come and go.

    def add_sheet(self, name: str, after: int | None = None, data: bytes = _FRESH) -> Sheet:
        """A new sheet behind the others, or behind the one at a place (from 0); what counts sheets by place follows."""
        part = free_name(self.package, "xl/worksheets/sheet{}.xml")
        self.package.put(part, data)
        set_type(self.package, part, SHEET_TYPE)
        key = relate(self.package, self.part, "worksheet", part)
        listed = self.root.child("sheets")
        assert listed
        number = max((int(one.get("sheetId") or 0) for one in listed.children), default=0) + 1
        new = b'<%ssheet name="%s" sheetId="%d" %s="%s"/>' % (self.root.prefix.encode(), escaped(name), number, self._relation_key(), key.encode())
        if after is None or after == len(listed.children) - 1:
            self._load(spliced(self.data, appended(self.data, listed, new)))
        else:
            at = listed.children[after].end
            self._load(spliced(self.data, [(at, at, new), *self._renumbered(lambda place: place + (place > after))]))
        return self.sheet(name)

    def _relation_key(self) -> bytes:
        """The name of the attribute that holds the key of a relation, its prefix declared where the workbook does not."""
        known = next((name[6:] for name, value in self.root.attributes.items() if name.startswith("xmlns:") and value == OFFICE), "")
        return f"{known}:id".encode() if known else f'xmlns:r="{OFFICE}" r:id'.encode()

    def remove_sheet(self, name: str) -> None:
        """A sheet that stands alone (nothing hangs on its part) is gone, with the names that belong to it."""
        place = next(at for at, one in enumerate(self.sheets) if one.name == name)
        part = self.sheets[place].part
        self._sheets.pop(name, None)
        listed = self.root.child("sheets")
        assert listed
        gone = listed.children[place]
        self.drop_names(lambda one: one.sheet == place)
        moved = self._renumbered(lambda at: at - (at > place))
        self._load(spliced(self.data, [(gone.start, gone.end, b""), *moved]))
        unrelate(self.package, self.part, part)
        forget_type(self.package, part)
        self.package.drop(part)

    def _renumbered(self, place: Callable[[int], int]) -> list[Splice]:
        """The splices that follow sheets to new places: of names that belong to a sheet, and of the tabs that are shown."""
        found = []
        names, views = self.root.child("definedNames"), self.root.child("bookViews")
        for one in names.children if names else ():
            if (at := one.get("localSheetId")) is not None and place(int(at)) != int(at):
                found.append(attribute_splice(self.data, one, {"localSheetId": str(place(int(at)))}))
        for one in views.children if views else ():
            new = {key: str(place(int(at))) for key in ("activeTab", "firstSheet") if (at := one.get(key)) and place(int(at)) != int(at)}
            if new:
                found.append(attribute_splice(self.data, one, dict(new)))
        return found

    # Defined names.

    def names(self) -> list[Name]:
        """The defined names."""
        listed = self.root.child("definedNames")
        return [_name(one, self.data) for one in listed.children] if listed else []

    def change_names(self, change: Callable[[Name], str]) -> None:
        """Each defined name has the formula that ``change`` gives."""
        listed = self.root.child("definedNames")
        splices: list[Splice] = []
        for one in listed.children if listed else ():
            known = _name(one, self.data)
            if (new := change(known)) != known.formula:
                splices.append((one.inner, one.close, formula_text(new)))
        if splices:
            self._load(spliced(self.data, splices))

    def add_name(self, name: str, formula: str, sheet: int | None = None, hidden: bool = False) -> None:
        """A defined name more, in the order that Excel keeps them."""
        prefix = self.root.prefix.encode()
        said = b' localSheetId="%d"' % sheet if sheet is not None else b""
        new = b'<%sdefinedName name="%s"%s%s>%s</%sdefinedName>' % (prefix, escaped(name), said, b' hidden="1"' * hidden, formula_text(formula), prefix)
        listed = self.root.child("definedNames")
        if listed:
            later = next((one.start for one in listed.children if (one.get("name") or "").casefold() > name.casefold()), None)
            self._load(spliced(self.data, appended(self.data, listed, new) if later is None else [(later, later, new)]))
        else:
            before = [self.root.child(one) for one in ("externalReferences", "functionGroups", "sheets")]
            at = next(one.end for one in before if one)
            self._load(spliced(self.data, [(at, at, b"<%sdefinedNames>%s</%sdefinedNames>" % (prefix, new, prefix))]))

    def drop_names(self, gone: Callable[[Name], bool]) -> None:
        """Some defined names are gone."""
        listed = self.root.child("definedNames")
        doomed = [one for one in listed.children if gone(_name(one, self.data))] if listed else []
        if listed and doomed and len(doomed) == len(listed.children):
            self._load(spliced(self.data, [(listed.start, listed.end, b"")]))
        elif doomed:
            self._load(spliced(self.data, [(one.start, one.end, b"") for one in doomed]))

    def shared_text(self, number: int) -> str:
        """A text that cells share, by its number."""
        if self._texts is None:
            part = related(self.package, self.part, "sharedStrings")
            data = self.package.read(part) if part else b"<sst/>"
            self._texts = ["".join(one.text(data) for one in item.walk() if one.name == "t") for item in parse(data).children]
        return self._texts[number] if number < len(self._texts) else ""

    # What is computed.

    def forget_order(self) -> None:
        """The order of computing (calcChain) is gone: Excel makes it anew where a formula has moved or gone."""
        part = related(self.package, self.part, "calcChain")
        if part and self.package.has(part):
            unrelate(self.package, self.part, part)
            forget_type(self.package, part)
            self.package.drop(part)

    def compute_on_opening(self) -> None:
        """Formulas are computed anew when the workbook is opened: what they refer to has changed. One without formulas stays as it is."""
        if not any(one.holds_formulas() for one in self.worksheets()):
            return
        known = self.root.child("calcPr")
        if known:
            self._load(spliced(self.data, [attribute_splice(self.data, known, {"fullCalcOnLoad": "1"})]))
            return
        before = [self.root.child(one) for one in ("definedNames", "externalReferences", "functionGroups", "sheets")]
        at = next(one.end for one in before if one)
        self._load(spliced(self.data, [(at, at, b'<%scalcPr fullCalcOnLoad="1"/>' % self.root.prefix.encode())]))


def _name(one: Node, data: bytes) -> Name:
    place = one.get("localSheetId")
    return Name(one.get("name") or "", one.text(data), int(place) if place else None, one.get("hidden") in ("1", "true"))
