"""Filings as Word documents, of every form and in the ways people lay them out, read to exactly the data."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document

from scripts.make_docx_samples import document
from tests.edits.made import DECLARATIONS, EVALUATIONS, FORMS, load
from tests.word.made import Way, add_form, printed, repacked, saved, written, xml
from xltool.arrange import place
from xltool.canonical import differences
from xltool.filing import Filing, Section
from xltool.jobs.reading import read_bytes

BY_WRITER = Path(__file__).parent / "by_writer"
OTHERS = [load(path) for path in sorted((Path(__file__).parents[1] / "mappings").glob("*.json"))]
ALL = [DECLARATIONS, EVALUATIONS, *OTHERS]
each_form = pytest.mark.parametrize("filing", ALL, ids=[next(filing.entries).form for filing in ALL])


def read(data: bytes) -> Filing:
    return read_bytes(data, "a.docx", FORMS).filing


def doubts(found: Filing) -> list[str]:
    return [one.path for source in (found.source, *(entry.source for entry in found.entries)) for one in source.doubts]


def left(found: Filing) -> list[tuple[str, str]]:
    return [(one.place, one.text) for source in (found.source, *(entry.source for entry in found.entries)) for one in source.leftover]


def repairs(found: Filing) -> set[str]:
    return {one.code for source in (found.source, *(entry.source for entry in found.entries)) for one in source.repairs}


def head_of(filing: Filing) -> int:
    """The row of a form in which its first list's heads stand."""
    return FORMS[next(filing.entries).form].blocks[0].row - 1


WAYS: dict[str, Callable[[int], Way]] = {
    "one table": lambda head: Way(),
    "the title above the table": lambda head: Way(1),
    "title and year above the table": lambda head: Way(2),
    "inside a layout table": lambda head: Way(nested=True),
    "titles and table inside a layout table": lambda head: Way(2, nested=True),
    "broken before the list": lambda head: Way(2, (head,)),
    "broken inside the list": lambda head: Way(2, (head + 2,)),
    "broken twice, heads repeated": lambda head: Way(1, (head + 2, head + 3), heads=head),
}


@each_form
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_word_document_reads_as_its_filing(filing, way):
    found = read(written(filing, FORMS, way(head_of(filing))))
    assert ([], [], []) == (differences(filing, found), doubts(found), left(found))
    assert repairs(found) <= {"caption-repeated"}


@each_form
def test_words_between_the_parts_of_a_form_are_left_over(filing):
    way = Way(1, (head_of(filing),), between=lambda document: document.add_paragraph("续表"))
    found = read(written(filing, FORMS, way))
    assert ([], []) == (differences(filing, found), doubts(found))
    assert {"续表"} == {text for _, text in left(found)}
    assert all(re.fullmatch(r"第\d+段", place) for place, _ in left(found))


def test_other_text_around_the_forms_is_left_over_by_its_paragraph():
    def around(document: Document) -> bytes:
        document.add_paragraph("附件2")
        entry = next(DECLARATIONS.entries)
        add_form(document, FORMS[entry.form], entry)
        document.add_paragraph("填表人：甲某")
        return saved(document)

    found = read(around(docx.Document()))
    assert [("第1段", "附件2"), ("第2段", "填表人：甲某")] == left(found)


def test_goals_keep_their_paragraphs_and_automatic_numbers():
    document = docx.Document()
    entry = next(DECLARATIONS.entries)
    add_form(document, FORMS[entry.form], entry)
    goal = entry.values["goals.annual"]
    cell = next(cell for row in document.tables[0].rows for cell in row.cells if cell.text == goal)
    cell.text = "完成改造"
    cell.add_paragraph("通过验收")
    for one in cell.paragraphs:
        one._p.get_or_add_pPr().append(xml('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'))
    numbering = document.part.numbering_part.element
    numbering.insert(0, xml('<w:abstractNum w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'))
    numbering.append(xml('<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    assert "1.完成改造\n2.通过验收" == next(read(saved(document)).entries).values["goals.annual"]


def test_macros_never_run_and_are_named():
    def with_macros(parts: dict[str, bytes]) -> None:
        parts["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"

    found = read(repacked(written(DECLARATIONS, FORMS), with_macros))
    assert ([], [("word/vbaProject.bin", "宏没有运行，也没有保留")]) == (differences(DECLARATIONS, found), left(found))


# ---------------------------------------------------------------- damaged tables


def test_the_sounder_reading_of_a_sound_table_is_the_grids():
    assert "grid-as-text" not in repairs(read(written(DECLARATIONS, FORMS)))


def test_a_table_whose_merges_and_columns_are_lost_is_read_as_text_and_says_so():
    document = docx.Document()
    for entry in DECLARATIONS.entries:
        squeezed(document, entry)
    found = read(saved(document))
    assert "grid-as-text" in repairs(found)
    assert [] == differences(Filing((Section(None, tuple(DECLARATIONS.entries)),)), found)


def typed_in_columns(filing: Filing, leading: bool = True) -> bytes:
    """The first form of a filing as paragraphs, its columns parted by tabs; ``leading`` ones may be lost."""
    entry = next(filing.entries)
    form = FORMS[entry.form]
    document = docx.Document()
    rows: dict[int, dict[int, str]] = {}
    for one in place(form, entry):
        for more, text in enumerate(printed(one).split("\n")):
            rows.setdefault(100 * one.row + more, {})[one.column] = text
    for row in sorted(rows):
        line = "\t".join(rows[row].get(column, "") for column in range(1, form.layout.columns + 1)).rstrip("\t")
        document.add_paragraph(line if leading else line.lstrip("\t"))
    return saved(document)


@each_form
def test_a_form_typed_in_columns_with_tabs_reads_as_it_is(filing):
    found = read(typed_in_columns(filing))
    assert ([], []) == (differences(Filing((Section(None, tuple(filing.entries)[:1]),)), found), doubts(found))


def test_goals_side_by_side_whose_tabs_are_lost_are_doubted():
    (section,) = DECLARATIONS.sections[:1]
    entry = section.entries[0]
    goals = {"goals.project": "1.完成老旧小区改造并通过验收，资料归档。", "goals.annual": "1.完成前期调研。\n2.完成老旧小区改造并通过验收，资料归档，群众满意。"}
    found = read(typed_in_columns(Filing((Section(None, (replace(entry, values={**entry.values, **goals}),)),)), leading=False))
    assert {"goals.project", "goals.annual"} <= {*doubts(found)}


def test_what_is_struck_out_in_a_sound_table_is_doubted():
    name = str(next(DECLARATIONS.entries).values["project.name"])

    def struck(parts: dict[str, bytes]) -> None:
        text = parts["word/document.xml"].decode()
        old = f"<w:t>{name}</w:t></w:r>"
        assert old in text
        more = '<w:r><w:rPr><w:strike/></w:rPr><w:t>旧</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>'
        parts["word/document.xml"] = text.replace(old, old + more, 1).encode()

    found = read(repacked(written(DECLARATIONS, FORMS), struck))
    assert "project.name" in doubts(found)


def test_what_hangs_on_a_sound_table_is_left_over_and_no_damage():
    name = str(next(DECLARATIONS.entries).values["project.name"])

    def hidden(parts: dict[str, bytes]) -> None:
        old = f"<w:t>{name}</w:t></w:r>".encode()
        parts["word/document.xml"] = parts["word/document.xml"].replace(old, old + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>".encode(), 1)

    found = read(repacked(written(DECLARATIONS, FORMS), hidden))
    assert (set(), ["隐藏文字：密"]) == (repairs(found), [text for _, text in left(found)])


def squeezed(document: Document, entry) -> None:
    """A form whose rows lost their empty cells and merges: what stands in a row moved to its left end."""
    source = docx.Document()
    add_form(source, FORMS[entry.form], entry)
    rows = [list(dict.fromkeys(cell._tc for cell in row.cells)) for row in source.tables[0].rows]
    seen, lines = set(), []
    for row in rows:
        texts = ["".join(piece.text or "" for piece in tc.iter("{*}t")) for tc in row if tc not in seen]
        seen.update(row)
        lines.append([text for text in texts if text])
    table = document.add_table(len(lines), max(map(len, lines)))
    for at, line in enumerate(lines):
        for column, text in enumerate(line):
            table.cell(at, column).text = text


# ---------------------------------------------------------------- other programs


@each_form
@pytest.mark.parametrize("way", ["html", "odt"], ids=["workbook, HTML by Calc, Word by Writer", "Word, ODT, Word by Writer"])
def test_what_writer_saved_reads_as_the_filing(filing, way):
    """The files of `by_writer` were saved by LibreOffice Writer 7.4 from these filings, in two ways."""
    found = read((BY_WRITER / f"{next(filing.entries).form}-{way}.docx").read_bytes())
    assert ([], [], []) == (differences(filing, found), doubts(found), left(found))


def test_a_table_of_contents_above_the_forms_names_their_sections():
    """A workbook of several sheets, HTML by Calc, Word by Writer: contents and forms in one document."""
    found = read((BY_WRITER / "target-declaration-sheets.docx").read_bytes())
    assert ([], []) == (differences(DECLARATIONS, found), doubts(found))
    assert "grid-as-text" not in repairs(found)


# ---------------------------------------------------------------- the samples


@pytest.mark.parametrize("filing", [DECLARATIONS, EVALUATIONS], ids=["declaration", "self-evaluation"])
def test_the_sample_reads_as_its_filing(filing, samples):
    found = read((samples / next(filing.entries).form / "filing.docx").read_bytes())
    assert ([], [], []) == (differences(filing, found), doubts(found), left(found))


@pytest.mark.parametrize("form", ["target-declaration", "self-evaluation"])
def test_the_sample_is_what_its_script_makes(form, samples):
    made = [zipfile.ZipFile(file).read("word/document.xml") for file in (samples / form / "filing.docx", io.BytesIO(document(samples / form / "filing.json")))]
    assert made[0] == made[1]
