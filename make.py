"""What the Makefile does, in plain Python: `python make.py setup|test|demo|bench|lint|clean`.

Every word first makes `.venv` and installs the project into it, editable, with the
versions of constraints.txt; a stamp in `.venv` spares that while nothing has changed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "xltool-setup"
OLDEST = (3, 11)
# Tests of one xdist_group share what is costly to make, and so a process.
WORKERS = ["-n", os.environ.get("XLTOOL_WORKERS", "2"), "--dist", "loadgroup"]


def setup() -> int:
    """Makes `.venv` as constraints.txt says, unless it is so already."""
    wanted = _fingerprint()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return 0
    print("make: setting up .venv", file=sys.stderr, flush=True)
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    pinned = [*pip, "--constraint", "constraints.txt"]
    # The build backend first, pinned as well: the project is then built without a second download.
    worst = run(*pinned, "setuptools>=77") or run(
        *pinned, "--no-build-isolation", "--editable", ".[test]"
    )
    if not worst:
        STAMP.write_text(wanted)
    return worst


def lint() -> int:
    """ruff and mypy; both are run, whatever the first one says."""
    return setup() or _lint()


def test() -> int:
    """Lint, then every test; pytest speaks last, so that its count closes the output."""
    if worst := setup():
        return worst
    linted = _lint()
    tested = run(str(PYTHON), "-m", "pytest", *WORKERS, *ARGUMENTS)
    if linted and not tested:
        print("make: the tests pass, but ruff or mypy does not: see above", file=sys.stderr)
    return linted or tested


def demo() -> int:
    """Turns the text filings of samples/ into official workbooks in build/demo."""
    if worst := setup():
        return worst
    sources = sorted(ROOT.glob("samples/*/filing.txt"))
    if not sources:
        print("make: samples/ holds no filing.txt", file=sys.stderr)
        return 2
    out = ROOT / "build" / "demo"
    out.mkdir(parents=True, exist_ok=True)
    names = [source.relative_to(ROOT).as_posix() for source in sources]
    command = ["convert", *names, "-o", "build/demo", "--force"]
    print("$ xltool", *command, flush=True)
    if worst := run(str(PYTHON), "-m", "xltool", *command):
        return worst
    print("\nmade:")
    for made in sorted(path for path in out.rglob("*") if path.is_file()):
        print(f"  {made.relative_to(ROOT).as_posix()}  {made.stat().st_size:,} bytes")
    return 0


def bench() -> int:
    """The ratios of bench/, as one table."""
    return setup() or run(str(PYTHON), "-m", "bench", *ARGUMENTS)


def clean() -> int:
    """Removes what the other words made, `.venv` included."""
    for made in ("build", "dist", "xltool.egg-info", ".venv", ".pytest_cache", ".mypy_cache"):
        shutil.rmtree(ROOT / made, ignore_errors=True)
    return 0


def run(*command: str) -> int:
    """The exit code of a command run in the project's folder, with UTF-8 on its console."""
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONUTF8": "1"}).returncode


def _lint() -> int:
    worst = 0
    for command in (["ruff", "check", "--quiet"], ["mypy"]):
        began = time.monotonic()
        code = run(str(PYTHON), "-m", *command)
        said = "fine" if code == 0 else f"NOT fine (exit {code})"
        print(f"make: {command[0]} is {said}, {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)
        worst = worst or code
    return worst


def _fingerprint() -> str:
    """What an installed `.venv` depends on: the declaration, the pins, the set of packages."""
    digest = hashlib.sha256(sys.version.encode())
    for name in ("pyproject.toml", "setup.py", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


WORDS: dict[str, Callable[[], int]] = {
    "setup": setup,
    "test": test,
    "demo": demo,
    "bench": bench,
    "lint": lint,
    "clean": clean,
}
ARGUMENTS = sys.argv[2:]


def main() -> int:
    if sys.version_info < OLDEST:
        print(f"make: Python {OLDEST[0]}.{OLDEST[1]} or newer is needed", file=sys.stderr)
        return 2
    if len(sys.argv) < 2 or sys.argv[1] not in WORDS:
        print(f"usage: python make.py {'|'.join(WORDS)}", file=sys.stderr)
        return 2
    return WORDS[sys.argv[1]]()


if __name__ == "__main__":
    sys.exit(main())
