"""What stands in the project's files: no place of one machine, nothing that outgrew its screen."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "xltool"

LONGEST_MODULE = 450  # lines; about 300 is the habit
LONGEST_FUNCTION = 50  # lines; about 20 is the habit, 40 needs a reason

# Modules (`surfaces/xlsx.py`) and functions (`surfaces/xlsx.py:write`) that may be longer: why.
LONGER: dict[str, str] = {}

# Written in pieces, so that this file does not find itself.
MACHINE_PATH = re.compile(r"(?<![\w.~/\])}*-])/(?:" + "work|root|home|Users|mnt|opt" + r")/\w")
WINDOWS_PATH = re.compile(r"(?<!\w)[A-Za-z]:\\+" + "Users")
REGISTRY = re.compile(
    "|".join(
        re.escape(".".join(words))
        for words in [
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("registry", "npmjs"),
            ("deb", "debian"),
            ("crates", "io"),
            ("proxy", "golang"),
        ]
    )
    + "|--" + "(?:extra-)?index" + "-url|--" + "find-links",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
    )
    if listed.returncode:
        pytest.skip("not a git checkout: nothing says which files are the project's")
    paths = [ROOT / name for name in listed.stdout.decode("utf-8").split("\0") if name]
    return [path for path in paths if path.is_file()]


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(MACHINE_PATH, id="a path of one machine"),
        pytest.param(WINDOWS_PATH, id="a path of one Windows machine"),
        pytest.param(REGISTRY, id="the address of a package registry"),
    ],
)
def test_no_file_names(pattern, tracked):
    assert [] == [
        f"{path.relative_to(ROOT).as_posix()}:{number}: {line.strip()[:80]}"
        for path in tracked
        for number, line in enumerate(_lines(path), start=1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param("cd /" + "work/main", True, id="absolute"),
        pytest.param("path='/" + "home/me/x'", True, id="quoted"),
        pytest.param("see docs/" + "work/plan.md", False, id="relative"),
        pytest.param("#!/usr/bin/env python3", False, id="the shell's own"),
    ],
)
def test_machine_path_is_told_from_others(line, found):
    assert found == bool(MACHINE_PATH.search(line))


def test_no_module_is_longer_than_it_may_be():
    assert [] == [
        f"{name}: {lines} lines"
        for name, lines in _modules()
        if lines > LONGEST_MODULE and name not in LONGER
    ]


def test_no_function_is_longer_than_it_may_be():
    assert [] == [
        f"{name}: {lines} lines"
        for name, lines in _functions()
        if lines > LONGEST_FUNCTION and name not in LONGER
    ]


def test_the_table_of_longer_ones_holds_no_memory():
    """What no longer is too long leaves the table."""
    long = {name for name, lines in _modules() if lines > LONGEST_MODULE}
    long |= {name for name, lines in _functions() if lines > LONGEST_FUNCTION}
    assert set() == set(LONGER) - long


def _modules() -> list[tuple[str, int]]:
    return [(name, len(path.read_text("utf-8").splitlines())) for name, path in _package()]


def _functions() -> list[tuple[str, int]]:
    return [
        (f"{name}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for name, path in _package()
        for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def _package() -> list[tuple[str, Path]]:
    found = [(path.relative_to(PACKAGE).as_posix(), path) for path in sorted(PACKAGE.rglob("*.py"))]
    assert found, "xltool has no modules"
    return found


def _lines(path: Path) -> list[str]:
    """The lines of a text file; none of a binary one. An unknown encoding is read as far as it goes."""
    content = path.read_bytes()
    if b"\0" in content:
        return []
    return content.decode("utf-8", errors="replace").splitlines()
