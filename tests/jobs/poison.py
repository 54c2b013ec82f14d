"""What a source can do to the process that converts it, by a word in its name. Imported by processes of the pool."""

import os
import time

from xltool.jobs.batch import Job, Result, convert_one


def by_name(job: Job) -> Result:
    """The result of a source, unless its name says what becomes of its process."""
    swallow(job.task.named.name)
    return convert_one(job)


def swallow(word: str) -> None:
    """Nothing for a harmless word."""
    if "dies" in word:
        os.abort()
    if "panics" in word:
        raise SystemExit("a library gives up")
    if "sleeps" in word:
        time.sleep(600)
    if "swells" in word:
        bytearray(2**40)
    if "loses one" in word:
        once(word)


def once(word: str) -> None:
    """The first process that meets the word dies; ``word`` ends in the path of a file that remembers."""
    path = word.partition(":")[2]
    if not os.path.exists(path):  # noqa: PTH110
        with open(path, "x"):  # noqa: PTH123
            os.abort()


def answer(word: str) -> str:
    """The word in capitals, where the process survives it."""
    swallow(word)
    return f"{word.upper()} {os.getpid()}"
