"""The command as a user runs it, in this process: its exit code, what it says on stdout and stderr."""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from xltool.cli import main


@dataclass(frozen=True, slots=True)
class Said:
    """What a run left behind."""

    code: int
    data: bytes
    talk: str

    @property
    def out(self) -> str:
        """Stdout as text."""
        return self.data.decode("utf-8")


@pytest.fixture
def xltool(monkeypatch) -> Callable[..., Said]:
    """A function that runs the command; English unless the test sets XLTOOL_LANG."""
    monkeypatch.setenv("XLTOOL_LANG", "en")
    monkeypatch.delenv("XLTOOL_MAPPINGS", raising=False)

    def run(*words: object, stdin: bytes = b"") -> Said:
        # Lines end as they are written: Windows would end them by two characters.
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8", newline=""), io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(stdin))))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = main([str(word) for word in words])
            out.flush()
            err.flush()
        return Said(code, out.buffer.getvalue(), err.buffer.getvalue().decode("utf-8"))

    return run
