"""The forms that are known: ours, the user's, and what is wrong with a folder of them."""

import pytest

from xltool.library import form_named, forms, table_named
from xltool.problems import ProblemError


def codes(*folders: object) -> list[str]:
    with pytest.raises(ProblemError) as caught:
        forms(tuple(map(str, folders)))
    return [f"{one.code} {one.place}" for one in caught.value.problems]


def test_a_folder_of_ones_own_adds_forms_that_may_extend_ours(tmp_path):
    (tmp_path / "own.yml").write_text("form: own\nextends: target-declaration\ntitle: 自定表\n", "utf-8")
    (tmp_path / "notes.txt").write_text("not a mapping")
    known = forms((str(tmp_path),))
    assert {*forms(), "own"} == set(known)
    assert known["target-declaration"].layout == known["own"].layout


def test_a_form_of_ours_cannot_be_declared_again(tmp_path):
    (tmp_path / "own.yaml").write_text("form: target-declaration\ntitle: 表\nlayout: |\n  | a |\n", "utf-8")
    assert ["mapping-twice own.yaml:1"] == codes(tmp_path)


def test_faults_of_every_file_come_at_once(tmp_path):
    (tmp_path / "a.yaml").write_text("form: a\ntitle: 甲\n", "utf-8")
    (tmp_path / "b.yaml").write_bytes("form: b\ntitle: 乙\n".encode("gb18030"))
    (tmp_path / "c.yaml").write_text("form: [", "utf-8")
    assert ["text-encoding b.yaml", "yaml-syntax c.yaml:2", "yaml-missing-key a.yaml:1"] == codes(tmp_path)


def test_a_folder_that_is_not_there(tmp_path):
    assert [f"file-missing {tmp_path / 'no'}"] == codes(tmp_path / "no")


def test_an_unknown_form_is_answered_with_those_there_are():
    with pytest.raises(ProblemError) as caught:
        form_named(forms(), "nothing")
    [one] = caught.value.problems
    assert ("form-unknown", True) == (one.code, all(form in one.text("en") for form in forms()))


def test_a_broken_neighbour_does_not_hide_a_parent(tmp_path):
    (tmp_path / "broken.yaml").write_text("form: [", "utf-8")
    (tmp_path / "good.yaml").write_text("form: good\n", "utf-8")
    assert table_named("good", (str(tmp_path),))
    assert table_named("self-evaluation", (str(tmp_path),))
