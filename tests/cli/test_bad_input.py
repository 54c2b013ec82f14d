"""Bad input of every kind: one clear sentence, the right exit code, nothing half written."""

import io
import json
import re
import zipfile
from pathlib import Path
from typing import BinaryIO

import pytest

from xltool import ProblemError, read, text_file, write

EMPTY = {"schema": "xltool/1", "sections": []}


def workbook(sheet: str) -> bytes:
    """The least that is a workbook, around the XML of its one sheet."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>')
        made.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        made.writestr("xl/_rels/workbook.xml.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
        made.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{sheet}</worksheet>')
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "file-empty", id="an empty file"),
        pytest.param("上海市某局2024年度部门预算\n一、主要职能\n".encode(), "no-form", id="a text with no form in it"),
        pytest.param("医保监管\n364,900\n及时\n≥90%\n".encode(), "no-form", id="a form with no captions left"),
        pytest.param(workbook("<sheetData/>"), "no-form", id="a workbook with no form in it"),
        pytest.param(workbook("<sheetData>"), "workbook-broken", id="a workbook cut off inside"),
        pytest.param(b"PK\x03\x04" + b"\0" * 50, "workbook-broken", id="a workbook cut off"),
        pytest.param(json.dumps(EMPTY).encode(), "filing-empty", id="JSON without forms"),
        pytest.param(b'{"sections": []}', "json-missing-key", id="JSON of something else"),
        pytest.param(b"%PDF-1.7", "pdf-broken", id="PDF"),
        pytest.param(b"ab\0\0\0cde", "text-nul", id="bytes that are no text"),
        pytest.param(b"\0" * 100, "text-nul", id="nothing but NUL"),
        pytest.param("財政項目支出績效目標申報表，主管部門，實施單位".encode("big5"), "text-encoding", id="an encoding of elsewhere"),
    ],
)
def test_a_file_that_cannot_be_converted(xltool, tmp_path, data, code):
    source = tmp_path / "in" / "a.dat"
    source.parent.mkdir()
    source.write_bytes(data)
    said = xltool("convert", source, "-o", tmp_path / "out.xlsx")
    lines = said.talk.splitlines()
    assert (2, f"[{code}]") == (said.code, lines[-1].split()[-1])
    assert "a.dat" in lines[0]
    assert ["in"] == [path.name for path in tmp_path.iterdir()]


def test_a_wrong_type_deep_in_json_is_named_by_its_path(xltool, samples, tmp_path):
    text = (samples / "self-evaluation" / "filing.json").read_text("utf-8")
    (tmp_path / "a.json").write_text(re.sub(r'"score": [\d.]+', '"score": "满分"', text), "utf-8")
    said = xltool("convert", tmp_path / "a.json", "-o", tmp_path / "a.xlsx")
    assert 2 == said.code
    assert 'sections[0].forms[0].indicators[0].score: must be a number (null where empty), found "满分" [json-wants-number]' in said.talk
    assert len(said.talk.splitlines()) == len(re.findall(r'"score": [\d.]+', text))


@pytest.mark.parametrize(
    ("code", "path", "change"),
    [
        pytest.param("workbook-blank", "project.name", lambda form: form["project"].update(name=""), id="an empty text"),
        pytest.param("workbook-blank", "indicators[0].name", lambda form: form["indicators"][0].update(name=" "), id="a blank in a list"),
        pytest.param("workbook-character", "project.name", lambda form: form["project"].update(name="甲\x01乙"), id="a control character"),
        pytest.param("workbook-item", "indicators[1]", lambda form: form["indicators"].insert(1, dict.fromkeys(form["indicators"][0])), id="an item without values"),
        pytest.param("workbook-character", "project.name", lambda form: form["project"].update(name="甲\x00乙"), id="a NUL"),
        pytest.param("workbook-unseen", "project.name", lambda form: form["project"].update(name="甲\u200b乙"), id="a zero-width blank"),
        pytest.param("workbook-unseen", "indicators[0].name", lambda form: form["indicators"][0].update(name="家庭👨\u200d👩"), id="two faces joined to one"),
        pytest.param("workbook-radical", "project.name", lambda form: form["project"].update(name="⼈工智能"), id="a radical"),
        pytest.param("workbook-caption", "project.name", lambda form: form["project"].update(name="项目名称："), id="a caption for a value"),
        pytest.param("workbook-year", "year", lambda form: form.update(year=20024), id="a year of five digits"),
        pytest.param("workbook-row", "indicators[1]", lambda form: form["indicators"].insert(1, dict.fromkeys(form["indicators"][0]) | {"level1": "产出指标"}), id="an item of levels alone"),
        pytest.param("workbook-group", "indicators[1].level1", lambda form: form["indicators"][1].update(level1=None), id="a level empty below another"),
        pytest.param("workbook-mark", "marks", lambda form: (form["project"].update(unit=None), form.update(marks={"project.unit": "—"})), id="a mark for a text"),
        pytest.param("workbook-mark", "marks", lambda form: (form["funding"]["other"].update(executed=None), form.update(marks={"funding.other.executed": "缺"})), id="a word for a mark"),
    ],
)
def test_a_value_that_no_workbook_holds_is_named_by_its_path(xltool, samples, tmp_path, code, path, change):
    document = json.loads((samples / "self-evaluation" / "filing.json").read_text("utf-8"))
    change(document["sections"][0]["forms"][0])
    (tmp_path / "a.json").write_text(json.dumps(document), "utf-8")
    said = xltool("convert", tmp_path / "a.json", "-o", tmp_path / "a.xlsx")
    [line] = said.talk.splitlines()
    assert (2, True, f"[{code}]") == (said.code, f"sections[0].forms[0].{path}" in line, line.split()[-1])


def test_a_day_that_is_not_written_as_iso_is_named_with_what_to_write(xltool, samples, tmp_path):
    document = json.loads((samples / "target-declaration" / "filing.json").read_text("utf-8"))
    document["sections"][0]["forms"][0]["project"]["start_date"] = "2025/1/5"
    (tmp_path / "a.json").write_text(json.dumps(document), "utf-8")
    said = xltool("convert", tmp_path / "a.json", "-o", tmp_path / "a.xlsx")
    assert (2, True) == (said.code, "sections[0].forms[0].project.start_date: «2025/1/5» is a full day; write it 2025-01-05 [workbook-day]" in said.talk)


def test_two_forms_run_together_without_a_line_between_are_two(xltool, samples):
    """The end of the first file and the title of the second share a line."""
    one = (samples / "target-declaration" / "filing.txt").read_text("utf-8").strip()
    other = (samples / "self-evaluation" / "filing.txt").read_text("utf-8").strip()
    said = xltool("convert", "-", stdin=f"{one}\n{other}\n".encode())
    entries = [entry["form"] for section in json.loads(said.out)["sections"] for entry in section["forms"]]
    assert ["target-declaration"] * 3 + ["self-evaluation"] * 2 == entries


def test_a_file_larger_than_the_limit_is_not_read(xltool, samples, tmp_path, monkeypatch):
    large = tmp_path / "大.txt"
    large.write_bytes(b"x" * (2**20 + 1))
    said = xltool("convert", large, "--budget", "file-size=1")
    assert (2, f"{large}: the file has 2 MB, more than the limit of 1 MB (--budget file-size=N raises it) [file-large]\n") == (said.code, said.talk)
    monkeypatch.setenv("XLTOOL_BUDGETS", "file-size=1")
    assert "[file-large]" in xltool("convert", "-", stdin=large.read_bytes()).talk


def test_a_file_that_may_not_be_read(xltool, samples, monkeypatch):
    def refused(self: Path, mode: str) -> BinaryIO:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    said = xltool("convert", samples / "self-evaluation" / "filing.txt")
    assert (2, True) == (said.code, "[file-unreadable]" in said.talk)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("convert", "{good}", "-o", "{long}.xlsx"), id="an output"),
        pytest.param(("convert", "{long}.txt"), id="a source"),
        pytest.param(("convert", "{good}", "-o", "{long}/"), id="a folder"),
        pytest.param(("template", "target-declaration", "-o", "{long}.xlsx"), id="a blank"),
        pytest.param(("rollup", "{good}", "-o", "{long}.xlsx"), id="a rollup"),
        pytest.param(("watch", "{long}", "--once"), id="a folder to watch"),
        pytest.param(("forms", "list", "--mappings", "{long}"), id="mappings"),
    ],
)
def test_a_name_that_the_system_refuses_is_told_as_that(xltool, samples, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    said = xltool(*(word.format(good=samples / "target-declaration" / "filing.json", long="长" * 300) for word in words))
    assert (2, True) == (said.code, "the name is too long" in said.talk)
    assert said.talk.rstrip().endswith(("[file-unusable]", "[file-unwritable]"))
    assert [] == list(tmp_path.iterdir())


def test_one_folder_of_mappings_is_one(samples, tmp_path):
    assert read(samples / "target-declaration" / "filing.json") == read(samples / "target-declaration" / "filing.json", str(tmp_path))


def test_the_library_says_of_a_name_that_is_too_long_what_is_wrong(samples, tmp_path):
    with pytest.raises(ProblemError) as raised:
        write(read(samples / "target-declaration" / "filing.json"), tmp_path / f"{'长' * 300}.xlsx")
    assert ["file-unwritable"] == [one.code for one in raised.value.problems]


def test_a_run_that_is_stopped_says_so_and_leaves_nothing(xltool, samples, tmp_path, monkeypatch):
    def stopped(data: bytes, name: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(text_file, "decode", stopped)
    said = xltool("convert", samples / "self-evaluation" / "filing.txt", "-o", tmp_path / "a.xlsx")
    assert (2, True, []) == (said.code, "[stopped]" in said.talk, list(tmp_path.iterdir()))


LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")
"""What an .xlsx becomes when it is saved with a password."""
SENT = Path(__file__).parents[2] / "samples" / "target-declaration" / "filing.json"


@pytest.mark.parametrize(
    "words",
    [
        ("convert", "{locked}", "-o", "{out}"), ("convert", SENT, "--into", "{locked}", "-o", "{out}"), ("convert", SENT, "--for", "platform", "--against", "{locked}", "-o", "{out}"),
        ("check", "{locked}"), ("check", "{locked}", "--annotate", "{out}"), ("rollup", "{locked}", "-o", "{out}"), ("rollup", SENT, "--units", "{locked}", "-o", "{out}"),
        ("diff", SENT, "{locked}"), ("diff", "{locked}", SENT, "--xlsx", "{out}"), ("merge", SENT, "{locked}", SENT, "-o", "{out}"),
        ("merge", SENT, SENT, SENT, "--resolve", "{locked}", "-o", "{out}"), ("draft", "{locked}"), ("template", "self-evaluation", "--from", "{locked}", "-o", "{out}"),
        ("forms", "check", Path(__file__).parents[2] / "mappings" / "target-declaration.yaml", "--blank", "{locked}"),
    ],
    ids=lambda words: " ".join(str(word) for word in words[:4] if not isinstance(word, Path) and not str(word).endswith("}")),
)  # fmt: skip
def test_a_workbook_with_a_password_gets_one_sentence_from_every_command(xltool, tmp_path, words):
    locked, out = tmp_path / "locked.xlsx", tmp_path / "out.xlsx"
    locked.write_bytes(LOCKED)
    said = xltool(*(str(word).format(locked=locked, out=out) for word in words))
    assert (2, 1, False) == (said.code, (said.out + said.talk).count("remove its password in Excel or WPS and save it again [file-encrypted]"), out.exists())
    assert "Traceback" not in said.talk
