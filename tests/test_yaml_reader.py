"""Files in YAML beside mappings: a key that nobody knows with the one it is like, and the encodings that clerks save in."""

import pytest

from xltool import text_file
from xltool.check.profiles import named, profiles
from xltool.check.profiles import read as read_profile
from xltool.check.waivers import read as read_waivers
from xltool.jobs import check
from xltool.jobs.rollup.asked import decisions_of
from xltool.problems import ProblemError
from xltool.rollup.decisions import NONE, read_decisions
from xltool.upload import importer

PROFILE = """\
profile: own
title: {zh: 自定, en: own}
rules:
  money:
    test: %s
    severity: error
    what: {zh: 不符, en: wrong}
    do: {zh: 请核对, en: check it}
"""


@pytest.mark.parametrize(
    ("read", "text", "near"),
    [
        pytest.param(read_waivers, "waiver: []", "waivers", id="a waivers file's key"),
        pytest.param(read_waivers, "waivers:\n  - {rule: a, reason: 已核, projekt: 甲}", "project", id="a waiver's key"),
        pytest.param(read_decisions, "decisions:\n  - {relation: a, decison: confirm}", "decision", id="a decision's key"),
        pytest.param(read_decisions, "decisions:\n  - {relation: a, decision: confrm}", "confirm", id="a decision"),
        pytest.param(read_profile, PROFILE % "total" + "    weight: 1\nruls: {}\n", "rules", id="a profile's key"),
        pytest.param(read_profile, PROFILE % "totl", "total", id="a rule's test"),
        pytest.param(importer.read, "importer: x\nlevel: {}\n", "levels", id="an importer's key"),
        pytest.param(importer.read, "importer: x\nzero: [amonut]\n", "amount", id="an importer's role"),
    ],
)
def test_a_word_that_nobody_knows_is_told_with_the_one_that_it_is_like(read, text, near):
    with pytest.raises(ProblemError) as caught:
        read(text, "a.yaml")
    assert near in [dict(one.words).get("near") for one in caught.value.problems]


WAIVERS, DECISIONS = "waivers:\n  - {rule: a, project: 培训, reason: 财政科已同意}\n", "# 决定\ndecisions:\n  - {relation: 培训, decision: 确认}\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_files_of_waivers_and_decisions_are_read_in_the_encodings_that_clerks_save_in(tmp_path, encoding):
    (tmp_path / "w.yaml").write_bytes(WAIVERS.encode(encoding))
    (tmp_path / "d.yaml").write_bytes(DECISIONS.encode(encoding))
    assert [("培训", "财政科已同意")] == [(one.project, one.reason) for one in check.read_waivers(str(tmp_path / "w.yaml"))]
    assert {"培训": "confirm"} == dict(decisions_of(str(tmp_path / "d.yaml")).decided)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_profiles_and_importers_are_read_in_the_encodings_that_clerks_save_in(tmp_path, encoding):
    folder = tmp_path / "profiles"
    folder.mkdir()
    said = "profile: {}\nextends: national\ntitle: {{zh: 自定的规则, en: own}}\nrules: {{}}\n"
    for path, name in ((folder / "own.yaml", "own"), (tmp_path / "one.yaml", "one")):
        path.write_bytes(said.format(name).encode(encoding))
    (tmp_path / "i.yaml").write_bytes("importer: 平台\nsuffix: 指标\n".encode(encoding))
    assert "自定的规则" == profiles((str(tmp_path),))["own"].title.zh
    assert "自定的规则" == named(str(tmp_path / "one.yaml")).title.zh
    assert "指标" == importer.named(str(tmp_path / "i.yaml")).suffix


def test_a_draft_of_decisions_that_is_not_there_yet_says_nothing(tmp_path):
    assert NONE is decisions_of(str(tmp_path / "d.yaml"), drafted=True)


@pytest.mark.parametrize(("name", "code"), [("none.yaml", "file-missing"), (".", "file-unreadable")])
def test_a_file_that_cannot_be_read_is_named(tmp_path, name, code):
    with pytest.raises(ProblemError) as caught:
        text_file.read(tmp_path / name)
    assert [(code, str(tmp_path / name))] == [(one.code, one.place) for one in caught.value.problems]
