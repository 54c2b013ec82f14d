"""`xltool convert`: sources and results, exit codes, what is said where, and that nothing is written half."""

import json
import os
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import pytest

import xltool as library
from xltool.jobs.ledger import NAME as LEDGER
from xltool.surfaces import xlsx_writer


@pytest.fixture
def filing(samples) -> Path:
    return samples / "target-declaration" / "filing.txt"


@pytest.fixture
def truth(samples) -> Path:
    return samples / "target-declaration" / "filing.json"


def parsed(text: str | bytes) -> dict:
    return json.loads(text, parse_float=Decimal)


def without_source(document: dict) -> dict:
    for section in document["sections"]:
        for entry in section["forms"]:
            entry.pop("source", None)
    document.pop("source", None)
    return document


def test_text_becomes_a_workbook_becomes_the_json_of_the_sample(xltool, filing, truth, tmp_path):
    assert 0 == xltool("convert", filing, "-o", tmp_path / "a.xlsx").code
    assert zipfile.is_zipfile(tmp_path / "a.xlsx")
    assert 0 == xltool("convert", tmp_path / "a.xlsx", "-o", tmp_path / "a.json").code
    assert parsed(truth.read_bytes()) == without_source(parsed((tmp_path / "a.json").read_bytes()))


def test_stacked_says_the_same(xltool, truth, tmp_path):
    assert 0 == xltool("convert", truth, "--stacked", "-o", tmp_path / "a.xlsx").code
    said = xltool("convert", tmp_path / "a.xlsx")
    assert parsed(truth.read_bytes()) == without_source(parsed(said.data))


def test_json_goes_to_stdout_and_talk_to_stderr(xltool, filing):
    said = xltool("convert", filing)
    assert "xltool/1" == parsed(said.out)["schema"]
    assert "3 × 财政项目支出绩效目标申报表" in said.talk


def test_quiet_says_nothing(xltool, filing, tmp_path):
    said = xltool("convert", "-q", filing, "-o", tmp_path / "a.json")
    assert (0, "", "") == (said.code, said.out, said.talk)


def test_stdin_to_stdout(xltool, filing, truth):
    said = xltool("convert", "-", "-o", "-", "--to", "xlsx", stdin=filing.read_bytes())
    assert said.data.startswith(b"PK")
    again = xltool("convert", "-", stdin=said.data)
    assert parsed(truth.read_bytes()) == without_source(parsed(again.out))


def test_same_input_same_bytes(xltool, truth):
    assert xltool("convert", truth, "--to", "xlsx", "-o", "-").data == xltool("convert", truth, "--to", "xlsx", "-o", "-").data


def test_a_folder_becomes_a_folder_and_a_bad_file_is_named_at_the_end(xltool, filing, truth, tmp_path):
    inside = tmp_path / "in" / "单位 一"
    inside.mkdir(parents=True)
    (inside / "好.txt").write_bytes(filing.read_bytes())
    (inside / "也好.json").write_bytes(truth.read_bytes())
    (tmp_path / "in" / "坏.txt").write_text("没有表", "utf-8")
    (inside / "~$好.xlsx").write_bytes(b"lock")
    said = xltool("convert", tmp_path / "in", "-o", tmp_path / "out")
    assert 2 == said.code
    assert ["单位 一/也好.xlsx", "单位 一/好.xlsx"] == made(tmp_path / "out")
    *_, head, last = said.talk.splitlines()
    assert "could not be converted: 1" == head
    assert "坏.txt" in last
    assert last.endswith("[no-form]")


def made(folder: Path) -> list[str]:
    """The files below a folder; its ledger is no result."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.name != LEDGER)


def test_a_pattern_is_expanded_here_since_no_windows_shell_does(xltool, samples, tmp_path):
    said = xltool("convert", samples / "*" / "filing.*", "--to", "json", "-o", tmp_path)
    assert 0 == said.code
    assert {f"{path.parent.name}/{path.name}.json" for path in samples.glob("*/filing.*")} == set(made(tmp_path))


def test_files_of_one_name_keep_their_folders_apart(xltool, samples, tmp_path):
    assert 0 == xltool("convert", *sorted(samples.glob("*/filing.txt")), "-o", tmp_path).code
    assert ["self-evaluation/filing.xlsx", "target-declaration/filing.xlsx"] == made(tmp_path)


def test_a_folder_of_results_inside_the_source_is_not_read_again(xltool, truth, tmp_path):
    (tmp_path / "a.json").write_bytes(truth.read_bytes())
    for _ in range(2):
        assert 0 == xltool("convert", tmp_path, "-o", tmp_path / "out", "--force").code
    assert ["a.xlsx"] == made(tmp_path / "out")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(["convert", "TRUTH", "TEXT", "-o", "out.xlsx"], "folder-needed", id="two sources, one file"),
        pytest.param(["convert", "TRUTH", "TEXT"], "folder-needed", id="two sources on stdout"),
        pytest.param(["convert", "TRUTH", "-o", "out.doc"], "out-kind", id="a suffix that nobody writes"),
        pytest.param(["convert", "TRUTH", "-o", "out"], "out-kind", id="no suffix"),
        pytest.param(["convert", "TRUTH", "-o", "out.json", "--to", "xlsx"], "out-kind-to", id="suffix against --to"),
        pytest.param(["convert", "TRUTH", "--to", "xlsx"], "out-needed", id="a workbook without a name"),
        pytest.param(["convert", "nothing.txt", "-o", "out.xlsx"], "file-missing", id="no such file"),
        pytest.param(["convert", "*.nothing", "-o", "out"], "nothing-to-read", id="a pattern that fits nothing"),
        pytest.param(["convert", "*.nothing", "-o", "out.xlsx"], "nothing-to-read", id="a pattern that fits nothing, one file"),
        pytest.param(["convert", "*.nothing"], "nothing-to-read", id="a pattern that fits nothing, stdout"),
        pytest.param(["convert", "empty", "-o", "out.xlsx"], "nothing-to-read", id="an empty folder, one file"),
        pytest.param(["convert", "empty", "-o", "out"], "nothing-to-read", id="an empty folder"),
        pytest.param(["convert"], "usage-missing", id="no source"),
        pytest.param(["convert", "TRUTH", "--two", "xlsx"], "usage-option", id="an option misspelled"),
        pytest.param(["convert", "TRUTH", "--to", "doc"], "usage-value", id="a kind that nobody writes"),
        pytest.param(["template", "self-evaluation", "-o", "a.xlsx", "--rows", "0"], "usage-value", id="no rows"),
        pytest.param(["template", "self-evaluation"], "usage-missing", id="a template without a name"),
        pytest.param(["convert", "TRUTH", "-o"], "usage-argument", id="an option without its value"),
        pytest.param(["forms", "list", "x"], "usage-extra", id="a word too many"),
        pytest.param(["convert", "", "-o", "a.json"], "usage-empty", id="an empty source, which is not the folder one is in"),
        pytest.param(["rollup", "a.xlsx", "-o", " "], "usage-empty", id="an empty result"),
        pytest.param(["convert", "TRUTH", "--quiet=yes"], "usage-other", id="a value for a flag"),
        pytest.param(["konvert"], "usage-command", id="a command misspelled"),
        pytest.param(["convert", "TRUTH", "-o", "out.xlsx", "--mappings", "nowhere"], "file-missing", id="no folder of mappings"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(xltool, filing, truth, tmp_path, monkeypatch, words, code):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    known = {"TRUTH": truth, "TEXT": filing}
    said = xltool(*(known.get(word, word) for word in words))
    assert (2, f"[{code}]") == (said.code, said.talk.split()[-1])
    assert [] == made(tmp_path)


def test_an_existing_file_is_replaced_only_by_force(xltool, truth, tmp_path):
    out = tmp_path / "a.xlsx"
    out.write_text("mine")
    said = xltool("convert", truth, "-o", out)
    assert (2, "mine") == (said.code, out.read_text())
    assert "[file-exists]" in said.talk
    assert 0 == xltool("convert", truth, "-o", out, "--force").code
    assert zipfile.is_zipfile(out)


def test_a_file_that_exists_in_the_folder_stays_and_the_rest_is_written(xltool, samples, tmp_path):
    (tmp_path / "self-evaluation").mkdir()
    (tmp_path / "self-evaluation" / "filing.xlsx").write_text("mine")
    said = xltool("convert", *sorted(samples.glob("*/filing.txt")), "-o", tmp_path)
    assert 2 == said.code
    assert "mine" == (tmp_path / "self-evaluation" / "filing.xlsx").read_text()
    assert (tmp_path / "target-declaration" / "filing.xlsx").is_file()


def test_a_write_that_breaks_leaves_the_old_file_and_nothing_else(xltool, truth, tmp_path, monkeypatch):
    out = tmp_path / "a.xlsx"
    out.write_text("mine")

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    said = xltool("convert", truth, "-o", out, "--force")
    assert (2, "mine", ["a.xlsx"]) == (said.code, out.read_text(), made(tmp_path))
    assert "[out-full]" in said.talk


def test_a_workbook_that_is_open_in_excel_is_named(xltool, truth, tmp_path, monkeypatch):
    out = tmp_path / "a.xlsx"
    out.write_text("mine")

    def held(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setenv("XLTOOL_LANG", "zh")
    said = xltool("convert", truth, "-o", out, "--force")
    assert (2, ["a.xlsx"]) == (said.code, made(tmp_path))
    assert "文件正被 Excel" in said.talk
    assert "[file-in-use]" in said.talk


def test_a_folder_that_may_not_be_written_is_no_open_workbook(xltool, truth, tmp_path, monkeypatch):
    """Named as it was named on the command line, and not told to be closed."""
    monkeypatch.chdir(tmp_path)
    open_file = Path.open

    def refused(self: Path, *how: Any) -> IO[Any]:
        if ".xltool-" in self.name:
            raise PermissionError(13, "Permission denied")
        return open_file(self, *how)

    monkeypatch.setattr(Path, "open", refused)
    said = xltool("convert", truth, "-o", "a.xlsx")
    assert (2, []) == (said.code, made(tmp_path))
    assert said.talk.endswith(": a.xlsx: cannot be written: permission denied [file-unwritable]\n")


def test_a_workbook_that_reads_back_differently_is_not_saved(xltool, truth, tmp_path, monkeypatch):
    written = xlsx_writer.write

    def wrong(filing, forms, *, stacked=False):
        entry = next(filing.entries)
        changed = library.Entry(entry.form, entry.title, {**entry.values, "project.name": "别的"}, entry.lists, entry.marks)
        return written(library.Filing((library.Section(None, (changed,)),)), forms, stacked=stacked)

    monkeypatch.setattr(xlsx_writer, "write", wrong)
    said = xltool("convert", truth, "-o", tmp_path / "a.xlsx")
    assert (2, []) == (said.code, made(tmp_path))
    assert "[workbook-verify]" in said.talk


def test_json_report_for_programs(xltool, filing, tmp_path):
    said = xltool("convert", filing, "-o", tmp_path / "a.xlsx", "--json", "-q")
    [one] = json.loads(said.out)["files"]
    assert (str(filing), str(tmp_path / "a.xlsx"), ["target-declaration"] * 3, []) == (one["source"], one["out"], one["forms"], one["problems"])


def test_strict_makes_leftovers_a_no(xltool, samples):
    """The sample has pages of other text before its forms."""
    run_on = samples / "target-declaration" / "run-on.txt"
    plain, strict = xltool("convert", run_on), xltool("convert", run_on, "--strict")
    assert (0, 1, plain.data) == (plain.code, strict.code, strict.data)
    assert "left over: " in plain.talk


def test_strict_is_content_where_all_is_certain(xltool, truth):
    assert 0 == xltool("convert", truth, "--strict").code


def test_explain_shows_every_line_and_where_it_went(xltool, filing):
    said = xltool("convert", filing, "--explain", "-q")
    assert 0 == said.code
    assert any("农村供水水质抽检费" in line and "project.name" in line for line in said.out.splitlines())


def test_explain_leaves_stdout_to_the_json_report(xltool, filing, tmp_path):
    said = xltool("convert", filing, "--explain", "--json", "-q", "-o", tmp_path / "a.json")
    assert [str(filing)] == [one["source"] for one in json.loads(said.out)["files"]]
    assert any("农村供水水质抽检费" in line and "project.name" in line for line in said.talk.splitlines())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux that is always full")
@pytest.mark.parametrize("words", [["convert"], ["convert", "--json"], ["convert", "--to", "xlsx", "-o", "-"], ["forms", "list"]])
def test_a_full_disk_behind_stdout_is_said_plainly(truth, words):
    words = [*words, str(truth)] if words[0] == "convert" else words
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run([sys.executable, "-m", "xltool", *words], stdout=full, stderr=subprocess.PIPE, env=os.environ | {"XLTOOL_LANG": "en"}, check=False)
    said = ended.stderr.decode().splitlines()
    assert (2, True) == (ended.returncode, said[-1].endswith("[out-full]"))
    assert not any("internal" in line or "Exception" in line for line in said)


def test_mappings_of_ones_own_are_known(xltool, truth, tmp_path, monkeypatch):
    (tmp_path / "own.yaml").write_text("form: own\nextends: target-declaration\ntitle: 自定表\n", "utf-8")
    assert "own" in xltool("forms", "list", "--mappings", tmp_path).out
    monkeypatch.setenv("XLTOOL_MAPPINGS", os.pathsep.join([str(tmp_path)]))
    assert "own" in xltool("forms", "list").out


def test_faults_of_own_mappings_are_all_said(xltool, truth, tmp_path):
    (tmp_path / "own.yaml").write_text("form: own\ntitle: 表\nlayout: |\n  | a |\n  | b | c |\nfieldz: {}\n", "utf-8")
    said = xltool("convert", truth, "--mappings", tmp_path)
    assert 2 == said.code
    assert [f"{tmp_path / 'own.yaml'}:{line}" for line in (5, 6)] == [line.partition(": ")[0] for line in said.talk.splitlines()]


def test_a_fault_of_the_program_is_a_sentence_and_no_traceback(xltool, truth, monkeypatch):
    monkeypatch.setattr(xlsx_writer, "write", lambda *a, **k: 1 / 0)
    said = xltool("convert", truth, "--to", "xlsx", "-o", "-")
    assert 2 == said.code
    assert "ZeroDivisionError" in said.talk
    assert "Traceback" not in said.talk
    assert said.talk.strip().endswith("[internal]")


def test_results_are_what_the_library_gives(filing, truth, tmp_path):
    read = library.read(filing)
    assert [] == library.differences(read, library.read(truth))
    library.write(read, tmp_path / "a.xlsx")
    assert [] == library.differences(read, library.read(tmp_path / "a.xlsx"))
    with pytest.raises(library.ProblemError):
        library.write(read, tmp_path / "a.xlsx")
    assert parsed(truth.read_bytes()) == without_source(library.loads_text(filing.read_text("utf-8")))


def test_explain_of_a_folder_shows_each_reading_and_still_runs_in_the_pool(xltool, samples, tmp_path):
    """The pool's ledger stands in the folder, so a second run has nothing to do."""
    source = tmp_path / "in"
    source.mkdir()
    text = (samples / "target-declaration" / "filing.txt").read_bytes()
    for name in ("a.txt", "b.txt"):
        (source / name).write_bytes(text)
    said = xltool("convert", source, "-o", tmp_path / "out", "--explain", "-q")
    assert 0 == said.code
    assert [str(source / "a.txt"), str(source / "b.txt")] == [line for line in said.out.splitlines() if line.startswith(str(source))]
    assert " → " in said.out
    assert (tmp_path / "out" / LEDGER).exists()


def test_stacked_json_is_said_to_change_nothing(xltool, truth, tmp_path):
    said = xltool("convert", truth, "-o", tmp_path / "a.json", "--stacked")
    assert (0, True) == (said.code, "stacked-json" in said.talk)


def test_stacked_workbook_is_not_talked_about(xltool, truth, tmp_path):
    assert "stacked-json" not in xltool("convert", truth, "-o", tmp_path / "a.xlsx", "--stacked").talk


def test_blank_forms_of_a_workbook_are_named(xltool, tmp_path):
    assert 0 == xltool("template", "self-evaluation", "-o", tmp_path / "blank.xlsx").code
    said = xltool("convert", tmp_path / "blank.xlsx", "-o", tmp_path / "blank.json", "--strict")
    assert (0, True) == (said.code, "财政项目支出绩效自评表: this 财政项目支出绩效自评表 is blank, nobody has filled it in [form-blank]" in said.talk)
    assert "[form-blank]" in xltool("convert", tmp_path / "blank.xlsx", "-o", tmp_path / "folder", "--to", "json").talk
