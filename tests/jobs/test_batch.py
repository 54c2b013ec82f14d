"""Many sources into a folder: nothing twice, nothing of anybody's lost, and one bad file costs itself."""

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

import xltool as library
from tests.jobs import poison
from xltool.budgets import USUAL
from xltool.jobs import batch, convert, ledger, lock, pool, store
from xltool.jobs.batch import Batch, Result
from xltool.jobs.convert import Wanted, plan
from xltool.jobs.pool import FEW
from xltool.problems import ProblemError, problem

HERE = 0


@pytest.fixture
def data(samples) -> bytes:
    """One declaration as JSON: quick to convert."""
    document = json.loads((samples / "target-declaration" / "filing.json").read_text("utf-8"))
    document["sections"] = [{**document["sections"][0], "forms": document["sections"][0]["forms"][:1]}]
    return json.dumps(document, ensure_ascii=False).encode()


@pytest.fixture
def folder(tmp_path, data) -> Path:
    """in/: 甲.json, 乙 乙.json, sub/甲.json."""
    for name in ("甲.json", "乙 乙.json", "sub/甲.json"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "in"


def run(folder: Path, jobs: int = HERE, force: bool = False, **more) -> dict[str, Result]:
    """What became of each file of a folder, by its name below it."""
    out = folder.parent / "out"
    tasks, faults = plan([str(folder)], str(out), Wanted(force=force))
    assert [] == faults
    results = Batch(tasks, out, jobs=jobs, **more).run()
    assert [task.named.shown for task in tasks] == [one.source for one in results]
    return {task.named.inside.as_posix(): one for task, one in zip(tasks, results, strict=True)}


def states(found: dict[str, Result]) -> dict[str, str]:
    return {name: one.problems[0].code if one.problems else one.state for name, one in found.items()}


ALL_WRITTEN = {"甲.json": "written", "乙 乙.json": "written", "sub/甲.json": "written"}
UNCHANGED = dict.fromkeys(ALL_WRITTEN, "unchanged")


def change(path: Path) -> None:
    """The source says something else."""
    path.write_bytes(path.read_bytes().replace("水务局".encode(), "园林局".encode()))
    assert "园林局".encode() in path.read_bytes()


def test_a_second_run_does_nothing(folder):
    assert ALL_WRITTEN == states(run(folder))
    times = [path.stat().st_mtime_ns for path in sorted((folder.parent / "out").rglob("*"))]
    again = run(folder, convert=poison.by_name)
    assert UNCHANGED == states(again)
    assert times == [path.stat().st_mtime_ns for path in sorted((folder.parent / "out").rglob("*"))]
    assert [("json", ("target-declaration",))] * 3 == [(one.kind, one.forms) for one in again.values()]


def test_only_what_has_changed_is_done_again(folder):
    run(folder)
    change(folder / "sub" / "甲.json")
    assert UNCHANGED | {"sub/甲.json": "written"} == states(run(folder))
    assert UNCHANGED == states(run(folder))


def test_a_result_that_is_gone_is_made_again(folder):
    run(folder)
    (folder.parent / "out" / "甲.xlsx").unlink()
    assert UNCHANGED | {"甲.json": "written"} == states(run(folder))


@pytest.mark.parametrize("changed", [False, True], ids=["source as it was", "source changed"])
def test_a_result_that_a_person_edited_is_refused_and_stays(folder, changed):
    run(folder)
    edited = folder.parent / "out" / "甲.xlsx"
    edited.write_bytes(b"mine")
    if changed:
        change(folder / "甲.json")
    for _ in range(2):
        assert UNCHANGED | {"甲.json": "file-edited"} == states(run(folder))
        assert b"mine" == edited.read_bytes()
    assert ALL_WRITTEN == states(run(folder, force=True))
    assert UNCHANGED == states(run(folder))


def test_a_file_that_no_run_wrote_is_refused_and_stays(folder):
    (folder.parent / "out").mkdir()
    (folder.parent / "out" / "甲.xlsx").write_bytes(b"mine")
    assert ALL_WRITTEN | {"甲.json": "file-exists"} == states(run(folder))
    assert b"mine" == (folder.parent / "out" / "甲.xlsx").read_bytes()


@pytest.mark.parametrize("left", [None, b"", b'{"xltool-ledger": 1, "files": {"a": 3, "', b'{"xltool-ledger": 99}', b"[" * 10**5, b'{"xltool-ledger": 1, "files": {"\xe7\x94\xb2.xlsx": {"source": 1}}}'])  # fmt: skip
def test_results_of_a_run_whose_ledger_is_lost_are_known_by_their_bytes(folder, left):
    run(folder)
    kept = folder.parent / "out" / ledger.NAME
    kept.unlink() if left is None else kept.write_bytes(left)
    assert ALL_WRITTEN == states(run(folder))
    assert UNCHANGED == states(run(folder))


@pytest.mark.parametrize("what", ["stacked", "mappings", "version"])
def test_another_way_of_making_makes_all_again(folder, monkeypatch, tmp_path, what):
    run(folder)
    out = folder.parent / "out"
    mappings: tuple[str, ...] = ()
    if what == "mappings":
        (tmp_path / "own").mkdir()
        (tmp_path / "own" / "own.yaml").write_text("form: own\nextends: target-declaration\ntitle: 自定表\n", "utf-8")
        mappings = (str(tmp_path / "own"),)
    if what == "version":
        monkeypatch.setattr(batch, "installed", lambda: "99")
    tasks, _ = plan([str(folder)], str(out), Wanted(stacked=what == "stacked"))
    assert ["written"] * 3 == [one.state for one in Batch(tasks, out, mappings, HERE).run()]
    assert ["unchanged"] * 3 == [one.state for one in Batch(tasks, out, mappings, HERE).run()]


@pytest.mark.parametrize("poisoned", ["dies", "sleeps", "swells"])
def test_a_poisoned_file_costs_itself_and_is_named(folder, data, poisoned):
    (folder / f"{poisoned}.json").write_bytes(data)
    budgets = replace(USUAL, seconds=3 if poisoned == "sleeps" else 30, memory=1024)
    found = run(folder, 2, budgets=budgets, convert=poison.by_name)
    code = {"dies": "file-died", "sleeps": "file-time", "swells": "file-memory"}[poisoned]
    assert ALL_WRITTEN | {f"{poisoned}.json": code} == states(found)
    assert {"sleeps": "3", "swells": "1024"}.get(poisoned) == dict(found[f"{poisoned}.json"].problems[0].words).get("limit")
    assert UNCHANGED | {f"{poisoned}.json": code} == states(run(folder, 2, budgets=budgets, convert=poison.by_name))


def test_processes_give_the_same_bytes_and_the_same_order_as_none(folder, tmp_path):
    one = run(folder)
    kept = {path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    two = run(folder, 2, force=True)
    assert one == two
    assert kept == {path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("jobs", "files", "processes"),
    [
        pytest.param(None, FEW, 0, id="few: none"),
        pytest.param(None, 1000, 2, id="many: the cores"),
        pytest.param(1, 1, 1, id="asked for"),
        pytest.param(0, 1000, 0, id="none asked for"),
        pytest.param(9, 3, 3, id="no more than files"),
    ],
)
def test_processes_are_as_many_as_are_of_use(monkeypatch, jobs, files, processes):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    assert processes == pool.processes(jobs, files)


def test_a_second_run_into_a_folder_at_the_same_time_is_refused(folder):
    out = folder.parent / "out"
    with lock.alone(out), pytest.raises(ProblemError) as caught:
        run(folder)
    assert ["folder-busy"] == [one.code for one in caught.value.problems]
    assert [] == list(out.iterdir())
    assert ALL_WRITTEN == states(run(folder))


def test_half_a_file_of_a_killed_run_is_swept_and_one_that_is_being_written_is_not(folder):
    out = folder.parent / "out" / "sub"
    out.mkdir(parents=True)
    for name, age in (("old", 7200), ("new", 0)):
        (out / f".xltool-{name}.part").write_bytes(b"half")
        os.utime(out / f".xltool-{name}.part", (time.time() - age,) * 2)
    run(folder)
    assert [".xltool-new.part"] == [path.name for path in out.glob(".*")]


def test_where_sources_and_results_share_a_folder_no_result_is_a_source(tmp_path, data):
    (tmp_path / "甲.json").write_bytes(data)
    for state in ("written", "unchanged"):
        tasks, _ = plan([str(tmp_path)], str(tmp_path), Wanted())
        assert [("甲.json", state)] == [(Path(one.source).name, one.state) for one in Batch(tasks, tmp_path, jobs=HERE).run()]
    tasks, _ = plan([str(tmp_path / "甲.xlsx")], str(tmp_path), Wanted("json"))
    assert ["甲.xlsx"] == [task.named.name for task in tasks]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no names in GBK")
def test_a_name_in_gbk_becomes_characters_in_results_and_ledger(folder, data):
    (folder / os.fsdecode("园林局 绩效.json".encode("gb18030"))).write_bytes(data)
    assert ALL_WRITTEN | {"园林局 绩效.json": "written"} == states(run(folder))
    assert (folder.parent / "out" / "园林局 绩效.xlsx").is_file()
    assert UNCHANGED | {"园林局 绩效.json": "unchanged"} == states(run(folder))


def test_a_name_of_255_bytes_becomes_a_result(folder, data):
    name = "绩" * 83 + "a.json"
    assert 255 == len(name.encode())
    (folder / name).write_bytes(data)
    assert ALL_WRITTEN | {name: "written"} == states(run(folder))
    assert UNCHANGED | {name: "unchanged"} == states(run(folder))


def test_a_ledger_that_cannot_be_written_is_a_problem_and_results_stay(folder, monkeypatch):
    stored = store.store

    def full(path, made, force=False):
        if path.name == ledger.NAME:
            raise ProblemError(problem("file-unwritable", str(path), what="full"))
        stored(path, made, force)

    monkeypatch.setattr(store, "store", full)
    with pytest.raises(ProblemError):
        run(folder)
    assert 3 == len(list((folder.parent / "out").rglob("*.xlsx")))


def test_a_fault_of_the_program_is_one_files_problem(folder, monkeypatch):
    monkeypatch.setattr(convert, "render", lambda *_: 1 / 0)
    assert dict.fromkeys(ALL_WRITTEN, "internal") == states(run(folder))


def test_totals_count_files_forms_and_findings(folder):
    (folder / "坏.txt").write_text("没有表", "utf-8")
    found = list(run(folder).values())
    assert {"files": 4, "written": 3, "unchanged": 0, "failed": 1, "forms": 3, "repairs": 0, "doubts": 0, "leftover": 0} == batch.totals(found)


def test_folder_from_python_says_of_each_source_what_became_of_it(tmp_path, samples):
    bad = tmp_path / "bad.txt"
    bad.write_text("没有表", "utf-8")
    found = library.convert_folder([samples / "self-evaluation" / "filing.txt", bad], tmp_path / "out", to="json", jobs=0)
    assert [("written", []), ("failed", ["no-form"])] == [(one.state, [each.code for each in one.problems]) for one in found]
    assert found[0].out.is_file()
    assert ["unchanged", "failed"] == [one.state for one in library.convert_folder([samples / "self-evaluation" / "filing.txt", bad], tmp_path / "out", to="json", jobs=0)]


def test_one_path_is_a_source_as_it_is(tmp_path, samples):
    one = samples / "self-evaluation" / "filing.txt"
    assert [str(one)] == [found.source for found in library.convert_folder(str(one), tmp_path / "text", jobs=0)]
    assert [str(one)] == [found.source for found in library.convert_folder(one, tmp_path / "path", jobs=0)]


def test_what_a_folder_cannot_be_made_of_is_said_before_anything_is_written(tmp_path, samples, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ProblemError, match="out-kind"):
        library.convert_folder(samples, "out", to="pdf")
    with pytest.raises(ValueError, match="-1"):
        library.convert_folder(samples, "out", jobs=-1)
    assert [] == list(tmp_path.iterdir())


def test_a_script_that_converts_a_folder_runs_once(tmp_path, samples):
    """Processes that are spawned import the script that asks for them, if they are told which it is."""
    script = tmp_path / "script.py"
    script.write_text(f"import xltool\nprint('begun')\nprint([one.state for one in xltool.convert_folder({str(samples / 'self-evaluation')!r} + '/*.txt', 'out', jobs=2)], __file__)\n", "utf-8")
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True, timeout=120)
    assert (1, "") == (done.stdout.count("begun"), done.stderr)
    assert ("written" in done.stdout, str(script) in done.stdout) == (True, True)


@pytest.mark.parametrize(("sources", "out", "code"), [(["nowhere.txt"], "out", "file-missing"), (["nowhere.txt"], "out.xlsx", "folder-needed")])
def test_folder_from_python_needs_sources_and_a_folder(tmp_path, monkeypatch, sources, out, code):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ProblemError) as caught:
        library.convert_folder(sources, out, jobs=0)
    assert [code] == [one.code for one in caught.value.problems]
    assert [] == list(tmp_path.iterdir())
