"""Problems: one thing wrong each, with its place, the form's own words, and what to do.

A problem is named by a code of the catalogue in ``messages``. The words are chosen there when
it is shown, so that the same problem reads in Chinese or in English.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xltool.messages import sentence


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: ``code`` of the catalogue, ``place`` as a person finds it, ``words`` for its holes."""

    code: str
    place: str = ""
    words: tuple[tuple[str, str], ...] = ()

    def text(self, language: str | None = None) -> str:
        """The sentence a person reads: ``place: what is wrong; what to do [code]``."""
        return sentence(self.code, self.place, dict(self.words), language)


def problem(code: str, place: str = "", **words: object) -> Problem:
    """A problem whose words are given by name."""
    return Problem(code, place, tuple((name, str(word)) for name, word in words.items()))


class ProblemError(Exception):
    """Raised where work cannot go on; carries every problem found, in reading order."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(one.text("en") for one in self.problems))
