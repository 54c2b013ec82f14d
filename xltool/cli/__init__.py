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

from xltool.cli.frame import LazyGroup, usage_problem
from xltool.cli.words import say
from xltool.messages import sentence

COMMANDS = {"convert": "convert", "check": "check", "rollup": "rollup", "diff": "diff", "merge": "merge", "apply": "apply", "watch": "watch", "template": "template", "draft": "draft", "forms": "forms"}

FULL = (errno.ENOSPC, errno.EDQUOT)


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of a run: 0 fine, 1 the answer is «no», 2 it could not be done. No traceback leaves here."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            # A console of Windows may not know every character; a pipe there is read as UTF-8.
            reconfigure(errors="replace", **({} if stream.isatty() else {"encoding": "utf-8"}))
    group = LazyGroup("xltool", COMMANDS, say("xltool"))
    try:
        code = group.run(None if arguments is None else list(arguments))
        sys.stdout.flush()
        return code
    except SystemExit:
        # The reader of stdout has gone (`xltool … | head`): click ends the run, and nobody is left to tell.
        return 2
    except BrokenPipeError:
        _silence()
        return 2
    except Exception as error:
        return _failed(error)


def _failed(error: Exception) -> int:
    """2, after saying what went wrong: every problem, a wrong use, or a fault of the program."""
    if said := usage_problem(error):
        print(said, file=sys.stderr)
    elif isinstance(error, OSError) and error.errno in FULL:
        print(sentence("out-full", "", {}), file=sys.stderr)
        _silence()
    elif problems := getattr(error, "problems", ()):
        for one in problems:
            print(one.text(), file=sys.stderr)
    else:
        if os.environ.get("XLTOOL_DEBUG"):
            traceback.print_exception(error)
        print(sentence("internal", "", {"what": f"{type(error).__name__}: {error}"}), file=sys.stderr)
    return 2


def _silence() -> None:
    """What is left of stdout goes nowhere: Python would fail at it once more when it ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
