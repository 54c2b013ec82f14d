"""Feeds a reader with files that atheris alters, guided by what code they reach: python scripts/fuzz.py KIND [SECONDS] [FOLDER]

KIND is one of tests/hazards/seeds.py. Anything but ProblemError, and a file that takes longer than SLOW
seconds, ends the run; the file stands then in FOLDER (build/fuzz/KIND), where the corpus grows too.
Needs `pip install atheris` (Linux, macOS), which is no dependency of the project. CI does not run this;
tests/hazards/test_altered_files.py feeds every reader for some seconds there.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
with atheris.instrument_imports(include=["xltool"]):
    from tests.hazards.altered import packed, unpacked
    from tests.hazards.readers import reader
    from tests.hazards.seeds import KINDS, seed
    from xltool.problems import ProblemError

SLOW = 8


class TooSlow(BaseException):
    """A file took longer than SLOW seconds; no reader catches it."""


def main(arguments: list[str]) -> None:
    """Runs until the time is up or something was found."""
    kind = arguments[0] if arguments else ""
    if kind not in KINDS:
        sys.exit(f"KIND is one of {', '.join(KINDS)}")
    seconds = arguments[1] if len(arguments) > 1 else "60"
    folder = Path(arguments[2]) if len(arguments) > 2 else ROOT / "build" / "fuzz" / kind
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    (folder / "corpus" / "seed").write_bytes(seed(kind))
    read = reader(kind)

    def one(data: bytes) -> None:
        signal.alarm(SLOW)
        try:
            read(data)
        except ProblemError:
            return
        finally:
            signal.alarm(0)

    signal.signal(signal.SIGALRM, _too_slow)
    most = str(len(seed(kind)) * 2)
    flags = [f"-max_total_time={seconds}", f"-artifact_prefix={folder}/", f"-max_len={most}", "-timeout=60", "-rss_limit_mb=4096", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], str(folder / "corpus"), *flags], one, custom_mutator=_mutated)
    atheris.Fuzz()


def _too_slow(*_: object) -> None:
    raise TooSlow(f"more than {SLOW} s")


def _mutated(data: bytes, most: int, number: int) -> bytes:
    """The file altered; of a package mostly one of its parts, which a change to the packed bytes would only break."""
    if not data.startswith(b"PK") or number % 8 == 0:
        return bytes(atheris.Mutate(data, most))
    try:
        parts = unpacked(data)
    except Exception:
        return bytes(atheris.Mutate(data, most))
    names = [name for name in sorted(parts) if parts[name] and not name.endswith((".png", ".bin.rels"))]
    if not names:
        return data
    name = names[number // 8 % len(names)]
    parts[name] = bytes(atheris.Mutate(parts[name], max(2 * len(parts[name]), 64)))
    made = packed(parts)
    return made if len(made) <= most else data


if __name__ == "__main__":
    main(sys.argv[1:])
