"""``xltool watch`` as a user runs it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime

import pytest

from tests.edits.made import FORMS, SAMPLES
from xltool import cli
from xltool.cli import frame, main
from xltool.cli.watch_events import in_json
from xltool.jobs.watch import Watch

SENT = SAMPLES / "target-declaration" / "filing.json"


def test_once_tells_what_is_wrong_in_each_file_and_ends(xltool, tmp_path):
    shutil.copy(SENT, tmp_path / "a.json")
    (tmp_path / "b.json").write_text(SENT.read_text("utf-8").replace('"total": 186400', '"total": 5'), "utf-8")
    said = xltool("watch", tmp_path, "--once")
    assert 1 == said.code
    assert "a.json: read" in said.out and "b.json: read" in said.out
    assert "[error]" in said.out and "年度资金申请总额" in said.out


def test_once_ends_with_0_without_errors_and_with_2_where_a_file_cannot_be_read(xltool, tmp_path):
    shutil.copy(SENT, tmp_path / "a.json")
    assert 0 == xltool("watch", tmp_path, "--once").code
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04")
    said = xltool("watch", tmp_path, "--once")
    assert (2, True) == (said.code, "b.xlsx: cannot be read" in said.out)


def test_json_is_a_line_an_event(xltool, tmp_path):
    shutil.copy(SENT, tmp_path / "a.json")
    (tmp_path / "b.json").write_text(SENT.read_text("utf-8").replace('"total": 186400', '"total": 5'), "utf-8")
    (tmp_path / "c.xlsx").write_bytes(b"PK\x03\x04")
    said = xltool("watch", tmp_path, "--once", "--json")
    one, two, three = map(json.loads, said.out.splitlines())
    assert 2 == said.code
    assert [("a.json", "new"), ("b.json", "new"), ("c.xlsx", "unread")] == [(each["source"], each["state"]) for each in (one, two, three)]
    assert {None} == {each["time"] for each in (one, two, three)}
    assert "workbook-broken" == three["problems"][0]["code"]
    assert {"xltool-watch", "time", "source", "state", "differences", "found", "solved", "accepted", "totals", "problems"} == set(one)
    wrong = next(each for each in two["found"] if each["severity"] == "error")
    assert ("农村供水水质抽检费", "funding.annual.total") == (wrong["project"], wrong["path"])
    assert len(two["found"]) == two["totals"]["findings"]
    assert xltool("watch", tmp_path, "--once", "--json").data == said.data


def test_an_event_in_json_tells_what_changed_and_when(tmp_path):
    shutil.copy(SENT, tmp_path / "a.json")
    watch = Watch(tmp_path, FORMS)
    list(watch.look(settled=True))
    (tmp_path / "a.json").write_text(SENT.read_text("utf-8").replace('"total": 186400', '"total": 186401'), "utf-8")
    (event,) = [event for _ in range(2) for event in watch.look()]
    said = json.loads(in_json(event, datetime(2025, 3, 4, 5, 6, 7)))
    assert ("2025-03-04T05:06:07", "changed") == (said["time"], said["state"])
    (change, *_) = said["differences"]
    assert {"kind": "changed", "number": 0, "path": "funding.annual.total", "item": None, "caption": "年度资金申请总额", "old": "186,400", "new": "186,401"}.items() <= change.items()
    assert said["found"] and "money-sum" in {one["rule"] for one in said["found"]}


def test_findings_that_are_alike_share_a_line(xltool, tmp_path):
    made = json.loads((SAMPLES / "self-evaluation" / "filing.json").read_text("utf-8"))
    for row in made["sections"][0]["forms"][0]["indicators"][:4]:
        row["actual"] = None
    (tmp_path / "a.json").write_text(json.dumps(made, ensure_ascii=False), "utf-8")
    said = xltool("watch", tmp_path, "--once")
    assert 1 == said.out.count("every indicator needs an actual") and "(and 3 more: sections[0].forms[0].indicators[1].actual、" in said.out


def test_a_folder_that_is_none_is_refused(xltool, tmp_path):
    said = xltool("watch", tmp_path / "none", "--once")
    assert (2, True) == (said.code, "[watch-folder]" in said.talk)


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent to a whole console there")
def test_saves_are_told_and_ctrl_c_ends_with_0(tmp_path):
    shutil.copy(SENT, tmp_path / "a.json")
    run = subprocess.Popen([sys.executable, "-m", "xltool", "watch", str(tmp_path), "--interval", "0.1"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=os.environ | {"XLTOOL_LANG": "en", "PYTHONUTF8": "1"})  # fmt: skip
    assert run.stdout and run.stderr
    try:
        assert "watching" in run.stderr.readline()
        changed = tmp_path / "a.json"
        changed.write_text(SENT.read_text("utf-8").replace('"total": 186400', '"total": 186401'), "utf-8")
        told = ""
        end = time.monotonic() + 60
        while "186,400 → 186,401" not in told and time.monotonic() < end:
            told += run.stdout.readline()
        # As Excel saves: another file beside it, the old one put away, the new one renamed; a lock file stands by.
        (tmp_path / "~$a.json").write_bytes(b"owner")
        (tmp_path / "5A3B1C00").write_text(SENT.read_text("utf-8").replace('"total": 186400', '"total": 186402'), "utf-8")
        changed.rename(tmp_path / "F00.tmp")
        time.sleep(0.05)
        (tmp_path / "5A3B1C00").rename(changed)
        (tmp_path / "F00.tmp").unlink()
        while "186,401 → 186,402" not in told and time.monotonic() < end:
            told += run.stdout.readline()
        changed.unlink()
        while "a.json: is gone" not in told and time.monotonic() < end:
            told += run.stdout.readline()
        run.send_signal(signal.SIGINT)
        _, talk = run.communicate(timeout=60)
    finally:
        run.kill()
        run.wait()
    assert 0 == run.returncode
    assert "a.json: differences: 1" in told and "186,400 → 186,401" in told
    assert 1 == told.count("is gone") and told.index("186,401 → 186,402") < told.index("is gone")
    assert "5A3B" not in told and "F00" not in told and "~$" not in told
    assert "ended" in talk and "Traceback" not in talk


def test_waivers_are_obeyed_and_their_number_is_told(xltool, tmp_path):
    (tmp_path / "units").mkdir()
    (tmp_path / "units" / "b.json").write_text(SENT.read_text("utf-8").replace('"total": 186400', '"total": 5'), "utf-8")
    before = xltool("watch", tmp_path / "units", "--once")
    assert 1 == before.code and "[error]" in before.out
    (tmp_path / "w.yaml").write_text("waivers:\n" + "".join(f"  - rule: {rule}\n    reason: 财政科已同意\n" for rule in ("money-sum", "project-below-annual")), "utf-8")
    said = xltool("watch", tmp_path / "units", "--once", "--waivers", tmp_path / "w.yaml")
    assert 0 == said.code and "[error]" not in said.out
    assert "accepted: " in said.out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [(["watch", "x"], 0, "ended\n"), (["watch", "x", "--once"], 2, "stopped [stopped]\n"), (["check", "x"], 2, "stopped [stopped]\n")],
    ids=["watch", "watch once", "another command"],
)
def test_ctrl_c_while_a_command_is_loaded_is_told_plainly(words, code, said, monkeypatch, capsys):
    def interrupted(name):
        raise KeyboardInterrupt

    monkeypatch.setenv("XLTOOL_LANG", "en")
    monkeypatch.setattr(frame, "import_module", interrupted)
    assert code == main(words)
    assert said == capsys.readouterr().err.lstrip()


def test_ctrl_c_before_any_command_is_told_plainly(monkeypatch, capsys):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setenv("XLTOOL_LANG", "en")
    monkeypatch.setattr(cli, "LazyGroup", interrupted)
    assert 2 == main(["watch", "x"])
    assert "stopped [stopped]\n" == capsys.readouterr().err


def test_what_nobody_can_tell_is_called_so_as_in_check(xltool, samples, tmp_path):
    """The parts of a sum are empty: whether it is right is unclear, and no error."""
    document = json.loads((samples / "self-evaluation" / "filing.json").read_text("utf-8"))
    for part in ("fiscal", "carried_over", "other"):
        document["sections"][0]["forms"][0]["funding"][part]["executed"] = None
    (tmp_path / "a.json").write_text(json.dumps(document), "utf-8")
    lines = [line for line in xltool("watch", tmp_path, "--once").out.splitlines() if "funding.total.executed" in line and "cannot be checked" in line]
    assert lines and all("[unclear]" in line for line in lines)
