"""The shell sessions of the documents, run as they stand: what they show is what the program says.

A line of … stands for any lines, one that ends in … for any end.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from xltool.cli import COMMANDS
from xltool.cli.forms import COMMANDS as FORMS

ROOT = Path(__file__).resolve().parents[2]
PAGES = {"README.md": "en", "README.zh-CN.md": "zh", "docs/adding-a-form.md": "en", "docs/checks.md": "en"}
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)


@pytest.fixture
def desk(tmp_path) -> Path:
    """A folder with the samples and mappings of the project."""
    for name in ("samples", "mappings"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_sessions_show_what_the_program_says(page, desk):
    """The sessions of a page are one: a later one finds the files of an earlier one."""
    for written in re.findall(r"^```yaml \((\S+)\)\n(.*?)^```$", _text(page), re.M | re.S):
        (desk / written[0]).parent.mkdir(parents=True, exist_ok=True)
        (desk / written[0]).write_text(written[1], "utf-8")
    for block in BLOCK.findall(_text(page)):
        for command, wanted in _commands(block):
            said = _run(command, desk, PAGES[page])
            assert re.fullmatch(_pattern(wanted), said), f"$ {command}\n{said}"


def _text(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def _commands(block: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def _pattern(lines: list[str]) -> str:
    """The lines as a pattern for all that was said."""
    parts = [r"(?:.*\n)*" if line.strip() == "…" else re.escape(line).replace("…", "[^\n]*") + "\n" for line in lines]
    return "".join(parts)


def _run(command: str, folder: Path, language: str) -> str:
    program, *words = shlex.split(command)
    assert "xltool" == program, command
    done = subprocess.run(
        [sys.executable, "-m", "xltool", *words],
        cwd=folder,
        env=os.environ | {"XLTOOL_LANG": language, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
    )
    return done.stdout.replace(os.sep, "/")


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_python_of_the_documents_runs(page, desk):
    for block in PYTHON.findall(_text(page)):
        subprocess.run([sys.executable, "-c", block], cwd=desk, check=True, timeout=120)


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_every_command_stands_in_the_readme(page):
    commands = [f"xltool {name}" for name in COMMANDS if name != "forms"] + [f"xltool forms {name}" for name in FORMS]
    assert [] == [command for command in commands if command not in _text(page)]


@pytest.mark.parametrize("page", sorted(path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]))
def test_links_lead_somewhere(page):
    """Links into the project; those to the net are not asked."""
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", _text(page))
    assert [] == [target for target in targets if not ((ROOT / page).parent / target).exists()]


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_every_dependency_has_its_reason_in_the_readme(page):
    declared = re.search(r"^dependencies = \[\n(.*?)^\]", _text("pyproject.toml"), re.M | re.S)
    assert declared
    names = re.findall(r'"([\w-]+)', declared.group(1))
    assert [] == [name for name in names if f"`{name}`" not in _text(page)]


def test_pictures_are_small():
    assert [] == [path.name for path in ROOT.glob("docs/pictures/*") if path.stat().st_size > 200_000]
