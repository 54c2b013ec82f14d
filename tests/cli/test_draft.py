"""`xltool draft` and `xltool template --from` as a person uses them."""

import pytest
from openpyxl import load_workbook


def test_a_draft_says_what_to_look_at_and_is_proved_by_forms_check(xltool, tmp_path, samples):
    blank, out = tmp_path / "blank.xlsx", tmp_path / "my-form.yaml"
    assert 0 == xltool("template", "self-evaluation-rural", "--mappings", samples / "mappings", "-o", blank).code
    said = xltool("draft", blank, "-o", out)
    assert (0, True) == (said.code, "form: my-form\n" in out.read_text("utf-8"))
    assert "# ？ JSON 路径" in said.talk
    assert 0 == xltool("forms", "check", out, "--blank", blank).code


def test_a_draft_of_a_form_that_is_known_says_which_and_is_proved_to_be_its_twin(xltool, tmp_path):
    """A workbook of two forms with the same captions tells nobody which of them it is."""
    blank, out = tmp_path / "blank.xlsx", tmp_path / "my-form.yaml"
    assert 0 == xltool("template", "self-evaluation-2020", "-o", blank).code
    assert "# ？ 取自 self-evaluation-2020" in xltool("draft", blank, "-o", out).talk
    said = xltool("forms", "check", out, "--blank", blank)
    assert (1, True) == (said.code, "is read as self-evaluation-2020, not as my-form" in said.out)


def test_a_draft_goes_to_stdout_without_a_name(xltool, tmp_path):
    blank = tmp_path / "blank.xlsx"
    xltool("template", "target-declaration", "-o", blank)
    said = xltool("draft", blank)
    assert (0, True) == (said.code, said.out.startswith("# ？"))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(("draft", "{folder}", "-o", "a.yaml"), "draft-source", id="a folder of two files"),
        pytest.param(("draft", "{folder}/one.txt", "-o", "a.xlsx"), "out-kind-yaml", id="no mapping's name"),
        pytest.param(("template", "self-evaluation", "--from", "{folder}", "-o", "a.xlsx"), "template-source", id="two files to begin with"),
        pytest.param(("template", "self-evaluation", "--from", "{folder}/no.json", "-o", "a.xlsx"), "file-missing", id="no file to begin with"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_written(xltool, tmp_path, words, code):
    folder = tmp_path / "files"
    folder.mkdir()
    for name in ("one.txt", "two.txt"):
        (folder / name).write_text("x", "utf-8")
    out = tmp_path / words[-1]
    said = xltool(*(str(out) if word == words[-1] else word.format(folder=folder) for word in words))
    assert (2, True, False) == (said.code, f"[{code}]" in said.talk, out.exists())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(("--sheet", "没有的表"), "draft-sheet", id="no such sheet"),
        pytest.param(("--form", "坏 名"), "draft-id", id="a name that no mapping can have"),
        pytest.param(("--form", "My-Form"), "draft-id", id="capitals"),
    ],
)
def test_a_sheet_and_a_name_that_cannot_be_are_refused_before_anything_is_written(xltool, tmp_path, words, code):
    blank, out = tmp_path / "blank.xlsx", tmp_path / "a.yaml"
    xltool("template", "target-declaration", "-o", blank)
    said = xltool("draft", blank, "-o", out, *words)
    assert (2, True, False) == (said.code, f"[{code}]" in said.talk, out.exists())


def test_of_a_sheet_that_is_not_there_those_that_are_there_are_named(xltool, tmp_path):
    blank = tmp_path / "blank.xlsx"
    xltool("template", "target-declaration", "-o", blank)
    sheets = load_workbook(blank).sheetnames
    assert f"there are: {'、'.join(sheets)} [draft-sheet]" in xltool("draft", blank, "--sheet", "没有的表").talk
