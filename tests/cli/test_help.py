"""Help: each command has it, in the user's language, and it is there at once."""

import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version

import pytest

from xltool.cli import COMMANDS
from xltool.cli.forms import COMMANDS as FORMS
from xltool.cli.words import WORDS

EVERY = [(), *((name,) for name in COMMANDS), *(("forms", name) for name in FORMS)]


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_every_command_has_help_in_english(xltool, words):
    said = xltool(*words, "--help")
    assert (0, "") == (said.code, said.talk)
    assert said.out.startswith("Usage: xltool")


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_every_command_has_help_in_chinese(words):
    """In a process of its own: the words of the options are chosen when a command is loaded."""
    done = subprocess.run([sys.executable, "-m", "xltool", *words, "--help"], capture_output=True, encoding="utf-8", env=_environment("zh_CN.UTF-8"))
    assert done.stdout.startswith("用法：xltool")
    assert not any(english.strip(" :") in done.stdout for key, (_, english) in WORDS.items() if key in ("usage", "help", "options", "opt-force", "required", "default"))


def _environment(language: str) -> dict[str, str]:
    import os

    return os.environ | {"XLTOOL_LANG": language, "PYTHONIOENCODING": "utf-8"}


def test_the_budgets_are_listed_once_and_every_command_that_takes_them_says_where(xltool):
    listed = {words for words in EVERY if "pdf-pages 2,000" in xltool(*words, "--help").out}
    named = {words for words in EVERY if "--budget NAME=N" in (said := xltool(*words, "--help").out) and "xltool convert --help" in " ".join(said.split())}
    assert ({("convert",)}, True) == (listed, {("convert",), ("check",), ("forms", "check")} <= named)


def test_help_loads_nothing_heavy():
    """The ratio to `import click` is measured in bench/; here stands why it is small."""
    heavy = ("xlsxwriter", "openpyxl", "python_calamine", "jsonschema_rs", "yaml", "xltool.jobs", "xltool.recovery", "xltool.mapping")
    code = "import sys; from xltool.cli import main; main(['--help']); print([name for name in sys.modules if name.startswith(HEAVY)])".replace("HEAVY", repr(heavy))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", env=_environment("en"))
    assert "[]" == done.stdout.splitlines()[-1], done.stdout


def test_import_of_the_library_loads_nothing_else():
    code = "import sys; before = set(sys.modules); import xltool; print([name for name in set(sys.modules) - before if name.startswith('xltool.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", env=_environment("en"))
    assert "[]" == done.stdout.strip()


def test_the_word_alone_shows_help_and_is_a_wrong_use(xltool):
    said = xltool()
    assert (2, True) == (said.code, "convert" in said.talk)


def test_version(xltool):
    assert f"xltool {version('xltool')}\n" == xltool("--version").out


def test_a_program_that_nobody_installed_has_no_version(xltool, monkeypatch):
    """A folder that was copied, say."""

    def unknown(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.version", unknown)
    assert (0, "xltool ?\n") == ((said := xltool("--version")).code, said.out)


@pytest.mark.parametrize("name", ["show", "schema"])
def test_the_help_of_a_command_speaks_of_no_other(xltool, name):
    said = xltool("forms", name, "--help").out
    assert "xltool forms list" in said
    assert not {"--from", "drop-downs"} & set(said.split())
