"""docs/for-programs.md against what is printed: no key that a program would meet is missing there."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from xltool.form import ROLES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "for-programs.md").read_text("utf-8")
NAMES = {*ROLES, "error", "warning", "hint", "unknown"}
"""Keys that are names of something: roles of amounts, severities."""


def keys(found: object) -> Iterator[str]:
    if isinstance(found, dict):
        yield from found
        found = list(found.values())
    for one in found if isinstance(found, list) else ():
        yield from keys(one)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("convert", "a.json", "-o", "a.xlsx", "--json"), id="convert"),
        pytest.param(("convert", "a.json", "b.md", "bad.txt", "-o", "out", "--json"), id="convert into a folder"),
        pytest.param(("rollup", "a.json", "b.md", "e.json", "bad.txt", "-o", "r.xlsx", "--json", "-q", "--units", "units.csv"), id="rollup"),
        pytest.param(("rollup", "a.json", "-o", "r.xlsx", "--json", "-q", "--unit", "万元"), id="rollup in another unit"),
        pytest.param(("forms", "list", "--json"), id="forms list"),
        pytest.param(("forms", "check", "bad.yaml", "--json"), id="forms check"),
    ],
)
def test_every_key_that_is_printed_stands_in_the_page(xltool, tmp_path, monkeypatch, words):
    for source, name in (("target-declaration/filing.json", "a.json"), ("target-declaration/cut.md", "b.md"), ("self-evaluation/filing.json", "e.json")):
        shutil.copy(ROOT / "samples" / source, tmp_path / name)
    (tmp_path / "bad.txt").write_text("没有表", "utf-8")
    (tmp_path / "bad.yaml").write_text("form: x\n", "utf-8")
    (tmp_path / "units.csv").write_text("青棠市水务局\n别的局\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    found = set(keys(json.loads(xltool(*words).out))) - NAMES
    assert found and [] == sorted(key for key in found if f'"{key}"' not in PAGE)
