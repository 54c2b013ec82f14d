"""The project as a user gets it: a wheel in an empty environment, and an editable install.

The dependencies are installed by pip, under the project's pins, rather than lent from the
running environment: only so does a library that nobody declared come to light.
"""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILING = ROOT / "samples" / "target-declaration" / "filing.txt"
pytestmark = pytest.mark.xdist_group("wheel")

PIP = ["-m", "pip", "-qq", "--disable-pip-version-check"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The project's wheel, built by the build backend that is here already."""
    folder = tmp_path_factory.mktemp("wheel")
    source = _copy_of_the_project(tmp_path_factory.mktemp("source"))
    options = ["--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)]
    _run(sys.executable, *PIP, "wheel", *options, str(source), cwd=folder)
    [made] = folder.glob("xltool-*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The Python of an environment that holds the wheel, its dependencies and nothing else."""
    folder = tmp_path_factory.mktemp("empty")
    _run(sys.executable, "-m", "venv", str(folder), cwd=folder)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pins = ["--constraint", str(ROOT / "constraints.txt")]
    _run(python, *PIP, "install", *pins, str(wheel), cwd=folder)
    return python


def test_wheel_holds_every_module_mapping_and_template(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"xltool/{path.relative_to(ROOT / 'xltool').as_posix()}" for path in _modules()}
    wanted |= {f"xltool/mappings/{path.relative_to(ROOT / 'mappings').as_posix()}" for path in (ROOT / "mappings").rglob("*.yaml")}
    wanted |= {f"xltool/templates/{path.name}" for path in (ROOT / "templates").glob("*.xlsx")}
    assert set() == wanted - held


def test_wheel_holds_nothing_else(wheel):
    held = zipfile.ZipFile(wheel).namelist()
    assert [] == [name for name in held if not name.startswith(("xltool/", "xltool-"))]


def test_installed_wheel_is_not_this_checkout(installed, tmp_path):
    found = _run(installed, "-c", "import xltool; print(xltool.__file__)", cwd=tmp_path)
    assert ROOT not in Path(found.strip()).parents


def test_installed_wheel_lists_the_forms(installed, tmp_path):
    listed = _run(installed, "-m", "xltool", "forms", "list", cwd=tmp_path)
    assert [] == [form for form in _forms() if form not in listed]


def test_installed_wheel_converts_a_sample(installed, tmp_path):
    _run(installed, "-m", "xltool", "convert", str(FILING), "-o", "filing.xlsx", cwd=tmp_path)
    assert zipfile.is_zipfile(tmp_path / "filing.xlsx")
    _run(installed, "-m", "xltool", "convert", "filing.xlsx", "-o", "filing.json", cwd=tmp_path)
    filing = json.loads((tmp_path / "filing.json").read_text("utf-8"))
    forms = [entry["form"] for section in filing["sections"] for entry in section["forms"]]
    assert forms
    assert {"target-declaration"} == set(forms)


def test_installed_wheel_checks_by_its_profiles(installed, tmp_path):
    said = json.loads(_run(installed, "-m", "xltool", "check", str(FILING), "--json", cwd=tmp_path))
    assert {"shanghai"} == {form["profile"] for form in said["files"][0]["forms"]}


def test_installed_command_is_called_xltool(installed, tmp_path):
    command = installed.with_name("xltool.exe" if os.name == "nt" else "xltool")
    assert "convert" in _run(command, "--help", cwd=tmp_path)


def test_editable_install_lists_the_same_forms_from_any_folder(installed, tmp_path):
    """The environment that runs the tests is the editable one; `make setup` made it so."""
    ask = ["-m", "xltool", "forms", "list"]
    assert _run(installed, *ask, cwd=tmp_path) == _run(sys.executable, *ask, cwd=tmp_path)


def _forms() -> list[str]:
    found = sorted(path.stem for path in (ROOT / "mappings").glob("*.yaml"))
    assert found, "mappings/ is empty"
    return found


def _modules() -> list[Path]:
    return sorted((ROOT / "xltool").rglob("*.py"))


def _copy_of_the_project(folder: Path) -> Path:
    """What the build reads, apart: it leaves build/ behind, and an old one would be packed again."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    roots = ("pyproject.toml", "setup.py", "README.md", "xltool/", "mappings/", "templates/")
    for name in listed.stdout.decode("utf-8").split("\0"):
        if name.startswith(roots) and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    return folder


def _run(program: Path | str, *arguments: str, cwd: Path) -> str:
    """What a command says on stdout; its failure shows all that it said."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(program), *arguments],
        cwd=cwd,
        env=clean | {"PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, f"exit {done.returncode}: {done.stdout}{done.stderr}"
    return done.stdout
