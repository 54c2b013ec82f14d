"""A file that a command reads is never what it writes: refused with a sentence, --force or not."""

import os
import shutil

import pytest

FORCED = [
    pytest.param("convert d.json -o d.json", id="convert"),
    pytest.param("convert d.json -o b.xlsx --into b.xlsx", id="convert into a blank"),
    pytest.param("convert d.json -o p.xlsx --for platform --against p.xlsx", id="convert for a platform against its export"),
    pytest.param("check b.xlsx --annotate b.xlsx", id="check, its marked copy"),
    pytest.param("check b.xlsx p.xlsx --annotate .", id="check, marked copies in the folder of the sources"),
    pytest.param("check d.json --write-waivers d.json", id="check, its waivers"),
    pytest.param("rollup d.json b.xlsx -o b.xlsx", id="rollup"),
    pytest.param("rollup . -o b.xlsx", id="rollup of a folder that holds it"),
    pytest.param("rollup d.json -o r.xlsx --write-decisions d.json", id="rollup, its decisions"),
    pytest.param("diff d.json b.xlsx --xlsx b.xlsx", id="diff, its marked copy"),
    pytest.param("diff . d.json --xlsx b.xlsx", id="diff of a folder that holds it"),
    pytest.param("merge d.json b.xlsx p.xlsx -o b.xlsx", id="merge"),
    pytest.param("apply patch.json d.json -o d.json", id="apply"),
    pytest.param("apply patch.json d.json -o patch.json", id="apply, the patch"),
    pytest.param("template self-evaluation --from b.xlsx -o b.xlsx", id="template"),
    pytest.param("draft b.yaml -o b.yaml", id="draft"),
]


@pytest.fixture(scope="module")
def made(samples, tmp_path_factory):
    """A folder with a filing as JSON and as a workbook, twice, and once under the name of a mapping."""
    from xltool import read, write

    folder = tmp_path_factory.mktemp("made")
    shutil.copy(samples / "target-declaration" / "filing.json", folder / "d.json")
    for name in ("b.xlsx", "p.xlsx"):
        write(read(folder / "d.json"), folder / name)
    shutil.copy(folder / "b.xlsx", folder / "b.yaml")
    return folder


@pytest.fixture
def desk(made, tmp_path, monkeypatch):
    monkeypatch.chdir(shutil.copytree(made, tmp_path / "desk"))
    return tmp_path / "desk"


def _bytes(folder):
    return {one.name: one.read_bytes() for one in folder.iterdir()}


@pytest.mark.parametrize("words", FORCED)
def test_what_is_read_is_not_written_over_though_forced(words, desk, xltool):
    if "patch.json" in words:
        (desk / "patch.json").write_bytes(xltool("diff", "d.json", "p.xlsx", "--json").data)
    before = _bytes(desk)
    said = xltool(*words.split(), "--force")
    assert 2 == said.code
    assert "[out-is-source]" in said.talk
    assert before == _bytes(desk)


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few users make a symbolic link")
def test_another_name_of_the_same_file_is_the_same_file(desk, xltool):
    (desk / "other.json").symlink_to(desk / "d.json")
    said = xltool("convert", "d.json", "-o", "other.json", "--force")
    assert (2, True) == (said.code, "[out-is-source]" in said.talk)


def test_of_many_the_one_that_would_replace_its_source_is_named_and_the_others_are_written(desk, xltool):
    before = _bytes(desk)["d.json"]
    said = xltool("convert", "d.json", "b.xlsx", "--to", "json", "-o", ".", "--force")
    assert 2 == said.code
    assert ["d.json: this is a file that is read, and it stays as it is, even with --force; name another file for the output [out-is-source]"] == said.talk.splitlines()[-1:]
    assert before == (desk / "d.json").read_bytes()
    assert 0 == xltool("diff", "b.json", "b.xlsx").code


def test_the_workbook_of_an_earlier_rollup_may_lie_among_its_sources(desk, xltool):
    assert [0, 0] == [xltool("rollup", ".", "-o", "r.xlsx", "--force").code for _ in range(2)]


def test_a_file_that_is_not_read_is_replaced_by_force(desk, xltool):
    assert 0 == xltool("convert", "d.json", "-o", "p.xlsx", "--force").code


def test_choices_may_give_way_to_the_merge_that_they_finish(desk, xltool):
    """The workbook of an earlier merge is xltool's own: what was chosen in it stands in the result."""
    assert 0 == xltool("merge", "d.json", "b.xlsx", "p.xlsx", "-o", "m.xlsx").code
    assert "[out-is-source]" not in xltool("merge", "d.json", "b.xlsx", "p.xlsx", "--resolve", "m.xlsx", "-o", "m.xlsx", "--force").talk


def test_the_marked_copy_stands_though_nobody_reads_the_answer(desk, xltool, monkeypatch):
    from xltool.cli import check_table

    def gone(*_):
        raise BrokenPipeError

    monkeypatch.setattr(check_table, "table", gone)
    assert 141 == xltool("check", "b.xlsx", "--annotate", "marked.xlsx").code
    assert (desk / "marked.xlsx").is_file()


@pytest.mark.parametrize(
    ("words", "named"),
    [
        pytest.param(("rollup", "SOURCE", "-o", "a.xlsx", "--write-decisions", "./a.xlsx"), "--out and --write-decisions", id="a rollup and its decisions"),
        pytest.param(("check", "SOURCE", "--annotate", "a.xlsx", "--write-waivers", "a.xlsx"), "--write-waivers and --annotate", id="marks and waivers"),
        pytest.param(("convert", "SOURCE", "-o", "a.json", "--debug-image", "a.json"), "--out and --debug-image", id="a result and a picture"),
    ],
)
def test_two_outputs_are_two_files(words, named, xltool, samples, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = xltool(*(samples / "target-declaration" / "filing.json" if word == "SOURCE" else word for word in words))
    assert (2, True) == (said.code, said.talk.startswith(f"{named} name the same file") and said.talk.endswith("[usage-same]\n"))
    assert [] == list(tmp_path.iterdir())


def test_a_report_never_takes_the_place_of_a_result(xltool, samples, tmp_path):
    out = tmp_path / "out"
    said = xltool("convert", samples / "target-declaration" / "filing.json", "-o", f"{out}/", "--report", out / "filing.xlsx")
    assert (2, True) == (said.code, "[report-exists]" in said.talk)
    assert 0 == xltool("check", out / "filing.xlsx").code
