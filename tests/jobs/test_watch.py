"""A folder that is watched: what is told of its files, look by look."""

import json
import os
import shutil

import pytest

from tests.edits.made import DECLARATIONS, EVALUATIONS, FORMS, SAMPLES, written
from xltool.jobs import located
from xltool.jobs.watch import LOOKS, Watch
from xltool.problems import ProblemError

SENT = SAMPLES / "target-declaration" / "filing.json"


@pytest.fixture
def watch(tmp_path) -> Watch:
    """A folder with one filing, which was read."""
    shutil.copy(SENT, tmp_path / "a.json")
    found = Watch(tmp_path, FORMS)
    assert ["a.json"] == [event.source for event in found.look(settled=True)]
    return found


def save(watch: Watch, name: str, data: bytes) -> None:
    """The file is saved, and its time is another than before, however coarse the clock of the disk is."""
    path = watch.folder / name
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_bytes(data)
    if path.stat().st_mtime_ns == before:
        os.utime(path, ns=(before + 10**9, before + 10**9))


def changed(amount: int = 1) -> bytes:
    document = json.loads(SENT.read_text("utf-8"))
    document["sections"][0]["forms"][0]["funding"]["annual"]["total"] = amount
    return json.dumps(document).encode()


def looks(watch: Watch, times: int = 2):
    return [event for _ in range(times) for event in watch.look()]


def test_nothing_is_told_while_nothing_is_saved(watch):
    assert [] == looks(watch, 4)


def test_a_save_is_told_with_its_differences_and_new_findings(watch):
    save(watch, "a.json", changed())
    (event,) = looks(watch)
    assert [("年度资金申请总额", "186,400", "1")] == [(line.where, line.old, line.new) for line in event.lines]
    assert any(finding.path == "funding.annual.total" for finding, _ in event.found)
    assert not event.new


def test_a_finding_that_is_gone_is_told_as_solved(watch):
    save(watch, "a.json", changed())
    (bad,) = looks(watch)
    save(watch, "a.json", SENT.read_bytes())
    (good,) = looks(watch)
    assert {finding.rule for finding, _ in bad.found} == {finding.rule for finding in good.solved}
    assert () == good.found


def test_saved_again_without_a_change_is_not_told(watch):
    save(watch, "a.json", SENT.read_bytes())
    assert [] == looks(watch)


def test_a_file_is_read_only_when_it_has_stayed_the_same_for_a_look(watch):
    save(watch, "a.json", changed(1))
    assert [] == looks(watch, 1)
    save(watch, "a.json", changed(22))
    assert [] == looks(watch, 1)
    (event,) = looks(watch, 1)
    assert ["22"] == [line.new for line in event.lines]


def test_a_half_saved_file_gets_a_few_looks(watch):
    data = written(EVALUATIONS)
    save(watch, "b.xlsx", data[:3000])
    assert [] == looks(watch, LOOKS)
    save(watch, "b.xlsx", data)
    (event,) = looks(watch)
    assert ("b.xlsx", True, ()) == (event.source, event.new, event.problems)


def test_a_file_that_stays_broken_is_told_once(watch):
    save(watch, "b.xlsx", written(EVALUATIONS)[:3000])
    (event,) = looks(watch, 3 * LOOKS)
    assert ["workbook-broken"] == [one.code for one in event.problems]


@pytest.mark.parametrize("name", ["~$a.xlsx", ".~lock.a.xlsx#", ".xltool-1.part", "5A3B1C00", "F00.tmp", "~WRL0001.tmp", "未确认 1.crdownload"])
def test_lock_files_and_what_is_written_on_the_way_are_passed_over(watch, name):
    save(watch, name, written(DECLARATIONS))
    assert [] == looks(watch, 4)


def test_a_new_file_and_one_that_is_gone_are_told(watch):
    save(watch, "b.xlsx", written(EVALUATIONS))
    (watch.folder / "a.json").unlink()
    assert {("a.json", True, False), ("b.xlsx", False, True)} == {(event.source, event.gone, event.new) for event in looks(watch, 3 * LOOKS)}


def test_a_file_that_is_replaced_by_renaming_is_told_as_changed(watch):
    """Excel: the new file beside it, the old one put away, the new one renamed, the old one removed."""
    old, new = watch.folder / "a.json", watch.folder / "5A3B1C00"
    new.write_bytes(changed())
    os.utime(new, ns=(1, 1))
    old.rename(watch.folder / "F00.tmp")
    assert [] == looks(watch, LOOKS - 1)
    new.rename(old)
    (event,) = looks(watch)
    assert ("a.json", False, False, ["1"]) == (event.source, event.gone, event.new, [line.new for line in event.lines])


def test_a_file_that_was_away_often_but_never_long_is_not_gone(watch):
    path = watch.folder / "a.json"
    for _ in range(LOOKS):
        path.rename(watch.folder / "F00.tmp")
        assert [] == looks(watch, LOOKS - 1)
        (watch.folder / "F00.tmp").rename(path)
        assert [] == looks(watch, 1)


def test_a_folder_that_is_none_is_a_problem(tmp_path):
    with pytest.raises(ProblemError) as raised:
        list(Watch(tmp_path / "none", FORMS).look(settled=True))
    assert ["watch-folder"] == [one.code for one in raised.value.problems]


def test_the_first_look_tells_of_a_file_though_it_is_written_meanwhile(watch, monkeypatch):
    """With --once there is no next look: what was read is told; where there is one, it tells what came after."""
    reading = located.read

    def interrupted(data, name, forms):
        save(watch, "b.json", changed(33))
        return reading(data, name, forms)

    save(watch, "b.json", changed(22))
    monkeypatch.setattr(located, "read", interrupted)
    assert "b.json" in [event.source for event in watch.look(settled=True)]
    monkeypatch.setattr(located, "read", reading)
    assert [["33"]] == [[line.new for line in event.lines] for event in looks(watch, 4)]


def test_a_file_that_is_written_while_it_is_read_is_read_again(watch, monkeypatch):
    """The program saves 33 while 22 is being read: what is told is 33 alone."""
    reading = located.read

    def interrupted(data, name, forms):
        monkeypatch.setattr(located, "read", reading)
        save(watch, name, changed(33))
        return reading(data, name, forms)

    monkeypatch.setattr(located, "read", interrupted)
    save(watch, "a.json", changed(22))
    assert [["33"]] == [[line.new for line in event.lines] for event in looks(watch, 4)]


# ---------------------------------------------------------------- waivers


def waiver(rule: str) -> str:
    return f"waivers:\n  - rule: {rule}\n    reason: 财政科已同意\n"


@pytest.fixture
def waived(tmp_path) -> Watch:
    """A folder with a filing that has two errors, and a file of waivers that accepts one of them."""
    (tmp_path / "units").mkdir()
    (tmp_path / "w.yaml").write_text(waiver("money-sum"), "utf-8")
    (tmp_path / "units" / "a.json").write_bytes(changed(-1))
    return Watch(tmp_path / "units", FORMS, waivers_file=str(tmp_path / "w.yaml"))


def rules(findings) -> set[str]:
    return {one.rule for one in findings if one.severity == "error"}


def test_what_a_waiver_accepts_is_counted_and_not_shown(waived):
    (event,) = waived.look(settled=True)
    assert {"amount-negative"} == rules(one for one, _ in event.found)
    assert (1, ()) == (event.accepted, event.waived)


def test_a_waiver_that_is_added_counts_at_once(waived):
    list(waived.look(settled=True))
    (waived.folder.parent / "w.yaml").write_text(waiver("money-sum") + waiver("amount-negative").removeprefix("waivers:\n"), "utf-8")
    (event,) = looks(waived)
    assert (["amount-negative"], (), (), 2) == ([one.rule for one in event.waived], event.found, event.solved, event.accepted)


def test_what_is_accepted_no_more_is_found_again(waived):
    list(waived.look(settled=True))
    (waived.folder.parent / "w.yaml").write_text("waivers: []\n", "utf-8")
    (event,) = looks(waived)
    assert (["money-sum"], 0) == ([one.rule for one, _ in event.found], event.accepted)


def test_a_file_of_waivers_with_a_fault_is_told_once_and_what_was_read_before_holds(waived):
    list(waived.look(settled=True))
    (waived.folder.parent / "w.yaml").write_text("waivers:\n  - rule: money-sum\n", "utf-8")
    with pytest.raises(ProblemError) as raised:
        looks(waived)
    assert ["yaml-missing-key"] == [one.code for one in raised.value.problems]
    assert [] == looks(waived, 3)


def test_waivers_hold_while_their_file_is_away(waived):
    list(waived.look(settled=True))
    (waived.folder.parent / "w.yaml").unlink()
    assert [] == looks(waived, 4)


def test_a_file_of_waivers_that_is_missing_is_a_problem(tmp_path):
    with pytest.raises(ProblemError) as raised:
        list(Watch(tmp_path, FORMS, waivers_file=str(tmp_path / "none.yaml")).look(settled=True))
    assert ["file-missing"] == [one.code for one in raised.value.problems]
