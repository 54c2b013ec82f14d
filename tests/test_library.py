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
    assert [f"mapping-twice {tmp_path / 'own.yaml'}:1"] == codes(tmp_path)


def test_faults_of_every_file_come_at_once(tmp_path):
    (tmp_path / "a.yaml").write_text("form: a\ntitle: 甲\n", "utf-8")
    (tmp_path / "b.yaml").write_bytes("form: b\ntitle: 乙\n".encode() + b"\xff\n")
    (tmp_path / "c.yaml").write_text("form: [", "utf-8")
    assert [f"text-encoding {tmp_path / 'b.yaml'}:3", f"yaml-syntax {tmp_path / 'c.yaml'}:2", f"yaml-missing-key {tmp_path / 'a.yaml'}:1"] == codes(tmp_path)


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


OWN = "form: own\nextends: target-declaration\ntitle: 自定的表\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_mapping_is_read_as_the_editor_saved_it(tmp_path, encoding):
    (tmp_path / "own.yaml").write_bytes(OWN.encode(encoding))
    assert "自定的表" == forms((str(tmp_path),))["own"].title


def test_files_of_one_name_in_two_folders_are_told_apart(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "own.yaml").write_text(OWN, "utf-8")
    with pytest.raises(ProblemError) as caught:
        forms((str(tmp_path / "one"), str(tmp_path / "two")))
    [one] = caught.value.problems
    assert (f"{tmp_path / 'two' / 'own.yaml'}:1", True) == (one.place, str(tmp_path / "one" / "own.yaml") in one.text("en"))


def test_a_years_form_beside_the_last_ones_is_a_variant_with_an_id_of_its_own(tmp_path):
    """The new year's form calls one caption otherwise; both are known, each by its own id."""
    (tmp_path / "next.yaml").write_text("form: target-declaration-2027\nversion: \"2027\"\nextends: target-declaration\ncaptions: {主管部门: [业务主管部门]}\n", "utf-8")
    known = forms((str(tmp_path),))
    assert [("1", False), ("2027", True)] == [(known[name].version, "业务主管部门" in known[name].captions.get("主管部门", ())) for name in ("target-declaration", "target-declaration-2027")]


def test_a_chain_of_variants_takes_over_from_each(tmp_path):
    (tmp_path / "a.yaml").write_text("form: a\nextends: target-declaration\ntitle: 甲表\n", "utf-8")
    (tmp_path / "b.yaml").write_text("form: b\nextends: a\nversion: \"2\"\n", "utf-8")
    known = forms((str(tmp_path),))
    assert ("甲表", "2", known["target-declaration"].layout) == (known["b"].title, known["b"].version, known["b"].layout)


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        pytest.param({"a": "form: a\nextends: a\n"}, ["extends-circle a.yaml:2"], id="itself"),
        pytest.param({"a": "form: a\nextends: b\n", "b": "form: b\nextends: a\n"}, ["extends-circle a.yaml:2", "extends-circle b.yaml:2"], id="each other"),
        pytest.param({"a": "form: a\nextends: target\n"}, ["extends-unknown a.yaml:2"], id="nobody"),
        pytest.param({"a": "form: a\nextends: [b]\ntitle: 表\nlayout: |\n  | 甲 |\n"}, ["yaml-shape a.yaml:2"], id="a list"),
    ],
)
def test_what_a_mapping_extends_is_another_that_is_known(tmp_path, files, wanted):
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    assert wanted == [one.replace(f"{tmp_path}/", "").replace(f"{tmp_path}\\", "") for one in codes(tmp_path)]
