"""A hundred random edit scripts, through LibreOffice and through openpyxl, come back as exactly those edits."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.conftest import IN_CI
from tests.edits import scripts
from tests.edits.made import DECLARATIONS, EVALUATIONS, FORMS, filing_of, read, written
from xltool.canonical import differences
from xltool.diff import apply, diff
from xltool.diff.matching import text_of_content
from xltool.diff.tree import Node
from xltool.safe_names import sheet_names

HALF = 50
ENTRIES = [(entry, scripts.DECLARATION) for entry in DECLARATIONS.entries] + [(entry, scripts.EVALUATION) for entry in EVALUATIONS.entries]


def of_seed(seed: int):
    """The filing, its workbook, the name of its sheet, and what is done to it."""
    random = Random(seed)
    entry, sheet = random.choice([one for one in ENTRIES if len(one[0].lists["indicators"]) > 3])
    filing = filing_of(entry)
    return filing, written(filing), sheet_names([str(entry.values["project.name"])])[0], scripts.script(entry, sheet, random)


def told(patch) -> list[scripts.Edit]:
    """A patch as edits."""
    found: list[scripts.Edit] = []
    for change in patch.changes:
        name = next((text_of_content(known) for path, known in change.of.key if path == "name"), "")
        new = change.new
        text = text_of_content(new.contents.get("target")) if isinstance(new, Node) else "" if new is None else text_of_content(new)
        found.append((change.kind, name, change.path, text))
    return found


def judge(filing, data: bytes, script: scripts.Script) -> None:
    found = read(data)
    patch = diff(filing, found, FORMS)
    assert [] == differences(found, apply(patch, filing, FORMS))
    got, wanted = told(patch), list(scripts.plain(script.edits))
    if len(wanted) == len(script.edits):
        assert sorted(wanted) == sorted(got)
        return
    names = [[str(item["name"]) for item in next(iter(one.entries)).lists["indicators"]] for one in (filing, found)]
    renamed: dict[str, str] = {edit[3]: edit[1] for edit in wanted if edit[2] == "name"}
    moves = [edit for edit in got if edit[0] == "moved"]
    assert sorted(wanted) == sorted(edit for edit in got if edit[0] != "moved")
    assert len(moves) == scripts.moved_at_least(names[0], [renamed.get(name, name) for name in names[1]])


@pytest.mark.parametrize("seed", range(HALF))
def test_a_script_done_by_openpyxl_comes_back_as_its_edits(seed):
    filing, data, name, script = of_seed(seed)
    judge(filing, scripts.by_openpyxl(data, name, script.steps), script)


def bridge() -> str:
    """A Python that has LibreOffice's bridge."""
    office = Path(os.path.realpath(shutil.which("soffice") or "soffice")).parent
    for python in (sys.executable, shutil.which("python3", path=os.defpath), office / "python", office / "python.exe"):
        if python and subprocess.run([python, "-c", "import uno"], capture_output=True).returncode == 0:
            return str(python)
    reason = "no Python here has LibreOffice's bridge: install python3-uno"
    if IN_CI:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def edited(soffice, tmp_path_factory) -> list[bytes]:
    """The workbook of each script as LibreOffice saved it: one LibreOffice does them all."""
    python, folder = bridge(), tmp_path_factory.mktemp("scripts")
    jobs = []
    for seed in range(HALF, 2 * HALF):
        _, data, name, script = of_seed(seed)
        (source := folder / f"{seed}.xlsx").write_bytes(data)
        jobs.append({"source": str(source), "out": str(folder / f"{seed}-edited.xlsx"), "sheet": name, "steps": script.steps})
    (folder / "jobs.json").write_text(json.dumps(jobs), "utf-8")
    pipe = f"xltool{os.getpid()}"
    office = subprocess.Popen(
        [soffice.program, f"-env:UserInstallation={soffice.profile.as_uri()}", "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        driver = Path(__file__).with_name("by_libreoffice.py")
        done = subprocess.run([python, driver, pipe, folder / "jobs.json"], capture_output=True, text=True, timeout=600)
        assert done.returncode == 0, done.stderr
        office.wait(60)
    finally:
        office.kill()
        office.wait()
    return [Path(job["out"]).read_bytes() for job in jobs]


@pytest.mark.xdist_group("soffice")
@pytest.mark.parametrize("seed", range(HALF, 2 * HALF))
def test_a_script_done_by_libreoffice_comes_back_as_its_edits(edited, seed):
    filing, _, _, script = of_seed(seed)
    judge(filing, edited[seed - HALF], script)
