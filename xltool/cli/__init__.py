"""The command line: it translates words into one call of a job, prints what came of it, and ends with 0, 1 or 2.

A command's module is loaded when the command is used, so that ``xltool --help`` stays quick.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

try:
    from xltool.cli.frame import LazyGroup, usage_problem
    from xltool.cli.words import say
    from xltool.messages import sentence
    from xltool.terms import FULL, of_system
except KeyboardInterrupt:
    # Ctrl-C before there are words to say it in.
    raise SystemExit(2) from None

COMMANDS = {"convert": "convert", "check": "check", "rollup": "rollup", "diff": "diff", "merge": "merge", "apply": "apply", "watch": "watch", "template": "template", "draft": "draft", "forms": "forms"}
ENDLESS = {"watch": "--once"}
"""Commands that go on until Ctrl-C, and the option without which they do."""

WINDOWS = os.name == "nt"
GONE = 141
"""The reader of the output has gone (`xltool … | head`), and nobody is left to tell: 128 and SIGPIPE, as a shell shows it of any program."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of a run: 0 fine, 1 the answer is «no», 2 it could not be done; GONE where nobody reads it. No traceback leaves here."""
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            # A console of Windows may not know every character; a pipe there is read as UTF-8.
            reconfigure(errors="replace", **({} if stream.isatty() else {"encoding": "utf-8"}))
    try:
        group = LazyGroup("xltool", COMMANDS, say("xltool"), endless=ENDLESS)
        return _run(group, sys.argv[1:] if arguments is None else list(arguments))
    except KeyboardInterrupt as error:
        return _failed(error)
    except (SystemExit, OSError) as error:
        if isinstance(error, OSError) and not _is_unread(error):
            raise
        # click ends a run by SystemExit where it meets the closed pipe first.
        _silence(sys.stdout, sys.stderr)
        return GONE


def _open_streams() -> None:
    """Stdin, stdout and stderr are there: of those that were closed (`>&-`) Python has none, and the next file opened would stand in their place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open as long as the program


def _run(group: LazyGroup, arguments: list[str]) -> int:
    """The exit code of a run whose output has a reader."""
    try:
        code = group.run(arguments)
        sys.stdout.flush()
        return code
    except Exception as error:
        if _is_unread(error):
            raise
        return _failed(error)


def _is_unread(error: Exception) -> bool:
    """True for what a system says where the reader of a pipe has gone; Windows speaks of a wrong argument, and names no file."""
    return isinstance(error, BrokenPipeError) or (WINDOWS and isinstance(error, OSError) and error.errno == errno.EINVAL and not error.filename)


def _failed(error: BaseException) -> int:
    """2, after saying what went wrong: every problem, a wrong use, or a fault of the program."""
    if said := usage_problem(error):
        print(said, file=sys.stderr)
    elif isinstance(error, OSError) and error.errno in FULL:
        print(sentence("out-full", "", {}), file=sys.stderr)
        _silence(sys.stdout)
    elif problems := getattr(error, "problems", ()):
        for one in problems:
            print(one.text(), file=sys.stderr)
    elif isinstance(error, OSError) and error.filename:
        # The system refuses the name itself, before anything is read or written: too long, not allowed.
        print(sentence("file-unusable", str(error.filename), {"what": of_system(error)}), file=sys.stderr)
    else:
        if os.environ.get("XLTOOL_DEBUG"):
            traceback.print_exception(error)
        print(sentence("internal", "", {"what": f"{type(error).__name__}: {error}"}), file=sys.stderr)
    return 2


def _silence(*streams: TextIO) -> None:
    """What is left of a stream that nobody can take goes nowhere: Python would fail at it once more when it ends."""
    for stream in streams:
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)
