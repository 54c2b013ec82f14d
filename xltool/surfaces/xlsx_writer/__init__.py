"""A filing as the official workbook: one sheet a form with a contents sheet, or all forms on one sheet.

Same filing, same bytes: the workbook carries no clock and no name of a machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from xltool.arrange import Placed, place
from xltool.filing import Entry, Filing
from xltool.form import Form
from xltool.safe_names import CONTENTS, STACKED, sheet_names
from xltool.surfaces.xlsx_writer.book import describe, new_book
from xltool.surfaces.xlsx_writer.contents import COLUMNS, Line, write_contents
from xltool.surfaces.xlsx_writer.faults import refuse
from xltool.surfaces.xlsx_writer.form_sheet import draw_form
from xltool.surfaces.xlsx_writer.paper import set_up
from xltool.surfaces.xlsx_writer.stacked import Stack
from xltool.surfaces.xlsx_writer.styles import Style, Styles, widths
from xltool.surfaces.xlsx_writer.template import write_template

__all__ = ["name_of", "write", "write_template"]

def write(filing: Filing, forms: Mapping[str, Form], *, stacked: bool = False) -> bytes:
    """The bytes of the .xlsx of a filing; ``stacked`` puts all forms on one sheet, as a published 汇总表 has them.

    Raises:
        ProblemError: texts that no cell of Excel can hold, by their JSON paths.
    """
    refuse(filing, forms, {section.title for section in filing.sections if section.title})
    made = _Workbook(filing, forms)
    if stacked:
        made.stack()
    else:
        made.sheets()
    refuse(filing, forms, made.texts)
    return made.close()


def name_of(entry: Entry, form: Form) -> str:
    """What an entry is called: the value of the form's first required text, else its title."""
    for one in form.scalars:
        if one.required and one.type == "text":
            value = entry.values.get(one.path)
            return value if isinstance(value, str) and value.strip() else entry.title
    return entry.title


class _Workbook:
    """A workbook while it is written."""

    def __init__(self, filing: Filing, forms: Mapping[str, Form]) -> None:
        self.filing = filing
        self.forms = forms
        self.out = BytesIO()
        title = filing.sections[0].title if filing.sections else ""
        self.book = new_book(self.out, title or "")
        self.styles = Styles(self.book)
        self.known: dict[tuple[str, tuple[float, ...]], Mapping[int, Style]] = {}
        self.texts: set[str] = set()
        used = dict.fromkeys(entry.form for entry in filing.entries) or forms
        describe(self.book, [forms[name] for name in used], [(section.title, len(section.entries)) for section in filing.sections])

    def sheets(self) -> None:
        """One sheet a form; a contents sheet first where there are several forms, or a title."""
        entries = list(self.filing.entries)
        called = [name_of(entry, self.forms[entry.form]) for entry in entries]
        names = sheet_names(called)
        if len(entries) != 1 or self.filing.sections[0].title:
            listed = [Line(entry.title, name, sheet) for entry, name, sheet in zip(entries, called, names, strict=True)]
            self.contents(listed)
        for entry, name in zip(entries, names, strict=True):
            form = self.forms[entry.form]
            self.sheet(form, place(form, entry), name)

    def contents(self, listed: Sequence[Line]) -> None:
        sheet = self.book.add_worksheet(CONTENTS)
        set_up(sheet, False, COLUMNS)
        rest = iter(listed)
        sections = [(section.title, [next(rest) for _ in section.entries]) for section in self.filing.sections]
        rows = write_contents(sheet, self.styles, sections)
        sheet.print_area(0, 0, max(rows, 1) - 1, len(COLUMNS) - 1)

    def sheet(self, form: Form, placed: Sequence[Placed], name: str) -> None:
        """A form on a sheet of its own."""
        sheet = self.book.add_worksheet(name)
        draw_form(sheet, form, placed, self.style(form, widths((form,))), self.texts)

    def stack(self) -> None:
        """Every form on one sheet."""
        used = [self.forms[name] for name in dict.fromkeys(entry.form for entry in self.filing.entries)]
        stack = Stack(self.book.add_worksheet(STACKED), self.styles, used, self.texts)
        for section in self.filing.sections:
            stack.begin(section.title, self.forms[section.entries[0].form] if section.entries else next(iter(self.forms.values())))
            for entry in section.entries:
                stack.put(self.forms[entry.form], entry)
        stack.end()

    def style(self, form: Form, columns: Sequence[float]) -> Mapping[int, Style]:
        """The styles of a form's cells on columns of these widths, made once."""
        key = (form.id, tuple(columns))
        if key not in self.known:
            self.known[key] = self.styles.of_form(form, columns)
        return self.known[key]

    def close(self) -> bytes:
        """The bytes of the workbook."""
        self.book.close()
        return self.out.getvalue()
