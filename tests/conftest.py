"""What several tests stand on: the real filings, LibreOffice, poppler, Hypothesis' profiles.

On a developer's machine a test whose tool is missing is skipped and says why. With CI set it
fails instead: there a skipped test would pass for a checked one.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")
ROOT = Path(__file__).resolve().parent.parent

settings.register_profile("dev", max_examples=100, deadline=None)
settings.register_profile(
    "ci",
    max_examples=50,
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if IN_CI else "dev"))


@dataclass(frozen=True, slots=True)
class Soffice:
    """LibreOffice without a window, with a profile of its own: two tests may run at once."""

    program: str
    profile: Path

    def convert(self, source: Path, suffix: str, folder: Path) -> Path:
        """The file that LibreOffice makes of `source` in `folder`, e.g. suffix 'pdf' or 'xlsx'; a filter may follow a colon.

        The folder must not be that of `source` where the suffix stays the same.
        """
        folder.mkdir(parents=True, exist_ok=True)
        made = folder / f"{source.stem}.{suffix.partition(':')[0]}"
        done = subprocess.run(
            [
                self.program,
                f"-env:UserInstallation={self.profile.as_uri()}",
                *("--headless", "--norestore", "--convert-to", suffix),
                *("--outdir", str(folder), str(source)),
            ],
            capture_output=True,
            text=True,
            timeout=240,
        )
        assert made.exists(), f"LibreOffice made no {made.name}: {done.stdout}{done.stderr}"
        return made


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of invented filings."""
    return ROOT / "samples"


@pytest.fixture(scope="session")
def filings() -> Path:
    """The folder of real filings; they stand outside the project."""
    named = os.environ.get("XLTOOL_FILINGS")
    if not named:
        pytest.skip("XLTOOL_FILINGS is not set: it names the folder of real filings")
    folder = Path(named)
    if not any(folder.glob("*.txt")):
        pytest.fail(f"XLTOOL_FILINGS names a folder without a text filing: {folder}")
    return folder


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Soffice:
    """LibreOffice; `soffice.convert(book, "pdf", tmp_path)` prints a workbook."""
    program = _program("soffice", "LibreOffice (libreoffice-calc)")
    return Soffice(program, tmp_path_factory.mktemp("soffice-profile"))


@pytest.fixture(scope="session")
def pdftotext() -> Callable[[Path], str]:
    """A function: the text of a PDF, laid out as on the page; pages end in form feeds."""
    program = _program("pdftotext", "poppler-utils")

    def text_of(pdf: Path) -> str:
        command = [program, "-layout", "-enc", "UTF-8", str(pdf), "-"]
        return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout.decode()

    return text_of


@pytest.fixture(scope="session")
def pdftoppm() -> Callable[[Path, Path], list[Path]]:
    """A function: the pages of a PDF as PNG files in a folder, in order."""
    program = _program("pdftoppm", "poppler-utils")

    def pages_of(pdf: Path, folder: Path, dpi: int = 80) -> list[Path]:
        folder.mkdir(parents=True, exist_ok=True)
        command = [program, "-png", "-r", str(dpi), str(pdf), str(folder / pdf.stem)]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
        return sorted(folder.glob(f"{pdf.stem}-*.png"))

    return pages_of


def _program(name: str, package: str) -> str:
    found = shutil.which(name)
    if found is None:
        _missing(f"{name} is not on this machine: install {package}")
    return found


def _missing(reason: str) -> NoReturn:
    if IN_CI:
        pytest.fail(f"{reason}; CI runs this test, it does not skip it", pytrace=False)
    pytest.skip(reason)
